"""Where things end, where they go round, and how likely that is, against searches and exact fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand import load, loads
from bestand.questions.evolve import likelihood as chains
from bestand.questions.evolve.drift import follow
from bestand.questions.evolve.ends import parts, rounds
from bestand.questions.evolve.likelihood import chance, likelihood, probabilities, why_not
from bestand.questions.evolve.moves import Listed
from bestand.reference import feasible
from bestand.solve.solution import Solution
from tests.first_reading import UKRAINE
from tests.questions.evolve.test_drift import followed, questions
from tests.solve.helpers import FEW, moves_of


def closure(onward):
    """Where one can get to from every node, in one step or more."""
    reached = {}
    for node in onward:
        found, waiting = set(), [node]
        while waiting:
            fresh = onward[waiting.pop()] - found
            found |= fresh
            waiting.extend(fresh)
        reached[node] = found
    return reached


def by_search(steps, movers, states):
    """The components by brute force: every state's, and those that are not left again."""
    reached = closure({s: {t for j in movers for t in steps[j][s]} for s in states})
    component = {s: frozenset({s} | {t for t in reached[s] if s in reached[t]}) for s in states}
    return component, {part for part in component.values() if all(reached[s] <= part for s in part)}


@FEW
@given(questions())
def test_the_ends_are_the_sets_of_states_that_are_not_left(question):
    model, by, movers, _ = question
    steps = moves_of(model, by)
    drift, place = followed(*question)
    component, closed = by_search(steps, movers, place)
    found = parts(drift.graph, drift.size)
    for at, s in enumerate(place):
        same = {place[other] for other in np.flatnonzero(found.part == found.part[at])}
        assert same == component[s]
        assert found.size[found.part[at]] == len(same)
        assert bool(found.closed[found.part[at]]) == (component[s] in closed)


@FEW
@given(questions())
def test_a_round_can_be_walked_for_ever_and_is_found_where_there_is_one(question):
    model, by, movers, _ = question
    steps = moves_of(model, by)
    drift, place = followed(*question)
    component, closed = by_search(steps, movers, place)
    several = {part for part in component.values() if len(part) > 1}
    count, found = rounds(drift, parts(drift.graph, drift.size), 100)
    assert count == len(several) == len(found)
    assert {frozenset(place[at] for at in each.states) for each in found} == several
    for each in found:
        part = frozenset(place[at] for at in each.states)
        assert each.closed == (part in closed)
        pairs = {(s, last) for s in part for last in movers}
        onward = {
            (s, last): {(t, j) for j in movers if by == "drift" or j != last for t in steps[j][s] if t in part}
            for s, last in pairs
        }
        reached = closure(onward)
        assert (each.example is not None) == any(pair in reached[pair] for pair in pairs)
        if each.example:
            before = each.example[-1]
            for mover, at in each.example:
                assert place[at] in steps[mover][place[before[1]]]
                assert by == "drift" or mover != before[0]
                assert place[at] in part
                before = (mover, at)
    if by == "drift" or (by in {"improving", "best"} and not model.forbidden_moves):
        assert all(each.example for each in found)


def solved(rows, b):
    """x with x = b + Q x, by elimination in fractions; ``rows[s]`` maps t to Q's entry."""
    names = sorted(rows)
    table = [[Fraction(s == t) - rows[s].get(t, 0) for t in names] + [b[s]] for s in names]
    for k in range(len(names)):
        pivot = next(i for i in range(k, len(names)) if table[i][k])
        table[k], table[pivot] = table[pivot], table[k]
        table[k] = [x / table[k][k] for x in table[k]]
        for i in range(len(names)):
            if i != k and table[i][k]:
                table[i] = [x - table[i][k] * y for x, y in zip(table[i], table[k], strict=True)]
    return {s: table[i][-1] for i, s in enumerate(names)}


def chain_of(steps, movers, states):
    """The chain as it is said: a party of those that can improve, then one of its moves."""
    chain = {}
    for s in states:
        able = [j for j in movers if steps[j][s]]
        chain[s] = {}
        for j in able:
            for t in steps[j][s]:
                chain[s][t] = chain[s].get(t, 0) + Fraction(1, len(able) * len(steps[j][s]))
        assert sum(chain[s].values()) == (1 if able else 0)
    return chain


@FEW
@given(questions(), st.data())
def test_likelihoods_are_those_of_the_chain_in_exact_fractions(question, data):
    model, by, movers, start = question
    if by == "any":
        return
    drift, place = followed(*question)
    chain = chain_of(moves_of(model, by), movers, place)
    _, closed = by_search(moves_of(model, by), movers, place)
    ended = frozenset().union(*closed)
    inner = {s: {t: p for t, p in chain[s].items() if t not in ended} for s in place if s not in ended}
    among = parts(drift.graph, drift.size)
    found = likelihood(drift, among)
    assert why_not(drift, among) is None
    total = 0
    for end in closed:
        into = {s: sum((p for t, p in chain[s].items() if t in end), Fraction(0)) for s in inner}
        exact = solved(inner, into)[start] if start in inner else Fraction(start in end)
        number = among.part[place.index(min(end))]
        assert found.part[number] == pytest.approx(float(exact), abs=1e-12)
        total += exact
    assert total == 1
    moves = solved(inner, dict.fromkeys(inner, Fraction(1)))[start] if start in inner else 0
    assert found.moves == pytest.approx(float(moves), rel=1e-12, abs=1e-12)
    wanted = data.draw(st.sets(st.sampled_from(place)))
    assert chance(drift, np.isin(place, list(wanted))) == pytest.approx(float(_ever(chain, wanted, start)), abs=1e-12)


