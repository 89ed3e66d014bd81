"""Seeded games to measure on: random ones of many kinds, and ranks built to be as bad as they can be.

A game is a `Space`: a model for the parties, options and rules, and the ranks as an array, since an explicit ranking of
a million states is no file.

The bad ones are about credible replies, which follow chains of improvements. A pass over the parties takes one step of
such a chain for each party, so what hurts is a long chain without a short cut:

- `snake`: a walk through *every* combination of the others' options, one improvement after another, with the worst
  state of party 0 at its end. From no state on it does any improvement lead further than one step ahead.
- `staircase`: the longest such chain that no improvements lead back from. Coming twice to the same block without a way
  back and without a short cut is impossible, so its length is bounded by the smaller of two parties' strategies.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.moves import party_moves
from bestand.engine.space import Space
from bestand.engine.states import Evaluator, States, feasible_states
from bestand.model.formula import And, Formula, Iff, Not, OptionAtom, Or
from bestand.model.model import Model
from bestand.model.values import (
    ChoiceRule,
    FormulaRule,
    FrozenMap,
    OneWay,
    Option,
    Party,
    Priorities,
    Ranking,
    Rule,
    Statement,
)

Ranks = NDArray[np.int32]
Path = NDArray[np.int64]


def cube_model(options: int, parties: int = 4, *, one_way: int = 0, rules: tuple[Rule, ...] = ()) -> Model:
    """Parties ``p0``, ``p1``, … that share out the options ``p0.o0``, … as evenly as can be, the first with most.

    Parameters
    ----------
    options, parties : int
    one_way : int
        How many options of each party change in one direction only: the first to yes, the second to no, and so on.
    rules : tuple of Rule
    """
    shares = [options // parties + (j < options % parties) for j in range(parties)]
    everyone = tuple(
        Party(f"p{j}", options=tuple(Option(f"p{j}.o{k}") for k in range(share))) for j, share in enumerate(shares)
    )
    ways = tuple(
        OneWay(option.id, "to-no" if k % 2 else "to-yes")
        for party in everyone
        for k, option in enumerate(party.options[:one_way])
    )
    return Model(f"{parties} parties, {options} options", everyone, rules=rules, one_way=ways)


def space(model: Model, ranks: Ranks, states: States | None = None) -> Space:
    """The space of a model with ranks of our own."""
    if states is None:
        states = np.arange(1 << len(model.options), dtype=np.uint64)
    evaluator = Evaluator(model, states)
    return Space(model, states, ranks, party_moves(model, evaluator), evaluator)


# ---- random ones ----


def strict(options: int, parties: int = 4, *, seed: int = 0, one_way: int = 0) -> Space:
    """Everything feasible, and every party ranks all states in a random order without ties."""
    return space(cube_model(options, parties, one_way=one_way), _orders(parties, 1 << options, seed))


def tied(options: int, parties: int = 4, *, levels: int = 16, seed: int = 0) -> Space:
    """Everything feasible, and every party knows so many levels only: most states are tied with many others."""
    ranks = np.random.default_rng(seed).integers(levels, size=(parties, 1 << options), dtype=np.int32)
    return space(cube_model(options, parties), ranks)


def sparse(*, seed: int = 0, wanted: int = 100_000) -> Space:
    """40 options of 4 parties with rules that leave about ``wanted`` of 2^40 combinations, in blocks of all sizes.

    Each party takes exactly one of its first five options and exactly one of its last five: 5^8 = 390,625 combinations.
    Rules that two options of different parties never go together are then added until few enough are left.
    """
    rng = np.random.default_rng(seed)
    model = cube_model(40, 4)
    ids = [option.id for option in model.options]
    rules: list[Rule] = [ChoiceRule("exactly_one", tuple(ids[k : k + 5])) for k in range(0, 40, 5)]
    states = feasible_states(cube_model(40, 4, rules=tuple(rules)))
    while True:
        a, b = (int(k) for k in rng.choice(40, 2, replace=False))
        both = np.uint64(1 << a | 1 << b)
        left = states[(states & both) != both]
        if len(left) < wanted:
            break
        if a // 10 != b // 10:
            rules.append(FormulaRule("never", And((OptionAtom(ids[a]), OptionAtom(ids[b])))))
            states = left
    return space(cube_model(40, 4, rules=tuple(rules)), _orders(4, len(states), seed + 1), states)


def ranked_model(options: int = 12, parties: int = 4, *, seed: int = 0) -> Model:
    """A random strict game as a model that a file could hold, with a ranking of every state by every party."""
    bits = [format(s, f"0{options}b")[::-1] for s in range(1 << options)]
    model = cube_model(options, parties)
    order = np.argsort(-_orders(parties, 1 << options, seed), axis=1)
    wishes = {
        party.id: Ranking(tuple((bits[s],) for s in row)) for party, row in zip(model.parties, order, strict=True)
    }
    return Model(model.title, model.parties, status_quo=frozenset(), preferences=FrozenMap(wishes))


def priority_model(options: int, parties: int = 4, *, statements: int = 6, seed: int = 0) -> Model:
    """Parties that want random things first, second and so on: literals, and pairs of them put together."""
    rng = np.random.default_rng(seed)
    model = cube_model(options, parties)

    def literal() -> Formula:
        atom = OptionAtom(model.options[rng.integers(options)].id)
        return Not(atom) if rng.integers(2) else atom

    def statement() -> Statement:
        a, b = literal(), literal()
        return Statement((a, And((a, b)), Or((a, b)), Iff(a, b))[rng.integers(4)])

    wishes = {party.id: Priorities(tuple(statement() for _ in range(statements))) for party in model.parties}
    return Model(model.title, model.parties, status_quo=frozenset(), preferences=FrozenMap(wishes))


def _orders(parties: int, size: int, seed: int) -> Ranks:
    """(P, S): random orders, made in place so that making a game takes no more memory than the game."""
    rng = np.random.default_rng(seed)
    ranks = np.empty((parties, size), np.int32)
    for row in ranks:
        row[:] = np.arange(size, dtype=np.int32)
        rng.shuffle(row)
    return ranks


# ---- the worst ----


@dataclass(frozen=True)
class Chain:
    """A game with a chain of improvements through it, against party 0.

    Parameters
    ----------
    space : Space
    path : (L,) int64
        The states of the chain in order, as masks in which all options of party 0 are no. The same chain runs at each
        of its strategies.
    movers : (L - 1,) int64
        Who makes each step.
    """

    space: Space
    path: Path
    movers: NDArray[np.int64]


def snake(options: int, parties: int = 4) -> Chain:
    """Improvements lead through every combination of the others' options, one by one, to what party 0 likes least.

    Notes
    -----
    In each block of a mover, the two states between which it moves stand side by side in its order, and whatever comes
    later on the path stands below whatever came earlier. So a mover improves by the next step or by going back, never
    by skipping a step. Needs three parties with options. With exactly three the walk is closed: a cycle through
    everything.
    """
    model = cube_model(options, parties)
    path, movers = _walk(model)
    length = len(path)
    at = np.empty(length, np.int64)  # when the path comes to a combination of the others' options
    own = len(model.parties[0].options)
    at[path >> own] = np.arange(length)
    states = np.arange(1 << options, dtype=np.int64)
    time = at[states >> own]
    ranks = np.empty((parties, len(states)), np.int32)
    ranks[0] = ((length - 1 - time) << own) + (states & (1 << own) - 1)
    for j in range(1, parties):
        place = -np.arange(length)
        steps = np.flatnonzero(movers == j)
        place[steps], place[steps + 1] = place[steps + 1], place[steps].copy()
        ranks[j] = place[time]
    return Chain(space(model, ranks), path, movers)


def staircase(options: int, parties: int = 4) -> Chain:
    """Parties 1 and 2 improve in turn, each step to a strategy of theirs that is new, until one has none left.

    Notes
    -----
    Everything off the path improves to the path at once and is never come back to. Party 0 likes each step less than
    the one before; the others, if any, are indifferent.
    """
    model = cube_model(options, parties)
    own, a, b = (len(party.options) for party in model.parties[:3])
    steps = np.arange(2 * min(1 << a, 1 << b) - 1)
    row, column = steps // 2, (steps + 1) // 2
    path = row << own | column << own + a
    movers = np.where(steps[:-1] % 2, 1, 2)
    states = np.arange(1 << options, dtype=np.int64)
    rows, columns = states >> own & (1 << a) - 1, states >> own + a & (1 << b) - 1
    ranks = np.zeros((parties, len(states)), np.int32)
    ranks[1] = 2 * (rows == columns) + (rows + 1 == columns)
    ranks[2] = 2 * (rows + 1 == columns) + (rows == columns)
    time = np.where(rows == columns, 2 * rows, np.where(rows + 1 == columns, 2 * rows + 1, -1))
    ranks[0] = ((len(path) - 1 - time) << own) + (states & (1 << own) - 1)
    return Chain(space(model, ranks), path, movers)


def _walk(model: Model) -> tuple[Path, NDArray[np.int64]]:
    """Every combination of the options of all but party 0, each once, no party moving twice in a row; and who moves.

    Parties 1 and 2 tour their own strategies, moving in turn; the tour is closed. Then one of the others changes one
    option, in the order of a Gray code, and the tour goes on from where it stands.
    """
    own, a, b, *more = (len(party.options) for party in model.parties)
    if not a or not b:
        raise ValueError("a snake needs three parties with options: one that is moved against, and two that take turns")
    k = np.arange(1 << (a + b - 1))
    wide = 1 << b
    column = k % wide
    row = 2 * (k // wide) + column % 2
    tour = np.empty(2 * len(k), np.int64)  # party 2 makes the steps from even places, party 1 those from odd ones
    tour[0::2] = row | column << a
    tour[1::2] = row | (column + 1) % wide << a
    length = len(tour)
    layers = np.arange(1 << sum(more))
    gray = layers ^ layers >> 1
    place = (np.arange(length) - layers[:, None]) % length
    path = (tour[place] | gray[:, None] << (a + b)) << own
    movers = np.where(place % 2, 1, 2)
    owner = np.repeat(np.arange(3, len(model.parties)), more)
    changed = (layers[1:] & -layers[1:]).astype(float)
    movers[:-1, -1] = owner[np.log2(changed).astype(int)] if len(owner) else 0
    return path.ravel(), movers.ravel()[:-1]
