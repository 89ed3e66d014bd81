"""The summary: half a page that answers the question, and says who breaks it, what matters most, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Callout, Facts
from bestand.model.formula import OutcomeAtom
from bestand.model.model import Model
from bestand.plan.holding_words import holding_sentences
from bestand.plan.ruling_words import chain_words, concept_words, headline, keeper_words, signing_words, without_words
from bestand.plan.standings import standings_table
from bestand.plan.version_words import tells_versions, versions_blocks
from bestand.prose.claims import claim_words
from bestand.prose.messages import _, _n, listing, said
from bestand.prose.names import concept_name, formula_words, of_concepts
from bestand.prose.spoken import spoken, worded
from bestand.prose.words import counts_words
from bestand.questions.claims.findings import kind_of
from bestand.questions.vary.answer import VERDICTS
from bestand.questions.vary.words import verdict_lines
from bestand.questions.what_if.levers_words import untried_words

from .common import chapter, section
from .levers import harming, helping, lever_sentence
from .marks import verdict_mark
from .parties import support_counts, support_sentence
from .title import standings_title, versions_title
from .when import taken

if TYPE_CHECKING:
    from bestand.checks.ruling import Verdict as ClaimVerdict
    from bestand.plan.ruling_values import Ruling
    from bestand.questions.analyse.answer import Result
    from bestand.questions.analyse.drift import Drift
    from bestand.questions.claims.answer import Claims
    from bestand.questions.report.answer import Report


def blocks(report: Report) -> Iterator[Block]:
    """Tell the answer in half a page; its first line is the answer."""
    yield chapter(_("In short"))
    model, result = spoken(report.model), report.result
    if result.stopped is not None or result.listed is None:
        yield Callout(tuple(_in_part(model, result)))
        return
    ruling = result.ruling
    answer = (*_answer(model, result), *taken(report, model))
    yield Callout(answer, label=verdict_mark(ruling) if ruling else "")
    if report.stops:
        limits = "; ".join(map(said, report.stops))
        yield Callout((_("This report is not complete: {limits}.", limits=limits),), "warning")
    if ruling is not None and tells_versions(ruling):
        yield section(versions_title(ruling))
        yield from versions_blocks(model, ruling)
    if ruling is not None and ruling.kind != "cannot-be":
        yield section(standings_title(ruling))
        yield standings_table(model, ruling)
    facts = tuple(_facts(report, model, result))
    if facts:
        yield Facts(facts)


def without_verdict(report: Report) -> Iterator[Block]:
    """Tell what is known where there is no verdict on a plan."""
    model, result = spoken(report.model), report.result
    if result.stopped is not None or result.listed is None:
        yield Callout(tuple(_in_part(model, result)))
    else:
        yield Callout(tuple(_answer(model, result)))


def _answer(model: Model, result: Result) -> Iterator[str]:
    """Tell what is asked, and the answer."""
    if result.ruling is None and not any(group.total for group in result.groups):
        yield nothing_holds(result.concepts)
    if result.plan is None:
        yield from _without_plan(result)
        return
    yield _("Does it hold? The plan: {plan}.", plan=formula_words(model, result.plan.plan))
    if result.ruling is None:
        yield " ".join(holding_sentences(result.plan))
        return
    yield headline(model, result.ruling)
    yield from concept_words(result.ruling)
    yield without_words(model, result.ruling)


def nothing_holds(concepts: tuple[str, ...]) -> str:
    """That there is no equilibrium at all."""
    if len(concepts) == 1:
        return _(
            "Nothing holds: no state is stable for every party under {concept}.", concept=concept_name(concepts[0])
        )
    return _("Nothing holds: no state is stable for every party under any of the concepts asked.")


def _without_plan(result: Result) -> Iterator[str]:
    """Tell what holds in a model that names no plan."""
    counts = {concept: group.total for concept in result.concepts if (group := result.group(concept)) is not None}
    if any(counts.values()):
        yield _("The file names no plan. Equilibria: {counts}.", counts=counts_words(counts))
    if result.today is None:
        return
    if result.today.holding:
        concepts = of_concepts(result.today.holding, result.concepts)
        yield _("Things stay as they are today, under {concepts}.", concepts=concepts)
    else:
        yield _("Things do not stay as they are today, under any of the concepts asked.")


def _facts(report: Report, model: Model, result: Result) -> Iterator[tuple[str, str]]:
    if result.ruling is not None:
        yield from _parties(model, result.ruling)
    elif result.drift:
        yield _("Where it goes from here"), _drift(model, result.drift[0])
    yield from _levers(report)
    yield from _sure(report)
    if report.claims is not None and report.claims.results:
        yield _("The conclusions"), _claims(report.claims)
    if model.sources:
        counts = support_counts(model)
        if sum(counts.values()):
            rests = support_sentence(counts, sum(counts.values()))
            yield _("What it rests on"), _("{Sentence} This says nothing of their order.", sentence=rests)


def _parties(model: Model, ruling: Ruling) -> Iterator[tuple[str, str]]:
    """Tell who signs what would be signed, and what keeps each."""
    if ruling.lean:
        deal = ruling.lean[0]
        yield _("Who signs"), signing_words(model, deal, ruling.terms.consent)
        if not deal.kept and deal.chain:
            yield _("How it ends"), chain_words(model, deal)
            return
    keepers = ruling.by or (ruling.lean[0].by if ruling.lean else None)
    if keepers:
        yield _("What keeps it"), " ".join(keeper_words(model, party, keeper) for party, keeper in keepers.items())


def _drift(model: Model, drift: Drift) -> str:
    """Tell where improvements lead from today, and what is true in all places where they come to rest."""
    count = drift.resting or 0
    if drift.states == 1:
        return _("Nowhere: nobody can improve on things as they are.")
    if not count:
        return _("It does not come to rest: in every state that improvements lead to, some party can improve.")
    true = [formula_words(model, OutcomeAtom(name)) for name in drift.everywhere]
    if not true:
        return _n(
            "Improvements lead to {n} state in which nobody can improve any more.",
            "Improvements lead to {n} states in which nobody can improve any more.",
            count,
        )
    return _n(
        "Improvements lead to {n} state in which nobody can improve any more; true there: {outcomes}.",
        "Improvements lead to {n} states in which nobody can improve any more; true in all of them: {outcomes}.",
        count,
        outcomes=listing(true),
    )


def _levers(report: Report) -> Iterator[tuple[str, str]]:
    """Tell the single change that does most for the plan, and the one that does most against it."""
    levers = report.levers
    if levers is None:
        return
    helps, harms, model = helping(levers), harming(levers), spoken(levers.model)
    if helps is not None:
        yield _("The lever that helps most"), lever_sentence(model, levers, helps)
    if harms is not None:
        yield _("The lever that harms most"), lever_sentence(model, levers, harms)
    if helps is None and harms is None:
        none = _(
            "None of the single changes that were tried alters it, but those that make it true in no state, or in "
            "every one."
        )
        yield _("The levers"), " ".join([none, *untried_words(levers)])


def _sure(report: Report) -> Iterator[tuple[str, str]]:
    """Yield in how many combinations of what is open the plan comes to each verdict: counts, and no likelihood."""
    varied = report.varied
    if varied is not None and varied.looked_at and varied.plan is not None and varied.plan.kinds:
        lines = "; ".join(verdict_lines(varied, varied.plan))
        yield _("How sure that is"), _("What is open can be answered in many ways. {Counts}.", counts=lines)


_MOST_NAMED = 4  # claims that hold, by their words


def _claims(claims: Claims) -> str:
    """Tell how many claims have which verdict, and which ones hold."""
    found = claims.findings
    verdicts = [result.answer.verdict for result in found]
    counts = {verdict: count for verdict in VERDICTS if (count := verdicts.count(verdict))}
    told = [_verdicts(verdict, count) for verdict, count in counts.items()]
    kinds = [kind_of(result) for result in claims.results]
    if by_definition := kinds.count("by definition"):
        told.append(_n("{n} is true by definition", "{n} are true by definition", by_definition))
    if constructed := kinds.count("by construction"):
        told.append(_n("{n} could not come out otherwise here", "{n} could not come out otherwise here", constructed))
    sentence = _n(
        "Of {n} claim, {verdicts}.", "Of {n} claims, {verdicts}.", len(claims.results), verdicts=listing(told)
    )
    holding = [claim_words(worded(claims.model, result.claim)) for result in found if result.answer.verdict == "holds"]
    if not 0 < len(holding) <= _MOST_NAMED:
        return sentence
    return _("{Sentence} What holds: {claims}.", sentence=sentence, claims="; ".join(holding))


def _verdicts(verdict: ClaimVerdict, count: int) -> str:
    """So many claims with a verdict."""
    match verdict:
        case "holds":
            return _n("{n} holds", "{n} hold", count)
        case "does not hold":  # no message: what data say
            return _n("{n} does not hold", "{n} do not hold", count)
        case "depends on the concept":  # no message: what data say
            return _n("{n} depends on the concept", "{n} depend on the concept", count)
        case "cannot be said":  # no message: what data say
            return _n("nothing can be said of {n}", "nothing can be said of {n}", count)


def _in_part(model: Model, result: Result) -> Iterator[str]:
    """Tell the answer over sets of states, or that there is a part of one only."""
    if result.stopped is not None:
        yield _("This is a part of the answer. {Limit}.", limit=result.stopped)
        return
    if not any(group.total for group in result.groups):
        yield nothing_holds(result.concepts)
    if result.plan is not None:
        yield _("Does it hold? The plan: {plan}.", plan=formula_words(model, result.plan.plan))
        yield " ".join(holding_sentences(result.plan))
