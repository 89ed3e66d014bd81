"""What the doctor finds, and what it knows of each doubt: the words in which it is told come from the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bestand.model.fault import Path

from .sight import Sight


@dataclass(frozen=True, slots=True)
class Kind:
    """One doubt, in the language that is spoken.

    Parameters
    ----------
    code : str
        One of `bestand.model.accepting.DOUBTS`.
    looks_for : str
        What is looked for, as the end of "The doctor looks for …".
    consequence : str
        Why it matters: a clause that can stand after a colon.
    mend : str
        What to do about it: likewise.
    """

    code: str
    looks_for: str
    consequence: str
    mend: str


@dataclass(frozen=True, slots=True)
class Found:
    """One doubt at one place of a model: the message goes on after the place's name and a colon."""

    code: str
    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A doubt that was not, or not everywhere, looked for, and why."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Family:
    """Doubts of one sort.

    Parameters
    ----------
    codes : tuple of str
    kinds : callable
        The words for them, in the language that is spoken.
    find : callable
        From what is seen of a model to what is doubtful in it, in the order of the file.
    quick : bool
        Whether it takes no longer than a look at every state; False for what solves the model.
    """

    codes: tuple[str, ...]
    kinds: Callable[[], tuple[Kind, ...]]
    find: Callable[[Sight], Iterator[Found | Unchecked]]
    quick: bool = True
