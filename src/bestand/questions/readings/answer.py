"""The readings of a model: what its sources leave open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer
from bestand.document.blocks import Block
from bestand.model.model import Model

from . import data, words


@dataclass(frozen=True, eq=False, repr=False)
class Readings(Answer):
    """The readings of a model, and what each changes.

    Parameters
    ----------
    model : Model
        As the file has it.
    readings : tuple of str
        Those that were asked for; listing them applies none.
    """

    model: Model
    readings: tuple[str, ...] = ()
    stopped: None = None

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self)

    def notes(self, name: str) -> Iterable[str]:
        return () if self.model.readings else (words.none(),)

    def _brief(self) -> str:
        return f"{len(self.model.readings)} readings"
