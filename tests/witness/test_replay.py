"""Every witness of every engine is confirmed by the model alone; a damaged one is not."""

from __future__ import annotations

import contextlib
import dataclasses
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bestand
from bestand import CallError
from bestand.model.errors import ModelError
from bestand.solve.solution import Solution
from bestand.testing import models
from bestand.witness.search import explained
from bestand.witness.states import KeptStates
from bestand.witness.witness import Standing, Step
from tests.engine.helpers import examples
from tests.reference.test_commitments import committed
from tests.solve.helpers import small_models
from tests.witness.helpers import witnesses


def all_confirmed(model, seed, each):
    for engine, solution, found in witnesses(model, random.Random(seed), each):
        told = bestand.replay(model, found)
        assert told.confirmed, f"{engine}, {found}: {told}"
        assert found.stable == (found.state in solution.stable_set(found.concept, found.party))


@examples(60)
@given(small_models(), st.integers(0, 2**32))
def test_every_witness_is_confirmed(model, seed):
    all_confirmed(model, seed, 2)


@examples(40)
@given(
    models(readings=False, prose=False, min_parties=3, min_options=5, infeasible=False, forbidden_moves=False),
    st.integers(0, 2**32),
)
def test_every_witness_among_many_parties_is_confirmed(model, seed):
    all_confirmed(model, seed, 2)


@examples(60)
@given(models(readings=False, prose=False, min_options=3, max_options=6, coalesced=True), st.integers(0, 2**32))
def test_every_witness_is_confirmed_where_several_states_count_as_one(model, seed):
    all_confirmed(model, seed, 2)


@pytest.mark.parametrize("shard", [pytest.param(k, marks=pytest.mark.weekly) for k in range(4)])
def test_every_witness_of_500_models_is_confirmed(shard):
    @examples(125)
    @given(models(readings=False, prose=False), st.integers(0, 2**32))
    def confirmed(model, seed):
        all_confirmed(model, seed + shard, 6)

    confirmed()


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


def all_of(model, concepts=("nash", "gmr", "smr", "seq", "sseq", "brseq", "brsseq")):
    solution = Solution(model)
    for concept in concepts:
        for party in range(len(model.parties)):
            for state in solution.space.states.tolist():
                yield explained(solution, state, party, concept)


def flipped(seen):
    turn = {"better": "worse", "worse": "equal", "equal": "better"}
    return dataclasses.replace(seen, compared=turn[seen.compared])


def with_first(found, **changes):
    first = dataclasses.replace(found.answers[0], **changes)
    return dataclasses.replace(found, answers=(first, *found.answers[1:]))


def with_evidence(found, **changes):
    return dataclasses.replace(found, evidence=dataclasses.replace(found.evidence, **changes))


def kept(masks):
    return KeptStates(len(masks), masks)


def damaged(found):
    """(what, witness) for every way to damage a witness that it has the parts for."""
    replace = dataclasses.replace
    yield "verdict", replace(found, stable=not found.stable)
    yield "moves", replace(found, moves=found.moves + 1)
    yield "improvements", replace(found, improvements=found.improvements + 1)
    yield "standing here", with_evidence(found, standing=flipped(found.evidence.standing))
    here = found.evidence.standing
    yield "share here", with_evidence(found, standing=Standing(here.compared, here.lower + 1, here.of))
    yield "loose", replace(found, loose=not found.loose)
    yield from damaged_answers(found)
    yield from damaged_evidence(found)


def damaged_answers(found):
    replace = dataclasses.replace
    if not found.answers:
        return
    first = found.answers[0]
    yield "no answers", replace(found, answers=())
    yield "no improvement", with_first(found, improvement=found.state)
    yield "seen", with_first(found, standing=flipped(first.standing))
    if len(found.answers) > 1:
        yield "one left out", replace(found, answers=found.answers[1:])
        yield "order", replace(found, answers=found.answers[::-1])
    if not first.steps:
        yield "answer to what is open", with_first(found, steps=(Step(1 - min(found.party, 1), found.state),))
        return
    *before, last = first.steps
    yield "no steps", with_first(found, steps=())
    yield "mover", with_first(found, steps=(*before, Step(found.party, last.state)))
    yield "nobody", with_first(found, steps=(*before, Step(99, last.state)))
    yield "twice in a row", with_first(found, steps=(*first.steps, last))
    yield "elsewhere", with_first(found, steps=(*before, Step(last.party, first.improvement)))
    yield "end", with_first(found, end=flipped(first.end))
    yield "no end", with_first(found, end=None)
    if first.afterwards is not None:
        yield "afterwards", with_first(found, afterwards=replace(first.afterwards, moves=first.afterwards.moves + 1))
        yield "no afterwards", with_first(found, afterwards=None)


