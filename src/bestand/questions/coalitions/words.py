"""The answer of ``coalitions`` for people to read: what parties would leave together, for what, and what lasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from bestand.answer.opening import opening
from bestand.document.blocks import Block, heading, paragraph, table
from bestand.engine.spec import Parties
from bestand.model.formula import OutcomeAtom
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import concept_name, concept_names, of_concepts, outcome_lines
from bestand.prose.phrases import party_name, state_words
from bestand.solve.solution import Solution

from .leaving import Departure
from .merged import MergedStudy
from .movers import Answered
from .phrases import (
    coalition_names,
    coalition_titles,
    count_of_size,
    departure_words,
    gain_words,
    state_lines,
    wanted_words,
)
from .study import LOOKED_AT, Study, Way, nearest

MOST_STATES = 4  # equilibria that are told one by one, of a concept
MOST_LABELS = 16
MOST_COALITIONS = 5  # that leave one state
MOST_ROWS = 16  # coalitions in a table


def answer(answered: Answered, readings: tuple[str, ...] = ()) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    answered : Answered
    readings : tuple of str
        Those that were applied to the model.
    """
    study = answered.study
    yield from _opening(study.solution, readings)
    yield paragraph(" ".join(_looked_at(study)), 0)
    if answered.ways is not None:
        yield from _ways(answered)
    elif answered.state is not None:
        yield from _one_state(answered)
    else:
        yield from _overview(study)
        yield from _leaving(answered)
        yield from _lasting(study)
    if answered.stopped:
        yield heading(_("This is a part of the answer"), "yellow")
        yield paragraph(_("{Reason}.", reason=answered.stopped))


def _opening(solution: Solution, readings: tuple[str, ...]) -> Iterator[Block]:
    """What the answer is about, and which engine worked it out."""
    return opening(solution.model, solution.count, solution.engine.name, solution.because, readings)


def _looked_at(study: Study) -> Iterator[str]:
    """Which coalitions are looked at, and what an improvement is."""
    if len(study.coalitions) == 1:
        yield _("The coalition looked at: {parties}.", parties=coalition_names(study, study.coalitions[0]))
    else:
        sizes = Counter(map(len, study.coalitions))
        counts = listing(count_of_size(n, size) for size, n in sorted(sizes.items()))
        yield _("Coalitions looked at: {counts}.", counts=counts)
    if study.together.pareto:
        yield _(
            "A coalition improves on a state by moving together, one member after another, to a state that some of "
            "them prefer and none likes less."
        )
    else:
        yield _(
            "A coalition improves on a state by moving together, one member after another, to a state that each of "
            "them prefers."
        )


def _overview(study: Study) -> Iterator[Block]:
    """How many equilibria coalitions would leave, by concept and coalition."""
    concepts = study.done
    yield heading(_("Equilibria that parties would leave together"))
    if not study.compared:
        yield paragraph(
            _n(
                "The states are too many to compare with one another: of each concept the one equilibrium nearest to "
                "the status quo is looked at.",
                "The states are too many to compare with one another: of each concept the {n} equilibria nearest to "
                "the status quo are looked at.",
                LOOKED_AT,
            )
        )
    counts = {c: (int(study.looked(c).sum()), int(study.lasting(c).sum())) for c in concepts}
    looked, lasting = zip(*counts.values(), strict=True) if counts else ((), ())
    rows = [
        (_p("row of a table", "equilibria looked at"), *map(number, looked)),
        (_p("row of a table", "no coalition leaves them"), *map(number, lasting)),
    ]
    left = {H: [int(study.left(c, H).sum()) for c in concepts] for H in study.coalitions}
    rows.append((_p("title above rows of a table", "left by"),))
    shown = sorted(study.coalitions, key=lambda H: (len(H), H)) if len(left) <= MOST_ROWS else _most(left)
    rows += [(f"  {coalition_titles(study, H)}", *(number(count) for count in left[H])) for H in shown]
    yield table(("", *concepts), rows)
    if len(shown) < len(left):
        yield paragraph(
            _n(
                "{n} more coalition leaves fewer: --size and --members ask about it.",
                "{n} more coalitions leave fewer: --size and --members ask about them.",
                len(left) - len(shown),
            ),
            2,
            "dim",
        )


def _most(left: dict[Parties, list[int]]) -> list[Parties]:
    return sorted(left, key=lambda H: (-sum(left[H]), len(H), H))[:MOST_ROWS]


def _leaving(answered: Answered) -> Iterator[Block]:
    """The nearest equilibria one by one, under the concept that has the fewest: who would leave them, and for what."""
    study = answered.study
    counts = {concept: int(study.looked(concept).sum()) for concept, told in answered.departures.items() if told}
    if not counts:
        return
    concept = min(counts, key=lambda each: counts[each])
    told = answered.departures[concept]
    if len(told) == counts[concept]:
        yield heading(_("Who would leave the equilibria under {concept} together", concept=concept_name(concept)))
    else:
        yield heading(
            _(
                "Who would leave the equilibria under {concept} together: the {few} nearest of {count}",
                concept=concept_name(concept),
                few=number(len(told)),
                count=number(counts[concept]),
            )
        )
    for at, found in told.items():
        yield from _departures(study, at, [(each, []) for each in found])
    yield paragraph(_("--state STATE asks about any other, --concepts NAME about those of another concept."), 2, "dim")


