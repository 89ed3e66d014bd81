"""What an engine is: the closure operators, on functions from states to ranks.

Three operators say everything that the classic concepts need; two more narrow the third, and one looks back:

- ``best(i, f)(s)``: the largest f over s and what party i can reach from s in one move
- ``worst_reply(H, f)(s)``: the smallest f over s and what the parties H can reach from s by legal sequences of moves
- ``worst_credible_reply(H, f)(s)``: the same, each step an improvement for the party that makes it, where it makes it
- ``worst_best_reply(H, f)(s)``: the same, each step a best move of the party that makes it: an improvement to a state
  of the highest rank that the party can reach from there in one move, any of them where several are equally good
- ``worst_purposeful_reply(H, f)(s)``: the same, each step a purposeful move of the party that makes it: an improvement
  of which no part is as good to it (`bestand.engine.flips`)
- ``least_origin(i, f)(s)``: the smallest f over s and the states from which party i can move to s

A legal sequence never has the same party move twice in a row. All of them include s itself, so that "there is no
countermove" needs no special case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .sets import StateSet
    from .space import Space

Value = TypeVar("Value")  # a function from states to ranks, in the form that an engine likes best
Truth = TypeVar("Truth")  # a function from states to truth values, in the same form
Parties: TypeAlias = tuple[int, ...]  # indices in the model's order


class Engine(Protocol[Value, Truth]):
    """The closure operators for one model. Values go in and come out in the engine's own form."""

    @property
    def name(self) -> str:
        """``cube``, ``listed``, ``arcs``, ``symbolic``."""
        ...

    @property
    def parties(self) -> tuple[str, ...]:
        """Party ids; a party is its index here."""
        ...

    # ---- states ----

    @property
    def lists(self) -> bool:
        """Return whether it lists the states, and so has a space of them; else it knows sets of states alone."""
        ...

    @property
    def space(self) -> Space:
        """The states, wishes and moves that it works on. Raises `TooManyStates` where it lists no states."""
        ...

    @property
    def feasible(self) -> StateSet:
        """Every feasible state."""
        ...

    def states_where(self, truth: Truth) -> StateSet:
        """Return the states in which a truth function is true."""
        ...

    def below(self, i: int, state: int) -> int:
        """Return how many feasible states party i likes less than one, which is given as a bit mask."""
        ...

    # ---- operators ----

    def rank(self, i: int) -> Value:
        """Return what party i thinks of every state: higher is better."""
        ...

    def best(self, i: int, f: Value) -> Value:
        """Return the largest f that party i can have by one move or none."""
        ...

    def worst_reply(self, H: Parties, f: Value) -> Value:
        """Return the smallest f to which the parties H can bring things by legal moves."""
        ...

    def worst_credible_reply(self, H: Parties, f: Value) -> Value:
        """Return the smallest f to which the parties H can bring things by improvements."""
        ...

    def worst_best_reply(self, H: Parties, f: Value) -> Value:
        """Return the smallest f to which the parties H can bring things by best moves."""
        ...

    def worst_purposeful_reply(self, H: Parties, f: Value) -> Value:
        """The smallest f to which the parties H can bring things by purposeful moves."""
        ...

    def least_origin(self, i: int, f: Value) -> Value:
        """Return the smallest f over s and the states from which party i can move to s."""
        ...

    def lower(self, f: Value, g: Value) -> Value:
        """Return the smaller of two rank functions, state by state."""
        ...

    def at_most(self, f: Value, g: Value) -> Truth:
        """Return where f does not exceed g."""
        ...

    def over_states(self, value: Value | Truth) -> NDArray[Any]:
        """(S,) array: what this engine worked out, over the feasible states, in ascending order."""
        ...

    def from_states(self, values: NDArray[Any]) -> Value:
        """Return a value of this engine from an (S,) array over the feasible states."""
        ...


def others(engine: Engine[Any, Any], i: int) -> Parties:
    """Return every party but i."""
    return tuple(j for j in range(len(engine.parties)) if j != i)
