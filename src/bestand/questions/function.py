"""The Python door: a function made of a question."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from os import PathLike
from typing import TYPE_CHECKING, Any

from bestand.answer.question import Question

if TYPE_CHECKING:
    from bestand.engine.limits import Limits, Progress
    from bestand.model.model import Model

_MODEL = """\
model : Model, str or path
    A model, or what `load` takes: a path, or a slug of the catalogue.
"""
_READINGS = """\
readings : iterable of str
    Readings of the model to apply first.
"""
_COMMON = """\
limits : Limits or mapping, optional
    What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
    finished, and its ``stopped`` says which.
progress : callable, optional
    Called with a `Progress` a few times a second at most. The library itself prints nothing.
"""


@cache
def function_of(question: Question) -> Callable[..., Any]:
    """Return the function that asks a question in Python: the model first, then the question's own parameters."""

    def ask(
        model: Model | str | PathLike[str],
        *args: Any,
        readings: str | Iterable[str] = (),
        limits: Limits | Mapping[str, Any] | None = None,
        progress: Callable[[Progress], None] | None = None,
        **kwargs: Any,
    ) -> Any:
        from bestand.answer.setting import limits_of, setting
        from bestand.engine.guard import guarded
        from bestand.engine.limits import Watch

        under = {"readings": readings} if readings else {}
        bound.bind(model, *args, **under, limits=limits, progress=progress, **kwargs)
        watch = Watch(limits_of(limits), progress)
        with guarded(watch):
            return question.ask(setting(model, readings, watch, raw=question.raw), *args, **kwargs)

    bound = signature_of(question, ask)
    ask.__name__ = ask.__qualname__ = question.function
    ask.__module__ = "bestand"
    ask.__doc__ = documentation(question)
    vars(ask)["__signature__"] = bound
    return ask


def signature_of(question: Question, ask: Callable[..., Any]) -> inspect.Signature:
    """Return the signature of the Python function."""
    model, _args, *common = list(inspect.signature(ask).parameters.values())[:-1]
    if question.raw:
        common = [each for each in common if each.name != "readings"]
    own = [
        inspect.Parameter(
            each.name,
            inspect.Parameter.POSITIONAL_OR_KEYWORD if each.positional else inspect.Parameter.KEYWORD_ONLY,
            default=each.default,
            annotation=each.annotation,
        )
        for each in question.parameters
    ]
    return inspect.Signature(
        [model, *own, *common], return_annotation=inspect.signature(question.ask).return_annotation
    )


def documentation(question: Question) -> str:
    """Return the docstring of the Python function: that of the question, with what every question takes."""
    before, heading, after = question.doc.partition("Parameters\n----------\n")
    if not heading:
        before, heading, after = _without_parameters(question.doc)
    own, rest_heading, rest = after.partition("\n\nReturns\n")
    own = f"{own.strip()}\n" if own.strip() else ""
    common = _COMMON if question.raw else f"{_READINGS}{_COMMON}"
    return f"{before}{heading}{_MODEL}{own}{common}{rest_heading[1:]}{rest}".rstrip() + "\n"


def _without_parameters(doc: str) -> tuple[str, str, str]:
    """Return the three parts of a docstring that documents no parameter: it goes on with what it returns."""
    before, heading, rest = doc.partition("Returns\n-------\n")
    return f"{before.rstrip()}\n\n", "Parameters\n----------\n", f"\n\n{heading}{rest}" if heading else ""
