"""How sure it is: in what share of the combinations of what is open things are so; over the words for likelihood, where
the file gives the chance of every answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bestand.document.blocks import Figure
from bestand.drawing.measure import lines, width
from bestand.drawing.sheet import LEADING, MARGIN, SMALL, WIDTH, Sheet
from bestand.model.values import Claim
from bestand.prose.claims import claim_words
from bestand.prose.likelihood import BOUNDS, bounds_words, scale
from bestand.prose.messages import _, _n, listing
from bestand.prose.names import formula_words, of_concepts
from bestand.prose.spoken import spoken

from .words import share_words

if TYPE_CHECKING:
    from .answer import Share, Variation

_LEFT, _RIGHT = 318.0, 584.0  # of the strips
_NUMBERS = _RIGHT + 14  # where the shares are written
_INDENT = 14.0
_GAP = 6.0  # before a title
_BAND = 10.5  # letters of the words for likelihood
_PAGE = 980.0  # room for the rows
_TOLD = 4  # formulas, and claims, that the alternative tells
_EDGES = (0.01, *(float(bound) for bound in BOUNDS), 0.99)  # what is never or always so gets no word


@dataclass(frozen=True)
class _Row:
    words: str
    share: Share


@dataclass(frozen=True)
class _Part:
    """Rows about one formula, or the claims."""

    title: str
    rows: tuple[_Row, ...]


def shares(answer: Variation, within_reach: Claim | None = None) -> Figure | None:
    """Draw in what share of the combinations the plan and the outcomes are true somewhere, and the claims hold.

    Parameters
    ----------
    answer : Variation
    within_reach : Claim, optional
        Of what was asked, the claim that improvements lead to an equilibrium with the plan: it stands with the plan.

    Returns
    -------
    Figure or None
        A dot for each share, with the interval where only some combinations were looked at. Concepts of the same share
        stand in one row. None where nothing was asked, or no combination leaves a state.
    """
    if answer.looked_at == answer.without_states:
        return None
    formulas, claims = tuple(_formulas(answer, within_reach)), _claims(answer, within_reach)
    count = sum(len(part.rows) for part in (*formulas, claims))
    if not count:
        return None
    kept = _cut((*formulas, claims))
    picture = _Strips(kept, weighed=answer.job.design.weighed)
    y = picture.draw(MARGIN)
    return picture.sheet.figure(
        y,
        _("How sure it is"),
        " ".join(_alternative(answer, formulas, claims)),
        " ".join(_caption(answer, picture, count - sum(len(part.rows) for part in kept))),
    )


def _formulas(answer: Variation, within_reach: Claim | None) -> Iterator[_Part]:
    """Yield the plan, whether things lead to it, and the other formulas: a row for the concepts of each share."""
    model, asked = spoken(answer.model), answer.job.concepts
    for k, formula in enumerate(answer.job.formulas):
        words = formula_words(model, formula)
        title = _("The plan: {formula}", formula=words) if formula == model.plan else words
        yield _Part(title, tuple(_rows({concept: each.share for concept, each in answer.formulas[k].items()}, asked)))
        if formula == model.plan and within_reach is not None:
            reached = tuple(_rows(answer.claims[within_reach.id].under, asked))
            yield _Part(_("The plan, where improvements lead from today"), reached)


def _rows(shares: Mapping[str, Share], asked: Sequence[str]) -> Iterator[_Row]:
    """Yield a row for each share, with the concepts that have it."""
    alike: dict[str, list[str]] = {}
    for concept, share in shares.items():
        alike.setdefault(repr(share), []).append(concept)
    for concepts in alike.values():
        yield _Row(_("under {concepts}", concepts=of_concepts(concepts, asked)), shares[concepts[0]])


def _claims(answer: Variation, within_reach: Claim | None) -> _Part:
    ids = {claim.id for claim in answer.job.claims if claim != within_reach}
    asked = (
        claim
        for claim in spoken(answer.model).claims
        if claim.id in ids and answer.claims[claim.id].by_definition is None
    )
    rows = (_Row(claim_words(claim), answer.claims[claim.id].verdicts["holds"]) for claim in asked)
    return _Part(_("Claims that hold"), tuple(rows))


def _cut(parts: Sequence[_Part]) -> list[_Part]:
    """Return the first parts, and rows of them, as many as a page holds."""
    kept: list[_Part] = []
    left = _PAGE
    for part in parts:
        left -= _GAP + _high(part.title, bold=True)
        rows: list[_Row] = []
        for row in part.rows:
            left -= _high(row.words)
            if left >= 0:
                rows.append(row)
        if rows:
            kept.append(_Part(part.title, tuple(rows)))
    return kept


def _lines(words: str, *, bold: bool = False) -> list[str]:
    """Return the lines of a title (bold), or the words of a row, which are indented."""
    return lines(words, SMALL, _LEFT - MARGIN - 14 - (0 if bold else _INDENT), 3, bold=bold)


def _high(words: str, *, bold: bool = False) -> float:
    return len(_lines(words, bold=bold)) * SMALL * LEADING + 5


class _Strips:
    """The strips on a sheet; over the bands of the words for likelihood, where all is weighed."""

    def __init__(self, parts: Sequence[_Part], *, weighed: bool) -> None:
        self._parts = parts
        self.weighed = weighed
        self.sheet = Sheet()
        self._words = [lines(words, _BAND, 46, 3) for words in scale()]
        spans = [self._span(k) for k in range(len(self._words))]
        whole = [" ".join(words) for words in self._words] == [*scale()]
        apart = all(one[1] + 1 <= other[0] for one, other in pairwise(spans)) and spans[-1][1] < WIDTH - MARGIN
        self.worded = weighed and whole and apart

    def draw(self, y: float) -> float:
        """Draw all of it; return where it ends."""
        about = _("in what share of the combinations this is true in some equilibrium")
        end = self.sheet.paragraph(MARGIN, y + SMALL, about, _LEFT - MARGIN - 48, size=SMALL, fill="quiet") - SMALL
        y = max(self._bands(y), end) if self.worded else end
        top, placed = y + 4, [*self._placed(y + 4)]
        bottom = placed[-1][1] + placed[-1][2] + 4
        for k, (low, high) in enumerate(pairwise(_EDGES)):
            if self.weighed and k % 2 == 0:
                self.sheet.rect(_x(low), top, _x(high) - _x(low), bottom - top)
        for percent in (0, 25, 50, 75, 100):
            x = _x(percent / 100)
            self.sheet.line(x, top, x, bottom, line="rule")
            self.sheet.text(x, bottom + SMALL + 3, f"{percent}%", size=SMALL, fill="quiet", anchor="middle")
        for what, at, _high in placed:
            if isinstance(what, _Row):
                self._row(what, at)
            else:
                self._title(what, at)
        return bottom + 2 * SMALL + 8

    def _span(self, k: int) -> tuple[float, float]:
        """Return from where to where the words of a band reach."""
        wide = max(width(line, _BAND) for line in self._words[k])
        x = self._middle(k)
        if k == 0:
            return x - wide, x
        return (x, x + wide) if k == len(self._words) - 1 else (x - wide / 2, x + wide / 2)

    def _middle(self, k: int) -> float:
        return _x((_EDGES[k] + _EDGES[k + 1]) / 2)

    def _bands(self, y: float) -> float:
        """Draw the words over the bands, each as low as the others; those at the ends lead outwards."""
        most = max(len(words) for words in self._words)
        last = len(self._words) - 1
        for k, words in enumerate(self._words):
            anchor = "end" if k == 0 else "start" if k == last else "middle"
            for line, word in enumerate(words):
                base = y + _BAND * (1 + (most - len(words) + line) * 1.15)
                self.sheet.text(self._middle(k), base, word, size=_BAND, fill="quiet", anchor=anchor)
        return y + _BAND * (1 + (most - 1) * 1.15) + 4

    def _placed(self, y: float) -> Iterator[tuple[_Row | str, float, float]]:
        """Yield titles and rows, each with its place and height."""
        for part in self._parts:
            yield part.title, y + _GAP, _high(part.title, bold=True)
            y += _GAP + _high(part.title, bold=True)
            for row in part.rows:
                yield row, y, _high(row.words)
                y += _high(row.words)

    def _title(self, words: str, y: float) -> None:
        for k, line in enumerate(_lines(words, bold=True)):
            self.sheet.text(MARGIN, y + SMALL + k * SMALL * LEADING, line, size=SMALL, bold=True)

    def _row(self, row: _Row, y: float) -> None:
        words = _lines(row.words)
        for k, line in enumerate(words):
            self.sheet.text(MARGIN + _INDENT, y + SMALL + k * SMALL * LEADING, line, size=SMALL)
        base = y + SMALL + (len(words) - 1) * SMALL * LEADING / 2
        self.sheet.text(_NUMBERS, base, share_words(row.share), size=SMALL, room=WIDTH - 4 - _NUMBERS)
        if math.isnan(row.share.share):
            return
        middle = base - SMALL * 0.36
        if row.share.low is not None and row.share.high is not None:
            self.sheet.line(_x(row.share.low), middle, _x(row.share.high), middle, line="bar", wide=2)
        self.sheet.rect(_x(row.share.share) - 4.5, middle - 4.5, 9, 9, fill="bar", corner=4.5)


def _x(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)


def _alternative(answer: Variation, formulas: Sequence[_Part], claims: _Part) -> Iterator[str]:
    yield _(
        "In what share of the combinations of answers to what is open it is true in some equilibrium, and in what "
        "share a claim holds."
    )
    for part in formulas[:_TOLD]:
        under = (_("{share} {under}", share=share_words(row.share), under=row.words) for row in part.rows)
        yield _("{name}: {says}.", name=part.title, says=listing(under))
    for row in claims.rows[:_TOLD]:
        yield _("The claim {claim} holds: {share}.", claim=row.words, share=share_words(row.share))
    rest = max(len(formulas) - _TOLD, 0) + max(len(claims.rows) - _TOLD, 0)
    if rest:
        yield _n("{n} more is in the picture.", "{n} more are in the picture.", rest)


def _caption(answer: Variation, picture: _Strips, hidden: int) -> Iterator[str]:
    yield _(
        "A dot is the share of the combinations of answers to what is open in which it is so: how much hangs on what "
        "is open, and no forecast."
    )
    if not answer.job.design.even:
        yield _("Combinations weigh as much as the chances that the file gives.")
    if not answer.exact:
        yield _("The line through it shows where the share lies, 19 times in 20.")
    if picture.worded:
        yield _("The bands and the words over them are those for likelihood (ICD 203).")
    elif picture.weighed:
        words = (_("{low} {words}", low=low, words=words) for low, words in zip(bounds_words(), scale(), strict=True))
        yield _("The bands are those of the words for likelihood (ICD 203): {words}.", words=listing(words))
    if hidden:
        yield _n("{n} more share is not shown.", "{n} more shares are not shown.", hidden)
