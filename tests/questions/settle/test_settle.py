"""Settlements in wishes, moves and offers against the definitions, each change of so many steps tried out."""

from __future__ import annotations

import dataclasses
import itertools
import random

import pytest

import bestand
from bestand.engine.limits import Limits, Watch
from bestand.model.changing import changed
from bestand.model.formula import FALSE, And, Not, OptionAtom, text
from bestand.model.language import parse_changes, parse_formula
from bestand.model.model import Model
from bestand.model.sentences import Bind, Drop, Forbid, Replace, StatementRef
from bestand.model.truth import holds
from bestand.model.values import FrozenMap, Priorities, Statement
from bestand.model.wording import change_text, changes_text
from bestand.questions.settle.moves import move_changes
from bestand.questions.settle.offers import offers
from bestand.questions.settle.search import Search
from bestand.questions.settle.wishes import Orders, orders_of
from bestand.reference import Graph, feasible, stable
from bestand.reference.worlds import moves_of, ranks_of
from tests.first_reading import UKRAINE
from tests.questions.settle.models import (
    CONCEPTS,
    a_formula,
    a_model,
    by_steps,
    graph_of,
    held,
    settled,
    wishes_after,
    with_wishes,
)

DAM = """\
bestand: 1
title: A dam
parties:
  up: {options: {release: {}, threaten: {}}}
  down: {options: {pay: {}, attack: {}}}
rules: [never: down.pay and down.attack]
outcomes: {deal: up.release and down.pay}
status_quo: [up.threaten]
preferences:
  up: {priorities: [not down.attack, down.pay, not up.release, not up.threaten]}
  down: {priorities: [not down.attack or not up.release, up.release, not up.threaten, not down.pay]}
"""


def wanted_states(model, formula):
    """Indices of the states that satisfy a formula."""
    return [s for s, mask in enumerate(feasible(model)) if holds(formula, set(model.taken(mask)), {})]


def a_question(rng, shape, concept, least=1):
    """A small model, a formula, and the states that satisfy it, of which each is unstable for so many parties."""
    while True:
        model = with_wishes(rng, a_model(rng, shape))
        formula = a_formula(rng, list(model.bit))
        if least > 1:
            terms = [OptionAtom(id) if rng.random() < 0.5 else Not(OptionAtom(id)) for id in model.bit]
            formula = And(tuple(terms))
        truths = wanted_states(model, formula)
        verdicts = stable(graph_of(model), concept)
        if 0 < len(truths) < len(feasible(model)) and all(sum(not row[s] for row in verdicts) >= least for s in truths):
            return model, formula, truths


def smallest(model, formula, wanted, concept, most=2):
    """The fewest steps, and what the parties then want: everything that many steps lead to is tried out."""
    states = feasible(model)
    moves = moves_of(model, states)
    levels = [
        by_steps(tuple(s.formula for s in model.preferences[party.id].statements), formula, most)
        for party in model.parties
    ]
    ranked = {}

    def ranks(i, wishes):
        if (i, wishes) not in ranked:
            alone = {model.parties[i].id: Priorities(tuple(map(Statement, wishes)))}
            ranked[i, wishes] = ranks_of(dataclasses.replace(model, preferences=FrozenMap(alone)), states)[i]
        return ranked[i, wishes]

    known = {}
    for steps in range(most + 1):
        found = set()
        for shares in itertools.product(range(steps + 1), repeat=len(levels)):
            if sum(shares) == steps:
                for wishes in itertools.product(*(level[n] for level, n in zip(levels, shares, strict=True))):
                    rows = tuple(ranks(i, each) for i, each in enumerate(wishes))
                    if rows not in known:
                        known[rows] = held(Graph(len(states), moves, rows), concept, wanted)
                    if known[rows]:
                        found.add(wishes)
        if found:
            return steps, found
    return None, set()


