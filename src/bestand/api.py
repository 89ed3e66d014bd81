"""What a script sees: load, check, analyse, and the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .analysis.doctor import doubts
from .analysis.naming import find_party, find_state
from .analysis.solution import Solution
from .analysis.witness import Witness, witness
from .engine.space import space_of
from .files import dumps, load, loads, open_document, save
from .files.document import Document
from .model.changing import apply_readings, changed
from .model.errors import ModelError, Problem, TooManyStates
from .model.model import Model
from .model.validate import ModelFault
from .report.data import witness_data
from .report.words import witness_words
from .stability.registry import chosen

Scalar = TypeVar("Scalar", bound=np.generic)

__all__ = ["Explanation", "Result", "analyse", "check", "check_document", "dumps", "load", "loads", "save"]


def check(path: str | PathLike[str]) -> list[Problem]:
    """Everything that is wrong or doubtful with a model file, in the order of the file.

    Parameters
    ----------
    path : str or path
        A file, or a case of the catalogue.

    Returns
    -------
    list of Problem
        Errors, which keep the model from being used, and warnings. Empty for a model without a doubt.

    Raises
    ------
    CallError
        When there is no such file or case, or it cannot be read.

    Examples
    --------
    >>> check("press/wynia2025/ukraine")
    []
    """
    return check_document(open_document(path))


def check_document(document: Document) -> list[Problem]:
    """The problems of a document, and the doubts about its model where it has one."""
    problems = list(document.problems)
    if document.model is not None:
        problems += [document.problem(fault) for fault in _faults_of_states(document.model)]
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


_MOST_CHECKED = 2**22  # states


def _faults_of_states(model: Model) -> list[ModelFault]:
    """What shows only in the states of a model, or that they were too many to look at."""
    try:
        return doubts(space_of(model, _MOST_CHECKED))
    except TooManyStates as error:
        return [
            ModelFault((), "not-checked", f"what shows only in the states was not checked: {error}", None, "warning")
        ]
    except ModelError as error:  # in a model so large that reading the file did not look at its states
        return [ModelFault(("rules",), problem.code, problem.message) for problem in error.problems]


def analyse(
    model: Model | str | PathLike[str],
    concepts: Iterable[str] | None = None,
    engine: str | None = None,
    readings: Iterable[str] = (),
) -> Result:
    """Which states are stable, for whom, and under which concept.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes.
    concepts : iterable of str, optional
        Of ``nash``, ``gmr``, ``smr``, ``seq``, ``sseq``; all where None.
    engine : {"cube", "listed", "arcs"}, optional
        How to compute; None chooses. The answer does not depend on it.
    readings : iterable of str
        Readings of the model to apply first.

    Returns
    -------
    Result

    Raises
    ------
    CallError
        For an unknown concept, engine or reading, or an engine that cannot serve the model.
    ModelError
        When the model, or what the readings make of it, is not valid.
    TooManyStates
        When the feasible states do not fit the engine.

    Notes
    -----
    O(parties · S) for Nash, GMR and SMR and O(parties · S log S) for SEQ and SSEQ, times few sweeps.

    Examples
    --------
    >>> result = analyse("textbook/chicken", concepts=["nash", "seq"])
    >>> int(result.equilibria["seq"].sum())
    2
    """
    wanted = chosen(concepts)
    if not isinstance(model, Model):
        model = load(model if isinstance(model, str) else Path(model))
    model = changed(model, apply_readings(model, readings))
    return Result(Solution(model, engine), wanted)


@dataclass(frozen=True)
class Explanation:
    """Why a state is stable for a party, or is not: ``str()`` says it in a sentence, `data` gives it as plain data."""

    solution: Solution = field(repr=False)
    witness: Witness

    @property
    def stable(self) -> bool:
        """The verdict."""
        return self.witness.stable

    def data(self) -> dict[str, object]:
        """The improvements and the answers to them, as what JSON can hold."""
        return witness_data(self.solution, self.witness)

    def words(self, lang: str = "en") -> str:
        """The verdict and its grounds in one plain sentence. Raises `CallError` for a language without texts."""
        return witness_words(self.solution, self.witness, lang)

    def __str__(self) -> str:
        return self.words()


@dataclass(frozen=True)
class Result:
    """What holds in a model.

    Parameters
    ----------
    solution : Solution
    concepts : tuple of str
        In the order asked for.
    """

    solution: Solution = field(repr=False)
    concepts: tuple[str, ...]
    stable: Mapping[str, NDArray[np.bool_]] = field(init=False, repr=False)
    equilibria: Mapping[str, NDArray[np.bool_]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        stable = {concept: _frozen(self.solution.stable(concept)) for concept in self.concepts}
        equilibria = {concept: _frozen(np.logical_and.reduce(verdicts, axis=0)) for concept, verdicts in stable.items()}
        object.__setattr__(self, "stable", MappingProxyType(stable))
        object.__setattr__(self, "equilibria", MappingProxyType(equilibria))

    @property
    def model(self) -> Model:
        """The model that was analysed, readings applied."""
        return self.solution.model

    @property
    def parties(self) -> tuple[str, ...]:
        """Party ids; rows of ``ranks`` and ``stable``."""
        return tuple(self.model.party)

    @property
    def options(self) -> tuple[str, ...]:
        """Option ids; option k is bit k of a state."""
        return tuple(self.model.bit)

    @property
    def engine(self) -> str:
        """The engine that computed it."""
        return self.solution.engine.name

    @property
    def complete(self) -> bool:
        """Whether every feasible state has its verdict."""
        return True

    @property
    def states(self) -> NDArray[np.uint64]:
        """(S,): the feasible states as bit masks, ascending."""
        return _frozen(self.solution.space.states)

    @property
    def ranks(self) -> NDArray[np.int32]:
        """(P, S): higher is preferred; only the order inside a row means anything."""
        return _frozen(self.solution.space.ranks)

    def explain(self, state: str | int, party: str, concept: str) -> Explanation:
        """Why a state is stable for a party, or is not.

        Parameters
        ----------
        state : str or int
            ``status-quo``, bits, a label, the yes options with commas between them, or a row of ``states``.
        party : str
        concept : str

        Raises
        ------
        CallError
            For an unknown state, party or concept, or a state that is not feasible.

        Examples
        --------
        >>> print(analyse("textbook/chicken").explain("10", "P2", "nash"))
        Stable for Second driver under Nash stability: Second driver cannot improve by any move of its own.
        """
        at, i = find_state(self.solution.space, state), find_party(self.model, party)
        return Explanation(self.solution, witness(self.solution, at, i, chosen([concept])[0]))


def _frozen(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """A view that cannot be written to."""
    view = array.view()
    view.flags.writeable = False
    return view
