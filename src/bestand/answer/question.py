"""A question, described once: from its one signature all doors are made.

The function that a question is made of takes a `Setting` and the question's own parameters, and returns an `Answer`.
Its docstring documents the parameters for everybody. What every question takes (the model, readings, limits, language,
form of the answer) is not repeated in it: each door adds that.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ForwardRef, get_args, get_origin

from .parameters import About

if TYPE_CHECKING:
    from .answer import Answer

_SECTION = re.compile(r"^[A-Z]\w+\n-{3,}\n", re.MULTILINE)  # of a docstring in the NumPy convention
_PARAMETERS = re.compile(r"^Parameters\n-+\n(.*?)(?=\n[A-Z]\w+\n-{3,}\n|\Z)", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^(\w+)\n((?:(?: .*)?(?:\n|\Z))+)", re.MULTILINE)

# What every question takes, at some door: no question may have a parameter of such a name.
COMMON = frozenset(
    {
        *("model", "readings", "reading", "limits", "progress"),
        *("seconds", "states", "memory", "json", "lang", "svg", "png", "picture", "output", "help", "version"),
    }
)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question.

    Parameters
    ----------
    name : str
        In Python; on the command line with hyphens.
    annotation : object
        Its type in Python.
    about : About
    default : object
        ``inspect.Parameter.empty`` where it has to be given.
    positional : bool
        Whether Python takes it by its place, after the model.
    """

    name: str
    annotation: Any
    about: About
    default: Any
    positional: bool

    @property
    def flag(self) -> str:
        """Its name on the command line."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def placed(self) -> bool:
        """Whether the command line takes it by its place, too."""
        return self.positional and not self.about.named


@dataclass(frozen=True)
class Question:
    """A question that can be asked about a model.

    Parameters
    ----------
    ask : callable
        ``ask(setting, …)`` works the answer out.
    example : str
        A call on the command line, shown in its help.
    also : tuple of str
        Another command and the flag by which it asks this question: ``("what-if", "--levers")``; and the parameter that
        the value of the flag is for, where it has one: ``("coalitions", "--merge", "parties")``.
    form : {"words", "md"}
        How the command line tells the answer unless told.
    doubts : bool
        Whether the command line says, below the words, how many things are doubtful in the model.
    raw : bool
        Whether it asks about the file, which may hold no valid model, and so takes no readings.
    """

    ask: Callable[..., Answer]
    example: str
    also: tuple[str, ...] = ()
    form: str = "words"
    doubts: bool = False
    raw: bool = False
    name: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.function.replace("_", "-"))
        clash = sorted(name for name in inspect.signature(self.ask).parameters if name in COMMON)
        if clash:
            raise ValueError(
                f"the question '{self.name}' has a parameter '{clash[0]}', which every question takes already; "
                f"call it something else (taken: {', '.join(sorted(COMMON))})"
            )

    def __call__(self, *args: Any, **kwargs: Any) -> Answer:
        return self.ask(*args, **kwargs)

    @property
    def function(self) -> str:
        """What the question is called in Python."""
        return self.ask.__name__

    @property
    def summary(self) -> str:
        """The question in one line."""
        return self.doc.partition("\n\n")[0].replace("\n", " ")

    @property
    def doc(self) -> str:
        """The docstring of its function."""
        return inspect.getdoc(self.ask) or ""

    @property
    def description(self) -> str:
        """What the question is, in words, without its parameters and what it returns."""
        return _SECTION.split(self.doc, maxsplit=1)[0].rstrip()

    @property
    def help(self) -> Mapping[str, str]:
        """What each of its parameters means, in one paragraph, with the words that may be given where they are few.

        Made anew each time: what may be given, such as the concepts, may have grown since.
        """
        told = {name: " ".join(text.split()) for name, text in _ENTRY.findall(self._documented())}
        missing = [each.name for each in self.parameters if each.name not in told]
        if missing:
            raise ValueError(f"the docstring of the question '{self.name}' does not document '{missing[0]}'")
        for each in self.parameters:
            if each.about.choices is not None:
                told[each.name] += f" One of: {', '.join(each.about.choices())}."
        return told

    def _documented(self) -> str:
        """Return the section of its docstring that documents the parameters."""
        found = _PARAMETERS.search(self.doc)
        return found[1] if found else ""

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its own parameters, in order."""
        return tuple(self._parameters())

    def _parameters(self) -> Iterator[Parameter]:
        names = getattr(self.ask, "__globals__", {})
        for given in list(inspect.signature(self.ask).parameters.values())[1:]:
            annotation = given.annotation
            if isinstance(annotation, str):
                annotation = eval(annotation, names)  # of our own source
            about = next((each for each in get_args(annotation) if isinstance(each, About)), None)
            if get_origin(annotation) is not Annotated or about is None:
                raise TypeError(
                    f"the parameter '{given.name}' of the question '{self.name}' is annotated with no kind of "
                    "bestand.answer.parameters"
                )
            positional = given.kind is not inspect.Parameter.KEYWORD_ONLY
            kind = get_args(annotation)[0]
            kind = kind.__forward_arg__ if isinstance(kind, ForwardRef) else kind
            yield Parameter(given.name, kind, about, given.default, positional)


def question(
    example: str, also: tuple[str, ...] = (), form: str = "words", *, doubts: bool = False, raw: bool = False
) -> Callable[[Callable[..., Any]], Question]:
    """Make a question of a function that takes a `Setting` and the question's own parameters.

    Raises
    ------
    ValueError
        For a parameter that every question takes already.
    """
    return lambda ask: Question(ask, example, also, form, doubts, raw)
