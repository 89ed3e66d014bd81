"""Claims in words: whose they are, what they say, what they come to, and how well they are founded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from bestand.model.model import Model
from bestand.model.sentences import StatementRef
from bestand.model.values import Claim, Grounds, Statement

from .messages import _, _p
from .names import concept_names, verdict_name, wish_words
from .phrases import party_name
from .words import cited

if TYPE_CHECKING:
    from bestand.checks.ruling import Verdict


def claim_words(claim: Claim) -> str:
    """Tell what a claim says, in quotes where somebody else says it; its id where it has no words."""
    if not claim.grounds.says:
        return claim.id
    return claim.grounds.says if claim.who == "ours" else _("“{says}”", says=claim.grounds.says)


def ruling_words(
    verdict: Verdict,
    holds: Iterable[str],
    fails: Iterable[str],
    unsaid: Iterable[str],
    called: Callable[[Iterable[str]], str] = concept_names,
) -> str:
    """A verdict; where it depends on the concept, with the concepts.

    Examples
    --------
    >>> ruling_words("depends on the concept", ["nash"], ["gmr"], [])
    'depends on the concept (holds under Nash stability; does not hold under general metarationality)'
    >>> ruling_words("depends on the concept", [], ["gmr"], ["nash"]).partition(" (")[0]
    'holds under no concept asked'
    """
    if verdict != "depends on the concept":
        return verdict_name(verdict)
    parts = []
    if holds:
        parts.append(_("holds under {concepts}", concepts=called(holds)))
    if fails:
        parts.append(_("does not hold under {concepts}", concepts=called(fails)))
    if unsaid:
        parts.append(_("cannot be said under {concepts}", concepts=called(unsaid)))
    if not holds:
        return _("holds under no concept asked ({answers})", answers="; ".join(parts))
    return _("depends on the concept ({answers})", answers="; ".join(parts))


def support_words(grounds: Grounds) -> str:
    """Tell how well a statement, claim or reading is founded.

    Examples
    --------
    >>> from bestand.model.values import Citation
    >>> support_words(Grounds(source=(Citation("press", "¶1"),), assumed=True)), support_words(Grounds())
    ('inferred from press ¶1', 'no source given')
    """
    match grounds.support:
        case "cited":
            return cited(grounds.source)
        case "inferred":
            return _("inferred from {source}", source=cited(grounds.source))
        case "assumed":
            return _p("how a statement is founded", "assumed")
        case _:
            return _("no source given")


def premise_words(model: Model, ref: StatementRef, wish: Statement) -> str:
    """A wish and whose it is, as a phrase."""
    return _("the wish {wish} of {party}", wish=wish_words(model, wish, ref), party=party_name(model, ref.party))


def whose_words(claim: Claim) -> str:
    """Whose sentence it is, and how it is founded."""
    known = {
        "author": _("the author's claim"),
        "reported": _("reported by the author"),
        "ours": _("our question"),
    }
    who = known.get(claim.who or "") or _p("whose sentence it is: not said", "a claim")
    if claim.grounds.support == "none":
        return who
    return _("{claim} ({grounds})", claim=who, grounds=support_words(claim.grounds))
