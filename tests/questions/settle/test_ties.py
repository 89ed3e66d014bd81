"""Ties that make a deal kept: every set of candidates tried by brute force, and cases worked by hand."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

import bestand
from bestand.doubts.ties import answers_anyway
from bestand.engine.choose import explicit, suited
from bestand.engine.committed import acting, uncommitted
from bestand.engine.limits import Limits, Watch
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import And, Not, OptionAtom, text
from bestand.model.values import Commitment, FrozenMap, Plan
from bestand.plan.ruling_values import HOLDS
from bestand.plan.terms import joint_of, own_terms
from bestand.questions.settle.deals import DealSearch
from bestand.questions.settle.ties import Repairs
from bestand.reference import feasible
from bestand.reference.repairs import Repairs as ByBruteForce
from bestand.solve.purpose import Purpose
from bestand.stability.registry import EVERY, HEADLINE
from tests.questions.settle.models import a_formula, a_model, with_wishes

SHAPES = [(1, 1), (2, 1), (1, 1, 1), (2, 2), (2, 1, 1)]
MOST = 400  # sets of one size, above which the brute force is not asked


def an_unkept_deal(rng, concept="pseq"):
    """A small model with a plan whose deals are not kept, perhaps with ties; the plan, as a value and put to them."""
    while True:
        model = with_wishes(rng, a_model(rng, rng.choice(SHAPES), rng.choice([8, 16])))
        options, ids = list(model.bit), list(model.party)
        ties = [
            Commitment(f"t{k}", rng.choice(ids), a_formula(rng, options), ())
            for k in range(rng.choice([0, 0, 0, 1, 2]))
        ]
        ties = [
            replace(tie, then=((rng.choice(model.party[tie.party].options).id, rng.random() < 0.5),)) for tie in ties
        ]
        cut = rng.randint(0, len(ties))
        fixed = tuple(rng.sample(options, 1)) if rng.random() < 0.15 else ()
        formula = And(
            tuple(OptionAtom(id) if rng.random() < 0.5 else Not(OptionAtom(id)) for id in rng.sample(options, 2))
        )
        plan = Plan("p", formula, commitments=tuple(tie.id for tie in ties[cut:]), fixed=fixed)
        model = replace(
            model,
            plans=(plan,),
            plan=formula,
            commitments=tuple(ties),
            status_quo=frozenset(model.taken(rng.choice(feasible(model)))),
            consent=tuple(id for id in ids if rng.random() < 0.2),
            red_lines=FrozenMap({rng.choice(ids): a_formula(rng, options)} if rng.random() < 0.2 else {}),
            no_deal=rng.choice([None, "today"]),
        )
        try:
            joint = joint_of(Purpose(explicit(model).engine, EVERY[concept].rounds), own_terms(model, plan))
            if joint.kind == "deal-not-kept":
                return model, plan, joint
        except (ModelError, CallError):  # what is tied cannot be, or today is not at rest
            pass


def brute_force(model, plan, concept):
    own = [model.commitment[id] for id in plan.commitments]
    return ByBruteForce(
        model,
        plan.formula,
        concept,
        standing=model.standing,
        of_plan=own,
        fixed=plan.fixed,
        no_deal=model.no_deal,
        consent=model.consent,
        red_lines=model.red_lines,
    )


def same(ties):
    """A set of ties, whatever the order of what it is written in."""
    return frozenset((tie.party, tie.when, frozenset(tie.then)) if isinstance(tie, Commitment) else tie for tie in ties)


def compared(seed, concept):
    """Compare candidates, some sets of them, and the smallest repairs, with the brute force."""
    rng = random.Random(seed)
    model, plan, joint = an_unkept_deal(rng, concept)
    known, repairs = brute_force(model, plan, concept), Repairs(joint, [*model.party], Watch())
    assert same(repairs.candidates) == same(known.candidates())
    for size in (1, 2, 3):
        for _ in range(4 if len(repairs.candidates) >= size else 0):
            some = rng.sample(repairs.candidates, size)
            assert repairs.does(some) == known.does(some), some
    most = next((size for size in (1, 2) if repairs.count(size + 1) > MOST), 3)
    found = next(filter(None, (list(repairs.of(size)) for size in range(1, most + 1))), [])
    assert {same(each) for each in found} == {same(each) for each in known.smallest(most)}
    return found


@pytest.mark.parametrize("concept", ["pseq", "nash", "seq"])
@pytest.mark.parametrize("seed", range(15))
def test_repairs_are_those_of_an_exhaustive_search(seed, concept):
    compared(seed, concept)


@pytest.mark.weekly
def test_repairs_are_those_of_an_exhaustive_search_on_300_models():
    sizes = [[len(each) for each in compared(seed, "pseq")] for seed in range(1000, 1300)]
    assert any(1 in some for some in sizes)
    assert any(2 in some for some in sizes)


@pytest.mark.parametrize("seed", range(25))
def test_what_is_shown_is_a_deal_that_is_kept_wherever_it_is_asked_about(seed):
    """Each answer is written as a file, read again, and put to the question about deals."""
    rng = random.Random(seed)
    model, plan, _ = an_unkept_deal(rng)
    found = bestand.settle(model, plan="p", kinds=["ties"], list=1000)
    (part,) = found.parts
    known = brute_force(model, plan, "pseq").smallest(part.searched["pseq"])
    assert part.found == len(known)
    for each in part.settlements:
        again = bestand.loads(bestand.dumps(replace(each.model, claims=())))
        ruling = bestand.deals(again, plan="p").ruling
        assert ruling.kind == each.after.ruling.kind == "deal"
        assert same([*(replace(tie, id="") for tie in each.ties), *each.fixed]) in map(same, known)
        deal = each.after.ruling.lean[0]
        assert {tie.party for tie in each.ties} <= set(deal.signatories) & set(deal.gains)


@pytest.mark.parametrize("seed", range(40))
def test_no_tie_is_told_that_its_owner_would_carry_out_anyway(seed):
    """A threat that is believed needs no tie, and none is told: it would deter already."""
    model, _, joint = an_unkept_deal(random.Random(seed))
    space = uncommitted(joint.purpose.space)
    purpose = Purpose(suited(space, Watch()).engine, ())
    for tie in (tie for some in Repairs(joint, [*model.party], Watch()).of(1) for tie in some):
        if isinstance(tie, Commitment) and not model.commitments:
            at = np.flatnonzero(acting(space.evaluator, tie))
            assert len(at)
            assert not answers_anyway(purpose, tie, at)


def held(text, plan=None):
    """The ties that hold the plan of a model, each as it is written; with the verdict as things are."""
    found = bestand.settle(bestand.loads(text), kinds=["ties"], list=1000, plan=plan)
    (part,) = found.parts
    return found, part, [written(each) for each in part.settlements]


def written(settlement):
    """The ties of a settlement as they stand in a file."""
    values = [
        f"{tie.party}: {text(tie.when)} -> {' and '.join(('' if yes else 'not ') + id for id, yes in tie.then)}"
        for tie in settlement.ties
    ]
    return (*values, *(f"fixed {option}" for option in settlement.fixed))


# ---- by hand: sanctions, hostages, prisoners, arms ----

RELIEF = """
bestand: 1
title: Relief for disarmament
parties:
  west:
    name: The West
    options:
      relief: {says: lifts its sanctions, says_no: keeps its sanctions}
      invest: {says: lets its firms invest}
  armed: {name: The armed state, options: {disarm: {says: disarms, says_no: keeps its arms}}}
