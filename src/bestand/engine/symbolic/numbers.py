"""Whole numbers that differ from state to state, as vectors of diagrams: the most important digit first.

A party's statements are such a number as they stand: one binary digit each. All comparisons go digit by digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bestand.engine.diagrams.spec import Diagram, Diagrams


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number at every state: ``least`` plus what the binary digits spell.

    Parameters
    ----------
    digits : tuple of Diagram
        The most significant first.
    least : int
    """

    digits: tuple[Diagram, ...]
    least: int = 0


class Arithmetic:
    """What numbers are made of and compared by.

    Parameters
    ----------
    diagrams : Diagrams
    """

    def __init__(self, diagrams: Diagrams) -> None:
        self.diagrams = diagrams
        self.true, self.false = diagrams.true, diagrams.false

    def constant(self, value: int, digits: int) -> tuple[Diagram, ...]:
        """Return the digits of one and the same number everywhere."""
        return tuple(self.true if value >> k & 1 else self.false for k in reversed(range(digits)))

    def aligned(self, f: Number, g: Number) -> tuple[Number, Number]:
        """Return the same two numbers with the same ``least`` and as many digits."""
        least = min(f.least, g.least)
        f_digits, g_digits = self.raised(f.digits, f.least - least), self.raised(g.digits, g.least - least)
        width = max(len(f_digits), len(g_digits))
        return Number(self._wide(f_digits, width), least), Number(self._wide(g_digits, width), least)

    def _wide(self, digits: tuple[Diagram, ...], width: int) -> tuple[Diagram, ...]:
        return (self.false,) * (width - len(digits)) + digits

    def raised(self, digits: tuple[Diagram, ...], by: int, where: Diagram = None) -> tuple[Diagram, ...]:
        """Digits of the number plus a constant ``by``, added where a condition holds (everywhere unless told)."""
        if not by:
            return digits
        where = self.true if where is None else where
        width = max(len(digits), by.bit_length()) + 1
        carry = self.false
        result: list[Diagram] = []
        for k, digit in enumerate(reversed(self._wide(digits, width))):
            other = where if by >> k & 1 else self.false
            both_or_carry = self.diagrams.ite(carry, digit | other, digit & other)
            odd = self.diagrams.ite(digit, ~other, other)
            result.append(self.diagrams.ite(carry, ~odd, odd))
            carry = both_or_carry
        while len(result) > 1 and result[-1] == self.false:
            result.pop()
        return tuple(reversed(result))

    def greater(self, f: Sequence[Diagram], g: Sequence[Diagram]) -> Diagram:
        """Return where the digits f spell more than the digits g; as many of each."""
        more = self.false
        for a, b in zip(reversed(f), reversed(g), strict=True):
            more = self.diagrams.ite(a, ~b | more, ~b & more)
        return more

    def chosen(self, where: Diagram, f: Sequence[Diagram], g: Sequence[Diagram]) -> tuple[Diagram, ...]:
        """Return the digits of f where a condition holds, of g elsewhere."""
        return tuple(self.diagrams.ite(where, a, b) for a, b in zip(f, g, strict=True))
