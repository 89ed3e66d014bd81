"""What coalitions would leave a state for, the ways there, and merged players: by brute force, and as published."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bestand
from bestand import CallError, LimitReached, TooManyStates, load, loads
from bestand.engine.choose import build
from bestand.engine.space import space_of
from bestand.model.model import Model
from bestand.questions.coalitions import study as studies
from bestand.questions.coalitions.concepts import Together, subsets
from bestand.questions.coalitions.forms import served
from bestand.questions.coalitions.leaving import departures, path, reached_from
from bestand.questions.coalitions.merged import Merged
from bestand.questions.coalitions.study import Study, coalitions_of
from bestand.reference import graph_of
from bestand.reference.oracle import along, members
from bestand.solve import solution as solving
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.examples import examples
from tests.first_reading import UKRAINE
from tests.solve.helpers import engines_for, small_models, solved_models

SOME = settings(max_examples=examples(25))
CONCEPTS = served()
ELMIRA = "books/fang1993/elmira"


# ---- one state at a time ----


@SOME
@given(solved_models(max_options=4), st.booleans(), st.data())
def test_a_state_is_left_iff_it_is_not_stable(solution, pareto, data):
    """Two ways to the same verdict: the engine's operators for one state, and all states compared with one another."""
    together = Together(solution.engine, pareto=pareto)
    coalition = data.draw(st.sampled_from(subsets(together.parties)))
    for concept in CONCEPTS:
        left = [bool(departures(together, concept, coalition, s).any()) for s in range(together.size)]
        assert left == (~together.stable(concept, coalition)).tolist(), concept


@SOME
@given(solved_models(max_options=5), st.data())
def test_what_is_reached_and_how(solution, data):
    """R_H by the definition, and a shortest legal sequence of members' moves to each of its states."""
    graph, space = graph_of(solution.model), solution.space
    coalition = data.draw(st.sampled_from(subsets(tuple(range(len(graph.moves))))))
    state = data.draw(st.integers(0, graph.size - 1))
    found = reached_from(solution.engine, coalition, state)
    right = set(members(along(graph.lists.reachable, coalition, state))) - {state}
    assert set(np.flatnonzero(found).tolist()) == right
    lengths = _lengths(graph, coalition, state)
    for target in right:
        steps = path(space, coalition, state, target)
        at, last = state, None
        for step in steps:
            assert step.party in coalition
            assert step.party != last
            assert step.state in graph.moves[step.party][at]
            at, last = step.state, step.party
        assert at == target
        assert len(steps) == lengths[target]


def _lengths(graph, coalition, start):
    """The fewest moves to each state, by going through all legal sequences."""
    fewest, seen, waiting = {}, set(), [(start, None, 0)]
    for at, last, length in waiting:
        for j in coalition:
            for t in graph.moves[j][at] if j != last else ():
                if (t, j) not in seen:
                    seen.add((t, j))
                    fewest.setdefault(t, length + 1)
                    waiting.append((t, j, length + 1))
    return fewest


def test_who_does_not_get_there_has_no_path():
    space = space_of(load(ELMIRA))
    with pytest.raises(ValueError, match="not reached"):
        path(space, (2,), 0, space.size - 1)


# ---- published ----


def test_elmira_is_left_for_what_was_reached():
    """Kilgour, Hipel, Fang & Peng 2001: the ministry and Uniroyal went from 5 to 8 together."""
    solution = Solution(load(ELMIRA))
    model, space = solution.model, solution.space
    at = {model.labels[model.bits(int(mask))]: s for s, mask in enumerate(space.states)}
    for concept in CONCEPTS:
        found = Study(solution, [(0, 1)], (concept,)).departure(concept, (0, 1), at["5"])
        assert found is not None
        assert (found.target, found.targets) == (int(space.states[at["8"]]), 1)
        assert [party for party, _state in found.path] == [0, 1]
    lasting = bestand.coalitions(ELMIRA, concepts=["nash"]).lasting("nash")
    assert {model.labels[model.bits(int(mask))] for mask in space.states[lasting]} == {"8", "9"}


def test_the_ceasefires_of_the_flagship_last():
    """Computed: of the four Nash equilibria the two ceasefires are those that no coalition would leave."""
    found = bestand.coalitions(UKRAINE, concepts=["nash"])
    lasting = found.lasting("nash")
    assert lasting.sum() == 2
    space = space_of(found.model)
    assert space.holds(found.model.outcome["ceasefire"].formula)[lasting].all()


# ---- the study ----


