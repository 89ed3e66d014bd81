"""What is true by definition: planted sentences, and random ones that stay true whatever the parties want."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bestand
from bestand import load, loads
from bestand.checks.asker import Asker, senses
from bestand.checks.claims import ask_claim
from bestand.checks.definition import why_by_definition
from bestand.model.errors import CallError, ModelError
from bestand.model.sentences import Check, Quantified, Satisfies, StableFor, Subject
from bestand.model.values import FrozenMap
from bestand.solve.solution import Solver
from bestand.testing import checks, formulas, models, preferences
from tests.first_reading import UKRAINE
from tests.solve.helpers import CONCEPTS, FEW

MODEL = """\
bestand: 1
title: Two who arm
parties:
  a: {options: {arm: , sign: }}
  b: {options: {raid: , agree: }}
outcomes:
  treaty: sign and agree
  calm: treaty and not raid
plan: calm
rules: [{never: arm and sign}]
one_way: {a.sign: to-yes, b.agree: to-yes}
status_quo: []
labels: {"0000": now}
preferences:
  a: {priorities: [agree, not sign, not raid]}
  b: {priorities: [sign, not agree, not raid]}
claims:
"""
EMPTY = {
    "every equilibrium is stable for a": "an equilibrium is what is stable for every party",
    "every resting place is stable for b": "at a resting place no party has a reason to move",
    "under seq, every resting place is an equilibrium": "at a resting place no party has a reason to move",
    "every resting place reached by drift is stable for a": None,
    "under pseq, every resting place reached by drift is stable for a": "at a resting place",
    "every state stable for a and b is stable for b": "it says of what is stable for a party",
    "every state stable for a is stable for b": None,
    "every state is stable for b": None,
    "every kept deal is kept": "a kept deal is kept",
    "every deal is kept": None,
    "every deal is treaty": "wherever 'calm' is true, 'treaty' is true",
    "no kept deal has raid": "'calm' and 'b.raid' are never true together",
    "some kept deal is treaty": None,
    "no state reached by any moves where arm has sign": "'a.arm' and 'a.sign' are never true together",
    "no equilibrium has arm and sign": "'a.arm and a.sign' is true in no feasible state",
    "every state reached is not arm or not sign": "is true in every feasible state",
    "no state has arm and sign": None,  # what the rules leave possible may be the claim
    "every equilibrium where arm and sign is calm": None,  # there is nothing to speak of
    "same answer with arm held at no as with arm held at no, some equilibrium is calm": "both sides are the same model",
    "as many equilibria are calm with a held as with a held": "both sides are the same model",
    "same answer with a held as with b held, some equilibrium is calm": None,
    "a ranks status-quo level with status-quo": "both sides are the same state",
    "a ranks status-quo level with treaty": None,
}


@pytest.mark.parametrize("check", EMPTY)
def test_what_is_true_by_definition(check):
    model = loads(f'{MODEL}  - {{id: it, check: "{check}"}}\n')
    found, why = ask_claim(Solver(model), model.claims[0]).answer.by_definition, EMPTY[check]
    assert found is None if why is None else why in str(found)


def test_all_checks_of_a_claim_have_to_be():
    empty, real = "every kept deal is kept", "some equilibrium is calm"
    for both in ([empty, real], [real, empty]):
        model = loads(f"{MODEL}  - {{id: it, check: [{', '.join(both)}]}}\n")
        assert ask_claim(Solver(model), model.claims[0]).answer.by_definition is None


def test_none_of_the_flagship_s_conclusions_is():
    answer = bestand.claims(load(UKRAINE))
    assert [result.claim.id for result in answer.results if result.answer.by_definition is not None] == []


def test_they_are_counted_apart():
    claims = ["every kept deal is kept", "some equilibrium is calm", "every equilibrium is stable for b"]
    listed = "".join(f"  - {{id: c{k}, check: {check}}}\n" for k, check in enumerate(claims))
    answer = bestand.claims(loads(MODEL + listed))
    assert "c0: true by definition" in answer.words()
    assert repr(answer).endswith("1 of 3 claims hold, 2 by definition>")
    assert answer.data()["claims"][0]["by_definition"] == "a kept deal is kept"
    assert answer.data()["claims"][1]["by_definition"] is None


@st.composite
def _empty_or_not(draw, model):
    """Sentences that may be true by definition, and any others."""
    words = formulas([option.id for option in model.options], list(model.outcome))
    where = draw(st.none() | words)
    noun = draw(st.sampled_from(["equilibrium", "resting place", "state"]))
    stable = tuple(draw(st.lists(st.sampled_from(model.parties).map(lambda party: party.id), unique=True, max_size=2)))
    subject = Subject(noun, None, stable or None, where)
    said = st.builds(Satisfies, words) | st.just(StableFor(stable[:1])) | st.just(StableFor())
    return draw(
        checks(model)
        | st.builds(Check, st.builds(Quantified, st.sampled_from(["every", "no"]), st.just(subject), said))
    )


@FEW
@given(st.data())
def test_it_stays_true_whatever_the_parties_want(data):
    model = data.draw(models(max_options=4))
    check = data.draw(_empty_or_not(model))
    empty = [sense for sense in senses(check, CONCEPTS) if why_by_definition(Solver(model), check, sense)]
    if not empty:
        return
    options, outcomes = [option.id for option in model.options], list(model.outcome)
    for _ in range(3):
        wishes = {party.id: data.draw(preferences(options, outcomes)) for party in model.parties}
        other = Solver(replace(model, preferences=FrozenMap(wishes)))
        for sense in empty:
            asker = Asker(other, check.changes, sense.concept, drift=sense.drift)
            try:
                assert asker.ask(check.assertion).truth in {True, None}
            except (CallError, ModelError):
                continue  # a change of a wish that is not there any more