@pytest.mark.parametrize("seed", range(200))
def test_no_fewer_changes_of_wishes_would_do_and_all_that_do_are_found(seed):
    rng = random.Random(seed)
    far = seed % 3 == 0  # questions that take two steps, at least under nash
    concept = "nash" if far else rng.choice(CONCEPTS)
    shape = rng.choice([(1, 1), (2, 1)]) if far else rng.choice([(1, 1), (2, 1), (1, 1, 1)])
    model, formula, wanted = a_question(rng, shape, concept, least=2 if far else 1)
    depth = 2 if len(model.parties) == 2 else 1
    search = Search(model, (), formula, (concept,), tuple(model.party), depth)
    steps, expected = smallest(model, formula, wanted, concept, depth)
    assert steps is None or steps >= 1 + far
    (part,) = search.settle(("wishes",)).parts
    assert part.smallest == {concept: steps}
    found = all_orders(search, concept, steps) if steps else ()
    assert {settled(wishes_after(model, changes)) for changes in found} == set(map(settled, expected))


def with_levels(rng, model):
    """The model with some neighbouring wishes of a party level, two at least."""
    preferences = {}
    for party, wishes in model.preferences.items():
        statements, levels = list(wishes.statements), []
        while statements:
            several = rng.choice([1, 2, 3])
            levels.append(statements[:several])
            statements = statements[several:]
        preferences[party] = Priorities.of(levels)
    return dataclasses.replace(model, preferences=FrozenMap(preferences))


def levels_one_step_away(levels, formula):
    """Every list of levels that is one step away, written out again; what stands level in any order."""
    for k, level in enumerate(levels):
        for wish in level:
            left = tuple(each for each in level if each != wish)
            rest = (*levels[:k], left, *levels[k + 1 :])
            yield rest
            yield (*levels[:k], (*left, formula), *levels[k + 1 :])
            for to in range(len(rest) + 1):
                yield (*rest[:to], (wish,), *rest[to:])
            for to, other in enumerate(rest):
                if to != k and len(other) > 1:
                    yield (*rest[:to], (*other, wish), *rest[to + 1 :])
    for to in range(len(levels) + 1):
        yield (*levels[:to], (formula,), *levels[to:])
    for to, other in enumerate(levels):
        if len(other) > 1:
            yield (*levels[:to], (*other, formula), *levels[to + 1 :])


def alike(levels):
    """Levels without empty ones, and without regard to the order within one."""
    return tuple(tuple(sorted(level, key=str)) for level in levels if level)


def levels_of(model):
    return tuple(
        alike(tuple(wish.formula for wish in level) for level in model.preferences[party.id].by_level)
        for party in model.parties
    )


@pytest.mark.parametrize("seed", range(60))
def test_levels_are_left_joined_and_kept_in_one_step(seed):
    """All single steps that make a wanted state hold, and no other, where some wishes stand level."""
    rng = random.Random(7000 + seed)
    concept = rng.choice(CONCEPTS)
    while True:
        model, formula, wanted = a_question(rng, (2, 1), concept)
        model = with_levels(rng, with_wishes(rng, model, 4))
        here = levels_of(model)
        several = any(len(level) > 1 for of_party in here for level in of_party)
        apart = all(len(set(sum(of_party, ()))) == len(sum(of_party, ())) for of_party in here)
        new = all(formula not in sum(of_party, ()) for of_party in here)
        if several and apart and new and not held(graph_of(model), concept, wanted):
            break
    expected = set()
    for i, of_party in enumerate(here):
        for levels in map(alike, levels_one_step_away(of_party, formula)):
            new = Priorities.of([[*map(Statement, level)] for level in levels])
            party = model.parties[i].id
            after = dataclasses.replace(model, preferences=FrozenMap({**model.preferences, party: new}))
            if held(graph_of(after), concept, wanted):
                expected.add((*here[:i], levels, *here[i + 1 :]))
    search = Search(model, (), formula, (concept,), tuple(model.party), 1)
    (part,) = search.settle(("wishes",)).parts
    assert part.smallest == {concept: 1 if expected else None}
    assert {levels_of(changed(model, changes)) for changes in all_orders(search, concept, 1)} == expected


def all_orders(search, concept, steps):
    """Every answer of the search in wishes, alike or not."""
    from bestand.questions.settle.order import Reordering

    orders = {
        i: Orders(orders_of(search.base, (), party.id), search.formula) for i, party in enumerate(search.model.parties)
    }
    for combination in Reordering(search.target, orders).answers(concept, steps):
        yield tuple(change for order in combination for change in order.changes)


