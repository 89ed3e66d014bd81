"""What a sentence comes to under several concepts, where some answers follow from others.

A state that is stable under a concept is stable under every weaker one. So an equilibrium that is as a sentence says is
one under every weaker concept, and where there is none there is none under a stricter one. Of the strictest concept and
the weakest the rest often follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bestand.model.sentences import Assertion, Change, Compared, Quantified, SameAnswer, Satisfies
from bestand.stability.registry import strictest, weaker

from .asker import Finding, Sense

Find = Callable[[Assertion, tuple[Change, ...], Sense], Finding]  # what a sentence comes to, some changes made


def truths(assertion: Assertion, asked: Sequence[Sense], find: Find) -> dict[str, Finding]:
    """Return what a sentence comes to in each sense, by its key, with the truth alone where it follows.

    Parameters
    ----------
    assertion : Assertion
    asked : sequence of Sense
    find : callable
        Finds it in one sense.
    """
    if isinstance(assertion, SameAnswer):
        one, other = (_found(assertion.assertion, side, asked, find) for side in (assertion.left, assertion.right))
        return {key: _same(one[key], other[key]) for key in one}
    return _found(assertion, (), asked, find)


def _found(assertion: Assertion, changes: tuple[Change, ...], asked: Sequence[Sense], find: Find) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    for sense in _ends_first(asked):
        follows = _following(assertion, sense, found) if _of_equilibria(assertion, asked) else None
        found[sense.key] = follows or find(assertion, changes, sense)
    return {sense.key: found[sense.key] for sense in asked}


def _same(one: Finding, other: Finding) -> Finding:
    return Finding(None if one.truth is None or other.truth is None else one.truth == other.truth)


def _of_equilibria(assertion: Assertion, asked: Sequence[Sense]) -> bool:
    """Return whether a sentence speaks of equilibria, and of nothing else that hangs on the concept."""
    match assertion:
        case Quantified(_, subject, Satisfies() | Compared()):
            return subject.noun == "equilibrium" and len({sense.drift for sense in asked}) == 1
        case _:
            return False


def _ends_first(asked: Sequence[Sense]) -> list[Sense]:
    """Return the strictest sense, the weakest, and those between."""
    place = {concept: k for k, concept in enumerate(strictest([sense.concept for sense in asked]))}
    first, *others = sorted(asked, key=lambda sense: place[sense.concept])
    return [first, *others[-1:], *others[:-1]]


def _following(assertion: Assertion, sense: Sense, found: Mapping[str, Finding]) -> Finding | None:
    """Return what follows in one sense from what was counted in others; None where that is not enough."""
    assert isinstance(assertion, Quantified), "speaks of equilibria"
    some: dict[bool, bool] = {}  # whether some equilibrium is as the sentence says (True), or is not (False)
    for concept, finding in found.items():
        for so, of in finding.counts:
            for kind, number in ((True, so), (False, of - so)):
                if number and sense.concept in weaker(concept):
                    some[kind] = True
                elif not number and concept in weaker(sense.concept):
                    some[kind] = False
    so, other = some.get(True), some.get(False)
    match assertion.quantifier:
        case "some":
            return None if so is None else Finding(so)
        case "every":
            so, other = other, so
    if so:
        return Finding(False)
    if so is None or other is None:
        return None
    return Finding(True if other else None)
