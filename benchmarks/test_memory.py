"""The most memory that a process takes for all five concepts, with and without what it imports."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.measure import peak_of
from benchmarks.peak import KINDS


def test_peak(benchmark: Any, name: str, compiled: bool, options: int) -> None:
    """On random orders without ties."""
    _put_down(benchmark, name, "strict", options, compiled)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "strict"])
def test_peak_of_other_games(benchmark: Any, request: pytest.FixtureRequest, kind: str) -> None:
    """With what else there is to keep: chains of one-way options, states that are not all combinations."""
    _put_down(benchmark, "listed", kind, 8 if request.config.getoption("quick") else 16, False)


def _put_down(benchmark: Any, name: str, kind: str, options: int, compiled: bool) -> None:
    benchmark.group = f"memory, {kind}, 2^{options}"
    peak = benchmark.pedantic(peak_of, args=([name, kind, str(options), "compiled" if compiled else "plain"],))
    assert peak.imports <= peak.game <= peak.whole
    states = 100_000 if kind == "sparse" else 1 << options
    benchmark.extra_info.update(
        peak_bytes=peak.whole,
        net_bytes=peak.net,
        net_bytes_per_state=peak.net / states,
        seconds_inside=peak.seconds,
    )
