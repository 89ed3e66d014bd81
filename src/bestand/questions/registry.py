"""The list of questions. A new question is a folder with a module ``question``, and one line here.

From it the functions of the package, the commands with their help, ``--json`` and the table of the documentation are
made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from bestand.answer.question import Question

# In the order in which help and documentation list them.
ROOMS = (
    "bestand.questions.analyse",
    "bestand.questions.explain",
    "bestand.questions.claims",
    "bestand.questions.deals",
    "bestand.questions.order",
    "bestand.questions.plans",
    "bestand.questions.evolve",
    "bestand.questions.coalitions",
    "bestand.questions.settle",
    "bestand.questions.what_if",
    "bestand.questions.vary",
    "bestand.questions.report",
    "bestand.questions.compare",
    "bestand.questions.readings",
    "bestand.questions.check",
)


@cache
def questions() -> Mapping[str, Question]:
    """Return every question by its name on the command line. Loads nothing that works an answer out."""
    return MappingProxyType(collected(ROOMS))


def near(name: str) -> Mapping[str, Question]:
    """Return the questions of the room that is called like a command, or all where none is: loads no more than it must.

    Examples
    --------
    >>> [*near("claims")], len(near("why")) == len(questions())
    (['claims', 'why'], True)
    """
    room = next((room for room in ROOMS if room.rpartition(".")[2].replace("_", "-") == name), None)
    return questions() if room is None else _of_room(room)


@cache
def _of_room(room: str) -> Mapping[str, Question]:
    return MappingProxyType(collected((room,)))


def collected(rooms: Iterable[str]) -> dict[str, Question]:
    """Return the questions of some rooms, by name.

    Raises
    ------
    ValueError
        Where two questions have the same name, or ask by the same flag of a command.
    """
    named: dict[str, Question] = {}
    flags: dict[tuple[str, ...], Question] = {}
    for room in rooms:
        module = import_module(f"{room}.question")
        for question in vars(module).values():
            if not isinstance(question, Question) or question.ask.__module__ != module.__name__:
                continue
            if question.name in named:
                raise ValueError(
                    f"two questions are called '{question.name}': in {named[question.name].ask.__module__} and in "
                    f"{module.__name__}"
                )
            if question.also and question.also[:2] in flags:
                raise ValueError(f"two questions are asked by '{' '.join(question.also[:2])}'")
            named[question.name] = flags[question.also[:2]] = question
    return named


def functions() -> dict[str, Question]:
    """Return every question by the name of its Python function."""
    return {question.function: question for question in questions().values()}
