"""What a run of the benchmarks is asked for: small, usual or huge sizes. And how a measured time is put down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks import engines

QUICK = (8,)
USUAL = (12, 16, 20)
HUGE = (24,)
ARCS = (8, 11, 14)  # single moves multiply with the strategies of a party
CASES = [(name, compiled) for name in engines.EXPLICIT for compiled in engines.COMPILED[name]]

Clock = Callable[..., None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two flags."""
    group = parser.getgroup("bestand's benchmarks")
    group.addoption("--quick", action="store_true", help="the smallest size, one round: only to see that it all runs")
    group.addoption("--huge", action="store_true", help="2^24 states too: minutes, and gigabytes of memory")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``name`` is an engine, ``compiled`` whether its loops are; the game has 2^``options`` states."""
    if {"name", "compiled", "options"} <= set(metafunc.fixturenames):
        cases = [(*case, n) for case in CASES for n in _sizes(case[0], metafunc.config)]
        ids = [f"{name}{'-compiled' if compiled else ''}-{1 << n}" for name, compiled, n in cases]
        metafunc.parametrize(("name", "compiled", "options"), cases, ids=ids)


def _sizes(name: str, config: pytest.Config) -> tuple[int, ...]:
    if config.getoption("quick"):
        return QUICK
    if name == "arcs":
        return ARCS
    return USUAL + HUGE if config.getoption("huge") else USUAL


@pytest.fixture
def clock(request: pytest.FixtureRequest, benchmark: Any) -> Clock:
    """Measures a call after its setup, and puts down what one state, party and concept took of it."""
    quick = request.config.getoption("quick")

    def measure(call: Callable[..., object], setup: Callable[[], Any], *, group: str, **sizes: int) -> None:
        benchmark.group = group
        benchmark.extra_info.update(sizes)
        benchmark.pedantic(
            call, setup=lambda: ((setup(),), {}), rounds=1 if quick else 5, warmup_rounds=0 if quick else 1
        )
        if benchmark.stats is not None:  # None where pytest-benchmark is told to measure nothing
            parts = sizes["states"] * sizes["parties"] * sizes.get("concepts", 1)
            benchmark.extra_info["ns_each"] = benchmark.stats.stats.median / parts * 1e9

    return measure
