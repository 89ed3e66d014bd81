"""The question ``evolve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bestand.answer.parameters import (
    About,
    Concepts,
    Engine,
    Formula,
    MaybeWhole,
    Moves,
    Names,
    Plan,
    Whole,
    concept_ids,
)
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Evolution


@question(example="bestand evolve press/wynia2025/ukraine --to in_sight")
def evolve(
    setting: Setting,
    *,
    start: Annotated[str | int, About("text", ("--from",))] = "status-quo",
    by: Moves = None,
    concept: Annotated[str, About("text", (), concept_ids)] = "pseq",
    only: Names = None,
    without: Names = None,
    steps: MaybeWhole = None,
    to: Formula = None,
    paths: Whole = 3,
    concepts: Concepts = None,
    engine: Engine = None,
    list: Whole = 1000,
    plan: Plan = None,
) -> Evolution:
    """Where it goes from a state: what is reached, where it ends, where it goes round.

    Nobody moves twice in a row, but in a drift. With it come the equilibria among what is reached, how likely each end
    is if chance decides who moves, and the table of last movers. Models too large to list are followed from the start
    as far as the limits go.

    Parameters
    ----------
    start
        The state to begin in: status-quo, bits (0110), a label of the file, or the yes options with commas between
        them (none: no option).
    by
        Which moves count: drift (what a party does on purpose, once it reckons with the answers), purposeful (the mover
        gains, and gives nothing away), best (the mover gains, and has nothing better), improving (the mover gains) or
        any (legal ones). Drift unless told; improving where drift cannot be followed, and the answer says why.
    concept
        With which answers a party reckons in a drift.
    only
        Only these parties may move, by id or name, with commas between them.
    without
        All parties but these may move.
    steps
        Follow so many moves at most.
    to
        What to come to: a state as for --from, or a formula such as 'ceasefire and not ukraine.cede'.
    paths
        How many shortest paths to show to a state.
    concepts
        Under which stability concepts to look for equilibria. All five unless told; where the states are too many to
        list, none.
    engine
        How to compute the equilibria; chosen to suit the model unless told.
    list
        How many states of a kind the data list, the nearest first.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    Evolution

    Raises
    ------
    CallError
        For an unknown state, party, concept or reading, a start that is not feasible or missing, or a target that no
        feasible state satisfies.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached before anything is known.

    Notes
    -----
    O(states found · what a party can choose from) for what is reached, and a sparse system for the likelihoods. The
    search is that of Li, Kilgour & Hipel (2005), over (state, last mover).

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.evolve("books/fang1993/elmira", by="improving")
    >>> [answer.model.labels[answer.model.bits(int(state))] for state in answer.states]
    ['1', '5']
    >>> answer.ends[0].likelihood
    1.0
    """
    from .answer import evolution

    return evolution(
        setting.planned(plan),
        start=start,
        by=by,
        concept=concept,
        only=only,
        without=without,
        steps=steps,
        to=to,
        paths=paths,
        concepts=concepts,
        engine=engine,
        list=list,
    )
