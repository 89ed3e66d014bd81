"""Deals by brute force: the known answers of small published and made-up conflicts, and of the ceasefire in Ukraine."""

from pathlib import Path

import pytest

import bestand
from bestand.model.changing import changed
from bestand.model.formula import And, Not, OptionAtom
from bestand.model.sentences import ApplyReading
from bestand.reference.deals import Talks, deals
from bestand.reference.purposeful import Conflict
from tests.first_reading import UKRAINE
from tests.reference.small import hold, name, names

DATA = Path(__file__).parent / "data"


# ---- known answers ----


def file(slug):
    return bestand.load(DATA / f"{slug}.yaml")


@pytest.mark.parametrize(("concept", "kept"), [("nash", 0), ("seq", 8), ("pseq", 8)])
def test_what_both_sides_could_sign_and_nobody_moves_to(concept, kept):
    model = file("both-sides-could-sign-what-nobody-moves-to")
    found = deals(model, model.plan, concept)
    assert found.verdict.kind == ("deal" if kept else "deal-not-kept")
    assert len(found.deals) == 8
    assert sum(deal.kept for deal in found.deals) == kept
    (lean,) = [deal for deal in found.deals if deal.lean]
    assert name(model, lean.changes) == "kosovo.association kosovo.closures serbia.documents serbia.membership"
    assert lean.signatories == {"kosovo", "serbia", "eu"}
    assert lean.goes_on == {"eu"}


@pytest.mark.parametrize(
    ("slug", "concept", "kind"),
    [
        ("today-stands-and-the-plan-would-come-by-itself", "nash", "comes-by-itself"),
        ("today-stands-and-the-plan-would-come-by-itself", "seq", "no-deal"),
        ("today-stands-and-the-plan-would-come-by-itself", "pseq", "no-deal"),
        ("each-would-sign-and-none-begins", "pseq", "deal"),
        ("nobody-can-undo-what-both-hate", "pseq", "stands"),
    ],
)
def test_small_known_answers(slug, concept, kind):
    model = file(slug)
    assert deals(model, model.plan, concept).verdict.kind == kind


def test_nobody_can_undo_what_both_hate():
    model = file("nobody-can-undo-what-both-hate")
    assert deals(model, model.plan).verdict.by == {"A": hold("cannot"), "B": hold("cannot")}


@pytest.mark.parametrize("concept", ["nash", "seq", "pseq"])
def test_elmira_from_its_state_5_to_its_state_8(concept):
    model = bestand.load("books/fang1993/elmira")
    state = {label: at_bits(bits) for bits, label in model.labels.items()}
    taken = set(model.taken(state["8"]))
    plan = And(tuple(OptionAtom(o.id) if o.id in taken else Not(OptionAtom(o.id)) for o in model.options))
    found = deals(model, plan, concept, start=state["5"])
    assert found.verdict.kind == "deal"
    assert [(deal.signatories, deal.kept) for deal in found.deals] == [({"MoE", "UR"}, True)]


def at_bits(bits):
    return sum(1 << k for k, bit in enumerate(bits) if bit == "1")


# ---- the ceasefire in Ukraine ----


def ukraine(*readings):
    return changed(bestand.load(UKRAINE), [ApplyReading(reading) for reading in readings])


def ceasefire(concept, no_deal, *readings):
    model = ukraine(*readings)
    return Talks(model, model.plan, concept, no_deal=no_deal)


@pytest.mark.parametrize(("concept", "reached"), [("nash", 16), ("pseq", 6)])
def test_ceasefire(concept, reached):
    asked = ceasefire(concept, "drift")
    found = asked.answer()
    (end,) = found.verdict.ends
    assert names(asked.conflict.model, end) == {
        "usa.walk_away usa.reduce_presence russia.provinces russia.neutrality russia.escalate russia.projects"
        " ukraine.stop_fire europe.fund_arms"
    }
    assert len(asked.drift.reached(asked.start)) == reached
    assert found.verdict.kind == "no-deal"
    assert {block.parties for block in found.blocking} == {
        frozenset({"russia", "ukraine"}),
        frozenset({"russia", "europe"}),
    }
    refusals = {party: (len(r.others), len(r.of), r.decided_by) for party, r in found.refusals.items()}
    assert refusals == {
        "usa": (0, 288, {}),
        "russia": (512, 1024, {2: 1536}),
        "ukraine": (1024, 2048, {1: 3072}),
        "europe": (192, 288, {2: 3072}),
    }
    against_today = ceasefire(concept, "today").answer()
    assert [block.parties for block in against_today.blocking] == [frozenset({"russia", "ukraine"})]


ROWS = {
    ("russia-nato-first", "pseq"): ("deal", "deal", 1024, 544, 1),
    ("russia-nato-first", "nash"): ("deal-not-kept", "deal-not-kept", 1024, 544, 1),
    ("russia-order-2", "pseq"): ("deal", "deal", 512, 256, 1),
    ("russia-order", "pseq"): ("deal", "no-deal", 320, 0, 2),
    ("russia-order europe-order", "pseq"): ("deal", "deal", 320, 320, 2),
}


_SOME = ("russia-order", "pseq"), ("russia-nato-first", "nash")


@pytest.mark.parametrize(
    ("readings", "concept"),
    [pytest.param(*row, marks=pytest.mark.slow if row in _SOME else pytest.mark.weekly) for row in ROWS],
)
def test_ceasefire_under_readings(readings, concept):
    against_drift, against_today, *counts, lean = ROWS[readings, concept]
    for no_deal, kind, count in zip(("drift", "today"), (against_drift, against_today), counts, strict=True):
        asked = ceasefire(concept, no_deal, *readings.split())
        found = asked.deals()
        assert asked.verdict(found).kind == kind
        assert len(found) == count
        assert sum(deal.kept for deal in found) == (count if concept == "pseq" else 0)
        assert sum(deal.lean for deal in found) == (lean if found else 0)


@pytest.mark.slow
def test_ceasefire_with_three_ends():
    """SEQ, where Russia puts the provinces lower: drift has three ends, and Russia and Europe are in the way."""
    asked = ceasefire("seq", "drift", "russia-order")
    assert len(asked.drift.ends(asked.start)) == 3
    assert len(asked.drift.reached(asked.start)) == 9
    assert [block.parties for block in asked.blocking()] == [frozenset({"russia", "europe"})]


def test_ceasefire_reached_by_legal_sequences():
    conflict = Conflict(ukraine())
    today = conflict.model.mask(conflict.model.status_quo)
    reached = {by: len(conflict.answered(conflict.parties, today, by) | {today}) for by in ("purposeful", "best")}
    assert reached == {"purposeful": 16, "best": 5}
