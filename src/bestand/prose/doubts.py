"""Doubts about a model in few words."""

from __future__ import annotations

from collections.abc import Sequence

from bestand.model.message import Message

from .messages import _, _n, listing, said

_NAMED = 3  # places that are named of several


def several_words(what: Message, places: Sequence[str]) -> str:
    """Tell doubts of one kind: what they come to, and the first of the places at which they are.

    Examples
    --------
    >>> from bestand.model.message import counted
    >>> rules = counted("{n} rule takes a move from a party", "{n} rules take moves from parties", 5)
    >>> several_words(rules, ["rule 1", "rule 2", "rule 4", "rule 6", "rule 9"])
    '5 rules take moves from parties: rule 1, rule 2, rule 4 and 2 more'
    """
    if not places:
        return said(what)
    shown = places[:_NAMED]
    rest = len(places) - len(shown)
    named = [*shown, *([_n("{n} more", "{n} more", rest)] if rest else [])]
    return _("{what}: {places}", what=said(what), places=listing(named))
