"""What a file accepts with a reason is not told; what it accepts in vain is."""

from __future__ import annotations

import dataclasses

import pytest

import bestand
from bestand.doubts.examine import examine
from bestand.files import dumps, loads, read_document
from bestand.model.accepting import place_words
from bestand.model.values import Accepted
from bestand.questions.check.answer import checked
from tests.questions.check.test_planted import PLANTED, SOUND

TRAP = SOUND.replace("never: release and threaten", "never: threaten and pay")
REASON = "the treaty\nsays so: \"not\" 'both' #1"


def entry(doubt: str, at: str, because: str = "it is meant") -> str:
    return f"accepted:\n  - {{doubt: {doubt}, at: {at}, because: {because}}}\n"


@pytest.mark.parametrize("fault", PLANTED)
def test_each_doubt_can_be_accepted(fault):
    """Written into the model, its file says the same, and nothing is doubtful any more."""
    text, at, line, column, words = PLANTED[fault]
    code = fault.partition(",")[0]
    model = dataclasses.replace(loads(text), accepted=(Accepted(code, at, REASON),))
    again = dumps(model)
    assert loads(again) == model
    found = checked(read_document(again))
    assert found.problems == ()
    (problem,) = found.accepted
    assert (problem.code, problem.at, problem.because) == (code, at, REASON)
    assert words in problem.message
    told = checked(read_document(text + entry(code, at)))
    assert [(p.code, p.line, p.column) for p in told.accepted] == [(code, line, column)]


def test_a_reason_is_needed():
    for because in ("", '" "', '""'):
        document = read_document(TRAP + entry("lost-move", "rule 1", because))
        assert document.model is None
        assert document.problems[-1].code in {"empty", "no-reason"}
    document = read_document(TRAP + "accepted: [{doubt: lost-move, at: rule 1}]\n")
    assert (document.problems[0].code, document.model) == ("missing-key", None)


def test_a_doubt_that_there_is_not_is_an_error():
    (problem,) = read_document(TRAP + entry("lost-moves", "rule 1")).problems
    assert (problem.code, problem.severity, problem.hint) == ("unknown-doubt", "error", "did you mean 'lost-move'?")


@pytest.mark.parametrize(
    ("doubt", "at", "hint"),
    [
        ("lost-move", "rule 2", "it is found at rule 1"),
        ("lost-move", "rule one", "it is found at rule 1"),
        ("idle-plan", "plan", "leave the entry out"),
        ("vacuous-claim", "claim deal", "leave the entry out"),
    ],
)
def test_what_is_accepted_in_vain_is_told(doubt, at, hint):
    found = checked(read_document(TRAP + entry(doubt, at)))
    assert [problem.code for problem in found.problems] == ["lost-move", "stale-acceptance"]
    assert not found.accepted
    stale = found.problems[1]
    assert (stale.severity, stale.at, stale.line, stale.hint) == ("warning", "accepted 1", 40, hint)
    assert f"'{doubt}' at '{at}'" in stale.message


def test_what_was_not_looked_for_is_not_called_stale():
    model = dataclasses.replace(loads(SOUND), accepted=(Accepted("vacuous-claim", "claim deal", "so it is"),))
    assert [fault.code for fault in examine(model).doubtful] == ["stale-acceptance"]
    assert examine(model, quick=True).doubtful == ()


def test_one_entry_accepts_a_place_and_no_other():
    text = TRAP.replace("rules:", "rules:\n  - {never: threaten and attack, source: press}")
    found = checked(read_document(text + entry("lost-move", "rule 2")))
    assert [(p.code, p.at) for p in found.problems] == [("lost-move", "rule 1")]
    assert [(p.code, p.at) for p in found.accepted] == [("lost-move", "rule 2")]


def test_the_same_in_python(tmp_path):
    path = tmp_path / "trap.yaml"
    path.write_text(TRAP + entry("lost-move", "rule 1"), encoding="utf-8")
    assert bestand.check(path) == []
    (problem,) = bestand.check(path, all=True)
    assert (problem.line, problem.at, problem.because) == (14, "rule 1", "it is meant")


def test_a_place_has_one_name():
    """Of all places that may be doubtful, no two are called alike by one doubt."""
    model = loads(SOUND)
    paths = [
        *[("parties", party.id) for party in model.parties],
        *[("parties", option.party, "options", option.name) for option in model.options],
        *[("preferences", party, "priorities", k) for party in model.preferences for k in range(3)],
        *[("one_way", way.option) for way in model.one_way],
        *[("outcomes", outcome.name) for outcome in model.outcomes],
        *[("claims", k) for k in range(len(model.claims))],
        *[("readings", reading.id) for reading in model.readings],
        *[("rules", 0), ("forbidden_moves", 0), ("plan",), ("status_quo",), ("accepted", 0)],
    ]
    words = [place_words(model, path) for path in paths]
    assert len(set(words)) == len(words)
