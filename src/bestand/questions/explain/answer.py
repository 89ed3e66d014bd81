"""Why a state is stable for parties under concepts, or is not: `Explanations`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer
from bestand.answer.setting import Setting, names
from bestand.document.blocks import Block
from bestand.model.errors import CallError
from bestand.model.model import Model
from bestand.solve.positions import find_party
from bestand.solve.solution import solve
from bestand.stability.registry import chosen
from bestand.witness import search
from bestand.witness.explanation import mask_of
from bestand.witness.witness import Witness

from . import data, words


@dataclass(frozen=True, eq=False, repr=False)
class Explanations(Answer):
    """The verdicts on one state, and what each rests on.

    Parameters
    ----------
    model : Model
        With the readings applied.
    readings : tuple of str
    engine : str
        Which engine worked it out.
    witnesses : tuple of Witness
        By concept and party, in the order asked; states are bit masks. `bestand.replay` checks one.
    steps : int
        How many improvements are told one by one.
    symbols : bool
        Whether the symbols of the field are told as well.
    """

    model: Model
    readings: tuple[str, ...]
    engine: str
    witnesses: tuple[Witness, ...]
    steps: int
    symbols: bool = False
    stopped: None = None

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self)

    def _brief(self) -> str:
        stable = sum(witness.stable for witness in self.witnesses)
        return f"{stable} of {len(self.witnesses)} verdicts are stable"


def explained(
    setting: Setting,
    state: str | int,
    party: str | Iterable[str] | None,
    concepts: str | Iterable[str] | None,
    steps: int,
    engine: str | None,
    *,
    symbols: bool,
) -> Explanations:
    """Find the grounds of the verdicts on one state.

    Raises
    ------
    CallError, ModelError, LimitReached
        As `bestand.explain`.
    """
    model, watch = setting.under, setting.watch
    asked = chosen(concepts or None)
    if steps < 0:
        raise CallError(f"--steps {steps}: give 0 or more")
    parties = [find_party(model, name) for name in names(party)] or range(len(model.parties))
    if isinstance(state, str) and model.options and not names(state):
        raise CallError("no state is given after --state; for the one in which no option is taken, write none")
    if state == "status-quo" and model.status_quo is None:
        raise CallError("the model has no status quo; say which state (--state): bits, a label, or the yes options")
    solution = solve(model, engine, watch)
    mask = mask_of(solution, state)
    watch.phase("looking for grounds", len(asked) * len(parties))
    most = max(steps, search.MOST_ANSWERS) if solution.engine.name != "symbolic" else max(steps, 1)
    witnesses = []
    for concept in asked:
        for i in parties:
            witnesses.append(search.explained(solution, mask, i, concept, most))
            watch.step()
    return Explanations(model, setting.readings, solution.engine.name, tuple(witnesses), steps, symbols=symbols)
