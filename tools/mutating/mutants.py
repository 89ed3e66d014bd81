"""The mutants of a file: each is its text with one expression or statement exchanged."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

_TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum"}
_PASSED_OVER = (
    ast.JoinedStr,  # its positions are not those of the text before Python 3.12
    ast.Raise,
    ast.Assert,
    ast.Import,
    ast.ImportFrom,
)
_NOT_RUN = frozenset(["annotation", "returns", "decorator_list", "bases"])


@dataclass(frozen=True)
class Mutant:
    """One change of one file, from ``begin`` to ``end`` of its text in UTF-8.

    ``told`` is its name for as long as the function stays as it is: file, function, what becomes of what, and the line.
    """

    file: str  # within the folder of the sources
    told: str
    begin: int
    end: int
    text: str

    def applied(self, source: str) -> str:
        """Return the text of the file with the change."""
        raw = source.encode()
        return (raw[: self.begin] + self.text.encode() + raw[self.end :]).decode()


def mutants_of(path: Path, root: Path) -> list[Mutant]:
    """Return the mutants of a file, in the order in which they stand."""
    text = _Text(path.read_text("utf-8"), path.relative_to(root).as_posix())
    seen = Counter[str]()
    found: list[Mutant] = []
    for mutant in text.mutants():
        seen[mutant.told] += 1
        count = seen[mutant.told]
        found.append(mutant if count == 1 else replace(mutant, told=f"{mutant.told} #{count}"))
    return found


class _Text:
    """The text of one file, and where its lines begin."""

    def __init__(self, source: str, file: str) -> None:
        self.file, self.raw = file, source.encode()
        self.tree = ast.parse(source)
        self.begins = [0]
        for line in self.raw.splitlines(keepends=True):
            self.begins.append(self.begins[-1] + len(line))

    def mutants(self) -> Iterator[Mutant]:
        """Yield what can be exchanged of all that is run: no annotation, decorator or message of an error."""
        return self._within(self.tree, ())

    def _within(self, node: ast.AST, functions: tuple[str, ...]) -> Iterator[Mutant]:
        if isinstance(node, _PASSED_OVER) or _for_types_only(node):
            return
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            functions = (*functions, node.name)
        for before, after in exchanges(node):
            yield self._mutant(before, after, functions)
        for name, value in ast.iter_fields(node):
            if name not in _NOT_RUN:
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        yield from self._within(child, functions)

    def _mutant(self, before: ast.expr | ast.stmt, after: str, functions: tuple[str, ...]) -> Mutant:
        assert before.end_lineno is not None, "it was read from a text"
        assert before.end_col_offset is not None
        first, last = self.begins[before.lineno - 1], self.begins[before.end_lineno - 1]
        begin, end = first + before.col_offset, last + before.end_col_offset
        was, line = _short(self.raw[begin:end]), _short(self.raw[first : self.begins[before.lineno]])
        told = f"{self.file} {'.'.join(functions) or 'module'}: {was} => {after} ({line})"
        return Mutant(self.file, told, begin, end, after)


def exchanges(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Yield what of a node can be exchanged, and for what.

    Examples
    --------
    >>> [after for _before, after in exchanges(ast.parse("a < b", mode="eval").body)]
    ['(a <= b)']
    """
    match node:
        case ast.Compare(ops=[operator]):
            if type(operator) in _TURNED:
                yield node, _changed(node, ops=[_TURNED[type(operator)]()])
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator):
            if type(operator) in _TURNED and not _joins_text(node):
                yield node, _changed(node, op=_TURNED[type(operator)]())
        case ast.AugAssign(op=operator):
            if type(operator) in _TURNED:
                yield node, _changed(node, op=_TURNED[type(operator)]())
            yield node, "pass"
        case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
            yield node, f"({ast.unparse(operand)})"
        case ast.Constant(value=bool() as value):
            yield node, str(not value)
        case ast.Constant(value=int() as value):
            yield node, str(value + 1)
        case ast.Call(func=ast.Name(id=name) as function) if name in _NAMES:
            yield function, _NAMES[name]
        case ast.Call(func=ast.Attribute(attr=name) as function) if name in _NAMES:
            yield function, _changed(function, attr=_NAMES[name])
        case ast.IfExp(body=body, orelse=orelse):
            yield node, f"({ast.unparse(body)})"
            yield node, f"({ast.unparse(orelse)})"
        case ast.If(test=test) | ast.While(test=test) if isinstance(test, ast.Name | ast.Attribute | ast.Call):
            yield test, f"(not {ast.unparse(test)})"
        case ast.comprehension(ifs=[test]):
            yield test, "True"
        case ast.Break():
            yield node, "continue"
        case ast.Continue():
            yield node, "break"
        case ast.Expr(value=ast.Call()):
            yield node, "pass"


def _changed(node: ast.AST, **fields: object) -> str:
    """The text of a node with some of its parts exchanged."""
    changed = deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    text = ast.unparse(changed)
    return f"({text})" if isinstance(node, ast.Compare | ast.BinOp | ast.BoolOp) else text


def _joins_text(node: ast.AST) -> bool:
    """Return whether a node puts texts together."""
    return isinstance(node, ast.BinOp) and any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _short(text: bytes) -> str:
    return " ".join(text.decode().split())
