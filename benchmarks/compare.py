"""The same games, solved by others: ``python -m benchmarks.compare [--quick] [--json] [--budget SECONDS]``.

Whatever is compared is first checked to be equal; a difference ends the run with an error.

- The Nash equilibria against the pure equilibria that pygambit and nashpy find.
- All five concepts on every engine against the brute-force oracle of `bestand.reference`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

import numpy as np

from benchmarks import engines, games
from benchmarks.measure import machine, median
from benchmarks.rivals import our_cells, payoffs, rivals
from benchmarks.tables import figure, seconds, table
from bestand.engine.space import Space
from bestand.reference import Graph, graph_of
from bestand.reference import stable as by_definition
from bestand.stability.registry import CONCEPTS


@dataclass(frozen=True)
class Row:
    """One game, one tool, against bestand. All times in seconds.

    Parameters
    ----------
    game : str
    found : int
        What both find: equilibria, or stable pairs of a party and a state.
    tool, ours : str
        Who is compared with whom.
    build, solve : float
        What the tool takes to make its game, and to solve it.
    our_build, our_solve : float
        The same for bestand.
    """

    game: str
    found: int
    tool: str
    ours: str
    build: float
    solve: float
    our_build: float
    our_solve: float

    @property
    def ratio(self) -> float:
        """How many times as long as bestand the tool takes to solve the game."""
        return self.solve / self.our_solve

    @property
    def whole_ratio(self) -> float:
        """The same with making the game."""
        return (self.build + self.solve) / (self.our_build + self.our_solve)


class Different(Exception):
    """Two tools find different things in the same game."""


def pure_equilibria(sizes: Iterable[tuple[int, int]], budget: float, repeats: int) -> Iterator[Row]:
    """Nash equilibria against the pure equilibria of other tools, in random games.

    Parameters
    ----------
    sizes : iterable of (int, int)
        Players, and options of each; growing.
    budget : float
        Seconds for one call of a tool. One that would take longer is not asked about larger games.
    repeats : int
    """
    slow: set[tuple[str, int]] = set()
    make = engines.EXPLICIT["cube"]
    for title, space in _tables(sizes):
        players, own = len(space.model.parties), len(space.model.parties[0].options)
        found = our_cells(make(space))
        our_build = median(lambda: make(games.space(space.model, space.ranks)), repeats=repeats)  # noqa: B023 - at once
        our_solve = median(our_cells, lambda: make(space), repeats=repeats)  # noqa: B023
        tables = payoffs(space)
        for rival in rivals(players, 1 << own):
            if (rival.name, players) in slow:
                continue
            began = time.perf_counter()
            theirs = rival.cells(rival.solve(rival.make(tables)))
            once = time.perf_counter() - began
            if theirs != found:
                raise Different(f"{title}: {rival.name} finds {sorted(theirs)}, bestand {sorted(found)}")
            times = repeats if once * repeats < budget else 1
            build = median(lambda: rival.make(tables), repeats=times)  # noqa: B023
            solve = median(rival.solve, lambda: rival.make(tables), repeats=times)  # noqa: B023
            yield Row(title, len(found), rival.name, "cube", build, solve, our_build, our_solve)
            if 4 * once > budget:
                slow.add((rival.name, players))


def _tables(sizes: Iterable[tuple[int, int]]) -> Iterator[tuple[str, Space]]:
    """Random games of each size; the small ones also with ties, which leave more equilibria to agree on."""
    for players, own in sizes:
        title = " × ".join([f"{1 << own}"] * players)
        yield title, games.strict(players * own, players, seed=own)
        if players * own <= 8:
            yield f"{title}, ties", games.tied(players * own, players, levels=4, seed=own)


def concepts(sizes: Iterable[tuple[int, int]], budget: float, repeats: int) -> Iterator[Row]:
    """Every engine against the oracle, on random orders without ties and on random priorities.

    Parameters
    ----------
    sizes : iterable of (int, int)
        Parties, and options of them all; growing.
    budget : float
        Seconds for one run of the oracle. Once it takes longer, no larger model is put to it.
    repeats : int
    """
    for parties, options in sizes:
        for kind, model in {
            "strict orders": games.ranked_model(options, parties, seed=options),
            "priorities": games.priority_model(options, parties, seed=options),
        }.items():
            title = f"{parties} parties, {1 << options:,} states, {kind}"
            graph = graph_of(model)
            build = median(lambda: graph_of(model), repeats=1)  # noqa: B023 - called at once
            solve = median(_by_definition, lambda: graph_of(model), repeats=1)  # noqa: B023
            right = _by_definition(graph)
            for name, make in engines.makers(model, symbolic=kind == "priorities").items():
                found = engines.verdicts(make())
                if not np.array_equal(found, right):
                    raise Different(f"{title}: {name} differs from the definitions in {(found != right).sum()} places")
                our_solve = median(engines.conclude, make, repeats=repeats)
                yield Row(
                    title, int(right.sum()), "oracle", name, build, solve, median(make, repeats=repeats), our_solve
                )
        if 4 * (build + solve) > budget:
            return


def _by_definition(graph: Graph) -> np.ndarray:
    """(concepts, P, S): what the oracle finds."""
    return np.array([by_definition(graph, concept) for concept in CONCEPTS])


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a table."""
    head = [
        "game",
        "found by both",
        "tool",
        "builds",
        "solves",
        "bestand",
        "builds",
        "solves",
        "ratio",
        "with building",
    ]
    return table(
        head,
        [
            (
                row.game,
                f"{row.found:,}",
                row.tool,
                seconds(row.build),
                seconds(row.solve),
                row.ours,
                seconds(row.our_build),
                seconds(row.our_solve),
                figure(row.ratio),
                figure(row.whole_ratio),
            )
            for row in rows
        ],
    )


