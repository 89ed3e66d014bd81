"""Open questions in a file: read, written back, named, and every mistake at its place; the older forms say the same."""

from decimal import Decimal

import pytest

import bestand
from bestand.files import read_document
from bestand.model.changing import changed
from bestand.model.errors import CallError
from bestand.model.language import parse_changes
from bestand.model.open_questions import Answer, AtMostOne, Question
from bestand.model.sentences import ApplyReading, Drop, Place, StatementRef
from bestand.model.values import Grounds

HEAD = """\
bestand: 1
title: A dam
parties:
  up: {options: {release: , threaten: }}
  down: {options: {attack: }}
preferences:
  up: {priorities: [not down.attack, not up.release, up.threaten]}
  down: {priorities: [up.release, not up.threaten, not down.attack]}
status_quo: []
"""
OPEN = """\
open:
  price:
    says: What is Upstream's price?
    answers:
      land: {}
      peace: {says: peace, change: up 2 dropped, chance: 0.2}
      both:
        change: [up 2 dropped, up 3 before up 1]
        assumed: yes
        chance: 0.3
  mood: {answers: {calm: , land: {change: down 3 dropped}}}
exclusions:
  - at_most_one: [peace, mood.land]
    says: not in peacetime
claims:
  - {id: c, check: some state is down.attack, across: [[price.land, peace], [base, calm, mood.land]]}
"""
OPEN_TOO = OPEN.replace("land: {}", "land: {chance: 0.5}")


def up(n):
    return StatementRef("up", n)


def test_it_is_read():
    model = bestand.loads(HEAD + OPEN_TOO.replace(", mood.land]]", "]]"))
    assert model.open_questions == (
        Question(
            "price",
            (
                Answer("land", (), Decimal("0.5")),
                Answer("peace", (Drop(up(2)),), Decimal("0.2"), Grounds(says="peace")),
                Answer("both", (Drop(up(2)), Place(up(3), "before", up(1))), Decimal("0.3"), Grounds(assumed=True)),
            ),
            Grounds(says="What is Upstream's price?"),
        ),
        Question("mood", (Answer("calm"), Answer("land", (Drop(StatementRef("down", 3)),)))),
    )
    assert model.exclusions == (AtMostOne(("peace", "mood.land"), Grounds(says="not in peacetime")),)
    assert [reading.id for reading in model.readings] == ["peace", "both", "mood.land"]
    assert model.claims[0].across == (("price.land", "peace"), ("base", "calm"))
    assert bestand.loads(bestand.dumps(model)) == model


def test_an_answer_is_named_by_its_id_or_with_its_question():
    model = bestand.loads(HEAD + OPEN_TOO.replace(", mood.land]]", "]]"))
    for written, meant in (("peace", "peace"), ("price.peace", "peace"), ("mood.land", "mood.land")):
        assert parse_changes(f"reading {written}", model.scope()) == (ApplyReading(meant),)
        assert bestand.analyse(model, readings=[written]).readings == (meant,)
    with pytest.raises(CallError, match=r"'land' may be price.land, mood.land: write the question before it"):
        bestand.analyse(model, readings=["land"])
    with pytest.raises(CallError, match="no reading 'peaec'; did you mean 'peace'"):
        bestand.analyse(model, readings=["peaec"])


@pytest.mark.parametrize("names", ["peace,both", "price.land,peace", "both,price.land"])
def test_answers_to_one_question_are_refused_together(names):
    model = bestand.loads(HEAD + OPEN_TOO.replace(", mood.land]]", "]]"))
    one, other = names.split(",")
    told = rf"'{one}' and '{other}' are answers to one question, 'price': they exclude each other"
    for ask in (
        lambda: bestand.analyse(model, readings=names),
        lambda: bestand.what_if(model, f"reading {one}, reading {other}"),
        lambda: changed(model, [ApplyReading(one), ApplyReading(other)]),
        lambda: bestand.vary(model, readings=[one, other]),
        lambda: bestand.claims(model, readings=[one, other]),
    ):
        with pytest.raises(CallError, match=told):
            ask()
    with pytest.raises(CallError, match=r"'peace' and 'mood\.land' exclude each other: at most one of them is right"):
        bestand.analyse(model, readings=["peace", "mood.land"])


def test_an_answer_may_apply_one_to_another_question():
    text = HEAD + OPEN_TOO.replace("change: down 3 dropped", "change: [reading both, down 3 dropped]")
    model = bestand.loads(
        text.replace("exclusions:\n  - at_most_one: [peace, mood.land]\n    says: not in peacetime\n", "").replace(
            ", [base, calm, mood.land]", ""
        )
    )
    with pytest.raises(CallError, match="'peace' and 'both' are answers to one question"):
        bestand.what_if(model, "reading peace, reading mood.land")


