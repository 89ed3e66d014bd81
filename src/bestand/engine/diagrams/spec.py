"""What the symbolic engine asks of a package of decision diagrams: a handful of operations.

A diagram is a Boolean function of numbered variables (Bryant 1986), reduced and ordered, so that equal functions are
the same diagram. Every back end's diagrams understand ``f & g``, ``f | g``, ``~f``, ``f == g`` and ``hash(f)``; the
rest goes through the back end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

Diagram = Any  # a Boolean function, in the form of its back end
Variables = Any  # a set of variables to be quantified away, as the back end likes it best
Renaming = Any  # which variable takes whose place, as the back end likes it best


class Diagrams(Protocol):
    """A table of diagrams that share their nodes, and what can be done with them.

    Any operation that makes diagrams may find the table full. `overflow` tells whether an exception says so.
    """

    @property
    def name(self) -> str:
        """``cudd``, ``oxidd``, …."""
        ...

    @property
    def true(self) -> Diagram:
        """The function that is true everywhere."""
        ...

    @property
    def false(self) -> Diagram:
        """The function that is true nowhere."""
        ...

    def var(self, v: int) -> Diagram:
        """Return where variable v is true."""
        ...

    def variables(self, of: Iterable[int]) -> Variables:
        """Return a set of variables, for `exists` and `and_exists`."""
        ...

    def renaming(self, pairs: Mapping[int, int]) -> Renaming:
        """Every key's place is taken by its value, for `rename`."""
        ...

    def ite(self, f: Diagram, g: Diagram, h: Diagram) -> Diagram:
        """G where f is true, h elsewhere."""
        ...

    def exists(self, some: Variables, f: Diagram) -> Diagram:
        """Return where f is true for some value of the variables."""
        ...

    def and_exists(self, some: Variables, f: Diagram, g: Diagram) -> Diagram:
        """Return where f and g are true together for some value of the variables."""
        ...

    def rename(self, f: Diagram, renaming: Renaming) -> Diagram:
        """Return the function f of other variables. The new ones do not occur in f."""
        ...

    def cofactor(self, f: Diagram, v: int, value: bool) -> Diagram:
        """Return the function f with variable v fixed."""
        ...

    def restrict(self, f: Diagram, care: Diagram) -> Diagram:
        """Return a function that agrees with f wherever ``care`` is true, and may be smaller elsewhere."""
        ...

    def mentions(self, f: Diagram, some: Variables) -> bool:
        """Return whether f depends on any of the variables."""
        ...

    def top(self, f: Diagram) -> tuple[int, Diagram, Diagram] | None:
        """Return the first variable that f asks for, and f where it is false and true; None if constant."""
        ...

    def size(self, f: Diagram) -> int:
        """Return how many nodes f has."""
        ...

    def nodes(self) -> int:
        """Return how many nodes are in the table now."""
        ...

    def overflow(self, error: Exception) -> bool:
        """Return whether an exception says that the table is full."""
        ...

    def hurry(self) -> None:
        """Time runs out: begin nothing that takes long and pays off later."""
        ...
