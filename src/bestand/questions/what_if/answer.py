"""What follows from changing a model: `what_if` and `levers`, and their results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bestand.answer.given import AnyModel, formula_of, model_of
from bestand.answer.speaking import Abridged, Pictured, Tale
from bestand.engine.limits import Limits, Progress, Watch
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import CallError, Stop
from bestand.model.formula import Formula
from bestand.model.language import parse_changes
from bestand.model.model import Model
from bestand.model.scope import LanguageError
from bestand.model.sentences import Change
from bestand.questions.analyse.answer import limits_of
from bestand.questions.what_if.picture import levers_picture
from bestand.stability.registry import chosen

from . import comparison as whatif
from . import levers as lever_search
from .data import levers_data, what_if_data
from .levers_words import levers_answer
from .words import what_if_answer

AnyLimits = Limits | Mapping[str, Any] | None


def what_if(
    model: AnyModel,
    changes: str | Iterable[str | Change],
    where: str | Formula | None = None,
    concepts: Iterable[str] | None = None,
    engine: str | None = None,
    readings: Iterable[str] = (),
    limits: AnyLimits = None,
    progress: Callable[[Progress], None] | None = None,
) -> WhatIf:
    """What a change does to the equilibria.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes.
    changes : str or iterable
        As a file has them (``"without up.attack, up 2 dropped"``), or as `bestand.model.sentences` has them.
    where : str or Formula, optional
        What is asked about the equilibria; the model's plan where None.
    concepts : iterable of str, optional
        All five where None.
    engine : {"cube", "listed", "arcs"}, optional
        How to compute; None chooses.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        ``seconds``, ``states``, ``memory``. Where one is reached, `WhatIf.stopped` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most.

    Returns
    -------
    WhatIf

    Raises
    ------
    CallError
        For a change that cannot be read or made, one that leaves no state feasible, or an unknown name.
    ModelError
        When the model itself is not valid.
    TooManyStates
        When the states are too many to list: the two sets of equilibria are compared state by state.

    Notes
    -----
    The cost of two analyses.

    Examples
    --------
    >>> found = what_if("textbook/chicken", "without P1.cooperate", concepts=["nash"])
    >>> found.common("nash"), found.gone("nash"), found.new("nash")
    (['01'], ['10'], [])
    """
    watch = Watch(limits_of(limits), progress)
    base, names = _with_readings(model, readings)
    asked = base.plan if where is None else formula_of(where, base)
    found = whatif.what_if(base, changes_of(changes, base), chosen(concepts), asked, engine, watch)
    watch.rest()
    return WhatIf(found, names)


def levers(
    model: AnyModel,
    where: str | Formula | None = None,
    concepts: Iterable[str] | None = None,
    readings: Iterable[str] = (),
    limits: AnyLimits = None,
    progress: Callable[[Progress], None] | None = None,
) -> Levers:
    """Every lever of a model in turn, ranked by how much it changes the answer to a question.

    Parameters
    ----------
    model : Model, str or path
    where : str or Formula, optional
        The question: is some equilibrium one in which this is true, and in what share of them is it? The model's plan
        where None.
    concepts : iterable of str, optional
        All five where None.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
    progress : callable, optional

    Returns
    -------
    Levers

    Raises
    ------
    CallError
        When there is no formula to ask about, it cannot be read, or a name is unknown.
    ModelError
        When the model is not valid.
    TooManyStates
        When the states are too many to list.

    Notes
    -----
    The cost of one analysis for each lever.

    Examples
    --------
    >>> found = levers("textbook/chicken", "P1.cooperate and P2.cooperate", concepts=["gmr"])
    >>> found.found.flips(found.found.tried[0])
    ('gmr',)
    """
    base = model_of(model)
    names = _names(readings)
    common = apply_readings(base, names)
    asked = asked_about(where, base)
    watch = Watch(limits_of(limits), progress)
    found = lever_search.levers(base, asked, chosen(concepts), common, watch)
    return Levers(base, found, names)


@dataclass(frozen=True)
class WhatIf(Abridged):
    """What a change does. ``str()`` says it in words, `data` gives it as plain data.

    Parameters
    ----------
    found : bestand.questions.what_if.comparison.WhatIf
        Both solutions, and the difference under each concept.
    readings : tuple of str
    """

    found: whatif.WhatIf = field(repr=False)
    readings: tuple[str, ...] = ()

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached, in words; None where everything is finished."""
        return self.found.stopped

    def common(self, concept: str) -> list[str]:
        """The equilibria of both models, as bits."""
        each = self._difference(concept)
        return self._bits(each.before.solution, each.before.members & ~each.gone)

    def gone(self, concept: str) -> list[str]:
        """The equilibria of the model as it is that the changed one does not have, as bits."""
        each = self._difference(concept)
        return self._bits(each.before.solution, each.gone)

    def new(self, concept: str) -> list[str]:
        """The equilibria of the changed model that the model as it is does not have, as bits."""
        each = self._difference(concept)
        return self._bits(each.after.solution, each.new)

    def _difference(self, concept: str) -> whatif.Difference:
        for each in self.found.differences:
            if each.concept == concept:
                return each
        raise CallError(
            f"'{concept}' was not compared; {', '.join(each.concept for each in self.found.differences)} were"
        )

    def _bits(self, solution: Any, members: Any) -> list[str]:
        return [solution.model.bits(int(mask)) for mask in solution.space.states[members]]

    def data(self, most: int = 100) -> dict[str, Any]:
        """Everything, as what JSON can hold; at most so many single states under each concept."""
        return what_if_data(self.found, self.readings, most)

    def _tale(self, most: int | None = None) -> Tale[Any]:
        many = 3 if most is None else most
        return Tale(self, self.found.before.model, lambda on, found: what_if_answer(found.found, found.readings, many))


