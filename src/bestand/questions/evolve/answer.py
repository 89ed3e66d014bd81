"""Where things go from a state: `evolve`, and its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bestand.answer.given import model_of
from bestand.answer.setting import limits_of
from bestand.answer.speaking import Pictured, Tale
from bestand.engine.limits import Limits, Progress, Watch
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import CallError, Stop, TooManyStates
from bestand.model.formula import Formula
from bestand.model.language import parse_formula
from bestand.model.model import Model
from bestand.model.scope import LanguageError
from bestand.questions.evolve.picture import picture
from bestand.solve.positions import find_mask
from bestand.solve.solution import Solution
from bestand.solve.solve import solve
from bestand.stability.registry import chosen

from .data import evolution_data
from .evolution import Asked, Evolved, evolved
from .paths import Leg
from .words import answer

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution


def evolve(
    model: Model | str | PathLike[str],
    start: str = "status-quo",
    by: str = "improvements",
    only: str | Iterable[str] = (),
    without: str | Iterable[str] = (),
    steps: int | None = None,
    to: str | None = None,
    paths: int = 3,
    concepts: Iterable[str] | None = None,
    engine: str | None = None,
    readings: Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Evolution:
    """Where things go from a state: what is reached and how, where it ends and goes round, and how likely that is.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes.
    start : str
        ``status-quo``, bits, a label, or the yes options with commas between them.
    by : {"improvements", "best-moves", "moves"}
        Which moves count: what the mover gains by, only the best of that, or any legal move.
    only, without : iterable of str, or str with commas
        The parties that may move, or may not: one of the two.
    steps : int, optional
        Follow so many moves at most.
    to : str, optional
        What to come to: a state as above, or a formula.
    paths : int
        How many shortest paths to show to a state.
    concepts : iterable of str, optional
        Under which equilibria are looked for among what is reached; all five where None, and none where the states are
        too many to list.
    engine : {"cube", "listed", "arcs", "symbolic"}, optional
        How to compute the equilibria; None chooses.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        ``seconds``, ``states`` (followed one by one), ``memory``. Where one is reached, `Evolution.stopped` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most.

    Returns
    -------
    Evolution

    Raises
    ------
    CallError
        For an unknown state, party, concept or reading, a start that is not feasible or missing, or a target that no
        feasible state satisfies.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached before anything is known.

    Notes
    -----
    O(states found · what a party can choose from) for what is reached, and a sparse system for the likelihoods. The
    search is that of Li, Kilgour & Hipel (2005), over (state, last mover).

    Examples
    --------
    >>> found = evolve("books/fang1993/elmira")
    >>> [found.model.labels[found.model.bits(int(state))] for state in found.states]
    ['1', '5']
    >>> found.ends[0].likelihood
    1.0
    """
    model = model_of(model)
    model = changed(model, apply_readings(model, tuple(readings)))
    watch = Watch(limits_of(limits), progress)
    found = evolve_model(
        model,
        start=start,
        by=by,
        only=_names(only),
        without=_names(without),
        steps=steps,
        to=to,
        paths=paths,
        concepts=concepts,
        engine=engine,
        watch=watch,
    )
    watch.rest()
    return found


def _names(given: str | Iterable[str]) -> tuple[str, ...]:
    """Names as they are given, or with commas between them."""
    return tuple(name.strip() for name in (given.split(",") if isinstance(given, str) else given) if name.strip())


def evolve_model(
    model: Model,
    *,
    start: str,
    by: str,
    only: tuple[str, ...],
    without: tuple[str, ...],
    steps: int | None,
    to: str | None,
    paths: int,
    concepts: Iterable[str] | None,
    engine: str | None,
    watch: Watch,
) -> Evolution:
    """As `evolve`, of a model under a watch."""
    if paths < 1:
        raise CallError(f"{paths} paths to a state: give 1 or more")
    wanted = chosen(concepts)
    target = target_of(to, model)
    solution: Solution | SetSolution | None = None
    with suppress(TooManyStates):
        solution = solve(model, engine, watch)
    if concepts is None and not isinstance(solution, Solution):
        wanted = ()
    asked = Asked(start, by, only, without, steps, wanted)
    return Evolution(evolved(model, solution, asked, target, watch), paths)


def target_of(text: str | None, model: Model) -> str | Formula | None:
    """What is to be come to: a formula, or the name of a state where it is one.

    A single option, and an outcome, is a formula: what is true in many states.

    Raises
    ------
    CallError
        Where it is neither.
    """
    if text is None:
        return None
    name = text.strip()
    if not name:
        raise CallError("nothing is given to come to (--to): give a formula or a state")
    bits = len(name) == len(model.options) and set(name) <= {"0", "1"}
    if bits or "," in name or name == "status-quo" or (name in model.labels.values() and name not in model.outcome):
        return name
    try:
        return parse_formula(name, model.scope())
    except LanguageError as error:
        with suppress(CallError):
            find_mask(model, name, lambda _: True)
            return name
        raise CallError(f"{error} (--to takes a formula, or a state as --from does)") from error


@dataclass(frozen=True)
class Evolution(Pictured):
    """Where things go from a state. ``str()`` says it in words, `data` gives it as plain data.

    Parameters
    ----------
    evolved : Evolved
        Everything that was found.
    most : int
        How many shortest paths to a state are shown.
    """

    evolved: Evolved = field(repr=False)
    most: int = 3

    @property
    def model(self) -> Model:
        """The model that was followed, readings applied."""
        return self.evolved.model

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached, in words; None where everything is finished."""
        return self.evolved.stopped

    @property
    def complete(self) -> bool:
        """Whether everything that can follow was followed."""
        return self.evolved.drift.closed and self.stopped is None

    @property
    def states(self) -> NDArray[np.uint64]:
        """(n,): the states reached as bit masks, the start first, then those that fewer moves lead to."""
        return self.evolved.drift.masks[self.evolved.drift.reached]

    @property
    def distance(self) -> NDArray[np.int32]:
        """(n,): the fewest moves to each of them."""
        return self.evolved.drift.distance[self.evolved.drift.reached]

    @property
    def last_movers(self) -> NDArray[np.int32]:
        """(P, n): the fewest moves to each of them with each party as the last mover; -1 where it cannot be that."""
        return self.evolved.drift.moves[:, self.evolved.drift.reached]

    @property
    def equilibria(self) -> dict[str, NDArray[np.bool_]]:
        """By concept (n,): which of them are equilibria."""
        return {concept: found[self.evolved.drift.reached] for concept, found in self.evolved.standing.items()}

    @property
    def ends(self) -> tuple[Ending, ...]:
        """Where it can end, the most likely first."""
        drift = self.evolved.drift
        return tuple(
            Ending(tuple(int(mask) for mask in drift.masks[end.states]), end.likelihood) for end in self.evolved.ends
        )

    @property
    def moves_to_the_end(self) -> float | None:
        """The expected number of moves until it ends, if chance decides; None where that is not worked out."""
        return None if self.evolved.chain is None else self.evolved.chain.moves

    def paths(self, state: str, most: int | None = None) -> list[list[tuple[str, int]]]:
        """Shortest legal paths to a state, each as (party id, bit mask of the state it moves to).

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

        Examples
        --------
        >>> evolve("books/fang1993/elmira").paths("5")
        [[('LG', 18)]]
        """
        at = self.evolved.drift.index(find_mask(self.model, state, self.evolved.feasible))
        found = None if at is None else self.evolved.paths(at, self.most if most is None else most)
        return [] if found is None else [[self._leg(leg) for leg in legs] for legs in found.shown]

    def _leg(self, leg: Leg) -> tuple[str, int]:
        return self.model.parties[leg.party].id, leg.state

    def data(self, most: int = 1000) -> dict[str, Any]:
        """Everything as what JSON can hold, with so many states of a kind."""
        return evolution_data(self.evolved, self.most, most)

    def _tale(self, most: int | None = None) -> Tale[Any]:
        return Tale(self.evolved, self.model, lambda width, found: answer(width, found, self.most), {"tree": picture})


@dataclass(frozen=True)
class Ending:
    """Where things can end: one state, or states that are not left again.

    Parameters
    ----------
    states : tuple of int
        Bit masks.
    likelihood : float or None
        The probability that things end here; None where it is not worked out.
    """

    states: tuple[int, ...]
    likelihood: float | None
