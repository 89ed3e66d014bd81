"""YAML as a tree of frozen nodes in which every scalar is text and every node knows its place.

The nodes are built from PyYAML's event stream, so that nothing is resolved (``no`` stays ``no``) and a file
that would blow up is refused before it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from bestand.model.errors import ModelError, Problem

from .text import place

MAX_DEPTH = 100
MAX_ALIASES = 1_000
MAX_NODES = 1_000_000  # counted with every alias written out


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text. ``start`` and ``end`` bound what stands in the file; ``plain`` means without quotes."""

    text: str
    line: int
    column: int
    start: int
    end: int
    plain: bool


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values, in the order of the file, every key once."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


Node = ScalarNode | MappingNode | SequenceNode


def read_tree(text: str, name: str = "the model") -> tuple[Node, list[Problem]]:
    """The tree of a YAML text, and what is wrong with it that does not keep it from being read.

    Raises
    ------
    ModelError
        When it is no YAML, or deeper, larger or fuller of aliases than a model can be.

    Notes
    -----
    Linear in the text. The nodes behind an alias are shared, not copied.

    Examples
    --------
    >>> node, problems = read_tree("up: [no, 0110]")
    >>> [item.text for item in node.entries[0][1].items]
    ['no', '0110']
    """
    builder = _Builder(name)
    for event in _events(text, name):
        builder.take(event)
    if builder.root is None:
        builder.stop(1, 1, "empty-file", "the file holds no model", "a model begins with 'bestand: 1'")
    return builder.root, builder.problems


def _events(text: str, name: str) -> Iterator[Any]:
    import yaml  # 0.1 s: only where a file is read

    try:
        yield from yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        said = " ".join(filter(None, [error.context, error.problem]))
        mark = error.problem_mark or error.context_mark
        if "simple key" in said:  # told where the next line begins; what lacks its ':' begins before
            mark = error.context_mark or mark
        line, column = place(text, mark.index) if mark else (1, 1)  # at the end, reading has gone on to a line too far
        if "nesting depth" in said:  # newer readers stop by themselves, further on than we do
            deep = f"lists and mappings nest deeper than {MAX_DEPTH}"
            raise ModelError([Problem(line, column, "too-deep", "error", deep, None)], name) from error
        hint = next((hint for part, hint in _YAML_HINTS.items() if part in said), None)
        raise ModelError([Problem(line, column, "yaml", "error", f"this is no YAML: {said}", hint)], name) from error
    except yaml.YAMLError as error:
        raise ModelError([Problem(1, 1, "yaml", "error", f"this is no YAML: {error}", None)], name) from error


_YAML_HINTS = {
    "mapping values are not allowed": "put a text that holds ': ' in quotes",
    "cannot start any token": "indent with spaces, not tabs; put a text that begins with a special character in quotes",
    "tab character": "indent with spaces, not tabs",
    "could not find expected ':'": "a ':' is missing, or the line is not indented as its neighbours are",
    "did not find expected ',' or ']'": "a ',' or the closing ']' is missing",
    "did not find expected ',' or '}'": "a ',' or the closing '}' is missing",
    "did not find expected '-' indicator": "the line is not indented as its neighbours are",
    "did not find expected key": "the line is not indented as its neighbours are, or a quote is not closed",
    "unexpected end of stream": "a closing quote is missing",
}


@dataclass(slots=True)
class _Open:
    """A collection that is being read; ``size`` and ``height`` count the nodes and levels inside it."""

    mapping: bool
    line: int
    column: int
    anchor: str | None
    children: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1


