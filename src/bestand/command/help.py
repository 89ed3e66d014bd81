"""What the help of a command says of its question, before the parameters."""

from __future__ import annotations

from bestand.answer.question import Question
from bestand.questions.registry import questions


def documentation(question: Question) -> str:
    """Return what --help says of a question before its parameters."""
    return f"{question.description}\n\n{_also(question)}For example: {question.example}\n"


def _also(question: Question) -> str:
    """Return what else can be asked by this command, with a flag."""
    others = [other for other in questions().values() if other.also[:1] == (question.name,)]
    return "".join(f"With {other.also[1]}: {other.summary} See: bestand {other.name} --help\n\n" for other in others)
