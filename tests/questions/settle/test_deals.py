"""Settlements as deals: every change of so many steps tried out, with the brute force of deals as the judge."""

from __future__ import annotations

import dataclasses
import itertools
import random

import pytest

import bestand
from bestand.engine.limits import Limits, Watch
from bestand.model.changing import changed
from bestand.model.errors import CallError, LimitReached
from bestand.model.formula import And, Not, OptionAtom
from bestand.model.language import parse_formula
from bestand.model.values import FrozenMap, Priorities, Ranking, Statement
from bestand.model.wording import changes_text
from bestand.questions.settle.answer import HOLDS
from bestand.questions.settle.candidates import Found
from bestand.questions.settle.deals import DealSearch
from bestand.questions.settle.moves import move_changes
from bestand.questions.settle.offers import offers
from bestand.questions.settle.rankings import with_rankings
from bestand.reference import feasible
from bestand.reference.deals import deals as by_brute_force
from bestand.solve.solution import Solution
from bestand.stability.registry import HEADLINE
from tests.first_reading import UKRAINE
from tests.questions.settle.models import (
    a_formula,
    a_model,
    by_steps,
    settled,
    wishes_after,
    with_ranks,
    with_wishes,
)

DILEMMA = """\
bestand: 1
title: A dilemma
parties:
  P1: {options: {c: }}
  P2: {options: {c: }}
plan: P1.c and P2.c
status_quo: []
preferences:
  P1: {priorities: [P2.c, not P1.c]}
  P2: {priorities: [P1.c, not P2.c]}
"""


def does(model, plan):
    """Whether a plan stands, comes by itself, or is a deal that is kept, by the definitions."""
    today = model.mask(model.status_quo)
    if today not in feasible(model):
        return False
    no_deal = model.mask(model.no_deal) if isinstance(model.no_deal, frozenset) else model.no_deal
    if isinstance(no_deal, int) and no_deal not in feasible(model):
        return False
    found = by_brute_force(
        model, plan, "pseq", start=today, no_deal=no_deal, consent=model.consent, red_lines=model.red_lines
    )
    return found.verdict.kind in HOLDS


def a_question(rng, shape, wishes=with_wishes, most_states=8):
    """A small model in which a formula, as a plan, is no deal that is kept; and the formula."""
    while True:
        model = wishes(rng, a_model(rng, shape, most_states))
        states = feasible(model)
        options, ids = list(model.bit), list(model.party)
        lines = {rng.choice(ids): a_formula(rng, options)} if rng.random() < 0.3 else {}
        model = dataclasses.replace(
            model,
            status_quo=frozenset(model.taken(rng.choice(states))),
            consent=tuple(id for id in ids if rng.random() < 0.2),
            red_lines=FrozenMap(lines),
            no_deal=rng.choice([None, "today", frozenset(model.taken(rng.choice(states)))]),
        )
        terms = [OptionAtom(id) if rng.random() < 0.5 else Not(OptionAtom(id)) for id in rng.sample(options, 2)]
        formula = And(tuple(terms))
        if Solution(model).space.holds(formula).any() and not does(model, formula):
            return model, formula


def searched(model, formula, kind, depth=None):
    search = DealSearch(model, (), formula, (HEADLINE,), tuple(model.party), depth, 100_000)
    (part,) = search.settle((kind,)).parts
    return search, part


@pytest.mark.parametrize("seed", range(120))
def test_no_fewer_changes_of_wishes_would_do_and_all_that_do_are_found(seed):
    rng = random.Random(seed)
    model, formula = a_question(rng, rng.choice([(1, 1), (2, 1), (1, 1, 1)]))
    depth = 2 if len(model.bit) == 2 else 1
    levels = [
        by_steps(tuple(s.formula for s in model.preferences[party.id].statements), formula, depth)
        for party in model.parties
    ]
    smallest, expected = None, set()
    for steps in range(1, depth + 1):
        for shares in itertools.product(range(steps + 1), repeat=len(levels)):
            if sum(shares) == steps:
                for wishes in itertools.product(*(level[n] for level, n in zip(levels, shares, strict=True))):
                    preferences = {
                        party.id: Priorities(tuple(map(Statement, each)))
                        for party, each in zip(model.parties, wishes, strict=True)
                    }
                    if does(dataclasses.replace(model, preferences=FrozenMap(preferences)), formula):
                        expected.add(wishes)
        if expected:
            smallest = steps
            break
    search, part = searched(model, formula, "wishes", depth)
    assert part.smallest == {"pseq": smallest}
    every = Found("wishes")
    search._wishes(every)
    assert part.found == len(every.candidates)
    found = {settled(wishes_after(model, each.changes)) for each in every.candidates}
    assert found == set(map(settled, expected))


