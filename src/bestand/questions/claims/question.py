"""The questions ``claims`` and ``why``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.parameters import ClaimIds, Concepts, Flag, MaybeWhole, Plan, Whole
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Claims
    from .why import Why


@question(example="bestand claims press/wynia2025/ukraine --claim price-works")
def claims(
    setting: Setting, *, claims: ClaimIds = None, concepts: Concepts = None, brief: Flag = False, plan: Plan = None
) -> Claims:
    """Which of an author's conclusions follow from the model?

    Each claim holds, does not hold, depends on the stability concept, or cannot be said; with what was found, who says
    it, and, where it only repeats a premise, the answer without that premise.

    Parameters
    ----------
    claims
        Only these claims, by id; all unless told.
    concepts
        Ask what names no concept under these only, with commas between them; under the usual ones unless told.
    brief
        Tell each claim in one line.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    Claims

    Raises
    ------
    CallError
        For an unknown claim, concept or reading.
    ModelError
        When the model is not valid.

    Notes
    -----
    One solution of the model for each set of changes that the claims' sentences, premises and readings make.

    Examples
    --------
    >>> import bestand
    >>> bestand.claims("press/wynia2025/ukraine", claims=["price-works"]).results[0].answer.verdict
    'holds'
    """
    from .answer import ask

    return ask(setting.planned(plan), claims, concepts, brief=brief)


@question(example="bestand why press/wynia2025/ukraine --claim red-line", also=("claims", "--why"))
def why(
    setting: Setting,
    *,
    claims: ClaimIds = None,
    depth: Whole = 1,
    concepts: Concepts = None,
    workers: MaybeWhole = None,
    brief: Flag = False,
    list: Whole = 10,
    plan: Plan = None,
) -> Why:
    """Which premises carry each conclusion: the smallest sets of changes to them that give it another verdict.

    Every statement of every party is dropped, and exchanged with its neighbour, and whatever gives a claim another
    verdict is named, with how well it is founded.

    Parameters
    ----------
    claims
        Only these claims, by id; all unless told.
    depth
        How many changes a set has at most. A change is a statement dropped, or exchanged with its neighbour.
    concepts
        Ask what names no concept under these only, with commas between them; under the usual ones unless told.
    workers
        How many processes look through sets of two changes or more; one for each processor unless told. The answer does
        not depend on it.
    brief
        Tell each claim in one line.
    list
        How many sets of two changes or more to name for each claim; data hold all.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    Why
        Where the time is over, `Why.stopped` says so, and `Why.looked` how deep the search came.

    Raises
    ------
    CallError
        For an unknown claim or reading, a depth or a number of workers below 1, or a model without claims or without
        statements.
    ModelError
        When the model is not valid.

    Notes
    -----
    With n statements, about 2n variants for sets of one change, 2n² for sets of two.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.why("press/wynia2025/ukraine", claims=["price-works"], concepts=["nash"])
    >>> [flip.changes for flip in answer.reasons[0].flips]
    [(Drop(statement=StatementRef(party='russia', number=1)),)]
    """
    from .why import ask

    return ask(setting.planned(plan), claims, depth, concepts, workers, brief=brief, most=list)
