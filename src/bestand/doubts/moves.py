"""Limits on moves that limit nothing, or that cut today's state off.

A one-way option that every feasible state sets alike never changes, and a forbidden move that nobody could make anyway
forbids nothing. A status quo from which nobody can move is an equilibrium whatever anybody wants. One into which no
move leads is gone for good once it is left: common where all options are one-way, and easily not noticed. Where neither
one-way options nor forbidden moves stand in the way, every move can be taken back, so that this shows only with them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from bestand.model.formula import And, Formula, Not, OptionAtom
from bestand.model.message import counted, message
from bestand.model.model import Model
from bestand.model.values import Party

from .findings import Family, Found, Kind, Unchecked
from .legal import some_move
from .sight import Sight

_KINDS = (
    Kind(
        "idle-one-way",
        message("one-way options that are set alike in every feasible state"),
        message("it never changes in either direction, and only doubles what has to be read"),
        message("leave the option out, or see whether a rule says more than was meant"),
        lambda n, _sort: counted("{n} one-way option never changes", "{n} one-way options never change", n),
    ),
    Kind(
        "idle-forbidden-move",
        message("forbidden moves that nobody could make anyway"),
        message("it forbids nothing, and the model is worked out in the slower way that forbidden moves need"),
        message("see whether both formulas say what was meant: a move changes options of its own party only"),
        lambda n, _sort: counted("{n} forbidden move forbids nothing", "{n} forbidden moves forbid nothing", n),
    ),
    Kind(
        "stuck-status-quo",
        message("a status quo from which nobody can move"),
        message("it is an equilibrium under every concept, whatever anybody wants"),
        message("see which rule, one-way option or forbidden move holds it"),
        lambda _n, _sort: message("nobody can move from the state of today"),
    ),
    Kind(
        "lost-status-quo",
        message("a status quo that nobody can come back to"),
        message("once left it is gone for good, so that nobody can deter or punish a move by a return to it"),
        message("see whether each one-way option and forbidden move is meant to be one"),
        lambda _n, _sort: message("no move leads back to the state of today"),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    yield from _one_way(sight)
    yield from _forbidden(sight)
    yield from _status_quo(sight)


def _one_way(sight: Sight) -> Iterator[Found | Unchecked]:
    for way in sight.model.one_way:
        if sight.satisfied is None:
            yield Unchecked("idle-one-way", sight.why)
            return
        match sight.constant(OptionAtom(way.option)):
            case True:
                words = message("{option} is yes in every feasible state", option=way.option)
            case False:
                words = message("{option} is no in every feasible state", option=way.option)
            case _:
                continue
        yield Found("idle-one-way", ("one_way", way.option), words)


def _forbidden(sight: Sight) -> Iterator[Found | Unchecked]:
    """Without the other forbidden moves, which may forbid the same."""
    space = sight.space
    for k, ban in enumerate(sight.model.forbidden_moves):
        if space is None:
            yield Unchecked("idle-forbidden-move", sight.why)
            return
        moves = space.moves[list(sight.model.party).index(ban.party)].among_members
        moves = dataclasses.replace(moves, forbidden=())
        members = space.evaluator.members
        sources, targets = members.holds(ban.source), members.holds(ban.target)
        match some_move(moves, members.states, sight.watch, sources, targets):
            case None:
                yield Unchecked("idle-forbidden-move", message("single moves are too many to try"))
            case False:
                words = message("{party} has no move from such a state to such a one", party=ban.party)
                yield Found("idle-forbidden-move", ("forbidden_moves", k), words)


def _status_quo(sight: Sight) -> Iterator[Found | Unchecked]:
    model = sight.model
    if model.status_quo is None or not model.options:
        return
    found = _ways(sight)
    if found is None:
        yield Unchecked("stuck-status-quo", sight.why)
        yield Unchecked("lost-status-quo", sight.why)
        return
    out, back = found
    if not out:
        yield Found("stuck-status-quo", ("status_quo",), message("nobody can move from it"))
    elif not back:
        yield Found("lost-status-quo", ("status_quo",), message("no move of any party leads into it"))


def _ways(sight: Sight) -> tuple[bool, bool] | None:
    """Return whether some move leads out of the status quo, and into it; None where that cannot be seen."""
    model, space = sight.model, sight.space
    if space is not None:
        at = space.status_quo
        assert at is not None, "a valid model has a feasible status quo"
        parties = range(len(model.parties))
        return any(space.targets(i, at) for i in parties), any(space.origins(i, at) for i in parties)
    if sight.satisfied is None or model.forbidden_moves:
        return None
    return (
        any(sight.somewhere(_there(model, party, out=True)) for party in model.parties if party.options),
        any(sight.somewhere(_there(model, party, out=False)) for party in model.parties if party.options),
    )


def _there(model: Model, party: Party, *, out: bool) -> Formula:
    """The other states to which a party can move from the status quo, or from which it can move to it."""
    today = model.status_quo or frozenset()
    one_way = {way.option: way.direction for way in model.one_way}
    own = {option.id for option in party.options}
    kept: list[Formula] = [_as_today(option.id, today) for option in model.options if option.id not in own]
    for option in own:
        if option in one_way:
            end = (option in today) == (one_way[option] == "to-yes")  # it is where it can only come to
            if end == out:
                kept.append(_as_today(option, today))
    unchanged = [_as_today(option, today) for option in sorted(own)]
    changed = Not(And(tuple(unchanged)) if len(unchanged) > 1 else unchanged[0])
    return And((*kept, changed)) if kept else changed


def _as_today(option: str, today: frozenset[str]) -> Formula:
    return OptionAtom(option) if option in today else Not(OptionAtom(option))


MOVES = Family(_KINDS, _find)
