"""The commands that questions make, by the names of their functions: made when they are asked for."""

from __future__ import annotations

from typing import Any

from bestand.questions.registry import near

from .door import command_of


def __getattr__(name: str) -> Any:
    question = near(name.replace("_", "-")).get(name.replace("_", "-"))
    if question is None:
        raise AttributeError(f"there is no question '{name}'")
    return command_of(question)
