"""``bestand check``."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from . import DONE, INVALID, STOPPED
from .common import Json, Lang, ModelName, command, open_model, print_json, speak
from .watching import LimitFlags, watching


@command
def check(
    model: ModelName,
    *,
    every: Annotated[bool, Parameter(name="--all", negative="")] = False,
    lang: Lang = None,
    json: Json = False,
    limits: LimitFlags | None = None,
) -> int:
    """Everything that is wrong or doubtful in a model file, each with its line and column.

    Errors keep the model from being used. Warnings are doubts of the model doctor: an option that nobody cares about, a
    wish that ranks nothing, a rule that takes a move from another party, a claim about nothing. Each says what comes of
    it and how to mend it; they do not change the exit status. A file can accept a doubt with a reason (the key
    'accepted').

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    every
        Show also the doubts that the file accepts, with its reasons.
    lang
        The language of the doubts, en or nl; that of the model unless told. Errors are told in English.
    json
        Print one JSON document instead.
    """
    from bestand.document.terminal import show
    from bestand.prose.messages import wanted
    from bestand.questions.check import NOT_CHECKED
    from bestand.questions.check.answer import check_document
    from bestand.questions.check.words import checking

    wanted(lang)  # a language that there is not is refused, whatever the file
    with watching(limits) as watch:
        watch.phase("reading the model")
        document = open_model(model)
        if document.model is not None:
            speak(lang, document.model, json=json)
        found = check_document(document, watch)
    problems = found.problems
    errors = sum(problem.severity == "error" for problem in problems)
    if json:
        import dataclasses

        told: dict[str, object] = {"model": document.name, "valid": not errors}
        for key, listed in (("problems", problems), ("accepted", found.accepted)):
            told[key] = [dataclasses.asdict(problem) for problem in listed]
        print_json(told)
    else:
        show(checking(document.name, problems, found.accepted if every else (), len(found.accepted)))
    if errors:
        return INVALID
    return STOPPED if limits and any(problem.code == NOT_CHECKED for problem in problems) else DONE