one_way: {west.invest: to-yes}
plan: west.relief and west.invest and armed.disarm
status_quo: []
preferences:
  west: {priorities: [armed.disarm, west.invest implies west.relief, not west.relief]}
  armed: {priorities: [west.relief, not armed.disarm]}
"""


def test_sanctions_relief_is_held_by_snapback():
    """The armed state arms again once it has its relief, since the West does not cut off firms that have invested.

    Snapback answers it; so would weapons that cannot be made again. The West breaks nothing, and nothing of its own has
    to be fixed; a tie of the armed state would be one of the breaker itself.
    """
    found, part, ties = held(RELIEF)
    assert (found.ruling.kind, part.smallest, part.found) == ("deal-not-kept", {"pseq": 1}, 2)
    assert ties == [("west: not armed.disarm -> not west.relief",), ("fixed armed.disarm",)]
    snapback = part.settlements[0]
    keeper = snapback.after.ruling.lean[0].by["armed"]
    assert keeper.ties == ("tie-1",)


def test_relief_is_kept_without_ties_by_whoever_would_answer_anyway():
    """Where the West minds relief more than what its firms lose, it takes it back by itself: nothing has to be tied."""
    text = RELIEF.replace(
        "west.invest implies west.relief, not west.relief", "not west.relief, west.invest implies west.relief"
    )
    found = bestand.settle(bestand.loads(text), kinds=["ties"])
    assert (found.ruling.kind, found.parts) == ("deal", ())


HOSTAGES = """
bestand: 1
title: Two hostages
parties:
  a: {name: A, options: {free: {says: frees its hostage, says_no: holds its hostage}, seize: {says: takes another}}}
  b: {name: B, options: {free: {says: frees its hostage, says_no: holds its hostage}}}
