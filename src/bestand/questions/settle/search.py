"""Settlements: the smallest changes that make of a wanted outcome what it is to be, kind by kind.

The inverse problem of the graph model (Kinsara, Kilgour & Hipel 2015) asks for the preferences under which a state is
an equilibrium. Here the question is put to everything that a mediator could work on: what the parties want, what they
can do, and what they could offer one another. Unless concepts are named it is a deal that is kept that is sought; see
`bestand.questions.settle.deals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice
from typing import Any

import numpy as np

from bestand.engine.limits import Watch
from bestand.model.changing import changed
from bestand.model.errors import CallError, LimitReached, MissingExtra
from bestand.model.formula import Formula
from bestand.model.message import Message, message
from bestand.model.model import Model
from bestand.model.sentences import Bind, Change, Forbid, StatementRef
from bestand.model.values import FrozenMap, Plan
from bestand.plan.terms import formula_of
from bestand.solve.solution import Solution
from bestand.stability.registry import weaker

from .answer import Example, Kind, Part, Settled, Settlement, Sought
from .board import served
from .candidates import Candidate, Found, chosen, part_of
from .moves import move_changes
from .offers import offers
from .order import Reordering, by_own_order
from .outlook import Outlook
from .rankings import fewest_swaps, ranked_by_hand, with_rankings
from .repeats import Repeats
from .target import Target, holding, solved
from .tied_plan import named, with_ties
from .wishes import Order, Orders, orders_of

DEPTH = 2  # steps up to which is looked unless told
MOST_STATES = 100  # up to which that is so for moves as well, of which every pair is solved anew


class Search:
    """One question: a formula, some concepts, and who may be asked to change.

    Parameters
    ----------
    model : Model
    common : tuple of Change
        Readings that the question is put under.
    plan : Formula or Plan
    concepts : tuple of str
    parties : tuple of str
        Whose wishes, moves and reception of offers may change.
    depth : int, optional
        Steps up to which is looked; two unless told, and for moves one where there are more than 100 states.
    most : int
        How many answers of a kind to give.
    watch : Watch, optional
    readings : tuple of str
        Their names.
    name : str
        What the caller calls the model.

    Raises
    ------
    CallError
        When no feasible state satisfies the formula, or a depth or a number of answers below one is asked for.
    """

    sought: Sought = "equilibrium"

    def __init__(
        self,
        model: Model,
        common: tuple[Change, ...],
        plan: Formula | Plan,
        concepts: tuple[str, ...],
        parties: tuple[str, ...],
        depth: int | None = None,
        most: int = 5,
        watch: Watch | None = None,
        readings: tuple[str, ...] = (),
        name: str = "MODEL",
    ) -> None:
        for number, what in ((depth, "a depth"), (most, "a list")):
            if number is not None and number < 1:
                raise CallError(f"{what} of {number}: give 1 or more")
        self.base, self.common = model, common
        self.readings, self.name = readings, name
        self.watch = watch or Watch()
        self.depth, self.most = depth, most
        formula = formula_of(plan)
        self.plan, self.formula, self.parties = plan, formula, parties
        self.target = Target(Solution(changed(model, common), watch=self.watch), formula, self.watch)
        self.model = self.target.model
        self.asked = concepts
        self.outlook = Outlook(self.target.solution, plan, self.watch)
        self.repeats = Repeats(self.target.space, formula, lambda party: orders_of(model, common, party))
        self.already = self._today()
        self.concepts = self._unmet()

    def settle(self, kinds: Sequence[Kind]) -> Settled:
        """Return the answer. Where a limit is reached, the parts that it cut short say so."""
        ruling = self.outlook.ruling  # first, so that it is there whatever limit is reached
        parts = [self._part(kind, alone=len(kinds) == 1) for kind in kinds] if self.concepts else []
        return Settled(
            self.base,
            self.model,
            self.formula,
            self.asked,
            len(self.target.states),
            FrozenMap(self.already),
            tuple(parts),
            FrozenMap(self._wishes_today()),
            self.readings,
            self.name,
            self.sought,
            ruling,
            self.outlook.unjudged,
        )

    def _wishes_today(self) -> dict[StatementRef, Formula]:
        """Return what every statement of the file says once the readings are applied."""
        orders = [orders_of(self.base, self.common, party.id) for party in self.model.parties]
        return {
            StatementRef(order.party, number): formula
            for order in orders
            if order is not None
            for number, formula in order.entries
            if number
        }

    def _today(self) -> dict[str, Example]:
        """By concept a wanted state that is an equilibrium as things are."""
        found = {concept: self.target.already(concept) for concept in self.asked}
        return {
            concept: _example(self.target.solution, states, (concept,))
            for concept, states in found.items()
            if states.any()
        }

    def _unmet(self) -> tuple[str, ...]:
        """The concepts under which something has to change."""
        return tuple(concept for concept in self.asked if concept not in self.already)

    def _part(self, kind: Kind, *, alone: bool) -> Part:
        found = Found(kind)
        look = {
            "ties": self._ties,
            "offers": self._offers,
            "options": self._options,
            "wishes": self._wishes,
            "rankings": self._rankings,
            "moves": self._moves,
        }
        settlements: list[Settlement] = []
        try:
            look[kind](found)
        except LimitReached as error:
            found.stopped = error.stop
        except MissingExtra as error:
            if alone:
                raise
            found.absent = Message(str(error))
        given = chosen(found, self.concepts, self.most)
        try:
            for candidate, alike in given:
                settlements.append(self._verified(kind, candidate, alike, found))
        except LimitReached as error:
            found.stopped = error.stop
        for concept in self.concepts:
            found.smallest.setdefault(concept, None)
        return Part(
            kind,
            tuple(settlements),
            FrozenMap(found.smallest),
            FrozenMap(found.searched),
            len(found.candidates),
            found.stopped,
            found.absent,
            found.untried,
        )

    def _ties(self, found: Found) -> None:
        found.absent = message("a tie holds what is signed, and what is sought here is an equilibrium")

    def _options(self, found: Found) -> None:
        found.absent = message("whoever ties itself looks at what becomes of a plan, and not of an equilibrium")

    def _wishes(self, found: Found) -> None:
        orders = self._orders()
        if not orders:
            found.absent = message("nobody who may change has priorities")
            return
        search = Reordering(self.target, orders)
        for concept in self.concepts:
            for steps in self._steps(found, concept):
                for combination in search.answers(concept, steps):
                    found.add(self._rewished(steps, combination), concept)

    def _steps(self, found: Found, concept: str) -> Iterator[int]:
        """The numbers of steps to try, one after the other until some number does."""
        for steps in range(1, (self.depth or DEPTH) + 1):
            yield steps
            found.searched[concept] = steps
            if found.has(concept):
                return

    def _orders(self) -> dict[int, Orders]:
        """The orders of wishes of the parties that may change and have some, or none at all."""
        found = {}
        for i, party in enumerate(self.model.parties):
            order = orders_of(self.base, self.common, party.id) if party.id in self.parties else None
            if order is not None:
                found[i] = Orders(order, self.formula)
        return found

    def _rewished(self, steps: int, orders: Sequence[Order]) -> Candidate:
        changes = tuple(change for order in orders for change in order.changes)
        weight = sum(order.weight for order in orders)
        return Candidate(steps, weight, tuple(map(part_of, changes)), self.repeats.of(changes), changes)

    def _rankings(self, found: Found) -> None:
        ranked = [i for i in ranked_by_hand(self.model) if self.model.parties[i].id in self.parties]
        if not ranked:
            found.absent = message("nobody who may change has an explicit ranking")
            return
        for concept in self.concepts:
            if not served(concept):
                continue
            self.watch.phase(f"ranking states otherwise, for {concept}")
            wanted = self.target.states.tolist()
            for new in islice(fewest_swaps(self.target.space, wanted, concept, ranked, self.watch), self.most):
                size = sum(len(each.turned) for each in new)
                found.add(Candidate(size, 0, tuple((each.party, each.turned) for each in new), rankings=new), concept)
            found.searched[concept] = None

    def _moves(self, found: Found) -> None:
        every = list(move_changes(self.target.space, self.formula, self.parties))
        depth = self.depth or (DEPTH if self.target.space.size <= MOST_STATES else 1)
        for steps in range(1, depth + 1):
            left = [concept for concept in self.concepts if not found.has(concept)]
            if not left:
                return
            sets = list(combinations(range(len(every)), steps))
            self.watch.phase("changing what parties can do", len(sets))
            for places in sets:
                self.watch.step()
                changes = tuple(every[k] for k in places)
                able = [concept for concept in left if self._can_help(changes, concept)]
                if not able:
                    continue
                for concept in self._holding(self._changed(changes), able):
                    found.add(Candidate(steps, sum(places), changes, changes=changes), concept)
            for concept in left:
                found.searched[concept] = steps

    def _offers(self, found: Found) -> None:
        every = list(offers(self.model, self.formula, self.parties))
        if not every:
            found.absent = message("nobody who may change has priorities, in which an offer could find its place")
            return
        self.watch.phase("making offers", len(every))
        for offer in every:
            self.watch.step()
            count = len(every)
            for concept in self._holding(offer.applied(self.model), self.concepts):
                candidate = Candidate(1, count - offer.place, (offer.kind, offer.to), offer=offer)
                found.add(candidate, concept)
        found.searched.update(dict.fromkeys(self.concepts, 1))

    def _changed(self, changes: Sequence[Change]) -> Model | None:
        try:
            return changed(self.base, (*self.common, *changes))
        except CallError:  # two changes that exclude each other
            return None

    def _holding(self, model: Model | None, concepts: Iterable[str]) -> tuple[str, ...]:
        """Under which of some concepts a changed model does it."""
        solution = None if model is None else solved(model, self.watch)
        return () if solution is None else holding(solution, self.formula, concepts)

    def _can_help(self, changes: Sequence[Change], concept: str) -> bool:
        """Return whether changes could do it.

        To take moves from a party makes nobody else stable under a concept of own orders, and nothing holds under a
        concept that does not hold under a weaker one.
        """
        restricted = {_restricted(change) for change in changes}
        known = next(filter(by_own_order, (concept, *weaker(concept))), None)
        if known is None or None in restricted:
            return True
        common = self.target.every
        for i, party in enumerate(self.model.parties):
            if party.id not in restricted:
                common &= self.target.stable(self.target.solution, known, i)
        return common != 0

    def _verified(self, kind: Kind, candidate: Candidate, alike: int, found: Found) -> Settlement:
        """A change that is solved again, from the model on."""
        commitments, fixed = named(self.model, candidate.ties)
        if candidate.ties:
            model = with_ties(self.model, self.plan, commitments, fixed)
        elif candidate.offer is not None:
            model = candidate.offer.applied(self.model)
        elif candidate.rankings:
            model = with_rankings(self.model, candidate.rankings)
        else:
            model = changed(self.base, (*self.common, *candidate.changes))
        solution = Solution(model, watch=self.watch.inner())
        settlement = Settlement(
            kind,
            candidate.size,
            candidate.changes,
            candidate.rankings,
            candidate.offer,
            model,
            self.asked,
            FrozenMap(),
            None,
            alike,
            self.outlook.after(solution),
            candidate.repeats,
            commitments,
            fixed,
        )
        return self._proven(settlement, solution, found.candidates[candidate])

    def _proven(self, settlement: Settlement, solution: Solution, under: Sequence[str]) -> Settlement:
        """The settlement with what it makes of the wanted states; it does so under the concepts it was found for."""
        wanted = solution.space.holds(self.formula)
        equilibria = {concept: solution.equilibria(concept) for concept in self.asked}
        counts = {c: (int((states & wanted).sum()), int(states.sum())) for c, states in equilibria.items()}
        for concept in under:
            if not counts[concept][0]:
                raise AssertionError(f"what was found for {concept} does not hold: {settlement}")  # pragma: no cover
        concepts = tuple(concept for concept in self.asked if counts[concept][0])
        held = np.sum([equilibria[concept] & wanted for concept in concepts], axis=0)
        best = held == held.max()
        at = np.flatnonzero(best)[0]
        example = _example(solution, best, tuple(concept for concept in concepts if equilibria[concept][at]))
        return replace(settlement, concepts=concepts, counts=FrozenMap(counts), example=example)


def _example(solution: Solution, found: Any, concepts: tuple[str, ...]) -> Example:
    """Of some states one that is reached from today if any is, and nearest to today."""
    space, reach = solution.space, solution.reach()
    states = np.flatnonzero(found)
    if reach is not None and reach.reached[states].any():
        states = states[reach.reached[states]]
        at = int(states[np.argmin(reach.distance[states])])
        steps = [(solution.engine.parties[step.party], int(space.states[step.state])) for step in reach.path(at)]
        return Example(int(space.states[at]), concepts, tuple(steps))
    quo = solution.model.status_quo
    today = np.uint64(0 if quo is None else solution.model.mask(quo))
    at = int(states[np.argmin(np.bitwise_count(space.states[states] ^ today))])
    return Example(int(space.states[at]), concepts, None)


def _restricted(change: Change) -> str | None:
    """The party that a change takes moves from, where it does nothing else; else None."""
    match change:
        case Bind(option):
            return option.partition(".")[0]
        case Forbid(party):
            return party
        case _:
            return None
