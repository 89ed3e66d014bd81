"""Changes to a model: each kind by itself, several together, and what cannot be done."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand import CallError, Model, loads
from bestand.model.changing import changed
from bestand.model.excluding import spelled_out
from bestand.model.formula import Not, OptionAtom, OutcomeAtom, text
from bestand.model.language import parse_changes
from bestand.model.open_questions import of_reading
from bestand.model.sentences import (
    AddRule,
    ApplyReading,
    Bind,
    Drop,
    DropRule,
    Forbid,
    Free,
    HoldOption,
    HoldParty,
    Insert,
    Place,
    Replace,
    StatementRef,
)
from bestand.model.values import BARE, Reading
from bestand.reference import feasible
from bestand.reference.worlds import World
from bestand.testing import changes as some_changes
from bestand.testing import models
from tests.examples import examples

DAM = """
bestand: 1
title: Dam
parties:
  up: {options: {a: {}, b: {}, c: {}, d: {}}}
  down: {options: {e: {}, f: {}}}
  idle: {options: {}}
one_way: {up.a: to-yes, down.e: to-no}
rules: [{never: a and b and c}]
status_quo: [a, e]
preferences:
  up: {priorities: [a, b, c, {holds: d, says: it wants d, assumed: yes}]}
  down: {ranking: []}
readings:
  first: {change: up 2 before up 1}
  second: {change: "reading first, up 4 dropped"}
  third: {change: reading second}
"""


@pytest.fixture(scope="module")
def dam() -> Model:
    return loads(DAM.replace("down: {ranking: []}", "down: {weights: {down.e: 1}}"))


def after(model: Model, changes: str) -> Model:
    return changed(model, parse_changes(changes, model.scope()))


def wishes(model: Model, changes: str, party: str = "up") -> list[str]:
    """A party's statements after changes, in their order."""
    return [
        text(statement.formula).removeprefix("up.") for statement in after(model, changes).preferences[party].statements
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("up 1 replaced by not b", "not up.b, b, c, d"),
        ("up 3 before up 1", "c, a, b, d"),
        ("up 1 before up 3", "b, a, c, d"),
        ("up 1 after up 3", "b, c, a, d"),
        ("up 4 after up 1", "a, d, b, c"),
        ("up 2 before up 3", "a, b, c, d"),
        ("up 2 after up 1", "a, b, c, d"),
        ("up 2 before up 2", "a, b, c, d"),
        ("up 1 exchanged with up 4", "d, b, c, a"),
        ("up 2 exchanged with up 2", "a, b, c, d"),
        ("up 2 dropped", "a, c, d"),
        ("up 1 dropped, up 2 dropped, up 3 dropped, up 4 dropped", ""),
    ],
)
def test_each_change_to_the_statements(dam, changes, expected):
    assert ", ".join(wishes(dam, changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("up 4 before up 1, up 1 dropped", "d, b, c"),
        ("up 1 dropped, up 4 before up 2", "d, b, c"),
        ("up 4 before up 1, up 1 replaced by not b", "d, not up.b, b, c"),
        ("up 1 replaced by not b, up 4 before up 1", "d, not up.b, b, c"),
        ("up 1 exchanged with up 2, up 1 replaced by not d", "b, not up.d, c, d"),
        ("up 4 before up 1, up 3 before up 1", "d, c, a, b"),
        ("up 1 exchanged with up 2, up 2 exchanged with up 3", "c, a, b, d"),
        ("up 1 after up 2, up 1 before up 4", "b, c, a, d"),
    ],
)
def test_numbers_are_those_of_the_file_whatever_else_is_moved(dam, changes, expected):
    assert ", ".join(wishes(dam, changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("up wants not b first", "not up.b, a, b, c, d"),
        ("up wants not b last", "a, b, c, d, not up.b"),
        ("up wants not b before up 3", "a, b, not up.b, c, d"),
        ("up wants not b after up 3", "a, b, c, not up.b, d"),
        ("up wants not b after up 4", "a, b, c, d, not up.b"),
        ("up wants not b first, up wants not c first", "not up.c, not up.b, a, b, c, d"),
        ("up wants not b before up 2, up 2 dropped", "a, not up.b, c, d"),
        ("up 4 before up 1, up wants not b after up 4", "d, not up.b, a, b, c"),
        ("up wants not b before up 2, up 1 before up 2", "not up.b, a, b, c, d"),
    ],
)
def test_a_wish_more_takes_no_number(dam, changes, expected):
    assert ", ".join(wishes(dam, changes)) == expected


