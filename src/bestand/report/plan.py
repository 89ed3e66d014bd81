"""Does the plan hold: where, what keeps the parties there, and who breaks it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.analysis.grounds.search import witness
from bestand.analysis.grounds.standing import standing
from bestand.analysis.grounds.witness import Answer, Witness
from bestand.analysis.loose import loose
from bestand.analysis.solution import Bools, Solution
from bestand.engine.explicit import LOW, Ints
from bestand.model.formula import Formula
from bestand.stability.registry import EVERY
from bestand.texts import _, _n, listing

from .blocks import Block, Bullets
from .explaining import grounds_words
from .naming import concept_name, concept_names, told_formula
from .page import Page
from .telling import option_words, party_name, state_words
from .words import percent, size

_STRICTEST = ("nash", "brsseq", "sseq", "brseq", "seq", "smr", "gmr")  # the fewest equilibria first


def plan_answer(on: Page, solution: Solution, concepts: tuple[str, ...], plan: Formula) -> Iterator[Block]:
    """The answer to the question that the file asks, before everything else."""
    so = solution.space.holds(plan)
    total = int(so.sum())
    yield on.heading(_("Does it hold? The plan: {plan}", plan=told_formula(solution.model, plan)))
    if not total:
        yield on.paragraph(never_true())
        return
    holding = {concept: so & solution.equilibria(concept) for concept in concepts}
    somewhere = [concept for concept in concepts if holding[concept].any()]
    if not somewhere:
        yield on.paragraph(nowhere(concepts, total))
    else:
        yield on.paragraph(" ".join(_where(solution, holding, somewhere, total)))
        yield from _loosely(on, solution, holding, somewhere)
        common = _in_common(solution, np.logical_or.reduce([holding[c] for c in somewhere]), so)
        if common:
            yield on.paragraph(
                _(
                    "What all of these have in common, and not every state in which the plan is true: {clauses}.",
                    clauses=listing(common),
                )
            )
        yield from _kept(on, solution, holding, somewhere)
    yield from _enders(on, solution, concepts, so)


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


def counts_words(counts: dict[str, int]) -> str:
    """How many there are under each concept: concepts of the same count together, those without any left out."""
    alike: dict[int, list[str]] = {}
    for concept, count in counts.items():
        if count:
            alike.setdefault(count, []).append(concept)
    told = (_("{number} under {concepts}", number=size(n), concepts=concept_names(ids)) for n, ids in alike.items())
    return "; ".join(told)


def _where(solution: Solution, holding: dict[str, Bools], somewhere: list[str], total: int) -> Iterator[str]:
    """In how many states of the kind it holds, and whether things lead there."""
    told = true_in(total, {concept: int(holding[concept].sum()) for concept in somewhere})
    reach = solution.reach()
    if reach is None:
        yield from (it_can(), told)
        return
    reached = {concept: int((holding[concept] & reach.reached).sum()) for concept in somewhere}
    now = [concept for concept in somewhere if holding[concept][reach.start]]
    if not any(reached.values()):
        yield from (_("Not from here."), told)
        yield _("Improvements lead from the status quo to none of these.")
    elif now:
        yield from (_("It holds today, under {concepts}.", concepts=concept_names(now)), told)
    elif all(reached[concept] == int(holding[concept].sum()) for concept in somewhere):
        yield from (it_can(), told)
        yield _("Improvements lead from the status quo to all of these.")
    else:
        yield from (it_can(), told)
        counts = counts_words(reached)
        yield _("Improvements lead from the status quo to some of these: to {counts}.", counts=counts)


def it_can() -> str:
    """That the plan holds somewhere."""
    return _("It can.")


def _loosely(on: Page, solution: Solution, holding: dict[str, Bools], somewhere: list[str]) -> Iterator[Block]:
    """Which of these equilibria rest on answers that a sensible party would not choose."""
    for concept in somewhere:
        found = loose(solution, concept)
        count = 0 if found is None else int((found & holding[concept]).sum())
        if not count:
            continue
        name = concept_name(concept)
        if count == int(holding[concept].sum()):
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
        yield on.paragraph(words)


def _in_common(solution: Solution, chosen: Bools, kind: Bools) -> list[str]:
    """What is done, or not done, in all chosen states, and not in all states of their kind: clauses."""
    model = solution.model
    told: list[str] = []
    for k, option in enumerate(model.options):
        taken = (solution.space.states >> np.uint64(k) & np.uint64(1)).astype(bool)
        for yes in (True, False):
            value = taken if yes else ~taken
            if value[chosen].all() and not value[kind].all():
                name = party_name(model, option.party)
                told.append(_("{party} {move}", party=name, move=option_words(model, option.id, yes)))
    return told


def _kept(on: Page, solution: Solution, holding: dict[str, Bools], somewhere: list[str]) -> Iterator[Block]:
    """What keeps the parties in one state that holds: the nearest, under the strictest concept it holds under."""
    model = solution.model
    concept = min(somewhere, key=_STRICTEST.index)
    at = _nearest(solution, holding[concept])
    mask = int(solution.space.states[at])
    yield on.paragraph(
        _("One that holds under {concept}: {state}.", concept=concept_name(concept), state=state_words(model, mask))
    )
    found = [witness(solution, mask, i, concept, 1) for i in range(len(model.parties))]
    tempted = [grounds_words(model, each) for each in found if each.improvements]
    if tempted:
        yield on.paragraph(_("What keeps the parties there:"))
        yield Bullets(tuple(tempted))
    if solution.resting[at]:
        yield on.paragraph(_("Nobody can improve there."))


def _enders(on: Page, solution: Solution, concepts: tuple[str, ...], so: Bools) -> Iterator[Block]:
    """Who would end the plan, from which share of the states of that kind, and how in the one nearest to today."""
    model, total = solution.model, int(so.sum())
    ended = {concept: [_ended(solution, i, concept, so) for i in range(len(model.parties))] for concept in concepts}
    ending = [concept for concept in concepts if any(by.any() for by in ended[concept])]
    if not ending:
        yield on.paragraph(
            _("No party has reason to move from one of these states to one in which the plan is not true.")
        )
        return
    yield on.paragraph(
        _("Who breaks it: the share of the states with the plan that a party has reason to leave for one without it.")
    )
    rows = []
    for i, party in enumerate(model.parties):
        rows.append((party.title, *(percent(int(ended[concept][i].sum()), total) for concept in concepts)))
    yield on.table(("", *concepts), rows)
    telling = most_telling(ending)
    at = _nearest(solution, np.logical_or.reduce(ended[telling]))
    yield on.paragraph(_("One that breaks: {state}.", state=state_words(model, int(solution.space.states[at]))))
    for i, party in enumerate(model.parties):
        leaving = [concept for concept in ending if ended[concept][i][at]]
        if leaving:
            how = grounds_words(model, _ending(solution, at, i, most_telling(leaving), so))
            name = party_name(model, party.id)
            if len(leaving) == len(concepts) > 1:
                verdict = _("{Party} has reason to end it, under every concept asked.", party=name)
            else:
                under = concept_names(leaving)
                verdict = _("{Party} has reason to end it, under {concepts}.", party=name, concepts=under)
            yield on.paragraph(f"{verdict} {how}", 4)


def _ended(solution: Solution, i: int, concept: str, so: Bools) -> Bools:
    """(S,): the states of the kind from which a party has a move to another kind that the concept does not deter."""
    engine = solution.engine
    gain = np.where(so, LOW, _prospect(solution, i, concept))
    return so & (engine.over_states(engine.best(i, engine.from_states(gain))) > solution.space.ranks[i])


def _prospect(solution: Solution, i: int, concept: str) -> Ints:
    """(S,): what a party has to reckon with where it moves: the criterion of `bestand.stability.concept`."""
    engine = solution.engine
    return engine.over_states(engine.lower(engine.rank(i), solution.risk(concept, i)))


def _ending(solution: Solution, at: int, i: int, concept: str, so: Bools) -> Witness:
    """The most tempting of those moves from one state."""
    rank, prospect = solution.space.ranks[i], _prospect(solution, i, concept)
    targets = solution.space.targets(i, at)
    better = [t for t in targets if rank[t] > rank[at]]
    moves = [t for t in better if not so[t] and prospect[t] > rank[at]]
    best = max(moves, key=lambda t: (int(rank[t]), -t))
    here, there = int(solution.space.states[at]), int(solution.space.states[best])
    shown = Answer(there, standing(solution.board, i, there, here))
    return Witness(here, i, concept, False, len(targets), len(better), (shown,))


def most_telling(concepts: list[str]) -> str:
    """Of the concepts under which a state is left, the one that reckons with the most answers."""
    replies = ("any", "credible", "best", "none")
    return min(concepts, key=lambda concept: (replies.index(EVERY[concept].replies), EVERY[concept].counters))


def _nearest(solution: Solution, chosen: Bools) -> int:
    """Of some states, one that is reached, if any; else the one that differs from today in the fewest options."""
    reach = solution.reach()
    found = np.flatnonzero(chosen if reach is None or not (chosen & reach.reached).any() else chosen & reach.reached)
    today = np.uint64(solution.model.mask(solution.model.status_quo or ()))
    return int(found[np.argmin(np.bitwise_count(solution.space.states[found] ^ today))])
