"""The appendix: the model as the file has it, and every number that the report rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, table
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.sentences import Forbid, Tie
from bestand.model.validate import rule_text
from bestand.model.values import Grounds, Priorities, Ranking
from bestand.model.wording import change_text, changes_text
from bestand.prose.claims import support_words
from bestand.prose.messages import _, _n, _p, _s
from bestand.prose.phrases import party_name
from bestand.prose.spoken import spoken
from bestand.questions.analyse.answer import Result
from bestand.questions.analyse.tables import column_names, option_table
from bestand.questions.analyse.words import equilibria_heading
from bestand.questions.vary.words import varied_part
from bestand.questions.what_if.levers_words import levers_part

from . import claims, equilibria, evolution, holding, method, parties, uncertain
from .common import chapter, deeper, running, section
from .parties import MOST_RANKED, marked, ranking_words

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report

MOST_COLUMNS = 10  # equilibria, or patterns of them, that are shown for a concept


def blocks(report: Report, call: str) -> Iterator[Block]:
    """Tell the model as the file has it, and every number."""
    yield chapter(_("Appendix: the model and every number"), opens=True)
    yield from method.run(report, call)
    yield section(_("What each party can do"))
    yield from parties.options(spoken(report.base))
    yield from _model(spoken(report.base))
    yield from claims.evidence(report)
    yield from holding.numbers(report)
    if report.result.listed is not None and report.result.stopped is None:
        if report.result.ruling is not None:
            yield from deeper(equilibria.blocks(report.result))
        yield from _equilibria(report.result)
        yield from evolution.pictures(report)
    if report.levers is not None:
        yield from deeper(levers_part(report.levers, None))
        if (picture := report.levers.figure()) is not None:
            yield picture
    if report.varied is not None and report.varied.looked_at:
        yield section(_("What is open, in numbers"))
        yield from uncertain.numbers(report)
        yield from deeper(varied_part(report.varied, report.within_reach), 2)


def _model(model: Model) -> Iterator[Block]:
    yield section(_("The model, as the file has it"))
    says, as_it_is = _p("column of a table", "what it says"), _p("column of a table", "in the file")
    rows = [(option.id, option.grounds.says or "", option.grounds.note or "") for option in model.options]
    note = _p("column of a table", "note")
    if rows:
        yield table((_p("column of a table", "option"), says, note), rows, (0, 1, 2), _("Options"))
    rows = [(outcome.name, text(outcome.formula), outcome.grounds.says or "") for outcome in model.outcomes]
    if rows:
        yield table((_p("column of a table", "outcome"), as_it_is, says), rows, (0, 1, 2), _("Outcomes"))
    rows = [(rule_text(rule), _words(rule.grounds)) for rule in model.rules]
    rows += [(f"{one.option}: {one.direction}", _words(one.grounds)) for one in model.one_way]
    rows += [
        (change_text(Forbid(each.party, each.source, each.target)), _words(each.grounds))
        for each in model.forbidden_moves
    ]
    rows += [(change_text(Tie(one.party, one.then, one.when)), _words(one.grounds)) for one in model.commitments]
    rows += [(f"coalesced: {text(formula)}", "") for formula in model.coalesced]
    if rows:
        caption = _("Rules, options that change in one direction only, and forbidden moves")
        yield table((as_it_is, says), rows, (0, 1), caption)
    yield from _wishes(model)
    rows = [(reading.id, changes_text(reading.changes), reading.grounds.says or "") for reading in model.readings]
    if rows:
        yield table((_p("column of a table", "reading"), as_it_is, says), rows, (0, 1, 2), _("Readings"))


def _wishes(model: Model) -> Iterator[Block]:
    for party in model.parties:
        preference = model.preferences.get(party.id)
        if isinstance(preference, Priorities) and preference.statements:
            rows = [
                (
                    marked(f"{party.id} {k}", preference, k),
                    text(wish.formula),
                    support_words(wish.grounds),
                    wish.grounds.note or "",
                )
                for k, wish in enumerate(preference.statements, start=1)
            ]
            header = (
                _p("column of a table", "wish"),
                _p("column of a table", "in the file"),
                _p("column of a table", "grounds"),
                _p("column of a table", "note"),
            )
            yield table(header, rows, (0, 1, 2, 3), _("Wishes of {party}", party=party.title))
        elif isinstance(preference, Ranking) and len(preference.groups) > MOST_RANKED:
            words = ranking_words(model, preference.groups, len(preference.groups))
            yield running(
                _s(
                    "{Party} ranks the states so: {ranking}",
                    "{Party} rank the states so: {ranking}",
                    party_name(model, party.id),
                    ranking=words,
                )
            )


def _words(grounds: Grounds) -> str:
    """Return what a thing says, and how it is founded."""
    said = grounds.says or ""
    if grounds.support == "none":
        return said
    return f"{said} ({support_words(grounds)})".strip()


def _equilibria(result: Result) -> Iterator[Block]:
    """Tell the equilibria under each concept, those with the same ones together."""
    model = spoken(result.model)
    for group in result.groups:
        yield section(equilibria_heading(group))
        if not group.total or group.columns is None:
            continue
        shown = group.columns.first(MOST_COLUMNS)
        names = [_named(name, group.concepts[0]) for name in column_names(model, shown)]
        yield option_table(model, result.today_column, shown, names)
        rest = group.total - sum(shown.counts)
        if rest:
            yield running(
                _n("{n} more equilibrium has no column here.", "{n} more equilibria have no column here.", rest)
            )


def _named(name: str, concept: str) -> str:
    """Return a name of a column that nothing else has: pictures number their equilibria in another way."""
    return f"{concept} {name.removeprefix('#')}" if name.startswith("#") else name
