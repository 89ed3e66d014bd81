"""The levers of a model, for people: those that turn the answer round before those that only move a share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Table, heading, paragraph, table
from bestand.model.changing import apply_readings, numbered
from bestand.model.formula import OptionAtom
from bestand.model.model import Model
from bestand.model.sentences import (
    ApplyReading,
    Change,
    Drop,
    DropRule,
    Exchange,
    Free,
    HoldOption,
    HoldParty,
    Place,
    StatementRef,
    Untie,
)
from bestand.model.validate import rule_text
from bestand.model.values import Statement
from bestand.model.wording import change_text, changes_text
from bestand.plan.ruling_words import kind_label, kind_words
from bestand.prose.changes import change_words
from bestand.prose.messages import _, _n, _p, _s, listing, number, said
from bestand.prose.moves import undrifted_words
from bestand.prose.names import formula_words, told_formula, wish_words
from bestand.prose.phrases import party_name
from bestand.prose.spoken import spoken
from bestand.prose.ties import commitment_words
from bestand.prose.words import percent, readings_words

from .moves_words import leading_words, reached_heading, reached_legend

if TYPE_CHECKING:
    from .answer import Cell, Levers, Tried

Wishes = dict[str, dict[int, Statement]]  # by party and number

_MOST = 20  # levers in the table unless told
_FORCED = 6  # levers that decide the question by themselves, named in the text


def blocks(answer: Levers) -> Iterator[Block]:
    """Tell the answer, in reading order."""
    model = spoken(answer.model)
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    yield from levers_part(answer, _MOST if answer.most is None else answer.most)


def levers_part(answer: Levers, most: int | None) -> Iterator[Block]:
    """Tell the answer without what it is about; ``most`` None lists every lever, by its clause alone."""
    model = spoken(answer.model)
    asked = told_formula(model, answer.formula)
    if answer.base.verdict is None:
        yield heading(_("Which lever changes whether there is an equilibrium with {formula}?", formula=asked))
    else:
        yield heading(_("Which lever changes the verdict on {formula}?", formula=asked))
    yield paragraph(" ".join(levers_summary(answer)))
    yield from forced_part(answer)
    every = answer.telling
    if every:
        shown = every[:most]
        yield heading(
            _("The levers that change most, {shown} of {all}", shown=number(len(shown)), all=number(len(every)))
        )
        legend = paragraph(" ".join(_legend(answer)))
        if most is None:
            yield from (legend, _table(answer, shown, None))
        else:
            wishes = wishes_told(model, answer.readings)
            yield _table(answer, shown, [lever_words(model, wishes, tried.changes[0]) for tried in shown])
            yield legend
    yield from _failed(answer)


def wishes_told(model: Model, readings: tuple[str, ...]) -> Wishes:
    """Return the statements of a model under some readings, by party and number."""
    return {party: dict(order) for party, order in numbered(model, apply_readings(model, readings)).items()}


def levers_summary(answer: Levers) -> Iterator[str]:
    """Tell how many levers turn the answer round, change something, change nothing: a sentence each."""
    tried = [each for each in answer.tried if not each.decides]
    other = [each for each in tried if answer.changes_verdict(each)]
    tried = [each for each in tried if each not in other]
    turning = sum(any(answer.flips(each)) for each in tried)  # "" stands for what is reached
    leading = sum(bool(answer.flips(each)) for each in tried) - turning
    moving = sum(answer.changes_counts(each) for each in tried) - turning - leading
    idle = len(tried) - turning - leading - moving
    if len(answer.tried) + len(answer.failed) < answer.of:
        yield _n(
            "{tried} of {n} lever, each pulled by itself.",
            "{tried} of {n} levers, each pulled by itself.",
            answer.of,
            tried=number(len(answer.tried)),
        )
    else:
        yield _n("{n} lever, pulled by itself.", "{n} levers, each pulled by itself.", len(answer.tried))
    if answer.base.verdict is not None:
        yield _verdicts(answer, other)
    yield _n(
        "{n} turns round, under some concept, whether there is such an equilibrium.",
        "{n} turn round, under some concept, whether there is such an equilibrium.",
        turning,
    )
    if leading:
        yield leading_words(answer.by, leading)
    yield _n(
        "{n} changes only how many equilibria there are, or in what share of them it is true.",
        "{n} change only how many equilibria there are, or in what share of them it is true.",
        moving,
    )
    yield _n("{n} changes nothing.", "{n} change nothing.", idle)
    yield from untried_words(answer)


def untried_words(answer: Levers) -> Iterator[str]:
    """Tell whose preferences no lever touches."""
    model = spoken(answer.model)
    rankings, weights = (listing(party_name(model, party) for party in some) for some in answer.unvaried)
    if rankings:
        yield _("Not tried is another ranking of states for {parties}.", parties=rankings)
    if weights:
        yield _("Not tried are other weights for {parties}.", parties=weights)


def _verdicts(answer: Levers, other: Sequence[Tried]) -> str:
    """Tell the verdict on the model as it is, and how many levers change it."""
    verdict = kind_words(answer.base.verdict or "")
    if not other:
        return _("The verdict, {verdict}, is the same with each of those tried.", verdict=verdict)
    return _n(
        "The verdict, {verdict}, changes with {n} of them.",
        "The verdict, {verdict}, changes with {n} of them.",
        len(other),
        verdict=verdict,
    )


def forced_part(answer: Levers) -> Iterator[Block]:
    """The levers that answer the question by what the words mean."""
    forced = [tried for tried in answer.tried if tried.decides]
    if not forced:
        return
    model = spoken(answer.model)
    names = [_named(model, tried.changes[0]) for tried in forced]
    if len(forced) > _FORCED:
        names = [*names[:_FORCED], _n("{n} more", "{n} more", len(forced) - _FORCED)]
    yield paragraph(
        _n(
            "Set aside is one, since it is then true in no state at all, or in every one: {levers}.",
            "Set aside are {n}, since it is then true in no state at all, or in every one: {levers}.",
            len(forced),
            levers=listing(names),
        )
    )


def _table(answer: Levers, shown: Sequence[Tried], about: list[str] | None) -> Table:
    """A row for each lever, with what it is about where that is told."""
    header = [_p("column of a table", "lever")]
    if answer.base.verdict is not None:
        header.append(_p("column of a table", "verdict"))
    header += answer.concepts
    if answer.base.resting is not None:
        header.append(reached_heading(answer.by))
    rows = [[_("(the model as it is)"), *_cells(answer, answer.base)]]
    rows += [[changes_text(tried.changes), *_cells(answer, tried)] for tried in shown]
    if about is None:
        return table(header, rows)
    header.append(_p("column of a table", "what it is"))
    rows = [[*row, words] for row, words in zip(rows, ["", *about], strict=True)]
    return table(
        header, rows, frozenset({0, 1, len(header) - 1} if answer.base.verdict is not None else {0, len(header) - 1})
    )


def _legend(answer: Levers) -> Iterator[str]:
    """Tell what the table tells, and what its signs mean."""
    if answer.base.resting is None:
        yield _("The table tells in what share of the equilibria it is true.")
    else:
        yield reached_legend(answer.by)
        if answer.instead is not None:
            yield undrifted_words(answer.instead)
    yield _("* the answer turns round, = no change, - there are none.")
    for party in {party: None for tried in answer.tried for party in tried.crosses}:
        yield _("† crosses the red line of {party}.", party=party_name(spoken(answer.model), party))


def _cells(answer: Levers, tried: Tried) -> list[str]:
    base = answer.base
    cells = [_verdict(answer, tried)] if base.verdict is not None else []
    cells += [_cell(tried.cells[concept], base.cells[concept], tried is base) for concept in answer.concepts]
    if base.resting is not None:
        cells.append("-" if tried.resting is None else _cell(tried.resting, base.resting, tried is base))
    return cells


def _verdict(answer: Levers, tried: Tried) -> str:
    """Return the cell of the verdict, with a cross where the lever crosses somebody's red line."""
    told = "=" if tried.verdict == answer.base.verdict and tried is not answer.base else kind_label(tried.verdict)
    return "".join([told, "*" if answer.changes_verdict(tried) else "", " †" if tried.crosses else ""])


