"""What the doctor finds, and what it knows of each doubt, as messages to be said in any language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bestand.model.fault import Path
from bestand.model.message import Message

from .sight import Sight


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of doubt.

    Parameters
    ----------
    code : str
        One of `bestand.model.accepting.DOUBTS`.
    looks_for : Message
        What is looked for, as the end of "The doctor looks for …".
    consequence : Message
        Why it matters: a clause that can stand after a colon.
    mend : Message
        What to do about it: likewise.
    several : callable
        From how many there are, and what sort of place they are at (`sort_of`), to what they come to, in a few words.
    """

    code: str
    looks_for: Message
    consequence: Message
    mend: Message
    several: Callable[[int, str], Message]


@dataclass(frozen=True, slots=True)
class Found:
    """One doubt at one place of a model: the message goes on after the place's name and a colon."""

    code: str
    path: Path
    message: Message


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A doubt that was not, or not everywhere, looked for, and why."""

    code: str
    why: Message


@dataclass(frozen=True, slots=True)
class Family:
    """Doubts of one sort.

    Parameters
    ----------
    kinds : tuple of Kind
    find : callable
        From what is seen of a model to what is doubtful in it, in the order of the file.
    quick : bool
        Whether it takes no longer than a look at every state, and an answer can depend on it; False for what solves the
        model, and for texts.
    """

    kinds: tuple[Kind, ...]
    find: Callable[[Sight], Iterator[Found | Unchecked]]
    quick: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its doubts."""
        return tuple(kind.code for kind in self.kinds)


def sort_of(path: Path) -> str:
    """Return what sort of thing stands at a place of a model: the key of the file that it stands under, or ``options``.

    Examples
    --------
    >>> sort_of(("parties", "up", "options", "keep")), sort_of(("preferences", "up", "priorities", 0))
    ('options', 'preferences')
    """
    return "options" if len(path) > 2 and path[2] == "options" else str(path[0]) if path else ""