@pytest.mark.parametrize(
    ("question", "code", "message"),
    [
        ("{«answers: {a: {}}}", "too-few", "question 'q' has one answer; name the others"),
        ("{«answers: {}}", "too-few", "question 'q' has no answers"),
        ("«q: {says: what}", "missing-key", "an open question needs the key 'answers'"),
        ("{answers: {a: {}, «b: {}}}", "same-answer", "answers 'a' and 'b' both change nothing"),
        (
            "{answers: {a: {change: up 1 dropped}, b: {change: «up 1 dropped}}}",
            "same-answer",
            "answers 'a' and 'b' make the same change",
        ),
        (
            "{answers: {a: {}, b: {change: up 1 dropped}, c: {change: «reading b}}}",
            "clashing-answers",
            "answer 'c' applies 'b', another answer to its own question: they clash",
        ),
        (
            "{answers: {a: {}, b: {«change: [up 1 dropped, up 1 replaced by true]}}}",
            "clashing-change",
            "'up 1 dropped' and 'up 1 replaced by true' exclude each other",
        ),
        (
            "{answers: {a: {chance: «0.5}, b: {change: up 1 dropped, chance: 0.6}}}",
            "bad-sum",
            "the chances of the answers to 'q' add up to 1.1",
        ),
        (
            "{answers: {a: {}, b: {change: up 1 dropped, chance: «0.6}}}",
            "some-chances",
            "question 'q' gives the chance of some answers, and none of 'a'; give the chance of each",
        ),
        ("{answers: {a: {chance: «2}, b: {change: up 1 dropped, chance: -1}}}", "bad-chance", "'2' is no chance"),
        ("{answers: {a: {}, b: {change: «up 9 dropped}}}", "unknown-statement", "'up' has no statement 9"),
        ("{answers: {a: {}, b: {change: reading «d}}}", "unknown-reading", "there is no reading 'd'"),
        ("{answers: {«base: {}, b: {change: up 1 dropped}}}", "reserved-word", "'base' stands for the model"),
        ("{answers: {a: {}, «a: {change: up 1 dropped}}}", "duplicate-key", "'a'"),
        ("{answers: {a: {}, «old: {change: up 1 dropped}}}", "duplicate-id", "'old' has the id of a reading"),
        ("{«answer: {a: {}}}", "unknown-key", "'answer' is no key of an open question; did you mean 'answers'?"),
        ("{«answers: [a, b]}", "wrong-type", "a mapping (key: value) is expected here"),
    ],
)
def test_a_mistake_is_told_at_its_place(question, code, message):
    line = f"  {question}" if question.startswith("«") else f"  q: {question}"
    written = line.replace("«", "")
    document = read_document(f"{HEAD}readings: {{old: {{change: up 2 dropped}}}}\nopen:\n{written}\n")
    found = [problem for problem in document.problems if problem.code == code]
    assert found, document.problems
    assert message in str(found[0])
    assert (found[0].line, found[0].column) == (12, line.index("«") + 1)
    assert document.model is None


@pytest.mark.parametrize(
    ("told", "code", "message"),
    [
        ("exclusions: [at_most_one: [peace]]", "too-few", "two readings or more can exclude each other"),
        ("exclusions: [at_most_one: [peace, pace]]", "unknown-reading", "there is no reading 'pace'; did you mean"),
        ("exclusions: [at_most_one: [peace, land]]", "ambiguous-reading", "'land' may be price.land, mood.land"),
        ("exclusions: [{says: much}]", "missing-key", "an exclusion needs the key 'at_most_one'"),
        (
            "claims: [{id: c, check: some state is down.attack, across: [[base, peace], [both]]}]",
            "clashing-answers",
            "'peace' and 'both' exclude each other, and stand in two lists; put them into one list",
        ),
    ],
)
def test_what_is_said_of_answers_is_looked_at(told, code, message):
    text = HEAD + OPEN_TOO[: OPEN_TOO.index("exclusions:")] + told + "\n"
    problems = read_document(text).problems
    assert [problem.code for problem in problems] == [code], problems
    assert message in str(problems[0])
    assert problems[0].line == 21


