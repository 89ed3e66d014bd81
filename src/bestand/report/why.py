"""Which premises carry a conclusion, for people: the verdict, what turns it, and how well that is founded."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.analysis.why.search import Flip, Looked, Part, Reason, Reasons, Ruling
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.values import Grounds, Statement
from bestand.model.wording import changes_text
from bestand.stability.registry import CONCEPTS
from bestand.texts import listing, number

from .blocks import Block, Line, Style
from .page import Page
from .words import cited, concepts_words, plural, readings_words

_STYLE: dict[str, Style] = {
    "holds": "green",
    "does not hold": "red",
    "depends on the concept": "yellow",
    "cannot be said": "dim",
}


def why_answer(
    on: Page, model: Model, found: Reasons, readings: tuple[str, ...] = (), most: int = 10
) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    on : Page
    model : Model
    found : Reasons
    readings : tuple of str
        Those that were applied first.
    most : int
        How many sets of two changes or more to name for each claim; single changes are all named.
    """
    yield on.paragraph(model.title, 0, "bold")
    if readings:
        yield on.paragraph(readings_words(model, readings), 0, "yellow")
    if found.concepts != tuple(CONCEPTS):
        yield on.paragraph(concepts_words(found.concepts), 0, "yellow")
    yield on.paragraph(depth_words(found))
    for party in found.fixed:
        yield on.paragraph(f"{model.party[party].title} has no numbered statements; what it wants was left as it is.")
    for reason in found.reasons:
        yield from _reason(on, reason, found, most)


def brief_why(reason: Reason, found: Reasons) -> Line:
    """One claim on one line."""
    name = (f"{reason.claim.id}: ", ())
    ruling = (_ruling(reason.ruling), (_STYLE[reason.ruling.verdict],))
    if not _any_looked(found):
        return Line((name, ruling, ("; no change was looked at", ())))
    singles = sum(len(flip.parts) == 1 for flip in reason.flips)
    told = [plural(singles, "single change")] if singles else []
    told += [plural(len(reason.flips) - singles, "larger set")] if len(reason.flips) > singles else []
    turned = f"turned by {listing(told)}" if told else "turned by nothing that was looked at"
    if reason.shifts:
        turned += (
            f"; {plural(len(reason.shifts), 'more set') if told else plural(len(reason.shifts), 'set')} of changes"
        )
        turned += f" {'alter' if len(reason.shifts) != 1 else 'alters'} the answer under some concept"
    assumed = "; rests on what is only assumed" if reason.assumed else ""
    return Line((name, ruling, (f"; {turned}{assumed}", ())))


def depth_words(found: Reasons) -> str:
    """How deep the search came, and what it looked through."""
    if not _any_looked(found):
        return f"No change was looked at: {found.stopped}." if found.stopped else "Nothing was looked at."
    parts = [_looked(looked) for looked in found.looked]
    whole = all(looked.variants == looked.of for looked in found.looked) and found.stopped is None
    told = (
        f"Looked at {listing(parts)}. A change is one statement dropped, or exchanged with its neighbour. "
        "Larger sets are named only where no part of them is enough."
    )
    if not whole:
        told += f" This is not all that was asked for: {found.stopped}."
    elif len(found.looked) < found.depth:
        told += f" There are no sets of more than {plural(len(found.looked), 'change')}."
    return told


def _any_looked(found: Reasons) -> bool:
    return any(looked.variants for looked in found.looked)


def _looked(looked: Looked) -> str:
    what = "single changes" if looked.size == 1 else f"sets of {looked.size} changes"
    if looked.variants == looked.of:
        return (
            f"all {number(looked.of)} {what}"
            if looked.of > 1
            else f"the only {what[:-1] if looked.size == 1 else what.replace('sets', 'set')}"
        )
    return f"{number(looked.variants)} of the {number(looked.of)} {what}"


def _reason(on: Page, reason: Reason, found: Reasons, most: int) -> Iterator[Block]:
    claim = reason.claim
    yield on.heading(f"{claim.id}: {_ruling(reason.ruling)}", _STYLE[reason.ruling.verdict])
    if claim.grounds.says:
        yield on.paragraph(f"“{claim.grounds.says}”" if claim.who != "ours" else claim.grounds.says)
    if reason.assumed:
        names = listing(dict.fromkeys(_assumed(flip.parts[0]) for flip in reason.assumed))
        yield on.paragraph(f"Rests on what is only assumed: {names}.", 2, "bold", "yellow")
    if not _any_looked(found):
        yield on.paragraph("What it rests on is not known: no change was looked at.")
        return
    yield from _flips(on, reason, found, most)
    yield from _shifts(on, reason, most)


