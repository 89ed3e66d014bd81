"""What an id may be made of: letters, digits and marks of every script, composed in one way (NFC)."""

from __future__ import annotations

import re
from unicodedata import normalize

# By blocks, as in language.lark: wide enough for what identifiers have, without signs of formulas.
LETTERS = (
    r"A-Za-z_\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2070-\u218f\u2c00-\u2dff\u3005-\u3007"
    r"\u3021-\ud7ff\uf900-\ufdff\ufe70-\ufefe\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc\U00010000-\U000e01ef"
)
ID = rf"[{LETTERS}][{LETTERS}0-9]*"
_ID, _DASHED = re.compile(ID), re.compile(rf"[{LETTERS}][{LETTERS}0-9-]*")


def is_id(name: str, *, dashes: bool = False) -> bool:
    """Return whether something can be the id of a part of a model; some may have dashes.

    Examples
    --------
    >>> is_id("вода"), is_id("दल_2"), is_id("2nd"), is_id("a-b"), is_id("a-b", dashes=True)
    (True, True, False, False, True)
    """
    shape = _DASHED if dashes else _ID
    return bool(shape.fullmatch(name)) and name.replace("-", "_").isidentifier() and name == normalize("NFC", name)
