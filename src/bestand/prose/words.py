"""Sentences. Plain language first; a party is called by its name, an option by its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import floor

from bestand.model.model import Model
from bestand.model.values import Citation

from .messages import _, _n, _p, decimal, listing, number
from .names import concept_name, concept_names


def size(count: int) -> str:
    """A count of any size: exact where one can read it, else to two digits.

    Examples
    --------
    >>> size(49152), size(10**15), size(2**60)
    ('49,152', '1.0·10^15', '1.2·10^18')
    """
    if count < 10**15:
        return number(count)
    power = len(str(count)) - 1
    tenths = (count * 10 + 10**power // 2) // 10**power  # rounded
    if tenths == 100:
        tenths, power = 10, power + 1
    return f"{decimal(tenths / 10, 1)}·10^{power}"


def percent(count: int, total: int) -> str:
    """A share in words: "none" and "all" only where it is so. ``percent(0, 0)`` is none.

    Examples
    --------
    >>> percent(0, 8), percent(8, 8), percent(3, 8), percent(1, 1000)
    ('none', 'all', '38%', '<1%')
    """
    if count in (0, total):
        return _p("share of a whole", "all") if count else _p("share of a whole", "none")
    if 100 * count < total:
        return "<1%"
    return ">99%" if 100 * count > 99 * total else f"{100 * count / total:.0f}%"


def lower_percent(share: float, digits: int = 0) -> str:
    """Tell what share of the states a party ranks lower, in percent and cut off, so that 100 is never said of less.

    Examples
    --------
    >>> lower_percent(2 / 3), lower_percent(0.29), lower_percent(0.99999, 2)
    ('66', '29', '99.99')
    """
    scale = 10**digits
    return decimal(floor(100 * scale * share + 1e-7) / scale, digits)  # 0.29 is a little less than 29 of 100


def yes_no(holds: bool) -> str:
    """An answer of one word.

    Examples
    --------
    >>> yes_no(True)
    'yes'
    """
    return _p("answer of one word", "yes") if holds else _p("answer of one word", "no")


def bit_cell(bit: str) -> str:
    """An option in a cell of a table: whether it is taken, or a dash where it varies.

    Examples
    --------
    >>> [bit_cell(bit) for bit in "10-"]
    ['Y', 'N', '-']
    """
    return {"1": _p("cell: taken, or true", "Y"), "0": _p("cell: not taken, or not true", "N")}.get(bit, "-")


def titled(concepts: Iterable[str]) -> str:
    """Tell what people call some concepts, and in brackets what files and tables call them.

    Examples
    --------
    >>> titled(["nash", "seq"])
    'Nash stability (nash) and sequential stability (seq)'
    """
    return listing(f"{concept_name(concept)} ({concept})" for concept in concepts)


def counts_words(counts: Mapping[str, int]) -> str:
    """Tell how many there are under each concept: concepts of the same count together, those without any left out.

    Examples
    --------
    >>> counts_words({"nash": 2, "gmr": 3, "smr": 0, "seq": 3})
    '2 under Nash stability; 3 under general metarationality and sequential stability'
    """
    alike: dict[int, list[str]] = {}
    for concept, count in counts.items():
        if count:
            alike.setdefault(count, []).append(concept)
    told = (_("{number} under {concepts}", number=size(n), concepts=concept_names(ids)) for n, ids in alike.items())
    return "; ".join(told)


def concepts_words(concepts: Iterable[str]) -> str:
    """Under which concepts claims were asked, where that was chosen.

    Examples
    --------
    >>> concepts_words(["nash", "seq"])
    'Asked under Nash stability and sequential stability only, where a claim names no concept.'
    """
    return _("Asked under {concepts} only, where a claim names no concept.", concepts=concept_names(concepts))


def readings_words(model: Model, names: Iterable[str]) -> str:
    """Tell which readings an answer rests on."""
    told = [
        f"{name} ({model.reading[name].grounds.says})" if model.reading[name].grounds.says else name for name in names
    ]
    return _n("With the reading {readings}.", "With the readings {readings}.", len(told), readings=listing(told))


def cited(source: Iterable[Citation]) -> str:
    """Citations, each source named once.

    Examples
    --------
    >>> cited([Citation("press", "¶1"), Citation("press", "¶4"), Citation("book")])
    'press ¶1 and ¶4, book'
    """
    places: dict[str, list[str]] = {}
    for citation in source:
        places.setdefault(citation.source, []).extend([citation.place] if citation.place else [])
    return ", ".join(f"{name} {listing(found)}".strip() for name, found in places.items())
