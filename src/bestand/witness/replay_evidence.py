"""Checking the evidence of a witness: that nothing answers an improvement, levels, and what would turn the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

from bestand.stability.concept import Rounds

from .checking import Checking
from .definition import Definition
from .levels import level_of
from .states import KeptStates
from .witness import Evidence, Flip, Levels, Proof, Stage


def check_evidence(checking: Checking, evidence: Evidence) -> None:
    """Check what a full explanation adds to a witness."""
    witness, proof, levels = checking.witness, evidence.proof, evidence.levels
    checking.ask("the standing of the state", lambda: checking.standing(checking.start, evidence.standing))
    if (proof is None) is not witness.stable:
        checking.wrong.append("a proof belongs to what is unstable, and to nothing else")
    elif proof is not None:
        if [proof.improvement] != [answer.improvement for answer in witness.answers]:
            checking.wrong.append("the proof is of another improvement than the one shown")
        checking.ask("all that the others can make of the improvement", lambda: _proof(checking, proof))
    if (levels is None) is not (level_of(checking.rounds) is None):
        checking.wrong.append("levels belong to GMR and SMR")
    if levels is not None:
        checking.ask("maximin and minimax", lambda: _levels(checking, levels))
    if evidence.flip_sought:
        checking.ask("what would turn the verdict", lambda: _flip(checking, evidence.flip))
    else:
        checking.unchecked.append("what would turn the verdict")


# ---- that nothing answers ----


def _proof(checking: Checking, proof: Proof) -> Iterator[str]:
    kind = checking.rounds[0] if checking.rounds else None
    last: dict[int, set[int]] = {proof.improvement: {checking.i}}
    if kind is not None:
        for state, mover, _ in checking.plain.sequences(checking.i, proof.improvement, kind):
            last.setdefault(state, set()).add(mover)
    yield from _same(checking, "the others can bring it to", proof.reached, last)
    if proof.last is not None and {s: set(movers) for s, movers in proof.last.items()} != last:
        yield "who can have moved last is not as the proof says"
    if checking.plain.model.forbidden_moves and proof.last is None and kind is not None:
        yield "the proof does not say who can have moved last"
    stage = Stage(proof.reached, proof.reached, proof.moved, proof.onward)
    yield from _stage(checking, checking.rounds[1:], stage, list(last))
    for state, target in proof.escapes.items():
        if (
            proof.moved is None
            or state not in proof.moved
            or not _escapes(checking, checking.rounds[1:], state, target)
        ):
            yield f"the party gains nothing by moving from {checking.bits(state)} to {checking.bits(target)}"


def _escapes(checking: Checking, rounds: Rounds, state: int, target: int) -> bool:
    moves = checking.plain.moves(checking.i, state)
    return target in moves and checking.definition.gains(target, rounds[1:])


def _same(checking: Checking, words: str, given: KeptStates, right: Iterable[int]) -> Iterator[str]:
    """Check whether a set is what it should be; as far as it is listed."""
    right = set(right)
    if given.count() != len(right):
        yield f"{words} {len(right)} states, not {given.count()}"
    if not given.whole:
        checking.unchecked.append(f"that {words} what the witness does not list")
        for state in set(given.first()) - right:
            yield f"{checking.bits(state)} is not what {words}"
        return
    for state in right:
        if state not in given:
            yield f"{words} {checking.bits(state)}, which is not in the proof"


def _stage(checking: Checking, rounds: Rounds, stage: Stage, states: list[int]) -> Iterator[str]:
    """Check whether the party is better off in each of some states, where it has to move for that as the proof says."""
    if (stage.moved is None) is bool(rounds):
        yield "where the party has to move once more is told under concepts that count it, and no others"
    if (stage.onward is None) is (len(rounds) > 1):
        yield "what follows the party's next move is told under concepts that count it, and no others"
    definition = checking.definition
    leaves = []
    for state in states:
        if rounds and not definition.gains(state, rounds[1:]):
            leaves.append(state)
        if definition.deters(state, rounds):
            yield f"in {checking.bits(state)} the party is no better off"
    if stage.moved is not None and rounds:
        yield from _same(checking, "the party has to move once more in", stage.moved, leaves)
    if stage.onward is not None and len(rounds) > 1:
        yield from _onward(checking, rounds[1:], stage.onward, states)


def _onward(checking: Checking, rounds: Rounds, stage: Stage, states: list[int]) -> Iterator[str]:
    """Check whether the party can get, from each of some states, to one in which the next stage starts."""
    if not stage.starts.whole:
        checking.unchecked.append("what follows the party's next move")
        return
    starts = set(stage.starts.first())
    for state in states:
        if starts.isdisjoint({state, *checking.plain.moves(checking.i, state)}):
            yield f"from {checking.bits(state)} the party cannot get to where the proof goes on"
    reached = starts.union(*(checking.lengths(start, rounds[0]) for start in starts))
    for start in starts:
        if not checking.prefers(start):
            yield f"in {checking.bits(start)}, where the proof goes on, the party is no better off"
    yield from _same(checking, "the others can bring that to", stage.reached, reached)
    yield from _stage(checking, rounds[1:], stage, sorted(reached))


# ---- levels ----


def _levels(checking: Checking, levels: Levels) -> Iterator[str]:
    model, plain, i = checking.plain.model, checking.plain, checking.i
    hindered = "forbidden moves" if model.forbidden_moves else None
    hindered = "one-way options" if model.one_way else hindered
    hindered = "infeasible states" if len(plain.states) < 1 << len(model.options) else hindered
    if levels.undefined != hindered:
        yield f"levels are undefined because of {hindered}, not {levels.undefined}"
    if hindered:
        if levels.maximin or levels.minimax:
            yield "levels are told where they are undefined"
        return
    own = model.mask(option.id for option in model.parties[i].options)
    mine = sorted({state & own for state in plain.states})
    theirs = sorted({state & ~own for state in plain.states})
    merit = {pair: plain.merit(i, sum(pair)) for pair in product(mine, theirs)}
    maximin = max(min(merit[x, y] for y in theirs) for x in mine)
    minimax = min(max(merit[x, y] for x in mine) for y in theirs)
    for name, given, right in (("maximin", levels.maximin, maximin), ("minimax", levels.minimax, minimax)):
        if given is None:
            yield f"the {name} is missing"
        elif not plain.feasible(given.state) or plain.merit(i, given.state) != right:
            yield f"the {name} is not the rank of {checking.bits(given.state)}"
        else:
            yield from checking.standing(given.state, given.standing)


# ---- what would turn the verdict ----


def _flip(checking: Checking, flip: Flip | None) -> Iterator[str]:
    """Every comparison that the verdict asks for is turned by itself: no other can turn it."""
    asked: set[int] = set()
    _supposed(checking, lambda state: asked.add(state) or state in checking.better)
    asked.discard(checking.start)
    turning = [state for state in checking.plain.states if state in asked and _turns(checking, state)]
    if flip is None:
        if turning:
            yield f"the verdict turns with the comparison to {checking.bits(turning[0])}"
        return
    apart = _distance(checking)
    yield from checking.standing(flip.state, flip.standing)
    if flip.count != len(turning):
        yield f"{len(turning)} single comparisons turn the verdict, not {flip.count}"
    if flip.state not in turning:
        yield f"the comparison with {checking.bits(flip.state)} does not turn the verdict"
    elif apart(flip.state) != min(map(apart, turning)):
        yield f"there is a nearer comparison than with {checking.bits(flip.state)}"
    if flip.groups is not None and flip.groups != apart(flip.state):
        yield f"{checking.bits(flip.state)} is {apart(flip.state)} groups away, not {flip.groups}"


def _turns(checking: Checking, state: int) -> bool:
    supposed = _supposed(checking, lambda other: (other in checking.better) is not (other == state))
    return supposed is not checking.witness.stable


def _supposed(checking: Checking, prefers: Callable[[int], bool]) -> bool:
    """Return the verdict, did the party prefer these states."""
    supposed = Definition(checking.plain, checking.i, checking.lengths, prefers)
    return supposed.stable(checking.start, checking.rounds)


def _distance(checking: Checking) -> Callable[[int], int]:
    """Return how many groups of equally good states a state is away from the one in question."""
    plain, i = checking.plain, checking.i
    merits: set[Any] = {plain.merit(i, state) for state in plain.states}
    place = {merit: at for at, merit in enumerate(sorted(merits))}
    here = place[plain.merit(i, checking.start)]
    return lambda state: abs(place[plain.merit(i, state)] - here)
