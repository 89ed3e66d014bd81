"""Which premises carry the conclusions of a model: `Why`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer
from bestand.answer.setting import Setting
from bestand.document.blocks import Block
from bestand.model.errors import CallError, Stop
from bestand.model.model import Model
from bestand.solve.batches import Batches
from bestand.solve.workers import crew
from bestand.stability.registry import chosen

from . import reasons as search
from . import why_data, why_words
from .answer import claims_of


@dataclass(frozen=True, eq=False, repr=False)
class Why(Answer):
    """Which premises carry the conclusions.

    Parameters
    ----------
    model : Model
        As the file has it: statements are numbered as there.
    readings : tuple of str
        Those that were applied in every variant.
    found : Reasons
        What was found for each claim, and how deep the search came.
    brief : bool
        Whether each claim is told in one line.
    most : int
        How many sets of two changes or more the words name for each claim.
    """

    model: Model
    readings: tuple[str, ...]
    found: search.Reasons
    brief: bool = False
    most: int = 10

    @property
    def reasons(self) -> tuple[search.Reason, ...]:
        """One for each claim: its verdict, and the smallest sets of changes that give it another."""
        return self.found.reasons

    @property
    def looked(self) -> tuple[search.Looked, ...]:
        """Return how many sets of each size were looked at, of how many there are."""
        return self.found.looked

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached; None where the search came as deep as was asked."""
        return self.found.stopped

    def data(self) -> dict[str, Any]:
        return why_data.data(self)

    def partial(self) -> str:
        return "what is told is what was found by then"

    def _blocks(self, width: int) -> Iterable[Block]:
        return why_words.blocks(self)

    def _brief(self) -> str:
        turned = sum(bool(reason.flips) for reason in self.reasons)
        return f"{turned} of {len(self.reasons)} claims can be turned"


def ask(
    setting: Setting,
    claims: str | Iterable[str] | None,
    depth: int,
    concepts: str | Iterable[str] | None,
    workers: int | None,
    *,
    brief: bool = False,
    most: int = 10,
    batches: Batches | None = None,
) -> Why:
    """Look for the premises that carry the conclusions of a model, with what ``batches`` keep of others' work.

    Raises
    ------
    CallError
        For an unknown claim or reading, a depth or a number of workers below 1, or a model without claims or without
        statements.
    """
    model = setting.model
    if not model.claims:
        raise CallError("this model makes no claims, so there is nothing to ask why of; see claims in the file format")
    _ = setting.under  # refuses readings that do not go together
    wanted = claims_of(model, claims)
    many = crew(workers, setting.watch)
    under = chosen(concepts or None)
    reasons = search.reasons(model, wanted, depth, setting.changes, many, setting.watch, under, batches)
    return Why(model, setting.readings, reasons, brief=brief, most=most)
