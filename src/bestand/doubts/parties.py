"""Parties that want nothing, or that cannot do anything.

A party that finds all states equally good never improves; one that can make no move from any feasible state has
nothing to decide. Either way every state is stable for it under every concept. ``priorities: []`` says on purpose that
a party wants nothing, and is no doubt; nor is a party without options whose consent the plan needs, which can refuse.
Where all of a party's statements are idle, the doctor says so of each of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.formula import OptionAtom
from bestand.model.message import counted, message
from bestand.model.model import Model
from bestand.model.spoken_of import spoken_of
from bestand.model.values import Party, Ranking, Weights

from .findings import Family, Found, Kind, Unchecked
from .legal import some_move
from .sight import Sight

_STABLE = message("every state is stable for it under every concept, so that it never breaks anything")

_KINDS = (
    Kind(
        "no-preferences",
        message("parties without preferences"),
        message("it is taken to be indifferent among all states: it never improves, and every state is stable for it"),
        message("write what it wants, or 'priorities: []' if it really wants nothing"),
        lambda n, _sort: counted(
            "the file does not say what {n} party wants", "the file does not say what {n} parties want", n
        ),
    ),
    Kind(
        "indifferent-party",
        message("parties whose ranking or weights put every feasible state level"),
        _STABLE,
        message("see whether the ranking, or the weights, say what was meant; 'priorities: []' says it on purpose"),
        lambda n, _sort: counted("{n} party finds every state level", "{n} parties find every state level", n),
    ),
    Kind(
        "no-options",
        message("parties that have neither options nor a say in the plan"),
        _STABLE,
        message("give it what it can do; or leave it out, and name what it wants in a note"),
        lambda n, _sort: counted("{n} party has no options", "{n} parties have no options", n),
    ),
    Kind(
        "powerless-party",
        message("parties with options that can make no move from any feasible state"),
        _STABLE,
        message("see whether a rule, a one-way option or a forbidden move says more than was meant"),
        lambda n, _sort: counted(
            "{n} party can make no move from any state", "{n} parties can make no move from any state", n
        ),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    for party in sight.model.parties:
        if not party.options and party.id not in sight.model.consent:
            yield Found("no-options", ("parties", party.id), message("it has no options: it wants, but cannot act"))
        if party.id not in sight.model.preferences:
            words = message("it has no preferences: it is taken to be indifferent")
            yield Found("no-preferences", ("parties", party.id), words)
    yield from _indifferent(sight)
    yield from _powerless(sight)


def _indifferent(sight: Sight) -> Iterator[Found | Unchecked]:
    model, space = sight.model, sight.space
    for i, party in enumerate(model.party):
        wish = model.preferences.get(party)
        if not isinstance(wish, Ranking | Weights):
            continue
        if space is None:
            yield Unchecked("indifferent-party", sight.why)
        elif space.size > 1 and space.order(i).all_level():
            words = (
                message("its ranking puts every feasible state level")
                if isinstance(wish, Ranking)
                else message("its weights put every feasible state level")
            )
            yield Found("indifferent-party", ("preferences", party), words)


def _powerless(sight: Sight) -> Iterator[Found | Unchecked]:
    model, space = sight.model, sight.space
    for i, party in enumerate(model.parties):
        if not party.options or _surely_moves(model, party):
            continue
        moving: bool | None = None
        if space is not None:
            moving = some_move(space.moves[i].among_members, space.evaluator.members.states, sight.watch)
        elif sight.satisfied is not None and all(sight.constant(OptionAtom(o.id)) is not None for o in party.options):
            moving = False
        if moving is None:
            yield Unchecked("powerless-party", sight.why if sight.stop else message("single moves are too many to try"))
        elif not moving:
            words = message("it has options, and can make no move from any feasible state")
            yield Found("powerless-party", ("parties", party.id), words)


def _surely_moves(model: Model, party: Party) -> bool:
    """Return whether it has an option that no rule speaks of: from some state it can change it, if only one way."""
    if any(ban.party == party.id for ban in model.forbidden_moves):
        return False
    ruled = spoken_of(model, (rule.allows for rule in model.rules))
    return any(OptionAtom(option.id) not in ruled for option in party.options)


PARTIES = Family(_KINDS, _find)
