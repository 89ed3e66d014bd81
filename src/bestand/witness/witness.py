"""The grounds of a verdict, as data that can be checked by hand or by `bestand.replay`.

States are bit masks throughout (bit k is the model's k-th option), so that a witness means the same whichever engine
found it, and needs nothing but the model to be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bestand.model.values import FrozenMap

from .states import KeptStates

Compared = Literal["better", "equal", "worse"]
Reason = Literal["no move", "no improvement", "answered", "open"]
Obstacle = Literal["infeasible states", "one-way options", "forbidden moves"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a party sees a state.

    Parameters
    ----------
    compared : {"better", "equal", "worse"}
        Beside the state whose verdict is explained.
    lower : int
        How many feasible states the party ranks strictly lower.
    of : int
        How many feasible states there are.
    """

    compared: Compared
    lower: int
    of: int

    @property
    def share(self) -> float:
        """The share of the feasible states that the party ranks strictly lower (0 to 1)."""
        return self.lower / self.of


@dataclass(frozen=True, slots=True)
class Step:
    """One move of an answer: who makes it (a party index) and where it leads (a bit mask)."""

    party: int
    state: int


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What the party could still do once an answer has ended: why there is no escape from it.

    Parameters
    ----------
    moves : int
        To how many states it can move from there.
    best : int or None
        The one of these that it likes best, as a bit mask; None where it has no move.
    standing : Standing or None
        Of that state: no better than where the party began, unless the others can answer once more.
    improvements : int
        How many of these states, and of the one in which the answer ends, are better than where the party began: none,
        where nobody answers any more.
    answers : tuple of Answer or None
        An answer to each of these, the most tempting first (at most `MOST_AFTERWARDS`). The improvement of one may be
        the state in which the first answer ends: the party stays there. None under concepts that do not look so far.
    """

    moves: int
    best: int | None
    standing: Standing | None
    improvements: int = 0
    answers: tuple[Answer, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the others can do about one improvement.

    Parameters
    ----------
    improvement : int
        The state that the party improves to, as a bit mask.
    standing : Standing
        How the party sees that state.
    steps : tuple of Step
        A shortest sequence by which the others bring it to where the party has gained nothing; empty where the
        improvement is not answered, or where it is answered by waiting: whatever the party then makes of it, the others
        can answer that.
    best : bool or None
        Whether every step is the best move that its party has there. A "credible" answer need not be
        (`bestand.solve.loose`). None where the engine has not looked for one of best moves alone. Says nothing
        where any reply counts.
    end : Standing or None
        How the party sees the state in which the answer ends; None where the improvement is not answered.
    afterwards : Afterwards or None
        What the party could do from there, under concepts that reckon with that.
    """

    improvement: int
    standing: Standing
    steps: tuple[Step, ...] = ()
    best: bool | None = False
    end: Standing | None = None
    afterwards: Afterwards | None = None

    @property
    def sanctioned(self) -> bool:
        """Return whether the improvement is answered."""
        return self.end is not None

    @property
    def last(self) -> int:
        """The state in which the answer ends, as a bit mask; the improvement itself where nobody moves."""
        return self.steps[-1].state if self.steps else self.improvement


@dataclass(frozen=True)
class Stage:
    """All that the others can make of what a party has moved to, and what the party makes of that.

    Parameters
    ----------
    starts : KeptStates
        What the party has moved to, or stays in.
    reached : KeptStates
        Everything that the others can bring these to by the moves that the concept reckons with, the starts included.
        No such move leads out of it.
    moved : KeptStates or None
        Those in which the party is better off only after its own next move; None under concepts without one.
    onward : Stage or None
        What follows that move, where the others answer once more: it begins in states that the party can get to from
        each of those reached, by a move or by staying.
    """

    starts: KeptStates
    reached: KeptStates
    moved: KeptStates | None = None
    onward: Stage | None = None


