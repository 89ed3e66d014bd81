"""The arrows of a party beside a column of kinds: each on a rail of its own, so that all can be followed.

Arrows go up left of the column and down right of it. Each leaves its kind, runs along its rail and comes in at the
other kind, at heights of their own: arrows cross, but none runs along another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bestand.drawing.arcs import lanes
from bestand.drawing.colours import dashes, party_class
from bestand.drawing.sheet import Sheet, path_of, short

from .kinds import Flow

MOST_ARROWS = 6  # of one party
APART = 6.0  # from rail to rail
_OUT = 10.0  # the innermost rail from the column
_PORT = 5.5  # from one arrow at a kind to the next
_CORNER = 3.0
_THIN, _THICK = 0.8, 2.0  # lines, for no state and for every state of a kind
_HEAD = 5.0

_Place = tuple[float, float]


class Rails:
    """The arrows from the most states.

    Parameters
    ----------
    flows : iterable of Flow
        Of one party.
    """

    def __init__(self, flows: Iterable[Flow]) -> None:
        every = sorted(flows, key=lambda flow: (-flow.count, flow.source, flow.target))
        self.hidden = len(every[MOST_ARROWS:])
        drawn = every[:MOST_ARROWS]
        self._sides = tuple([flow for flow in drawn if (flow.target > flow.source) is down] for down in (False, True))
        self._lanes = tuple(lanes([_span(flow) for flow in side]) for side in self._sides)

    @property
    def rooms(self) -> tuple[float, float]:
        """Return how much room the arrows take left and right of the column."""
        left, right = (_OUT + APART * max(each) + _THICK if each else 0.0 for each in self._lanes)
        return left, right

    def draw(self, sheet: Sheet, counts: Sequence[int], middle: float, half: float, first: float, row: float) -> None:
        """Draw the arrows.

        Parameters
        ----------
        sheet : Sheet
        counts : sequence of int
            How many states each kind has.
        middle, half : float
            The middle of the column, and half of its width.
        first, row : float
            Where the kinds begin, and how high each is.
        """
        for out, side, rails in zip((-1, 1), self._sides, self._lanes, strict=True):
            ports = _ports(side, rails)
            for k, (flow, lane) in enumerate(zip(side, rails, strict=True)):
                x = middle + out * half
                rail = x + out * (_OUT + APART * lane)
                start, end = (
                    first + (at + 0.5) * row + ports[k, at] * min(_PORT, row / 6) for at in (flow.source, flow.target)
                )
                wide = _THIN + (_THICK - _THIN) * flow.count / counts[flow.source]
                _arrow(sheet, flow.mover, [(x, start), (rail, start), (rail, end), (x + out, end)], wide)


def _span(flow: Flow) -> tuple[int, int]:
    return min(flow.source, flow.target), max(flow.source, flow.target)


def _ports(side: Sequence[Flow], rails: Sequence[int]) -> dict[tuple[int, int], float]:
    """Return by arrow and kind at which height it leaves or comes in, in steps from the middle of the kind.

    Arrows to and from above stand above those to and from below. The inner rails are nearest to the end of the kind
    that they lead to, so that those of the outer rails do not cross them.
    """
    ports: dict[tuple[int, int], float] = {}
    for at in {at for flow in side for at in (flow.source, flow.target)}:
        above = [k for k, flow in enumerate(side) if _span(flow)[1] == at]
        below = [k for k, flow in enumerate(side) if _span(flow)[0] == at]
        order = [*sorted(above, key=lambda k: rails[k]), *sorted(below, key=lambda k: -rails[k])]
        for place, k in enumerate(order):
            ports[k, at] = place - (len(order) - 1) / 2
    return ports


def _arrow(sheet: Sheet, mover: int, points: Sequence[_Place], wide: float) -> None:
    """Draw a line with round corners that ends in a head."""
    *before, (x, y) = points
    back = 1 if before[-1][0] > x else -1
    base = x + back * _HEAD
    sheet.path("".join(_rounded([*before, (base, y)])), line=party_class(mover), wide=wide, dash=dashes(mover))
    half = _HEAD / 2
    sheet.path(path_of([(base, y - half), (x, y), (base, y + half)]) + "Z", fill=party_class(mover))


def _rounded(points: Sequence[_Place]) -> Iterator[str]:
    """Yield the ``d`` of straight lines from point to point, the corners between them round."""
    yield path_of(points[:1])
    for (before, at), (_at, after) in pairwise(pairwise(points)):
        come, leave = _toward(at, before), _toward(at, after)
        yield f"L{_pair(come)}Q{_pair(at)} {_pair(leave)}"
    yield f"L{_pair(points[-1])}"


def _toward(at: _Place, other: _Place) -> _Place:
    """Return the point a corner's radius from one point, toward another."""
    far = abs(other[0] - at[0]) + abs(other[1] - at[1])
    part = min(_CORNER, far / 2) / far
    return at[0] + (other[0] - at[0]) * part, at[1] + (other[1] - at[1]) * part


def _pair(point: _Place) -> str:
    return " ".join(map(short, point))
