"""The question ``order``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bestand.answer.parameters import About, MaybeState, Names, Plan, Text, Whole, concept_ids
from bestand.answer.question import question
from bestand.answer.setting import names

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Ordered


@question(example="bestand order press/wynia2025/ukraine --reading price-order")
def order(
    setting: Setting,
    deal: MaybeState = None,
    *,
    number: Whole = 1,
    plan: Plan = None,
    concept: Annotated[str, About("text", (), concept_ids)] = "pseq",
    no_deal: Text = None,
    consent: Names = None,
    start: Annotated[str | int, About("text", ("--from",))] = "status-quo",
) -> Ordered:
    """In which order can a deal be done, so that nobody gains by stopping half-way?

    A deal that is kept once it is there need not be one that gets there: whoever has what it wants may leave the rest
    undone. An order is safe if at each step whoever has still to act does no better by stopping, and nobody by a move
    of its own. Told are the finest ones: how many, one of them, what has to be done at one moment and why, and what
    comes before what in all of them.

    Parameters
    ----------
    deal
        A deal that is kept: bits, a label of the file, or the yes options with commas between them. One with the
        fewest changes unless told.
    number
        Which of the deals with the fewest changes, as bestand deals numbers them.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    concept
        With which answers a party reckons.
    no_deal
        What things come to without a deal, as in deals.
    consent
        Parties without whom nothing is signed, as in deals.
    start
        The state to start from: status-quo, bits (0110), a label of the file, or the yes options with commas between
        them (none: no option).

    Returns
    -------
    Ordered

    Raises
    ------
    CallError
        Where there is no deal that is kept, or the state given is none; for a deal of more than twenty changes, and
        where the states are too many to list.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached.

    Notes
    -----
    O(2^n) for n changes, times the moves of the parties from each state on the way. Steps that are taken and then taken
    back are not looked for. The definition is our own, after Lockwood & Thomas (2002) and Fearon (1998).

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.order("press/wynia2025/ukraine", readings=["price-order"])
    >>> answer.orders.count, [stage.options for stage in answer.orders.stages][-1]
    (216, ('ukraine.agree',))
    """
    from .answer import ordered

    return ordered(setting, deal, number, plan, concept, no_deal, names(consent), start)
