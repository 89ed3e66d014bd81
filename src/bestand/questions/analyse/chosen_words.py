"""What pictures of equilibria say in words: how many there are, which are shown, and what is done in them."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.model import Model
from bestand.plan.words import counts_words
from bestand.prose.messages import _, _n, listing
from bestand.prose.names import of_concepts
from bestand.prose.words import size

from .chosen import Chosen, doings

_TOLD = 3  # equilibria that are described


def counts_told(found: Chosen) -> Iterator[str]:
    """How many equilibria there are under each concept: sentences."""
    none = [concept for concept, count in found.counts.items() if not count]
    if len(none) < len(found.counts):
        yield _("Equilibria: {counts}.", counts=counts_words(found.counts))
    if none:
        yield _("There is no equilibrium under {concepts}.", concepts=of_concepts(none, [*found.counts]))


def today_told(found: Chosen) -> Iterator[str]:
    """Under which concepts today is an equilibrium: a sentence."""
    for each in found.today:
        if each.under:
            yield _("Today is an equilibrium under {concepts}.", concepts=of_concepts(each.under, [*found.counts]))
        else:
            yield _("Today is an equilibrium under none of these concepts.")


def plan_told(found: Chosen) -> Iterator[str]:
    """In which columns the plan is true: a sentence, where there is a plan."""
    if all(each.plan is None for each in found.all):
        return
    names = [each.called for each in found.all if each.plan]
    if names:
        yield _("The plan is true in {columns}.", columns=listing(names))
    else:
        yield _("The plan is true in none of those shown.")


def reached_told(found: Chosen) -> Iterator[str]:
    """Which columns are reached: a sentence, where there is a today and an equilibrium."""
    if not found.today or not found.shown:
        return
    names = [each.called for each in found.shown if each.column.reached]
    if names:
        yield _("Improvements lead from the status quo to {columns}.", columns=listing(names))
    else:
        yield _("Improvements lead from the status quo to none of those shown.")


def doings_told(model: Model, found: Chosen) -> Iterator[str]:
    """What is done in the first of the equilibria: a sentence each."""
    for each in found.shown[:_TOLD]:
        if told := doings(model, each.column):
            values = {"name": each.called, "concepts": of_concepts(each.under, [*found.counts]), "doings": told}
            if found.today:
                yield _("{Name}, under {concepts}, compared with today: {doings}.", **values)
            else:
                yield _("{Name}, under {concepts}: {doings}.", **values)


def shown_told(found: Chosen) -> Iterator[str]:
    """What the numbers stand for, the order, and how many equilibria are left out: sentences for a caption."""
    if any(not each.label for each in found.shown):
        yield _("#1, #2 and so on number the equilibria in the pictures of this answer.")
    for each in found.today:
        if each.label:
            yield _("Today is state {label}.", label=each.label)
    if len(found.shown) > 1 and found.today:
        yield _("Those under most concepts stand first, then those that improvements from today lead to.")
    elif len(found.shown) > 1:
        yield _("Those under most concepts stand first.")
    yield from hidden_told(found)


def hidden_told(found: Chosen) -> Iterator[str]:
    """How many equilibria are not shown: a sentence, where there are any."""
    if found.hidden:
        yield _n(
            "{number} more state is an equilibrium under some concept and is not shown.",
            "{number} more states are equilibria under some concept and are not shown.",
            found.hidden,
            number=size(found.hidden),
        )