@SOME
@given(small_models(4))
def test_a_large_model_is_looked_at_state_by_state(model):
    """What is said of the few equilibria that are looked at is what is said of them where all are."""
    whole = Study(Solution(model), coalitions_of(model), CONCEPTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(studies, "COMPARED", 0)
        part = Study(Solution(model), coalitions_of(model), CONCEPTS)
        for concept in CONCEPTS:
            looked = part.looked(concept)
            assert looked.sum() == min(studies.LOOKED_AT, whole.looked(concept).sum())
            assert (part.lasting(concept) == (whole.lasting(concept) & looked)).all()


@SOME
@given(small_models(4))
def test_what_lasts_is_an_equilibrium(model):
    study = Study(Solution(model), subsets(tuple(range(len(model.parties)))), ("nash", "gmr", "smr"))
    for concept in study.concepts:
        assert (study.lasting(concept) <= study.solution.equilibria(concept)).all()
        stable = [study.together.stable(concept, H) for H in study.coalitions]
        assert (study.lasting(concept) == np.logical_and.reduce(stable)).all(), "of one too: universally stable"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ({"members": ["usa", "rusia"]}, "no party 'rusia'; did you mean 'russia'"),
        ({"members": []}, "needs a party at least; parties: usa, russia"),
        ({"members": ["usa", "russia", "United States"]}, "'United States' is named twice"),
        ({"members": ["usa"], "size": 2}, "give one of the two"),
        ({"size": 0}, "1 to 4 members"),
        ({"size": 5}, "1 to 4 members"),
        ({"state": "0110"}, "has 4 characters"),
        ({"to": "ceasefire and not ceasefire"}, "no feasible state satisfies"),
        ({"to": "ceasefir"}, "did you mean 'ceasefire'"),
        ({"concepts": ["sseq"]}, "'sseq' has no coalition form here.*valid: nash, gmr, smr, seq"),
        ({"concepts": []}, "no concept asked for"),
        ({"sanctioners": "all"}, "give subcoalitions or parties"),
    ],
)
def test_what_is_no_question(call, words):
    with pytest.raises(CallError, match=words):
        bestand.coalitions(UKRAINE, **call)


def test_results_as_a_script_sees_them():
    found = bestand.coalitions(ELMIRA)
    assert found.looked_at == (("MoE", "UR"), ("MoE", "LG"), ("UR", "LG"), ("MoE", "UR", "LG"))
    assert found.stopped is None
    assert found.stable("nash", ["UR", "MoE"]).sum() == 9
    with pytest.raises(CallError, match="asked: nash"):
        bestand.coalitions(ELMIRA, concepts=["nash"]).lasting("gmr")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(studies, "COMPARED", 0)
        with pytest.raises(TooManyStates, match="ask about one"):
            bestand.coalitions(ELMIRA).stable("nash", ["UR", "MoE"])
    assert (
        "then Uniroyal accepts the control order as it stands and ends its appeal. That leads to state 8."
        in " ".join(str(found).split())
    )
    assert found.data()["concepts"]["nash"]["stable_for_every_coalition"] == 5


@pytest.mark.parametrize("limit", ["seconds", "memory"])
def test_a_limit_leaves_a_part(monkeypatch, limit):
    """Under nash nothing is risked, so that it is finished; the nearest are told where there is still time."""

    def no_more(*_):
        raise LimitReached(limit, "that is enough")

    monkeypatch.setattr(Together, "risk", no_more)
    found = bestand.coalitions(ELMIRA, concepts=["nash", "seq"])
    assert str(found.stopped) == "that is enough"
    assert tuple(found.tallies) == ("nash",)
    assert list(found.data()["concepts"]) == ["nash"]
    assert len(found.data()["concepts"]["nash"]["nearest"]) == (6 if limit == "memory" else 0)
    assert "This is a part of the answer" in str(found)


def test_what_is_finished_is_told_where_the_time_is_over(monkeypatch):
    """Words and data begin with what is reached from today, for which there is no time any more."""

    def no_more(*_):
        monkeypatch.setattr(solving, "reach", no_more)
        raise LimitReached("seconds", "that is enough")

    monkeypatch.setattr(Together, "risk", no_more)
    found = bestand.coalitions(ELMIRA, concepts=["nash", "seq"])
    assert tuple(found.tallies) == ("nash",)
    assert "Under Nash stability: state 9 and state 8." in str(found)
    assert {state["label"] for state in found.data()["concepts"]["nash"]["lasting"]} == {"9", "8"}


# ---- ways ----


def ways_of(model, **call):
    return bestand.coalitions(model, **call).data()["to"]


def test_who_could_get_from_here_to_there():
    found = ways_of(ELMIRA, state="5", to="8")
    assert [way["members"] for way in found["ways"]] == [["MoE", "UR"], ["MoE", "UR", "LG"]]
    together = found["ways"][0]
    assert [step["party"] for step in together["path"]] == ["MoE", "UR"]
    assert (together["gaining"], together["losing"]) == (["MoE", "UR"], [])
    assert found["ways"][1]["losing"] == ["LG"]
    assert ways_of(ELMIRA, state="8", to="5")["ways"] == []
    assert ways_of(ELMIRA, state="8", to="8")["already"]
    assert ways_of(ELMIRA, to="LG.insist")["ways"][0]["members"] == ["LG"], "one that could do it alone"
    assert ways_of(ELMIRA, to="9", size=3)["states"] == 4


