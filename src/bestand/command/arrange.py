"""The words of a call, put in the order in which commands take them.

``bestand MODEL`` is ``bestand analyse MODEL``; flags that every question has may stand before the command; and a flag
of one command can ask another question, as ``what-if --levers`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .table import commands

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
    if word in commands() or (word.startswith("-") and word != "-"):
        return False
    return word == "-" or "/" in word or Path(word).suffix in (".yaml", ".yml") or Path(word).is_file()


def _other_question(command: str, words: list[str]) -> list[str]:
    """Return the call of the question that a flag of a command asks, if one does."""
    from bestand.questions.registry import questions

    flags = words[: words.index("--")] if "--" in words else words
    for question in questions().values():
        if question.also and question.also[0] == command:
            flag = question.also[1]
            given = [word for word in flags if word == flag or word.startswith(f"{flag}=")]
            if given and flag in {f"--{each.name.replace('_', '-')}" for each in question.parameters}:
                return [question.name, *words]
            if given:
                return [question.name, *(word for word in words if word not in given)]
    return [command, *words]


def hint(arguments: Sequence[str]) -> str:
    """Say which flag is missing, where one of a call belongs to another question that the same command asks."""
    from bestand.questions.registry import questions

    command, *words = [*arranged(arguments), ""]
    own = {each.name for each in questions()[command].parameters} if command in questions() else set()
    for question in questions().values():
        others = {f"--{each.name.replace('_', '-')}" for each in question.parameters if each.name not in own}
        flag = next((word for word in words if word.partition("=")[0] in others), None)
        if question.also[:1] == (command,) and flag is not None:
            return f"{flag} goes with {question.also[1]}: add it, or ask bestand {question.name}"
    return ""