def _cell(cell: Cell, base: Cell, first: bool) -> str:
    if cell == base and not first:
        return "="
    told = percent(cell.found, cell.of) if cell.of else "-"
    return f"{told}*" if cell.some != base.some else told


def _failed(answer: Levers) -> Iterator[Block]:
    """The levers that could not be tried, by the reason."""
    model = spoken(answer.model)
    reasons: dict[str, list[str]] = {}
    for tried in answer.failed:
        assert tried.reason is not None, "who was not tried has a reason"
        reasons.setdefault(said(tried.reason), []).append(_named(model, tried.changes[0]))
    for reason, names in reasons.items():
        yield paragraph(_("Not tried: {levers} ({reason}).", levers=listing(names), reason=reason))


def _named(model: Model, change: Change) -> str:
    """Tell a lever in a row of others: what is so with it, and as the file would have it."""
    return _("{words} [{formula}]", words=change_words(model, change).removesuffix("."), formula=change_text(change))


def lever_words(model: Model, wishes: Wishes, change: Change) -> str:
    """Tell what a lever pulls at, in the words of the file: a wish, an option, a rule, a reading.

    Parameters
    ----------
    model : Model
    wishes : dict of str to dict of int to Statement
        By party and number, under the readings that were applied first.
    change : Change
    """
    match change:
        case Drop(ref) | Place(ref):
            return _wishes(model, wishes, ref)
        case Exchange(one, other):
            return _wishes(model, wishes, one, other)
        case HoldOption(option=option) | Free(option):
            return formula_words(model, OptionAtom(option))
        case HoldParty(party):
            return _s("{Party} does not move", "{Party} do not move", party_name(model, party))
        case DropRule(number=k):
            rule = model.rules[k - 1]
            return rule.grounds.says or rule_text(rule)
        case Untie(commitment):
            return commitment_words(model, commitment)
        case ApplyReading(reading):
            return model.reading[reading].grounds.says or ""
        case _:
            return ""


def _wishes(model: Model, wishes: Wishes, *refs: StatementRef) -> str:
    """Whose wishes they are, and what they are."""
    statements = [wishes[ref.party][ref.number] for ref in refs]
    told = [wish_words(model, wish) for wish in statements]
    return _("{Party}: {wishes}", party=party_name(model, refs[0].party), wishes=listing(told))
