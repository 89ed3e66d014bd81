"""Settlements: the smallest changes that make a wanted state an equilibrium, kind by kind.

The inverse problem of the graph model (Kinsara, Kilgour & Hipel 2015) asks for the preferences under which a state is
an equilibrium. Here the question is put to everything that a mediator could work on: what the parties want, what they
can do, and what they could offer one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from typing import Any

import numpy as np

from bestand.answer.given import formula_of
from bestand.answer.setting import Setting, names
from bestand.engine.limits import Watch
from bestand.model.changing import changed
from bestand.model.errors import CallError, LimitReached, MissingExtra, Stop, nearest
from bestand.model.formula import Formula
from bestand.model.message import Message, message
from bestand.model.model import Model
from bestand.model.sentences import Bind, Change, Drop, Forbid, Insert, Place, Replace, StatementRef
from bestand.model.values import FrozenMap
from bestand.solve.positions import find_party
from bestand.solve.solution import Solution
from bestand.stability.registry import chosen, weaker

from .answer import KINDS, Example, Kind, Part, Reranked, Settled, Settlement
from .board import served
from .moves import move_changes
from .offers import Offer, offers
from .order import Reordering, by_own_order
from .rankings import fewest_swaps, ranked_by_hand, with_rankings
from .target import Target, holding, solved
from .wishes import Orders, orders_of

_DEPTH = 2  # steps up to which is looked unless told
_MOST_STATES = 100  # up to which that is so for moves as well, of which every pair is solved anew


@dataclass(frozen=True)
class _Candidate:
    """A change that does it, before it is verified."""

    size: int
    weight: int
    alike: Any  # candidates that differ in place alone share it
    invented: int = 0  # wishes that nobody has today
    changes: tuple[Change, ...] = ()
    rankings: tuple[Reranked, ...] = ()
    offer: Offer | None = None


@dataclass
class _Found:
    """What one kind of change has yielded so far."""

    kind: Kind
    candidates: dict[_Candidate, list[str]] = field(default_factory=dict)  # with the concepts it was found for
    smallest: dict[str, int | None] = field(default_factory=dict)
    searched: dict[str, int | None] = field(default_factory=dict)
    stopped: Stop | None = None
    absent: Message | None = None

    def add(self, candidate: _Candidate, concept: str) -> None:
        """Note that a change does it under a concept."""
        self.candidates.setdefault(candidate, []).append(concept)
        before = self.smallest.get(concept)
        self.smallest[concept] = candidate.size if before is None else min(before, candidate.size)

    def has(self, concept: str) -> bool:
        """Return whether anything does it under a concept."""
        return self.smallest.get(concept) is not None


def settle(
    setting: Setting,
    formula: str | Formula | None = None,
    concepts: Iterable[str] | None = None,
    parties: str | Iterable[str] | None = None,
    kinds: str | Iterable[str] | None = None,
    depth: int | None = None,
    most: int = 5,
) -> Settled:
    """Look for the smallest changes that make a state that satisfies a formula an equilibrium; return the answer."""
    model, looked = setting.model, kinds_of(kinds)
    search = Search(
        model,
        setting.changes,
        wanted_of(model, None if formula is None else formula_of(formula, model)),
        chosen(concepts),
        parties_of(model, parties),
        depth,
        most,
        setting.watch,
        setting.readings,
        setting.name,
    )
    return search.settle(looked)


class Search:
    """One question: a formula, some concepts, and who may be asked to change.

    Parameters
    ----------
    model : Model
    common : tuple of Change
        Readings that the question is put under.
    formula : Formula
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

    def __init__(
        self,
        model: Model,
        common: tuple[Change, ...],
        formula: Formula,
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
        self.formula, self.parties = formula, parties
        self.target = Target(Solution(changed(model, common), watch=self.watch), formula, self.watch)
        self.model = self.target.model
        self.asked = concepts
        self.already = {concept: example for concept in concepts if (example := self._today(concept)) is not None}
        self.concepts = tuple(concept for concept in concepts if concept not in self.already)

    def settle(self, kinds: Sequence[Kind]) -> Settled:
        """Return the answer. Where a limit is reached, the parts that it cut short say so."""
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

    def _today(self, concept: str) -> Example | None:
        found = self.target.already(concept)
        return _example(self.target.solution, found, (concept,)) if found.any() else None

    def _part(self, kind: Kind, *, alone: bool) -> Part:
        found = _Found(kind)
        look = {"wishes": self._wishes, "rankings": self._rankings, "moves": self._moves, "offers": self._offers}
        settlements: list[Settlement] = []
        try:
            look[kind](found)
        except LimitReached as error:
            found.stopped = error.stop
        except MissingExtra as error:
            if alone:
                raise
            found.absent = Message(str(error))
        chosen = _chosen(found, self.concepts, self.most)
        try:
            for candidate, alike in chosen:
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
        )

    def _wishes(self, found: _Found) -> None:
        orders = {}
        for i, party in enumerate(self.model.parties):
            order = orders_of(self.base, self.common, party.id) if party.id in self.parties else None
            if order is not None:
                orders[i] = Orders(order, self.formula)
        if not orders:
            found.absent = message("nobody who may change has priorities")
            return
        search = Reordering(self.target, orders)
        for concept in self.concepts:
            for steps in range(1, (self.depth or _DEPTH) + 1):
                for combination in search.answers(concept, steps):
                    changes = tuple(change for order in combination for change in order.changes)
                    weight = sum(order.weight for order in combination)
                    new = sum(isinstance(change, Insert | Replace) for change in changes)
                    found.add(_Candidate(steps, weight, tuple(map(_part_of, changes)), new, changes), concept)
                found.searched[concept] = steps
                if found.has(concept):
                    break

    def _rankings(self, found: _Found) -> None:
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
                found.add(_Candidate(size, 0, tuple((each.party, each.turned) for each in new), rankings=new), concept)
            found.searched[concept] = None

    def _moves(self, found: _Found) -> None:
        every = list(move_changes(self.target.space, self.formula, self.parties))
        depth = self.depth or (_DEPTH if self.target.space.size <= _MOST_STATES else 1)
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
                for concept in self._holding(self._with(changes), able):
                    found.add(_Candidate(steps, sum(places), changes, changes=changes), concept)
            for concept in left:
                found.searched[concept] = steps

    def _offers(self, found: _Found) -> None:
        every = list(offers(self.model, self.formula, self.parties))
        if not every:
            found.absent = message("nobody who may change has priorities, in which an offer could find its place")
            return
        self.watch.phase("making offers", len(every))
        for offer in every:
            self.watch.step()
            count = len(every)
            for concept in self._holding(solved(offer.applied(self.model), self.watch), self.concepts):
                candidate = _Candidate(1, count - offer.place, (offer.kind, offer.to), offer=offer)
                found.add(candidate, concept)
        found.searched.update(dict.fromkeys(self.concepts, 1))

    def _with(self, changes: Sequence[Change]) -> Solution | None:
        try:
            model = changed(self.base, (*self.common, *changes))
        except CallError:  # two changes that exclude each other
            return None
        return solved(model, self.watch)

    def _holding(self, solution: Solution | None, concepts: Iterable[str]) -> tuple[str, ...]:
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

    def _verified(self, kind: Kind, candidate: _Candidate, alike: int, found: _Found) -> Settlement:
        """A change put to the forward engine, from the model on."""
        if candidate.offer is not None:
            model = candidate.offer.applied(self.model)
        elif candidate.rankings:
            model = with_rankings(self.model, candidate.rankings)
        else:
            model = changed(self.base, (*self.common, *candidate.changes))
        solution = Solution(model, watch=self.watch.inner())
        wanted = solution.space.holds(self.formula)
        equilibria = {concept: solution.equilibria(concept) for concept in self.asked}
        counts = {c: (int((states & wanted).sum()), int(states.sum())) for c, states in equilibria.items()}
        for concept in found.candidates[candidate]:
            if not counts[concept][0]:
                raise AssertionError(f"what was found for {concept} does not hold: {candidate}")  # pragma: no cover
        concepts = tuple(concept for concept in self.asked if counts[concept][0])
        held = np.sum([equilibria[concept] & wanted for concept in concepts], axis=0)
        best = held == held.max()
        at = np.flatnonzero(best)[0]
        under = tuple(concept for concept in concepts if equilibria[concept][at])
        return Settlement(
            kind,
            candidate.size,
            candidate.changes,
            candidate.rankings,
            candidate.offer,
            model,
            concepts,
            FrozenMap(counts),
            _example(solution, best, under),
            alike,
        )


