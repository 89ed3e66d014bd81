"""The reasons behind a verdict on a plan, step by step, in words that need no game theory."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.formula import TRUE
from bestand.model.model import Model
from bestand.prose.claims import support_words
from bestand.prose.clause import in_one
from bestand.prose.clauses import clause_words
from bestand.prose.messages import _, _n, _s, listing
from bestand.prose.names import level_words, wish_of, wish_words
from bestand.prose.phrases import party_name, party_names, path_words
from bestand.prose.words import size

from .reasons import Reason, deciding_wishes
from .refusal_words import deciding_parts, refusal_words
from .ruling_part import party_clauses
from .ruling_values import Deal, Gain, Keeper, Refused, Ruling, Step
from .ruling_words import (
    chain_words,
    gain_words,
    headline_clauses,
    keeper_words,
    role_words,
    signing_words,
    without_words,
)


def said_words(model: Model, ruling: Ruling, reason: Reason) -> str:
    """Return the sentence that a reason stands behind."""
    party = reason.party or ""
    match reason.about:
        case "refuses":
            return refusal_words(model, party, ruling.refuses[party])
        case "signs":
            return role_words(model, party, ruling.lean[0], ruling.terms.consent)
        case "keeps":
            keepers = ruling.lean[0].by if ruling.by is None else ruling.by
            return keeper_words(model, party, keepers[party], brief=True)
        case "without":
            return without_words(model, ruling)
        case _:
            lines = (party_clauses(model, ruling, id) for id in model.party)  # of what only they tell
            for told in (headline_clauses(model, ruling), *lines):
                if words := in_one(each for each in told if reason.id in each.reason.split(",")):
                    return words
            return ""


def steps(model: Model, ruling: Ruling, reason: Reason) -> Iterator[str]:
    """Tell a reason step by step.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    ruling : Ruling
    reason : Reason
        Of this ruling.
    """
    party = reason.party or ""
    match reason.about:
        case "refuses":
            yield from _refuses(model, ruling, party)
        case "blocking":
            yield from _blocking(model, ruling)
        case "deal":
            yield _signable(ruling)
            yield _counts(ruling)
            yield signing_words(model, ruling.lean[0], ruling.terms.consent)
        case "signs":
            yield _compared(ruling)
            yield gain_words(model, party, ruling.lean[0])
        case "keeps":
            keepers = ruling.lean[0].by if ruling.by is None else ruling.by
            yield from _keeps(model, party, keepers[party])
        case "breaks":
            yield from _ends(model, ruling.lean[0])
        case "alone":
            yield from _alone(model, ruling)
        case _:
            yield from _without(model, ruling)


def grounds_lines(model: Model, reason: Reason) -> Iterator[str]:
    """Tell the wishes that a reason rests on, and how well each is founded: said, inferred or assumed."""
    for ref in reason.rests_on:
        wish = wish_of(model, ref)
        yield _(
            "the wish {wish} of {party}: {grounds}",
            wish=wish_words(model, wish, ref),
            party=party_name(model, ref.party),
            grounds=support_words(wish.grounds),
        )


def _signable(ruling: Ruling) -> str:
    return _n(
        "{number} version of the plan can be signed.",
        "{number} versions of the plan can be signed.",
        ruling.signable,
        number=size(ruling.signable),
    )


def _counts(ruling: Ruling) -> str:
    told = _(
        "In {deals} of them everybody who signs is better off than without a deal, and nobody with a say refuses.",
        deals=size(ruling.deals),
    )
    if ruling.kept == ruling.deals:
        return " ".join([told, _("All of these are kept.")])
    if not ruling.kept:
        return " ".join([told, _("None of these is kept.")])
    return " ".join([told, _("{kept} of these are kept.", kept=size(ruling.kept))])


def _compared(ruling: Ruling) -> str:
    if ruling.no_deal_count > 1:
        return _("It compares with what it likes best of no deal (without).")
    return _("It compares with no deal (without).")


def _refuses(model: Model, ruling: Ruling, party: str) -> Iterator[str]:
    refused = ruling.refuses[party]
    yield _signable(ruling)
    yield _refused(model, party, refused)
    yield _compared(ruling)
    yield from _deciding(model, refused)


def _refused(model: Model, party: str, refused: Refused) -> str:
    """Tell how much a party refuses, and of how many of those that the words about it speak of it is so."""
    name, count = party_name(model, party), size(refused.states)
    told = refused.told
    if told is None or told == TRUE:
        return _s("{Party} refuses {n} of them.", "{Party} refuse {n} of them.", name, n=count)
    holds, of = refused.covered
    values = {"n": count, "condition": clause_words(model, told), "of": size(of)}
    if holds == refused.states:
        return _s(
            "{Party} refuses {n} of them: all {of} in which {condition}.",
            "{Party} refuse {n} of them: all {of} in which {condition}.",
            name,
            **values,
        )
    return _s(
        "{Party} refuses {n} of them, among these all {of} in which {condition}.",
        "{Party} refuse {n} of them, among these all {of} in which {condition}.",
        name,
        **values,
    )


def _deciding(model: Model, refused: Refused) -> Iterator[str]:
    """Tell what decides, most often first."""
    for words, count in deciding_parts(model, refused):
        if count == refused.states:
            yield _("What decides in all of these: {what}.", what=words)
        else:
            yield _("What decides in {n} of these {of}: {what}.", n=size(count), of=size(refused.states), what=words)
    if any(True for _wish in deciding_wishes(refused)):
        yield _("Wishes are taken in their order: the first that differs decides, and lower ones play no part.")


def _blocking(model: Model, ruling: Ruling) -> Iterator[str]:
    yield _signable(ruling)
    for party in dict.fromkeys(party for some in ruling.blocking for party in some):
        refused, name = ruling.refuses[party], party_name(model, party)
        if refused.states:
            yield _s("{Party} refuses {n} of them.", "{Party} refuse {n} of them.", name, n=size(refused.states))
        if refused.idle:
            yield _s(
                "{Party} has nothing in {n} of them.",
                "{Party} have nothing in {n} of them.",
                name,
                n=size(refused.idle),
            )
    for parties in ruling.blocking:
        every, names = size(ruling.signable), party_names(model, parties)
        if len(parties) == 1:
            yield _("None of the {n} passes {party}.", n=every, party=names)
        else:
            yield _("None of the {n} passes {parties} together.", n=every, parties=names)


def _keeps(model: Model, party: str, keeper: Keeper) -> Iterator[str]:
    match keeper.how:
        case "cannot":
            yield _("None of its own moves leads out of the plan, from here or from where things go on to.")
        case "would-not":
            yield _("Moves of its own lead out of the plan, and none of them pays.")
        case _:
            yield _("A move of its own out of the plan would pay, if nobody answered it.")
            yield keeper_words(model, party, keeper)
            if keeper.tempts is not None and keeper.tempts.first is not None:
                yield _("By its move alone it would get {wish}.", wish=_wish_words(model, keeper.tempts))
            if keeper.costs is not None and keeper.costs.first is not None and keeper.costs.first in keeper.costs.lost:
                yield _("After the answer it would have lost {wish}.", wish=_wish_words(model, keeper.costs))


def _wish_words(model: Model, gain: Gain) -> str:
    """Tell the wish that decides, or the level of them."""
    assert gain.first is not None, "asked where there is one"
    return level_words(model, gain.level or (gain.first,))


def _ends(model: Model, deal: Deal) -> Iterator[str]:
    """Tell the moves by which a deal ends, and what each brings whoever makes it."""
    if not deal.chain_gains:
        yield chain_words(model, deal)
    state = deal.state
    for (party, to), gain in zip(deal.chain, deal.chain_gains, strict=False):
        yield _step(model, state, Step(party, to, gain))
        state = to


def _alone(model: Model, ruling: Ruling) -> Iterator[str]:
    """Tell what one party could do by itself to bring the plan about, and why it does not or it would not last."""
    today = ruling.terms.start
    for party in dict.fromkeys(each.party for each in ruling.alone):
        steps_of = [each for each in ruling.alone if each.party == party]
        first = next((each for each in steps_of if each.gains), steps_of[0])
        moved = path_words(model, today, [(party, first.state)])
        if first.gains:
            yield _("{Moved}. It would be better off, and it would not last.", moved=moved)
        else:
            yield _("{Moved}. It would be no better off by that.", moved=moved)


def _without(model: Model, ruling: Ruling) -> Iterator[str]:
    if ruling.terms.no_deal not in (None, "drift"):
        yield _("What no deal comes to is given here, and not worked out.")
        return
    if ruling.ends == ((ruling.terms.start,),):
        yield _("Nobody has a move from today that would pay, once it reckons with the answers.")
        return
    state = ruling.terms.start
    for step in ruling.way:
        yield _step(model, state, step)
        state = step.to
    yield _n(
        "Moves that pay in this way lead to {number} state in all, and end in {ways}.",
        "Moves that pay in this way lead to {number} states in all, and end in {ways}.",
        ruling.drifted,
        number=size(ruling.drifted),
        ways=_n("{n} way", "{n} ways", len(ruling.ends)),
    )


def _step(model: Model, state: int, step: Step) -> str:
    moved, gain, name = path_words(model, state, [(step.party, step.to)]), step.gain, party_name(model, step.party)
    if gain.first is None:
        return _("{Moved}.", moved=moved)
    if gain.level:
        wishes = level_words(model, gain.level)
        got = _s("{Party} gets more of these: {wishes}.", "{Party} get more of these: {wishes}.", name, wishes=wishes)
    else:
        wish = listing(wish_words(model, wish_of(model, ref), ref) for ref in gain.gained)
        got = _s("{Party} gets {wish}.", "{Party} get {wish}.", name, wish=wish)
    return _("{Moved}. {got}", moved=moved, got=got)