@pytest.mark.parametrize("seed", range(60))
def test_every_change_of_moves_that_does_it_is_found_and_no_other(seed):
    rng = random.Random(seed)
    concept = rng.choice(CONCEPTS)
    model, formula, wanted = a_question(rng, rng.choice([(1, 1), (2, 1), (1, 1, 1)]), concept, least=1 + seed % 2)
    search = Search(model, (), formula, (concept,), tuple(model.party), most=100_000)
    (part,) = search.settle(("moves",)).parts
    every = list(move_changes(search.target.space, formula, tuple(model.party)))
    for steps in (1, 2):
        expected = {pair for pair in itertools.combinations(every, steps) if does(model, pair, wanted, concept)}
        if expected:
            break
    assert part.smallest == {concept: steps if expected else None}
    assert {answer.changes for answer in part.settlements} == expected


def does(model, changes, wanted, concept):
    """Whether a wanted state is an equilibrium of the changed model, by the definitions."""
    try:
        after = changed(model, changes)
    except bestand.CallError:  # they exclude each other
        return False
    before, states = feasible(model), feasible(after)
    return bool(states) and held(
        graph_of(after), concept, [states.index(before[s]) for s in wanted if before[s] in states]
    )


@pytest.mark.parametrize("seed", range(40))
def test_every_offer_that_does_it_is_found_and_no_other(seed):
    rng = random.Random(seed)
    concept = rng.choice(CONCEPTS)
    model, formula, _ = a_question(rng, rng.choice([(1, 1), (2, 1)]), concept)
    search = Search(model, (), formula, (concept,), tuple(model.party), most=10_000)
    (part,) = search.settle(("offers",)).parts
    expected = []
    for offer in offers(model, formula, tuple(model.party)):
        after = offer.applied(model)
        if held(graph_of(after), concept, wanted_states(after, formula)):
            expected.append(offer)
    assert sum(1 + answer.alike for answer in part.settlements) == len(expected) == part.found
    assert {answer.offer for answer in part.settlements} <= set(expected)


def test_what_an_offer_adds():
    model = bestand.loads(DAM)
    deal = model.outcome["deal"].formula
    side, penalty, guarantee = (
        next(o for o in offers(model, deal, ("down",)) if o.kind == kind and o.place == 1)
        for kind in ("side payment", "penalty", "guarantee")
    )
    after = side.applied(model)
    assert text(after.preferences["up"].statements[-1].formula) == "up.side_payment iff up.release and down.pay"
    assert text(penalty.word(model)) == "up.penalty iff not (up.release and down.pay)"
    assert text(guarantee.word(model)) == "up.guarantee iff up.release and down.pay"
    assert side.option(model) == "up.side_payment"
    assert after.preferences["down"].statements[1].formula == OptionAtom("up.side_payment")
    assert len(after.options) == len(model.options) + 1
    assert after.status_quo == model.status_quo
    assert penalty.applied(model).preferences["down"].statements[1].formula == Not(OptionAtom("up.penalty"))
    assert penalty.applied(model).status_quo == model.status_quo | {"up.penalty"}  # today it is due
    assert guarantee.applied(model).preferences["down"].statements[1].formula.terms[1] == OptionAtom("up.guarantee")


def test_which_changes_of_moves_are_tried():
    model = bestand.loads(DAM + "one_way: {down.attack: to-yes}\n")
    search = Search(model, (), parse_formula("deal", model.scope()), ("nash",), ("up", "down"))
    tried = list(move_changes(search.target.space, search.formula, ("up", "down")))
    assert [change_text(change) for change in tried if "deal" not in change_text(change)] == [
        "up.release one-way to yes",
        "up.release one-way to no",
        "up.threaten one-way to yes",
        "up.threaten one-way to no",
        "down.pay one-way to yes",
        "down.pay one-way to no",
        "down.attack reversible",
        *(f"{id} held at {value}" for id in ("up.threaten", "down.attack") for value in ("no", "yes")),
    ]
    assert [change_text(change) for change in tried if "deal" in change_text(change)] == [
        "up cannot move from not up.release to up.release and not deal",
        "up cannot move from deal to not up.release",
        "up cannot move from deal and not up.threaten to up.threaten",
        "up cannot move from not up.threaten to up.threaten and not deal",
        "up cannot move from deal and up.threaten to not up.threaten",
        "up cannot move from up.threaten to not up.threaten and not deal",
        "down cannot move from not down.pay to down.pay and not deal",
        "down cannot move from deal to not down.pay",
        "down cannot move from deal to down.attack",
        "up cannot move from deal to not deal",
        "down cannot move from deal to not deal",
    ]


