"""The moves that an answer may be made of: what each kind is called, knows and asks of an engine.

Each kind is narrower than the one before it: every credible reply is a reply, and every best move an improvement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from bestand.engine.spec import Engine, Parties, Value

OWN = "own"  # in the rounds of a concept: the party itself moves once more, or stays


class Least(Protocol):
    """An operator of an engine: the smallest f to which some parties can bring things."""

    def __call__(self, engine: Engine[Value, Any], H: Parties, f: Value) -> Value: ...


@dataclass(frozen=True, slots=True)
class Reply:
    """A kind of moves by which the others answer.

    Parameters
    ----------
    id : str
        What the rounds of a concept say: ``credible``.
    least : callable
        ``least(engine, H, f)``: the smallest f to which the parties H bring things by such moves.
    knows_preferences : bool
        Whether the parties that answer are asked what they want.
    over_sets : bool
        Whether an engine that knows its states as sets only can follow such moves.
    sign : str
        What the ends of legal sequences of such moves are called in symbols, without who moves from where.
    """

    id: str
    least: Least
    knows_preferences: bool
    over_sets: bool
    sign: str


_KINDS = (  # from the widest to the narrowest
    Reply("any", lambda engine, H, f: engine.worst_reply(H, f), False, True, "R_{N−i}"),
    Reply("credible", lambda engine, H, f: engine.worst_credible_reply(H, f), True, True, "R_{N−i}^+"),
    Reply("best", lambda engine, H, f: engine.worst_best_reply(H, f), True, False, "B_{N−i}"),
)
REPLIES: Mapping[str, Reply] = MappingProxyType({kind.id: kind for kind in _KINDS})


def width(kind: str) -> int:
    """Return the place of a kind among all: 0 is the widest, and each is narrower than those before it.

    Examples
    --------
    >>> width("any") < width("credible") < width("best")
    True
    """
    return list(REPLIES).index(kind)
