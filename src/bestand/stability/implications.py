"""Which concept's stability implies which, and which of some concepts is the strictest: read off their rounds.

With m = min(r, w) of what a move risks, stability under A implies stability under B, in every conflict, if B's m is
nowhere above A's. The operators are monotone, and from that alone follows what `implies` knows:

- a wider kind of answers leaves no more: worst over moves ≤ worst over improvements ≤ worst over best moves
- m ≤ r: nothing is stricter than to look at no answer (Nash)
- to be allowed one more move, unanswered, leaves no less than anything else after an answer
- a round in front, of the same kind or a wider one, keeps the order of what follows

It does not know what holds for transitive moves only, so that it is right where single moves are forbidden, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from .replies import OWN, narrower, width

Rounds = Sequence[str]


def implies(strict: Rounds, weak: Rounds) -> bool:
    """Return whether what is stable under the first rounds is, in every conflict, stable under the second.

    False where that does not follow from the rounds alone.

    Examples
    --------
    >>> implies(("credible", "own"), ("any",)), implies(("any",), ("credible",)), implies((), ("best", "own"))
    (True, False, True)
    """
    if not strict or not weak:
        return not strict
    return narrower(strict[0], weak[0]) and _no_more(weak[1:], strict[1:])


def _no_more(weak: Rounds, strict: Rounds) -> bool:
    """Return whether after an answer the rounds of the first leave the party no more than those of the second."""
    if tuple(strict) == (OWN,):
        return True
    if not weak or not strict:
        return not weak and not strict
    return implies(strict[1:], weak[1:])


def strictness(rounds: Rounds) -> tuple[int, ...]:
    """Return a key that sorts the strictest concept first: what implies another never comes after it.

    Between concepts of which neither implies the other, those come first that reckon with fewer answers.

    Examples
    --------
    >>> sorted([("any",), ("best",), (), ("credible", "own")], key=strictness)
    [(), ('credible', 'own'), ('best',), ('any',)]
    """
    if not rounds:
        return (0,)
    kind, later = width(rounds[0]), tuple(rounds[1:])
    return (1, int(kind == 0), int(later != (OWN,)), -kind, *strictness(later[1:]))


def answers_considered(rounds: Rounds) -> tuple[int, ...]:
    """Return a key that sorts first what reckons with the most answers: the widest kinds, and those without an escape.

    Examples
    --------
    >>> sorted([(), ("credible",), ("any", "own"), ("any",)], key=answers_considered)
    [('any',), ('any', 'own'), ('credible',), ()]
    """
    if not rounds:
        return (1,)
    return (0, width(rounds[0]), int(len(rounds) > 1), *answers_considered(rounds[2:]))


def best_moves_alone(rounds: Rounds) -> tuple[str, ...]:
    """Return the rounds with those of the credible answers alone that are best moves.

    Examples
    --------
    >>> best_moves_alone(("credible", "own"))
    ('best', 'own')
    """
    return tuple("best" if kind == "credible" else kind for kind in rounds)
