"""A model and what holds in it, over sets of states: for models whose states are too many to list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from bestand.engine.choose import Choice
from bestand.engine.limits import OutOfPatience, Watch
from bestand.engine.symbolic import DiagramStates, SymbolicEngine
from bestand.model.errors import CallError, LimitReached
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.stability.registry import EVERY, stable

from .processes import verdicts_apart
from .verdicts import Verdicts

PATIENCE = 5.0  # seconds after which a question is hard enough for a process of its own


class PartySets(Mapping[str, DiagramStates]):
    """A set of states for every party, by its id; its index serves as well."""

    def __init__(self, sets: Mapping[str, DiagramStates]) -> None:
        self._sets = dict(sets)

    def __getitem__(self, party: str | int) -> DiagramStates:
        return list(self._sets.values())[party] if isinstance(party, int) else self._sets[party]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sets)

    def __len__(self) -> int:
        return len(self._sets)


class SetSolution(Verdicts[DiagramStates]):
    """Verdicts for one model, by concept, as sets of states.

    Parameters
    ----------
    model : Model
    choice : Choice
        A symbolic engine, and why it was chosen.
    watch : Watch
        The one that the engine was made with.
    """

    def __init__(self, model: Model, choice: Choice[SymbolicEngine], watch: Watch) -> None:
        super().__init__(model, choice.because, watch)
        self.engine = choice.engine
        self._stable: dict[tuple[str, int], DiagramStates] = {}
        self._equilibria: dict[str, DiagramStates] = {}

    @property
    def feasible(self) -> DiagramStates:
        """Every feasible state."""
        return self.engine.feasible

    def verdict(self, concept: str, i: int) -> DiagramStates:
        return self.stable_set(concept, i)

    def stable_set(self, concept: str, i: int) -> DiagramStates:
        if (concept, i) not in self._stable:
            self._stable[concept, i] = stable(self.engine, concept, i)
        return self._stable[concept, i]

    def finish(self, concepts: Iterable[str]) -> None:
        """As `Verdicts.finish`. Raises `CallError` for a concept that only engines which list the states can follow."""
        concepts = tuple(concepts)
        listed = [concept for concept in concepts if not EVERY[concept].over_sets]
        if listed:
            raise CallError(
                f"{listed[0]} follows best moves, for which the states have to be listed one by one; the symbolic "
                f"engine holds {self.count:,} of them as sets (it serves the other concepts)"
            )
        super().finish(concepts)

    def answer(self, questions: list[tuple[str, int]]) -> None:
        """In turn, as long as that goes quickly; what is left then is put to processes of their own."""
        left = list(reversed(questions))
        try:
            with self.watch.patience(PATIENCE):
                while left:
                    self.verdict(*left[-1])
                    left.pop()
                    self.watch.step()
        except OutOfPatience:
            left.reverse()
            for question, found in verdicts_apart(
                self.model, left, self.watch, self.engine.memory, self.engine.backend
            ):
                self._stable[question] = self.engine.read(found)
                self.watch.step()

    def has_verdict(self, concept: str, i: int) -> bool:
        return (concept, i) in self._stable

    def stable(self, concept: str) -> PartySets:
        """For every party the states that are stable for it."""
        return PartySets({party: self.verdict(concept, i) for i, party in enumerate(self.model.party)})

    def equilibrium_set(self, concept: str) -> DiagramStates:
        if concept not in self._equilibria:
            self._equilibria[concept] = super().equilibrium_set(concept)
        return self._equilibria[concept]

    def equilibria(self, concept: str) -> DiagramStates:
        """The states that are stable for every party."""
        return self.equilibrium_set(concept)

    def complete(self, concept: str) -> bool:
        if not super().complete(concept):
            return False
        try:
            self.equilibria(concept)
        except LimitReached as error:  # the memory is too full to put the parties' sets together
            self.stopped = self.stopped or error.stop
            return False
        return True

    def holds(self, formula: Formula) -> DiagramStates:
        """The feasible states in which a formula is true."""
        return self.engine.holds(formula)

    @property
    def status_quo(self) -> int | None:
        return self.engine.status_quo

    @cached_property
    def reached(self) -> DiagramStates | None:
        if self.status_quo is None:
            return None
        self.watch.phase("following the drift")
        return self.engine.reach(self.status_quo)

    def share_below(self, i: int, state: int) -> float:
        return self.engine.below(i, state) / self.count

    def lower_share(self, i: int, mask: int) -> float:
        """The share of the feasible states that party i ranks strictly lower than one state (0 to 1)."""
        return self.share_below(i, mask)