@dataclass(frozen=True)
class Proof:
    """That nothing answers an improvement: all that the others can make of it, and the party is better off throughout.

    Parameters
    ----------
    improvement : int
    reached, moved, onward
        As of a `Stage` that starts in the improvement.
    last : mapping of int to tuple of int, or None
        For each of the states reached, who can have made the last move into it: where moves are not transitive,
        whoever moved last may not move next. None where that changes nothing.
    escapes : mapping of int to int
        For the first of the states ``moved``, where the party goes from there (at most `MOST_ESCAPES`).
    """

    improvement: int
    reached: KeptStates
    last: Mapping[int, tuple[int, ...]] | None = None
    moved: KeptStates | None = None
    onward: Stage | None = None
    escapes: Mapping[int, int] = FrozenMap()


@dataclass(frozen=True, slots=True)
class Level:
    """A rank that a party can hold or be held to, shown by a state that has it (a bit mask), and how it is seen."""

    state: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Levels:
    """What a party can secure, and what it can be held down to.

    Defined where every combination of options is feasible and every move can be taken back. There a state is stable
    under GMR iff the party likes it no less than ``maximin``, and under SMR iff the party cannot improve or likes it no
    less than ``minimax``.

    Parameters
    ----------
    maximin : Level or None
        The most that it can secure by choosing first: the largest, over its own options, of the least over the others'.
    minimax : Level or None
        The least that the others can hold it to by choosing first.
    undefined : str or None
        What keeps them from being defined.
    """

    maximin: Level | None = None
    minimax: Level | None = None
    undefined: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """The single comparison nearest at hand that would turn the verdict, were it the other way.

    A verdict rests on a party's wishes only by way of the states that it prefers to the one in question.

    Parameters
    ----------
    state : int
        The state that is compared with the one in question, as a bit mask.
    standing : Standing
        How the party sees it now. Better: it would have to be no better. Equal or worse: it would have to be better.
    groups : int or None
        How many groups of equally good states lie between, the farther one counted: 0 where it is equal now. None
        where they are too many to count.
    count : int
        How many single comparisons would turn the verdict, this one included.
    """

    state: int
    standing: Standing
    groups: int | None
    count: int


@dataclass(frozen=True)
class Evidence:
    """What a full explanation adds.

    Parameters
    ----------
    standing : Standing
        Of the state in question.
    proof : Proof or None
        Unstable: that nothing answers the improvement.
    levels : Levels or None
        Under GMR and SMR.
    flip : Flip or None
        None where no single comparison turns the verdict, or it has not been looked for.
    flip_sought : bool
        Whether it has been looked for.
    """

    standing: Standing
    proof: Proof | None = None
    levels: Levels | None = None
    flip: Flip | None = None
    flip_sought: bool = True


@dataclass(frozen=True)
class Witness:
    """The grounds of one verdict.

    Parameters
    ----------
    state : int
        A bit mask.
    party : int
        A party index.
    concept : str
    stable : bool
    moves : int
        How many moves the party has from the state.
    improvements : int
        How many of them lead to something better.
    answers : tuple of Answer
        Stable: an answer to each improvement, the most tempting improvement first (at most `MOST_ANSWERS`).
        Unstable: the most tempting improvement that nothing answers.
    loose : bool or None
        Whether some improvement is held off only by an answer in which a party does not take its best move; None
        where the engine cannot tell.
    evidence : Evidence or None
        What `bestand.witness.search.explained` adds.
    """

    state: int
    party: int
    concept: str
    stable: bool
    moves: int
    improvements: int
    answers: tuple[Answer, ...]
    loose: bool | None = False
    evidence: Evidence | None = None

    @property
    def complete(self) -> bool:
        """Return whether every improvement that matters for the verdict is shown, with all that its answer rests on."""
        return not self.stable or _whole(self.improvements, self.answers)

    @property
    def reason(self) -> Reason:
        """Return what the verdict rests on. A party without a move is stable whatever it wants: that says little."""
        if not self.stable:
            return "open"
        if not self.moves:
            return "no move"
        return "answered" if self.improvements else "no improvement"


def _whole(improvements: int, answers: tuple[Answer, ...]) -> bool:
    """Return whether every improvement has its answer, and so has whatever the party can do after an answer."""
    after = (answer.afterwards for answer in answers)
    return len(answers) == improvements and all(
        each is None or each.answers is None or _whole(each.improvements, each.answers) for each in after
    )