def test_changes_read_back_as_they_are_written():
    model = bestand.loads(DAM)
    found = bestand.settle(model, "deal and not up.threaten", concepts=CONCEPTS, list=50, depth=2)
    written = 0
    for part in found.parts:
        for answer in part.settlements:
            if answer.changes:
                written += 1
                assert parse_changes(changes_text(answer.changes), model.scope(CONCEPTS)) == answer.changes
                result = bestand.analyse(changed(model, answer.changes), concepts=answer.concepts)
                for concept in answer.concepts:
                    states = result.states[result.equilibria[concept]]
                    assert int(answer.counts[concept][0]) == sum(
                        {"up.release", "down.pay"} <= set(model.taken(int(mask)))
                        and "up.threaten" not in model.taken(int(mask))
                        for mask in states
                    )
    assert written


def test_numbers_are_those_of_the_file_whatever_the_readings():
    text = DAM + "readings: {r: {change: 'down 3 before down 1, down 2 dropped, down wants up.release last'}}\n"
    model = bestand.loads(text)
    changes = parse_changes("reading r", model.scope(CONCEPTS))
    order = orders_of(model, changes, "down")
    assert [number for number, _ in order.entries] == [3, 1, 4, 0]
    assert orders_of(dataclasses.replace(model, preferences=FrozenMap()), (), "up").entries == ()
    for new in Orders(order, OptionAtom("down.pay")).at(1):
        after = changed(model, [*changes, *new.changes]).preferences["down"]
        assert tuple(s.formula for s in after.statements) == new.wishes


def test_what_a_reading_has_replaced_is_not_replaced_again():
    text = DAM + "readings: {r: {change: 'down 4 replaced by not down.pay or down.attack'}}\n"
    found = bestand.settle(bestand.loads(text), "deal", concepts=["nash"], kinds=["wishes"], readings=["r"], list=1000)
    told = {change for answer in found.parts[0].settlements for change in answer.changes}
    assert Drop(StatementRef("down", 4)) in told
    assert Replace(StatementRef("up", 3), parse_formula("deal", DAM_MODEL.scope())) in told
    assert not any(isinstance(change, Replace) and change.statement == StatementRef("down", 4) for change in told)


def test_what_takes_moves_from_one_party_is_not_tried_where_another_would_leave():
    model = bestand.loads(DAM)
    formula = And((OptionAtom("up.release"), OptionAtom("down.attack")))
    search = Search(model, (), formula, ("gmr",), tuple(model.party))
    for asked, needed in (("gmr", "gmr"), ("seq", "gmr"), ("nash", "nash")):
        holds_for = [bool(search.target.stable(search.target.solution, needed, i)) for i in range(2)]
        assert search._can_help([Bind("up.release", "to-yes")], asked) is holds_for[1]
        assert search._can_help([Bind("down.attack", "to-yes")], asked) is holds_for[0]
        assert search._can_help([Forbid("up", formula, Not(formula)), Bind("down.attack", "to-yes")], asked)


def test_a_target_that_is_stable_needs_nothing():
    found = bestand.settle(DAM_MODEL, "deal", concepts=["gmr"])
    assert set(found.already) == {"gmr"}
    assert found.parts == ()
    assert found.stopped is None


DAM_MODEL = bestand.loads(DAM)


