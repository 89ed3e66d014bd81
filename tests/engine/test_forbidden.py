"""Forbidden moves on whole arrays: which states they bar from which, and when it matters who moved last."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.engine import moves
from bestand.engine.arcs import count_moves
from bestand.engine.choose import build, choose
from bestand.engine.moves import PartyMoves
from bestand.engine.space import space_of
from bestand.engine.spread import spread_of
from bestand.files import loads
from bestand.model.errors import CallError, TooManyStates
from bestand.reference import graph_of
from bestand.stability import registry
from bestand.testing import models
from tests.engine.helpers import examples, verdicts

LISTING = ("cube", "listed")


@st.composite
def forbidding(draw, **flags):
    """A random model in which some single moves are forbidden."""
    return draw(models(min_options=2, prose=False, readings=False, **flags).filter(lambda model: model.forbidden_moves))


def large(parties, options, *bans, ways=""):
    """So many parties with so many options, each wishing something of the next."""
    ids = [f"p{n}" for n in range(parties)]
    lines = ["bestand: 1", "title: Large", "parties:"]
    lines += [f"  {p}: {{options: {{{', '.join(f'o{k}: ' for k in range(options))}}}}}" for p in ids]
    lines += [f"forbidden_moves: [{', '.join(bans)}]", f"one_way: {{{ways}}}", "preferences:"]
    for n, p in enumerate(ids):
        q = ids[(n + 1) % parties]
        last = options - 1
        lines.append(f"  {p}: {{priorities: [{q}.o0 implies {p}.o0, not {q}.o{last}, {p}.o{last} iff {q}.o0]}}")
    return loads("\n".join(lines))


HARD = "{party: p0, from: p0.o0, to: not p0.o0 and p0.o1}"  # in two moves it can be done


@examples(150)
@given(forbidding())
def test_a_party_moves_on_whole_arrays_as_it_does_from_state_to_state(model):
    space = space_of(model)
    everywhere = np.arange(space.size)
    for i, party in enumerate(space.moves):
        for sets, forward in ((party.bans, True), (party.bans_back, False)):
            assert sum((sources.astype(int) for sources, _ in sets), np.zeros(space.size, int)).max() <= 1
            for s in everywhere.tolist():
                found = party.targets(space.states, s) if forward else party.origins(space.states, s)
                free = PartyMoves(party.own, party.to_yes, party.to_no, ())
                may = free.targets(space.states, s) if forward else free.origins(space.states, s)
                open_ = next((open_ for sources, open_ in sets if sources[s]), np.ones(space.size, bool))
                assert found.tolist() == may[open_[may]].tolist(), (i, s, forward)


@examples(150)
@given(forbidding())
def test_moves_are_transitive_or_not(model):
    for name in LISTING:
        engine = build(model, name)
        for j, of_party in enumerate(graph_of(model).moves):
            right = all(
                u in of_party[s] or u == s for s, near in enumerate(of_party) for t in near for u in of_party[t]
            )
            assert engine._is_transitive(j) == right, (name, j)


@examples(100)
@given(st.data(), forbidding(min_parties=2))
def test_what_the_others_make_of_a_move_is_the_same_along_arcs(data, model):
    arcs = build(model, "arcs")
    i = data.draw(st.integers(0, len(model.parties) - 1))
    start = data.draw(st.integers(0, arcs.space.size - 1))
    for kind in (None, "any", "credible", "best", "purposeful"):
        right, movers = spread_of(arcs, arcs.watch).last(i, start, kind)
        for name in LISTING:
            found, last = spread_of(build(model, name), arcs.watch).last(i, start, kind)
            assert (found.tolist(), last) == (right.tolist(), movers), (name, kind)


@pytest.mark.parametrize(
    "model",
    [
        large(2, 4, HARD),
        large(3, 3, HARD, "{party: p0, from: p1.o0, to: p0.o1}", "{party: p2, from: true, to: p2.o1 and p1.o0}"),
        large(3, 3, HARD, "{party: p1, from: p0.o0 iff p1.o0, to: p1.o1}", ways="p0.o2: to-yes, p1.o0: to-no"),
        large(9, 1, "{party: p0, from: p0.o0 and p1.o0, to: not p0.o0}"),
    ],
    ids=["two", "three", "one-way", "nine"],
)
def test_more_states_than_a_random_model_has(model):
    right = verdicts(build(model, "arcs"))
    for name in LISTING:
        assert verdicts(build(model, name)) == right, name


@pytest.mark.parametrize("name", ["cube", "listed", "arcs"])
def test_nobody_moves_twice_in_a_row(name):
    """Where the other party can no longer move, what takes two moves is out of reach."""
    text = "{bestand: 1, title: Two, parties: {p: {options: {x: , y: }}, q: {options: {z: }}}, one_way: {q.z: to-yes}, "
    model = loads(text + "forbidden_moves: [{party: p, from: not x and not y, to: x and y}]}")
    engine = build(model, name)
    f = np.ones(8, np.int32)
    f[0b111] = 0  # x, y and z
    found = engine.over_states(engine.worst_reply((0, 1), engine.from_states(f)))
    assert found.tolist() == [0, 0, 0, 0, 1, 0, 0, 0]


def test_a_million_states_are_no_reason_to_refuse():
    """Their single moves would be two thousand million."""
    model = large(2, 10, HARD)
    chosen = choose(model)
    assert (chosen.engine.name, chosen.because.kind) == ("cube", "listed")
    found = {concept: registry.stable(chosen.engine, concept, 0).sum() for concept in ("nash", "gmr", "seq")}
    assert 0 < found["nash"] < found["seq"] <= found["gmr"] < 2**20
    with pytest.raises(TooManyStates, match="moves to look at"):
        build(model, "arcs")


def test_many_forbidden_moves_are_quicker_one_by_one_as_long_as_they_are_few():
    bans = [f"{{party: p0, from: p1.o{k}, to: p0.o{k}}}" for k in range(4)]
    chosen = choose(large(2, 4, *bans))
    assert (chosen.engine.name, chosen.because.kind) == ("arcs", "forbidden")
    assert str(chosen.because) == "since single moves are forbidden"
    assert choose(large(2, 4, *bans[:3])).engine.name == "cube"


def test_forbidden_moves_that_differ_from_state_to_state_are_too_many(monkeypatch):
    model = large(2, 4, *(f"{{party: p0, from: p1.o{k}, to: p0.o{k}}}" for k in range(4)))
    monkeypatch.setattr(moves, "MAX_KEPT", 2 * 256 * 15)
    assert build(model, "cube").best(0, build(model, "cube").rank(0)).shape
    monkeypatch.setattr(moves, "MAX_KEPT", 2 * 256 * 14)
    engine = build(model, "cube")
    with pytest.raises(
        TooManyStates, match="256 states, which the forbidden moves of one party divide into more than 14"
    ):
        engine.best(0, engine.rank(0))


def test_the_symbolic_engine_follows_no_forbidden_moves():
    with pytest.raises(CallError, match="use 'cube', 'listed' or 'arcs'"):
        choose(large(2, 2, HARD), "symbolic")


def test_pairs_of_states_of_a_block_are_counted():
    """Of parties of one, one and three options: twice 16 blocks of 2 states, and 4 blocks of 8."""
    parties = "  a: {options: {x: }}\n  b: {options: {x: }}\n  c: {options: {x: , y: , z: }}\n"
    text = f"bestand: 1\ntitle: T\nparties:\n{parties}"
    assert count_moves(build(loads(text), "listed").space) == 2 * 16 * 2**2 + 4 * 8**2