@pytest.mark.parametrize("seed", range(60))
def test_every_change_of_moves_that_does_it_is_found_and_no_other(seed):
    rng = random.Random(seed)
    model, formula = a_question(rng, rng.choice([(1, 1), (2, 1)]))
    search, part = searched(model, formula, "moves")
    every = list(move_changes(search.target.space, formula, tuple(model.party)))
    expected = set()
    for steps in (1, 2):
        for changes in itertools.combinations(every, steps):
            try:
                after = changed(model, changes)
            except CallError:  # they exclude each other
                continue
            if feasible(after) and does(after, formula):
                expected.add(changes)
        if expected:
            break
    assert part.smallest == {"pseq": steps if expected else None}
    assert {answer.changes for answer in part.settlements} == expected


@pytest.mark.parametrize("seed", range(30))
def test_every_offer_that_does_it_is_found_and_no_other(seed):
    rng = random.Random(seed)
    model, formula = a_question(rng, rng.choice([(1, 1), (2, 1)]))
    _, part = searched(model, formula, "offers")
    expected = [o for o in offers(model, formula, tuple(model.party)) if does(o.applied(model), formula)]
    assert sum(1 + answer.alike for answer in part.settlements) == len(expected) == part.found
    assert {answer.offer for answer in part.settlements} <= set(expected)


def weak_orders(states):
    """Every way to rank some states, ties allowed, as groups; the best first."""
    for places in itertools.product(range(len(states)), repeat=len(states)):
        if set(places) == set(range(max(places) + 1)):
            yield tuple(
                tuple(s for s, place in zip(states, places, strict=True) if place == n) for n in range(max(places) + 1)
            )


def far(before, after):
    """In how many pairs a ranking differs from today's; None where it ties a pair that is not tied today."""
    was, now = ({bits: n for n, group in enumerate(groups) for bits in group} for groups in (before, after))
    count = 0
    for x, y in itertools.combinations(was, 2):
        if now[x] == now[y] and was[x] != was[y]:
            return None
        count += (was[x] > was[y]) - (was[x] < was[y]) != (now[x] > now[y]) - (now[x] < now[y])
    return count


@pytest.mark.parametrize("seed", range(40))
def test_no_fewer_swaps_would_do_and_all_that_do_are_found(seed):
    rng = random.Random(seed)
    model, formula = a_question(rng, (1, 1), with_ranks, 4)
    states = [model.bits(mask) for mask in feasible(model)]
    levels = [{n: [] for n in range(3)} for _ in model.parties]
    for level, party in zip(levels, model.parties, strict=True):
        for order in weak_orders(states):
            distance = far(model.preferences[party.id].groups, order)
            if distance is not None and distance < 3:
                level[distance].append(order)
    smallest, expected = None, set()
    for steps in (1, 2):
        for share in range(steps + 1):
            for both in itertools.product(levels[0][share], levels[1][steps - share]):
                preferences = {party.id: Ranking(each) for party, each in zip(model.parties, both, strict=True)}
                if does(dataclasses.replace(model, preferences=FrozenMap(preferences)), formula):
                    expected.add(tuple(tuple(map(frozenset, each)) for each in both))
        if expected:
            smallest = steps
            break
    _, part = searched(model, formula, "rankings")
    assert part.smallest == {"pseq": smallest}
    assert part.found == len(expected)
    for answer in part.settlements:
        after = with_rankings(model, answer.rankings)
        both = [after.preferences[party.id].groups for party in model.parties]
        assert tuple(tuple(map(frozenset, each)) for each in both) in expected
        assert sum(len(each.turned) for each in answer.rankings) == smallest


