"""Hand the program anything: random input, of which each must get an answer or a clear word.

    python tools/fuzz.py [--seconds 60] [--seed 1] [--kinds files,language,commands,stored] [--number N] [--keep FOLDER]

An input is made from a kind, a seed and a number, and put to the program; what is not as it should be is a failure.
What is told of one is enough to make its input again (``--kinds K --seed S --number N``). What takes more than two
seconds of the processor is told too. Ends with 1 where something fails.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("files", "language", "commands", "stored")
PATIENCE = 2.0  # seconds of the processor


@dataclass
class Found:
    """What came of inputs of a kind: how they ended, and the numbers of those that fail or take long."""

    kind: str
    seed: int
    ends: Counter[str] = field(default_factory=Counter)
    slow: dict[int, float] = field(default_factory=dict)
    failures: dict[str, list[int]] = field(default_factory=dict)  # by what they have in common


def made(kind: str, seed: int, number: int) -> Any:
    """Return an input, the same for the same seed and number."""
    return import_module(f"tools.fuzzing.{kind}").make(Random(f"{kind} {seed} {number}"))


def put(kind: str, given: Any) -> str:
    """Put an input to the program; returns what came of it, and raises where something is not as it should be."""
    return import_module(f"tools.fuzzing.{kind}").put(given)


def fuzz(kind: str, seed: int, seconds: float) -> Found:
    """Put inputs of a kind for a while."""
    found, number, until = Found(kind, seed), 0, time.monotonic() + seconds
    while time.monotonic() < until:
        given, began = made(kind, seed, number), time.process_time()
        try:
            found.ends[put(kind, given)] += 1
        except Exception as error:
            found.ends["failed"] += 1
            found.failures.setdefault(_sort(error), []).append(number)
        except BaseException as error:  # Ctrl-C, where an input takes for ever
            error.add_note(f"with {_again(found, number)}")
            raise
        if (took := time.process_time() - began) > PATIENCE:
            found.slow[number] = took
        number += 1
    return found


def _sort(error: Exception) -> str:
    """Say what sort of failure it is: those that come of the same mistake are mostly told alike."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    said = f" ({str(error).partition(':')[0]})" if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__}{said} in {Path(frame.filename).name}, line {frame.lineno}"


def told(found: Found) -> str:
    """Say what came of inputs, with one of each sort of failure."""
    ends = ", ".join(f"{count:,} {end}" for end, count in found.ends.most_common())
    lines = [f"{found.kind}: {found.ends.total():,} inputs of seed {found.seed}: {ends}"]
    for sort, numbers in found.failures.items():
        lines.append(f"  {len(numbers)} times {sort}; {_again(found, numbers[0])}")
        lines.append(f"    {str(made(found.kind, found.seed, numbers[0]))[:1000]}")
    lines += [f"  slow, {took:.1f} s: {_again(found, number)}" for number, took in found.slow.items()]
    return "\n".join(lines)


def _again(found: Found, number: int) -> str:
    return f"--kinds {found.kind} --seed {found.seed} --number {number}"


def keep(folder: Path, found: Found) -> None:
    """Write one input of each sort of failure, and every slow one, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in [*(numbers[0] for numbers in found.failures.values()), *found.slow]:
        given = made(found.kind, found.seed, number)
        content = given if isinstance(given, bytes) else json.dumps(given, indent=1).encode()
        (folder / f"{found.kind}-{found.seed}-{number}").write_bytes(content)


def main() -> int:
    """Put inputs of some kinds, each for its share of the time; returns 1 where something fails."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--kinds", default=",".join(KINDS))
    options.add_argument("--number", type=int, help="this input alone; what is raised is shown as it is")
    options.add_argument("--keep", type=Path, help="a folder for inputs that fail or take long")
    given = options.parse_args()
    kinds = given.kinds.split(",")
    if given.number is not None:
        for kind in kinds:
            print(one := made(kind, given.seed, given.number))
            print(put(kind, one))
        return 0
    failed = False
    for kind in kinds:
        found = fuzz(kind, given.seed, given.seconds / len(kinds))
        print(told(found), flush=True)
        failed |= bool(found.failures)
        if given.keep:
            keep(given.keep, found)
    return int(failed)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ["LC_ALL"] = "C.UTF-8"
    sys.exit(main())
