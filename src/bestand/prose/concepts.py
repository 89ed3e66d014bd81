"""What the stability concepts mean, in the language that is spoken. What they are called: `bestand.prose.names`."""

from __future__ import annotations

from bestand.stability.registry import EVERY

from .messages import _


def concept_meaning(concept: str) -> str:
    """The definition of a concept in one sentence, without a capital or a full stop.

    Examples
    --------
    >>> concept_meaning("nash")
    'the party cannot improve by a move of its own'
    """
    return _meanings().get(concept) or EVERY[concept].words


def _meanings() -> dict[str, str]:
    """As the registry has them, for the catalogue of messages."""
    return {
        "nash": _("the party cannot improve by a move of its own"),
        "gmr": _("the others can answer every improvement so that the party gains nothing by it"),
        "smr": _(
            "the others can answer every improvement so that the party gains nothing by it, even if it moves once more"
        ),
        "seq": _(
            "the others can answer every improvement, by improvements of their own, so that the party gains nothing by "
            "it"
        ),
        "sseq": _(
            "the others can answer every improvement, by improvements of their own, so that the party gains nothing by "
            "it, even if it moves once more"
        ),
        "brseq": _(
            "the others can answer every improvement, each by the best move that it has where it stands, so that the "
            "party gains nothing by it"
        ),
        "brsseq": _(
            "the others can answer every improvement, each by the best move that it has where it stands, so that the "
            "party gains nothing by it, even if it moves once more"
        ),
    }
