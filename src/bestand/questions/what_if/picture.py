"""The levers that change the answer most, as a tornado: from the share as the model stands to that with the lever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from bestand.document.blocks import Figure
from bestand.drawing.measure import lines
from bestand.drawing.sheet import LEADING, MARGIN, SMALL, WIDTH, Sheet
from bestand.model.model import Model
from bestand.prose.changes import change_words
from bestand.prose.messages import _, _n, _p, number
from bestand.prose.names import concept_name, formula_words
from bestand.prose.spoken import spoken
from bestand.prose.words import percent
from bestand.stability.registry import leading

from .levers_words import wishes_told
from .picture_words import done_words, lever_label, turned_words

if TYPE_CHECKING:
    from .answer import Cell, Levers, Tried

_LEFT, _RIGHT = 352.0, 574.0  # of the bars
_WORDS = _LEFT - MARGIN - 20  # room for what a lever is
_RESULT = WIDTH - MARGIN - _RIGHT - 26  # room for what it comes to
_LINES = 3
_BAR = 12.0
_TICKS = {1: 1, 2: 1, 5: 1, 10: 2, 20: 5, 30: 10, 50: 10, 100: 25}  # from one number of an axis to the next, by its end
_TOLD = 5  # levers that the alternative tells


@dataclass(frozen=True)
class _Bar:
    """A lever, and what the share is with it.

    Parameters
    ----------
    tried : Tried
    cell : Cell
    shift : Fraction
        What it changes the share by.
    turned : tuple of str
        Where it turns the answer round: concepts, and "" for what is reached.
    turns : bool
        Whether it does so under the concept of the bars.
    told : list of str
        The lines that say what the lever is.
    more : list of str
        Those that say what is done to that, and where it turns the answer round.
    """

    tried: Tried
    cell: Cell
    shift: Fraction
    turned: tuple[str, ...]
    turns: bool
    told: list[str]
    more: list[str]

    @property
    def height(self) -> float:
        """Room for its words, and for those beside it."""
        return max(len(self.told) + len(self.more), len(self.result)) * SMALL * LEADING + 12

    @property
    def result(self) -> list[str]:
        """The share with the lever, and whether that turns the answer round."""
        told = [_result_words(self.cell)]
        if self.turns:
            told.append(_("true somewhere") if self.cell.some else _("true nowhere"))
        return [line for words in told for line in lines(words, SMALL, _RESULT, 2, bold=self.turns)]


def tornado(answer: Levers, concept: str | None = None, most: int = 12) -> Figure | None:
    """Draw the levers that change most in what share of the equilibria the formula is true.

    Parameters
    ----------
    answer : Levers
    concept : str, optional
        The one under which most levers change something, unless told.
    most : int
        How many levers to show.

    Returns
    -------
    Figure or None
        None where no lever changes a share or turns the answer round. The levers that turn it round come first, be it
        under another concept or only in what is reached; then those that only change how often the formula is true; the
        longest bars of each first. Levers that decide the question by what the words mean are left out.
    """
    concept = concept or _telling(answer)
    if concept is None:
        return None
    every = _telling_levers(answer, concept)
    if not every:
        return None
    model = spoken(answer.model)
    wishes = wishes_told(model, answer.readings)
    shown = [
        _bar(answer, concept, tried, lines(lever_label(model, wishes, tried.changes[0]), SMALL, _WORDS, _LINES))
        for tried in _picked(answer, every, most)
    ]
    base = answer.base.cells[concept]
    picture = _Tornado(base, shown)
    y = picture.draw(_under(concept), _headline(model, answer, concept))
    return picture.sheet.figure(
        y,
        _("The levers that change the answer most"),
        " ".join(_alternative(model, answer, concept, shown)),
        " ".join(_caption(answer, concept, shown, every)),
    )


def _telling(answer: Levers) -> str | None:
    """The concept under which most levers change something; of several, sequential stability or else the first."""
    order = sorted(answer.concepts, key=lambda concept: concept != leading(answer.concepts))
    return max(order, key=lambda concept: len(_moving(answer, concept)), default=None)


def _moving(answer: Levers, concept: str) -> list[Tried]:
    """The levers that change a share, those that settle it by their words left out; the largest change first."""
    moving = [each for each in answer.tried if not each.decides and _shift(answer, concept, each)]
    return sorted(moving, key=lambda each: -abs(_shift(answer, concept, each)))


def _telling_levers(answer: Levers, concept: str) -> list[Tried]:
    """Those that turn the answer round, under the concept of the bars first, then the others that change a share."""
    moving = _moving(answer, concept)
    still = [each for each in answer.tried if not each.decides and each not in moving and answer.flips(each)]
    return sorted([*moving, *still], key=lambda each: _order(answer.flips(each), concept))


def _order(turned: Sequence[str], concept: str) -> int:
    return 0 if concept in turned else 1 if turned else 2


def _shift(answer: Levers, concept: str, tried: Tried) -> Fraction:
    return tried.cells[concept].share - answer.base.cells[concept].share


def _picked(answer: Levers, every: Sequence[Tried], most: int) -> list[Tried]:
    """The largest changes, with room for levers that turn the answer round, which come first."""
    turning = [each for each in every if answer.flips(each)]
    others = [each for each in every if not answer.flips(each)]
    room = max(most // 2, most - len(others))
    return [*turning[:room], *others[: most - min(len(turning), room)]]


def _bar(answer: Levers, concept: str, tried: Tried, told: list[str]) -> _Bar:
    turned = answer.flips(tried)
    more = [done_words(tried.changes[0]), *turned_words(answer, tried, concept)]
    set_ = [line for words in more if words for line in lines(words, SMALL, _WORDS, _LINES)]
    return _Bar(tried, tried.cells[concept], _shift(answer, concept, tried), turned, concept in turned, told, set_)


def _under(concept: str) -> str:
    return _("All bars are of the equilibria under {concept}.", concept=concept_name(concept))


def _headline(model: Model, answer: Levers, concept: str) -> str:
    return _(
        "In what share of the equilibria under {concept} this is true: {formula}",
        concept=concept_name(concept),
        formula=formula_words(model, answer.formula),
    )


class _Tornado:
    """The bars on a sheet."""

    def __init__(self, base: Cell, shown: Sequence[_Bar]) -> None:
        self._base, self._shown = base, shown
        highest = 100 * max([base.share, *(bar.cell.share for bar in shown)])
        self._end = next(end for end in _TICKS if highest <= end)
        self.sheet = Sheet()

    def draw(self, under: str, headline: str) -> float:
        """All of it, below a line that tells of which equilibria; returns where it ends."""
        y = self.sheet.paragraph(MARGIN, MARGIN + SMALL, under, WIDTH - 2 * MARGIN, size=SMALL, bold=True)
        y = self.sheet.paragraph(MARGIN, y, headline, WIDTH - 2 * MARGIN, size=SMALL, fill="quiet")
        top = y + 4 + SMALL
        self._base_label(top)
        places = self._placed(top + 6)
        y = places[-1][1] + places[-1][0].height
        for k, (bar, place) in enumerate(places):
            if k % 2 == 0:
                self.sheet.rect(MARGIN - 4, place, WIDTH - 2 * MARGIN + 8, bar.height)
        self._axis(top + 6, y)
        for bar, place in places:
            self._bar(bar, place)
        x = self._x(self._base.share)
        self.sheet.line(x, top + 6, x, y, line="strong", wide=1.5)
        return y + SMALL * 2 + MARGIN

    def _placed(self, y: float) -> list[tuple[_Bar, float]]:
        """Return where each bar stands, below the title of its part."""
        places: list[tuple[_Bar, float]] = []
        titles = {True: _("Turns the answer round"), False: _("Changes only how often it is true")}
        for turns, part in groupby(self._shown, lambda bar: bool(bar.turned)):
            self.sheet.text(MARGIN, y + SMALL + 4, titles[turns], size=SMALL, bold=True, room=_WORDS)
            y += SMALL * 2
            for bar in part:
                places.append((bar, y))
                y += bar.height
        return places

    def _x(self, share: Fraction) -> float:
        return _LEFT + float(100 * share) / self._end * (_RIGHT - _LEFT)

    def _base_label(self, y: float) -> None:
        """Return what the line in the middle is, over it."""
        words = _("as the model stands: {share}", share=percent(self._base.found, self._base.of))
        x = self._x(self._base.share)
        if x <= (_LEFT + _RIGHT) / 2:
            self.sheet.text(x - 3, y, words, size=SMALL, bold=True, room=WIDTH - MARGIN - x)
        else:
            self.sheet.text(x + 3, y, words, size=SMALL, bold=True, anchor="end", room=x - MARGIN)

    def _axis(self, top: float, bottom: float) -> None:
        for tick in range(0, self._end + 1, _TICKS[self._end]):
            x = self._x(Fraction(tick, 100))
            self.sheet.line(x, top, x, bottom, line="rule")
            self.sheet.text(x, bottom + SMALL + 4, f"{tick}%", size=SMALL, fill="quiet", anchor="middle")

    def _bar(self, bar: _Bar, y: float) -> None:
        told = len(bar.told) + len(bar.more)
        base = y + bar.height / 2 + SMALL * (0.36 - (told - 1) * LEADING / 2)
        for k, line in enumerate((*bar.told, *bar.more)):
            self.sheet.text(MARGIN, base, line, size=SMALL, fill="ink" if k < len(bar.told) else "quiet")
            base += SMALL * LEADING
        middle, fill = y + bar.height / 2, "more" if bar.shift > 0 else "less"
        if bar.shift:
            ends = sorted((self._x(self._base.share), self._x(bar.cell.share)))
            self.sheet.rect(ends[0], middle - _BAR / 2, max(ends[1] - ends[0], 2), _BAR, fill=fill)
        self._result(bar, middle, fill)

    def _result(self, bar: _Bar, y: float, fill: str) -> None:
        """Up, down or neither, and what it comes to."""
        x, up = _RIGHT + 12, -1 if bar.shift > 0 else 1
        base = y + SMALL * (0.36 - (len(bar.result) - 1) * LEADING / 2)
        middle = base - SMALL * 0.36
        if bar.shift:
            self.sheet.path(f"M{x:.1f} {middle + 5 * up:.1f}l5 {-9 * up}h-10Z", fill=fill)
        for k, line in enumerate(bar.result):
            self.sheet.text(x + 10, base + k * SMALL * LEADING, line, size=SMALL, bold=bar.turns)


def _result_words(cell: Cell) -> str:
    return percent(cell.found, cell.of) if cell.of else _p("cell: there is none", "no equilibrium")


def _alternative(model: Model, answer: Levers, concept: str, shown: Sequence[_Bar]) -> Iterator[str]:
    base = answer.base.cells[concept]
    yield _("{headline}.", headline=_headline(model, answer, concept))
    yield _(
        "As the model stands: {share}, {found} of {of}.",
        share=percent(base.found, base.of),
        found=number(base.found),
        of=number(base.of),
    )
    for bar in shown[:_TOLD]:
        change = " ".join(change_words(model, each) for each in bar.tried.changes)
        told = _result_words(bar.cell)
        if bar.turns:
            yield _("{change} Then: {share}, which turns the answer round.", change=change, share=told)
        else:
            yield _("{change} Then: {share}.", change=change, share=told)
        yield from turned_words(answer, bar.tried, concept)
    if len(shown) > _TOLD:
        yield _n("{n} more lever is in the picture.", "{n} more levers are in the picture.", len(shown) - _TOLD)


def _caption(answer: Levers, concept: str, shown: Sequence[_Bar], every: Sequence[Tried]) -> Iterator[str]:
    yield _("Each bar is one lever, pulled by itself: from the share as the model stands to the share with it.")
    yield _n(
        "{shown} of {n} lever that turns the answer round, or changes the share under {concept}, is shown.",
        "{shown} of {n} levers that turn the answer round, or change the share under {concept}, are shown.",
        len(every),
        shown=number(len(shown)),
        concept=concept_name(concept),
    )
    decided = sum(tried.decides for tried in answer.tried)
    if decided:
        yield _n(
            "{n} is left out, since by its words alone the formula is then always true or never.",
            "{n} are left out, since by their words alone the formula is then always true or never.",
            decided,
        )
    if len(answer.tried) + len(answer.failed) < answer.of:
        yield _n(
            "Only {tried} of {n} lever was tried.", "Only {tried} of {n} levers were tried.", answer.of,
            tried=number(len(answer.tried)),
        )  # fmt: skip
