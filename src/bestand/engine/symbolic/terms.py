"""Values of the symbolic engine: what is asked for, written down, and worked out only when it must be.

The criterion of every concept, "what party i can have at best, w being what its moves risk, does not exceed what it
has", is recognised as it stands, and answered without ever working out w.
"""

from __future__ import annotations

from dataclasses import dataclass

from bestand.engine.spec import Parties

from .numbers import Number


@dataclass(frozen=True, slots=True)
class Rank:
    """What party i thinks of every state."""

    i: int


@dataclass(frozen=True, slots=True)
class Best:
    """The largest f that party i can have by one move or none."""

    i: int
    f: Term


@dataclass(frozen=True, slots=True)
class Reply:
    """The smallest f to which the parties can bring things: by improvements where ``credible``, else by moves."""

    parties: Parties
    f: Term
    credible: bool


@dataclass(frozen=True, slots=True)
class LeastOrigin:
    """The smallest f over s and the states from which party i can move to s."""

    i: int
    f: Term


@dataclass(frozen=True, slots=True)
class Lower:
    """The smaller of two."""

    f: Term
    g: Term


Term = Rank | Best | Reply | LeastOrigin | Lower | Number
