"""The twelve claims about Ukraine, worked out again by brute force on the second writing of the case.

Each is put in its own words here, not by the language of checks: a truth value for each concept, or one for all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import bestand
from bestand.checks.claims import ClaimResult, ask_claim
from bestand.checks.ruling import Answer
from bestand.solve.solution import Solver
from tests import first_reading
from tests.solve.flagship import CEASEFIRE, EUROPE_FALLS, IS, THREE_ZONES, Flagship, Truth, Wishes, endings_of
from tests.solve.helpers import CONCEPTS

UKRAINE = bestand.load(first_reading.UKRAINE)
CLAIMS = {claim.id: claim for claim in UKRAINE.claims}
BY = ("improving", "best")

Edit = Callable[[Wishes], object]


@cache
def asked(claim: str) -> ClaimResult:
    return ask_claim(_solver(), CLAIMS[claim])


@cache
def _solver() -> Solver:
    return Solver(UKRAINE)


def put(party: str, number: int, wish: Truth) -> Edit:
    """An edit that puts another wish in the place of one."""
    return lambda wanted: wanted[party].__setitem__(number - 1, wish)


def raised(party: str, number: int, above: int) -> Edit:
    """An edit that moves a wish to just before a more important one."""
    return lambda wanted: wanted[party].insert(above - 1, wanted[party].pop(number - 1))


def dropped(party: str, number: int) -> Edit:
    return lambda wanted: wanted[party].pop(number - 1)


def both(*edits: Edit) -> Edit:
    return lambda wanted: [edit(wanted) for edit in edits]


EDITS: dict[str, Edit] = {
    "usa-never": put("usa", 4, ~IS["usa.secondary_tariffs"]),
    "usa-firm": put("usa", 4, IS["usa.secondary_tariffs"] == ~CEASEFIRE),
    "usa-burden": put("usa", 3, IS["usa.reduce_presence"] == ~(IS["europe.force"] & IS["europe.fund_arms"])),
    "russia-tariffs-hurt": raised("russia", 4, 2),
    "russia-order": put(
        "russia", 2, (IS["ukraine.cede"] | (IS["europe.direct_talks"] & IS["usa.reduce_presence"])) == CEASEFIRE
    ),
    "russia-order-2": put(
        "russia", 2, (IS["ukraine.cede"] | (IS["ukraine.no_nato"] & IS["europe.direct_talks"])) == CEASEFIRE
    ),
    "zones-weigh": raised("russia", 6, 2),
}


@cache
def case(*readings: str, **held: bool) -> Flagship:
    """The case under some readings, with options held (``usa__walk_away=False``)."""
    edit = both(*(EDITS[reading] for reading in readings))
    return Flagship({name.replace("__", "."): value for name, value in held.items()}, edit)


def told(answer: Answer) -> dict[str, bool]:
    """What an answer says by concept; under "" where the concept does not matter."""
    assert not answer.unsaid
    return {**dict.fromkeys(answer.holds, True), **dict.fromkeys(answer.fails, False)}


def every(among: Truth, so: Truth) -> bool:
    assert among.any()
    return not (among & ~so).any()


def rests(world: Flagship, kind: str = "improving") -> Truth:
    return world.resting & world.reached(kind)


def onward(world: Flagship, party: str, at: int) -> list[int]:
    """Where a party improves to from one state."""
    return [to for sources, targets in world.moves(party, "improving") for to in targets[sources == at].tolist()]


def answers(claim: str) -> list[tuple[str, Answer]]:
    """The answer by improvements and that by best moves."""
    result = asked(claim)
    return list(zip(BY, (result.answer, result.by_best_moves), strict=True))


def variants(claim: str) -> dict[tuple[str, ...], dict[str, bool]]:
    return {variant.readings: told(variant.answer) for variant in asked(claim).across}


# ---- the claims ----


def test_every_claim_is_tested():
    tested = {
        name.removeprefix("test_claim_").replace("_", "-") for name in globals() if name.startswith("test_claim_")
    }
    assert tested == set(CLAIMS)


def test_claim_stalled():
    for kind, answer in answers("stalled"):
        closer = [(case(**held).reached(kind) & CEASEFIRE).any() for held in ({}, {"usa__walk_away": False})]
        assert told(answer) == {"": not any(closer)}


def test_claim_washington_leaves():
    gone = IS["usa.walk_away"]
    for kind, answer in answers("washington-leaves"):
        expected = {
            concept: every(rests(case(), kind) & ~CEASEFIRE, gone)
            and every(case().equilibria(concept) & ~CEASEFIRE, gone)
            for concept in CONCEPTS
        }
        assert told(answer) == expected
    freed = Flagship(edit=dropped("usa", 2))
    stays = every(rests(freed) & ~CEASEFIRE, gone)
    expected = {concept: stays and every(freed.equilibria(concept) & ~CEASEFIRE, gone) for concept in CONCEPTS}
    assert told(asked("washington-leaves").without_premise) == expected


def test_claim_moscow_waits():
    rank, today = case().ranks["russia"], case().today
    for kind, answer in answers("moscow-waits"):
        patient = bool(case().stable("nash")["russia"][today])
        assert told(answer) == {"nash": patient and every(rests(case(), kind), rank >= rank[today])}


def test_claim_price_works():
    for kind, answer in answers("price-works"):
        assert told(answer) == {"": every(rests(case(ukraine__cede=True), kind), CEASEFIRE)}


def test_claim_provinces():
    among = case().feasible & case().stable("nash")["russia"] & CEASEFIRE
    loses = [every(among, case().ranks[who] <= case().ranks[who][case().today]) for who in ("ukraine", "europe")]
    assert told(asked("provinces").answer) == {"nash": every(among, IS["ukraine.cede"]) and all(loses)}


def ceasefires(taurus: bool, concept: str) -> int:
    return int((case(europe__taurus=taurus).equilibria(concept) & CEASEFIRE).sum())


def test_claim_taurus_not_decisive():
    expected = {concept: (ceasefires(True, concept) > 0) == (ceasefires(False, concept) > 0) for concept in CONCEPTS}
    assert told(asked("taurus-not-decisive").answer) == expected


def test_claim_taurus_endangers():
    result = asked("taurus-endangers").answer
    assert told(result) == {concept: ceasefires(True, concept) < ceasefires(False, concept) for concept in CONCEPTS}
    for concept, finding in result.checks[0].findings.items():
        assert [found for found, _ in finding.counts] == [ceasefires(True, concept), ceasefires(False, concept)]


def test_claim_pressure_decides():
    result = asked("pressure-decides")
    combinations = [
        tuple(reading for reading in (usa, russia) if reading)
        for usa in ("usa-never", "", "usa-firm")
        for russia in ("", "russia-tariffs-hurt")
    ]
    assert [variant.readings for variant in result.across] == combinations
    for variant in result.across:
        shown = {shown.concept: shown for shown in variant.shown}
        for concept in CONCEPTS:
            found = case(*variant.readings).equilibria(concept) & CEASEFIRE & ~IS["ukraine.cede"]
            assert told(variant.answer)[concept] == found.any() == (concept in shown)
            if found.any():
                assert shown[concept].found == found.sum()
                ((_, tariffs),) = shown[concept].true_in
                assert tariffs == (found & IS["usa.secondary_tariffs"]).sum()
                assert found[shown[concept].example.mask]


def test_whose_answers_hold_russia_to_a_ceasefire():
    """Those named can undo each gain of Russia's by themselves: without the others it is held as well."""
    for variant in asked("pressure-decides").across:
        world = case(*variant.readings)
        rank = world.ranks["russia"]
        for shown in variant.shown:
            at, kind = shown.example.mask, "improving" if shown.concept in ("seq", "sseq") else "any"
            value = world.summit("russia") if shown.concept in ("smr", "sseq") else rank
            worst = endings_of(world, value, kind, list(shown.answered_by))
            gains = onward(world, "russia", at)
            assert gains
            assert all(worst[gain] <= rank[at] for gain in gains)
            if shown.loose:
                best = endings_of(world, value, "best", ["usa", "ukraine", "europe"])
                assert any(best[gain] > rank[at] for gain in gains)


