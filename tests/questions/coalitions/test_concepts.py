"""The coalition forms of the concepts against the definitions, and what holds of them whatever the model."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand import load
from bestand.engine.arcs import arcs_from_lists
from bestand.engine.choose import build
from bestand.questions.coalitions import dominance
from bestand.questions.coalitions.concepts import Together, subsets
from bestand.questions.coalitions.forms import served
from bestand.reference import graph_of, stable
from bestand.reference.coalitions import coalition_stable
from bestand.testing import graphs, models
from tests.examples import examples
from tests.solve.helpers import engines_for

CONCEPTS = served()
SOME = settings(max_examples=examples(15))

INCLUSIONS = [("nash", "smr"), ("smr", "gmr"), ("nash", "seq")]


def verdicts(together, coalitions):
    return {(c, H): together.stable(c, H).tolist() for H in coalitions for c in CONCEPTS}


def expected(graph, coalitions, pareto, sanctioners):
    single = sanctioners == "parties"
    return {
        (c, H): list(coalition_stable(graph, c, H, pareto=pareto, single_sanctioners=single))
        for H in coalitions
        for c in CONCEPTS
    }


@pytest.fixture(params=[False, True], ids=["each gains", "pareto"])
def pareto(request):
    return request.param


@pytest.fixture(params=["subcoalitions", "parties"])
def sanctioners(request):
    return request.param


KINDS = {
    "any": {"max_options": 5},
    "option form": {"min_parties": 3, "min_options": 4, "max_options": 5, "forbidden_moves": False},
    "one-way": {"min_parties": 3, "min_options": 4, "max_options": 5, "forbidden_moves": False, "infeasible": False},
}


def agrees(kind, pareto, sanctioners, count):
    @settings(max_examples=count)
    @given(models(prose=False, readings=False, **KINDS[kind]))
    def agree(model):
        graph = graph_of(model)
        coalitions = subsets(tuple(range(len(model.parties))))
        right = expected(graph, coalitions, pareto, sanctioners)
        for name in engines_for(model):
            together = Together(build(model, name), pareto=pareto, sanctioners=sanctioners)
            assert verdicts(together, coalitions) == right, name

    agree()


@pytest.mark.parametrize("kind", KINDS)
def test_models(kind, pareto, sanctioners):
    agrees(kind, pareto, sanctioners, 8)


@pytest.mark.weekly
@pytest.mark.parametrize("kind", KINDS)
def test_many_models(kind, pareto, sanctioners):
    agrees(kind, pareto, sanctioners, 80)


@SOME
@given(graphs(), st.booleans(), st.sampled_from(["subcoalitions", "parties"]))
def test_arcs_drawn_by_hand(graph, pareto, sanctioners):
    together = Together(arcs_from_lists(graph.moves, graph.ranks), pareto=pareto, sanctioners=sanctioners)
    coalitions = subsets(tuple(range(len(graph.moves))))
    assert verdicts(together, coalitions) == expected(graph, coalitions, pareto, sanctioners)


@SOME
@given(models(prose=False, readings=False, min_parties=3, min_options=4, max_options=6, forbidden_moves=False))
def test_large_groups_are_looked_at_as_small_ones(model):
    """Through their skylines, which random models of this size would not need."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dominance, "_WORTH", 0)
        patch.setattr(dominance, "_AT_ONCE", 7)
        coalitions = subsets(tuple(range(len(model.parties))))
        found = verdicts(Together(build(model)), coalitions)
    assert found == verdicts(Together(build(model)), coalitions)


@SOME
@given(models(prose=False, readings=False, max_options=5), st.booleans())
def test_inclusions(model, pareto):
    together = Together(build(model), pareto=pareto)
    for H in subsets(together.parties):
        for narrow, wide in INCLUSIONS + ([] if model.forbidden_moves else [("seq", "gmr")]):
            assert (~together.stable(narrow, H) | together.stable(wide, H)).all(), (narrow, wide, H)


@SOME
@given(models(prose=False, readings=False, max_options=5), st.booleans())
def test_a_coalition_of_one_is_a_party(model, pareto):
    """All but the answers of subcoalitions under seq, which are more than those of single parties."""
    graph = graph_of(model)
    single = Together(build(model), pareto=pareto, sanctioners="parties")
    joint = Together(build(model), pareto=pareto)
    for i in range(len(model.parties)):
        for c in CONCEPTS:
            assert single.stable(c, (i,)).tolist() == list(stable(graph, c)[i])
        assert (~single.stable("seq", (i,)) | joint.stable("seq", (i,))).all()


@SOME
@given(models(prose=False, readings=False, max_options=5))
def test_what_each_gains_by_none_loses_by(model):
    """A state that is left where each member gains is left in the Pareto form as well, under Nash."""
    each, some = Together(build(model)), Together(build(model), pareto=True)
    for H in subsets(each.parties):
        assert (~some.stable("nash", H) | each.stable("nash", H)).all()


@SOME
@given(models(prose=False, readings=False, max_options=5))
def test_all_together_nobody_is_left_to_answer(model):
    together = Together(build(model))
    found = [together.stable(c, together.parties).tolist() for c in CONCEPTS]
    assert all(each == found[0] for each in found)


def test_seq_may_go_beyond_gmr_where_moves_are_drawn_by_hand():
    """Parties 1 and 2 answer by {1}, then {1, 2}: party 1 moves twice in a row, which no legal sequence does.

    From 1, party 1 goes to 2 and gains; from 2 both gain by 3, where party 1 alone moves. Party 2 has no move at all.
    """
    moves = [[[1], [], [], []], [[], [2], [3], []], [[], [], [], []], [[], [], [], []]]
    ranks = [[1, 2, 2, 0], [0, 0, 1, 2], [0, 0, 0, 1], [0, 1, 2, 3]]
    together = Together(arcs_from_lists(moves, ranks))
    assert together.stable("seq", (0,))[0]
    assert not together.stable("gmr", (0,))[0]
    assert not Together(arcs_from_lists(moves, ranks), sanctioners="parties").stable("seq", (0,))[0]


def test_elmira():
    """Kilgour, Hipel, Fang & Peng 2001: 5 is left by the ministry and Uniroyal together; 8 and 9 by nobody."""
    model = load("books/fang1993/elmira")
    together = Together(build(model))
    label = [model.labels[model.bits(int(mask))] for mask in together.engine.space.states]
    nash = [together.stable("nash", H) for H in subsets(together.parties)]
    assert {label[s] for s in range(together.size) if all(row[s] for row in nash)} == {"8", "9"}
    left = [H for H in subsets(together.parties) if not together.stable("nash", H)[label.index("5")]]
    assert left == [(0, 1)]
