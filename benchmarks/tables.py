"""Tables in Markdown, and figures that a person reads at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; everything but the first column stands at the right.

    Examples
    --------
    >>> print(table(["size", "time"], [["2^12", "3.1 ms"]]))
    | size |   time |
    | ---- | -----: |
    | 2^12 | 3.1 ms |
    """
    cells = [list(map(str, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]

    def line(row: Sequence[str]) -> str:
        first, *rest = (
            cell.ljust(width) if k == 0 else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        return f"| {' | '.join((first, *rest))} |"

    rule = [("-" * width if k == 0 else "-" * (width - 1) + ":") for k, width in enumerate(widths)]
    return "\n".join([line(head), line(rule), *map(line, cells)])


def figure(value: float) -> str:
    """Two or three digits that count.

    Examples
    --------
    >>> figure(0.01234), figure(1.234), figure(123.4), figure(56789)
    ('0.012', '1.2', '123', '56,789')
    """
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def seconds(value: float | None) -> str:
    """A time in the unit that suits it; a dash where there is none.

    Examples
    --------
    >>> seconds(0.0000005), seconds(0.0123), seconds(75), seconds(None)
    ('0.50 µs', '12.3 ms', '75 s', '–')
    """
    if value is None:
        return "–"
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if value * factor >= 1 or unit == "µs":
            scaled = value * factor
            return f"{scaled:.0f} {unit}" if scaled >= 20 and unit == "s" else f"{scaled:.{_places(scaled)}f} {unit}"
    raise AssertionError


def _places(value: float) -> int:
    return 0 if value >= 100 else 1 if value >= 10 else 2


def share(value: float) -> str:
    """A share in per cent.

    Examples
    --------
    >>> share(0.734)
    '73 %'
    """
    return f"{100 * value:.0f} %"


def mebibytes(size: float) -> str:
    """A number of bytes.

    Examples
    --------
    >>> mebibytes(3 * 2**20), mebibytes(5 * 2**30)
    ('3 MiB', '5.00 GiB')
    """
    return f"{size / 2**30:.2f} GiB" if size >= 2**30 else f"{size / 2**20:.0f} MiB"
