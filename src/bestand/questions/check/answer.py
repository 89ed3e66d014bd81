"""What is wrong or doubtful in a model file: the answer to `bestand.check`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from bestand.answer.answer import Answer
from bestand.document.blocks import Block
from bestand.doubts.examine import Examination, examine
from bestand.doubts.ranked import grouped
from bestand.engine.limits import Limits, Watch
from bestand.files.document import Document
from bestand.model.errors import ModelError, Problem, Stop
from bestand.model.fault import ModelFault
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.prose.messages import said

from . import words

GROUPED = 3  # doubts of one kind, from which on they are told together


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something doubtful, or something that was not looked for, at its place in the file."""

    line: int
    column: int
    fault: ModelFault

    def problem(self, words: Callable[[Message], str] = said) -> Problem:
        """Return the same as a problem, in the language that is spoken unless told."""
        return self.fault.problem(self.line, self.column, words)


@dataclass(frozen=True, slots=True)
class Group:
    """Doubts of one kind, too many to be told one by one unless asked.

    Parameters
    ----------
    message : Message
        What they come to.
    doubts : tuple of Doubt
        In the order of the file.
    """

    message: Message
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Checked(Answer, Sequence[Problem]):
    """What is wrong or doubtful in a model file: a sequence of problems in the order of the file, which can be told.

    It equals a list of the same problems. Errors are told in English, doubts in the language that is spoken.

    Parameters
    ----------
    model : Model
        An empty one where the file holds no valid model.
    name : str
        What to call the file.
    errors : tuple of Problem
        What was found wrong in reading, warnings included.
    doubts : tuple of Doubt
        What is doubtful, accepted by the file or not, and what was not looked for.
    groups : tuple of Group
        Those of the doubts that are told together, unless all are to be told.
    shown : bool
        Whether each doubt is told by itself, and what is accepted is listed and told too.
    stopped : Stop or None
        The limit of the call for which something was not looked for.
    readings : tuple of str
        None: the file is looked at as it is.
    """

    model: Model
    name: str
    errors: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]
    groups: tuple[Group, ...]
    shown: bool
    stopped: Stop | None
    readings: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Return whether the file holds a model that can be used."""
        return all(problem.severity != "error" for problem in self.problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Errors and warnings, in the order of the file."""
        return self._problems(said)

    @property
    def accepted(self) -> tuple[Problem, ...]:
        """Return what would be warned of, had the file not given a reason (``because``)."""
        return self._accepted(said)

    @property
    def listed(self) -> tuple[Problem, ...]:
        """The problems, and what is accepted where that is to be shown."""
        return _in_order((*self.problems, *(self.accepted if self.shown else ())))

    def _problems(self, words: Callable[[Message], str]) -> tuple[Problem, ...]:
        doubts = (doubt.problem(words) for doubt in self.doubts if doubt.fault.because is None)
        return _in_order((*self.errors, *doubts))

    def _accepted(self, words: Callable[[Message], str]) -> tuple[Problem, ...]:
        return _in_order(doubt.problem(words) for doubt in self.doubts if doubt.fault.because is not None)

    def __len__(self) -> int:
        return len(self.listed)

    @overload
    def __getitem__(self, place: int) -> Problem: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Problem]: ...

    def __getitem__(self, place: int | slice) -> Problem | Sequence[Problem]:
        return self.listed[place]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.listed)

    def __eq__(self, other: object) -> bool:
        return list(self) == other if isinstance(other, list) else super().__eq__(other)

    __hash__ = Answer.__hash__

    def data(self) -> dict[str, Any]:
        return {
            "model": self.name,
            "valid": self.valid,
            "problems": [dataclasses.asdict(problem) for problem in self._problems(str)],
            "accepted": [dataclasses.asdict(problem) for problem in self._accepted(str)],
        }

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self)

    def _brief(self) -> str:
        return words.summary(self)


def checked(document: Document, watch: Watch | None = None, *, every: bool = False) -> Checked:
    """Return what is wrong or doubtful in a file as read; ``every`` tells each doubt, those that it accepts too."""
    watch = watch or Watch()
    examination = _examined(document, watch)
    return Checked(
        model=document.readable,
        name=document.name,
        errors=document.problems,
        doubts=tuple(Doubt(*document.place(fault), fault) for fault in (*examination.doubtful, *examination.accepted)),
        groups=() if every else tuple(_groups(document, examination.doubtful)),
        shown=every,
        stopped=examination.stopped if watch.limits != Limits() else None,
    )


def _examined(document: Document, watch: Watch) -> Examination:
    """Return the doubts about a model; none where the file holds no valid one."""
    if document.model is None:
        return Examination((), (), None)
    try:
        return examine(document.model, watch)
    except ModelError as error:  # in a model so large that reading the file did not look at its states
        faults = (ModelFault(("rules",), problem.code, problem.message) for problem in error.problems)
        return Examination(tuple(faults), (), None)


def _groups(document: Document, doubtful: Iterable[ModelFault]) -> Iterator[Group]:
    for several in grouped(doubtful):
        if len(several.faults) >= GROUPED:
            placed = (Doubt(*document.place(fault), fault) for fault in several.faults)
            yield Group(several.message, tuple(sorted(placed, key=lambda doubt: (doubt.line, doubt.column))))


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
