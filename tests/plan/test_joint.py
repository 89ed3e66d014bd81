"""The verdict on a plan as a joint signature: published figures of the flagship, and small cases known by hand."""

from __future__ import annotations

import numpy as np
import pytest

import bestand
from bestand.engine.choose import explicit
from bestand.model.changing import apply_readings, changed
from bestand.plan.joint import Joint
from bestand.plan.proposal import lean
from bestand.plan.refusals import refusals
from bestand.plan.ruling_values import Keeper
from bestand.solve.purpose import Purpose
from tests.first_reading import UKRAINE

ROUNDS = {"nash": (), "pseq": ("purposeful",), "seq": ("credible",)}

# readings, concept: verdict, states of drift, deals against drift and against today, kept, lean ones
FLAGSHIP = [
    ((), "nash", ("no-deal", 16, 0, 0, 0, 0)),
    ((), "pseq", ("no-deal", 6, 0, 0, 0, 0)),
    ((), "seq", ("no-deal", 6, 0, 0, 0, 0)),
    (("zones-weigh",), "pseq", ("no-deal", 6, 0, 0, 0, 0)),
    (("russia-nato-first",), "nash", ("deal-not-kept", 16, 1024, 544, 0, 1)),
    (("russia-nato-first",), "pseq", ("deal", 6, 1024, 544, 1024, 1)),
    (("russia-nato-first",), "seq", ("deal", 6, 1024, 544, 1024, 1)),
    (("russia-order-2",), "pseq", ("deal", 6, 512, 256, 512, 1)),
    (("russia-order",), "pseq", ("deal", 6, 320, 0, 320, 2)),
    (("russia-order",), "seq", ("no-deal", 9, 0, 0, 0, 0)),
    (("russia-order", "europe-order"), "seq", ("deal", 9, 320, 320, 320, 2)),
]


def joint(model, concept, no_deal=None, plan=None, start=None):
    engine = explicit(model).engine
    space = engine.space
    start = space.status_quo if start is None else start
    told = None if no_deal is None else np.array([start])
    return Joint(Purpose(engine, ROUNDS[concept]), start, space.holds(model.plan) if plan is None else plan, told)


@pytest.mark.parametrize(("readings", "concept", "known"), FLAGSHIP)
def test_the_flagship(readings, concept, known):
    model = bestand.load(UKRAINE)
    model = changed(model, apply_readings(model, readings))
    plan, today = joint(model, concept), joint(model, concept, "today")
    deals, kept = plan.proposal.deals, plan.kept
    fewest = lean(plan.purpose.space, kept if len(kept) else deals, plan.start)
    assert (
        plan.kind,
        len(plan.drift.states),
        len(deals),
        len(today.proposal.deals),
        len(kept),
        len(fewest),
    ) == known


def test_equilibria_with_purposeful_answers():
    """The brute force finds as many, in a quarter of an hour."""
    result = bestand.analyse(UKRAINE, ["seq", "pseq", "brseq"])
    assert {concept: int(states.sum()) for concept, states in result.equilibria.items()} == {
        "seq": 6126,
        "pseq": 3124,
        "brseq": 2390,
    }


def test_who_blocks_a_ceasefire():
    model = bestand.load(UKRAINE)
    ids = [party.id for party in model.parties]
    named = [[ids[i] for i in parties] for parties in joint(model, "pseq").proposal.blocking]
    assert named == [["russia", "ukraine"], ["russia", "europe"]]
    assert [[ids[i] for i in parties] for parties in joint(model, "pseq", "today").proposal.blocking] == [
        ["russia", "ukraine"]
    ]


def test_who_refuses_what():
    model = bestand.load(UKRAINE)
    said = {
        party.id: (int(refusal.others.refused.sum()), len(refusal.others.masks), dict(refusal.decided_by))
        for party, refusal in zip(model.parties, refusals(joint(model, "pseq").proposal), strict=True)
    }
    assert said == {
        "usa": (0, 288, {}),
        "russia": (512, 1024, {"russia 2": 1536}),
        "ukraine": (1024, 2048, {"ukraine 1": 3072}),
        "europe": (192, 288, {"europe 2": 3072}),
    }


@pytest.mark.parametrize(("concept", "kind"), [("nash", "deal-not-kept"), ("pseq", "deal"), ("seq", "deal")])
def test_both_cooperate(concept, kind):
    model = bestand.load("textbook/prisoners-dilemma")
    space = explicit(model).engine.space
    both = np.array([int(state).bit_count() == 2 for state in space.states])
    neither = space.index(0)
    names = [option.id for option in model.options]
    assert len(names) == 2
    assert joint(model, concept, plan=both, start=neither).kind == kind


@pytest.mark.parametrize("concept", ["nash", "pseq"])
def test_elmira(concept):
    model = bestand.load("books/fang1993/elmira")
    space = explicit(model).engine.space
    state = {label: space.index(int(bits[::-1], 2)) for bits, label in model.labels.items()}
    plan = joint(model, concept, plan=np.arange(space.size) == state["8"], start=state["5"])
    signing = [model.parties[i].id for i in np.flatnonzero(plan.proposal.signs[:, 0])]
    assert (plan.kind, signing) == ("deal", ["MoE", "UR"])


def test_what_keeps_a_deal():
    model = bestand.load(UKRAINE)
    plan = joint(changed(model, apply_readings(model, ("russia-nato-first",))), "pseq")
    assert plan.keeping.keepers(int(plan.kept[0]))[0] == Keeper("cannot")
    fewest = lean(plan.purpose.space, plan.kept, plan.start)
    keepers = dict(zip([party.id for party in model.parties], plan.keeping.keepers(int(fewest[0])), strict=True))
    assert keepers["russia"] == Keeper("deterred", (("ukraine",),))
    assert keepers["ukraine"] == Keeper("would-not")
