"""How sure it all is: `vary`, and its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.answer.given import formula_of, model_of
from bestand.answer.setting import limits_of
from bestand.answer.speaking import Abridged, Pictured, Tale
from bestand.engine.limits import Limits, Progress, Watch
from bestand.files import load
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import CallError, Stop, nearest
from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.questions.vary.picture import picture

from .data import varied_data
from .influence import Influence
from .outcome import Share, Target, Varied
from .robustness import Robustness, robustness
from .vary import job_of
from .vary import vary as vary_job
from .words import varied_answer


def vary(
    model: Model | str | PathLike[str],
    others: Mapping[str, Model] | Iterable[str | PathLike[str]] = (),
    *,
    shuffle: bool = False,
    samples: int | None = None,
    seed: int = 0,
    compared: int | None = None,
    workers: int = 1,
    dask: str | None = None,
    out: str | PathLike[str] | None = None,
    concepts: Iterable[str] | None = None,
    formulas: Sequence[Formula | str] = (),
    claims: Iterable[str] | None = None,
    readings: Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Variation:
    """What still holds, whatever is right of all that is open.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes.
    others : mapping of str to Model, or iterable of paths
        Other analysts' models of the same parties and options: what their parties want is one more answer for each.
    shuffle : bool
        Put every party's statements in any order, all alike, instead of varying what the file leaves open.
    samples : int, optional
        How many combinations to draw. None goes through all of them where they are few (10,000), and draws 2,000 where
        they are more.
    seed : int
        Of the draws. The same seed gives the same numbers, whoever works and how many of them.
    compared : int, optional
        How many samples to draw again for each open question, with only its answer changed, to see which question
        moves the answers; a tenth unless told, 0 for none.
    workers : int
        Processes on this machine.
    dask : str, optional
        Address of a Dask scheduler whose workers do the work instead (extra ``dask``).
    out : path, optional
        A file that keeps what is finished; a run that was killed goes on from it.
    concepts : iterable of str, optional
        All five published ones where None.
    formulas : sequence of Formula or str
        The plan and the outcomes of the model unless told.
    claims : iterable of str, optional
        Ids; all where None.
    readings : iterable of str
        Applied in every combination; not open any more.
    limits : Limits or mapping, optional
        Where the time is over, the result holds what was finished, and ``stopped`` says so.
    progress : callable, optional

    Returns
    -------
    Variation

    Raises
    ------
    CallError
        For what is unknown or out of range, where nothing is open, for a cluster that does not answer within ten
        seconds, and for a file with the results of another model or other settings.
    ModelError
        When the model is not valid.
    TooManyStates
        When its states are too many to list.

    Notes
    -----
    O(combinations · parties · states · log states) time; O(states) memory for each worker. What is worked out for one
    combination is not taken over for another: only the states, and where formulas hold in them, are kept.

    Examples
    --------
    >>> found = vary("press/wynia2025/ukraine", concepts=["nash"], claims=[])
    >>> found.count, found.share("ceasefire", "nash").share
    (1152, 0.625)
    """
    model = model_of(model)
    watch = Watch(limits_of(limits), progress)
    job = job_of(
        model,
        readings=tuple(readings),
        shuffle=shuffle,
        others=analysts(others),
        samples=samples,
        seed=seed,
        compared=compared,
        concepts=None if concepts is None else tuple(concepts),
        formulas=tuple(formula_of(formula, model) for formula in formulas),
        claims=None if claims is None else tuple(claims),
        watch=watch,
    )
    return Variation(vary_job(job, watch=watch, workers=workers, dask=dask, out=None if out is None else Path(out)))


def analysts(others: Mapping[str, Model] | Iterable[str | PathLike[str]]) -> dict[str, Model]:
    """Other analysts' models by name: that of the file, or of its folder too where two files have the same."""
    if isinstance(others, Mapping):
        return {str(name): model for name, model in others.items() if isinstance(model, Model)}
    models: dict[str, Model] = {}
    for path in others:
        name = Path(path).stem
        models[str(path) if name in models else name] = load(path)
    return models


@dataclass(frozen=True)
class Variation(Abridged, Pictured):
    """What holds in which part of all combinations of what is open. ``str()`` says it in words."""

    found: Varied = field(repr=False)

    @property
    def count(self) -> int:
        """How many combinations there are."""
        return self.found.job.design.count

    @property
    def looked_at(self) -> int:
        """How many were looked at."""
        return self.found.looked_at

    @property
    def without_states(self) -> int:
        """How many of them leave no state feasible; they count nowhere else."""
        return self.found.without_states

    @property
    def exact(self) -> bool:
        """Whether every combination there is was looked at."""
        return self.found.exact

    @property
    def complete(self) -> bool:
        """Whether all that was asked for is finished."""
        return self.found.complete

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached, in words."""
        return self.found.stopped

    @property
    def questions(self) -> tuple[str, ...]:
        """What is open, in words."""
        return tuple(question.words for question in self.found.job.design.questions)

    def share(self, formula: Formula | str, concept: str) -> Share:
        """In what part some equilibrium satisfies one of the formulas asked. Raises `CallError` for another."""
        return self.found.formula(self._number(formula), concept)

    def claim(self, claim: str) -> dict[str, Share]:
        """In what part a claim holds, does not hold, and so on. Raises `CallError` for an unknown one."""
        known = {each.id: each for each in self.found.job.asked}
        if claim not in known:
            raise CallError(f"there is no claim '{claim}' among those asked; {nearest(claim, known) or ''}")
        return {str(verdict): share for verdict, share in self.found.claim(known[claim]).items()}

    def states(self, concept: str) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
        """(K,) uint64, (K,) float: the states that are ever an equilibrium, and in what part; most frequent first."""
        return self.found.states(concept)

    def moved_by(self, formula_or_claim: Formula | str, concept: str = "") -> list[Influence]:
        """What moves the share of a formula (with a concept) or of a claim (without), most first."""
        if concept:
            return self.found.influences(Target("formula", self._number(formula_or_claim), concept))
        self.claim(str(formula_or_claim))
        return self.found.influences(Target("claim", str(formula_or_claim), ""))

    def robust(self, states: Iterable[int], swaps: int = 2, limits: Limits | None = None) -> Robustness:
        """The fewest adjacent swaps of wishes that break each of some states (bit masks), under each concept."""
        job = self.found.job
        model = changed(job.model, apply_readings(job.model, job.readings))
        asked = [(concept, int(mask)) for mask in states for concept in job.concepts]
        return robustness(model, asked, swaps, Watch(limits))

    def _tale(self, most: int | None = None) -> Tale[Any]:
        many = 3 if most is None else most
        return Tale(self.found, self.found.job.model, lambda on, found: varied_answer(found, many), {"shares": picture})

    def data(self, most: int = 20) -> dict[str, Any]:
        """The document that ``bestand vary --json`` prints."""
        return varied_data(self.found, most)

    def _number(self, formula: Formula | str) -> int:
        job = self.found.job
        read = formula_of(formula, job.model)
        if read not in job.formulas:
            asked = ", ".join(map(text, job.formulas)) or "none"
            raise CallError(f"'{text(read)}' was not asked about; formulas: {asked}")
        return job.formulas.index(read)
