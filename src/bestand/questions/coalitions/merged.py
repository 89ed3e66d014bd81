"""Merged players: some parties taken for one player, who changes all their options in one move.

Not coalition analysis. A merged player is one mover among the others: it moves to any feasible state that differs in
its members' options, in one step, whatever lies between; its moves are improvements where *every* member gains; and
the ordinary concepts are asked of the players that there are then. Coalition analysis leaves the parties what they
are: members move one after another, through feasible states, everybody else may still form coalitions, and a party that
is in one still has its own view.

A move of the merged player that combines options of several members is possible where no option goes against its
direction and no member's forbidden move leads from such a state to such a state. It answers as one: under ``seq`` by
moves from which every member gains.
"""

from __future__ import annotations

import numpy as np

from bestand.engine.arcs import MAX_ARCS, arcs_engine, count_moves
from bestand.engine.limits import Watch
from bestand.engine.listed import ListedEngine
from bestand.engine.moves import PartyMoves
from bestand.engine.space import Space
from bestand.engine.spec import Parties
from bestand.engine.states import States
from bestand.model.model import Model
from bestand.model.values import Party
from bestand.solve.solution import Solution

from .concepts import Together
from .dominance import Bools, Ints, Yardstick

_ONE_WAY = 8  # one-way options of one player up to which sorted blocks are quick


class Merged(Together):
    """The players of a model some parties of which are merged, and what is stable for each of them.

    Parameters
    ----------
    space : Space
    members : tuple of int
        The parties that are merged, ascending.
    watch : Watch, optional

    Notes
    -----
    O(S · states that the merged player reaches).
    """

    def __init__(self, space: Space, members: Parties, watch: Watch | None = None) -> None:
        rest = [(j,) for j in range(len(space.moves)) if j not in members]
        self.players: tuple[Parties, ...] = tuple(sorted([members, *rest]))
        merged, self._place = _joined(space, self.players)
        one_way = max(int(moves.to_yes | moves.to_no).bit_count() for moves in merged.moves)
        forbidden = any(moves.forbidden for moves in merged.moves)
        along_arcs = forbidden or (one_way > _ONE_WAY and count_moves(merged) <= MAX_ARCS)
        engine = arcs_engine(merged, watch) if along_arcs else ListedEngine(merged, watch)
        super().__init__(engine, watch=watch)
        self._ranks = space.ranks[:, np.argsort(self._place)]

    def yardstick(self, coalition: Parties) -> Yardstick:
        """Of a player, by its number: what all its members look at."""
        if coalition not in self._yardsticks:
            (player,) = coalition
            values = self._ranks[list(self.players[player])]
            self._yardsticks[coalition] = Yardstick(values, values + 1)
        return self._yardsticks[coalition]

    def worst_credible_reply(self, rest: Parties, value: Ints) -> Ints:
        return self._least_along(tuple(self.arcs((player,)) for player in rest), value)

    def verdict(self, concept: str, player: int) -> Bools:
        """(S,): whether a player has no reason to leave each state of the model."""
        return self.stable(concept, (player,))[self._place]

    def equilibria(self, concept: str) -> Bools:
        """(S,): whether each state of the model is stable for every player."""
        return np.logical_and.reduce([self.verdict(concept, player) for player in range(len(self.players))])


class MergedStudy:
    """A model and what becomes of it where some of its parties are one player.

    Parameters
    ----------
    solution : Solution
    members : tuple of int
        Two parties at least, ascending.
    concepts : tuple of str
    """

    def __init__(self, solution: Solution, members: Parties, concepts: tuple[str, ...]) -> None:
        self.solution = solution
        self.members = members
        self.concepts = concepts
        self._merged = Merged(solution.space, members, solution.watch)
        self._equilibria: dict[str, Bools] = {}

    @property
    def players(self) -> tuple[Parties, ...]:
        """The parties of every player."""
        return self._merged.players

    def stable(self, concept: str, player: int) -> Bools:
        """(S,): whether a player, by its place in `players`, has no reason to leave each state."""
        return self._merged.verdict(concept, player)

    def equilibria(self, concept: str) -> Bools:
        """(S,): whether each state is stable for every player."""
        if concept not in self._equilibria:
            self._equilibria[concept] = self._merged.equilibria(concept)
        return self._equilibria[concept]

    def finish(self) -> None:
        """Work everything out, telling the watch how far it is."""
        self.solution.watch.phase("asking merged players", len(self.concepts))
        for concept in self.concepts:
            self.equilibria(concept)
            self.solution.watch.step()


def _joined(space: Space, players: tuple[Parties, ...]) -> tuple[Space, np.ndarray]:
    """The space of the players, their options side by side, and the place there of every state."""
    bits = [k for player in players for j in player for k in _bits(space.moves[j].own)]

    def moved(states: States) -> States:
        result = np.zeros_like(states)
        for new, old in enumerate(bits):
            result |= (states >> np.uint64(old) & np.uint64(1)) << np.uint64(new)
        return result

    there = moved(space.states)
    sorting = np.argsort(there)
    place = np.empty_like(sorting)
    place[sorting] = np.arange(len(sorting))
    moves = []
    for player in players:
        own, to_yes, to_no = (
            int(moved(np.array([sum(getattr(space.moves[j], name) for j in player)], np.uint64))[0])
            for name in ("own", "to_yes", "to_no")
        )
        forbidden = tuple((near[sorting], far[sorting]) for j in player for near, far in space.moves[j].forbidden)
        moves.append(PartyMoves(own, to_yes, to_no, forbidden))
    names = tuple(Party("_".join(space.model.parties[j].id for j in player)) for player in players)
    ranks = np.zeros((len(players), space.size), np.int32)  # a player has no ranks: its members have theirs
    return Space(Model(space.model.title, names), there[sorting], ranks, tuple(moves), space.evaluator), place


def _bits(mask: int) -> list[int]:
    return [k for k in range(mask.bit_length()) if mask >> k & 1]
