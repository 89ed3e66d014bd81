"""Combinations of a model with more options than a listed state has bits: one by one, over sets of states.

Formulas are counted in sets of any size. States that are an equilibrium are counted one by one, so there can be no more
than some of them.
"""

from __future__ import annotations

from bestand.engine.choose import choose
from bestand.engine.limits import Watch
from bestand.model.errors import ModelError, TooManyStates
from bestand.model.model import Model
from bestand.solve.solution import Solution

from .job import Job
from .masks import Masks

MOST_EQUILIBRIA = 2**16  # of one combination under one concept


def numbers(model: Model, job: Job, watch: Watch) -> tuple[list[int], dict[str, Masks]] | None:
    """Return what a combination comes to; None where no state is feasible.

    Parameters
    ----------
    model : Model
        With the changes of the combination made.
    job : Job
    watch : Watch

    Returns
    -------
    list of int
        By concept: the number of equilibria, and of those that satisfy each formula.
    dict of str to (K,)
        By concept: the equilibria.

    Raises
    ------
    TooManyStates
        Where the equilibria are too many to count each.
    LimitReached
    """
    try:
        solution = Solution(model, choose(model, None, watch), watch)
    except ModelError:  # no state is feasible, or a ranking misses one
        return None
    row: list[int] = []
    equilibria: dict[str, Masks] = {}
    for concept in job.concepts:
        watch.check()
        states = solution.equilibrium_set(concept)
        count = states.count()
        if count > MOST_EQUILIBRIA:
            raise TooManyStates(
                "{count} equilibria in one combination; at most {limit} are counted one by one",
                count=count,
                limit=MOST_EQUILIBRIA,
            )
        row += [count, *((states & formula).count() for formula in job.formulas)]
        equilibria[concept] = states.masks()
    return row, equilibria
