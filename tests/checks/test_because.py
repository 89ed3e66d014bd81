"""Whether the reason of a claim does any work: planted models for each word, and what must hold of random ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import compress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import bestand
from bestand import ModelError, dumps, loads
from bestand.checks.because import Contrasts
from bestand.checks.claims import ask_claim
from bestand.model.formula import OptionAtom, atoms
from bestand.model.sentences import (
    ApplyReading,
    Check,
    OfParty,
    Quantified,
    Satisfies,
    StableFor,
    StatementRef,
    Subject,
)
from bestand.model.values import Claim, FrozenMap, Priorities, Weights
from bestand.questions.claims.findings import kind_of
from bestand.solve.solution import Solver
from bestand.testing import formulas, models
from tests.examples import examples
from tests.first_reading import UKRAINE

MODEL = """\
bestand: 1
title: A river
parties:
  up: {options: {release: , dam: }}
  down: {options: {pay: , protest: }}
  bank: {options: {lend: , sign: }}
outcomes:
  water: up.release and down.pay
status_quo: []
preferences:
  up: {priorities: [pay, release iff pay, not dam]}
  down: {priorities: [release, not pay, not protest]}
  bank: {priorities: [lend]}
readings:
  greedy: {change: up 2 replaced by not release}
claims:
"""


def asked(claim: str, model: str = MODEL):
    parsed = loads(f"{model}  - {{id: it, {claim}}}\n")
    solver = Solver(parsed)
    return ask_claim(solver, parsed.claims[0], contrasts=Contrasts(solver))


WORDS = [
    # what up would do for money hangs on its wish for it, and on the money
    ("check: 'with pay held at yes, every equilibrium has release', because: up 2", "carries it"),
    ("check: 'with pay held at yes, every equilibrium has release', because: up", "carries it"),
    ("check: 'with pay held at yes, every equilibrium has release', because: greedy", "carries it"),
    ("check: every equilibrium where pay has release, because: down.pay", "carries it"),
    # that the dam is not built is not for the money
    ("check: 'under nash, no state stable for up has dam', because: up 2", "does no work"),
    ("check: 'under nash, no state stable for up has dam', because: [down.pay, bank]", "does no work"),
    ("check: 'under nash, no state stable for up has dam', because: [up 2, up 3]", "carries it"),
    # nothing that up or down wants speaks of the bank's money
    (
        "check: 'same answer with lend held at yes as with lend held at no, some equilibrium is water', because: lend",
        "by construction",
    ),
    (
        "check: 'same answer with lend held at yes as with lend held at no, some equilibrium is water'",
        "by construction",
    ),
    ("check: every equilibrium is stable for up, because: up 2", "by definition"),
    ("check: every equilibrium where water and not water is dam, because: up 2", "cannot be decided"),
    # nothing is given as a reason, and it could have come out otherwise
    ("check: 'under nash, no state stable for up has dam'", None),
]


@pytest.mark.parametrize(("claim", "work"), WORDS)
def test_the_word(claim, work):
    assert asked(claim).footing.work == work


def test_contrasts_are_listed():
    footing = asked(
        "check: 'under nash, no state stable for up has dam', because: [up 3, down.pay, water, down, greedy]"
    ).footing
    told = [(each.how, each.option, each.verdict, each.same) for each in footing.contrasts]
    assert told == [
        ("dropped", None, "does not hold", False),
        ("held at no", "down.pay", "holds", True),
        ("held at yes", "down.pay", "holds", True),
        ("held at no", "up.release", "holds", True),
        ("held at yes", "up.release", "holds", True),
        ("held at no", "down.pay", "holds", True),
        ("held at yes", "down.pay", "holds", True),
        ("wants nothing", None, "holds", True),
        ("applied", None, "holds", True),
    ]


def test_a_reading_that_is_applied_is_put_back():
    parsed = loads(f"{MODEL}  - {{id: it, check: some equilibrium is release, because: greedy}}\n")
    solver = Solver(parsed, (ApplyReading("greedy"),))
    (contrast,) = ask_claim(solver, parsed.claims[0], contrasts=Contrasts(solver)).footing.contrasts
    assert (contrast.how, contrast.verdict) == ("put back", ask_claim(Solver(parsed), parsed.claims[0]).answer.verdict)


def test_the_missing_link_is_named():
    footing = asked("check: 'under nash, no state stable for up has dam', because: lend").footing
    assert footing.unlinked == (("bank.lend", ("up",)),)
    assert footing.about == ("up",)
    words = bestand.claims(
        loads(f"{MODEL}  - {{id: it, check: 'under nash, no state stable for up has dam', because: lend}}\n")
    ).words()
    assert "No wish of up ties this to it: bank takes “lend”." in words


def test_the_missing_link_of_the_missiles():
    """In the first reading of the flagship nothing that Moscow or Kyiv decides hangs on Taurus."""
    answer = bestand.claims(UKRAINE, claims=["taurus-not-decisive", "taurus-endangers"])
    for result in answer.results:
        assert result.footing.work == "by construction"
        assert result.footing.unlinked == (("europe.taurus", ("russia", "ukraine")),)
    assert "0 of 2 claims hold, 2 by construction" in repr(answer)
    assert [claim["work"] for claim in answer.data()["claims"]] == ["by construction"] * 2


def test_no_other_conclusion_of_the_first_reading_is_so():
    """What Europe's talks do is in no wish there; but a reading that the claim names ties them to a ceasefire."""
    answer = bestand.claims(UKRAINE)
    assert [each.claim.id for each in answer.results if kind_of(each) == "by construction"] == [
        "taurus-not-decisive",
        "taurus-endangers",
    ]
    falls = next(each for each in answer.results if each.claim.id == "europe-falls")
    assert falls.footing.unlinked == (("europe.direct_talks", ("usa", "russia", "ukraine")),)
    assert {each.answer.verdict for each in falls.across} == {"holds", "does not hold"}


