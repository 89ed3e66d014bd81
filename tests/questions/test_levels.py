"""What questions tell of wishes that stand level, and what they make of them."""

import dataclasses
import itertools
import random
from collections import Counter
from contextlib import suppress

import pytest

import bestand
from bestand import loads
from bestand.model.changing import apply_readings, changed, levelled
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import OptionAtom, text
from bestand.model.values import Priorities
from bestand.model.wording import changes_text
from bestand.plan.open.open_questions import opened, shuffled
from bestand.questions.compare.differences import differences
from bestand.questions.settle.wishes import Orders, orders_of

MODEL = """
bestand: 1
title: Dam
parties:
  up: {options: {a: , b: }}
  down: {options: {c: , d: }}
status_quo: []
plan: a and b and c
preferences:
  up: {priorities: [[c, not a, not b], d]}
  down: {priorities: [[a, b, not c], not d]}
"""


@pytest.fixture(scope="module")
def dam():
    return loads(MODEL)


def levels_of(model, party="up"):
    return [[text(wish.formula) for wish in level] for level in model.preferences[party].by_level]


def test_a_level_that_decides_is_named_as_a_whole(dam):
    """With a, b and c, up has one of its level instead of two, and down two instead of one."""
    ruling = bestand.deals(dam, no_deal="today").ruling
    assert set(ruling.refuses["up"].decided_by) == {"up 1-3"}
    assert ruling.blocking == (("up",),)
    words = bestand.deals(dam, no_deal="today").words("en")
    assert "how many hold of" in words


def test_what_a_signatory_has_of_a_deal_is_a_count():
    """Each of the two does one thing that costs it nothing it counts, for two that it wants."""
    model = loads(
        """
bestand: 1
title: Swap
parties: {up: {options: {a: }}, down: {options: {c: }}}
status_quo: []
plan: a and c
preferences:
  up: {priorities: [[c, c or a, not a]]}
  down: {priorities: [[a, c or a, not c]]}
"""
    )
    answer = bestand.deals(model, no_deal="today")
    (deal,) = answer.ruling.lean
    gain = deal.gains["up"]
    assert (gain.first.number, [ref.number for ref in gain.level], gain.held) == (1, [1, 2, 3], (2, 1))
    assert "up gets 2 of these wishes instead of 1" in answer.words("en").lower().replace("\n", " ")
    assert answer.data()["lean"][0]["gains"]["up"] == {"decides": 1, "gained": [1, 2], "lost": [3], "level": [1, 2, 3]}


def test_any_order_leaves_levels_whole(dam):
    design = shuffled(dam)
    assert design.count == 4
    seen = set()
    for index in range(design.count):
        base, changes = design.variant(design.combination(index))
        after = changed(base, changes)
        up = levels_of(after)
        assert sorted(map(sorted, up)) == [["down.c", "not up.a", "not up.b"], ["down.d"]]
        seen.add(tuple(map(len, up)))
    assert seen == {(3, 1), (1, 3)}
    assert changed(*design.variant(design.combination(0))).preferences == dam.preferences


def test_a_wish_that_a_reading_adds_to_a_level_stays_in_it(dam):
    model = loads(MODEL + "readings: {more: {change: up wants a and b level with up 2}}\n")
    design = shuffled(model, apply_readings(model, ["more"]))
    for index in range(design.count):
        up = levels_of(changed(*design.variant(design.combination(index))))
        assert sorted(map(len, up)) == [1, 4]


def some_reading(rng):
    """The design of all orders under a reading that changes wishes and levels of up, and the levels that it leaves."""
    while True:
        new, said = iter(["a and b", "c and d", "a or c", "b or d"]), []
        for _ in range(rng.randint(1, 4)):
            i, j = rng.sample(range(1, 5), 2)
            where = rng.choice(["level with", "level with", "before", "after"])
            moved = [f"up {i} {where} up {j}", f"up {i} dropped", f"up {i} exchanged with up {j}"]
            said.append(rng.choice([f"up wants {next(new)} {where} up {i}", *moved]))
        with suppress(CallError, ModelError):  # changes that clash
            model = loads(MODEL + f"readings: {{more: {{change: [{', '.join(said)}]}}}}\n")
            common = apply_readings(model, ["more"])
            return shuffled(model, common), levels_of(changed(model, common))


@pytest.mark.parametrize("seed", range(40))
def test_any_order_is_one_of_the_levels_that_readings_leave(seed):
    """Every order of the levels comes once, and nothing else, whatever a reading does to wishes and levels."""
    design, levels = some_reading(random.Random(seed))
    found = {
        tuple(tuple(sorted(level)) for level in levels_of(changed(*design.variant(design.combination(k)))))
        for k in range(design.count)
    }
    assert found == {tuple(tuple(sorted(level)) for level in order) for order in itertools.permutations(levels)}


