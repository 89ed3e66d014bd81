"""What can be wrong with commitments: answers that a party has tied to an event, and that happen by themselves.

Where they fight, never settle, or break a rule is found over the states (`bestand.engine.committed`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Protocol

from . import undecided
from .description import Description
from .errors import nearest
from .fault import ModelFault, Path
from .truth import holds, outcomes_in
from .values import Commitment, Plan


class Checker(undecided.Checker, Protocol):
    """Who collects the faults of a model, and knows which names there are."""

    found: list[ModelFault]

    def known(self, path: Path, what: str, name: str, names: Collection[str]) -> bool: ...


def tied_faults(checker: Checker) -> None:
    """Report what is wrong with the commitments of a model, and with those that its plans bring."""
    model = checker.model
    for id, count in Counter(commitment.id for commitment in model.commitments).items():
        if count > 1:
            checker.add(("commitments", id), "duplicate-id", f"commitment '{id}' is given {count} times")
    for commitment in model.commitments:
        _commitment(checker, commitment)
    for plan in model.plans:
        _of_plan(checker, plan)
    if model.commitments and model.coalesced:
        told = "commitments cannot be reckoned with where several states count as one"
        checker.add(("coalesced",), "commitments-coalesced", told, "leave out one of the two")
    elif not any(fault.severity == "error" for fault in checker.found):
        _today(checker)


def _commitment(checker: Checker, commitment: Commitment) -> None:
    model, path = checker.model, ("commitments", commitment.id)
    checker.id(path, "commitment", commitment.id, dashes=True)
    checker.grounds(path, commitment.grounds)
    checker.sentence((*path, "when"), commitment.when)
    known = checker.known((*path, "party"), "party", commitment.party, model.party)
    if not commitment.then:
        checker.add((*path, "then"), "empty", "a commitment does something", "name options of its party")
    for k, (option, _) in enumerate(commitment.then):
        at = (*path, "then", k)
        if not checker.known(at, "option", option, model.bit):
            continue
        owner = option.partition(".")[0]
        if known and owner != commitment.party:
            told = f"{option} is an option of {owner}, and a party can tie down its own alone"
            checker.add(at, "not-its-own", told, f"write party: {owner}, or an option of {commitment.party}")
        if option in [other for other, _ in commitment.then[:k]]:
            checker.add(at, "repeated", f"{option} stands here twice", "leave one of them out")


def _of_plan(checker: Checker, plan: Plan) -> None:
    """Check what comes with a plan: commitments of the file, and options, each once."""
    model = checker.model
    for key, names, known in (("commitments", plan.commitments, model.commitment), ("fixed", plan.fixed, model.bit)):
        for k, name in enumerate(names):
            path: Path = ("plans", plan.id, key, k)
            if name in names[:k]:
                checker.add(path, "repeated", f"'{name}' stands here twice", "leave one of them out")
            elif name not in known:
                hint = nearest(name, known) or f"known: {', '.join(known) or 'none'}"
                what = "commitment" if key == "commitments" else "option"
                checker.add(path, f"unknown-{what}", f"there is no {what} '{name}'", hint)


def _today(checker: Checker) -> None:
    """Check that no commitment that stands whatever is signed would change something today."""
    model = checker.model
    for commitment in acting_today(model):
        told = f"today is not at rest: commitment '{commitment.id}' acts, and changes something"
        hint = "let a plan bring it (plans: …: commitments), or write in the status quo what it has brought about"
        checker.add(("commitments", commitment.id), "acts-today", told, hint)


def acting_today(model: Description) -> tuple[Commitment, ...]:
    """Return the standing commitments that would change something today; none without a status quo.

    Examples
    --------
    >>> from .formula import TRUE
    >>> from .values import Option, Party
    >>> tie = Commitment("tie", "up", TRUE, (("up.a", True),))
    >>> up = Party("up", options=(Option("up.a"),))
    >>> [each.id for each in acting_today(Description("Dam", (up,), status_quo=frozenset(), commitments=(tie,)))]
    ['tie']
    """
    yes = model.status_quo
    if yes is None or not model.standing:
        return ()
    outcomes = outcomes_in(model, yes)
    return tuple(
        each
        for each in model.standing
        if any((option in yes) != value for option, value in each.then) and holds(each.when, yes, outcomes)
    )
