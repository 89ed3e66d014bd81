"""Hypothesis strategies for what is written in a model: ids, texts, grounds and sources, the awkward ones first."""

from __future__ import annotations

import string
from collections.abc import Collection
from functools import partial
from unicodedata import normalize

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bestand.model.formula import RESERVED
from bestand.model.values import BARE, Citation, Grounds, Source

# Words of YAML and of the language of changes and checks: all are good ids.
AWKWARD_IDS = [
    "no",
    "yes",
    "on",
    "off",
    "y",
    "n",
    "null",
    "None",
    "True",
    "status",
    "quo",
    "state",
    "states",
    "held",
    "is",
    "are",
    "has",
    "have",
    "reached",
    "reversible",
    "dropped",
    "at",
    "by",
    "with",
    "where",
    "stable",
    "better",
    "worse",
    "for",
    "best",
    "moves",
    "under",
    "ranks",
    "above",
    "never",
    "always",
    "reading",
    "base",
    "bestand",
    "equilibrium",
    "a",
    "_",
    "_1",
    "E1",
    "x",
]

# Texts that a careless reader or writer of YAML would change.
AWKWARD_TEXTS = [
    *("no", "Yes", "NULL", "~", "0110", "0x1F", "1e3", "12:30:45", "2025-04-26", "1_000", ".5", "=", "<<", "..."),
    *(
        "a: b",
        ": ",
        "a:",
        "# not a comment",
        "a #b",
        "- a",
        "? a",
        "[",
        "{a: b}",
        "}",
        "a, b",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
    ),
    *(
        "%YAML",
        "@a",
        "`a`",
        '"',
        "'",
        "''",
        "\"a\" and 'b'",
        "back\\slash",
        "tab\there",
        "two\nlines",
        "blank\n\nline\n",
    ),
    *(
        "---",
        "a\n---\nb",
        " leading",
        "trailing ",
        "\n",
        "vrede é ü ß",
        "мир 和平 سلام שלום",
        "🕊️ 👩‍⚖️",
        "e\u0301",
        "\u202eback",
    ),
    *(
        "next\x85line",
        "line\u2028separator",
        "\ufeffmark",
        "no\u00a0break",
        "\U0001f54a",
        "¶3",
        "{{ x }}",
        "<b>",
        "$x$",
        "%s",
    ),
]

_LETTERS = string.ascii_letters + "_"
_FREE_IDS = st.builds(str.__add__, st.sampled_from(_LETTERS), st.text(_LETTERS + string.digits, max_size=3))
# A word of formulas is lengthened, not filtered away, so that drawing never fails.
_IDS = st.one_of(st.sampled_from(AWKWARD_IDS), _FREE_IDS).map(lambda id: f"{id}_" if id in RESERVED else id)
_FREE_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)


def ids(avoid: Collection[str] = ()) -> SearchStrategy[str]:
    """Ids: letters, digits and underscores, often words that mean something elsewhere (``no``, ``state``, ``held``).

    Parameters
    ----------
    avoid : collection of str
        Ids that will not do, beside the seven words of formulas.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(ids(), lambda id: id.startswith("nu"))
    'null'
    """
    return _IDS.filter(lambda id: id not in avoid) if avoid else _IDS


def texts() -> SearchStrategy[str]:
    """Texts of people: any Unicode, line ends and tabs, quotes and whatever YAML takes for something else; never empty.

    Letters are composed (NFC), as reading a file composes them.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(texts(), lambda text: text == "0110")
    '0110'
    """
    return _TEXTS


_TEXTS = st.one_of(st.sampled_from(AWKWARD_TEXTS), _FREE_TEXTS).map(partial(normalize, "NFC"))  # as a file is read
_PERHAPS_TEXT = st.none() | _TEXTS
_SOURCES = st.builds(Source, *[_PERHAPS_TEXT] * 7)
_NUMBER = st.integers(1, 99).map(str)
_PAGES = st.builds("{}-{}".format, _NUMBER, _NUMBER)
_PLACES = st.none() | st.builds("¶{}".format, _NUMBER | _PAGES) | st.builds("p. {}".format, _NUMBER | _PAGES)


def sources() -> SearchStrategy[Source]:
    """Sources, with any of their fields absent."""
    return _SOURCES


def grounds(source_ids: Collection[str] = ()) -> SearchStrategy[Grounds]:
    """Return what a thing means and where it comes from, citing the given sources; often nothing at all."""
    cited: SearchStrategy[tuple[Citation, ...]] = st.just(())
    if source_ids:
        cited = st.lists(st.builds(Citation, st.sampled_from(sorted(source_ids)), _PLACES), max_size=2).map(tuple)
    return st.just(BARE) | st.builds(
        Grounds, says=_PERHAPS_TEXT, source=cited, assumed=st.booleans(), note=_PERHAPS_TEXT
    )
