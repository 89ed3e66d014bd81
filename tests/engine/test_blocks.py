"""What sweeping the blocks and labelling the places have to agree on, and the shapes that random models seldom have."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.games import snake, staircase
from bestand.engine import explicit, fast
from bestand.engine.chains import chains, full_chains, improving
from bestand.engine.choose import build
from bestand.engine.cube import CubeEngine
from bestand.engine.explicit import narrowed, settle
from bestand.engine.limits import Watch
from bestand.engine.listed import ListedEngine
from bestand.engine.moves import PartyMoves
from bestand.engine.spec import others
from bestand.reference import feasible
from bestand.testing import models
from tests.engine.helpers import differences, examples, expected, verdicts


def without_numba(monkeypatch):
    """As if numba were not installed."""
    monkeypatch.setitem(sys.modules, "numba", None)
    fast._compiled.cache_clear()


def with_numba(monkeypatch):
    """Whatever can be compiled is, however small the model."""
    pytest.importorskip("numba")
    fast._compiled.cache_clear()
    monkeypatch.setattr(fast, "WORTH_SWEEPING", 0)
    monkeypatch.setattr(fast, "WORTH_LABELLING", 0)


@pytest.fixture(autouse=True)
def _forget_what_was_compiled():
    yield
    fast._compiled.cache_clear()


@pytest.mark.parametrize("rounds", [0, 1, 8])
@pytest.mark.parametrize("numba", [without_numba, with_numba])
def test_sweeps_and_labels_find_what_the_definitions_say(monkeypatch, rounds, numba):
    """Compiled or not. Sweeps that stop early leave the rest to the labels."""
    numba(monkeypatch)
    monkeypatch.setattr(explicit, "ROUNDS", rounds)

    @examples(100)
    @given(models(prose=False, readings=False, min_options=3, forbidden_moves=False))
    def agree(model):
        right = expected(model)
        states = [model.bits(mask) for mask in feasible(model)]
        for name in ("cube", "listed"):
            assert differences(verdicts(build(model, name)), right, states) == [], name

    agree()


def test_nothing_is_compiled_for_a_small_model_or_without_numba(monkeypatch):
    def loop():
        raise AssertionError

    assert fast.compiled(loop, 99, worth=100) is None
    without_numba(monkeypatch)
    assert fast.compiled(loop, 100, worth=100) is None


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32])
@examples(60)
@given(st.data())
def test_compiled_sweeps_do_what_the_arrays_do(kind, data):
    """With ties and one-way options, on numbers of several widths and among them the largest there are."""
    pytest.importorskip("numba")
    states = np.array(data.draw(st.lists(st.integers(0, 63), min_size=1, unique=True).map(sorted)), np.uint64)
    many = st.lists(st.integers(0, 9), min_size=len(states), max_size=len(states))
    rank = np.array(data.draw(many), np.int32)
    top = np.iinfo(kind).max
    f = np.array([top if n == 9 else n for n in data.draw(many)], kind)
    moves = PartyMoves(0b11100, *data.draw(st.sampled_from([(0, 0), (4, 0), (0, 8), (4, 16)])), ())
    loop = fast.compiled(improving, 1, worth=0)
    for chain in chains(states, rank, moves):
        by_arrays, by_loop = f.copy(), f.astype(np.int32)
        assert chain.improve(by_arrays) == chain.improve(by_loop, loop)
        assert by_arrays.tolist() == by_loop.tolist()


@pytest.mark.parametrize("numba", [without_numba, with_numba])
@pytest.mark.parametrize("make", [snake, staircase])
@pytest.mark.parametrize("parties", [3, 4])
def test_long_chains_of_improvements_are_followed_to_their_end(monkeypatch, numba, make, parties):
    """Everywhere on the chain the reply is its end, or from where nothing leads back what lies ahead."""
    numba(monkeypatch)
    chain = make(9, parties)
    right = _least_ahead(chain.space, (1, 2, *range(3, parties)), chain.space.ranks[0].tolist())
    for kind in (CubeEngine, ListedEngine):
        engine = kind(chain.space)
        found = engine.worst_credible_reply(tuple(range(1, parties)), engine.rank(0))
        assert engine.over_states(found).tolist() == right, engine.name


def _least_ahead(space, H, f):
    """The least f at the ends of all walks of improvements, found by walking back from the least on."""
    came = {s: [] for s in range(space.size)}
    for j in H:
        rank = space.ranks[j]
        for s in range(space.size):
            for t in space.targets(j, s):
                if rank[t] > rank[s]:
                    came[t].append(s)
    least = [None] * space.size
    for start in sorted(range(space.size), key=lambda s: f[s]):
        waiting = [start]
        while waiting:
            s = waiting.pop()
            if least[s] is None:
                least[s] = f[start]
                waiting += came[s]
    return least


def test_a_party_that_nobody_disturbs_acts_once():
    acted = []
    assert settle((0, 1, 2), lambda j: bool(acted.append(j)), Watch())
    assert acted == [0, 1, 2]


def test_a_party_acts_again_when_another_has_changed_something():
    acted = []
    assert settle((0, 1), lambda j: acted.append(j) or len(acted) == 2, Watch())
    assert acted == [0, 1, 0]


def test_what_does_not_settle_in_so_many_rounds_is_said():
    assert not settle((0, 1), lambda j: True, Watch(), rounds=3)


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [
        (0, 127, np.int8),
        (-128, 0, np.int8),
        (0, 128, np.int16),
        (-32768, 32767, np.int16),
        (-32769, 0, np.int32),
        (0, 2**31 - 1, np.int32),
        (0, 2**31, np.int64),
    ],
)
def test_ranks_take_the_smallest_type_that_holds_them(low, high, kind):
    values = np.array([low, high])
    assert narrowed(values).dtype == kind
    assert narrowed(values).tolist() == [low, high]


@examples(60)
@given(st.data())
def test_blocks_sorted_along_an_axis_are_those_sorted_one_by_one(data):
    first, own, above = (data.draw(st.integers(0, 3)) for _ in range(3))
    size = 1 << (first + own + above)
    rank = np.array(data.draw(st.lists(st.integers(0, 5), min_size=size, max_size=size)), np.int32)
    f = np.array(data.draw(st.lists(st.integers(-3, 9), min_size=size, max_size=size)), np.int16)
    moves = PartyMoves((1 << own) - 1 << first, 0, 0, ())
    found = []
    for made in (full_chains(rank, first, first + own), chains(np.arange(size, dtype=np.uint64), rank, moves)):
        lowest, better = f.copy(), f.copy()
        for chain in made:
            chain.lower(lowest)
            chain.improve(better)
        found.append((lowest.tolist(), better.tolist()))
    assert found[0] == found[1]


@pytest.mark.parametrize("kind", [CubeEngine, ListedEngine])
def test_room_is_used_again_only_when_nobody_looks_at_it(kind):
    engine = kind(staircase(6, 3).space)
    f, g = engine.from_states(np.arange(64)), engine.from_states(np.arange(64)[::-1].copy())
    low = engine.over_states(engine.lower(f, g))
    seen, right = low[::2], low[::2].tolist()
    del low
    engine.lower(f, f + 1)
    engine.lower(f, f + 1)
    assert seen.tolist() == right
    first = engine.at_most(f, g)
    assert engine.at_most(g, f) is not first
    assert (engine.over_states(first) != engine.over_states(engine.at_most(g, f)))[np.arange(64) != 31.5].all()


@given(st.data(), models(min_options=3, forbidden_moves=False, prose=False, readings=False))
def test_the_lower_of_two_may_be_left_undone_until_it_is_needed(data, model):
    """Whatever is asked of the lower of a value and a reply, the cube says what the listed engine says."""
    told = []
    for name in ("cube", "listed"):
        engine = build(model, name)
        count, size = len(engine.parties), engine.space.size
        if not told:
            f, g = (
                np.array(data.draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)), np.int8) for _ in "fg"
            )
        here, there = engine.from_states(f), engine.from_states(g)
        found = []
        for i in range(count):
            low = engine.lower(here, engine.worst_reply(others(engine, i), there))
            found += [low, engine.lower(low, there), engine.lower(there, low), engine.lower(low, low)]
            found += [engine.at_most(low, there), engine.at_most(there, low)]
            for j in range(count):
                found += [engine.best(j, low), engine.least_origin(j, low)]
                found += [engine.worst_reply((j,), low), engine.worst_credible_reply(others(engine, j), low)]
        told.append([engine.over_states(value).tolist() for value in found])
    assert told[0] == told[1]