def test_a_ceasefire_in_ukraine_takes_one_change_of_what_russia_wants():
    found = bestand.settle(UKRAINE, "ceasefire", kinds=["wishes"], list=8)
    assert (found.sought, found.ruling.kind) == ("deal", "no-deal")
    (part,) = found.parts
    assert (part.smallest, part.found) == ({"pseq": 1}, 18)
    first = part.settlements[0]
    assert (changes_text(first.changes), first.alike) == ("russia 2 after russia 3", 9)
    assert (first.after.ruling.kind, first.after.refused, first.after.unkept) == ("deal", ("russia",), False)
    deal = first.after.ruling.lean[0]
    assert deal.signatories == ("usa", "russia", "ukraine", "europe")
    assert deal.goes_on == ("usa", "europe")
    assert [changes_text(each.changes) for each in part.settlements if not each.repeats] == [
        "russia 2 after russia 3",
        "russia 3 before russia 1",
        "russia 7 before russia 2",
        "russia 2 dropped",
    ]
    assert all(each.repeats == ("russia",) for each in part.settlements[4:])  # last, and marked
    words = " ".join(found.words().split())
    assert "Nothing has to change" not in words
    assert "As things are: No deal: no version of it would be signed by all who have to. Russia refuses every" in words
    assert "Russia refuses it as things are, and then no longer." in words
    assert "This says only that Russia wants it." in words


def test_nothing_has_to_change_where_it_is_a_deal_that_is_kept():
    found = bestand.settle(bestand.loads(DILEMMA))
    assert (found.ruling.kind, found.parts, found.concepts) == ("deal", (), ("pseq",))
    words = " ".join(found.words().split())
    assert "Nothing has to change. There is a deal that would be signed and kept: " in words
    assert "P1 and P2 have to sign." in words
    data = found.data()
    assert (data["sought"], data["verdict"]["kind"], data["already"], data["kinds"]) == ("deal", "deal", {}, {})


@pytest.mark.parametrize(
    ("today", "plan", "told"),
    [
        ("[P1.c, P2.c]", "P1.c", "It is so today, and nobody has reason to end it."),
        ("[P1.c, P2.c]", "not P1.c or P2.c", "It is so today, and nobody can undo it."),
    ],
)
def test_what_stands_needs_nothing(today, plan, told):
    text = DILEMMA.replace("status_quo: []", f"status_quo: {today}").replace("not P1.c]", "P1.c]")
    found = bestand.settle(bestand.loads(text + "one_way: {P2.c: to-yes}\n"), plan)
    assert found.parts == ()
    assert f"Nothing has to change. {told}" in " ".join(found.words().split())


def test_an_equilibrium_is_not_yet_a_deal():
    """Both defect in an equilibrium under every concept; from where both cooperate nobody wants to go there."""
    model = bestand.loads(DILEMMA.replace("status_quo: []", "status_quo: [P1.c, P2.c]"))
    found = bestand.settle(model, "not P1.c and not P2.c", kinds=["wishes"])
    assert found.ruling.kind == "no-deal"
    assert found.parts[0].settlements
    named = bestand.settle(model, "not P1.c and not P2.c", concepts=["nash"])
    assert (named.sought, named.ruling.kind, set(named.already)) == ("equilibrium", "no-deal", {"nash"})
    words = " ".join(named.words().split())
    assert "As a plan: No deal: no version of it would be signed by all who have to." in words
    assert "Nothing has to change under Nash stability." in words
    assert named.data()["verdict"]["kind"] == "no-deal"


def test_concepts_that_are_named_are_about_equilibria_with_the_verdict_after_beside_them():
    found = bestand.settle(bestand.loads(DILEMMA), concepts=["nash"], kinds=["moves"])
    assert found.ruling.kind == "deal"
    (part,) = found.parts
    assert part.smallest == {"nash": 2}
    assert all(answer.example is not None and answer.after is not None for answer in part.settlements)
    assert not any(answer.after.unkept for answer in part.settlements)  # it is a deal that is kept as things are
    told = found.data()["kinds"]["moves"]["settlements"]
    assert [each["verdict"]["kind"] for each in told] == [each.after.ruling.kind for each in part.settlements]


