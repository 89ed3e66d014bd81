"""What is too large to list is refused with a figure, checked as far as it can be, and never taken for sound."""

from __future__ import annotations

import json

import pytest

import bestand
from bestand.engine.choose import build
from bestand.model.errors import TooManyStates


def model(options: int, *lines: str, party: str = "p") -> str:
    names = ", ".join(f"o{k}: " for k in range(options))
    head = f"bestand: 1\ntitle: Large\nparties: {{{party}: {{options: {{{names}}}}}, q: {{options: {{z: }}}}}}\n"
    return head + "\n".join(lines) + "\n"


BANNED = ("outcomes: {some: o0}", "forbidden_moves: [{party: p, from: some, to: not some}]")


@pytest.fixture
def file(tmp_path):
    def written(text: str) -> str:
        path = tmp_path / "large.yaml"
        path.write_text(text, "utf-8")
        return str(path)

    return written


def test_a_model_too_large_to_list_is_refused_with_its_size(file, capsys):
    from bestand.command import run

    assert run(["analyse", file(model(31, *BANNED))]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "4,294,967,296 states, which would take about 224.0 GiB" in err
    assert "ways out: " in err


def test_the_json_of_what_was_stopped_says_so(file, capsys):
    from bestand.command import run

    assert run(["analyse", file(model(31, *BANNED)), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert "4,294,967,296 states" in told["stopped"]
    assert (told["feasible"], told["concepts"], len(told["options"])) == (None, {}, 32)


def test_sets_of_states_answer_where_listing_cannot(file, capsys):
    from bestand.command import run

    wishes = ("preferences: {p: {priorities: [o1, o0]}, q: {priorities: [z iff o0]}}", "status_quo: []", "plan: z")
    path = file(model(31, *wishes))
    assert run(["analyse", path]) == 0
    screen = " ".join(capsys.readouterr().out.split())
    assert "Does it hold? The plan: q.z" in screen
    assert "The possible states are looked at in sets here, not one by one." in screen
    assert run(["analyse", path, "--full"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[2].startswith("Engine: symbolic, since the states are more than the 16,777,216 that")
    words = " ".join(out.split())
    assert "The plan is true in 2,147,483,648 states; equilibria among them: 536,870,912 under Nash stability" in words
    assert "By improvements alone, " in out
    assert run(["analyse", path, "--json", "--list", "2"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["engine"], told["feasible"], told["stopped"]) == ("symbolic", 2**32, None)
    found = told["concepts"]["nash"]
    assert (found["equilibria"], found["listed"], found["complete"]) == (2**29, 2, False)
    assert found["states"][0]["yes"] == ["p.o0", "p.o1", "q.z"]
    assert found["states"][0]["rank_percentile"] == {"p": 0.75, "q": 0.5}
    assert found["patterns"] == [{"bits": "11" + 29 * "-" + "1", "count": 2**29}]
    assert not told["status_quo"]["stable"]["nash"]["p"]
    assert found["reached"] == 2**29
    assert told["reached"]["improving"] == 1 + 6 * 2**29


def test_what_was_not_checked_is_said(file):
    (problem,) = [p for p in bestand.check(file(model(31))) if p.code == "not-checked"]
    assert problem.severity == "warning"
    assert "4,294,967,296 states" in problem.message


def test_rules_that_clash_in_a_large_model_are_a_problem_of_the_file(file):
    """No state is left only once many options are fixed, beyond what reading a file looks at."""
    rules = ["rules:", *(f"  - always: o{k} iff not o{k + 12}" for k in range(12)), "  - always: o0 iff o12"]
    problems = bestand.check(file(model(24, *rules)))
    assert [p.code for p in problems if p.severity == "error"][:1] in (["no-feasible-state"], ["contradictory-rules"])
    assert all(p.line for p in problems if p.severity == "error")


def test_moves_are_counted_before_they_are_laid_out():
    """Single moves of 2¹⁴ states in one block are too many; saying so takes no memory."""
    text = model(14, "outcomes: {some: o0}", "forbidden_moves: [{party: p, from: some, to: not some}]")
    with pytest.raises(TooManyStates, match=r"moves to look at"):
        build(bestand.loads(text), "arcs")


def test_many_one_way_options_of_one_party_are_served():
    ways = ", ".join(f"p.o{k}: to-yes" for k in range(10))
    lines = [f"one_way: {{{ways}}}", "preferences: {p: {priorities: [o0, not o1]}, q: {priorities: [z iff o0]}}"]
    loaded = bestand.loads(model(10, *lines))
    assert build(loaded).name == "arcs"
    results = [bestand.analyse(loaded, engine=name) for name in (None, "cube", "listed")]
    for concept in results[0].concepts:
        for other in results[1:]:
            assert (results[0].stable[concept] == other.stable[concept]).all()


ASKED = {
    "analyse": [],
    "claims": [],
    "explain": ["--state", "none", "--party", "p"],
    "evolve": [],
    "what-if": ["p held"],
    "settle": ["p.o1"],
    "coalitions": [],
    "vary": [],
    "deals": [],
}


@pytest.mark.parametrize("command", ASKED)
def test_json_is_told_that_nothing_was_finished(command, file, capsys):
    from bestand.command import run

    path = file(model(6, "status_quo: []", "plan: p.o0"))
    assert run([command, path, *ASKED[command], "--seconds", "1e-9", "--json"]) == 3
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert told["bestand"] == bestand.__version__
    assert told["stopped"].startswith("stopped after")
    assert told["stopped"] in err


@pytest.mark.parametrize("command", [command for command in ASKED if command not in ("claims", "vary")])
def test_json_of_what_was_stopped_has_the_shape_of_its_question(command, file, capsys):
    """Head, readings and the limit; what analyse prints beside them belongs to no other question."""
    from bestand.command import run

    path = file(model(31, *BANNED, "status_quo: []", "plan: p.o0"))
    assert run([command, path, *ASKED[command], "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    every = {"bestand", "title", "parties", "options", "readings", "stopped"}
    of_analyse = {
        "feasible",
        "engine",
        "because",
        "concepts",
        "verdict",
        "kinds",
        "words",
        "plan",
        "status_quo",
        "reached",
    }
    assert {*told} == every | (of_analyse if command == "analyse" else set())
