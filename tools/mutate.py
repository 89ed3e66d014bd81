"""Do the tests notice a small change of the code? Makes mutants of a part, one at a time, and runs its tests on each.

    python tools/mutate.py [PART ...] [--number N] [--seed S] [--workers W] [--examples E] [--list]

A mutant differs from the sources in one place: a comparison, an operator, a constant or a name turned, a statement
left out. One that no test fails on survives. Some survive since they mean the same, or only cost time; these stand in
``survivors.toml`` with the reason. Prints every other survivor, and for each part how many of how many were noticed.
The tests have twice the time of the processor that they take on the sources as they are, however busy the machine is.
Ends with 1 where something survives that is not explained, and where an explained one is noticed after all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import local

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs from anywhere

from tools.mutating.mutants import Mutant, mutants_of
from tools.mutating.parts import PARTS, Part
from tools.mutating.patience import end_all, run

ROOT = Path(__file__).resolve().parent.parent
EXPLAINED = Path(__file__).with_name("survivors.toml")
PYTEST = ["-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider", "-p", "hasty", "--hypothesis-profile=hasty"]
PLUGIN = """
import os
from hypothesis import Phase, settings
settings.register_profile("hasty", deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
_made, _most = settings.__init__, int(os.environ.get("MUTANT_EXAMPLES", 0))
def capped(self, *given, **named):
    _made(self, *given, **named)
    self._max_examples = min(self._max_examples, _most)
if _most:
    settings.__init__ = capped
"""
_LEAST = 30  # seconds of the processor that the tests get at least, however fast they are on the sources as they are


@dataclass(frozen=True)
class Outcome:
    """What came of a mutant: the test that noticed it, ``no end`` where the time was over; None for a survivor."""

    mutant: Mutant
    by: str | None


class Copy:
    """A copy of the sources in which a mutant is put, and the tests run on it."""

    def __init__(self, folder: Path, examples: int | None) -> None:
        self.source = folder / "src"
        shutil.copytree(ROOT / "src", self.source, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "hasty.py").write_text(PLUGIN, "utf-8")
        self.environment = {
            **os.environ,
            "CI": "true",  # the same random examples for every mutant
            "PYTHONPATH": f"{self.source}{os.pathsep}{folder}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "MUTANT_EXAMPLES": str(examples or 0),
        }
        where = [sys.executable, "-c", "import bestand; print(bestand.__file__)"]
        used = subprocess.run(where, env=self.environment, capture_output=True, text=True, check=True).stdout.strip()
        if not Path(used).is_relative_to(self.source):
            raise SystemExit(f"the tests would run on {used}, not on the copy")

    def failing(self, part: Part, seconds: int | None = None) -> tuple[str | None, float]:
        """Return the first test of a part that fails, None where all pass; and the seconds of the processor it took."""
        done = run([sys.executable, *PYTEST, *part.chosen], ROOT, self.environment, seconds)
        if done.status is None:
            return "no end", done.seconds
        if done.status == 0:
            return None, done.seconds
        failed = [line for line in done.printed.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        by = failed[0].split(" ", 1)[1].partition(" - ")[0] if failed else f"exit {done.status}"
        return by, done.seconds

    def put(self, mutant: Mutant, part: Part, seconds: int) -> Outcome:
        """Return what the tests say of a mutant."""
        path = self.source / mutant.file
        right = path.read_text("utf-8")
        path.write_text(mutant.applied(right), "utf-8")
        try:
            return Outcome(mutant, self.failing(part, seconds)[0])
        finally:
            path.write_text(right, "utf-8")


def chosen(part: Part, number: int | None, seed: int) -> list[Mutant]:
    """Return the mutants of a part, or so many of them drawn at random."""
    found = [mutant for path in part.paths(ROOT / "src") for mutant in mutants_of(path, ROOT / "src")]
    if number is None or number >= len(found):
        return found
    drawn = Random(f"{part.name} {seed}").sample(range(len(found)), number)
    return [found[k] for k in sorted(drawn)]


def tried(part: Part, mutants: list[Mutant], workers: int, folder: Path, examples: int | None = None) -> list[Outcome]:
    """Return what came of each mutant. The sources as they are have to pass."""
    mine = local()

    def copy() -> Copy:
        if not hasattr(mine, "copy"):
            mine.copy = Copy(Path(tempfile.mkdtemp(dir=folder)), examples)
        return mine.copy

    by, took = copy().failing(part)
    if by:
        raise SystemExit(f"{part.name}: the tests fail without any mutant: {by}")
    seconds = _LEAST + round(2 * took)

    def put(mutant: Mutant) -> Outcome:
        outcome = copy().put(mutant, part, seconds)
        if outcome.by is None:
            sys.stdout.write(f"  {mutant.told}\n")
            sys.stdout.flush()
        return outcome

    with ThreadPoolExecutor(workers) as pool:
        try:
            return list(pool.map(put, mutants))
        except BaseException:  # Ctrl-C, say: tests in sessions of their own do not get it
            pool.shutdown(wait=False, cancel_futures=True)
            end_all()
            raise


def main(arguments: list[str]) -> int:
    """Print the survivors and the score of each part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--number", type=int, help="mutants of each part, drawn at random; all unless told")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--examples", type=int, help="random examples of a test at most; all unless told")
    parser.add_argument("--list", action="store_true", help="print the mutants, and try none")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    explained = tomllib.loads(EXPLAINED.read_text("utf-8"))
    wrong = 0
    for name in options.parts or PARTS:
        part = PARTS[name]
        mutants = chosen(part, options.number, options.seed)
        if options.list:
            sys.stdout.writelines(f"{mutant.told}\n" for mutant in mutants)
            continue
        with tempfile.TemporaryDirectory(prefix="bestand-mutants-") as folder:
            outcomes = tried(part, mutants, options.workers, Path(folder), options.examples)
        wrong += told(part, outcomes, explained.get(name, {}))
    return 1 if wrong else 0


def told(part: Part, outcomes: list[Outcome], explained: dict[str, str]) -> int:
    """Print the score of a part; returns how many are not as they should be."""
    survived = {outcome.mutant.told for outcome in outcomes if outcome.by is None}
    noticed = {outcome.mutant.told: outcome.by for outcome in outcomes if outcome.by is not None}
    same = survived & explained.keys()
    wrong = {mutant: by for mutant, by in noticed.items() if mutant in explained and mutant not in survived}
    for mutant, by in wrong.items():
        sys.stdout.write(f"  explained, and noticed by {by}: {mutant}\n")
    count = sum(outcome.by is not None for outcome in outcomes)
    sys.stdout.write(
        f"{part.name}: {count} of {len(outcomes)} noticed ({count / max(len(outcomes), 1):.1%}), "
        f"{len(same)} survivors explained, {len(survived - same)} not\n"
    )
    sys.stdout.flush()
    return len(survived - same) + len(wrong)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    raise SystemExit(main(sys.argv[1:]))
