"""Where things go from the status quo, as a tree of the shortest ways to what matters most: one way until they part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bestand.model.sentences import By
from bestand.model.values import FrozenMap


@dataclass(frozen=True)
class Move:
    """A move on a way; states are bit masks.

    Parameters
    ----------
    mover : int
        The index of the party.
    origin, state : int
        What it leaves, and what it leads to.
    best : bool
        Whether it is the best move that its mover has.
    skipped : int
        How many moves before it are left out.
    """

    mover: int
    origin: int
    state: int
    best: bool
    skipped: int = 0


@dataclass(frozen=True)
class Way:
    """A shortest way from the status quo; of a long one, its beginning and its end.

    Parameters
    ----------
    moves : tuple of Move
    length : int
        How many moves it has in all.
    """

    moves: tuple[Move, ...]
    length: int

    @property
    def goal(self) -> int:
        """The state that it leads to."""
        return self.moves[-1].state


@dataclass(frozen=True)
class Place:
    """What is true in a state that ways come by.

    Parameters
    ----------
    outcomes : frozenset of str
        The names of those that are true.
    plan : bool
        Whether the plan is true.
    concepts : tuple of str
        Those under which it is an equilibrium.
    able : tuple of int
        The parties that have a move there which leads on: by drift one that pays, else one that they gain by.
    """

    outcomes: frozenset[str]
    plan: bool
    concepts: tuple[str, ...]
    able: tuple[int, ...]

    @property
    def rests(self) -> bool:
        """Return whether nobody has such a move."""
        return not self.able


@dataclass(frozen=True)
class Tree:
    """Where things go from the status quo.

    Parameters
    ----------
    by : {"any", "improving", "purposeful", "best", "drift"}
        Which moves lead on.
    concepts : tuple of str
        Under which it is looked whether a state is an equilibrium.
    start : int
        The status quo; states are bit masks.
    ways : tuple of Way
        The most telling first.
    places : FrozenMap of int to Place
        The start, and every state on the ways.
    wider : FrozenMap of str to frozenset of str
        By outcome, those that are true in all states in which it is, and in others.
    reached : int
        How many other states are reached.
    longest : int
        How many moves the farthest of them takes.
    resting : int
        In how many of them nobody has a move that leads on.
    planned : int
        In how many of them the plan is true.
    """

    by: By
    concepts: tuple[str, ...]
    start: int
    ways: tuple[Way, ...]
    places: FrozenMap[int, Place]
    wider: FrozenMap[str, frozenset[str]]
    reached: int
    longest: int
    resting: int
    planned: int


@dataclass
class Node:
    """A state where ways come together or part: the move that leads there, None at the start, and those that go on."""

    state: int
    move: Move | None = None
    onward: list[Node] = field(default_factory=list)

    def every(self) -> Iterator[Node]:
        """Yield the node and all after it, in the order in which they are drawn."""
        yield self
        for node in self.onward:
            yield from node.every()

    def leaves(self) -> int:
        """Return how many ways end."""
        return sum(not node.onward for node in self.every())


def grow(root: Node, way: Way) -> Node:
    """Return the tree below a root with one more way."""
    root = _copied(root)
    at = root
    for move in way.moves:
        at = _onward(at, move)
    return root


def _copied(node: Node) -> Node:
    return replace(node, onward=[_copied(each) for each in node.onward])


def _onward(node: Node, move: Move) -> Node:
    """Return where a move leads from a node: a node that is there already, or a new one."""
    for each in node.onward:
        known = each.move
        if known and (known.state, known.mover, known.skipped) == (move.state, move.mover, move.skipped):
            return each
    node.onward.append(Node(move.state, move))
    return node.onward[-1]
