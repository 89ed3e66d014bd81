"""The whole answer about where things go from a state: what is reached, what ends, what goes round, and how likely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.engine.states import Evaluator
from bestand.model.errors import CallError, LimitReached, Stop, nearest
from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.solve.positions import find_mask, find_masks, find_party
from bestand.solve.solution import Solution

from .drift import Drift, Ids, follow
from .ends import Parts, Round, parts, rounds
from .likelihood import TOO_FAR_APART, Likelihood, Unsaid, chance, likelihood, why_not
from .moves import KINDS, By, Listed, Moving, Unlisted
from .paths import ENOUGH, Paths, shortest

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution

Bools = NDArray[np.bool_]

MOST_ROUNDS = 20  # components that are given with an example


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Parameters
    ----------
    start : str
        The name of a state, as `bestand.solve.positions.find_state` takes it.
    by : str
        Which moves count: ``improvements``, ``best moves`` or ``moves``.
    only, without : tuple of str
        The parties that may move, or may not; all may where neither is given.
    steps : int, optional
        Follow so many moves at most.
    concepts : tuple of str
        Under which equilibria are looked for among what is reached.
    """

    start: str = "status-quo"
    by: str = "improvements"
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    steps: int | None = None
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True)
class End:
    """Where things can end: a state in which none of those who may move has a move, or states that are not left again.

    Parameters
    ----------
    states : (k,) int64
        Indices of states found, ascending. One: a resting place. Several: things go round in them for good.
    likelihood : float or None
        The probability that things end here; None where it is not worked out.
    """

    states: Ids
    likelihood: float | None

    @property
    def rests(self) -> bool:
        """Whether it is one state."""
        return len(self.states) == 1


@dataclass(frozen=True)
class Target:
    """What it is asked to come to.

    Parameters
    ----------
    name : str
        As it was asked.
    wanted : Formula or tuple of int
        What is to be true, or the states of that name as bit masks.
    found : (n,) bool
        Which of the states found are so.
    count : int or None
        How many feasible states are so; None where they were not counted.
    chance : float or None
        How likely it is to be so at some time, if chance decides who moves.
    """

    name: str
    wanted: Formula | tuple[int, ...]
    found: Bools
    count: int | None
    chance: float | None


@dataclass(frozen=True)
class Evolved:
    """Where things go from a state.

    Parameters
    ----------
    model : Model
    solution : Solution, SetSolution or None
        What holds in the model; None where that takes a list of more states than can be listed.
    asked : Asked
    drift : Drift
    standing : dict of str to (n,) bool
        By concept, which of the states found are equilibria of the whole model, whoever may move here.
    totals : dict of str to int
        By concept, how many equilibria there are in all.
    ends : tuple of End
        The most likely first, else the nearest. Closed sets of several states only where everything was followed.
    rounds : tuple of Round
        Where things can go round, `MOST_ROUNDS` at most.
    round_count : int or None
        How many such sets of states there are; None where not everything was followed.
    chain : Likelihood or None
    unsaid : Unsaid or None
        Why there is no likelihood.
    target : Target or None
    stopped : Stop or None
        The limit that was reached.
    """

    model: Model
    solution: Solution | SetSolution | None
    asked: Asked
    drift: Drift
    standing: dict[str, Bools]
    totals: dict[str, int]
    ends: tuple[End, ...]
    rounds: tuple[Round, ...]
    round_count: int | None
    chain: Likelihood | None
    unsaid: Unsaid | None
    target: Target | None
    stopped: Stop | None

    def paths(self, at: int, most: int, enough: int = ENOUGH) -> Paths | None:
        """Some of the shortest legal paths to a state found, of those that are looked at."""
        return shortest(self.drift, at, most, enough)

    def feasible(self, mask: int) -> bool:
        """Whether no rule excludes a state."""
        return _feasible(self.drift.moving, self.solution, mask)

    def holds(self, formula: Formula) -> Bools:
        """(n,): in which of the states found a formula holds."""
        return Evaluator(self.model, self.drift.masks).holds(formula)


def evolved(
    model: Model,
    solution: Solution | SetSolution | None,
    asked: Asked,
    target: str | Formula | None = None,
    watch: Watch | None = None,
) -> Evolved:
    """Follow a model from a state.

    Parameters
    ----------
    model : Model
    solution : Solution, SetSolution or None
        Of the model. Over listed states it gives the moves, too.
    asked : Asked
    target : str or Formula, optional
        The name of a state, or a formula.
    watch : Watch, optional
        Where a limit is reached, the answer holds what was worked out by then.

    Raises
    ------
    CallError
        For a state, party or kind of move that there is not, a start that is not feasible, or a target that no feasible
        state satisfies.
    """
    watch = watch or Watch()
    moving = Listed(solution.space) if isinstance(solution, Solution) else Unlisted(model)
    if asked.start.strip() == "status-quo" and model.status_quo is None:
        raise CallError("the model has no status quo; say where to begin (--from): bits, a label, or the yes options")
    start = find_mask(model, asked.start, lambda mask: _feasible(moving, solution, mask))
    wanted, count = _wanted(model, moving, solution, target)
    drift = follow(moving, start, kind_of(asked.by), _movers(model, asked), steps_of(asked.steps), watch)
    found = _among(model, drift, wanted)
    standing: dict[str, Bools] = {}
    totals: dict[str, int] = {}
    stopped = drift.stopped
    if solution is not None:
        ended = _stand(solution, asked.concepts, drift, standing, totals)
        stopped = stopped or ended
    what = _Following(drift)
    try:
        if stopped is None:
            what.look(found, watch)
    except LimitReached as error:
        stopped = error.stop
        what.unsaid = Unsaid(str(stopped))
    told = None
    if found is not None and target is not None and wanted is not None:
        told = Target(target if isinstance(target, str) else text(target), wanted, found, count, what.chance)
    ends = tuple(sorted(what.ends, key=lambda end: (-(end.likelihood or 0), int(end.states[0]))))
    rounds_ = tuple(what.rounds)
    return Evolved(
        model,
        solution,
        asked,
        drift,
        standing,
        totals,
        ends,
        rounds_,
        what.round_count,
        what.chain,
        what.unsaid,
        told,
        stopped,
    )