def _departures(study: Study, at: int, found: list[tuple[Departure, list[str]]]) -> Iterator[Block]:
    """A state, and each way in which a coalition would leave it, with the concepts that this holds under."""
    yield paragraph(" ".join(state_lines(study, at)))
    yield paragraph(_("These would leave it together:") if found else _("No coalition looked at would leave it."), 4)
    for each, concepts in found[:MOST_COALITIONS]:
        told = [*departure_words(study, each), gain_words(study, each)]
        if 0 < len(concepts) < len(study.concepts):
            told.append(_("So it is under {concepts} alone.", concepts=concept_names(concepts)))
        yield paragraph(" ".join(told), 6)
    if len(found) > MOST_COALITIONS:
        yield paragraph(
            _n("{n} more way is in --json.", "{n} more ways are in --json.", len(found) - MOST_COALITIONS), 6, "dim"
        )


def _one_state(answered: Answered) -> Iterator[Block]:
    """Who would leave one state together, and under which concepts."""
    study, at = answered.study, answered.state
    assert at is not None, "one state is asked about"
    yield heading(_("Who would leave this state together"))
    alike: dict[Departure, list[str]] = {}
    for concept, told in answered.departures.items():
        for each in told[at]:
            alike.setdefault(each, []).append(concept)
    yield from _departures(
        study, at, sorted(alike.items(), key=lambda entry: (len(entry[0].coalition), entry[0].coalition))
    )
    counts: dict[int, list[str]] = {}
    for concept in answered.departures:
        left = {each.coalition for each, concepts in alike.items() if concept in concepts}
        counts.setdefault(len(left), []).append(concept)
    for count, concepts in counts.items():
        yield paragraph(_leaving_of(count, len(study.coalitions), of_concepts(concepts, study.concepts)), 2, "dim")


def _leaving_of(count: int, total: int, concepts: str) -> str:
    """How many of the coalitions leave."""
    if not count:
        return _n(
            "Under {concepts}, the coalition would not leave it.",
            "Under {concepts}, none of {n} coalitions would leave it.",
            total,
            concepts=concepts,
        )
    return _n(
        "Under {concepts}, the coalition would leave it.",
        "Under {concepts}, {count} of {n} coalitions would leave it.",
        total,
        count=number(count),
        concepts=concepts,
    )


def _lasting(study: Study) -> Iterator[Block]:
    """The equilibria that no coalition would leave."""
    yield heading(_("Equilibria that no coalition looked at would leave"))
    lasting = {concept: nearest(study.solution, study.lasting(concept)) for concept in study.done}
    yield from _some(study.solution, lasting)
    yield from _outcomes(study.solution, lasting)


def _ways(answered: Answered) -> Iterator[Block]:
    """Who could get from a state to another, or to one of a kind."""
    study, state, ways = answered.study, answered.state, answered.ways or []
    assert state is not None, "a way begins somewhere"
    start = state_words(study.solution.model, int(study.solution.space.states[state]))
    wanted = wanted_words(study.solution.model, answered.aim)
    alone = len(study.coalitions) == 1
    if alone:
        yield heading(_("Can they get from {start} to {wanted}?", start=start, wanted=wanted))
    else:
        yield heading(_("Who can get from {start} to {wanted}, together or alone?", start=start, wanted=wanted))
    if answered.already:
        yield paragraph(_("It is so already where it begins."))
    if not ways:
        yield paragraph(_("They cannot.") if alone else _("No coalition looked at can."))
        return
    able = [set(way.departure.coalition) for way in ways]
    fewest = [way for way in ways if not any(other < set(way.departure.coalition) for other in able)]
    if alone:
        yield paragraph(_("They can:"))
    else:
        yield paragraph(
            _n(
                "{count} of {n} coalition can; with no more members than it takes:",
                "{count} of {n} coalitions can; with no more members than it takes:",
                len(study.coalitions),
                count=number(len(ways)),
            )
        )
    yield from _told(study, fewest)
    gaining = [way for way in ways if way.serving]
    if not gaining:
        yield paragraph(_reluctant(study, alone=alone))
    elif larger := [way for way in gaining if way not in fewest]:
        yield paragraph(_("Larger ones that gain by it:"))
        yield from _told(study, larger)


def _reluctant(study: Study, *, alone: bool) -> str:
    """Why nobody goes who could."""
    match alone, study.together.pareto:
        case True, True:
            return _("They would not: a member loses by it, or none gains.")
        case True, False:
            return _("They would not: a member does not gain by it.")
        case False, True:
            return _("None of them would: each time a member loses by it, or none gains.")
        case _:
            return _("None of them would: each time a member does not gain by it.")


