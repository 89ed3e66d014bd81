"""Why a state is stable for a party, or is not: in a few sentences, in the words of the model.

Plain language first: who could gain by what, and who would answer how.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.model.model import Model
from bestand.prose.messages import Subject, _, _n, _s, number
from bestand.prose.names import concept_names
from bestand.prose.phrases import move_words, party_name, path_words
from bestand.stability.concept import Rounds
from bestand.stability.registry import EVERY

from .witness import Answer, Witness


def witness_words(model: Model, witness: Witness) -> str:
    """Return a verdict and its grounds, in a few sentences."""
    return f"{verdict_words(model, witness.party, witness.stable, [witness.concept])} {grounds_words(model, witness)}"


def verdict_words(model: Model, i: int, stable: bool, concepts: Sequence[str]) -> str:
    """Return the verdict alone, under some concepts at once."""
    party, names = party_name(model, model.parties[i].id), concept_names(concepts)
    if stable:
        return _("Stable for {party} under {concepts}.", party=party, concepts=names)
    return _("Unstable for {party} under {concepts}.", party=party, concepts=names)


def grounds_words(model: Model, witness: Witness) -> str:
    """Return the grounds of a verdict without the verdict, in whole sentences."""
    rest = [unanswered(witness)] if witness.reason == "open" else answer_sentences(model, witness)
    return " ".join([beginning(model, witness), *rest, *rest_words(witness)])


def beginning(model: Model, witness: Witness) -> str:
    """Return what the party can do, before it is asked what the others would."""
    party = party_name(model, model.parties[witness.party].id)
    if witness.reason == "no move":
        return _s(
            "{Party} has no move from here, and that alone makes it stable.",
            "{Party} have no move from here, and that alone makes it stable.",
            party,
        )
    if witness.reason == "no improvement":
        return _nothing_better(party, witness.moves)
    if not witness.answers:
        return _n(
            "{Party} could improve in {n} way, and it is answered.",
            "{Party} could improve in {n} ways, and each is answered.",
            witness.improvements,
            party=party,
        )
    move = move_words(model, witness.state, witness.answers[0].improvement, model.parties[witness.party].id)
    if not witness.stable:
        return _s("{Party} can improve: it {move}.", "{Party} can improve: they {move}.", party, move=move)
    if witness.improvements == 1:
        return _s("{Party} could improve: it {move}.", "{Party} could improve: they {move}.", party, move=move)
    return _s(
        "{Party} could improve in {n} ways, of which this one tempts it most: it {move}.",
        "{Party} could improve in {n} ways, of which this one tempts them most: they {move}.",
        party,
        n=number(witness.improvements),
        move=move,
    )


def _nothing_better(party: Subject, moves: int) -> str:
    """Tell how many moves a party has, none of which it would make."""
    if party.plural:
        return _n(
            "{Party} have {n} move from here, which leads to nothing that they like better.",
            "{Party} have {n} moves from here, and none leads to anything that they like better.",
            moves,
            party=party,
        )
    return _n(
        "{Party} has {n} move from here, which leads to nothing that it likes better.",
        "{Party} has {n} moves from here, and none leads to anything that it likes better.",
        moves,
        party=party,
    )


def unanswered(witness: Witness) -> str:
    """Say that nothing answers the improvement that is shown."""
    rounds = EVERY[witness.concept].rounds
    if not rounds:
        return _("How the others would answer is not considered.")
    words = _not_taken_away(rounds[0], for_good=len(rounds) > 1)
    if len(rounds) <= 2:
        return words
    further = _("Wherever they bring it, it can stay or move on to something better, and no answer to that changes it.")
    return f"{words} {further}"


def _not_taken_away(kind: str, *, for_good: bool) -> str:
    match kind, for_good:
        case "any", False:
            return _("No move of the others takes that gain away.")
        case "any", True:
            return _("No move of the others takes that gain away for good.")
        case "credible", False:
            return _("No improvements of the others take that gain away.")
        case "credible", True:
            return _("No improvements of the others take that gain away for good.")
        case "purposeful", False:
            return _("No moves of the others in which they give nothing away take that gain away.")
        case "purposeful", True:
            return _("No moves of the others in which they give nothing away take that gain away for good.")
        case _, False:
            return _("The best moves of the others do not take that gain away.")
        case _:
            return _("The best moves of the others do not take that gain away for good.")


def answer_sentences(model: Model, witness: Witness) -> Iterator[str]:
    """Tell the answer to the most tempting improvement, and that the others have theirs."""
    if witness.answers:
        yield from _in_turn(model, EVERY[witness.concept].rounds, witness.answers[0])


def _in_turn(model: Model, rounds: Rounds, answer: Answer) -> Iterator[str]:
    """Tell an answer, and why there is no escape from it, or the answer to the most tempting of what looks like one."""
    yield _reply(model, rounds[0], answer)
    yield _left(answer)
    after = answer.afterwards
    if after is None:
        return
    if not after.answers:
        yield _no_escape(after.moves) if not after.improvements else _answered_too(after.improvements)
        return
    yield _answered_too(after.improvements)
    first = after.answers[0]
    if first.improvement == answer.last:
        yield _("Suppose it stays there.")
    else:
        yield _("Suppose it then {move}.", move=move_words(model, answer.last, first.improvement))
    yield from _in_turn(model, rounds[2:], first)


def _answered_too(improvements: int) -> str:
    return _n(
        "From there it can have {n} state that it prefers to the one it left, and that is answered in turn.",
        "From there it can have {n} states that it prefers to the one it left, and each is answered in turn.",
        improvements,
    )


def rest_words(witness: Witness) -> Iterator[str]:
    """Tell that the other improvements have their answers, and of which kind."""
    if witness.stable and witness.answers and witness.improvements > 1:
        yield _n(
            "The other improvement is answered too.",
            "The other {n} improvements are answered too.",
            witness.improvements - 1,
        )
    if witness.loose:
        yield _loosely(witness)
    elif witness.loose is None:
        yield _("Whether best moves alone answer as well has not been looked into.")


def _loosely(witness: Witness) -> str:
    """Tell that an answer takes moves which whoever makes them would rather not choose."""
    count = sum(answer.best is False for answer in witness.answers)
    if witness.improvements == 1:
        return _("That answer takes a move that is not the best one of whoever makes it.")
    if not count:
        return _("Some of these answers take moves that are not the best ones of those who make them.")
    return _n(
        "{n} of these answers takes a move that is not the best one of whoever makes it.",
        "{n} of these answers take moves that are not the best ones of those who make them.",
        count,
    )


def _reply(model: Model, kind: str, answer: Answer) -> str:
    if not answer.steps:
        return _("But the others can wait.")
    path = answer_path(model, answer)
    match kind:
        case "any":
            return _("But others can answer: {path}.", path=path)
        case "credible":
            return _("But others would answer, each with a gain of its own: {path}.", path=path)
        case "purposeful":
            return _("But others would answer, each with a gain and giving nothing away: {path}.", path=path)
        case _:
            return _("But others would answer, each by its best move: {path}.", path=path)


def answer_path(model: Model, answer: Answer) -> str:
    """Return the steps of an answer in words."""
    steps = [(model.parties[step.party].id, step.state) for step in answer.steps]
    return path_words(model, answer.improvement, steps)


def _left(answer: Answer) -> str:
    assert answer.end is not None, "an answer has an end"
    if answer.end.compared == "worse":
        return _("That leaves it worse off than before.")
    if answer.end.compared == "better":
        return _("That leaves it better off than before, but not for good.")
    return _("That leaves it no better off than before.")


def _no_escape(moves: int) -> str:
    if not moves:
        return _("From there it has no move.")
    return _n(
        "The one move that it has from there leads to nothing better.",
        "None of the {n} moves that it has from there leads to anything better.",
        moves,
    )
