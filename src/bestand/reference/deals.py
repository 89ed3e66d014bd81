"""Deals by brute force: what can be signed, who refuses what, what would be kept and by what, the verdict on a plan.

Read aloud from the definitions of deals (sections 2 and 3), on top of `purposeful` and `drift`. S are the feasible
states, s0 the state to start from, φ the plan, D the no-deal point, c the concept.

Of choices that the definitions leave open:

- "today" as no-deal point is {s0}; "drift" is what it is by default, which is {s0} too where s0 is stable. A formula
  that no feasible state satisfies, or a state that is not feasible, is no no-deal point: an error.
- A refusal of a state that is worse and crosses a red line is counted under the red line.
- A member of a blocking set is marked where some state is refused by no member, and it has nothing in it.
- By what a deal that is not kept would be left is asked of all states of φ that drift from it leads to, be it through
  others.
- A crossed red line matters where something is signed; states inside the plan that a deal goes on to are asked only
  whether they are worse than no deal.
- Lean and Pareto-best are said of the kept deals where there are any, else of all deals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Priorities, Weights

from .drift import Drift, Hold, Step, held
from .purposeful import Conflict, rounds_of, smallest
from .worlds import World

Kind = Literal["cannot-be", "stands", "comes-by-itself", "deal", "deal-not-kept", "no-deal"]
NoDeal = Literal["today", "drift"] | int | Formula | None
Ground = int | str
"""What decides a refusal: a wish by its number, from 1, a level of wishes ("2-4"), or what else it rests on."""


@dataclass(frozen=True)
class Deal:
    """A state of the plan that can be signed by two or more, of whom each is better off, and that nobody refuses.

    Parameters
    ----------
    state, changes : int
        The state, and the options that differ from s0.
    signatories, goes_on, need_not_sign : frozenset of str
        Who promises something; of these, who changes nothing from s0; who promises nothing.
    objectors : frozenset of str
        Others that lose, or whose red line is crossed.
    kept, as_it_stands : bool
        Whether drift neither leaves the plan nor cheats anybody inside it; whether it is an equilibrium besides.
    goes_on_to : tuple of frozenset of int
        The ends of drift from it, where it is kept and not as it stands.
    chain : tuple of Step
        A shortest way of drift out of the plan, or to a state that is worse than no deal; empty where it is kept.
    lean, pareto_best : bool
    """

    state: int
    changes: int
    signatories: frozenset[str]
    goes_on: frozenset[str]
    need_not_sign: frozenset[str]
    objectors: frozenset[str]
    kept: bool
    as_it_stands: bool
    goes_on_to: tuple[frozenset[int], ...]
    chain: tuple[Step, ...]
    lean: bool
    pareto_best: bool


@dataclass(frozen=True)
class Refusal:
    """What a party refuses, among the states of the plan that can be signed.

    Parameters
    ----------
    states, nothing_in_it : frozenset of int
        Those that it refuses; those in which it has nothing.
    others, of : frozenset of int
        What the others do (options of the party left out): where it refuses whatever it does itself; all there is.
    decided_by : FrozenMap of int or str to int
        In how many of the refusals which wish decides.
    """

    states: frozenset[int]
    nothing_in_it: frozenset[int]
    others: frozenset[int]
    of: frozenset[int]
    decided_by: FrozenMap[Ground, int]


@dataclass(frozen=True)
class Blocking:
    """A smallest set of parties past whom no state of φ gets, and those of them that only have nothing in some."""

    parties: frozenset[str]
    nothing_in_it: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """The verdict on a plan under a concept, and what is told beside it.

    Parameters
    ----------
    kind : Kind
    no_deal : frozenset of int
    ends : tuple of frozenset of int
        The ends of drift from s0.
    today_in_plan, may_come : bool
    alone : FrozenMap of str to frozenset of int
        By party, the states of the plan that it reaches from s0 by one move of its own; only parties that reach one.
    by : FrozenMap of str to Hold or None
        By what each party is held, where the plan stands.
    """

    kind: Kind
    no_deal: frozenset[int]
    ends: tuple[frozenset[int], ...]
    today_in_plan: bool
    may_come: bool
    alone: FrozenMap[str, frozenset[int]]
    by: FrozenMap[str, Hold] | None


@dataclass(frozen=True)
class Answer:
    """All about the deals in a plan: the verdict, what can be signed, the deals, who refuses what, who blocks."""

    verdict: Verdict
    signable: tuple[int, ...]
    deals: tuple[Deal, ...]
    refusals: FrozenMap[str, Refusal]
    blocking: tuple[Blocking, ...]


def deals(
    model: Model,
    plan: Formula,
    concept: str | Sequence[str] = "pseq",
    *,
    start: int | None = None,
    no_deal: NoDeal = None,
    consent: Collection[str] = (),
    red_lines: Mapping[str, Formula] | None = None,
) -> Answer:
    """Return what deals there are in a plan, and the verdict on it.

    Parameters
    ----------
    model : Model
    plan : Formula
    concept : str or sequence of str
        Its name in `bestand.reference.purposeful.CONCEPTS`, or its rounds.
    start : int or None
        The state to start from; the status quo unless told.
    no_deal : {"today", "drift"} or int or Formula or None
        What there is without a deal: a state, or all states of a formula.
    consent : collection of str
        Parties without which nothing is signed.
    red_lines : mapping of str to Formula
        What a party refuses whatever else is offered.

    Raises
    ------
    ValueError
        When there is no state to start from, or no state without a deal.

    Examples
    --------
    >>> from bestand.model.formula import And, Not, OptionAtom
    >>> from bestand.model.values import Option, Party, Statement
    >>> a, b = OptionAtom("A.c"), OptionAtom("B.c")
    >>> wishes = {"A": (b, Not(a)), "B": (a, Not(b))}  # each wants the other to cooperate, and less so not to itself
    >>> wishes = {party: Priorities(tuple(map(Statement, of_party))) for party, of_party in wishes.items()}
    >>> parties = tuple(Party(name, options=(Option(f"{name}.c"),)) for name in "AB")
    >>> dilemma = Model("Dilemma", parties, status_quo=frozenset(), preferences=FrozenMap(wishes))
    >>> deals(dilemma, And((a, b))).verdict.kind, deals(dilemma, And((a, b)), "nash").verdict.kind
    ('deal', 'deal-not-kept')
    """
    return Talks(model, plan, concept, start=start, no_deal=no_deal, consent=consent, red_lines=red_lines).answer()


class Talks:
    """The same, question by question. Parameters and errors are those of `deals`."""

    def __init__(
        self,
        model: Model,
        plan: Formula,
        concept: str | Sequence[str] = "pseq",
        *,
        start: int | None = None,
        no_deal: NoDeal = None,
        consent: Collection[str] = (),
        red_lines: Mapping[str, Formula] | None = None,
        conflict: Conflict | None = None,
    ) -> None:
        if start is None and model.status_quo is None:
            raise ValueError("no state to start from")
        self.conflict = Conflict(model) if conflict is None else conflict
        self.plan = plan
        self.rounds = rounds_of(concept)
        self.drift = Drift(self.conflict, concept)
        self.start = model.mask(model.status_quo or ()) if start is None else start
        self.consent = frozenset(consent)
        self.red_lines = dict(red_lines or {})
        self._inside: dict[int, bool] = {}
        self.states = self.conflict.states
        self.no_deal = self._without_a_deal(no_deal)
        if not self.no_deal or not self.no_deal <= set(self.states):
            raise ValueError("no state without a deal")

    def _without_a_deal(self, said: NoDeal) -> frozenset[int]:
        """D: {s0} where that is stable for all, else all states of the ends of drift from it; or what is said."""
        if said == "today":
            return frozenset({self.start})
        if isinstance(said, int):
            return frozenset({said})
        if said is None or said == "drift":
            stable = self.conflict.equilibrium(self.start, self.rounds)
            return frozenset({self.start}) if stable else frozenset().union(*self.drift.ends(self.start))
        return frozenset(state for state in self.states if World.of_mask(self.conflict.model, state).holds(said))

    def inside(self, state: int) -> bool:
        """Return whether a state is in φ."""
        if state not in self._inside:
            self._inside[state] = self.conflict.holds(self.plan, state)
        return self._inside[state]

    # ---- no deal, signatories, refusal, deal ----

    def better(self, party: str, state: int) -> bool:
        """Return whether a state is better than no deal for a party: better than every member of D."""
        return all(self.conflict.merit(party, state) > self.conflict.merit(party, d) for d in self.no_deal)

    def worse(self, party: str, state: int) -> bool:
        """Return whether a state is worse than no deal for a party: worse than some member of D."""
        return any(self.conflict.merit(party, state) < self.conflict.merit(party, d) for d in self.no_deal)

    def can_be_signed(self, state: int) -> bool:
        """Return whether a feasible state can be signed in s0, at one moment."""
        if state == self.start and state in self.no_deal:
            return False
        return self.conflict.feasible(state) and self.conflict.may_change(self.start, state)

    def signable(self) -> tuple[int, ...]:
        """The states of φ that can be signed, ascending."""
        return tuple(state for state in self.states if self.inside(state) and self.can_be_signed(state))

    def signatories(self, state: int) -> frozenset[str]:
        """C(t): the parties of which an option differs between t and s0, or between t and some member of D."""
        return frozenset().union(*(self.conflict.changers(state, other) for other in {self.start, *self.no_deal}))

    def crosses(self, party: str, state: int) -> bool:
        """Return whether a state crosses the red line of a party."""
        return party in self.red_lines and self.conflict.holds(self.red_lines[party], state)

    def refuses(self, party: str, state: int) -> bool:
        """Whether a party signs a state or has consent, and the state is worse for it or crosses its red line."""
        has_a_say = party in self.signatories(state) | self.consent
        return has_a_say and (self.worse(party, state) or self.crosses(party, state))

    def has_nothing_in(self, party: str, state: int) -> bool:
        """Return whether a party signs a state, does not refuse it, and is not better off."""
        signs = party in self.signatories(state)
        return signs and not self.refuses(party, state) and not self.better(party, state)

    def objectors(self, state: int) -> frozenset[str]:
        """The parties without a say for which a state is worse, or that have their red line crossed."""
        without = set(self.conflict.parties) - self.signatories(state) - self.consent
        return frozenset(party for party in without if self.worse(party, state) or self.crosses(party, state))

    def is_deal(self, state: int) -> bool:
        """Whether a state can be signed, two at least sign, nobody refuses, and every signatory is better off."""
        signatories = self.signatories(state)
        return (
            self.can_be_signed(state)
            and len(signatories) >= 2
            and not any(self.refuses(party, state) for party in self.conflict.parties)
            and all(self.better(party, state) for party in signatories)
        )

    def blocking(self) -> tuple[Blocking, ...]:
        """The smallest sets of parties of which a member refuses, or has nothing in, each state of φ that two can sign.

        None where two can sign no state of φ, or where there is a deal in it.
        """
        states = [state for state in self.signable() if len(self.signatories(state)) >= 2]
        if not states:
            return ()
        cases = {
            (
                frozenset(party for party in self.conflict.parties if self.refuses(party, state)),
                frozenset(party for party in self.conflict.parties if self.has_nothing_in(party, state)),
            )
            for state in states
        }
        sets = smallest(
            self.conflict.parties, lambda parties: all(parties & (refusing | idle) for refusing, idle in cases)
        )
        return tuple(
            Blocking(parties, parties & frozenset().union(*(idle for no, idle in cases if not parties & no)))
            for parties in sets
        )

    def refusal(self, party: str) -> Refusal:
        """Return what a party refuses, told over what the others do."""
        own = self.conflict.own[party]
        signable = self.signable()
        refused = frozenset(state for state in signable if self.refuses(party, state))
        of = frozenset(state & ~own for state in signable)
        accepted = {state & ~own for state in signable if state not in refused}
        decided = Counter(self.decides(party, state) for state in refused)
        return Refusal(
            states=refused,
            nothing_in_it=frozenset(state for state in signable if self.has_nothing_in(party, state)),
            others=of - accepted,
            of=of,
            decided_by=FrozenMap(dict(sorted(decided.items(), key=str))),
        )

    def decides(self, party: str, state: int) -> Ground:
        """The wish that decides a refusal.

        It is the first one that differs between the state and the member of D that the party ranks highest; of wishes
        that stand level, the first level of which not as many hold.
        """
        if self.crosses(party, state):
            return "red line"
        match self.conflict.model.preferences[party]:
            case Priorities() as wishes:
                best = max(self.no_deal, key=lambda d: self.conflict.merit(party, d))
                counts = [
                    [sum(self.conflict.holds(wish.formula, at) for wish in level) for at in (state, best)]
                    for level in wishes.by_level
                ]
                decides = next(k for k, (here, there) in enumerate(counts) if here != there)
                numbers = wishes.ranked[decides]
                return numbers[0] if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
            case Weights():
                return "weights"
            case _:
                return "ranking"

    # ---- kept ----

    def never_left(self, state: int) -> bool:
        """Return whether no drift from a state leads out of φ."""
        return self.drift.never_left(state, self.inside)

    def breached(self, deal: int, state: int) -> bool:
        """Whether a state is not in φ, or is worse than no deal for a party with consent or one that signs a deal."""
        return not self.inside(state) or any(self.worse(p, state) for p in self.signatories(deal) | self.consent)

    def kept(self, deal: int) -> bool:
        """Return whether a deal is never left, and nobody is cheated inside the plan."""
        return not self.breached(deal, deal) and not self.chain(deal)

    def chain(self, deal: int) -> tuple[Step, ...]:
        """A shortest way of drift from a deal out of φ, or to where somebody is cheated; empty where there is none."""
        return self.after(deal).chain(deal, lambda state: self.breached(deal, state))

    def after(self, deal: int) -> Drift:
        """Return what drift does once a deal is signed."""
        del deal  # signing alone ties nobody
        return self.drift

    def by_what(self, state: int) -> FrozenMap[str, Hold]:
        """By what each party is held, over a state and all states of φ that drift from it leads to."""
        states = [other for other in sorted(self.drift.reached(state)) if self.inside(other)]
        return FrozenMap({party: held(self.drift, party, states, self.inside) for party in self.conflict.parties})

    def renegotiable(self, deal: int) -> bool:
        """Return whether there is a deal out of φ from a deal, with it as the no-deal point."""
        model = self.conflict.model
        again = Talks(
            model, self.plan, self.rounds, start=deal, no_deal=deal, consent=self.consent, red_lines=self.red_lines
        )
        return any(again.is_deal(state) for state in self.states if not self.inside(state))

    # ---- the verdict ----

    def alone(self) -> FrozenMap[str, frozenset[int]]:
        """The states of φ that some party reaches from s0 by one legal move of its own, by party."""
        reached = {
            party: frozenset(filter(self.inside, self.conflict.moves(party, self.start).values()))
            for party in self.conflict.parties
        }
        return FrozenMap({party: states for party, states in reached.items() if states})

    def deals(self) -> tuple[Deal, ...]:
        """The deals in φ, ascending."""
        states = [state for state in self.states if self.inside(state) and self.is_deal(state)]
        kept = {state for state in states if self.kept(state)}
        pool = [state for state in states if state in kept or not kept]
        return tuple(self._deal(state, kept, pool) for state in states)

    def _deal(self, state: int, kept: Collection[int], pool: Collection[int]) -> Deal:
        signatories = self.signatories(state)
        drift = self.after(state)
        stable = drift.conflict.equilibrium(state, self.rounds)
        return Deal(
            state=state,
            changes=state ^ self.start,
            signatories=signatories,
            goes_on=signatories - self.conflict.changers(state, self.start),
            need_not_sign=frozenset(self.conflict.parties) - signatories,
            objectors=self.objectors(state),
            kept=state in kept,
            as_it_stands=state in kept and stable,
            goes_on_to=drift.ends(state) if state in kept and not stable else (),
            chain=self.chain(state),
            lean=state in pool and not any(self._leaner(other, state) for other in pool),
            pareto_best=state in pool and not any(self._dominates(other, state) for other in pool),
        )

    def _leaner(self, one: int, other: int) -> bool:
        """Return whether the changes of one from s0 are a proper subset of those of the other."""
        mine, theirs = one ^ self.start, other ^ self.start
        return mine != theirs and mine & theirs == mine

    def _dominates(self, one: int, other: int) -> bool:
        """Return whether one is at least as good as the other for all parties, and better for one of them."""
        pairs = [(self.conflict.merit(p, one), self.conflict.merit(p, other)) for p in self.conflict.parties]
        return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)

    def verdict(self, found: Sequence[Deal] | None = None) -> Verdict:
        """The verdict on the plan; the deals in it may be told."""
        kind = self._kind(self.deals() if found is None else found)
        ends = self.drift.ends(self.start)
        within = [all(map(self.inside, end)) for end in ends]
        return Verdict(
            kind=kind,
            no_deal=self.no_deal,
            ends=ends,
            today_in_plan=self.inside(self.start),
            may_come=any(within) and not all(within),
            alone=self.alone(),
            by=self.by_what(self.start) if kind == "stands" else None,
        )

    def _kind(self, found: Sequence[Deal]) -> Kind:
        """The first verdict that applies."""
        today, drifted = self.inside(self.start), self.drift.reached(self.start)
        if not any(map(self.inside, self.states)):
            return "cannot-be"
        if not today and not self.signable() and not any(map(self.inside, drifted)):
            return "cannot-be"
        if today and self.never_left(self.start):
            return "stands"
        if not today and all(self.inside(state) for end in self.drift.ends(self.start) for state in end):
            return "comes-by-itself"
        if any(deal.kept for deal in found):
            return "deal"
        return "deal-not-kept" if found else "no-deal"

    def answer(self) -> Answer:
        """All of it."""
        found = self.deals()
        verdict = self.verdict(found)
        return Answer(
            verdict=verdict,
            signable=self.signable(),
            deals=found,
            refusals=FrozenMap({party: self.refusal(party) for party in self.conflict.parties}),
            blocking=self.blocking() if verdict.kind == "no-deal" else (),
        )
