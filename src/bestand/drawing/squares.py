"""Squares in columns for what is true, or done: filled for yes. Words above tell what each column stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .measure import lines
from .sheet import MARGIN, SMALL, WIDTH, Sheet

PITCH = 18.0  # from column to column
_SIDE = 10.0  # of a square
_LINE = SMALL * 1.25
_MOST = 3  # lines of words of one column


@dataclass(frozen=True)
class Column:
    """A column of squares: what it stands for, and the party that does it, where one does."""

    words: str
    party: int | None = None
    bold: bool = False


def heads_height(columns: Sequence[Column], left: float) -> float:
    """Return how much room the words above the columns take."""
    return sum(_LINE * len(_words(column, left + k * PITCH)) + 3 for k, column in enumerate(columns))


def draw_heads(sheet: Sheet, columns: Sequence[Column], left: float, y: float, bottom: float) -> float:
    """Draw the words, a line from each down to its column at ``bottom``; return where the words end."""
    for k, column in enumerate(columns):
        x = left + k * PITCH
        sheet.path(f"M{x + 7:.1f} {y + 6:.1f}H{x:.1f}V{bottom:.1f}", line="rule")
        if column.party is not None:
            sheet.mark(column.party, x + 15, y + 6, 4.5)
        for line in _words(column, x):
            sheet.text(x + _indent(column), y + 10, line, size=SMALL, bold=column.bold)
            y += _LINE
        y += 3
    return y


def _indent(column: Column) -> float:
    return 11.0 if column.party is None else 24.0


def _words(column: Column, x: float) -> list[str]:
    return lines(column.words, SMALL, WIDTH - MARGIN - x - _indent(column), _MOST, bold=column.bold)


def draw_squares(sheet: Sheet, truth: Sequence[bool], left: float, y: float) -> None:
    """Draw a row of squares around a height."""
    for k, true in enumerate(truth):
        x = left + k * PITCH - _SIDE / 2
        sheet.rect(x, y - _SIDE / 2, _SIDE, _SIDE, fill="yes" if true else "no", line="yes")
