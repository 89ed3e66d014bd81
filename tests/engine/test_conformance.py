"""Every engine finds what the definitions say, on random models of every kind."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.engine.arcs import arcs_from_lists
from bestand.reference import feasible, graph_of
from bestand.testing import graphs, models
from tests.engine.helpers import differences, engines_for, examples, expected, expected_of_graph, verdicts

# 1,150 models in all, in shards that run beside one another
KINDS = {
    "forbidden moves": (250, {"min_options": 2}),
    "many parties, forbidden moves": (150, {"min_parties": 3, "min_options": 4, "infeasible": False}),
    "option form": (250, {"min_options": 3, "forbidden_moves": False}),
    "many parties": (200, {"min_parties": 3, "min_options": 4, "forbidden_moves": False}),
    "many parties, one-way": (100, {"min_parties": 3, "min_options": 4, "forbidden_moves": False, "infeasible": False}),
    "two parties": (100, {"min_parties": 2, "max_parties": 2, "min_options": 3, "forbidden_moves": False}),
    "no ties": (100, {"min_parties": 2, "min_options": 3, "max_options": 6, "ties": False, "forbidden_moves": False}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_engines_agree_with_the_definitions(kind):
    count, flags = KINDS[kind]

    @examples(count)
    @given(models(prose=False, readings=False, **flags))
    def agree(model):
        right = expected(model)
        states = [model.bits(mask) for mask in feasible(model)]
        for engine in engines_for(model):
            assert differences(verdicts(engine), right, states) == [], engine.name

    agree()


@examples(200)
@given(models(prose=False, readings=False))
def test_engines_see_the_states_and_orders_of_the_model(model):
    right = graph_of(model)
    for engine in engines_for(model):
        assert engine.space.states.tolist() == list(feasible(model)), engine.name
        for i in range(len(engine.parties)):
            found = engine.over_states(engine.rank(i))
            dense = np.unique(found, return_inverse=True)[1]
            assert dense.tolist() == list(right.ranks[i]), f"{engine.name}, party {i}"


@examples(300)
@given(graphs())
def test_arcs_drawn_by_hand_need_not_be_transitive(graph):
    engine = arcs_from_lists(graph.moves, graph.ranks)
    assert differences(verdicts(engine, drawn=True), expected_of_graph(graph), range(graph.size)) == []


@examples(150)
@given(st.data(), models(min_options=2, prose=False, readings=False))
def test_operators_do_what_their_words_say(data, model):
    graph = graph_of(model)
    f = data.draw(st.lists(st.integers(-3, 9), min_size=graph.size, max_size=graph.size))
    for engine in engines_for(model):
        assert _operators(engine, f) == _in_words(graph, f), engine.name


@examples(150)
@given(st.data(), graphs())
def test_operators_on_arcs_drawn_by_hand(data, graph):
    f = data.draw(st.lists(st.integers(-3, 9), min_size=graph.size, max_size=graph.size))
    assert _operators(arcs_from_lists(graph.moves, graph.ranks), f) == _in_words(graph, f)


def _coalitions(count):
    return [tuple(j for j in range(count) if H >> j & 1) for H in range(1 << count)]


def _operators(engine, f):
    """What the engine's operators make of a function, by operator and party or parties."""
    value = engine.from_states(np.array(f, np.int32))
    parties = range(len(engine.parties))
    found = {("best", i): engine.best(i, value) for i in parties}
    found |= {("least origin", i): engine.least_origin(i, value) for i in parties}
    found |= {("worst", H): engine.worst_reply(H, value) for H in _coalitions(len(parties))}
    found |= {("credible", H): engine.worst_credible_reply(H, value) for H in _coalitions(len(parties))}
    found |= {("meant", H): engine.worst_best_reply(H, value) for H in _coalitions(len(parties))}
    assert engine.over_states(value).tolist() == f, "an operator changed what it was given"
    return {key: engine.over_states(result).tolist() for key, result in found.items()}


def _in_words(graph, f):
    """The same, by going through everything that can be reached."""
    states, parties = range(graph.size), range(len(graph.moves))
    improving = [
        [[t for t in graph.moves[j][s] if graph.ranks[j][t] > graph.ranks[j][s]] for s in states] for j in parties
    ]
    best = [
        [[t for t in row if all(graph.ranks[j][u] <= graph.ranks[j][t] for u in row)] for row in improving[j]]
        for j in parties
    ]
    right = {("best", i): [max(f[t] for t in {s, *graph.moves[i][s]}) for s in states] for i in parties}
    right |= {
        ("least origin", i): [min(f[t] for t in states if t == s or s in graph.moves[i][t]) for s in states]
        for i in parties
    }
    for H in _coalitions(len(parties)):
        right["worst", H] = [min(f[t] for t in _ends(graph.moves, H, s)) for s in states]
        right["meant", H] = [min(f[t] for t in _ends(best, H, s)) for s in states]
        right["credible", H] = [min(f[t] for t in _ends(improving, H, s)) for s in states]
    return right


def _ends(moves, H, start):
    """The start, and where legal sequences of moves by H end."""
    seen = set()
    waiting = [(start, None)]
    while waiting:
        s, last = waiting.pop()
        for j in H:
            if j != last:
                fresh = {(t, j) for t in moves[j][s]} - seen
                seen |= fresh
                waiting.extend(fresh)
    return {start, *(s for s, _ in seen)}
