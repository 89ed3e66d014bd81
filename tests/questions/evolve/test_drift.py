"""Following moves from a state, against enumerations of legal sequences written from the definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bestand import load, loads
from bestand.engine.limits import Limits, Watch
from bestand.model.errors import LimitReached
from bestand.questions.evolve.drift import follow
from bestand.questions.evolve.moves import Listed, Unlisted
from bestand.questions.evolve.paths import ENOUGH, PathSearch
from bestand.reference import feasible, graph_of
from bestand.solve.by import KINDS
from bestand.solve.solution import Solution
from tests.first_reading import UKRAINE
from tests.solve.helpers import FEW, moves_of, small_models
from tests.solve.test_reach import NO_TWICE_IN_A_ROW


def sequences(steps, start, movers, length, wait=True):
    """Every legal sequence of so many moves, as a list of (mover, to): nobody who has to wait moves twice in a row."""
    found = [[]]
    for _ in range(length):
        found = [
            [*done, (j, t)]
            for done in found
            for j in movers
            if not done or not wait or done[-1][0] != j
            for t in steps[j][done[-1][1] if done else start]
        ]
    return found


@st.composite
def lively(draw, forbidden=True):
    """Models in which there is much to do: options for everybody, wishes about those of others, moves forbidden."""
    options = draw(st.sampled_from(["a.x a.y b.z b.w", "a.x a.y b.z c.w", "a.x b.y b.z b.w"])).split()
    literal = st.sampled_from([*options, *(f"not {option}" for option in options)])
    text = "bestand: 1\ntitle: T\nparties:\n"
    for party in dict.fromkeys(option[0] for option in options):
        own = ", ".join(f"{option[2:]}: " for option in options if option[0] == party)
        text += f"  {party}: {{options: {{{own}}}}}\n"
    text += "preferences:\n"
    for party in dict.fromkeys(option[0] for option in options):
        wishes = draw(st.lists(st.tuples(literal, st.sampled_from(["iff", "and", "or"]), literal), max_size=4))
        text += f"  {party}: {{priorities: [{', '.join(f'{a} {how} {b}' for a, how, b in wishes)}]}}\n"
    bars = draw(st.lists(st.tuples(*[literal] * 4), max_size=2)) if forbidden else []
    if bars:
        text += "forbidden_moves:\n"
    for a, b, c, d in bars:
        party = draw(st.sampled_from("ab"))
        text += f"  - {{party: {party}, from: {a} and {b}, to: {c} and {d}}}\n"
    return loads(text)


@st.composite
def questions(draw, max_options=4):
    """A model, its moves of some kind by brute force, who may move, and a start."""
    model = draw(lively() if draw(st.booleans()) else small_models(max_options))
    by = draw(st.sampled_from(KINDS))
    graph = graph_of(model)
    start = draw(st.integers(0, graph.size - 1))
    everybody = list(range(len(graph.moves)))
    movers = sorted(draw(st.sets(st.sampled_from(everybody), min_size=1))) if draw(st.booleans()) else everybody
    return model, by, tuple(movers), start


def followed(model, by, movers, start, horizon=None, listed=True):
    masks, solution = feasible(model), Solution(model)
    moving = Listed(solution.space, solution.purpose()) if listed else Unlisted(model)
    drift = follow(moving, masks[start], by, movers, horizon)
    place = {mask: at for at, mask in enumerate(masks)}
    return drift, [place[mask] for mask in drift.masks.tolist()]


@FEW
@given(questions(max_options=3), st.integers(1, 3))
def test_last_movers_are_those_of_all_legal_sequences(question, horizon):
    """V_i^(h) of the literature: the states that sequences of at most h moves end in with i as the last mover."""
    model, by, movers, start = question
    steps = moves_of(model, by)
    fewest = {}
    for length in range(1, horizon + 1):
        for sequence in sequences(steps, start, movers, length, by != "drift"):
            fewest.setdefault(sequence[-1], length)
    drift, place = followed(model, by, movers, start, horizon)
    found = {
        (j, place[at]): int(drift.moves[j, at])
        for j in range(len(drift.moves))
        for at in range(drift.size)
        if drift.moves[j, at] >= 0
    }
    assert found == fewest
    assert drift.longest <= horizon


@FEW
@given(questions())
def test_everything_is_reached_that_a_search_reaches(question):
    model, by, movers, start = question
    steps = moves_of(model, by)
    fewest, layer, length = {}, {(start, None)}, 0
    while layer:
        length += 1
        layer = {
            (t, j) for s, last in layer for j in movers if by == "drift" or j != last for t in steps[j][s]
        } - fewest.keys()
        fewest.update(dict.fromkeys(layer, length))
    drift, place = followed(model, by, movers, start)
    found = {
        (place[at], j): int(drift.moves[j, at]) for j in movers for at in range(drift.size) if drift.moves[j, at] >= 0
    }
    assert found == fewest
    assert place[0] == start
    assert drift.closed


@FEW
@given(questions())
def test_the_moves_kept_are_those_of_all_that_anybody_comes_to(question):
    """Ends and rounds are asked of moves whoever moved last, so everything that follows in that sense is there."""
    model, by, movers, start = question
    steps = moves_of(model, by)
    found, waiting = {start}, [start]
    while waiting:
        s = waiting.pop()
        for t in {t for j in movers for t in steps[j][s]} - found:
            found.add(t)
            waiting.append(t)
    drift, place = followed(model, by, movers, start)
    assert set(place) == found
    arcs = {
        (place[s], j, place[t])
        for s, j, t in zip(drift.graph.source, drift.graph.mover, drift.graph.target, strict=True)
    }
    assert arcs == {(s, j, t) for s in found for j in movers for t in steps[j][s]}
    assert len(arcs) == len(drift.graph.source)
    assert drift.rests.tolist() == [not any(steps[j][s] for j in movers) for s in place]
    if by == "drift" or (by != "purposeful" and not model.forbidden_moves):
        assert drift.beyond == 0


@FEW
@given(questions(), st.none() | st.integers(1, 3))
def test_states_without_a_list_are_followed_alike(question, horizon):
    assume(question[1] != "drift")  # which needs the list
    with_list = followed(*question, horizon)[0]
    without = followed(*question, horizon, listed=False)[0]
    assert with_list.masks.tolist() == without.masks.tolist()
    assert with_list.moves.tolist() == without.moves.tolist()
    assert with_list.rests.tolist() == without.rests.tolist()
    assert with_list.closed == without.closed
    for name in ("source", "target", "mover"):
        assert getattr(with_list.graph, name).tolist() == getattr(without.graph, name).tolist()


@FEW
@given(questions(max_options=3))
def test_the_shortest_paths_are_all_shortest_legal_sequences(question):
    model, by, movers, start = question
    graph = graph_of(model)
    steps = moves_of(model, by)
    drift, place = followed(model, by, movers, start)
    masks = feasible(model)
    search, one = PathSearch(drift, ENOUGH), PathSearch(drift, 1)
    for at in range(drift.size):
        found = search.paths(at)
        length = int(drift.distance[at])
        if length < 0:
            assert found is None
            continue
        if length > 4:
            continue
        wait = by != "drift"
        expected = [s for s in sequences(steps, start, movers, length, wait) if (s[-1][1] if s else start) == place[at]]
        told = [[(leg.party, masks.index(leg.state)) for leg in legs] for legs in found.shown]
        assert (found.moves, found.count) == (length, len(expected))
        assert sorted(told) == sorted(expected)
        losses = []
        for legs, path in zip(found.shown, told, strict=True):
            before = start
            for leg, (j, t) in zip(legs, path, strict=True):
                rank = graph.ranks[j]
                assert leg.gain == (rank[t] > rank[before]) - (rank[t] < rank[before])
                before = t
            losses.append((sum(leg.gain < 0 for leg in legs), -sum(leg.gain > 0 for leg in legs)))
        assert losses == sorted(losses)
        assert one.paths(at).shown == found.shown[:1]


@FEW
@given(questions(max_options=3), st.integers(1, 4))
def test_of_many_paths_the_first_are_looked_at(question, enough):
    """Paths have an order, which goes by their ends; those with the fewest losses come first of those looked at."""
    model, by, movers, start = question
    steps = moves_of(model, by)
    drift, place = followed(model, by, movers, start)
    masks = feasible(model)
    search = PathSearch(drift, 2)
    for at in range(drift.size):
        length = int(drift.distance[at])
        if not 0 < length <= 4:
            continue
        paths = [s for s in sequences(steps, start, movers, length, by != "drift") if s[-1][1] == place[at]]
        ends = {tuple(path): [(j, place.index(s)) for j, s in reversed(path)] for path in map(tuple, paths)}
        found = search.paths(at, enough)
        first = sorted(ends, key=lambda path: [n for j, s in ends[path] for n in (s, j)])[:enough]
        assert (found.count, found.counted) == (len(first), len(paths) <= enough)
        shown = [tuple((leg.party, masks.index(leg.state)) for leg in legs) for legs in found.shown]
        assert set(shown) <= set(first)
        if by != "any":
            assert shown == first[:2]


def test_a_shortest_path_has_nobody_move_twice_in_a_row():
    """Up cannot go to b at once. From none to b and c, two shortest paths are legal, and two more are just as short."""
    model = loads(
        "bestand: 1\ntitle: T\nparties:\n  up: {options: {a: , b: }}\n  down: {options: {c: , d: }}\n"
        "forbidden_moves:\n  - {party: up, from: not a and not b, to: b and not a}\n"
    )
    steps = moves_of(model, "any")
    drift, place = followed(model, "any", (0, 1), 0)
    at = drift.place(0b0110)
    expected = [s for s in sequences(steps, 0, (0, 1), 3) if s[-1][1] == place[at]]
    found = PathSearch(drift, 9).paths(at)
    assert (found.moves, found.count, len(expected)) == (3, 2, 2)
    assert sorted([(leg.party, leg.state) for leg in legs] for legs in found.shown) == sorted(expected)


def test_nobody_moves_twice_in_a_row_but_is_not_at_rest_either():
    """Up can get from a to b by a second move of its own. No legal sequence does that; yet up is not at rest in a."""
    model = loads(NO_TWICE_IN_A_ROW.replace("up.a and c", "up.b"))
    drift = follow(Listed(Solution(model).space), 0)
    told = {model.bits(int(mask)): int(away) for mask, away in zip(drift.masks, drift.distance, strict=True)}
    assert told == {"000": 0, "100": 1, "110": -1, "010": -1}
    assert drift.beyond == 2
    assert [model.bits(int(mask)) for mask in drift.masks[drift.rests]] == ["110"]


@pytest.mark.parametrize("by", ["improving", "purposeful", "best", "drift"])
def test_the_engines_reach_the_same_on_a_real_conflict(by):
    solution = Solution(load(UKRAINE))
    space, reach = solution.space, solution.reach(by)
    drift = follow(Listed(space, solution.purpose()), int(space.states[reach.start]), by)
    at = np.searchsorted(space.states, drift.masks)
    assert drift.size == int(reach.reached.sum())
    assert drift.distance.tolist() == reach.distance[at].tolist()
    assert drift.moves.tolist() == reach.moves[:, at].tolist()
    assert drift.rests.tolist() == solution.ends(by)[at].tolist()


def test_any_moves_lead_everywhere_but_back_over_a_one_way_option():
    model = load(UKRAINE)
    drift = follow(Listed(Solution(model).space), model.mask(model.status_quo), "any")
    assert (drift.size, drift.longest) == (49152, 4)  # each of four parties once


class Impatient(Watch):
    """Runs out of time after some looks at the clock."""

    def __init__(self, looks):
        super().__init__()
        self.looks = looks

    def check(self):
        self.looks -= 1
        if self.looks < 0:
            raise LimitReached("seconds", "stopped after a while")


class Full(Watch):
    """Finds the memory full at its first look."""

    def __init__(self):
        super().__init__(Limits(memory=2000))

    def taken(self):
        return 2**40


@pytest.mark.parametrize(
    ("watching", "told"),
    [
        (lambda: Watch(Limits(states=20)), "stopped at"),
        (lambda: Watch(Limits(memory=2000)), "would take"),
        (lambda: Full(), "are full"),
        (lambda: Impatient(0), "stopped after"),
        (lambda: Impatient(5), "stopped after"),
        (lambda: Impatient(12), "stopped after"),
        (lambda: Impatient(25), "stopped after"),
    ],
)
def test_a_limit_leaves_what_was_found_by_then(watching, told):
    """A watch begins with the work: what the process took before is not the work's."""
    watch = watching()
    model = load(UKRAINE)
    moving = Listed(Solution(model).space)
    start = model.mask(model.status_quo)
    whole, part = follow(moving, start), follow(moving, start, watch=watch)
    assert told in str(part.stopped)
    assert not part.closed
    assert part.size < whole.size
    for at, mask in enumerate(part.masks.tolist()):
        assert part.distance[at] == whole.distance[whole.place(mask)]
        assert not part.rests[at] or whole.rests[whole.place(mask)]
    seen = set(zip(*(part.masks[ids].tolist() for ids in (part.graph.source, part.graph.target)), strict=True))
    assert seen <= set(
        zip(*(whole.masks[ids].tolist() for ids in (whole.graph.source, whole.graph.target)), strict=True)
    )
