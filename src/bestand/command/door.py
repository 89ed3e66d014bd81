"""The command-line door: a command made of a question."""

from __future__ import annotations

import inspect
import os
import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

from cyclopts import Group, Parameter

from bestand.answer import question as described
from bestand.answer.parameters import About
from bestand.answer.question import Question
from bestand.leaving import before_leaving

from .common import (
    STANDARD,
    Json,
    Lang,
    ModelName,
    Whole,
    Words,
    command,
    open_model,
    print_json,
    put_output,
    split,
    with_readings,
)
from .doubts import doubts, doubts_words
from .drawing import PictureFlags, ready
from .ending import DONE, INVALID, STOPPED, say
from .supervisor import finished
from .watching import LimitFlags, limited, watching

if TYPE_CHECKING:
    from bestand.answer.answer import Answer
    from bestand.answer.setting import Form, Setting
    from bestand.engine.limits import Watch
    from bestand.model.errors import LimitReached
    from bestand.questions.analyse.answer import Result

_TYPES: dict[str, Any] = {
    "text": str,
    "names": list[str],
    "texts": list[str],
    "files": list[str],
    "whole": Whole,
    "number": float,
    "flag": bool,
}
_NO_DIFFERENCE = {"workers", "dask", "out", "table"}  # parameters that no answer depends on
_EVERY = Group("For every question", sort_key=9)
_Output = Annotated[
    list[str] | None, Parameter(name=["--output", "-o"], negative="", consume_multiple=False, show_default=False)
]
_MODEL = "A YAML file, a case of the catalogue (bestand cases lists them), or - for standard input."
_COMMON: dict[str, tuple[Any, Any, str]] = {
    "reading": (Words, None, "Apply these readings of the model first (bestand readings MODEL lists them)."),
    "lang": (Lang, None, "The language of the answer, en or nl; that of the model unless told."),
    "json": (Json, False, "Print one JSON document instead of words."),
    "output": (
        _Output,
        None,
        "Write the answer into this file: its ending says the format (.html, .pdf, .docx, .md). Given again, the same "
        'answer in another format. PDF and DOCX need the extra report: pip install "bestand[report]".',
    ),
    "picture": (
        Annotated[str | None, Parameter(show_default=False)],
        None,
        "Which picture --svg and --png draw; an unknown name lists those that there are.",
    ),
}


def command_of(question: Question) -> Callable[..., int]:
    """Return the command that asks a question: its parameters as flags, and the flags that every question has."""

    def asked(model: str, *args: Any, **kwargs: Any) -> int:
        common = {name: kwargs.pop(name, default) for name, (_, default, _) in _COMMON.items()}
        common |= {name: kwargs.pop(name, None) for name in ("pictures", "limits")}
        return _run(question, model, args, kwargs, common)

    asked.__name__ = asked.__qualname__ = question.function
    asked.__doc__ = question.summary  # the whole help is made where it is asked for
    signature = _signature(question)
    vars(asked)["__signature__"] = signature
    asked.__annotations__ = {each.name: each.annotation for each in signature.parameters.values()}
    return command(asked)


def _run(question: Question, model: str, args: Sequence[Any], own: dict[str, Any], common: dict[str, Any]) -> int:
    from bestand.model.errors import CallError, LimitReached

    drawing = ready(common["pictures"], json=common["json"])
    outputs = _outputs(common["output"], question, json=common["json"], drawn=drawing is not None)
    if common["picture"] is not None and drawing is None:
        raise CallError(f"--picture {common['picture']} says what to draw: add --svg FILE or --png FILE")
    model, given = _given(question, model, args)
    given |= own
    form: Form = "picture" if drawing else "json" if common["json"] else "document" if outputs else "words"
    doubtful = 0
    with limited(common["limits"]) as watch, before_leaving(lambda: _tell_kept(question, given)):
        with watching(watch):
            watch.phase("reading the model")
            setting = _setting(question, model, split(common["reading"]), common["lang"], watch)
            setting = replace(setting, form=form, picture=common["picture"])
            try:
                answer = question.ask(setting, **_typed(question, given))
            except LimitReached as error:
                error.known = _stopped_data(setting, error)
                raise
            if question.doubts and form == "words" and answer.stopped is None:
                doubtful = doubts(setting, cast("Result", answer))
        watch.rest()
        finished()
        watch.phase("telling the answer")
        status = _tell(answer, setting, common, drawing, outputs, _call(question, model, given, common))
    if status == STOPPED:
        say(f"bestand: {answer.stopped}; {answer.partial()}{_going_on(question, given)}")
    if doubtful:
        say(f"\n{doubts_words(doubtful, model)}")
    return status


