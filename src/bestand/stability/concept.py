"""What a stability concept is: a way to say what a move risks, and one criterion for all of them.

A move of party i from s to s1 risks ``w(s1)``: the least that i may end up with, as i sees it under the concept. With r
the rank of i and ``best(i, ·)`` the most that i can have by one move or none:

    **s is stable for i  iff  best(i, min(r, w))(s) ≤ r(s)**

In words: whatever i does, it ends up at s1 or at what s1 may be turned into, and no such choice leaves it better off
than s. Equality sanctions, as published: being brought back to something just as good as s deters.
The line is exact for any moves and any weak orders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bestand.engine.spec import Engine, Value


@dataclass(frozen=True, slots=True)
class Concept:
    """A stability concept, with the facts about it that a program or a table can use.

    Parameters
    ----------
    id : str
        What files and calls say: ``seq``.
    title : str
        What people say: ``sequential stability``.
    words : str
        The definition in one sentence.
    risk : callable
        ``risk(engine, i)`` is the rank function w: what a move of party i to a state risks.
    names : mapping of str to str
        Every published name, with the key of its source in ``references.bib``. None for a concept of our own.
    foresight : int
        How many moves ahead the party looks.
    knows_preferences : bool
        Whether it uses what the others want.
    replies : {"none", "any", "credible", "best"}
        Which answers of the others it reckons with: any moves, improvements, or best moves alone.
    counters : bool
        Whether it reckons with its own move after the answer.
    firm : str or None
        The concept that reckons with those of its answers alone that are best moves.
    """

    id: str
    title: str
    words: str
    risk: Callable[[Engine, int], Value]
    names: Mapping[str, str] = field(default_factory=dict)
    foresight: int = 1
    knows_preferences: bool = False
    replies: Literal["none", "any", "credible", "best"] = "none"
    counters: bool = False
    firm: str | None = None


def stable(engine: Engine, i: int, concept: Concept) -> Value:
    """Where party i has no reason to move under a concept: a truth function of the engine."""
    return deterred(engine, i, concept.risk(engine, i))


def deterred(engine: Engine, i: int, w: Value) -> Value:
    """Where what its moves risk keeps party i from moving."""
    r = engine.rank(i)
    return engine.at_most(engine.best(i, engine.lower(r, w)), r)


def held(engine: Engine, i: int) -> Value:
    """What party i can still make of every state: the rank of the best it can have there by one move or none."""
    return engine.best(i, engine.rank(i))
