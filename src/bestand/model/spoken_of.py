"""Which options and outcomes formulas speak of, through outcomes too."""

from __future__ import annotations

from collections.abc import Iterable

from .formula import Formula, OptionAtom, OutcomeAtom, atoms
from .model import Model


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


def options_of(model: Model, formulas: Iterable[Formula]) -> set[str]:
    """Return the ids of the options among what some formulas speak of."""
    return {atom.id for atom in spoken_of(model, formulas) if isinstance(atom, OptionAtom)}