def _flips(on: Page, reason: Reason, found: Reasons, most: int) -> Iterator[Block]:
    """What gives the claim another verdict."""
    if not reason.flips:
        deepest = max(looked.size for looked in found.looked if looked.variants)
        what = "single change" if deepest == 1 else f"set of up to {deepest} changes"
        word = f"The verdict stays “{reason.ruling.verdict}”" if reason.shifts else "The verdict stays the same"
        yield on.paragraph(f"{word} under every {what} that was looked at.")
        return
    singles = [flip for flip in reason.flips if len(flip.parts) == 1]
    larger = [flip for flip in reason.flips if len(flip.parts) > 1]
    for flip in singles:
        yield from _flip(on, flip)
    if not singles:
        yield on.paragraph("No single change is enough. Together are:")
    elif larger:
        yield on.paragraph("Together are enough too:")
    yield from _some(on, larger, most)


def _shifts(on: Page, reason: Reason, most: int) -> Iterator[Block]:
    """What leaves the verdict the word that it was, and changes the answer under some concept."""
    if not reason.shifts:
        return
    lead = f"Still “{reason.ruling.verdict}”, but" if reason.flips else "But"
    yield on.paragraph(f"{lead} under some concept the answer changes:")
    singles = [shift for shift in reason.shifts if len(shift.parts) == 1]
    for shift in singles:
        yield from _flip(on, shift, reason.ruling)
    larger = [shift for shift in reason.shifts if len(shift.parts) > 1]
    yield from _some(on, larger, most, reason.ruling)


def _some(on: Page, larger: list[Flip], most: int, before: Ruling | None = None) -> Iterator[Block]:
    for flip in larger[:most]:
        yield from _flip(on, flip, before)
    if len(larger) > most:
        yield on.paragraph(f"and {plural(len(larger) - most, 'more set')}; --json has all of them")


def _flip(on: Page, flip: Flip, before: Ruling | None = None) -> Iterator[Block]:
    what = _ruling(flip.ruling) if before is None else _shift(before, flip.ruling)
    yield on.paragraph(f"{changes_text(flip.changes)}: {what}")
    told: dict[tuple[str, int], Statement] = {}
    for part in flip.parts:
        told.update(zip(((part.party, k) for k in part.numbers), part.statements, strict=True))
    for (party, k), statement in told.items():
        style: tuple[Style, ...] = ("yellow",) if statement.grounds.support == "assumed" else ("dim",)
        yield on.paragraph(f"{party} {k}: {text(statement.formula)} ({support_words(statement.grounds)})", 4, *style)


def _assumed(part: Part) -> str:
    """The assumed statements of one step, or where they stand."""
    pairs = zip(part.numbers, part.statements, strict=True)
    names = [f"{part.party} {k}" for k, statement in pairs if statement.grounds.support == "assumed"]
    return listing(names) if part.kind == "dropped" else f"the place of {listing(names)}"


def support_words(grounds: Grounds) -> str:
    """How well a statement is founded.

    Parameters
    ----------
    grounds : Grounds
    """
    match grounds.support:
        case "cited":
            return cited(grounds.source)
        case "inferred":
            return f"inferred from {cited(grounds.source)}"
        case "assumed":
            return "assumed"
        case _:
            return "no source given"


def _ruling(ruling: Ruling) -> str:
    if ruling.verdict != "depends on the concept":
        return ruling.verdict
    parts = [f"holds under {listing(ruling.holds)}"] if ruling.holds else []
    parts += [f"does not hold under {listing(ruling.fails)}"] if ruling.fails else []
    parts += [f"cannot be said under {listing(ruling.unsaid)}"] if ruling.unsaid else []
    return f"depends on the concept ({', '.join(parts)})"


def _shift(before: Ruling, after: Ruling) -> str:
    """Under which concepts the answer is another one than before."""
    kinds = (("holds", before.holds, after.holds), ("does not hold", before.fails, after.fails))
    kinds += (("cannot be said", before.unsaid, after.unsaid),)
    told = [(word, [concept for concept in new if concept not in old]) for word, old, new in kinds]
    return ", ".join(f"{word} under {listing(fresh)} now" for word, fresh in told if fresh)
