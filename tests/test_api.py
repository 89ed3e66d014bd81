"""The Python API: what a script can rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

import bestand
from bestand import BestandError, CallError, ModelError, Problem, TooManyStates
from bestand.model.formula import Not, OptionAtom
from bestand.model.values import ForbiddenMove, FormulaRule, FrozenMap, Option, Party, Priorities, Statement
from bestand.reference import feasible, graph_of, stable
from bestand.stability.registry import EVERY
from bestand.testing import models
from tests.examples import examples

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")

DAM = """
bestand: 1
title: Dam
parties:
  up: {name: Upstream state, options: {release: {}, threaten: {}}}
  down: {options: {attack: {}}}
rules: [{never: release and threaten}]
status_quo: [threaten]
preferences:
  up: {priorities: [not attack, not release]}
  down: {priorities: [release, attack iff threaten]}
labels: {"000": "1", "100": quiet}
readings:
  kind: {change: up 2 dropped}
"""


@pytest.fixture(scope="module")
def dam():
    return bestand.loads(DAM)


@pytest.fixture(scope="module")
def result(dam):
    return bestand.analyse(dam)


# ---- the package ----


def test_everything_that_is_promised_is_there():
    for name in bestand.__all__:
        assert getattr(bestand, name) is not None
    assert set(bestand.__all__) <= set(dir(bestand))
    with pytest.raises(AttributeError, match="no attribute 'analyze'"):
        _ = bestand.analyze


def test_importing_the_package_loads_no_arrays():
    """Nor does reading the version; analysing does."""
    loaded = "print('numpy' in sys.modules)"
    asked = "bestand.analyse('textbook/chicken')"
    probe = f"import bestand, sys; bestand.__version__; bestand.analyse; {loaded}; {asked}; {loaded}"
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.split() == ["False", "True"]


def test_every_error_is_a_bestand_error():
    for error in (CallError, ModelError, TooManyStates):
        assert issubclass(error, BestandError)
    assert issubclass(CallError, ValueError)
    assert issubclass(ModelError, ValueError)


# ---- models in and out ----


def test_a_model_from_a_slug_a_path_and_a_text(tmp_path, dam):
    assert bestand.load("textbook/chicken").title
    path = tmp_path / "dam.yaml"
    path.write_text(DAM, encoding="utf-8")
    assert bestand.load(path) == bestand.load(str(path)) == bestand.loads(DAM) == bestand.loads(DAM.encode()) == dam


def test_a_model_is_written_and_read_back(tmp_path, dam):
    assert bestand.loads(bestand.dumps(dam)) == dam
    path = tmp_path / "dam.yaml"
    bestand.save(dam, path)
    bestand.save(dam, str(path))
    assert bestand.load(path) == dam


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("textbook/chiken", "did you mean 'textbook/chicken'?"),
        ("chicken", "did you mean 'textbook/chicken'?"),
        ("press/wynia2025/ukrain", "did you mean 'press/wynia2025/ukraine'?"),
        ("no such thing at all", "there is no file 'no such thing at all'"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("call", [bestand.load, bestand.check, bestand.analyse])
def test_an_unknown_slug_is_a_call_error_with_the_nearest(call, slug, hint):
    with pytest.raises(CallError) as caught:
        call(slug)
    assert hint in str(caught.value)


def test_a_folder_is_a_call_error(tmp_path):
    for call in (bestand.load, bestand.check, bestand.analyse):
        with pytest.raises(CallError):
            call(tmp_path)


def test_a_broken_model_has_its_problems_in_order(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text(DAM.replace("not attack", "not atack").replace("attack iff", "attac iff"), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        bestand.load(path)
    problems = caught.value.problems
    assert all(isinstance(problem, Problem) for problem in problems)
    assert [(problem.line, problem.severity) for problem in problems] == [(10, "error"), (11, "error")]
    assert "did you mean" in (problems[0].hint or "")
    assert bestand.check(path) == list(problems)
    with pytest.raises(ModelError):
        bestand.analyse(path)


def test_check_tells_doubts_at_their_place(tmp_path):
    path = tmp_path / "doubtful.yaml"
    path.write_text(DAM.replace("{never: release and threaten}", "{never: release and attack}"), encoding="utf-8")
    (problem,) = bestand.check(path)
    assert (problem.line, problem.severity, problem.code) == (7, "warning", "lost-move")
    bestand.load(path)  # a warning keeps no model from being used
    path.write_text(DAM, encoding="utf-8")
    assert bestand.check(path) == []
    assert bestand.check(str(path)) == []


def test_replace_makes_a_new_model_and_checks_it(dam):
    new = dam.replace(title="Other")
    assert (new.title, dam.title) == ("Other", "Dam")
    assert dam.replace() == dam
    with pytest.raises(ModelError) as caught:
        dam.replace(status_quo=frozenset({"up.release", "up.threaten"}))
    assert caught.value.problems[0].code == "infeasible-status-quo"
    assert caught.value.problems[0].line == 0
    with pytest.raises(ModelError, match="no option 'up\\.x'"):
        dam.replace(status_quo=frozenset({"up.x"}))
    with pytest.raises(ModelError):
        dam.replace(parties=())
    with pytest.raises(TypeError):
        dam.replace(titel="Other")


# ---- results ----


def test_what_a_result_holds(dam, result):
    assert result.model == dam
    assert result.parties == ("up", "down")
    assert result.options == ("up.release", "up.threaten", "down.attack")
    assert result.concepts == CONCEPTS
    assert (result.engine, result.complete) == ("cube", True)
    assert result.states.tolist() == [0b000, 0b001, 0b010, 0b100, 0b101, 0b110]
    assert result.states.dtype == np.uint64
    assert (result.ranks.shape, result.ranks.dtype) == ((2, 6), np.int32)
    assert list(result.stable) == list(result.equilibria) == list(CONCEPTS)
    for concept in CONCEPTS:
        assert (result.stable[concept].shape, result.stable[concept].dtype) == ((2, 6), bool)
        assert (result.equilibria[concept].shape, result.equilibria[concept].dtype) == ((6,), bool)
        assert np.array_equal(result.equilibria[concept], result.stable[concept].all(axis=0))
    assert "0b" not in repr(result)


def test_ranks_order_the_states_as_the_model_does(result):
    order = {
        party: np.argsort(-row, kind="stable").tolist() for party, row in zip(result.parties, result.ranks, strict=True)
    }
    assert [result.states[at] for at in order["up"]] == [0b000, 0b010, 0b001, 0b100, 0b110, 0b101]


def test_nothing_of_a_result_can_be_written_to(result):
    arrays = [result.states, result.ranks, *result.stable.values(), *result.equilibria.values()]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(TypeError):
        result.stable["nash"] = None
    with pytest.raises(AttributeError):
        result.concepts = ()
    before = result.equilibria["nash"].tolist()
    own = result.equilibria["nash"].copy()
    own[:] = True
    assert result.equilibria["nash"].tolist() == before


@pytest.mark.parametrize("engine", ["cube", "listed", "arcs"])
@settings(max_examples=examples(25))
@given(model=models(max_options=4, forbidden_moves=False, readings=False, prose=False))
def test_a_result_is_what_the_oracle_says_on_every_engine(engine, model):
    result, graph = bestand.analyse(model, engine=engine), graph_of(model)
    assert result.engine == engine
    assert tuple(result.states.tolist()) == feasible(model)
    for concept in CONCEPTS:
        assert result.stable[concept].tolist() == [list(row) for row in stable(graph, concept)]
    ranks = result.ranks.tolist()
    for own, expected in zip(ranks, graph.ranks, strict=True):
        for a, b in product(range(graph.size), repeat=2):
            assert (own[a] < own[b]) == (expected[a] < expected[b])


def test_concepts_are_those_asked_for_in_that_order(dam):
    assert bestand.analyse(dam, concepts=["seq", "nash", "seq"]).concepts == ("seq", "nash")
    assert list(bestand.analyse(dam, concepts=("gmr",)).equilibria) == ["gmr"]
    assert bestand.analyse(dam, concepts="nash,smr").concepts == ("nash", "smr")


def test_readings_are_applied(dam):
    told = bestand.analyse(dam, readings=["kind"])
    assert len(told.model.preferences["up"].statements) == 1
    assert told.ranks[0].max() == 1
    assert bestand.analyse(dam, readings=[]).model == dam
    assert bestand.analyse(dam, readings="kind").model == told.model  # as concepts: one text, or several


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            {"concepts": ["nsh"]},
            rf"no concept 'nsh'; did you mean 'nash'\? \(valid: {', '.join(EVERY)}\)",
        ),
        ({"concepts": ["xyzzy"]}, rf"no concept 'xyzzy'; \(valid: {', '.join(EVERY)}\)"),
        ({"concepts": []}, "no concept asked for"),
        ({"engine": "qube"}, r"no engine 'qube'; did you mean 'cube'\?"),
        ({"engine": "xyzzy"}, "engines: cube, listed, arcs"),
        ({"readings": ["kid"]}, r"no reading 'kid'; did you mean 'kind'\?"),
        ({"readings": ["xyzzy"]}, "no reading 'xyzzy'; known: kind"),
    ],
)
def test_a_wrong_call_names_the_nearest_or_all(dam, arguments, words):
    with pytest.raises(CallError, match=words):
        bestand.analyse(dam, **arguments)


def test_an_engine_that_cannot_serve_a_model_says_which_can():
    model = bestand.loads(DAM + "forbidden_moves: [{party: up, from: threaten, to: release}]")
    assert bestand.analyse(model).engine == "cube"
    with pytest.raises(CallError, match="use 'cube', 'listed' or 'arcs'"):
        bestand.analyse(model, engine="symbolic")


def test_rules_that_leave_nothing(dam):
    nothing = dam.replace(rules=(FormulaRule("never", bestand.loads(DAM).rules[0].allows), *dam.rules), status_quo=None)
    with pytest.raises(ModelError, match="no state feasible"):
        bestand.analyse(nothing)


def test_more_states_than_can_be_listed():
    options = tuple(Option(f"up.o{k}") for k in range(40))
    wish = Priorities((Statement(OptionAtom("up.o1")), Statement(OptionAtom("up.o0"))))
    model = bestand.Model("Many", (Party("up", options=options),), preferences=FrozenMap({"up": wish}))
    result = bestand.analyse(model)
    assert (result.engine, result.complete, result.stopped) == ("symbolic", True, None)
    assert "the states are more than the 16,777,216 that are listed one by one" in str(result.because)
    best = result.equilibria["nash"]
    assert (best.count(), best.first(3)) == (2**38, [3, 7, 11])
    assert best == result.stable["nash"]["up"] == result.stable["nash"][0] == result.finished["nash"]["up"]
    assert 3 in best
    assert 1 not in best
    assert "11" + 38 * "0" in best
    assert (best & OptionAtom("up.o2")).count() == 2**37
    assert [(pattern.bits, pattern.count) for pattern in best.patterns()] == [("11" + 38 * "-", 2**38)]
    for name in ("states", "ranks"):
        with pytest.raises(TooManyStates, match=f"lists no states, and so no {name}: there are 1,099,511,627,776"):
            getattr(result, name)
    assert "prefers" not in str(result.explain("11" + 38 * "0", "up", "nash"))
    with pytest.raises(CallError, match="no rows over sets of states"):
        result.explain(0, "up", "nash")


def test_more_states_than_were_allowed():
    """A lower limit on the states chooses sets of states; an engine that lists them stops at it."""
    model = bestand.loads(DAM)
    assert bestand.analyse(model, limits={"states": 6}).engine == "cube"
    few = bestand.analyse(model, limits={"states": 5})
    assert (few.engine, few.complete) == ("symbolic", True)
    assert few.equilibria["seq"].count() == int(bestand.analyse(model).equilibria["seq"].sum())
    for engine in ("cube", "listed", "arcs"):
        with pytest.raises(TooManyStates, match="5"):
            bestand.analyse(model, engine=engine, limits={"states": 5})


def test_too_large_for_every_engine():
    """Forbidden moves need their states listed: the estimate, and what is in the way."""
    options = tuple(Option(f"up.o{k}") for k in range(40))
    first = OptionAtom("up.o0")
    ban = ForbiddenMove("up", first, Not(first))
    with pytest.raises(TooManyStates, match=r"1,099,511,627,776 states, which would take about 32\.0 TiB"):
        bestand.analyse(bestand.Model("Many", (Party("up", options=options),), forbidden_moves=(ban,)))


def test_the_smallest_models():
    """A party without options or wishes, and one option without wishes."""
    alone = bestand.analyse(bestand.loads("{bestand: 1, title: T, parties: {up: {options: {}}}}"))
    assert alone.states.tolist() == [0]
    assert all(alone.equilibria[concept].tolist() == [True] for concept in CONCEPTS)
    free = bestand.analyse(bestand.loads("{bestand: 1, title: T, parties: {up: {options: {x: {}}}}}"))
    assert all(free.equilibria[concept].tolist() == [True, True] for concept in CONCEPTS)


# ---- explanations ----


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("status-quo", 2), ("010", 2), ("up.threaten", 2), ("threaten", 2), (2, 2), (np.int64(2), 2), (" threaten ", 2),
        ("threaten,attack", 5), ("down.attack, threaten", 5), ("attack,attack", 3),
        ("000", 0), ("1", 0), (0, 0), ("none", 0), ("quiet", 1), ("100", 1), ("release", 1),
    ],
)  # fmt: skip
def test_every_way_to_name_a_state(result, name, row):
    assert result.explain(name, "up", "nash").witness.state == result.states[row]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("threatn", "up", "nash"), "no option 'threatn'; did you mean 'threaten'"),
        (("0101", "up", "nash"), "'0101' has 4 characters; the model has 3 options"),
        (("110", "up", "nash"), r"state '110' \(110\) is not feasible"),
        (("release,threaten", "up", "nash"), r"\(110\) is not feasible"),
        ((6, "up", "nash"), "rows are 0 to 5"),
        ((-1, "up", "nash"), "rows are 0 to 5"),
        (("000", "upp", "nash"), r"no party 'upp'; did you mean 'up'\?"),
        (("000", "Upstream", "nash"), "no party 'Upstream'; parties: up, down"),
        (("000", "up", "nsh"), "no concept 'nsh'; did you mean 'nash'"),
    ],
)
def test_what_cannot_be_explained_names_the_nearest(result, arguments, words):
    with pytest.raises(CallError, match=words):
        result.explain(*arguments)


def test_a_label_of_several_states_names_none_of_them():
    labels = "labels: {10: both, 01: both, 11: one}, outcomes: {o: x}"
    text = f"{{bestand: 1, title: T, parties: {{a: {{options: {{x: , y: }}}}}}, {labels}}}"
    result = bestand.analyse(bestand.loads(text))
    with pytest.raises(CallError, match="stands for 2 states; give one by its bits: 10, 01"):
        result.explain("both", "a", "nash")
    assert result.explain("one", "a", "nash").witness.state == 3
    with pytest.raises(CallError, match="'o' is an outcome, which many states may satisfy"):
        result.explain("o", "a", "nash")


def test_a_short_option_name_of_two_parties_is_ambiguous():
    model = bestand.loads("{bestand: 1, title: T, parties: {a: {options: {x: {}}}, b: {options: {x: {}}}}}")
    result = bestand.analyse(model)
    with pytest.raises(CallError, match=r"'x' may be a\.x, b\.x"):
        result.explain("x", "a", "nash")
    assert result.explain("b.x", "a", "nash").witness.state == 2


def test_an_option_called_none_is_that_option():
    result = bestand.analyse(bestand.loads("{bestand: 1, title: T, parties: {a: {options: {x: {}, none: {}}}}}"))
    assert result.explain("none", "a", "nash").witness.state == 2
    assert result.explain("x,none", "a", "nash").witness.state == 3


def test_the_label_of_the_one_state_of_a_model_without_options():
    model = bestand.loads('{bestand: 1, title: T, parties: {a: {options: {}}}, labels: {"": here}}')
    assert bestand.analyse(model).explain("here", "a", "nash").witness.state == 0


def test_a_model_without_a_status_quo_has_none_to_explain(dam):
    with pytest.raises(CallError, match="no status quo"):
        bestand.analyse(dam.replace(status_quo=None)).explain("status-quo", "up", "nash")


def test_an_explanation_says_and_tells_the_verdict(result):
    for state, party, concept in product(range(6), ("up", "down"), CONCEPTS):
        told = result.explain(state, party, concept)
        stable = bool(result.stable[concept][result.parties.index(party), state])
        assert told.stable is stable
        assert str(told) == told.words() == told.words("en")
        title = "Upstream state" if party == "up" else "down"
        assert str(told).startswith(f"{'Stable' if stable else 'Unstable'} for {title} under ")
        data = json.loads(json.dumps(told.data()))
        assert (data["stable"], data["party"], data["concept"]) == (stable, party, concept)
        assert data["state"]["bits"] == result.model.bits(int(result.states[state]))


def test_an_explanation_under_a_concept_that_was_not_asked_for(dam):
    """`explain` may ask for any concept: it is worked out then."""
    assert bestand.analyse(dam, concepts=["nash"]).explain("010", "up", "seq").witness.concept == "seq"


def test_words_in_a_language_that_is_not_there(result):
    with pytest.raises(CallError, match="no texts in 'xx'"):
        result.explain(0, "up", "nash").words("xx")
