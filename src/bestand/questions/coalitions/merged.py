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
from bestand.model.errors import CallError
from bestand.model.model import Model
from bestand.model.values import Party

from .concepts import Together
from .dominance import Bools, Ints, Yardstick

_ONE_WAY = 8  # one-way options of one player up to which sorted blocks are quick


class Merged(Together):
    """The players of a model of which some parties are merged, and the verdicts on their stability.

    Parameters
    ----------
    space : Space
    members : tuple of int
        The parties that are merged, ascending.
    watch : Watch, optional

    Raises
    ------
    CallError
        Where several states count as one.

    Notes
    -----
    O(S · states that the merged player reaches).
    """

    def __init__(self, space: Space, members: Parties, watch: Watch | None = None) -> None:
        if space.model.coalesced:
            raise CallError("parties cannot be merged where several states count as one (coalesced)")
        rest = [(j,) for j in range(len(space.moves)) if j not in members]
        self.players: tuple[Parties, ...] = tuple(sorted([members, *rest]))
        merged, self._place = _joined(space, self.players)
        one_way = max(int(moves.to_yes | moves.to_no).bit_count() for moves in merged.moves)
        forbidden = any(moves.forbidden for moves in merged.moves)
        along_arcs = forbidden or (one_way > _ONE_WAY and count_moves(merged) <= MAX_ARCS)
        engine = arcs_engine(merged, watch) if along_arcs else ListedEngine(merged, watch)
        super().__init__(engine, watch=watch)
        there = np.argsort(self._place)
        self._keys = np.array([space.order(j).keys()[there] for j in range(len(space.moves))])

    def yardstick(self, coalition: Parties) -> Yardstick:
        """Return what all members of a player look at, which is given by its number."""
        if coalition not in self._yardsticks:
            (player,) = coalition
            values = self._keys[list(self.players[player])]
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


def _joined(space: Space, players: tuple[Parties, ...]) -> tuple[Space, np.ndarray]:
    """Return the space of the players, their options side by side, and the place there of every state."""
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