def _given(question: Question, model: str, args: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """Return the model, and what was given by its place for each parameter; standard input always comes last."""
    words = [model, *args]
    if "-" in words:
        words.remove("-")
        words.insert(0, "-")
    model, *rest = words
    given: dict[str, Any] = {}
    for each in question.parameters:
        if each.placed and each.about.kind in ("names", "texts", "files"):
            given[each.name] = rest
            break
        if each.placed and rest:
            given[each.name] = rest.pop(0)
    return model, given


def _setting(question: Question, model: str, readings: tuple[str, ...], lang: str | None, watch: Watch) -> Setting:
    """Return what is asked about, the language refused or spoken before anything is worked out."""
    from bestand.answer.setting import Setting
    from bestand.prose.messages import speak, wanted

    wanted(lang)
    document = open_model(model)
    read = document.readable if question.raw else document.valid()
    speak(wanted(lang, read.language))
    with_readings(read, readings)
    return Setting(read, readings, watch, model, document=document)


def _tell(
    answer: Answer,
    setting: Setting,
    common: dict[str, Any],
    drawing: PictureFlags | None,
    outputs: Sequence[str],
    call: str,
) -> int:
    """Tell a finished answer in the form that was asked for; return the exit status."""
    from bestand.document.terminal import page, show
    from bestand.prose.messages import language, speaking

    spoken = language()
    if drawing is not None and (answer.stopped is None or answer._pictures()):
        _draw(answer, common["picture"], spoken, drawing)
    elif common["json"]:
        with speaking("en"):
            print_json(answer.data())
    elif outputs:
        for path in outputs:
            put_output(path, answer.document(_ending(path), spoken, call))
        files = [path for path in outputs if path != STANDARD]
        if files:
            say(f"bestand: written: {', '.join(files)}")
    else:
        show(answer.blocks(spoken, page().width))
    for note in answer.notes(setting.name):
        say(note)
    if answer.stopped is not None:
        return STOPPED
    return DONE if answer.valid else INVALID


def _tell_kept(question: Question, given: dict[str, Any]) -> None:
    """Say what is kept of a call that a signal stops, where anything can be; it waits for nothing."""
    for each in question.parameters:
        if each.about.keeps:
            file = given.get(each.name)
            kept = f"what was finished is kept in {file}; go on with the same call"
            told = f"bestand: interrupted; {kept if file else f'nothing is kept: no {each.flag}'}\n"
            os.write(2, told.encode(errors="backslashreplace"))


def _going_on(question: Question, given: dict[str, Any]) -> str:
    """Say how to go on from a limit, where what was finished is kept."""
    files = [(each.flag, file) for each in question.parameters if each.about.keeps and (file := given.get(each.name))]
    return "".join(f"; go on with the same call ({flag} {file})" for flag, file in files)


def _draw(answer: Answer, name: str | None, lang: str, drawing: PictureFlags) -> None:
    picture = answer.picture(name, lang)
    if drawing.svg is not None:
        _put(drawing.svg, picture.svg.encode())
    if drawing.png is not None:
        _put(drawing.png, picture.png())


def _put(path: str, content: bytes) -> None:
    put_output(path, content)
    if path != STANDARD:
        say(f"bestand: written: {path}")


def _outputs(output: list[str] | None, question: Question, *, json: bool, drawn: bool) -> tuple[str, ...]:
    """Return the files to write, refused before the work where one cannot be written."""
    from bestand.model.errors import CallError

    if output and (json or drawn):
        raise CallError("--output writes a document, --json prints data, --svg and --png draw: ask for one of them")
    outputs = tuple(output or ())
    if not outputs and question.form == "md" and not json and not drawn:
        outputs = (STANDARD,)
    if outputs:  # what writes documents takes long to load
        from bestand.document.formats import check_format
        from bestand.files.placing import placeable

        for path in outputs:
            check_format(_ending(path))
            if path != STANDARD:
                placeable(path)
    return outputs


def _ending(path: str) -> str:
    """Return the format that a file is to have, by its ending."""
    from bestand.model.errors import CallError

    ending = "md" if path == STANDARD else Path(path).suffix.removeprefix(".").lower()
    if not ending:
        raise CallError(f"'{path}' has no ending to tell the format by: .html, .pdf, .docx or .md")
    return ending


def _stopped_data(setting: Setting, error: LimitReached) -> dict[str, object]:
    """Return what --json prints where a limit was reached before anything was finished, with what the question adds."""
    from bestand.answer.data import stopped_data

    return {**stopped_data(setting.model, setting.readings, str(error)), **(error.known or {})}


def _call(question: Question, model: str, given: dict[str, Any], common: dict[str, Any]) -> str:
    """Return the command that asks this again: files by their names, without the folders of whoever asked."""
    words = ["bestand", question.name, Path(model).name if Path(model).is_file() else model]
    for each in question.parameters:
        value = given.get(each.name, each.default)
        if value in (each.default, None, False) or each.name in _NO_DIFFERENCE:
            continue
        flag = each.flag
        if each.about.kind == "files":
            value = [Path(path).name for path in value]
        if each.placed:
            words += value if isinstance(value, list) else [str(value)]
        elif value is True:
            words.append(flag)
        else:
            words += _flagged(flag, each.about, value)
    limits = common["limits"]
    for flag, value in (
        ("--reading", ",".join(common["reading"] or ())),
        ("--states", limits and limits.states),
        ("--memory", limits and limits.memory),
        ("--lang", common["lang"]),
    ):
        words += [flag, str(value)] if value else []
    for path in common["output"] or ():
        words += ["-o", Path(path).name] if path != STANDARD else []
    return shlex.join(words)


def _flagged(flag: str, about: About, value: Any) -> list[str]:
    """Return a flag with its value, as it is given on the command line."""
    if not isinstance(value, list):
        return [flag, str(value)]
    if about.kind == "names":
        return [flag, ",".join(value)] if value else [about.none]
    return [word for each in value for word in (flag, each)]


def _typed(question: Question, given: dict[str, Any]) -> dict[str, Any]:
    """Return what was given on the command line as Python takes it: names one by one.

    None stands for nothing given; names of which nothing is left, as of a comma alone, are for the question to refuse.
    """
    about = {each.name: each.about for each in question.parameters}

    def typed(name: str, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        if about[name].kind == "names":
            return split(value) if value or about[name].none else None
        return tuple(value)

    return {name: typed(name, value) for name, value in given.items()}


def _signature(question: Question) -> inspect.Signature:
    """Return the signature of the command."""
    parameters = [
        inspect.Parameter(
            "model", inspect.Parameter.POSITIONAL_ONLY, annotation=Annotated[ModelName, Parameter(help=_MODEL)]
        )
    ]
    words = question.help
    parameters += (_own(each, words[each.name]) for each in question.parameters)
    parameters += [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=default,
            annotation=Annotated[annotation, Parameter(group=_EVERY, help=words)],
        )
        for name, (annotation, default, words) in _COMMON.items()
        if name != "reading" or not question.raw
    ]
    parameters += [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[kind | None, Parameter(group=_EVERY)],
        )
        for name, kind in (("pictures", PictureFlags), ("limits", LimitFlags))
    ]
    return inspect.Signature(parameters)


