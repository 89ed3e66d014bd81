"""Which premises carry the conclusions of a model: `why`, and its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bestand.answer.given import AnyModel, model_of
from bestand.answer.speaking import Abridged, Tale
from bestand.engine.limits import Limits, Progress, Watch
from bestand.model.changing import apply_readings
from bestand.model.errors import CallError, Stop, nearest
from bestand.model.model import Model
from bestand.model.values import Claim
from bestand.questions.analyse.answer import limits_of
from bestand.solve.workers import crew
from bestand.stability.registry import chosen

from . import reasons as search
from .why_data import why_data
from .why_words import why_answer

AnyLimits = Limits | Mapping[str, Any] | None


def why(
    model: AnyModel,
    claims: Iterable[str] | None = None,
    depth: int = 1,
    readings: Iterable[str] = (),
    concepts: Iterable[str] | None = None,
    workers: int | None = 1,
    limits: AnyLimits = None,
    progress: Callable[[Progress], None] | None = None,
) -> Why:
    """Which premises carry each conclusion: the smallest sets of changes to them that give it another verdict.

    Parameters
    ----------
    model : Model, str or path
    claims : iterable of str, optional
        Ids; all claims of the model where None.
    depth : int
        How many changes a set has at most. A change is a statement dropped, or exchanged with its neighbour.
    readings : iterable of str
        Readings of the model to apply first.
    concepts : iterable of str, optional
        Under which a sentence is asked that names none; all five where None.
    workers : int, optional
        Processes for sets of two changes or more; None takes one for each processor. The answer does not depend on it.
        A script that asks for more than one has its own code under ``if __name__ == "__main__":``.
    limits : Limits or mapping, optional
        Where the time is over, `Why.stopped` says so, and `Why.looked` how deep the search came.
    progress : callable, optional

    Returns
    -------
    Why

    Raises
    ------
    CallError
        For an unknown claim or reading, a depth or a number of workers below 1, or a model without claims or without
        statements.
    ModelError
        When the model is not valid.

    Notes
    -----
    With n statements, about 2n variants for sets of one change, 2n² for sets of two.

    Examples
    --------
    >>> found = why("press/wynia2025/ukraine", claims=["price-works"])
    >>> [flip.changes for flip in found.reasons[0].flips]
    [(Drop(statement=StatementRef(party='russia', number=2)),)]
    """
    base = model_of(model)
    names = _names(readings)
    common = apply_readings(base, names)
    watch = Watch(limits_of(limits), progress)
    asked = claims_of(base, claims)
    return Why(base, search.reasons(base, asked, depth, common, crew(workers), watch, chosen(concepts)), names)


@dataclass(frozen=True)
class Why(Abridged):
    """Which premises carry the conclusions. ``str()`` says it in words, `data` gives it as plain data.

    Parameters
    ----------
    model : Model
    found : bestand.questions.claims.reasons.Reasons
    readings : tuple of str
    """

    model: Model = field(repr=False)
    found: search.Reasons = field(repr=False)
    readings: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[search.Reason, ...]:
        """One for each claim: its verdict, and the smallest sets of changes that give it another."""
        return self.found.reasons

    @property
    def looked(self) -> tuple[search.Looked, ...]:
        """How many sets of each size were looked at, of how many there are."""
        return self.found.looked

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached, in words; None where the search came as deep as was asked."""
        return self.found.stopped

    def data(self) -> dict[str, Any]:
        """Everything, as what JSON can hold."""
        return why_data(self.model, self.readings, self.found)

    def _tale(self, most: int | None = None) -> Tale[Any]:
        many = 10 if most is None else most
        return Tale(self, self.model, lambda on, found: why_answer(found.model, found.found, found.readings, many))


def claims_of(model: Model, names: Iterable[str] | None) -> tuple[Claim, ...]:
    """The claims of those ids; all where None. Raises `CallError` for an unknown one, or where there are none."""
    known = {entry.id: entry for entry in model.claims}
    if not known:
        raise CallError("this model makes no claims, so there is nothing to ask why of; see claims in the file format")
    for name in names or ():
        if name not in known:
            hint = nearest(name, known) or f"claims: {', '.join(known)}"
            raise CallError(f"there is no claim '{name}'; {hint}")
    return tuple(known[name] for name in names or known)


def _names(readings: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in readings.split(",")) if isinstance(readings, str) else tuple(readings)
