"""The symbolic engine with each of its back ends, on the families of models that nobody can list."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import engines
from benchmarks.symbolic import FAMILIES, Case, solved

LIMIT = 60  # seconds for one model
# of each family, and of the same in pairs
SIZES = {"random": [(30, 5, 4), (45, 5, 6), (60, 6, 6)], "local": [(40, 8, 4), (70, 12, 4), (100, 16, 4)]}


@pytest.mark.parametrize("size", [0, 1, 2], ids=["small", "medium", "large"])
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("backend", engines.BACKENDS)
def test_family(benchmark: Any, request: pytest.FixtureRequest, backend: str, family: str, size: int) -> None:
    """All five concepts, in a process of its own. What is told as the time is that of the process."""
    quick = request.config.getoption("quick")
    if quick and size:
        pytest.skip("quick")
    case = Case(family, *SIZES[family.removesuffix("-pairs")][size])
    benchmark.group = case.title
    found = benchmark.pedantic(solved, args=(case, backend, 1, LIMIT), rounds=1 if quick else 3)
    assert 0 < found.imports < found.whole
    benchmark.extra_info.update(
        states=str(found.states),  # too many digits for what reads the file
        seconds=found.seconds,
        peak_bytes=found.whole,
        net_bytes=found.whole - found.imports,
    )
