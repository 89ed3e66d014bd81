"""Models compared, in words: the verdict before and now, who refuses what, claims; then what changed in the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets, heading, paragraph, table
from bestand.model.model import Model
from bestand.plan.refusal_words import refusal_words
from bestand.plan.ruling_values import Ruling
from bestand.plan.ruling_words import headline, without_words
from bestand.prose.messages import _, _n, _p
from bestand.prose.names import verdict_name
from bestand.prose.spoken import spoken

from .change_words import changes_words

if TYPE_CHECKING:
    from .answer import Comparison, Side, Step


def blocks(answer: Comparison) -> Iterator[Block]:
    """Tell each step, the answers before the changes that led to them."""
    for step, old, new in zip(answer.steps, answer.sides, answer.sides[1:], strict=False):
        yield heading(_("From {old} to {new}", old=old.name, new=new.name))
        yield from _step(step, old, new)
    if answer.stopped is not None:
        yield paragraph(_("{Limit}.", limit=answer.stopped), 2, "yellow")


def _step(step: Step, old: Side, new: Side) -> Iterator[Block]:
    if not step.changes:
        yield paragraph(_("Nothing changed: both models say the same."))
        yield paragraph(_verdict(new))
        return
    if not step.shared and old.model.options and new.model.options:
        yield paragraph(
            _("They have no option in common: they are about different things, or everything has another name.")
        )
    yield from _verdicts(old, new)
    if old.ruling is not None and new.ruling is not None:
        yield from _refusals(spoken(old.model), old.ruling, spoken(new.model), new.ruling)
    yield from _claims(old, new)
    yield heading(_("What changed in the model"))
    yield from changes_words(spoken(old.model), spoken(new.model), step.changes)


def _verdicts(old: Side, new: Side) -> Iterator[Block]:
    yield heading(_("Does the plan hold?"))
    yield from _both(_verdict(old), _verdict(new))
    if old.ruling is not None and new.ruling is not None:
        before, now = without_words(spoken(old.model), old.ruling), without_words(spoken(new.model), new.ruling)
        if before != now:
            yield from _both(before, now)


def _verdict(side: Side) -> str:
    if side.ruling is None:
        return _("There is no verdict: {reason}.", reason=side.why)
    return headline(spoken(side.model), side.ruling)


def _both(before: str, now: str) -> Iterator[Block]:
    if before == now:
        yield paragraph(_("As before: {words}", words=now))
        return
    yield paragraph(_("Before: {words}", words=before))
    yield paragraph(_("Now: {words}", words=now))


def _refusals(old: Model, before: Ruling, new: Model, now: Ruling) -> Iterator[Block]:
    """Tell, party by party, what is refused otherwise than before."""
    told = []
    for party in dict.fromkeys([*old.party, *new.party]):
        was = refusal_words(old, party, before.refuses[party]) if party in old.party else ""
        does = refusal_words(new, party, now.refuses[party]) if party in new.party else ""
        if was in headline(old, before) and does in headline(new, now):
            continue  # told above
        if was and does and was != does:
            told.append(_("Before: {before} Now: {now}", before=was, now=does))
        elif was and not does:
            told.append(_("Before: {words}", words=was))
        elif does and not was:
            told.append(_("Now: {words}", words=does))
    if told:
        yield heading(_("Who refuses what"))
        yield Bullets(tuple(told))


def _claims(old: Side, new: Side) -> Iterator[Block]:
    """Tell what the claims come to, those that come to something else in a table."""
    ids = [*dict.fromkeys([*old.claims, *new.claims])]
    if not ids:
        return
    yield heading(_("What the claims come to"))
    other = [id for id in ids if old.claims.get(id) != new.claims.get(id)]
    if other:
        rows = [(id, _come_to(old, id), _come_to(new, id)) for id in other]
        header = (_p("column of a table", "claim"), _p("column of a table", "before"), _p("column of a table", "now"))
        yield table(header, rows, left=(0, 1, 2))
    same = len(ids) - len(other)
    if same:
        yield paragraph(
            _n("{n} claim comes to what it came to before.", "{n} claims come to what they came to before.", same)
        )


def _come_to(side: Side, id: str) -> str:
    return verdict_name(side.claims[id]) if id in side.claims else _p("a claim in one of two models", "is not there")
