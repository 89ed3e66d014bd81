"""Who would leave an equilibrium together, and which equilibria last: the answer, and how it is worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.answer.answer import Answer, frozen, read_only
from bestand.answer.setting import Setting, names
from bestand.document.blocks import Block
from bestand.engine.spec import Parties
from bestand.model.errors import CallError, LimitReached, Stop, TooManyStates
from bestand.model.formula import Formula
from bestand.model.message import Sayable
from bestand.model.model import Model
from bestand.model.values import FrozenMap
from bestand.solve.positions import find_state
from bestand.solve.solution import Solution

from . import data, words
from .aim import Aim, aim_of
from .concepts import Sanctioners, sanctioners_of
from .departure import Situation
from .dominance import Bools
from .forms import chosen
from .selection import Selection, nearest, selection
from .study import LOOKED_AT, Study, Way, coalition_of, coalitions_of, ways

TOLD = 6  # equilibria of a concept that are told one by one
FEW = 2**14  # pairs of a state and a coalition up to which every state is asked about without being told to


@dataclass(frozen=True)
class Tally:
    """The equilibria under one concept, counted by the coalitions that would leave them.

    Parameters
    ----------
    equilibria : int
        How many there are.
    looked_at : int
        How many of them were looked at: all, or the nearest in a large model.
    left : tuple of int
        How many of those each coalition would leave, in the order of the coalitions.
    lasting : Selection
        Those that no coalition would leave.
    """

    equilibria: int
    looked_at: int
    left: tuple[int, ...]
    lasting: Selection


@dataclass(frozen=True, eq=False, repr=False)
class Coalitions(Answer):
    """The answer to `bestand.coalitions`: the states that coalitions would leave, and for which others.

    Parameters
    ----------
    model : Model
        Readings applied.
    readings : tuple of str
    stopped : Stop or None
    states : (S,) uint64
        The feasible states as bit masks, ascending.
    engine : str
        What the engine is called that worked out the ordinary equilibria.
    because : Reason
        Why that one.
    coalitions : tuple of tuple of int
        Those that were looked at, by the indices of their members.
    concepts : tuple of str
        Those asked for.
    pareto : bool
        Whether a coalition moves already where some of its members gain and none loses.
    sanctioners : {"subcoalitions", "parties"}
        Who answers under ``seq``.
    compared : bool
        Whether all states were compared with one another; else the few nearest equilibria were looked at.
    few : int
        How many those are, of each concept.
    tallies : FrozenMap of str to Tally
        By concept, for each that was finished; empty where one state is asked about.
    situations : FrozenMap of str to tuple of Situation
        By concept, what coalitions would leave the state for that is asked about, or the nearest equilibria.
    state : int or None
        The state that is asked about, as a bit mask.
    aim : Aim or None
        What somebody wants to get to from there.
    ways : tuple of Way or None
        Who could; None where that is not asked, or was not finished.
    everywhere : bool
        Whether every state was asked about, and data tell it.
    verdicts : FrozenMap of (str, tuple of int) to (S,) bool
        By concept and coalition, whether it has no reason to leave each state, where that was worked out.
    listed : int
        How many equilibria of a kind data list.
    """

    model: Model
    readings: tuple[str, ...]
    stopped: Stop | None
    states: NDArray[np.uint64]
    engine: str
    because: Sayable
    coalitions: tuple[Parties, ...]
    concepts: tuple[str, ...]
    pareto: bool
    sanctioners: Sanctioners
    compared: bool
    few: int
    tallies: FrozenMap[str, Tally]
    situations: FrozenMap[str, tuple[Situation, ...]]
    state: int | None
    aim: Aim | None
    ways: tuple[Way, ...] | None
    everywhere: bool
    verdicts: FrozenMap[tuple[str, Parties], Bools]
    listed: int

    @property
    def looked_at(self) -> tuple[tuple[str, ...], ...]:
        """The members of every coalition that was looked at."""
        ids = tuple(self.model.party)
        return tuple(tuple(ids[j] for j in coalition) for coalition in self.coalitions)

    def stable(self, concept: str, members: str | Iterable[str]) -> Bools:
        """(S,): whether a coalition that was looked at has no reason to leave each state.

        Raises
        ------
        CallError
            For an unknown party, a coalition that was not looked at, or a concept that was not asked for or not
            finished; and where only equilibria were asked about, as in large models unless told ``everywhere``.
        TooManyStates
            Where the states are too many to compare with one another; then ask about one ``state``.
        """
        (wanted,) = chosen((concept,))
        coalition = coalition_of(self.model, names(members))
        if (wanted, coalition) in self.verdicts:
            return self.verdicts[wanted, coalition]
        if not self.compared:
            raise _too_many(len(self.states))
        if wanted not in self.concepts:
            raise CallError(f"'{wanted}' was not asked for; asked: {', '.join(self.concepts)}")
        if coalition not in self.coalitions:
            ids = ", ".join(self.model.parties[j].id for j in coalition)
            raise CallError(f"the coalition of {ids} was not looked at; ask for it by its members or its size")
        if self.stopped is not None:
            raise CallError(f"'{wanted}' was not finished: {self.stopped}")
        raise CallError("only equilibria were asked about; ask with everywhere=True, and no state, about every state")

    def lasting(self, concept: str) -> Bools:
        """(S,): the equilibria that no coalition looked at would leave under a concept.

        In a model of more than 2¹⁷ states, of the few equilibria that were looked at.

        Raises
        ------
        CallError
            For a concept that was not asked for or not finished, and where one state was asked about.
        """
        if concept not in self.concepts:
            raise CallError(f"'{concept}' was not asked for; asked: {', '.join(self.concepts)}")
        if concept not in self.tallies:
            why = f": {self.stopped}" if self.stopped is not None else "; one state was asked about"
            raise CallError(f"the equilibria under '{concept}' were not all looked at{why}")
        return self.tallies[concept].lasting.among(self.states)

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self)

    def _brief(self) -> str:
        return f"{len(self.coalitions):,} coalitions looked at"


def ask(
    setting: Setting,
    state: str | int | None,
    to: str | Formula | None,
    members: str | Iterable[str] | None,
    size: int | None,
    concepts: str | Iterable[str] | None,
    list: int,  # noqa: A002 - the parameter is called list
    *,
    pareto: bool,
    sanctioners: str,
    everywhere: bool,
) -> Coalitions:
    """Ask about the coalitions of a model. Parameters and errors are those of `bestand.coalitions`."""
    if list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    model = setting.under
    wanted = chosen(None if concepts is None else names(concepts))
    looked = coalitions_of(model, None if members is None else names(members), size)
    if to is not None and members is None and size is None:
        looked = (*coalitions_of(model, size=1), *looked)
    answering = sanctioners_of(sanctioners)
    solution = Solution(model, watch=setting.watch)
    study = Study(solution, looked, wanted, pareto=pareto, sanctioners=answering)
    if everywhere and not study.compared:
        raise _too_many(solution.count)
    at = None if state is None and to is None else find_state(solution.space, "status-quo" if state is None else state)
    work = _Work(study, at, None if to is None or at is None else aim_of(solution, to, at))
    work.go(everywhere=everywhere)
    return Coalitions(
        model=model,
        readings=setting.readings,
        stopped=work.stopped,
        states=frozen(solution.space.states),
        engine=solution.engine.name,
        because=solution.because,
        coalitions=looked,
        concepts=wanted,
        pareto=pareto,
        sanctioners=answering,
        compared=study.compared,
        few=LOOKED_AT,
        tallies=FrozenMap(read_only(work.tallies)),
        situations=FrozenMap(work.situations),
        state=None if at is None else int(solution.space.states[at]),
        aim=None if work.aim is None else work.aim[0],
        ways=work.ways,
        everywhere=everywhere,
        verdicts=FrozenMap(read_only(work.verdicts)),
        listed=list,
    )


def _too_many(states: int) -> TooManyStates:
    return TooManyStates("{states} states are too many to compare with one another; ask about one", states=states)


class _Work:
    """The parts of an answer, as far as they are worked out."""

    def __init__(self, study: Study, state: int | None, aim: tuple[Aim, Bools] | None) -> None:
        self.study, self.state, self.aim = study, state, aim
        self.tallies: dict[str, Tally] = {}
        self.situations: dict[str, tuple[Situation, ...]] = {}
        self.verdicts: dict[tuple[str, Parties], Bools] = {}
        self.ways: tuple[Way, ...] | None = None
        self.stopped: Stop | None = None

    def go(self, *, everywhere: bool) -> None:
        """Work everything out; where a limit is reached, keep what there is."""
        study = self.study
        try:
            if self.aim is not None and self.state is not None:
                self.ways = ways(study, self.state, self.aim[1])
            elif self.state is not None:
                for concept in study.concepts:
                    self.situations[concept] = (study.situation(concept, self.state),)
            else:
                self._equilibria()
                if everywhere or (study.compared and study.solution.count * len(study.coalitions) <= FEW):
                    self._everywhere()
        except LimitReached as error:
            self.stopped = self.stopped or error.stop

    def _equilibria(self) -> None:
        """Ask about all equilibria; where the memory is too small for one concept, keep what there is of the others."""
        study = self.study
        study.solution.reach()  # first, as what is told of any finished concept begins with what is reached
        study.watch.phase("asking coalitions", len(study.concepts) * len(study.coalitions))
        try:
            for concept in study.concepts:
                self.tallies[concept] = self._tally(concept)
        except LimitReached as error:
            self.stopped = error.stop
        if self.stopped is None or self.stopped.limit != "seconds":
            self._nearest()

    def _tally(self, concept: str) -> Tally:
        study = self.study
        looked = study.looked(concept)
        return Tally(
            int(study.solution.equilibria(concept).sum()),
            int(looked.sum()),
            tuple(int(study.left(concept, H).sum()) for H in study.coalitions),
            selection(study.solution, study.lasting(concept)),
        )

    def _nearest(self) -> None:
        """Look at the nearest equilibria of every concept one by one."""
        study = self.study
        study.watch.phase("looking at the nearest equilibria")
        for concept in self.tallies:
            told = nearest(study.solution, study.looked(concept))[:TOLD].tolist()
            self.situations[concept] = tuple(study.situation(concept, at) for at in told)

    def _everywhere(self) -> None:
        """Ask of every state whether each coalition would leave it."""
        study = self.study
        study.watch.phase("asking coalitions", len(study.concepts) * len(study.coalitions))
        for concept in study.concepts:
            for coalition in study.coalitions:
                self.verdicts[concept, coalition] = study.together.stable(concept, coalition)
                study.watch.step()
