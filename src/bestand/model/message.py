"""A sentence to be said later, as data: its English words, which are its key in every catalogue, and what fills them.

Whatever lies below `bestand.prose` speaks no language. What it has to say it keeps as a `Message`; `str` says it in
English, as errors and ``--json`` do, and `bestand.prose.messages.said` in the language that is spoken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .values import FrozenMap


class Bytes(int):
    """A number of bytes.

    Examples
    --------
    >>> print(Bytes(400), Bytes(3 * 2**20), Bytes(2**80), sep=", ")
    400 bytes, 3.0 MiB, 1,048,576.0 EiB
    """

    def __str__(self) -> str:
        for unit, power in (("EiB", 60), ("PiB", 50), ("TiB", 40), ("GiB", 30), ("MiB", 20)):
            if 2**power <= self:
                return f"{int(self) * 10 // 2**power / 10:,.1f} {unit}"
        return f"{int(self):,} bytes"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, or a part of one that stands by itself.

    Parameters
    ----------
    text : str
        Its English words, with named places: ``{states} states; at most {limit} can be listed``.
    many : str or None
        The same for a number of things other than one.
    n : int, float or None
        That number; it fills the place ``{n}``.
    values : mapping of str to object
        What fills the other places: numbers, `Bytes`, other messages, texts that are the same in every language, or
        a tuple of such things, which are told in a row.

    Examples
    --------
    >>> print(message("{states} states; at most {limit} can be listed", states=4096, limit=100))
    4,096 states; at most 100 can be listed
    >>> print(counted("{n} second", "{n} seconds", 1))
    1 second
    """

    text: str
    many: str | None = None
    n: float | None = None
    values: FrozenMap[str, object] = field(default_factory=lambda: FrozenMap[str, object]())

    def __str__(self) -> str:
        return self.fill(self.text if self.many is None or self.n == 1 else self.many, _english)

    def fill(self, text: str, words: Callable[[object], str]) -> str:
        """Return the text, which may be a translation, with its places filled in these words."""
        filled = {place: words(value) for place, value in self.values.items()}
        if self.n is not None:
            filled = {"n": words(self.n), **filled}
        return text.format_map(filled) if filled else text  # without places, a brace is a brace


@dataclass(frozen=True, slots=True)
class Sayable:
    """Something that has a message to say it by."""

    message: Message

    def __str__(self) -> str:
        return str(self.message)


def message(text: str, /, **values: object) -> Message:
    """Return the message of an English sentence; ``tools/messages.py`` finds the literal here."""
    return Message(text, values=FrozenMap(values))


def counted(one: str, many: str, n: float, /, **values: object) -> Message:
    """Return the message about a number of things; ``tools/messages.py`` finds the literals here."""
    return Message(one, many, n, FrozenMap(values))


def _english(value: object) -> str:
    match value:
        case Bytes() | str():
            return str(value)
        case int():
            return f"{value:,}"
        case float():
            return f"{value:g}"
        case tuple():
            *others, last = map(_english, value) if value else ("",)
            return f"{', '.join(others)} and {last}" if others else last
    return str(value)
