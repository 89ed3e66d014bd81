"""Commitments by brute force: answers that happen by themselves, applied state by state.

Read aloud from the definitions of deals, section 5, on top of `purposeful`, `drift` and `deals`. A commitment is
(party, when, then): values of options of that party, once a formula is true. *Completing* a state goes in rounds; in
each, all commitments whose ``when`` holds at its start act together, until nothing changes, which takes at most as many
rounds as there are options.

- Legality is as without commitments: s ⊕ F keeps rules and directions, and is no forbidden move. The move then leads to
  complete(s ⊕ F); if that is s, it is none. States that a commitment changes are passed through, and are none.
- On the way from a legal move, a joint move from s0, or s0, it is an error, with the state, if two commitments want
  different things of one option, if nothing settles, if an option would go against its direction, or if what is
  completed breaks a rule that s ⊕ F keeps.
- Today, drift from it and no-deal points know the standing commitments alone. What is signed, t = complete(s0 ⊕ F), and
  what becomes of it know those of the plan, too, and options that the plan fixes at what they are in t.

Of choices that the definitions leave open:

- What is passed through between rounds may break a rule; it is at no moment so.
- The empty F signs the commitments alone: t = complete(s0), which is s0 where none of them acts.
- Of several inclusion-minimal sets F that lead to one t, whoever flips an option in any of them signs.
- Who differs between t and a no-deal state by options that completion has set has not promised these, and does not sign
  for them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import Commitment

from .deals import Deal, Kind, NoDeal, Talks
from .drift import Drift, Hold, held
from .purposeful import Conflict, Moves, parts
from .worlds import World

Trouble = Literal["fight", "unsettled", "direction", "rule"]


class CommitmentError(ValueError):
    """What commitments cannot do: what is wrong, in which state, and which of them it is about, by id."""

    def __init__(self, trouble: Trouble, state: int, ids: Sequence[str] = ()) -> None:
        super().__init__(f"{trouble} in state {state}: {', '.join(ids)}")
        self.trouble = trouble
        self.state = state
        self.ids = tuple(ids)


class Committed(Conflict):
    """A model state by state, with commitments in force.

    Parameters
    ----------
    model : Model
        Without states that are several.
    commitments : sequence of Commitment
    kept_yes, kept_no : int
        Options, as bits, that cannot become no, or yes, beside those of the model.

    Examples
    --------
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.values import Option, Party
    >>> parties = tuple(Party(name, options=(Option(f"{name}.x"),)) for name in "AB")
    >>> tie = Commitment("tie", "B", OptionAtom("A.x"), (("B.x", True),))
    >>> conflict = Committed(Model("Tie", parties), [tie])
    >>> conflict.complete(0b01), conflict.states, conflict.moves("A", 0b00), conflict.moves("B", 0b11)
    (3, (0, 2, 3), {1: 3}, {})
    """

    def __init__(
        self, model: Model, commitments: Sequence[Commitment] = (), kept_yes: int = 0, kept_no: int = 0
    ) -> None:
        super().__init__(model)
        assert not model.coalesced, "a state is one combination of options here"
        self.commitments = tuple(commitments)
        self._never_lost |= kept_yes
        self._never_gained |= kept_no

    @property
    def states(self) -> tuple[int, ...]:
        return tuple(state for state in super().states if self.at_rest(state))

    def acting(self, state: int) -> tuple[Commitment, ...]:
        """The commitments whose ``when`` holds in a state."""
        world = World.of_mask(self.model, state)
        return tuple(each for each in self.commitments if world.holds(each.when))

    def at_rest(self, state: int) -> bool:
        """Return whether no commitment changes anything in a state."""
        world = World.of_mask(self.model, state)
        return all((option in world.taken) == value for each in self.acting(state) for option, value in each.then)

    def complete(self, state: int) -> int:
        """Return what a state comes to once all commitments have acted. Raises `CommitmentError`."""
        here = state
        for _ in range(len(self.model.options) + 1):
            after = self._round(here)
            if after == here:
                break
            here = after
        else:
            raise CommitmentError("unsettled", state, [each.id for each in self.acting(here)])
        if super().feasible(state) and not super().feasible(here):
            raise CommitmentError("rule", here, [each.id for each in self.acting(here)])
        return here

    def _round(self, state: int) -> int:
        wanted: dict[str, bool] = {}
        acting = self.acting(state)
        for each in acting:
            for option, value in each.then:
                if wanted.setdefault(option, value) != value:
                    fighting = [other.id for other in acting if option in dict(other.then)]
                    raise CommitmentError("fight", state, fighting)
        after = state
        for option, value in wanted.items():
            bit = 1 << self.model.bit[option]
            after = after | bit if value else after & ~bit
        if state & ~after & self._never_lost or after & ~state & self._never_gained:
            raise CommitmentError("direction", state, [each.id for each in acting])
        return after

    def allowed(self, start: int, end: int) -> bool:
        """Return whether a move, before commitments act, keeps rules and directions and is not forbidden."""
        return super().feasible(end) and self.may_change(start, end)

    def feasible(self, state: int) -> bool:
        """Return whether every rule lets a state be, and no commitment changes it."""
        return super().feasible(state) and self.at_rest(state)

    def _ways(self, party: str, state: int) -> dict[int, Moves]:
        legal = [flips for flips in parts(self.own[party]) if self.allowed(state, state ^ flips)]
        ends = {flips: self.complete(state ^ flips) for flips in legal}
        return {state: {flips: end for flips, end in ends.items() if end != state}}


class CommittedTalks(Talks):
    """Deals in a plan with commitments, standing ones and those of the plan, and options that the plan fixes.

    Parameters
    ----------
    model : Model
    plan : Formula
    concept : str or sequence of str
    standing, of_plan : sequence of Commitment
    fixed : collection of str
        Options (ids) that nobody changes any more once the plan is signed.
    no_deal, consent, red_lines
        As in `bestand.reference.deals.deals`.

    Raises
    ------
    ValueError
        Where a standing commitment acts today, or there is no state without a deal.
    CommitmentError
    """

    def __init__(
        self,
        model: Model,
        plan: Formula,
        concept: str | Sequence[str] = "pseq",
        *,
        standing: Sequence[Commitment] = (),
        of_plan: Sequence[Commitment] = (),
        fixed: Collection[str] = (),
        no_deal: NoDeal = None,
        consent: Collection[str] = (),
        red_lines: Mapping[str, Formula] | None = None,
    ) -> None:
        today = Committed(model, standing)
        if model.status_quo is not None and not today.at_rest(model.mask(model.status_quo)):
            raise ValueError("today is not at rest: a standing commitment acts")
        super().__init__(model, plan, concept, no_deal=no_deal, consent=consent, red_lines=red_lines, conflict=today)
        self._today = today
        self._both = (*standing, *of_plan)
        self._owners = frozenset(each.party for each in of_plan)
        self._fixed = model.mask(fixed)
        self._after: dict[int, Drift] = {}
        self._ways = self._signed()

    def _signed(self) -> dict[int, tuple[int, ...]]:
        """By what is signed, the inclusion-minimal sets of options that lead to it from s0."""
        both = Committed(self.conflict.model, self._both)
        every = (1 << len(self.conflict.model.options)) - 1
        found: dict[int, list[int]] = {}
        for flips in sorted((0, *parts(every)), key=int.bit_count):
            if self._today.allowed(self.start, self.start ^ flips):
                sets = found.setdefault(both.complete(self.start ^ flips), [])
                if not any(fewer & flips == fewer for fewer in sets):
                    sets.append(flips)
        return {state: tuple(sets) for state, sets in found.items()}

    def after(self, deal: int) -> Drift:
        """Drift once a deal is signed: with the commitments of the plan, and what it fixes."""
        kept = deal & self._fixed
        if kept not in self._after:
            conflict = Committed(self.conflict.model, self._both, kept, self._fixed & ~kept)
            self._after[kept] = Drift(conflict, self.rounds)
        return self._after[kept]

    def can_be_signed(self, state: int) -> bool:
        return state in self._ways and not (state == self.start and state in self.no_deal)

    def signable(self) -> tuple[int, ...]:
        return tuple(state for state in sorted(self._ways) if self.inside(state) and self.can_be_signed(state))

    def signatories(self, state: int) -> frozenset[str]:
        signs = set(self._owners)
        for flips in self._ways.get(state, ()):
            signs |= self.conflict.changers(0, flips)
            by_itself = self.start ^ flips ^ state
            for other in self.no_deal:
                signs |= self.conflict.changers(other & ~by_itself, state & ~by_itself)
        return frozenset(signs)

    def deals(self) -> tuple[Deal, ...]:
        states = [state for state in self.signable() if self.is_deal(state)]
        kept = {state for state in states if self.kept(state)}
        pool = [state for state in states if state in kept or not kept]
        return tuple(self._deal(state, kept, pool) for state in states)

    def by_what_after(self, deal: int) -> dict[str, Hold]:
        """By what each party is held once a deal is signed, over it and all states of φ that drift leads to."""
        drift = self.after(deal)
        states = [other for other in sorted(drift.reached(deal)) if self.inside(other)]
        return {party: held(drift, party, states, self.inside) for party in self.conflict.parties}

    @property
    def kind(self) -> Kind:
        """The verdict on the plan."""
        return self._kind(self.deals())
