"""What follows from a drift: where it ends, where it goes round, and how likely that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bestand.engine.limits import Watch
from bestand.engine.states import States, Truth
from bestand.model.errors import LimitReached, Stop
from bestand.model.message import Message
from bestand.model.values import FrozenMap

from .drift import Drift
from .ends import Parts, Round, parts, rounds
from .likelihood import TOO_FAR_APART, Likelihood, chance, likelihood, why_not

MOST_ROUNDS = 20  # components that are given with an example


@dataclass(frozen=True)
class End:
    """Where things can end: a state in which none of those who may move has a move, or states that are not left again.

    Parameters
    ----------
    places : (k,) int
        Among the states found, ascending.
    masks : (k,) uint64
        The same states as bit masks.
    likelihood : float or None
        The probability that things end here; None where it is not worked out.
    rests : bool
        Whether things rest in each of them: of several, one is as good as another to everybody, and they differ in no
        outcome, so that they are one end. Else things go round in them for good.
    """

    places: NDArray[np.integer]
    masks: States
    likelihood: float | None
    rests: bool

    @property
    def states(self) -> tuple[int, ...]:
        """The states as bit masks, that which the fewest moves lead to first."""
        return tuple(self.masks.tolist())

    @property
    def nearest(self) -> int:
        """The place of the state that the fewest moves lead to."""
        return int(self.places[0])


@dataclass(frozen=True)
class Prospects:
    """What follows from a drift, as far as it was looked at.

    Parameters
    ----------
    ends : tuple of End
        The most likely first, else the nearest. Closed sets of several states only where everything was followed.
    rounds : tuple of Round
        Where things can go round, `MOST_ROUNDS` at most.
    round_count : int or None
        How many such sets of states there are; None where not everything was followed.
    moves_to_the_end : float or None
        The expected number of moves, if chance decides; None where there are no likelihoods.
    odds : FrozenMap of str to (float, float)
        By outcome, how likely it is true in all states of the end, and in none; empty where there are no likelihoods.
    chance : float or None
        How likely it is that what is wanted is ever so.
    unsaid : Message, Stop or None
        Why there are no likelihoods.
    always_taken, never_taken : int
        The options, as bit masks, that are taken at all ends and not in all states found; and that are taken at no end,
        and in some state found.
    stopped : Stop or None
        The limit that was reached.
    """

    ends: tuple[End, ...]
    rounds: tuple[Round, ...]
    round_count: int | None
    moves_to_the_end: float | None
    odds: FrozenMap[str, tuple[float, float]]
    chance: float | None
    unsaid: Message | Stop | None
    always_taken: int
    never_taken: int
    stopped: Stop | None


def prospects(
    drift: Drift,
    wanted: Truth | None,
    outcomes: Mapping[str, Truth],
    watch: Watch,
    stopped: Stop | None = None,
    alike: NDArray[np.integer] | None = None,
) -> Prospects:
    """Find the ends, the rounds and the likelihoods of a drift, and return what was found.

    Parameters
    ----------
    drift : Drift
        Where it did not follow everything, its resting places are all that is known.
    wanted : (n,) bool, optional
        Which of the states found somebody wants to come to.
    outcomes : mapping of str to (n,) bool
        By outcome, in which of the states found it is true.
    watch : Watch
        Where a limit is reached, what was found by then is returned.
    stopped : Stop, optional
        A limit that was reached before: then nothing more is looked for.
    alike : (n,) int, optional
        Numbers that are the same for states between which nobody makes a difference; all differ unless told.
    """
    search = _Search(drift)
    try:
        if stopped is None:
            search.look(wanted, watch)
    except LimitReached as error:
        stopped = search.unsaid = error.stop
    ends = tuple(sorted(_added_up(drift, search.ends, alike), key=lambda end: (-(end.likelihood or 0), end.nearest)))
    chain = search.chain
    taken, untaken = _in_common(drift, ends)
    return Prospects(
        ends=ends,
        rounds=tuple(search.rounds),
        round_count=search.round_count,
        moves_to_the_end=None if chain is None else chain.moves,
        odds=FrozenMap({} if chain is None else {name: _odds(ends, holds) for name, holds in outcomes.items()}),
        chance=search.chance,
        unsaid=search.unsaid,
        always_taken=taken,
        never_taken=untaken,
        stopped=stopped,
    )


def _odds(ends: tuple[End, ...], holds: Truth) -> tuple[float, float]:
    """Return how likely something is true in all states of the end, and in none."""
    always = sum(end.likelihood or 0 for end in ends if holds[end.places].all())
    never = sum(end.likelihood or 0 for end in ends if not holds[end.places].any())
    return always, never


def _in_common(drift: Drift, ends: tuple[End, ...]) -> tuple[int, int]:
    """Return the options that are taken at all ends and not everywhere, and at none of them and somewhere."""
    if not ends:
        return 0, 0
    masks, found = np.concatenate([end.masks for end in ends]), drift.masks
    taken = np.bitwise_and.reduce(masks) & ~np.bitwise_and.reduce(found)
    untaken = np.bitwise_or.reduce(found) & ~np.bitwise_or.reduce(masks)
    return int(taken), int(untaken)


class _Search:
    """What was found so far."""

    def __init__(self, drift: Drift) -> None:
        self.drift = drift
        resting = np.flatnonzero(drift.rests)
        self.ends = tuple(End(np.array([at]), drift.masks[at : at + 1], None, True) for at in resting)
        self.rounds: list[Round] = []
        self.round_count: int | None = None
        self.chain: Likelihood | None = None
        self.chance: float | None = None
        self.unsaid: Message | Stop | None = why_not(drift, None)

    def look(self, wanted: Truth | None, watch: Watch) -> None:
        """Find everything, where everything was followed."""
        if not self.drift.closed:
            return
        watch.phase("looking for ends and rounds")
        among = parts(self.drift.graph, self.drift.size)
        self.round_count, self.rounds = rounds(self.drift, among, MOST_ROUNDS)
        self.ends = _ends(self.drift, among, None)
        self.unsaid = why_not(self.drift, among)
        if self.unsaid is not None:
            return
        self.chain = likelihood(self.drift, among, watch)
        if self.chain is None:
            self.unsaid = TOO_FAR_APART
            return
        self.ends = _ends(self.drift, among, self.chain)
        if wanted is not None:
            self.chance = chance(self.drift, wanted, watch)


def _ends(drift: Drift, among: Parts, chain: Likelihood | None) -> tuple[End, ...]:
    """Return the components that are not left again."""
    order = np.argsort(among.part, kind="stable")
    starts = np.searchsorted(among.part[order], np.arange(len(among.size) + 1))
    found = []
    for part in np.flatnonzero(among.closed).tolist():
        places = order[starts[part] : starts[part + 1]]
        likelihood = None if chain is None else float(chain.part[part])
        found.append(End(places, drift.masks[places], likelihood, len(places) == 1))
    return tuple(found)


def _added_up(drift: Drift, ends: tuple[End, ...], alike: NDArray[np.integer] | None) -> Iterator[End]:
    """Yield the ends, those resting places as one between which nobody makes a difference."""
    together: dict[int, list[End]] = {}
    for end in ends:
        kind = int(alike[end.nearest]) if end.rests and alike is not None else -1 - end.nearest
        together.setdefault(kind, []).append(end)
    for same in together.values():
        places = np.sort(np.concatenate([end.places for end in same]))
        chances = [end.likelihood for end in same if end.likelihood is not None]
        yield End(places, drift.masks[places], sum(chances) if chances else None, same[0].rests)
