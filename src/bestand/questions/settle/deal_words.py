"""Settlements as deals: the verdict as things are, how far was looked, and what a change makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, paragraph
from bestand.model.model import Model
from bestand.model.values import FrozenMap
from bestand.plan.ruling_words import chain_words, headline, signing_words
from bestand.prose.messages import _, _n, _s, number
from bestand.prose.phrases import party_names
from bestand.prose.words import size

if TYPE_CHECKING:
    from .answer import After, Part, Settled, Settlement


def verdict_blocks(answer: Settled) -> Iterator[Block]:
    """Tell the verdict as things are, and what the changes are to make of it."""
    if answer.ruling is None:
        if answer.unjudged is not None:
            yield paragraph(
                _("Whether it is a deal that is kept cannot be told: {reason}.", reason=answer.unjudged), 2, "yellow"
            )
            yield paragraph(_("What is sought is an equilibrium: a state that nobody leaves."), 2)
        return
    model, ruling = answer.model, answer.ruling
    told = [headline(model, ruling)]
    if ruling.kind == "deal":
        told.append(signing_words(model, ruling.lean[0], ruling.terms.consent))
    if ruling.kind == "deal-not-kept" and ruling.lean[0].chain:
        told.append(chain_words(model, ruling.lean[0]))
    if answer.sought == "equilibrium":
        yield paragraph(_("As a plan: {verdict}", verdict=" ".join(told)))
        yield paragraph(_("What is sought is an equilibrium, under the concepts that were named; it need be no deal."))
    elif answer.holds:
        yield paragraph(_("Nothing has to change. {verdict}", verdict=" ".join(told)), 2, "bold")
    else:
        yield paragraph(_("As things are: {verdict}", verdict=" ".join(told)), 2, "bold")
        yield paragraph(_("What is sought is the fewest changes after which it is a deal that is kept, or needs none."))


def looked(part: Part) -> Iterator[str]:
    """Tell how many changes do, or up to how many were looked at."""
    for concept, steps in part.smallest.items():
        depth = part.searched.get(concept)
        if steps is not None:
            told = _least(part, steps)
            if steps > 1 and depth is not None:
                told += " " + _("Nothing less of what was looked at does.")
            yield told
            if part.kind == "ties":
                yield _(
                    "Tried was that a party ties itself to answer a breach by another, with one or two things that it "
                    "can do; and that something can no longer be changed. Ties of other kinds may do as well."
                )
        elif depth is not None:
            yield _none(part, depth)
        if part.untried:
            yield _untried(part, depth or 0)


def _untried(part: Part, depth: int) -> str:
    """Tell that what takes more ties was not looked at."""
    return _n(
        "Not tried, since they would take long: {n} set of {size} (--depth {size} tries them).",
        "Not tried, since they would take long: {n} sets of {size} (--depth {size} tries them).",
        part.untried,
        size=number(depth + 1),
    )


def _least(part: Part, steps: int) -> str:
    match part.kind:
        case "ties":
            return _n("{n} tie will do.", "{n} ties together will do.", steps)
        case "options":
            return _n("{n} such tie will do.", "{n} such ties together will do.", steps)
        case "wishes":
            return _n("{n} change of a wish will do.", "{n} changes of wishes will do.", steps)
        case "rankings":
            return _n("{n} swap of two states will do.", "{n} swaps of two states will do.", steps)
        case "moves":
            return _n("{n} change of moves will do.", "{n} changes of moves will do.", steps)
        case "offers":
            return _n("{n} offer will do.", "{n} offers will do.", steps)


def _none(part: Part, depth: int) -> str:
    match part.kind:
        case "ties":
            return _n(
                "No single tie of those looked at does it.",
                "Up to {n} ties of those looked at do not do it.",
                depth,
            )
        case "options":
            return _n(
                "Nothing that anybody can do today brings it about by being tied to it: what would is missing.",
                "Nothing that anybody can do today brings it about by being tied to it, up to {n} things at a time: "
                "what would is missing.",
                depth,
            )
        case "wishes":
            return _n(
                "No single change of a wish of those looked at does it.",
                "Up to {n} changes of wishes of those looked at do not do it.",
                depth,
            )
        case "rankings":
            return _n("No single swap of two states does it.", "Up to {n} swaps of two states do not do it.", depth)
        case "moves":
            return _n(
                "No single change of moves of those looked at does it.",
                "Up to {n} changes of moves of those looked at do not do it.",
                depth,
            )
        case "offers":
            return _("No single offer of those looked at does it.")


def repeats_words(it: Settlement) -> Iterator[str]:
    """Tell where a change says only that somebody wants what is asked for."""
    if not it.repeats:
        return
    name = party_names(it.model, it.repeats)
    if len(it.repeats) == it.size:
        yield _s("This says only that {party} wants it.", "This says only that {party} want it.", name)
    else:
        yield _s(
            "A part of this says only that {party} wants it.", "A part of this says only that {party} want it.", name
        )


def after_words(answer: Settled, it: Settlement) -> Iterator[str]:
    """Tell the verdict after a change: which deal it makes, who signs, and who refuses no longer."""
    if it.after is None:
        return
    model, ruling = it.model, it.after.ruling
    told = [headline(model, replace(ruling, crossed=()))]  # red lines are told below, of this deal
    if it.kind == "ties":
        told = [_held(answer, it.after) or told[0]]
        deal = replace(ruling.lean[0], ties=FrozenMap())  # told above
        told.append(signing_words(model, deal, ruling.terms.consent))
    elif ruling.kind == "deal":
        told.append(signing_words(model, ruling.lean[0], ruling.terms.consent))
        told.extend(_stood(model, it.after))
    if ruling.kind == "deal" and ruling.lean_count > 1:
        rest = ruling.lean_count - 1
        told.append(_n("And {number} more such deal.", "And {number} more such deals.", rest, number=size(rest)))
    words = " ".join(told)
    yield words if answer.sought == "deal" else _("As a plan: {verdict}", verdict=words)
    if it.after.crosses:
        yield _s(
            "This crosses the red line of {party}.",
            "This crosses the red lines of {party}.",
            party_names(model, it.after.crosses),
        )


def _held(answer: Settled, after: After) -> str:
    """Tell that the deal that would not be kept as things are is kept; nothing where another one is."""
    assert answer.ruling is not None, "after a change there is a verdict where there is one before"
    same = answer.ruling.lean[0].state == after.ruling.lean[0].state
    return _("Then the deal that is told above would be kept.") if same else ""


def _stood(model: Model, after: After) -> Iterator[str]:
    """Tell who stood in the way of the deal, and does no longer."""
    if after.refused:
        yield _s(
            "{Parties} refuses it as things are, and then no longer.",
            "{Parties} refuse it as things are, and then no longer.",
            party_names(model, after.refused),
        )
    if after.idle:
        yield _s(
            "{Parties} has nothing in it as things are.",
            "{Parties} have nothing in it as things are.",
            party_names(model, after.idle),
        )
    if after.unkept:
        yield _("It is a deal as things are, too, and would not be kept.")
