"""Where a plan is stable, in words: what keeps the parties there, and who breaks it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bestand.document.blocks import Block, Bullets, paragraph, table
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _s, listing
from bestand.prose.names import concept_name, concept_names
from bestand.prose.phrases import option_words, party_name, state_words
from bestand.prose.words import counts_words, size
from bestand.witness.words import grounds_words

from .holding import Ending, Holding, Kept


def holding_part(model: Model, holding: Holding) -> Iterator[Block]:
    """Tell where a plan is stable.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    holding : Holding
    """
    yield paragraph(" ".join(holding_sentences(holding)))
    yield from _loosely(holding)
    yield from _common(model, holding)
    if holding.kept is not None:
        yield from _kept(model, holding.kept)
    if holding.states and holding.ended is not None:
        yield from _ended(model, holding, holding.ended)
    if holding.states and holding.restless is not None:
        yield from _restless(model, holding, holding.restless)


def holding_sentences(holding: Holding) -> Iterator[str]:
    """Tell in how many of the states in which the plan is true it is stable, and whether improvements lead there."""
    if not holding.states:
        yield _("The plan is true in no feasible state.")
        return
    if not holding.somewhere:
        yield _nowhere(holding)
        return
    yield _n(
        "The plan is true in {number} state; equilibria among them: {counts}.",
        "The plan is true in {number} states; equilibria among them: {counts}.",
        holding.states,
        number=size(holding.states),
        counts=counts_words(holding.equilibria),
    )
    if holding.today:
        yield _("Today is one, under {concepts}.", concepts=concept_names(holding.today))
    elif holding.reached is not None:
        yield _led(holding, holding.reached)


def _led(holding: Holding, reached: Mapping[str, int]) -> str:
    """Tell to how many of these equilibria improvements lead."""
    if not any(reached.values()):
        return _("Improvements lead from the status quo to none of these equilibria.")
    if reached == holding.equilibria:
        return _("Improvements lead from the status quo to all of these equilibria.")
    counts = counts_words(reached)
    return _("Improvements lead from the status quo to some of these equilibria: to {counts}.", counts=counts)


def _nowhere(holding: Holding) -> str:
    """Tell that the plan is true in so many states, and none of them is an equilibrium."""
    if len(holding.concepts) == 1:
        return _n(
            "The plan is true in {number} state, which is not stable for every party under {concept}.",
            "The plan is true in {number} states, none of which is stable for every party under {concept}.",
            holding.states,
            number=size(holding.states),
            concept=concept_name(holding.concepts[0]),
        )
    return _n(
        "The plan is true in {number} state, which is not stable for every party under any of the concepts asked.",
        "The plan is true in {number} states, none of which is stable for every party under any of the concepts asked.",
        holding.states,
        number=size(holding.states),
    )


def _loosely(holding: Holding) -> Iterator[Block]:
    """Tell which of these equilibria rest on answers that a sensible party would not choose."""
    for concept, count in () if holding.loose is None else holding.loose.items():
        if not count:
            continue
        name = concept_name(concept)
        if count == holding.equilibria[concept]:
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


def _common(model: Model, holding: Holding) -> Iterator[Block]:
    """Tell what is the same wherever it holds."""
    clauses = common_clauses(model, holding)
    if clauses:
        yield paragraph(
            _(
                "What all of these have in common, and not every state in which the plan is true: {clauses}.",
                clauses=listing(clauses),
            )
        )


def common_clauses(model: Model, holding: Holding) -> list[str]:
    """Tell in clauses what is done, or not done, wherever the plan holds, and not wherever it is true."""
    return [
        _(
            "{party} {move}",
            party=party_name(model, option.partition(".")[0]),
            move=option_words(model, option, yes),
        )
        for option, yes in holding.common
    ]


def _kept(model: Model, kept: Kept) -> Iterator[Block]:
    """Tell what keeps the parties in one state that holds."""
    yield paragraph(
        _(
            "An example in which it holds, under {concept}: {state}.",
            concept=concept_name(kept.concept),
            state=state_words(model, kept.state),
        )
    )
    if kept.witnesses:
        yield paragraph(_("What keeps the parties there:"))
        yield Bullets(tuple(grounds_words(model, each) for each in kept.witnesses))
    if kept.rests:
        yield paragraph(_("Nobody can improve there."))


def _ended(model: Model, holding: Holding, ended: Mapping[str, tuple[int, ...]]) -> Iterator[Block]:
    """Tell who would end the plan, from how many of the states of that kind, and how in the one nearest to today."""
    if holding.broken is None:
        yield paragraph(_("No party has reason to move from one of these states to one in which the plan is not true."))
        return
    yield paragraph(
        _n(
            "Who breaks it: how many of the {n} state with the plan a party has reason to leave for one without it.",
            "Who breaks it: how many of the {n} states with the plan a party has reason to leave for one without it.",
            holding.states,
        )
    )
    yield _table(model, holding, ended)
    yield paragraph(_("An example in which it breaks: {state}.", state=state_words(model, holding.broken.state)))
    for ending in holding.broken.endings:
        yield paragraph(_ending_words(model, holding, ending), 4)


def _restless(model: Model, holding: Holding, restless: Mapping[str, tuple[int, ...]]) -> Iterator[Block]:
    """Tell who has reason to leave the states of that kind, whatever for."""
    yield paragraph(
        _n(
            "Who does not rest there: how many of the {n} state with the plan a party has reason to leave, be it for "
            "another state with the plan or for one without it.",
            "Who does not rest there: how many of the {n} states with the plan a party has reason to leave, be it for "
            "another state with the plan or for one without it.",
            holding.states,
        )
    )
    yield _table(model, holding, restless)


def _table(model: Model, holding: Holding, counts: Mapping[str, tuple[int, ...]]) -> Block:
    """Return the numbers of states with the plan, by party and concept."""
    rows = [
        (party.title, *(_count(counts[concept][i]) for concept in holding.concepts))
        for i, party in enumerate(model.parties)
    ]
    return table(("", *holding.concepts), rows)


def _count(states: int) -> str:
    return size(states) if states else _("none")


def _ending_words(model: Model, holding: Holding, ending: Ending) -> str:
    """Under which concepts a party would end the plan in a state, and how."""
    name = party_name(model, model.parties[ending.party].id)
    if len(ending.concepts) == len(holding.concepts) > 1:
        told = _s(
            "{Party} has reason to end it, under every concept asked.",
            "{Party} have reason to end it, under every concept asked.",
            name,
        )
    else:
        told = _s(
            "{Party} has reason to end it, under {concepts}.",
            "{Party} have reason to end it, under {concepts}.",
            name,
            concepts=concept_names(ending.concepts),
        )
    return f"{told} {grounds_words(model, ending.move)}"