@dataclass(slots=True)
class _Builder:
    """Puts events together, with a stack of its own instead of Python's."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    root: Any = None
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int, int]] = field(default_factory=dict)
    aliases: int = 0
    nodes: int = 0
    documents: int = 0

    def stop(self, line: int, column: int, code: str, message: str, hint: str | None = None) -> NoReturn:
        raise ModelError([*self.problems, Problem(line, column, code, "error", message, hint)], self.name)

    def note(self, node: Node, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(node.line, node.column, code, "error", message, hint))

    def take(self, event: Any) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        match type(event).__name__:
            case "DocumentStartEvent":
                self.documents += 1
                if self.documents > 1:
                    self.stop(
                        line, column, "several-documents", "a second document begins here", "a file holds one model"
                    )
            case "ScalarEvent":
                self.scalar(event, line, column)
            case "AliasEvent":
                self.alias(event.anchor, line, column)
            case "SequenceStartEvent" | "MappingStartEvent" as kind:
                self.tag(event, line, column)
                if len(self.stack) >= MAX_DEPTH:
                    self.stop(line, column, "too-deep", f"lists and mappings nest deeper than {MAX_DEPTH}")
                self.count(1, line, column)
                self.stack.append(_Open(kind.startswith("Mapping"), line, column, event.anchor))
            case "SequenceEndEvent" | "MappingEndEvent":
                self.close()

    def tag(self, event: Any, line: int, column: int) -> None:
        if event.tag is not None:
            message = f"'{event.tag}' is a YAML tag; a model has none"
            self.problems.append(
                Problem(line, column, "tag", "error", message, "put a text that begins with '!' in quotes")
            )

    def scalar(self, event: Any, line: int, column: int) -> None:
        self.tag(event, line, column)
        start, end = event.start_mark.index, event.end_mark.index
        node = ScalarNode(event.value, line, column, start, end, not event.style)
        self.count(1, line, column)
        self.attach(node, 1, 0, event.anchor)

    def alias(self, anchor: str, line: int, column: int) -> None:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self.stop(line, column, "too-many-aliases", f"there are more than {MAX_ALIASES:,} aliases")
        if any(opened.anchor == anchor for opened in self.stack):
            self.stop(line, column, "circular-alias", f"'*{anchor}' stands inside what it repeats")
        if anchor not in self.anchors:
            hint = "put a text that begins with '*' in quotes"
            self.stop(line, column, "unknown-alias", f"nothing is called '&{anchor}' above", hint)
        node, size, height = self.anchors[anchor]
        if len(self.stack) + height > MAX_DEPTH:
            self.stop(line, column, "too-deep", f"lists and mappings nest deeper than {MAX_DEPTH}")
        self.count(size, line, column)
        self.attach(node, size, height, None)

    def count(self, nodes: int, line: int, column: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            self.stop(line, column, "too-large", f"the file holds more than {MAX_NODES:,} values, aliases written out")

    def attach(self, node: Node, size: int, height: int, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = (node, size, height)
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        parent.children.append(node)
        parent.size += size
        parent.height = max(parent.height, height + 1)

    def close(self) -> None:
        done = self.stack.pop()
        node: Node
        if done.mapping:
            node = MappingNode(self.entries(done.children), done.line, done.column)
        else:
            node = SequenceNode(tuple(done.children), done.line, done.column)
        self.attach(node, done.size, done.height, done.anchor)

    def entries(self, children: list[Node]) -> tuple[tuple[ScalarNode, Node], ...]:
        """Pairs of key and value; the first of two equal keys counts, the second is told."""
        first: dict[str, ScalarNode] = {}
        kept: list[tuple[ScalarNode, Node]] = []
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                self.note(
                    key,
                    "bad-key",
                    "a list or mapping cannot be a key",
                    "put a text that begins with '[' or '{' in quotes",
                )
            elif key.text in first:
                before = first[key.text]
                message = f"'{key.text}' is given twice; the first is at line {before.line}, column {before.column}"
                self.note(key, "duplicate-key", message, "keep one of the two")
            else:
                first[key.text] = key
                kept.append((key, value))
        return tuple(kept)


def plain(node: Node) -> Any:
    """The tree as dicts, lists and texts; an empty value without quotes is None.

    Examples
    --------
    >>> plain(read_tree("{up: {threaten: , n: 0x10}}")[0])
    {'up': {'threaten': None, 'n': '0x10'}}
    """
    match node:
        case ScalarNode(text=text, plain=bare):
            return None if bare and not text else text
        case MappingNode(entries):
            return {key.text: plain(value) for key, value in entries}
        case SequenceNode(items):
            return [plain(item) for item in items]
