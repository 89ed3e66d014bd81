"""Does the plan hold: where, what keeps the parties there, and who breaks it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.document.blocks import Block, Bullets, heading, paragraph, table
from bestand.model.formula import Formula
from bestand.prose.messages import _, _n, listing
from bestand.prose.names import concept_name, concept_names, told_formula
from bestand.prose.phrases import option_words, party_name, state_words
from bestand.prose.words import counts_words, percent, size
from bestand.solve.loose import loose
from bestand.solve.solution import Bools, Solution
from bestand.stability.registry import strictest
from bestand.witness.search import witness
from bestand.witness.words import grounds_words

from .verdict import Judged, case_of, ending_move, in_common, judged, most_telling, nearest


def plan_answer(solution: Solution, concepts: tuple[str, ...], plan: Formula) -> Iterator[Block]:
    """The answer to the question that the file asks, before everything else."""
    yield heading(_("Does it hold? The plan: {plan}", plan=told_formula(solution.model, plan)))
    yield from plan_part(solution, judged(solution, concepts, plan))


def plan_part(solution: Solution, found: Judged) -> Iterator[Block]:
    """The answer without the question."""
    yield paragraph(" ".join(verdict_sentences(solution, found)))
    if found.somewhere:
        yield from _loosely(solution, found)
        yield from _common(solution, found)
        yield from _kept(solution, found)
    if found.total:
        yield from enders(solution, found)


def verdict_sentences(solution: Solution, found: Judged) -> Iterator[str]:
    """Whether the plan holds, and in how many of the states in which it is true."""
    if not found.total:
        yield never_true()
    elif not found.somewhere:
        yield nowhere(found.concepts, found.total)
    else:
        yield from _where(solution, found)


def never_true() -> str:
    """That the plan cannot be."""
    return _("No. The plan is true in no feasible state.")


def nowhere(concepts: tuple[str, ...], total: int) -> str:
    """That the plan is true in so many states, and none of them is an equilibrium."""
    if len(concepts) == 1:
        return _n(
            "No. The plan is true in {number} state, which is not stable for every party under {concept}.",
            "No. The plan is true in {number} states, none of which is stable for every party under {concept}.",
            total,
            number=size(total),
            concept=concept_name(concepts[0]),
        )
    return _n(
        "No. The plan is true in {number} state, which is not stable for every party under any of the concepts asked.",
        "No. The plan is true in {number} states, none of which is stable for every party under any of the concepts "
        "asked.",
        total,
        number=size(total),
    )


def true_in(total: int, counts: dict[str, int]) -> str:
    """In how many states the plan is true, and how many of these are equilibria, by concept."""
    return _n(
        "The plan is true in {number} state; equilibria among them: {counts}.",
        "The plan is true in {number} states; equilibria among them: {counts}.",
        total,
        number=size(total),
        counts=counts_words(counts),
    )


def _where(solution: Solution, found: Judged) -> Iterator[str]:
    """In how many states of the kind it holds, and whether things lead there."""
    holding, somewhere = found.holding, found.somewhere
    told = true_in(found.total, {concept: int(holding[concept].sum()) for concept in somewhere})
    reach = solution.reach()
    if reach is None:
        yield from (it_can(), told)
        return
    reached = {concept: int((holding[concept] & reach.reached).sum()) for concept in somewhere}
    match case_of(solution, found):
        case "not from here":  # no message: a case
            yield from (_("Not from here."), told)
            yield _("Improvements lead from the status quo to none of these equilibria.")
        case "holds today":  # no message: a case
            now = [concept for concept in somewhere if holding[concept][reach.start]]
            yield from (_("It holds today, under {concepts}.", concepts=concept_names(now)), told)
        case _ if all(reached[concept] == int(holding[concept].sum()) for concept in somewhere):
            yield from (it_can(), told)
            yield _("Improvements lead from the status quo to all of these equilibria.")
        case _:
            yield from (it_can(), told)
            counts = counts_words(reached)
            yield _("Improvements lead from the status quo to some of these equilibria: to {counts}.", counts=counts)


def it_can() -> str:
    """That the plan holds somewhere."""
    return _("It can.")


def _loosely(solution: Solution, found: Judged) -> Iterator[Block]:
    """Which of these equilibria rest on answers that a sensible party would not choose."""
    for concept in found.somewhere:
        only = loose(solution, concept)
        count = 0 if only is None else int((only & found.holding[concept]).sum())
        if not count:
            continue
        name = concept_name(concept)
        if count == int(found.holding[concept].sum()):
            words = _n(
                "The one under {concept} is held only by answers that are not the best move of whoever gives them.",
                "All {n} under {concept} are held only by answers that are not the best move of whoever gives them.",
                count,
                concept=name,
            )
        else:
            words = _n(
                "Of those under {concept}, {n} is held only by answers that are not the best move of whoever gives "
                "them.",
                "Of those under {concept}, {n} are held only by answers that are not the best move of whoever gives "
                "them.",
                count,
                concept=name,
            )
        yield paragraph(words)


def _common(solution: Solution, found: Judged) -> Iterator[Block]:
    """What is the same wherever it holds."""
    clauses = common_clauses(solution, found)
    if clauses:
        yield paragraph(
            _(
                "What all of these have in common, and not every state in which the plan is true: {clauses}.",
                clauses=listing(clauses),
            )
        )


def common_clauses(solution: Solution, found: Judged) -> list[str]:
    """What is done, or not done, in all states in which the plan holds, and not in all in which it is true: clauses."""
    model = solution.model
    holds = np.logical_or.reduce([found.holding[concept] for concept in found.somewhere])
    return [
        _(
            "{party} {move}",
            party=party_name(model, option.partition(".")[0]),
            move=option_words(model, option, yes),
        )
        for option, yes in in_common(solution, holds, found.so)
    ]


def _one_that_holds(solution: Solution, found: Judged) -> tuple[str, int]:
    """The strictest concept under which the plan holds, and the state nearest to today in which it does."""
    concept = strictest(found.somewhere)[0]
    return concept, nearest(solution, found.holding[concept])


def _kept(solution: Solution, found: Judged) -> Iterator[Block]:
    """What keeps the parties in one state that holds."""
    model = solution.model
    concept, at = _one_that_holds(solution, found)
    mask = int(solution.space.states[at])
    yield paragraph(
        _(
            "An example in which it holds, under {concept}: {state}.",
            concept=concept_name(concept),
            state=state_words(model, mask),
        )
    )
    witnesses = [witness(solution, mask, i, concept, 1) for i in range(len(model.parties))]
    tempted = [grounds_words(model, each) for each in witnesses if each.improvements]
    if tempted:
        yield paragraph(_("What keeps the parties there:"))
        yield Bullets(tuple(tempted))
    if solution.resting[at]:
        yield paragraph(_("Nobody can improve there."))


def enders(solution: Solution, found: Judged) -> Iterator[Block]:
    """Who would end the plan, from which share of the states of that kind, and how in the one nearest to today."""
    model = solution.model
    if not found.ending:
        yield paragraph(_("No party has reason to move from one of these states to one in which the plan is not true."))
        return
    yield paragraph(
        _("Who breaks it: the share of the states with the plan that a party has reason to leave for one without it.")
    )
    rows = []
    for i, party in enumerate(model.parties):
        shares = (percent(int(found.ended[concept][i].sum()), found.total) for concept in found.concepts)
        rows.append((party.title, *shares))
    yield table(("", *found.concepts), rows)
    at = nearest(solution, _breaking(solution, found))
    yield paragraph(
        _("An example in which it breaks: {state}.", state=state_words(model, int(solution.space.states[at])))
    )
    for i in range(len(model.parties)):
        told = ended_words(solution, found, at, i)
        if told:
            yield paragraph(told, 4)


def _breaking(solution: Solution, found: Judged) -> Bools:
    """(S,): states in which somebody would end the plan; not the one that is shown to hold, where there are others."""
    ended = np.logical_or.reduce(found.ended[most_telling(found.ending)])
    if not found.somewhere or int(ended.sum()) == 1:
        return ended
    others = ended.copy()
    others[_one_that_holds(solution, found)[1]] = False
    return others


def ended_words(solution: Solution, found: Judged, at: int, i: int) -> str:
    """Under which concepts a party would end the plan in a state, and how; nothing where it would not."""
    model, concepts = solution.model, found.concepts
    leaving = [concept for concept in found.ending if found.ended[concept][i][at]]
    if not leaving:
        return ""
    how = grounds_words(model, ending_move(solution, at, i, most_telling(leaving), found.so))
    name = party_name(model, model.parties[i].id)
    if len(leaving) == len(concepts) > 1:
        verdict = _("{Party} has reason to end it, under every concept asked.", party=name)
    else:
        verdict = _("{Party} has reason to end it, under {concepts}.", party=name, concepts=concept_names(leaving))
    return f"{verdict} {how}"