class _Following:
    """What follows from the moves of a drift, as far as it was looked at."""

    def __init__(self, drift: Drift) -> None:
        self.drift = drift
        self.ends: tuple[End, ...] = tuple(End(np.array([at]), None) for at in np.flatnonzero(drift.rests).tolist())
        self.rounds: list[Round] = []
        self.round_count: int | None = None
        self.chain: Likelihood | None = None
        self.chance: float | None = None
        self.unsaid = why_not(drift, None)

    def look(self, wanted: Bools | None, watch: Watch) -> None:
        """Find the ends, the rounds and the likelihoods, where everything was followed."""
        if not self.drift.closed:
            return
        watch.phase("looking for ends and rounds")
        among = parts(self.drift.graph, self.drift.size)
        self.round_count, self.rounds = rounds(self.drift, among, MOST_ROUNDS)
        self.ends = _ends(among, None)
        self.unsaid = why_not(self.drift, among)
        if self.unsaid is not None:
            return
        self.chain = likelihood(self.drift, among, watch)
        if self.chain is None:
            self.unsaid = Unsaid(TOO_FAR_APART)
            return
        self.ends = _ends(among, self.chain)
        if wanted is not None:
            self.chance = chance(self.drift, wanted, watch)


def kind_of(by: str) -> By:
    """Which moves count. Raises `CallError` for a kind that there is not."""
    found = by.strip().replace("-", " ").replace("_", " ")
    for known in KINDS:
        if found == known:
            return known
    names = [known.replace(" ", "-") for known in KINDS]
    raise CallError(f"nobody moves by '{by}'; {nearest(by, names) or 'say ' + ', '.join(names)}")


def steps_of(steps: int | None) -> int | None:
    """How many moves to follow at most. Raises `CallError` for fewer than one."""
    if steps is not None and steps < 1:
        raise CallError(f"{steps} moves lead nowhere; give 1 or more, or no number of moves")
    return steps


def _movers(model: Model, asked: Asked) -> tuple[int, ...]:
    """The parties that may move."""
    if asked.only and asked.without:
        raise CallError("say which parties may move, or which may not, and not both (--only, --without)")
    named = {find_party(model, name) for name in (*asked.only, *asked.without)}
    movers = tuple(j for j in range(len(model.parties)) if (j in named) == bool(asked.only))
    if not movers:
        raise CallError(f"nobody is left to move without {', '.join(asked.without)}")
    return movers


def _feasible(moving: Moving, solution: Solution | SetSolution | None, mask: int) -> bool:
    if isinstance(solution, Solution):
        return solution.space.index(mask) is not None
    assert isinstance(moving, Unlisted)
    return bool(moving.feasible(np.array([mask], np.uint64))[0])


def _wanted(
    model: Model, moving: Moving, solution: Solution | SetSolution | None, target: str | Formula | None
) -> tuple[tuple[int, ...] | Formula | None, int | None]:
    """The target as states or a formula, and how many feasible states are so."""
    if target is None:
        return None, None
    if isinstance(target, str):
        masks = tuple(find_masks(model, target, lambda mask: _feasible(moving, solution, mask)))
        return masks, len(masks)
    if isinstance(solution, Solution):
        count = int(solution.space.holds(target).sum())
    elif solution is not None:
        count = solution.holds(target).count()
    else:
        return target, None
    if not count:
        raise CallError(f"no feasible state satisfies '{text(target)}', so nothing can lead to one")
    return target, count


def _among(model: Model, drift: Drift, wanted: tuple[int, ...] | Formula | None) -> Bools | None:
    """(n,): which of the states found are wanted."""
    if wanted is None:
        return None
    if isinstance(wanted, tuple):
        return np.isin(drift.masks, np.array(wanted, np.uint64))
    return Evaluator(model, drift.masks).holds(wanted)


def _stand(
    solution: Solution | SetSolution,
    concepts: Iterable[str],
    drift: Drift,
    standing: dict[str, Bools],
    totals: dict[str, int],
) -> Stop | None:
    """Which of the states found are equilibria, under each concept; the limit that was reached, if any."""
    solution.finish(concepts)
    for concept in concepts:
        if not solution.complete(concept):
            continue
        if isinstance(solution, Solution):
            every = solution.equilibria(concept)
            standing[concept] = every[np.searchsorted(solution.space.states, drift.masks)]
            totals[concept] = int(every.sum())
        else:
            held = solution.equilibria(concept)
            standing[concept] = np.array([mask in held for mask in drift.masks.tolist()], bool)
            totals[concept] = held.count()
    return solution.stopped


def _ends(among: Parts, chain: Likelihood | None) -> tuple[End, ...]:
    """The components that are not left again."""
    order = np.argsort(among.part, kind="stable")
    starts = np.searchsorted(among.part[order], np.arange(len(among.size) + 1))
    return tuple(
        End(order[starts[part] : starts[part + 1]], None if chain is None else float(chain.part[part]))
        for part in np.flatnonzero(among.closed).tolist()
    )
