"""Who refuses what of a plan, in words, and for the sake of which wish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bestand.model.formula import FALSE, TRUE, Formula
from bestand.model.model import Model
from bestand.model.sentences import StatementRef
from bestand.model.wording import level_numbers
from bestand.prose.clause import Clause
from bestand.prose.clauses import clause_words, doings_words
from bestand.prose.messages import Subject, _, _s, listing
from bestand.prose.names import level_words, wish_of, wish_words
from bestand.prose.phrases import party_name, party_names

from .reasons import ids_of
from .ruling_values import RANKING, RED_LINE, WEIGHTS, Refused, Ruling

_GROUPS = 3  # of parties that refuse everything between them, which are told


def refusals_clauses(model: Model, ruling: Ruling, parties: Iterable[str]) -> Iterator[Clause]:
    """Tell what some parties refuse, in one sentence those that refuse the same."""
    alike: dict[object, list[str]] = {}
    for party in parties:
        alike.setdefault(_refused_alike(party, ruling.refuses[party]), []).append(party)
    for some in alike.values():
        yield Clause(refusal_words(model, some, ruling.refuses[some[0]]), ids_of("refuses", some))


def _refused_alike(party: str, refused: Refused) -> object:
    """Return what tells the words about a refusal from those about others: the same for those that refuse the same."""
    if refused.condition != FALSE and not refused.in_own_words:
        return refused.condition
    return party if refused.own not in (None, FALSE) else bool(refused.states)


def refusal_words(model: Model, party: str | Sequence[str], refused: Refused) -> str:
    """Tell where a party refuses a plan, whatever it does itself; or several that refuse the same."""
    name = party_names(model, [party] if isinstance(party, str) else party)
    if refused.condition == TRUE and len(model.parties) == 1:
        return _s("{Party} refuses it.", "{Party} refuse it.", name)
    if refused.condition == TRUE:
        return _s("{Party} refuses it, whatever the others do.", "{Party} refuse it, whatever the others do.", name)
    if refused.in_own_words and refused.own is not None:
        return _own_words(model, name, refused.own)
    if refused.condition is None:
        return _s(
            "{Party} refuses it by what the others do, in more ways than can be told in short.",
            "{Party} refuse it by what the others do, in more ways than can be told in short.",
            name,
        )
    if refused.condition != FALSE:
        return _s(
            "{Party} refuses every version in which {condition}.",
            "{Party} refuse every version in which {condition}.",
            name,
            condition=clause_words(model, refused.condition),
        )
    if refused.own is not None and refused.own != FALSE:
        return _own_words(model, name, refused.own)
    if refused.states:
        return _s(
            "{Party} refuses some versions of it, by what all do together.",
            "{Party} refuse some versions of it, by what all do together.",
            name,
        )
    if refused.needed == "never":
        return _s("{Party} has no version of the plan to sign.", "{Party} have no version of the plan to sign.", name)
    if refused.needed == "sometimes":
        return _s(
            "{Party} refuses no version of the plan that it has to sign.",
            "{Party} refuse no version of the plan that they have to sign.",
            name,
        )
    return _s(
        "{Party} has to sign, and refuses no version of the plan.",
        "{Party} have to sign, and refuse no version of the plan.",
        name,
    )


def _own_words(model: Model, name: Subject, own: Formula) -> str:
    """Tell what a party refuses to do itself."""
    moves = doings_words(model, own)
    if moves:
        return _s(
            "{Party} refuses every version in which it {move}.",
            "{Party} refuse every version in which they {move}.",
            name,
            move=moves,
        )
    return _s(
        "{Party} refuses every version in which this is so: {condition}.",
        "{Party} refuse every version in which this is so: {condition}.",
        name,
        condition=clause_words(model, own),
    )


def deciding_words(model: Model, refused: Refused) -> str:
    """Tell which wish decides the refusals of a party; nothing where it refuses nothing."""
    reasons = reason_words(model, refused)
    return _("What decides: {reasons}.", reasons=reasons) if reasons else ""


def reason_words(model: Model, refused: Refused) -> str:
    """Return the wishes that decide the refusals of a party, as a list; nothing where it refuses nothing."""
    return listing(_reason(model, key) for key, count in refused.decided_by.items() if count)


def deciding_parts(model: Model, refused: Refused) -> Iterator[tuple[str, int]]:
    """Yield what decides the refusals of a party, and in how many of the states that it refuses; most often first."""
    for key, count in sorted(refused.decided_by.items(), key=lambda item: -item[1]):
        if count:
            yield _reason(model, key), count


def deciding_line(model: Model, party: str, refused: Refused) -> str:
    """Tell which wish decides the most of what a party refuses; nothing where it refuses nothing."""
    if not refused.states:
        return ""
    key = max(refused.decided_by, key=lambda key: refused.decided_by[key])
    name = party_name(model, party)
    if key == RED_LINE:
        return _s("{Party} refuses because of its red line.", "{Party} refuse because of their red line.", name)
    if key == RANKING:
        return _s("{Party} refuses by its ranking.", "{Party} refuse by their ranking.", name)
    if key == WEIGHTS:
        return _s("{Party} refuses by its weights.", "{Party} refuse by their weights.", name)
    numbers = level_numbers(key)[1]
    wishes = listing(wish_words(model, wish_of(model, StatementRef(party, number))) for number in numbers)
    if len(numbers) > 1:
        return _s(
            "{Party} refuses because fewer of these of its wishes hold: {wishes}.",
            "{Party} refuse because fewer of these of their wishes hold: {wishes}.",
            name,
            wishes=wishes,
        )
    return _s(
        "{Party} refuses for the sake of its wish {number}: {wish}.",
        "{Party} refuse for the sake of their wish {number}: {wish}.",
        name,
        number=numbers[0],
        wish=wishes,
    )


def together_words(model: Model, ruling: Ruling) -> Iterator[str]:
    """Tell which parties, none of them alone, refuse every version of the plan between them."""
    if ruling.idle or any(len(parties) == 1 for parties in ruling.blocking):
        return
    for k, parties in enumerate(ruling.blocking[:_GROUPS]):
        names = party_names(model, parties)
        if k:
            yield _("So do {parties}.", parties=names)
        else:
            yield _("Between them {parties} refuse every version.", parties=names)


def blocking_words(model: Model, ruling: Ruling) -> Iterator[str]:
    """Tell whom no version of the plan passes together."""
    for parties in ruling.blocking:
        if len(parties) == 1:
            yield _("No version of it passes {party}.", party=party_name(model, parties[0]))
        else:
            yield _("No version of it passes {parties} together.", parties=party_names(model, parties))


def _reason(model: Model, key: str) -> str:
    if key in (RED_LINE, RANKING, WEIGHTS):
        return {RED_LINE: _("the red line"), RANKING: _("the ranking"), WEIGHTS: _("the weights")}[key]
    party, numbers = level_numbers(key)
    return level_words(model, [StatementRef(party, number) for number in numbers])
