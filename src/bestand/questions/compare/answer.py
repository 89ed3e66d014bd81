"""Models compared: what changed in them, and what that changes in the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import Any

from bestand.answer.answer import Answer
from bestand.answer.given import model_of
from bestand.answer.setting import Setting
from bestand.checks.claims import claim_verdict
from bestand.checks.ruling import Verdict
from bestand.document.blocks import Block
from bestand.engine.choose import explicit
from bestand.engine.limits import Watch
from bestand.model.errors import CallError, LimitReached, Stop, TooManyStates
from bestand.model.message import Message, message
from bestand.model.model import Model
from bestand.model.values import FrozenMap
from bestand.plan.ruling import ruling
from bestand.plan.ruling_values import Ruling
from bestand.plan.terms import own_terms
from bestand.solve.solution import Solver

from . import data, words
from .differences import Change, differences

AnyModel = Model | str | PathLike[str]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the models, and its answers.

    Parameters
    ----------
    name : str
        What the caller calls it.
    model : Model
    ruling : Ruling or None
        The verdict on its plan.
    why : Message or None
        Why there is no verdict.
    claims : mapping of str to Verdict
        What each claim comes to.
    """

    name: str
    model: Model
    ruling: Ruling | None
    why: Message | None
    claims: FrozenMap[str, Verdict]


@dataclass(frozen=True, slots=True)
class Step:
    """What changed from a model to the next.

    Parameters
    ----------
    changes : tuple of Change
    shared : int
        How many options both have.
    """

    changes: tuple[Change, ...]
    shared: int


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Answer):
    """Models compared, each with the one before it.

    Parameters
    ----------
    model : Model
        The first.
    readings : tuple of str
        Applied to the first.
    stopped : Stop or None
    sides : tuple of Side
        The models, in the order given.
    steps : tuple of Step
        One fewer.
    """

    model: Model
    readings: tuple[str, ...]
    stopped: Stop | None
    sides: tuple[Side, ...]
    steps: tuple[Step, ...]

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self)

    def _brief(self) -> str:
        return ", ".join(f"{len(step.changes)} changes" for step in self.steps)

    def partial(self) -> str:
        return "what changed in the models is told, and the answers that were finished"


def compared(setting: Setting, others: AnyModel | Iterable[AnyModel]) -> Comparison:
    """Compare models. Raises `CallError` where there is one only, `ModelError` for one that is not valid."""
    given = [others] if isinstance(others, (Model, str, PathLike)) else list(others)
    if not given:
        raise CallError("compare with what? give a second model, as in bestand compare old.yaml new.yaml")
    models = [setting.under, *map(model_of, given)]
    names = [setting.name, *(other.title if isinstance(other, Model) else _name(other) for other in given)]
    stopped: Stop | None = None
    sides: list[Side] = []
    for name, model in zip([_name(names[0]), *names[1:]], models, strict=True):
        if sides and sides[-1].model == model:
            side = replace(sides[-1], name=name)
        else:
            side, stopped = _side(name, model, setting.watch, stopped)
        sides.append(side)
    steps = tuple(Step(differences(old, new), len({*old.bit} & {*new.bit})) for old, new in pairwise(models))
    return Comparison(setting.under, setting.readings, stopped, tuple(sides), steps)


def _name(given: str | PathLike[str]) -> str:
    """Return what to call a model: a file by its name, a case by its slug."""
    path = Path(given)
    return path.name if path.suffix else str(given)


def _side(name: str, model: Model, watch: Watch, stopped: Stop | None) -> tuple[Side, Stop | None]:
    """Return a model with its answers, as far as the limits allow."""
    claims: dict[str, Verdict] = {}
    found, why = None, None if stopped is None else stopped.message
    try:
        if stopped is None:
            found, why = _ruling(model, watch)
            solver = Solver(model, watch=watch)
            watch.phase("putting the claims", len(model.claims))
            for claim in model.claims:
                claims[claim.id] = claim_verdict(solver, claim)
                watch.step()
    except LimitReached as error:
        stopped = error.stop
        why = why or (stopped.message if found is None else None)
    return Side(name, model, found, why, FrozenMap(claims)), stopped


def _ruling(model: Model, watch: Watch) -> tuple[Ruling | None, Message | None]:
    if model.plan is None:
        return None, message("it has no plan")
    terms = own_terms(model)
    if terms is None:
        return None, message("it does not say how things stand today, or nobody has an option in it")
    watch.phase("working out what can be signed")
    try:
        return ruling(explicit(model, None, watch).engine, terms, watch=watch), None
    except TooManyStates as error:
        return None, error.stop.message