def compared(*, quick: bool, budget: float, repeats: int) -> tuple[list[Row], list[Row]]:
    """Both comparisons, in the sizes that suit."""
    two = [(2, own) for own in range(2, 5 if quick else 11)]
    more = [(3, 2), (4, 1)] if quick else [(3, 2), (3, 3), (3, 4), (4, 1), (4, 2), (4, 3)]
    oracle = [(2, 4), (3, 6)] if quick else [(2, 4), (2, 6), (3, 6), (3, 8), (4, 8), (4, 9), (4, 10)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nashpy warns of games that may have more equilibria than it lists
        return list(pure_equilibria(two + more, budget, repeats)), list(concepts(oracle, budget, repeats))


def main(arguments: list[str] | None = None) -> None:
    """Compare, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=str(__doc__).partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="small games, once each: a few seconds")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    parser.add_argument("--budget", type=float, default=20, help="seconds for one call of a tool (default: 20)")
    parser.add_argument("--repeats", type=int, default=5, help="of which the median is told (default: 5)")
    asked = parser.parse_args(arguments)
    budget, repeats = (1.0, 1) if asked.quick else (asked.budget, asked.repeats)
    try:
        pure, five = compared(quick=asked.quick, budget=budget, repeats=repeats)
    except Different as difference:
        raise SystemExit(str(difference)) from difference
    if asked.json:
        rows = {
            name: [asdict(row) | {"ratio": row.ratio, "whole_ratio": row.whole_ratio} for row in group]
            for name, group in (("pure", pure), ("concepts", five))
        }
        sys.stdout.write(json.dumps({"machine": machine(), **rows}, indent=2) + "\n")
        return
    sys.stdout.write(f"Pure Nash equilibria, the same in every game:\n\n{markdown(pure)}\n\n")
    sys.stdout.write(f"All five concepts for all parties, in every game as defined:\n\n{markdown(five)}\n")


if __name__ == "__main__":
    main()
