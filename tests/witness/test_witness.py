"""Witnesses against the oracle and brute force: what they show is there, and what they deny is not."""

from __future__ import annotations

import pytest
from hypothesis import given

from bestand import loads
from bestand.reference import Graph, feasible, graph_of, stable
from bestand.solve.solution import Solution
from bestand.stability.registry import EVERY
from bestand.witness import search
from bestand.witness.search import witness
from bestand.witness.witness import Witness
from tests.solve.helpers import FEW, endings, solved_models, steps_of, walked
from tests.witness.helpers import BY


def answers_to(graph: Graph, party: int, state: int, improvement: int, concept: str, by: str) -> list[int]:
    """The lengths of the sequences with which the others answer an improvement, by the definitions."""
    rounds = EVERY[concept].rounds
    if not rounds:
        return []
    rank, others = graph.ranks[party], {j for j in range(len(graph.moves)) if j != party}
    ends = endings(steps_of(graph, by), improvement, others)
    lengths = []
    for end, length in ends.items():
        escapes = len(rounds) > 1 and any(rank[t] > rank[state] for t in graph.moves[party][end])
        if rank[end] <= rank[state] and not escapes:
            lengths.append(length)
    return lengths


def allowed(concept: str) -> str:
    return BY[EVERY[concept].rounds[0]] if EVERY[concept].rounds else "moves"


def check_answers(graph: Graph, found: Witness, place: dict[int, int]) -> None:
    """Every answer of a stable state is legal, allowed by the concept, effective and shortest of its kind."""
    rank, start = graph.ranks[found.party], place[found.state]
    credible = "credible" in EVERY[found.concept].rounds
    for answer in found.answers:
        assert answer.sanctioned
        kind = "best moves" if answer.best else allowed(found.concept)
        steps = steps_of(graph, kind)
        path = [(step.party, place[step.state]) for step in answer.steps]
        improvement = place[answer.improvement]
        for mover, at, to, before in walked(path, improvement):
            assert mover not in (found.party, before)
            assert to in steps[mover][at]
        lengths = answers_to(graph, found.party, start, improvement, found.concept, kind)
        assert len(path) == min(lengths)
        assert rank[path[-1][1]] <= rank[start]
        if len(EVERY[found.concept].rounds) > 1:
            assert all(rank[t] <= rank[start] for t in graph.moves[found.party][path[-1][1]])
        if credible and not answer.best:
            best = answers_to(graph, found.party, start, improvement, found.concept, "best moves")
            assert not best, "an answer of best moves alone is shown where there is one"


@FEW
@given(solved_models(max_options=4))
def test_a_witness_of_every_verdict_holds_up(solution):
    graph = graph_of(solution.model)
    improving = steps_of(graph, "improvements")
    states = feasible(solution.model)
    place = {mask: at for at, mask in enumerate(states)}
    for concept in EVERY:
        verdicts = stable(graph, concept)
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
                    check_answers(graph, found, place)
                else:
                    check_open(graph, found, improving[party][state], place)


def check_open(graph: Graph, found: Witness, improvements: list[int], place: dict[int, int]) -> None:
    """What is shown of an unstable state is an improvement that nothing answers, and none is more tempting."""
    (answer,) = found.answers
    state, shown = place[found.state], place[answer.improvement]
    assert not answer.sanctioned
    assert shown in improvements
    rank = graph.ranks[found.party]
    by = allowed(found.concept)
    open_ = [t for t in improvements if not answers_to(graph, found.party, state, t, found.concept, by)]
    assert shown in open_
    assert rank[shown] == max(rank[t] for t in open_)


@FEW
@given(solved_models(max_options=4))
def test_loose_is_what_only_moves_that_are_not_the_best_hold(solution):
    """A state is loose iff without such moves some improvement would go unanswered."""
    graph = graph_of(solution.model)
    states = feasible(solution.model)
    for concept in EVERY:
        for party in range(len(graph.moves)):
            for state in range(graph.size):
                found = witness(solution, states[state], party, concept)
                if "credible" not in EVERY[concept].rounds or not found.stable:
                    assert not found.loose
                    continue
                improvements = steps_of(graph, "improvements")[party][state]
                tight = all(answers_to(graph, party, state, t, concept, "best moves") for t in improvements)
                assert found.loose is not tight


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
