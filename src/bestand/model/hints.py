"""What to say where a formula or sentence cannot be read: the likely slip of the pen, else what could stand there."""

from __future__ import annotations

import re
from collections.abc import Collection

from .errors import nearest

_SPELLED = {
    "NAME": "a name",
    "WORD": "a name",
    "ANSWER": "a name",
    "NUMBER": "a number",
    "LPAR": "'('",
    "RPAR": "')'",
    "COMMA": "','",
    "$END": "the end",
    "STATUS_QUO": "'status-quo'",
    "STATE_NAMED": "'state' and its label",
    "_IS": "'is'",
    "ONE_WAY_TO": "'one-way to'",
    "BY_MOVES": "'by drift'",
    "KIND": "cannot-be, stands, comes-by-itself, deal, deal-not-kept or no-deal",
    "EVERY_PARTY": "'every party'",
    "KEPT": "'kept'",
}
_NOUNS = ("state", "equilibrium", "equilibria", "resting place", "deal", "kept deal")
_CONNECTIVES = {"and", "or", "not", "implies", "iff"}
_SIGNS = {"&": "and", "|": "or", "!": "not", "~": "not", "=": "iff", "-": "not"}
_CHECK = (
    "a check begins with some, every or no, with a state, or with a party that ranks or refuses: some equilibrium is "
    "peace"
)
_CHANGE = "a change names an option that is held, or a statement by its number: up.release held at yes, up 2 dropped"


def hint(text: str, offset: int, expected: Collection[str], start: str) -> str | None:
    """Return how to mend a text that cannot be read on from a character.

    Parameters
    ----------
    text : str
    offset : int
        Where reading stopped; the length of the text at its end.
    expected : collection of str
        The terminals of the grammar that could stand there.
    start : str
        What the text should be: ``formula``, ``changes`` or ``check``.

    Examples
    --------
    >>> hint("peace AND war", 6, {"AND"}, "formula")
    "write 'and' in small letters"
    """
    found = re.match(r"[\w-]+|\S", text[offset:])
    word = found.group() if found else ""
    return _slip(text, offset, word, expected, start) or _shape(text, offset, expected, start) or _could_be(expected)


def _slip(text: str, offset: int, word: str, expected: Collection[str], start: str) -> str | None:
    """The likely slip of the pen."""
    if word.lower() in _CONNECTIVES and word != word.lower():
        return f"write '{word.lower()}' in small letters"
    if word in {"implies", "iff"}:
        return "'implies' and 'iff' do not chain; put one side in brackets"
    if word in _SIGNS:
        return f"for {word} write '{_SIGNS[word]}': formulas are written with not, and, or, implies, iff"
    if {"AND", "OR"} <= set(expected) and re.search(r"(?<![\w.-])no\s+$", text[:offset]):
        return f"write 'not {word}': 'no' stands before states and deals, 'not' in formulas"
    if word == "." and not text[offset + 1 :].strip():
        return "leave out the full stop"
    if word == "at" and "HELD" in expected:
        return "write 'held at yes' or 'held at no'"
    if word == "one-way" and "ONE_WAY_TO" in expected:
        return "write 'one-way to yes' or 'one-way to no'"
    if "REVERSIBLE" in expected and (meant := nearest(word, ("reversible", "held", "one-way"))):
        return meant
    if word == "cannot" and "CANNOT_MOVE_FROM" in expected:
        return "write 'cannot move from FORMULA to FORMULA'"
    if start == "check" and (word == "under" or re.search(r"[\s,]under\s+$", text[:offset])):
        return "'under CONCEPT,' stands in front of the sentence, before 'with'"
    if word == "," and text.lstrip().startswith("under"):
        return "several concepts are joined with 'and': under nash and seq, …"
    if word == "," and {"AND", "OR"} <= set(expected):
        return "join with 'and' or 'or'"
    if "NOUN" in expected:
        return nearest(word, _NOUNS) or "expected state, equilibrium, resting place or deal"
    if not word and "RPAR" in expected:
        return f"the bracket at character {_open_bracket(text) + 1} is not closed"
    return None


def _shape(text: str, offset: int, expected: Collection[str], start: str) -> str | None:
    """Return what such a text looks like, where not even its kind can be told."""
    begun = len(re.findall(r"[\w.-]+", text[:offset])) <= 1
    if start == "check" and (begun or "RANKS" in expected):
        return _CHECK
    return _CHANGE if start == "changes" and begun and "NUMBER" in expected else None


def _could_be(expected: Collection[str]) -> str | None:
    if "NAME" in expected:
        expected = set(expected) - {"SOME", "EVERY", "NO", "A", "FEWER", "MORE", "UNDER"}  # which a name may look like
    words = sorted({_SPELLED.get(name, f"'{name.strip('_').lower().replace('_', ' ')}'") for name in expected})
    return f"expected {' or '.join(words)}" if words else None


def _open_bracket(text: str) -> int:
    """Return where the last bracket opens that is not closed."""
    opened: list[int] = []
    for place, character in enumerate(text):
        if character == "(":
            opened.append(place)
        elif character == ")" and opened:
            opened.pop()
    return opened[-1] if opened else 0
