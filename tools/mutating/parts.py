"""What is mutated, and the tests that have to notice it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """Some files, as patterns within ``src/bestand``, and tests, the quickest to notice something first.

    ``without`` are tests that take minutes and would be run for every mutant; the beginnings of their names will do.
    """

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ()

    @property
    def chosen(self) -> list[str]:
        """The tests, as pytest is told."""
        return [*self.tests, *(f"--deselect={test}" for test in self.without)]

    def paths(self, source: Path) -> list[Path]:
        """Return the files, found in the folder of the sources. Raises where a pattern finds none."""
        found: list[Path] = []
        for pattern in self.files:
            here = sorted((source / "bestand").glob(pattern))
            if not here:
                raise SystemExit(f"{self.name}: no file is {pattern}; mend this part")
            found += here
        return found


def _engine(*names: str) -> tuple[str, ...]:
    return tuple(f"engine/{name}.py" for name in names)


_EXPLICIT = "arcs", "blocks", "chains", "cube", "coalesced", "explicit", "flips", "labels", "listed", "moves", "order"
_STATES = "constraints", "evaluate", "feasibility", "members", "patterns", "ranks", "space", "states", "steps", "spread"
_SETS = "box", "box_engine", "box_wishes", "sets"


def _of_engines(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/engine/test_{name}.py" for name in names)


_LAWS = _of_engines("conformance", "laws")
_LISTS = (*_LAWS, *_of_engines("order", "orders", "forbidden", "coalesced", "blocks"))
_AT_LENGTH = ("tests/engine/test_limits.py::test_stopped_at_any_moment",)
_COMPILED = ("tests/engine/test_blocks.py::test_sweeps_and_labels_find_what_the_definitions_say[with_numba",)

PARTS = {
    part.name: part
    for part in (
        Part("stability", ("stability/*.py",), (*_LAWS, "tests/reference/test_rounds.py", "src/bestand/stability")),
        Part("plan", ("plan/*.py",), ("tests/plan", "src/bestand/plan", "tests/questions/analyse/test_result.py")),
        Part("lists", _engine(*_EXPLICIT), (*_LISTS, "src/bestand/engine"), _COMPILED),
        Part("states", _engine(*_STATES), (*_of_engines("states", "patterns", "named_states"), *_LISTS), _COMPILED),
        Part("boxes", _engine(*_SETS), _of_engines("box", "sets", "conformance")),
        Part("diagrams", ("engine/symbolic/*.py",), ("tests/engine/symbolic", *_of_engines("sets", "conformance"))),
        Part(
            "limits",
            (*_engine("limits", "guard", "machine"), "command/supervisor.py"),
            (
                "tests/engine/test_guard.py",
                "tests/command/test_supervisor.py",
                "tests/command/test_limits.py",
                "tests/engine/test_limits.py",
            ),
            _AT_LENGTH,
        ),
        Part("store", ("questions/vary/store.py",), ("tests/questions/vary/test_store.py",)),
    )
}
