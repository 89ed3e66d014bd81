"""The reasons behind a verdict: every clause that has one can be explained, in every language."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bestand
from bestand.engine.choose import explicit
from bestand.model.errors import CallError
from bestand.model.language import parse_formula
from bestand.model.sentences import StatementRef
from bestand.plan.reason_words import grounds_lines, said_words, steps
from bestand.plan.reasons import reasons
from bestand.plan.ruling import ruling
from bestand.plan.ruling_values import Terms
from bestand.plan.told_data import told_data
from bestand.prose.messages import LANGUAGES, speaking
from bestand.prose.spoken import spoken
from tests.examples import examples
from tests.first_reading import UKRAINE

from .test_ruling import CONCEPTS, conflicts


def clauses(told):
    for lang in told.values():
        yield from (*lang["verdict"], *lang["without"], *(each for line in lang["parties"].values() for each in line))


@settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=conflicts(forbidden=False), concept=st.sampled_from(CONCEPTS))
def test_every_clause_with_a_reason_can_be_explained(case, concept):
    model, terms = case
    every_clause(model, ruling(explicit(model).engine, terms, concept, ()))


# Each wants what the other does as well, so that a deal can be told beside a plan that needs none.
ALIKE = """
bestand: 1
title: Both want it
parties:
  us: {options: {give: {says: we give}}}
  them: {options: {go: {says: they go}}}
