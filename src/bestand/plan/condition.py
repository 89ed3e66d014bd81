"""The condition of a refusal: the shortest exact formula over what the others do, among states that can be signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bestand.model.formula import FALSE, TRUE, And, Formula, Not, OptionAtom, Or, OutcomeAtom, atoms
from bestand.model.model import Model
from bestand.model.values import Priorities

from .cover import Bools, Cover, cover
from .proposal import Proposal
from .refusals import Refusal

Atom = OptionAtom | OutcomeAtom


@dataclass(frozen=True, slots=True)
class Condition:
    """When a party refuses.

    Parameters
    ----------
    formula : Formula
        Over options of others, or named outcomes; true where nothing else is proposed.
    terms : int
        How many terms it takes.
    shortest : bool
        Whether no shorter one exists.
    """

    formula: Formula
    terms: int
    shortest: bool


def condition(proposal: Proposal, party: int, refusal: Refusal) -> Condition:
    """Return when a party refuses, whatever it does itself.

    In options of the others, those first that the deciding wishes speak of; in named outcomes where that is shorter.
    """
    model, own = proposal.space.model, proposal.space.moves[party].own
    options = [OptionAtom(option.id) for k, option in enumerate(model.options) if not own >> k & 1]
    preferred = _wished(proposal, party, refusal)
    bits = np.array([model.bit[option.id] for option in options], np.uint64)
    inside = refusal.choices[:, None] >> bits & np.uint64(1)
    plain = _cover(inside.astype(bool), refusal.refused, [options.index(atom) for atom in options if atom in preferred])
    outcomes, table = _outcomes(proposal, party, refusal)
    if not _tells_apart(table, refusal.refused):
        return _told(plain, options)
    named = _cover(table, refusal.refused, ())
    return _told(named, outcomes) if _length(named) < _length(plain) else _told(plain, options)


def _cover(table: Bools, refused: Bools, preferred: Sequence[int]) -> Cover:
    return cover(table[refused], table[~refused], preferred)


def _outcomes(proposal: Proposal, party: int, refusal: Refusal) -> tuple[list[Atom], Bools]:
    """Return the named outcomes that what the others do decides, and (O, n): where they hold."""
    space = proposal.space
    theirs = space.states[proposal.states] & ~np.uint64(space.moves[party].own)
    choice = np.searchsorted(refusal.choices, theirs)
    atoms_there: list[Atom] = []
    columns = []
    for outcome in space.model.outcomes:
        atom = OutcomeAtom(outcome.name)
        true = space.holds(atom)[proposal.states]
        column = np.zeros(len(refusal.choices), bool)
        column[choice[true]] = True
        if np.array_equal(column[choice], true):
            atoms_there.append(atom)
            columns.append(column)
    return atoms_there, np.array(columns, bool).reshape(len(columns), len(refusal.choices)).T


def _tells_apart(table: Bools, refused: Bools) -> bool:
    rows = [{row.tobytes() for row in table[which]} for which in (refused, ~refused)]
    return bool(table.shape[1]) and not rows[0] & rows[1]


def _wished(proposal: Proposal, party: int, refusal: Refusal) -> set[Atom]:
    """Return the options that the deciding wishes of a party speak of."""
    model = proposal.space.model
    wish = model.preferences.get(model.parties[party].id)
    if not isinstance(wish, Priorities):
        return set()
    id = model.parties[party].id
    return {
        atom
        for number, statement in enumerate(wish.statements, 1)
        if f"{id} {number}" in refusal.decided_by
        for atom in _options(statement.formula, model)
    }


def _options(formula: Formula, model: Model) -> Iterator[OptionAtom]:
    """Yield the options that a formula speaks of, by itself or through outcomes."""
    for atom in atoms(formula):
        if isinstance(atom, OptionAtom):
            yield atom
        else:
            yield from _options(model.outcome[atom.name].formula, model)


def _length(found: Cover) -> tuple[int, int]:
    return len(found.terms), sum(map(len, found.terms))


def _told(found: Cover, atoms: Sequence[Atom]) -> Condition:
    """Return a cover as a formula."""
    terms = [_joined(And, [atoms[k] if value else Not(atoms[k]) for k, value in term], TRUE) for term in found.terms]
    return Condition(_joined(Or, terms, FALSE), len(terms), found.shortest)


def _joined(join: type[And] | type[Or], terms: Sequence[Formula], none: Formula) -> Formula:
    return none if not terms else terms[0] if len(terms) == 1 else join(tuple(terms))