plan: a.free and b.free and not a.seize
one_way: {a.free: to-yes, b.free: to-yes}
status_quo: []
no_deal: today
preferences:
  a: {priorities: [b.free, a.seize, not a.free]}
  b: {priorities: [a.free, not a.seize, not b.free]}
"""


def test_hostages_who_are_freed_stay_free_and_nothing_holds_whoever_takes_others():
    """Who is freed cannot be seized again: B has given what it had, and no answer is left to which it could tie itself.

    A takes another hostage. Only that it cannot do so any more would hold the deal.
    """
    found, part, ties = held(HOSTAGES)
    assert (found.ruling.kind, part.smallest) == ("deal-not-kept", {"pseq": 1})
    assert ties == [("fixed a.seize",)]
    assert "can change this any more: not “A takes another”." in " ".join(found.words().split())


PRISONERS = """
bestand: 1
title: An exchange of prisoners
parties:
  a: {name: A, options: {release: {says: lets its prisoners go}, raid: {says: raids across the border}}}
  b: {name: B, options: {release: {says: lets its prisoners go}, border: {says: opens the border}}}
plan: a.release and b.release and not a.raid
one_way: {a.release: to-yes, b.release: to-yes}
status_quo: [a.raid]
no_deal: today
preferences:
  a: {priorities: [b.release, b.border, a.raid, not a.release]}
  b: {priorities: [a.release, b.border, not a.raid, not b.release]}
"""


def test_an_exchange_of_prisoners_is_held_by_a_border_that_closes():
    """Who is let go does not come back, and A raids again. B likes its border open and would not close it by itself.

    Tied to the raid, closing takes from A what it minds more than it likes to raid.
    """
    found, part, ties = held(PRISONERS)
    assert (found.ruling.kind, part.smallest) == ("deal-not-kept", {"pseq": 1})
    assert ties == [("b: a.raid -> not b.border",), ("fixed a.raid",)]
    deal = part.settlements[0].after.ruling.lean[0]
    assert "b.border" in deal.changes  # what is not open cannot be closed: the deal that is kept opens it


ARMS = """
bestand: 1
title: Arms for inspection, in three steps
parties:
  regime:
    name: The regime
    options:
      freeze: {says: freezes its programme, says_no: goes on with its programme}
      inspect: {says: lets inspectors in, says_no: keeps inspectors out}
      dismantle: {says: dismantles its stocks, says_no: keeps its stocks}
  union:
    name: The Union
    options:
      trade: {says: trades, says_no: does not trade}
      arms: {says: withdraws its missiles, says_no: keeps its missiles in place}
plan: regime.freeze and regime.inspect and regime.dismantle and union.trade and union.arms
one_way: {regime.dismantle: to-yes}
status_quo: []
no_deal: today
preferences:
  regime: {priorities: [union.arms, union.trade, not regime.freeze, not regime.inspect, not regime.dismantle]}
  union: {priorities: [regime.dismantle, union.trade, regime.inspect, union.arms, regime.freeze]}