def test_a_level_that_readings_alone_make_is_refused_where_orders_are_varied():
    added = "up wants a and b level with up 4, up wants a or c level with up 4, up 4 dropped"
    model = loads(MODEL + f"readings: {{more: {{change: [{added}]}}}}\n")
    with pytest.raises(CallError, match=r"'up.a and up.b' and 'up.a or down.c' of up stand level"):
        bestand.vary(model, shuffle=True, readings="more")


@pytest.mark.parametrize("change", ["up wants a and b level with up 2", "up 4 level with up 1", "up 2 before up 1"])
def test_orders_under_a_reading_with_levels_come_to_what_each_comes_to_alone(change):
    model = loads(MODEL + f"readings: {{more: {{change: {change}}}}}\n")
    answer = bestand.vary(model, shuffle=True, readings="more", concepts=["nash", "seq"])
    design = shuffled(model, apply_readings(model, ["more"]))
    alone = [changed(*design.variant(design.combination(k))) for k in range(design.count)]
    data = answer.data()
    kinds = Counter(bestand.deals(model).ruling.kind for model in alone)
    assert {kind: each["count"] for kind, each in data["plan"]["kinds"].items() if each["count"]} == dict(kinds)
    for concept, said in data["concepts"].items():
        found = [bestand.analyse(model, (concept,)).equilibria[concept].sum() for model in alone]
        assert (said["equilibria"]["fewest"], said["equilibria"]["most"]) == (min(found), max(found))


def test_places_of_open_questions_count_levels(dam):
    model = loads(MODEL + "open: [{place: up 4, between: [1, 2]}]\n")
    design = opened(model)
    found = [levels_of(changed(*design.variant(design.combination(index)))) for index in range(design.count)]
    assert found == [
        [["down.c", "not up.a", "not up.b"], ["down.d"]],
        [["down.d"], ["down.c", "not up.a", "not up.b"]],
    ]
    out = opened(loads(MODEL + "open: [{place: up 2, between: [1, 2]}]\n"))
    assert levels_of(changed(*out.variant(out.combination(1)))) == [["down.c", "not up.b"], ["down.d"], ["not up.a"]]


def test_every_step_of_settle_is_what_its_changes_make(dam):
    """Two steps deep: the levels that the search works with are those that a model has after the same changes."""
    wanted = OptionAtom("up.a")
    orders = Orders(orders_of(dam, (), "up"), wanted)
    first = {order.ranking for order in orders.at(1)}
    for size in (1, 2):
        for order in orders.at(size):
            after = levelled(dam, order.changes)["up"]
            assert [[statement.formula for _, statement in level] for level in after] == list(map(list, order.ranking))
    by_hand = set()
    base = orders.start.ranking
    for k, level in enumerate(base):
        for at, formula in enumerate(level):
            left = level[:at] + level[at + 1 :]
            rest = (*base[:k], *((left,) if left else ()), *base[k + 1 :])
            by_hand |= {rest, (*base[:k], (*level[:at], wanted, *level[at + 1 :]), *base[k + 1 :])}
            by_hand |= {(*rest[:to], (formula,), *rest[to:]) for to in range(len(rest) + 1)}
            by_hand |= {
                (*rest[:to], (*other, formula), *rest[to + 1 :])
                for to, other in enumerate(rest)
                if len(other) > 1 and not set(other) < set(level)
            }
    by_hand |= {(*base[:to], (wanted,), *base[to:]) for to in range(len(base) + 1)}
    by_hand |= {(*base[:to], (*level, wanted), *base[to + 1 :]) for to, level in enumerate(base) if len(level) > 1}
    assert first == by_hand - {base}
    assert (base[0] + base[1],) in first  # d goes into the level above it


def test_levers_exchange_across_levels_and_never_within(dam):
    names = {changes_text(each.changes) for each in bestand.levers(dam).tried}
    assert "up 1 exchanged with up 4" in names
    assert "up 1 exchanged with up 2" not in names
    assert "up 1 before up 2" in names


def test_compare_tells_who_left_a_level(dam):
    apart = dataclasses.replace(
        dam,
        preferences=type(dam.preferences)(
            {**dam.preferences, "up": Priorities.of([w[:2], w[2:]] if (w := dam.preferences["up"].statements) else [])}
        ),
    )
    moved = [each for each in differences(dam, apart) if each.sort == "wish"]
    assert [(each.how, each.id, each.places) for each in moved] == [("moved", "not up.b", (1, 2))]
    assert [each for each in differences(dam, dam) if each.sort == "wish"] == []


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_question_tells_a_model_with_levels(dam, lang):
    for answer in (
        bestand.report(dam),
        bestand.check(dam),
        bestand.settle(dam, "a and b and c"),
        bestand.vary(dam, shuffle=True),
    ):
        assert answer.words(lang)
    told = bestand.report(dam).words(lang)
    assert "2 =" in told
