"""What is made of the questions and kept in files: the types of the package's functions, and the table of questions.

python tools/doors.py update   # write src/bestand/__init__.pyi and the table in docs/questions.md
python tools/doors.py check    # exit status 1 where one of them is not what the questions say
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import bestand
from bestand.answer import parameters
from bestand.answer.question import Question
from bestand.questions.function import documentation
from bestand.questions.registry import questions

ROOT = Path(__file__).parents[1]
STUB = ROOT / "src" / "bestand" / "__init__.pyi"
PAGE = ROOT / "docs" / "questions.md"
BEGIN, END = "<!-- questions: made by tools/doors.py -->", "<!-- end of questions -->"

_HEAD = '''"""The names that bestand exports: made by tools/doors.py from the questions. Edit those."""

from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import Any

from .answer.parameters import *
from .version import __version__ as __version__
'''
_READINGS = "    readings: str | Iterable[str] = (),\n"
_COMMON = """\
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
"""


def stub() -> str:
    """Return the text of the stub."""
    asked = questions()
    homes: dict[str, list[str]] = {}
    for name in bestand.__all__:
        if name in {question.function for question in asked.values()} or name.startswith("_"):
            continue
        homes.setdefault(bestand.home_of(name), []).append(name)
    homes.setdefault(".engine.limits", []).append("Progress")
    for question in asked.values():
        for answer in _returned(question).split(" | "):
            homes.setdefault(_home(question, answer), []).append(answer)
    lines = [_HEAD]
    for home, names in sorted(homes.items()):
        lines += [f"from {home} import {', '.join(f'{name} as {name}' for name in sorted(set(names)))}\n"]
    lines += (f"\n{_function(question)}" for question in asked.values())
    return "".join(lines)


def _returned(question: Question) -> str:
    return str(inspect.signature(question.ask).return_annotation)


def _home(question: Question, answer: str) -> str:
    """Return the module that a kind of answer to a question comes from, as the question's module imports it."""
    tree = ast.parse(inspect.getsource(sys.modules[question.ask.__module__]))
    room = question.ask.__module__.removeprefix("bestand").rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level and answer in {each.name for each in node.names}:
            return f"{room}.{node.module}"
    return f"{room}.answer"


def _function(question: Question) -> str:
    """Return the stub of one function."""
    own = list(inspect.signature(question.ask).parameters.values())[1:]
    lines = ["    model: Model | str | PathLike[str],\n"]
    lines += (_parameter(each) for each in own if each.kind is not inspect.Parameter.KEYWORD_ONLY)
    lines += [
        "    *,\n",
        *(_parameter(each) for each in own if each.kind is inspect.Parameter.KEYWORD_ONLY),
        *([] if question.raw else [_READINGS]),
        _COMMON,
    ]
    doc = indent(f'"""{documentation(question)}"""', "    ", lambda line: bool(line.strip()))
    return f"def {question.function}(\n{''.join(lines)}) -> {_returned(question)}:\n{doc}\n"


def _parameter(parameter: inspect.Parameter) -> str:
    """Return a parameter with its type: a kind by its name, one of the question's own spelt out."""
    written = parameter.annotation
    if written not in vars(parameters):
        node = ast.parse(written, mode="eval").body
        assert isinstance(node, ast.Subscript), f"{written} is no kind of bestand.answer.parameters, and no Annotated"
        assert isinstance(node.slice, ast.Tuple), "Annotated has a type and what there is to know about it"
        written = ast.unparse(node.slice.elts[0])
    default = "" if parameter.default is inspect.Parameter.empty else f" = {parameter.default!r}"
    return f"    {parameter.name}: {written}{default},\n"


def page(old: str) -> str:
    """Return the page of questions with its table made anew."""
    before, _, rest = old.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{''.join(_rows())}\n{END}{after}"


def _rows() -> Iterator[str]:
    yield "| command | in Python | answer |\n| --- | --- | --- |\n"
    for question in questions().values():
        given = "".join(f" {each.name.upper()}" for each in question.parameters if each.placed)
        call = f"bestand {question.name} MODEL{given}"
        python = f"bestand.{question.function}(model{given.lower().replace(' ', ', ')})"
        other = f" (also `{' '.join(question.also[:2])}`)" if question.also else ""
        yield f"| `{call}`{other} | `{python}` | {question.summary} |\n"


def main() -> int:
    """Write the files, or say which are not current."""
    made = {STUB: stub(), PAGE: page(PAGE.read_text("utf-8"))}
    if sys.argv[1:] == ["update"]:
        for path, text in made.items():
            path.write_text(text, "utf-8")
        return 0
    old = [path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in old:
        print(f"{path.relative_to(ROOT)} is not current: run tools/doors.py update", file=sys.stderr)
    return int(bool(old))


if __name__ == "__main__":
    sys.exit(main())