def _told(study: Study, ways: list[Way]) -> Iterator[Block]:
    """Some ways, with what each member makes of it."""
    for way in ways[:MOST_COALITIONS]:
        told = [*departure_words(study, way.departure), gain_words(study, way.departure)]
        if way.losing:
            told.append(_("Worse off: {parties}.", parties=coalition_names(study, way.losing)))
        if way.serving:
            told.append(_served(study, way))
        yield paragraph(" ".join(told), 4)
    if len(ways) > MOST_COALITIONS:
        yield paragraph(
            _n("{n} more coalition is in --json.", "{n} more coalitions are in --json.", len(ways) - MOST_COALITIONS),
            4,
            "dim",
        )


def _served(study: Study, way: Way) -> str:
    """That a coalition would go."""
    if not study.together.pareto:
        return _n("It gains by that.", "They all gain by that.", len(way.departure.coalition))
    if way.losing:
        return _("In another such state some of them gain and none loses.")
    return _("Some of them gain by that, and none loses.")


def merged_answer(found: MergedStudy, readings: tuple[str, ...] = ()) -> Iterator[Block]:
    """What is stable where some parties are one player.

    Parameters
    ----------
    found : MergedStudy
    readings : tuple of str
    """
    solution, model = found.solution, found.solution.model
    yield from _opening(solution, readings)
    who = listing(party_name(model, model.parties[j].id) for j in found.members)
    yield paragraph(
        _(
            "Merged players: {parties} change all their options in one move, as one player, where each of them prefers "
            "what comes of it. (Coalitions are something else: see bestand coalitions without --merge.)",
            parties=who,
        ),
        0,
    )
    yield heading(_("Equilibria with merged players, and without"))
    rows = []
    fresh: dict[str, list[int]] = {}
    gone: dict[str, list[int]] = {}
    for concept in found.concepts:
        merged, apart = found.equilibria(concept), solution.equilibria(concept)
        counts = (merged, apart, merged & apart)
        rows.append((concept, *(number(int(each.sum())) for each in counts)))
        fresh[concept] = nearest(solution, merged & ~apart)
        gone[concept] = nearest(solution, apart & ~merged)
    header = (
        _p("column of a table", "concept"),
        _p("column of a table: players", "merged"),
        _p("column of a table: players", "as they are"),
        _p("column of a table: equilibria", "in both"),
    )
    yield table(header, rows)
    yield heading(_("Equilibria with merged players that are none without"))
    yield from _some(solution, fresh)
    yield heading(_("Equilibria as they are that merged players would leave"))
    yield from _some(solution, gone)
    yield from _outcomes(solution, fresh, gone)


def _some(solution: Solution, found: dict[str, list[int]]) -> Iterator[Block]:
    """States by concept: a few by name; of many, how many, of which outcomes, and the nearest."""
    model = solution.model
    alike: dict[tuple[int, ...], list[str]] = {}
    for concept, rows in found.items():
        alike.setdefault(tuple(rows), []).append(concept)
    for rows, concepts in alike.items():
        names = list(dict.fromkeys(state_words(model, int(solution.space.states[at])) for at in rows))
        under = of_concepts(concepts, list(found))
        if not names:
            yield paragraph(_("Under {concepts}: none.", concepts=under))
        elif len(names) <= (MOST_LABELS if model.labels else 1):
            yield paragraph(_("Under {concepts}: {states}.", concepts=under, states=listing(names)))
        elif len(names) <= MOST_STATES:
            yield paragraph(_("Under {concepts}:", concepts=under))
            for name in names:
                yield paragraph(_("{State}.", state=name), 4)
        else:
            yield paragraph(
                _(
                    "Under {concepts}: {count} states. The nearest: {state}.",
                    concepts=under,
                    count=number(len(rows)),
                    state=names[0],
                )
                if solution.space.status_quo is not None
                else _(
                    "Under {concepts}: {count} states. One of them: {state}.",
                    concepts=under,
                    count=number(len(rows)),
                    state=names[0],
                )
            )
    if _by_outcome(solution, found):
        yield _table_of_outcomes(solution, found)


def _by_outcome(solution: Solution, found: dict[str, list[int]]) -> bool:
    """Whether the states are so many that it is told how many are of which outcome."""
    return bool(solution.model.outcomes) and any(len(rows) > MOST_STATES for rows in found.values())


def _table_of_outcomes(solution: Solution, found: dict[str, list[int]]) -> Block:
    holds = {outcome.name: solution.space.holds(OutcomeAtom(outcome.name)) for outcome in solution.model.outcomes}
    rows = []
    for concept, states in found.items():
        counts = (int(so[np.array(states, np.intp)].sum()) for so in holds.values())
        rows.append((concept, number(len(states)), *map(number, counts)))
    return table((_p("column of a table", "concept"), _p("column of a table", "states"), *holds), rows)


def _outcomes(solution: Solution, *found: dict[str, list[int]]) -> Iterator[Block]:
    """What the names of the outcomes stand for, below tables that have them."""
    if any(_by_outcome(solution, each) for each in found):
        for line in outcome_lines(solution.model, solution.model.outcome):
            yield paragraph(line, 2, "dim")
