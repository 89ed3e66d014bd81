"""Whether every command keeps its limits, on models made to break them: wall time, and memory of all processes.

``python -m benchmarks.limits [SHAPE …] [--command NAME …]`` prints a row for every command on every shape: seconds by
the clock and of the processor, peak megabytes of the command and its workers together, exit status, and the last line
that it said. What counts is the clock, which is fair on an idle machine alone.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LIMITS = ("--memory", "100M", "--states", "1000000")
WALL, MEMORY = 3.0, 300 * 2**20  # seconds beyond the limit, bytes: what a command may take, start and telling included
_GIVE_UP = 30.0  # seconds beyond the limit after which a command is stopped: it does not keep it
_LOOK = 0.02

COMMANDS: dict[str, tuple[str, ...]] = {
    "analyse": (),
    "analyse --full": (),
    "analyse --json": (),
    "analyse --svg graph.svg": (),
    "check": (),
    "claims": (),
    "coalitions": (),
    "compare": ("{model}",),
    "count-rankings": ("--state", "status-quo", "--party", "{party}"),
    "deals": ("{option}",),
    "evolve": (),
    "explain": ("--state", "status-quo", "--party", "{party}"),
    "levers": (),
    "merged": ("{party},{other}",),
    "order": ("{option}",),
    "plans": (),
    "readings": (),
    "report": ("-o", "report.html"),
    "settle": ("{option}",),
    "vary": (),
    "vary --workers 2": (),
    "what-if": ("without {option}",),
    "why": (),
}


def grown(parties: int, options: int, statements: int = 7, *more: str, seed: int = 1) -> str:
    """Return a random model: statements of one option each, ``options`` for each party."""
    chance = random.Random(seed)
    names = [f"q{i}.o{i}_{k}" for i in range(parties) for k in range(options)]
    lines = ["bestand: 1", "title: Grown", "status_quo: []", "parties:"]
    for i in range(parties):
        own = ", ".join(f"o{i}_{k}: " for k in range(options))
        lines.append(f"  q{i}: {{options: {{{own}}}}}")
    lines.append("preferences:")
    for i in range(parties):
        wishes = ", ".join(f"{chance.choice(['', 'not '])}{chance.choice(names)}" for _ in range(statements))
        lines.append(f"  q{i}: {{priorities: [{wishes}]}}")
    return "\n".join([*lines, *more, ""])


def open_points() -> tuple[str, ...]:
    """Return lines that give every question something to do: a plan, readings and claims."""
    return (
        "plan: q0.o0_0 and not q1.o1_0",
        "plans: {other: q1.o1_0 and q2.o2_0}",
        "readings:",
        *(f"  r{k}: {{says: R, change: q{k % 4} {k // 4 + 1} dropped}}" for k in range(12)),
        "claims:",
        *(f"  - {{id: c{k}, says: C, check: some equilibrium is q{k}.o{k}_0}}" for k in range(3)),
    )


def misspelt() -> str:
    """Return a file of 2 MB in which no name is right."""
    wishes = ",\n      ".join(f"q0.optoin_number_{k}" for k in range(80_000))
    names = ", ".join(f"option_number_{k}: " for k in range(3_000))
    head = f"bestand: 1\ntitle: T\nparties:\n  q0: {{options: {{{names[:-2]}}}}}\n"
    return f"{head}preferences:\n  q0:\n    priorities: [{wishes}]\n"


def statements() -> str:
    """Return a model with 100,000 statements of preference."""
    return grown(2, 4, 50_000)


def claimed() -> str:
    """Return a model with 3,000 claims and 40 readings."""
    claims = [f"  - {{id: c{k}, says: C, check: some equilibrium is q{k % 8}.o{k % 8}_0}}" for k in range(3_000)]
    readings = [f"  r{k}: {{says: R, change: q{k % 8} 1 dropped}}" for k in range(40)]
    return grown(8, 2, 7, "plan: q0.o0_0", "claims:", *claims, "readings:", *readings)


def doubled() -> str:
    """Return a model whose outcomes each name the one before twice: unfolded, 2^60 of them."""
    outcomes = ["  t0: q0.o0_0", *(f"  t{k}: t{k - 1} iff (q0.o0_0 or t{k - 1})" for k in range(1, 60))]
    return grown(4, 4, 7, "plan: t59", "outcomes:", *outcomes)


def tangled() -> str:
    """Return a model whose wishes have no small diagram: products of distant options."""
    chance = random.Random(3)
    names = [f"q{i}.o{i}_{k}" for i in range(4) for k in range(15)]

    def wish() -> str:
        order = chance.sample(names, len(names))
        pairs = (f"({a} and {b})" for a, b in zip(order[:30], order[30:], strict=True))
        return f"'({' or '.join(pairs)}) iff ({' iff '.join(order[:1])})'"

    head = grown(4, 15, 0).partition("preferences:")[0]
    wishes = "\n".join(f"  q{i}: {{priorities: [{wish()}, {wish()}, {wish()}]}}" for i in range(4))
    return f"{head}preferences:\n{wishes}\nplan: {names[0]}\n"


def hard_rules() -> str:
    """Return a model of which nobody knows at sight whether any state is possible: random clauses of three options."""
    chance = random.Random(5)
    names = [f"q{i}.o{i}_{k}" for i in range(10) for k in range(20)]
    rules = [
        f"  - always: {' or '.join(chance.choice(['', 'not ']) + each for each in chance.sample(names, 3))}"
        for _ in range(850)
    ]
    return grown(10, 20, 7, "rules:", *rules).replace("status_quo: []\n", "")


def banned() -> str:
    """Return a model of 2^20 states in which single moves are forbidden."""
    more = ("outcomes: {some: q0.o0_0}", "forbidden_moves: [{party: q0, from: some, to: not some}]", "plan: q1.o1_0")
    return grown(4, 5, 7, *more)


SHAPES: dict[str, Callable[[], str]] = {
    "par19": lambda: grown(19, 1, 7, *open_points()),
    "par20": lambda: grown(20, 1, 7, *open_points()),
    "par100": lambda: grown(100, 1, 7, *open_points()),
    "huge": lambda: grown(8, 25, 9, *open_points()),
    "misspelt": misspelt,
    "statements": statements,
    "claimed": claimed,
    "doubled": doubled,
    "tangled": tangled,
    "hard-rules": hard_rules,
    "banned": banned,
}


@dataclass(frozen=True)
class Run:
    """What one command took."""

    seconds: float
    processor: float
    late: float
    memory: int
    status: int | None
    said: str

    @property
    def kept(self) -> bool:
        """Whether it kept its limits, and said what it had to in words."""
        kept = self.late < WALL and self.memory < MEMORY
        return kept and self.status in (0, 1, 2, 3) and "Traceback" not in self.said


def measured(words: list[str], folder: Path, limit: float) -> Run:
    """Return what a command took, its workers included."""
    began, before = time.monotonic(), _processor()
    with (folder / "said").open("w+b") as said, (folder / "out").open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "bestand", *words], stdout=out, stderr=said, cwd=folder)
        peak, status = 0, None
        while (status := process.poll()) is None and time.monotonic() - began < limit + _GIVE_UP:
            peak = max(peak, sum(map(_resident, family(process.pid))))
            time.sleep(_LOOK)
        seconds = time.monotonic() - began
        if status is None:
            process.kill()
            process.wait()
        said.seek(0)
        text = said.read().decode(errors="replace")
    last = "Traceback" if "Traceback" in text else text.strip().rpartition("\n")[2]
    return Run(seconds, _processor() - before, seconds - limit, peak, status, last)


def _processor() -> float:
    """Return the seconds that programs took which have been waited for, and those that they waited for themselves."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that it has started."""
    yield pid
    with suppress(OSError):  # it has ended
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def main() -> int:
    """Print a row for every command and shape; return 1 where one did not keep its limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shapes", nargs="*", help=f"of {', '.join(SHAPES)}, or model files; all shapes unless told")
    parser.add_argument("--command", action="append", help="only these commands")
    parser.add_argument("--broken", action="store_true", help="print only what does not keep its limits")
    parser.add_argument("--seconds", type=float, default=3.0, help="the limit on time")
    asked = parser.parse_args()
    limits = ["--seconds", f"{asked.seconds:g}", *LIMITS]
    wrong = total = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for shape in asked.shapes or SHAPES:
            file = folder / "model.yaml"
            file.write_text(SHAPES[shape]() if shape in SHAPES else Path(shape).read_text())
            for command, rest in COMMANDS.items():
                if asked.command and command not in asked.command:
                    continue
                fill = {"model": "model.yaml", "party": "q0", "other": "q1", "option": "q0.o0_0"}
                verb, *flags = command.split()
                words = [verb, "model.yaml", *(each.format(**fill) for each in rest), *flags, *limits]
                run = measured(words, folder, asked.seconds)
                total += 1
                wrong += not run.kept
                if not run.kept or not asked.broken:
                    mark = " " if run.kept else "!"
                    took = f"{run.seconds:6.2f} s {run.processor:5.2f} s {run.memory / 2**20:6.0f} MB {run.status!s:>4}"
                    sys.stdout.write(f"{mark} {shape:11} {command:24} {took}  {run.said[:110]}\n")
                    sys.stdout.flush()
    sys.stdout.write(f"{total - wrong} of {total} kept\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