def test_an_indifferent_party_gets_its_first_wish(dam):
    assert wishes(dam, "idle wants a first", "idle") == ["a"]
    assert wishes(dam, "idle wants a last, idle wants b first", "idle") == ["b", "a"]


def test_what_is_said_of_a_wish_is_not_said_of_the_one_in_its_place(dam):
    statement = after(dam, "up 4 replaced by not d").preferences["up"].statements[3]
    assert statement.formula == Not(OptionAtom("up.d"))
    assert statement.grounds == BARE
    assert after(dam, "up 4 replaced by d").preferences == dam.preferences


def test_a_wish_that_a_reading_makes_is_founded_as_the_reading_is():
    proud = (
        "proud: {says: Up is proud, source: press ¶2, assumed: yes, change: [up 4 replaced by a, up wants not d first]}"
    )
    text = DAM.replace("down: {ranking: []}", "down: {weights: {down.e: 1}}").replace(
        "readings:", f"readings:\n  {proud}"
    )
    model = loads(text.replace("rules:", "sources: {press: {title: Press}}\nrules:"))
    wishes = after(model, "reading proud").preferences["up"].statements
    assert [wish.reading for wish in wishes] == ["proud", None, None, None, "proud"]
    for made in (wishes[0], wishes[4]):
        assert (made.grounds.says, made.grounds.support) == (None, "inferred")
    assert after(model, "up 4 dropped, reading first").preferences["up"].statements[0].reading is None


def test_changes_leave_all_else_alone(dam):
    new = after(dam, "up 1 dropped")
    assert new.preferences["down"] == dam.preferences["down"]
    assert dataclasses.replace(new, preferences=dam.preferences) == dam
    assert after(dam, "up 1 before up 1") == dam
    assert changed(dam, []) == dam


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ("up 1 dropped, up 2 before up 1", "statement 1 of up was dropped"),
        ("up 1 dropped, up 1 before up 2", "statement 1 of up was dropped"),
        ("up 1 dropped, up 2 exchanged with up 1", "statement 1 of up was dropped"),
        ("up 0 dropped", "statements 1 to 4"),
        ("up 5 dropped", "statements 1 to 4"),
        ("up 1 before up 5", "statements 1 to 4"),
        ("up 1 exchanged with up 0", "statements 1 to 4"),
        ("up 1 exchanged with down 1", "within one party only"),
        ("up 1 before down 1", "within one party only"),
        ("down 1 dropped", "down has no priorities"),
        ("idle 1 dropped", "idle has no priorities"),
        ("down wants up.b first", "down has no priorities to add a wish to"),
        ("idle wants up.b before idle 1", "idle has no statements"),
        ("up wants up.b before up 5", "statements 1 to 4"),
        ("up wants up.b after down 1", "among its own party's wishes only"),
        ("up 1 dropped, up wants up.b after up 1", "statement 1 of up was dropped"),
        ("rule 2 dropped", "the file has rules 1 to 1"),
        ("rule 0 dropped", "the file has rules 1 to 1"),
        ("never c, rule 2 dropped", "the file has rules 1 to 1"),
        ("up.a one-way to no", "up.a can only change to yes already; to turn it round, 'up.a reversible' before"),
        ("b one-way to no, up.b one-way to yes", "up.b can only change to no already"),
    ],
)
def test_what_cannot_be_done_is_a_call_error_that_quotes_the_change(dam, changes, words):
    with pytest.raises(CallError, match=words) as caught:
        after(dam, changes)
    assert any(change.strip() in str(caught.value) for change in changes.split(","))


