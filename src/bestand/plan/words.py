"""The verdict on a plan in words: whether it holds and where, what keeps the parties there, who breaks it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bestand.document.blocks import Block, Bullets, heading, paragraph, table
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _s, listing
from bestand.prose.names import concept_name, concept_names, told_formula
from bestand.prose.phrases import option_words, party_name, state_words
from bestand.prose.words import counts_words, percent, size
from bestand.witness.words import grounds_words

from .verdict import Ending, Kept, Verdict


def plan_answer(model: Model, verdict: Verdict) -> Iterator[Block]:
    """Tell the verdict below the question that the file asks.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    verdict : Verdict
    """
    yield heading(_("Does it hold? The plan: {plan}", plan=told_formula(model, verdict.plan)))
    yield from plan_part(model, verdict)


def plan_part(model: Model, verdict: Verdict) -> Iterator[Block]:
    """Tell the verdict without the question."""
    yield paragraph(" ".join(verdict_sentences(verdict)))
    yield from _loosely(verdict)
    yield from _common(model, verdict)
    if verdict.kept is not None:
        yield from _kept(model, verdict.kept)
    if verdict.states and verdict.ended is not None:
        yield from _ended(model, verdict, verdict.ended)
    if verdict.states and verdict.restless is not None:
        yield from _restless(model, verdict, verdict.restless)


def verdict_sentences(verdict: Verdict) -> Iterator[str]:
    """Tell whether the plan holds, in how many of the states in which it is true, and whether things go there."""
    match verdict.case:
        case "never true":  # no message: a case
            yield _("No. The plan is true in no feasible state.")
            return
        case "nowhere stable":  # no message: a case
            yield _nowhere(verdict)
            return
        case "not from here":  # no message: a case
            yield _("Not from here.")
        case "holds today":  # no message: a case
            yield _("It holds today, under {concepts}.", concepts=concept_names(verdict.today))
        case _:
            yield _("It can.")
    yield _n(
        "The plan is true in {number} state; equilibria among them: {counts}.",
        "The plan is true in {number} states; equilibria among them: {counts}.",
        verdict.states,
        number=size(verdict.states),
        counts=counts_words(verdict.equilibria),
    )
    if verdict.case == "not from here":
        yield _("Improvements lead from the status quo to none of these equilibria.")
    elif verdict.case == "within reach" and verdict.reached == verdict.equilibria:
        yield _("Improvements lead from the status quo to all of these equilibria.")
    elif verdict.case == "within reach" and verdict.reached is not None:
        counts = counts_words(verdict.reached)
        yield _("Improvements lead from the status quo to some of these equilibria: to {counts}.", counts=counts)


def _nowhere(verdict: Verdict) -> str:
    """Tell that the plan is true in so many states, and none of them is an equilibrium."""
    if len(verdict.concepts) == 1:
        return _n(
            "No. The plan is true in {number} state, which is not stable for every party under {concept}.",
            "No. The plan is true in {number} states, none of which is stable for every party under {concept}.",
            verdict.states,
            number=size(verdict.states),
            concept=concept_name(verdict.concepts[0]),
        )
    return _n(
        "No. The plan is true in {number} state, which is not stable for every party under any of the concepts asked.",
        "No. The plan is true in {number} states, none of which is stable for every party under any of the concepts "
        "asked.",
        verdict.states,
        number=size(verdict.states),
    )


def _loosely(verdict: Verdict) -> Iterator[Block]:
    """Tell which of these equilibria rest on answers that a sensible party would not choose."""
    for concept, count in () if verdict.loose is None else verdict.loose.items():
        if not count:
            continue
        name = concept_name(concept)
        if count == verdict.equilibria[concept]:
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


def _common(model: Model, verdict: Verdict) -> Iterator[Block]:
    """Tell what is the same wherever it holds."""
    clauses = common_clauses(model, verdict)
    if clauses:
        yield paragraph(
            _(
                "What all of these have in common, and not every state in which the plan is true: {clauses}.",
                clauses=listing(clauses),
            )
        )


def common_clauses(model: Model, verdict: Verdict) -> list[str]:
    """Tell in clauses what is done, or not done, wherever the plan holds, and not wherever it is true."""
    return [
        _(
            "{party} {move}",
            party=party_name(model, option.partition(".")[0]),
            move=option_words(model, option, yes),
        )
        for option, yes in verdict.common
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


def _ended(model: Model, verdict: Verdict, ended: Mapping[str, tuple[int, ...]]) -> Iterator[Block]:
    """Tell who would end the plan, from which share of the states of that kind, and how in the one nearest to today."""
    if verdict.broken is None:
        yield paragraph(_("No party has reason to move from one of these states to one in which the plan is not true."))
        return
    yield paragraph(
        _("Who breaks it: the share of the states with the plan that a party has reason to leave for one without it.")
    )
    yield _shares(model, verdict, ended)
    yield paragraph(_("An example in which it breaks: {state}.", state=state_words(model, verdict.broken.state)))
    for ending in verdict.broken.endings:
        yield paragraph(_ending_words(model, verdict, ending), 4)


def _restless(model: Model, verdict: Verdict, restless: Mapping[str, tuple[int, ...]]) -> Iterator[Block]:
    """Tell who has reason to leave the states of that kind, whatever for."""
    yield paragraph(
        _(
            "Who does not rest there: the share of the states with the plan that a party has reason to leave, be it "
            "for another state with the plan or for one without it."
        )
    )
    yield _shares(model, verdict, restless)


def _shares(model: Model, verdict: Verdict, counts: Mapping[str, tuple[int, ...]]) -> Block:
    """Return the shares of the states with the plan, by party and concept."""
    rows = [
        (party.title, *(percent(counts[concept][i], verdict.states) for concept in verdict.concepts))
        for i, party in enumerate(model.parties)
    ]
    return table(("", *verdict.concepts), rows)


def _ending_words(model: Model, verdict: Verdict, ending: Ending) -> str:
    """Under which concepts a party would end the plan in a state, and how."""
    name = party_name(model, model.parties[ending.party].id)
    if len(ending.concepts) == len(verdict.concepts) > 1:
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
