"""What parties can do together: `coalitions`, `merged`, and their results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.answer.given import model_of
from bestand.answer.setting import limits_of
from bestand.answer.speaking import Tale, Told
from bestand.document.blocks import Block
from bestand.engine.limits import Limits, Progress, Watch
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import CallError, LimitReached, Stop, TooManyStates
from bestand.model.formula import Formula
from bestand.model.language import parse_formula
from bestand.model.model import Model
from bestand.model.scope import LanguageError
from bestand.solve.positions import find_state
from bestand.solve.solution import Bools, Solution

from .concepts import chosen, sanctioners_of
from .data import coalitions_data, merged_data
from .merged import MergedStudy
from .movers import Answered, answered, one
from .study import Study, coalition_of, coalitions_of
from .words import answer, merged_answer


def coalitions(
    model: Model | str | PathLike[str],
    state: str | None = None,
    to: str | None = None,
    members: Iterable[str] | None = None,
    size: int | None = None,
    concepts: Iterable[str] | None = None,
    pareto: bool = False,
    sanctioners: str = "subcoalitions",
    readings: Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Coalitions:
    """Who would leave an equilibrium together, and for what; which equilibria last against every coalition.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes.
    state : str, optional
        Ask about one state instead of the equilibria: ``status-quo``, bits, a label, or the yes options with commas.
    to : str, optional
        Who could get from the state (the status quo where None) to this one: a state as above, or a formula.
    members : iterable of str, optional
        Only the coalition of these parties.
    size : int, optional
        Only the coalitions of so many parties. All of two and more where both are None (with ``to``, of one too).
    concepts : iterable of str, optional
        Of ``nash``, ``gmr``, ``smr``, ``seq``; all four where None.
    pareto : bool
        A coalition moves already where some of its members gain and none loses; else each has to gain.
    sanctioners : {"subcoalitions", "parties"}
        Who answers under ``seq``.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        ``seconds``, ``states``, ``memory``. Where one is reached, `Coalitions.stopped` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most.

    Returns
    -------
    Coalitions

    Raises
    ------
    CallError
        For an unknown party, concept, reading or state; a coalition without a party, or with one twice; a size that
        no coalition has; a formula that no feasible state satisfies.
    ModelError
        When the model, or what the readings make of it, is not valid.
    TooManyStates
        When the states are too many to list.

    Notes
    -----
    For each coalition O(S · states that it reaches) in the worst case, and much less where it reaches many alike. The
    definitions are in `bestand.questions.coalitions.concepts`, with their sources.

    Examples
    --------
    >>> found = coalitions("books/fang1993/elmira", concepts=["nash"])
    >>> sorted({found.model.labels[found.model.bits(int(mask))] for mask in found.states[found.lasting("nash")]})
    ['8', '9']
    """
    model = model_of(model)
    return coalitions_in(
        changed(model, apply_readings(model, readings)),
        state=state,
        to=to,
        members=None if members is None else tuple(members),
        size=size,
        concepts=None if concepts is None else tuple(concepts),
        pareto=pareto,
        sanctioners=sanctioners,
        watch=Watch(limits_of(limits), progress),
    )


def coalitions_in(
    model: Model,
    *,
    state: str | None,
    to: str | None,
    members: tuple[str, ...] | None,
    size: int | None,
    concepts: tuple[str, ...] | None,
    pareto: bool,
    sanctioners: str,
    watch: Watch,
) -> Coalitions:
    """`coalitions` of a model as it is, under a watch."""
    wanted = chosen(concepts)
    looked = coalitions_of(model, members, size)
    if to is not None and members is None and size is None:
        looked = (*coalitions_of(model, size=1), *looked)
    solution = Solution(model, watch=watch)
    study = Study(solution, looked, wanted, pareto=pareto, sanctioners=sanctioners_of(sanctioners))
    at = None if state is None and to is None else find_state(solution.space, state or "status-quo")
    target, words, aim = (None, "", "") if to is None else _target(solution, to)
    return Coalitions(answered(study, at, target, words, aim))


def _target(solution: Solution, name: str) -> tuple[Bools, str, Formula | int | str]:
    """The states that are wanted, what data call them, and what was asked for: a label, a state, or a formula."""
    model, space = solution.model, solution.space
    bits = len(name) == len(model.options) and set(name) <= {"0", "1"}
    if name in model.labels.values() and name not in model.outcome and not bits:
        there = [space.index(int(bits[::-1], 2)) for bits, label in model.labels.items() if label == name]
        return np.logical_or.reduce([one(at, space.size) for at in there if at is not None]), f"state {name}", name
    if bits or "," in name or name in ("status-quo", "none"):
        at = find_state(space, name)
        mask = int(space.states[at])
        return one(at, space.size), _called(model, mask), mask
    try:
        formula = parse_formula(name, model.scope())
    except LanguageError as error:
        raise CallError(f"{error} (--to takes a formula, or a state as --state does)") from error
    found = space.holds(formula)
    if not found.any():
        raise CallError(f"no feasible state satisfies '{name}'")
    return found, f"a state with {name}", formula


def _called(model: Model, mask: int) -> str:
    label = model.labels.get(model.bits(mask))
    return f"state {label}" if label is not None else ", ".join(model.taken(mask)) or "none"


@dataclass(frozen=True)
class Coalitions(Told):
    """What coalitions would leave. ``str()`` says it in words, `data` gives it as plain data.

    Parameters
    ----------
    answered : Answered
    """

    answered: Answered = field(repr=False)

    @property
    def study(self) -> Study:
        """The coalitions, the concepts, and what was found."""
        return self.answered.study

    @property
    def model(self) -> Model:
        """The model that was asked about, readings applied."""
        return self.study.solution.model

    @property
    def states(self) -> NDArray[np.uint64]:
        """(S,): the feasible states as bit masks, ascending."""
        return self.study.solution.space.states

    @property
    def looked_at(self) -> tuple[tuple[str, ...], ...]:
        """The members of every coalition that was looked at."""
        return tuple(tuple(self.model.parties[j].id for j in coalition) for coalition in self.study.coalitions)

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached, in words; None where everything is finished."""
        return self.answered.stopped

    def stable(self, concept: str, members: Iterable[str]) -> Bools:
        """(S,): whether a coalition has no reason to leave each state, whether looked at before or not.

        Raises
        ------
        CallError
            As `coalitions`.
        TooManyStates
            Where the states are too many to compare with one another; then ask about one ``state``.
        """
        (wanted,) = chosen((concept,))
        coalition = coalition_of(self.model, tuple(members))
        if not self.study.compared:
            raise TooManyStates(
                f"{self.study.solution.space.size:,} states are too many to compare with one another; ask about one"
            )
        return self.study.together.stable(wanted, coalition).copy()

    def lasting(self, concept: str) -> Bools:
        """(S,): the equilibria that no coalition looked at would leave under a concept.

        In a model of more than 2¹⁷ states, of the few equilibria that were looked at. Raises `CallError` for a concept
        that was not asked for, or not finished.
        """
        if concept not in self.study.concepts:
            raise CallError(f"'{concept}' was not asked for; asked: {', '.join(self.study.concepts)}")
        return self.study.lasting(concept)

    def data(self, most: int = 1000) -> dict[str, Any]:
        """As what JSON can hold: the document of ``bestand coalitions --json``."""
        return coalitions_data(self.answered, most)

    def parts(self, readings: tuple[str, ...] = ()) -> Iterator[Block]:
        """The parts of the answer in words, in reading order."""
        return answer(self.answered, readings)

    def _tale(self, most: int | None = None) -> Tale[Any]:
        return Tale(self.answered, self.model, lambda _width, found: answer(found))


