"""Checking a witness against the model alone: `replay`.

Every sentence of a witness is put to the model in plain Python (`bestand.witness.plain`), by the definitions
(`bestand.witness.definition`) and not by the closure algebra. Where that would take too many states the replay says
what it has not checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bestand.model.model import Model
from bestand.stability.implications import best_moves_alone
from bestand.stability.registry import chosen

from .checking import Checking
from .plain import Plain, check_party
from .replay_answers import check_answers
from .replay_evidence import check_evidence
from .witness import Witness

MOST = 100_000  # states that are looked at for one question


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of checking a witness.

    Parameters
    ----------
    wrong : tuple of str
        What is not as the witness says.
    unchecked : tuple of str
        What would have taken more states than were granted, or is not shown; each said once.
    """

    wrong: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Return whether everything was checked and nothing is wrong."""
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
    checking = Checking(plain, witness)
    checking.ask("the moves and improvements of the party", lambda: _improvements(checking))
    checking.ask("the verdict", lambda: _verdict(checking))
    checking.ask("that answers of best moves are where the witness says", lambda: _loose(checking))
    for answer in witness.answers:
        at, seen = answer.improvement, answer.standing
        checking.ask(f"the standing of {checking.bits(at)}", lambda at=at, seen=seen: checking.standing(at, seen))
    if witness.stable:
        check_answers(checking, checking.rounds, witness.improvements, witness.answers)
    else:
        checking.ask("that the improvement shown is the most tempting open one", lambda: _open(checking))
    if witness.evidence is not None:
        check_evidence(checking, witness.evidence)
    return Replay(tuple(checking.wrong), tuple(dict.fromkeys(checking.unchecked)))


def _improvements(checking: Checking) -> Iterator[str]:
    """Check whether all moves and improvements are counted, and the most tempting ones are shown."""
    witness, moves = checking.witness, checking.plain.moves(checking.i, checking.start)
    tempting = checking.tempting(moves)
    if witness.moves != len(moves):
        yield f"the party has {len(moves)} moves, not {witness.moves}"
    if witness.improvements != len(tempting):
        yield f"the party has {len(tempting)} improvements, not {witness.improvements}"
    shown = [answer.improvement for answer in witness.answers]
    for target in set(shown) - set(tempting):
        yield f"{checking.bits(target)} is no improvement of the party"
    if not witness.stable:
        if len(shown) != 1:
            yield f"{len(shown)} open improvements are shown, not one"
    elif shown != tempting[: len(shown)]:
        yield "the improvements are not the most tempting ones in order"


def _verdict(checking: Checking) -> Iterator[str]:
    if checking.definition.stable(checking.start, checking.rounds) is not checking.witness.stable:
        yield f"the state is {'un' * checking.witness.stable}stable for the party"


def _loose(checking: Checking) -> Iterator[str]:
    witness, rounds = checking.witness, checking.rounds
    if witness.loose is None:
        if "credible" not in rounds or not witness.stable:
            yield "nothing is left open about best moves where they do not matter"
        return
    loose = witness.stable and not checking.definition.stable(checking.start, best_moves_alone(rounds))
    if loose is not witness.loose:
        yield f"answers of best moves alone {'do not' if loose else 'do'} hold the state"


def _open(checking: Checking) -> Iterator[str]:
    """Check whether the improvement shown is one that nothing answers, and no other one tempts the party more."""
    tempting = checking.tempting(checking.plain.moves(checking.i, checking.start))
    open_ = [target for target in tempting if not checking.definition.answered(target, checking.rounds)]
    for answer in checking.witness.answers:
        if answer.steps:
            yield "an open improvement is shown with an answer"
        if answer.improvement not in open_:
            yield f"{checking.bits(answer.improvement)} is answered, or no improvement"
        elif any(checking.plain.prefers(checking.i, target, answer.improvement) for target in open_):
            yield f"{checking.bits(answer.improvement)} is not the most tempting open improvement"