def test_a_reading_that_the_claim_names_is_a_path():
    tied = MODEL.replace("claims:", "  indebted: {change: up 2 replaced by release iff lend}\nclaims:")
    same = "check: 'under nash, same answer with lend held at yes as with lend held at no, some equilibrium is release'"
    assert asked(f"{same}, because: lend", tied).footing.work == "by construction"
    named = asked(f"{same}, because: lend, across: [[base, indebted]]", tied)
    assert [each.answer.verdict for each in named.across] == ["holds", "does not hold"]
    assert named.footing.work == "does no work"
    assert named.footing.unlinked == (("bank.lend", ("up",)),)


def test_what_a_deal_has_in_it_is_said_of_it():
    """Who has the option that the deal is to have is spoken of as well, and it is wanted with the rest."""
    planned = MODEL.replace("status_quo", "plan: up.release\nstatus_quo").replace("[lend]", "[not lend]")
    footing = asked("check: some deal where lend is water", planned).footing
    assert footing.about == ("up", "down", "bank")
    assert asked("check: some deal is water", planned).footing.about == ("up", "down")
    assert footing.work is None


def test_what_the_claim_itself_speaks_of_lacks_no_link():
    claim = "check: 'same answer with lend held at yes as with lend held at no, some equilibrium is water and not lend'"
    assert asked(claim).footing.unlinked == ()


BAD = {
    "unknown": ("because: lendd", "there is nothing called 'lendd' that could be a reason"),
    "the claim itself": ("because: it", "there is nothing called 'it' that could be a reason"),
    "a wish too many": ("because: up 9", "party 'up' has no statement 9"),
    "no such party": ("because: upp 1", "there is no party 'upp'"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_reason_that_is_none(case):
    given_, told = BAD[case]
    with pytest.raises(ModelError, match=told):
        asked(f"check: some state is water, {given_}")


def test_reasons_are_written_back():
    model = loads(f"{MODEL}  - {{id: it, check: some state is water, because: [up 2, lend, water, down, greedy]}}\n")
    causes = model.claims[0].because
    assert causes[0] == StatementRef("up", 2)
    assert causes[1] == OptionAtom("bank.lend")
    assert causes[3:] == (OfParty("down"), ApplyReading("greedy"))
    assert loads(dumps(model)) == model


@st.composite
def _with_a_stranger(draw):
    """A model, the one option of its last party, which no wish of the others speaks of, and a claim about them."""
    drawn = draw(models(min_parties=2, max_parties=3, min_options=3, max_options=5, readings=False, prose=False))
    *others, last = drawn.parties
    assume(last.options and any(party.options for party in others))
    option, dropped = last.options[0].id, {each.id for each in last.options[1:]}
    model = replace(
        drawn,
        parties=(*others, replace(last, options=last.options[:1])),
        status_quo=drawn.status_quo and frozenset(drawn.status_quo) - dropped,
        outcomes=(),
        plan=None,
        rules=(),
        one_way=(),
        forbidden_moves=(),
        preferences=FrozenMap(
            {
                party: _silent(wish, dropped | (set() if party == last.id else {option}))
                for party, wish in drawn.preferences.items()
            }
        ),
    )
    theirs = tuple(party.id for party in others)
    words = formulas([each.id for party in others for each in party.options])
    some = st.lists(st.sampled_from(theirs), min_size=1, unique=True).map(tuple)
    subject = Subject(
        draw(st.sampled_from(["state", "equilibrium"])),
        draw(st.sampled_from([None, "improving", "any"])) if model.status_quo is not None else None,
        draw(st.none() | some),
        draw(st.none() | words),
    )
    said = draw(st.builds(Satisfies, words) | st.builds(StableFor, some))
    check = Check(Quantified(draw(st.sampled_from(["some", "every", "no"])), subject, said))
    return model, Claim("it", (check,), because=(OptionAtom(option),))


def _silent(wish, options):
    """A wish without what speaks of some options, or of outcomes."""
    match wish:
        case Priorities(statements=statements):
            spoken = [{*atoms(each.formula)} for each in statements]
            plain = [all(isinstance(atom, OptionAtom) and atom.id not in options for atom in each) for each in spoken]
            return Priorities(tuple(compress(statements, plain)))
        case Weights(weights):
            return Weights(FrozenMap({each: weight for each, weight in weights.items() if each not in options}))
        case _:
            return Priorities()


@settings(max_examples=examples(300))
@given(_with_a_stranger())
def test_what_nobody_speaks_of_carries_no_claim_about_them(given_):
    """Held at either value, an option of somebody else that no wish of theirs speaks of changes no verdict on them."""
    model, claim = given_
    solver = Solver(model)
    footing = ask_claim(solver, claim, contrasts=Contrasts(solver)).footing
    assert footing.work != "carries it"
