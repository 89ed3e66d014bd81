"""Repairs of a plan by brute force: the smallest sets of ties that make a deal kept which would not be kept without.

Read aloud from the definitions of deals, section 5, on top of `commitments`. A state is *lost* to a deal t iff it is
not in φ, or worse than no deal for a party that signs t or has consent. A *breach* of t is a move of a party from a
state to which drift from t leads through states that are not lost: a move that is not deterred (under the concept it is
worth more to the party than the state), that leads to a lost state, and of which no other such move changes fewer of
the party's own options.

Candidates:

- a commitment: ``when`` says what the breaker has made of its options by a breach; ``then`` are values of one or two
  options of another party, each of which changes something where a breach with this ``when`` leads;
- an option that is fixed: one that a breach changes, or that drift from a deal changes before anything is lost.

A set of candidates is a *repair* iff with it, in force from the signature on, some deal is kept in which no ``when``
of it is true, and nothing that anybody can do leads to what the commitments cannot complete. It is *smallest* iff no
set of fewer candidates is a repair, nor the set itself with fewer values in some ``then``. Two commitments of one party
to the same event are one.

Of choices that the definitions leave open: "owner not the breaker" is asked of commitments alone; that the owner
prefers t with its tie to no deal follows, since who owns a commitment signs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from bestand.model.formula import And, Formula, Not, OptionAtom
from bestand.model.model import Model
from bestand.model.values import Commitment

from .commitments import CommitmentError, CommittedTalks
from .deals import NoDeal
from .drift import Drift
from .worlds import World

Value = tuple[str, bool]
Tie = Commitment | str
"""What a set is made of: a commitment, without an id, or an option that is fixed."""


class Repairs:
    """The repairs of a plan.

    Parameters
    ----------
    model : Model
    plan : Formula
    concept : str or sequence of str
    standing, of_plan, fixed, no_deal, consent, red_lines
        As in `bestand.reference.commitments.CommittedTalks`.

    Examples
    --------
    >>> from bestand.model.values import FrozenMap, Option, Party, Priorities, Statement
    >>> relief, disarm = OptionAtom("A.relief"), OptionAtom("B.disarm")
    >>> wishes = {"A": (disarm, relief), "B": (relief, Not(disarm))}  # relief that is given is not taken back
    >>> parties = Party("A", options=(Option("A.relief"),)), Party("B", options=(Option("B.disarm"),))
    >>> stated = {party: Priorities(tuple(map(Statement, of_party))) for party, of_party in wishes.items()}
    >>> model = Model("Relief", parties, status_quo=frozenset(), preferences=FrozenMap(stated))
    >>> snapback, fixed = Repairs(model, And((relief, disarm)), no_deal=0).smallest()
    >>> [(each.when, each.then) for each in snapback], set(fixed)
    ([(Not(term=OptionAtom(id='B.disarm')), (('A.relief', False),))], {'B.disarm'})
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
        self.model = model
        self._about = (model, plan, concept)
        self._of_plan, self._fixed = tuple(of_plan), frozenset(fixed)
        self._terms = {"standing": standing, "no_deal": no_deal, "consent": consent, "red_lines": red_lines}

    def talks(self, ties: Collection[Tie] = ()) -> CommittedTalks:
        """Return the talks about the plan with some more ties."""
        more = [each for each in ties if isinstance(each, Commitment)]
        fixed = self._fixed.union(each for each in ties if isinstance(each, str))
        return CommittedTalks(*self._about, of_plan=(*self._of_plan, *more), fixed=fixed, **self._terms)

    def candidates(self) -> tuple[Tie, ...]:
        """Every candidate, once; none where no deal is left that would not be kept."""
        lacking, moved = self._breached()
        ties = [
            Commitment("", owner, _formula(event), then)
            for (breaker, event), values in lacking.items()
            for owner in self.model.party
            if owner != breaker
            for then in _choices([value for value in values if self._owner(value) == owner])
        ]
        return (*ties, *(moved - self._fixed))

    def breakers(self) -> frozenset[str]:
        """Who breaks a deal as things are."""
        return frozenset(breaker for breaker, _ in self._breached()[0])

    def _breached(self) -> tuple[dict[tuple[str, tuple[Value, ...]], set[Value]], set[str]]:
        """By breaker and event the others' values that are not so after it; and the options of which one is changed."""
        talks = self.talks()
        lacking: dict[tuple[str, tuple[Value, ...]], set[Value]] = {}
        moved: set[str] = set()
        if talks.kind != "deal-not-kept":
            return lacking, moved
        for deal in _deals(talks):
            for state in _inside(talks, deal):
                for step in talks.after(deal).steps(state):
                    moved.update(value[0] for value in self._own_changes(step.party, state, step.end))
                for party in talks.conflict.parties:
                    for event, end in self._breaches(talks, deal, party, state):
                        moved.update(option for option, _ in event)
                        lacking.setdefault((party, event), set()).update(self._others(party, end))
        return lacking, moved

    def does(self, ties: Collection[Tie]) -> bool:
        """Return whether a set of candidates is a repair."""
        events = [each.when for each in ties if isinstance(each, Commitment)]
        try:
            talks = self.talks(ties)
            deals = _deals(talks)
            for deal in deals:
                conflict = talks.after(deal).conflict
                for party in conflict.parties:
                    for state in conflict.states:
                        conflict.moves(party, state)
        except CommitmentError:
            return False
        worlds = {deal: World.of_mask(self.model, deal) for deal in deals}
        return any(talks.kept(deal) and not any(map(worlds[deal].holds, events)) for deal in deals)

    def smallest(self, most: int = 3) -> tuple[frozenset[Tie], ...]:
        """Return the smallest repairs of at most so many candidates; none where there are none."""
        candidates = self.candidates()
        for size in range(1, most + 1):
            sets = [frozenset(some) for some in combinations(candidates, size) if _distinct(some)]
            found = [some for some in sets if self.does(some)]
            if found:
                return tuple(some for some in found if not any(_atoms(other) < _atoms(some) for other in found))
        return ()

    def _breaches(
        self, talks: CommittedTalks, deal: int, party: str, state: int
    ) -> Iterator[tuple[tuple[Value, ...], int]]:
        drift = talks.after(deal)
        conflict = drift.conflict
        here = conflict.merit(party, state)
        found = [
            (frozenset(self._own_changes(party, state, end)), end)
            for end in conflict.moves(party, state).values()
            if talks.breached(deal, end) and conflict.value(party, end, drift.rounds) > here
        ]
        found = [(event, end) for event, end in found if event]
        for event, end in found:
            changed = {option for option, _ in event}
            if not any({option for option, _ in other} < changed for other, _ in found):
                yield tuple(sorted(event, key=lambda value: self.model.bit[value[0]])), end

    def _own_changes(self, party: str, before: int, after: int) -> Iterator[Value]:
        for option, bit in self.model.bit.items():
            if self._owner((option, True)) == party and (before ^ after) >> bit & 1:
                yield option, bool(after >> bit & 1)

    def _others(self, party: str, end: int) -> Iterator[Value]:
        """Values of the others' options that are not so in a state."""
        for option, bit in self.model.bit.items():
            if self._owner((option, True)) != party:
                yield option, not end >> bit & 1

    def _owner(self, value: Value) -> str:
        return next(option.party for option in self.model.options if option.id == value[0])


