"""Purposeful moves, concepts with purposeful answers, and drift: small examples, and facts on random models."""

from itertools import combinations

import pytest
from hypothesis import given

from bestand.reference import graph_of, stable
from bestand.reference.drift import Drift
from bestand.reference.purposeful import CONCEPTS, Conflict, parts
from bestand.reference.rounds import stable_under
from bestand.testing import models
from tests.engine.helpers import examples
from tests.reference.small import DILEMMA, at, name, names, small

NASH, SEQ, PSEQ, PSSEQ = (CONCEPTS[c] for c in ("nash", "seq", "pseq", "psseq"))
MODELS = models(max_options=5, prose=False, readings=False)


def moves(model, party, today="", rounds=None):
    conflict = Conflict(model)
    found = (
        conflict.purposeful(party, at(model, today))
        if rounds is None
        else conflict.purposeful_under(party, at(model, today), rounds)
    )
    return names(model, found.values())


# ---- purposeful moves ----


def test_who_gains_on_its_first_wish_gives_nothing_away():
    assert moves(small({"A: a b": ["a", "not b"]}), "A") == {"A.a"}


def test_every_improvement_on_the_way_is_purposeful():
    assert moves(small({"A: a b": ["a", "b"]}), "A") == {"A.a", "A.b", "A.a A.b"}


def test_what_changes_nothing_for_the_party_is_left():
    assert moves(small({"A: a b": ["a"]}), "A") == {"A.a"}


def test_a_part_that_cannot_be_done_alone_does_not_count():
    wishes = {"A: a b": ["a", "not b"]}
    assert moves(small(wishes, rules=[{"always": "a implies b"}]), "A") == {"A.a A.b"}
    forbidden = [{"party": "A", "from": "not b", "to": "a and not b"}]
    assert moves(small(wishes, forbidden_moves=forbidden), "A") == {"A.a A.b"}


def test_under_a_concept_a_party_takes_the_precautions_that_it_needs():
    model = small({"A: a b": ["not p", "a", "not b"], "B: p": ["p iff (a and not b)"]})
    assert moves(model, "A") == moves(model, "A", rounds=NASH) == {"A.a"}
    assert moves(model, "A", rounds=PSEQ) == {"A.a A.b"}


def test_other_precautions_are_needed_where_others_answer():
    model = small({"A: a b": ["not p", "a", "not b"], "B: p": ["p iff (a and not b)"], "C: q": []})
    conflict = Conflict(model)
    assert names(model, conflict.purposeful_under("A", 0, PSEQ, ["C"]).values()) == {"A.a"}
    assert names(model, conflict.purposeful_under("A", 0, PSEQ, ["B"]).values()) == {"A.a A.b"}


@pytest.mark.parametrize(
    "preferences",
    [{"ranking": ["10", "11", "00", "01"]}, {"weights": {"A.a": "0.3", "A.b": "-0.1"}}],
)
def test_any_preferences_will_do(preferences):
    assert moves(small({"A: a b": preferences}), "A") == {"A.a"}


def test_a_party_without_options_or_wishes_has_no_purposeful_moves():
    model = small({"A: a": [], "B:": ["a"]})
    assert moves(model, "A") == moves(model, "B") == set()


# ---- pSEQ and pSSEQ ----


def test_an_answer_that_gives_something_away_is_none_under_pseq():
    model = small({"A: a": ["not p", "a"], "B: q p": ["q iff a", "not p"]})
    conflict = Conflict(model)
    assert conflict.stable("A", 0, SEQ)
    assert not conflict.stable("A", 0, PSEQ)


def test_an_answer_that_can_be_escaped_does_not_hold_under_psseq():
    shield = {"rules": [{"always": "b implies p"}]}
    model = small({"A: a b": ["not p or b", "a", "not b"], "B: p": ["p iff a"]}, **shield)
    conflict = Conflict(model)
    assert conflict.stable("A", 0, PSEQ)
    assert not conflict.stable("A", 0, PSSEQ)


def test_purposeful_answers_are_legal_sequences():
    model = small({"A: a": ["not q", "a"], "B: p": ["p iff a"], "C: q": ["q iff p"]})
    conflict = Conflict(model)
    assert names(model, conflict.answered({"B", "C"}, at(model, "A.a"), "purposeful")) == {"A.a B.p", "A.a B.p C.q"}
    assert conflict.stable("A", 0, PSEQ)
    twice = small({"A: a": ["not q", "a"], "B: p q": ["p iff a", "q implies p", "q"]})
    assert Conflict(twice).answered({"B"}, at(twice, "A.a"), "any") >= {at(twice, "A.a B.p")}
    assert at(twice, "A.a") not in Conflict(twice).answered({"B"}, at(twice, "A.a"), "any")  # a single one moves once


# ---- facts, on random models ----


@examples(200)
@given(MODELS)
def test_purposeful_moves_are_improvements_and_each_improvement_has_a_purposeful_part(model):
    conflict = Conflict(model)
    for state in filter(conflict.feasible, range(1 << len(model.options))):
        for party in conflict.parties:
            improving, purposeful = conflict.improvements(party, state), conflict.purposeful(party, state)
            assert set(purposeful) <= set(improving)
            for flips, end in improving.items():
                within = [part for part in parts(flips) if part in purposeful]
                assert any(conflict.merit(party, purposeful[part]) >= conflict.merit(party, end) for part in within)


