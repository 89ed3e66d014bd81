"""Which options and outcomes formulas speak of, through outcomes too; and a state as a formula."""

from __future__ import annotations

from collections.abc import Collection

from bestand.model.formula import TRUE, And, Formula, Not, OptionAtom
from bestand.model.model import Model


def as_state(model: Model, taken: Collection[str]) -> Formula:
    """Return the formula that is true in one state only, of which the options are given that are taken in it."""
    atoms = tuple(OptionAtom(o.id) if o.id in taken else Not(OptionAtom(o.id)) for o in model.options)
    return And(atoms) if len(atoms) > 1 else atoms[0] if atoms else TRUE