def merged(
    model: Model | str | PathLike[str],
    members: Iterable[str],
    concepts: Iterable[str] | None = None,
    readings: Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> MergedPlayers:
    """What is stable where some parties are one player: merged players, which are no coalition.

    The merged player changes all its members' options in one move, where each of them gains by it; the ordinary
    concepts are asked of the players that there are then.

    Parameters
    ----------
    model : Model, str or path
    members : iterable of str
        Two parties or more.
    concepts : iterable of str, optional
        Of ``nash``, ``gmr``, ``smr``, ``seq``; all four where None.
    readings, limits, progress
        As for `coalitions`.

    Returns
    -------
    MergedPlayers

    Raises
    ------
    CallError
        As `coalitions`; for fewer than two parties.
    ModelError, TooManyStates
        As `coalitions`.

    Notes
    -----
    O(S · states that the merged player reaches). Definition: `bestand.questions.coalitions.merged`.

    Examples
    --------
    >>> int(merged("textbook/prisoners-dilemma", ["P1", "P2"], ["nash"]).equilibria("nash").sum())
    3
    """
    model = model_of(model)
    under = changed(model, apply_readings(model, readings))
    return merged_in(
        under, tuple(members), None if concepts is None else tuple(concepts), Watch(limits_of(limits), progress)
    )


def merged_in(model: Model, members: tuple[str, ...], concepts: tuple[str, ...] | None, watch: Watch) -> MergedPlayers:
    """`merged` of a model as it is, under a watch."""
    wanted = chosen(concepts)
    coalition = coalition_of(model, members)
    if len(coalition) < 2:
        raise CallError(f"'{members[0]}' alone is a player already; merge two parties or more")
    study = MergedStudy(Solution(model, watch=watch), coalition, wanted)
    try:
        study.finish()
    except LimitReached as error:
        study.solution.stopped = error.stop
        raise
    return MergedPlayers(study)


@dataclass(frozen=True)
class MergedPlayers(Told):
    """What is stable where some parties are one player. ``str()`` says it in words, `data` gives it as plain data.

    Parameters
    ----------
    study : MergedStudy
    """

    study: MergedStudy = field(repr=False)

    @property
    def players(self) -> tuple[tuple[str, ...], ...]:
        """The members of every player."""
        return tuple(tuple(self.study.solution.model.parties[j].id for j in player) for player in self.study.players)

    @property
    def states(self) -> NDArray[np.uint64]:
        """(S,): the feasible states as bit masks, ascending."""
        return self.study.solution.space.states

    @property
    def stopped(self) -> Stop | None:
        """None: everything is finished."""
        return self.study.solution.stopped

    def stable(self, concept: str, player: int) -> Bools:
        """(S,): whether a player, by its place in `players`, has no reason to leave each state."""
        return self.study.stable(chosen((concept,))[0], player)

    def equilibria(self, concept: str) -> Bools:
        """(S,): whether each state is stable for every player."""
        return self.study.equilibria(chosen((concept,))[0])

    def data(self, most: int = 1000) -> dict[str, Any]:
        """As what JSON can hold: the document of ``bestand coalitions --merge … --json``."""
        return merged_data(self.study, most)

    def parts(self, readings: tuple[str, ...] = ()) -> Iterator[Block]:
        """The parts of the answer in words, in reading order."""
        return merged_answer(self.study, readings)

    def _tale(self, most: int | None = None) -> Tale[Any]:
        return Tale(self.study, self.study.solution.model, lambda _width, found: merged_answer(found))
