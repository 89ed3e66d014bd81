"""A model file as read: its model, and everything that is wrong or doubtful with it, each at its place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bestand.model.errors import ModelError, Problem
from bestand.model.fault import ModelFault, Path
from bestand.model.model import Model
from bestand.model.validate import faults

from .places import Report
from .text import decode
from .tree import read_tree


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds.

    Parameters
    ----------
    name : str
        What to call the file in messages.
    model : Model or None
        None where a problem is an error.
    problems : tuple of Problem
        Errors and warnings, in the order of the file.
    """

    name: str
    model: Model | None
    problems: tuple[Problem, ...]
    report: Report | None = field(default=None, repr=False, compare=False)

    def place(self, fault: ModelFault) -> tuple[int, int]:
        """Return the line and column of a fault of the model; zeros where the model did not come from a file."""
        return self.report.place(fault.path, fault.code) if self.report else (0, 0)

    def problem(self, fault: ModelFault) -> Problem:
        """Return a fault of the model, at its place in this file."""
        return fault.problem(*self.place(fault))

    @property
    def readable(self) -> Model:
        """The model; an empty one, called as the file is, where the file holds no valid one."""
        return self.model or Model(self.name, ())

    def valid(self) -> Model:
        """The model. Raises `ModelError` where there is none."""
        if self.model is None:
            raise ModelError(self.problems, self.name)
        return self.model


def read_document(source: bytes | str, name: str = "the model") -> Document:
    r"""Read a model file and collect everything that is wrong with it. Never raises on what a file holds.

    Examples
    --------
    >>> document = read_document("bestand: 1\ntitel: Dam\nparties: {up: {options: {release: }}}")
    >>> for problem in document.problems:
    ...     print(problem)
    1:1: error: a model needs the key 'title'; write 'title: …' [missing-key]
    2:1: error: 'titel' is no key of a model; did you mean 'title'? [unknown-key]
    """
    try:
        text = decode(source, name)
        root, problems = read_tree(text, name)
    except ModelError as error:
        return Document(name, None, error.problems)
    report = Report(root, text, problems)
    model = _read_model(report)
    found = report.all_problems()
    wrong = any(problem.severity == "error" for problem in found)
    return Document(name, None if wrong else model, tuple(found), report)


def _read_model(report: Report) -> Model | None:
    from .form import read_form
    from .lists import gathered
    from .resolve import resolve

    form = read_form(report)
    if form is None:
        return None
    model, older = resolve(form, report)
    told = set(report.told)
    for fault in (*older, *faults(model)):
        fault = replace(fault, path=report.here(fault.path))
        if (fault.path, fault.code) not in told and not _follows(fault, report):
            report.fault(fault)
    if not report.told and report.moved:
        model = gathered(model, report)
    if report.spoilt("parties", "rules", "outcomes"):
        return model  # which states there are is not known
    from bestand.engine.feasibility import state_faults

    looked_at = replace(model, commitments=()) if report.spoilt("commitments", "plans", "one_way") else model
    found = () if report.touched("labels") else state_faults(looked_at)
    for fault in [fault for fault in found if not report.touched(*_certain(fault))]:
        report.fault(fault)
    return model


def _certain(fault: ModelFault) -> Path:
    """Return where no error may have been told for a fault about states to be one: an entry too many is one anyway."""
    alone = fault.code in ("ranking-repeats", "ranking-infeasible")
    return fault.path if alone else fault.path[:2]


# A fault that may only come of an error told before, by the sections in which that error would be.
_COMES_OF = {
    "no-parties": ("parties",),
    "no-priorities": ("parties", "preferences"),
    "unknown-reading": ("readings", "open"),
    "no-status-quo": ("status_quo",),
    "infeasible-status-quo": ("parties", "rules", "outcomes", "status_quo"),
    "acts-today": ("parties", "rules", "outcomes", "status_quo", "commitments", "plans"),
    "infeasible-no-deal": ("parties", "rules", "outcomes", "no_deal"),
}


def _follows(fault: ModelFault, report: Report) -> bool:
    """Return whether a fault is no more than the shadow of an error that has been told."""
    if any(fault.path[: len(void)] == void for void in report.void):
        return True
    if fault.code in ("empty", "same-answer", "unknown-reading") and report.touched(*fault.path):
        return True
    return report.spoilt(*_COMES_OF.get(fault.code, ()))
