"""What the search for settlements finds, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bestand.model.errors import CallError, Stop, nearest
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.sentences import Change, StatementRef

from .offers import Offer
from .rankings import Reranked

Kind = Literal["wishes", "rankings", "moves", "offers"]
NO_PRIORITIES = "nobody who may change has priorities"
NO_RANKING = "nobody who may change has an explicit ranking"
NO_PLACE = "nobody who may change has priorities, in which an offer could find its place"
KINDS: tuple[Kind, ...] = ("wishes", "rankings", "moves", "offers")


@dataclass(frozen=True, slots=True)
class Example:
    """A wanted state that is an equilibrium.

    Parameters
    ----------
    mask : int
    concepts : tuple of str
        Under which it is one.
    path : tuple of (str, int) or None
        How it is reached from the status quo by improvements: who moves to which state. None where it is not.
    """

    mask: int
    concepts: tuple[str, ...]
    path: tuple[tuple[str, int], ...] | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """A change under which a wanted state is an equilibrium, verified by the forward engine on the changed model.

    Parameters
    ----------
    kind : {"wishes", "rankings", "moves", "offers"}
    size : int
        Steps: statements changed, pairs of states swapped, moves changed, or offers made.
    changes : tuple of Change
        What ``bestand what-if`` takes; empty for rankings and offers.
    rankings : tuple of Reranked
    offer : Offer or None
    model : Model
        The changed model.
    concepts : tuple of str
        Of those asked about, under which a wanted state is an equilibrium.
    counts : mapping of str to (int, int)
        By concept: how many equilibria are wanted, and how many there are.
    example : Example
        A wanted equilibrium: one that holds under most concepts, reached from today if any is, and nearest to today.
    alike : int
        How many more changes of the same part there are that are as small and hold under the same concepts.
    """

    kind: Kind
    size: int
    changes: tuple[Change, ...]
    rankings: tuple[Reranked, ...]
    offer: Offer | None
    model: Model
    concepts: tuple[str, ...]
    counts: Mapping[str, tuple[int, int]]
    example: Example
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What was looked for in one kind of change.

    Parameters
    ----------
    kind : {"wishes", "rankings", "moves", "offers"}
    settlements : tuple of Settlement
        The smallest first.
    smallest : mapping of str to (int or None)
        By concept: the fewest steps that do; None where none of those looked at does.
    searched : mapping of str to (int or None)
        By concept: up to how many steps everything was looked at; None for all there is, however many.
    found : int
        How many answers there are in all, listed or not.
    stopped : Stop or None
        The limit that cut the search short.
    absent : str or None
        Why there was nothing to look at.
    """

    kind: Kind
    settlements: tuple[Settlement, ...]
    smallest: Mapping[str, int | None]
    searched: Mapping[str, int | None]
    found: int
    stopped: Stop | None = None
    absent: str | None = None


@dataclass(frozen=True, slots=True)
class Settlements:
    """The answer to: what would it take for a state that satisfies a formula to be an equilibrium?

    Parameters
    ----------
    model : Model
        As it is, readings applied.
    formula : Formula
    concepts : tuple of str
        Those asked about.
    feasible : int
        Feasible states that satisfy the formula.
    already : mapping of str to Example
        By concept: a wanted state that is an equilibrium today. Nothing is looked for there.
    parts : tuple of Part
    wishes : mapping of StatementRef to Formula
        What the statements of the file say once the readings are applied.
    """

    model: Model
    formula: Formula
    concepts: tuple[str, ...]
    feasible: int
    already: Mapping[str, Example]
    parts: tuple[Part, ...]
    wishes: Mapping[StatementRef, Formula]

    @property
    def stopped(self) -> Stop | None:
        """The limit that cut the search short; None where all of it was done."""
        return next((part.stopped for part in self.parts if part.stopped), None)


def kinds_of(kinds: Iterable[str] | None) -> tuple[Kind, ...]:
    """The kinds of change asked for. Raises `CallError` for one that does not exist."""
    if kinds is None:
        return KINDS
    wanted = tuple(kind.strip() for kind in (kinds.split(",") if isinstance(kinds, str) else kinds))
    for kind in wanted:
        if kind not in KINDS:
            hint = nearest(kind, KINDS)
            raise CallError(
                f"there is no kind of change '{kind}'; {f'{hint} ' if hint else ''}(valid: {', '.join(KINDS)})"
            )
    return tuple(kind for kind in KINDS if kind in wanted)
