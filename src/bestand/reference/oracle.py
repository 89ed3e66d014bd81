"""A brute-force oracle: the definitions of the graph model, read aloud in plain Python.

It exists to be compared with. Nothing here is shared with the engines or the analyses: formulas, feasible states,
moves, ranks, legal sequences and the quantifiers of each concept are written out again, from the definitions.

Conventions, where the literature leaves a choice: something equally good is a sanction; being brought back to where one
was is a sanction; whoever cannot be answered is not sanctioned; in a legal sequence nobody moves twice in a row, so a
single opponent moves once; the party whose stability is asked about makes one move; s is not in R_H(s).

Best replies, under ``brseq`` and ``brsseq``, are a form of bestand's own: no published definition.

Sources: Fang, Hipel & Kilgour (1993), *Interactive Decision Making*, for the model, Nash, GMR, SMR, SEQ and legal
sequences; Rego & Vieira (2017), *Group Decision and Negotiation* 26, for SSEQ with several parties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bestand.model.model import Model

from .worlds import feasible, moves_of, ranks_of

StateSet = int
"""A set of states: bit s is 1 where state s belongs to it."""

Mover = Literal["improvements", "best moves"]
Reply = Literal["moves", "improvements", "best moves"]


@dataclass(frozen=True)
class Graph:
    """A conflict in graph form.

    Parameters
    ----------
    size : int
        How many states there are; they are called 0, 1, ….
    moves : tuple
        ``moves[i][s]`` holds the states to which party i can move from s in one step; s is not among them.
    ranks : tuple
        ``ranks[i][s]``; of two states the one of higher rank is preferred, equal ranks mean indifference.

    Examples
    --------
    >>> Graph(2, moves=(((1,), ()),), ranks=((0, 1),)).size
    2
    """

    size: int
    moves: tuple[tuple[tuple[int, ...], ...], ...]
    ranks: tuple[tuple[int, ...], ...]

    @cached_property
    def lists(self) -> Lists:
        """The reachable lists of this graph, each worked out once."""
        return Lists(self)


class Lists:
    """Reachable lists of a graph, by party and state: R_i, R_i^+, R_H and R_H^+ of the literature."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.parties = range(len(graph.moves))
        self.all = (1 << graph.size) - 1
        self.reachable = [[_set(targets) for targets in of_party] for of_party in graph.moves]
        self.improving = [[R & self.better(i, s) for s, R in enumerate(row)] for i, row in enumerate(self.reachable)]
        self._replies: dict[tuple[int, Reply, int], StateSet] = {}

    @cached_property
    def _above(self) -> list[dict[int, StateSet]]:
        """For each party and rank, the states of higher rank."""
        return [
            {level: _set(s for s, rank in enumerate(ranks) if rank > level) for level in set(ranks)}
            for ranks in self.graph.ranks
        ]

    def better(self, i: int, s: int) -> StateSet:
        """The states that party i prefers to s."""
        return self._above[i][self.graph.ranks[i][s]]

    def no_better(self, i: int, s: int) -> StateSet:
        """The states that party i does not prefer to s: s itself and all that is as good or worse."""
        return self.all & ~self.better(i, s)

    @cached_property
    def aimed(self) -> list[list[StateSet]]:
        """For each party and state, the best of its improvements: those to which it prefers none of the others."""
        return [[_favourites(self.graph, i, R) for R in row] for i, row in enumerate(self.improving)]

    def replies(self, i: int, s1: int, by: Reply) -> StateSet:
        """Return where the others can bring things from s1 by legal sequences of such moves."""
        key = (i, by, s1)
        if key not in self._replies:
            steps = {"moves": self.reachable, "improvements": self.improving, "best moves": self.aimed}[by]
            others = [j for j in self.parties if j != i]
            self._replies[key] = along(steps, others, s1) & ~(1 << s1)
        return self._replies[key]


def along(steps: Sequence[Sequence[StateSet]], movers: Sequence[int], start: int) -> StateSet:
    """The ends of all legal sequences from a state: a search over (state, last mover).

    Parameters
    ----------
    steps : sequence
        ``steps[j][s]``: where mover j may step from s.
    movers : sequence of int
        Who may move. Nobody moves twice in a row.
    start : int

    Notes
    -----
    Keeping the states alone, without the last mover, would miss some: Fang, Hipel & Kilgour (1993). The start is among
    the ends where a sequence comes back to it. O(movers² · states) steps.
    """
    last: dict[int, StateSet] = dict.fromkeys(movers, 0)  # last[j]: the ends of sequences in which j moved last
    walked: dict[int, StateSet] = dict.fromkeys(movers, 0)  # walked[j]: the states from which j was let go on
    from_here: dict[int, StateSet] = dict.fromkeys(movers, 1 << start)
    while any(from_here.values()):
        for j in movers:
            for s in members(from_here[j]):
                last[j] |= steps[j][s]
            walked[j] |= from_here[j]
        from_here = {j: _union(last[k] for k in movers if k != j) & ~walked[j] for j in movers}
    return _union(last.values())


def _nash(lists: Lists, i: int, s: int) -> bool:
    """No improvement: R_i^+(s) is empty."""
    return not lists.improving[i][s]


def _gmr(lists: Lists, i: int, s: int) -> bool:
    """For every s1 in R_i^+(s) there is an s2 in R_{N-i}(s1) that is no better for i than s."""
    return all(_sanctioned(lists, i, s, s1, "moves") for s1 in members(lists.improving[i][s]))