preferences: {us: {priorities: [us.give]}, them: {priorities: [us.give]}}
"""


@pytest.mark.parametrize(
    ("start", "no_deal", "kind", "told"),
    [
        (1, 0, "stands", ["keeps-us", "keeps-them", "without"]),
        (0, "today", "comes-by-itself", ["signs-us", "signs-them", "keeps-us", "keeps-them", "without"]),
    ],
)
def test_reasons_are_those_of_the_verdict_where_no_deal_is_needed(start, no_deal, kind, told):
    model = bestand.loads(ALIKE)
    said = ruling(explicit(model).engine, Terms(parse_formula("us.give", model.scope()), start, no_deal), "nash", ())
    assert said.kind == kind
    assert [reason.id for reason in reasons(said)] == told
    every_clause(model, said)


def every_clause(model, said):
    known = {reason.id: reason for reason in reasons(said)}
    assert len(known) == len(reasons(said))
    for clause in clauses(told_data(model, said)):
        assert clause["text"]
        assert {*filter(None, clause.get("reason", "").split(","))} <= known.keys()
    for reason in known.values():
        assert reason.about == "deal" or reason.holds == reason.of
        for lang in LANGUAGES:
            with speaking(lang):
                told = spoken(model)
                assert all([said_words(told, said, reason), *steps(told, said, reason)])
                assert any(True for _ in steps(told, said, reason))
                assert len([*grounds_lines(told, reason)]) == len(reason.rests_on)


@pytest.mark.parametrize(("party", "count", "wish"), [("russia", 1536, 2), ("ukraine", 3072, 1), ("europe", 3072, 2)])
def test_who_refuses_what_in_the_flagship(party, count, wish):
    (reason,) = bestand.explain(UKRAINE, reason=f"refuses-{party}").reasons
    assert (reason.holds, reason.of) == (count, count)
    assert reason.rests_on == (StatementRef(party, wish),)


def test_a_deal_is_explained():
    answer = bestand.explain(UKRAINE, reason="all", readings="russia-nato-first")
    ids = [reason.id for reason in answer.reasons]
    assert ids[0] == "deal"
    assert {"signs-russia", "keeps-russia", "without"} <= set(ids)
    assert (answer.reasons[0].holds, answer.reasons[0].of) == (1024, 1024)
    words = answer.words("en")
    assert "then Ukraine keeps the way into NATO open" in " ".join(words.split())


def test_what_there_is_without_a_deal_is_told_step_by_step():
    answer = bestand.explain(UKRAINE, reason="without")
    assert [(step.party, step.gain.first.number) for step in answer.ruling.way] == [("usa", 2), ("europe", 8)]
    (told,) = answer.data()["reasons"]
    assert [wish["wish"] for wish in told["rests_on"]] == ["usa 2", "usa 3", "europe 8"]
    assert all(len(told["words"][lang]["steps"]) == 3 for lang in LANGUAGES)


def test_data_can_be_written_and_name_no_reason_twice():
    document = json.loads(json.dumps(bestand.explain(UKRAINE, reason="all").data()))
    ids = [reason["id"] for reason in document["reasons"]]
    assert ids == ["blocking", "refuses-russia", "refuses-ukraine", "refuses-europe", "without"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"reason": "refuses-usa"}, "there is no reason 'refuses-usa': usa refuses nothing in this verdict"),
        ({"reason": "all", "concepts": ["nash", "seq"]}, "reasons are given under one concept at a time"),
        (
            {"reason": "keeps-russia", "readings": "russia-nato-first", "concepts": "nash"},
            "'breaks' says by which moves",
        ),
        (
            {"reason": "refuses-rusia"},
            "there is no reason 'refuses-rusia' of this verdict; did you mean 'refuses-russia'",
        ),
        ({"reason": "xyzzy"}, r"valid: blocking, refuses-russia, refuses-ukraine, refuses-europe, without, all"),
        ({"reason": "all", "plan": "ceasefire and not ceasefire"}, "the plan cannot be"),
        ({"reason": "all", "plan": "cease"}, "cease"),
        ({"reason": "all", "consent": "nobody"}, "nobody"),
    ],
)
def test_what_cannot_be_explained_is_said(arguments, words):
    with pytest.raises(CallError, match=words):
        bestand.explain(UKRAINE, **arguments)


def test_without_a_plan_there_is_no_reason():
    model = replace(bestand.load(UKRAINE), plan=None)
    with pytest.raises(CallError, match="the model has no plan"):
        bestand.explain(model, reason="all")


def test_over_sets_of_states_no_way_is_told_but_that_there_is_one():
    listed, over_sets = (bestand.explain(UKRAINE, reason="all", engine=name) for name in (None, "symbolic"))
    assert over_sets.ruling.way == ()
    assert [reason.id for reason in over_sets.reasons] == [reason.id for reason in listed.reasons]
    without = [*steps(over_sets.model, over_sets.ruling, over_sets.reasons[-1])]
    assert len(without) == 1
    assert without[0].startswith("Moves that pay in this way lead to ")


def test_where_today_stands_nobody_has_a_move_that_pays():
    model = bestand.load("textbook/prisoners-dilemma")
    option = [option.id for option in model.options]
    today = model.replace(status_quo=frozenset(), plan=parse_formula(" and ".join(option), model.scope()))
    answer = bestand.explain(today, reason="without")
    assert "Nobody has a move from today that would pay" in " ".join(answer.words("en").split())


@pytest.mark.parametrize("no_deal", ["today", "usa.walk_away", "0" * 16])
def test_what_is_given_as_no_deal_rests_on_nothing(no_deal):
    (reason,) = (answer := bestand.explain(UKRAINE, reason="without", no_deal=no_deal)).reasons
    assert reason.rests_on == ()
    assert "given here, and not worked out" in " ".join(answer.words("en").split())


def test_what_tempts_a_party_and_what_the_answer_costs_it_is_told():
    (reason,) = (answer := bestand.explain(UKRAINE, reason="keeps-russia", readings="russia-nato-first")).reasons
    assert reason.rests_on == (StatementRef("russia", 3), StatementRef("russia", 2))
    words = " ".join(answer.words("en").split())
    assert "By its move alone it would get “there is a ceasefire when the provinces are handed over" in words
    assert "After the answer it would have lost “Ukraine stays out of NATO” (russia 2)" in words


def test_a_deal_that_is_not_kept_is_explained_by_how_it_ends():
    answer = bestand.explain(UKRAINE, reason="all", readings="russia-nato-first", concepts="nash")
    told = {reason["id"]: reason for reason in answer.data()["reasons"]}
    assert answer.ruling.kind == "deal-not-kept"
    assert {"deal", "breaks"} <= told.keys()
    assert told["deal"]["words"]["en"]["says"].startswith("There is a deal that would be signed, but")
    assert told["breaks"]["rests_on"], "whoever ends it has a wish for it"
    assert any("None of these is kept." in step for step in told["deal"]["words"]["en"]["steps"])


def test_a_plan_that_needs_one_party_only_has_a_reason():
    text = """\
bestand: 1
title: Dam
parties:
  up: {options: {release: , threaten: }}
  down: {options: {attack: }}
preferences:
  up: {priorities: [not down.attack, not up.release, up.threaten]}
  down: {priorities: [up.release, not up.threaten, not down.attack]}
status_quo: [up.threaten]
plan: not up.threaten and not down.attack
"""
    answer = bestand.explain(bestand.loads(text), reason="alone")
    assert "It would be no better off by that." in " ".join(answer.words("en").split())


@pytest.mark.parametrize("no_deal", ["none", "0" * 16])
def test_no_deal_may_be_that_nobody_does_anything(no_deal):
    assert bestand.deals(UKRAINE, no_deal=no_deal).ruling.no_deal == (0,)
