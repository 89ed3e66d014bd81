"""What the commands share: getting the model, saying what is wrong, and printing data."""

from __future__ import annotations

import contextvars
import functools
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from bestand.model.errors import BestandError, CallError, LimitReached, ModelError, TooManyStates
from bestand.prose.direction import TURNING
from bestand.version import __version__

from .ending import INVALID, STOPPED, WRONG_CALL, say

if TYPE_CHECKING:
    from bestand.files.document import Document
    from bestand.model.model import Model


def _whole(_kind: Any, tokens: Sequence[Any]) -> int:
    """A whole number, and nothing that would have to be rounded to one."""
    try:
        return int(tokens[0].value)
    except ValueError:
        raise ValueError(f"'{tokens[0].value}' is no whole number") from None


Whole = Annotated[int, Parameter(converter=_whole)]

MAX_INPUT = 20_000_001  # one byte more than a model file may have

ModelName = Annotated[str, Parameter(name="MODEL", show_default=False)]
Words = Annotated[list[str] | None, Parameter(negative="", consume_multiple=False)]
WAYS_OUT = "ways out: rules that exclude what cannot occur, fewer options, or a higher limit (--states, --memory)"
Json = Annotated[bool, Parameter(name="--json", negative="", show_default=False)]
Lang = Annotated[str | None, Parameter(name="--lang", show_default=False)]


def print_json(document: Any) -> None:
    """Write one JSON document to standard output."""
    every_letter = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(document, ensure_ascii=not every_letter, indent=2)
    print(text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in TURNING}))  # a terminal would turn what follows


def command(function: Callable[..., int | None]) -> Callable[..., int]:
    """Turn the library's errors into a message on standard error and an exit status.

    The command runs in a context of its own, so the language that it speaks is spoken no longer than it lasts.
    """

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> int:
        try:
            return contextvars.copy_context().run(function, *args, **kwargs) or 0
        except CallError as error:
            say(f"bestand: {error}")
            return WRONG_CALL
        except ModelError as error:
            say(str(error))
            return INVALID
        except LimitReached as error:
            hint = f"; {WAYS_OUT}" if isinstance(error, TooManyStates) else ""
            return stopped(str(error), hint, error.known, json=kwargs.get("json", False))
        except MemoryError:
            return stopped("the memory does not hold this model", f"; {WAYS_OUT}", json=kwargs.get("json", False))
        except BestandError as error:
            say(f"bestand: {error}")
            return WRONG_CALL

    return guarded


def stopped(why: str, hint: str, known: Mapping[str, object] | None = None, *, json: bool) -> int:
    """A limit was reached before anything was finished: who asked for data is told so in data as well."""
    say(f"bestand: {why}{hint}")
    if json:
        print_json(known or {"bestand": __version__, "stopped": why})
    return STOPPED


def open_model(name: str) -> Document:
    """The document that MODEL names: standard input, a file, or a case of the catalogue."""
    from bestand.files import open_document, read_document

    return read_document(_standard_input(), "standard input") if name == "-" else open_document(name)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise CallError("standard input is closed: there is nothing to read")
    try:
        return sys.stdin.buffer.read(MAX_INPUT)
    except OSError as error:
        raise CallError(f"standard input cannot be read: {error.strerror or error}") from error


def speak(lang: str | None, model: Model, *, json: bool = False) -> Model:
    """Speak a language until the command ends, and have the model in it: the first thing after it has been read.

    The language asked for, else that of the model, else that of the locale. Data (``json``) has the texts of the model
    as they stand in the file, and what the program itself says in English.

    Raises
    ------
    CallError
        Where a language is asked for that there are no texts in.
    """
    from bestand.model.translating import translated
    from bestand.prose.messages import speak, wanted

    spoken = wanted(lang, model.language)
    if json:
        speak("en")
        return model
    speak(spoken)
    return translated(model, spoken)


def split(words: Iterable[str] | None) -> tuple[str, ...]:
    """Values given with commas, or by repeating a flag."""
    return tuple(word.strip() for value in words or () for word in value.split(",") if word.strip())


def with_readings(model: Model, names: Iterable[str]) -> Model:
    """The model under some readings; a clash of readings is a fault of the call, not of the file."""
    from bestand.engine.states import feasible_states
    from bestand.model.changing import apply_readings, changed

    names = tuple(names)
    if not names:
        return model
    under = changed(model, apply_readings(model, names))
    with suppress(TooManyStates):  # so many that there are some
        if not len(feasible_states(under)):
            raise CallError(f"the readings {', '.join(names)} together leave no state feasible")
    return under


STANDARD = "-"  # stands for standard output where a file is to be written


def put_output(path: str, content: bytes) -> None:
    """Write a file, or to standard output: text with a line break at its end, as terminals want it."""
    from bestand.files.placing import put

    if path != STANDARD:
        put(path, content)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content if content.endswith(b"\n") else content + b"\n")
    sys.stdout.buffer.flush()
