"""What a party makes of a plan, in a word."""

from __future__ import annotations

from typing import Literal

from bestand.plan.ruling_values import Ruling
from bestand.prose.messages import _p

Stance = Literal["signs", "breaks", "loses", "refuses", "refuses-some", "idle", "willing", "apart", "none"]


def stance(ruling: Ruling, party: str) -> Stance:
    """Return what a party makes of a plan: of the first of the deals with the fewest changes, where there is one.

    A plan that stands, or comes by itself, needs nobody's signature.
    """
    if ruling.kind == "cannot-be":
        return "none"
    if ruling.kind in ("stands", "comes-by-itself"):
        return "apart"
    if ruling.lean:
        deal = ruling.lean[0]
        if not deal.kept and deal.by[party].how == "breaks":
            return "breaks"
        return "signs" if party in deal.signatories else "loses" if party in deal.objectors else "apart"
    refused = ruling.refuses[party]
    if refused.states:
        return "refuses" if refused.states == ruling.signable else "refuses-some"
    return "idle" if party in ruling.idle else "apart" if refused.needed == "never" else "willing"


def stance_words(found: Stance) -> str:
    """Tell it in the cell of a table.

    Examples
    --------
    >>> stance_words("refuses-some")
    'refuses some of it'
    """
    match found:
        case "signs":
            return _p("what a party makes of a plan", "signs")
        case "breaks":
            return _p("what a party makes of a plan", "would break it")
        case "loses":
            return _p("what a party makes of a plan", "loses, no say")
        case "refuses":
            return _p("what a party makes of a plan", "refuses")
        case "refuses-some":
            return _p("what a party makes of a plan", "refuses some of it")
        case "idle":
            return _p("what a party makes of a plan", "nothing in it")
        case "willing":
            return _p("what a party makes of a plan", "refuses nothing")
        case "apart":
            return _p("what a party makes of a plan", "need not sign")
        case _:
            return "–"


def sign_of(found: Stance) -> str:
    """Return the sign that is drawn for it, as `bestand.plan.ruling_picture.draw_sign` knows it."""
    match found:
        case "signs" | "willing":
            return "signs"
        case "breaks" | "refuses" | "refuses-some":
            return "refuses"
        case _:
            return "apart"


def marked(found: Stance) -> str:
    """Tell it in a cell, with a sign before it."""
    sign = {"signs": "✓", "refuses": "✕", "apart": "–"}[sign_of(found)]
    words = stance_words(found)
    return words if words == sign else f"{sign} {words}"
