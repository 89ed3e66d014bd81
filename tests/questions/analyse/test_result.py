"""The answer of `analyse`: finished under the limits, alike over lists and sets, and what is dear only if asked for."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle

import numpy as np
import pytest
from hypothesis import given, settings

import bestand
from bestand.engine import limits
from bestand.model.errors import CallError
from bestand.questions.analyse import answer
from bestand.solve import solution as solving
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.engine.test_limits import Clock
from tests.examples import examples
from tests.first_reading import UKRAINE

ELMIRA = "books/fang1993/elmira"


def test_telling_one_concept_solves_no_other(monkeypatch):
    """Resting places and loose answers are part of the question."""
    result = bestand.analyse(UKRAINE, concepts=["seq"])
    monkeypatch.setattr(Solution, "verdict", None)
    assert "resting places" in result.words()
    assert result.data()["concepts"]["seq"]["only_by_moves_not_best"] == 3736


@pytest.mark.parametrize("engine", ["cube", "symbolic"])
def test_results_are_values(engine):
    result = bestand.analyse(ELMIRA, engine=engine)
    again = pickle.loads(pickle.dumps(result))
    assert again == result == copy.copy(result) == copy.deepcopy(result)
    assert hash(again) == hash(result)
    assert again != bestand.analyse(ELMIRA, engine=engine, concepts="nash")
    assert again.words("nl") == result.words("nl")
    assert again.explain("status-quo", "UR", "seq") == result.explain("status-quo", "UR", "seq")
    assert repr(result).startswith("<Result: The polluted groundwater of Elmira, 1991; nash 6,")
    assert repr(result.explain("status-quo", "UR", "seq")).startswith(
        "<Explanation: The polluted groundwater of Elmira"
    )
    if engine == "cube":
        with pytest.raises(ValueError, match="read-only"):
            again.equilibria["nash"][0] = True
    else:
        assert (again.equilibria["gmr"] & again.stable["seq"]["UR"]).count() > 0


@settings(max_examples=examples(15), deadline=None)
@given(model=models(max_options=4, forbidden_moves=False, readings=False, prose=False))
def test_listed_states_and_sets_are_told_alike(model):
    """The same counts, and the same equilibria where few enough are listed."""
    one, other = (bestand.analyse(model, engine=engine, list=1000).data() for engine in ("listed", "symbolic"))
    for concept, found in one["concepts"].items():
        sets = other["concepts"][concept]
        for key in ("equilibria", "listed", "complete"):
            assert found[key] == sets[key]
        assert found["reached"] == sets["reached"]
        told = [
            {state["bits"]: (state["outcomes"], state["rank_percentile"]) for state in each["states"]}
            for each in (found, sets)
        ]
        assert told[0] == told[1]
        assert sum(pattern["count"] for pattern in found["patterns"]) == found["equilibria"]
    assert one["status_quo"] == other["status_quo"]


@pytest.mark.parametrize("engine", ["cube", "symbolic"])
def test_every_part_is_worked_out_under_the_limits(monkeypatch, engine):
    """Whenever the time is over, what is there is what the whole answer has, and the rest is missing."""
    monkeypatch.setattr(solving, "PATIENCE", float("inf"))  # processes of their own have a clock of their own
    model = bestand.load(ELMIRA)
    whole = bestand.analyse(model, engine=engine)
    seen = set()
    for seconds in range(1, 2000):
        monkeypatch.setattr(limits, "time", Clock())
        try:
            part = bestand.analyse(model, engine=engine, limits={"seconds": seconds})
        except bestand.LimitReached:
            continue
        if part.stopped is None:  # all but pictures, perhaps, which are drawn as far as limits allow
            assert dataclasses.replace(part, pictures=whole.pictures) == whole
            break
        assert not part.complete
        assert str(part.stopped).startswith("stopped after")
        assert part.words() != whole.words()
        assert json.loads(json.dumps(part.data()))["stopped"] == str(part.stopped)
        assert all(np.array_equal(stable, whole.stable[c]) for c, stable in part.stable.items() if engine == "cube")
        for name in ("plan", "today", "drift"):
            assert getattr(part, name) in (None, getattr(whole, name))
            seen |= {name for name in ("today", "drift") if getattr(part, name) is None}
        seen |= {"columns" for group in part.groups if group.columns is None}
    assert seen == {"today", "drift", "columns"}


def test_lists_that_take_long_are_made_if_asked_for(monkeypatch):
    small = bestand.analyse(UKRAINE, concepts="gmr")
    assert len(small.groups[0].listing.states) == 1000
    monkeypatch.setattr(answer, "CHEAP", 4)
    large = bestand.analyse(UKRAINE, concepts="gmr")
    assert large.groups[0].listing is None
    found = large.data()["concepts"]["gmr"]
    assert (found["equilibria"], found["listed"], found["complete"]) == (16605, 0, False)
    assert found["patterns_complete"] is False
    assert large.words() == small.words()
    assert bestand.analyse(UKRAINE, concepts="gmr", list=1000).data() == small.data()
    sets = bestand.analyse(UKRAINE, concepts="nash", engine="symbolic")
    assert sets.data()["concepts"]["nash"]["states"] == []
    assert (
        len(bestand.analyse(UKRAINE, concepts="nash", engine="symbolic", list=2).data()["concepts"]["nash"]["states"])
        == 2
    )


def test_json_is_the_data(call):
    told = json.loads(call("analyse", UKRAINE, "--engine", "symbolic", "--concepts", "nash", "--json")[1])
    assert told == bestand.analyse(UKRAINE, engine="symbolic", concepts="nash", list=1000).data()
    told = json.loads(call("analyse", UKRAINE, "--where", "ceasefire", "--json")[1])
    assert told == bestand.analyse(UKRAINE, where="ceasefire").data()


def test_concepts_and_engine_are_given_by_their_place_or_by_name():
    one, other = bestand.analyse(ELMIRA, "nash", "listed"), bestand.analyse(ELMIRA, concepts=["nash"], engine="listed")
    assert one == other
    with pytest.raises(TypeError):
        bestand.analyse(ELMIRA, "nash", "listed", "UR.accept")


def test_a_wrong_number_to_list():
    with pytest.raises(CallError, match="list -1: give 0 or more"):
        bestand.analyse(ELMIRA, list=-1)


@pytest.mark.parametrize(
    ("picture", "words"),
    [("tree", "does not say how things stand today"), ("matrx", "did you mean 'matrix'"), ("maze", "pictures: matrix")],
)
def test_a_picture_that_there_is_not(picture, words):
    with pytest.raises(CallError, match=words):
        bestand.analyse("textbook/chicken").picture(picture)
    if picture != "tree":
        with pytest.raises(CallError, match=words):
            bestand.analyse("textbook/chicken", draw=picture)


def test_pictures_of_sets_and_of_parts(monkeypatch):
    with pytest.raises(CallError, match="too many to list"):
        bestand.analyse(ELMIRA, engine="symbolic").picture()
    model = bestand.load(ELMIRA)
    monkeypatch.setattr(limits, "time", Clock())
    part = bestand.analyse(model, limits={"seconds": 30})
    assert part.stopped is not None
    with pytest.raises(CallError, match="no picture of an answer that a limit stopped"):
        part.picture()
    with pytest.raises(CallError, match="no picture of an answer that a limit stopped"):
        part.picture("tree")


def test_the_command_line_works_out_what_it_tells(monkeypatch, call):
    """Pictures are worked out where one is drawn, lists where data are printed."""
    asked = []
    monkeypatch.setattr(answer, "worked_out", lambda *args: asked.append(args[4:]) or real(*args))
    for flags in ([], ["--json"], ["--svg", "-"], ["--svg", "-", "--picture", "tree"], ["-o", "-"]):
        assert call("analyse", ELMIRA, *flags)[0] == 0
    assert asked == [(None, ()), (1000, ()), (None, ("matrix",)), (None, ("tree",)), (None, None)]


def test_the_first_screen_is_the_verdict_and_no_more(monkeypatch, call):
    """Where it is all that will be read, no concept is solved; it says what it says in Python, where all is there."""
    case = UKRAINE
    told = call("analyse", case)[1]
    monkeypatch.setattr(Solution, "finish", lambda *_: pytest.fail("solved"))
    assert call("analyse", case)[1] == told
    monkeypatch.undo()
    assert bestand.analyse(case).words().strip() == told.strip()


real = answer.worked_out


def test_a_column_that_stands_for_one_state_has_its_label():
    """The traveller's dilemma: whoever names less gets two more. Most pairs are GMR, in three patterns."""
    n, numbers = 7, range(7)
    pairs = [(i, j) for i in numbers for j in numbers]
    bits = {(i, j): "".join("01"[k == i] for k in numbers) + "".join("01"[k == j] for k in numbers) for i, j in pairs}

    def ranking(mine, other):
        paid = {pair: min(pair) + 2 * (pair[mine] < pair[other]) - 2 * (pair[mine] > pair[other]) for pair in pairs}
        levels = sorted(set(paid.values()), reverse=True)
        return str([[bits[pair] for pair in pairs if paid[pair] == level] for level in levels])

    options = "{" + ", ".join(f"s{k}: " for k in numbers) + "}"
    model = bestand.loads(
        f"bestand: 1\ntitle: Travellers\nparties: {{p: {{options: {options}}}, q: {{options: {options}}}}}\n"
        f"rules: [{{exactly_one: [{', '.join(f'p.s{k}' for k in range(n))}]}}, "
        f"{{exactly_one: [{', '.join(f'q.s{k}' for k in range(n))}]}}]\n"
        f"labels: {{{', '.join(f'{chr(34)}{bits[i, j]}{chr(34)}: {i + 1}-{j + 1}' for i, j in pairs)}}}\n"
        f"preferences: {{p: {{ranking: {ranking(0, 1)}}}, q: {{ranking: {ranking(1, 0)}}}}}\n"
    )
    header = next(line for line in bestand.analyse(model, ["gmr"]).words().splitlines() if "#1" in line)
    assert header.split() == ["#1", "1-1", "2-2"]
