"""Every command, with what it is for in a line or two."""

from __future__ import annotations

COMMANDS = {
    "cases": "List the cases that come with bestand.",
    "new": "Write an annotated model to start from.",
    "schema": "Print the JSON Schema of the file format, for editors.",
}


def commands() -> dict[str, str]:
    """Return every command with what its help says before the parameters: the questions, and what needs no model."""
    from bestand.questions.registry import questions

    from .help import documentation

    return {**{name: documentation(question) for name, question in questions().items()}, **COMMANDS}


def known(word: str) -> list[str]:
    """Return the commands that there are, or those near one alone where that is enough to make the call."""
    from bestand.questions.registry import near

    return [*near(word), *COMMANDS]
