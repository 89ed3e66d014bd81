"""The condition of a refusal: the shortest exact formula over what the others do, among states that can be signed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import numpy as np

from bestand.engine.flips import Indices
from bestand.model.formula import FALSE, TRUE, And, Formula, Not, OptionAtom, Or, OutcomeAtom, atoms, joined
from bestand.model.model import Model
from bestand.model.values import Priorities
from bestand.model.wording import level_text

from .cover import Bools, Cover, cover
from .proposal import Proposal
from .refusals import Choices, Refusal

Atom = OptionAtom | OutcomeAtom
Whole = Callable[[Formula], bool]


def condition(proposal: Proposal, party: int, refusal: Refusal, *, own: bool = False) -> Formula:
    """Return when a party refuses over what the others do, whatever it does itself; or, ``own``, the other way about.

    True where all is refused, and false where nothing is.
    In options, those first that the deciding wishes speak of; in named outcomes where that is shorter.
    """
    model, mask = proposal.space.model, proposal.space.moves[party].own
    options = [k for k in range(len(model.options)) if bool(mask >> k & 1) == own]
    choices = refusal.own if own else refusal.others
    return said_of(proposal, proposal.states, options, choices, wished(model, party, refusal.decided_by))


def said_of(
    proposal: Proposal, states: Indices, options: Sequence[int], choices: Choices, preferred: Collection[Atom]
) -> Formula:
    """Return the shortest formula over some options that is true of the choices refused, and of none of the others.

    Parameters
    ----------
    proposal : Proposal
    states : (N,) intp
        The states in which they are made.
    options : sequence of int
        By bit, ascending.
    choices : Choices
        Of these options.
    preferred : collection of Atom
        Options that are taken rather than others.
    """
    ids = [OptionAtom(proposal.space.model.options[k].id) for k in options]
    inside = choices.masks[:, None] >> np.array(options, np.uint64) & np.uint64(1)
    plain = _cover(inside.astype(bool), choices.refused, [k for k, atom in enumerate(ids) if atom in preferred])
    outcomes, table = _outcomes(proposal, states, np.uint64(sum(1 << k for k in options)), choices)
    if not _tells_apart(table, choices.refused):
        return told(plain, ids)
    return shorter(plain, ids, _cover(table, choices.refused, ()), outcomes)


def shorter(plain: Cover, options: Sequence[Atom], named: Cover, outcomes: Sequence[Atom]) -> Formula:
    """Return what named outcomes say where that is shorter, else what options say."""
    return told(named, outcomes) if _length(named) < _length(plain) else told(plain, options)


def _cover(table: Bools, refused: Bools, preferred: Sequence[int]) -> Cover:
    return cover(table[refused], table[~refused], preferred)


def _outcomes(proposal: Proposal, states: Indices, mask: np.uint64, choices: Choices) -> tuple[list[Atom], Bools]:
    """Return the named outcomes that some choices alone decide, and (O, n): where they hold."""
    space = proposal.space
    choice = np.searchsorted(choices.masks, space.states[states] & mask)
    atoms_there: list[Atom] = []
    columns = []
    for outcome in space.model.outcomes:
        atom = OutcomeAtom(outcome.name)
        true = space.holds(atom)[states]
        column = np.zeros(len(choices.masks), bool)
        column[choice[true]] = True
        if np.array_equal(column[choice], true):
            atoms_there.append(atom)
            columns.append(column)
    return atoms_there, np.array(columns, bool).reshape(len(columns), len(choices.masks)).T


def _tells_apart(table: Bools, refused: Bools) -> bool:
    rows = [{row.tobytes() for row in table[which]} for which in (refused, ~refused)]
    return bool(table.shape[1]) and not rows[0] & rows[1]


def in_own_words(
    model: Model, party: int, decided_by: Collection[str], said: Formula | None, own: Formula | None, whole: Whole
) -> bool:
    """Return whether what a party does itself tells all that it refuses, and closer to its wishes than ``said`` does.

    Parameters
    ----------
    model : Model
    party : int
    decided_by : collection of str
        The wishes that decide what it refuses.
    said, own : Formula or None
        When it refuses, over what the others do and over what it does.
    whole : callable
        Whether a formula is true of all that it refuses.
    """
    if own is None or own in (TRUE, FALSE) or not whole(own):
        return False
    if said is None or said == FALSE or not whole(said):
        return True
    wishes = wished(model, party, decided_by)
    return _strange(own, wishes, model) < _strange(said, wishes, model)


def _strange(formula: Formula, wishes: Collection[Atom], model: Model) -> int:
    """Return how many options a formula speaks of that some wishes do not."""
    return len(set(options_of(formula, model)) - set(wishes))


def wished(model: Model, party: int, decided_by: Collection[str]) -> set[Atom]:
    """Return the options that the deciding wishes of a party speak of."""
    wish = model.preferences.get(model.parties[party].id)
    if not isinstance(wish, Priorities):
        return set()
    id = model.parties[party].id
    return {
        atom
        for number, statement in enumerate(wish.statements, 1)
        if level_text(id, wish.level(number)) in decided_by
        for atom in options_of(statement.formula, model)
    }


def options_of(formula: Formula, model: Model) -> Iterator[OptionAtom]:
    """Yield the options that a formula speaks of, by itself or through outcomes."""
    for atom in atoms(formula):
        if isinstance(atom, OptionAtom):
            yield atom
        else:
            yield from options_of(model.outcome[atom.name].formula, model)


def _length(found: Cover) -> tuple[int, int]:
    return len(found.terms), sum(map(len, found.terms))


def told(found: Cover, atoms: Sequence[Atom]) -> Formula:
    """Return a cover as a formula."""
    terms = [joined(And, [atoms[k] if value else Not(atoms[k]) for k, value in term], TRUE) for term in found.terms]
    return joined(Or, terms, FALSE)
