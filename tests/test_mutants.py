"""What `tools/mutate.py` tries are programs other than the sources, and what is explained is among it."""

import ast
import os
import sys
import time
import tomllib
from pathlib import Path

import pytest

from tools.mutating.mutants import mutants_of
from tools.mutating.parts import PARTS
from tools.mutating.patience import run

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", PARTS)
def test_a_mutant_is_another_program(name):
    part = PARTS[name]
    assert [test for test in part.tests if not (ROOT / test).exists()] == []
    for file, _, test in (each.partition("::") for each in part.without):
        assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text("utf-8")
    seen = set()
    for path in part.paths(ROOT / "src"):
        source = path.read_text("utf-8")
        right, mutants = ast.dump(ast.parse(source)), mutants_of(path, ROOT / "src")
        for mutant in mutants[::9]:  # looking at all takes half a minute
            assert ast.dump(ast.parse(mutant.applied(source))) != right, mutant.told
        names = {mutant.told for mutant in mutants}
        assert len(names) == len(mutants)
        seen |= names
    assert len(seen) > 50
    explained = tomllib.loads((ROOT / "tools" / "survivors.toml").read_text("utf-8")).get(name, {})
    assert explained.keys() - seen == set(), "what is explained is gone: the code has changed"
    assert all(len(reason.split()) > 2 for reason in explained.values())


@pytest.mark.skipif(os.name == "nt", reason="no such limits there")
@pytest.mark.parametrize(
    ("program", "seconds", "wall", "status"),
    [
        ("import time; time.sleep(2); print('done')", 1, 60, 0),  # waiting is no work
        ("raise SystemExit(3)", 60, 60, 3),
        ("while True: pass", 1, 60, None),
        ("import time; time.sleep(60)", 60, 0.5, None),
    ],
)
def test_patience_is_of_the_processor(tmp_path, program, seconds, wall, status):
    ended = run([sys.executable, "-c", program], tmp_path, os.environ, seconds, wall)
    assert ended.status == status
    assert ended.printed == ("done\n" if status == 0 else "")
    assert ended.seconds < 3


@pytest.mark.skipif(os.name == "nt", reason="no such limits there")
def test_what_a_program_has_started_ends_with_it(tmp_path):
    program = (
        "import os, subprocess; subprocess.Popen(['sleep', '60']); print(os.getpid(), flush=True)\nwhile True: pass"
    )
    ended = run([sys.executable, "-c", program], tmp_path, os.environ, 1)
    assert ended.status is None
    with pytest.raises(ProcessLookupError):
        _look_at_group(int(ended.printed))


def _look_at_group(number):
    for _ in range(100):  # they have a moment to be gone
        os.killpg(number, 0)
        time.sleep(0.05)
