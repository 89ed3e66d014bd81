"""Does the conformance suite notice? Seeds faults into copies of the engines, one at a time, and runs it on each.

    python tools/seed_faults.py [NAME ...]

A fault is a name and replacements of text in files of ``src/bestand``. A text that is not found exactly once is an
error: the engine has changed, and the fault has to change with it. Ends with 1 when a fault is not caught.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST = ("test_conformance.py", "test_laws.py", "symbolic/test_conformance.py")  # most faults are noticed here
OPTIONS = ["-x", "-q", "-n0", "-p", "no:cacheprovider", "-p", "no_shrinking", "--hypothesis-profile=hasty"]
PLUGIN = """
from hypothesis import Phase, settings
settings.register_profile("hasty", deadline=None, phases=[Phase.explicit, Phase.generate])
"""


@dataclass(frozen=True)
class Fault:
    """A mistake that one could make: (file, right text, wrong text), one or more."""

    name: str
    edits: tuple[tuple[str, str, str], ...]


CHAINS, ARCS, CUBE, LABELS, BLOCKS, MOVES = (
    f"engine/{name}.py" for name in ("chains", "arcs", "cube", "labels", "blocks", "moves")
)
SYMBOLIC = "engine/symbolic"

FAULTS = [
    Fault(
        "equality no longer sanctions",
        (
            (
                "stability/concept.py",
                "return engine.at_most(engine.best(i, engine.lower(r, w)), r)",
                "return engine.at_most(engine.best(i, engine.lower(r * 2.0, w * 2.0 + 1)), r * 2.0)",
            ),
        ),
    ),
    Fault(
        "one-way options ignored in the credible replies",
        ((CHAINS, "pattern = states & (forth | back)", "pattern = states & np.uint64(0)"),),
    ),
    Fault(
        "one-way options turned round in the cube",
        ((CUBE, "moves.to_yes) if backward else (moves.to_yes", "moves.to_yes) if not backward else (moves.to_yes"),),
    ),
    Fault(
        "a sweep stops after one round",
        (("engine/explicit.py", "        if not waiting:\n            return True", "        return True"),),
    ),
    Fault(
        "a party whose blocks another has changed need not act again",
        (("engine/explicit.py", "waiting.update(k for k in parties if k != j)", "waiting.update(())"),),
    ),
    Fault(
        "ties count as improvements in sorted blocks",
        ((CHAINS, "np.where(tied, 0, np.arange(1, rows)[:, None])", "np.arange(1, rows)[:, None]"),),
    ),
    Fault(
        "ties count as improvements where places are labelled",
        ((LABELS, "below = np.where(next_differs, row, rows)", "below = row + 0 * chain.better"),),
    ),
    Fault(
        "ties count as improvements in the compiled sweeps",
        ((CHAINS, "here = above[better[row, column]]", "here = here + 0"),),
    ),
    Fault(
        "the compiled sweeps never say that they changed anything",
        ((CHAINS, "changed |= here != value", "changed |= False"),),
    ),
    Fault(
        "any improvement counts as a best move along arcs",
        ((ARCS, "best = (rank[self.targets] == aim) & (aim", "best = (rank[self.targets] > rank[sources]) & (aim"),),
    ),
    Fault(
        "a best state is answered by another that is as good",
        ((CHAINS, "np.where(tops, values, np.minimum(values, least))", "np.minimum(values, least)"),),
    ),
    Fault(
        "best moves are improvements where places are labelled",
        ((LABELS, 'np.where(chain.tops, _below(chain, "improvements"), rows)', '_below(chain, "improvements")'),),
    ),
    Fault(
        "a bar is put to the wrong half of the beginnings",
        (("engine/states.py", "if not bar.value & bit])", "if bar.value & bit])"),),
    ),
    Fault(
        "a label does not go on from the places that it reaches",
        ((LABELS, "                            count += 1\n", ""),),
    ),
    Fault(
        "ties count as improvements along arcs",
        ((ARCS, "rank[self.targets] > rank[sources]", "rank[self.targets] >= rank[sources]"),),
    ),
    Fault(
        "the party is among those who answer it",
        (("engine/spec.py", "range(len(engine.parties)) if j != i)", "range(len(engine.parties)))"),),
    ),
    Fault(
        "the escape is measured before the answer (SMR)",
        (
            (
                "stability/concept.py",
                "return REPLIES[rounds[0]].least(engine, H, after_answer(engine, i, rounds[1:], H))",
                "before = REPLIES[rounds[0]].least(engine, H, engine.rank(i))\n"
                "    return engine.best(i, before) if rounds[1:] else before",
            ),
        ),
    ),
    Fault(
        "no escape from a credible answer (SSEQ as SEQ)",
        (
            (
                "stability/concept.py",
                "after_answer(engine, i, rounds[1:], H))",
                'after_answer(engine, i, () if rounds[0] == "credible" else rounds[1:], H))',
            ),
        ),
    ),
    Fault(
        "infeasible states count as reachable",
        ((CUBE, "return f if self._full else self._feasible.alone(f, of)", "return f"),),
    ),
    Fault("the last mover is ignored", ((ARCS, "(*after[:k], *after[k + 1 :])", "after"),)),
    Fault("moves that are not transitive are swept", ((BLOCKS, "return len(H) > 1 and not all(", "return not any("),)),
    Fault(
        "staying counts as a move of a party that waits",
        ((CHAINS, "np.where(own, np.iinfo(values.dtype).max, values).min(axis=0)", "least"),),
    ),
    Fault(
        "a forbidden move is looked at from its wrong end",
        ((MOVES, "(far, near) for near, far", "(near, far) for near, far"),),
    ),
    Fault("two forbidden moves bar only what both do", ((MOVES, "open_ & ~far)", "open_ | ~far)"),)),
    Fault(
        "a best move may be a forbidden one",
        ((BLOCKS, "self._reached(j, rank * width", "self._extreme(j, rank * width"),),
    ),
    Fault(
        "min and max exchanged in the cube",
        ((CUBE, "self._along(j, worst, np.minimum)", "self._along(j, worst, np.maximum)"),),
    ),
    Fault(
        "min and max exchanged in the list",
        ((CHAINS, "return self.take(f, np.minimum)", "return self.take(f, np.maximum)"),),
    ),
    Fault(
        "blocks that differ in others' options lie in one",
        ((CHAINS, "np.not_equal(outside[1:], outside[:-1], out=new_block[1:])", "new_block[1:] = False"),),
    ),
    Fault(
        "a move is forbidden by either of its ends",
        ((ARCS, "legal &= ~(near[sources] & far[targets])", "legal &= ~(near[sources] | far[targets])"),),
    ),
    Fault(
        "statements read from the last to the first",
        (
            (
                "engine/ranks.py",
                "for level in priorities.by_level:",
                "for level in priorities.by_level[::-1]:",
            ),
        ),
    ),
    Fault(
        "wishes that stand level are ranked one after the other",
        (("engine/ranks.py", "count += evaluator.holds", "count = count * 2 + evaluator.holds"),),
    ),
    Fault(
        "one wish of a level is counted on diagrams",
        ((f"{SYMBOLIC}/wishes.py", "for statement in level:\n        world.check()", "for statement in level[:1]:"),),
    ),
    Fault(
        "rankings read worst first",
        (("engine/ranks.py", "groups = ranking.groups[::-1]", "groups = ranking.groups"),),
    ),
    Fault(
        "targets need not begin alike on diagrams",
        (
            (
                f"{SYMBOLIC}/thresholds.py",
                "targets = [region.tight & ~digit for region in regions]\n            asking",
                "targets = [~digit for region in regions]\n            asking",
            ),
        ),
    ),
    Fault(
        "one-way options are free on diagrams",
        ((f"{SYMBOLIC}/moves.py", "d.variables(k for k in own if k not in one_way)", "self.own"),),
    ),
    Fault(
        "regions with a strategy in common are merged on diagrams",
        ((f"{SYMBOLIC}/thresholds.py", "share = left & ~used", "share = left"),),
    ),
]


def suite() -> list[str]:
    """The files of the suite, in the order in which they are run."""
    folder = ROOT / "tests" / "engine"
    first = [folder / name for name in FIRST]
    return [str(path.relative_to(ROOT)) for path in [*first, *sorted({*folder.rglob("test_*.py")} - {*first})]]


def seeded(fault: Fault, folder: Path) -> Path:
    """A copy of the sources with the fault in it."""
    source = folder / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    for name, right, wrong in fault.edits:
        path = source / "bestand" / name
        text = path.read_text("utf-8")
        if text.count(right) != 1:
            raise SystemExit(f"{fault.name}: {name} has {text.count(right)} times {right!r}; mend this fault")
        path.write_text(text.replace(right, wrong), "utf-8")
    return source


def caught(fault: Fault) -> str | None:
    """The first test that fails with the fault in place; None where all pass."""
    with tempfile.TemporaryDirectory(prefix="bestand-fault-") as name:
        folder = Path(name)
        source = seeded(fault, folder)
        (folder / "no_shrinking.py").write_text(PLUGIN, "utf-8")
        environment = {**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{folder}", "PYTHONDONTWRITEBYTECODE": "1"}
        where = [sys.executable, "-c", "import bestand; print(bestand.__file__)"]
        used = subprocess.run(where, env=environment, capture_output=True, text=True, check=True).stdout.strip()
        if not Path(used).is_relative_to(source):
            raise SystemExit(f"the tests would run on {used}, not on the copy with the fault")
        command = [sys.executable, "-m", "pytest", *OPTIONS, *suite()]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED ")]
        if done.returncode and not failed:  # not even loaded, say
            raise SystemExit(f"{fault.name}: the suite did not run\n{done.stdout}{done.stderr}")
    return failed[0].removeprefix("FAILED ").partition(" - ")[0] if failed else None


def main(names: list[str]) -> int:
    """Print a table fault -> caught by. 0 when the sources pass as they are and every fault is caught."""
    if unknown := set(names) - {fault.name for fault in FAULTS}:
        raise SystemExit(f"no such fault: {', '.join(sorted(unknown))}")
    if by := caught(Fault("no fault", ())):
        raise SystemExit(f"the suite fails without any fault: {by}")
    missed = 0
    for fault in FAULTS:
        if names and fault.name not in names:
            continue
        began = time.monotonic()
        by = caught(fault)
        missed += by is None
        verdict = f"caught by {by}" if by else "NOT CAUGHT"
        sys.stdout.write(f"{fault.name:52} {verdict} ({time.monotonic() - began:.0f} s)\n")
        sys.stdout.flush()
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
