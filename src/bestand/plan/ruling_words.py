"""The verdict on a plan in words that need no game theory: is there a deal, who refuses what, would it be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from operator import and_

from bestand.model.formula import TRUE
from bestand.model.model import Model
from bestand.model.sentences import StatementRef
from bestand.prose.clause import Clause, in_one
from bestand.prose.clauses import clause_words
from bestand.prose.messages import _, _n, _p, _s, listing, number
from bestand.prose.names import wish_of, wish_words
from bestand.prose.phrases import difference_words, party_name, party_names, path_words
from bestand.prose.ties import commitments_words
from bestand.prose.words import size

from .reasons import ids_of
from .refusal_words import refusals_clauses
from .ruling_values import Deal, Gain, Keeper, Path, Ruling


def headline(model: Model, ruling: Ruling) -> str:
    """Return the verdict in a sentence or two, the first thing that anybody reads."""
    return in_one(headline_clauses(model, ruling))


def headline_clauses(model: Model, ruling: Ruling) -> Iterator[Clause]:
    """Tell the verdict in parts, each with the reason behind it."""
    match ruling.kind:
        case "cannot-be":
            yield Clause(_barred(ruling))
        case "stands":
            yield Clause(_stands(ruling), ids_of("keeps", ruling.by or ()))
        case "comes-by-itself":
            told = _("It comes by itself: what the parties do for their own good leads there from today, and stays.")
            yield Clause(told, "without")
        case "deal":
            told = _("There is a deal that would be signed and kept: {deal}.", deal=_shortest(model, ruling))
            yield Clause(told, "deal")
        case "deal-not-kept":
            told = _(
                "There is a deal that would be signed, but it would not be kept: {deal}.", deal=_shortest(model, ruling)
            )
            yield Clause(told, "deal,breaks")
        case _:
            yield from _no_deal(model, ruling)
    yield from map(Clause, [*_crossed(model, ruling), *_beside(ruling)])


def without_words(model: Model, ruling: Ruling) -> str:
    """Tell what things come to without a deal."""
    today, ends = ruling.terms.start, ruling.no_deal
    if ends == (today,):
        return _("Without a deal things stay as they are today.")
    if len(ends) == 1:
        told = _("Without a deal it comes to this: {changes}.", changes=difference_words(model, today, ends[0]))
        still = [id for id, party in model.party.items() if party.options and not _moves(model, id, today ^ ends[0])]
        return f"{told} {_as_today(model, still)}" if still else told
    if ruling.terms.no_deal in (None, "drift") and len(ruling.ends) > 1:
        told = _n(
            "Without a deal things may end in {n} way.", "Without a deal things may end in {n} ways.", len(ruling.ends)
        )
    elif ruling.terms.no_deal in (None, "drift"):
        told = _("Without a deal things go round among {n} states.", n=size(ruling.no_deal_count))
    else:
        told = _n(
            "No deal stands for {number} state.",
            "No deal stands for any of {number} states.",
            ruling.no_deal_count,
            number=size(ruling.no_deal_count),
        )
    return " ".join([told, *_common(model, ruling)])


def _common(model: Model, ruling: Ruling) -> Iterator[str]:
    """Tell what changes from today whichever of several states no deal comes to; nothing where not all are known."""
    today, states = ruling.terms.start, ruling.no_deal
    if len(states) == ruling.no_deal_count:
        changes = reduce(and_, (today ^ state for state in states))
        if changes:
            yield _("Whichever it is: {changes}.", changes=difference_words(model, today, today ^ changes))


def named_in_headline(ruling: Ruling, party: str) -> bool:
    """Return whether the headline says what a party refuses."""
    return ruling.kind == "no-deal" and party not in ruling.idle and any(party in some for some in ruling.blocking)


def signing_words(model: Model, deal: Deal, consent: Collection[str] = ()) -> str:
    """Tell who has to sign, who of these only that it goes on as today, who has to consent, and who need not sign."""
    idle = [party for party in model.party if party not in deal.signatories]
    told = [_s("{Parties} has to sign.", "{Parties} have to sign.", party_names(model, deal.signatories))]
    if deal.goes_on:
        told.append(_go_on(model, deal.goes_on))
    if asked := [party for party in idle if party in consent]:
        told.append(_consents(model, asked))
    if idle := [party for party in idle if party not in consent]:
        told.append(_need_not(model, idle))
    if deal.objectors:
        told.append(_lose(model, deal.objectors))
    told.extend(_ties_itself(model, party, deal) for party in deal.ties)
    return " ".join(told)


def _go_on(model: Model, parties: Sequence[str]) -> str:
    return _s(
        "{Parties} signs only that it goes on as today.",
        "{Parties} sign only that they go on as today.",
        party_names(model, parties),
    )


def _as_today(model: Model, parties: Sequence[str]) -> str:
    return _s("{Parties} goes on as today.", "{Parties} go on as today.", party_names(model, parties))


def _moves(model: Model, party: str, flipped: int) -> bool:
    """Return whether some of the options flipped are a party's own."""
    return any(flipped >> model.bit[option.id] & 1 for option in model.party[party].options)


