"""Each operator of each engine, for every party on its own rank, on random orders without ties.

What an engine keeps from one call to the next, such as the order of a party's blocks, is there already.
"""

from __future__ import annotations

import pytest

from benchmarks import engines, games
from benchmarks.conftest import Clock


@pytest.mark.parametrize("operator", engines.OPERATORS)
def test_operator(clock: Clock, operator: str, name: str, compiled: bool, options: int) -> None:
    """For every party; replies are those of all the others."""
    space = games.strict(options)

    def warm() -> engines.Engine:
        engine = engines.EXPLICIT[name](space)
        engines.operate(engine, operator)
        return engine

    with engines.compiling(compiled):
        clock(
            lambda engine: engines.operate(engine, operator),
            warm,
            group=f"{operator}, 2^{options}",
            states=space.size,
            parties=len(space.moves),
        )
