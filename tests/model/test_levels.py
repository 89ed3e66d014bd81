"""What each change makes of wishes that stand level, and what open questions say of them."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand import CallError, loads
from bestand.files.document import read_document
from bestand.model.changing import changed
from bestand.model.description import Description
from bestand.model.formula import text
from bestand.model.language import parse_changes
from bestand.model.sentences import Exchange, Place, StatementRef
from bestand.model.validate import faults
from bestand.model.values import FrozenMap, Priorities
from bestand.model.wording import change_text
from bestand.testing import models
from bestand.testing.asking import statements
from tests.engine.helpers import examples

DAM = """
bestand: 1
title: Dam
parties: {up: {options: {a: , b: , c: , d: }}}
preferences: {up: {priorities: [[a, b], c, d]}}
"""


@pytest.fixture(scope="module")
def dam():
    return loads(DAM)


def told(model):
    return [[text(wish.formula).removeprefix("up.") for wish in level] for level in model.preferences["up"].by_level]


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("up 1 dropped", [["b"], ["c"], ["d"]]),
        ("up 1 dropped, up 2 dropped", [["c"], ["d"]]),
        ("up 1 replaced by d", [["d", "b"], ["c"], ["d"]]),
        ("up 3 before up 2", [["c"], ["a", "b"], ["d"]]),
        ("up 4 after up 1", [["a", "b"], ["d"], ["c"]]),
        ("up 1 before up 2", [["a"], ["b"], ["c"], ["d"]]),
        ("up 1 after up 2", [["b"], ["a"], ["c"], ["d"]]),
        ("up 2 before up 4", [["a"], ["c"], ["b"], ["d"]]),
        ("up 1 exchanged with up 3", [["c", "b"], ["a"], ["d"]]),
        ("up 1 exchanged with up 2", [["a", "b"], ["c"], ["d"]]),
        ("up 3 level with up 1", [["a", "b", "c"], ["d"]]),
        ("up 1 level with up 2", [["a", "b"], ["c"], ["d"]]),
        ("up 3 level\n with up 4", [["a", "b"], ["d", "c"]]),
        ("up 1 after up 3, up 2 level with up 1", [["c"], ["a", "b"], ["d"]]),
        ("up wants d first", [["d"], ["a", "b"], ["c"], ["d"]]),
        ("up wants d before up 2", [["d"], ["a", "b"], ["c"], ["d"]]),
        ("up wants d after up 1", [["a", "b"], ["d"], ["c"], ["d"]]),
        ("up wants a and d level with up 3", [["a", "b"], ["c", "a and up.d"], ["d"]]),
    ],
)
def test_what_a_change_makes_of_levels(dam, change, after):
    assert told(changed(dam, parse_changes(change, dam.scope()))) == after


def test_numbers_count_wishes_in_the_order_written(dam):
    assert [text(wish.formula) for wish in dam.preferences["up"].statements] == ["up.a", "up.b", "up.c", "up.d"]
    assert dam.preferences["up"].levels == ((1, 2),)
    with pytest.raises(CallError, match="up has statements 1 to 4"):
        changed(dam, [Exchange(ref(5), ref(1))])


def ref(number):
    return StatementRef("up", number)


def test_a_sentence_is_said_as_it_is_read(dam):
    change = Place(ref(3), "level with", ref(1))
    assert change_text(change) == "up 3 level with up 1"
    assert parse_changes(change_text(change), dam.scope()) == (change,)


@examples(100)
@given(models(max_options=4, prose=False, readings=False), st.data())
def test_a_wish_moved_away_and_back_is_where_it_was(model, data):
    """Whatever stands level with another one comes back to it; what is a level by itself comes back to its place."""
    refs = statements(model)
    if not refs:
        return
    moved = data.draw(st.sampled_from(refs))
    wish = model.preferences[moved.party]
    others = [each for each in refs if each.party == moved.party and each != moved]
    if not others:
        return
    away = Place(
        moved, data.draw(st.sampled_from(["before", "after", "level with"])), data.draw(st.sampled_from(others))
    )
    mates = [number for number in wish.level(moved.number) if number != moved.number]
    place = wish.place(moved.number)
    if mates:
        back = Place(moved, "level with", StatementRef(moved.party, mates[0]))
    elif place > 1:
        back = Place(moved, "after", StatementRef(moved.party, wish.ranked[place - 2][0]))
    else:
        back = Place(moved, "before", StatementRef(moved.party, wish.ranked[1][0]))
    after = changed(model, [away, back]).preferences[moved.party]
    found, right = ([sorted(map(repr, level)) for level in each.by_level] for each in (after, wish))
    assert found == right


@pytest.mark.parametrize("levels", [((1, 3),), ((1,),), ((2, 1),), ((1, 2), (2, 3)), ((3, 4, 5),), ((),), ((0, 1),)])
def test_levels_that_are_none_are_a_fault(dam, levels):
    wishes = Priorities(dam.preferences["up"].statements, levels)
    said = {each.name: getattr(dam, each.name) for each in dataclasses.fields(Description)}
    found = faults(Description(**{**said, "preferences": FrozenMap({"up": wishes})}))
    assert [fault.code for fault in found] == ["bad-levels"]


OPEN = DAM + "open: [%s]\n"


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("{order: [up 1, up 2]}", "6:9: error: up 1 and up 2 stand level: exchanged, they mean the same"),
        ("{place: up 4, between: [1, 4]}", "a level as one"),
        ("{order: [up 1, up 3]}, {order: [up 1, up 4]}", "both speak of place 1"),
        ("{order: [up 1, up 3]}, {place: up 4, between: [2, 3]}", "both speak of place 2"),
    ],
)
def test_what_is_wrong_with_open_questions_about_levels(question, line):
    (problem,) = read_document(OPEN % question).problems
    assert line in str(problem)


@pytest.mark.parametrize(
    "question", ["{order: [up 1, up 3]}, {order: [up 2, up 4]}", "{place: up 4, between: [1, 3]}", "{held: up 1}"]
)
def test_what_may_be_open_about_levels(question):
    assert loads(OPEN % question).open_questions