def damaged_evidence(found):
    replace = dataclasses.replace
    evidence = found.evidence
    if evidence.proof is not None:
        yield "no proof", with_evidence(found, proof=None)
        reached = evidence.proof.reached
        every = np.arange(32, dtype=np.uint64)  # all are feasible
        smaller = kept(reached.masks[reached.masks != evidence.proof.improvement])
        yield "proof", with_evidence(found, proof=replace(evidence.proof, reached=smaller))
        yield "proof too large", with_evidence(found, proof=replace(evidence.proof, reached=kept(every)))
        yield "last", with_evidence(found, proof=replace(evidence.proof, last={}))
        if evidence.proof.moved is not None:
            moved = kept(np.setdiff1d(every, evidence.proof.moved.masks))
            yield "moved", with_evidence(found, proof=replace(evidence.proof, moved=moved))
            yield "not moved", with_evidence(found, proof=replace(evidence.proof, moved=None))
    if evidence.levels is not None:
        yield "no levels", with_evidence(found, levels=None)
        maximin = replace(evidence.levels.maximin, standing=flipped(evidence.levels.maximin.standing))
        yield "levels", with_evidence(found, levels=replace(evidence.levels, maximin=maximin))
        yield "undefined", with_evidence(found, levels=replace(evidence.levels, undefined="one-way options"))
    if evidence.flip is None:
        return
    flip = evidence.flip
    yield "no flip", with_evidence(found, flip=None)
    yield "flip of itself", with_evidence(found, flip=replace(flip, state=found.state))
    yield "flips", with_evidence(found, flip=replace(flip, count=flip.count + 1))
    yield "groups", with_evidence(found, flip=replace(flip, groups=flip.groups + 1))
    yield "flip seen", with_evidence(found, flip=replace(flip, standing=flipped(flip.standing)))


def test_damage_is_found():
    """No part of a witness can be changed without a replay that notices."""
    model = bestand.loads(MODEL)
    seen = set()
    for found in all_of(model):
        assert bestand.replay(model, found)
        for what, broken in damaged(found):
            seen.add(what)
            told = bestand.replay(model, broken)
            assert not told, (what, broken)
            if what == "no answers" and found.stable:  # as true as before, and shows less
                assert told.unchecked == (f"answers that the witness does not show: {found.improvements}",)
            else:
                assert told.wrong, (what, broken)
                assert str(told).startswith("wrong: ")
    assert len(seen) >= 30


def test_a_longer_answer_is_no_shortest_one():
    """A detour is legal, and still not what a witness says it is."""
    model = bestand.loads(MODEL)
    checked = 0
    for found in all_of(model, ["gmr"]):
        for answer in found.answers:
            if len(answer.steps) != 1:
                continue
            (step,) = answer.steps
            j = next(k for k in range(3) if k not in (step.party, found.party))
            bit = 1 << model.bit[model.parties[j].options[0].id]
            detour = (Step(j, answer.improvement ^ bit), Step(step.party, step.state ^ bit), Step(j, step.state))
            told = bestand.replay(model, with_first(dataclasses.replace(found, answers=(answer,)), steps=detour))
            assert any("not a shortest one" in words for words in told.wrong)
            checked += 1
    assert checked


def test_a_witness_of_another_model_is_not_confirmed():
    model = bestand.loads(MODEL)
    other = bestand.loads(MODEL.replace("not down.raid, up.keep", "down.raid, not up.keep"))
    assert not all(bestand.replay(other, found) for found in all_of(model, ["seq"]))


def test_what_would_take_too_long_is_named():
    model = bestand.loads(MODEL)
    (found, *_) = all_of(model, ["gmr"])
    told = bestand.replay(model, found, most=1)
    assert (told.wrong, bool(told.unchecked), told.confirmed) == ((), True, False)
    assert "not checked: " in str(told)


def test_bad_calls():
    model = bestand.loads(MODEL)
    (found, *_) = all_of(model, ["gmr"])
    with pytest.raises(CallError, match="there is no party 7"):
        bestand.replay(model, dataclasses.replace(found, party=7))
    with pytest.raises(CallError, match="no concept 'gnr'; did you mean 'gmr'"):
        bestand.replay(model, dataclasses.replace(found, concept="gnr"))
    assert bestand.replay(model, dataclasses.replace(found, state=99)).wrong == ("11000 is not a feasible state",)


def test_an_explanation_can_be_replayed_as_it_is():
    result = bestand.analyse(bestand.loads(MODEL))
    assert bestand.replay(result.model, result.explain("none", "up", "sseq"))


@examples(60)
@given(committed(), st.integers(0, 2**32))
def test_every_witness_is_confirmed_where_commitments_are_in_force(case, seed):
    model, standing, of_plan, _ = case
    with contextlib.suppress(ModelError):  # they fight, or act today
        all_confirmed(model.replace(commitments=(*standing, *of_plan)), seed, 3)
