"""The first screen: the verdict in plain words, what each party does about it, what is doubtful, what to ask next.

It takes a screen at most. Where there is more to say the parties that matter least to the verdict are left out, and
then the end of what is long; the commands at the bottom tell all of it.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.plan.refusal_words import together_words
from bestand.plan.ruling_part import ruling_part
from bestand.plan.ruling_values import Kind, Ruling
from bestand.plan.ruling_words import kind_words
from bestand.plan.version_words import versions_part
from bestand.prose.changes import reading_words
from bestand.prose.doubts import several_words
from bestand.prose.messages import _, _n, choice

from .fitted import fitted, party_lines

if TYPE_CHECKING:
    from bestand.doubts.ranked import Doubts

    from .answer import Result

_DOUBTS = 2  # that are told on the first screen
_TURNS = 4  # answers to what is open that are told in words
_ASSUMED = 4  # readings that are told in words
_COMMANDS = 2  # that are named however little room there is


def screen(model: Model, result: Result, ruling: Ruling) -> Iterator[Block]:
    """Tell the verdict, compared with what, a line for each party, and what to ask next, in `LINES` at most.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    result : Result
    ruling : Ruling
    """
    call = call_of(result)
    head: list[Block] = [paragraph(model.title, 0, "bold")]
    head += [paragraph(words, 0, "yellow") for words in _assumed(model, result.readings)]
    head += ruling_part(model, ruling)
    together = " ".join(together_words(model, ruling))
    spare = [*([[paragraph(together, 2)]] if together else []), [*versions_part(model, ruling)]]
    commands = [paragraph(words, 2) for words in _next(model, result, ruling, call)]
    below = [*_below(model, result, call), heading(_("What to ask next")), *commands]
    yield from fitted(head, party_lines(model, ruling), spare, below, call, max(len(commands) - _COMMANDS, 0))


def _below(model: Model, result: Result, call: str) -> Iterator[Block]:
    """Tell what the verdict hangs on, and what is doubtful."""
    if model.still_open(result.readings):
        yield heading(_("What it hangs on"))
        yield paragraph(_turns(model, result, call), 2)
    if result.doubts:
        yield heading(_("What is doubtful"))
        yield from (paragraph(words, 2) for words in _doubtful(result.doubts, call))


def call_of(result: Result, *more: str) -> str:
    """Return the model as a command names it, with the plan that is meant, the readings applied, and some more."""
    readings = ",".join([*result.readings, *more])
    called = shlex.quote(result.called) if result.called != "MODEL" else result.called
    meant = result.model.plan_meant
    if meant is not None and meant.id != result.model.plans[0].id:
        called = f"{called} --plan {meant.id}"
    return f"{called} --reading {shlex.quote(readings)}" if readings else called


def _assumed(model: Model, readings: Sequence[str]) -> Iterator[str]:
    """Tell what is assumed here that the file leaves open; of much, the names alone."""
    if len(readings) > _ASSUMED:
        yield _("Assumed here: {id}.", id=", ".join(readings))
        return
    for id in readings:
        says = model.reading[id].grounds.says
        yield _("Assumed here: “{says}” ({id}).", says=says, id=id) if says else _("Assumed here: {id}.", id=id)


def _turns(model: Model, result: Result, call: str) -> str:
    """Tell which points that the sources leave open would change the verdict, each by itself."""
    count = len(model.open_still(result.readings))
    if result.turns is None:
        return _n(
            "The model leaves {n} question open, which was not tried here: bestand vary {model} tries it.",
            "The model leaves {n} questions open, which were not tried here: bestand vary {model} tries them.",
            count,
            model=call,
        )
    if not result.turns:
        return _n(
            "The model leaves {n} question open. No other answer to it would change the verdict.",
            "The model leaves {n} questions open. No other answer to one of them would change the verdict by itself.",
            count,
        )
    kinds = dict.fromkeys(result.turns.values())
    told = "; ".join(
        _turned(model, kind, [id for id, other in result.turns.items() if other == kind]) for kind in kinds
    )
    left = _n("The model leaves {n} question open.", "The model leaves {n} questions open.", count)
    would = _n(
        "{n} other answer would change the verdict: {readings}.",
        "{n} other answers would change the verdict, each by itself: {readings}.",
        len(result.turns),
        readings=told,
    )
    return f"{left} {would}"


def _turned(model: Model, kind: Kind, readings: Sequence[str]) -> str:
    """Tell what the answer would be with each of some readings."""
    named = [reading_words(model, id) for id in readings[:_TURNS]]
    if len(readings) > _TURNS:
        more = len(readings) - _TURNS
        named.append(_n("{n} other", "{n} others", more))
    return _("{verdict}, if {readings} is right", verdict=kind_words(kind), readings=choice(named))


def _doubtful(doubts: Sequence[Doubts], call: str) -> Iterator[str]:
    """Tell the doubts that weigh most, and how many more there are."""
    for each in doubts[:_DOUBTS]:
        yield _("{Doubts}.", doubts=several_words(each.message, each.places))
    rest = sum(len(each.faults) for each in doubts[_DOUBTS:])
    if rest:
        yield _n("bestand check {model}: {n} more doubt", "bestand check {model}: {n} more doubts", rest, model=call)
    else:
        yield _("bestand check {model}: why that matters, and how to mend it", model=call)


def _next(model: Model, result: Result, ruling: Ruling, call: str) -> Iterator[str]:
    """Tell what can be asked next, what is least missed last."""
    deal = next((id for id, kind in result.turns.items() if kind == "deal"), None) if result.turns else None
    if deal is not None and not ruling.lean:
        yield _("bestand deals {model}: the deal that there would be", model=call_of(result, deal))
    elif ruling.signable:
        yield _("bestand deals {model}: who gives and gets what", model=call)
    if ruling.kind == "deal":
        yield _("bestand order {model}: in which order it can be done", model=call)
    if ruling.kind != "cannot-be":
        yield _("bestand explain {model} --reason all: why, step by step", model=call)
    yield _("bestand analyse {model} --full: the long answer", model=call)
    if model.claims:
        yield _n(
            "bestand claims {model}: whether the conclusion follows",
            "bestand claims {model}: which of {n} conclusions follow",
            len(model.claims),
            model=call,
        )
    if model.still_open(result.readings):
        yield _n(
            "bestand vary {model}: what the question left open changes",
            "bestand vary {model}: what the {n} questions left open change, also several at once",
            len(model.open_still(result.readings)),
            model=call,
        )
