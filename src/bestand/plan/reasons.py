"""The reasons behind a verdict on a plan: for each thing that is said, how often it is so, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bestand.model.sentences import StatementRef
from bestand.model.wording import level_numbers

from .ruling_values import RANKING, RED_LINE, WEIGHTS, Gain, Keeper, Refused, Ruling

About = Literal["refuses", "blocking", "alone", "deal", "signs", "keeps", "breaks", "without"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is said of a plan.

    Parameters
    ----------
    about : {"refuses", "blocking", "alone", "deal", "signs", "keeps", "breaks", "without"}
        That a party refuses, that nothing passes some parties together, that it needs one party only, that there is a
        deal, that a party signs it, what keeps a party in it, that it is not kept, what things come to without one.
    party : str or None
        Whose reason it is, where it is one party's.
    holds, of : int or None
        Of how many of the states that are spoken of it is so; None where single states are spoken of.
    rests_on : tuple of StatementRef
        The wishes that decide it, most important first.
    """

    about: About
    party: str | None = None
    holds: int | None = None
    of: int | None = None
    rests_on: tuple[StatementRef, ...] = ()

    @property
    def id(self) -> str:
        """Return what a call names it by.

        Examples
        --------
        >>> Reason("refuses", "russia").id, Reason("without").id
        ('refuses-russia', 'without')
        """
        return self.about if self.party is None else f"{self.about}-{self.party}"


def reasons(ruling: Ruling) -> tuple[Reason, ...]:
    """Return the reasons behind a verdict, in the order in which it is told. O(parties · wishes)."""
    return tuple(_reasons(ruling))


def ids_of(about: About, parties: Iterable[str]) -> str:
    """Return the ids of the reasons of several parties, with commas between them.

    Examples
    --------
    >>> ids_of("refuses", ["russia", "europe"])
    'refuses-russia,refuses-europe'
    """
    return ",".join(Reason(about, party).id for party in parties)


def _reasons(ruling: Ruling) -> Iterator[Reason]:
    if ruling.kind == "cannot-be":
        return
    if ruling.blocking:
        yield Reason("blocking", None, ruling.signable, ruling.signable)
    elif ruling.kind == "no-deal" and ruling.alone:
        yield Reason("alone")
    if ruling.by is not None:
        yield from (Reason("keeps", party, rests_on=_held_by(keeper)) for party, keeper in ruling.by.items())
    elif ruling.lean:
        deal = ruling.lean[0]
        if ruling.kind in ("deal", "deal-not-kept"):
            yield Reason("deal", None, ruling.kept, ruling.deals)
        yield from (Reason("signs", party, rests_on=_gained(gain)) for party, gain in deal.gains.items())
        kept = ((party, keeper) for party, keeper in deal.by.items() if keeper.how != "breaks")
        yield from (Reason("keeps", party, rests_on=_held_by(keeper)) for party, keeper in kept)
        if deal.chain:
            yield Reason("breaks", rests_on=_of_all(deal.chain_gains))
    for party, refused in ruling.refuses.items():
        if refused.states:
            holds, of = (None, None) if refused.told is None else refused.covered
            yield Reason("refuses", party, holds, of, tuple(deciding_wishes(refused)))
    way = ruling.way if ruling.terms.no_deal in (None, "drift") else ()  # else it is given, and rests on nobody's wish
    yield Reason("without", rests_on=_of_all([step.gain for step in way]))


def _of_all(gains: Iterable[Gain]) -> tuple[StatementRef, ...]:
    """Return the wishes that moves meet which give nothing away: each part of such a move is there for some wish."""
    return tuple(dict.fromkeys(ref for gain in gains for ref in gain.gained))


def _held_by(keeper: Keeper) -> tuple[StatementRef, ...]:
    """Return the wishes that tempt a party to leave, and those that the answer would cost it."""
    both = [each for each in (keeper.tempts, keeper.costs) if each is not None]
    return tuple(dict.fromkeys(ref for gain in both for ref in _gained(gain)))


def _gained(gain: Gain) -> tuple[StatementRef, ...]:
    """Return the wishes that decide for a state: the first that differs, or all of its level."""
    return gain.level or (() if gain.first is None else (gain.first,))


def deciding_wishes(refused: Refused) -> Iterator[StatementRef]:
    """Yield the wishes that decide what a party refuses."""
    for key in refused.decided_by:
        if key not in (RED_LINE, RANKING, WEIGHTS):
            party, numbers = level_numbers(key)
            yield from (StatementRef(party, number) for number in numbers)
