"""`bestand check`: the lines for people, what is accepted, languages, data and exit status."""

from __future__ import annotations

import json
import pickle

import pytest

import bestand
from tests.command.helpers import DAM, written

SOUND = DAM[: DAM.index("  - {id: unsaid")]
for verb, no in (
    ("releases the water", "keeps the water"),
    ("threatens to keep it", "does not threaten"),
    ("attacks the dam", "leaves the dam alone"),
):
    SOUND = SOUND.replace(f"{{says: {verb}}}", f"{{says: {verb}, says_no: {no}}}")
TRAP = SOUND.replace("never: up.release and up.threaten", "never: up.release and down.attack")
TWICE = SOUND.replace(
    "priorities: [not down.attack, not up.release, up.threaten]",
    "priorities: [not down.attack, down.attack, not up.release, up.release, up.threaten]",
).replace("change: up 3 dropped", "change: up 5 dropped")
ACCEPTED = "accepted:\n  - {doubt: lost-move, at: rule 1, because: the water is gone then}\n"


def test_a_doubt_is_a_line_with_what_comes_of_it_and_how_to_mend_it_below(call, tmp_path):
    path = written(tmp_path, TRAP)
    status, out, err = call("check", path)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith(
        f"{path}:14:5: warning: rule 1: 'never: up.release and down.attack' binds options of up and down"
    )
    assert lines[0].endswith("[lost-move]")
    assert lines[1].startswith("    Why it matters: what a party cannot do, it cannot break a peace by")
    assert any(line.startswith("    To mend it: if a party could make such a move after all") for line in lines)
    assert lines[-1] == f"{path}: 0 errors, 1 warning"


def test_what_doubts_have_in_common_is_told_once(call, tmp_path):
    out = call("check", written(tmp_path, TWICE))[1]
    assert out.count("[opposed-statement]") == 2
    assert out.count("Why it matters") == 1
    assert out.count("To mend it") == 1


def test_what_the_file_accepts_is_counted_and_shown_when_asked_for(call, tmp_path):
    path = written(tmp_path, TRAP + ACCEPTED)
    status, out, _ = call("check", path)
    assert (status, out.splitlines()) == (
        0,
        [
            f"{path}: no errors, nothing doubtful",
            "1 doubt is accepted by the file, with its reason; --all shows it.",
        ],
    )
    status, out, _ = call("check", path, "--all")
    lines = out.splitlines()
    assert lines[0].startswith(f"{path}:14:5: accepted: rule 1: 'never: up.release and down.attack' binds")
    assert lines[1] == "    It is meant: the water is gone then"
    assert lines[-1] == "1 doubt is accepted by the file, with its reason."
    assert "Why it matters" not in out


def test_the_same_as_data(call, tmp_path):
    told = json.loads(call("check", written(tmp_path, TRAP + ACCEPTED), "--json")[1])
    assert (told["valid"], told["problems"]) == (True, [])
    (accepted,) = told["accepted"]
    assert (accepted["code"], accepted["at"], accepted["because"]) == ("lost-move", "rule 1", "the water is gone then")


def test_what_was_found_is_told_later_in_any_language(tmp_path):
    found = bestand.check(written(tmp_path, TRAP + ACCEPTED), all=True)
    again = pickle.loads(pickle.dumps(found))
    assert again == found == list(found)
    assert [problem.because for problem in found] == ["the water is gone then"]
    assert "It is meant: the water is gone then" in again.words("en")
    assert "accepted: rule 1: 'never: up.release and down.attack' binds" in found.words("en")
    assert "binds" not in found.words("nl")
    assert "binds" in found.data()["accepted"][0]["message"]
    assert bestand.check(bestand.loads(TRAP))[0].code == "lost-move"
    with pytest.raises(TypeError, match="readings"):
        bestand.check(bestand.loads(TRAP), readings=["meek"])


def test_a_file_without_a_valid_model_is_told_too(call, tmp_path):
    path = written(tmp_path, TRAP.replace("plan: peace", "plan: pease"), "wrong.yaml")
    found = bestand.check(path)
    assert (found.valid, found.stopped, [problem.severity for problem in found]) == (False, None, ["error"])
    assert "did you mean 'peace'" in str(found)
    status, _, err = call("check", path, "-o", str(tmp_path / "wrong.md"))
    assert (status, err) == (1, f"bestand: written: {tmp_path / 'wrong.md'}\n")
    assert "did you mean 'peace'" in (tmp_path / "wrong.md").read_text("utf-8")
    assert call("check", path, "--reading", "meek")[0] == 2


def test_a_reason_that_is_missing_is_an_error(call, tmp_path):
    path = written(tmp_path, TRAP + ACCEPTED.replace(", because: the water is gone then", ""))
    status, out, _ = call("check", path)
    assert status == 1
    assert "an accepted doubt needs the key 'because' [missing-key]" in out


def test_an_entry_that_fits_nothing_is_a_warning(call, tmp_path):
    status, out, _ = call("check", written(tmp_path, SOUND + ACCEPTED))
    assert status == 0
    assert "warning: accepted 1: there is no doubt 'lost-move' at 'rule 1' [stale-acceptance]" in out


