"""The answer of ``coalitions`` for people to read: what parties would leave together, for what, and what lasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from bestand.analysis.coalitions.asked import Answered
from bestand.analysis.coalitions.leaving import Departure
from bestand.analysis.coalitions.merged import MergedStudy
from bestand.analysis.coalitions.study import LOOKED_AT, Study, Way, nearest
from bestand.analysis.solution import Solution
from bestand.engine.spec import Parties
from bestand.model.formula import OutcomeAtom
from bestand.texts import listing, number

from .blocks import Block
from .page import Page
from .plan import introduced
from .terminal import title
from .words import lower_percent, path_words, plural, state_words

MOST_STATES = 4  # equilibria that are told one by one, of a concept
MOST_LABELS = 16
MOST_COALITIONS = 5  # that leave one state
MOST_ROWS = 16  # coalitions in a table
_SIZES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def answer(on: Page, answered: Answered, readings: tuple[str, ...] = ()) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    on : Page
    answered : Answered
    readings : tuple of str
        Those that were applied to the model.
    """
    study = answered.study
    yield from title(on, study.solution, readings)
    yield on.paragraph(_looked_at(study), 0)
    if answered.ways is not None:
        yield from _ways(on, answered)
    elif answered.state is not None:
        yield from _one_state(on, answered)
    else:
        yield from _overview(on, study)
        yield from _leaving(on, answered)
        yield from _lasting(on, study)
    if answered.stopped:
        yield on.heading("This is a part of the answer", "yellow")
        yield on.paragraph(f"{answered.stopped[0].upper()}{answered.stopped[1:]}.")


def _looked_at(study: Study) -> str:
    """Which coalitions are looked at, and what an improvement is."""
    if len(study.coalitions) == 1:
        told = f"Looked at: {_together(study, study.coalitions[0])}."
    else:
        sizes = Counter(map(len, study.coalitions))
        told = f"Looked at: {listing(f'{number(n)} of {_size(k)}' for k, n in sorted(sizes.items()))}."
        told = told.replace("Looked at:", "Coalitions looked at:")
    gain = "some of them prefer and none likes less" if study.together.pareto else "each of them prefers"
    return (
        f"{told} A coalition improves on a state by moving together, one member after another, to a state that {gain}."
    )


def _size(k: int) -> str:
    return _SIZES[k] if k < len(_SIZES) else str(k)


def _together(study: Study, coalition: Parties) -> str:
    return listing(study.solution.model.parties[j].title for j in coalition)


def _overview(on: Page, study: Study) -> Iterator[Block]:
    """How many equilibria coalitions would leave, by concept and coalition."""
    concepts = study.done
    yield on.heading("Equilibria that parties would leave together")
    if not study.compared:
        yield on.paragraph(
            f"The states are too many to compare with one another: of each concept the {_size(LOOKED_AT)} equilibria "
            "nearest to the status quo are looked at."
        )
    counts = {c: (int(study.looked(c).sum()), int(study.lasting(c).sum())) for c in concepts}
    rows = [("equilibria looked at", *(number(every) for every, _ in counts.values()))]
    rows += [("stable for every coalition looked at", *(number(lasting) for _, lasting in counts.values()))]
    left = {H: [int(study.left(c, H).sum()) for c in concepts] for H in study.coalitions}
    rows.append(("left by",))
    shown = sorted(study.coalitions, key=lambda H: (len(H), H)) if len(left) <= MOST_ROWS else _most(left)
    rows += [(f"  {_together(study, H)}", *(number(count) for count in left[H])) for H in shown]
    yield on.table(("", *concepts), rows)
    if len(shown) < len(left):
        yield on.paragraph(
            f"and {plural(len(left) - len(shown), 'more coalition')} that leave fewer: --size, --members"
        )


def _most(left: dict[Parties, list[int]]) -> list[Parties]:
    return sorted(left, key=lambda H: (-sum(left[H]), len(H), H))[:MOST_ROWS]


def _leaving(on: Page, answered: Answered) -> Iterator[Block]:
    """The nearest equilibria one by one, under the concept that has the fewest: who would leave them, and for what."""
    study = answered.study
    counts = {concept: int(study.looked(concept).sum()) for concept, told in answered.departures.items() if told}
    if not counts:
        return
    concept = min(counts, key=lambda each: counts[each])
    told = answered.departures[concept]
    some = "" if len(told) == counts[concept] else f", the {_size(len(told))} nearest of {number(counts[concept])}"
    yield on.heading(f"Equilibria under {concept}{some}: who would leave them together")
    for at, found in told.items():
        yield from _departures(on, study, at, [(each, []) for each in found])
    yield on.paragraph("--state STATE asks about any other, --concepts NAME about those of another concept.", 2, "dim")


