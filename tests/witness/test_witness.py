"""Witnesses against the oracle and brute force: what they show is there, and what they deny is not."""

from __future__ import annotations

import pytest
from hypothesis import given

from bestand import loads
from bestand.solve.solution import Solution
from bestand.stability.implications import best_moves_alone
from bestand.stability.registry import EVERY
from bestand.witness import search
from bestand.witness.search import witness
from bestand.witness.witness import Witness
from tests.engine.helpers import by_definition
from tests.solve.helpers import FEW, solved_models, walked
from tests.witness.helpers import Brute


def answers_to(brute: Brute, party: int, state: int, improvement: int, concept: str, kind: str) -> list[int]:
    """The lengths of the sequences with which the others answer an improvement, by the definitions: 0 is to wait."""
    rounds = EVERY[concept].rounds
    if not rounds:
        return []
    better = brute.better(party, state)
    ends = {**brute.ends(kind, party, improvement), improvement: 0}
    return [length for end, length in ends.items() if brute.deters(party, end, rounds[1:], better)]


def allowed(concept: str) -> str:
    return EVERY[concept].rounds[0] if EVERY[concept].rounds else "any"


def check_answers(brute: Brute, found: Witness) -> None:
    """Every answer of a stable state is legal, allowed by the concept, effective and shortest of its kind."""
    place, start, rounds = brute.place, brute.place[found.state], EVERY[found.concept].rounds
    better = brute.better(found.party, start)
    for answer in found.answers:
        assert answer.sanctioned
        kind = "best" if answer.best else allowed(found.concept)
        steps = brute.steps(kind)
        path = [(step.party, place[step.state]) for step in answer.steps]
        improvement = place[answer.improvement]
        for mover, at, to, before in walked(path, improvement):
            assert mover not in (found.party, before)
            assert to in steps[mover][at]
        lengths = answers_to(brute, found.party, start, improvement, found.concept, kind)
        assert len(path) == min(lengths)
        end = path[-1][1] if path else improvement
        assert brute.deters(found.party, end, rounds[1:], better)
        if len(rounds) <= 2:
            assert end not in better
        if len(rounds) == 2:
            assert not better & {*brute.graph.moves[found.party][end]}
        if rounds[0] == "credible" and not answer.best:
            best = answers_to(brute, found.party, start, improvement, found.concept, "best")
            assert not best, "an answer of best moves alone is shown where there is one"


@FEW
@given(solved_models(max_options=4))
def test_a_witness_of_every_verdict_holds_up(solution):
    brute = Brute(solution.model)
    graph, states, place, improving = brute.graph, brute.states, brute.place, brute.steps("credible")
    for concept in EVERY:
        verdicts = by_definition(graph, concept, solution.model)
        for party in range(len(graph.moves)):
            for state in range(graph.size):
                found = witness(solution, states[state], party, concept)
                assert found.stable == verdicts[party][state] == bool(solution.stable(concept)[party, state])
                assert found.moves == len(graph.moves[party][state])
                assert found.improvements == len(improving[party][state])
                assert found.complete
                shown = [place[answer.improvement] for answer in found.answers]
                if found.stable:
                    assert sorted(shown) == sorted(improving[party][state])
                    ranks = [graph.ranks[party][t] for t in shown]
                    assert ranks == sorted(ranks, reverse=True), "the most tempting improvement first"
                    check_answers(brute, found)
                else:
                    check_open(brute, found, improving[party][state])


def check_open(brute: Brute, found: Witness, improvements: list[int]) -> None:
    """What is shown of an unstable state is an improvement that nothing answers, and none is more tempting."""
    (answer,) = found.answers
    state, shown = brute.place[found.state], brute.place[answer.improvement]
    assert not answer.sanctioned
    assert shown in improvements
    rank = brute.graph.ranks[found.party]
    kind = allowed(found.concept)
    open_ = [t for t in improvements if not answers_to(brute, found.party, state, t, found.concept, kind)]
    assert shown in open_
    assert rank[shown] == max(rank[t] for t in open_)


@FEW
@given(solved_models(max_options=4))
def test_loose_is_what_only_moves_that_are_not_the_best_hold(solution):
    """A state is loose iff without such moves some improvement would go unanswered."""
    brute = Brute(solution.model)
    for concept in EVERY:
        tight = best_moves_alone(EVERY[concept].rounds)
        for party in brute.parties:
            for state in range(brute.graph.size):
                found = witness(solution, brute.states[state], party, concept)
                if "credible" not in EVERY[concept].rounds or not found.stable:
                    assert not found.loose
                    continue
                assert found.loose is not brute.stable(tight, party, state, brute.better(party, state))


TEMPTED = """
bestand: 1
title: Seven ways to gain, each of them answered
parties:
  up: {options: {a: {}, b: {}, c: {}}}
  down: {options: {d: {}}}
status_quo: []
preferences:
  up: {priorities: [not d, a or b or c]}
  down: {priorities: [d iff a or b or c]}
"""


def test_a_witness_cut_short_says_so(monkeypatch):
    solution = Solution(loads(TEMPTED))
    whole = witness(solution, 0, 0, "seq")
    assert whole.stable
    assert whole.complete
    assert (whole.improvements, len(whole.answers)) == (7, 7)
    monkeypatch.setattr(search, "MOST_ANSWERS", 3)
    part = witness(solution, 0, 0, "seq")
    assert (part.stable, part.improvements, len(part.answers)) == (True, 7, 3)
    assert not part.complete


LOOSE = """
bestand: 1
title: A punishment that its maker would rather not choose
parties:
  up: {options: {a: {}}}
  down: {options: {b: {}, c: {}}}
status_quo: []
preferences:
  up: {priorities: [not c, a]}
  down: {priorities: [a implies b, not c]}
"""


@pytest.mark.parametrize("engine", ["cube", "listed", "arcs"])
def test_a_credible_answer_need_not_be_the_best_move(engine):
    """Down gains by b and gives up c only along with it: b with c is an improvement, and not its best move."""
    solution = Solution(loads(LOOSE), engine)
    found = witness(solution, 0, 0, "seq")
    assert found.stable
    assert found.loose
    (answer,) = found.answers
    assert not answer.best
    assert [step.state for step in answer.steps] == [0b111]
