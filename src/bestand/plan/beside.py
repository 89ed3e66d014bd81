"""The verdict on a plan in many variants of a model side by side: as `bestand.plan.joint`, all of them at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bestand.engine.choose import suited
from bestand.engine.explicit import ExplicitEngine
from bestand.engine.flips import Indices, Moves
from bestand.engine.limits import Watch
from bestand.engine.order import Order
from bestand.engine.space import Space
from bestand.engine.states import distinct, missing
from bestand.model.errors import ModelError, TooManyStates
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import Plan
from bestand.solve.beside import Beside
from bestand.solve.drift import Drift
from bestand.solve.numbers import Numbers
from bestand.solve.purpose import OwnMoves, Purpose, spread
from bestand.solve.spaces import Spaces
from bestand.stability.registry import EVERY, HEADLINE

from .joint import TRIED, Joint
from .kept_beside import KeepingBeside
from .proposal import Proposal, lean
from .ruling_values import Kind, Terms
from .terms import answerable, joint_of, own_terms
from .verdicts import Verdicts

Bools = NDArray[np.bool_]

Case = tuple[tuple[int, ...], int, int]  # what comes without a deal, a party, and what it wants

_PLACES = 2**14  # deals that are looked at together, over some variants


def kinds_of(
    models: Sequence[Model], plan: Formula | Plan, watch: Watch, concept: str = HEADLINE, spaces: Spaces | None = None
) -> list[Kind | None]:
    """Return the verdict on a plan in each of some variants.

    None where nobody can be asked, or no state is left, or too many to list.

    Raises
    ------
    LimitReached
    """
    return kinds_of_plans(models, [plan], watch, concept, spaces)[0]


def kinds_of_plans(
    models: Sequence[Model],
    plans: Sequence[Formula | Plan],
    watch: Watch,
    concept: str = HEADLINE,
    spaces: Spaces | None = None,
) -> list[list[Kind | None]]:
    """Return the verdict on each of some plans in each of some variants: what parties do is worked out once for all.

    As `kinds_of`.
    """
    if concept != HEADLINE:
        return [_one_by_one(models, plan, watch, concept, spaces) for plan in plans]
    found: list[list[Kind | None]] = [[None] * len(models) for _ in plans]
    for these, first in abreast(models, plans[0], watch, spaces) if plans else ():
        some = [models[v] for v in these]
        for k, plan in enumerate(plans):
            several = {own_terms(model, plan) for model in some}
            terms = several.pop()
            if terms is not None and not several:
                kinds = kinds_in(some, first and first.on(terms), plan, watch, spaces)
            else:  # what comes with this plan differs
                kinds = kinds_of(some, plan, watch, concept, spaces)
            for v, kind in zip(these, kinds, strict=True):
                found[k][v] = kind
    return found


def kinds_in(
    models: Sequence[Model], plans: Plans | None, plan: Formula | Plan, watch: Watch, spaces: Spaces | None = None
) -> Sequence[Kind | None]:
    """Return the verdict in some variants of `abreast`."""
    with suppress(ModelError):  # what commitments cannot complete, in those that have a deal
        if plans is not None:
            return plans.kinds
    return _one_by_one(models, plan, watch, HEADLINE, spaces)


def abreast(
    models: Sequence[Model], plan: Formula | Plan, watch: Watch, spaces: Spaces | None = None
) -> Iterator[tuple[list[int], Plans | None]]:
    """Yield the variants that have all but their wishes in common, together, with the plan in all of them.

    None instead of it where they have to be looked at one by one, as where states count as one; those in which nobody
    can be asked are left out.
    ``spaces`` lists the states, for whoever asks of more variants later.
    """
    spaces = spaces or Spaces(watch)
    groups: dict[tuple[Terms, Hashable], list[int]] = {}
    for v, model in enumerate(models):
        terms = own_terms(model, plan)
        if terms is not None:
            groups.setdefault((terms, spaces.frame(model)), []).append(v)
    for (terms, _), these in groups.items():
        some = [models[v] for v in these]
        try:
            if some[0].coalesced:
                yield these, None
            elif answerable((engine := suited(spaces.of(some[0]), watch).engine).feasible, terms):
                yield these, _plans(engine, some, terms, watch, spaces)
        except (ModelError, TooManyStates):  # a ranking leaves out a state, none is left, or too many
            yield these, None


def _one_by_one(
    models: Sequence[Model], plan: Formula | Plan, watch: Watch, concept: str, spaces: Spaces | None
) -> list[Kind | None]:
    verdicts = Verdicts(plan, watch, concept, spaces)
    kinds: list[Kind | None] = []
    for model in models:
        try:
            kinds.append(verdicts.of(model))
        except (ModelError, TooManyStates):
            kinds.append(None)
    return kinds


def _plans(engine: ExplicitEngine, models: Sequence[Model], terms: Terms, watch: Watch, spaces: Spaces) -> Plans:
    """Return the plan in variants that have all but their wishes in common; the engine is that of the first."""
    number = Numbers()
    own: list[list[OwnMoves]] = []
    wants = np.zeros((len(engine.parties), len(models)), np.intp)
    for i, party in enumerate(engine.parties):
        wishes = [model.preferences.get(party) for model in models]
        numbers = [number(wish) for wish in wishes]
        several = dict(zip(numbers, wishes, strict=True))
        wants[i] = [[*several].index(each) for each in numbers]
        own.append([])
        for wish in several.values():
            watch.check()
            own[i].append(spaces.own(engine, i, wish))
    first = [several[w] for several, w in zip(own, wants[:, 0].tolist(), strict=True)]
    joint = joint_of(Purpose(engine, EVERY[HEADLINE].rounds, watch, own=first), terms)
    return Plans(joint, Beside(own, wants, watch), wants)


class Plans:
    """A plan in variants that have all but their wishes in common.

    Parameters
    ----------
    joint : Joint
        The plan in one of them: its states, where it starts from, and on what terms.
    beside : Beside
    wants : (P, V) intp
        Which of its wishes each party has in each variant.
    drifts : sequence of Drift, optional
        Where things go from the start in each variant, where somebody knows it.
    """

    def __init__(
        self, joint: Joint, beside: Beside, wants: NDArray[np.intp], drifts: Sequence[Drift] | None = None
    ) -> None:
        self._joint, self._beside, self._wants, self._told = joint, beside, wants, drifts
        self._plan = joint.plan
        self._proposals: dict[tuple[int, ...], Proposal] = {}
        self._good: dict[Case, Bools] = {}
        self._refused: dict[Case, Bools] = {}
        self._after: dict[int, KeepingBeside] = {}

    def resting(self, v: int) -> Indices:
        """Return what drift comes to from the start in a variant: where nobody drifts on, by their indices."""
        drifted = self.drifts[v]
        return drifted.states[~np.isin(drifted.states, np.concatenate([each.sources for each in drifted.moves]))]

    def put(self, plan: Bools) -> Plans:
        """Return the same parties with another plan (S,) put to them."""
        return Plans(replace(self._joint, plan=plan), self._beside, self._wants, self.drifts)

    def on(self, terms: Terms) -> Plans:
        """Return another plan on its own terms put to the same parties, with the same start and without a deal."""
        return Plans(joint_of(self._joint.purpose, terms), self._beside, self._wants, self.drifts)

    @property
    def space(self) -> Space:
        """The states that the variants share."""
        return self._joint.purpose.space

    @property
    def parties(self) -> tuple[str, ...]:
        """Their ids."""
        return self._joint.purpose.engine.parties

    @property
    def start(self) -> int:
        """The state index that they start from."""
        return self._joint.start

    @property
    def count(self) -> int:
        """Return how many variants there are."""
        return self._wants.shape[1]

    @cached_property
    def kinds(self) -> list[Kind]:
        """The verdict in each variant: the first that applies."""
        plan, start, count = self._plan, self._joint.start, self.count
        found: list[Kind] = ["no-deal"] * count
        stands = self._today.never_left(self._beside.at(start)) if plan[start] else np.zeros(count, bool)
        dealing: dict[int, Indices] = {}
        for v, drifted in enumerate(self.drifts):
            inside = [all(plan[state] for state in end) for end in drifted.ends]
            signable = len(self.proposal(v).states)
            if not plan.any() or not (plan[start] or signable or plan[drifted.states].any()):
                found[v] = "cannot-be"
            elif stands[v]:
                found[v] = "stands"
            elif not plan[start] and all(inside):
                found[v] = "comes-by-itself"
            elif len(deals := self.deals(v)):
                dealing[v] = deals
        for v, kept in self._some_kept(dealing).items():
            found[v] = "deal" if kept else "deal-not-kept"
        return found

    @cached_property
    def drifts(self) -> Sequence[Drift]:
        """Where things go from the start in each variant."""
        if self._told is not None:
            return self._told
        beside, start = self._beside, self._joint.start
        places, moves = spread(lambda at: [beside.moves(i, at) for i in beside.parties], beside.at(start))
        size, bounds = beside.size, beside.at(0).tolist()
        bounds.append(bounds[-1] + size)
        states = np.sort(places)
        cuts = np.searchsorted(states, bounds)
        ordered = []
        for each in moves:
            order = np.argsort(each.sources, kind="stable")
            ordered.append((each.sources[order], each.targets[order], np.searchsorted(each.sources[order], bounds)))
        here = np.array([start], np.intp)
        return [
            Drift(
                here,
                states[first:last] - v * size,
                tuple(Moves(f[c[v] : c[v + 1]] - v * size, t[c[v] : c[v + 1]] - v * size) for f, t, c in ordered),
            )
            for v, (first, last) in enumerate(pairwise(cuts.tolist()))
        ]

    def _no_deal(self, v: int) -> tuple[int, ...]:
        told = self._joint.told_no_deal
        ends = self.drifts[v].ends
        return tuple(told.tolist()) if told is not None else tuple(sorted({state for end in ends for state in end}))

    def proposal(self, v: int) -> Proposal:
        """Return the plan as it is put to the parties; what they think of it is not looked at."""
        no_deal = self._no_deal(v)
        if no_deal not in self._proposals:
            self._proposals[no_deal] = self._joint.proposed(np.array(no_deal, np.intp))
        return self._proposals[no_deal]

    def deals(self, v: int) -> Indices:
        """Return the deals in a variant."""
        proposal, no_deal = self.proposal(v), self._no_deal(v)
        good = proposal.joint
        for i in self._beside.parties:
            case = no_deal, i, int(self._wants[i, v])
            if case not in self._good:
                order = self.order(v, i)
                better = order.better(proposal.states, int(order.best(proposal.no_deal)[0]))
                self._good[case] = ~self.refused(v, i) & (~proposal.signs[i] | better)
            good = good & self._good[case]
        return proposal.states[good]

    def refused(self, v: int, i: int) -> Bools:
        """(N,): what party i refuses in a variant of all that can be signed there."""
        case = no_deal, _, _ = self._no_deal(v), i, int(self._wants[i, v])
        if case not in self._refused:
            proposal, order = self.proposal(v), self.order(v, i)
            below = order.below(int(order.best(np.array(no_deal, np.intp))[0]))[proposal.states]
            self._refused[case] = proposal.has_say[i] & (below | proposal.crosses[i])
        return self._refused[case]

    def order(self, v: int, i: int) -> Order:
        """Return what party i thinks of the states in a variant."""
        return self._beside.order(i, int(self._wants[i, v]))

    def stable(self, i: int, states: Indices) -> Bools:
        """(V, N): in which variants some states, ascending, are stable for party i."""
        size = self._beside.size
        places = (np.arange(self.count, dtype=np.int64)[:, None] * size + states).ravel()
        moving = distinct(self._beside.moves(i, places).sources)
        return missing(moving, places).reshape(self.count, len(states))

    # ---- kept ----

    def _some_kept(self, dealing: dict[int, Indices]) -> dict[int, bool]:
        """Return, for variants with their deals, whether some deal is kept; see `Joint.some_kept`."""
        space, start = self._joint.purpose.space, self._joint.start
        known: dict[bytes, list[int]] = {}
        fewest: dict[int, list[int]] = {}
        for v, deals in dealing.items():
            key = deals.tobytes()
            if key not in known:
                known[key] = lean(space, deals, start)[:TRIED].tolist()
            fewest[v] = known[key]
        found = dict.fromkeys(dealing, False)
        for k in range(TRIED):
            trying = [v for v, tried in fewest.items() if not found[v] and k < len(tried)]
            kept = self._kept(np.array([v * self._beside.size + fewest[v][k] for v in trying], np.int64))
            found.update(zip(trying, kept.tolist(), strict=True))
        left = [v * self._beside.size + deals for v, deals in dealing.items() if not found[v]]
        for some in _panels(left):
            places = np.concatenate(some)
            for v in distinct(places[self._kept(places)] // self._beside.size).tolist():
                found[v] = True
        return found

    def _kept(self, places: Indices) -> Bools:
        """(M,): which deals are kept; those that leave alike what the plan fixes are looked at together."""
        variants, deals = np.divmod(places, self._beside.size)
        kept = np.zeros(len(places), bool)
        left = self.space.states[deals] & np.uint64(self._joint.ties.fixed)
        for each in distinct(left):
            alike = left == each
            kept[alike] = self._kept_alike(variants[alike], deals[alike])
        return kept

    def _kept_alike(self, variants: Indices, deals: Indices) -> Bools:
        keeping, some = self._signed(int(deals[0])), distinct(variants).tolist()

        def say(i: int) -> Bools:
            found = np.zeros(len(deals), bool)
            for v in some:
                proposal, here = self.proposal(v), variants == v
                found[here] = proposal.has_say[i, np.searchsorted(proposal.states, deals[here])]
            return found

        def least(i: int) -> Indices:
            best = np.zeros(self.count, np.int64)
            for v in some:
                without = self.order(v, i).best(self.proposal(v).no_deal)
                best[v] = self._beside.rank(i, v * self._beside.size + without[:1])[0]
            return best

        return keeping.kept(keeping.places(variants, deals), say, least)

    @cached_property
    def _today(self) -> KeepingBeside:
        """What keeps the plan as long as nothing is signed."""
        return KeepingBeside(self._beside, self._plan)

    def _signed(self, deal: int) -> KeepingBeside:
        """Return what keeps a deal, a state index, once it is signed."""
        if not self._joint.ties:
            return self._today
        left = int(self.space.states[deal]) & self._joint.ties.fixed
        if left not in self._after:
            signed = self._joint.signed(deal).signed
            beside = self._beside.among(signed.purpose.engine, signed.place)
            self._after[left] = KeepingBeside(beside, signed.seen(self._plan), signed)
        return self._after[left]


def _panels(parts: Sequence[Indices]) -> Iterator[list[Indices]]:
    """Yield some parts after some, together about as many places as are worked on at once."""
    some: list[Indices] = []
    for part in parts:
        some.append(part)
        if sum(map(len, some)) >= _PLACES:
            yield some
            some = []
    if some:
        yield some
