"""Grounds under concepts that look further than the published ones: made up, and registered for a while."""

from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bestand
from bestand.reference import feasible, graph_of, stable_under
from bestand.solve.solution import solve
from bestand.stability.concept import Concept
from bestand.stability.registry import EVERY, registered
from bestand.testing import models
from bestand.witness import flip, search
from bestand.witness.explanation import explanation_of
from bestand.witness.paragraphs import share_words
from bestand.witness.search import explained
from bestand.witness.witness import FrozenMap, Step
from tests.engine.helpers import examples
from tests.witness.helpers import Brute, engines_of

MADE_UP = (
    Concept("made-up", "a made-up one", ("any", "own", "credible")),
    Concept("odd", "an odd one", ("credible", "own", "any")),
    Concept("odder", "an odder one", ("best", "own", "credible", "own")),
    Concept("oddest", "an oddest one", ("credible", "own", "credible", "own", "any")),
)


@pytest.fixture(autouse=True)
def made_up():
    with registered(*MADE_UP):
        yield


def some_witnesses(model, seed, each):
    chance, states = random.Random(seed), feasible(model)
    for engine in engines_of(model):
        solution = solve(model, engine)
        for concept in MADE_UP:
            if engine == "symbolic" and not concept.over_sets:
                continue
            for _ in range(each):
                state, party = chance.choice(states), chance.randrange(len(model.parties))
                yield engine, explained(solution, state, party, concept.id)


@examples(40)
@given(models(readings=False, prose=False, max_options=5), st.integers(0, 2**32))
def test_every_witness_is_confirmed_and_has_the_verdict_of_the_oracle(model, seed):
    graph = graph_of(model)
    place = {mask: at for at, mask in enumerate(feasible(model))}
    right = {concept.id: stable_under(graph, concept.rounds) for concept in MADE_UP}
    for engine, found in some_witnesses(model, seed, 2):
        assert found.stable is right[found.concept][found.party][place[found.state]], f"{engine}: {found}"
        told = bestand.replay(model, found)
        assert not told.wrong, f"{engine}, {found}: {told}"
        assert told.confirmed or not found.complete or not found.evidence.flip_sought


@examples(40)
@given(models(readings=False, prose=False, max_options=4), st.integers(0, 2**32))
def test_what_would_turn_a_verdict(model, seed):
    brute = Brute(model)
    graph, place = brute.graph, brute.place
    for engine, found in some_witnesses(model, seed, 1):
        s, i = place[found.state], found.party
        better, rounds = brute.better(i, s), EVERY[found.concept].rounds
        assert brute.stable(rounds, i, s, better) is found.stable
        turning = {
            t for t in range(graph.size) if t != s and brute.stable(rounds, i, s, better ^ {t}) is not found.stable
        }
        turned = found.evidence.flip
        assert found.evidence.flip_sought
        assert (0 if turned is None else turned.count) == len(turning), f"{engine}: {found}"
        assert turned is None or place[turned.state] in turning


MODEL = """
bestand: 1
title: Three neighbours
parties:
  up: {options: {keep: {}, sell: {}}}
  down: {options: {pay: {}, raid: {}}}
  far: {options: {lend: {}}}
preferences:
  up: {priorities: [not down.raid, up.keep, down.pay and far.lend, not up.sell]}
  down: {priorities: [not up.keep, up.sell implies down.raid, not down.pay]}
  far: {priorities: [up.sell, not far.lend]}
"""


def all_of(model):
    solution = solve(model)
    for concept in MADE_UP:
        for party in range(len(model.parties)):
            for state in solution.space.states.tolist():
                yield explained(solution, state, party, concept.id)