def test_without_a_start_it_is_equilibria_that_are_sought_and_it_says_so():
    model = bestand.loads(DILEMMA.replace("status_quo: []\n", ""))
    found = bestand.settle(model, kinds=["moves"])
    assert (found.sought, found.ruling, found.concepts) == ("equilibrium", None, ("nash", "gmr", "smr", "seq", "sseq"))
    words = " ".join(found.words().split())
    assert (
        "Whether it is a deal that is kept cannot be told: the model does not say how things stand today (status_quo)"
        in words
    )
    assert "What is sought is an equilibrium: a state that nobody leaves." in words


def test_a_change_that_crosses_a_red_line_says_so():
    model = bestand.loads(
        """\
bestand: 1
title: A third party
parties:
  A: {options: {a: }}
  B: {options: {b: }}
  C: {options: {c: }}
plan: A.a and B.b
status_quo: []
red_lines: {C: A.a}
preferences:
  A: {priorities: [not A.a, B.b]}
  B: {priorities: [A.a, not B.b]}
  C: {priorities: [not C.c]}
"""
    )
    found = bestand.settle(model, kinds=["wishes"])
    first = found.parts[0].settlements[0]
    assert (changes_text(first.changes), first.after.refused, first.after.crosses) == (
        "A 1 after A 2",
        ("A",),
        ("C",),
    )
    assert "This crosses the red line of C." in " ".join(found.words().split())
    assert found.data()["kinds"]["wishes"]["settlements"][0]["crosses"] == ["C"]


def test_what_only_repeats_the_goal_is_marked_and_comes_last():
    text = DILEMMA.replace("[P2.c, not P1.c]", "[not P1.c, P2.c, P1.c and P2.c]")
    found = bestand.settle(bestand.loads(text), kinds=["wishes"], list=100)
    told = {changes_text(each.changes): each.repeats for each in found.parts[0].settlements}
    assert told["P1 3 before P1 1"] == ("P1",)  # a wish of its own that says the same
    assert told["P1 1 after P1 2"] == ()
    assert list(told.values()) == sorted(told.values())


def test_a_limit_leaves_what_was_found():
    asked = 0

    class Patient(Watch):
        def check(self):
            nonlocal asked
            asked += 1
            if asked > 300:
                self.limits = Limits(seconds=1e-9)
            super().check()

    model = bestand.load(UKRAINE)
    formula = parse_formula("ceasefire", model.scope())
    search = DealSearch(model, (), formula, (HEADLINE,), tuple(model.party), watch=Patient())
    (part,) = search.settle(("wishes",)).parts
    assert "stopped after" in str(part.stopped)
    assert part.searched == {}


def test_answers_that_there_was_no_time_to_solve_again_are_counted_and_not_shown():
    text = DILEMMA.replace("[P2.c, not P1.c]", "[not P1.c, P2.c]")
    found = bestand.settle(bestand.loads(text), kinds=["wishes"])
    (part,) = found.parts
    cut = dataclasses.replace(part, settlements=(), stopped=LimitReached("seconds", "stopped after 2 seconds").stop)
    words = " ".join(dataclasses.replace(found, parts=(cut,)).words().split())
    assert f"{part.found} that were found are not shown." in words
    assert "--list" not in words


def test_both_defecting_is_no_deal_where_both_cooperate_and_one_swap_lets_it_come():
    model = bestand.loads(
        """\
bestand: 1
title: A dilemma, ranked
parties:
  P1: {options: {c: }}
  P2: {options: {c: }}
plan: not P1.c and not P2.c
status_quo: [P1.c, P2.c]
preferences:
  P1: {ranking: ["01", "11", "00", "10"]}
  P2: {ranking: ["10", "11", "00", "01"]}
"""
    )
    found = bestand.settle(model)
    assert (found.ruling.kind, found.ruling.kinds["nash"]) == ("no-deal", "comes-by-itself")
    parts = {part.kind: part for part in found.parts}
    assert parts["rankings"].smallest == {"pseq": 1}
    assert {
        (each.rankings[0].party, each.rankings[0].turned, each.after.ruling.kind)
        for each in parts["rankings"].settlements
    } == {("P1", (("00", "11"),), "comes-by-itself"), ("P2", (("00", "11"),), "comes-by-itself")}
