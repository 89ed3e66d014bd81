"""What a file says is open: read, written back, and every mistake at its place."""

from decimal import Decimal

import pytest

import bestand
from bestand.files import read_document
from bestand.model.formula import OptionAtom
from bestand.model.open_questions import Answer, AtMostOne, Question, of_reading
from bestand.model.sentences import Drop, Exchange, Place, Replace, StatementRef
from bestand.model.values import Grounds, Reading

HEAD = """\
bestand: 1
title: A dam
parties:
  up: {options: {release: , threaten: }}
  down: {options: {attack: }}
preferences:
  up: {priorities: [not down.attack, not up.release, up.threaten]}
  down: {priorities: [up.release, not up.threaten, not down.attack]}
readings:
  meek: {change: up 3 dropped}
  mild: {change: up 2 replaced by up.release}
"""

OPEN = """\
open:
  - at_most_one: [meek, mild]
    says: one mood at a time
  - order: [up 1, up 3]
  - place: down 1
    between: [1, 2]
    assumed: yes
  - held: down 3
  - held: up 2
    chance: 0.25
  - reading: meek
    chance: 1
"""


def test_it_is_read():
    up, down = (lambda n: StatementRef("up", n)), (lambda n: StatementRef("down", n))
    model = bestand.loads(HEAD + OPEN)
    mild = Replace(up(2), OptionAtom("up.release"))
    assert model.open_questions == (
        of_reading(Reading("meek", (Drop(up(3)),)), Decimal(1)),
        of_reading(Reading("mild", (mild,))),
        Question("order-up-1-3", (Answer("as-is"), Answer("exchanged", (Exchange(up(1), up(3)),)))),
        Question(
            "place-down-1",
            (Answer("place-1"), Answer("place-2", (Place(down(1), "after", down(2)),))),
            Grounds(assumed=True),
        ),
        Question("held-down-3", (Answer("held"), Answer("dropped", (Drop(down(3)),)))),
        Question(
            "held-up-2",
            (Answer("held", (), Decimal("0.25")), Answer("dropped", (Drop(up(2)),), Decimal("0.75"))),
        ),
    )
    assert model.exclusions == (AtMostOne(("meek", "mild"), Grounds(says="one mood at a time")),)


def test_it_is_written_back(tmp_path):
    model = bestand.loads(HEAD + OPEN)
    assert bestand.loads(bestand.dumps(model)) == model
    (tmp_path / "m.yaml").write_text(HEAD + OPEN, "utf-8")
    bestand.save(model, tmp_path / "m.yaml")
    assert (tmp_path / "m.yaml").read_text("utf-8") == HEAD + OPEN


@pytest.mark.parametrize(
    ("entry", "code", "message"),
    [
        ("at_most_one: [meek, mold]", "unknown-reading", "there is no reading 'mold'; did you mean 'mild'?"),
        ("at_most_one: [meek]", "too-few", "two readings or more can exclude each other"),
        ("at_most_one: [meek, meek]", "duplicate-id", "reading 'meek' is named 2 times"),
        ("at_most_one: []", "empty", "no readings stand here"),
        ("order: [up 1, down 1]", "two-parties", "statements of two parties have no order"),
        ("order: [up 1, up 1]", "same-statement", "up 1 is named twice"),
        ("order: [up 1]", "wrong-count", "an order is that of two statements"),
        ("order: [up 1, up 9]", "unknown-statement", "party 'up' has no statement 9"),
        ("order: [up 1, upstream]", "syntax", "'upstream' is no statement"),
        ("{place: up 1, between: [2, 9]}", "bad-places", "there are no places 2 to 9 among the statements of 'up'"),
        ("{place: up 1, between: [3, 2]}", "bad-places", "there are no places 3 to 2"),
        ("{place: up 1, between: [2, 2]}", "bad-places", "one place leaves nothing open"),
        ("{place: up 1, between: [a, b]}", "bad-places", "'a, b' are not two places"),
        ("place: up 1", "missing-key", "a place needs the key 'between'"),
        ("{held: up 1, chance: 1.5}", "bad-chance", "'1.5' is no chance; write a number from 0 to 1, like 0.3"),
        ("{held: up 1, chance: -0.1}", "bad-chance", "'-0.1' is no chance"),
        ("{held: up 1, chance: half}", "bad-chance", "'half' is no chance"),
        ("reading: meek", "missing-key", "a reading needs the key 'chance' here"),
        ("{reading: mek, chance: 0.1}", "unknown-reading", "there is no reading 'mek'; did you mean 'meek'?"),
        ("{order: [up 1, up 2], chance: 0.1}", "out-of-place", "'chance' says nothing beside 'order'"),
        ("{held: up 1, between: [1, 2]}", "out-of-place", "'between' says nothing beside 'held'"),
        ("{held: up 1, place: up 1}", "one-of", "only one of place, held can stand here"),
        ("{says: much}", "one-of", "an open question needs one more key"),
        ("hold: up 1", "unknown-key", "'hold' is no key of an open question; did you mean 'held'?"),
        ("held: Up 1", "unknown-party", "there is no party 'Up'"),
        ("", "empty", "nothing stands here"),
    ],
)
def test_a_mistake_is_told_at_its_place(entry, code, message):
    document = read_document(f"{HEAD}open:\n  - {entry}\n")
    found = [problem for problem in document.problems if problem.code == code]
    assert found, document.problems
    assert message in str(found[0])
    assert found[0].line == 13
    assert document.model is None


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ("[{place: up 1, between: [1, 2]}, {place: up 3, between: [2, 3]}]", "both speak of place 2 of 'up'"),
        ("[{order: [up 1, up 2]}, {order: [up 2, up 3]}]", "the order of up 1 and up 2 both speak of place 2"),
        ("[{order: [up 1, up 2]}, {place: up 3, between: [1, 3]}]", "both speak of places 1 to 2 of 'up'"),
        ("[{held: up 1}, {held: up 1, chance: 0.5}]", "entry 1 of what is open says so already"),
        ("[{order: [up 1, up 2]}, {order: [up 2, up 1]}]", "entry 1 of what is open says so already"),
    ],
)
def test_what_overlaps_is_told(entries, message):
    problems = read_document(f"{HEAD}open: {entries}\n").problems
    assert any(message in str(problem) for problem in problems), problems


def test_readings_that_exclude_each_other_are_not_right_more_often_than_always():
    entries = "[{at_most_one: [meek, mild]}, {reading: meek, chance: 0.7}, {reading: mild, chance: %s}]"
    (problem,) = read_document(f"{HEAD}open: {entries % 0.4}\n").problems
    assert (problem.code, problem.line, problem.column) == ("too-sure", 12, 9)
    assert "the chances of meek, mild add up to 1.1" in str(problem)
    assert not read_document(f"{HEAD}open: {entries % 0.3}\n").problems


def test_places_apart_and_of_two_parties_may_stand_together():
    entries = "[{order: [up 1, up 2]}, {held: up 1}, {order: [down 1, down 2]}]"
    asked = [question.id for question in bestand.loads(f"{HEAD}open: {entries}\n").open_questions]
    assert asked == ["meek", "mild", "order-up-1-2", "order-down-1-2", "held-up-1"]
