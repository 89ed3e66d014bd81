"""The moves that an answer may be made of: what each kind is called, knows and asks of an engine.

Every credible reply is a reply, and every purposeful move and every best move an improvement. Of these two neither is
narrower: a best move may flip what its mover does not need, and a purposeful one may leave a gain aside.
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
    within : tuple of str
        The wider kinds: all its moves are moves of these.
    sign : str
        What the ends of legal sequences of such moves are called in symbols, without who moves from where.
    """

    id: str
    least: Least
    knows_preferences: bool
    over_sets: bool
    within: tuple[str, ...]
    sign: str


_KINDS = (  # wider ones before narrower ones
    Reply("any", lambda engine, H, f: engine.worst_reply(H, f), False, True, (), "R_{N−i}"),
    Reply("credible", lambda engine, H, f: engine.worst_credible_reply(H, f), True, True, ("any",), "R_{N−i}^+"),
    Reply(
        "purposeful",
        lambda engine, H, f: engine.worst_purposeful_reply(H, f),
        True,
        False,
        ("any", "credible"),
        "P_{N−i}",
    ),
    Reply("best", lambda engine, H, f: engine.worst_best_reply(H, f), True, False, ("any", "credible"), "B_{N−i}"),
)
REPLIES: Mapping[str, Reply] = MappingProxyType({kind.id: kind for kind in _KINDS})


def narrower(kind: str, wide: str) -> bool:
    """Find out whether all moves of a kind are moves of another, or of the same.

    Examples
    --------
    >>> narrower("best", "any"), narrower("best", "purposeful"), narrower("any", "any")
    (True, False, True)
    """
    return kind == wide or wide in REPLIES[kind].within


def width(kind: str) -> int:
    """Return the place of a kind in an order in which wider kinds come before narrower ones.

    Examples
    --------
    >>> width("any") < width("credible") < width("best")
    True
    """
    return list(REPLIES).index(kind)
