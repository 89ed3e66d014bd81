"""What would have to be so, for a settlement: changes of every kind in words, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bestand.model.formula import Formula, Not, text
from bestand.model.model import Model
from bestand.model.sentences import Drop, Insert, Place, Replace, StatementRef, Tie
from bestand.model.values import Commitment, Priorities, Statement
from bestand.model.wording import statement_text
from bestand.prose.changes import change_words
from bestand.prose.messages import _, _n, _s, listing, said
from bestand.prose.names import formula_words, wish_of, wish_words
from bestand.prose.phrases import difference_words, party_name, state_words
from bestand.prose.spoken import spoken
from bestand.prose.ties import values_formula
from bestand.prose.words import cited

from .tied_plan import file_lines

if TYPE_CHECKING:
    from .answer import Reranked, Settled, Settlement
    from .offers import Offer

_MOST_PAIRS = 6  # swapped pairs that are told one by one


def told(answer: Settled) -> Settled:
    """Return the answer with the texts of all its models in the language that is spoken."""
    parts = tuple(
        replace(part, settlements=tuple(replace(each, model=_after(each)) for each in part.settlements))
        for part in answer.parts
    )
    return replace(answer, base=spoken(answer.base), model=spoken(answer.model), parts=parts)


def _after(settlement: Settlement) -> Model:
    """Return the changed model in the language that is spoken, what is offered included."""
    model, offer = spoken(settlement.model), settlement.offer
    if offer is None:
        return model
    yes, no = map(said, offer.phrases(model))
    parties = []
    for party in model.parties:
        if party.id == offer.by:  # whose last option the offer is
            *options, new = party.options
            new = replace(new, grounds=replace(new.grounds, says=yes), says_no=no)
            party = replace(party, options=(*options, new))
        parties.append(party)
    return replace(model, parties=tuple(parties))


def conditions(base: Model, answer: Settled, it: Settlement) -> Iterator[str]:
    """Tell what would have to be so, in sentences.

    Parameters
    ----------
    base : Model
        As the file has it: numbers of statements are its own.
    answer : Settled
        That it is a part of.
    it : Settlement
    """
    if it.offer is not None:
        yield _offer(answer.model, it.offer)
        yield _cares(answer.model, it.offer)
    for tie in it.ties:
        yield _tie(it.model, tie)
    if it.fixed:
        yield _fixed(it)
    for new in it.rankings:
        yield from _swaps(base, new)
    for change in it.changes:
        yield _tied_today(it.model, change) if isinstance(change, Tie) else change_words(base, change)


def _offer(model: Model, offer: Offer) -> str:
    by, to = party_name(model, offer.by), party_name(model, offer.to)
    wanted = formula_words(model, offer.wanted)
    match offer.kind:
        case "side payment":  # no message: what data say
            return _(
                "{By} offers {to} a side payment. It is given while this is so, and only then: {wanted}.",
                by=by,
                to=to,
                wanted=wanted,
            )
        case "guarantee":
            return _(
                "{By} offers {to} a guarantee. It is given while this is so, and only then: {wanted}.",
                by=by,
                to=to,
                wanted=wanted,
            )
        case "penalty":
            return _(
                "{By} threatens {to} with a penalty. It is due while this is not so, and only then: {wanted}.",
                by=by,
                to=to,
                wanted=wanted,
            )


def _tie(model: Model, tie: Commitment) -> str:
    return _s(
        "{Party} ties itself in advance to this answer: {then}, as soon as this is so: {event}.",
        "{Party} tie themselves in advance to this answer: {then}, as soon as this is so: {event}.",
        party_name(model, tie.party),
        then=formula_words(model, values_formula(tie.then)),
        event=formula_words(model, tie.when),
    )


def _tied_today(model: Model, tie: Tie) -> str:
    """Tell an inducement, or a threat."""
    name, then = party_name(model, tie.party), formula_words(model, values_formula(tie.then))
    if isinstance(tie.when, Not):
        return _s(
            "{Party} ties itself today, without anybody's signature: {then}, as long as this is not so: {rest}.",
            "{Party} tie themselves today, without anybody's signature: {then}, as long as this is not so: {rest}.",
            name,
            then=then,
            rest=formula_words(model, tie.when.term),
        )
    return _s(
        "{Party} ties itself today, without anybody's signature: {then}, as soon as this is so: {rest}.",
        "{Party} tie themselves today, without anybody's signature: {then}, as soon as this is so: {rest}.",
        name,
        then=then,
        rest=formula_words(model, tie.when),
    )


def _fixed(it: Settlement) -> str:
    """Tell what nobody changes any more, as it is in the deal that is signed."""
    assert it.after is not None, "ties were looked for, so that there is a verdict"
    model = it.model
    yes = set(model.taken(it.after.ruling.lean[0].state))
    held = formula_words(model, values_formula([(option, option in yes) for option in it.fixed]))
    return _("From the signature on nobody can change this any more: {state}.", state=held)


def _cares(model: Model, offer: Offer) -> str:
    """Tell how much the other party has to care."""
    to = party_name(model, offer.to)
    preference = model.preferences.get(offer.to, Priorities())
    assert isinstance(preference, Priorities), "offers are made to parties with priorities"
    levels = [(wish,) for wish in preference.statements] if offer.kind == "guarantee" else preference.by_level
    wish = listing(wish_words(model, each) for each in levels[offer.place]) if offer.place < len(levels) else None
    match offer.kind, wish:
        case "guarantee", str():
            return _("To {to} it makes up for the wish {wish}.", to=to, wish=wish)
        case "penalty", None:
            return _("{To} cares to avoid it, if least of all.", to=to)
        case "penalty", str():
            return _("To avoid it matters more to {to} than {wish}.", to=to, wish=wish)
        case _, None:
            return _("{To} wants it, if least of all.", to=to)
        case _:
            return _("{To} wants it more than {wish}.", to=to, wish=wish)


def _swaps(base: Model, new: Reranked) -> Iterator[str]:
    above: dict[str, list[str]] = {}
    for upper, lower in new.turned:
        above.setdefault(upper, []).append(lower)
    party = party_name(base, new.party)
    if len(new.turned) > _MOST_PAIRS and len(above) > 1:
        yield _n(
            "{Party} ranks {n} pair of states the other way round.",
            "{Party} ranks {n} pairs of states the other way round.",
            len(new.turned),
            party=party,
        )
        return
    for upper, lower in above.items():
        states = {"upper": _named(base, [upper]), "lower": _named(base, lower)}
        yield _("{Party} ranks {upper} above {lower}.", party=party, **states)


def _named(base: Model, states: Iterable[str]) -> str:
    """States, given as bits: those of one label together, and with what the parties do there where some are missing."""
    group = list(states)
    names = []
    for bits in group:
        mask = int(bits[::-1], 2)
        if _whole_label(base, bits, group):
            names.append(state_words(base, mask))
        else:
            doings = difference_words(base, 0, mask)
            names.append(_("state {label} (where {doings})", label=base.labels[bits], doings=doings))
    return listing(dict.fromkeys(names))


def _whole_label(base: Model, bits: str, group: Iterable[str]) -> bool:
    """Tell whether a state has no label, or all states that share it are in a group."""
    label = base.labels.get(bits)
    return label is None or {other for other, name in base.labels.items() if name == label} <= set(group)


def _symbols(base: Model, group: tuple[str, ...]) -> Iterator[str]:
    """The states of one rank, by labels; by bits too where others with the label have another rank."""
    for bits in group:
        label = base.labels.get(bits, bits)
        yield label if _whole_label(base, bits, group) else f"{label} ({bits})"


def rests_on(base: Model, answer: Settled, it: Settlement) -> Iterator[str]:
    """The statements that a settlement touches, and on what they rest; or the whole new ranking; in sentences."""
    refs: dict[StatementRef, None] = {}
    for change in it.changes:
        match change:
            case Place(statement, _where, other):
                refs.update({statement: None, other: None})
            case Drop(statement) | Replace(statement):
                refs.update({statement: None})
            case Insert(other=StatementRef() as other):
                refs.update({other: None})
            case _other:
                pass
    for ref in refs:
        yield _founded(wish_of(base, ref), ref, answer.wishes[ref])
    for new in it.rankings:
        order = " > ".join(" = ".join(dict.fromkeys(_symbols(base, group))) for group in new.groups)
        yield _("The whole ranking of {party} is then {order}.", party=party_name(base, new.party), order=order)
    if it.offer is not None:
        yield _in_file(answer.model, it.offer)
    if it.fixed:
        yield _(
            "A promise not to change it is not enough: it would have to be something that cannot be undone, or that is "
            "in hands that hold it."
        )


def _in_file(model: Model, offer: Offer) -> str:
    """Tell what to write into the file for an offer, in the language of the file."""
    named = {
        "option": offer.option(model),
        "by": offer.by,
        "to": offer.to,
        "word": text(offer.word(model)),
        "wish": text(offer.wish(model)),
    }
    if offer.kind == "guarantee":
        return _(
            "In the file: an option {option}; {by} wants '{word}' last of all; {to} wants '{wish}' instead of that "
            "wish.",
            **named,
        )
    return _(
        "In the file: an option {option}; {by} wants '{word}' last of all; {to} wants '{wish}' at that place.", **named
    )


def tied_in_file(answer: Settled, it: Settlement) -> Iterator[str]:
    """Tell what to write into the file for ties, in the language of the file, and how to see what comes of it."""
    assert it.after is not None, "ties were looked for, so that there is a verdict"
    plan = it.model.plan_named[it.after.ruling.terms.id]
    called = answer.name if answer.name.endswith((".yaml", ".yml")) else "FILE"  # no message: a command
    flags = "".join(f" --reading {reading}" for reading in answer.readings)  # no message: a command
    yield _("Write into the file:")
    yield from file_lines(plan, it.ties)
    yield _("Try it: {command}", command=f"bestand deals {called} --plan {plan.id}{flags}")  # no message: a command


def _founded(statement: Statement, ref: StatementRef, now: Formula) -> str:
    """On what a wish rests."""
    named = {"wish": statement_text(ref), "formula": text(statement.formula)}
    grounds = statement.grounds
    if now != statement.formula:
        return _("{wish} is '{formula}' here, as the reading has it.", wish=statement_text(ref), formula=text(now))
    match grounds.support:
        case "cited":
            return _("{wish} is '{formula}', cited: {source}.", source=cited(grounds.source), **named)
        case "inferred":
            return _("{wish} is '{formula}', inferred from {source}.", source=cited(grounds.source), **named)
        case "assumed":
            return _("{wish} is '{formula}', which is assumed.", **named)
        case "none":
            return _("{wish} is '{formula}', without a source.", **named)
