"""What is wrong or doubtful in a model: `check`."""

from __future__ import annotations

from os import PathLike

from bestand.analysis.doctor import doubts
from bestand.engine.limits import Watch
from bestand.engine.space import space_of
from bestand.files import open_document
from bestand.files.document import Document
from bestand.model.errors import LimitReached, ModelError, Problem
from bestand.model.fault import ModelFault
from bestand.model.model import Model


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


def check_document(document: Document, watch: Watch | None = None) -> list[Problem]:
    """The problems of a document, and the doubts about its model where it has one and the limits allow."""
    problems = list(document.problems)
    if document.model is not None:
        problems += [document.problem(fault) for fault in _faults_of_states(document.model, watch or Watch())]
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


_MOST_CHECKED = 2**22  # states


def _faults_of_states(model: Model, watch: Watch) -> list[ModelFault]:
    """What shows only in the states of a model, or that they were too many to look at."""
    try:
        watch.phase("listing the states")
        return doubts(space_of(model, watch.limits.states or _MOST_CHECKED, watch), watch)
    except LimitReached as error:
        return [
            ModelFault((), "not-checked", f"what shows only in the states was not checked: {error}", None, "warning")
        ]
    except ModelError as error:  # in a model so large that reading the file did not look at its states
        return [ModelFault(("rules",), problem.code, problem.message) for problem in error.problems]
