"""Equilibria that only loose answers hold.

A credible answer is any improvement of whoever gives it. It is *loose* where it is not the best move that the party has
there: it takes a gain that it wants together with a loss that it need not take, and a sensible party would choose
otherwise. An equilibrium under SEQ or SSEQ is loose where some party stays only for fear of such answers: it is none
under the concept that reckons with best moves alone (`bestand.stability.registry.firm`).
"""

from __future__ import annotations

from bestand.stability.registry import firm

from .solution import Bools, Solution

LOOKED_AT = 2**20  # states beyond which nobody looks unless asked


def loose(solution: Solution, concept: str) -> Bools | None:
    """(S,): the equilibria under a concept that answers which are not best moves alone hold.

    Parameters
    ----------
    solution : Solution
    concept : str

    Returns
    -------
    (S,) bool, or None
        None for a concept that does not reckon with credible answers, and for more than 2²⁰ states, unless the concept
        that reckons with best moves has been asked for already.

    Notes
    -----
    As long as the verdicts of SEQ take, the first time.
    """
    narrower = firm(concept)
    if narrower is None or (solution.space.size > LOOKED_AT and not solution.complete(narrower)):
        return None
    return solution.equilibria(concept) & ~solution.equilibria(narrower)
