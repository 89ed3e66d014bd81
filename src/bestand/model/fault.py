"""One thing that is wrong, or doubtful, in a model: where, what, and how to mend it.

A path mirrors the file: ``("preferences", "up", "priorities", 2)`` is the third entry of what ``up`` wants.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .errors import Problem, Severity
from .message import Message

Path = tuple[str | int, ...]

MAX_MESSAGE = 500  # characters; a message may quote what stands in the file


@dataclass(frozen=True, slots=True)
class ModelFault:
    """One thing that is wrong, or doubtful, in a model.

    Parameters
    ----------
    path : tuple of str and int
        Where, as keys and positions (from 0) of the file that the model would be written to.
    code : str
        A stable, machine-readable name.
    message : str or Message
    hint : str, Message or None
    severity : {"error", "warning"}
    consequence : str, Message or None
        What comes of it, where that is not plain.
    at : str or None
        Where, in the words by which the file itself speaks of the place: ``usa 3``.
    because : str or None
        The reason for which the file accepts it; None where it does not.
    """

    path: Path
    code: str
    message: str | Message
    hint: str | Message | None = None
    severity: Severity = "error"
    consequence: str | Message | None = None
    at: str | None = None
    because: str | None = None

    def problem(self, line: int = 0, column: int = 0, words: Callable[[Message], str] = str) -> Problem:
        """Return the same as a problem at a place of a file; without a place, the message says where in the model.

        Parameters
        ----------
        line, column : int
        words : callable
            Says a message in some language; in English unless told.
        """

        def told(what: str | Message | None) -> str | None:
            return words(what) if isinstance(what, Message) else what

        where = "" if line or self.at else f"{path_text(self.path)}: "
        return Problem(
            line,
            column,
            self.code,
            self.severity,
            clipped(f"{where}{told(self.message)}"),
            told(self.hint),
            told(self.consequence),
            self.at,
            self.because,
        )


def clipped(text: str) -> str:
    """Return a text, cut off where it is longer than a message may be."""
    return text if len(text) <= MAX_MESSAGE else f"{text[:MAX_MESSAGE]}…"


def path_text(path: Path) -> str:
    """A path in words, positions counted from 1.

    Examples
    --------
    >>> path_text(("preferences", "up", "priorities", 2))
    'preferences, up, priorities, entry 3'
    """
    return ", ".join(f"entry {step + 1}" if isinstance(step, int) else step for step in path) or "the model"
