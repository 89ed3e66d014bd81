"""One case in a process of its own, to see what memory it takes.

``python -m benchmarks.peak ENGINE KIND OPTIONS [compiled]`` prints one JSON object: see `benchmarks.measure.Peak`.
What is imported, and compiled, comes first and is not counted; neither is what making the game takes beyond the game.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks import engines, games
from benchmarks.measure import forget_peak, peak_rss
from bestand.engine.space import Space
from bestand.engine.spec import Engine

KINDS = {
    "strict": games.strict,
    "tied": games.tied,
    "one-way": lambda options: games.strict(options, one_way=1),
    "sparse": lambda _: games.sparse(),
}


def main(engine: str, kind: str, options: str, loops: str = "plain") -> None:
    """All five concepts for all parties, once; what that took goes to standard output."""
    make = engines.EXPLICIT[engine]
    with engines.compiling(loops == "compiled"):
        _run(make, KINDS[kind], int(options))


def _run(make: Callable[[Space], Engine[Any, Any]], game: Callable[[int], Space], options: int) -> None:
    engines.conclude(make(games.strict(6)))  # whatever is loaded or compiled on first use
    forget_peak()
    imports = peak_rss()
    space = game(options)
    forget_peak()
    game = peak_rss()
    began = time.perf_counter()
    engines.conclude(make(space))
    seconds = time.perf_counter() - began
    sys.stdout.write(json.dumps({"whole": peak_rss(), "imports": imports, "game": game, "seconds": seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