def _departures(on: Page, study: Study, at: int, found: list[tuple[Departure, list[str]]]) -> Iterator[Block]:
    yield on.paragraph(f"{_named(study, at)}: {'would be left by' if found else 'no coalition would leave it.'}")
    for each, concepts in found[:MOST_COALITIONS]:
        under = f" under {listing(concepts)}" if 0 < len(concepts) < len(study.concepts) else ""
        yield on.paragraph(f"{_departure(study, each, under)}", 4)
    if len(found) > MOST_COALITIONS:
        yield on.paragraph(f"and {number(len(found) - MOST_COALITIONS)} more ways (--json lists them)", 4)


def _departure(study: Study, departure: Departure, under: str = "") -> str:
    """Who leaves together, along which moves, for what, and what each makes of it."""
    model, states = study.solution.model, study.solution.space.states
    steps = [(model.parties[step.party].id, int(states[step.state])) for step in departure.path]
    label = model.labels.get(model.bits(int(states[departure.target])))
    told = f"{_together(study, departure.coalition)}{under}{'' if label is None else f', for state {label}'}: "
    told += path_words(model, int(states[departure.state]), steps) + _outcomes(study, departure)
    if departure.targets > 1:
        told += f" (one of {number(departure.targets)} states that they might go to)"
    return f"{told}. States that each ranks lower: {_gains(study, departure)}."


def _outcomes(study: Study, departure: Departure) -> str:
    """The outcomes that come about, and those that end."""
    held = {
        outcome.name: study.solution.space.holds(OutcomeAtom(outcome.name))[[departure.state, departure.target]]
        for outcome in study.solution.model.outcomes
    }
    brings = [name for name, (before, after) in held.items() if after and not before]
    ends = [name for name, (before, after) in held.items() if before and not after]
    told = [f"brings {listing(brings)}"] if brings else []
    told += [f"ends {listing(ends)}"] if ends else []
    return f", which {' and '.join(told)}" if told else ""


def _gains(study: Study, departure: Departure) -> str:
    told = []
    for j in departure.coalition:
        share = study.solution.lower_share(j)
        before, after = share[departure.state], share[departure.target]
        near = before != after and lower_percent(before) == lower_percent(after)
        spans = " → ".join(f"{lower_percent(each, 2 if near else 0)}%" for each in (before, after))
        told.append(f"{study.solution.model.parties[j].title} {spans}")
    return listing(told)


def _named(study: Study, at: int) -> str:
    model, mask = study.solution.model, int(study.solution.space.states[at])
    label = model.labels.get(model.bits(mask))
    yes = listing(model.taken(mask)) or "nothing"
    true = [o.name for o in model.outcomes if study.solution.space.holds(OutcomeAtom(o.name))[at]]
    told = f"State {label} (yes: {yes})" if label is not None else f"Yes: {yes}"
    return told + (f" — {listing(true)}" if true else "")


def _one_state(on: Page, answered: Answered) -> Iterator[Block]:
    """Who would leave one state together, and under which concepts."""
    study, at = answered.study, answered.state
    assert at is not None, "one state is asked about"
    yield on.heading("Who would leave this state together")
    alike: dict[Departure, list[str]] = {}
    for concept, told in answered.departures.items():
        for each in told[at]:
            alike.setdefault(each, []).append(concept)
    yield from _departures(
        on, study, at, sorted(alike.items(), key=lambda entry: (len(entry[0].coalition), entry[0].coalition))
    )
    total = len(study.coalitions)
    for concept in answered.departures:
        left = {each.coalition for each, concepts in alike.items() if concept in concepts}
        leaving = number(len(left)) if left else "none"
        yield on.paragraph(f"{concept}: {leaving} of {plural(total, 'coalition')} would leave it.", 2, "dim")


def _lasting(on: Page, study: Study) -> Iterator[Block]:
    """The equilibria that no coalition would leave."""
    yield on.heading("Equilibria that no coalition looked at would leave")
    alike: dict[bytes, list[str]] = {}
    for concept in study.done:
        alike.setdefault(study.lasting(concept).tobytes(), []).append(concept)
    for concepts in alike.values():
        found = study.lasting(concepts[0])
        under = listing(concepts)
        yield on.paragraph(f"{under}: {_some(study.solution, nearest(study.solution, found))}.")


