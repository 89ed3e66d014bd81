"""A model asked about one state at a time, in plain Python: what a replay rests on, beside the engines.

Nothing of the engines is used: formulas, rules, moves and wishes are read off the model and put to bit masks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

from bestand.model.errors import CallError
from bestand.model.formula import And, Constant, Formula, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, StateAtom
from bestand.model.model import Model
from bestand.model.truth import in_order
from bestand.model.values import ChoiceRule, Priorities, Ranking, Rule, Weights

Holds = Callable[[int], bool]
Pair = tuple[int, int]  # a state and who moved last


class TooMany(Exception):
    """More states would have to be looked at than were granted."""


class Plain:
    """What a model says of single states, each a bit mask.

    Parameters
    ----------
    model : Model
    most : int
        States that may be looked at for one question.
    """

    def __init__(self, model: Model, most: int) -> None:
        self.model = model
        self.most = most
        self._outcomes: dict[str, Holds] = {}
        for name in in_order(model):
            self._outcomes[name] = self.reader(model.outcome[name].formula)
        self._rules = [self._kept(rule) for rule in model.rules]
        self._own = [model.mask(option.id for option in party.options) for party in model.parties]
        ways = {way.option: way.direction for way in model.one_way}
        self._to_yes = model.mask(option for option, direction in ways.items() if direction == "to-yes")
        self._to_no = model.mask(option for option, direction in ways.items() if direction == "to-no")
        self._bans: list[list[tuple[Holds, Holds]]] = [[] for _ in model.parties]
        for ban in model.forbidden_moves:
            self._bans[list(model.party).index(ban.party)].append((self.reader(ban.source), self.reader(ban.target)))
        self._ties = [
            (self.reader(tie.when), *(model.mask(o for o, value in tie.then if value is yes) for yes in (True, False)))
            for tie in model.standing
        ]
        self._merits = [self._merit_of(party.id) for party in model.parties]
        self._feasible: dict[int, bool] = {}
        self._merit: list[dict[int, Any]] = [{} for _ in model.parties]
        self._moves: dict[Pair, tuple[int, ...]] = {}

    # ---- formulas ----

    def reader(self, formula: Formula) -> Holds:
        """Return what tells of a state whether a formula holds in it."""
        match formula:
            case Constant(value):
                return lambda _: value
            case OptionAtom(option):
                bit = 1 << self.model.bit[option]
                return lambda state: bool(state & bit)
            case OutcomeAtom(name):
                return self._outcomes[name]
            case StateAtom(formula=inner):
                return self.reader(inner)
            case Not(term):
                inner = self.reader(term)
                return lambda state: not inner(state)
            case And(terms):
                every = [self.reader(term) for term in terms]
                return lambda state: all(each(state) for each in every)
            case Or(terms):
                some = [self.reader(term) for term in terms]
                return lambda state: any(each(state) for each in some)
            case Implies(left, right):
                if_, then = self.reader(left), self.reader(right)
                return lambda state: not if_(state) or then(state)
            case Iff(left, right):
                one, other = self.reader(left), self.reader(right)
                return lambda state: one(state) is other(state)

    def _kept(self, rule: Rule) -> Holds:
        if isinstance(rule, ChoiceRule):
            options = self.model.mask(rule.options)
            if rule.kind == "exactly_one":
                return lambda state: (state & options).bit_count() == 1
            return lambda state: (state & options).bit_count() <= 1
        return self.reader(rule.allows)

    def feasible(self, state: int) -> bool:
        """Return whether a state breaks no rule, and no commitment in force changes it."""
        return self._lawful(state) and self.completed(state) == state

    def _lawful(self, state: int) -> bool:
        """Return whether a state breaks no rule."""
        if state not in self._feasible:
            self._feasible[state] = not state >> len(self.model.options) and all(kept(state) for kept in self._rules)
        return self._feasible[state]

    def completed(self, state: int) -> int:
        """Return what commitments in force make of a state, in rounds of all that act, until nothing changes."""
        for _ in range(len(self.model.options) + 1 if self._ties else 0):
            acting = [(yes, no) for when, yes, no in self._ties if when(state)]
            after = state
            for yes, no in acting:
                after = (after | yes) & ~no
            if after == state:
                break
            state = after
        return state

    @cached_property
    def states(self) -> list[int]:
        """Every feasible state, ascending; of those that count as one, what stands for them. Raises `TooMany`."""
        return [state for state in self._combinations if self.stands(state) == state]

    @cached_property
    def _combinations(self) -> list[int]:
        if 1 << len(self.model.options) > self.most:
            raise TooMany
        return [state for state in range(1 << len(self.model.options)) if self.feasible(state)]

    @cached_property
    def _together(self) -> dict[int, tuple[int, ...]]:
        """What is one state, by each combination of options in it, the one that stands for it first."""
        today = self.model.mask(self.model.status_quo or ())
        found: dict[int, tuple[int, ...]] = {}
        for formula in self.model.coalesced:
            holds = self.reader(formula)
            several = [state for state in self._combinations if holds(state)]
            several.sort(key=lambda state: ((state ^ today).bit_count(), state))
            found |= dict.fromkeys(several, tuple(several))
        return found

    def together(self, state: int) -> tuple[int, ...]:
        """Return the combinations of options that a state is made of, the one that stands for it first."""
        return self._together.get(state, (state,)) if self.model.coalesced else (state,)

    def stands(self, state: int) -> int:
        """Return what stands for the state that a combination of options is part of."""
        return self.together(state)[0]

    # ---- wishes ----

    def _merit_of(self, party: str) -> Callable[[int], Any]:
        match self.model.preferences.get(party):
            case Priorities() as wishes:
                levels = [[self.reader(statement.formula) for statement in level] for level in wishes.by_level]
                return lambda state: tuple(sum(reader(state) for reader in readers) for readers in levels)
            case Ranking(groups):
                place = {bits: -k for k, group in enumerate(groups) for bits in group}
                return lambda state: min(
                    place[bits] for bits in map(self.model.bits, self.together(state)) if bits in place
                )
            case Weights(weights):
                each = [(1 << self.model.bit[option], Fraction(weight)) for option, weight in weights.items()]
                return lambda state: sum((weight for bit, weight in each if state & bit), Fraction(0))
            case None:
                return lambda _: 0

    def merit(self, i: int, state: int) -> Any:
        """Return what party i thinks of a state: of two, it prefers the one of which this is greater."""
        known = self._merit[i]
        if state not in known:
            known[state] = self._merits[i](state)
        return known[state]

    def prefers(self, i: int, one: int, other: int) -> bool:
        """Return whether party i prefers the one state to the other."""
        return self.merit(i, one) > self.merit(i, other)

    # ---- moves ----

    def may(self, i: int, state: int, target: int) -> bool:
        """Return whether party i can move from one feasible state to another."""
        if self._ties:
            return target in self.moves(i, state)
        ways = ((one, other) for one in self.together(state) for other in self.together(target))
        return self.stands(state) != self.stands(target) and any(self._may(i, *way) for way in ways)

    def _may(self, i: int, state: int, target: int) -> bool:
        """Return the same of combinations of options."""
        changed = state ^ target
        if not changed or changed & ~self._own[i] or not self._lawful(target):
            return False
        if changed & state & self._to_yes or changed & target & self._to_no:
            return False
        return not any(near(state) and far(target) for near, far in self._bans[i])

    def moves(self, i: int, state: int) -> tuple[int, ...]:
        """Return where party i can move from a state. Raises `TooMany`."""
        if (i, state) not in self._moves:
            own = self._own[i]
            if 1 << own.bit_count() > self.most:
                raise TooMany
            ends = (end for one in self.together(state) for _, end in self._ends(i, one))
            self._moves[i, state] = tuple(sorted({self.stands(end) for end in ends} - {self.stands(state)}))
        return self._moves[i, state]

    def _ends(self, i: int, state: int) -> Iterator[Pair]:
        """Yield what party i can flip in a combination of options, and what comes of it."""
        own = self._own[i]
        part = own
        while True:  # every part of its options, from all to none
            target = state & ~own | part
            if self._may(i, state, target):
                yield state ^ target, self.completed(target)
            if not part:
                break
            part = part - 1 & own

    def steps(self, j: int, state: int, kind: str) -> Iterable[int]:
        """Where a party that answers can go: by any move, by improvements (``credible``), on purpose, or by its best.

        On purpose is an improvement no part of which, being a legal move, is as good.
        """
        if kind == "any":
            return self.moves(j, state)
        better = [target for target in self.moves(j, state) if self.prefers(j, target, state)]
        if kind == "best" and better:
            top = max(self.merit(j, target) for target in better)
            better = [target for target in better if self.merit(j, target) == top]
        if kind == "purposeful":
            return sorted({end for one in self.together(state) for end in self._meant(j, one)})
        return better

    def _meant(self, j: int, state: int) -> Iterator[int]:
        """Yield where party j goes on purpose from a combination of options."""
        better = [(flips, end) for flips, end in self._ends(j, state) if self.prefers(j, end, state)]
        for flips, end in better:
            parts = [other for fewer, other in better if fewer != flips and fewer & ~flips == 0]
            if all(self.prefers(j, end, other) for other in parts):
                yield self.stands(end)

    def sequences(self, i: int, start: int, kind: str) -> Iterator[tuple[int, int, int]]:
        """(state, last mover, length) of legal sequences of everybody but i, shortest first, each pair once.

        Raises `TooMany`.
        """
        seen: set[Pair] = set()
        layer: list[Pair] = [(start, i)]
        length = 0
        while layer:
            length += 1
            fresh: list[Pair] = []
            for state, last in layer:
                for j in range(len(self.model.parties)):
                    if j in (i, last):
                        continue
                    for target in self.steps(j, state, kind):
                        if (target, j) not in seen:
                            seen.add((target, j))
                            if len(seen) > self.most:
                                raise TooMany
                            fresh.append((target, j))
                            yield target, j, length
            layer = fresh


def check_party(model: Model, party: int) -> None:
    """Raises `CallError` for a party index that there is not."""
    if not 0 <= party < len(model.parties):
        raise CallError(f"there is no party {party}; the model has {len(model.parties)}, counted from 0")