"""


def test_arms_for_inspection_in_three_steps():
    """The regime dismantles for good; freezing and inspection it would take back, each by itself.

    The Union would go on trading and leave its missiles where they are. Each of the two breaches needs an answer of its
    own, trade that ends or missiles that come back; what is dismantled needs none. Four pairs of ties to answers, two
    with either of the two fixed, and both fixed: nine.
    """
    found, part, ties = held(ARMS)
    assert found.ruling.kind == "deal-not-kept"
    assert (part.smallest, part.found) == ({"pseq": 2}, 9)
    assert [(tie, each.alike) for tie, each in zip(ties, part.settlements, strict=True)] == [
        (("union: not regime.freeze -> not union.trade", "union: not regime.inspect -> not union.trade"), 3),
        (("union: not regime.freeze -> not union.trade", "fixed regime.inspect"), 1),
        (("union: not regime.inspect -> not union.trade", "fixed regime.freeze"), 1),
        (("fixed regime.freeze", "fixed regime.inspect"), 0),
    ]


def orders(text):
    """By ties of a repair: how many finest orders its deal has, and what always comes with or before what."""
    _, part, ties = held(text)
    told = [bestand.order(each.model, plan=each.after.ruling.terms.id).data() for each in part.settlements]
    assert all(each["starts"] for each in told)
    return {
        tie: (each["orders"], each["always_together"], each["always_before"])
        for tie, each in zip(ties, told, strict=True)
    }


def test_the_orders_of_relief():
    """Firms invest, then come disarmament and relief; or disarmament and relief at one moment, then the firms.

    The West would stop once it has disarmament alone; with snapback relief cannot come before. Relief that is given for
    disarmament before firms have invested is taken back where the armed state cannot arm again for that: if disarmament
    is fixed, firms come first.
    """
    first = [["west.invest", "west.relief"], ["west.invest", "armed.disarm"], ["armed.disarm", "west.relief"]]
    assert orders(RELIEF) == {
        ("west: not armed.disarm -> not west.relief",): (2, [], []),
        ("fixed armed.disarm",): (1, [], first),
    }


def test_hostages_are_freed_at_one_moment():
    """Whoever frees its own first is left with nothing: the other one stops."""
    assert orders(HOSTAGES) == {("fixed a.seize",): (1, [["a.free", "b.free"]], [])}


def test_the_orders_of_an_exchange_of_prisoners():
    """With the tie the border cannot open before the raids stop: it would close at once.

    Nobody may hold back its prisoners when it has all else. So the border comes last, after the raids and the releases
    in one of four orders: once A has done all of its own, B would open the border and keep its prisoners, and A would
    not raid for that, so that B has to release before. Or raids, then the border, then both releases at one moment.
    """
    assert orders(PRISONERS)["b: a.raid -> not b.border",] == (5, [], [["a.raid", "b.border"]])


def test_the_orders_of_arms_for_inspection():
    """No tie lets trade come before what it answers for; and the regime may not be the last to act.

    Five steps one by one make 120 orders. Trade after freezing and inspection: 40, of which 8 end with dismantling.
    After one of them: 60, of which 12 end with either of the other two. After none: 120, of which 72 end with a step of
    the regime.
    """
    found = orders(ARMS)
    assert [count for count, _, _ in found.values()] == [40 - 8, 60 - 24, 60 - 24, 120 - 72]
    assert [together for _, together, _ in found.values()] == [[], [], [], []]
    freeze, inspect = ["regime.freeze", "union.trade"], ["regime.inspect", "union.trade"]
    assert [before for _, _, before in found.values()] == [[freeze, inspect], [freeze], [inspect], []]


# ---- what is told, and how it is asked ----


def test_ties_are_told_with_what_to_write_into_the_file():
    found, _, _ = held(RELIEF)
    words = " ".join(found.words().split())
    assert (
        "The West ties itself in advance to this answer: “The West keeps its sanctions”, as soon as this is so: “The "
        "armed state keeps its arms”." in words
    )
    assert "From the signature on nobody can change this any more: “The armed state disarms”." in words
    assert "Then the deal that is told above would be kept. The West and The armed state have to sign." in words
    snippets = [
        "commitments: {tie-1: {party: west, when: not armed.disarm, then: [not west.relief]}}",
        "plans: {tied: {holds: west.relief and west.invest and armed.disarm, commitments: [tie-1]}}",
    ]
    assert f"Write into the file: {' '.join(snippets)} Try it: bestand deals FILE --plan tied" in words
    assert bestand.deals(bestand.loads(RELIEF + "\n".join(snippets)), plan="tied").ruling.kind == "deal"
    fixed = "plans: {tied: {holds: west.relief and west.invest and armed.disarm, fixed: [armed.disarm]}}"
    assert fixed in words
    assert bestand.deals(bestand.loads(RELIEF + fixed), plan="tied").ruling.kind == "deal"


def test_ties_as_data():
    found, _, _ = held(RELIEF)
    told = found.data()["kinds"]["ties"]
    assert (told["smallest"], told["searched"], told["untried"]) == ({"pseq": 1}, {"pseq": 1}, 0)
    snapback, fixed = told["settlements"]
    assert snapback["ties"] == [
        {"id": "tie-1", "party": "west", "when": "not armed.disarm", "then": ["not west.relief"]}
    ]
    assert (snapback["fixed"], fixed["ties"], fixed["fixed"]) == ([], [], ["armed.disarm"])
    assert snapback["verdict"]["kind"] == fixed["verdict"]["kind"] == "deal"


def test_ties_come_first_unless_told():
    model = bestand.loads(RELIEF)
    assert list(bestand.settle(model).data()["kinds"]) == ["ties", "offers", "options", "wishes", "rankings", "moves"]
    assert list(bestand.settle(model, kinds=["wishes", "ties"]).data()["kinds"]) == ["wishes", "ties"]


def test_there_is_nothing_to_tie_where_nobody_would_sign():
    text = RELIEF.replace("[west.relief, not armed.disarm]", "[not armed.disarm, west.relief]")
    found = bestand.settle(bestand.loads(text), kinds=["ties"])
    assert found.ruling.kind == "no-deal"
    assert "Not looked at: nobody would sign it as things are" in " ".join(found.words().split())


def test_ties_hold_deals_and_no_equilibria():
    model = bestand.loads(RELIEF)
    assert not {"ties", "options"} & set(bestand.settle(model, concepts=["nash"]).data()["kinds"])
    found = bestand.settle(model, concepts=["nash"], kinds=["ties", "options"])
    assert all(part.absent is not None for part in found.parts)


def test_only_those_who_may_change_tie_themselves():
    model = bestand.loads(RELIEF)
    west = bestand.settle(model, kinds=["ties"], parties=["west"]).parts[0]
    assert [written(each) for each in west.settlements] == [("west: not armed.disarm -> not west.relief",)]
    armed = bestand.settle(model, kinds=["ties"], parties=["armed"]).parts[0]
    assert [written(each) for each in armed.settlements] == [("fixed armed.disarm",)]


def test_a_plan_that_is_named_is_the_one_that_is_tied():
    """Two plans ask for the same: one is held already, the other is not."""
    text = RELIEF.replace(
        "plan: west.relief and west.invest and armed.disarm",
        """plans:
  word: west.relief and west.invest and armed.disarm
  held: {holds: west.relief and west.invest and armed.disarm, commitments: [snap]}
