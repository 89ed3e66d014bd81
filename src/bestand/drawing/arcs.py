"""Bowed arrows, and lanes for them: arrows beside a row of things, that do not lie over one another."""

from __future__ import annotations

from collections.abc import Sequence

from .colours import dashes, party_class
from .sheet import Sheet, path_of, short

_HEAD = 6.0


def bow(
    sheet: Sheet,
    k: int,
    start: tuple[float, float],
    end: tuple[float, float],
    out: tuple[float, float],
    *,
    wide: float = 1.4,
) -> None:
    """Draw an arrow of party k that goes out sideways and comes back to end in a head.

    Parameters
    ----------
    sheet : Sheet
    k : int
    start, end : (float, float)
    out : (float, float)
        How far it goes out, to the right and down; negative to the left or up.
    wide : float
        How thick it is.
    """
    reach = max(abs(out[0]), abs(out[1]))
    ux, uy = out[0] / reach, out[1] / reach
    base = (end[0] + _HEAD * ux, end[1] + _HEAD * uy)
    c1 = (start[0] + out[0] * 4 / 3, start[1] + out[1] * 4 / 3)
    c2 = (end[0] + out[0] * 4 / 3, end[1] + out[1] * 4 / 3)
    points = " ".join(f"{short(x)} {short(y)}" for x, y in (c1, c2, base))
    sheet.path(f"{path_of([start])}C{points}", line=party_class(k), wide=wide, dash=dashes(k))
    half = _HEAD * 0.5 + wide * 0.25
    wings = [(base[0] + side * half * uy, base[1] - side * half * ux) for side in (-1, 1)]
    sheet.path(path_of([wings[0], end, wings[1]]) + "Z", fill=party_class(k))


def lanes(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return a lane for each stretch of a line, so that those in one lane do not overlap; short ones have inner lanes.

    Examples
    --------
    >>> lanes([(0, 2), (0, 1), (1, 2)])
    [1, 0, 0]
    """
    chosen = [0] * len(spans)
    taken: list[list[tuple[float, float]]] = []
    for k in sorted(range(len(spans)), key=lambda k: (spans[k][1] - spans[k][0], spans[k], k)):
        low, high = spans[k]
        lane = 0
        while lane < len(taken) and any(low < right and left < high for left, right in taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        chosen[k] = lane
    return chosen
