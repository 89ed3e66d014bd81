"""The room that words take in a picture, and words in as much room as there is.

A picture is drawn before anybody knows with which font it will be shown. Words are measured by the advances of a wide
sans serif, so that they fit with any usual one.
"""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category, east_asian_width

_ELLIPSIS = "…"
_WIDE = 1.05  # letters of East Asia, in widths of the letter size
_USUAL = 0.62
_BOLD = 1.12
_LITTLE = 1e-6  # what sums of widths may differ by
_ADVANCES = {
    " ": 0.32,
    **dict.fromkeys("ijlI'|.,:;!", 0.34),
    **dict.fromkeys('ftr()[]{}/\\-“”‘’"', 0.42),
    **dict.fromkeys("sczvxyk", 0.56),
    **dict.fromkeys("mwMW%@", 0.98),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ+=<>~#&¶·×→←↔", 0.75),
}


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words are at most, in the unit of the letter size.

    Examples
    --------
    >>> width("ii", 10) < width("mm", 10) < width("mm", 10, bold=True)
    True
    """
    return size * (_BOLD if bold else 1.0) * sum(map(_advance, words))


def _advance(letter: str) -> float:
    known = _ADVANCES.get(letter)
    if known is not None:
        return known
    if category(letter) in ("Mn", "Me", "Cf"):  # a mark over another letter
        return 0.0
    return _WIDE if east_asian_width(letter) in "WF" else _USUAL


def shortened(words: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return words in so much room, cut off with an ellipsis; within a word only where no line holds the word.

    Examples
    --------
    >>> shortened("Europe pays", 10, 100), shortened("Europe pays", 10, 60), shortened("Europe pays", 10, 30)
    ('Europe pays', 'Europe…', 'Eur…')
    """
    if _fitting(words, size, room, bold=bold) == len(words):
        return words
    fit = _fitting(words, size, room - width(_ELLIPSIS, size, bold=bold), bold=bold)
    begin = words.rfind(" ", 0, fit + 1)  # of the word that is cut
    word = words[begin + 1 :].split(" ", 1)[0]
    if begin > 0 and _fitting(word, size, room, bold=bold) == len(word):
        fit = begin
    return words[:fit].rstrip(" ,;:") + _ELLIPSIS


def _fitting(words: str, size: float, room: float, *, bold: bool) -> int:
    """Return how many letters fit into so much room."""
    taken, unit = 0.0, size * (_BOLD if bold else 1.0)
    for k, letter in enumerate(words):
        taken += unit * _advance(letter)
        if taken > room + _LITTLE:
            return k
    return len(words)


def lines(words: str, size: float, room: float, most: int = 3, *, bold: bool = False) -> list[str]:
    """Return words in lines of so much room, at most so many of them: the last one is cut off where there are more.

    Examples
    --------
    >>> lines("Ukraine accepts the ceasefire", 10, 100)
    ['Ukraine accepts', 'the ceasefire']
    >>> lines("Ukraine accepts the ceasefire", 10, 110, most=1)
    ['Ukraine accepts the…']
    """
    done = [""]
    for word in _pieces(words.split(), size, room, bold=bold):
        longer = f"{done[-1]} {word}".strip()
        if _fitting(longer, size, room, bold=bold) == len(longer):
            done[-1] = longer
        else:
            done.append(word)
        if len(done) > most:  # the rest is not shown anyway
            return [*done[: most - 1], shortened(f"{done[most - 1]} {word}", size, room, bold=bold)]
    return done


def _pieces(words: Iterable[str], size: float, room: float, *, bold: bool) -> Iterable[str]:
    """Yield words, those that are wider than a line in several parts."""
    for word in words:
        rest = word
        while (fit := _fitting(rest, size, room, bold=bold)) < len(rest):
            yield rest[: max(fit, 1)]
            rest = rest[max(fit, 1) :]
        if rest:
            yield rest