@SOME
@given(solved_models(max_options=4), st.data())
def test_ways_lead_where_as_many_gain_as_can(solution, data):
    graph = graph_of(solution.model)
    state = data.draw(st.integers(0, graph.size - 1))
    wanted = np.array(data.draw(st.lists(st.booleans(), min_size=graph.size, max_size=graph.size)))
    study = Study(solution, subsets(tuple(range(len(graph.moves)))), ("nash",))
    found = {way.departure.coalition: way for way in studies.ways(study, state, wanted)}
    for H in study.coalitions:
        reached = set(members(along(graph.lists.reachable, H, state))) - {state}
        there = [t for t in reached if wanted[t]]
        assert (H in found) == bool(there)
        if there:
            gains = {t: [j for j in H if graph.ranks[j][t] > graph.ranks[j][state]] for t in there}
            assert len(found[H].gaining) == max(map(len, gains.values()))
            assert list(found[H].gaining) == gains[study.solution.space.index(found[H].departure.target)]
            assert found[H].departure.targets == len(there)
            assert found[H].serving == sum(len(row) == len(H) for row in gains.values())


# ---- merged players ----


def merged_by_hand(model: Model, merged: tuple[int, ...], concept: str) -> dict[tuple[int, ...], list[bool]]:
    """The ordinary concepts of the players, a preference of several members being that of all."""
    space, graph = space_of(model), graph_of(model)
    players = sorted([merged, *((j,) for j in range(len(graph.moves)) if j not in merged)])
    states = range(graph.size)

    def can(player, s, t):
        if len(player) == 1:
            return t in graph.moves[player[0]][s]
        own = sum(space.moves[j].own for j in player)
        was, is_ = int(space.states[s]), int(space.states[t])
        if s == t or (was ^ is_) & ~own:
            return False
        for j in player:
            moves = space.moves[j]
            if was & ~is_ & moves.to_yes or is_ & ~was & moves.to_no:
                return False
            if any(near[s] and far[t] for near, far in moves.forbidden):
                return False
        return True

    def prefers(player, s, t):
        return all(graph.ranks[j][t] > graph.ranks[j][s] for j in player)

    steps = {p: [[t for t in states if can(p, s, t)] for s in states] for p in players}
    wanted = {p: [[t for t in steps[p][s] if prefers(p, s, t)] for s in states] for p in players}

    def replies(player, s1):
        others = [p for p in players if p != player]
        table = [wanted[p] if concept == "seq" else steps[p] for p in others]
        sets = [[sum(1 << t for t in row) for row in of] for of in table]
        return set(members(along(sets, range(len(others)), s1))) - {s1}

    def answered(player, s, s1):
        if concept == "nash":
            return False
        for s2 in replies(player, s1):
            held = concept != "smr" or not any(prefers(player, s, s3) for s3 in steps[player][s2])
            if not prefers(player, s, s2) and held:
                return True
        return False

    return {p: [all(answered(p, s, s1) for s1 in wanted[p][s]) for s in states] for p in players}


@settings(max_examples=examples(40))
@given(models(prose=False, readings=False, min_parties=2, max_parties=4, min_options=2, max_options=5), st.data())
def test_merged_players(model, data):
    choices = [H for H in subsets(tuple(range(len(model.parties)))) if len(H) > 1]
    merged = data.draw(st.sampled_from(choices))
    found = Merged(space_of(model), merged)
    for concept in CONCEPTS:
        right = merged_by_hand(model, merged, concept)
        assert found.players == tuple(right)
        for n, player in enumerate(found.players):
            assert found.verdict(concept, n).tolist() == right[player], (concept, player)


def test_merged_players_are_no_coalition():
    """What lies between is not feasible: one move passes over it, one member after another does not get past it."""
    model = loads(
        "bestand: 1\ntitle: Over the edge\nparties: {a: {options: {x: }}, b: {options: {y: }}}\n"
        "rules: [{always: x iff y}]\nstatus_quo: []\n"
        "preferences: {a: {priorities: [x]}, b: {priorities: [y]}}\n"
    )
    assert bestand.coalitions(model, concepts=["nash"]).stable("nash", ["a", "b"]).tolist() == [True, True]
    assert bestand.merged(model, ["a", "b"]).equilibria("nash").tolist() == [False, True]


def test_merged_results_as_a_script_sees_them():
    found = bestand.merged(ELMIRA, ["UR", "MoE"])
    assert found.players == (("MoE", "UR"), ("LG",))
    assert found.equilibria("nash").sum() == 6
    assert found.stable("nash", 1).sum() == 12 - int((~found.stable("nash", 1)).sum())
    assert found.stopped is None
    assert found.data()["merged"] == ["MoE", "UR"]
    assert "Merged players: the ministry and Uniroyal change" in " ".join(str(found).split())
    with pytest.raises(CallError, match="alone is a player already"):
        bestand.merged(ELMIRA, ["UR"])


@pytest.mark.parametrize("name", ["cube", "listed", "arcs"])
def test_every_engine_serves(name):
    model = load(ELMIRA)
    right = Together(build(model))
    together = Together(build(model, name))
    for H in subsets(together.parties):
        for concept in CONCEPTS:
            assert (together.stable(concept, H) == right.stable(concept, H)).all()
    assert name in engines_for(model)
    assert Merged(Solution(model, name).space, (0, 1)).equilibria("nash").sum() == 6
