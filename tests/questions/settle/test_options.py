"""What somebody can do today, tied to the wanted outcome: every tie tried by brute force, and cases worked by hand."""

from __future__ import annotations

import itertools
import random

import pytest

import bestand
from bestand.model.formula import And, Not, OptionAtom, OutcomeAtom
from bestand.model.sentences import Tie
from bestand.model.values import Commitment
from bestand.model.wording import changes_text
from bestand.plan.ruling_values import HOLDS
from bestand.questions.settle.deals import DealSearch
from bestand.questions.settle.options import option_ties
from bestand.reference.commitments import CommitmentError, Committed, CommittedTalks
from bestand.reference.repairs import Repairs
from bestand.reference.worlds import World
from bestand.stability.registry import HEADLINE
from tests.questions.settle.test_deals import a_question
from tests.questions.settle.test_ties import RELIEF


def candidates(model, wanted):
    """Every inducement and threat, with its event as a set of states."""
    states = range(1 << len(model.options))

    def rest(option, value):
        """Where the wanted outcome is so once an option is put at a value."""
        bit = 1 << model.bit[option]
        return frozenset(s for s in states if World.of_mask(model, s | bit if value else s & ~bit).holds(wanted))

    for option in model.options:
        for value in (True, False):
            yield option.party, option.id, value, rest(option.id, value)
            yield option.party, option.id, value, frozenset(states) - rest(option.id, not value)


def by_brute_force(model, wanted):
    """The repairs of a plan, which know who breaks it."""
    no_deal = model.mask(model.no_deal) if isinstance(model.no_deal, frozenset) else model.no_deal
    return Repairs(model, wanted, no_deal=no_deal, consent=model.consent, red_lines=model.red_lines)


def does(model, wanted, ties):
    """Whether the plan holds with some ties in force today, and leads their owners to more than no deal today has."""
    commitments = tuple(Commitment(f"t{k}", tie.party, tie.when, tie.then) for k, tie in enumerate(ties))
    terms = {"no_deal": model.no_deal, "consent": model.consent, "red_lines": model.red_lines}
    if isinstance(model.no_deal, frozenset):
        terms["no_deal"] = model.mask(model.no_deal)
    before = CommittedTalks(model, wanted, **terms)
    try:
        conflict = Committed(model, commitments)
        for party, state in itertools.product(conflict.parties, conflict.states):
            conflict.moves(party, state)
        talks = CommittedTalks(model, wanted, standing=commitments, **terms)
    except (ValueError, CommitmentError):  # also where today, or what no deal comes to, is not at rest
        return False
    if talks.kind not in HOLDS:
        return False

    def gain(state):
        return all(before.better(tie.party, state) for tie in ties)

    if talks.kind == "deal":
        return any(gain(deal.state) for deal in talks.deals() if deal.kept)
    if talks.kind == "stands":
        return gain(talks.start)
    return all(gain(state) for end in talks.drift.ends(talks.start) for state in end)


@pytest.mark.parametrize("seed", range(60))
def test_every_tie_that_does_it_is_found_and_no_other(seed):
    rng = random.Random(seed)
    model, wanted = a_question(rng, rng.choice([(1, 1), (2, 1), (1, 1, 1)]))
    breakers = by_brute_force(model, wanted).breakers()
    every = list(option_ties(model, wanted, [id for id in model.party if id not in breakers]))
    known = {
        each
        for each in candidates(model, wanted)
        if each[0] not in breakers and 0 < len(each[3]) < 1 << len(model.options)
    }
    events = {
        (tie.party, *tie.then[0], frozenset(s for s in range(1 << len(model.options)) if holds(model, tie, s)))
        for tie in every
    }
    assert {event for event in events if 0 < len(event[3]) < 1 << len(model.options)} == known
    depth = 2 if len(model.bit) == 2 else 1
    expected = []
    for steps in range(1, depth + 1):
        expected = [set(some) for some in itertools.combinations(every, steps) if does(model, wanted, some)]
        if expected:
            break
    search = DealSearch(model, (), wanted, (HEADLINE,), tuple(model.party), depth, 100_000)
    (part,) = search.settle(("options",)).parts
    found = [set(answer.changes) for answer in part.settlements]
    assert all(each in expected for each in found)
    assert len(found) == len(expected)
    assert part.smallest == {"pseq": len(expected[0]) if expected else None}