def test_analyse_counts_what_is_not_accepted(call, tmp_path):
    assert "1 thing is doubtful" in call("analyse", written(tmp_path, TRAP), "--full")[2]
    assert call("analyse", written(tmp_path, TRAP + ACCEPTED), "--full")[2] == ""
    assert call("analyse", written(tmp_path, SOUND), "--full")[2] == ""


def test_the_first_screen_tells_doubts_itself_and_they_are_not_told_twice(call, tmp_path):
    status, out, err = call("analyse", written(tmp_path, TRAP))
    assert (status, err) == (0, "")
    assert "What is doubtful\n" in out
    assert "What is doubtful" not in call("analyse", written(tmp_path, TRAP + ACCEPTED))[1]


@pytest.mark.parametrize("reading", ["meek", "mad"])
def test_analyse_counts_the_doubts_of_the_file_and_not_of_a_reading(call, tmp_path, reading):
    """Under `mad`, many a wish is decided; the file says so of none."""
    assert call("analyse", written(tmp_path, SOUND), "--reading", reading)[2] == ""


def test_every_language_is_known_or_refused(call, tmp_path):
    path = written(tmp_path, TRAP)
    assert call("check", path, "--lang", "en")[1] == call("check", path)[1]
    assert call("check", path, "--lang", "xx")[0] == 2
    wrong = written(tmp_path, TRAP.replace("plan: peace", "plan: pease"), "wrong.yaml")
    assert call("check", wrong, "--lang", "nl")[0] == 1
    assert call("check", wrong, "--lang", "xx")[0] == 2


def test_what_a_file_says_cannot_steer_the_terminal(call, tmp_path):
    path = written(tmp_path, TRAP + ACCEPTED.replace("the water is gone then", '"two\\nlines\\e[31m"'))
    out = call("check", path, "--all")[1]
    assert "\x1b" not in out
    assert "It is meant: two lines" in out


SKETCH = """\
bestand: 1
title: A sketch
sources: {press: {title: The paper}}
parties:
  a: {source: press, options: {x: }}
  b: {source: press, options: {y: }}
preferences:
  a: {priorities: [b.y, not a.x]}
  b: {priorities: [a.x, not b.y]}
"""


def test_three_of_a_kind_are_told_as_one_and_all_tells_each(call, tmp_path):
    path = written(tmp_path, SKETCH)
    lines = call("check", path)[1].splitlines()
    assert lines[0] == (
        f"{path}:8:20: warning: 4 wishes have neither source nor 'assumed': a 1, a 2, b 1 and 1 more [no-source]"
    )
    assert lines[-2:] == [f"{path}: 0 errors, 4 warnings", "Several of a kind are told together; --all tells each."]
    each = call("check", path, "--all")[1]
    assert each.count("[no-source]") == 4
    assert "told together" not in each
    assert len(bestand.check(path)) == len(bestand.check(path).data()["problems"]) == 4
    assert "4 wensen hebben geen bron" in bestand.check(path).words("nl")
    two = written(tmp_path, SKETCH.replace("[a.x, not b.y]", "[]"))
    assert call("check", two)[1].count("[no-source]") == 2


SHUT = """\
bestand: 1
title: A door without a key
parties:
  A: {options: {x: }}
  B: {options: {y: }}
rules: [{always: A.x iff B.y}]
plan: A.x
status_quo: [A.x, B.y]
preferences:
  A: {priorities: [not A.x]}
  B: {priorities: [not B.y]}
readings:
  open: {change: A 1 dropped}
"""


@pytest.mark.parametrize("reading", [[], ["--reading", "open"]])
def test_the_first_screen_tells_that_nobody_can_undo_the_plan(call, tmp_path, reading):
    status, out, err = call("analyse", written(tmp_path, SHUT), *reading)
    lines = out.splitlines()
    assert status == 0
    assert "  It is so today, and nobody can undo it." in lines
    at = lines.index("What is doubtful")
    assert lines[at + 1] == "  Nobody can undo the plan: the move by which it could fail may be missing."
    assert lines[at + 2] == "  The plan is true today, and in no other state."
    assert len(lines) <= 30
    assert err == ""


@pytest.mark.parametrize(
    ("plan", "code", "told"),
    [
        ("A.x or not A.x", "idle-plan", "the plan is true everywhere, or nowhere"),
        ("A.x and not A.x", "idle-plan", "the plan is true everywhere, or nowhere"),
        ("A.x", "today-plan", "the plan is true today, and in no other state"),
    ],
)
def test_a_plan_that_settles_nothing_is_answered_with_a_doubt(call, tmp_path, plan, code, told):
    path = written(tmp_path, SHUT.replace("plan: A.x", f"plan: {plan}"))
    status, out, _ = call("analyse", path)
    assert status == 0
    assert told in out.lower()
    assert call("deals", path)[0] == 0
    assert f"[{code}]" in call("check", path)[1]
