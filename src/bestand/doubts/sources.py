"""Things without a source that are not marked as assumed, in models that rest on sources.

A model that names no sources at all, such as a sketch or a textbook game, is not asked for them. Once it names some, a
reader takes it that what has none is an oversight. The source of a party stands for its options: that the party can do
them is part of who it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.fault import Path
from bestand.model.message import Message, counted, message
from bestand.model.model import Model
from bestand.model.values import Grounds, Priorities

from .findings import Family, Found, Kind, Unchecked
from .sight import Sight


def _several(n: int, sort: str) -> Message:
    match sort:
        case "preferences":
            return counted(
                "{n} wish has neither source nor 'assumed'", "{n} wishes have neither source nor 'assumed'", n
            )
        case "options":
            return counted(
                "{n} option has neither source nor 'assumed'", "{n} options have neither source nor 'assumed'", n
            )
        case "rules":
            return counted(
                "{n} rule has neither source nor 'assumed'", "{n} rules have neither source nor 'assumed'", n
            )
        case "outcomes":
            return counted(
                "{n} outcome has neither source nor 'assumed'", "{n} outcomes have neither source nor 'assumed'", n
            )
    return counted(
        "{n} limit on moves has neither source nor 'assumed'",
        "{n} limits on moves have neither source nor 'assumed'",
        n,
    )


_KINDS = (
    Kind(
        "no-source",
        message(
            "in a model with sources: options, rules, outcomes, limits on moves and statements without one, "
            "that are not marked as assumed"
        ),
        message("a reader cannot tell what the sources say from what the analyst thinks"),
        message("name the source, or write 'assumed: yes'"),
        _several,
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    if sight.model.sources:
        for path, grounds in _founded(sight.model):
            if grounds.support == "none":
                yield Found("no-source", path, message("no source is named, and it is not marked as assumed"))


def _founded(model: Model) -> Iterator[tuple[Path, Grounds]]:
    """Yield what should rest on something, and what it rests on."""
    for party in model.parties:
        if party.grounds.support == "none":
            for option in party.options:
                yield ("parties", party.id, "options", option.name), option.grounds
    for k, rule in enumerate(model.rules):
        yield ("rules", k), rule.grounds
    for outcome in model.outcomes:
        yield ("outcomes", outcome.name), outcome.grounds
    for way in model.one_way:
        yield ("one_way", way.option), way.grounds
    for k, ban in enumerate(model.forbidden_moves):
        yield ("forbidden_moves", k), ban.grounds
    for tie in model.commitments:
        yield ("commitments", tie.id), tie.grounds
    for party_id, wish in model.preferences.items():
        if isinstance(wish, Priorities):
            for step, statement in zip(wish.paths, wish.statements, strict=True):
                yield ("preferences", party_id, "priorities", *step), statement.grounds


SOURCES = Family(_KINDS, _find)
