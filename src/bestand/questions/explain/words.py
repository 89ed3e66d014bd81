"""Explanations in words, with the symbols of the field below them where these are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bestand.document.blocks import Block
from bestand.prose.spoken import spoken
from bestand.witness.paragraphs import explanation

from .symbols import symbols

if TYPE_CHECKING:
    from .answer import Explanations


def blocks(answer: Explanations) -> Iterator[Block]:
    """Tell the verdicts party by party; what several concepts have in common is told once."""
    model = spoken(answer.model)
    shown = [replace(witness, answers=witness.answers[: max(answer.steps, 1)]) for witness in answer.witnesses]
    yield from explanation(model, shown, answer.steps)
    if answer.symbols:
        yield from symbols(model, shown)
