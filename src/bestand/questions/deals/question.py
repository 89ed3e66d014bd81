"""The question ``deals``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bestand.answer.parameters import About, Formula, Names, Plan, Text, Texts, concept_ids
from bestand.answer.question import question
from bestand.answer.setting import names

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Deals


@question(example="bestand deals press/wynia2025/ukraine --reading price-nato")
def deals(
    setting: Setting,
    formula: Formula = None,
    *,
    concept: Annotated[str, About("text", (), concept_ids)] = "pseq",
    no_deal: Text = None,
    consent: Names = None,
    red_line: Texts = (),
    start: Annotated[str | int, About("text", ("--from",))] = "status-quo",
    plan: Plan = None,
) -> Deals:
    """Is there a deal? What those who must sign prefer to no deal, who refuses what, and whether it would be kept.

    A plan is a joint signature. A deal is a state of the plan that can be signed at one moment, that nobody with a say
    refuses, and in which everybody who signs is better off than without a deal.

    Parameters
    ----------
    formula
        What the deal has to bring about, such as 'ceasefire and not ukraine.cede'; the plan of the file unless told.
    concept
        With which answers a party reckons before it breaks a deal.
    no_deal
        What things come to without a deal: drift (where the parties' own moves lead from today), today, a state as
        bits, none (no option), or a formula. Drift unless told, which is today where nobody would move.
    consent
        Parties without whom nothing is signed even where they change nothing, by id, with commas between them.
    red_line
        What a party refuses whatever else is offered, as PARTY=FORMULA; may be given several times.
    start
        The state to start from: status-quo, bits (0110), a label of the file, or the yes options with commas between
        them (none: no option).
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    Deals

    Raises
    ------
    CallError
        Without a plan, or a state to start from, or for an unknown concept, party or reading.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached.

    Notes
    -----
    O(S · options) for the states that can be signed, and a search over the states that drift from the deals visits. Of
    states that are too many to list, the same is worked out over sets; purposeful answers cannot be followed there, and
    ``seq`` takes the place of ``pseq``. The definitions are our own, after Kilgour, Hipel, Fang & Peng (2001) and
    Fearon (1995).

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.deals("press/wynia2025/ukraine", readings=["price-nato"])
    >>> answer.ruling.kind, answer.ruling.deals, len(answer.ruling.lean)  # two of them with the fewest changes
    ('deal', 5760, 2)
    """
    from bestand.plan.asked import once

    from .answer import deals

    lines = (red_line,) if isinstance(red_line, str) else tuple(red_line or ())
    return deals(setting, once(formula, plan), concept, no_deal, names(consent), lines, start)
