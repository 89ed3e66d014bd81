"""Each operator of each engine, for every party, on random orders without ties. The blocks are sorted already."""

from __future__ import annotations

import pytest

from benchmarks import engines, games
from benchmarks.conftest import Clock


@pytest.mark.parametrize("operator", engines.OPERATORS)
def test_operator(clock: Clock, operator: str, name: str, compiled: bool, options: int) -> None:
    """For every party; replies are those of all the others."""
    space = games.strict(options)

    with engines.compiling(compiled):
        clock(
            lambda engine: engines.operate(engine, operator),
            lambda: engines.prepared(engines.EXPLICIT[name](space)),
            group=f"{operator}, 2^{options}",
            states=space.size,
            parties=len(space.moves),
        )
