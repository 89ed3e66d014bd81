"""Claims about deals: against the brute force, on known figures, in many variants, in words; and wrong files."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bestand
from bestand.checks.asker import Asker
from bestand.checks.batch import claim_codes
from bestand.checks.claims import ask_claim
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import TRUE, OutcomeAtom
from bestand.model.language import parse_check
from bestand.model.sentences import Check, Kept, Quantified, Refuses, Satisfies, Subject, deals
from bestand.model.values import Claim
from bestand.model.wording import check_text
from bestand.reference import feasible
from bestand.solve.batches import Batches
from bestand.solve.solution import Solver
from bestand.solve.variants import Variants
from bestand.testing import checks, models
from tests.checks.test_checks_random import answered
from tests.first_reading import UKRAINE
from tests.solve.helpers import CONCEPTS, FEW

DATA = Path(__file__).parents[1] / "reference" / "data"
NATO_FIRST = "with reading russia-nato-first, "


@FEW
@given(models(max_options=4, max_parties=3), st.sampled_from(["pseq", *CONCEPTS]), st.data())
def test_every_answer_about_deals_is_that_of_the_brute_force(model, concept, data):
    """One model at a time, and as one variant beside others."""
    if model.status_quo is None:
        model = dataclasses.replace(model, status_quo=frozenset(model.taken(feasible(model)[0])))
    if model.plan is None:
        model = dataclasses.replace(model, plan=TRUE)
    check = data.draw(checks(model, about_deals=True))
    assert deals(check.assertion)
    try:
        truth = Asker(Solver(model), check.changes, "nash", drift=concept).ask(check.assertion).truth
    except (CallError, ModelError):
        truth = None
    assert truth is answered(model, check.assertion, check.changes, "nash", concept)
    named = Claim("c", checks=(Check(check.assertion, (concept,), check.changes),))
    batch = claim_codes(Variants([model, model], [(), check.changes], Batches()), named, CONCEPTS)
    alone = ask_claim(Solver(model), named).answer.checks[0].findings
    codes = {False: 0, True: 1, None: 2}
    assert {each: codes[finding.truth] for each, finding in alone.items()} == {
        each: int(found[0]) for each, found in batch.items()
    }


@pytest.fixture(scope="module")
def ukraine():
    return Solver(bestand.load(UKRAINE))


@pytest.mark.parametrize(
    ("sentence", "truth", "counts"),
    [
        ("no deal is ceasefire", True, ((0, 0),)),
        ("some deal is ceasefire", False, ((0, 0),)),
        ("every deal is ceasefire", None, ((0, 0),)),
        (f"{NATO_FIRST}every deal has ukraine.no_nato", True, ((1024, 1024),)),
        (f"{NATO_FIRST}every deal is kept", True, ((1024, 1024),)),
        (f"{NATO_FIRST}a deal between usa and russia and ukraine and europe is ceasefire", True, ((1024, 1024),)),
        (f"{NATO_FIRST}a deal between russia and ukraine is ceasefire", False, ((0, 0),)),
        ("with reading russia-order-2, every deal has europe.direct_talks", True, ((512, 512),)),
        ("russia refuses every ceasefire where not ukraine.cede", True, ((1536, 1536),)),
        ("ukraine refuses every ceasefire", False, ((3072, 4608),)),
        ("europe refuses some ceasefire", True, ((3072, 4608),)),
        ("usa refuses some ceasefire", False, ((0, 4608),)),
        ("the verdict is no-deal", True, ()),
        (f"{NATO_FIRST}the verdict is deal", True, ()),
        (
            "more deals are ceasefire with reading russia-nato-first than with reading russia-order-2",
            True,
            ((1024, 1024), (512, 512)),
        ),
    ],
)  # fmt: skip
def test_known_figures(ukraine, sentence, truth, counts):
    check = parse_check(sentence, ukraine.base.scope(CONCEPTS))
    found = Asker(ukraine, check.changes, "nash").ask(check.assertion)
    assert (found.truth, found.counts) == (truth, counts)


def test_deals_are_meant_under_the_concepts_that_a_claim_names(ukraine):
    check = parse_check(f"under nash and pseq, {NATO_FIRST}every deal is kept", ukraine.base.scope(("nash", "pseq")))
    answer = ask_claim(ukraine, Claim("c", checks=(check,))).answer
    assert (answer.holds, answer.fails) == (("pseq",), ("nash",))


def test_who_signs_and_whom_nothing_passes(ukraine):
    some = parse_check(f"{NATO_FIRST}some deal is ceasefire", ukraine.base.scope(CONCEPTS))
    shown = Asker(ukraine, some.changes, "nash").ask(some.assertion).example
    assert shown is not None
    assert shown.signs == ("usa", "russia", "ukraine", "europe")
    none = parse_check("no deal is ceasefire", ukraine.base.scope(CONCEPTS))
    assert Asker(ukraine, (), "nash").ask(none.assertion).blocking == (("russia", "ukraine"), ("russia", "europe"))


DILEMMA = """
bestand: 1
title: Two who could disarm
parties:
  up: {name: Upland, options: {disarm: {says: disarms}}}
  down: {name: Lowland, options: {disarm: {says: disarms}}}
