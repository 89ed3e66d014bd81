"""A concept that nobody has written code for, through every question, engine and form: its rounds say all there is."""

from __future__ import annotations

import json
import shlex

import pytest

import bestand
from bestand.command import run
from bestand.command.table import commands
from bestand.engine.choose import ENGINES
from bestand.model.errors import CallError
from bestand.questions.registry import questions
from bestand.reference import feasible, graph_of, stable_under
from bestand.solve import solution as solving
from bestand.stability.concept import Concept
from bestand.stability.registry import registered
from tests.command.helpers import DAM, written
from tests.questions.test_told import told

MADE_UP = (
    Concept("madeup", "a made-up one of six answers and moves", ("any", "own", "credible", "own", "any", "own")),
    Concept("odd", "an odd one", ("credible", "own", "any")),
    Concept("odder", "an odder one", ("best", "own", "credible", "own")),
)
IDS = [concept.id for concept in MADE_UP]
ELMIRA, CHICKEN, DEAL = "books/fang1993/elmira", "textbook/chicken", "P1.cooperate and P2.cooperate"

# Of every question that has concepts, what it needs beside them. A new question has to be added, if it needs anything.
GIVEN = {
    "count-rankings": {"state": "10", "party": "P1"},
    "merged": {"parties": ["up", "down"]},
    "what-if": {"changes": ["without attack"]},
}
# Those that have definitions of their own for certain concepts, and say which
CERTAIN = {
    "coalitions": "valid: nash, gmr, smr, seq",
    "merged": "valid: nash, gmr, smr, seq",
    "count-rankings": "by moves or improvements: nash, gmr, smr",
}

CALLS = {
    "analyse": [
        "",
        "--json",
        "--lang nl",
        "--picture moves --svg {folder}/m.svg",
        "--picture tree --svg {folder}/t.svg",
    ],
    "explain": ["--symbols", "--symbols --lang nl", "--json", "--state 100 --symbols"],
    "claims": ["", "--json", "--lang nl"],
    "why": ["", "--json"],
    "evolve": ["", "--json", "--lang nl", "--svg {folder}/e.svg"],
    "what-if": ["'without attack'", "'without attack' --json", "'without attack' --lang nl"],
    "levers": ["", "--json", "--lang nl", "--svg {folder}/l.svg"],
    "vary": ["", "--json", "--lang nl", "--shuffle --samples 50", "--svg {folder}/v.svg"],
    "settle": ["", "--json", "--lang nl"],
    "report": [
        "-o {folder}/r.md -o {folder}/r.html --workers 1",
        "-o {folder}/r.md --lang nl --workers 1",
    ],
}


@pytest.fixture(autouse=True)
def made_up():
    with registered(*MADE_UP):
        yield


@pytest.fixture
def dam():
    return bestand.loads(DAM)


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    """Make a call as the command line does; gives its exit status, output and messages."""
    written(tmp_path, DAM)
    monkeypatch.chdir(tmp_path)

    def made(words):
        status = run(shlex.split(words.format(folder=tmp_path)))
        return (status, *capsys.readouterr())

    return made


@pytest.mark.parametrize("concepts", [",".join(IDS), "nash,madeup"])
@pytest.mark.parametrize(("name", "flags"), [(name, flags) for name in CALLS for flags in CALLS[name]])
def test_a_command_takes_it(name, flags, concepts, call):
    if name not in commands():
        pytest.skip("no command of its own yet")
    status, output, messages = call(f"{name} dam.yaml {flags} --concepts {concepts}")
    assert status == 0, messages
    if "--json" in flags:
        assert "madeup" in json.dumps(json.loads(output))
    elif "{folder}" not in flags:
        assert any(words in output for words in ("madeup", "a made-up one")), output


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_finds_what_the_oracle_finds(engine):
    for slug in (CHICKEN, ELMIRA):
        model = bestand.load(slug)
        graph, states = graph_of(model), feasible(model)
        asked = [concept for concept in MADE_UP if engine != "symbolic" or concept.over_sets]
        result = bestand.analyse(model, [concept.id for concept in asked], engine=engine)
        assert engine == "symbolic" or len(asked) == 3
        for concept in asked:
            right = stable_under(graph, concept.rounds)
            for i, party in enumerate(model.party):
                stable = result.stable[concept.id][party if engine == "symbolic" else i]
                found = [state in stable for state in states] if engine == "symbolic" else stable.tolist()
                assert found == list(right[i]), f"{slug}, {concept.id}, {party}"