def holds(model, tie, state):
    return World.of_mask(model, state).holds(tie.when)


GIVING = """
bestand: 1
title: Relief for disarmament
parties:
  west: {name: The West, options: {relief: {says: lifts its sanctions, says_no: keeps its sanctions}}}
  armed: {name: The armed state, options: {disarm: {says: disarms, says_no: keeps its arms}}}
plan: west.relief and armed.disarm
status_quo: []
preferences:
  west: {priorities: [armed.disarm, west.relief]}
  armed: {priorities: [west.relief, not armed.disarm]}
"""


def test_who_would_give_for_nothing_ties_its_hands():
    """The West would lift its sanctions anyway: the armed state has that without a deal, and disarms for nothing.

    Once it has bound itself to keep them until the other disarms, they are worth something to the other.
    """
    found = bestand.settle(bestand.loads(GIVING), kinds=["options"])
    (part,) = found.parts
    assert (found.ruling.kind, part.smallest) == ("no-deal", {"pseq": 1})
    (tie,) = part.settlements
    assert changes_text(tie.changes) == "west ties not west.relief to not armed.disarm"
    assert (tie.after.ruling.kind, tie.after.refused) == ("deal", ("armed",))
    words = " ".join(found.words().split())
    assert (
        "The West ties itself today, without anybody's signature: “The West keeps its sanctions”, as long as this is "
        "not so: “The armed state disarms”." in words
    )
    assert 'Try it: bestand what-if MODEL "west ties not west.relief to not armed.disarm"' in words
    tried = bestand.what_if(bestand.loads(GIVING), changes_text(tie.changes))
    assert "There is a deal that would be signed and kept" in " ".join(tried.words().split())


def test_who_breaks_a_deal_is_no_guarantor_against_itself():
    """The West may withhold; that the armed state promises to disarm says nothing of what it would do afterwards."""
    (part,) = bestand.settle(bestand.loads(RELIEF), kinds=["options"]).parts
    assert [changes_text(each.changes) for each in part.settlements] == [
        "west ties not west.relief to not (west.invest and armed.disarm)"
    ]


def test_an_outcome_is_told_by_what_it_asks_for_beside_the_option():
    text = GIVING.replace("plan: west.relief and armed.disarm", "plan: trade").replace(
        "status_quo", "outcomes: {trade: west.relief and armed.disarm}\nstatus_quo"
    )
    ties = option_ties(bestand.loads(text), OutcomeAtom("trade"), ["west"])
    assert [tie.when for tie in ties] == [OptionAtom("armed.disarm"), Not(OptionAtom("armed.disarm"))]
    wider = And((OutcomeAtom("trade"), OptionAtom("west.watch")))
    text = text.replace("options: {relief: {says", "options: {watch: , relief: {says")
    first, *_ = option_ties(bestand.loads(text), wider, ["armed"])
    assert first.when == And((OptionAtom("west.relief"), OptionAtom("west.watch")))  # without brackets in brackets


def test_what_nobody_can_do_is_missing_and_not_made_up():
    """Nobody has anything that the other wants: an offer would have to be something new."""
    text = GIVING.replace("[west.relief, not armed.disarm]", "[not armed.disarm]")
    found = bestand.settle(bestand.loads(text), kinds=["options", "offers"])
    options, offers = found.parts
    assert (options.smallest, options.settlements) == ({"pseq": None}, ())
    words = " ".join(found.words().split())
    assert "brings it about by being tied to it, up to 2 things at a time: what would is missing." in words
    assert offers.settlements
    assert "Nobody can do this in the model as it is: what is offered would be something new." in words


def test_what_would_act_today_is_no_tie():
    """The West could not tie itself to sanctions that it has not got: it would have to impose them first."""
    text = GIVING.replace("status_quo: []", "status_quo: [west.relief]\nno_deal: today")
    found = bestand.settle(bestand.loads(text), kinds=["options"])
    for each in found.parts[0].settlements:
        assert all(isinstance(tie, Tie) and tie.then != (("west.relief", False),) for tie in each.changes)


def test_ties_are_not_looked_for_where_several_states_count_as_one():
    text = GIVING + "coalesced: [armed.disarm and west.relief]\n"
    found = bestand.settle(bestand.loads(text), kinds=["ties", "options"])
    assert all(str(part.absent).startswith("several states count as one") for part in found.parts)
