"""From a path in a model (``("preferences", "up", "priorities", 2)``) to a line and column of its file."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

from bestand.model.accepting import DOUBTS
from bestand.model.errors import Problem
from bestand.model.fault import ModelFault, Path, clipped
from bestand.model.validate import HARMLESS

from .text import place
from .tree import MappingNode, Node, ScalarNode, SequenceNode

_NAMED = {
    "parties",
    "options",
    "outcomes",
    "plans",
    "commitments",
    "readings",
    "open",
    "answers",
    "sources",
    "labels",
    "one_way",
}  # their keys are the analyst's own
_ABOUT_NAMES = {"bad-id", "reserved-word", "duplicate-id", "name-clash", "unknown-key", "unknown-text"}


MAX_PROBLEMS = 1_000  # more are only counted: nobody reads them, and to place each would take long


@dataclass(slots=True)
class Report:
    """Collects the problems of one file, each at its place."""

    root: Node
    text: str
    problems: list[Problem] = field(default_factory=list)
    untold: int = 0  # problems beyond the most that are told
    told: set[tuple[Path, str]] = field(default_factory=set)  # errors: where, and what
    void: set[Path] = field(default_factory=set)  # entries that could not be read at all
    moved: dict[Path, Path] = field(default_factory=dict)  # what older forms of a file have elsewhere than the model
    _touched: set[Path] = field(default_factory=set)  # every path with an error at or below it
    _spoilt: set[str | int] = field(default_factory=set)
    _children: dict[int, dict[str, tuple[ScalarNode, Node]]] = field(default_factory=dict)  # by id of their mapping
    _written: tuple[int, list[int] | None] = (0, None)  # id of the text asked about last, and where its characters are

    def move(self, path: Path, to: Path) -> None:
        """Take note that what the model has at a path stands elsewhere in this file, in an older form."""
        self.moved[path] = to

    def here(self, path: Path) -> Path:
        """Return where this file has what the model has at a path."""
        for depth in range(len(path), 0, -1) if self.moved else ():
            if path[:depth] in self.moved:
                return (*self.moved[path[:depth]], *path[depth:])
        return path

    def fault(self, fault: ModelFault) -> None:
        """Report a fault of the model."""
        fault = dataclasses.replace(fault, path=self.here(fault.path))
        if fault.severity == "error":
            self._note(fault.path, fault.code)
        if self.room():
            self.problems.append(self.problem(fault))

    def add(self, path: Path, code: str, message: str, hint: str | None = None) -> None:
        """Report an error."""
        self.fault(ModelFault(path, code, message, hint))

    def within(self, path: Path, offset: int, code: str, message: str, hint: str | None = None) -> None:
        """Report an error at one character of a text."""
        self._note(path, code)
        if self.room():
            line, column, found = self.character(path, offset)
            said = clipped(message) if found else f"{clipped(message)} (at character {offset + 1})"
            self.problems.append(Problem(line, column, code, "error", said, hint))

    def _note(self, path: Path, code: str) -> None:
        self.told.add((path, code))
        self._touched.update(path[:depth] for depth in range(len(path) + 1))
        if path and code not in HARMLESS:
            self._spoilt.add(path[0])

    def room(self) -> bool:
        """Return whether one more problem is told; if not, it is counted."""
        if len(self.problems) < MAX_PROBLEMS:
            return True
        self.untold += 1
        return False

    def all_problems(self) -> list[Problem]:
        """Every problem in the order of the file, each once, and a word about those that were only counted."""
        found = list(dict.fromkeys(sorted(self.problems, key=lambda problem: (problem.line, problem.column))))
        if self.untold:
            message = f"there are {self.untold:,} more problems"
            found.append(
                Problem(found[-1].line, found[-1].column, "more-problems", "error", message, "mend these first")
            )
        return found

    def touched(self, *path: str | int) -> bool:
        """Return whether an error at or below a path was reported."""
        return path in self._touched

    def spoilt(self, *sections: str) -> bool:
        """Return whether an error keeps some sections from meaning what they should."""
        return not self._spoilt.isdisjoint(sections)

    def problem(self, fault: ModelFault) -> Problem:
        """A fault of the model as a problem of the file."""
        return fault.problem(*self.place(fault.path, fault.code))

    def place(self, path: Path, code: str = "") -> tuple[int, int]:
        """Return where a path stands: a text at its own place, a list or mapping at its key.

        The nearest part that the file has counts: the short form of an entry stands for all the keys of the long one.
        """
        path = self.here(path)
        key, node, left = self.find(path)
        about_key = (
            code in _ABOUT_NAMES
            and not left
            and (code in {"unknown-key", "unknown-text"} or (path[-2:-1] and path[-2] in _NAMED))
        )
        empty = isinstance(node, ScalarNode) and not node.text and code in DOUBTS  # of an entry left empty, its key
        at = key if key is not None and (about_key or empty or not isinstance(node, ScalarNode)) else node
        return at.line, at.column

    def find(self, path: Path) -> tuple[ScalarNode | None, Node, Path]:
        """The deepest key and node along a path, and what is left of the path there."""
        key, node = None, self.root
        for depth, step in enumerate(path):
            inner = self._child(node, step)
            if inner is None:
                return key, node, path[depth:]
            key, node = inner
        return key, node, ()

    def character(self, path: Path, offset: int) -> tuple[int, int, bool]:
        """Where a character of a text stands in the file; False beside the text's beginning when that is not known."""
        node = self.find(path)[1]
        if isinstance(node, ScalarNode):
            index = self._index(node, offset)
            if index is not None:
                return (*place(self.text, index), True)
        return node.line, node.column, False

    def _child(self, node: Node, step: str | int) -> tuple[ScalarNode | None, Node] | None:
        if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            return None, node.items[step]
        if isinstance(node, SequenceNode) and isinstance(step, str) and len(node.items) == 1:
            return self._child(node.items[0], step) or (None, node.items[0])  # a level of one is what stands in it
        if not isinstance(node, MappingNode) or isinstance(step, int):
            return None
        if id(node) not in self._children:
            self._children[id(node)] = {key.text: (key, value) for key, value in node.entries}
        children = self._children[id(node)]
        return children.get(step) or children.get(step.partition(".")[2])  # an option may stand there in short

    def _index(self, node: ScalarNode, offset: int) -> int | None:
        """Where the ``offset``-th character of a scalar stands in the file's text, or None where that is not known."""
        if self._written[0] != id(node):
            self._written = id(node), _characters(node, self.text)
        written = self._written[1]
        if not written:
            return None if written is None else node.start + (not node.plain)
        before = len("".join(node.text[:offset].split()))
        return written[before] if before < len(written) else written[-1] + 1


def _characters(node: ScalarNode, text: str) -> list[int] | None:
    """Return where each character of a scalar stands, white space left out.

    Whatever its style, these characters stand in the file in the same order. Where they do not (escapes in quotes),
    the places are not known.
    """
    start, end = node.start, node.end
    if text[start : start + 1] in {"|", ">"} and not node.plain:
        start = text.find("\n", start, end) + 1  # behind the block's header
    elif not node.plain:
        start, end = start + 1, end - 1
    written = [k for k in range(start, end) if not text[k].isspace()]
    return written if [text[k] for k in written] == list("".join(node.text.split())) else None
