"""In what part of the combinations of what is open things are so: the answer to `vary`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from bestand.answer.answer import Answer, Drawings
from bestand.answer.given import formula_of
from bestand.document.blocks import Block
from bestand.model.errors import CallError, Stop, nearest
from bestand.model.formula import Formula, text
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.values import FrozenMap

if TYPE_CHECKING:
    from bestand.plan.ruling_values import Kind

    from .conditions import Conditions
    from .job import Job
    from .robustness import Robustness

Verdict = Literal["holds", "does not hold", "depends on the concept", "cannot be said"]
VERDICTS: tuple[Verdict, ...] = ("holds", "does not hold", "depends on the concept", "cannot be said")


@dataclass(frozen=True, slots=True)
class Share:
    """In what part of the combinations something is so.

    Parameters
    ----------
    count : int
        In how many of those looked at; -1 where only their chances were added up.
    of : int
        How many were looked at that leave a state.
    share : float
        The part; by the chances of the combinations, where the file gives any. Not a number where ``of`` is 0.
    low, high : float or None
        Where the true share lies, 19 times in 20 (Wilson 1927); None where every combination was looked at.

    Notes
    -----
    Of some combinations of uneven chances, the interval is that of as many even ones as tell as much (Kish 1965).
    """

    count: int
    of: int
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Influence:
    """How much of an answer's variance is due to one question.

    Parameters
    ----------
    question : int
    alone, in_all : float
        Parts of the variance. An estimate may lie a little outside 0 to 1.
    alone_error, in_all_error : float or None
        Standard errors; None where the numbers are exact.
    by_answer : tuple of (str, float)
        The share under each answer to the question; empty where there are too many to tell.
    """

    question: int
    alone: float
    in_all: float
    alone_error: float | None = None
    in_all_error: float | None = None
    by_answer: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements of a party whose order makes a difference.

    Parameters
    ----------
    party : str
    one, other : int
        Their numbers; the answer is more often so where ``one`` stands above ``other``.
    above, below : float
        The share where it does, and where it stands below.
    """

    party: str
    one: int
    other: int
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Movers:
    """What moves a share; nothing where it never changes, or not all of what that needs was looked at.

    Parameters
    ----------
    influences : tuple of Influence
        One for each question, the most first.
    pairs : tuple of Pair
        Where orders are varied: the pairs of statements whose order moves it most.
    """

    influences: tuple[Influence, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class FormulaShares:
    """How often a formula is true in equilibria under one concept.

    Parameters
    ----------
    share : Share
        Of the combinations: those in which some equilibrium satisfies it.
    part : Share
        Of the equilibria, on average over the combinations that have any. The interval is wider than it need be: no
        such part varies more than a yes or no.
    moved_by : Movers
    """

    share: Share
    part: Share
    moved_by: Movers = Movers()


@dataclass(frozen=True, slots=True)
class PlanShares:
    """How often the plan comes to each verdict.

    Parameters
    ----------
    kinds : mapping of Kind to Share
        Those that occur, the best for the plan first.
    good : Share
        Where it stands, comes by itself, or is a deal that is kept.
    moved_by : Movers
        Of whether it does.
    """

    kinds: FrozenMap[Kind, Share]
    good: Share
    moved_by: Movers = Movers()


@dataclass(frozen=True, slots=True)
class ClaimShares:
    """How often a claim comes to each verdict.

    Parameters
    ----------
    verdicts : mapping of Verdict to Share
    under : mapping of str to Share
        By concept, where concepts matter to it: how often it holds under that one.
    moved_by : Movers
    by_definition : Message or None
        Why it holds whatever anybody wants; such a claim is no finding.
    """

    verdicts: FrozenMap[Verdict, Share]
    under: FrozenMap[str, Share]
    moved_by: Movers = Movers()
    by_definition: Message | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Equilibria:
    """The equilibria under one concept.

    Parameters
    ----------
    some : Share
        Of the combinations: those that have any.
    fewest, most : int
        How many a combination has.
    median : float
    masks : (K,) uint64
        The states that are an equilibrium in some combination, the most frequent first.
    shares : (K,) float64
        In what part of the combinations each is.
    listed : tuple of Share
        Those of the first states, with their intervals.
    """

    some: Share
    fewest: int
    median: float
    most: int
    masks: NDArray[np.uint64]
    shares: NDArray[np.float64]
    listed: tuple[Share, ...]

    @property
    def always(self) -> int:
        """Return how many states are an equilibrium in every combination looked at."""
        return int((self.shares > 1 - 1e-12).sum())


@dataclass(frozen=True, eq=False, repr=False)
class Variation(Answer):
    """What holds in which part of all combinations of what is open.

    Parameters
    ----------
    job : Job
        What was asked, of which combinations.
    looked_at : int
        How many combinations were looked at, those left out that are there for comparison.
    without_states : int
        How many of them leave no state feasible; they count nowhere else.
    formulas : tuple of mapping of str to FormulaShares
        For each formula of the job, by concept.
    claims : mapping of str to ClaimShares
        By id.
    equilibria : mapping of str to Equilibria
        By concept.
    digest : str
        A hash of every number that was found: the same wherever and however it was worked out.
    listed : int
        How many states of each concept are listed.
    plan : PlanShares or None
        The verdicts on the plan; None without a plan, or nobody to ask.
    limit : Stop or None
        The limit that kept combinations from being looked at, or what moves the shares from being worked out.
    robustness : Robustness or None
        How many swaps of wishes break equilibria, where that was asked.
    conditions : Conditions or None
        When the plan comes to which verdict and a claim holds, exactly; None where not every combination was looked at.
    dependent : tuple of int
        Questions that are left out of what moves the shares: which of their answers can be hangs on the others.
    """

    job: Job
    looked_at: int
    without_states: int
    formulas: tuple[FrozenMap[str, FormulaShares], ...]
    claims: FrozenMap[str, ClaimShares]
    equilibria: FrozenMap[str, Equilibria]
    digest: str
    listed: int
    plan: PlanShares | None = None
    limit: Stop | None = None
    robustness: Robustness | None = None
    dependent: tuple[int, ...] = ()
    conditions: Conditions | None = None

    @property
    def model(self) -> Model:
        """The model as the file has it: numbers of wishes are its own."""
        return self.job.model

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that were applied in every combination."""
        return self.job.readings

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached; None where everything is finished."""
        return self.limit or (self.robustness.stopped if self.robustness else None)

    @property
    def count(self) -> int:
        """Return how many combinations there are."""
        return self.job.design.count

    @property
    def exact(self) -> bool:
        """Return whether there is no chance in the shares: every combination there is was looked at."""
        return self.job.kind == "all" and self.looked_at == self.count

    @property
    def questions(self) -> tuple[str, ...]:
        """Return what is open, as data call it."""
        return tuple(question.words for question in self.job.design.questions)

    def share(self, formula: Formula | str, concept: str) -> Share:
        """Return in what part some equilibrium satisfies one of the formulas asked. Raises `CallError` for another."""
        return self._formula(formula, concept).share

    def claim(self, claim: str) -> dict[str, Share]:
        """Return in what part a claim holds, does not hold, and so on. Raises `CallError` for an unknown one."""
        return {**self._claim(claim).verdicts}

    def states(self, concept: str) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
        """Return the states that are ever an equilibrium, and in what part; the most frequent first.

        Returns
        -------
        (K,) uint64, (K,) float64

        Raises
        ------
        CallError
            For a concept that was not asked for.
        """
        equilibria = self.equilibria[self._concept(concept)]
        return equilibria.masks, equilibria.shares

    def moved_by(self, formula_or_claim: Formula | str, concept: str = "") -> list[Influence]:
        """Return what moves the share of a formula (with a concept) or of a claim (without), the most first."""
        moved = self._formula(formula_or_claim, concept) if concept else self._claim(str(formula_or_claim))
        return [*moved.moved_by.influences]

    def data(self) -> dict[str, Any]:
        from .data import data

        return data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        from .words import blocks

        return blocks(self)

    def _pictures(self) -> Drawings:
        from .picture import shares

        return {"shares": lambda: shares(self)}

    def _undrawable(self, name: str) -> str:
        return "nothing was looked at, so that there is nothing to draw"

    def _brief(self) -> str:
        return f"{self.looked_at:,} of {self.job.samples:,} combinations"

    def partial(self) -> str:
        return f"{self.looked_at:,} of {self.job.samples:,} combinations are looked at"

    def _formula(self, formula: Formula | str, concept: str) -> FormulaShares:
        job = self.job
        read = formula_of(formula, job.model)
        if read not in job.formulas:
            asked = ", ".join(map(text, job.formulas)) or "none"
            raise CallError(f"'{text(read)}' was not asked about; formulas: {asked}")
        return self.formulas[job.formulas.index(read)][self._concept(concept)]

    def _claim(self, claim: str) -> ClaimShares:
        if claim not in self.claims:
            raise CallError(f"there is no claim '{claim}' among those asked; {nearest(claim, self.claims) or ''}")
        return self.claims[claim]

    def _concept(self, concept: str) -> str:
        if concept not in self.equilibria:
            raise CallError(f"'{concept}' was not asked about; concepts: {', '.join(self.equilibria)}")
        return concept
