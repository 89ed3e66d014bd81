"""What pictures of equilibria say in words: how many there are, which are shown, and what is done in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bestand.model.model import Model
from bestand.model.values import FrozenMap
from bestand.prose.messages import _, _n, _p, listing
from bestand.prose.names import of_concepts
from bestand.prose.phrases import difference_words, state_cell
from bestand.prose.words import counts_words, size

from .selection import Entry, Selection

_DESCRIBED = 3  # equilibria of which it is told what is done in them


def name(entry: Entry) -> str:
    """Return what pictures call an entry: today, its label, or #1, #2 …"""
    if entry.today:
        return _p("column of a table", "today")
    return entry.label or f"#{entry.number}"


def title(entry: Entry) -> str:
    """Return what sentences call an entry."""
    return _("state {label}", label=entry.label) if entry.label and not entry.today else name(entry)


def doings(model: Model, entry: Entry) -> str:
    """Tell what is done in all states of an entry, in clauses: compared with today where there is a today.

    Empty where that is nothing, of several states.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")), Option("up.threaten")))
    >>> doings(Model("Dam", (up,)), Entry("1-", 2, (), False, None, (), (), number=1))
    'Upstream keeps the water'
    """
    fixed = sum(1 << k for k, bit in enumerate(entry.bits) if bit != "-")
    yes = sum(1 << k for k, bit in enumerate(entry.bits) if bit == "1")
    before = fixed & model.mask(model.status_quo or ())
    if before != yes:
        return difference_words(model, before, yes)
    if entry.count > 1:
        return ""
    return state_cell(replace(model, labels=FrozenMap()), yes)


def counts_told(selection: Selection) -> Iterator[str]:
    """Yield sentences on how many equilibria there are under each concept."""
    none = [concept for concept, count in selection.counts.items() if not count]
    if len(none) < len(selection.counts):
        yield _("Equilibria: {counts}.", counts=counts_words(selection.counts))
    if none:
        yield _("There is no equilibrium under {concepts}.", concepts=of_concepts(none, [*selection.counts]))


def today_told(selection: Selection) -> Iterator[str]:
    """Yield a sentence on the concepts under which today is an equilibrium."""
    if selection.today is None:
        return
    if selection.today.concepts:
        concepts = of_concepts(selection.today.concepts, [*selection.counts])
        yield _("Today is an equilibrium under {concepts}.", concepts=concepts)
    else:
        yield _("Today is an equilibrium under none of these concepts.")


def plan_told(selection: Selection) -> Iterator[str]:
    """Yield a sentence on the entries in which the plan is true, where there is a plan."""
    if all(entry.plan is None for entry in selection.every):
        return
    names = [title(entry) for entry in selection.every if entry.plan]
    if names:
        yield _("The plan is true in {columns}.", columns=listing(names))
    else:
        yield _("The plan is true in none of those shown.")


def reached_told(selection: Selection) -> Iterator[str]:
    """Yield a sentence on the entries that are reached, where there is a today and an equilibrium."""
    if selection.today is None or not selection.equilibria:
        return
    names = [title(entry) for entry in selection.equilibria if entry.reached]
    if names:
        yield _("Improvements lead from the status quo to {columns}.", columns=listing(names))
    else:
        yield _("Improvements lead from the status quo to none of those shown.")


def doings_told(model: Model, selection: Selection) -> Iterator[str]:
    """Yield a sentence on what is done in each of the first equilibria."""
    for entry in selection.equilibria[:_DESCRIBED]:
        if told := doings(model, entry):
            concepts = of_concepts(entry.concepts, [*selection.counts])
            values = {"name": title(entry), "concepts": concepts, "doings": told}
            if selection.today is not None:
                yield _("{Name}, under {concepts}, compared with today: {doings}.", **values)
            else:
                yield _("{Name}, under {concepts}: {doings}.", **values)


def shown_told(selection: Selection) -> Iterator[str]:
    """Yield sentences for a caption: what the numbers stand for, the order, and how many equilibria are left out."""
    if any(not entry.label for entry in selection.equilibria):
        yield _("#1, #2 and so on number the equilibria in the pictures of this answer.")
    if selection.today is not None and selection.today.label:
        yield _("Today is state {label}.", label=selection.today.label)
    if len(selection.equilibria) > 1 and selection.today is not None:
        yield _("Those under most concepts stand first, then those that improvements from today lead to.")
    elif len(selection.equilibria) > 1:
        yield _("Those under most concepts stand first.")
    yield from hidden_told(selection)


def hidden_told(selection: Selection) -> Iterator[str]:
    """Yield a sentence on how many equilibria are not shown, where there are any."""
    if selection.hidden:
        yield _n(
            "{number} more state is an equilibrium under some concept and is not shown.",
            "{number} more states are equilibria under some concept and are not shown.",
            selection.hidden,
            number=size(selection.hidden),
        )