outcomes: {deal: up.disarm and down.disarm, kept: not up.disarm}
plan: deal
status_quo: []
preferences:
  up: {priorities: [down.disarm, not up.disarm]}
  down: {priorities: [up.disarm, not down.disarm]}
readings:
  proud: {says: Lowland would rather keep its arms, change: down 1 exchanged with down 2}
claims:
  - {id: lasts, check: [some deal is deal, every deal is kept]}
  - {id: both, check: a deal between up and down is deal}
  - {id: verdict, check: the verdict is deal}
  - {id: proud, check: "with reading proud, down refuses every deal"}
"""


def test_an_outcome_may_be_called_deal_or_kept():
    """The words of sentences about deals take no name away."""
    model = bestand.loads(DILEMMA)
    assert [result.answer.verdict for result in bestand.claims(model).results] == ["holds"] * 4
    scope = model.scope(CONCEPTS)
    is_kept, is_so = (parse_check(f"no deal is {word}", scope) for word in ("kept", "(kept)"))
    assert is_kept.assertion == Quantified("no", Subject("deal"), Kept())
    assert is_so.assertion == Quantified("no", Subject("deal"), Satisfies(OutcomeAtom("kept")))
    assert check_text(is_so) == "no deal is (kept)"
    every = parse_check("every state is kept", scope).assertion
    assert every == Quantified("every", Subject("state"), Satisfies(OutcomeAtom("kept")))
    assert parse_check("up refuses every deal", scope).assertion == Refuses("up", "every", OutcomeAtom("deal"))


def test_where_an_outcome_is_called_deal_already():
    model = bestand.load(DATA / "both-sides-could-sign-what-nobody-moves-to.yaml")
    scope = model.scope(CONCEPTS)
    for sentence in ("every deal is deal and calm", "every deal is kept", "the verdict is deal"):
        assert Asker(Solver(model), (), "nash").ask(parse_check(sentence, scope).assertion).truth, sentence


def test_claims_about_deals_in_every_combination():
    model = bestand.loads(DILEMMA)
    answer = bestand.vary(model)
    found = {claim.id: answer.claim(claim.id)["holds"].count for claim in model.claims[:3]}
    assert found == {"lasts": 1, "both": 1, "verdict": 1}


def test_what_carries_a_claim_about_deals():
    (reason,) = bestand.why(bestand.loads(DILEMMA), claims="both").reasons
    assert reason.ruling.verdict == "holds"
    told = {(part.kind, part.party, part.numbers) for flip in reason.flips for part in flip.parts}
    assert ("dropped", "down", (1,)) in told
    assert ("exchanged", "down", (1, 2)) in told


def test_words_of_claims_about_deals():
    told = " ".join(bestand.claims(bestand.loads(DILEMMA)).words("en").split())
    assert "yes (the only one)" in told
    assert "yes (1 of 1 is) For example: Upland disarms and Lowland disarms. Upland and Lowland have to sign." in told
    assert "yes (the verdict: a deal that is kept)" in told
    assert "yes (1 of 1 state that can be signed)" in told
    none = bestand.loads(DILEMMA.replace("[up.disarm, not down.disarm]", "[not down.disarm, up.disarm]"))
    told = " ".join(bestand.claims(none).words("en").split())
    assert "no (none of 0 deals) Nothing of the kind passes Lowland." in told
    assert "cannot be said: there is no such deal" in told
    assert "Asked: [some deal between up and down is deal] no (there is no such deal)" in told


@pytest.mark.parametrize(
    ("left_out", "sentence", "code"),
    [
        ("plan: deal\n", "some deal is kept", "no-plan"),
        ("plan: deal\n", "the verdict is deal", "no-plan"),
        ("status_quo: []\n", "no deal is deal", "no-status-quo"),
        ("status_quo: []\n", "up refuses every deal", "no-status-quo"),
        ("", "some deal between up and nobody is deal", "unknown-party"),
        ("", "the verdict is fine", "syntax"),
    ],
)  # fmt: skip
def test_what_a_sentence_about_deals_needs(left_out, sentence, code):
    """The problem stands at the sentence."""
    begin = DILEMMA[1:].replace(left_out, "").partition("claims:")[0]
    text = f"{begin}claims:\n  - id: c\n    check: {sentence}\n"
    with pytest.raises(ModelError) as caught:
        bestand.loads(text)
    found = [problem for problem in caught.value.problems if problem.code == code]
    assert [problem.line for problem in found] == [text.count("\n")]
    assert (found[0].column or 0) >= len("    check: ")


def test_a_deal_is_what_nobody_refuses():
    text = DILEMMA.replace("deal: up.disarm and down.disarm, ", "").replace("plan: deal", "plan: up.disarm")
    with pytest.raises(ModelError) as caught:
        bestand.loads(text)
    assert any("a deal is what nobody refuses" in (problem.hint or "") for problem in caught.value.problems)
