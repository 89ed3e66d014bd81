"""From a path in a model (``("preferences", "up", "priorities", 2)``) to a line and column of its file."""

from __future__ import annotations

from dataclasses import dataclass, field

from bestand.model.errors import Problem, Severity
from bestand.model.validate import HARMLESS, ModelFault, Path

from .text import place
from .tree import MappingNode, Node, ScalarNode, SequenceNode

_NAMED = {
    "parties",
    "options",
    "outcomes",
    "readings",
    "sources",
    "labels",
    "one_way",
}  # their keys are the analyst's own
_ABOUT_NAMES = {"bad-id", "reserved-word", "duplicate-id", "name-clash", "unknown-key"}


@dataclass(slots=True)
class Report:
    """Collects the problems of one file, each at its place."""

    root: Node
    text: str
    problems: list[Problem] = field(default_factory=list)
    told: set[tuple[Path, str]] = field(default_factory=set)  # errors: where, and what
    void: set[Path] = field(default_factory=set)  # entries that could not be read at all

    def fault(self, fault: ModelFault) -> None:
        """Report a fault of the model."""
        if fault.severity == "error":
            self.told.add((fault.path, fault.code))
        self.problems.append(self.problem(fault))

    def add(self, path: Path, code: str, message: str, hint: str | None = None) -> None:
        """Report an error."""
        self.fault(ModelFault(path, code, message, hint))

    def within(self, path: Path, offset: int, code: str, message: str, hint: str | None = None) -> None:
        """Report an error at one character of a text."""
        self.told.add((path, code))
        line, column, found = self.character(path, offset)
        said = message if found else f"{message} (at character {offset + 1})"
        self.problems.append(Problem(line, column, code, "error", said, hint))

    def touched(self, *path: str | int) -> bool:
        """Whether an error at or below a path was reported."""
        return any(known[: len(path)] == path for known, _ in self.told)

    def spoilt(self, *sections: str) -> bool:
        """Whether an error keeps some sections from meaning what they should."""
        return any(path and path[0] in sections and code not in HARMLESS for path, code in self.told)

    def problem(self, fault: ModelFault) -> Problem:
        """A fault of the model as a problem of the file."""
        line, column = self.place(fault.path, fault.code)
        severity: Severity = fault.severity
        return Problem(line, column, fault.code, severity, fault.message, fault.hint)

    def place(self, path: Path, code: str = "") -> tuple[int, int]:
        """Where a path stands: a text at its own place, a list or mapping at its key.

        The nearest part that the file has counts: the short form of an entry stands for all the keys of the long one.
        """
        key, node, left = self.find(path)
        about_key = (
            code in _ABOUT_NAMES and not left and (code == "unknown-key" or (path[-2:-1] and path[-2] in _NAMED))
        )
        at = key if key is not None and (about_key or not isinstance(node, ScalarNode)) else node
        return at.line, at.column

    def find(self, path: Path) -> tuple[ScalarNode | None, Node, Path]:
        """The deepest key and node along a path, and what is left of the path there."""
        key, node = None, self.root
        for depth, step in enumerate(path):
            inner = _child(node, step)
            if inner is None:
                return key, node, path[depth:]
            key, node = inner
        return key, node, ()

    def character(self, path: Path, offset: int) -> tuple[int, int, bool]:
        """Where a character of a text stands in the file; False beside the text's beginning when that is not known."""
        node = self.find(path)[1]
        if isinstance(node, ScalarNode):
            index = _index(node, self.text, offset)
            if index is not None:
                return (*place(self.text, index), True)
        return node.line, node.column, False


def _child(node: Node, step: str | int) -> tuple[ScalarNode | None, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
        return None, node.items[step]
    if isinstance(node, MappingNode):
        by_name = {key.text: (key, value) for key, value in node.entries}
        if step in by_name:
            return by_name[step]
        if isinstance(step, str):  # an option that the file names in short
            return by_name.get(step.partition(".")[2])
    return None


def _index(node: ScalarNode, text: str, offset: int) -> int | None:
    """Where the ``offset``-th character of a scalar stands in the file's text.

    Whatever its style, a scalar's characters other than white space stand in the file in the same order, so they
    are counted. Where that fails (escapes in quotes), the place is not known.
    """
    start, end = node.start, node.end
    if text[start : start + 1] in {"|", ">"} and not node.plain:
        start = text.find("\n", start, end) + 1  # behind the block's header
    elif not node.plain:
        start, end = start + 1, end - 1
    written = [k for k in range(start, end) if not text[k].isspace()]
    wanted = "".join(node.text.split())
    if [text[k] for k in written] != list(wanted):
        return None
    before = len("".join(node.text[:offset].split()))
    if before < len(written):
        return written[before]
    return written[-1] + 1 if written else start
