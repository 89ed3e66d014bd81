"""What would have to be so, for a settlement: changes of every kind in words, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bestand.analysis.settling.answers import Settlement, Settlements
from bestand.analysis.settling.offers import Offer
from bestand.analysis.settling.rankings import Reranked
from bestand.model.formula import Formula, Not, text
from bestand.model.model import Model
from bestand.model.sentences import Bind, Change, Drop, Forbid, Free, HoldOption, Insert, Place, Replace, StatementRef
from bestand.model.values import Priorities, Statement, Support
from bestand.model.wording import change_text
from bestand.texts import listing

from .words import cited

_MOST_PAIRS = 6  # swapped pairs that are told one by one
_SUPPORT: dict[Support, str] = {"cited": "cited:", "inferred": "inferred from", "assumed": "assumed", "none": ""}


def conditions(base: Model, found: Settlements, it: Settlement) -> Iterator[str]:
    """What would have to be so, in words.

    Parameters
    ----------
    base : Model
        As the file has it: numbers of statements are its own.
    found : Settlements
        The answer that it is a part of.
    it : Settlement
    """
    if it.offer is not None:
        yield _offer(found.model, it.offer)
    for new in it.rankings:
        yield _swaps(base, new)
    for change in it.changes:
        yield _change(base, change)


def _change(base: Model, change: Change) -> str:
    match change:
        case Place(statement, where, other):
            return f"{_who(base, statement)} put its wish {statement.number} {_beside(where)} its wish {other.number}"
        case Drop(statement):
            return f"{_who(base, statement)} did not have its wish {statement.number}"
        case Replace(statement, formula):
            return f"{_who(base, statement)} wanted '{text(formula)}' instead of its wish {statement.number}"
        case Insert(party, formula, where, other):
            place = {"first": "above all", "last": "least of all"}.get(where)
            if place is None:
                place = f"just {'above' if where == 'before' else 'below'} its wish {other.number if other else ''}"
            return f"{base.party[party].title} also wanted '{text(formula)}', {place}"
        case Bind(option, direction):
            done = "give up" if direction == "to-yes" else "take up"
            return f"{_owner(base, option)} could not {done} {option}"
        case Free(option):
            return f"{_owner(base, option)} could undo {option}"
        case HoldOption(option, value):
            return f"{option} were fixed at {'yes' if value else 'no'}"
        case Forbid(party, source, target):
            who = base.party[party].title
            if target == Not(source):
                return f"{who} could not leave '{text(source)}' by a move of its own"
            return f"{who} could not move from where '{text(source)}' holds to where '{text(target)}' does"
        case _:
            return change_text(change)


def _beside(where: str) -> str:
    return "above" if where == "before" else "below"


def _who(base: Model, statement: StatementRef) -> str:
    return base.party[statement.party].title


def _owner(base: Model, option: str) -> str:
    return base.party[option.partition(".")[0]].title


def _offer(model: Model, offer: Offer) -> str:
    by, to = model.party[offer.by].title, model.party[offer.to].title
    kept = f"while '{text(offer.wanted)}' {'does not hold' if offer.kind == 'penalty' else 'holds'}, and only then"
    thing = {"side payment": "a side payment", "penalty": "a penalty", "guarantee": "a guarantee"}[offer.kind]
    verb = "threatened" if offer.kind == "penalty" else "offered"
    with_ = f"{to} with {thing}" if offer.kind == "penalty" else f"{to} {thing}"
    return (
        f"{by} {verb} {with_}, {'due' if offer.kind == 'penalty' else 'given'} {kept}, and {_cares(model, offer, to)}"
    )


def _cares(model: Model, offer: Offer, to: str) -> str:
    preference = model.preferences.get(offer.to, Priorities())
    assert isinstance(preference, Priorities), "offers are made to parties with priorities"
    wishes = preference.statements
    if offer.kind == "guarantee":
        return f"it made up for {to}'s wish '{text(wishes[offer.place].formula)}'"
    verb = "cared to avoid it" if offer.kind == "penalty" else "wanted it"
    if offer.place == len(wishes):
        return f"{to} {verb}, if least of all"
    return f"{to} {verb} more than '{text(wishes[offer.place].formula)}'"


def _swaps(base: Model, new: Reranked) -> str:
    above: dict[str, list[str]] = {}
    for upper, lower in new.turned:
        above.setdefault(upper, []).append(lower)
    if len(new.turned) > _MOST_PAIRS and len(above) > 1:
        return f"{base.party[new.party].title} ranked {len(new.turned)} pairs of states the other way round"
    told = [f"{_named(base, [upper])} above {_named(base, lower)}" for upper, lower in above.items()]
    return f"{base.party[new.party].title} ranked {listing(told)}"


def _named(base: Model, states: Iterable[str]) -> str:
    """States by their labels, or bits."""
    return listing(dict.fromkeys(base.labels.get(bits, bits) for bits in states))


def rests_on(base: Model, found: Settlements, it: Settlement) -> Iterator[str]:
    """The statements that a settlement touches, and on what they rest; or the whole new ranking."""
    refs: dict[StatementRef, None] = {}
    for change in it.changes:
        match change:
            case Place(statement, _, other):
                refs.update({statement: None, other: None})
            case Drop(statement) | Replace(statement):
                refs.update({statement: None})
            case Insert(_, _, _, other) if other is not None:
                refs.update({other: None})
            case _:
                pass
    for ref in refs:
        preference = base.preferences[ref.party]
        assert isinstance(preference, Priorities), "only priorities have numbered statements"
        told = _founded(preference.statements[ref.number - 1], found.wishes[ref])
        yield f"{_who(base, ref)}'s wish {ref.number}: {told}"
    for new in it.rankings:
        order = " > ".join(
            " = ".join(dict.fromkeys(base.labels.get(bits, bits) for bits in group)) for group in new.groups
        )
        yield f"{base.party[new.party].title} would rank: {order}"
    if it.offer is not None:
        offer, option = it.offer, it.offer.option(found.model)
        instead = "instead of that wish" if offer.kind == "guarantee" else "at that place"
        yield (
            f"In the file: an option {option}; {offer.by} wants '{text(offer.word(found.model))}' last of all; "
            f"{offer.to} wants '{text(offer.wish(found.model))}' {instead}."
        )


def _founded(statement: Statement, now: Formula) -> str:
    if now != statement.formula:
        return f"{text(now)}, as the reading has it"
    grounds = statement.grounds
    says = f" (“{grounds.says}”)" if grounds.says else ""
    source = f" {cited(grounds.source)}" if grounds.source else ""
    support = f"; {_SUPPORT[grounds.support]}{source}" if grounds.support != "none" else ""
    return f"{text(statement.formula)}{says}{support}"
