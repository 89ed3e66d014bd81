"""``bestand check``."""

from __future__ import annotations

from . import DONE, INVALID, STOPPED
from .common import Json, ModelName, command, open_model, print_json
from .watching import LimitFlags, watching


@command
def check(model: ModelName, *, json: Json = False, limits: LimitFlags | None = None) -> int:
    """Everything that is wrong or doubtful in a model file, each with its line and column.

    Errors keep the model from being used; warnings do not, and do not change the exit status.

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    json
        Print one JSON document instead.
    """
    from bestand.api.checking import check_document
    from bestand.report.page import plain

    with watching(limits) as watch:
        watch.phase("reading the model")
        document = open_model(model)
        problems = check_document(document, watch)
    errors = sum(problem.severity == "error" for problem in problems)
    if json:
        import dataclasses

        listed = [dataclasses.asdict(problem) for problem in problems]
        print_json({"model": document.name, "valid": not errors, "problems": listed})
    else:
        for problem in problems:
            print(plain(f"{document.name}:{problem}"))
        print(_summary(document.name, errors, len(problems) - errors))
    if errors:
        return INVALID
    return STOPPED if limits and any(problem.code == "not-checked" for problem in problems) else DONE


def _summary(name: str, errors: int, warnings: int) -> str:
    from bestand.report.words import plural

    if not errors and not warnings:
        return f"{name}: no errors, nothing doubtful"
    return f"{name}: {plural(errors, 'error')}, {plural(warnings, 'warning')}"
