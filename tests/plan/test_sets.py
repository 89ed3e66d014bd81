"""The verdict on a plan where nobody can list the states: what lists would say, and what is told of too much."""

from __future__ import annotations

from dataclasses import replace

import pytest

import bestand
from bestand.engine import limits
from bestand.engine.choose import explicit
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.errors import CallError, LimitReached
from bestand.model.formula import And, Iff, Not, OptionAtom, Or
from bestand.model.values import FrozenMap, Statement
from bestand.plan.ruling import ruling
from bestand.plan.terms import own_terms
from tests.engine.test_limits import Clock


def model(options, plan, *wishes, more=""):
    """Two parties, each with so many options and one more that both want of the other and neither of itself."""
    names = ", ".join(f"o{k}: " for k in range(options))
    p, q = (", ".join(f"'{wish}'" for wish in each) for each in wishes or ((), ()))
    return bestand.loads(f"""
bestand: 1
title: A dilemma among much else
parties: {{p: {{options: {{give: , {names}}}}}, q: {{options: {{give: , {names}}}}}}}
status_quo: []
plan: {plan}
{more}
preferences:
  p: {{priorities: [q.give{", " * bool(p)}{p}, not p.give]}}
  q: {{priorities: [p.give{", " * bool(q)}{q}, not q.give]}}
""")


LARGE = model(20, "p.give and q.give")


def test_a_dilemma_among_four_million_million_states():
    """In a dilemma what both give is a deal; the answers of the other keep it, and nobody's other options matter."""
    answer = bestand.deals(LARGE)
    found = answer.ruling
    assert (found.kind, dict(found.kinds)) == ("deal", {"seq": "deal", "nash": "deal-not-kept"})
    assert (found.asked, found.concept) == ("pseq", "seq")
    assert found.signable == found.deals == found.kept == 2**40
    (deal,) = found.lean
    assert (deal.signatories, deal.as_it_stands, found.lean_count) == (("p", "q"), True, 1)
    assert {party: (by.how, by.whose) for party, by in deal.by.items()} == {
        "p": ("deterred", (("q",),)),
        "q": ("deterred", (("p",),)),
    }
    assert "In all 1,099,511,627,776 deals, all of them kept." in " ".join(answer.words().split())
    assert "The possible states are looked at in sets here" in " ".join(answer.words().split())


def test_whoever_asks_for_seq_is_not_told_that_it_took_another_place():
    assert "looked at in sets" not in " ".join(bestand.deals(LARGE, concept="seq").words().split())


def test_the_same_as_of_listed_states():
    """Where both can be had, every word is the same under the same concept."""
    small = model(3, "p.give and q.give")
    listed = bestand.deals(small, concept="seq")
    over_sets = ruling(SymbolicEngine(small), own_terms(small), "seq")
    assert replace(over_sets, kinds=listed.ruling.kinds) == listed.ruling
    assert dict(over_sets.kinds) == {"seq": "deal", "nash": "deal-not-kept"}


def test_best_answers_cannot_be_followed():
    with pytest.raises(CallError, match="cannot follow best moves"):
        bestand.deals(LARGE, concept="brseq")


def test_of_many_deals_the_first_are_told_and_all_are_counted():
    either = " or ".join(f"p.o{k}" for k in range(24))
    answer = bestand.deals(model(24, f"p.give and q.give and ({either})"))
    assert (len(answer.ruling.lean), answer.ruling.lean_count) == (20, 24)
    assert answer.data()["lean_count"] == 24
    assert "And 4 more such deals." in answer.words()


def test_a_no_deal_point_of_very_many_states():
    answer = bestand.deals(LARGE, no_deal="not p.give and not q.give")
    assert (len(answer.ruling.no_deal), answer.ruling.no_deal_count) == (1000, 2**40)
    assert "No deal stands for any of 1,099,511,627,776 states." in " ".join(answer.words().split())


def wanting(model, formula):
    """The model where the first party wants something more than all else."""
    wish = model.preferences["p"]
    first = replace(wish, statements=(Statement(formula), *wish.statements))
    return replace(model, preferences=FrozenMap({**model.preferences, "p": first}))


def test_conditions_over_more_options_than_a_best_form_is_looked_for_in():
    """Over fourteen options there is one exact form, of which no part can be left out."""
    pairs = [And((OptionAtom(f"q.o{2 * k}"), OptionAtom(f"q.o{2 * k + 1}"))) for k in range(7)]
    large = wanting(model(14, "p.give and q.give"), Not(Or(tuple(pairs))))
    condition = ruling(SymbolicEngine(large), own_terms(large), "nash", ()).refuses["p"].condition
    assert isinstance(condition, Or)
    assert set(condition.terms) == set(pairs)


def test_conditions_that_nobody_would_read_are_none():
    """Whether an even number of sixteen options is taken takes 32,768 terms to say."""
    even = OptionAtom("q.o0")
    for k in range(1, 16):
        even = Iff(even, OptionAtom(f"q.o{k}"))
    answer = bestand.deals(wanting(model(16, "p.give and q.give"), even), concept="nash")
    assert answer.ruling.refuses["p"].condition is None
    assert answer.data()["refuses"]["p"]["condition"] is None
    assert "in more ways than can be told in short" in " ".join(answer.words().split())


@pytest.mark.parametrize("seconds", [1, 20])
def test_a_limit_stops_it(monkeypatch, seconds):
    monkeypatch.setattr(limits, "time", Clock())  # it is looked at hundreds of times
    with pytest.raises(LimitReached, match="stopped after"):
        bestand.deals(LARGE, limits={"seconds": seconds})


def test_fewer_states_than_there_are_may_be_listed():
    """A limit on the states that are listed makes it work on sets."""
    small = model(3, "p.give and q.give")
    assert bestand.deals(small, limits={"states": 100}).ruling.concept == "seq"
    assert bestand.deals(small).ruling.concept == "pseq"
    assert explicit(small).engine.lists
