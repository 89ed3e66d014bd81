"""What is open, in words: every kind of question, and every kind of answer."""

import dataclasses

import pytest

import bestand
from bestand.plan.open.open_questions import opened, shuffled
from bestand.plan.open.phrases import answer_words, answers_words, given_words, question_words

OPEN = """\
bestand: 1
title: A pass
parties:
  north: {name: North, called: the North, options: {open: {says: opens the pass}, patrol: }}
  south: {options: {trade: , arm: }}
preferences:
  north:
    priorities: [not south.arm, {holds: south.trade, says: there is trade}, not north.open, not north.patrol]
  south: {priorities: [north.open, not north.patrol, south.trade, not south.arm]}
readings:
  proud: {says: North would not give in, change: north 2 replaced by not north.open}
  meek: {change: north 2 replaced by north.open}
  wary: {says: South arms too, change: south 4 dropped}
open:
  - {order: [south 1, south 2]}
  - {place: south 3, between: [3, 4]}
  - {held: north 4}
"""


@pytest.fixture(scope="module")
def model():
    return bestand.loads(OPEN)


def test_questions_and_their_answers_in_words(model):
    design = opened(model)
    told = {question_words(model, q): [answer_words(q, answer) for answer in q.answers] for q in design.questions}
    assert told == {
        "which of these readings is right, if any: “North would not give in” (proud) and meek": [
            "with none of these",
            "with meek",
            "with proud",
        ],
        "the reading “South arms too” (wary) and the place of the wish “south.trade” (south 3) of south together": [
            "with none of these",
            "with south 3 in place 4",
            "with wary",
        ],
        "the order of the wishes “The North opens the pass” (south 1) and “not north.patrol” (south 2) of south": [
            "as in the file",
            "with the two exchanged",
        ],
        "whether “not north.patrol” (north 4) is a wish of the North": ["with it", "without it"],
    }
    single = next(q for q in design.questions if q.single)
    assert question_words(model, single, short=True) == "which of the readings proud and meek is right, if any"


def test_an_answer_by_itself(model):
    wary = next(q for q in opened(model).questions if q.topics[0].about == "wary")
    assert {given_words(model, answer) for answer in wary.answers} >= {"with the reading “South arms too” (wary)"}
    held = next(q for q in opened(model).questions if q.topics[0].kind == "held")
    assert given_words(model, held.answers[1]) == "without “not north.patrol” (north 4)"


def test_answers_in_a_condition(model):
    """Clauses that say what is right and what is not: first in words, and then by names."""
    questions, known = opened(model).questions, set()
    single, wary, order, held = (
        next(q for q in questions if any(topic.kind == kind for topic in q.topics) and test(q))
        for kind, test in (
            ("reading", lambda q: q.single),
            ("reading", lambda q: not q.single),
            ("order", bool),
            ("held", bool),
        )
    )
    proud = 2
    assert answers_words(model, single, [proud], known) == "the reading “North would not give in” (proud) is right"
    assert answers_words(model, single, [0, 1], known) == "proud is not right"
    assert answers_words(model, single, [1, proud], known, beside=True) == (
        "one of the readings proud and meek is right"
    )
    assert answers_words(model, single, [0], known) == "none of the readings proud and meek is right"
    assert answers_words(model, wary, [2], known) == "the reading “South arms too” (wary) is right"
    assert answers_words(model, wary, [1], known) == "south 3 is in place 4"
    assert answers_words(model, wary, [0, 2], known) == "south 3 is not in place 4"
    assert answers_words(model, wary, [0], known).endswith("together stays as in the file")
    assert answers_words(model, order, [1], known) == "south 1 and south 2 are exchanged"
    assert answers_words(model, order, [0], known) == "south 1 and south 2 stand as in the file"
    assert answers_words(model, held, [0], known) == "“not north.patrol” (north 4) is a wish"
    assert answers_words(model, held, [1], known) == "north 4 is no wish"


def test_other_analysts_and_orders(model):
    theirs = dataclasses.replace(model, preferences={**model.preferences, "south": model.preferences["north"]})
    (wants,) = [q for q in opened(model, (), {"hawk": theirs}).questions if "wants" in {t.kind for t in q.topics}]
    assert "what south wants" in question_words(model, wants)
    assert "as in hawk" in {answer_words(wants, answer) for answer in wants.answers}
    assert [question_words(model, question) for question in shuffled(model).questions] == [
        "the order of what the North wants",
        "the order of what south wants",
    ]


def test_what_data_say_stays_as_it_was(model):
    told = {question.words: [answer.words for answer in question.answers] for question in opened(model).questions}
    assert "which of proud and meek, if any" in told
    assert told["whether north 4 is held"] == ["with north 4", "without north 4"]
