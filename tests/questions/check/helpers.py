"""What families of doubts find in a model, and where formulas are true, state by state."""

from __future__ import annotations

from bestand.doubts.findings import Family, Found
from bestand.doubts.sight import Sight, listed
from bestand.engine.limits import Watch
from bestand.engine.space import space_of
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.reference import feasible
from bestand.reference.worlds import World


def seen(model: Model, *families: Family, sight: Sight | None = None) -> set[tuple]:
    """Codes and paths of what some families find."""
    sight = sight or listed(space_of(model), Watch())
    found = [each for family in families for each in family.find(sight) if isinstance(each, Found)]
    assert len({(each.code, each.path) for each in found}) == len(found)
    return {(each.code, *each.path) for each in found}


def truths(model: Model, formula: Formula) -> tuple[bool, ...]:
    return tuple(World.of_mask(model, mask).holds(formula) for mask in feasible(model))
