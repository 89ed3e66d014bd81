"""Ties that make a deal kept which would not be kept without: the repair of a plan, by trying every set of candidates.

A candidate is a commitment of one party to answer a breach of another: ``when`` is what the breaker has made of its
options, ``then`` one or two options of the owner, each of which changes something where such a breach leads. Or it is
an option that nobody changes any more from the signature on: one that a breach changes, or that drift from a deal
changes before anything is lost. Ties by which the breaker binds itself to an answer are none, since it is the breaker.

A set of candidates is a *repair* iff, with it in force from the signature on, some deal is kept in which no ``when`` of
it is true. Who owns a commitment signs, and so prefers the deal with its tie to no deal. Repairs are smallest among
these candidates, and not among all that could be thought of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain, combinations
from math import comb
from typing import Any

import numpy as np

from bestand.engine.limits import Watch
from bestand.model.errors import LimitReached, ModelError
from bestand.model.formula import TRUE, And, Formula, Not, OptionAtom, atoms, joined
from bestand.model.values import Commitment
from bestand.plan.in_force import Ties
from bestand.plan.joint import Joint
from bestand.plan.proposal import Bools

from .breaches import breaches

MOST = 3  # ties of which the largest sets are made that are tried unless told
MOST_TRIED = 2**27  # states, over all sets of one size: larger sizes are not tried unless told

_LEAST = 2**12  # states that take as long as none

Tie = Commitment | str  # a commitment that has no id yet, or an option that is fixed


class Repairs:
    """The repairs of a plan of which no deal is kept.

    Parameters
    ----------
    joint : Joint
        The plan as things are.
    parties : collection of str
        Who may tie itself, or have an option of its own fixed.
    watch : Watch
    """

    def __init__(self, joint: Joint, parties: Collection[str], watch: Watch) -> None:
        self._joint = replace(joint, told_no_deal=joint.no_deal)
        self._space, self._model = joint.purpose.space, joint.purpose.space.model
        self._parties, self._watch = parties, watch
        self._so: dict[Formula, Bools] = {}

    @cached_property
    def candidates(self) -> tuple[Tie, ...]:
        """Every candidate, the commitments first, those of them first that change one option."""
        found = breaches(self._joint)
        commitments: list[Commitment] = []
        for event, (no, yes) in found.lacking.items():
            when = joined(And, [_is(*each) for each in self._values(event.options, event.yes)], TRUE)
            for i, moves in enumerate(self._space.moves):
                owner = self._model.parties[i].id
                if i != event.breaker and owner in self._parties:
                    values = (*self._values(no & moves.own, no), *self._values(yes & moves.own, 0))
                    commitments += [Commitment("", owner, when, then) for then in _choices(values)]
        commitments.sort(key=lambda each: len(each.then))
        fixed = found.moved & ~self._joint.ties.fixed
        may = [option.id for option in self._model.options if option.party in self._parties]
        return (*commitments, *(id for id in may if fixed >> self._model.bit[id] & 1))

    def count(self, size: int) -> int:
        """Return how many sets of so many candidates there are."""
        return comb(len(self.candidates), size)

    def many(self, size: int) -> bool:
        """Return whether there are more sets of so many candidates than are tried unless told."""
        return self.count(size) * max(self._space.size, _LEAST) > MOST_TRIED

    def of(self, size: int) -> Iterator[tuple[Tie, ...]]:
        """Yield the repairs of so many candidates, none of which does with fewer values; meant where no fewer do.

        Raises
        ------
        LimitReached
        """
        self._watch.phase("tying down what would break a deal", self.count(size))
        found: list[frozenset[Any]] = []
        for values in range(size, 2 * size + 1):  # those with the fewest first
            for some in combinations(self.candidates, size):
                if sum(map(_values, some)) != values:
                    continue
                self._watch.step()
                parts = _atoms(some)
                if parts is not None and not any(less < parts for less in found) and self.does(some):
                    found.append(parts)
                    yield some

    def does(self, some: Collection[Tie]) -> bool:
        """Return whether a set of candidates is a repair."""
        commitments = [each for each in some if isinstance(each, Commitment)]
        may = self._joint.plan.copy()
        for each in commitments:
            may &= ~self._true(each.when) & self._better(each.party)
        if not may.any():
            return False
        try:
            kept = replace(self._joint, ties=self._with(some), in_force=None).kept
        except ModelError:  # what they make of a state cannot be
            return False
        except LimitReached:
            self._watch.check()  # says what it was for
            raise
        return bool(may[kept].any())

    def _with(self, some: Collection[Tie]) -> Ties:
        """Return what comes with the plan, and a set of candidates."""
        known, ids = self._joint.ties, [*self._model.party]
        commitments = tuple(each for each in some if isinstance(each, Commitment))
        return Ties(
            (*known.commitments, *commitments),
            known.owners.union(ids.index(each.party) for each in commitments),
            known.fixed | self._model.mask(each for each in some if isinstance(each, str)),
        )

    def _true(self, when: Formula) -> Bools:
        """(S,): where an event is so."""
        if when not in self._so:
            self._so[when] = self._space.holds(when)
        return self._so[when]

    def _better(self, party: str) -> Bools:
        """(S,): where a party is better off than without a deal."""
        i = [*self._model.party].index(party)
        return self._space.order(i).better(np.arange(self._space.size), self._joint.proposal.best_without[i])

    def _values(self, options: int, yes: int) -> Iterator[tuple[str, bool]]:
        """Some options, as bits, each with what it is."""
        for k, option in enumerate(self._model.options):
            if options >> k & 1:
                yield option.id, bool(yes >> k & 1)


def alike(some: Collection[Tie]) -> Any:
    """Return what a set has in common with others that are like it: who answers breaches of whom, and what is fixed."""
    return tuple((each.party, breaker_of(each)) if isinstance(each, Commitment) else each for each in some)


def breaker_of(tie: Commitment) -> str:
    """Return whose breach a commitment answers."""
    return next(atom.id.partition(".")[0] for atom in atoms(tie.when) if isinstance(atom, OptionAtom))


def _is(option: str, yes: bool) -> Formula:
    return OptionAtom(option) if yes else Not(OptionAtom(option))


def _choices(values: Collection[tuple[str, bool]]) -> Iterator[tuple[tuple[str, bool], ...]]:
    """One or two values, of different options."""
    for some in chain(combinations(values, 1), combinations(values, 2)):
        if len(dict(some)) == len(some):
            yield some


def _atoms(some: Collection[Tie]) -> frozenset[Any] | None:
    """Return what a set is made of, value by value; None where two of its commitments are one."""
    commitments = [each for each in some if isinstance(each, Commitment)]
    if len({(each.party, each.when) for each in commitments}) < len(commitments):
        return None
    values = [(each.party, each.when, value) for each in commitments for value in each.then]
    return frozenset([*values, *(each for each in some if isinstance(each, str))])


def _values(tie: Tie) -> int:
    return len(tie.then) if isinstance(tie, Commitment) else 1
