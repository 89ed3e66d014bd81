"""One verdict and its grounds, as an answer: `Explanation`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bestand.answer.answer import Answer
from bestand.document.blocks import Block
from bestand.document.terminal import Page, printed
from bestand.model.errors import CallError
from bestand.model.model import Model
from bestand.prose.messages import speaking
from bestand.prose.spoken import own_language, spoken
from bestand.solve.positions import find_mask, find_party, find_state
from bestand.solve.solution import Solution
from bestand.stability.registry import chosen

from .data import witness_data
from .paragraphs import explanation
from .search import explained
from .witness import Witness
from .words import witness_words


@dataclass(frozen=True, eq=False, repr=False)
class Explanation(Answer):
    """Why a state is stable for a party, or is not: ``str()`` says it in sentences, `data` gives it as plain data.

    Parameters
    ----------
    model : Model
        The model that the verdict is about, readings applied.
    witness : Witness
        What `bestand.replay` checks: improvements, answers, and what the verdict rests on; states are bit masks.
    """

    model: Model
    witness: Witness
    readings: tuple[str, ...] = ()
    stopped: None = None

    @property
    def stable(self) -> bool:
        """The verdict."""
        return self.witness.stable

    def data(self) -> dict[str, Any]:
        """Return the improvements, the answers to them and the evidence, as what JSON can hold."""
        return witness_data(self.model, self.witness)

    def words(self, lang: str | None = None, width: int = 100) -> str:
        """Tell the verdict and its grounds in a few plain sentences, with the model's own texts where it has them.

        Parameters
        ----------
        lang : str, optional
            ``en`` or ``nl``; the language of the model unless told.
        width : int
            Makes no difference: the sentences are not broken into lines.

        Raises
        ------
        CallError
            For a language without texts.
        """
        with speaking(own_language(self.model, lang)):
            return witness_words(spoken(self.model), self.witness)

    def full(self, lang: str | None = None) -> str:
        """Tell all of it, as ``bestand explain`` prints it: every improvement, its answer, and what turns the verdict.

        Parameters and errors are those of `words`.
        """
        return printed(Page(), self.blocks(lang))

    def _blocks(self, width: int) -> Iterable[Block]:
        return explanation(spoken(self.model), [self.witness], len(self.witness.answers))

    def _brief(self) -> str:
        witness = self.witness
        verdict = "stable" if witness.stable else "unstable"
        return f"{verdict} for {self.model.parties[witness.party].id} under {witness.concept}"


def explanation_of(solution: Solution, state: str | int, party: str, concept: str) -> Explanation:
    """Find the grounds of one verdict.

    Parameters
    ----------
    solution : Solution
    state : str or int
        ``status-quo``, bits, a label, the yes options with commas between them, or a row of listed states.
    party : str
    concept : str

    Raises
    ------
    CallError
        For an unknown state, party or concept, or a state that is not feasible. Over sets of states, also for a
        concept of best moves, and for a row.
    """
    i, (asked,) = find_party(solution.model, party), chosen([concept])
    return Explanation(solution.model, explained(solution, mask_of(solution, state), i, asked))


def mask_of(solution: Solution, state: str | int) -> int:
    """Return the bit mask of a state, however it is named. Raises `CallError` as `explanation_of`."""
    if solution.lists:
        return int(solution.space.states[find_state(solution.space, state)])
    if not isinstance(state, str):
        raise CallError(f"there are no rows over sets of states; give the state {state} by its bits or its options")
    return find_mask(solution.model, state, solution.feasible.__contains__)
