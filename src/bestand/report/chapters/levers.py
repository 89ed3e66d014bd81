"""The levers: which single change alters the answer about the plan."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.analysis.levers import Levers, Tried
from bestand.analysis.study import Study
from bestand.model.model import Model
from bestand.report.blocks import Block, Bullets
from bestand.report.change_words import change_words
from bestand.report.levers import levers_summary
from bestand.report.naming import of_concepts
from bestand.report.pictures.tornado import tornado
from bestand.report.words import percent
from bestand.texts import _

from .common import absent, chapter, leading, told

MOST = 8  # levers that are told in sentences


def blocks(found: Study) -> Iterator[Block]:
    """The chapter; nothing without a plan."""
    levers, lack = found.levers, found.missing.get("levers")
    if levers is None and (lack is None or lack.kind == "nothing"):
        return
    yield chapter(_("Which lever changes the answer"))
    yield from absent(lack)
    if levers is None:
        return
    yield told(
        _(
            "A lever is one single change: an option held, a wish dropped or moved, a rule dropped, a reading applied. "
            "The question is whether there is an equilibrium in which the plan is true, and in what share of them it "
            "is true."
        )
    )
    yield told(" ".join(levers_summary(levers)))
    shown = telling(levers)
    if shown:
        model = found.question.model
        yield Bullets(tuple(lever_sentence(model, levers, tried) for tried in shown[:MOST]))
    picture = tornado(found.question.model, levers, readings=found.question.readings)
    if picture is not None:
        yield picture


def telling(levers: Levers) -> list[Tried]:
    """The levers that change anything, those that change most first, without those that settle it by their words."""
    return [tried for tried in levers.tried if not tried.decides and levers.changes_counts(tried)]


def lever_sentence(model: Model, levers: Levers, tried: Tried) -> str:
    """A lever and what it comes to."""
    change = " ".join(change_words(model, each) for each in tried.changes)
    turned = [concept for concept in levers.flips(tried) if concept]
    concept = turned[0] if turned else _moved(levers, tried)
    if concept is None:
        return _("{change} That changes only which resting places are reached.", change=change)
    before, after = levers.base.cells[concept], tried.cells[concept]
    values = {
        "change": change,
        "before": percent(before.found, before.of),
        "after": percent(after.found, after.of),
        "concepts": of_concepts(turned or [concept], levers.concepts),
    }
    if not turned:
        return _("{change} The share changes from {before} to {after} under {concepts}.", **values)
    if after.some:
        return _("{change} Then there is such an equilibrium, under {concepts}.", **values)
    return _("{change} Then there is no such equilibrium any more, under {concepts}.", **values)


def _moved(levers: Levers, tried: Tried) -> str | None:
    """The concept under which the share changes most; of several alike, the one that summaries speak of."""
    first = leading(levers.concepts)
    order = sorted(levers.concepts, key=lambda concept: concept != first)
    sizes = {c: abs(tried.cells[c].share - levers.base.cells[c].share) for c in order}
    best = max(order, key=lambda concept: sizes[concept])
    return best if sizes[best] else None
