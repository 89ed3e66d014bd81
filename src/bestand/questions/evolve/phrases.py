"""What ``evolve`` says of moves, resting places and chances, apart from the states it found."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10
from typing import TYPE_CHECKING

from bestand.model.message import Message, Sayable
from bestand.prose.messages import _, _p, decimal, number
from bestand.prose.moves import moves_words, undrifted_words

if TYPE_CHECKING:
    from .answer import Evolution


def steps_words(answer: Evolution) -> Iterator[str]:
    """Tell which moves count, and why not those that would unless told."""
    if answer.instead is not None:
        yield undrifted_words(answer.instead)
    yield moves_words(answer.drift.by, answer.under)
    if answer.drift.by == "drift":
        yield _("The same party may move again: nobody has to wait.")
    else:
        yield _("Nobody moves twice in a row.")


def nothing_words(answer: Evolution) -> str:
    """Tell that nobody who may move has a move at the start, of the kind asked about."""
    match answer.drift.by, answer.everybody:
        case "any", True:
            return _("Nothing but the start itself: nobody has a move there.")
        case "any", False:
            return _("Nothing but the start itself: none of those who may move has a move there.")
        case "drift", True:
            return _("Nothing but the start itself: nobody has a move there that pays.")
        case "drift", False:
            return _("Nothing but the start itself: none of those who may move has a move there that pays.")
        case _, True:
            return _("Nothing but the start itself: nobody has an improvement there.")
        case _:
            return _("Nothing but the start itself: none of those who may move has an improvement there.")


def rest_words(answer: Evolution) -> str:
    """Tell where things come to rest."""
    match answer.drift.by, answer.everybody:
        case "any", True:
            return _("It comes to rest where nobody has a move.")
        case "any", False:
            return _("It comes to rest where none of those who may move has a move.")
        case "drift", True:
            return _("It comes to rest where nobody has a move that pays.")
        case "drift", False:
            return _("It comes to rest where none of those who may move has a move that pays.")
        case _, True:
            return _("It comes to rest where nobody has an improvement.")
        case _:
            return _("It comes to rest where none of those who may move has an improvement.")


def chain_words(answer: Evolution) -> str:
    """Tell of the mover that the likelihoods are about."""
    weighs = _("This weighs ends by the ways that lead to them, and is no forecast.")
    return f"{_drawn_words(answer)} {weighs}"


def _drawn_words(answer: Evolution) -> str:
    match answer.drift.by, answer.everybody:
        case "improving", True:
            return _(
                "Each time, one of the parties that can improve is drawn, each as likely as another, and takes one of "
                "its improvements, each as likely as another; whoever moved last may be drawn again."
            )
        case "drift", True:
            return _(
                "Each time, one of the parties for which some move pays is drawn, each as likely as another, and makes "
                "one of these moves, each as likely as another; whoever moved last may be drawn again."
            )
        case "drift", False:
            return _(
                "Each time, one of those who may move for whom some move pays is drawn, each as likely as another, and "
                "makes one of these moves, each as likely as another; whoever moved last may be drawn again."
            )
        case "purposeful", True:
            return _(
                "Each time, one of the parties that can improve is drawn, each as likely as another, and makes one of "
                "the moves in which it gives nothing away, each as likely as another; whoever moved last may be drawn "
                "again."
            )
        case "purposeful", False:
            return _(
                "Each time, one of those who may move that can improve is drawn, each as likely as another, and makes "
                "one of the moves in which it gives nothing away, each as likely as another; whoever moved last may be "
                "drawn again."
            )
        case "improving", False:
            return _(
                "Each time, one of those who may move that can improve is drawn, each as likely as another, and takes "
                "one of its improvements, each as likely as another; whoever moved last may be drawn again."
            )
        case _, True:
            return _(
                "Each time, one of the parties that can improve is drawn, each as likely as another, and takes its "
                "best move (of several equally good ones, any, each as likely as another); whoever moved last may be "
                "drawn again."
            )
        case _:
            return _(
                "Each time, one of those who may move that can improve is drawn, each as likely as another, and takes "
                "its best move (of several equally good ones, any, each as likely as another); whoever moved last may "
                "be drawn again."
            )


def unsaid_words(reason: Message | Sayable) -> str:
    """Tell why there are no likelihoods."""
    return _("Not worked out: {reason}.", reason=reason)


def odds(chance: float) -> str:
    """Return a probability in words.

    Examples
    --------
    >>> odds(0.35112), odds(1.0), odds(0.00001)
    ('a probability of 35.1%', 'certainty', 'a probability below 0.1%')
    """
    if chance > 1 - 1e-9:
        return _p("how likely something is", "certainty")
    if chance == 0:
        return _("a probability of 0")
    if chance < 0.001:
        return _("a probability below {percent}%", percent=decimal(0.1, 1))
    if chance > 0.999:
        return _("a probability above {percent}%", percent=decimal(99.9, 1))
    return _("a probability of {percent}%", percent=decimal(100 * chance, 1))


def mean(value: float) -> str:
    """Return a mean number of moves, to three digits.

    Examples
    --------
    >>> mean(6.6857), mean(2.5), mean(1.0), mean(1234.5)
    ('6.69', '2.5', '1', '1,234')
    """
    digits = max(2 - floor(log10(max(value, 1))), 0)
    while digits and round(value, digits) == round(value, digits - 1):
        digits -= 1
    return decimal(value, digits) if digits else number(round(value))
