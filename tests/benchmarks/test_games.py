"""The games that are measured on are what they claim to be."""

import numpy as np
import pytest

from benchmarks import games
from bestand.engine.cube import CubeEngine
from bestand.engine.spec import others

SHAPES = [(3, 3), (5, 3), (6, 3), (7, 4), (9, 4), (8, 5), (10, 6)]


def improvements(space, party, s):
    """Where a party can improve to, by going through its moves."""
    rank = space.ranks[party]
    return [t for t in space.targets(party, s) if rank[t] > rank[s]]


def assert_chain(chain):
    """Each step is an improvement of its mover, movers change, and nobody can skip ahead."""
    when = {int(s): t for t, s in enumerate(chain.path)}
    assert len(when) == len(chain.path)
    assert (np.diff(chain.movers) != 0).all()
    for t, s in enumerate(chain.path):
        for party in range(1, len(chain.space.moves)):
            ahead = [when[x] for x in improvements(chain.space, party, int(s)) if when.get(x, -1) > t]
            mine = t < len(chain.movers) and chain.movers[t] == party
            assert ahead == ([t + 1] if mine else []), f"step {t}, party {party}"


@pytest.mark.parametrize(("options", "parties"), SHAPES)
def test_a_snake_goes_through_everything_step_by_step(options, parties):
    chain = games.snake(options, parties)
    own = len(chain.space.model.parties[0].options)
    assert sorted(chain.path >> own) == list(range(1 << (options - own)))
    assert_chain(chain)


@pytest.mark.parametrize(("options", "parties"), SHAPES)
def test_a_staircase_is_as_long_as_its_parties_have_strategies_and_has_no_way_back(options, parties):
    chain = games.staircase(options, parties)
    a, b = (len(party.options) for party in chain.space.model.parties[1:3])
    assert len(chain.path) == 2 * min(1 << a, 1 << b) - 1
    assert_chain(chain)
    when = {int(s): t for t, s in enumerate(chain.path)}
    taking_turns = chain.space.moves[1].own | chain.space.moves[2].own  # the others stay as they are
    for s in range(chain.space.size):
        found = [x for party in (1, 2) for x in improvements(chain.space, party, s)]
        assert all(when[x & taking_turns] > when.get(s & taking_turns, -1) for x in found)
    assert not chain.space.ranks[3:].any()


@pytest.mark.parametrize("make", [games.snake, games.staircase])
@pytest.mark.parametrize(("options", "parties"), SHAPES)
def test_the_worst_is_at_the_end_and_everything_on_the_way_comes_to_it(make, options, parties):
    chain = make(options, parties)
    worst = chain.space.ranks[0][chain.path]
    assert (np.diff(worst) < 0).all()
    engine = CubeEngine(chain.space)
    risk = engine.over_states(engine.worst_credible_reply(others(engine, 0), engine.rank(0)))
    assert (risk[chain.path] == worst[-1]).all()


def test_random_orders_are_seeded_and_strict():
    space = games.strict(8, 3, seed=7)
    assert [sorted(row) for row in space.ranks.tolist()] == [list(range(256))] * 3
    assert (games.strict(8, 3, seed=7).ranks == space.ranks).all()
    assert (games.strict(8, 3, seed=8).ranks != space.ranks).any()


def test_ties_are_levels():
    assert np.unique(games.tied(10, levels=5).ranks).tolist() == [0, 1, 2, 3, 4]


def test_one_way_options_go_both_ways():
    moves = games.strict(8, 2, one_way=2).moves
    assert [(m.to_yes.bit_count(), m.to_no.bit_count()) for m in moves] == [(1, 1), (1, 1)]


@pytest.mark.slow
def test_sparse_games_have_forty_options_and_about_as_many_states_as_asked():
    space = games.sparse()
    assert len(space.model.options) == 40
    assert 100_000 <= space.size < 110_000
    blocks = np.unique(space.states & ~np.uint64(space.moves[0].own), return_counts=True)[1]
    assert len(np.unique(blocks)) > 3


def test_a_ranked_model_ranks_every_state_once():
    model = games.ranked_model(5, 2)
    assert [len(wish.groups) for wish in model.preferences.values()] == [32, 32]


@pytest.mark.parametrize(("options", "parties"), [(3, 3), (5, 3), (6, 3)])
def test_a_snake_of_three_parties_bites_its_tail(options, parties):
    chain = games.snake(options, parties)
    assert int(chain.path[0]) in improvements(chain.space, 1, int(chain.path[-1]))
