"""The states that an entry of a selection stands for, looked up from the solution."""

from __future__ import annotations

import numpy as np


def members(solution, entry, concepts):
    """(S,): the states that match the bits of an entry, and of which all is so that it says of them."""
    model, reach = solution.model, solution.reach()
    bits = [model.bits(int(mask)) for mask in solution.space.states]
    if entry.today:
        return np.array([each == entry.bits for each in bits], bool)
    found = np.array([all(one in ("-", other) for one, other in zip(entry.bits, each, strict=True)) for each in bits])
    for concept in concepts:
        found &= solution.equilibria(concept) == (concept in entry.concepts)
    if entry.label:
        found &= [model.labels.get(each) == entry.label for each in bits]
    if reach is not None:
        found &= reach.reached == entry.reached
    return found if entry.plan is None else found & (solution.space.holds(model.plan) == entry.plan)