@dataclass(frozen=True)
class Levers(Abridged, Pictured):
    """What every lever does. ``str()`` says it in words, `data` gives it as plain data.

    Parameters
    ----------
    model : Model
    found : bestand.questions.what_if.levers.Levers
        ``tried`` has the levers that change most first.
    readings : tuple of str
    """

    model: Model = field(repr=False)
    found: lever_search.Levers = field(repr=False)
    readings: tuple[str, ...] = ()

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached, in words; None where every lever was pulled."""
        return self.found.stopped

    def data(self, most: int | None = None) -> dict[str, Any]:
        """Everything, as what JSON can hold; the first levers only where so many are asked for."""
        return levers_data(self.model, self.found, self.readings, len(self.found.tried) if most is None else most)

    def _tale(self, most: int | None = None) -> Tale[Any]:
        many = 20 if most is None else most
        return Tale(
            self,
            self.model,
            lambda on, found: levers_answer(found.model, found.found, found.readings, many),
            {"tornado": lambda found: levers_picture(found.model, found.found, found.readings)},
        )


def changes_of(changes: str | Iterable[str | Change], model: Model) -> tuple[Change, ...]:
    """Changes, read where they are text. Raises `CallError` where one cannot be read."""
    made: list[Change] = []
    for change in [changes] if isinstance(changes, str) else changes:
        if not isinstance(change, str):
            made.append(change)
            continue
        if not change.strip():
            raise CallError("what if what? An empty text is no change; give one, such as 'usa 2 dropped'")
        try:
            made.extend(parse_changes(change, model.scope()))
        except LanguageError as error:
            raise CallError(str(error)) from error
    return tuple(made)


def asked_about(where: str | Formula | None, model: Model) -> Formula:
    """The formula that a question is about: the one given, else the model's plan. Raises `CallError` without either."""
    asked = model.plan if where is None else formula_of(where, model)
    if asked is None:
        raise CallError("which question? The model has no plan; give a formula to ask about, such as 'peace' (--where)")
    return asked


def _names(readings: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in readings.split(",")) if isinstance(readings, str) else tuple(readings)


def _with_readings(model: AnyModel, readings: Iterable[str]) -> tuple[Model, tuple[str, ...]]:
    base = model_of(model)
    names = _names(readings)
    return changed(base, apply_readings(base, names)), names
