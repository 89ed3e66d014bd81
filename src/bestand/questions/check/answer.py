"""What is wrong or doubtful in a model: `check`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike

from bestand.engine.limits import Watch
from bestand.files import open_document
from bestand.files.document import Document
from bestand.model.errors import ModelError, Problem
from bestand.model.fault import ModelFault
from bestand.model.model import Model

from . import Examination, examine


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of a file, in the order of the file.

    Parameters
    ----------
    problems : tuple of Problem
        Errors and warnings.
    accepted : tuple of Problem
        What would be warned of, had the file not given a reason (``because``).
    """

    problems: tuple[Problem, ...]
    accepted: tuple[Problem, ...] = ()


def check(path: str | PathLike[str], *, accepted: bool = False) -> list[Problem]:
    """Everything that is wrong or doubtful with a model file, in the order of the file.

    Parameters
    ----------
    path : str or path
        A file, or a case of the catalogue.
    accepted : bool
        List also what the file itself accepts (``accepted:``), each with its reason as `Problem.because`.

    Returns
    -------
    list of Problem
        Errors, which keep the model from being used, and warnings: what the model doctor finds doubtful, once there are
        no errors. Empty for a model without a doubt.

    Raises
    ------
    CallError
        When there is no such file or case, or it cannot be read.

    Notes
    -----
    At most a few times the cost of `analyse`, for the claims; a model whose states are too many to list is looked at
    as far as sets of states answer, and a warning says what was not looked for.

    Examples
    --------
    >>> check("press/wynia2025/ukraine")
    []
    """
    found = check_document(open_document(path))
    return _in_order((*found.problems, *found.accepted)) if accepted else list(found.problems)


def check_document(document: Document, watch: Watch | None = None) -> Checked:
    """The problems of a document, and the doubts about its model where it has one and the limits allow."""
    if document.model is None:
        return Checked(document.problems)
    faults, accepted = _examined(document.model, watch or Watch())
    doubts = [document.problem(fault) for fault in faults]
    return Checked(tuple(_in_order((*document.problems, *doubts))), tuple(_in_order(map(document.problem, accepted))))


def _examined(model: Model, watch: Watch) -> tuple[tuple[ModelFault, ...], tuple[ModelFault, ...]]:
    try:
        found: Examination = examine(model, watch)
    except ModelError as error:  # in a model so large that reading the file did not look at its states
        return tuple(ModelFault(("rules",), problem.code, problem.message) for problem in error.problems), ()
    return found.doubtful, found.accepted


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.line, problem.column))
