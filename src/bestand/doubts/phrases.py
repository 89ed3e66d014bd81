"""Which options and outcomes formulas speak of, through outcomes too; and a state as a formula."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bestand.model.formula import TRUE, And, Formula, Not, OptionAtom, OutcomeAtom, atoms
from bestand.model.model import Model


def spoken_of(model: Model, formulas: Iterable[Formula]) -> set[OptionAtom | OutcomeAtom]:
    """Every atom of some formulas, and of the outcomes in them. O(size of the formulas and outcomes).

    Examples
    --------
    >>> from bestand.model.values import Outcome
    >>> model = Model("Dam", (), outcomes=(Outcome("peace", OptionAtom("up.release")),))
    >>> sorted(map(str, spoken_of(model, [OutcomeAtom("peace")])))
    ["OptionAtom(id='up.release')", "OutcomeAtom(name='peace')"]
    """
    found: set[OptionAtom | OutcomeAtom] = set()
    waiting = list(formulas)
    while waiting:
        for atom in atoms(waiting.pop()):
            if atom not in found:
                found.add(atom)
                if isinstance(atom, OutcomeAtom):
                    waiting.append(model.outcome[atom.name].formula)
    return found


def as_state(model: Model, taken: Collection[str]) -> Formula:
    """Return the formula that is true in one state only, of which the options are given that are taken in it."""
    atoms = tuple(OptionAtom(o.id) if o.id in taken else Not(OptionAtom(o.id)) for o in model.options)
    return And(atoms) if len(atoms) > 1 else atoms[0] if atoms else TRUE
