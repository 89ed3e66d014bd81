"""A brute-force oracle for coalitions: the definitions read aloud, beside those of `bestand.testing.oracle`.

Sources: Kilgour, Hipel, Fang & Peng (2001) for coalition improvements; Inohara & Hipel (2008a, 2008b) for the concepts;
Zhu, Kilgour & Hipel (2020) for the Pareto form. Of choices that the literature leaves open: a state is no answer to
itself; an answer undoes an improvement in the sense in which it was one.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

from .oracle import Graph, StateSet, along, members


def coalition_stable(
    graph: Graph, concept: str, coalition: Collection[int], *, pareto: bool = False, single_sanctioners: bool = False
) -> tuple[bool, ...]:
    """Return which states a coalition would not leave together.

    Parameters
    ----------
    graph : Graph
    concept : {"nash", "gmr", "smr", "seq"}
    coalition : collection of int
        Parties.
    pareto : bool
        Whether it is an improvement where some members gain and none loses; else each has to gain.
    single_sanctioners : bool
        Whether single parties answer under ``seq``; else every coalition of the others may.

    Examples
    --------
    >>> graph = Graph(2, moves=(((1,), ()), ((), ())), ranks=((0, 1), (0, 1)))
    >>> coalition_stable(graph, "nash", [0, 1]), coalition_stable(graph, "nash", [1])
    ((False, True), (True, True))
    """
    answers = _Answers(graph, sorted(coalition), pareto, single_sanctioners)
    return tuple(_holds(answers, concept, s) for s in range(graph.size))


class _Answers:
    """What a coalition can do, and what the others can do about it."""

    def __init__(self, graph: Graph, coalition: list[int], pareto: bool, single: bool) -> None:
        self.graph = graph
        self.coalition = coalition
        self.pareto = pareto
        others = [j for j in graph.lists.parties if j not in coalition]
        states = range(graph.size)
        self.mine = [along(graph.lists.reachable, coalition, s) & ~(1 << s) for s in states]
        self.theirs = [along(graph.lists.reachable, others, s) & ~(1 << s) for s in states]
        sizes = [1] if single else range(1, len(others) + 1)
        groups = [group for k in sizes for group in combinations(others, k)]
        steps = [[self.improvements(group, s) for s in states] for group in groups]
        self.credible = [along(steps, range(len(groups)), s) & ~(1 << s) for s in states]

    def improvements(self, group: Collection[int], s: int) -> StateSet:
        """Return where a group can get to from s by legal sequences of its members, and is better off for it."""
        reached = along(self.graph.lists.reachable, list(group), s)
        return sum(1 << t for t in members(reached) if self.serves(group, s, t))

    def serves(self, group: Collection[int], s: int, t: int) -> bool:
        """Return whether t is better for the group than s."""
        ranks = self.graph.ranks
        if self.pareto:
            return all(ranks[i][t] >= ranks[i][s] for i in group) and any(ranks[i][t] > ranks[i][s] for i in group)
        return all(ranks[i][t] > ranks[i][s] for i in group)


def _holds(answers: _Answers, concept: str, s: int) -> bool:
    """Return whether every improvement of the coalition on s is answered."""
    return all(_answered(answers, concept, s, s1) for s1 in members(answers.improvements(answers.coalition, s)))


def _answered(answers: _Answers, concept: str, s: int, s1: int) -> bool:
    if concept == "nash":
        return False
    replies = answers.credible[s1] if concept == "seq" else answers.theirs[s1]
    undone = [s2 for s2 in members(replies) if not answers.serves(answers.coalition, s, s2)]
    if concept == "smr":
        undone = [s2 for s2 in undone if not _serving(answers, s, s2)]
    return bool(undone)


def _serving(answers: _Answers, s: int, s2: int) -> bool:
    """Return whether the coalition can get from s2 to something that serves it better than s."""
    return any(answers.serves(answers.coalition, s, s3) for s3 in members(answers.mine[s2]))
