"""The answer of ``coalitions`` for people to read: what parties would leave together, for what, and what lasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.answer.opening import opening
from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import concept_name, concept_names, of_concepts
from bestand.prose.phrases import state_words
from bestand.prose.spoken import spoken

from .phrases import (
    coalition_names,
    coalition_titles,
    count_of_size,
    departure_words,
    gain_words,
    state_lines,
    wanted_words,
)
from .selection_words import outcomes_told, selections

if TYPE_CHECKING:
    from .aim import Aim
    from .answer import Coalitions
    from .departure import Departure, Situation
    from .study import Way

Parties = tuple[int, ...]

_MOST_COALITIONS = 5  # that leave one state
_MOST_ROWS = 16  # coalitions in a table


def blocks(answer: Coalitions) -> Iterator[Block]:
    """Tell the answer in reading order."""
    model = spoken(answer.model)
    yield from opening(model, len(answer.states), answer.engine, answer.because, answer.readings)
    yield paragraph(" ".join(_looked_at(answer, model)), 0)
    if answer.aim is not None and answer.state is not None:
        yield from _ways(answer, model, answer.aim, answer.state)
    elif answer.state is not None:
        yield from _one_state(answer, model)
    else:
        yield from _overview(answer, model)
        yield from _leaving(answer, model)
        yield from _lasting(answer, model)
    if answer.stopped is not None:
        yield heading(_("This is a part of the answer"), "yellow")
        yield paragraph(_("{Reason}.", reason=answer.stopped))


def _looked_at(answer: Coalitions, model: Model) -> Iterator[str]:
    """Tell which coalitions are looked at, and what an improvement is."""
    if len(answer.coalitions) == 1:
        yield _("The coalition looked at: {parties}.", parties=coalition_names(model, answer.coalitions[0]))
    else:
        sizes = Counter(map(len, answer.coalitions))
        counts = listing(count_of_size(n, size) for size, n in sorted(sizes.items()))
        yield _("Coalitions looked at: {counts}.", counts=counts)
    if answer.pareto:
        yield _(
            "A coalition improves on a state by moving together, one member after another, to a state that some of "
            "them prefer and none likes less."
        )
    else:
        yield _(
            "A coalition improves on a state by moving together, one member after another, to a state that each of "
            "them prefers."
        )


def _overview(answer: Coalitions, model: Model) -> Iterator[Block]:
    """Tell how many equilibria coalitions would leave, by concept and coalition."""
    yield heading(_("Equilibria that parties would leave together"))
    if not answer.compared:
        yield paragraph(
            _n(
                "The states are too many to compare with one another: of each concept the one equilibrium nearest to "
                "the status quo is looked at.",
                "The states are too many to compare with one another: of each concept the {n} equilibria nearest to "
                "the status quo are looked at.",
                answer.few,
            )
        )
    tallies = answer.tallies.values()
    rows = [
        (_p("row of a table", "equilibria looked at"), *(number(tally.looked_at) for tally in tallies)),
        (_p("row of a table", "no coalition leaves them"), *(number(len(tally.lasting.states)) for tally in tallies)),
        (_p("title above rows of a table", "left by"),),
    ]
    left = {H: [tally.left[k] for tally in tallies] for k, H in enumerate(answer.coalitions)}
    shown = sorted(left, key=lambda H: (len(H), H)) if len(left) <= _MOST_ROWS else _most(left)
    rows += [(f"  {coalition_titles(model, H)}", *(number(count) for count in left[H])) for H in shown]
    yield table(("", *answer.tallies), rows)
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
    """Return the coalitions that leave the most equilibria."""
    return sorted(left, key=lambda H: (-sum(left[H]), len(H), H))[:_MOST_ROWS]


def _leaving(answer: Coalitions, model: Model) -> Iterator[Block]:
    """Tell the nearest equilibria under the concept that has the fewest: who would leave them, and for what."""
    counts = {concept: answer.tallies[concept].looked_at for concept, told in answer.situations.items() if told}
    if not counts:
        return
    concept = min(counts, key=lambda each: counts[each])
    told = answer.situations[concept]
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
    for situation in told:
        yield from _departures(answer, model, situation, [(each, []) for each in situation.departures])
    yield paragraph(_("--state STATE asks about any other, --concepts NAME about those of another concept."), 2, "dim")


def _departures(
    answer: Coalitions, model: Model, situation: Situation, departures: list[tuple[Departure, list[str]]]
) -> Iterator[Block]:
    """Tell a state, and each way in which a coalition would leave it, with the concepts that this holds under."""
    yield paragraph(" ".join(state_lines(model, situation)))
    nobody = _("No coalition looked at would leave it.")
    yield paragraph(_("These would leave it together:") if departures else nobody, 4)
    for each, concepts in departures[:_MOST_COALITIONS]:
        told = [*departure_words(model, each), gain_words(model, each)]
        if 0 < len(concepts) < len(answer.concepts):
            told.append(_("So it is under {concepts} alone.", concepts=concept_names(concepts)))
        yield paragraph(" ".join(told), 6)
    if len(departures) > _MOST_COALITIONS:
        more = len(departures) - _MOST_COALITIONS
        yield paragraph(_n("{n} more way is in --json.", "{n} more ways are in --json.", more), 6, "dim")


def _one_state(answer: Coalitions, model: Model) -> Iterator[Block]:
    """Tell who would leave one state together, and under which concepts."""
    yield heading(_("Who would leave this state together"))
    if not answer.situations:  # nothing was finished
        return
    alike: dict[Departure, list[str]] = {}
    for concept, (situation,) in answer.situations.items():
        for each in situation.departures:
            alike.setdefault(each, []).append(concept)
    first, *_others = next(iter(answer.situations.values()))
    ordered = sorted(alike.items(), key=lambda entry: (len(entry[0].coalition), entry[0].coalition))
    yield from _departures(answer, model, first, ordered)
    counts: dict[int, list[str]] = {}
    for concept in answer.situations:
        left = {each.coalition for each, concepts in alike.items() if concept in concepts}
        counts.setdefault(len(left), []).append(concept)
    for count, concepts in counts.items():
        under = of_concepts(concepts, answer.concepts)
        yield paragraph(_leaving_of(count, len(answer.coalitions), under), 2, "dim")


def _leaving_of(count: int, total: int, concepts: str) -> str:
    """Tell how many of the coalitions leave."""
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


def _lasting(answer: Coalitions, model: Model) -> Iterator[Block]:
    """Tell the equilibria that no coalition would leave."""
    yield heading(_("Equilibria that no coalition looked at would leave"))
    lasting = {concept: tally.lasting for concept, tally in answer.tallies.items()}
    yield from selections(model, lasting)
    yield from outcomes_told(model, lasting)


def _ways(answer: Coalitions, model: Model, aim: Aim, state: int) -> Iterator[Block]:
    """Tell who could get from a state to another, or to one of a kind."""
    start, wanted = state_words(model, state), wanted_words(model, aim.wanted)
    alone = len(answer.coalitions) == 1
    if alone:
        yield heading(_("Can they get from {start} to {wanted}?", start=start, wanted=wanted))
    else:
        yield heading(_("Who can get from {start} to {wanted}, together or alone?", start=start, wanted=wanted))
    if aim.already:
        yield paragraph(_("It is so already where it begins."))
    if answer.ways is None:  # not finished
        return
    if not answer.ways:
        yield paragraph(_("They cannot.") if alone else _("No coalition looked at can."))
        return
    able = [set(way.departure.coalition) for way in answer.ways]
    fewest = [way for way in answer.ways if not any(other < set(way.departure.coalition) for other in able)]
    if alone:
        yield paragraph(_("They can:"))
    else:
        yield paragraph(
            _n(
                "{count} of {n} coalition can; with no more members than it takes:",
                "{count} of {n} coalitions can; with no more members than it takes:",
                len(answer.coalitions),
                count=number(len(answer.ways)),
            )
        )
    yield from _told(answer, model, fewest)
    gaining = [way for way in answer.ways if way.serving]
    if not gaining:
        yield paragraph(_reluctant(alone=alone, pareto=answer.pareto))
    elif larger := [way for way in gaining if way not in fewest]:
        yield paragraph(_("Larger ones that gain by it:"))
        yield from _told(answer, model, larger)


def _reluctant(*, alone: bool, pareto: bool) -> str:
    """Tell why nobody goes who could."""
    match alone, pareto:
        case True, True:
            return _("They would not: a member loses by it, or none gains.")
        case True, False:
            return _("They would not: a member does not gain by it.")
        case False, True:
            return _("None of them would: each time a member loses by it, or none gains.")
        case _:
            return _("None of them would: each time a member does not gain by it.")


def _told(answer: Coalitions, model: Model, ways: list[Way]) -> Iterator[Block]:
    """Tell some ways, with what each member makes of it."""
    for way in ways[:_MOST_COALITIONS]:
        told = [*departure_words(model, way.departure), gain_words(model, way.departure)]
        if way.losing:
            told.append(_("Worse off: {parties}.", parties=coalition_names(model, way.losing)))
        if way.serving:
            told.append(_served(way, pareto=answer.pareto))
        yield paragraph(" ".join(told), 4)
    if len(ways) > _MOST_COALITIONS:
        more = len(ways) - _MOST_COALITIONS
        yield paragraph(_n("{n} more coalition is in --json.", "{n} more coalitions are in --json.", more), 4, "dim")


def _served(way: Way, *, pareto: bool) -> str:
    """Tell that a coalition would go."""
    if not pareto:
        return _n("It gains by that.", "They all gain by that.", len(way.departure.coalition))
    if way.losing:
        return _("In another such state some of them gain and none loses.")
    return _("Some of them gain by that, and none loses.")
