"""The equilibria that pictures show, in which order and with which numbers: the same in every picture of an answer."""

from __future__ import annotations

from dataclasses import dataclass

from bestand.model.values import FrozenMap

Place = tuple[float, float]


@dataclass(frozen=True)
class Entry:
    """Today, an equilibrium, or the equilibria that one pattern stands for.

    Parameters
    ----------
    bits : str
        1, 0, or - for an option that varies.
    count : int
        How many states it stands for.
    concepts : tuple of str
        Those under which it is an equilibrium: none, for a today that is none.
    reached : bool
        Whether improvements lead there from the status quo.
    plan : bool or None
        Whether the plan is true in it; None where the file names no plan.
    outcomes : tuple of str
        1, 0, or - for an outcome that varies, in the order of the file.
    places : tuple of (float, float)
        By party, the lowest and the highest share of the feasible states that it likes less, 0 to 1.
    label : str
        That of its states, where they have one.
    number : int
        Its place among the equilibria, from 1; 0 for today.
    """

    bits: str
    count: int
    concepts: tuple[str, ...]
    reached: bool
    plan: bool | None
    outcomes: tuple[str, ...]
    places: tuple[Place, ...]
    label: str = ""
    number: int = 0

    @property
    def today(self) -> bool:
        """Return whether it is the status quo."""
        return not self.number


@dataclass(frozen=True)
class Selection:
    """What pictures of equilibria show.

    Parameters
    ----------
    today : Entry or None
        None where the model has no status quo.
    equilibria : tuple of Entry
        Today left out.
    counts : FrozenMap of str to int
        How many equilibria there are, by concept, in the order asked for.
    hidden : int
        How many states are an equilibrium under some concept and are in none of the entries.
    """

    today: Entry | None
    equilibria: tuple[Entry, ...]
    counts: FrozenMap[str, int]
    hidden: int

    @property
    def every(self) -> tuple[Entry, ...]:
        """Today first, then the equilibria."""
        return self.equilibria if self.today is None else (self.today, *self.equilibria)

    @property
    def several(self) -> bool:
        """Return whether an entry stands for several equilibria."""
        return any(entry.count > 1 for entry in self.equilibria)