def test_an_engine_that_cannot_serve_it_says_so(dam):
    with pytest.raises(CallError, match=r"odder follows best moves.*the symbolic engine holds"):
        bestand.analyse(dam, ["odder"], engine="symbolic")


def test_processes_of_their_own_know_it(monkeypatch):
    """Hard questions over sets of states are put to them at once here."""
    monkeypatch.setattr(solving, "PATIENCE", 0.0)
    model = bestand.load(ELMIRA)
    result = bestand.analyse(model, ["madeup"], engine="symbolic")
    right = stable_under(graph_of(model), MADE_UP[0].rounds)
    assert [result.stable["madeup"][i].count() for i in range(len(right))] == [sum(row) for row in right]


def test_workers_know_it(dam):
    alone, together = (bestand.vary(dam, concepts=IDS, workers=workers) for workers in (1, 2))
    assert alone.share("peace", "madeup").share == together.share("peace", "madeup").share
    assert alone.share("peace", "odder").share == together.share("peace", "odder").share


def asked(question, model):
    """An answer to a question of its own about a model, under the made-up concepts."""
    return getattr(bestand, question.function)(model, concepts=IDS, **GIVEN.get(question.name, {}))


WITH_CONCEPTS = {
    name: question
    for name, question in questions().items()
    if "concepts" in [parameter.name for parameter in question.parameters]
}


@pytest.mark.parametrize("question", WITH_CONCEPTS.values(), ids=WITH_CONCEPTS)
def test_a_question_takes_it_in_every_form(question, dam):
    if question.name in CERTAIN:
        model = bestand.load(CHICKEN) if question.name == "count-rankings" else dam
        with pytest.raises(CallError, match=CERTAIN[question.name]):
            asked(question, model)
        return
    answer = asked(question, dam)
    assert told(answer)
    json.dumps(answer.data())


def test_what_serves_certain_concepts_names_them(dam):
    with pytest.raises(CallError, match=r"'madeup' has no coalition form here.*valid: nash, gmr, smr, seq"):
        bestand.coalitions(dam, concepts=["madeup"])
    with pytest.raises(CallError, match="madeup; served are concepts of one answer at most"):
        bestand.count_rankings(CHICKEN, state="11", party="P1", concepts=["madeup"])


def test_settlements_are_looked_for_and_hold():
    """What makes the deal an equilibrium is put to the forward engine."""
    answer = bestand.settle(CHICKEN, DEAL, concepts=IDS)
    assert told(answer)


def test_why_rankings_are_not_looked_for_is_said():
    """It is the length of what follows, and not best moves, for which they are not served."""
    crash = "not P1.cooperate and not P2.cooperate"
    words = bestand.settle(CHICKEN, crash, concepts=["brseq", "madeup"], kinds=["rankings"]).words("en", 300)
    assert f"Under {MADE_UP[0].title}: not looked at, since the others answer more than once there." in words
    assert "against best replies: not looked at, since a party that gains more may answer less there." in words


def test_a_claim_can_name_it(dam):
    text = DAM + "  - {id: four, check: 'under madeup, some equilibrium is peace'}\n"
    result = bestand.claims(bestand.loads(text), claims=["four"]).results[0]
    right = stable_under(graph_of(dam), MADE_UP[0].rounds)
    peaceful = [dam.bits(mask)[1:] == "00" for mask in feasible(dam)]
    common = [all(column) for column in zip(*right, strict=True)]
    assert (result.answer.verdict == "holds") is any(a and b for a, b in zip(peaceful, common, strict=True))


def test_help_names_it(call):
    _, output, _ = call("explain --help")
    assert "madeup" in output
