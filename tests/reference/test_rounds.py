"""Any rounds: brute force from the definition, the closure algebra on every engine, and what follows from what."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.engine.arcs import arcs_from_lists
from bestand.engine.choose import EXPLICIT, build
from bestand.engine.symbolic import SymbolicEngine
from bestand.reference import Graph, graph_of, oracle, stable, stable_under
from bestand.reference.purposeful import stable_in
from bestand.stability import concept as algebra
from bestand.stability.concept import Concept
from bestand.stability.implications import answers_considered, implies, strictness
from bestand.stability.registry import CONCEPTS, EVERY, chosen, firm, registered, strictest, weaker
from bestand.stability.replies import OWN, REPLIES
from bestand.testing import graphs, models
from tests.engine.helpers import examples


def every(answers: int) -> list[tuple[str, ...]]:
    """All rounds with so many answers at most."""
    found: list[tuple[str, ...]] = [()]
    for count in range(1, answers + 1):
        for kinds in product(REPLIES, repeat=count):
            rounds = tuple(each for kind in kinds for each in (kind, OWN))
            found += [rounds[:-1], rounds]
    return found


ROUNDS = every(3)
FEW = every(2)
DRAWN = [rounds for rounds in ROUNDS if "purposeful" not in rounds]  # those that a graph without options can serve
FEW_DRAWN = [rounds for rounds in FEW if rounds in DRAWN]


def found(engine, rounds, parties):
    return tuple(tuple(engine.over_states(algebra.stable(engine, i, rounds)).tolist()) for i in range(parties))


@examples(60)
@given(st.data(), models(min_options=2, max_options=5, prose=False, readings=False))
def test_any_rounds_on_every_engine(data, model):
    graph, rounds = graph_of(model), data.draw(st.sampled_from(ROUNDS))
    right = stable_under(graph, rounds) if rounds in DRAWN else stable_in(model, rounds)
    for name in EXPLICIT:
        assert found(build(model, name), rounds, len(graph.moves)) == right, f"{name}, {rounds}"
    if not model.forbidden_moves and Concept("tried", "tried", rounds).over_sets:
        assert found(SymbolicEngine(model), rounds, len(graph.moves)) == right, f"symbolic, {rounds}"


@examples(60)
@given(st.data(), graphs())
def test_any_rounds_for_arcs_drawn_by_hand(data, graph):
    rounds = data.draw(st.sampled_from(DRAWN))
    engine = arcs_from_lists(graph.moves, graph.ranks)
    assert found(engine, rounds, len(graph.moves)) == stable_under(graph, rounds)


@examples(60)
@given(graphs())
def test_the_published_definitions_are_those_of_their_rounds(graph):
    for concept in [*oracle.CONCEPTS, *oracle.OURS]:
        assert stable(graph, concept) == stable_under(graph, EVERY[concept].rounds), concept


@examples(40)
@given(graphs())
def test_what_is_said_to_follow_follows(graph):
    """Of any moves and orders; a graph drawn by hand need not have transitive moves."""
    verdicts = {rounds: stable_under(graph, rounds) for rounds in FEW_DRAWN}
    for strict, weak in product(FEW_DRAWN, repeat=2):
        if implies(strict, weak):
            for inside, outside in zip(verdicts[strict], verdicts[weak], strict=True):
                assert all(b or not a for a, b in zip(inside, outside, strict=True)), f"{strict} beyond {weak}"


def test_orders_of_concepts_go_along_with_what_follows():
    for strict, weak in product(ROUNDS, repeat=2):
        if strict != weak and implies(strict, weak):
            assert not implies(weak, strict)
            assert strictness(strict) < strictness(weak)
            assert answers_considered(weak) < answers_considered(strict)


def test_what_does_not_follow_is_not_said_to():
    """By hand: the party is stable under GMR, since it can be hurt, and not under SMR, since it can undo that."""
    graph = Graph(3, moves=(((1,), (), (1,)), ((), (2,), ())), ranks=((1, 2, 0), (0, 0, 0)))
    assert stable_under(graph, ("any",))[0][0]
    assert not stable_under(graph, ("any", "own"))[0][0]
    assert not implies(("any",), ("any", "own"))
    assert not implies(("any",), ("any", "own", "any"))
    assert not implies(("any", "own", "any"), ("any",))


def test_facts_that_come_from_the_rounds():
    assert [EVERY[c].foresight for c in ("nash", "gmr", "smr")] == [1, 2, 3]
    assert [EVERY[c].knows_preferences for c in ("nash", "gmr", "seq", "brseq")] == [False, False, True, True]
    assert {c for c in EVERY if not EVERY[c].over_sets} >= {"brseq", "brsseq", "pseq", "psseq"}
    assert all(EVERY[c].over_sets for c in CONCEPTS)
    assert (firm("seq"), firm("sseq"), firm("smr"), firm("brseq")) == ("brseq", "brsseq", None, None)
    published = ["gmr", "smr", "seq", "brseq", "sseq", "brsseq", "nash"]
    assert strictest(published) == ("nash", "brsseq", "sseq", "brseq", "seq", "smr", "gmr")
    assert [c for c in weaker("brsseq") if c in published] == ["gmr", "smr", "seq", "brseq", "sseq"]
    assert weaker("nash") == tuple(reversed([c for c in strictest(EVERY) if c != "nash"]))
    assert sorted(EVERY, key=lambda c: answers_considered(EVERY[c].rounds))[0] == "gmr"


MADE_UP = Concept("made-up", "a made-up one", ("any", OWN, "credible", OWN, "any", OWN))


def test_a_concept_can_be_registered_for_a_while():
    with registered(MADE_UP):
        assert chosen("made-up,nash") == ("made-up", "nash")
        assert chosen(None) == ("nash", "gmr", "smr", "seq", "sseq")
        assert not {*weaker("made-up")} & {"nash", "gmr", "smr", "seq", "sseq"}
        assert "made-up" in weaker("nash")
    assert "made-up" not in EVERY


@pytest.mark.parametrize(
    ("concept", "words"),
    [
        (Concept("gmr", "again", MADE_UP.rounds), "the concept 'gmr' is registered already"),
        (Concept("gmr2", "again", ("any",)), "the concept 'gmr2' has the rounds of 'gmr'"),
    ],
)
def test_a_concept_is_registered_once(concept, words):
    before = dict(EVERY)
    with (
        pytest.raises(ValueError, match=words),
        registered(MADE_UP if concept.rounds != MADE_UP.rounds else concept, concept),
    ):
        pass
    assert dict(EVERY) == before


@pytest.mark.parametrize(
    ("rounds", "words"),
    [
        (("own",), "round 1 of the concept 'odd' is 'own'; it can be: any, credible, purposeful, best"),
        (("any", "any"), "round 2 of the concept 'odd' is 'any'; it can be: own"),
        (("any", "own", "own"), "round 3 of the concept 'odd' is 'own'; it can be: any, credible, purposeful, best"),
        (("wild",), "round 1 of the concept 'odd' is 'wild'"),
    ],
)
def test_rounds_alternate(rounds, words):
    with pytest.raises(ValueError, match=words):
        Concept("odd", "odd", rounds)


def test_rounds_imply_themselves_and_those_with_wider_answers_in_one_place():
    for rounds in ROUNDS:
        assert implies(rounds, rounds), rounds
        for place in range(0, len(rounds), 2):
            for wide in REPLIES[rounds[place]].within:
                assert implies(rounds, (*rounds[:place], wide, *rounds[place + 1 :])), (rounds, place, wide)