@examples(200)
@given(MODELS)
def test_what_is_purposeful_under_a_concept_is_so_by_its_definition(model):
    """The definition again, over all legal moves; and s is stable iff no move from it is purposeful."""
    conflict = Conflict(model)
    for state in filter(conflict.feasible, range(1 << len(model.options))):
        for party in conflict.parties:
            legal, here = conflict.moves(party, state), conflict.merit(party, state)
            for rounds in CONCEPTS.values():
                value = {flips: conflict.value(party, end, rounds) for flips, end in legal.items()}
                proper = {F: [G for G in legal if G != F and G & F == G] for F in legal}
                right = {F for F in legal if value[F] > here and all(value[G] < value[F] for G in proper[F])}
                assert set(conflict.purposeful_under(party, state, rounds)) == right
                assert conflict.stable(party, state, rounds) == (not right)


@examples(200)
@given(MODELS)
def test_verdicts_are_those_of_the_published_definitions(model):
    conflict, graph = Conflict(model), graph_of(model)
    states = [state for state in range(1 << len(model.options)) if conflict.feasible(state)]

    def verdicts(rounds):
        return tuple(tuple(conflict.stable(party, s, rounds) for s in states) for party in conflict.parties)

    for concept in ("nash", "gmr", "smr", "seq", "sseq", "brseq", "brsseq"):
        assert verdicts(CONCEPTS[concept]) == stable(graph, concept), concept
    for rounds in (("any", "own", "credible"), ("credible", "own", "any", "own")):
        assert verdicts(rounds) == stable_under(graph, rounds), rounds


@examples(200)
@given(MODELS)
def test_whoever_is_held_by_purposeful_answers_is_held_by_improvements(model):
    conflict = Conflict(model)
    for state in filter(conflict.feasible, range(1 << len(model.options))):
        for party in conflict.parties:
            for strict, weak in (("nash", "psseq"), ("psseq", "pseq"), ("pseq", "seq"), ("psseq", "sseq")):
                strictly = conflict.stable(party, state, CONCEPTS[strict])
                assert not strictly or conflict.stable(party, state, CONCEPTS[weak]), (strict, weak)


# ---- drift ----


def test_nobody_has_to_wait():
    model = small({"A: a b": ["a", "b"]}, rules=[{"always": "b implies a"}])
    forbidden = small({"A: a b": ["a", "b"]}, forbidden_moves=[{"party": "A", "from": "not a", "to": "b"}], rules=[])
    for each in (model, forbidden):
        assert names(each, Drift(Conflict(each), "nash").ends(0)[0]) == {"A.a A.b"}
    drift = Drift(Conflict(forbidden), "nash")
    assert [step.end for step in drift.chain(0, lambda s: s == 3)] == [1, 3]


def test_an_end_is_an_equilibrium_or_a_cycle():
    chase = small({"A: a": ["a iff b"], "B: b": ["not (a iff b)"]})
    assert Drift(Conflict(chase), "nash").ends(0) == (frozenset({0, 1, 2, 3}),)
    dilemma = small(DILEMMA)
    assert Drift(Conflict(dilemma), "nash").ends(at(dilemma, "A.c B.c")) == (frozenset({0}),)
    assert Drift(Conflict(dilemma), "pseq").ends(at(dilemma, "A.c B.c")) == (frozenset({3}),)


def test_there_may_be_several_ends():
    model = small({"A: a": ["a iff not b"], "B: b": ["b iff not a"]})
    assert Drift(Conflict(model), "nash").ends(0) == (frozenset({1}), frozenset({2}))


@examples(100)
@given(models(max_options=4, prose=False, readings=False))
def test_ends_and_what_is_never_left_on_random_models(model):
    conflict = Conflict(model)
    states = [state for state in range(1 << len(model.options)) if conflict.feasible(state)]
    for concept in ("nash", "pseq"):
        drift = Drift(conflict, concept)
        leads = {state: {step.end for step in drift.steps(state)} for state in states}

        def closed(group, leads=leads):
            return all(leads[state] <= set(group) for state in group)

        for start in states[:4]:
            reached = drift.reached(start)
            ends = set(drift.ends(start))
            assert ends
            for end in ends:
                assert end <= reached
                assert closed(end)
                assert len(end) > 1 or conflict.equilibrium(min(end), CONCEPTS[concept])
            if len(reached) <= 6:
                groups = [set(g) for k in range(1, len(reached) + 1) for g in combinations(reached, k) if closed(g)]
                assert ends == {frozenset(g) for g in groups if not any(other < g for other in groups)}
        plan = set(states[::2])
        kept = set(plan)
        while not closed(kept):
            kept = {state for state in kept if leads[state] <= kept}
        assert {state for state in states if drift.never_left(state, plan.__contains__)} == kept


def test_a_chain_tells_who_moves():
    model = small(DILEMMA)
    chain = Drift(Conflict(model), "nash").chain(at(model, "A.c B.c"), lambda state: state == 0)
    assert [(step.party, name(model, step.end)) for step in chain] == [("A", "B.c"), ("B", "")]