def _deals(talks: CommittedTalks) -> list[int]:
    return [state for state in talks.signable() if talks.is_deal(state)]


def _inside(talks: CommittedTalks, deal: int) -> set[int]:
    """The states to which drift from a deal leads through states that are not lost, these alone."""
    drift: Drift = talks.after(deal)
    seen, todo = {deal}, [deal]
    while todo:
        for step in drift.steps(todo.pop()):
            if step.end not in seen and not talks.breached(deal, step.end):
                seen.add(step.end)
                todo.append(step.end)
    return seen


def _choices(values: Collection[Value]) -> Iterator[tuple[Value, ...]]:
    """One or two values, of different options."""
    for some in (*combinations(sorted(values), 1), *combinations(sorted(values), 2)):
        if len({option for option, _ in some}) == len(some):
            yield some


def _formula(event: Sequence[Value]) -> Formula:
    atoms = [OptionAtom(option) if yes else Not(OptionAtom(option)) for option, yes in event]
    return atoms[0] if len(atoms) == 1 else And(tuple(atoms))


def _distinct(ties: Collection[Tie]) -> bool:
    owned = [(each.party, each.when) for each in ties if isinstance(each, Commitment)]
    return len(set(owned)) == len(owned)


def _atoms(ties: Collection[Tie]) -> frozenset[object]:
    """What a set is made of, value by value."""
    values = {(each.party, each.when, value) for each in ties if isinstance(each, Commitment) for value in each.then}
    return frozenset([*values, *(each for each in ties if isinstance(each, str))])