def zones(world: Flagship, concept: str) -> bool:
    """Whether more of the ceasefires are stable for Russia with the three zones than without."""
    truce = world.feasible & CEASEFIRE & ~IS["ukraine.cede"]
    stable = world.stable(concept)["russia"]
    return (truce & THREE_ZONES & stable).sum() * (truce & ~THREE_ZONES).sum() > (
        truce & ~THREE_ZONES & stable
    ).sum() * (truce & THREE_ZONES).sum()


def test_claim_three_zones_deter():
    result = asked("three-zones-deter")
    assert told(result.answer) == {concept: zones(case(), concept) for concept in CONCEPTS}
    weigh = {concept: zones(case("zones-weigh"), concept) for concept in CONCEPTS}
    assert variants("three-zones-deter") == {(): told(result.answer), ("zones-weigh",): weigh}
    freed = Flagship(edit=dropped("russia", 6))
    assert told(result.without_premise) == {concept: zones(freed, concept) for concept in CONCEPTS}


def stays(world: Flagship, concept: str, kind: str = "improving") -> bool:
    return bool((world.equilibria(concept) & world.reached(kind) & ~IS["usa.reduce_presence"]).any())


def test_claim_burden_buys_presence():
    for kind, answer in answers("burden-buys-presence"):
        assert told(answer) == {concept: stays(case(), concept, kind) for concept in CONCEPTS}
    expected = {names: {c: stays(case(*names), c) for c in CONCEPTS} for names in ((), ("usa-burden",))}
    assert variants("burden-buys-presence") == expected


