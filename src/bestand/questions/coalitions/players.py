"""What is stable where some parties are one player: the answer, and how it is worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.answer.answer import Answer, frozen, read_only
from bestand.answer.setting import Setting, names
from bestand.document.blocks import Block
from bestand.engine.spec import Parties
from bestand.model.errors import CallError, LimitReached, Stop
from bestand.model.message import Sayable
from bestand.model.model import Model
from bestand.model.values import FrozenMap
from bestand.solve.solution import Solution

from . import merged_data, merged_words
from .dominance import Bools
from .forms import chosen
from .merged import Merged
from .selection import Selection, selection
from .study import coalition_of


@dataclass(frozen=True)
class Comparison:
    """The equilibria under one concept, with merged players and with the parties as they are.

    Parameters
    ----------
    merged, apart, both : int
        How many there are with merged players, with the parties as they are, and in both.
    fresh, gone : Selection
        Those with merged players that are none without, and those that merged players would leave.
    """

    merged: int
    apart: int
    both: int
    fresh: Selection
    gone: Selection


@dataclass(frozen=True, eq=False, repr=False)
class MergedPlayers(Answer):
    """The answer to `bestand.merged`: the states that are stable where some parties are one player.

    Parameters
    ----------
    model : Model
        Readings applied.
    readings : tuple of str
    stopped : Stop or None
    states : (S,) uint64
        The feasible states as bit masks, ascending.
    engine : str
        What the engine is called that worked out the equilibria of the parties as they are.
    because : Reason
        Why that one.
    members : tuple of int
        The parties that are merged, by their indices.
    sides : tuple of tuple of int
        The parties of every player.
    concepts : tuple of str
        Those asked for.
    verdicts : FrozenMap of str to (players, S) bool
        By concept, for those that were finished, whether each player has no reason to leave each state.
    comparisons : FrozenMap of str to Comparison
        By concept, for those that were finished.
    listed : int
        How many equilibria of a concept data list.
    """

    model: Model
    readings: tuple[str, ...]
    stopped: Stop | None
    states: NDArray[np.uint64]
    engine: str
    because: Sayable
    members: Parties
    sides: tuple[Parties, ...]
    concepts: tuple[str, ...]
    verdicts: FrozenMap[str, Bools]
    comparisons: FrozenMap[str, Comparison]
    listed: int

    @property
    def players(self) -> tuple[tuple[str, ...], ...]:
        """The members of every player."""
        ids = tuple(self.model.party)
        return tuple(tuple(ids[j] for j in side) for side in self.sides)

    def stable(self, concept: str, player: int) -> Bools:
        """(S,): whether a player, by its place in `players`, has no reason to leave each state.

        Raises
        ------
        CallError
            For a concept that was not asked for, or not finished.
        """
        return self._verdicts(concept)[player]

    def equilibria(self, concept: str) -> Bools:
        """(S,): whether each state is stable for every player. Raises as `stable`."""
        return np.logical_and.reduce(self._verdicts(concept), axis=0)

    def _verdicts(self, concept: str) -> Bools:
        (wanted,) = chosen((concept,))
        if wanted not in self.concepts:
            raise CallError(f"'{wanted}' was not asked for; asked: {', '.join(self.concepts)}")
        if wanted not in self.verdicts:
            raise CallError(f"'{wanted}' was not finished: {self.stopped}")
        return self.verdicts[wanted]

    def data(self) -> dict[str, Any]:
        return merged_data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return merged_words.blocks(self)

    def _brief(self) -> str:
        return f"{', '.join(self.model.parties[j].id for j in self.members)} as one player"


def ask(
    setting: Setting,
    parties: str | Iterable[str],
    concepts: str | Iterable[str] | None,
    list: int,  # noqa: A002 - the parameter is called list
) -> MergedPlayers:
    """Ask what is stable where parties are one player. Parameters and errors are those of `bestand.merged`."""
    if list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    model = setting.under
    wanted = chosen(None if concepts is None else names(concepts))
    given = names(parties)
    members = coalition_of(model, given)
    if len(members) < 2:
        raise CallError(f"'{given[0]}' alone is a player already; merge two parties or more")
    solution = Solution(model, watch=setting.watch)
    verdicts: dict[str, Bools] = {}
    comparisons: dict[str, Comparison] = {}
    stopped = None
    merged = None
    try:
        merged = Merged(solution.space, members, setting.watch)
        setting.watch.phase("asking merged players", len(wanted))
        for concept in wanted:
            rows = np.array([merged.verdict(concept, player) for player in range(len(merged.players))])
            comparisons[concept] = _compared(solution, concept, merged.equilibria(concept))
            verdicts[concept] = rows
            setting.watch.step()
    except LimitReached as error:
        if merged is None:
            raise
        stopped = error.stop
    return MergedPlayers(
        model=model,
        readings=setting.readings,
        stopped=stopped,
        states=frozen(solution.space.states),
        engine=solution.engine.name,
        because=solution.because,
        members=members,
        sides=merged.players,
        concepts=wanted,
        verdicts=FrozenMap(read_only(verdicts)),
        comparisons=FrozenMap(read_only(comparisons)),
        listed=list,
    )


def _compared(solution: Solution, concept: str, merged: Bools) -> Comparison:
    """Return the equilibria of merged players beside those of the parties as they are."""
    apart = solution.equilibria(concept)
    return Comparison(
        int(merged.sum()),
        int(apart.sum()),
        int((merged & apart).sum()),
        selection(solution, merged & ~apart),
        selection(solution, apart & ~merged),
    )
