"""The order of a deal in words: how many orders there are, one of them, and why it takes no finer steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets, heading, paragraph
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _s
from bestand.prose.phrases import difference_words, party_name, path_words
from bestand.prose.spoken import spoken
from bestand.prose.words import readings_words, size

if TYPE_CHECKING:
    from bestand.plan.order import Hindrance

    from .answer import Ordered


def blocks(answer: Ordered) -> Iterator[Block]:
    """Tell the orders of a deal."""
    model, found, start = spoken(answer.model), answer.orders, answer.terms.start
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    yield heading(_("In which order? The deal: {deal}", deal=difference_words(model, start, answer.state)))
    if answer.number and answer.of > 1:
        yield paragraph(_("This is deal {number} of {n} with the fewest changes.", number=answer.number, n=answer.of))
    if found.start is not None:
        yield paragraph(_("There is no order in which it could safely be done."), 2, "bold")
        yield paragraph(_start(model, answer, found.start), 2)
        return
    yield paragraph(count_words(answer), 2, "bold")
    if len(found.stages) > 1:
        yield Bullets(tuple(stage_words(model, answer)), ordered=True)
    yield from (paragraph(told, 2) for told in alone_words(model, answer))
    yield from (paragraph(told, 2) for told in _common(model, answer))
    yield from (paragraph(told, 2) for told in early_words(model, answer))


def count_words(answer: Ordered) -> str:
    """Tell how many finest orders there are."""
    count, stages = answer.orders.count, answer.orders.stages
    if len(stages) == 1:
        if len(stages[0].options) == 1:
            return _("It takes a single step.")
        return _("It can be done only all at one moment.")
    return _n(
        "There is {n} order, in steps as small as can be, in which nobody gains by stopping half-way:",
        "There are {n} orders, in steps as small as can be, in which nobody gains by stopping half-way. One of them:",
        count,
    )


def stage_words(model: Model, answer: Ordered) -> Iterator[str]:
    """Tell the steps of one order."""
    state = answer.terms.start
    for stage in answer.orders.stages:
        told = difference_words(model, state, stage.state)
        if len(stage.options) > 1:
            yield _("At one moment: {changes}.", changes=told)
        else:
            yield _("{Changes}.", changes=told)
        state = stage.state


def alone_words(model: Model, answer: Ordered) -> Iterator[str]:
    """Tell of each change that comes with others why it could not come alone at its step."""
    state = answer.terms.start
    for number, stage in enumerate(answer.orders.stages, 1):
        for option, why in stage.alone:
            change = difference_words(model, state, state ^ 1 << model.bit[option])
            if len(answer.orders.stages) == 1:
                yield _("If this came alone: {change}; {why}", change=change, why=_why(model, why))
            else:
                yield _(
                    "If at step {n} this came alone: {change}; {why}", n=number, change=change, why=_why(model, why)
                )
        state = stage.state


def early_words(model: Model, answer: Ordered) -> Iterator[str]:
    """Tell of what comes later in all orders why it cannot come first."""
    start = answer.terms.start
    for options, why in answer.orders.early:
        change = difference_words(model, start, start ^ sum(1 << model.bit[option] for option in options))
        yield _("If this came first of all: {change}; {why}", change=change, why=_why(model, why))


def _why(model: Model, why: Hindrance) -> str:
    match why.why:
        case "cannot":
            return _("that cannot be.")
        case "forbidden":
            return _("{party} may not make that move.", party=party_name(model, why.party or ""))
        case "stops":
            return _s(
                "{party} would stop there, and leave the rest undone.",
                "{party} would stop there, and leave the rest undone.",
                party_name(model, why.party or ""),
            )
        case "moves":
            return _("something pays better than to go on: {move}.", move=_move(model, why))
        case _:
            return _("no safe step leads on from there.")


def _move(model: Model, why: Hindrance) -> str:
    return path_words(model, why.state, [(why.party or "", why.to if why.to is not None else why.state)])


def _start(model: Model, answer: Ordered, why: Hindrance) -> str:
    match why.why:
        case "moves":
            return _("Before anything is done, something else pays better: {move}.", move=_move(model, why))
        case "stops":
            return _s(
                "Before anything is done, {party} would rather leave it at that.",
                "Before anything is done, {party} would rather leave it at that.",
                party_name(model, why.party or ""),
            )
        case _:
            return _("No step from today leads on safely.")


def _common(model: Model, answer: Ordered) -> Iterator[str]:
    """Tell what all orders have in common."""
    found, start = answer.orders, answer.terms.start
    if len(found.stages) == 1:
        return
    for options in found.together:
        changes = difference_words(model, start, start ^ sum(1 << model.bit[option] for option in options))
        yield _("In every order this comes at one moment: {changes}.", changes=changes)
    first: dict[str, list[str]] = {}
    whose = {option: options for options in found.together for option in options}
    for a, b in found.leading:
        first.setdefault(b, []).append(a)
    for after, before in first.items():
        earlier, later = [option for a in before for option in whose.get(a, (a,))], whose.get(after, (after,))
        yield _(
            "In every order this comes first: {before}; and only then: {after}.",
            before=difference_words(model, start, start ^ sum(1 << model.bit[option] for option in earlier)),
            after=difference_words(model, start, start ^ sum(1 << model.bit[option] for option in later)),
        )
    if found.safe:
        yield _n(
            "{number} state between today and the deal is safe.",
            "{number} states between today and the deal are safe.",
            found.safe,
            number=size(found.safe),
        )