def test_claim_europe_needs_washington():
    alone = IS["europe.taurus"] & IS["usa.walk_away"]
    result = asked("europe-needs-washington")
    assert told(result.answer) == {c: every(case().equilibria(c), ~alone) for c in CONCEPTS}
    freed = Flagship(edit=dropped("europe", 7))
    assert told(result.without_premise) == {c: every(freed.equilibria(c), ~alone) for c in CONCEPTS}


def falls(*readings: str, kind: str = "improving") -> bool:
    escalating = case(*readings, europe__taurus=True, europe__fund_arms=True, europe__direct_talks=False)
    talking = case(*readings, europe__direct_talks=True)
    return every(rests(escalating, kind), EUROPE_FALLS) and bool((rests(talking, kind) & ~EUROPE_FALLS).any())


def test_claim_europe_falls():
    for kind, answer in answers("europe-falls"):
        assert told(answer) == {"": falls(kind=kind)}
    expected = {names: {"": falls(*names)} for names in ((), ("russia-order",), ("russia-order-2",))}
    assert variants("europe-falls") == expected


def test_examples_show_what_they_should():
    """An example of "every" breaks the sentence, one of "some" and "no" meets it; and each path begins today."""
    (every_, *_), (no, *_) = asked("washington-leaves").answer.checks[1:], asked("moscow-waits").answer.checks[1:]
    for concept, finding in every_.findings.items():
        if finding.example is not None:
            mask = finding.example.mask
            assert case().equilibria(concept)[mask]
            assert not CEASEFIRE[mask]
            assert not IS["usa.walk_away"][mask]
    example = no.findings[""].example
    rank = case().ranks["russia"]
    assert rests(case())[example.mask]
    assert rank[example.mask] < rank[case().today]
    at = case().today
    for party, to in example.path:
        assert to in onward(case(), party, at)
        at = to
    assert at == example.mask
