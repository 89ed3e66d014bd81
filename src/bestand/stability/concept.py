"""What a stability concept is: the rounds that follow a party's move, and one criterion for all of them.

The rounds alternate: the others answer (by ``any`` moves, by ``credible`` ones, which are improvements, or by ``best``
moves), then the party itself moves once more or stays (``own``), then the others answer again, and so on. A move of
party i from s to s1 risks ``w(s1)``: the least that i may end up with, as i sees it under the concept. With r the rank
of i, H all others, ``best(i, ·)`` the most that i can have by one move or none and ``worst(H, ·)`` the least that the
others can make of it by moves of a kind:

- without rounds w = r: nobody answers
- the others answer: w = worst(H, v), where v is r if nothing follows, and if a round of i's own follows
  v = best(i, min(r, w')), with w' what i risks in the rounds after that

    **s is stable for i  iff  best(i, min(r, w))(s) ≤ r(s)**

In words: whatever i does, it ends up at s1 or at what s1 may be turned into, and no such choice leaves it better off
than s. Equality sanctions, as published: being brought back to something just as good as s deters. All operators
include where one stands, so that whoever has a turn may also wait.
The line is exact for any moves and any weak orders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bestand.engine.spec import Engine, Parties, Truth, Value, others
from bestand.model.message import Message

from .replies import OWN, REPLIES, Reply

Rounds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A stability concept, with the facts about it that a program or a table can use.

    Parameters
    ----------
    id : str
        What files and calls say: ``seq``.
    title : Message or str
        What people say: ``sequential stability``; a message where it is to be translated.
    rounds : tuple of str
        What follows a move of the party: answers of the others (``any``, ``credible``, ``best``) and its own moves
        (``own``) in turn, answers first.
    names : mapping of str to str
        Every published name, with the key of its source in ``references.bib``. None for a concept of our own.
    usual : bool
        Whether it is asked unless told.

    Raises
    ------
    ValueError
        For rounds that do not alternate, or an unknown kind of answer.

    Examples
    --------
    >>> Concept("smr", "symmetric metarationality", ("any", "own")).foresight
    3
    """

    id: str
    title: Message | str
    rounds: Rounds = ()
    names: Mapping[str, str] = field(default_factory=dict)
    usual: bool = False

    def __post_init__(self) -> None:
        for place, each in enumerate(self.rounds):
            if each not in ((OWN,) if place % 2 else REPLIES):
                wanted = OWN if place % 2 else ", ".join(REPLIES)
                raise ValueError(f"round {place + 1} of the concept '{self.id}' is '{each}'; it can be: {wanted}")

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The kinds of answers of the others, in the order of the rounds."""
        return tuple(REPLIES[kind] for kind in self.rounds[::2])

    @property
    def foresight(self) -> int:
        """Return how many moves ahead the party looks, its own first one counted."""
        return 1 + len(self.rounds)

    @property
    def knows_preferences(self) -> bool:
        """Return whether the party uses what the others want."""
        return any(reply.knows_preferences for reply in self.replies)

    @property
    def over_sets(self) -> bool:
        """Return whether every engine can serve it, also one that knows its states as sets only."""
        return all(reply.over_sets for reply in self.replies)


def stable(engine: Engine[Value, Truth], i: int, rounds: Rounds) -> Truth:
    """Return where party i has no reason to move under a concept of such rounds: a truth function of the engine."""
    return deterred(engine, i, risk(engine, i, rounds))


def deterred(engine: Engine[Value, Truth], i: int, w: Value) -> Truth:
    """Return where what its moves risk keeps party i from moving."""
    r = engine.rank(i)
    return engine.at_most(engine.best(i, engine.lower(r, w)), r)


def risk(engine: Engine[Value, Any], i: int, rounds: Sequence[str], H: Parties | None = None) -> Value:
    """Return the rank function w: what a move of party i to each state risks, of the answers of H, or of all others."""
    if not rounds:
        return engine.rank(i)
    H = others(engine, i) if H is None else H
    return REPLIES[rounds[0]].least(engine, H, after_answer(engine, i, rounds[1:], H))


def after_answer(engine: Engine[Value, Any], i: int, rounds: Sequence[str], H: Parties | None = None) -> Value:
    """Return what party i has of a state that an answer leads to, by a move of its own where one follows.

    Parameters
    ----------
    engine : Engine
    i : int
    rounds : sequence of str
        Those after the answer.
    """
    r = engine.rank(i)
    if not rounds:
        return r
    later = rounds[1:]
    return engine.best(i, engine.lower(r, risk(engine, i, later, H)) if later else r)
