"""Rank ladders: a panel for each party, in which a state stands the higher the better the party likes it.

States between which the party can move stand in one line, one above the other: to improve is to go up in a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bestand.drawing.arcs import bow, lanes
from bestand.drawing.colours import dashes, party_class
from bestand.drawing.sheet import MARGIN, SMALL, WIDTH, Drawing
from bestand.prose.messages import _p
from bestand.solve.solution import Solution

from .cells import chip_size, draw_chip, draw_names, key, names_height, tail
from .graph import Graph, Link

TALLEST = 960.0
_STEP = 25.0  # from rung to rung
_WIDER = 33.0  # the same where tails are drawn, too
_LINE_GAP = 14.0  # between lines of states
_LANE = 6.0
_AXIS = 46.0  # for the words beside the rungs
_TITLE = 18.0
_NARROWEST = 160.0  # a panel, for its title
_BETWEEN = 20.0  # panels
_TINY = 10.5
_STRONG, _WEAK = 1.6, 0.9

Place = tuple[float, float]


@dataclass(frozen=True)
class _Line:
    """States between which a party can move, by rung from the lowest, and its moves.

    Parameters
    ----------
    rungs : dict of int to list of int
    groups : list of list of Link
        Moves between neighbouring rungs: those of one list are all there can be between two rungs, and drawn as one.
    bows : list of (Link, int)
        Moves that go round other states, each with its lane.
    """

    rungs: dict[int, list[int]]
    groups: list[list[Link]]
    bows: list[tuple[Link, int]]

    def wide(self, chip: float) -> float:
        """How much room it takes."""
        abreast = max(len(states) for states in self.rungs.values())
        beside = _LANE * (2 + max(lane for _link, lane in self.bows)) if self.bows else 0
        return abreast * (chip + 4) - 4 + beside + _LINE_GAP


@dataclass(frozen=True)
class _Panel:
    """The ladder of a party: how many rungs, and what stands on them."""

    party: int
    rungs: int
    lines: list[_Line]

    def wide(self, chip: float) -> float:
        """The room it takes."""
        return max(_AXIS + sum(line.wide(chip) for line in self.lines), _NARROWEST)


class Ladder:
    """The ladders of a graph.

    Parameters
    ----------
    solution : Solution
    graph : Graph
    every : bool
        Whether moves that are no improvements are drawn, too.
    """

    def __init__(self, solution: Solution, graph: Graph, *, every: bool) -> None:
        self.model, self.graph, self.every = solution.model, graph, every
        self.chip = chip_size(graph)
        self.step = _WIDER if every else _STEP
        self.panels = [panel for i in range(len(self.model.parties)) if (panel := _panel(solution, graph, i)).lines]

    @property
    def fits(self) -> bool:
        """Whether a page holds it."""
        if any(panel.wide(self.chip[0]) > WIDTH - 2 * MARGIN for panel in self.panels):
            return False
        high = sum(self._high(row) for row in self._rows())
        return high + 40 + names_height(self.model, self.graph) <= TALLEST

    def _high(self, row: Sequence[_Panel]) -> float:
        return _TITLE + max(panel.rungs for panel in row) * self.step + _BETWEEN

    def _rows(self) -> list[list[_Panel]]:
        """The panels in rows, as many beside one another as there is room for."""
        rows: list[list[_Panel]] = []
        x = WIDTH
        for panel in self.panels:
            wide = panel.wide(self.chip[0])
            if x + wide > WIDTH - MARGIN:
                rows.append([])
                x = MARGIN
            rows[-1].append(panel)
            x += wide + _BETWEEN
        return rows

    def draw(self, on: Drawing) -> float:
        """Draw all; returns the height."""
        y = key(on, self.model, self.graph, [], every=self.every)
        for row in self._rows():
            x = MARGIN
            for panel in row:
                self._panel(on, panel, x, y, WIDTH - MARGIN - x if panel is row[-1] else panel.wide(self.chip[0]))
                x += panel.wide(self.chip[0]) + _BETWEEN
            y += self._high(row)
        return draw_names(on, self.model, self.graph, y) + MARGIN

    def _panel(self, on: Drawing, panel: _Panel, x: float, y: float, room: float) -> None:
        """A panel, its title in so much room."""
        wide, bottom = panel.wide(self.chip[0]), y + _TITLE + panel.rungs * self.step
        on.mark(panel.party, x + 6, y + 4, 5)
        on.text(x + 17, y + 8, self.model.parties[panel.party].title, size=SMALL, bold=True, room=room - 20)
        for rung in range(panel.rungs):
            at = bottom - (rung + 0.5) * self.step
            on.line(x + _AXIS - 6, at, x + wide, at, line="rule")
        if panel.rungs > 1:
            for words, rung in ((_p("end of a ladder", "best"), panel.rungs - 1), (_p("end of a ladder", "worst"), 0)):
                at = bottom - (rung + 0.5) * self.step + 4
                on.text(x + _AXIS - 10, at, words, size=_TINY, anchor="end", fill="quiet", room=_AXIS - 10)
        at = x + _AXIS
        for line in panel.lines:
            self._line(on, line, at, bottom)
            at += line.wide(self.chip[0])

    def _line(self, on: Drawing, line: _Line, x: float, bottom: float) -> None:
        wide = self.chip[0]
        place = {
            state: (x + wide / 2 + k * (wide + 4), bottom - (rung + 0.5) * self.step)
            for rung, states in line.rungs.items()
            for k, state in enumerate(states)
        }
        for group in line.groups:
            self._arrow(on, group[0], [place[link.source] for link in group], [place[link.target] for link in group])
        right = max(at for at, _y in place.values()) + wide / 2
        for link, lane in line.bows:
            (x0, y0), (x1, y1) = place[link.source], place[link.target]
            up = 1 if y1 < y0 else -1
            start, end = (x0 + wide / 2, y0 - 3 * up), (x1 + wide / 2 + 1, y1 + 4 * up)
            out = right - x0 - wide / 2 + _LANE * (lane + 1.3)
            thick, head = (_STRONG, 5) if link.improves else (_WEAK, 0 if link.back else 5)
            bow(on, link.mover, start, end, (out, 0), wide=thick, head=head)
            if self.every and link.improves and link.back:
                tail(on, start[0] + 4, start[1], party_class(link.mover))
        for state, (at, y) in place.items():
            draw_chip(on, self.graph.states[state], at, y, self.chip)

    def _arrow(self, on: Drawing, link: Link, sources: Sequence[Place], targets: Sequence[Place]) -> None:
        """A move from rung to rung, or all the moves from the states of one rung to those of the other."""
        (x0, y0), (x1, y1) = _centre(sources), _centre(targets)
        line, dash = party_class(link.mover), dashes(link.mover)
        if y0 == y1:
            on.line(x0, y0, x1, y1, line=line, wide=_WEAK, dash=dash)
            return
        down = 1 if y1 > y0 else -1
        y0, y1 = y0 + down * self.chip[1] / 2, y1 - down * (self.chip[1] / 2 + 1)
        for places, y in ((sources, y0), (targets, y1)):
            xs = [x for x, _y in places]
            if max(xs) > min(xs):
                on.line(min(xs) - 8, y, max(xs) + 8, y, line=line, wide=_STRONG)
        wide = _STRONG if link.improves else _WEAK
        if link.improves or not link.back:
            on.arrow([(x0, y0), (x1, y1)], line=line, wide=wide, dash=dash, head=5)
        else:
            on.line(x0, y0, x1, y1, line=line, wide=wide, dash=dash)
        if self.every and link.improves and link.back:
            tail(on, x0, y0 + 4 * down, line)


def _centre(places: Sequence[Place]) -> Place:
    xs = [x for x, _y in places]
    return (min(xs) + max(xs)) / 2, places[0][1]


def _panel(solution: Solution, graph: Graph, i: int) -> _Panel:
    """The ladder of a party: the states that it can leave, or come to."""
    model, rank = solution.model, solution.space.ranks[i]
    own = model.mask(option.id for option in model.parties[i].options)
    blocks: dict[int, list[int]] = {}
    for at, state in enumerate(graph.states):
        blocks.setdefault(state.mask & ~own, []).append(at)
    several = [block for block in blocks.values() if len(block) > 1]
    levels = sorted({int(rank[at]) for block in several for at in block})
    rung = {at: levels.index(int(rank[at])) for block in several for at in block}
    mine = [link for link in graph.links if link.mover == i]
    made = [_line(block, rung, [link for link in mine if link.source in block]) for block in several]
    return _Panel(i, len(levels), made)


def _line(block: Sequence[int], rung: dict[int, int], links: Sequence[Link]) -> _Line:
    rungs: dict[int, list[int]] = {}
    for at in sorted(block, key=lambda at: (rung[at], at)):
        rungs.setdefault(rung[at], []).append(at)
    used = list(rungs)
    near: dict[tuple[int, int], list[Link]] = {}
    far: list[Link] = []
    for link in links:
        ends = rung[link.source], rung[link.target]
        if abs(used.index(ends[0]) - used.index(ends[1])) < 2:
            near.setdefault(ends, []).append(link)
        else:
            far.append(link)
    groups: list[list[Link]] = []
    for (low, high), found in near.items():
        alike = len({(link.improves, link.forth, link.back) for link in found}) == 1
        whole = low != high and len(found) == len(rungs[low]) * len(rungs[high]) and alike
        groups += [found] if whole else [[link] for link in found]
    spans = [(min(rung[link.source], rung[link.target]), max(rung[link.source], rung[link.target])) for link in far]
    return _Line(rungs, groups, list(zip(far, lanes(spans), strict=True)))
