"""Every combination, against a plain loop over them."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings

import bestand
from bestand.checks.batch import claim_codes
from bestand.checks.claims import ask_claim
from bestand.engine.limits import Watch
from bestand.model.errors import CallError, ModelError, Stop
from bestand.model.message import message
from bestand.model.sentences import ApplyReading
from bestand.questions.vary.answer import VERDICTS
from bestand.questions.vary.summary import summary
from bestand.questions.vary.table import Table
from bestand.questions.vary.vary import job_of, varied
from bestand.questions.vary.worker import Worker
from bestand.solve.batches import Batches
from bestand.solve.solution import Solver
from bestand.solve.variants import Variants
from bestand.testing import models
from tests.examples import examples
from tests.questions.vary.helpers import CONCEPTS, OPEN, by_hand, model, naive


@pytest.fixture(scope="module")
def found():
    return varied(job_of(model()))


@pytest.fixture(scope="module")
def loop():
    return naive(model(), by_hand())


def table_of(job):
    worker = Worker(job)
    return Table(job, [worker.chunk(number) for number in range(job.chunks)])


def range_of(answer, concept):
    equilibria = answer.equilibria[concept]
    return equilibria.fewest, equilibria.median, equilibria.most


def test_there_are_as_many_combinations(found, loop):
    assert found.job.design.count == found.looked_at == len(loop) == 36
    assert (found.exact, found.complete, found.without_states) == (True, True, 0)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_each_state_is_an_equilibrium_as_often(found, loop, concept):
    masks, shares = found.states(concept)
    counted = {}
    for equilibria, _ in loop:
        for state in equilibria[concept]:
            counted[state] = counted.get(state, 0) + 1
    assert dict(zip(masks.tolist(), shares.tolist(), strict=True)) == {s: n / 36 for s, n in counted.items()}
    assert shares.tolist() == sorted(shares.tolist(), reverse=True)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_the_plan_is_among_them_as_often(found, loop, concept):
    deal = model().mask(["up.release", "down.pay"])
    so = [bool(equilibria[concept] and any(s & deal == deal for s in equilibria[concept])) for equilibria, _ in loop]
    assert found.formulas[0][concept].share.count == sum(so)
    parts = [np.mean([s & deal == deal for s in e[concept]]) for e, _ in loop if e[concept]]
    assert found.formulas[0][concept].part.share == pytest.approx(np.mean(parts))
    counts = [len(equilibria[concept]) for equilibria, _ in loop]
    assert range_of(found, concept) == (min(counts), np.median(counts), max(counts))


def test_each_claim_comes_to_each_verdict_as_often(found, loop):
    for claim in model().claims:
        shares = found.claim(claim.id)
        for verdict in VERDICTS:
            assert shares[verdict].count == sum(answers[claim.id].verdict == verdict for _, answers in loop), claim.id


def test_the_loop_tells_something(loop):
    """The comparison would say little about a model in which nothing ever changes."""
    assert len({frozenset(equilibria["seq"]) for equilibria, _ in loop}) >= 3
    assert len({answers["calm"].verdict for _, answers in loop}) > 1


@settings(max_examples=examples(20), deadline=None)
@given(models(max_options=5))
def test_claims_on_many_variants_are_answered_as_on_one(model):
    """Random models with random readings and claims of every form."""
    sets = [(), *((ApplyReading(reading.id),) for reading in model.readings)]
    variants = Variants([model] * len(sets), sets, Batches())
    for claim in model.claims:
        codes = claim_codes(variants, claim, CONCEPTS)
        for v, changes in enumerate(sets):
            try:
                answer = ask_claim(Solver(model, changes), claim).answer
            except (CallError, ModelError):
                continue
            said = dict.fromkeys(answer.holds, 1) | dict.fromkeys(answer.fails, 0) | dict.fromkeys(answer.unsaid, 2)
            assert {concept: int(code[v]) for concept, code in codes.items()} == said


def test_a_combination_without_states_is_counted_and_told():
    text = OPEN.replace("open:", "  shut: {change: 'never not attack, never attack'}\nopen:")
    found = varied(job_of(model(text)))
    assert (found.looked_at, found.without_states) == (72, 36)
    assert found.share("deal", "gmr").of == 36
    assert found.share("deal", "gmr").share == varied(job_of(model())).share("deal", "gmr").share


def test_chances_weigh_the_combinations():
    text = OPEN.replace("open:", "open:\n  - {reading: poor, chance: 0.9}\n  - {reading: proud, chance: 0}")
    even, weighed = varied(job_of(model())), varied(job_of(model(text)))
    assert weighed.job.design.count == 24  # proud is out, and none and meek go halves
    rich = job_of(model(OPEN.replace("  poor: {change: down 4 before down 1}\n", "")))
    poor = job_of(model(), readings=["poor"])
    for concept in CONCEPTS:
        parts = []
        for job in (rich, poor):
            kept = [k for k, answer in enumerate(job.design.questions[0].answers) if answer.words != "with proud"]
            assert len(kept) == 2
            parts.append((table_of(job).column(f"formula 0 {concept}") > 0).reshape(3, -1)[kept].mean())
        assert weighed.share("deal", concept).share == pytest.approx(0.1 * parts[0] + 0.9 * parts[1])
    assert (even.job.design.even, weighed.job.design.even) == (True, False)


@pytest.mark.parametrize("workers", [2])
def test_workers_change_nothing(found, workers):
    job = job_of(model(), samples=1500, seed=5)
    assert job.chunks > 3
    assert varied(job, workers=workers) == varied(job)


def test_orders_of_a_small_model_are_all_gone_through():
    wishes = "{a: {priorities: [x, not y, x iff y]}}"
    text = f"{{bestand: 1, title: T, parties: {{a: {{options: {{x: , y: }}}}}}, preferences: {wishes}}}"
    found = bestand.vary(bestand.loads(text), shuffle=True, formulas=["x"], concepts=["nash"])
    assert (found.count, found.looked_at, found.exact) == (6, 6, True)
    assert found.share("x", "nash").count == 4  # not where 'x iff y' and 'not y' come before x
    assert found.share("x", "nash").low is None


def test_influence_of_a_formula_by_brute_force(found, loop):
    """Exact first-order and total parts, from conditional variances written out."""
    deal = model().mask(["up.release", "down.pay"])
    for concept in CONCEPTS:
        y = np.array([any(s & deal == deal for s in e[concept]) for e, _ in loop], float).reshape(3, 2, 2, 3)
        told = {i.question: i for i in found.moved_by("deal", concept)}
        if not y.var():
            assert not told
            continue
        by_question = {q.words: j for j, q in enumerate(found.job.design.questions)}
        assert list(by_question) == [
            "which of proud and meek, if any",
            "poor",
            "the order of up 3 and up 4",
            "the place of down 3",
        ]
        for axis in range(4):
            rest = tuple(k for k in range(4) if k != axis)
            assert told[axis].alone == pytest.approx(y.mean(axis=rest).var() / y.var())
            assert told[axis].in_all == pytest.approx(y.var(axis=axis).mean() / y.var())


PAIR = """\
bestand: 1
title: A
parties:
  a: {options: {x: , y: }}
  b: {options: {z: }}
