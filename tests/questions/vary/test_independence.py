"""Chances that are stated are kept, or the clash is refused; influence is that of questions that are independent."""

import pytest

import bestand
from bestand.model.errors import CallError
from bestand.questions.vary.vary import job_of, varied
from tests.questions.vary.helpers import model

STATED = """\
bestand: 1
title: Stated chances
parties:
  a: {options: {x: , y: }}
preferences: {a: {priorities: [a.y]}}
readings:
  never: {change: never a.x}
  always: {change: always a.x}
open:
  - {reading: never, chance: 0.4}
  - {reading: always, chance: 0.5}
claims: [{id: c, check: every state is not a.x}]
"""
GENTLE = """\
bestand: 1
title: No hidden chance
parties:
  a: {options: {x: , y: , z: }}
preferences: {a: {priorities: [a.x, a.y, a.z]}}
readings:
  gentle: {change: a 2 dropped}
open:
  - {place: a 3, between: [1, 3]}
claims: [{id: c, check: a ranks state 110 level with state 100}]
"""
THREE = """\
bestand: 1
title: Any two of three
parties:
  a: {options: {x: , y: }}
  b: {options: {z: }}
preferences: {a: {priorities: [a.y]}, b: {priorities: [b.z]}}
readings:
  neither: {change: never a.x and a.y}
  left: {change: a.x held at yes}
  right: {change: a.y held at yes}
  sour: {change: b 1 replaced by not b.z}
open:
claims:
  - {id: c, check: some equilibrium is a.x}
  - {id: d, check: every equilibrium is b.z}
"""


def chances(answer):
    """By question: the chance of each of its answers."""
    return {
        q.words: dict(zip((a.words for a in q.answers), q.chances, strict=True)) for q in answer.job.design.questions
    }


def test_a_stated_chance_counts_as_much_as_a_claim_that_says_the_same():
    """Without any state together, the two readings exclude each other; neither's chance is scaled."""
    answer = varied(job_of(model(STATED), concepts=["nash"]))
    assert answer.claim("c")["holds"].share == pytest.approx(0.4)
    assert (answer.count, answer.without_states) == (3, 0)
    assert chances(answer)["which of never and always, if any"] == pytest.approx(
        {"with never": 0.4, "with always": 0.5, "with none of these": 0.1}
    )
    (influence,) = answer.moved_by("c")
    assert (influence.alone, influence.in_all) == pytest.approx((1, 1))


def test_the_answers_to_a_question_without_a_chance_are_alike_beside_what_they_exclude():
    answer = varied(job_of(model(GENTLE), concepts=["nash"]))
    assert answer.claim("c")["holds"].share == pytest.approx(0.5)
    ((told),) = chances(answer).values()
    for place in (1, 2):
        with_it = [words for words in told if f"place {place}" in words]
        assert sum(told[words] for words in with_it) == pytest.approx(1 / 3)
    words = " ".join(str(answer).split())
    assert "Shares go by chances under which the answers to each question are alike." in words
    assert "25% with gentle" in words


def test_where_they_cannot_be_alike_the_combinations_are_and_that_is_told():
    """b excludes both others: with one half each, none of them could be right on its own."""
    readings = "{a1: {change: a 1 dropped}, b: {change: a 2 dropped}, c1: {change: a 3 dropped}}"
    text = GENTLE.replace("readings:\n  gentle: {change: a 2 dropped}\n", f"readings: {readings}\n")
    text = text.replace("{place: a 3, between: [1, 3]}", "{at_most_one: [a1, b]}\n  - {at_most_one: [b, c1]}")
    answer = varied(job_of(model(text), concepts=["nash"]))
    assert [*chances(answer).values()] == [
        pytest.approx(dict.fromkeys(told, 1 / 5)) for told in chances(answer).values()
    ]
    assert "20% with a1 and with c1" in " ".join(str(answer).replace("; ", " ").split()) or "20% with a1 and c1" in str(
        answer
    )


