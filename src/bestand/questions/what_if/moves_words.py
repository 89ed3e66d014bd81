"""What ``what-if`` and ``levers`` say of where moves lead from today, by their kind: drift, or other moves by name."""

from __future__ import annotations

from bestand.model.sentences import By
from bestand.prose.messages import _, _n, _p, number
from bestand.prose.moves import moves_name


def reached_heading(by: By) -> str:
    """Return the heading of the column about the resting places that moves from today lead to."""
    match by:
        case "drift":
            return _p("column of a table", "drifts there")
        case "purposeful":
            return _p("column of a table", "giving nothing away")
        case "best":  # no message: a key
            return _p("column of a table", "by best moves")
        case "any":
            return _p("column of a table", "by any moves")
        case "improving":
            return _p("column of a table", "by improvements")


def reached_legend(by: By) -> str:
    """Tell what the numbers of a table are: shares of equilibria, and of the resting places that moves lead to."""
    if by == "drift":
        return _(
            "The table tells in what share of the equilibria it is true, and ({column}) of the resting places to which "
            "things drift from the status quo: each party does on purpose what pays once it reckons with the answers.",
            column=reached_heading(by),
        )
    return _(
        "The table tells in what share of the equilibria it is true, and ({column}) of the resting places that {moves} "
        "lead to from the status quo.",
        column=reached_heading(by),
        moves=moves_name(by),
    )


def leading_words(by: By, count: int) -> str:
    """Tell how many levers change whether moves lead there, and nothing that weighs more."""
    if by == "drift":
        return _n(
            "{n} changes only whether things drift there from today.",
            "{n} change only whether things drift there from today.",
            count,
        )
    return _n(
        "{n} changes only whether {moves} lead there from today.",
        "{n} change only whether {moves} lead there from today.",
        count,
        moves=moves_name(by),
    )


def turned_reach_words(by: By, *, some: bool) -> str:
    """Tell that with a lever moves from today lead to such a resting place, or to none."""
    if by == "drift":
        if some:
            return _("Then things drift from today to a resting place in which it is true.")
        return _("Then things drift from today to no resting place in which it is true.")
    if some:
        return _("Then {moves} lead from today to a resting place in which it is true.", moves=moves_name(by))
    return _("Then {moves} lead from today to no resting place in which it is true.", moves=moves_name(by))


def led_words(by: By, states: int, before: int) -> str:
    """Tell how many states moves lead to from the status quo, after a change and before."""
    if by == "drift":
        return _n(
            "Where each party does on purpose what pays once it reckons with the answers, things drift from it to {n} "
            "state, itself included (before: {before}).",
            "Where each party does on purpose what pays once it reckons with the answers, things drift from it to {n} "
            "states, itself included (before: {before}).",
            states,
            before=number(before),
        )
    return _n(
        "{Moves} lead from it to {n} state, itself included (before: {before}).",
        "{Moves} lead from it to {n} states, itself included (before: {before}).",
        states,
        moves=moves_name(by),
        before=number(before),
    )


def rest_words(by: By, count: int, before: int, both: int) -> str:
    """Tell how many of these states are resting places, after a change and before."""
    if by == "drift":
        return _n(
            "{n} of them is a resting place, where no further move pays (before: {before}; the same before and after: "
            "{both}).",
            "{n} of them are resting places, where no further move pays (before: {before}; the same before and after: "
            "{both}).",
            count,
            before=number(before),
            both=number(both),
        )
    if by == "any":
        return _n(
            "{n} of them is a resting place, where nobody has a move (before: {before}; the same before and after: "
            "{both}).",
            "{n} of them are resting places, where nobody has a move (before: {before}; the same before and after: "
            "{both}).",
            count,
            before=number(before),
            both=number(both),
        )
    return _n(
        "{n} of them is a resting place, where nobody can improve (before: {before}; the same before and after: "
        "{both}).",
        "{n} of them are resting places, where nobody can improve (before: {before}; the same before and after: "
        "{both}).",
        count,
        before=number(before),
        both=number(both),
    )


def away_words(by: By) -> str:
    """Tell which moves are counted where a state is so many moves away."""
    if by == "drift":
        return _("Where a state is some moves away, these are moves that pay (drift).")
    return _("Where a state is some moves away, these are {moves}.", moves=moves_name(by))
