"""What it would take: the answers to `settle` and `count_rankings`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bestand.answer.answer import Answer
from bestand.document.blocks import Block
from bestand.model.errors import Stop
from bestand.model.formula import Formula
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.sentences import Change, StatementRef
from bestand.model.values import Commitment
from bestand.plan.ruling_values import HOLDS, Ruling

from .offers import Offer

Kind = Literal["ties", "offers", "options", "wishes", "rankings", "moves"]
KINDS: tuple[Kind, ...] = ("ties", "offers", "options", "wishes", "rankings", "moves")
FOR_DEALS: tuple[Kind, ...] = ("ties", "options")  # of which there is nothing to look for where equilibria are sought

Sought = Literal["deal", "equilibrium"]


@dataclass(frozen=True, slots=True)
class Reranked:
    """A party's ranking after some swaps.

    Parameters
    ----------
    party : str
    groups : tuple of tuple of str
        States as bit strings, the best first; those of one group are tied.
    turned : tuple of (str, str)
        Pairs of states that are ranked otherwise than today: the first now above the second.
    """

    party: str
    groups: tuple[tuple[str, ...], ...]
    turned: tuple[tuple[str, str], ...]


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
class After:
    """What becomes of the wanted outcome, as a plan, after a change.

    Parameters
    ----------
    ruling : Ruling
        The verdict on it in the changed model.
    refused, idle : tuple of str
        Who refused its deal as things are, and does so no longer; who had nothing in it. Of the first of those with the
        fewest changes.
    unkept : bool
        Whether this is a deal as things are, and one that would not be kept.
    crosses : tuple of str
        Whose red line is crossed where it leads.
    """

    ruling: Ruling
    refused: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    unkept: bool = False
    crosses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settlement:
    """A change that makes it a deal that is kept, or an equilibrium, solved again from the changed model on.

    Parameters
    ----------
    kind : {"ties", "offers", "options", "wishes", "rankings", "moves"}
    size : int
        Steps: statements changed, pairs of states swapped, moves changed, offers made, or things tied down.
    changes : tuple of Change
        What ``bestand what-if`` takes; empty for ties, rankings and offers.
    rankings : tuple of Reranked
    offer : Offer or None
    model : Model
        The changed model.
    concepts : tuple of str
        Of those asked about, under which it does that.
    counts : mapping of str to (int, int)
        By concept: how many equilibria are wanted, and how many there are; empty where a deal is sought.
    example : Example or None
        A wanted equilibrium: one that holds under most concepts, reached from today if any is, and nearest to today.
        None where a deal is sought.
    alike : int
        How many more changes of the same part there are that are as small and hold under the same concepts.
    after : After or None
        What becomes of it as a plan; None where nobody can be asked.
    repeats : tuple of str
        Parties of which it says, in part at least, only that they want what is asked for.
    ties : tuple of Commitment
        What parties tie themselves to from the signature on, beside what comes with the plan already.
    fixed : tuple of str
        Options that nobody changes any more from then on.
    """

    kind: Kind
    size: int
    changes: tuple[Change, ...]
    rankings: tuple[Reranked, ...]
    offer: Offer | None
    model: Model
    concepts: tuple[str, ...]
    counts: Mapping[str, tuple[int, int]]
    example: Example | None
    alike: int = 0
    after: After | None = None
    repeats: tuple[str, ...] = ()
    ties: tuple[Commitment, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What was looked for in one kind of change.

    Parameters
    ----------
    kind : {"ties", "offers", "options", "wishes", "rankings", "moves"}
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
    absent : Message or None
        Why there was nothing to look at.
    untried : int
        How many sets of one more there are that were not tried, since they are too many.
    """

    kind: Kind
    settlements: tuple[Settlement, ...]
    smallest: Mapping[str, int | None]
    searched: Mapping[str, int | None]
    found: int
    stopped: Stop | None = None
    absent: Message | None = None
    untried: int = 0


@dataclass(frozen=True, eq=False, repr=False)
class Settled(Answer):
    """The smallest changes after which a formula is a deal that is kept, or some state of it an equilibrium.

    Parameters
    ----------
    base : Model
        As the file has it: numbers of statements are its own.
    model : Model
        As it is, readings applied.
    formula : Formula
    concepts : tuple of str
        Those asked about; where a deal is sought the one under which it is judged.
    feasible : int
        Feasible states that satisfy the formula.
    already : mapping of str to Example
        By concept: a wanted state that is an equilibrium today. Nothing is looked for there. Empty where a deal is
        sought.
    parts : tuple of Part
        One for each kind of change, where something has to change. Every answer in it was solved again, from the
        changed model on.
    wishes : mapping of StatementRef to Formula
        What the statements of the file say once the readings are applied.
    readings : tuple of str
        Those that were applied.
    name : str
        What the commands that repeat an answer call the model.
    sought : {"deal", "equilibrium"}
        What the changes are to make of it.
    ruling : Ruling or None
        The verdict on it, as a plan, as things are; None where nobody can be asked.
    unjudged : Message or None
        Why there is no verdict.
    """

    base: Model
    model: Model
    formula: Formula
    concepts: tuple[str, ...]
    feasible: int
    already: Mapping[str, Example]
    parts: tuple[Part, ...]
    wishes: Mapping[StatementRef, Formula]
    readings: tuple[str, ...] = ()
    name: str = "MODEL"
    sought: Sought = "equilibrium"
    ruling: Ruling | None = None
    unjudged: Message | None = None

    @property
    def holds(self) -> bool:
        """Return whether it stands as things are, comes by itself, or is a deal that is kept."""
        return self.ruling is not None and self.ruling.kind in HOLDS

    @property
    def stopped(self) -> Stop | None:
        """The limit that cut the search short; None where all of it was done."""
        return next((part.stopped for part in self.parts if part.stopped), None)

    def data(self) -> dict[str, Any]:
        from .data import data

        return data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        from .words import blocks

        return blocks(self)

    def _brief(self) -> str:
        return f"{sum(part.found for part in self.parts)} answers"


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a party's strict rankings make a state an equilibrium.

    Parameters
    ----------
    found : int
        Rankings under which the state is an equilibrium.
    of : int
        All strict rankings of the feasible states.
    unstable_for : tuple of str
        Other parties that leave the state whatever this one prefers; ``found`` is then 0.
    """

    found: int
    of: int
    unstable_for: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class RankingCounts(Answer):
    """How many strict rankings of a party make a state an equilibrium, by concept: ``answer["seq"]``.

    Parameters
    ----------
    model : Model
        Readings applied.
    state : int
        As a bit mask.
    party : str
        Whose rankings are counted.
    counts : mapping of str to Count
        By concept; those that a limit kept from being counted are left out.
    readings : tuple of str
        Those that were applied.
    stopped : Stop or None
        The limit that was reached.
    """

    model: Model
    state: int
    party: str
    counts: Mapping[str, Count]
    readings: tuple[str, ...] = ()
    stopped: Stop | None = None

    def __getitem__(self, concept: str) -> Count:
        return self.counts[concept]

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __len__(self) -> int:
        return len(self.counts)

    def data(self) -> dict[str, Any]:
        from .data import count_data

        return count_data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        from .words import count_blocks

        return count_blocks(self)

    def _brief(self) -> str:
        return f"{self.party}, {self.model.bits(self.state)}"