def _ways(on: Page, answered: Answered) -> Iterator[Block]:
    """Who could get from a state to another, or to one of a kind."""
    study, state, ways = answered.study, answered.state, answered.ways or []
    model, space = study.solution.model, study.solution.space
    assert state is not None, "a way begins somewhere"
    today = state == space.status_quo
    start = "the status quo" if today else state_words(model, int(space.states[state]))
    alone = len(study.coalitions) == 1
    yield on.heading(f"Who could get from {start} to {answered.wanted_words}{'' if alone else ', together or alone'}?")
    if answered.already:
        yield on.paragraph("It is so already where it begins.")
    if not ways:
        yield on.paragraph("They cannot." if alone else "No coalition looked at can.")
        return
    able = [set(way.departure.coalition) for way in ways]
    fewest = [way for way in ways if not any(other < set(way.departure.coalition) for other in able)]
    many = (
        f"{number(len(ways))} of {plural(len(study.coalitions), 'coalition')} can; with no more members than it takes:"
    )
    yield on.paragraph("They can:" if alone else many)
    yield from _told(on, study, fewest)
    gaining = [way for way in ways if way.serving]
    if not gaining:
        lacking = "some member loses, or none gains" if study.together.pareto else "some member does not gain"
        yield on.paragraph(f"{'They would not' if alone else 'None of them would: each time'}, {lacking}.")
    elif larger := [way for way in gaining if way not in fewest]:
        yield on.paragraph("Larger ones that would gain by it:")
        yield from _told(on, study, larger)


def _told(on: Page, study: Study, ways: list[Way]) -> Iterator[Block]:
    """Some ways, with what each member makes of it."""
    for way in ways[:MOST_COALITIONS]:
        verdict = " They would gain by it." if way.serving else ""
        worse = f" Worse off: {_together(study, way.losing)}." if way.losing else ""
        yield on.paragraph(f"{_departure(study, way.departure)}{worse}{verdict}", 4)
    if len(ways) > MOST_COALITIONS:
        yield on.paragraph(f"and {plural(len(ways) - MOST_COALITIONS, 'more coalition')} (--json lists them)", 4)


def merged_answer(on: Page, found: MergedStudy, readings: tuple[str, ...] = ()) -> Iterator[Block]:
    """What is stable where some parties are one player.

    Parameters
    ----------
    on : Page
    found : MergedStudy
    readings : tuple of str
    """
    solution, model = found.solution, found.solution.model
    yield from title(on, solution, readings)
    who = listing(model.parties[j].title for j in found.members)
    yield on.paragraph(
        f"Merged players: {who} change all their options in one move, as one player, where each of them prefers what "
        "comes of it. (Coalitions are something else: see bestand coalitions without --merge.)",
        0,
    )
    yield on.heading("Equilibria with merged players, and without")
    rows = []
    for concept in found.concepts:
        merged, apart = found.equilibria(concept), solution.equilibria(concept)
        counts = (merged, apart, merged & apart)
        rows.append((concept, *(number(int(each.sum())) for each in counts)))
    yield on.table(("concept", "merged", "as they are", "in both"), rows)
    yield on.heading("Equilibria with merged players that are none without")
    for concept in found.concepts:
        fresh = found.equilibria(concept) & ~solution.equilibria(concept)
        yield on.paragraph(f"{concept}: {_some(solution, nearest(solution, fresh))}.")
    yield on.heading("Equilibria as they are that merged players would leave")
    for concept in found.concepts:
        gone = solution.equilibria(concept) & ~found.equilibria(concept)
        yield on.paragraph(f"{concept}: {_some(solution, nearest(solution, gone))}.")


def _some(solution: Solution, found: Iterable[int]) -> str:
    """A few states by name, a label that several share once; of many, how many, of which outcomes, and the nearest."""
    model, space = solution.model, solution.space
    rows = np.array(list(found), np.intp)
    names = list(dict.fromkeys(state_words(model, int(mask)) for mask in space.states[rows]))
    if not names:
        return "none"
    if len(names) <= (MOST_LABELS if model.labels else MOST_STATES):
        return "; ".join(names)
    counts = {outcome.name: int(space.holds(OutcomeAtom(outcome.name))[rows].sum()) for outcome in model.outcomes}
    kinds = listing(f"{number(count)} with {name}" for name, count in counts.items() if count)
    told = f"{number(len(rows))} states{f', {kinds}' if kinds else ''}"
    return f"{told}. {introduced(solution, int(rows[0]), 'The nearest')}"