@pytest.mark.parametrize("entry", ["{held: a 2, chance: 0.3}", "{held: a 2}"])
def test_what_one_answer_replaces_another_cannot_drop(entry):
    text = GENTLE.replace("gentle: {change: a 2 dropped}", "firm: {change: a 2 replaced by not a.y}")
    answer = varied(job_of(model(text.replace("{place: a 3, between: [1, 3]}", entry)), concepts=["nash"], claims=[]))
    ((told),) = chances(answer).values()
    assert len(told) == 3
    assert not any("firm" in words and "without a 2" in words for words in told)
    without = sum(chance for words, chance in told.items() if "without a 2" in words)
    assert without == pytest.approx(0.7 if "chance" in entry else 1 / 3)


def test_a_reading_may_go_on_from_one_that_it_applies():
    text = GENTLE.replace(
        "gentle: {change: a 2 dropped}",
        "firm: {change: a 2 replaced by not a.y}\n  firmer: {change: [reading firm, a 2 dropped]}",
    )
    design = job_of(model(text.replace("open:\n  - {place: a 3, between: [1, 3]}\n", "")), claims=[]).design
    assert [question.count for question in design.questions] == [2, 2]
    assert design.dropped == ()


def test_on_top_of_a_reading_that_is_chosen_nothing_is_made_of_what_it_changed():
    text = GENTLE.replace(
        "gentle: {change: a 2 dropped}", "gentle: {change: a 2 dropped}\n  firm: {change: a 2 replaced by not a.y}"
    )
    text = text.replace("open:\n  - {place: a 3, between: [1, 3]}\n", "open: [{order: [a 1, a 3]}]\n")
    design = job_of(model(text), readings=["gentle"], claims=[]).design
    assert design.left_out == ("with firm",)


def stated(*lines):
    return model(
        THREE.replace("open:\n", "open:\n" + "".join(f"  - {{{line}}}\n" for line in lines))
        if lines
        else THREE.replace("open:\n", "")
    )


def test_chances_that_states_do_not_allow_are_refused():
    """Any two of the three leave a state, all three none: a chance in each cannot be kept."""
    with pytest.raises(
        CallError, match=r"cannot be kept: 2 combinations leave no state, and without them 'with.* left' would "
    ):
        varied(job_of(stated("reading: left, chance: 0.5"), concepts=["nash"]))
    with pytest.raises(CallError, match="say what excludes what"):
        varied(job_of(stated("reading: left, chance: 0.5"), concepts=["nash"], samples=2000, compared=0))
    fine = varied(job_of(stated("reading: sour, chance: 0.25"), concepts=["nash"]))
    assert fine.without_states == 2
    assert fine.claim("d")["holds"].share == pytest.approx(0.75)
    varied(job_of(stated("reading: sour, chance: 0.25"), concepts=["nash"], samples=2000, compared=0))


@pytest.mark.parametrize("drawn", [{}, {"samples": 600, "compared": 200}])
def test_only_independent_questions_move_anything(drawn):
    answer = varied(job_of(stated(), concepts=["nash"], **drawn))
    assert [answer.questions[j] for j in answer.dependent] == ["neither", "left", "right"]
    assert answer.data()["dependent"] == ["neither", "left", "right"]
    (nothing,) = answer.moved_by("c")
    assert nothing.in_all == pytest.approx(0)
    (influence,) = answer.moved_by("d")
    assert [answer.questions[each.question] for each in (nothing, influence)] == ["sour", "sour"]
    assert (influence.alone, influence.in_all) == pytest.approx((1, 1), abs=0.15)
    told = " ".join(str(answer).split())
    assert (
        "Not said how much they move, since it hangs on other answers which of theirs leave a state: the reading"
        in told
    )


def test_an_answer_that_is_never_possible_makes_no_other_one_dependent():
    text = STATED.replace("never: {change: never a.x}", "never: {change: [never a.x, always a.x]}")
    text = text[: text.index("open:")] + "open: [{held: a 1}]\n"
    answer = bestand.vary(
        model(text.replace("  always: {change: always a.x}\n", "")), concepts=["nash"], formulas="a.y"
    )
    assert answer.without_states == 2
    assert answer.dependent == ()