outcomes: {deal: a.x and b.z}
preferences:
  a: {priorities: [b.z, a.x, not a.y]}
  b: {priorities: [a.x, b.z]}
"""
RANKED = PAIR.replace("preferences:", "rules: [{never: a.x and a.y}]\npreferences:").replace(
    "b: {priorities: [a.x, b.z]}", 'b: {ranking: ["101", "100", "000", "001", "010", "011"]}'
)


@pytest.mark.parametrize("bans", ["", "forbidden_moves:\n  - {party: b, from: a.y, to: not a.y}\n"])
def test_a_ranking_that_leaves_out_states_voids_its_own_combination_only(bans):
    """Another analyst ranks the states that are feasible to him; here there are more."""
    mine, ranked = bestand.loads(PAIR + bans), bestand.loads(RANKED)
    assert mine.forbidden_moves or not bans
    for one, others in ((mine, {"other": ranked}), (mine, {"other": ranked, "third": mine})):
        found = varied(job_of(one, others=others))
        assert (found.looked_at, found.without_states) == (2, 1)
        solution = Solver(mine, ()).solve()
        assert range_of(found, "nash") == (len(solution.space.states[solution.equilibria("nash")]),) * 3


def test_a_reading_that_drops_the_rule_that_a_ranking_needs():
    one = bestand.loads(RANKED.replace("outcomes", "readings:\n  free: {change: rule 1 dropped}\noutcomes"))
    found = varied(job_of(one))
    assert (found.looked_at, found.without_states) == (2, 1)


def test_a_run_that_is_stopped_has_seen_a_random_part_of_all():
    """Its shares come with intervals, in which those of all combinations lie."""
    text = OPEN.replace("open:", "open:\n  - {held: down 4, chance: 0.3}\n  - {held: up 1, chance: 0.8}")
    job = job_of(model(text), claims=[], concepts=["nash", "seq"])
    assert sorted(job.order()) == list(range(job.design.count))
    whole = varied(job)
    assert whole.share("deal", "seq").low is None
    begun = 60
    small = dataclasses.replace(job, states=2**24 // begun)
    assert small.chunk_size == begun < job.design.count
    part = summary(small, [Worker(small).chunk(0)], Stop(message("stopped"), "seconds"), Watch(), 3)
    assert (part.looked_at, part.exact, part.complete) == (begun, False, False)
    for concept in job.concepts:
        true, seen = whole.share("deal", concept).share, part.share("deal", concept)
        assert seen.low <= true <= seen.high
        assert seen.low < seen.high
    assert any(part.share("deal", c).share != whole.share("deal", c).share for c in job.concepts)


def test_rows_are_those_of_the_design_in_whatever_order_they_are_looked_at():
    """Each row of the table against the one combination that it is about."""
    job = job_of(model())
    table = table_of(job)
    for k in (0, 1, 17, 35):
        base, changes = job.design.variant(job.design.combination(k))
        solution = Solver(base, changes).solve()
        assert table.column("equilibria seq")[k] == solution.equilibria("seq").sum()
