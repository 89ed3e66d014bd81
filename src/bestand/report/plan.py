"""Does the plan hold: where, what keeps the parties there, and who breaks it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.analysis.loose import loose
from bestand.analysis.solution import Bools, Solution
from bestand.analysis.witness import Answer, Witness, witness
from bestand.engine.explicit import LOW, Ints
from bestand.model.formula import Formula, text
from bestand.stability.registry import EVERY
from bestand.texts import listing, number

from .blocks import Block
from .page import Page
from .words import grounds_words, percent, plural

_STRICTEST = ("nash", "brsseq", "sseq", "brseq", "seq", "smr", "gmr")  # the fewest equilibria first


def plan_answer(on: Page, solution: Solution, concepts: tuple[str, ...], plan: Formula) -> Iterator[Block]:
    """The answer to the question that the file asks, before everything else."""
    so = solution.space.holds(plan)
    total = int(so.sum())
    yield on.heading(f"Does it hold? The plan: {text(plan)}")
    if not total:
        yield on.paragraph("It is true in no feasible state.")
        return
    holding = {concept: so & solution.equilibria(concept) for concept in concepts}
    somewhere = [concept for concept in concepts if holding[concept].any()]
    if not somewhere:
        under = "any of the concepts asked" if len(concepts) > 1 else EVERY[concepts[0]].title
        yield on.paragraph(
            f"No. Of {plural(total, 'state')} in which the plan is true none is stable for every party under {under}."
        )
    else:
        yield on.paragraph(_where(solution, holding, somewhere, total))
        yield from _loosely(on, solution, holding, somewhere)
        common = _in_common(solution, np.logical_or.reduce([holding[c] for c in somewhere]), so)
        if common:
            yield on.paragraph(f"All of these have {listing(common)}; not every state in which the plan is true does.")
        yield from _kept(on, solution, holding, somewhere)
    yield from _enders(on, solution, concepts, so)


def _where(solution: Solution, holding: dict[str, Bools], somewhere: list[str], total: int) -> str:
    """In how many states of the kind it holds, and whether things lead there."""
    counts = listing([f"{number(int(holding[c].sum()))} under {c}" for c in somewhere])
    told = f"The plan is true in {plural(total, 'state')}; equilibria among them: {counts}."
    reach = solution.reach()
    if reach is None:
        return f"It can. {told}"
    reached = {concept: int((holding[concept] & reach.reached).sum()) for concept in somewhere}
    if not any(reached.values()):
        return f"Not from here. {told} Improvements lead from the status quo to none of these."
    now = [concept for concept in somewhere if holding[concept][reach.start]]
    if now:
        return f"It holds today, under {listing(now)}. {told}"
    led = listing([f"{number(count)} under {concept}" for concept, count in reached.items() if count])
    return f"It can. {told} Improvements lead from the status quo to {led}."


def _loosely(on: Page, solution: Solution, holding: dict[str, Bools], somewhere: list[str]) -> Iterator[Block]:
    """Which of these equilibria rest on answers that a sensible party would not choose."""
    for concept in somewhere:
        found = loose(solution, concept)
        count = 0 if found is None else int((found & holding[concept]).sum())
        if count:
            which = "all" if count == int(holding[concept].sum()) else number(count)
            verb = "is" if which == "1" else "are"
            yield on.paragraph(
                f"Of those under {concept} {which} {verb} held only by answers that are not the best move of whoever "
                f"gives them."
            )


def _in_common(solution: Solution, chosen: Bools, kind: Bools) -> list[str]:
    """Options that are the same in all chosen states, and not in all states of their kind."""
    told = []
    for k, option in enumerate(solution.model.options):
        yes = (solution.space.states >> np.uint64(k) & np.uint64(1)).astype(bool)
        for value, word in ((yes, "yes"), (~yes, "no")):
            if value[chosen].all() and not value[kind].all():
                told.append(f"{option.id} {word}")
    return told


def _kept(on: Page, solution: Solution, holding: dict[str, Bools], somewhere: list[str]) -> Iterator[Block]:
    """What keeps the parties in one state that holds: the nearest, under the strictest concept it holds under."""
    concept = min(somewhere, key=_STRICTEST.index)
    at = _nearest(solution, holding[concept])
    yield on.paragraph(f"{introduced(solution, at, f'One that holds under {concept}')}.")
    for i in range(len(solution.model.parties)):
        found = witness(solution, at, i, concept)
        if found.improvements:
            yield on.paragraph(
                f"What keeps {solution.model.parties[i].title} there: {grounds_words(solution, found)}.", 4
            )
    if solution.resting[at]:
        yield on.paragraph("Nobody can improve there.", 4)


def _enders(on: Page, solution: Solution, concepts: tuple[str, ...], so: Bools) -> Iterator[Block]:
    """Who would end the plan, from which share of the states of that kind, and how in the one nearest to today."""
    model, total = solution.model, int(so.sum())
    ended = {concept: [_ended(solution, i, concept, so) for i in range(len(model.parties))] for concept in concepts}
    ending = [concept for concept in concepts if any(by.any() for by in ended[concept])]
    if not ending:
        yield on.paragraph("No party would move from one of these states to one in which the plan is not true.")
        return
    yield on.paragraph("Who breaks it: the share of the states with the plan that a party would leave for one without")
    rows = []
    for i, party in enumerate(model.parties):
        rows.append((party.title, *(percent(int(ended[concept][i].sum()), total) for concept in concepts)))
    yield on.table(("", *concepts), rows)
    telling = most_telling(ending)
    at = _nearest(solution, np.logical_or.reduce(ended[telling]))
    yield on.paragraph(f"{introduced(solution, at, 'One that breaks')}.")
    for i, party in enumerate(model.parties):
        leaving = [concept for concept in ending if ended[concept][i][at]]
        if leaving:
            how = grounds_words(solution, _ending(solution, at, i, most_telling(leaving), so))
            yield on.paragraph(f"{party.title} would end it under {listing(leaving)}: {how}.", 4)


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
    better = [t for t in solution.space.targets(i, at) if rank[t] > rank[at]]
    moves = [t for t in better if not so[t] and prospect[t] > rank[at]]
    best = max(moves, key=lambda t: (int(rank[t]), -t))
    return Witness(at, i, concept, False, len(better), (Answer(best, (), False),))


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


def introduced(solution: Solution, at: int, what: str) -> str:
    """What a state is, told from today where there is a status quo."""
    model, there = solution.model, int(solution.space.states[at])
    if solution.space.status_quo is None:
        return f"{what} has {listing(model.taken(there)) or 'no option'} taken"
    today = model.mask(model.status_quo or ())
    changes = [
        f"{option.id} {'yes' if there >> k & 1 else 'no'}"
        for k, option in enumerate(model.options)
        if (today ^ there) >> k & 1
    ]
    return f"{what} differs from today by {listing(changes)}" if changes else f"{what} is today's state"