def test_a_reading_s_changes_and_the_caller_s_conflict_too(dam):
    asked = of_reading(Reading("r", parse_changes("up 1 replaced by b", dam.scope())))
    with pytest.raises(CallError, match="exclude each other"):
        after(dataclasses.replace(dam, open_questions=(asked,)), "reading r, up 1 replaced by c")


# ---- moves, rules, the status quo ----


def test_a_one_way_option_made_reversible(dam):
    assert [way.option for way in after(dam, "a reversible").one_way] == ["down.e"]
    assert after(dam, "a reversible, down.e reversible").one_way == ()
    assert after(dam, "up.b reversible") == dam  # it could be changed both ways already


def ways(model: Model) -> list[tuple[str, str]]:
    return [(way.option, way.direction) for way in model.one_way]


def test_an_option_bound_one_way(dam):
    assert ways(after(dam, "b one-way to no")) == [("up.a", "to-yes"), ("down.e", "to-no"), ("up.b", "to-no")]
    assert after(dam, "a one-way to yes") == dam  # it was so already
    assert ways(after(dam, "a reversible, a one-way to no")) == [("down.e", "to-no"), ("up.a", "to-no")]
    assert ways(after(dam, "b one-way to no, b reversible")) == ways(dam)


def test_a_move_forbidden(dam):
    (ban,) = after(dam, "up cannot move from a and b to not a or c").forbidden_moves
    assert (ban.party, text(ban.source), text(ban.target)) == ("up", "up.a and up.b", "not up.a or up.c")
    assert len(after(dam, "up cannot move from a to b, up cannot move from b to a").forbidden_moves) == 2


def test_a_dropped_rule_is_one_of_the_file(dam):
    two = dataclasses.replace(dam, rules=(*dam.rules, *after(dam, "never e and f").rules[1:]))
    assert after(two, "rule 1 dropped").rules == two.rules[1:]
    assert after(two, "rule 2 dropped").rules == two.rules[:1]
    assert after(two, "rule 1 dropped, rule 2 dropped").rules == ()
    kept = after(two, "never d, rule 2 dropped, b held at yes, rule 1 dropped").rules
    assert [text(rule.formula) for rule in kept] == ["up.d", "up.b"]
    with pytest.raises(CallError, match="the file has no rules"):
        after(dataclasses.replace(dam, rules=()), "rule 1 dropped")


def test_without_a_party_or_an_option(dam):
    assert after(dam, "without up") == after(dam, "up held")
    assert after(dam, "without up.b, without e") == after(dam, "b held at no, e held at no")


def test_a_wish_beside_none_is_an_error(dam):
    with pytest.raises(CallError, match="none is given"):
        changed(dam, [Insert("up", OptionAtom("up.a"), "before")])


def test_rules_are_added_to_those_that_are_there(dam):
    new = after(dam, "never e and f, always a or b")
    assert new.rules[:1] == dam.rules
    assert [(rule.kind, text(rule.formula)) for rule in new.rules[1:]] == [
        ("never", "down.e and down.f"),
        ("always", "up.a or up.b"),
    ]


@pytest.mark.parametrize(
    ("changes", "rule", "quo"),
    [
        ("b held at yes", "up.b", {"up.a", "up.b", "down.e"}),
        ("a held at yes", "up.a", {"up.a", "down.e"}),
        ("a held at no", "not up.a", {"down.e"}),
        ("b held at no", "not up.b", {"up.a", "down.e"}),
    ],
)
def test_a_held_option_is_fixed_in_the_status_quo_too(dam, changes, rule, quo):
    new = after(dam, changes)
    assert [text(rule.formula) for rule in new.rules[1:]] == [rule]
    assert new.rules[1].kind == "always"
    assert new.status_quo == quo


def test_an_option_held_in_a_model_without_a_status_quo(dam):
    new = after(dam.replace(status_quo=None), "b held at yes")
    assert new.status_quo is None
    assert len(new.rules) == 2