def test_only_those_asked_change():
    found = bestand.settle(DAM_MODEL, "deal", concepts=["nash"], parties=["down"], depth=2, list=1000)
    told = [change for part in found.parts for answer in part.settlements for change in answer.changes]
    assert not any(isinstance(change, Drop) and change.statement.party == "up" for change in told)
    both = bestand.settle(DAM_MODEL, "deal", concepts=["nash"], depth=2, kinds=["wishes"], list=1000)
    (part,) = both.parts
    assert part.smallest == {"nash": 2}
    assert (Drop(StatementRef("up", 3)), Drop(StatementRef("down", 4))) in [s.changes for s in part.settlements]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"formula": "deal and not deal"}, "no feasible state satisfies 'deal and not deal'"),
        ({"formula": FALSE}, "no feasible state satisfies 'false'"),
        ({"formula": "dael"}, "did you mean 'deal'"),
        ({"formula": None}, "no plan"),
        ({"formula": "deal", "concepts": ["nush"]}, "did you mean 'nash'"),
        ({"formula": "deal", "parties": ["dwn"]}, "did you mean 'down'"),
        ({"formula": "deal", "kinds": ["wish"]}, "did you mean 'wishes'"),
        ({"formula": "deal", "depth": 0}, "a depth of 0: give 1 or more"),
        ({"formula": "deal", "list": 0}, "a list of 0: give 1 or more"),
        ({"formula": "deal", "readings": ["x"]}, "no reading 'x'"),
    ],
)
def test_wrong_calls_say_what_would_be_right(arguments, message):
    with pytest.raises(bestand.CallError, match=message):
        bestand.settle(DAM_MODEL, **arguments)


def test_counting_refuses_what_it_does_not_know():
    for arguments, message in [(("none", "dwn"), "did you mean 'down'"), (("11", "up"), "has 2 characters")]:
        with pytest.raises(bestand.CallError, match=message):
            bestand.count_rankings(DAM_MODEL, *arguments)
    with pytest.raises(bestand.CallError, match="brseq"):
        bestand.count_rankings(DAM_MODEL, "none", "up", concepts=["brseq"])


def test_what_was_found_before_a_limit_is_kept():
    model = bestand.load(UKRAINE)
    formula = parse_formula("ceasefire and not ukraine.cede", model.scope())
    asked = 0

    class Patient(Watch):
        def check(self):
            nonlocal asked
            asked += 1
            if asked > 500:  # by then all single wishes were tried under gmr, and not all of the rest
                self.limits = Limits(seconds=1e-9)
            super().check()

    found = Search(model, (), formula, ("gmr", "nash"), ("russia",), watch=Patient()).settle(("wishes", "moves"))
    wishes, moves = found.parts
    assert "stopped after" in str(found.stopped)
    assert wishes.smallest["gmr"] == wishes.searched["gmr"] == 1
    assert moves.stopped
    assert not moves.settlements


def test_ukraine_has_a_ceasefire_without_ceding_if_russia_wants_it_less_to_have_its_price():
    (wishes,) = bestand.settle(
        UKRAINE,
        "ceasefire and not ukraine.cede",
        concepts=["nash", "seq"],
        parties=["russia"],
        kinds=["wishes"],
    ).parts
    assert wishes.smallest == {"nash": 1, "seq": 1}
    first = wishes.settlements[0]
    assert (changes_text(first.changes), first.concepts) == ("russia 2 after russia 3", ("seq",))


@pytest.mark.slow
def test_every_equilibrium_of_ukraine_in_full():
    concepts = ["nash", "gmr", "smr", "seq", "sseq"]
    found = bestand.settle(UKRAINE, "ceasefire and not ukraine.cede", concepts=concepts)
    parts = {part.kind: part for part in found.parts}
    assert set(parts["wishes"].smallest.values()) == set(parts["moves"].smallest.values()) == {1}
    assert parts["offers"].smallest == {"nash": None, "gmr": 1, "smr": 1, "seq": 1, "sseq": 1}
    assert parts["rankings"].absent


def test_a_model_without_preferences_can_be_given_some():
    model = dataclasses.replace(DAM_MODEL, preferences=FrozenMap())
    assert isinstance(model, Model)
    found = bestand.settle(model, "deal", concepts=["nash"])
    assert found.already  # nobody minds


def test_in_python_the_answer_is_words_and_data():
    found = bestand.settle(
        "journals/gdn/hipel2014/syria-iraq-1975", "Syria.release_water", concepts=["nash"], kinds=["moves"]
    )
    told = " ".join(str(found).split())
    assert "Under Nash stability, 1 change of moves will do." in told
    assert "bestand what-if journals/gdn/hipel2014/syria-iraq-1975" in told
    assert found.data()["kinds"]["moves"]["smallest"] == {"nash": 1}
    assert found.parts[0].smallest == {"nash": 1}
