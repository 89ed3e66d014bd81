"""What sweeping the blocks and labelling the places have to agree on, and the shapes that random models seldom have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.engine import explicit
from bestand.engine.chains import chains, full_chains
from bestand.engine.choose import build
from bestand.engine.explicit import narrowed, settle
from bestand.engine.limits import Watch
from bestand.engine.moves import PartyMoves
from bestand.testing import feasible, graph_of, models
from tests.engine.helpers import differences, examples, expected, verdicts


@pytest.mark.parametrize("rounds", [0, 1])
def test_labelling_finds_what_the_definitions_say(monkeypatch, rounds):
    """Sweeps that stop early leave the rest to the labels."""
    monkeypatch.setattr(explicit, "ROUNDS", rounds)

    @examples(150)
    @given(models(prose=False, readings=False, min_options=3, forbidden_moves=False))
    def agree(model):
        right = expected(graph_of(model))
        states = [model.bits(mask) for mask in feasible(model)]
        for name in ("cube", "listed"):
            assert differences(verdicts(build(model, name)), right, states) == [], name

    agree()


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
