"""Each concept on each engine, for all parties, by an engine that has worked out nothing yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks import engines, games
from benchmarks.conftest import Clock
from bestand.engine.space import Space
from bestand.stability.registry import CONCEPTS

WORST: dict[str, Callable[[int], Space]] = {
    "random": games.strict,
    "ties": games.tied,
    "one-way": lambda options: games.strict(options, one_way=1),
    "staircase": lambda options: games.staircase(options).space,
    "snake": lambda options: games.snake(options).space,
}
LONGEST_SNAKE = 16  # options without compiled loops: every step of it is one of Python's


@pytest.mark.parametrize("concept", CONCEPTS)
def test_concept(clock: Clock, concept: str, name: str, compiled: bool, options: int) -> None:
    """On random orders without ties."""
    space = games.strict(options)
    with engines.compiling(compiled):
        clock(
            lambda engine: engines.conclude(engine, [concept]),
            lambda: engines.EXPLICIT[name](space),
            group=f"{concept}, 2^{options}",
            states=space.size,
            parties=len(space.moves),
        )


def test_all_five(clock: Clock, name: str, compiled: bool, options: int) -> None:
    """They share what they can."""
    space = games.strict(options)
    with engines.compiling(compiled):
        clock(
            engines.conclude,
            lambda: engines.EXPLICIT[name](space),
            group=f"all five, 2^{options}",
            states=space.size,
            parties=len(space.moves),
            concepts=len(CONCEPTS),
        )


@pytest.mark.parametrize("kind", WORST)
def test_kinds_of_ranks(clock: Clock, kind: str, name: str, compiled: bool, options: int) -> None:
    """SEQ, which is where the ranks decide how long it takes."""
    if options > 20 or (kind == "snake" and options > LONGEST_SNAKE and not compiled):
        pytest.skip("would take very long")
    space = WORST[kind](options)
    with engines.compiling(compiled):
        clock(
            lambda engine: engines.conclude(engine, ["seq"]),
            lambda: engines.EXPLICIT[name](space),
            group=f"seq by kind of ranks, 2^{options}",
            states=space.size,
            parties=len(space.moves),
        )


@pytest.mark.parametrize("name", ["listed"])
def test_forty_options(clock: Clock, name: str) -> None:
    """Forty options with rules that leave about 100,000 states."""
    space = games.sparse()
    clock(
        engines.conclude,
        lambda: engines.EXPLICIT[name](space),
        group="all five, 40 options",
        states=space.size,
        parties=len(space.moves),
        concepts=len(CONCEPTS),
    )