def _consents(model: Model, parties: Sequence[str]) -> str:
    return _s("{Parties} consents to it.", "{Parties} consent to it.", party_names(model, parties))


def _need_not(model: Model, parties: Sequence[str]) -> str:
    return _s("{Parties} need not sign.", "{Parties} need not sign.", party_names(model, parties))


def _lose(model: Model, parties: Sequence[str]) -> str:
    return _s(
        "{Parties} loses by it, and has no say.",
        "{Parties} lose by it, and have no say.",
        party_names(model, parties),
    )


def _signs(model: Model, party: str, deal: Deal) -> str:
    """Tell that a party signs, and for what: the first wish that the deal brings it."""
    name, gain = party_name(model, party), deal.gains[party]
    if not gain.gained:
        return _s("{Party} signs.", "{Party} sign.", name)
    if gain.level:
        wishes = listing(wish_words(model, wish_of(model, ref)) for ref in gain.level)
        return _s(
            "{Party} signs, since more of these hold: {wishes}.",
            "{Party} sign, since more of these hold: {wishes}.",
            name,
            wishes=wishes,
        )
    wish = wish_of(model, gain.gained[0])
    bare = not wish.grounds.says and wish.reading is None
    words = clause_words(model, wish.formula) if bare else wish_words(model, wish)
    return _s("{Party} signs, for this: {wish}.", "{Party} sign, for this: {wish}.", name, wish=words)


def _ties_itself(model: Model, party: str, deal: Deal) -> str:
    return _s(
        "{Party} ties itself to this: {ties}.",
        "{Party} tie themselves to this: {ties}.",
        party_name(model, party),
        ties=commitments_words(model, deal.ties[party]),
    )


def role_words(model: Model, party: str, deal: Deal, consent: Collection[str] = ()) -> str:
    """Tell what a party has to do with a deal."""
    if party in deal.goes_on:
        return _go_on(model, [party])
    if party in deal.signatories:
        told = _signs(model, party, deal)
        return told if party not in deal.ties else f"{told} {_ties_itself(model, party, deal)}"
    if party in deal.objectors:
        return _lose(model, [party])
    if party in consent:
        return _consents(model, [party])
    return _need_not(model, [party])


def concept_words(ruling: Ruling) -> Iterator[str]:
    """Tell what other answers one would get who reckons otherwise with what the others would do; nothing where none.

    First, where it is so, that purposeful answers were not followed.
    """
    if ruling.asked != ruling.concept:
        yield _(
            "The possible states are looked at in sets here, not one by one. So each party is taken to reckon with "
            "every answer by which another gains something, also where that gives away more than it has to."
        )
    nash, seq = ruling.kinds.get("nash"), ruling.kinds.get("seq")
    if nash is not None and nash != ruling.kind:
        yield _(
            "This rests on the parties reckoning with what others would do in reply. If no party did, the answer would "
            "be: {verdict} (nash).",
            verdict=kind_words(nash),
        )
    if seq is not None and seq not in (ruling.kind, nash):
        yield _(
            "If others replied with anything that gains them something, even where it gives away more than it has to, "
            "the answer would be: {verdict} (seq).",
            verdict=kind_words(seq),
        )


