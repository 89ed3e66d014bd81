"""The first screen: the verdict in plain words, what each party does about it, what is doubtful, what to ask next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.plan.ruling_part import parties_part, ruling_part
from bestand.plan.ruling_values import Ruling
from bestand.plan.ruling_words import kind_words
from bestand.prose.doubts import several_words
from bestand.prose.messages import _, _n, listing
from bestand.prose.words import readings_words

if TYPE_CHECKING:
    from bestand.doubts.ranked import Doubts

    from .answer import Result

_DOUBTS = 2  # that are told on the first screen


def screen(model: Model, result: Result, ruling: Ruling) -> Iterator[Block]:
    """Tell the verdict, compared with what, a line for each party, and what to ask next.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    result : Result
    ruling : Ruling
    """
    yield paragraph(model.title, 0, "bold")
    if result.readings:
        yield paragraph(readings_words(model, result.readings), 0, "yellow")
    yield from ruling_part(model, ruling)
    yield from parties_part(model, ruling)
    if result.turns is not None and len(model.readings) > len(result.readings):
        yield heading(_("What it hangs on"))
        yield paragraph(_turns(model, result), 2)
    call = _call(result)
    if result.doubts:
        yield heading(_("What is doubtful"))
        yield from (paragraph(words, 2) for words in _doubtful(result.doubts, call))
    yield heading(_("What to ask next"))
    yield from (paragraph(words, 2) for words in _next(model, ruling, call))


def _call(result: Result) -> str:
    """Return the model as a command names it, with the readings applied."""
    readings = ["--reading " + shlex.quote(",".join(result.readings))] if result.readings else []
    return " ".join([shlex.quote(result.called) if result.called != "MODEL" else result.called, *readings])


def _turns(model: Model, result: Result) -> str:
    """Tell which reading alone would change the verdict, the first of them in words."""
    turns: Mapping[str, str] = {} if result.turns is None else result.turns
    if not turns:
        return _n(
            "The {n} reading that is open would not change the answer.",
            "None of the {n} readings that are open would change the answer by itself.",
            len(model.readings) - len(result.readings),
        )
    first, kind = next(iter(turns.items()))
    says = model.reading[first].grounds.says
    told = _(
        "If this were right, the answer would be another ({verdict}): {reading}.",
        verdict=kind_words(kind),
        reading=f"{_('“{says}”', says=says)} ({first})" if says else first,
    )
    others = [id for id in turns if id != first]
    if not others:
        return told
    more = _n(
        "It would be another with {n} more of the readings, too: {readings}.",
        "It would be another with {n} more of the readings, too: {readings}.",
        len(others),
        readings=listing(others),
    )
    return f"{told} {more}"


def _doubtful(doubts: Sequence[Doubts], call: str) -> Iterator[str]:
    """Tell the doubts that weigh most, and how many more there are."""
    for each in doubts[:_DOUBTS]:
        yield _("{Doubts}.", doubts=several_words(each.message, each.places))
    rest = sum(len(each.faults) for each in doubts[_DOUBTS:])
    if rest:
        yield _n("bestand check {model}: {n} more doubt", "bestand check {model}: {n} more doubts", rest, model=call)
    else:
        yield _("bestand check {model}: why that matters, and how to mend it", model=call)


def _next(model: Model, ruling: Ruling, call: str) -> Iterator[str]:
    if ruling.signable:
        yield _("bestand deals {model}: what would be signed, and who gives and gets what", model=call)
    yield _("bestand analyse {model} --full: every equilibrium", model=call)
    if model.claims:
        yield _n(
            "bestand claims {model}: whether the conclusion follows",
            "bestand claims {model}: which of {n} conclusions follow",
            len(model.claims),
            model=call,
        )
    if model.readings:
        yield _n(
            "bestand vary {model}: what {n} open reading changes",
            "bestand vary {model}: what {n} open readings change",
            len(model.readings),
            model=call,
        )
