"""What the stability concepts mean, in the language that is spoken: a sentence made from their rounds."""

from __future__ import annotations

from collections.abc import Sequence

from bestand.stability.registry import EVERY
from bestand.stability.replies import OWN

from .messages import _


def concept_meaning(concept: str) -> str:
    """Return the definition of a concept in one sentence, without a capital or a full stop.

    Examples
    --------
    >>> concept_meaning("nash")
    'the party cannot improve by a move of its own'
    """
    return meaning(EVERY[concept].rounds)


def meaning(rounds: Sequence[str]) -> str:
    """Return what it is to be stable under a concept of such rounds.

    Examples
    --------
    >>> meaning(("any", "own", "any")).split("; ")[1]
    'if it moves once more, they can answer that too'
    """
    if not rounds:
        return _("the party cannot improve by a move of its own")
    words = _first(rounds[0], held=tuple(rounds[1:]) == (OWN,))
    for kind in rounds[2::2]:
        words = _next(words, kind)
    if len(rounds) > 2 and rounds[-1] == OWN:
        return _("{meaning}; and it gains nothing even if it then moves again", meaning=words)
    return words


def _first(kind: str, *, held: bool) -> str:
    """The first answer; ``held``: from which the party does not get away by a move of its own."""
    match kind, held:
        case "any", False:
            return _("the others can answer every improvement so that the party gains nothing by it")
        case "any", True:
            return _(
                "the others can answer every improvement so that the party gains nothing by it, even if it moves once "
                "more"
            )
        case "credible", False:
            return _(
                "the others can answer every improvement, by improvements of their own, so that the party gains "
                "nothing by it"
            )
        case "credible", True:
            return _(
                "the others can answer every improvement, by improvements of their own, so that the party gains "
                "nothing by it, even if it moves once more"
            )
        case "purposeful", False:
            return _(
                "the others can answer every improvement, by moves in which they give nothing away, so that the party "
                "gains nothing by it"
            )
        case "purposeful", True:
            return _(
                "the others can answer every improvement, by moves in which they give nothing away, so that the party "
                "gains nothing by it, even if it moves once more"
            )
        case _, False:
            return _(
                "the others can answer every improvement, each by the best move that it has where it stands, so that "
                "the party gains nothing by it"
            )
        case _:
            return _(
                "the others can answer every improvement, each by the best move that it has where it stands, so that "
                "the party gains nothing by it, even if it moves once more"
            )


def _next(meaning: str, kind: str) -> str:
    """An answer to the next move of the party's own."""
    match kind:
        case "any":
            return _("{meaning}; if it moves once more, they can answer that too", meaning=meaning)
        case "credible":
            return _(
                "{meaning}; if it moves once more, they can answer that too, by improvements of their own",
                meaning=meaning,
            )
        case "purposeful":
            return _(
                "{meaning}; if it moves once more, they can answer that too, by moves in which they give nothing away",
                meaning=meaning,
            )
        case _:
            return _(
                "{meaning}; if it moves once more, they can answer that too, each by the best move that it has",
                meaning=meaning,
            )