def kind_words(kind: str) -> str:
    """Tell a verdict in a few words, as a part of a sentence.

    Examples
    --------
    >>> kind_words("deal-not-kept")
    'a deal that is not kept'
    """
    match kind:
        case "cannot-be":
            return _("it cannot be")
        case "stands":
            return _("it is so, and stays")
        case "comes-by-itself":
            return _("it comes by itself")
        case "deal":
            return _("a deal that is kept")
        case "deal-not-kept":
            return _("a deal that is not kept")
        case _:
            return _("no deal")


def kind_label(kind: str | None) -> str:
    """Return a verdict for the cell of a table.

    Examples
    --------
    >>> kind_label("deal-not-kept"), kind_label(None)
    ('deal, not kept', '-')
    """
    match kind:
        case None:
            return "-"
        case "cannot-be":
            return _p("verdict", "cannot be")
        case "stands":
            return _p("verdict", "stands")
        case "comes-by-itself":
            return _p("verdict", "by itself")
        case "deal":
            return _p("verdict", "deal, kept")
        case "deal-not-kept":
            return _p("verdict", "deal, not kept")
        case _:
            return _p("verdict", "no deal")


def gain_words(model: Model, party: str, deal: Deal) -> str:
    """Tell what a signatory gets, and what it gives up, against no deal: the first wish of each."""
    gain, name = deal.gains[party], party_name(model, party)
    if gain.first is None:
        return _s("{Party} ranks it above no deal.", "{Party} rank it above no deal.", name)
    if gain.level:
        return _level_gain(model, name, gain)
    got = _wish(model, gain.gained[0])
    if not gain.lost:
        return _s(
            "{Party} gets {wish}, and gives up nothing that it wants.",
            "{Party} get {wish}, and give up nothing that they want.",
            name,
            wish=got,
        )
    return _s(
        "{Party} gets {wish}, and gives up {lost}.",
        "{Party} get {wish}, and give up {lost}.",
        name,
        wish=got,
        lost=_wish(model, gain.lost[0]),
    )


def _level_gain(model: Model, name: str, gain: Gain) -> str:
    """Tell the same where wishes that stand level decide: more of them hold."""
    wishes = listing(_wish(model, ref) for ref in gain.level)
    lost = [ref for ref in gain.lost if ref not in gain.level]
    more, less = map(number, gain.held)
    if not lost:
        return _s(
            "{Party} gets {more} of these wishes instead of {less}: {wishes}.",
            "{Party} get {more} of these wishes instead of {less}: {wishes}.",
            name,
            more=more,
            less=less,
            wishes=wishes,
        )
    return _s(
        "{Party} gets {more} of these wishes instead of {less}: {wishes}; and gives up {lost}.",
        "{Party} get {more} of these wishes instead of {less}: {wishes}; and give up {lost}.",
        name,
        more=more,
        less=less,
        wishes=wishes,
        lost=_wish(model, lost[0]),
    )


def keeper_words(model: Model, party: str, keeper: Keeper, *, brief: bool = False) -> str:
    """Tell what keeps a party in a plan, or that it breaks it; ``brief``: of an example, only the answer."""
    name = party_name(model, party)
    if keeper.ties:
        return _(
            "What keeps {party} from breaking it is an answer that comes by itself: {ties}.",
            party=name,
            ties=commitments_words(model, keeper.ties),
        )
    match keeper.how:
        case "cannot":
            return _s("{Party} cannot break it in this model.", "{Party} cannot break it in this model.", name)
        case "would-not":
            return _s(
                "{Party} could break it, and gains nothing by that.",
                "{Party} could break it, and gain nothing by that.",
                name,
            )
        case "deterred":
            if brief and keeper.example is not None:
                return _(
                    "What keeps {party} from breaking it is an answer such as this: {path}.",
                    party=name,
                    path=_answer(model, *keeper.example),
                )
            told = _(
                "What keeps {party} from breaking it is the answer of {others}.",
                party=name,
                others=_whose(model, keeper),
            )
            return " ".join([told, *_example(model, keeper)])
        case "fear":
            told = _(
                "What keeps {party} from breaking it is only the fear of an answer of {others}, which nobody need want "
                "to give.",
                party=name,
                others=_whose(model, keeper),
            )
            return told if brief else " ".join([told, *_example(model, keeper)])
        case _:
            return _s("{Party} would break it.", "{Party} would break it.", name)


