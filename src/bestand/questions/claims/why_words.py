"""Which premises carry a conclusion, for people: the verdict, what turns it, and how well that is founded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Line, Style, heading, paragraph
from bestand.model.model import Model
from bestand.model.sentences import StatementRef
from bestand.model.wording import changes_text
from bestand.prose.claims import premise_words, ruling_words, support_words
from bestand.prose.messages import _, _n, listing, number
from bestand.prose.names import concept_names, formula_words, verdict_name, wish_of, wish_words
from bestand.prose.phrases import party_name
from bestand.prose.spoken import spoken, worded
from bestand.prose.words import concepts_words, readings_words
from bestand.stability.registry import CONCEPTS

from .words import STYLES, claim_says

if TYPE_CHECKING:
    from .reasons import Flip, Looked, Part, Reason, Reasons, Ruling
    from .why import Why


def blocks(answer: Why) -> Iterator[Block]:
    """Tell what carries each conclusion; single changes are all named, of larger sets the first."""
    model, found = spoken(answer.model), answer.found
    if answer.brief:
        yield from (brief_why(reason, found) for reason in found.reasons)
        yield paragraph(depth_words(found), 0, "dim")
        return
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    if found.concepts != tuple(CONCEPTS):
        yield paragraph(concepts_words(found.concepts), 0, "yellow")
    yield paragraph(depth_words(found))
    for party in found.fixed:
        yield paragraph(
            _(
                "What {party} wants is not given as a list of wishes; it was left as it is.",
                party=party_name(model, party),
            )
        )
    for reason in found.reasons:
        yield from _reason(model, replace(reason, claim=worded(answer.model, reason.claim)), found, answer.most)


def brief_why(reason: Reason, found: Reasons) -> Line:
    """One claim on one line; concepts are called as the file calls them, for it to fit."""
    ruling = reason.ruling
    told = ruling_words(ruling.verdict, ruling.holds, ruling.fails, ruling.unsaid, listing)
    notes = [_("no change was looked at")] if not _any_looked(found) else [*_brief(reason)]
    return Line(
        (
            (f"{reason.claim.id}: ", ()),
            (told, (STYLES[ruling.verdict],)),
            (f"; {'; '.join(notes)}", ()),
        )
    )


def _brief(reason: Reason) -> Iterator[str]:
    """Tell how many changes turn a claim, and whether they are about what is only assumed."""
    singles = sum(len(flip.parts) == 1 for flip in reason.flips)
    larger = len(reason.flips) - singles
    told = [_n("{n} single change", "{n} single changes", singles)] if singles else []
    told += [_n("{n} larger set", "{n} larger sets", larger)] if larger else []
    if told:
        yield _("turned by {changes}", changes=listing(told))
    else:
        yield _("turned by nothing that was looked at")
    if reason.shifts:
        yield _n(
            "{n} set of changes alters the answer under some concept",
            "{n} sets of changes alter the answer under some concept",
            len(reason.shifts),
        )
    if reason.assumed:
        yield _("rests on what is only assumed")


def depth_words(found: Reasons) -> str:
    """Tell how deep the search came, and what it looked through, in sentences."""
    return " ".join(_depth(found))


def _depth(found: Reasons) -> Iterator[str]:
    if not _any_looked(found):
        if found.stopped:
            yield _("No change was looked at: {limit}.", limit=found.stopped)
        else:
            yield _("No change was looked at.")
        return
    yield _("Looked at {changes}.", changes=listing(map(_looked, found.looked)))
    yield _("A change is one wish dropped, or exchanged with its neighbour.")
    yield _("Larger sets are named only where no part of them is enough.")
    if found.stopped is not None or any(looked.variants < looked.of for looked in found.looked):
        yield _("This is not all that was asked for: {limit}.", limit=found.stopped)
    elif len(found.looked) < found.depth:
        yield _n(
            "There are no sets of more than {n} change.",
            "There are no sets of more than {n} changes.",
            len(found.looked),
        )


def _any_looked(found: Reasons) -> bool:
    return any(looked.variants for looked in found.looked)


def _looked(looked: Looked) -> str:
    """Tell what was looked at of the sets of one size, as a phrase."""
    whole = looked.variants == looked.of
    if looked.size == 1:
        if whole:
            return _n("the only single change", "all {n} single changes", looked.of)
        return _("{part} of the {all} single changes", part=number(looked.variants), all=number(looked.of))
    size = number(looked.size)
    if whole:
        return _n("the only set of {size} changes", "all {n} sets of {size} changes", looked.of, size=size)
    return _(
        "{part} of the {all} sets of {size} changes", part=number(looked.variants), all=number(looked.of), size=size
    )


def _reason(model: Model, reason: Reason, found: Reasons, most: int) -> Iterator[Block]:
    yield heading(f"{reason.claim.id}: {_ruling(reason.ruling)}", STYLES[reason.ruling.verdict])
    yield from claim_says(reason.claim)
    if reason.assumed:
        names = dict.fromkeys(name for flip in reason.assumed for name in _assumed(model, flip.parts[0]))
        yield paragraph(_("Rests on what is only assumed: {premises}.", premises=listing(names)), 2, "bold", "yellow")
    if not _any_looked(found):
        yield paragraph(_("What it rests on is not known: no change was looked at."))
        return
    yield from _flips(model, reason, found, most)
    yield from _shifts(model, reason, most)


def _flips(model: Model, reason: Reason, found: Reasons, most: int) -> Iterator[Block]:
    """Tell what gives the claim another verdict."""
    if not reason.flips:
        yield paragraph(_unturned(reason, max(looked.size for looked in found.looked if looked.variants)))
        return
    singles = [flip for flip in reason.flips if len(flip.parts) == 1]
    larger = [flip for flip in reason.flips if len(flip.parts) > 1]
    for flip in singles:
        yield from _flip(model, flip)
    if not singles:
        yield paragraph(_("No single change is enough. Together are:"))
    elif larger:
        yield paragraph(_("Together are enough too:"))
    yield from _some(model, larger, most)


def _unturned(reason: Reason, deepest: int) -> str:
    """Tell that nothing that was looked at gives another verdict."""
    if deepest == 1:
        if reason.shifts:
            return _("No single change that was looked at gives another verdict.")
        return _("The verdict stays the same under every single change that was looked at.")
    if reason.shifts:
        return _("No set of up to {n} changes that was looked at gives another verdict.", n=number(deepest))
    return _("The verdict stays the same under every set of up to {n} changes that was looked at.", n=number(deepest))


def _shifts(model: Model, reason: Reason, most: int) -> Iterator[Block]:
    """Tell what leaves the verdict the word that it was, and changes the answer under some concept."""
    if not reason.shifts:
        return
    yield paragraph(
        _(
            "Still “{verdict}”, but with another answer under some concept:",
            verdict=verdict_name(reason.ruling.verdict),
        )
    )
    singles = [shift for shift in reason.shifts if len(shift.parts) == 1]
    for shift in singles:
        yield from _flip(model, shift, reason.ruling)
    larger = [shift for shift in reason.shifts if len(shift.parts) > 1]
    yield from _some(model, larger, most, reason.ruling)


def _some(model: Model, larger: list[Flip], most: int, before: Ruling | None = None) -> Iterator[Block]:
    for flip in larger[:most]:
        yield from _flip(model, flip, before)
    if len(larger) > most:
        yield paragraph(
            _n(
                "and {n} more set; --json has all of them",
                "and {n} more sets; --json has all of them",
                len(larger) - most,
            )
        )


def _flip(model: Model, flip: Flip, before: Ruling | None = None) -> Iterator[Block]:
    """Tell what is changed, what the claim then comes to, and below it the wishes, each with its grounds."""
    answer = _ruling(flip.ruling) if before is None else _shift(before, flip.ruling)
    yield paragraph(_changed(model, flip, answer))
    refs = dict.fromkeys(StatementRef(part.party, k) for part in flip.parts for k in part.numbers)
    for ref in refs:
        statement = wish_of(model, ref)
        style: tuple[Style, ...] = ("yellow",) if statement.grounds.support == "assumed" else ("dim",)
        yield paragraph(
            _(
                "{number}: {wish} ({grounds})",
                number=f"{ref.party} {ref.number}",
                wish=statement.grounds.says or formula_words(model, statement.formula),
                grounds=support_words(statement.grounds),
            ),
            4,
            *style,
        )


def _changed(model: Model, flip: Flip, answer: str) -> str:
    """Tell what is done to the wishes, which are told below, and what a claim then comes to."""
    clauses = changes_text(flip.changes)
    if len(flip.parts) > 1:
        return _n(
            "With {n} change [{changes}]: {answer}",
            "With {n} changes [{changes}]: {answer}",
            len(flip.parts),
            changes=clauses,
            answer=answer,
        )
    party = party_name(model, flip.parts[0].party)
    if flip.parts[0].kind == "dropped":
        return _("Without this wish of {party} [{changes}]: {answer}", party=party, changes=clauses, answer=answer)
    if len(flip.parts[0].numbers) > 2:
        return _(
            "With these wishes of {party} exchanged, what stands level together [{changes}]: {answer}",
            party=party,
            changes=clauses,
            answer=answer,
        )
    return _(
        "With these two wishes of {party} exchanged [{changes}]: {answer}", party=party, changes=clauses, answer=answer
    )


def _assumed(model: Model, part: Part) -> Iterator[str]:
    """The assumed wishes of one step, or where they stand."""
    for k in part.numbers:
        ref = StatementRef(part.party, k)
        statement = wish_of(model, ref)
        if statement.grounds.support == "assumed":
            if part.kind == "dropped":
                yield premise_words(model, ref, statement)
            else:
                yield _(
                    "the place of the wish {wish} of {party}",
                    wish=wish_words(model, statement, ref),
                    party=party_name(model, part.party),
                )


def _ruling(ruling: Ruling) -> str:
    return ruling_words(ruling.verdict, ruling.holds, ruling.fails, ruling.unsaid)


def _shift(before: Ruling, after: Ruling) -> str:
    """Under which concepts the answer is another one than before."""
    holds, fails, unsaid = (
        [concept for concept in new if concept not in old]
        for old, new in ((before.holds, after.holds), (before.fails, after.fails), (before.unsaid, after.unsaid))
    )
    told = [_("holds under {concepts} now", concepts=concept_names(holds))] if holds else []
    told += [_("does not hold under {concepts} now", concepts=concept_names(fails))] if fails else []
    told += [_("cannot be said under {concepts} now", concepts=concept_names(unsaid))] if unsaid else []
    return "; ".join(told)
