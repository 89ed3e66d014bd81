"""What things come to without a deal, and where each party stands: words and cells, of a small conflict."""

import dataclasses

import bestand
from bestand.engine.choose import explicit
from bestand.plan.ruling_words import without_words
from bestand.plan.standings import standings_table
from bestand.plan.terms import answerable, own_terms

ARMS = """\
bestand: 1
title: Arms
parties:
  A: {options: {arm: , talk: }}
  B: {options: {arm: , talk: }}
plan: not A.arm and not B.arm and A.talk and B.talk
status_quo: [A.talk]
no_deal: NO_DEAL
preferences:
  A: {priorities: [not B.arm, B.talk]}
  B: {priorities: [not A.arm, A.talk]}
"""
BOTH = "[A.arm, B.arm]"


def ruling_of(no_deal):
    model = bestand.loads(ARMS.replace("NO_DEAL", no_deal))
    return model, bestand.deals(model).ruling


def test_who_does_something_else_without_a_deal_does_not_go_on_as_today():
    told = without_words(*ruling_of(BOTH))
    assert told.startswith("Without a deal it comes to this: ")
    assert told.count(".") == 1
    assert without_words(*ruling_of("[A.talk, B.arm]")).endswith(". A goes on as today.")
    assert without_words(*ruling_of("today")) == "Without a deal things stay as they are today."


def test_a_cell_of_the_deal_says_what_a_party_changes_and_nothing_else():
    table = standings_table(*ruling_of(BOTH))
    assert [row[-1] for row in table.rows] == ["As today", "Takes “talk”"]


def test_nothing_can_be_answered_from_or_against_what_cannot_occur():
    model = bestand.loads(f"{ARMS.replace('NO_DEAL', BOTH)}rules: [never: A.arm and A.talk]\n")
    feasible, terms = explicit(model, None).engine.feasible, own_terms(model)
    never = model.mask(["A.arm", "A.talk"])
    assert answerable(feasible, terms)
    assert not answerable(feasible, dataclasses.replace(terms, start=never))
    assert not answerable(feasible, dataclasses.replace(terms, no_deal=never))
    assert answerable(feasible, dataclasses.replace(terms, no_deal="drift"))
