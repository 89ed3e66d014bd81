"""The kinds of moves by which parties are followed, in words: what each is called, and which moves it counts."""

from __future__ import annotations

from bestand.model.message import Message, Sayable
from bestand.model.sentences import By

from .messages import _, _p


def moves_name(by: By) -> str:
    """Return what moves of a kind are called, as a plural: to say of them that they lead somewhere.

    Examples
    --------
    >>> moves_name("improving"), moves_name("best")
    ('improvements', 'best moves')
    """
    match by:
        case "drift":
            return _p("a kind of moves", "moves that pay")
        case "purposeful":
            return _p("a kind of moves", "improvements in which nobody gives anything away")
        case "best":  # no message: a key
            return _p("a kind of moves", "best moves")
        case "any":
            return _p("a kind of moves", "any legal moves")
        case "improving":
            return _p("a kind of moves", "improvements")


def moves_words(by: By, concept: str | None = None) -> str:
    """Tell which moves are followed, in a sentence; the concept is that of a drift.

    Examples
    --------
    >>> moves_words("best")
    'Every step is the best move that its mover has, and a gain.'
    """
    match by:
        case "drift":
            return _(
                "Each party does on purpose what pays once it reckons with the answers, and gives nothing away for "
                "nothing (drift, {concept}).",
                concept=concept or "",
            )
        case "improving":
            return _("Every step is an improvement: a gain for whoever makes it.")
        case "purposeful":
            return _(
                "Every step is a gain for whoever makes it, and gives nothing away: each part of it would bring less."
            )
        case "best":  # no message: a key
            return _("Every step is the best move that its mover has, and a gain.")
        case "any":
            return _("Any legal move counts, whether the mover gains by it or not.")


def undrifted_words(reason: Message | Sayable) -> str:
    """Tell why nobody is followed by drift."""
    return _("What pays once a party reckons with the answers (drift) is not followed: {reason}.", reason=reason)
