"""What is asked about coalitions, and the answer: the equilibria that they would leave, one state, or a way there."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from bestand.model.errors import LimitReached, Stop
from bestand.model.formula import Formula
from bestand.solve.solution import Bools

from .leaving import Departure
from .study import Study, Way, nearest, ways

TOLD = 6  # equilibria of a concept that are told one by one


@dataclass
class Answered:
    """The answer to a question about coalitions, as far as it has come.

    Parameters
    ----------
    study : Study
    state : int, optional
        The state that is asked about; None for all equilibria.
    wanted : (S,) bool, optional
        The states that somebody wants to get to from there.
    wanted_words : str
        What data call them.
    aim : Formula, int, or str
        What was asked for: a formula, a state as a bit mask, or the label that some states share.
    departures : dict
        By concept and state: what coalitions would leave the state for.
    ways : list of Way, optional
    stopped : Stop, optional
        The limit that was reached, in words.
    """

    study: Study
    state: int | None = None
    wanted: Bools | None = None
    wanted_words: str = ""
    aim: Formula | int | str = ""
    departures: dict[str, dict[int, list[Departure]]] = field(default_factory=dict)
    ways: list[Way] | None = None
    stopped: Stop | None = None

    @property
    def already(self) -> bool:
        """Whether what is wanted is so where it begins."""
        return self.wanted is not None and self.state is not None and bool(self.wanted[self.state])


def answered(
    study: Study,
    state: int | None = None,
    wanted: Bools | None = None,
    words: str = "",
    aim: Formula | int | str = "",
    most: int = TOLD,
) -> Answered:
    """The answer; where a limit is reached, what there is of it.

    Parameters
    ----------
    study : Study
    state : int, optional
    wanted : (S,) bool, optional
        With a state: who could get from there to one of these.
    words : str
        What data call what is wanted.
    aim : Formula, int, or str
        What is wanted.
    most : int
        How many equilibria of a concept to tell one by one, where no state is asked about.
    """
    found = Answered(study, state, wanted, words, aim)
    try:
        if wanted is not None:
            assert state is not None, "a way begins somewhere"
            found.ways = ways(study, state, wanted)
        elif state is not None:
            for concept in study.concepts:
                found.departures[concept] = {state: study.departures(concept, state)}
        else:
            _equilibria(found, most)
    except LimitReached as error:
        found.stopped = found.stopped or error.stop
    return found


def _equilibria(found: Answered, most: int) -> None:
    """All equilibria; where the memory is too small for one concept, what there is of the others."""
    found.study.solution.reach()  # first, as what is told of any finished concept begins with what is reached
    try:
        found.study.finish()
    except LimitReached as error:
        if error.limit == "seconds":
            raise
        found.stopped = error.stop
    _nearest(found, most)


def _nearest(found: Answered, most: int) -> None:
    """The nearest equilibria of every concept, those of the same ones told once."""
    study = found.study
    study.watch.phase("looking at the nearest equilibria")
    for concept in study.done:
        told = nearest(study.solution, study.looked(concept))[:most]
        found.departures[concept] = {at: study.departures(concept, at) for at in told}


def one(state: int, size: int) -> Bools:
    """(S,): one state."""
    found = np.zeros(size, bool)
    found[state] = True
    return found
