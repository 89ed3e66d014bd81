"""What a question is asked about: a model, the readings to apply, and the limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from bestand.engine.feasibility import no_deal_fault
from bestand.engine.limits import Limits, Watch
from bestand.files.document import Document
from bestand.model.changing import apply_readings, called, changed
from bestand.model.errors import CallError
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.sentences import Change
from bestand.model.values import Plan

from .given import AnyModel, document_of, model_of, plan_meant

Form = Literal["words", "json", "picture", "document"]


@dataclass(frozen=True)
class Setting:
    """What a question is asked about.

    Parameters
    ----------
    model : Model
        As the file has it.
    readings : tuple of str
        Readings of the model to apply first, by whatever can be written for them; kept by their names.
    watch : Watch
        Keeps the limits of the call, and tells how far it is.
    name : str
        What the caller calls the model, for commands that are told.
    form : {"words", "json", "picture", "document"}, optional
        In which form the answer will be told, where the caller knows: what only other forms need can be left out then.
    picture : str, optional
        Which picture will be drawn, where the caller wants one and says so.
    document : Document, optional
        The file as read, valid or not, for a question about files; ``model`` is then an empty one where it is not.
    """

    model: Model
    readings: tuple[str, ...] = ()
    watch: Watch = field(default_factory=Watch)
    name: str = "MODEL"
    form: Form | None = None
    picture: str | None = None
    document: Document | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "readings", called(self.model, self.readings))

    def planned(self, plan: str | Formula | None) -> Setting:
        """Return the setting with a plan for that of the file: one of its plans by the id, or a formula.

        Raises
        ------
        CallError
            For a name of none, or a formula that cannot be read.
        """
        if plan is None:
            return self
        meant = plan_meant(plan, self.model)
        return replace(self, model=self.model.replace(plan=meant.formula, plans=_first(meant, self.model.plans)))

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes that apply the readings. Raises as `under` does."""
        return self._applied[0]

    @property
    def under(self) -> Model:
        """The model with the readings applied.

        Raises
        ------
        CallError
            For an unknown reading, and where the readings take away what the file calls no deal.
        ModelError
            Where the readings make no valid model.
        """
        return self._applied[1]

    @cached_property
    def _applied(self) -> tuple[tuple[Change, ...], Model]:
        """The changes that apply the readings, and the model with them."""
        changes = apply_readings(self.model, self.readings)
        under = changed(self.model, changes)
        if under.rules != self.model.rules and (fault := no_deal_fault(under)):
            raise CallError(f"with {' and '.join(self.readings)} applied, {fault.message}")
        return changes, under


def _first(meant: Plan, plans: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """Return several plans with one of them before all that ask for the same: the first of these is the one meant."""
    if meant not in plans or next(plan for plan in plans if plan.formula == meant.formula) == meant:
        return plans
    return (meant, *(plan for plan in plans if plan != meant))


def setting(
    model: AnyModel,
    readings: str | Iterable[str] = (),
    watch: Watch | None = None,
    *,
    raw: bool = False,
) -> Setting:
    """Return the setting that a caller in Python gives; ``raw`` for a question about the file, valid or not.

    Raises
    ------
    ModelError
        Where the model is not valid.
    """
    name = "MODEL" if isinstance(model, Model) else str(model)
    watch = watch or Watch()
    if raw:
        document = document_of(model)
        return Setting(document.readable, (), watch, name, document=document)
    return Setting(model_of(model), names(readings), watch, name)


def names(given: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return names that are given one by one, or with commas between them.

    Examples
    --------
    >>> names("usa, russia"), names(["usa", "russia,europe"]), names(None)
    (('usa', 'russia'), ('usa', 'russia', 'europe'), ())
    """
    parts = [given] if isinstance(given, str) else given or ()
    return tuple(name.strip() for part in parts for name in part.split(",") if name.strip())


def limits_of(given: Limits | Mapping[str, Any] | None) -> Limits:
    """Return the limits that a caller gives. Raises `CallError` for a limit that there is not."""
    if given is None or isinstance(given, Limits):
        return given or Limits()
    unknown = set(given) - {"seconds", "states", "memory"}
    if unknown:
        raise CallError(f"there is no limit on '{min(unknown)}'; limits: seconds, states, memory")
    return Limits(**given)
