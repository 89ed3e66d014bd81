"""Everything that docs/performance.md states, measured: ``python -m benchmarks.report [PART …] [--quick]``.

Prints Markdown. Times are medians; each part says of what. What is being measured goes to standard error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median as middle
from typing import Any

from benchmarks import compare, engines, games
from benchmarks.measure import Peak, copy_speed, machine, median, peak_of
from benchmarks.tables import figure, mebibytes, seconds, share, table
from benchmarks.work import count
from bestand import analyse
from bestand.engine.choose import build
from bestand.engine.space import Space
from bestand.stability.registry import CONCEPTS

Lines = Iterator[str]


@dataclass(frozen=True)
class Asked:
    """What the report is asked for.

    Parameters
    ----------
    quick : bool
        Small sizes, once: to see that it runs.
    largest : int
        Options of the largest game.
    repeats : int
        Of which the median is told.
    patience : float
        Seconds that one call may take, as far as can be foreseen.
    limit : float
        Seconds for one model of the symbolic engine.
    """

    quick: bool
    largest: int
    repeats: int
    patience: float = 300
    limit: float = 120

    def sizes(self, *wanted: int) -> list[int]:
        """The wanted sizes (in options), none larger than asked for; one small size where it is to be quick."""
        return sorted({min(n, 10 if self.quick else self.largest) for n in wanted})


def _telling(words: str) -> None:
    sys.stderr.write(f"{words} …\n")


def _loops(name: str) -> Iterator[tuple[bool, str]]:
    """With and without compiled loops, where the engine has any; and what to call it."""
    for compiled in engines.COMPILED[name]:
        yield compiled, f"{name}, compiled" if compiled else name


def _each(value: float, space: Space, concepts: int = 1) -> float:
    """Nanoseconds for each state, party and concept."""
    return value / (space.size * len(space.moves) * concepts) * 1e9


# ---- the parts ----


def the_machine(asked: Asked) -> Lines:
    """The machine."""
    yield table(["machine", ""], machine().items())
    yield ""
    large = 2**24 if asked.quick else 2**30
    sizes = [large] if asked.quick else [2**14, 2**18, 2**22, 2**26, large]
    yield "`numpy.copyto` between two arrays, bytes read and written:"
    yield ""
    yield table(
        ["bytes of each array", "GB/s"],
        [(f"{size:,}", figure(copy_speed(size, asked.repeats) / 1e9)) for size in sizes],
    )


def work(asked: Asked) -> Lines:
    """What each concept does, and how fast, once the blocks are sorted."""
    (options,) = asked.sizes(20)
    space = games.strict(options)
    memory = copy_speed(2**24 if asked.quick else 2**30, asked.repeats)
    same = copy_speed(4 << options, asked.repeats)
    yield f"Random orders without ties, 4 parties, 2^{options} states; for each state and party. The large copy runs at"
    yield f"{figure(memory / 1e9)} GB/s, a copy of an array of that many ranks at {figure(same / 1e9)} GB/s."
    yield ""
    rows = []
    for name in ("cube", "listed"):
        for concept in CONCEPTS:
            for compiled, title in _loops(name):
                _telling(f"work: {title}, {concept}")
                make = engines.EXPLICIT[name]
                with engines.compiling(compiled):
                    done = count(space, make, lambda engine: engines.conclude(engine, [concept]))  # noqa: B023 - at once
                    warm = median(
                        lambda engine: engines.conclude(engine, [concept]),  # noqa: B023
                        lambda: engines.prepared(make(space)),  # noqa: B023
                        repeats=asked.repeats,
                    )
                speed = done.moved / warm
                each = space.size * len(space.moves)
                rows.append(
                    (
                        title,
                        concept,
                        figure(done.comparisons / each),
                        figure(done.moved / each),
                        figure(_each(warm, space)),
                        figure(speed / 1e9),
                        share(speed / memory),
                        share(speed / same),
                    )
                )
    yield table(
        ["engine", "concept", "comparisons", "bytes", "ns", "GB/s", "of the large copy", "of a copy of that size"], rows
    )


def flatness(asked: Asked) -> Lines:
    """From small to large: nanoseconds for each state and party."""
    sizes = asked.sizes(12, 16, 20, 22, 24)
    yield "Random orders without ties, 4 parties, an engine that has worked out nothing yet: sorting is part of it."
    yield "The last column: the largest against 2^16."
    yield ""
    found: dict[tuple[str, str], list[float]] = {}
    for options in sizes:
        space = games.strict(options)
        for name in ("cube", "listed"):
            for compiled, title in _loops(name):
                for concept in CONCEPTS:
                    _telling(f"flatness: 2^{options}, {title}, {concept}")
                    with engines.compiling(compiled):
                        time = median(
                            lambda engine: engines.conclude(engine, [concept]),  # noqa: B023 - at once
                            lambda: engines.EXPLICIT[name](space),  # noqa: B023
                            repeats=asked.repeats,
                        )
                    found.setdefault((title, concept), []).append(_each(time, space))
    base = sizes.index(16) if 16 in sizes else 0
    yield table(
        ["engine", "concept", *(f"2^{n}" for n in sizes), "growth"],
        [(*key, *map(figure, times), f"{times[-1] / times[base]:.2f}") for key, times in found.items()],
    )


def worst(asked: Asked) -> Lines:
    """Ranks of other kinds, and the worst."""
    kinds: dict[str, Callable[[int], Space]] = {
        "random, no ties": games.strict,
        "random, 16 levels": games.tied,
        "one-way options": lambda options: games.strict(options, one_way=1),
        "staircase": lambda options: games.staircase(options).space,
        "snake": lambda options: games.snake(options).space,
    }
    yield "Nanoseconds for each state and party under SEQ, and how many times those of random ranks without ties."
    yield ""
    rows = []
    last: dict[tuple[str, str], float] = {}
    for options in asked.sizes(12, 16, 20):
        for name in ("cube", "listed"):
            for compiled, title in _loops(name):
                usual = 0.0
                for kind, make in kinds.items():
                    if last.get((title, kind), 0) * 256 > asked.patience:
                        rows.append((title, f"2^{options}", kind, "not measured", "–"))
                        continue  # if it grows with the square of the states it would take too long
                    _telling(f"worst: 2^{options}, {title}, {kind}")
                    space = make(options)
                    with engines.compiling(compiled):
                        time = median(
                            lambda engine: engines.conclude(engine, ["seq"]),
                            lambda: engines.EXPLICIT[name](space),  # noqa: B023 - called at once
                            repeats=asked.repeats,
                        )
                    usual = usual or time
                    last[title, kind] = time
                    rows.append((title, f"2^{options}", kind, figure(_each(time, space)), figure(time / usual)))
    yield table(["engine", "states", "ranks", "ns", "against random"], rows)


def small(asked: Asked) -> Lines:
    """Four parties with three options each: 4,096 states."""
    model = games.ranked_model(12)
    repeats = max(asked.repeats, 20)
    rows = [
        (
            "the model in memory to `Result`: bestand.analyse(model)",
            seconds(median(lambda: _answer(model), repeats=repeats)),
        )
    ]
    for compiled, title in _loops("cube"):
        with engines.compiling(compiled):
            rows.append(
                (f"states, ranks and moves: {title}", seconds(median(lambda: build(model, "cube"), repeats=repeats)))
            )
            rows.append(
                (
                    f"all five concepts for all parties: {title}",
                    seconds(median(engines.conclude, lambda: build(model, "cube"), repeats=repeats)),
                )
            )
    yield table(["4 parties, 12 options", "time"], rows)


def _answer(model: Any) -> None:
    result = analyse(model)
    for concept in CONCEPTS:
        result.equilibria[concept]


def sparse(asked: Asked) -> Lines:
    """Forty options, and rules that leave about 100,000 states."""
    space = games.sparse()
    rows = []
    for compiled, title in _loops("listed"):
        with engines.compiling(compiled):
            listing = median(lambda: games.feasible_states(space.model), repeats=asked.repeats)
            five = median(engines.conclude, lambda: engines.EXPLICIT["listed"](space), repeats=asked.repeats)
        peak = peak_of(["listed", "sparse", "40", "compiled" if compiled else "plain"])
        rows.append(
            (title, f"{space.size:,}", seconds(listing), seconds(five), mebibytes(peak.whole), mebibytes(peak.net))
        )
    yield table(["engine", "states", "listing them", "all five concepts", "peak", "net of imports"], rows)


def totals(asked: Asked) -> Lines:
    """Everything: all five concepts for all parties, in a fresh process each."""
    yield "Random orders without ties, 4 parties. Net is the peak less what the imports take."
    yield ""
    rows = []
    for options in asked.sizes(16, 20, 24):
        for name in ("cube", "listed"):
            for compiled, title in _loops(name):
                _telling(f"totals: 2^{options}, {title}")
                case = [name, "strict", str(options), "compiled" if compiled else "plain"]
                peaks = [peak_of(case) for _ in range(1 if asked.quick else 3)]
                rows.append((title, f"2^{options}", *_peak_cells(peaks, options)))
    yield table(["engine", "states", "time", "ns each", "peak", "net", "net bytes for each state"], rows)


def _peak_cells(peaks: list[Peak], options: int) -> Iterator[str]:
    time, whole, net = (middle(getattr(peak, name) for peak in peaks) for name in ("seconds", "whole", "net"))
    yield seconds(time)
    yield figure(time / (4 * len(CONCEPTS) << options) * 1e9)
    yield mebibytes(whole)
    yield mebibytes(net)
    yield figure(net / (1 << options))


def symbolic(asked: Asked) -> Lines:
    """Models that nobody can list."""
    from benchmarks.symbolic import Case, solved

    sizes = {
        "local": [(40, 8, 4), (100, 16, 4), (100, 16, 8), (200, 32, 4), (200, 32, 8), (300, 48, 4), (300, 48, 8)],
        "random": [(40, 5, 6), (60, 5, 6), (60, 6, 8), (60, 6, 10), (60, 6, 12), (100, 8, 8)],
        "local-pairs": [(40, 8, 4), (100, 16, 4), (100, 16, 8), (200, 32, 4)],
        "random-pairs": [(40, 5, 6), (60, 5, 6), (60, 6, 8)],
    }
    cases = [Case(family, *each) for family, of in sizes.items() for each in of]
    if asked.quick:
        cases = [Case("local", 20, 4, 3), Case("random", 20, 4, 3)]
    seeds = range(1, 2 if asked.quick else 4)
    yield "Options / parties / statements of each party; the sets of all parties, one process for each model; medians"
    yield f"over {len(seeds)} seeded models. A concept uses what those before it worked out. A dash: for most it"
    yield f"was not done when the limit of {asked.limit:g} seconds for all five was over."
    yield ""
    rows = []
    for case in cases:
        for backend, name in engines.BACKENDS.items():
            _telling(f"symbolic: {case.title}, {name}")
            found = [solved(case, backend, seed, asked.limit) for seed in seeds]
            times = [_finished([each.seconds.get(concept) for each in found]) for concept in CONCEPTS]
            net = middle(each.whole - each.imports for each in found)
            states = middle(each.states for each in found)
            rows.append((case.title, f"{float(states):.1e}", name, *map(seconds, times), mebibytes(net)))
    yield table(["model", "states", "engine", *CONCEPTS, "net memory"], rows)


def _finished(times: list[float | None]) -> float | None:
    """The median, those that did not finish being the largest; None where it is one of them."""
    return sorted(times, key=lambda each: float("inf") if each is None else each)[(len(times) - 1) // 2]


def others(asked: Asked) -> Lines:
    """Other tools, and the definitions."""
    _telling("others")
    pure, five = compare.compared(quick=asked.quick, budget=1 if asked.quick else 20, repeats=asked.repeats)
    yield "Pure Nash equilibria, the same in every game:"
    yield ""
    yield compare.markdown(pure)
    yield ""
    yield "All five concepts for all parties, in every game as defined:"
    yield ""
    yield compare.markdown(five)


PARTS: dict[str, Callable[[Asked], Lines]] = {
    "machine": the_machine,
    "work": work,
    "flatness": flatness,
    "worst": worst,
    "small": small,
    "sparse": sparse,
    "totals": totals,
    "symbolic": symbolic,
    "others": others,
}


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=str(__doc__).partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"all unless told: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small sizes, once: only to see that it runs")
    parser.add_argument("--largest", type=int, default=24, help="options of the largest game (default: 24)")
    parser.add_argument("--repeats", type=int, default=5, help="of which the median is told (default: 5)")
    parser.add_argument("--limit", type=float, default=120, help="seconds for a symbolic model (default: 120)")
    given = parser.parse_args(arguments)
    unknown = [part for part in given.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part '{unknown[0]}' (parts: {', '.join(PARTS)})")
    asked = Asked(given.quick, given.largest, 1 if given.quick else given.repeats, limit=given.limit)
    for name in given.parts or PARTS:
        part = PARTS[name]
        sys.stdout.write(f"### {str(part.__doc__).partition('.')[0]}\n\n")
        for line in part(asked):
            sys.stdout.write(f"{line}\n")
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