@pytest.mark.parametrize(
    ("changes", "without"),
    [
        ("b held at yes", {"up.b", "up.c", "down.f"}),
        ("c held at no", {"down.f"}),
        ("up held", {"up.a", "down.f"}),
        ("d held at yes, up held", {"up.a", "up.d", "down.f"}),
        ("never d", {"up.c", "down.f"}),
    ],
)
def test_a_held_option_is_fixed_without_a_deal_too(dam, changes, without):
    assert after(dam.replace(no_deal=frozenset({"up.c", "down.f"})), changes).no_deal == without


@pytest.mark.parametrize("without", ["drift", "today", OptionAtom("up.c")])
def test_a_no_deal_point_that_is_no_state_stays_as_it_is(dam, without):
    assert after(dam.replace(no_deal=without), "b held at yes, up held").no_deal == without


def test_a_held_party_stays_as_it_is_today(dam):
    new = after(dam, "up held")
    assert [text(rule.formula) for rule in new.rules[1:]] == ["up.a", "not up.b", "not up.c", "not up.d"]
    assert new.status_quo == dam.status_quo
    assert after(dam, "idle held") == dam


def test_a_party_can_only_be_held_as_it_is_today_where_there_is_a_today(dam):
    with pytest.raises(CallError, match="no status quo"):
        after(dam.replace(status_quo=None), "up held")


@pytest.mark.parametrize("changes", ["b held at yes, up held", "up held, b held at yes"])
def test_a_held_party_keeps_an_option_that_another_change_fixes(dam, changes):
    """The held option is yes "in the status quo too", and the party stays as it is in that status quo."""
    new = after(dam, changes)
    assert new.status_quo == {"up.a", "up.b", "down.e"}
    masks = feasible(new)
    assert {mask & 0b1111 for mask in masks} == {0b0011}


# ---- readings ----


def test_a_reading_may_apply_readings(dam):
    assert wishes(dam, "reading first") == ["b", "a", "c", "d"]
    assert wishes(dam, "reading second") == wishes(dam, "reading third") == ["b", "a", "c"]
    assert wishes(dam, "reading first, reading first") == ["b", "a", "c", "d"]


def test_readings_that_go_in_a_circle_name_it(dam):
    around = [of_reading(Reading(one, (ApplyReading(other),))) for one, other in ("xy", "yx")]
    with pytest.raises(CallError, match="applies itself: x → y"):
        changed(dataclasses.replace(dam, open_questions=tuple(around)), [ApplyReading("x")])
    alone = of_reading(Reading("x", (ApplyReading("x"),)))
    with pytest.raises(CallError, match="applies itself"):
        changed(dataclasses.replace(dam, open_questions=(alone,)), [ApplyReading("x")])


def test_an_unknown_reading_names_the_nearest(dam):
    with pytest.raises(CallError, match="did you mean 'second'"):
        changed(dam, [ApplyReading("secnd")])
    with pytest.raises(CallError, match="known: none"):
        changed(dataclasses.replace(dam, open_questions=()), [ApplyReading("first")])


# ---- laws, on random models ----

FEW = settings(max_examples=examples(80))


@FEW
@given(models(max_options=5, prose=False), st.data())
def test_changes_can_be_made_and_leave_parties_options_and_outcomes(model, data):
    made = data.draw(some_changes(model, model.reading))
    new = changed(model, made)
    assert (new.parties, new.outcomes, new.labels) == (model.parties, model.outcomes, model.labels)
    assert new.forbidden_moves[: len(model.forbidden_moves)] == model.forbidden_moves
    if not any(isinstance(each, DropRule) for each in spelled_out(model, made)):
        assert set(new.rules) >= set(model.rules)
        assert set(feasible(new)) <= set(feasible(model))


@FEW
@given(models(max_options=5, prose=False, readings=False), st.data())
def test_a_held_option_leaves_the_states_that_have_it_so(model, data):
    option, value = data.draw(st.sampled_from(list(model.bit))), data.draw(st.booleans())
    new = changed(model, [HoldOption(option, value)])
    kept = [mask for mask in feasible(model) if World.of_mask(model, mask).holds(OptionAtom(option)) is value]
    assert list(feasible(new)) == kept


