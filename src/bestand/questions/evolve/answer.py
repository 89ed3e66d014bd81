"""Where things go from a state: the answer, and how it is worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bestand.answer.answer import Answer, Drawings, read_only
from bestand.answer.setting import Setting, names
from bestand.document.blocks import Block
from bestand.engine.states import Evaluator, Truth
from bestand.model.errors import CallError, LimitReached, Stop, TooManyStates
from bestand.model.formula import Formula, OutcomeAtom
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.truth import broken_rules
from bestand.model.values import FrozenMap
from bestand.plan.ways import tree_of
from bestand.solve.by import kind_or_drift, no_drift
from bestand.solve.positions import find_mask, find_party
from bestand.solve.solution import Solution, solve
from bestand.stability.registry import HEADLINE, chosen

from . import data, picture, words
from .drift import Drift, follow
from .equilibria import Standing, standing_of
from .moves import Listed, Moving, Unlisted
from .paths import PathSearch
from .prospects import End, Prospects, prospects
from .routes import Guide, guide
from .target import Aim, Target, aim_of, named, target_of

if TYPE_CHECKING:
    from bestand.plan.tree import Tree


@dataclass(frozen=True, eq=False, repr=False)
class Evolution(Answer):
    """Where things go from a state.

    Parameters
    ----------
    model : Model
        Readings applied.
    readings : tuple of str
    stopped : Stop or None
    drift : Drift
        The states found, and the moves between them. A *place* is an index of its states.
    under : str or None
        The concept under which parties drift; None where other moves lead on.
    instead : Message or None
        Why nobody drifts, where nobody said by which moves to go on: by improvements instead.
    concepts : tuple of str
        Under which equilibria were looked for.
    feasible : int or None
        How many states are feasible; None where they were not counted.
    outcomes : FrozenMap of str to (n,) bool
        By outcome, in which of the states found it is true.
    standing : Standing
        Which of the states found are equilibria.
    prospects : Prospects
        Where it ends and goes round, and how likely that is.
    target : Target or None
        What it was asked to come to.
    guide : Guide
        Which states are told of, and the paths to them.
    tree : Tree or None
        What the picture shows; None where it is not drawn.
    most : int
        How many shortest paths to a state are shown.
    listed : int
        How many states of a kind data list.
    """

    model: Model
    readings: tuple[str, ...]
    stopped: Stop | None
    drift: Drift
    under: str | None
    instead: Message | None
    concepts: tuple[str, ...]
    feasible: int | None
    outcomes: FrozenMap[str, Truth]
    standing: Standing
    prospects: Prospects
    target: Target | None
    guide: Guide
    tree: Tree | None
    most: int
    listed: int

    @property
    def start(self) -> int:
        """Return where it begins, as a bit mask."""
        return int(self.drift.masks[0])

    @property
    def everybody(self) -> bool:
        """Return whether every party may move."""
        return len(self.drift.movers) == len(self.model.parties)

    @property
    def ends(self) -> tuple[End, ...]:
        """Return where it can end, the most likely first."""
        return self.prospects.ends

    @property
    def moves_to_the_end(self) -> float | None:
        """The expected number of moves until it ends, if chance decides; None where that is not worked out."""
        return self.prospects.moves_to_the_end

    @property
    def complete(self) -> bool:
        """Return whether everything that can follow was followed."""
        return self.drift.closed and self.stopped is None

    @property
    def states(self) -> NDArray[np.uint64]:
        """(n,): the states reached as bit masks, the start first, then those that fewer moves lead to."""
        return self.drift.masks[self.drift.reached]

    @property
    def distance(self) -> NDArray[np.int32]:
        """(n,): the fewest moves to each of them."""
        return self.drift.distance[self.drift.reached]

    @property
    def last_movers(self) -> NDArray[np.int32]:
        """(P, n): the fewest moves to each of them with each party as the last mover; -1 where it cannot be that."""
        return self.drift.moves[:, self.drift.reached]

    @property
    def equilibria(self) -> dict[str, NDArray[np.bool_]]:
        """By concept (n,): which of them are equilibria."""
        return {concept: found[self.drift.reached] for concept, found in self.standing.among.items()}

    def paths(self, state: str, most: int | None = None) -> list[list[tuple[str, int]]]:
        """Return shortest legal paths to a state, each as (party id, bit mask of the state it moves to).

        Parameters
        ----------
        state : str
            ``status-quo``, bits, a label, or the yes options with commas between them.
        most : int, optional
            How many; as many as were asked of `evolve` where None.

        Returns
        -------
        list
            Those first on which the fewest movers lose; empty where the state is not reached.

        Raises
        ------
        CallError
            When there is no such state, or it is not feasible.

        Examples
        --------
        >>> import bestand
        >>> bestand.evolve("books/fang1993/elmira").paths("5")
        [[('LG', 18)]]
        """
        mask = find_mask(self.model, state, lambda mask: not broken_rules(self.model, self.model.taken(mask)))
        at = self.drift.place(mask)
        found = None if at is None else PathSearch(self.drift, self.most if most is None else most).paths(at)
        ids = tuple(self.model.party)
        return [] if found is None else [[(ids[leg.party], leg.state) for leg in legs] for legs in found.shown]

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self, width)

    def _pictures(self) -> Drawings:
        return {"tree": lambda: picture.tree(self)}

    def _undrawable(self, name: str) -> str:
        return (
            "the tree is drawn from the status quo, of listed states, where all parties may move, and not by any moves"
        )

    def _brief(self) -> str:
        return f"{self.drift.count:,} states reached"


def evolution(
    setting: Setting,
    *,
    start: str | int = "status-quo",
    by: str | None = None,
    concept: str = HEADLINE,
    only: str | Iterable[str] | None = None,
    without: str | Iterable[str] | None = None,
    steps: int | None = None,
    to: str | Formula | None = None,
    paths: int = 3,
    concepts: str | Iterable[str] | None = None,
    engine: str | None = None,
    list: int = 1000,  # noqa: A002 - the parameter is called list
) -> Evolution:
    """Follow a model from a state, and return where it goes. Parameters and errors are those of `bestand.evolve`."""
    if paths < 1:
        raise CallError(f"{paths} paths to a state: give 1 or more")
    if list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    model, watch = setting.under, setting.watch
    (under,) = chosen([concept])
    wanted, goal = chosen(concepts), named(to, model)
    solution: Solution | None = None
    with suppress(TooManyStates):
        solution = solve(model, engine, watch)
    lists = solution is not None and solution.lists
    if concepts is None and not lists:
        wanted = ()
    kind, instead = kind_or_drift(by, no_drift(model, lists=lists))
    moving = Unlisted(model)
    if solution is not None and lists:
        moving = Listed(solution.space, solution.purpose(under) if kind in {"purposeful", "drift"} else None)
    begin = _start(model, moving, start)
    aim = aim_of(goal, model, moving, solution)
    drift = follow(moving, begin, kind, _movers(model, names(only), names(without)), _steps(steps), watch)
    found = None if aim is None else aim.among(model, drift)
    standing = standing_of(solution, wanted, drift)
    evaluator = Evaluator(model, drift.masks)
    outcomes = FrozenMap({each.name: evaluator.holds(OutcomeAtom(each.name)) for each in model.outcomes})
    alike = _alike(model, moving, drift, outcomes)
    outlook = prospects(drift, found, outcomes, watch, drift.stopped or standing.stopped, alike)
    target = None if aim is None or found is None else target_of(aim, drift, found, outlook.chance, standing.among)
    if aim is not None and target is not None and drift.horizon is not None and not target.told:
        target = replace(
            target, later=_later(aim, model, partial(follow, moving, begin, kind, drift.movers, None, watch))
        )
    ways = guide(drift, target, outlook.ends, standing, paths, list, watch)
    tree, undrawn = _tree(solution, model, drift, under, standing)
    for part in (drift, outcomes, standing, outlook, target):
        read_only(part)
    return Evolution(
        model=model,
        readings=setting.readings,
        stopped=drift.stopped or standing.stopped or outlook.stopped or ways.stopped or undrawn,
        drift=drift,
        under=under if kind == "drift" else None,
        instead=instead,
        concepts=wanted,
        feasible=None if solution is None else solution.count,
        outcomes=outcomes,
        standing=standing,
        prospects=outlook,
        target=target,
        guide=ways,
        tree=tree,
        most=paths,
        listed=list,
    )


def _later(aim: Aim, model: Model, whole: Callable[[], Drift]) -> int | None:
    """Return after how many moves a target is come to where they are not counted; None where never, as far as known."""
    try:
        drift = whole()
    except LimitReached:
        return None
    distances = drift.distance[aim.among(model, drift) & drift.reached]
    return int(distances.min()) if len(distances) else None


def _alike(model: Model, moving: Moving, drift: Drift, outcomes: Mapping[str, Truth]) -> NDArray[np.int64]:
    """(n,): numbers that are the same for states found that everybody likes alike, with the same outcomes and label."""
    labels = {label: number for number, label in enumerate(dict.fromkeys(model.labels.values()))}
    called = [model.labels.get(model.bits(mask)) for mask in drift.masks.tolist()]
    named = np.array([-1 if label is None else labels[label] for label in called], np.int64)
    told = np.stack([moving.alike(drift.masks), named, *outcomes.values()])
    return np.unique(told, axis=1, return_inverse=True)[1].reshape(-1)


def _start(model: Model, moving: Listed | Unlisted, start: str | int) -> int:
    """Return where it begins, as a bit mask.

    Raises
    ------
    CallError
        Where there is no such state, it is not feasible, or the model has no status quo to begin in.
    """
    if isinstance(start, int):
        return moving.row(start)
    if start.strip() == "status-quo" and model.status_quo is None:
        raise CallError("the model has no status quo; say where to begin (--from): bits, a label, or the yes options")
    return find_mask(model, start, moving.is_feasible)


def _steps(steps: int | None) -> int | None:
    """Return how many moves to follow at most. Raises `CallError` for fewer than one."""
    if steps is not None and steps < 1:
        raise CallError(f"{steps} moves lead nowhere; give 1 or more, or no number of moves")
    return steps


def _movers(model: Model, only: tuple[str, ...], without: tuple[str, ...]) -> tuple[int, ...]:
    """Return the parties that may move. Raises `CallError` where nobody may, or a party is unknown."""
    if only and without:
        raise CallError("say which parties may move, or which may not, and not both (--only, --without)")
    parties = {find_party(model, name) for name in (*only, *without)}
    movers = tuple(j for j in range(len(model.parties)) if (j in parties) == bool(only))
    if not movers:
        raise CallError(f"nobody is left to move without {', '.join(without)}")
    return movers


def _tree(
    solution: Solution | None, model: Model, drift: Drift, under: str, standing: Standing
) -> tuple[Tree | None, Stop | None]:
    """Return the tree of a drift from the status quo of all parties, or the limit that was reached; None elsewhere."""
    today = model.status_quo is not None and int(drift.masks[0]) == model.mask(model.status_quo)
    whole = today and drift.horizon is None and len(drift.movers) == len(model.parties)
    if solution is None or not solution.lists or not whole or drift.by == "any":
        return None, None
    try:
        return tree_of(solution, drift.by, tuple(standing.among), under), None
    except LimitReached as error:
        return None, error.stop
