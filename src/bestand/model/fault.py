"""One thing that is wrong, or doubtful, in a model: where, what, and how to mend it.

A path mirrors the file: ``("preferences", "up", "priorities", 2)`` is the third entry of what ``up`` wants.
"""

from __future__ import annotations

from dataclasses import dataclass

from .errors import Problem, Severity

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ModelFault:
    """One thing that is wrong, or doubtful, in a model.

    Parameters
    ----------
    path : tuple of str and int
        Where, as keys and positions (from 0) of the file that the model would be written to.
    code : str
        A stable, machine-readable name.
    message : str
    hint : str or None
    severity : {"error", "warning"}
    consequence : str or None
        What comes of it, where that is not plain.
    at : str or None
        Where, in the words by which the file itself speaks of the place: ``usa 3``.
    because : str or None
        The reason for which the file accepts it; None where it does not.
    """

    path: Path
    code: str
    message: str
    hint: str | None = None
    severity: Severity = "error"
    consequence: str | None = None
    at: str | None = None
    because: str | None = None

    def problem(self, line: int = 0, column: int = 0) -> Problem:
        """The same, at a place of a file; without one, the message says where in the model."""
        where = "" if line or self.at else f"{path_text(self.path)}: "
        return Problem(
            line,
            column,
            self.code,
            self.severity,
            where + self.message,
            self.hint,
            self.consequence,
            self.at,
            self.because,
        )


def path_text(path: Path) -> str:
    """A path in words, positions counted from 1.

    Examples
    --------
    >>> path_text(("preferences", "up", "priorities", 2))
    'preferences, up, priorities, entry 3'
    """
    return ", ".join(f"entry {step + 1}" if isinstance(step, int) else step for step in path) or "the model"