commitments: {snap: {party: west, when: not armed.disarm, then: [not west.relief]}}""",
    )
    model = bestand.loads(text)
    assert bestand.settle(model, plan="held").ruling.kind in HOLDS
    found, part, ties = held(text, plan="word")
    assert ties[0] == ("west: not armed.disarm -> not west.relief",)
    assert part.settlements[0].model.plan_named["word"].commitments == ("tie-1",)
    assert part.settlements[0].model.plan_named["held"].commitments == ("snap",)
    assert found.ruling.terms.id == "word"


def test_red_lines_that_a_tied_deal_crosses_are_named():
    text = RELIEF.replace("plan: west", "red_lines: {third: armed.disarm}\nplan: west")
    text = text.replace("  armed: {name", "  third: {name: A third state, options: {protest: }}\n  armed: {name")
    found, part, _ = held(text)
    assert all(each.after.crosses == ("third",) for each in part.settlements)
    assert "This crosses the red line of A third state." in " ".join(found.words().split())


def test_too_many_sets_are_not_tried_unless_told(monkeypatch):
    monkeypatch.setattr("bestand.questions.settle.ties.MOST_TRIED", 2**12 * 20)
    found, part, ties = held(ARMS)
    assert (ties, part.searched, part.untried > 20) == ([], {"pseq": 1}, True)
    words = " ".join(found.words().split())
    assert "No single tie of those looked at does it. Not tried, since they would take long:" in words
    assert "sets of 2 (--depth 2 tries them)." in words
    told = bestand.settle(bestand.loads(ARMS), kinds=["ties"], depth=2)
    assert told.parts[0].smallest == {"pseq": 2}


def test_a_limit_leaves_what_was_tried():
    """Sets of which there was no time to try all are not said to do nothing."""
    model, asked = bestand.loads(ARMS), 0

    class Patient(Watch):
        def step(self, steps=1):
            nonlocal asked
            asked += 1
            if asked > 3:
                self.limits = Limits(seconds=1e-9)
            super().step(steps)

    search = DealSearch(model, (), model.plan, (HEADLINE,), tuple(model.party), watch=Patient())
    (part,) = search.settle(("ties",)).parts
    assert "while tying down what would break a deal" in str(part.stopped)
    assert (part.smallest, part.searched) == ({"pseq": None}, {})