def kinds_of(kinds: str | Iterable[str] | None) -> tuple[Kind, ...]:
    """Return the kinds of change asked for. Raises `CallError` for one that does not exist."""
    if kinds is None:
        return KINDS
    wanted = names(kinds)
    for kind in wanted:
        if kind not in KINDS:
            hint = nearest(kind, KINDS)
            raise CallError(
                f"there is no kind of change '{kind}'; {f'{hint} ' if hint else ''}(valid: {', '.join(KINDS)})"
            )
    return tuple(kind for kind in KINDS if kind in wanted)


def wanted_of(model: Model, formula: Formula | None) -> Formula:
    """The formula asked for, or the plan of the model. Raises `CallError` where there is neither."""
    if formula is None:
        formula = model.plan
    if formula is None:
        raise CallError("the model has no plan; give the formula that the wanted state satisfies")
    return formula


def parties_of(model: Model, given: str | Iterable[str] | None) -> tuple[str, ...]:
    """Ids of the parties asked for, in the model's order; all where None. Raises `CallError` for an unknown one."""
    if given is None:
        return tuple(model.party)
    found = {find_party(model, name) for name in names(given)}
    return tuple(party.id for i, party in enumerate(model.parties) if i in found)


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


def _chosen(found: _Found, concepts: Sequence[str], most: int) -> Iterator[tuple[_Candidate, int]]:
    """The answers to give: of those that differ in place alone the least, with how many more there are.

    The smallest first, then those that make do with the wishes there are, then those that hold under most concepts;
    and for each concept at least one.
    """
    groups: dict[Any, list[_Candidate]] = {}
    for candidate, under in found.candidates.items():
        groups.setdefault((candidate.size, candidate.alike, tuple(under)), []).append(candidate)
    leaders = [min(group, key=lambda each: each.weight) for group in groups.values()]
    alike = {leader: len(group) - 1 for leader, group in zip(leaders, groups.values(), strict=True)}
    leaders.sort(key=lambda each: (each.size, each.invented, -len(found.candidates[each]), each.weight))
    given = leaders[:most]
    for concept in concepts:
        if not any(concept in found.candidates[each] for each in given):
            given += [each for each in leaders if concept in found.candidates[each]][:1]
    return ((each, alike[each]) for each in given)


def _part_of(change: Change) -> Any:
    """Return what a change is about, its place left out."""
    match change:
        case Place(statement, where):
            return ("placed", statement, where)
        case Insert(party):
            return ("added", party)
        case Drop(statement):
            return ("dropped", statement)
        case Replace(statement):
            return ("replaced", statement)
        case _:
            return change


def _restricted(change: Change) -> str | None:
    """The party that a change takes moves from, where it does nothing else; else None."""
    match change:
        case Bind(option):
            return option.partition(".")[0]
        case Forbid(party):
            return party
        case _:
            return None
