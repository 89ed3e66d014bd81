"""Changes of one list that exclude each other, or of which one is there twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .sentences import ApplyReading, Change, Drop, HoldOption, Replace
from .wording import change_text


def clashes(changes: Sequence[Change]) -> Iterator[tuple[int, str, str]]:
    """Yield the changes that do not go with one before them: the place, a code, and what is wrong.

    A reading that is applied again changes nothing, and does no harm. What is changed after a reading has changed it is
    another matter: there, one list is made on top of another.

    Examples
    --------
    >>> list(clashes([HoldOption("up.a", True), HoldOption("up.a", False)]))
    [(1, 'clashing-change', "'up.a held at yes' and 'up.a held at no' exclude each other")]
    """
    made: set[Change] = set()
    settled: dict[object, Change] = {}
    for k, change in enumerate(changes):
        if change in made and not isinstance(change, ApplyReading):
            yield k, "repeated-change", f"'{change_text(change)}' is there twice"
            continue
        made.add(change)
        match change:
            case Replace(about) | Drop(about) | HoldOption(about):
                before = settled.setdefault(about, change)
                if before != change:
                    yield (
                        k,
                        "clashing-change",
                        f"'{change_text(before)}' and '{change_text(change)}' exclude each other",
                    )