def _ever(chain, wanted, start):
    """How likely a chain is ever in some states."""
    if start in wanted:
        return Fraction(1)
    reached = closure({s: set(row) if s not in wanted else set() for s, row in chain.items()})
    able = [s for s in chain if s not in wanted and reached[s] & wanted]  # from elsewhere it is 0
    if start not in able:
        return Fraction(0)
    rows = {s: {t: p for t, p in chain[s].items() if t in able} for s in able}
    return solved(rows, {s: sum((p for t, p in chain[s].items() if t in wanted), Fraction(0)) for s in able})[start]


@FEW
@given(questions())
def test_what_can_happen_next_is_as_likely_as_it_is_said(question):
    model, by, movers, _ = question
    drift, place = followed(*question)
    chain = chain_of(moves_of(model, by), movers, place)
    chances = probabilities(drift.graph)
    for s, t, p in zip(drift.graph.source, drift.graph.target, chances, strict=True):
        assert p == pytest.approx(float(chain[place[s]][place[t]]))
    assert (chances > 0).all()
    sums = np.bincount(drift.graph.source, weights=chances, minlength=drift.size)
    assert np.allclose(sums, ~drift.rests)


def test_a_party_with_more_improvements_is_drawn_no_more_often():
    """a can stop things in one way and b in three: each is drawn half of the time."""
    model = loads(
        "bestand: 1\ntitle: T\nparties:\n  a: {options: {x: }}\n  b: {options: {y: , z: }}\nstatus_quo: []\n"
        "preferences:\n  a: {priorities: [x and not y and not z]}\n  b: {priorities: [not x and (y or z)]}\n"
    )
    drift = follow(Listed(Solution(model).space), 0)
    among = parts(drift.graph, drift.size)
    found = likelihood(drift, among)
    told = {model.bits(int(mask)): found.part[among.part[at]] for at, mask in enumerate(drift.masks) if drift.rests[at]}
    assert told == pytest.approx({"100": 1 / 2, "010": 1 / 6, "001": 1 / 6, "011": 1 / 6})
    assert found.moves == 1


def test_the_ends_of_a_real_conflict():
    model = load(UKRAINE)
    drift = follow(Listed(Solution(model).space), model.mask(model.status_quo))
    among = parts(drift.graph, drift.size)
    found = likelihood(drift, among)
    q = np.zeros((drift.size, drift.size))
    np.add.at(q, (drift.graph.source, drift.graph.target), probabilities(drift.graph))
    left = ~drift.rests
    exact = np.linalg.solve(np.eye(left.sum()) - q[np.ix_(left, left)], q[np.ix_(left, drift.rests)])[0]
    assert found.part[among.part[drift.rests]] == pytest.approx(exact, abs=1e-9)
    assert found.part.sum() == pytest.approx(1, abs=1e-9)


CHASE = """
bestand: 1
title: One wants to match, the other to differ
parties:
  a: {options: {x: {}}}
  b: {options: {y: {}, quit: {}}}
status_quo: []
preferences:
  a: {priorities: [x iff y]}
  b: {priorities: [%sx iff not y]}
"""


def test_an_end_that_never_rests():
    model = loads(CHASE % "not quit, ")
    drift = follow(Listed(Solution(model).space), 0)
    among = parts(drift.graph, drift.size)
    count, found = rounds(drift, among, 5)
    assert (count, drift.size, bool(drift.rests.any())) == (1, 4, False)
    assert found[0].closed
    assert len(found[0].example) == 4
    result = likelihood(drift, among)
    assert (result.part.tolist(), result.moves) == ([1.0], 0.0)


def test_a_limit_on_what_is_solved_is_said(monkeypatch):
    model = load(UKRAINE)
    drift = follow(Listed(Solution(model).space), model.mask(model.status_quo))
    among = parts(drift.graph, drift.size)
    monkeypatch.setattr(chains, "MOST_TOGETHER", 500)
    assert str(why_not(drift, among)) == "things can go round in 896 states, and at most 500 are solved together"
    monkeypatch.setattr(chains, "MOST_STATES", 500)
    assert str(why_not(drift, among)) == "there are 992 states, and the chain is solved for up to 500"
    assert "not everything" in str(why_not(drift, None))
    moves = follow(Listed(Solution(model).space), model.mask(model.status_quo), "any", horizon=1)
    assert str(why_not(moves, None)).startswith("any legal move counts")


def test_the_states_of_a_published_conflict():
    """Elmira: by improvements from 1 to 5 and no further; by any moves to 8, by way of 5 (hipel1993)."""
    model = load("books/fang1993/elmira")
    masks = [mask for mask in feasible(model) if model.labels[model.bits(mask)] in {"1", "5"}]
    drift = follow(Listed(Solution(model).space), model.mask(model.status_quo))
    assert sorted(drift.masks.tolist()) == masks
    assert drift.masks[drift.rests].tolist() == masks[1:]
