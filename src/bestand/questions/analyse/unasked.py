"""What is told where there is no verdict: why there is none, and what can be asked instead."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.prose.messages import _

from .screen import call_of

if TYPE_CHECKING:
    from .answer import Result

_STATE = "--from STATE"  # no message: a flag


def no_verdict_words(model: Model, result: Result) -> str | None:
    """Tell why there is no verdict on a plan; None where a limit is why."""
    if not model.options:
        return _("There is no verdict on it as a deal: nobody has an option, so there is nothing to sign.")
    asked = f"bestand deals {call_of(result)} {_STATE}"  # no message: a command
    if model.status_quo is None:
        return _(
            "There is no verdict on it as a deal: the file does not say how things stand today (status_quo). From a "
            "state that you give: {command}",
            command=asked,
        )
    if result.today is None and result.stopped is None:
        return _(
            "There is no verdict on it as a deal: what the file says of today breaks a rule here. From a state that "
            "you give: {command}",
            command=asked,
        )
    return None


def instead(model: Model, result: Result) -> Iterator[Block]:
    """Tell what can be asked of a model that names no plan; nothing where nobody has an option.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    result : Result
    """
    if model.plan is not None or not model.options or result.stopped is not None:
        return
    called = [outcome.name for outcome in model.outcomes] or [option.id for option in model.options]
    call, plan = call_of(result), shlex.quote(called[0])
    start = "" if model.status_quo is not None else f" {_STATE}"
    yield heading(_("What to ask next"))
    yield paragraph(_("The file names no plan (plan: FORMULA). One can be asked about all the same, such as this:"))
    yield paragraph(
        _("bestand deals {model} {plan}: whether it would be signed and kept", model=call, plan=plan + start)
    )
    yield paragraph(_("bestand settle {model} {plan}: what it would take", model=call, plan=plan))
