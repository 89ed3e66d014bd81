"""The levers of a model, for people: those that turn the answer round before those that only move a share."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.analysis.levers import Cell, Levers, Tried
from bestand.model.changing import apply_readings, numbered
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.sentences import ApplyReading, Change, Drop, DropRule, Exchange, Free, HoldOption, HoldParty, Place
from bestand.model.validate import rule_text
from bestand.model.values import Statement
from bestand.model.wording import changes_text
from bestand.texts import listing, number

from .blocks import Block, Table
from .page import Page
from .words import percent, plural, readings_words

Wishes = dict[str, dict[int, Statement]]  # by party and number

_FORCED = 6  # levers that decide the question by themselves, named in the text


def levers_answer(
    on: Page, model: Model, found: Levers, readings: tuple[str, ...] = (), most: int = 20
) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    on : Page
    model : Model
    found : Levers
    readings : tuple of str
        Those that were applied first.
    most : int
        How many levers the table has.
    """
    yield on.paragraph(model.title, 0, "bold")
    if readings:
        yield on.paragraph(readings_words(model, readings), 0, "yellow")
    yield on.heading(f"Which lever changes whether some equilibrium is {text(found.formula)}?")
    yield on.paragraph(_summary(found))
    telling = [tried for tried in found.tried if not tried.decides and found.changes_counts(tried)]
    yield from _forced(on, found)
    if telling:
        reached = ", and of the resting places that improvements lead to from today" if found.base.resting else ""
        yield on.heading(f"The levers that change most, {min(most, len(telling))} of {number(len(telling))}")
        orders = numbered(model, apply_readings(model, readings))
        wishes = {party: dict(order) for party, order in orders.items()}
        yield _table(on, found, telling[:most], [_about(model, wishes, tried.changes[0]) for tried in telling[:most]])
        yield on.paragraph(
            f"In what share of the equilibria {text(found.formula)} is true{reached}. "
            "* the answer turns round, = no change, - there are none."
        )
    yield from _failed(on, found)


def _summary(found: Levers) -> str:
    tried = [each for each in found.tried if not each.decides]
    turning = sum(bool(found.flips(each)) for each in tried)
    moving = sum(found.changes_counts(each) for each in tried) - turning
    idle = len(tried) - turning - moving
    pulled = plural(len(found.tried), "lever")
    if len(found.tried) + len(found.failed) < found.of:
        pulled = f"{number(len(found.tried))} of {plural(found.of, 'lever')}"
    return (
        f"{pulled}, each pulled by itself: {_verb(turning, 'turn')} the answer round under some concept, "
        f"{_verb(moving, 'change')} only how many equilibria there are or in what share of them it is true, "
        f"{_verb(idle, 'change')} nothing."
    )


def _verb(count: int, verb: str) -> str:
    """A count and what so many do: "1 turns", "2 turn"."""
    return f"{number(count)} {verb}{'s' if count == 1 else ''}"


def _forced(on: Page, found: Levers) -> Iterator[Block]:
    """The levers that answer the question by what the words mean."""
    forced = [tried for tried in found.tried if tried.decides]
    if forced:
        names = [changes_text(tried.changes) for tried in forced[:_FORCED]]
        more = f", and {number(len(forced) - _FORCED)} more" if len(forced) > _FORCED else ""
        yield on.paragraph(
            f"Set aside, since {text(found.formula)} is then true in no state at all, or in every one: "
            f"{listing(names) if not more else ', '.join(names)}{more}."
        )


def _table(on: Page, found: Levers, shown: list[Tried], about: list[str]) -> Table:
    reached = found.base.resting is not None
    header = ["lever", *found.concepts, *(["reached"] if reached else []), "what it is"]
    rows = [["(the model as it is)", *_cells(found, found.base), ""]]
    for tried, words in zip(shown, about, strict=True):
        rows.append([changes_text(tried.changes), *_cells(found, tried), words])
    return on.table(header, rows, frozenset({0, len(header) - 1}))


def _cells(found: Levers, tried: Tried) -> list[str]:
    base = found.base
    cells = [_cell(tried.cells[concept], base.cells[concept], tried is base) for concept in found.concepts]
    if base.resting is not None:
        cells.append("-" if tried.resting is None else _cell(tried.resting, base.resting, tried is base))
    return cells


def _cell(cell: Cell, base: Cell, first: bool) -> str:
    if cell == base and not first:
        return "="
    told = percent(cell.found, cell.of) if cell.of else "-"
    return f"{told}*" if cell.some != base.some else told


def _failed(on: Page, found: Levers) -> Iterator[Block]:
    """The levers that could not be tried, by the reason."""
    reasons: dict[str, list[str]] = {}
    for tried in found.failed:
        reasons.setdefault(tried.reason or "", []).append(changes_text(tried.changes))
    for reason, names in reasons.items():
        yield on.paragraph(f"Not tried: {listing(names)} ({reason}).")


def _about(model: Model, wishes: Wishes, change: Change) -> str:
    """What a lever pulls at, in the words of the file: of a statement, an option, a rule, a reading."""
    match change:
        case Drop(ref) | Place(ref):
            return text(wishes[ref.party][ref.number].formula)
        case Exchange(one, other):
            return " / ".join(text(wishes[ref.party][ref.number].formula) for ref in (one, other))
        case HoldOption(option=option) | Free(option):
            return next((o.grounds.says or "" for o in model.options if o.id == option), "")
        case HoldParty(party):
            return f"{model.party[party].title} does not move"
        case DropRule(number=k):
            return rule_text(model.rules[k - 1])
        case ApplyReading(reading):
            return model.reading[reading].grounds.says or ""
        case _:
            return ""