def _answer(model: Model, _left: int, path: Path) -> str:
    """Tell what the others do once a party has made its move."""
    (_party, moved), *answer = path
    return path_words(model, moved, answer)


def _example(model: Model, keeper: Keeper) -> Iterator[str]:
    """Tell a move that breaks a deal, and an answer that would leave the party that makes it no better off."""
    if keeper.example is not None:
        yield _("For example: {path}.", path=path_words(model, *keeper.example))


def chain_words(model: Model, deal: Deal) -> str:
    """Tell the moves that end a deal."""
    return _("It ends like this: {path}.", path=path_words(model, deal.state, deal.chain))


def _no_deal(model: Model, ruling: Ruling) -> Iterator[Clause]:
    if not ruling.blocking:
        told = [_("No deal."), *_alone(model, ruling)]
        if ruling.alone:
            yield Clause(" ".join(told), "alone")
        else:
            yield Clause(_("No deal: nothing in it has to be signed by two."))
        return
    parties = sorted({party for some in ruling.blocking for party in some}, key=[*model.party].index)
    idle = [party for party in parties if party in ruling.idle]
    refusing = [party for party in parties if party not in ruling.idle]
    yield Clause(_("No deal: no version of it would be signed by all who have to."), "blocking")
    yield from refusals_clauses(model, ruling, [party for party in refusing if not _told_by_line(ruling, party)])
    if idle:
        yield Clause(_s("{Party} has nothing in it.", "{Party} have nothing in it.", party_names(model, idle)))


def _told_by_line(ruling: Ruling, party: str) -> bool:
    """Return whether a party refuses the plan whatever anybody does, since every state of it crosses its red line."""
    return party in ruling.crossed and ruling.refuses[party].condition == TRUE


def _crossed(model: Model, ruling: Ruling) -> Iterator[str]:
    """Tell whose red line every state of the plan crosses."""
    if ruling.crossed:
        yield _s(
            "Every version of it crosses the red line of {party}.",
            "Every version of it crosses the red lines of {party}.",
            party_names(model, ruling.crossed),
        )


def _alone(model: Model, ruling: Ruling) -> Iterator[str]:
    """Tell who could bring the plan about by its own step, and why that is not enough."""
    for party in dict.fromkeys(each.party for each in ruling.alone):
        name = party_name(model, party)
        if any(each.gains for each in ruling.alone if each.party == party):
            yield _("It needs only a step of {party}, and would not last.", party=name)
        else:
            yield _s(
                "It needs only a step of {party}, which gains nothing by it.",
                "It needs only a step of {party}, who gain nothing by it.",
                name,
            )


def _barred(ruling: Ruling) -> str:
    if not ruling.signable and not ruling.alone:
        return _("It cannot be: no state that is allowed, or that can be come to, is in the plan.")
    return _("It cannot be.")


def _stands(ruling: Ruling) -> str:
    assert ruling.by is not None, "what stands is kept by something"
    ways = {keeper.how for keeper in ruling.by.values()}
    if ways == {"cannot"}:
        return _("It is so today, and nobody can undo it.")
    if ways <= {"cannot", "would-not"}:
        return _("It is so today, and nobody has reason to end it.")
    return _("It is so today, and stays: whoever would gain by ending it is deterred.")


def _beside(ruling: Ruling) -> Iterator[str]:
    """Tell what is so besides, whatever the verdict."""
    if ruling.today_in_plan and ruling.kind != "stands":
        yield _("It is so today, and would not last.")
    if ruling.may_come:
        yield _("Without a deal things may come to it, or to something else.")


def _shortest(model: Model, ruling: Ruling) -> str:
    return difference_words(model, ruling.terms.start, ruling.lean[0].state)


def _wish(model: Model, ref: StatementRef) -> str:
    return wish_words(model, wish_of(model, ref), ref)


def _whose(model: Model, keeper: Keeper) -> str:
    return party_names(model, keeper.whose[0]) if keeper.whose else ""
