"""The house rules that a machine can hold."""

import ast
import subprocess
import sys
from importlib import import_module, resources
from pathlib import Path

import pytest

import bestand

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "bestand").rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in SOURCES]


def test_there_are_sources():
    assert len(SOURCES) > 50


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_no_source_is_long(path):
    assert len(path.read_text("utf-8").splitlines()) <= 500


def public(body, inside=""):
    """The functions and classes that others may use; not those that are written inside a function."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{inside}{node.name}", node


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_everything_public_says_what_it_is(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    silent = [name for name, node in public(tree.body) if not ast.get_docstring(node)]
    assert not silent


@pytest.mark.parametrize("path", [path for path in SOURCES if "command" not in path.parts], ids=str)
def test_only_the_command_line_prints(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    assert not [node.lineno for node in calls if isinstance(node.func, ast.Name) and node.func.id == "print"]


@pytest.mark.parametrize("module", NAMES)
def test_every_module_can_be_imported(module):
    name = module.removeprefix("src/").removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    import_module(name)


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("bestand.model", "language.lark"),
        ("bestand.command", "starter.yaml"),
        ("bestand", "py.typed"),
        ("bestand", "cases/press/wynia2025/ukraine.yaml"),
        ("bestand", "cases/textbook/chicken.yaml"),
        ("bestand", "locale/nl/LC_MESSAGES/bestand.mo"),
    ],
)
def test_data_comes_with_the_package(package, name):
    file = resources.files(package).joinpath(*name.split("/"))
    assert file.is_file()
    assert name == "py.typed" or file.read_bytes().strip()


def test_one_version():
    for call in (["--version"], ["-V"]):
        done = subprocess.run(
            [sys.executable, "-m", "bestand", *call], capture_output=True, encoding="utf-8", timeout=60
        )
        if call == ["--version"]:
            assert (done.returncode, done.stdout.strip()) == (0, bestand.__version__)
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"## {bestand.__version__}" in changes


def test_every_exported_name_is_there():
    assert sorted(bestand.__all__) == bestand.__all__ or set(bestand.__all__)
    for name in bestand.__all__:
        assert getattr(bestand, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nix'"):
        _ = bestand.nix


def test_the_examples_of_every_module_are_run():
    """The patterns of conftest.py reach as deep as there are folders."""
    from conftest import EXAMPLES

    with_examples = [
        path.relative_to(ROOT) for path in (ROOT / "src").rglob("*.py") if ">>>" in path.read_text("utf-8")
    ]
    missed = [str(path) for path in with_examples if not any(path.match(pattern) for pattern in EXAMPLES)]
    assert not missed


def module_of(path):
    name = path.relative_to(ROOT / "src").with_suffix("").as_posix().replace("/", ".")
    return name.removesuffix(".__init__")


MODULES = {module_of(path): path for path in SOURCES}


def imported(name, tree):
    """The modules that a module imports, at its top or in a function; and those that it imports for types alone."""
    package = name if MODULES[name].name == "__init__.py" else name.rpartition(".")[0]
    for_types = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    real, typed = set(), set()
    for node in ast.walk(tree):
        found = typed if node in for_types else real
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join(filter(None, [*above, node.module]))
            found.update(full if (full := f"{base}.{alias.name}") in MODULES else base for alias in node.names)
    return real & MODULES.keys(), typed & MODULES.keys()


def circles(leads):
    """The groups of things that lead to each other (Tarjan)."""
    order, low, stack, found = {}, {}, [], []

    def visit(one):
        order[one] = low[one] = len(order)
        stack.append(one)
        for other in leads[one]:
            if other not in order:
                visit(other)
            if other in stack:
                low[one] = min(low[one], low[other])
        if low[one] == order[one]:
            group = stack[stack.index(one) :]
            del stack[-len(group) :]
            if len(group) > 1:
                found.append(sorted(group))

    for one in leads:
        if one not in order:
            visit(one)
    return found


def test_circles_are_found():
    assert circles({1: [2], 2: [3], 3: [2, 4], 4: [1, 5], 5: [], 6: [6]}) == [[1, 2, 3, 4]]
    assert circles({1: [2, 3], 2: [3], 3: []}) == []


def test_no_import_goes_round():
    """Neither when the program runs nor for types.

    Inside a room what tells an answer may name its type, which hands itself over when it is told.
    """
    leads = {}
    for name, path in MODULES.items():
        real, typed = imported(name, ast.parse(path.read_text("utf-8")))
        room = name.split(".")[:3] if name.startswith("bestand.questions.") else None
        leads[name] = sorted(real | {other for other in typed if other.split(".")[:3] != room} - {name})
    assert circles(leads) == []


RANKS = {  # who may see the ranks behind an order
    "bestand.questions.analyse.answer",  # as the contract of `analyse` has it
    "bestand.questions.settle",  # numbers of its own, which sort the states
    "bestand.solve",  # batches: many variants of wishes in one table, which an engine of its own takes
}


def test_nobody_outside_the_engine_reads_ranks():
    """Whoever asks about wishes asks an order: ranks are one way to have one."""
    for name, path in MODULES.items():
        inside = name.startswith(("bestand.engine", "bestand.reference", "bestand.testing"))
        if inside or any(name == other or name.startswith(f"{other}.") for other in RANKS):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        assert "bestand.engine.ranks" not in set.union(*imported(name, tree)), name
        read = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "ranks"]
        assert not read, f"{name} reads ranks in lines {read}"