@FEW
@given(st.permutations(range(1, 6)), st.integers(1, 5), st.integers(1, 5))
def test_a_place_moves_one_statement_and_keeps_the_order_of_the_rest(numbers, moved, other):
    """Wherever it goes, it stands right beside the other one."""
    parties = (
        "{bestand: 1, title: T, parties: {up: {options: {o1: {}, o2: {}, o3: {}, o4: {}, o5: {}}}}, preferences: %s}"
    )
    listed = ", ".join(f"o{number}" for number in numbers)
    model = loads(parties % f"{{up: {{priorities: [{listed}]}}}}")
    for where in ("before", "after"):
        new = changed(model, [Place(StatementRef("up", moved), where, StatementRef("up", other))])
        order, old = list(new.preferences["up"].statements), list(model.preferences["up"].statements)
        assert sorted(order, key=old.index) == old
        if moved == other:
            assert order == old
            continue
        gap = order.index(old[moved - 1]) - order.index(old[other - 1])
        assert gap == (-1 if where == "before" else 1)
        rest = [statement for statement in order if statement != old[moved - 1]]
        assert rest == [statement for statement in old if statement != old[moved - 1]]


@FEW
@given(models(max_options=4, prose=False, readings=False), st.data())
def test_dropping_in_any_order_is_the_same(model, data):
    """The numbers are those of the file: dropping one statement does not rename the others."""
    refs = [
        StatementRef(party, k + 1)
        for party, wish in model.preferences.items()
        for k in range(len(getattr(wish, "statements", ())))
    ]
    chosen = data.draw(st.lists(st.sampled_from(refs), unique=True, max_size=3)) if refs else []
    shuffled = data.draw(st.permutations(chosen))
    assert changed(model, map(Drop, chosen)) == changed(model, map(Drop, shuffled))


def test_a_reading_applied_twice_is_applied_once():
    model = loads(
        "{bestand: 1, title: T, parties: {u: {options: {a: , b: }}}, preferences: {u: {priorities: [a, b]}}, "
        "readings: {swap: {change: u 1 exchanged with u 2}, both: {change: [reading swap, reading swap]}}}"
    )
    once = changed(model, [ApplyReading("swap")])
    assert once != model
    assert changed(model, [ApplyReading("swap"), ApplyReading("swap")]) == once
    assert changed(model, [ApplyReading("both"), ApplyReading("swap")]) == once


def test_a_wish_dropped_twice_is_dropped():
    model = loads("{bestand: 1, title: T, parties: {u: {options: {a: , b: }}}, preferences: {u: {priorities: [a, b]}}}")
    twice = changed(model, [Drop(StatementRef("u", 1)), Drop(StatementRef("u", 1))])
    assert twice == changed(model, [Drop(StatementRef("u", 1))])


A = OptionAtom("up.a")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (HoldOption("up.aa", True), "there is no option 'up.aa'; did you mean 'up.a'"),
        (HoldParty("dwon"), "there is no party 'dwon'; did you mean 'down'"),
        (Free("up.zz"), "there is no option 'up.zz'"),
        (Bind("up.zz", "to-yes"), "there is no option 'up.zz'"),
        (Forbid("upp", A, Not(A)), "there is no party 'upp'; did you mean 'up'"),
        (Forbid("up", A, OptionAtom("down.g")), "there is no option 'down.g'"),
        (Insert("upp", A, "first"), "there is no party 'upp'; did you mean 'up'"),
        (Insert("up", OptionAtom("up.z"), "last"), "there is no option 'up.z'"),
        (Replace(StatementRef("up", 1), OutcomeAtom("peace")), "there is no outcome 'peace'"),
        (AddRule("never", OptionAtom("up.z")), "there is no option 'up.z'"),
        (Drop(StatementRef("upp", 1)), "there is no party 'upp'; did you mean 'up'"),
    ],
)
def test_a_change_that_names_what_is_not_there(change, words):
    with pytest.raises(CallError, match=words):
        changed(loads(DAM.replace("  down: {ranking: []}\n", "")), [change])
