"""``bestand report``."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from . import DONE, STOPPED
from .common import (
    STANDARD,
    Concepts,
    Lang,
    ModelName,
    Whole,
    Words,
    command,
    open_model,
    put_output,
    say,
    speak,
    split,
    with_readings,
)
from .watching import LimitFlags, watching

if TYPE_CHECKING:
    from bestand.questions.report.answer import Study

Outputs = Annotated[list[str] | None, Parameter(name=["--output", "-o"], negative="", consume_multiple=False)]


@command
def report(
    model: ModelName,
    *,
    output: Outputs = None,
    concepts: Concepts = None,
    reading: Words = None,
    samples: Whole | None = None,
    seed: Whole = 0,
    workers: Whole | None = None,
    engine: str | None = None,
    lang: Lang = None,
    limits: LimitFlags | None = None,
) -> int:
    """The whole answer as a document: HTML, PDF, DOCX or Markdown.

    Half a page that answers the question; then the parties and what they want, what holds, where things go, the levers,
    the claims, how sure it is, what is open and how it was worked out, with pictures; every number in an appendix.
    PDF and DOCX need the extra report: pip install "bestand[report]".

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    output
        The file to write: its ending says the format (.html, .pdf, .docx, .md). Given again, the same report in another
        format. Markdown on standard output where none is given.
    concepts
        Stability concepts, with commas between them; the five published ones unless told.
    reading
        Apply these readings of the model first (bestand readings MODEL lists them).
    samples
        How many combinations of what is open to draw; 100 unless told, and all where they are fewer.
    seed
        Of the draws: the same seed gives the same report.
    workers
        Processes on this machine; one for each processor unless told. The report does not depend on it.
    engine
        How to compute: cube, listed, arcs or symbolic; chosen to suit the model unless told.
    lang
        The language of the report, en or nl; that of the model unless told.
    """
    from bestand.document.formats import written
    from bestand.document.paper import Paper
    from bestand.prose.messages import language
    from bestand.questions.report.answer import Study
    from bestand.questions.report.study import Question, study
    from bestand.solve.workers import crew
    from bestand.stability.registry import chosen

    wanted = chosen(split(concepts) if concepts else None)
    many = crew(workers)
    outputs = tuple(output or (STANDARD,))
    endings = {path: _ending(path) for path in outputs}
    for path, ending in endings.items():
        written(Paper("", "", "en", ()), ending)  # can it be written at all? Better told now than after the work
        _placeable(path)
    names = split(reading)
    with watching(limits) as watch:
        watch.phase("reading the model")
        valid = open_model(model).valid()
        speak(lang, valid)
        with_readings(valid, names)
        made = Study(study(Question(valid, names, wanted, samples, seed), engine, watch, many))
        watch.rest()
        asked = {
            "--concepts": ",".join(wanted) if concepts else None,
            "--reading": ",".join(names) or None,
            "--samples": samples,
            "--seed": seed or None,
            "--engine": engine,
            "--states": limits and limits.states,
            "--memory": limits and limits.memory,
            "--lang": lang,
        }
        call = _call(model, asked, outputs)
        for path, ending in endings.items():
            put_output(path, made.document(ending, language(), call))
    return _told(made, outputs)


def _ending(path: str) -> str:
    """The format that a file is to have, by its ending."""
    from bestand.model.errors import CallError

    ending = "md" if path == STANDARD else Path(path).suffix.removeprefix(".").lower()
    if not ending:
        raise CallError(f"'{path}' has no ending to tell the format by: .html, .pdf, .docx or .md")
    return ending


def _placeable(path: str) -> None:
    from bestand.files.placing import placeable

    if path != STANDARD:
        placeable(path)


def _call(model: str, asked: Mapping[str, object], outputs: Sequence[str]) -> str:
    """The command that makes this report again: files by their names, without the folders of whoever made it."""
    words = ["bestand", "report", Path(model).name if Path(model).is_file() else model]
    for flag, value in asked.items():
        words += [flag, str(value)] if value is not None else []
    for path in outputs:
        words += ["-o", Path(path).name] if path != STANDARD else []
    return shlex.join(words)


def _told(found: Study, outputs: Sequence[str]) -> int:
    """Say what was written, and what is missing in it."""
    files = [path for path in outputs if path != STANDARD]
    if files:
        say(f"bestand: written: {', '.join(files)}")
    if found.stopped:
        say(f"bestand: {found.stopped}; the report says what is missing")
    return STOPPED if found.stopped else DONE
