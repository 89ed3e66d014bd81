"""Checking the answers of a witness: each step, its legality and its credibility, its end, and what follows it."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.stability.concept import Rounds

from .checking import Checking
from .plain import TooMany
from .witness import Afterwards, Answer


def check_answers(checking: Checking, rounds: Rounds, improvements: int, answers: tuple[Answer, ...]) -> None:
    """Check an answer to each of some moves of the party."""
    for answer in answers if rounds else ():
        _check(checking, rounds, answer)
    if answers and not rounds:
        checking.wrong.append("answers are shown under a concept without answers")
    missing = improvements - len(answers)
    if missing > 0:
        checking.unchecked.append(f"answers that the witness does not show: {missing}")


def _check(checking: Checking, rounds: Rounds, answer: Answer) -> None:
    wrong = list(_steps(checking, rounds, answer))
    checking.wrong += wrong
    if wrong:
        return
    words = f"the answer to {checking.bits(answer.improvement)}"
    if answer.end is None:
        checking.wrong.append(f"{words} does not say how the party sees its end")
    else:
        seen = answer.end
        checking.ask(f"the standing of the end of {words}", lambda: checking.standing(answer.last, seen))
    checking.ask(f"that {words} is effective", lambda: _effective(checking, rounds, answer))
    checking.ask(f"that {words} is a shortest one", lambda: _shortest(checking, rounds, answer))


def _steps(checking: Checking, rounds: Rounds, answer: Answer) -> Iterator[str]:
    """Check whether each step is legal, made by somebody else than the one before, and one that counts."""
    plain, at, last, kind = checking.plain, answer.improvement, checking.i, rounds[0]
    best = kind == "best" or (kind == "credible" and answer.best is True)
    if not answer.steps and len(rounds) <= 2:  # who can wait for what the party does is answered by waiting
        yield f"no answer to {checking.bits(at)} is shown"
    for step in answer.steps:
        words = f"the step from {checking.bits(at)} to {checking.bits(step.state)}"
        if not 0 <= step.party < len(plain.model.parties):
            yield f"{words} is made by nobody"
            return
        name = plain.model.parties[step.party].id
        if step.party == checking.i:
            yield f"{words} is made by the party that is answered"
        elif step.party == last:
            yield f"{words} is made by the party that made the one before"
        if not plain.may(step.party, at, step.state):
            yield f"{words} is no legal move of {name}"
        elif kind != "any" and not plain.prefers(step.party, step.state, at):
            yield f"{words} is no improvement for {name}"
        elif best or kind == "purposeful":
            narrow = "best" if best else kind
            try:
                if step.state not in plain.steps(step.party, at, narrow):
                    yield f"{words} is no {narrow} move of {name}"
            except TooMany:
                checking.unchecked.append(f"that {words} is a {narrow} move")
        at, last = step.state, step.party


def _effective(checking: Checking, rounds: Rounds, answer: Answer) -> Iterator[str]:
    end, after = answer.last, answer.afterwards
    if len(rounds) <= 2 and checking.prefers(end):
        yield f"the party prefers {checking.bits(end)}, where the answer to {checking.bits(answer.improvement)} ends"
    if len(rounds) == 1:
        if after is not None:
            yield "what the party could do after the answer does not count under this concept"
        return
    if len(rounds) == 2:
        escapes = [target for target in checking.plain.moves(checking.i, end) if checking.prefers(target)]
        if escapes:
            yield f"the party can escape from {checking.bits(end)} to {checking.bits(escapes[0])}"
    if after is None:
        yield f"it is not said what the party could do from {checking.bits(end)}"
    else:
        yield from _after(checking, end, after)
        yield from _answered_in_turn(checking, rounds[2:], end, after)


def _after(checking: Checking, end: int, after: Afterwards) -> Iterator[str]:
    """Check whether the moves after an answer are counted, and the best of them is shown."""
    moves, bits = checking.plain.moves(checking.i, end), checking.bits
    if after.moves != len(moves):
        yield f"the party has {len(moves)} moves from {bits(end)}, not {after.moves}"
    elif not moves:
        if after.best is not None or after.standing is not None:
            yield f"the party has no move from {bits(end)}"
    elif after.best not in moves or after.standing is None:
        yield f"the party's best move from {bits(end)} is not shown"
    else:
        if any(checking.plain.prefers(checking.i, target, after.best) for target in moves):
            yield f"the party has a better move from {bits(end)} than to {bits(after.best)}"
        yield from checking.standing(after.best, after.standing)


def _answered_in_turn(checking: Checking, rounds: Rounds, end: int, after: Afterwards) -> Iterator[str]:
    """Check whether whatever the party gets to after an answer, or stays in, has its answer."""
    if (after.answers is None) is bool(rounds):
        yield "answers to what the party does after an answer belong to concepts that look so far, and to no others"
        return
    tempting = checking.tempting({end, *checking.plain.moves(checking.i, end)}) if rounds else []
    answers = after.answers or ()
    if after.improvements != len(tempting):
        yield f"the party prefers {len(tempting)} of what it can have from {checking.bits(end)}"
    if [answer.improvement for answer in answers] != tempting[: len(answers)]:
        yield f"what the party can have from {checking.bits(end)} is not shown, the most tempting first"
        return
    for answer in answers:
        yield from checking.standing(answer.improvement, answer.standing)
    check_answers(checking, rounds, len(tempting), answers)


def _shortest(checking: Checking, rounds: Rounds, answer: Answer) -> Iterator[str]:
    credible, definition = rounds[0] == "credible", checking.definition
    kind = "best" if credible and answer.best is True else rounds[0]
    ends = {answer.improvement: 0, **checking.lengths(answer.improvement, kind)}
    ends[answer.improvement] = 0
    lengths = [length for end, length in ends.items() if definition.deters(end, rounds[1:])]
    if not lengths or len(answer.steps) != min(lengths):
        yield f"the answer to {checking.bits(answer.improvement)} is not a shortest one of its kind"
    if credible and answer.best is False and _by_best_moves(checking, rounds, answer.improvement):
        yield f"best moves alone answer {checking.bits(answer.improvement)}"


def _by_best_moves(checking: Checking, rounds: Rounds, target: int) -> bool:
    """Return whether best moves alone lead somewhere that deters the party."""
    return any(checking.definition.deters(end, rounds[1:]) for end in checking.lengths(target, "best"))