def _grouped(flags: Any) -> Any:
    return Annotated[flags | None, Parameter(group=_EVERY)]


def _own(parameter: described.Parameter, words: str) -> inspect.Parameter:
    """Return a question's own parameter as the command takes it."""
    kind = parameter.about.kind
    several = kind in ("names", "texts", "files")
    annotation = _TYPES[kind] if kind == "flag" or parameter.default not in (None, ()) else _TYPES[kind] | None
    name = parameter.flag
    if parameter.placed and several:
        about = Parameter(name=parameter.name.upper(), negative="", show_default=False, help=words)
        return inspect.Parameter(parameter.name, inspect.Parameter.VAR_POSITIONAL, annotation=Annotated[str, about])
    if parameter.placed:  # by its place or by its name
        about = Parameter(name=[name, *parameter.about.flags], negative="", show_default=False, help=words)
        place = inspect.Parameter.POSITIONAL_OR_KEYWORD
        return inspect.Parameter(
            parameter.name, place, default=parameter.default, annotation=Annotated[annotation, about]
        )
    shown = parameter.default not in (None, ())
    about = Parameter(
        name=[name, *parameter.about.flags],
        negative=parameter.about.none,
        consume_multiple=kind == "files",
        show_default=shown and kind != "flag",
        help=words,
    )
    return inspect.Parameter(
        parameter.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None if parameter.default == () else parameter.default,
        annotation=Annotated[annotation, about],
    )
