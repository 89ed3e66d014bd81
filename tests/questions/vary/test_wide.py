"""Models of more options than a listed state has bits: the same shares as where the states can be listed."""

import pytest

import bestand
from bestand.engine import choose
from bestand.engine.limits import Watch
from bestand.files import loads
from bestand.model.errors import CallError
from bestand.questions.vary import over_sets
from bestand.questions.vary.vary import job_of, varied
from tests.questions.vary.test_killed import text

ASKED = {"concepts": ["nash", "gmr", "seq"]}


@pytest.fixture(scope="module")
def answers():
    return {options: varied(job_of(loads(text(options)), **ASKED)) for options in (3, 64, 65, 130)}


@pytest.mark.parametrize("options", [64, 65, 130])
def test_options_that_follow_others_change_no_share(answers, options):
    few, many = answers[3], answers[options]
    assert many.count == few.count == 20
    for concept in ASKED["concepts"]:
        assert many.share("deal", concept).share == pytest.approx(few.share("deal", concept).share)
        moved = [
            [(each.question, round(each.in_all, 9)) for each in of.moved_by("deal", concept)] for of in (many, few)
        ]
        assert moved[0] == moved[1]
        (masks, shares), (wide, same) = few.states(concept), many.states(concept)
        there = {_spread(int(mask), options): share for mask, share in zip(masks, shares, strict=True)}
        assert dict(zip(map(int, wide), same, strict=True)) == pytest.approx(there)


def _spread(mask, options):
    """A state of three options as one of more: each party's follow its first one, but for the second of the first."""
    up = (options + 1) // 2
    every = {0: [0, *range(2, up)], 1: [1], 2: range(up, options)}
    return sum(1 << bit for k, bits in every.items() if mask >> k & 1 for bit in bits)


def test_what_follows_single_states_is_left_out_and_told():
    claimed = "plan: deal\nstatus_quo: []\nclaims: [{id: c, check: some equilibrium is deal}]\n"
    few, many = (loads(text(options) + claimed) for options in (3, 65))
    listed, wide = (varied(job_of(each, concepts=["nash"])) for each in (few, many))
    assert listed.plan is not None
    assert (wide.plan, wide.job.claims) == (None, ())
    words = "The verdict on the plan and the claims are left out"
    assert words in " ".join(str(wide).split())
    assert words not in " ".join(str(listed).split())
    with pytest.raises(CallError, match=r"models of up to 64 options; this one has 65: leave the claims out"):
        job_of(many, claims=["c"])


def test_equilibria_that_are_too_many_are_refused(monkeypatch):
    monkeypatch.setattr(over_sets, "MOST_EQUILIBRIA", 1)
    answer = varied(job_of(loads(text(65)), **ASKED))
    assert str(answer.stopped).endswith("equilibria in one combination; at most 1 are counted one by one")
    assert answer.looked_at == 0


def test_a_combination_without_a_state_counts_nowhere():
    never = "  none: {change: [never up.u0, always up.u0]}\n"
    answer = bestand.vary(loads(text(65).replace("readings:\n", "readings:\n" + never)), **ASKED)
    assert (answer.count, answer.without_states) == (40, 20)


def test_few_states_of_many_options_are_left_to_the_symbolic_engine():
    chosen = choose.choose(loads(text(65)), None, Watch())
    assert (chosen.engine.name, chosen.because.kind) == ("symbolic", "options")
    assert bestand.analyse(loads(text(65)), concepts=["nash"]).equilibria["nash"].count() > 0