def damaged(found):
    """(what, witness) for ways to damage what comes after the first answer."""
    replace = dataclasses.replace
    for answer in found.answers:
        after = answer.afterwards
        if after is None or not found.stable:
            continue
        rest = found.answers[found.answers.index(answer) + 1 :]
        before = found.answers[: found.answers.index(answer)]

        def with_after(before=before, rest=rest, answer=answer, **changes):
            changed = replace(answer, afterwards=replace(answer.afterwards, **changes))
            return replace(found, answers=(*before, changed, *rest))

        yield "what is answered in turn", with_after(improvements=after.improvements + 1)
        yield "no answers in turn", with_after(answers=None if after.answers is not None else ())
        if after.answers:
            first = after.answers[0]
            wrong = (replace(first, steps=(Step(found.party, first.improvement),)), *after.answers[1:])
            yield "a step in turn", with_after(answers=wrong)
            yield (
                "another improvement in turn",
                with_after(answers=(replace(first, improvement=found.state), *after.answers[1:])),
            )
            yield "no end in turn", with_after(answers=(replace(first, end=None), *after.answers[1:]))
    proof = found.evidence.proof
    if proof is None or proof.onward is None:
        return

    def with_proof(**changes):
        return replace(found, evidence=replace(found.evidence, proof=replace(proof, **changes)))

    onward = proof.onward
    less = replace(onward.reached, size=onward.reached.size - 1, masks=onward.reached.masks[1:])
    yield "nothing onward", with_proof(onward=None)
    yield "less onward", with_proof(onward=replace(onward, reached=less))
    yield "starts", with_proof(onward=replace(onward, starts=replace(less, size=0, masks=less.masks[:0])))
    if proof.escapes:
        state = next(iter(proof.escapes))
        yield "escapes", with_proof(escapes=FrozenMap({state: state}))


def test_damage_is_found():
    model = bestand.loads(MODEL)
    seen = set()
    for found in all_of(model):
        assert bestand.replay(model, found), found
        for what, broken in damaged(found):
            seen.add(what)
            told = bestand.replay(model, broken)
            assert told.wrong, (what, broken)
    assert len(seen) >= 8, seen


def test_what_is_cut_short_says_so(monkeypatch):
    model = bestand.loads(MODEL)
    monkeypatch.setattr(search, "MOST_AFTERWARDS", 0)
    monkeypatch.setattr(flip, "MOST_TURNED", 0)
    cut = [found for found in all_of(model) if not found.complete]
    assert cut
    for found in cut:
        told = bestand.replay(model, found)
        assert not told.wrong, (found, told)
        assert any("does not show" in words for words in told.unchecked)
    unsought = [found for found in all_of(model) if not found.evidence.flip_sought]
    assert unsought
    assert not bestand.replay(model, unsought[0]).confirmed


def test_grounds_in_words():
    """By hand: whatever up does, it is answered; where it could gain once more, that is answered, too."""
    model = bestand.loads(MODEL)
    solution = solve(model)
    told = {
        (concept.id, party, state): explanation_of(solution, state, party, concept.id)
        for concept in MADE_UP
        for party in model.party
        for state in range(solution.space.size)
    }
    words = " ".join(each.words("en") for each in told.values())
    assert "But others can answer: " in words
    assert "answered in turn." in words
    assert "Wherever they bring it, it can stay or move on to something better" in words
    for explanation in told.values():
        assert explanation.words("nl") != explanation.words("en")
        assert explanation.full("en")
        assert explanation.data()["stable"] is explanation.stable
    assert {*EVERY} >= {concept.id for concept in MADE_UP}


def test_the_share_told_is_that_of_the_state_in_which_all_answers_end():
    """Where the others wait at first, what leaves the party no better off comes later."""
    model = bestand.loads(MODEL)
    solution, seen = solve(model), 0
    for found in all_of(model):
        if not found.stable or not found.answers or found.answers[0].steps:
            continue
        last = found.answers[0]
        while last.afterwards is not None and last.afterwards.answers:
            last = last.afterwards.answers[0]
        seen += 1
        party = model.parties[found.party].id
        words = " ".join(explanation_of(solution, found.state, party, found.concept).full("en").split())
        assert f"and {share_words(last.end)} below the one in which the answer ends" in words
    assert seen


MANY = """
bestand: 1
title: Five ways to go on
parties:
  up: {options: {a: {}, b: {}, c: {}, d: {}, e: {}}}
  down: {options: {stop: {}}}
status_quo: []
preferences:
  up: {priorities: [not down.stop, up.a or up.b or up.c or up.d or up.e]}
  down: {priorities: [down.stop]}
"""


def test_what_follows_an_answer_is_checked_where_there_are_many_moves():
    """The others can wait for whatever up does; from there it has all its other moves, each of them answered."""
    model = bestand.loads(MANY)
    found = explained(solve(model), 0, 0, "made-up")
    assert found.stable
    assert found.improvements == 31
    assert max(len(answer.afterwards.answers) for answer in found.answers) > 12
    assert bestand.replay(model, found).confirmed


def test_what_is_not_checked_is_said_once(monkeypatch):
    monkeypatch.setattr(search, "MOST_AFTERWARDS", 2)
    model = bestand.loads(MANY)
    told = bestand.replay(model, explained(solve(model), 0, 0, "made-up"))
    assert told.unchecked
    assert len(told.unchecked) == len(set(told.unchecked))
