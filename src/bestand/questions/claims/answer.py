"""The conclusions of an author, put to the author's premises: `Claims`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer
from bestand.answer.setting import Setting, names
from bestand.checks.because import Contrasts
from bestand.checks.claims import ClaimResult, ask_claim
from bestand.document.blocks import Block
from bestand.model.errors import CallError, LimitReached, Stop, nearest
from bestand.model.model import Model
from bestand.model.values import Claim
from bestand.solve.solution import Solver
from bestand.stability.registry import chosen

from . import data, words
from .findings import kind_of


@dataclass(frozen=True, eq=False, repr=False)
class Claims(Answer):
    """Which claims hold, and what was found for each.

    Parameters
    ----------
    model : Model
        As the file has it: premises are numbered as there.
    readings : tuple of str
        Those that were applied before each claim was asked.
    stopped : Stop or None
    concepts : tuple of str
        Under which a sentence was asked that names none.
    chosen : bool
        Whether the caller chose these concepts.
    results : tuple of ClaimResult
        In the order asked; where a limit was reached, those that were answered by then.
    asked : int
        How many claims were asked.
    brief : bool
        Whether each is told in one line.
    """

    model: Model
    readings: tuple[str, ...]
    stopped: Stop | None
    concepts: tuple[str, ...]
    chosen: bool
    results: tuple[ClaimResult, ...]
    asked: int
    brief: bool = False

    @property
    def findings(self) -> tuple[ClaimResult, ...]:
        """The claims that could have come out otherwise: neither by definition nor by construction as they are."""
        return tuple(each for each in self.results if kind_of(each) == "finding")

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def partial(self) -> str:
        return f"{len(self.results)} of {self.asked} claims are answered"

    def notes(self, name: str) -> Iterable[str]:
        return () if self.asked else (words.none(),)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self)

    def _brief(self) -> str:
        holding = sum(each.answer.verdict == "holds" for each in self.findings)
        kinds = [kind_of(each) for each in self.results]
        told = [f"{holding} of {self.asked} claims hold"]
        told += [f"{kinds.count(kind)} {kind}" for kind in ("by definition", "by construction") if kind in kinds]
        return ", ".join(told)


def ask(
    setting: Setting, claims: str | Iterable[str] | None, concepts: str | Iterable[str] | None, *, brief: bool = False
) -> Claims:
    """Put claims to a model.

    Raises
    ------
    CallError
        For an unknown claim, concept or reading.
    """
    under = chosen(concepts or None)
    asked = claims_of(setting.model, claims)
    _ = setting.under  # that the readings go together is the caller's business, not the claims'
    solver = Solver(setting.model, setting.changes, watch=setting.watch)
    contrasts = Contrasts(solver)
    results: list[ClaimResult] = []
    stopped = None
    try:
        setting.watch.phase("putting the claims", len(asked))
        for claim in asked:
            results.append(ask_claim(solver, claim, under, contrasts))
            setting.watch.step()
    except LimitReached as error:
        stopped = error.stop
    return Claims(
        setting.model, setting.readings, stopped, under, bool(concepts), tuple(results), len(asked), brief=brief
    )


def claims_of(model: Model, ids: str | Iterable[str] | None) -> tuple[Claim, ...]:
    """Return the claims of those ids; all where none is named. Raises `CallError` for an unknown one."""
    known = {claim.id: claim for claim in model.claims}
    wanted = names(ids)
    for id in wanted:
        if id not in known:
            hint = nearest(id, known) or f"claims: {', '.join(known) or 'none'}"
            raise CallError(f"there is no claim '{id}'; {hint}")
    return tuple(known[id] for id in wanted or known)
