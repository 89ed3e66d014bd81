"""The summary: half a page that answers the question, and says who breaks it, what matters most, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Callout, Facts
from bestand.model.formula import OutcomeAtom
from bestand.model.model import Model
from bestand.plan.words import common_clauses, counts_words, verdict_sentences
from bestand.prose.claims import claim_words
from bestand.prose.messages import _, _n, _s, listing, said
from bestand.prose.names import concept_name, formula_words, of_concepts
from bestand.prose.phrases import party_name
from bestand.prose.spoken import spoken, worded
from bestand.prose.words import percent, size
from bestand.questions.vary.answer import VERDICTS
from bestand.questions.what_if.levers_words import untried_words
from bestand.stability.registry import leading

from .common import chapter, under
from .levers import harming, helping, lever_sentence
from .parties import support_counts, support_sentence
from .uncertain import plan_number, reached_sentence, somewhere_sentence

if TYPE_CHECKING:
    from bestand.plan.verdict import Verdict
    from bestand.questions.analyse.answer import Result
    from bestand.questions.analyse.drift import Drift
    from bestand.questions.claims.answer import Claims
    from bestand.questions.report.answer import Report
    from bestand.solve.claims import Verdict as ClaimVerdict


def blocks(report: Report) -> Iterator[Block]:
    """Tell the answer in half a page; its first line is the answer."""
    yield chapter(_("In short"))
    model, result = spoken(report.model), report.result
    if result.stopped is not None or result.listed is None:
        yield Callout(tuple(_in_part(model, result)))
        return
    yield Callout(tuple(_answer(model, result)))
    if report.stops:
        limits = "; ".join(map(said, report.stops))
        yield Callout((_("This report is not complete: {limits}.", limits=limits),), "warning")
    facts = tuple(_facts(report, model, result))
    if facts:
        yield Facts(facts)


def _answer(model: Model, result: Result) -> Iterator[str]:
    """Tell what is asked, and the answer."""
    if not any(group.total for group in result.groups):
        yield nothing_holds(result.concepts)
    if result.plan is None:
        yield from _without_plan(result)
        return
    yield _("Does it hold? The plan: {plan}.", plan=formula_words(model, result.plan.plan))
    yield verdict_in_short(result.plan)


def verdict_in_short(verdict: Verdict) -> str:
    """Tell what became of the plan, for whoever reads one sentence; with the concepts under which it is so."""
    asked = verdict.concepts
    match verdict.case:
        case "never true":  # no message: a case
            return _("No. The rules of the file leave no state in which it is true.")
        case "nowhere stable":  # no message: a case
            return _("No. Wherever it is true, some party has reason to leave.")
        case "holds today":  # no message: a case
            return _("It holds today, under {concepts}.", concepts=under(verdict.today, asked))
        case "within reach":  # no message: a case
            near = [concept for concept in verdict.somewhere if (verdict.reached or {}).get(concept)]
            return _(
                "It can, under {concepts}. Moves that pay for those who make them lead from today to states in which "
                "it lasts.",
                concepts=under(near, asked),
            )
        case "not from here":  # no message: a case
            return _(
                "Not from here. There are states in which it would last, under {concepts}; but no chain of moves that "
                "pay for those who make them leads to one.",
                concepts=under(verdict.somewhere, asked),
            )
        case _:
            return _(
                "It can, under {concepts}. There are states in which it lasts.",
                concepts=under(verdict.somewhere, asked),
            )


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
    verdict = result.plan
    if verdict is not None and verdict.somewhere:
        yield _("Where it would last"), _lasting(verdict)
        clauses = common_clauses(model, verdict)
        if clauses:
            yield _("What it takes"), _("Wherever it holds, {clauses}.", clauses=listing(clauses))
    if verdict is not None and verdict.states and verdict.ended is not None:
        yield _("Who breaks it"), _breakers(model, verdict, verdict.ended)
    if result.drift:
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


def _lasting(verdict: Verdict) -> str:
    """Tell in how many of the states in which the plan is true it is stable."""
    counts = verdict.equilibria
    low, high = min(counts.values()), max(counts.values())
    told = size(low) if low == high else _("{low} to {high}", low=size(low), high=size(high))
    sentence = _n(
        "In {told} of the {n} state in which it is true.",
        "In {told} of the {n} states in which it is true.",
        verdict.states,
        told=told,
    )
    if low == high:
        return sentence
    concept = leading(verdict.concepts)
    return _(
        "{Sentence} That depends on the concept; under {concept}, in {number}.",
        sentence=sentence,
        concept=concept_name(concept),
        number=size(counts[concept]),
    )


def _breakers(model: Model, verdict: Verdict, ended: Mapping[str, tuple[int, ...]]) -> str:
    """Tell which parties end the plan, and from what share of the states in which it is true."""
    told = [
        breaker
        for i, party in enumerate(model.parties)
        if (breaker := _breaker(party_name(model, party.id), verdict, ended, i))
    ]
    return " ".join(told) or _("Nobody has reason to end it where it is true.")


def _breaker(party: str, verdict: Verdict, ended: Mapping[str, tuple[int, ...]], i: int) -> str:
    """From what share of the states one party would end it, concepts of the same share together."""
    alike: dict[int, list[str]] = {}
    for concept in verdict.concepts:
        alike.setdefault(ended[concept][i], []).append(concept)
    if set(alike) == {0}:
        return ""
    shares = [
        _(
            "{share} under {concepts}",
            share=percent(count, verdict.states),
            concepts=of_concepts(concepts, verdict.concepts),
        )
        for count, concepts in alike.items()
    ]
    return _s(
        "{Party} has reason to end it, in this share of the states in which it is true: {shares}.",
        "{Party} have reason to end it, in this share of the states in which it is true: {shares}.",
        party,
        shares="; ".join(shares),
    )


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
    """Yield how likely it is that the plan holds somewhere, and that things lead there, given what is open."""
    varied = report.varied
    if varied is None or not varied.looked_at:
        return
    at, concept = plan_number(varied), leading(varied.job.concepts)
    if at is None:
        return
    told = [somewhere_sentence(varied, at, concept)]
    if report.within_reach is not None:
        told.append(reached_sentence(varied, report.within_reach, concept))
    yield _("How sure that is"), " ".join(told)


_MOST_NAMED = 4  # claims that hold, by their words


def _claims(claims: Claims) -> str:
    """Tell how many claims have which verdict, and which ones hold."""
    verdicts = [result.answer.verdict for result in claims.results]
    counts = {verdict: count for verdict in VERDICTS if (count := verdicts.count(verdict))}
    told = listing(_verdicts(verdict, count) for verdict, count in counts.items())
    sentence = _n("Of {n} claim, {verdicts}.", "Of {n} claims, {verdicts}.", len(verdicts), verdicts=told)
    holding = [
        claim_words(worded(claims.model, result.claim)) for result in claims.results if result.answer.verdict == "holds"
    ]
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
        yield " ".join(verdict_sentences(result.plan))
