"""How every party ranks the equilibria: its place between its worst and its best state, beside its place today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bestand.answer.columns import rank_cell
from bestand.document.blocks import Figure
from bestand.drawing.colours import dashes, party_class
from bestand.drawing.measure import lines
from bestand.drawing.sheet import LEADING, MARGIN, SMALL, WIDTH, Drawing
from bestand.model.model import Model
from bestand.prose.messages import _, _n, listing
from bestand.prose.phrases import difference_words, party_name
from bestand.solve.solution import Solution

from .chosen import Chosen, Shown, chosen, doings
from .chosen_words import hidden_told, shown_told

_NAME = 40.0  # room for the name of a row
_LEFT, _RIGHT = 316.0, WIDTH - MARGIN - 8  # of the strips
_RADIUS = 5.0
_LANE = 11.0  # from one line of marks to the next, where some would lie over one another
_CLOSE = 0.85  # of that, and of marks, where there are more than four
_PAGE = 960.0  # room for the rows
_WORDS = _LEFT - MARGIN - _NAME - 18  # room for what is done in an equilibrium
_FEWEST, _MOST = 3, 8  # lines of that, before it is cut off
_TOLD = 6  # rows that the alternative tells

Places = list[tuple[float, float]]  # by party: its lowest and highest place, 0 to 1


@dataclass(frozen=True)
class _Row:
    shown: Shown
    told: list[str]
    places: Places
    lanes: list[int]

    @property
    def height(self) -> float:
        """Room for the words, and for every line of marks."""
        return max(len(self.told) * SMALL * LEADING, self.deep * _LANE * self.scale) + 12

    @property
    def deep(self) -> int:
        """How many lines of marks there are."""
        return max(self.lanes, default=0) + 1

    @property
    def scale(self) -> float:
        """How large marks are, in usual ones."""
        return _CLOSE if self.deep > 4 else 1.0


def standing(solution: Solution, concepts: Sequence[str]) -> Figure:
    """Where today and the equilibria stand in the order of every party.

    Parameters
    ----------
    solution : Solution
    concepts : sequence of str

    Returns
    -------
    Figure
        A strip for today and for each of the equilibria that `chosen` chooses. From left to right: the share of the
        feasible states that a party ranks lower. A mark for each party, and a line where a row is several states.
    """
    found = chosen(solution, concepts)
    rows = _fitting(_rows(solution, found))
    sheet = Drawing()
    y = sheet.legend(MARGIN, MARGIN + SMALL, [party.title for party in solution.model.parties])
    y = _head(sheet, found, y + 8)
    bottom = y + sum(row.height for row in rows)
    _shades(sheet, rows, y)
    _scale(sheet, y, bottom)
    for row in rows[: len(found.today)]:
        _guides(sheet, row.places, y + row.height / 2, bottom)
    for row in rows:
        _strip(sheet, row, y)
        y += row.height
    return sheet.figure(
        y + MARGIN,
        _("How the parties rank the equilibria"),
        " ".join(_alternative(solution, found, len(rows))),
        " ".join(_caption(found, len(found.all) - len(rows))),
    )


def _rows(solution: Solution, found: Chosen) -> list[_Row]:
    """A row for each, with as many lines of words as leave room for all of them on a page."""
    places = [_places(solution, shown) for shown in found.all]
    rows: list[_Row] = []
    for most in range(_MOST, _FEWEST - 1, -1):
        told = _told(solution.model, found.all, most)
        rows = [_Row(*each, _lanes(each[-1])) for each in zip(found.all, told, places, strict=True)]
        if sum(row.height for row in rows) <= _PAGE:
            break
    return rows


def _fitting(rows: list[_Row]) -> list[_Row]:
    """The first rows, as many as a page holds."""
    ends = accumulate(row.height for row in rows)
    return [row for row, end in zip(rows, ends, strict=True) if end <= _PAGE]


def _places(solution: Solution, shown: Shown) -> Places:
    shares = [solution.lower_share(i)[shown.column.members] for i in range(len(solution.model.parties))]
    return [(float(each.min()), float(each.max())) for each in shares]


def _told(model: Model, every: Sequence[Shown], most: int) -> list[list[str]]:
    """The lines of each row; where they would be cut off to those of a row before, how it differs from that one."""
    told: list[list[str]] = []
    for shown in every:
        words = lines(_done(model, shown), SMALL, _WORDS, most)
        if words in told:
            words = lines(_done(model, shown, every[told.index(words)]), SMALL, _WORDS, _MOST)
        told.append(words)
    return told


def _done(model: Model, shown: Shown, other: Shown | None = None) -> str:
    """What is done in a row, and in how many states; told beside another row where there is one."""
    told, count = _beside(model, shown, other) or doings(model, shown.column), shown.column.count
    if count == 1:
        return told
    if not told:
        return _n("{n} state", "{n} states", count)
    return _n("{n} state: {doings}", "{n} states, in all of them: {doings}", count, doings=told)


def _beside(model: Model, shown: Shown, other: Shown | None) -> str:
    """How a row differs from another one; empty where what is done in all of its states does not tell that."""
    if other is None:
        return ""
    before, after = other.column.bits, shown.column.bits
    changed = [k for k, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    if not changed or any("-" in (before[k], after[k]) for k in changed):
        return ""
    origin, target = (sum(1 << k for k in changed if bits[k] == "1") for bits in (before, after))
    return _("as {name}, but {changes}", name=other.called, changes=difference_words(model, origin, target))


def _lanes(places: Places) -> list[int]:
    """By party: on which line its mark stands, so that none lies over another."""
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


def _head(sheet: Drawing, found: Chosen, y: float) -> float:
    """What stands in the columns; returns where the rows begin."""
    if not found.all:
        sheet.text(MARGIN, y + SMALL, _("No state is stable for every party under the concepts asked."), size=SMALL)
        return y + 2 * SMALL
    done = _("compared with today") if found.today else _("what is done")
    sheet.text(MARGIN + _NAME, y + SMALL, done, size=SMALL, fill="quiet", room=_LEFT - MARGIN - _NAME - 12)
    middle, room = (_LEFT + _RIGHT) / 2, _RIGHT - _LEFT
    title = _("states that the party ranks lower")
    sheet.text(middle, y + SMALL, title, size=SMALL, fill="quiet", anchor="middle", room=room)
    y += SMALL * 2.6
    for percent in (0, 25, 50, 75, 100):
        sheet.text(_x(percent / 100), y, f"{percent}%", size=SMALL, fill="quiet", anchor="middle")
    return y + 6


def _shades(sheet: Drawing, rows: Sequence[_Row], y: float) -> None:
    """Every second row lies on a panel; a line below today."""
    for k, row in enumerate(rows):
        if k % 2:
            sheet.rect(MARGIN - 4, y, WIDTH - 2 * MARGIN + 8, row.height)
        y += row.height
        if row.shown.column.today:
            sheet.line(MARGIN - 4, y, WIDTH - MARGIN + 4, y, line="edge")


def _scale(sheet: Drawing, top: float, bottom: float) -> None:
    for percent in (0, 25, 50, 75, 100):
        sheet.line(_x(percent / 100), top, _x(percent / 100), bottom, line="rule")


def _guides(sheet: Drawing, places: Places, top: float, bottom: float) -> None:
    """From the place of every party today down through the equilibria."""
    for k, (low, _high) in enumerate(places):
        sheet.line(_x(low), top, _x(low), bottom, line=party_class(k), wide=0.8, dash=dashes(k) or "2 3")


def _strip(sheet: Drawing, row: _Row, y: float) -> None:
    """A row: its name, what is done, and the marks of the parties."""
    today = row.shown.column.today
    middle = y + row.height / 2
    base = middle + SMALL * 0.36
    sheet.text(MARGIN, base, row.shown.name, size=SMALL, bold=True, room=_NAME - 4)
    start = base - (len(row.told) - 1) * SMALL * LEADING / 2
    for k, line in enumerate(row.told):
        sheet.text(MARGIN + _NAME, start + k * SMALL * LEADING, line, size=SMALL, bold=today)
    pitch = _LANE * row.scale
    first = middle - (row.deep - 1) * pitch / 2
    for k, (low, high) in enumerate(row.places):
        at = first + row.lanes[k] * pitch
        if high > low:
            sheet.line(_x(low), at, _x(high), at, line=party_class(k), wide=2.5)
        sheet.mark(k, _x((low + high) / 2), at, _RADIUS * row.scale)


def _alternative(solution: Solution, found: Chosen, rows: int) -> Iterator[str]:
    model = solution.model
    yield _(
        "A strip for today and each equilibrium, with a mark for each party: the share of the feasible states that it "
        "ranks lower."
    )
    for each in found.all[:_TOLD]:
        places = listing(
            _("{party} {share}%", party=party_name(model, party.id), share=rank_cell(solution, each.column, i))
            for i, party in enumerate(model.parties)
        )
        yield _("{Name}: {places}.", name=each.called, places=places)
    rest = rows - _TOLD
    if rest > 0:
        yield _n("{n} more row is in the picture.", "{n} more rows are in the picture.", rest)
    yield from hidden_told(found)


def _caption(found: Chosen, left: int) -> Iterator[str]:
    yield _(
        "The further to the right, the more of the feasible states the party ranks lower. That is a place in an order, "
        "and no degree of satisfaction."
    )
    if found.today:
        yield _("Broken lines go down from the places of today.")
    if found.many:
        yield _("Where a row is several states, a line reaches from the lowest of their places to the highest.")
    yield from shown_told(found)
    if left:
        yield _n(
            "The last of the numbered equilibria has no room here.",
            "The last {n} of the numbered equilibria have no room here.",
            left,
        )