def _smr(lists: Lists, i: int, s: int) -> bool:
    """As GMR, and no s3 in R_i(s2) is better for i than s."""
    return all(_sanctioned_for_good(lists, i, s, s1, "moves") for s1 in members(lists.improving[i][s]))


def _seq(lists: Lists, i: int, s: int) -> bool:
    """For every s1 in R_i^+(s) there is an s2 in R^+_{N-i}(s1) that is no better for i than s."""
    return all(_sanctioned(lists, i, s, s1, "improvements") for s1 in members(lists.improving[i][s]))


def _sseq(lists: Lists, i: int, s: int) -> bool:
    """As SEQ, and no s3 in R_i(s2) is better for i than s."""
    return all(_sanctioned_for_good(lists, i, s, s1, "improvements") for s1 in members(lists.improving[i][s]))


def _brseq(lists: Lists, i: int, s: int) -> bool:
    """As SEQ, where whoever answers takes its best move."""
    return all(_sanctioned(lists, i, s, s1, "best moves") for s1 in members(lists.improving[i][s]))


def _brsseq(lists: Lists, i: int, s: int) -> bool:
    """As SSEQ, where whoever answers takes its best move."""
    return all(_sanctioned_for_good(lists, i, s, s1, "best moves") for s1 in members(lists.improving[i][s]))


def _sanctioned(lists: Lists, i: int, s: int, s1: int, by: Reply) -> bool:
    """Return whether there is an answer s2 to the move to s1 that is no better for i than s."""
    return lists.replies(i, s1, by) & lists.no_better(i, s) != 0


def _sanctioned_for_good(lists: Lists, i: int, s: int, s1: int, by: Reply) -> bool:
    """Return whether there is an answer s2 as above from which i cannot move to anything better than s."""
    answers = lists.replies(i, s1, by) & lists.no_better(i, s)
    return any(not lists.reachable[i][s2] & lists.better(i, s) for s2 in members(answers))


CONCEPTS: dict[str, Callable[[Lists, int, int], bool]] = {
    "nash": _nash,
    "gmr": _gmr,
    "smr": _smr,
    "seq": _seq,
    "sseq": _sseq,
}
OURS: dict[str, Callable[[Lists, int, int], bool]] = {"brseq": _brseq, "brsseq": _brsseq}


def graph_of(model: Model) -> Graph:
    """A model in graph form: its feasible states in ascending order, with everybody's moves and ranks.

    Parameters
    ----------
    model : Model
        A valid one.

    Notes
    -----
    O(2ⁿ · size of the rules) for n options.

    Examples
    --------
    >>> from bestand.model.values import Option, Party
    >>> graph_of(Model("Dam", (Party("up", options=(Option("up.release"),)),))).moves
    (((1,), (0,)),)
    """
    states = feasible(model)
    return Graph(len(states), moves_of(model, states), ranks_of(model, states))


def stable(graph: Graph, concept: str) -> tuple[tuple[bool, ...], ...]:
    """Return which states are stable for which party, under a concept of `CONCEPTS` or `OURS`.

    Returns
    -------
    tuple of tuple of bool
        By party and state.

    Raises
    ------
    KeyError
        For a concept that is not written out here; any other is its rounds, for `bestand.reference.stable_under`.

    Examples
    --------
    >>> stable(Graph(2, moves=(((1,), ()),), ranks=((0, 1),)), "nash")
    ((False, True),)
    """
    known = CONCEPTS | OURS
    if concept not in known:
        raise KeyError(f"'{concept}' is not written out here; valid: {', '.join(known)}. Of others ask stable_under")
    holds = known[concept]
    return tuple(tuple(holds(graph.lists, i, s) for s in range(graph.size)) for i in graph.lists.parties)


def equilibria(graph: Graph, concept: str) -> tuple[bool, ...]:
    """Return which states are stable for every party.

    Examples
    --------
    >>> equilibria(Graph(2, moves=(((1,), ()),), ranks=((0, 1),)), "gmr")
    (False, True)
    """
    return tuple(map(all, zip(*stable(graph, concept), strict=True)))


def reached(graph: Graph, start: int, by: Mover = "improvements") -> frozenset[int]:
    """The states to which the conflict can drift from a state, that state included.

    Parameters
    ----------
    graph : Graph
    start : int
    by : {"improvements", "best moves"}
        Whether a party takes any improvement, or only the best that it can reach in one move (any of several equally
        good ones), and that only where it is an improvement. Nobody moves twice in a row.

    Notes
    -----
    Li, Kilgour & Hipel (2005), *Journal of the Operational Research Society* 56: status quo analysis.

    Examples
    --------
    >>> sorted(reached(Graph(3, moves=(((1, 2), (), ()),), ranks=((0, 1, 2),)), 0, "best moves"))
    [0, 2]
    """
    lists = graph.lists
    steps = lists.aimed if by == "best moves" else lists.improving
    return frozenset(members(along(steps, list(lists.parties), start))) | {start}


def _favourites(graph: Graph, i: int, states: StateSet) -> StateSet:
    """Of some states, those to which party i prefers none of the others."""
    return _set(s for s in members(states) if not graph.lists.better(i, s) & states)


def members(states: StateSet) -> Iterator[int]:
    """The states of a set, in ascending order.

    Examples
    --------
    >>> list(members(0b1010))
    [1, 3]
    """
    while states:
        lowest = states & -states
        yield lowest.bit_length() - 1
        states ^= lowest


def _set(states: Iterable[int]) -> StateSet:
    return _union(1 << s for s in states)


def _union(sets: Iterable[StateSet]) -> StateSet:
    union = 0
    for states in sets:
        union |= states
    return union
