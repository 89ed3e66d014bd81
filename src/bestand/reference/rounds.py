"""Stability by brute force under any concept, given by the rounds that follow a move of the party.

Written from the definition, and not from the closure algebra. B are the states that party i prefers to s. State s is
stable for i iff i gains by no move from it. Getting to a state t, i *gains* iff t is in B and nothing that the others
make of t *deters* it; they may leave t as it is, or bring it by a legal sequence of moves that the first round allows
to another state. What they make of it deters i iff it is not in B, where no round follows; where i itself follows, iff
i gains neither by a move from there nor by staying there, in the rounds after that.

The published concepts are written out one by one in `bestand.reference.oracle`.
"""

from __future__ import annotations

from collections.abc import Sequence

from .oracle import Graph, Lists, Reply, StateSet, members

_MOVES: dict[str, Reply] = {"any": "moves", "credible": "improvements", "best": "best moves"}


def stable_under(graph: Graph, rounds: Sequence[str]) -> tuple[tuple[bool, ...], ...]:
    """Return which states are stable for which party.

    Parameters
    ----------
    graph : Graph
    rounds : sequence of str
        Answers of the others (``any``, ``credible`` for improvements, ``best`` for best moves) and moves of the party's
        own (``own``) in turn.

    Returns
    -------
    tuple of tuple of bool
        By party and state.

    Examples
    --------
    >>> graph = Graph(2, moves=(((1,), ()), ((), (0,))), ranks=((0, 1), (1, 0)))
    >>> stable_under(graph, ())[0], stable_under(graph, ("any",))[0], stable_under(graph, ("any", "own", "any"))[0]
    ((False, True), (True, True), (True, True))
    """
    return tuple(
        tuple(not _gains_by_a_move(_Party(graph.lists, i, s), tuple(rounds)) for s in range(graph.size))
        for i in graph.lists.parties
    )


class _Party:
    """A party in a state."""

    def __init__(self, lists: Lists, i: int, s: int) -> None:
        self.lists, self.i, self.s = lists, i, s
        self.better: StateSet = lists.better(i, s)
        self.known: dict[tuple[int, int], bool] = {}  # by state and rounds left: whether the party gains

    def moves(self, s: int) -> StateSet:
        return self.lists.reachable[self.i][s]

    def made_of(self, t: int, kind: str) -> StateSet:
        return 1 << t | self.lists.replies(self.i, t, _MOVES[kind])


def _gains_by_a_move(party: _Party, rounds: tuple[str, ...]) -> bool:
    return any(_gains(party, t, rounds) for t in members(party.moves(party.s)))


def _gains(party: _Party, t: int, rounds: tuple[str, ...]) -> bool:
    if not party.better >> t & 1:
        return False
    if not rounds:
        return True
    key = (t, len(rounds))
    if key not in party.known:
        ends = party.made_of(t, rounds[0])
        party.known[key] = not any(_deters(party, end, rounds[1:]) for end in members(ends))
    return party.known[key]


def _deters(party: _Party, end: int, rounds: tuple[str, ...]) -> bool:
    if not rounds:
        return not party.better >> end & 1
    return not any(_gains(party, t, rounds[1:]) for t in members(1 << end | party.moves(end)))
