"""The words of a call, put in the order in which commands take them.

``bestand MODEL`` is ``bestand analyse MODEL``; flags that every question has may stand before the command; and a flag
of one command can ask another question, as ``what-if --levers`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .table import COMMANDS, known

if TYPE_CHECKING:
    from bestand.answer.question import Question

_VALUED = frozenset({"--lang", "--reading", "--seconds", "--states", "--memory", "--svg", "--png", "--output", "-o"})
_BARE = frozenset({"--json"})
_USUAL = "analyse"


def arranged(arguments: Sequence[str]) -> list[str]:
    """Return a call with its command first.

    Examples
    --------
    >>> arranged(["--lang", "nl", "press/wynia2025/ukraine", "--json"])
    ['analyse', '--lang', 'nl', 'press/wynia2025/ukraine', '--json']
    """
    before, rest = _parted(arguments)
    if not rest:
        return before
    if _is_model(rest[0]):
        rest = [_USUAL, *rest]
    command, *words = rest
    return _other_question(command, [*before, *words])


def _parted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the flags before the command, with their values, and the rest."""
    at = 0
    while at < len(arguments) and arguments[at] != "-":
        flag, equals, _ = arguments[at].partition("=")
        if flag not in _VALUED | _BARE:
            break
        at += 1 if equals or flag in _BARE else 2
    return list(arguments[:at]), list(arguments[at:])


def _is_model(word: str) -> bool:
    """Find out whether a word that stands for a command names a model instead."""
    if word.startswith("-") or word in COMMANDS:
        return word == "-"
    if "/" in word or Path(word).suffix in (".yaml", ".yml"):
        return True
    return Path(word).is_file() and word not in known(word)


def _other_question(command: str, words: list[str]) -> list[str]:
    """Return the call of the question that a flag of a command asks, if one does."""
    from bestand.questions.registry import near

    flags = words[: words.index("--")] if "--" in words else words
    for question in near(command).values():
        if question.also and question.also[0] == command:
            flag = question.also[1]
            if not any(word == flag or word.startswith(f"{flag}=") for word in flags):
                continue
            if question.also[2:]:
                return [question.name, *_value_last(flag, words)]
            if flag in _flags(question):
                return [question.name, *words]
            return [question.name, *(word for word in words if word.partition("=")[0] != flag)]
    return [command, *words]


def _value_last(flag: str, words: list[str]) -> list[str]:
    """Return the words of a call without a flag; its values stand behind all else, where a parameter has its place."""
    rest: list[str] = []
    values: list[str] = []
    following = iter(words)
    for word in following:
        if word == flag:
            values += [value] if (value := next(following, None)) is not None else []
        elif word.startswith(f"{flag}="):
            values.append(word.partition("=")[2])
        else:
            rest.append(word)
    return [*rest, *values]


def _flags(question: Question | None) -> set[str]:
    """Return the flags of a question's own parameters."""
    return {each.flag for each in question.parameters} if question is not None else set()


def hint(arguments: Sequence[str]) -> str:
    """Say which flag is missing, or too many, where a flag belongs to another question that the same command asks."""
    from bestand.questions.registry import questions

    command, *words = [*arranged(arguments), ""]
    question = questions().get(command)
    for other in questions().values():
        flags = _flags(other) - _flags(question)
        flag = next((word.partition("=")[0] for word in words if word.partition("=")[0] in flags), None)
        if flag is not None and other.also[:1] == (command,):
            return f"{flag} goes with {other.also[1]}: add it, or ask bestand {other.name}"
        if flag is not None and question is not None and question.also[:1] == (other.name,):
            return f"{flag} does not go with {question.also[1]}; without it, bestand {other.name} takes {flag}"
    return ""