@pytest.mark.parametrize(
    ("change", "listed", "message"),
    [
        ("reading peace", "peace, mood.land", "answer 'mood.land' applies 'peace', which it excludes"),
        ("[reading peace, reading old]", "peace, old", "answer 'mood.land' applies 'peace' and 'old', which exclude"),
        ("reading mid", "peace, mood.land", "answer 'mood.land' applies 'peace', which it excludes"),
    ],
)
def test_an_answer_that_could_never_be_right_is_told(change, listed, message):
    asked = OPEN_TOO[: OPEN_TOO.index("exclusions:")].replace(
        "land: {change: down 3 dropped}", f"land: {{change: {change}}}"
    )
    more = "readings: {old: {change: up 1 dropped}, mid: {change: reading peace}}\n"
    problems = read_document(f"{HEAD}{asked}{more}exclusions:\n- at_most_one: [{listed}]\n").problems
    assert [problem.code for problem in problems] == ["clashing-answers"], problems
    assert message in str(problems[0])
    assert "it could never be right" in str(problems[0])


def test_two_questions_of_one_id_are_told():
    model = bestand.loads(HEAD)
    asked = Question("q", (Answer("a"), Answer("b", (Drop(up(1)),))))
    with pytest.raises(bestand.ModelError, match="question 'q' is given 2 times"):
        model.replace(open_questions=(asked, asked))


# ---- the older forms ----

OLDER = """\
readings:
  meek: {says: Upstream is meek, change: up 3 dropped}
  poor: {change: down 3 dropped}
  mild: {change: up 2 replaced by up.release}
open:
  - at_most_one: [meek, mild]
    says: one mood at a time
  - {order: [down 1, down 2]}
"""
NEWER = """\
open:
  meek-or-mild:
    says: one mood at a time
    answers:
      as-is: {}
      meek:
        says: Upstream is meek
        change: up 3 dropped
      mild:
        change: up 2 replaced by up.release
  poor:
    answers:
      as-is: {}
      poor:
        change: down 3 dropped
  order-down-1-2:
    answers:
      as-is: {}
      exchanged:
        change: down 1 exchanged with down 2
"""


def test_the_older_form_is_written_as_questions():
    model = bestand.loads(HEAD + OLDER)
    assert bestand.dumps(model).partition("\nopen:\n")[2] == NEWER.partition("open:\n")[2]
    assert bestand.loads(HEAD + NEWER) == model
    assert bestand.loads(bestand.dumps(model)) == model


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{order: [down 1, down 2]}", "{reading: mild, chance: 0.3}"),  # of none of them the list says nothing
        ("{order: [down 1, down 2]}", "{held: up 2}"),  # excludes `mild`, and not `meek`
        ("poor: {change: down 3 dropped}", "poor: {change: up 1 before up 3}"),  # made after `meek`, before `mild`
        ("poor: {change: down 3 dropped}", "poor: {change: [reading mild, down 3 dropped]}"),
        ("up 2 replaced by up.release", "up 3 dropped"),
        ("{order: [down 1, down 2]}", "at_most_one: [poor, mild]"),
    ],
)
def test_a_list_that_is_not_the_same_as_a_question_stays_one(old, new):
    text = OLDER.replace(old, new)
    if new.startswith("poor: {change: [reading mild"):
        lines = text.splitlines(keepends=True)
        text = "".join([lines[0], lines[1], lines[3], lines[2], *lines[4:]])
    model = bestand.loads(HEAD + text)
    assert model.exclusions[0] == AtMostOne(("meek", "mild"), Grounds(says="one mood at a time"))
    assert {"meek", "mild", "poor"} <= {question.id for question in model.open_questions}
    assert "\nexclusions:\n" in bestand.dumps(model)
    assert bestand.loads(bestand.dumps(model)) == model


def test_saving_leaves_an_older_form_where_it_does_not_change(tmp_path):
    path = tmp_path / "m.yaml"
    text = HEAD.replace(": ,", ": {},").replace(": }", ": {}}") + "# what is open\n" + OLDER
    path.write_text(text, "utf-8")
    model = bestand.load(path)
    bestand.save(model.replace(title="Another dam"), path)
    assert path.read_text("utf-8") == text.replace("A dam", "Another dam")
    fewer = model.replace(open_questions=model.open_questions[:1])
    bestand.save(fewer, path)
    assert bestand.load(path) == fewer
    assert "readings:" not in path.read_text("utf-8")


def test_ids_that_readings_have_are_left_to_them():
    text = (
        HEAD
        + "readings: {as-is: {change: up 1 dropped}, exchanged: {change: up 2 dropped}}\n"
        + "open: [{order: [down 1, down 2]}]\n"
    )
    model = bestand.loads(text)
    assert [reading.id for reading in model.readings] == ["as-is", "exchanged", "exchanged-2"]
    assert bestand.loads(bestand.dumps(model)) == model
