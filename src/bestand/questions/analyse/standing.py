"""How every party ranks the equilibria: its place between its worst and its best state, beside its place today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bestand.document.blocks import Figure
from bestand.drawing.colours import dashes, party_class
from bestand.drawing.measure import lines
from bestand.drawing.sheet import LEADING, MARGIN, SMALL, WIDTH, Sheet
from bestand.model.model import Model
from bestand.prose.messages import _, _n, listing
from bestand.prose.phrases import difference_words, party_name
from bestand.prose.words import lower_percent

from .selection import Entry, Place, Selection
from .selection_words import doings, hidden_told, name, shown_told, title

_NAME = 40.0  # room for the name of a row
_LEFT, _RIGHT = 316.0, WIDTH - MARGIN - 8  # of the strips
_RADIUS = 5.0
_LANE = 11.0  # from one line of marks to the next, where some would lie over one another
_CLOSE = 0.85  # of that, and of marks, where there are more than four
_PAGE = 960.0  # room for the rows
_ROOM = _LEFT - MARGIN - _NAME - 18  # for what is done in an equilibrium
_FEWEST, _MOST = 3, 8  # lines of that, before it is cut off
_DESCRIBED = 6  # rows that the alternative tells


@dataclass(frozen=True)
class _Row:
    entry: Entry
    words: list[str]
    lanes: list[int]

    @property
    def height(self) -> float:
        """Room for the words, and for every line of marks."""
        return max(len(self.words) * SMALL * LEADING, self.deep * _LANE * self.scale) + 12

    @property
    def deep(self) -> int:
        """Return how many lines of marks there are."""
        return max(self.lanes, default=0) + 1

    @property
    def scale(self) -> float:
        """Return how large marks are, in usual ones."""
        return _CLOSE if self.deep > 4 else 1.0


def standing(model: Model, selection: Selection) -> Figure:
    """Draw where today and the equilibria stand in the order of every party.

    Parameters
    ----------
    model : Model
        In the language that is spoken.
    selection : Selection

    Returns
    -------
    Figure
        A strip for today and for each of the equilibria of the selection. From left to right: the share of the
        feasible states that a party likes less. A mark for each party, and a line where a row is several states.
    """
    rows = _fitting(_rows(model, selection.every))
    sheet = Sheet()
    y = sheet.legend(MARGIN, MARGIN + SMALL, [party.title for party in model.parties])
    y = _head(sheet, selection, y + 8)
    bottom = y + sum(row.height for row in rows)
    _shades(sheet, rows, y)
    _scale(sheet, y, bottom)
    for row in rows[:1]:
        if row.entry.today:
            _guides(sheet, row.entry.places, y + row.height / 2, bottom)
    for row in rows:
        _strip(sheet, row, y)
        y += row.height
    return sheet.figure(
        y + MARGIN,
        _("How the parties rank the equilibria"),
        " ".join(_alternative(model, selection, len(rows))),
        " ".join(_caption(selection, len(selection.every) - len(rows))),
    )


def _rows(model: Model, entries: Sequence[Entry]) -> list[_Row]:
    """Return a row for each entry, with as many lines of words as leave room for all of them on a page."""
    rows: list[_Row] = []
    for most in range(_MOST, _FEWEST - 1, -1):
        words = _words(model, entries, most)
        rows = [_Row(entry, told, _lanes(entry.places)) for entry, told in zip(entries, words, strict=True)]
        if sum(row.height for row in rows) <= _PAGE:
            break
    return rows


def _fitting(rows: list[_Row]) -> list[_Row]:
    """Return the first rows, as many as a page holds."""
    ends = accumulate(row.height for row in rows)
    return [row for row, end in zip(rows, ends, strict=True) if end <= _PAGE]


def _words(model: Model, entries: Sequence[Entry], most: int) -> list[list[str]]:
    """Return the lines of each row; where another has the same lines, how it differs from that one."""
    told: list[list[str]] = []
    for entry in entries:
        words = lines(_done(model, entry), SMALL, _ROOM, most)
        if words in told:
            words = lines(_done(model, entry, entries[told.index(words)]), SMALL, _ROOM, _MOST)
        told.append(words)
    return told


def _done(model: Model, entry: Entry, other: Entry | None = None) -> str:
    """Tell what is done in a row, and in how many states; beside another row where there is one."""
    told = _beside(model, entry, other) or doings(model, entry)
    if entry.count == 1:
        return told
    if not told:
        return _n("{n} state", "{n} states", entry.count)
    return _n("{n} state: {doings}", "{n} states, in all of them: {doings}", entry.count, doings=told)


def _beside(model: Model, entry: Entry, other: Entry | None) -> str:
    """Tell how a row differs from another; empty where what is done in all of its states does not tell that."""
    if other is None:
        return ""
    before, after = other.bits, entry.bits
    changed = [k for k, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    if not changed or any("-" in (before[k], after[k]) for k in changed):
        return ""
    origin, target = (sum(1 << k for k in changed if bits[k] == "1") for bits in (before, after))
    return _("as {name}, but {changes}", name=title(other), changes=difference_words(model, origin, target))


def _lanes(places: Sequence[Place]) -> list[int]:
    """Return by party the line on which its mark stands, so that none lies over another."""
    ends: list[list[tuple[float, float]]] = []
    lanes: list[int] = []
    for low, high in places:
        left, right = _x(low) - _RADIUS - 1, _x(high) + _RADIUS + 1
        free = (k for k, taken in enumerate(ends) if all(right <= one or left >= other for one, other in taken))
        lane = next(free, len(ends))
        if lane == len(ends):
            ends.append([])
        ends[lane].append((left, right))
        lanes.append(lane)
    return lanes


def _x(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)


def _head(sheet: Sheet, selection: Selection, y: float) -> float:
    """Draw what stands in the columns; return where the rows begin."""
    if not selection.every:
        sheet.text(MARGIN, y + SMALL, _("No state is stable for every party under the concepts asked."), size=SMALL)
        return y + 2 * SMALL
    done = _("what is done") if selection.today is None else _("compared with today")
    sheet.text(MARGIN + _NAME, y + SMALL, done, size=SMALL, fill="quiet", room=_LEFT - MARGIN - _NAME - 12)
    middle, room = (_LEFT + _RIGHT) / 2, _RIGHT - _LEFT
    heading = _("states that the party ranks lower")
    sheet.text(middle, y + SMALL, heading, size=SMALL, fill="quiet", anchor="middle", room=room)
    y += SMALL * 2.6
    for percent in (0, 25, 50, 75, 100):
        sheet.text(_x(percent / 100), y, f"{percent}%", size=SMALL, fill="quiet", anchor="middle")
    return y + 6


def _shades(sheet: Sheet, rows: Sequence[_Row], y: float) -> None:
    """Draw a panel below every second row, and a line below today."""
    for k, row in enumerate(rows):
        if k % 2:
            sheet.rect(MARGIN - 4, y, WIDTH - 2 * MARGIN + 8, row.height)
        y += row.height
        if row.entry.today:
            sheet.line(MARGIN - 4, y, WIDTH - MARGIN + 4, y, line="edge")


def _scale(sheet: Sheet, top: float, bottom: float) -> None:
    for percent in (0, 25, 50, 75, 100):
        sheet.line(_x(percent / 100), top, _x(percent / 100), bottom, line="rule")


def _guides(sheet: Sheet, places: Sequence[Place], top: float, bottom: float) -> None:
    """Draw lines from the place of every party today down through the equilibria."""
    for k, (low, _high) in enumerate(places):
        sheet.line(_x(low), top, _x(low), bottom, line=party_class(k), wide=0.8, dash=dashes(k) or "2 3")


def _strip(sheet: Sheet, row: _Row, y: float) -> None:
    """Draw a row: its name, what is done, and the marks of the parties."""
    middle = y + row.height / 2
    base = middle + SMALL * 0.36
    sheet.text(MARGIN, base, name(row.entry), size=SMALL, bold=True, room=_NAME - 4)
    start = base - (len(row.words) - 1) * SMALL * LEADING / 2
    for k, line in enumerate(row.words):
        sheet.text(MARGIN + _NAME, start + k * SMALL * LEADING, line, size=SMALL, bold=row.entry.today)
    pitch = _LANE * row.scale
    first = middle - (row.deep - 1) * pitch / 2
    for k, (low, high) in enumerate(row.entry.places):
        at = first + row.lanes[k] * pitch
        if high > low:
            sheet.line(_x(low), at, _x(high), at, line=party_class(k), wide=2.5)
        sheet.mark(k, _x((low + high) / 2), at, _RADIUS * row.scale)


def _alternative(model: Model, selection: Selection, rows: int) -> Iterator[str]:
    yield _(
        "A strip for today and each equilibrium, with a mark for each party: the share of the feasible states that it "
        "ranks lower."
    )
    for entry in selection.every[:_DESCRIBED]:
        places = listing(
            _("{party} {share}%", party=party_name(model, party.id), share=_span(*place))
            for party, place in zip(model.parties, entry.places, strict=True)
        )
        yield _("{Name}: {places}.", name=title(entry), places=places)
    rest = rows - _DESCRIBED
    if rest > 0:
        yield _n("{n} more row is in the picture.", "{n} more rows are in the picture.", rest)
    yield from hidden_told(selection)


def _span(low: float, high: float) -> str:
    """Return a share in percent: one figure, or the lowest and the highest."""
    first, last = lower_percent(low), lower_percent(high)
    return first if first == last else f"{first}–{last}"


def _caption(selection: Selection, left: int) -> Iterator[str]:
    yield _(
        "The further to the right, the more of the feasible states the party ranks lower. That is a place in an order, "
        "and no degree of satisfaction."
    )
    if selection.today is not None:
        yield _("Broken lines go down from the places of today.")
    if selection.several:
        yield _("Where a row is several states, a line reaches from the lowest of their places to the highest.")
    yield from shown_told(selection)
    if left:
        yield _n(
            "The last of the numbered equilibria has no room here.",
            "The last {n} of the numbered equilibria have no room here.",
            left,
        )
