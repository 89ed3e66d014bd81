"""What fits a screen: the parties that matter most to the verdict, and as much of a long text as there is room for.

Nothing is left out in silence: a line says of how many parties nothing is told, and a text that is cut ends in "…".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bestand.document.blocks import Block, Heading, Paragraph, heading, paragraph
from bestand.document.terminal import Page
from bestand.model.model import Model
from bestand.plan.ruling_part import party_line
from bestand.plan.ruling_values import Ruling
from bestand.prose.messages import _, _n

LINES, WIDTH = 30, 100
_LONGEST = (4, 3, 2)  # lines of a text where not all of it fits
_FEWEST = 3  # parties to tell of before texts are cut
_TELLING = ("breaks", "fear", "deterred", "would-not", "cannot")  # what keeps a party, the most telling first


@dataclass(frozen=True, slots=True)
class PartyLine:
    """What a screen says of one party.

    Parameters
    ----------
    words : str
    weight : int
        How much it matters to the verdict: 0 most.
    """

    words: str
    weight: int


def party_lines(model: Model, ruling: Ruling) -> tuple[PartyLine, ...]:
    """Return a line for each party, in the order of the file; none about a plan that cannot be."""
    if ruling.kind == "cannot-be":
        return ()
    return tuple(PartyLine(party_line(model, ruling, party), _weight(ruling, party)) for party in model.party)


def _weight(ruling: Ruling, party: str) -> int:
    keepers = ruling.by or (ruling.lean[0].by if ruling.lean else None)
    if keepers:
        return _TELLING.index(keepers[party].how)
    if any(party in some for some in ruling.blocking):
        return 0 if party not in ruling.idle else 1
    return 2 if ruling.refuses[party].states else 3


def fitted(
    head: Sequence[Block],
    parties: Sequence[PartyLine],
    spare: Sequence[Sequence[Block]],
    below: Sequence[Block],
    call: str,
    last: int = 0,
) -> Iterator[Block]:
    """Return what goes on a screen: the verdict, as many of the parties as fit, and what stands below them.

    Parameters
    ----------
    head, below : sequence of Block
        Of the head what is long is cut; below stand commands, which are of no use unless whole.
    parties : sequence of PartyLine
    spare : sequence of sequences of Block
        What stands below the parties where there is room for all, as much of it as fits, from the first on.
    call : str
        The model as a command names it.
    last : int
        How many of the last blocks below are left out, one by one, before anything is cut.
    """
    few = min(_FEWEST, len(parties))
    screen: list[Block] = []
    for count in range(len(spare), -1, -1):
        more = [block for some in spare[:count] for block in some]
        screen = [*head, *_parties(parties, len(parties), call), *more, *below]
        if _length(screen) <= LINES:
            return iter(screen)
    for _left_out in range(last):
        below = below[:-1]
        screen = [*head, *_parties(parties, len(parties), call), *below]
        if _length(screen) <= LINES:
            return iter(screen)
    for verdict, most in (*((None, most) for most in (None, *_LONGEST)), *((most, most) for most in _LONGEST)):
        above = [_cut(block, verdict if _leads(block) else most) for block in head]
        lines = [replace(each, words=_shortened(each.words, 2, most)) for each in parties]
        for told in range(len(parties), few - 1, -1):
            screen = [*above, *_parties(lines, told, call), *below]
            if _length(screen) <= LINES:
                return iter(screen)
    return iter(screen)


def _parties(parties: Sequence[PartyLine], told: int, call: str) -> Iterator[Block]:
    """Tell of so many of the parties, those that matter most, and how many more there are."""
    if not parties:
        return
    yield heading(_("Party by party"))
    order = sorted(range(len(parties)), key=lambda k: (parties[k].weight, k))
    yield from (paragraph(parties[k].words, 2) for k in sorted(order[:told]))
    if rest := len(parties) - told:
        words = _n("{n} more party: bestand deals {model}", "{n} more parties: bestand deals {model}", rest, model=call)
        yield paragraph(words, 2)


def _length(blocks: Sequence[Block]) -> int:
    """Return how many lines of a page blocks take."""
    page = Page(WIDTH)
    return sum(page.printed(block).count("\n") + 1 for block in blocks)


def _leads(block: Block) -> bool:
    """Return whether a text is the verdict, or what it is about: it is cut last of all."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and "bold" in block.styles)


def _cut(block: Block, most: int | None) -> Block:
    """Return a text that takes at most so many lines."""
    match block:
        case Heading(words):
            return replace(block, words=_shortened(words, 0, most))
        case Paragraph(words, indent):
            return replace(block, words=_shortened(words, indent, most))
    return block


def _shortened(words: str, indent: int, most: int | None) -> str:
    """Return as many words of a text as so many lines hold."""
    if most is None or _length([paragraph(words, indent)]) <= most:
        return words
    kept: list[str] = []
    for word in words.split(" "):
        if _length([paragraph(" ".join([*kept, word, "…"]), indent)]) > most:
            break
        kept.append(word)
    return " ".join([*kept, "…"])
