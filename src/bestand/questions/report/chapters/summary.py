"""The summary: half a page that answers the question, and says who breaks it, what matters most, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block, Callout, Facts
from bestand.model.formula import OutcomeAtom
from bestand.model.model import Model
from bestand.plan.verdict import Verdict as PlanVerdict
from bestand.plan.words import common_clauses, verdict_sentences
from bestand.prose.claims import claim_words
from bestand.prose.messages import _, _n, listing, said
from bestand.prose.names import concept_name, formula_words, of_concepts
from bestand.prose.phrases import party_name
from bestand.prose.words import counts_words, percent, size
from bestand.questions.analyse.answer import Result
from bestand.questions.report.study import Study
from bestand.questions.vary.outcome import VERDICTS
from bestand.solve.claims import Verdict
from bestand.solve.solution import Solution

from .common import chapter, leading, under
from .levers import harming, helping, lever_sentence
from .parties import support_counts, support_sentence
from .uncertain import plan_number, reached_sentence, somewhere_sentence


def blocks(found: Study) -> Iterator[Block]:
    """The summary; its first line is the answer."""
    yield chapter(_("In short"))
    analysis, solution = found.analysis, found.listed
    if analysis.stopped or solution is None:
        yield Callout(tuple(_of_sets(found.model, analysis)))
        return
    yield Callout(tuple(_answer(found.model, analysis)))
    if found.limits:
        yield Callout(
            (_("This report is not complete: {limits}.", limits="; ".join(map(said, found.limits))),), "warning"
        )
    facts = tuple(_facts(found, solution, analysis.plan))
    if facts:
        yield Facts(facts)


def _answer(model: Model, analysis: Result) -> Iterator[str]:
    """What is asked, and the answer."""
    if not any(group.total for group in analysis.groups):
        yield nothing_holds(analysis.concepts)
    if analysis.plan is None:
        yield from _without_plan(analysis)
        return
    yield _("Does it hold? The plan: {plan}.", plan=formula_words(model, analysis.plan.plan))
    yield verdict_in_short(analysis.plan)


def verdict_in_short(verdict: PlanVerdict) -> str:
    """What became of the plan, for whoever reads one sentence; with the concepts under which it is so."""
    asked = verdict.concepts
    match verdict.case:
        case "never true":  # no message: a case
            return _("No. The rules of the file leave no state in which it is true.")
        case "nowhere stable":  # no message: a case
            return _("No. Wherever it is true, some party has reason to leave.")
        case "holds today":  # no message: a case
            return _("It holds today, under {concepts}.", concepts=under(verdict.today, asked))
        case "within reach" if verdict.reached is not None:  # no message: a case
            near = [concept for concept in verdict.somewhere if verdict.reached[concept]]
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


def _without_plan(analysis: Result) -> Iterator[str]:
    """What holds in a model that names no plan."""
    concepts = analysis.concepts
    known = {concept: group.total for group in analysis.groups for concept in group.concepts}
    if any(known.values()):
        counts = {concept: known[concept] for concept in concepts}
        yield _("The file names no plan. Equilibria: {counts}.", counts=counts_words(counts))
    if analysis.today is None:
        return
    holding = analysis.today.holding
    if holding:
        yield _("Things stay as they are today, under {concepts}.", concepts=of_concepts(holding, concepts))
    else:
        yield _("Things do not stay as they are today, under any of the concepts asked.")


def _facts(found: Study, solution: Solution, verdict: PlanVerdict | None) -> Iterator[tuple[str, str]]:
    if verdict is not None and verdict.somewhere:
        yield _("Where it would last"), _lasting(verdict)
        clauses = common_clauses(found.model, verdict)
        if clauses:
            yield _("What it takes"), _("Wherever it holds, {clauses}.", clauses=listing(clauses))
    if verdict is not None and verdict.states:
        yield _("Who breaks it"), _breakers(solution.model, verdict)
    drift = _drift(solution)
    if drift:
        yield _("Where it goes from here"), drift
    yield from _levers(found)
    yield from _sure(found)
    if found.claims:
        yield _("The conclusions"), _claims(found)
    if found.model.sources:
        counts = support_counts(found.model)
        if sum(counts.values()):
            rests = support_sentence(counts, sum(counts.values()))
            yield _("What it rests on"), _("{Sentence} This says nothing of their order.", sentence=rests)


def _lasting(verdict: PlanVerdict) -> str:
    """In how many of the states in which the plan is true it is stable."""
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


def _breakers(model: Model, verdict: PlanVerdict) -> str:
    """Which parties end the plan, and from what share of the states in which it is true."""
    told = [
        breaker
        for i, party in enumerate(model.parties)
        if (breaker := _breaker(party_name(model, party.id), verdict, i))
    ]
    return " ".join(told) or _("Nobody has reason to end it where it is true.")


def _breaker(party: str, verdict: PlanVerdict, i: int) -> str:
    """From what share of the states one party would end it, concepts of the same share together."""
    alike: dict[int, list[str]] = {}
    for concept, counts in () if verdict.ended is None else verdict.ended.items():
        alike.setdefault(counts[i], []).append(concept)
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
    return _(
        "{Party} has reason to end it, in this share of the states in which it is true: {shares}.",
        party=party,
        shares="; ".join(shares),
    )


def _drift(solution: Solution) -> str:
    """Where improvements lead from today, and what is true in all places where they come to rest."""
    reach, model = solution.reach(), solution.model
    if reach is None:
        return ""
    resting = reach.reached & solution.resting
    count = int(resting.sum())
    if int(reach.reached.sum()) == 1:
        return _("Nowhere: nobody can improve on things as they are.")
    if not count:
        return _("It does not come to rest: in every state that improvements lead to, some party can improve.")
    true = [
        formula_words(model, OutcomeAtom(outcome.name))
        for outcome in model.outcomes
        if solution.space.holds(OutcomeAtom(outcome.name))[resting].all()
    ]
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


def _levers(found: Study) -> Iterator[tuple[str, str]]:
    """The single change that does most for the plan, and the one that does most against it."""
    if found.levers is None:
        return
    helps, harms = helping(found.levers), harming(found.levers)
    model = found.question.model
    if helps is not None:
        yield _("The lever that helps most"), lever_sentence(model, found.levers, helps)
    if harms is not None:
        yield _("The lever that harms most"), lever_sentence(model, found.levers, harms)
    if helps is None and harms is None:
        none = _("No single change alters it, but those that make it true in no state, or in every one.")
        yield _("The levers"), none


def _sure(found: Study) -> Iterator[tuple[str, str]]:
    """How likely it is that the plan holds somewhere, and that things lead there, given what is open."""
    varied = found.varied
    if varied is None or not varied.looked_at:
        return
    at, concept = plan_number(varied), leading(varied.job.concepts)
    if at is None:
        return
    told = [somewhere_sentence(varied, at, concept)]
    if found.within_reach is not None:
        told.append(reached_sentence(varied, found.within_reach, concept))
    yield _("How sure that is"), " ".join(told)


_MOST_NAMED = 4  # claims that hold, by their words


def _claims(found: Study) -> str:
    """How many claims have which verdict, and which ones hold."""
    verdicts = [result.answer.verdict for result in found.claims]
    counts = {verdict: count for verdict in VERDICTS if (count := verdicts.count(verdict))}
    told = listing(_verdicts(verdict, count) for verdict, count in counts.items())
    sentence = _n("Of {n} claim, {verdicts}.", "Of {n} claims, {verdicts}.", len(verdicts), verdicts=told)
    holding = [claim_words(result.claim) for result in found.claims if result.answer.verdict == "holds"]
    if not 0 < len(holding) <= _MOST_NAMED:
        return sentence
    return _("{Sentence} What holds: {claims}.", sentence=sentence, claims="; ".join(holding))


def _verdicts(verdict: Verdict, count: int) -> str:
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


def _of_sets(model: Model, analysis: Result) -> Iterator[str]:
    """The answer over sets of states, or that there is a part of one only."""
    if analysis.stopped:
        yield _("This is a part of the answer. {Limit}.", limit=analysis.stopped)
        return
    if not any(group.total for group in analysis.groups):
        yield nothing_holds(analysis.concepts)
    if analysis.plan is not None:
        yield _("Does it hold? The plan: {plan}.", plan=formula_words(model, analysis.plan.plan))
        yield " ".join(verdict_sentences(analysis.plan))
