"""What is stable, for whom: `analyse`, and its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bestand.answer.given import model_of
from bestand.answer.speaking import Pictured, Tale
from bestand.engine.choose import Reason
from bestand.engine.limits import Limits, Progress, Watch
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import CallError, Stop, TooManyStates
from bestand.model.model import Model
from bestand.questions.analyse.picture_values import pictures
from bestand.solve.solution import Solution
from bestand.solve.solve import solve
from bestand.stability.registry import chosen
from bestand.witness.explanation import Explanation, explanation_of

from .words import answer

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution


def analyse(
    model: Model | str | PathLike[str],
    concepts: Iterable[str] | None = None,
    engine: str | None = None,
    readings: Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Which states are stable, for whom, and under which concept.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes.
    concepts : iterable of str, optional
        Of ``nash``, ``gmr``, ``smr``, ``seq``, ``sseq``; all where None.
    engine : {"cube", "listed", "arcs", "symbolic"}, optional
        How to compute; None chooses. The answer does not depend on it.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the computation may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the result
        holds what was finished, and `Result.stopped` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Result

    Raises
    ------
    CallError
        For an unknown concept, engine or reading, an engine that cannot serve the model, or a limit of zero or less.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached before any state is known; `TooManyStates` when no engine can hold the states.

    Notes
    -----
    O(parties · S) for Nash, GMR and SMR and O(parties · S log S) for SEQ and SSEQ over listed states. Sets of states
    (``symbolic``) cost what the parties' wishes are entangled, whatever the number of states.

    Examples
    --------
    >>> result = analyse("textbook/chicken", concepts=["nash", "seq"])
    >>> int(result.equilibria["seq"].sum())
    2
    """
    wanted = chosen(concepts)
    model = model_of(model)
    model = changed(model, apply_readings(model, readings))
    solution = solve(model, engine, Watch(limits_of(limits), progress))
    solution.finish(wanted)
    solution.watch.rest()
    return Result(solution, wanted)


def limits_of(given: Limits | Mapping[str, Any] | None) -> Limits:
    """Limits from what a caller gives. Raises `CallError` for a limit that there is not."""
    if given is None or isinstance(given, Limits):
        return given or Limits()
    unknown = set(given) - {"seconds", "states", "memory"}
    if unknown:
        raise CallError(f"there is no limit on '{min(unknown)}'; limits: seconds, states, memory")
    return Limits(**given)


@dataclass(frozen=True)
class Result(Pictured):
    """What holds in a model.

    Over listed states ``stable[concept]`` is a (P, S) and ``equilibria[concept]`` an (S,) array of bool. Over sets of
    states (``engine="symbolic"``) ``stable[concept][party]``, by id or index, and ``equilibria[concept]`` are sets:
    ``count()``, ``in``, ``first(k)``, ``patterns()``, ``&`` with each other and with a formula.

    Parameters
    ----------
    solution : Solution or SetSolution
    concepts : tuple of str
        In the order asked for.
    stable, equilibria : mapping
        By concept; where a limit was reached, those that every party has its verdict under.
    finished : mapping
        By concept, then by party: every verdict that there is, whatever stopped the rest.
    """

    solution: Solution | SetSolution = field(repr=False)
    concepts: tuple[str, ...]
    stable: Mapping[str, Any] = field(init=False, repr=False)
    equilibria: Mapping[str, Any] = field(init=False, repr=False)
    finished: Mapping[str, Mapping[str, Any]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        whole = [concept for concept in self.concepts if self.solution.complete(concept)]
        for name, found in (
            ("stable", {concept: _frozen(self.solution.stable(concept)) for concept in whole}),
            ("equilibria", {concept: _frozen(self.solution.equilibria(concept)) for concept in whole}),
            ("finished", {concept: self._finished(concept) for concept in self.concepts}),
        ):
            object.__setattr__(self, name, MappingProxyType(found))

    def _finished(self, concept: str) -> Mapping[str, Any]:
        done = self.solution.finished(concept)
        return MappingProxyType({self.parties[i]: _frozen(self.solution.verdict(concept, i)) for i in done})

    @property
    def model(self) -> Model:
        """The model that was analysed, readings applied."""
        return self.solution.model

    @property
    def parties(self) -> tuple[str, ...]:
        """Party ids; rows of ``ranks`` and ``stable``."""
        return tuple(self.model.party)

    @property
    def options(self) -> tuple[str, ...]:
        """Option ids; option k is bit k of a state."""
        return tuple(self.model.bit)

    @property
    def engine(self) -> str:
        """The engine that computed it."""
        return self.solution.engine.name

    @property
    def because(self) -> Reason:
        """Why this engine, in words."""
        return self.solution.because

    @property
    def complete(self) -> bool:
        """Whether every feasible state has its verdict, from every party, under every concept asked."""
        return self.stopped is None

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached, in words; None where everything is finished."""
        return self.solution.stopped

    @property
    def states(self) -> NDArray[np.uint64]:
        """(S,): the feasible states as bit masks, ascending. Raises `TooManyStates` where only sets are known."""
        return _frozen(self._listed("states").space.states)

    @property
    def ranks(self) -> NDArray[np.int32]:
        """(P, S): higher is preferred; only the order inside a row means anything. Raises `TooManyStates` as above."""
        return _frozen(self._listed("ranks").space.ranks)

    def _listed(self, what: str) -> Solution:
        if not isinstance(self.solution, Solution):
            count = self.solution.feasible.count()
            raise TooManyStates(f"the symbolic engine lists no states, and so no {what}: there are {count:,}")
        return self.solution

    def _tale(self, most: int | None = None) -> Tale[Any]:
        drawn = pictures(self.concepts) if isinstance(self.solution, Solution) and self.complete else {}
        return Tale(self.solution, self.model, lambda width, found: answer(width, found, self.concepts), drawn)

    def explain(self, state: str | int, party: str, concept: str) -> Explanation:
        """Why a state is stable for a party, or is not.

        Parameters
        ----------
        state : str or int
            ``status-quo``, bits, a label, the yes options with commas between them, or a row of ``states``.
        party : str
        concept : str

        Raises
        ------
        CallError
            For an unknown state, party or concept, or a state that is not feasible. Over sets of states, also for a
            concept of best moves, and for a row.

        Notes
        -----
        A few closures over all states. Over sets of states the one state is asked about, and not the verdict on all.

        Examples
        --------
        >>> why = analyse("textbook/prisoners-dilemma").explain("11", "P2", "nash")
        >>> why.stable, why.words().split(". ")[1]
        (False, 'The second prisoner can improve: it testifies against the other')
        """
        return explanation_of(self.solution, state, party, concept)


def _frozen(array: Any) -> Any:
    """A view that cannot be written to; sets of states cannot anyway."""
    if not isinstance(array, np.ndarray):
        return array
    view = array.view()
    view.flags.writeable = False
    return view
