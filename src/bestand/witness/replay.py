"""Checking a witness against the model alone: `replay`.

Every sentence of a witness is put to the model in plain Python (`bestand.witness.plain`), by the definitions
and not by the closure algebra. Where that would take too many states the replay says what it has not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from bestand.model.model import Model
from bestand.stability.registry import EVERY, chosen

from .plain import Plain, TooMany, check_party
from .witness import Answer, Evidence, Flip, Levels, Proof, Standing, Witness

MOST = 100_000  # states that are looked at for one question


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of checking a witness.

    Parameters
    ----------
    wrong : tuple of str
        What is not as the witness says.
    unchecked : tuple of str
        What would have taken more states than were granted.
    """

    wrong: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether everything was checked and nothing is wrong."""
        return not self.wrong and not self.unchecked

    def __bool__(self) -> bool:
        return self.confirmed

    def __str__(self) -> str:
        if self.confirmed:
            return "confirmed"
        told = [f"wrong: {what}" for what in self.wrong] + [f"not checked: {what}" for what in self.unchecked]
        return "\n".join(told)


def replay(model: Model, witness: Witness, most: int = MOST) -> Replay:
    """Check the grounds of a verdict against the model alone.

    Parameters
    ----------
    model : Model
        The model that was analysed, readings applied.
    witness : Witness or Explanation
        What `Result.explain` gives, or the witness in it.
    most : int
        States that may be looked at for one question; what would take more is not checked, and named.

    Returns
    -------
    Replay
        True where everything is confirmed; else ``wrong`` and ``unchecked`` say what is not.

    Raises
    ------
    CallError
        For a party or a concept that there is not.

    Notes
    -----
    Each step, its legality and its credibility; that the improvements are all there; that answers are as short as can
    be; where each ends and what the party could do then; that what the others can make of an open improvement is
    complete; maximin and minimax; and the comparison that would turn the verdict, against every other one. O(parties ·
    states² ) at worst.

    Examples
    --------
    >>> import bestand
    >>> result = bestand.analyse("textbook/chicken")
    >>> print(bestand.replay(result.model, result.explain("10", "P2", "gmr")))
    confirmed
    """
    witness = getattr(witness, "witness", witness)
    check_party(model, witness.party)
    chosen([witness.concept])
    plain = Plain(model, most)
    if not plain.feasible(witness.state):
        return Replay((f"{model.bits(witness.state)} is not a feasible state",))
    return _Replaying(plain, witness).run()


class _Replaying:
    """One witness being checked."""

    def __init__(self, plain: Plain, witness: Witness) -> None:
        self.plain, self.witness = plain, witness
        self.i, self.start = witness.party, witness.state
        self.facts = EVERY[witness.concept]
        self.wrong: list[str] = []
        self.unchecked: list[str] = []
        self._reach: dict[tuple[int, str], dict[int, int]] = {}

    def run(self) -> Replay:
        self._ask("the moves and improvements of the party", self._improvements)
        self._ask("the verdict", self._verdict)
        self._ask("that answers of best moves are where the witness says", self._loose)
        for answer in self.witness.answers:
            self._ask(f"the standing of {self._bits(answer.improvement)}", lambda a=answer: self._seen(a))
            if self.witness.stable:
                self._answer(answer)
        missing = self.witness.improvements - len(self.witness.answers)
        if self.witness.stable and missing > 0:
            self.unchecked.append(f"answers that the witness does not show: {missing}")
        if not self.witness.stable:
            self._ask("that the improvement shown is the most tempting open one", self._open)
        if self.witness.evidence is not None:
            self._evidence(self.witness.evidence)
        return Replay(tuple(self.wrong), tuple(self.unchecked))

    def _ask(self, what: str, check: Callable[[], Iterator[str]]) -> None:
        try:
            self.wrong += check()
        except TooMany:
            self.unchecked.append(what)

    def _bits(self, state: int) -> str:
        return self.plain.model.bits(state)

    # ---- what is preferred and what the others can make of a move ----

    @cached_property
    def _better(self) -> set[int]:
        return {state for state in self.plain.states if self.plain.prefers(self.i, state, self.start)}

    def _prefers(self, state: int) -> bool:
        return self.plain.prefers(self.i, state, self.start)

    @cached_property
    def _tempting(self) -> list[int]:
        return [target for target in self.plain.moves(self.i, self.start) if self._prefers(target)]

    def _lengths(self, start: int, kind: str) -> dict[int, int]:
        """The length of a shortest answer to every state that one leads to."""
        if (start, kind) not in self._reach:
            found: dict[int, int] = {}
            for state, _, length in self.plain.sequences(self.i, start, kind):
                found.setdefault(state, length)
            self._reach[start, kind] = found
        return self._reach[start, kind]

    def _deters(self, end: int, prefers: Callable[[int], bool]) -> bool:
        """Whether an answer that ends in a state leaves the party no better off, and without an escape."""
        if prefers(end):
            return False
        return not self.facts.counters or not any(map(prefers, self.plain.moves(self.i, end)))

    def _answered(self, target: int, prefers: Callable[[int], bool], kind: str) -> bool:
        return any(self._deters(end, prefers) for end in self._lengths(target, kind))

    def _stable(self, prefers: Callable[[int], bool]) -> bool:
        """The definition, for any set of states that the party prefers to where it stands."""
        tempting = filter(prefers, self.plain.moves(self.i, self.start))
        return all(self._answered(target, prefers, self.facts.replies) for target in tempting)

    # ---- the witness ----

    def _improvements(self) -> Iterator[str]:
        witness, moves = self.witness, self.plain.moves(self.i, self.start)
        if witness.moves != len(moves):
            yield f"the party has {len(moves)} moves, not {witness.moves}"
        if witness.improvements != len(self._tempting):
            yield f"the party has {len(self._tempting)} improvements, not {witness.improvements}"
        shown = [answer.improvement for answer in witness.answers]
        for target in set(shown) - set(self._tempting):
            yield f"{self._bits(target)} is no improvement of the party"
        if not witness.stable:
            if len(shown) != 1:
                yield f"{len(shown)} open improvements are shown, not one"
            return
        ordered = sorted(self._tempting, key=lambda t: (_Down(self.plain.merit(self.i, t)), t))
        if shown != ordered[: len(shown)]:
            yield "the improvements are not the most tempting ones in order"

    def _verdict(self) -> Iterator[str]:
        if self._stable(self._prefers) is not self.witness.stable:
            yield f"the state is {'un' * self.witness.stable}stable for the party"

    def _loose(self) -> Iterator[str]:
        witness = self.witness
        if witness.loose is None:
            if self.facts.firm is None or not witness.stable:
                yield "nothing is left open about best moves where they do not matter"
            return
        loose = (
            witness.stable
            and self.facts.replies == "credible"
            and not all(self._answered(target, self._prefers, "best") for target in self._tempting)
        )
        if loose is not witness.loose:
            yield f"answers of best moves alone {'do not' if loose else 'do'} hold the state"

    def _seen(self, answer: Answer) -> Iterator[str]:
        yield from self._standing(answer.improvement, answer.standing)

    def _standing(self, state: int, given: Standing) -> Iterator[str]:
        plain, i = self.plain, self.i
        if not plain.feasible(state):
            yield f"{self._bits(state)} is not feasible"
            return
        here, there = plain.merit(i, self.start), plain.merit(i, state)
        right = "better" if there > here else "worse" if there < here else "equal"
        if given.compared != right:
            yield f"{self._bits(state)} is {right} for the party, not {given.compared}"
        lower = sum(plain.prefers(i, state, other) for other in plain.states)
        if (given.lower, given.of) != (lower, len(plain.states)):
            yield f"the party ranks {lower} of {len(plain.states)} states below {self._bits(state)}"

    def _answer(self, answer: Answer) -> None:
        wrong = list(self._steps(answer))
        self.wrong += wrong
        if wrong or not answer.steps:
            return
        end, told = answer.steps[-1].state, f"the answer to {self._bits(answer.improvement)}"
        if answer.end is None:
            self.wrong.append(f"{told} does not say how the party sees its end")
        else:
            given = answer.end
            self._ask(f"the standing of the end of {told}", lambda: self._standing(end, given))
        self._ask(f"that {told} is effective", lambda: self._effective(answer))
        self._ask(f"that {told} is a shortest one", lambda: self._shortest(answer))

    def _steps(self, answer: Answer) -> Iterator[str]:
        """Whether each step is legal, made by somebody else than the one before, and one that counts."""
        plain, at, last = self.plain, answer.improvement, self.i
        best = answer.best is True and self.facts.replies in ("credible", "best")
        if not answer.steps:
            yield f"no answer to {self._bits(at)} is shown"
        for step in answer.steps:
            told = f"the step from {self._bits(at)} to {self._bits(step.state)}"
            if not 0 <= step.party < len(plain.model.parties):
                yield f"{told} is made by nobody"
                return
            if step.party == self.i:
                yield f"{told} is made by the party that is answered"
            elif step.party == last:
                yield f"{told} is made by the party that made the one before"
            if not plain.may(step.party, at, step.state):
                yield f"{told} is no legal move of {plain.model.parties[step.party].id}"
            elif self.facts.replies != "any" and not plain.prefers(step.party, step.state, at):
                yield f"{told} is no improvement for {plain.model.parties[step.party].id}"
            elif best:
                try:
                    if step.state not in plain.steps(step.party, at, "best"):
                        yield f"{told} is no best move of {plain.model.parties[step.party].id}"
                except TooMany:
                    self.unchecked.append(f"that {told} is a best move")
            at, last = step.state, step.party

    def _effective(self, answer: Answer) -> Iterator[str]:
        end, after = answer.steps[-1].state, answer.afterwards
        if self._prefers(end):
            yield f"the party prefers {self._bits(end)}, where the answer to {self._bits(answer.improvement)} ends"
        if not self.facts.counters:
            if after is not None:
                yield "what the party could do after the answer does not count under this concept"
            return
        moves = self.plain.moves(self.i, end)
        escapes = [target for target in moves if self._prefers(target)]
        if escapes:
            yield f"the party can escape from {self._bits(end)} to {self._bits(escapes[0])}"
        if after is None:
            yield f"it is not said what the party could do from {self._bits(end)}"
        elif after.moves != len(moves):
            yield f"the party has {len(moves)} moves from {self._bits(end)}, not {after.moves}"
        elif moves:
            if after.best not in moves or after.standing is None:
                yield f"the party's best move from {self._bits(end)} is not shown"
            else:
                if any(self.plain.prefers(self.i, target, after.best) for target in moves):
                    yield f"the party has a better move from {self._bits(end)} than to {self._bits(after.best)}"
                yield from self._standing(after.best, after.standing)
        elif after.best is not None or after.standing is not None:
            yield f"the party has no move from {self._bits(end)}"

    def _shortest(self, answer: Answer) -> Iterator[str]:
        replies = self.facts.replies
        kind = "best" if replies == "credible" and answer.best is True else replies
        lengths = [
            length
            for end, length in self._lengths(answer.improvement, kind).items()
            if self._deters(end, self._prefers)
        ]
        if not lengths or len(answer.steps) != min(lengths):
            yield f"the answer to {self._bits(answer.improvement)} is not a shortest one of its kind"
        settled = replies == "credible" and answer.best is False
        if settled and self._answered(answer.improvement, self._prefers, "best"):
            yield f"best moves alone answer {self._bits(answer.improvement)}"

    def _open(self) -> Iterator[str]:
        open_ = [t for t in self._tempting if not self._answered(t, self._prefers, self.facts.replies)]
        for answer in self.witness.answers:
            if answer.steps:
                yield "an open improvement is shown with an answer"
            if answer.improvement not in open_:
                yield f"{self._bits(answer.improvement)} is answered, or no improvement"
            elif any(self.plain.prefers(self.i, target, answer.improvement) for target in open_):
                yield f"{self._bits(answer.improvement)} is not the most tempting open improvement"

    # ---- the evidence ----

    def _evidence(self, evidence: Evidence) -> None:
        self._ask("the standing of the state", lambda: self._standing(self.start, evidence.standing))
        proof = evidence.proof
        if (proof is None) is not self.witness.stable:
            self.wrong.append("a proof belongs to what is unstable, and to nothing else")
        elif proof is not None:
            if [proof.improvement] != [answer.improvement for answer in self.witness.answers]:
                self.wrong.append("the proof is of another improvement than the one shown")
            self._ask("all that the others can make of the improvement", lambda: self._proof(proof))
        if (evidence.levels is None) is (self.witness.concept in ("gmr", "smr")):
            self.wrong.append("levels belong to GMR and SMR")
        levels = evidence.levels
        if levels is not None:
            self._ask("maximin and minimax", lambda: self._levels(levels))
        self._ask("what would turn the verdict", lambda: self._flip(evidence.flip))

    def _proof(self, proof: Proof) -> Iterator[str]:
        last: dict[int, set[int]] = {proof.improvement: {self.i}}
        for state, mover, _ in self.plain.sequences(self.i, proof.improvement, self.facts.replies):
            last.setdefault(state, set()).add(mover)
        given = proof.reached.count()
        if given != len(last):
            yield f"the others can bring it to {len(last)} states, not {given}"
        for state in last:
            if state not in proof.reached:
                yield f"the others can bring it to {self._bits(state)}, which is not in the proof"
        if proof.last is not None and {s: set(movers) for s, movers in proof.last.items()} != last:
            yield "who can have moved last is not as the proof says"
        if self.plain.model.forbidden_moves and proof.last is None and self.facts.replies != "none":
            yield "the proof does not say who can have moved last"
        yield from self._better_off(proof, list(last))

    def _better_off(self, proof: Proof, states: list[int]) -> Iterator[str]:
        """Whether the party is better off throughout, where it has to move for that as the proof says."""
        if (proof.moved is None) is self.facts.counters:
            yield "where the party has to move once more is told under concepts that count it, and no others"
        moved = 0
        for state in states:
            stays = self._prefers(state)
            if not stays:
                moved += 1
                if not self.facts.counters or not any(map(self._prefers, self.plain.moves(self.i, state))):
                    yield f"in {self._bits(state)} the party is no better off"
            if proof.moved is not None and (state in proof.moved) is stays:
                yield f"whether the party has to move once more in {self._bits(state)} is told wrong"
        if proof.moved is not None and proof.moved.count() != moved:
            yield f"in {moved} states the party has to move once more, not {proof.moved.count()}"

    def _levels(self, levels: Levels) -> Iterator[str]:
        model, plain = self.plain.model, self.plain
        hindered = "forbidden moves" if model.forbidden_moves else None
        hindered = "one-way options" if model.one_way else hindered
        hindered = "infeasible states" if len(plain.states) < 1 << len(model.options) else hindered
        if levels.undefined != hindered:
            yield f"levels are undefined because of {hindered}, not {levels.undefined}"
        if hindered:
            if levels.maximin or levels.minimax:
                yield "levels are told where they are undefined"
            return
        own = model.mask(option.id for option in model.parties[self.i].options)
        mine = sorted({state & own for state in plain.states})
        theirs = sorted({state & ~own for state in plain.states})
        merit = {pair: plain.merit(self.i, sum(pair)) for pair in product(mine, theirs)}
        maximin = max(min(merit[x, y] for y in theirs) for x in mine)
        minimax = min(max(merit[x, y] for x in mine) for y in theirs)
        for name, given, right in (("maximin", levels.maximin, maximin), ("minimax", levels.minimax, minimax)):
            if given is None:
                yield f"the {name} is missing"
            elif not plain.feasible(given.state) or plain.merit(self.i, given.state) != right:
                yield f"the {name} is not the rank of {self._bits(given.state)}"
            else:
                yield from self._standing(given.state, given.standing)

    def _flip(self, flip: Flip | None) -> Iterator[str]:
        """Every comparison is turned by itself."""
        turning = [state for state in self.plain.states if state != self.start and self._turns(state)]
        if flip is None:
            if turning:
                yield f"the verdict turns with the comparison to {self._bits(turning[0])}"
            return
        yield from self._standing(flip.state, flip.standing)
        if flip.count != len(turning):
            yield f"{len(turning)} single comparisons turn the verdict, not {flip.count}"
        if flip.state not in turning:
            yield f"the comparison with {self._bits(flip.state)} does not turn the verdict"
        elif self._apart(flip.state) != min(map(self._apart, turning)):
            yield f"there is a nearer comparison than with {self._bits(flip.state)}"
        if flip.groups is not None and flip.groups != self._apart(flip.state):
            yield f"{self._bits(flip.state)} is {self._apart(flip.state)} groups away, not {flip.groups}"

    def _turns(self, state: int) -> bool:
        turned = self._better ^ {state}
        return self._stable(turned.__contains__) is not self.witness.stable

    @cached_property
    def _places(self) -> dict[Any, int]:
        merits = {self.plain.merit(self.i, state) for state in self.plain.states}
        return {merit: place for place, merit in enumerate(sorted(merits))}

    def _apart(self, state: int) -> int:
        return abs(self._places[self.plain.merit(self.i, state)] - self._places[self.plain.merit(self.i, self.start)])


class _Down:
    """Sorts what it holds from the greatest down."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: _Down) -> bool:
        return other.value < self.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Down) and other.value == self.value

    def __hash__(self) -> int:
        return hash(self.value)
