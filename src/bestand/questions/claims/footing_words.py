"""Whether the reason of a claim does any work, in words: with it and without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, paragraph
from bestand.model.model import Model
from bestand.model.sentences import ApplyReading, Cause, OfParty, StatementRef
from bestand.prose.changes import reading_words
from bestand.prose.claims import premise_words
from bestand.prose.messages import _, _s
from bestand.prose.names import formula_words, verdict_name, wish_of
from bestand.prose.phrases import option_words, party_name, party_names

if TYPE_CHECKING:
    from bestand.checks.because import Contrast, Footing
    from bestand.checks.ruling import Verdict


def footing_part(model: Model, footing: Footing, verdict: Verdict) -> Iterator[Block]:
    """Tell whether the reason of a claim does any work, and each contrast that was asked."""
    match footing.work:
        case "carries it" if verdict == "does not hold":  # no message: what data say
            yield paragraph(_("It hangs on its reason: put otherwise, the answer is another."))
        case "carries it":  # no message: what data say
            yield paragraph(_("Its reason carries it: without it, or put otherwise, the answer is another."))
        case "does no work":  # no message: what data say
            yield paragraph(_("Its reason does no work: the answer is the same without it."))
        case "by construction":  # no message: what data say
            yield paragraph(_construction(model, footing))
        case "cannot be decided":  # no message: what data say
            yield paragraph(_("This model cannot decide whether its reason does any work."))
    for option, parties in footing.unlinked:
        if footing.work != "carries it":
            yield paragraph(_unlinked(model, option, parties), 4)
    for contrast in footing.contrasts:
        yield paragraph(_contrast(model, contrast), 4)


def _construction(model: Model, footing: Footing) -> str:
    return _s(
        "The model has no path by which it could be otherwise: the answer is the same if {parties} wants nothing, the "
        "opposite, or just this or its opposite above all.",
        "The model has no path by which it could be otherwise: the answer is the same if {parties} want nothing, the "
        "opposite, or just this or its opposite above all.",
        party_names(model, footing.about),
    )


def _unlinked(model: Model, option: str, parties: tuple[str, ...]) -> str:
    deed = _deed(model, option, yes=True)
    return _("No wish of {parties} ties this to it: {deed}.", parties=party_names(model, parties), deed=deed)


def _contrast(model: Model, contrast: Contrast) -> str:
    """One contrast, and what the claim then comes to."""
    if contrast.verdict is None:
        verdict = _("this cannot be asked")
    elif contrast.same:
        verdict = _("the same")
    else:
        verdict = verdict_name(contrast.verdict)
    match contrast.how:
        case "dropped":
            return _("Without {reason}: {verdict}.", reason=cause_words(model, contrast.cause), verdict=verdict)
        case "wants nothing":  # no message: what data say
            return _("If {party} wanted nothing: {verdict}.", party=cause_words(model, contrast.cause), verdict=verdict)
        case "put back":  # no message: what data say
            return _("Without {reason}: {verdict}.", reason=cause_words(model, contrast.cause), verdict=verdict)
        case "applied":
            return _("With {reason}: {verdict}.", reason=cause_words(model, contrast.cause), verdict=verdict)
        case how:
            deed = _deed(model, contrast.option or "", yes=how == "held at yes")
            return _("Suppose this: {deed}. Then: {verdict}.", deed=deed, verdict=verdict)


def _deed(model: Model, option: str, *, yes: bool) -> str:
    party = party_name(model, option.partition(".")[0])
    return _("{party} {move}", party=party, move=option_words(model, option, yes))


def cause_words(model: Model, cause: Cause) -> str:
    """A reason, as a phrase."""
    match cause:
        case StatementRef():
            return premise_words(model, cause, wish_of(model, cause))
        case OfParty(party):
            return party_name(model, party)
        case ApplyReading(reading):
            return _("the reading {reading}", reading=reading_words(model, reading))
        case formula:
            return formula_words(model, formula)
