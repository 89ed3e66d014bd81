"""The smallest changes after which the wanted outcome stands, comes by itself, or is a deal that is kept.

Whether it is depends on what everybody would do without a deal and once it is signed, and so on all orders at once:
there is no smaller question that could be put to one party alone. Every change of so many steps is tried, each by the
verdict on the plan, before any of one more. What holds of equilibria decides nothing here: a deal is kept where drift
never leaves the plan, and the state that is signed need not be an equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from math import prod
from typing import Protocol, TypeVar

from bestand.model.message import message
from bestand.model.model import Model
from bestand.model.sentences import Change
from bestand.model.tied import acting_today
from bestand.model.truth import holds, outcomes_in
from bestand.model.values import FrozenMap, Preference, Ranking
from bestand.plan.ruling_values import HOLDS, Deal
from bestand.solve.solution import Solution
from bestand.stability.registry import HEADLINE

from .answer import After, Example, Kind, Settlement, Sought
from .breaches import breaches
from .candidates import Candidate, Found
from .options import option_ties
from .order import shares
from .search import DEPTH, MOST_STATES, Search
from .swaps import Swaps
from .ties import MOST as MOST_TIES
from .ties import Repairs, alike

_COALESCED = message("several states count as one, beside which ties cannot be reckoned with")

Step = TypeVar("Step", covariant=True)


class _Levels(Protocol[Step]):
    def at(self, steps: int, /) -> Sequence[Step]: ...


class DealSearch(Search):
    """The search for changes after which the verdict on the formula as a plan is that it holds.

    Parameters
    ----------
    model, common, formula, concepts, parties, depth, most, watch, readings, name
        As for `Search`; the one concept is `HEADLINE`, under which a plan is judged.

    Raises
    ------
    LimitReached
        Where the time is over before there is a verdict on the model as it is.
    """

    sought: Sought = "deal"

    def _today(self) -> dict[str, Example]:
        return {}

    def _unmet(self) -> tuple[str, ...]:
        ruling, limit = self.outlook.ruling, self.outlook.limit
        if limit is not None and limit.limit == "seconds":
            raise limit
        return () if ruling is None or ruling.kind in HOLDS else (HEADLINE,)

    def _ties(self, found: Found) -> None:
        ruling = self.outlook.ruling
        if self.model.coalesced:
            found.absent = _COALESCED
            return
        if ruling is None or ruling.kind != "deal-not-kept":
            found.absent = message("nobody would sign it as things are, so that there is nothing yet for a tie to hold")
            return
        repairs = Repairs(self.outlook.before, self.parties, self.watch)
        if not repairs.candidates:
            found.absent = message("nobody who may change could tie down what would break it")
            return
        for size in range(1, (self.depth or MOST_TIES) + 1):
            if self.depth is None and repairs.many(size):
                found.untried = repairs.count(size)
                return
            for place, ties in enumerate(repairs.of(size)):
                found.add(Candidate(size, place, alike(ties), ties=ties), HEADLINE)
            found.searched[HEADLINE] = size
            if found.has(HEADLINE):
                return

    def _options(self, found: Found) -> None:
        if self.model.coalesced:
            found.absent = _COALESCED
            return
        every = [tie for tie in option_ties(self.model, self.formula, self._may_tie()) if self._rests([tie])]
        if not every:
            found.absent = message("nobody who may change can do anything that could be tied to it")
            return
        for steps in range(1, (self.depth or (DEPTH if self.target.space.size <= MOST_STATES else 1)) + 1):
            sets = list(combinations(every, steps))
            self.watch.phase("tying what parties can do today to the outcome", len(sets))
            for place, ties in enumerate(sets):
                self.watch.step()
                model = self._changed(ties)
                if model is not None and self.outlook.gains(model, {tie.party for tie in ties}):
                    found.add(Candidate(steps, place, ties, changes=ties), HEADLINE)
            found.searched[HEADLINE] = steps
            if found.has(HEADLINE):
                return

    def _may_tie(self) -> list[str]:
        """Return who may tie what it can do today: not who breaks a deal as things are, which guards nobody from it."""
        ruling = self.outlook.ruling
        broken = ruling is not None and ruling.kind == "deal-not-kept"
        breaking = {event.breaker for event in breaches(self.outlook.before).lacking} if broken else set()
        ids = [*self.model.party]
        return [id for id in self.parties if ids.index(id) not in breaking]

    def _rests(self, ties: Sequence[Change]) -> bool:
        """Return whether ties would change nothing today."""
        model = self._changed(ties)
        return model is not None and not acting_today(model)

    def _wishes(self, found: Found) -> None:
        orders = self._orders()
        if not orders:
            found.absent = message("nobody who may change has priorities")
            return
        for steps in self._steps(found, HEADLINE):
            for new in self._combined(orders, steps, "wishes"):
                if self.outlook.holds(self._with((i, order.priorities) for i, order in new)):
                    found.add(self._rewished(steps, [order for _, order in new]), HEADLINE)

    def _rankings(self, found: Found) -> None:
        swaps: dict[int, Swaps] = {}
        for i, party in enumerate(self.model.parties):
            today = self.model.preferences.get(party.id)
            if isinstance(today, Ranking) and party.id in self.parties:
                swaps[i] = Swaps(party.id, today)
        if not swaps:
            found.absent = message("nobody who may change has an explicit ranking")
            return
        for steps in self._steps(found, HEADLINE):
            for new in self._combined(swaps, steps, "rankings"):
                if self.outlook.holds(self._with((i, Ranking(groups)) for i, groups in new)):
                    turned = tuple(swaps[i].reranked(groups) for i, groups in new)
                    alike = tuple((each.party, each.turned) for each in turned)
                    found.add(Candidate(steps, 0, alike, rankings=turned), HEADLINE)

    def _combined(
        self, levels: Mapping[int, _Levels[Step]], steps: int, kind: Kind
    ) -> Iterator[tuple[tuple[int, Step], ...]]:
        """Every way to take so many steps, shared among the parties in every way, with a word to the watch."""
        ways = [
            [(i, levels[i].at(share)) for i, share in zip(levels, parts, strict=True) if share]
            for parts in shares(steps, len(levels))
        ]
        count = sum(prod(len(orders) for _, orders in way) for way in ways)
        if kind == "wishes":
            self.watch.phase("asking what the parties could want", count)
        else:
            self.watch.phase("ranking the states otherwise", count)
        for way in ways:
            parties = [i for i, _ in way]
            for new in product(*(orders for _, orders in way)):
                self.watch.step()
                yield tuple(zip(parties, new, strict=True))

    def _can_help(self, changes: Sequence[Change], concept: str) -> bool:
        return True  # who can do less may drift elsewhere, and so make another deal of it

    def _with(self, wishes: Iterable[tuple[int, Preference]]) -> Model:
        """Return the model with other wishes for some parties."""
        others = {self.model.parties[i].id: each for i, each in wishes}
        return replace(self.model, preferences=FrozenMap({**self.model.preferences, **others}))

    def _holding(self, model: Model | None, concepts: Iterable[str]) -> tuple[str, ...]:
        return (HEADLINE,) if model is not None and self.outlook.holds(model) else ()

    def _proven(self, settlement: Settlement, solution: Solution, under: Sequence[str]) -> Settlement:
        if settlement.after is None or settlement.after.ruling.kind not in HOLDS:
            raise AssertionError(f"what was found does not hold: {settlement}")  # pragma: no cover
        return settlement if not settlement.ties else _shown(settlement, settlement.after)


def _shown(settlement: Settlement, after: After) -> Settlement:
    """Return a settlement with a deal first in which no tie has acted, which is what makes it one."""
    model = settlement.model

    def acted(deal: Deal) -> bool:
        yes = set(model.taken(deal.state))
        return any(holds(tie.when, yes, outcomes_in(model, yes)) for tie in settlement.ties)

    lean = tuple(sorted(after.ruling.lean, key=acted))
    return replace(settlement, after=replace(after, ruling=replace(after.ruling, lean=lean)))
