"""The question ``plans``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bestand.answer.parameters import About, Names, Text, Texts, concept_ids
from bestand.answer.question import question
from bestand.answer.setting import names

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Plans


@question(example="bestand plans my.yaml --lang nl")
def plans(
    setting: Setting,
    only: Names = None,
    *,
    concept: Annotated[str, About("text", (), concept_ids)] = "pseq",
    no_deal: Text = None,
    consent: Names = None,
    red_line: Texts = (),
    start: Annotated[str | int, About("text", ("--from",))] = "status-quo",
) -> Plans:
    """Which of several plans holds? Each as a joint signature, side by side, and which holds wherever another does.

    Of each plan under plans: in the file: the verdict, who signs, who refuses what, what keeps or breaks it, whose red
    line it crosses, and in exactly which combinations of the answers to what is open it holds: is a deal that is kept,
    or needs none. One plan is better than another where it holds in every combination in which the other does.

    Parameters
    ----------
    only
        Only these plans, by id, with commas between them.
    concept
        With which answers a party reckons before it breaks a deal.
    no_deal
        What things come to without a deal, as in deals.
    consent
        Parties without whom nothing is signed, as in deals.
    red_line
        What a party refuses whatever else is offered, as in deals.
    start
        The state to start from: status-quo, bits (0110), a label of the file, or the yes options with commas between
        them (none: no option).

    Returns
    -------
    Plans
        Where a limit is reached while combinations are gone through, the verdicts alone, and ``stopped`` says so.

    Raises
    ------
    CallError
        Where the file has no plans, for an unknown plan, concept, party or reading, or without a state to start from.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached before every plan has its verdict.

    Notes
    -----
    Of each plan the cost of deals, and of its verdict in every combination. These are gone through where they are at
    most 10,000, and at most 2^30 states over all of them.

    Examples
    --------
    >>> import bestand
    >>> from bestand.model.language import parse_formula
    >>> from bestand.model.values import Plan
    >>> model = bestand.load("books/fang1993/elmira")
    >>> plans = [Plan(f"state{k}", parse_formula(f"state {k}", model.scope())) for k in (5, 8)]
    >>> answer = bestand.plans(model.replace(plans=tuple(plans)), start="5")
    >>> {id: ruling.kind for id, ruling in answer.rulings.items()}
    {'state5': 'stands', 'state8': 'deal'}
    """
    from .answer import plans

    lines = (red_line,) if isinstance(red_line, str) else tuple(red_line or ())
    return plans(setting, names(only), concept, no_deal, names(consent), lines, start)
