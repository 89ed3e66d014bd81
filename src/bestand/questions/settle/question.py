"""The questions ``settle`` and ``count-rankings``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from bestand.answer.parameters import About, Concepts, Formula, MaybeState, MaybeWhole, Names, Plan, Text, Whole
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import RankingCounts, Settled


@question(example="bestand settle press/wynia2025/ukraine ceasefire --kinds wishes --party russia")
def settle(
    setting: Setting,
    formula: Formula = None,
    *,
    concepts: Concepts = None,
    parties: Annotated[str | Iterable[str] | None, About("names", ("--party",))] = None,
    kinds: Names = None,
    depth: MaybeWhole = None,
    list: Whole = 5,
    plan: Plan = None,
) -> Settled:
    """What would it take? The smallest changes after which a plan is a deal that is kept.

    Or needs no deal: it stands, or comes by itself. Where concepts are named, or nobody can be asked, the changes that
    make a wanted state an equilibrium. Every answer was solved again; the lines "Try it" show what else it changes.

    Parameters
    ----------
    formula
        What the wanted state satisfies, such as 'ceasefire and not ukraine.cede'; the plan of the model unless told.
    concepts
        Look for equilibria under these, with commas between them. Unless told, for a deal that is kept.
    parties
        Only these parties may be asked to change; all unless told.
    kinds
        What may change: ties, offers, options, wishes, rankings, moves. All, in this order, unless told; ties and
        options for a deal alone.
    depth
        Up to how many changes of wishes, options or moves to look: 2 unless told, but 1 of options and of moves where
        there are more than 100 states; for a deal, swaps in rankings too. Of ties 3, or as many as are tried in a
        minute or two. Where some number does, no larger one is tried.
    list
        How many answers of a kind to give, and one more for each concept that these leave out.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    Settled
        Where a limit is reached, what was found until then, and ``stopped`` says so.

    Raises
    ------
    CallError
        Without a plan or a formula, for a formula that cannot be read or that no feasible state satisfies, an unknown
        party, concept, kind or reading, and where python-sat is needed (equilibria, in explicit rankings) and is not
        installed.
    LimitReached
        When a limit is reached before the model as it is has been solved; `TooManyStates` when it cannot be listed.

    Notes
    -----
    For k wishes of a party there are O(k²) changes of one and O(k⁴) of two, each O(S) to solve. For a deal each takes
    one verdict on the plan, in orders of all parties at once. Of n ties there are O(n³) sets of three, each a verdict;
    for two parties of k options and b breaches n is O(b·k²). Swaps in rankings are found by MaxSAT over O(S²)
    variables; for a deal all of one swap are tried, then all of two.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.settle("press/wynia2025/ukraine", "ceasefire", parties=["russia"], kinds=["wishes"])
    >>> answer.ruling.kind, dict(answer.parts[0].smallest)  # no deal yet; one change of what Russia wants will do
    ('no-deal', {'pseq': 1})
    >>> answer = bestand.settle("press/wynia2025/ukraine", "ceasefire and not usa.withdraw", kinds=["ties"],
    ...                         parties=["usa"], readings=["price-nato"])
    >>> answer.ruling.kind, answer.parts[0].settlements[0].fixed  # kept, if the Americans could not leave Europe
    ('deal-not-kept', ('usa.withdraw',))
    >>> wanted = "P1.cooperate and P2.cooperate"
    >>> answer = bestand.settle("textbook/prisoners-dilemma", wanted, concepts=["nash"], kinds=["moves"])
    >>> dict(answer.parts[0].smallest)  # one change of moves is not enough, since both would leave
    {'nash': 2}
    """
    from bestand.plan.asked import once

    from .asked import settle

    return settle(setting, once(formula, plan), concepts, parties, kinds, depth, list)


@question(
    example="bestand count-rankings journals/gdn/hipel2014/syria-iraq-1975 --state 2 --party Syria",
    also=("settle", "--count"),
)
def count_rankings(
    setting: Setting, state: MaybeState = None, party: Text = None, *, concepts: Concepts = None
) -> RankingCounts:
    """How many of the strict rankings that a party could have make a state an equilibrium? Exact.

    Parameters
    ----------
    state
        The state to count for: bits, a label, status-quo, or its yes options with commas between them.
    party
        The party whose ranking is open; what the model says of its preferences is not looked at.
    concepts
        Stability concepts, with commas between them; the usual ones unless told.

    Returns
    -------
    RankingCounts
        The counts by concept: ``answer["seq"].found``.

    Raises
    ------
    CallError
        For an unknown state, party, concept or reading.
    TooManyStates
        When too many states matter to every count.

    Notes
    -----
    O(2ʳ) for the r states that matter.

    Examples
    --------
    >>> import bestand
    >>> slug = "journals/gdn/hipel2014/syria-iraq-1975"
    >>> counts = bestand.count_rankings(slug, "2", "Syria", concepts=["nash", "seq"])
    >>> counts["nash"].found, counts["seq"].found, counts["seq"].of
    (240, 384, 720)
    """
    from .rankings_count import count_rankings

    return count_rankings(setting, state, party, concepts)
