"""The levers: which single change alters the answer about the plan."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets
from bestand.model.model import Model
from bestand.plan.ruling_words import kind_words
from bestand.prose.changes import change_words
from bestand.prose.messages import _, listing
from bestand.prose.moves import moves_name
from bestand.prose.names import concept_name, of_concepts
from bestand.prose.phrases import party_name
from bestand.prose.spoken import spoken
from bestand.prose.words import percent
from bestand.questions.what_if.answer import Levers, Tried
from bestand.questions.what_if.levers_words import levers_summary
from bestand.stability.registry import leading

from .common import absent, chapter, running
from .title import levers_title

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report

MOST = 8  # levers that are told in sentences
_NOTHING = (0, 0, Fraction(0))  # the effect of a lever that neither helps nor harms


def blocks(report: Report) -> Iterator[Block]:
    """The chapter; nothing without a plan."""
    levers, lack = report.levers, report.missing.get("levers")
    if levers is None and (lack is None or lack.kind == "nothing"):
        return
    yield chapter(_("Which lever changes the answer") if levers is None else levers_title(levers))
    yield from absent(lack)
    if levers is None:
        return
    yield running(
        _(
            "A lever is one single change: an option held, a wish dropped or moved, a rule dropped, a reading applied. "
            "Those that change the verdict on the plan come first; then those that change whether there is an "
            "equilibrium in which it is true, or in what share of them it is."
        )
    )
    yield running(" ".join(levers_summary(levers)))
    shown = levers.telling
    if shown:
        model = spoken(levers.model)
        yield Bullets(tuple(lever_sentence(model, levers, tried) for tried in shown[:MOST]))


def helping(levers: Levers) -> Tried | None:
    """The lever that does most for the plan."""
    candidates = [tried for tried in levers.telling if effect(levers, tried) > _NOTHING]
    return max(candidates, key=lambda tried: effect(levers, tried), default=None)


def harming(levers: Levers) -> Tried | None:
    """The lever that does most against the plan."""
    candidates = [tried for tried in levers.telling if effect(levers, tried) < _NOTHING]
    return min(candidates, key=lambda tried: effect(levers, tried), default=None)


def effect(levers: Levers, tried: Tried) -> tuple[int, int, Fraction]:
    """Return what a lever does for the plan, or against it (less than 0).

    What it makes of the verdict comes first, then what it turns round, then all shares together.
    """
    turned = [1 if _some(levers, tried, concept) else -1 for concept in levers.flips(tried)]
    return levers.gain(tried), sum(turned), sum(levers.shifts(tried), Fraction(0))


def _some(levers: Levers, tried: Tried, concept: str) -> bool:
    """Return whether there is such an equilibrium, or with ``""`` such a resting place, with a lever."""
    cell = tried.cells[concept] if concept else tried.resting
    return cell is not None and cell.some


def lever_sentence(model: Model, levers: Levers, tried: Tried) -> str:
    """Tell a lever and its verdict, or all that it turns round; where that is nothing, the share that changes most."""
    change = " ".join(change_words(model, each) for each in tried.changes)
    if tried.crosses:
        crossed = listing(party_name(model, party) for party in tried.crosses)
        change = f"{change} " + _("That crosses a red line of {parties}.", parties=crossed)
    if levers.changes_verdict(tried):
        return f"{change} " + _("Then the verdict is: {verdict}.", verdict=kind_words(tried.verdict or ""))
    turned = levers.flips(tried)
    told = [_reached_words(levers, tried)] if "" in turned else []
    for some in (True, False):
        concepts = [concept for concept in turned if concept and _some(levers, tried, concept) == some]
        told += [_turned_words(of_concepts(concepts, levers.concepts), some=some)] if concepts else []
    return " ".join([change, *(told or [_share_words(levers, tried)])])


def _reached_words(levers: Levers, tried: Tried) -> str:
    some = _some(levers, tried, "")
    if levers.by == "drift":
        if some:
            return _("Then things drift from today to where the plan is true, and rest there.")
        return _("Then things drift no more from today to any resting place in which the plan is true.")
    if some:
        return _(
            "Then {moves} lead from today to a resting place in which the plan is true.", moves=moves_name(levers.by)
        )
    return _("Then {moves} lead no more to any resting place in which the plan is true.", moves=moves_name(levers.by))


def _turned_words(concepts: str, *, some: bool) -> str:
    if some:
        return _("Then there is an equilibrium with the plan, under {concepts}.", concepts=concepts)
    return _("Then there is no equilibrium with the plan any more, under {concepts}.", concepts=concepts)


def _share_words(levers: Levers, tried: Tried) -> str:
    concept = _moved(levers, tried)
    if concept is None:
        return _share_still(levers)
    before, after = levers.base.cells[concept], tried.cells[concept]
    return _(
        "The share of the equilibria in which the plan is true changes from {before} to {after}, under {concept}.",
        before=percent(before.found, before.of),
        after=percent(after.found, after.of),
        concept=concept_name(concept),
    )


def _share_still(levers: Levers) -> str:
    if levers.by == "drift":
        return _("That changes only how many equilibria there are, or to which resting places things drift from today.")
    return _(
        "That changes only how many equilibria there are, or which resting places {moves} lead to from today.",
        moves=moves_name(levers.by),
    )


def _moved(levers: Levers, tried: Tried) -> str | None:
    """The concept under which the share changes most; of several alike, the one that summaries speak of."""
    first = leading(levers.concepts)
    order = sorted(levers.concepts, key=lambda concept: concept != first)
    sizes = {c: abs(tried.cells[c].share - levers.base.cells[c].share) for c in order}
    best = max(order, key=lambda concept: sizes[concept])
    return best if sizes[best] else None
