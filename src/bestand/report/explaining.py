"""Why a state is stable for a party, or is not: in sentences, in the words of the model.

Plain language first: who could gain by what, and who would answer how. What the sentences rest on, bit strings and
ranks, stands in tables of its own (`symbols`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bestand.analysis.grounds.witness import Answer, Evidence, Level, Levels, Standing, Witness
from bestand.model.model import Model
from bestand.stability.registry import EVERY
from bestand.texts import _, _n, decimal

from .blocks import Block
from .naming import concept_names
from .page import Page
from .telling import move_words, party_name, path_words, state_words
from .words import size

SHOWN = 5  # improvements and their answers that are told one by one


def witness_words(model: Model, witness: Witness) -> str:
    """A verdict and its grounds, in a few sentences."""
    return f"{_verdict(model, witness.party, witness.stable, [witness.concept])} {grounds_words(model, witness)}"


def explanation(on: Page, model: Model, witnesses: Iterable[Witness], most: int = SHOWN) -> Iterator[Block]:
    """The verdicts on one state, for each party those with the same grounds together.

    Parameters
    ----------
    on : Page
    model : Model
        With its texts in the language that is spoken.
    witnesses : iterable of Witness
        All of one state.
    most : int
        How many improvements are told one by one.
    """
    alike: dict[tuple[int, bool, tuple[str, ...], str], list[Witness]] = {}
    for found in sorted(witnesses, key=lambda witness: witness.party):
        key = (found.party, found.stable, tuple(_further(model, found, most)), grounds_words(model, found))
        alike.setdefault(key, []).append(found)
    party = None
    for (i, stable, further, grounds), same in alike.items():
        if party not in (None, i):
            yield on.paragraph("", 0)
        party = i
        verdict = _verdict(model, i, stable, [found.concept for found in same])
        yield on.paragraph(f"{verdict} {grounds}", 0)
        for words in further:
            yield on.paragraph(words, 2)


def _verdict(model: Model, i: int, stable: bool, concepts: Sequence[str]) -> str:
    party, names = party_name(model, model.parties[i].id), concept_names(concepts)
    if stable:
        return _("Stable for {party} under {concepts}.", party=party, concepts=names)
    return _("Unstable for {party} under {concepts}.", party=party, concepts=names)


def grounds_words(model: Model, witness: Witness) -> str:
    """The grounds of a verdict without the verdict, in whole sentences."""
    party = party_name(model, model.parties[witness.party].id)
    match witness.reason:
        case "no move":
            return _("{Party} has no move from here, and that alone makes it stable.", party=party)
        case "no improvement":
            return _n(
                "{Party} has {n} move from here, which leads to nothing that it likes better.",
                "{Party} has {n} moves from here, and none leads to anything that it likes better.",
                witness.moves,
                party=party,
            )
        case "open":
            move = move_words(model, witness.state, witness.answers[0].improvement)
            return f"{_('{Party} can improve: it {move}.', party=party, move=move)} {_unanswered(witness)}"
        case "answered":
            return " ".join(_answered(model, witness, party))


def _unanswered(witness: Witness) -> str:
    facts = EVERY[witness.concept]
    match facts.replies, facts.counters:
        case "none", _:
            return _("What the others would answer is not asked.")
        case "any", False:
            return _("No move of the others takes that gain away.")
        case "any", True:
            return _("No move of the others takes that gain away for good.")
        case "credible", False:
            return _("No improvements of the others take that gain away.")
        case "credible", True:
            return _("No improvements of the others take that gain away for good.")
        case "best", False:
            return _("The best moves of the others do not take that gain away.")
        case _:
            return _("The best moves of the others do not take that gain away for good.")


def _answered(model: Model, witness: Witness, party: str) -> Iterator[str]:
    """The most tempting improvement, its answer, and that the others have theirs."""
    if not witness.answers:
        yield _n(
            "{Party} has {n} way to improve, and it is answered.",
            "{Party} has {n} ways to improve, and each is answered.",
            witness.improvements,
            party=party,
        )
        return
    first = witness.answers[0]
    move = move_words(model, witness.state, first.improvement)
    if witness.improvements == 1:
        yield _("{Party} could improve: it {move}.", party=party, move=move)
    else:
        yield _n(
            "{Party} could improve in {n} way, which tempts it: it {move}.",
            "{Party} could improve in {n} ways, of which this one tempts it most: it {move}.",
            witness.improvements,
            party=party,
            move=move,
        )
    yield _reply(model, witness, first)
    yield _left(first)
    if first.afterwards is not None:
        yield _no_escape(first.afterwards.moves)
    if witness.improvements > 1:
        yield _n(
            "The other improvement is answered too.",
            "The other {n} improvements are answered too.",
            witness.improvements - 1,
        )
    if witness.loose:
        yield _("Some of these answers take moves that are not the best ones of those who make them.")
    elif witness.loose is None:
        yield _("Whether best moves alone answer them too has not been looked into.")


def _reply(model: Model, witness: Witness, answer: Answer) -> str:
    path = _path(model, answer)
    match EVERY[witness.concept].replies:
        case "any":
            return _("But others can answer: {path}.", path=path)
        case "credible":
            return _("But others would answer, each with a gain of its own: {path}.", path=path)
        case _:
            return _("But others would answer, each by its best move: {path}.", path=path)


def _path(model: Model, answer: Answer) -> str:
    steps = [(model.parties[step.party].id, step.state) for step in answer.steps]
    return path_words(model, answer.improvement, steps)


def _left(answer: Answer) -> str:
    assert answer.end is not None, "an answer has an end"
    if answer.end.compared == "worse":
        return _("That leaves it worse off than before.")
    return _("That leaves it no better off than before.")


def _no_escape(moves: int) -> str:
    if not moves:
        return _("From there it has no move.")
    return _n(
        "The one move that it has from there leads to nothing better.",
        "None of the {n} moves that it has from there leads to anything better.",
        moves,
    )


def _further(model: Model, witness: Witness, most: int) -> Iterator[str]:
    """What is told below a verdict: the other improvements, what the others can make of one, what would turn it."""
    party = party_name(model, model.parties[witness.party].id)
    if witness.stable and witness.improvements > 1:
        shown = witness.answers[1 : max(most, 1)]
        for place, answer in enumerate(shown, start=2):
            yield _another(model, witness, answer, place)
        rest = witness.improvements - 1 - len(shown)
        if shown and rest:
            yield _n("And {n} more.", "And {n} more.", rest)
    if witness.evidence is not None:
        yield from _evidence(model, witness, witness.evidence, party)


def _another(model: Model, witness: Witness, answer: Answer, place: int) -> str:
    assert answer.end is not None, "an answer has an end"
    values = {
        "place": str(place),
        "move": move_words(model, witness.state, answer.improvement),
        "path": _path(model, answer),
    }
    if answer.end.compared == "worse":
        return _("{place}. It {move}. The answer: {path}. That leaves it worse off.", **values)
    return _("{place}. It {move}. The answer: {path}. That leaves it no better off.", **values)


def _evidence(model: Model, witness: Witness, evidence: Evidence, party: str) -> Iterator[str]:
    if evidence.proof is not None:
        yield from _proof(witness, evidence, party)
    elif witness.answers:
        yield _seen(witness.answers[0], evidence.standing, party)
    if evidence.levels is not None:
        yield from _level(witness.concept, evidence.levels, evidence.standing, party)
    yield from _flip(model, witness, evidence, party)


def _proof(witness: Witness, evidence: Evidence, party: str) -> Iterator[str]:
    """What the others can make of the improvement."""
    proof, replies = evidence.proof, EVERY[witness.concept].replies
    if proof is None or replies == "none":
        return
    others = proof.reached.count() - 1
    if not others and replies == "any":
        yield _("The others have no move that they could answer with.")
    elif not others:
        yield _("None of the others gains by answering.")
    elif proof.moved:
        yield _n(
            "The others can bring it to {count} state from there. {Party} prefers that to the one it left, or can "
            "then move to one that it prefers.",
            "The others can bring it to {count} states from there. {Party} prefers each of them to the one it left, or "
            "can then move to one that it prefers.",
            others,
            count=size(others),
            party=party,
        )
    else:
        yield _n(
            "The others can bring it to {count} state from there, which {party} prefers to the one it left.",
            "The others can bring it to {count} states from there, each of which {party} prefers to the one it left.",
            others,
            count=size(others),
            party=party,
        )


def _seen(answer: Answer, here: Standing, party: str) -> str:
    assert answer.end is not None, "an answer has an end"
    return _(
        "{Party} ranks {here} of all states below this one, {gain} below the one it could improve to, and {end} below "
        "the one in which the answer ends.",
        party=party,
        here=share_words(here),
        gain=share_words(answer.standing),
        end=share_words(answer.end),
    )


def share_words(seen: Standing) -> str:
    """What share of the states a party ranks lower, in percent and cut off, so that 100 is never said of less.

    Examples
    --------
    >>> share_words(Standing("better", 2, 3)), share_words(Standing("worse", 1, 2000))
    ('66%', '0.05%')
    """
    digits = 0
    while digits < 4 and seen.lower and not 100 * 10**digits * seen.lower // seen.of:
        digits += 1
    cut = 100 * 10**digits * seen.lower // seen.of
    return _("{number}%", number=decimal(cut / 10**digits, digits))


def _level(concept: str, levels: Levels, here: Standing, party: str) -> Iterator[str]:
    """What the party can secure, or be held to, where that is defined."""
    level: Level | None = levels.maximin if concept == "gmr" else levels.minimax
    if level is None:
        return
    values = {"party": party, "level": share_words(level.standing), "here": share_words(here)}
    if concept == "gmr":
        yield _(
            "Whatever the others do, {party} can secure a state above {level} of all states in its order, and no more; "
            "this one stands above {here}.",
            **values,
        )
    else:
        yield _(
            "Once the others have settled what they do, {party} can always get to a state above {level} of all states in "
            "its order, and they can keep it from more; this one stands above {here}.",
            **values,
        )


def _flip(model: Model, witness: Witness, evidence: Evidence, party: str) -> Iterator[str]:
    """The one comparison that would turn the verdict."""
    turned = evidence.flip
    if turned is None:
        if witness.reason != "no move":
            yield _("No single comparison of {party} decides this verdict.", party=party)
        return
    values = {"party": party, "state": state_words(model, turned.state)}
    if witness.stable:
        told = _("The verdict would turn if {party} preferred one more state to this one: {state}.", **values)
    else:
        told = _("The verdict would turn if {party} did not prefer one of the states to this one: {state}.", **values)
    yield " ".join([told, *_apart(turned.groups)])


def _apart(groups: int | None) -> Iterator[str]:
    if groups == 0:
        yield _("It likes the two equally well now.")
    elif groups is not None:
        yield _n(
            "In its order of wishes the two are {n} step apart.",
            "In its order of wishes the two are {n} steps apart.",
            groups,
        )
