"""What `tools/mutate.py` tries are programs other than the sources, and what is explained is among it."""

import ast
import tomllib
from pathlib import Path

import pytest

from tools.mutating.mutants import mutants_of
from tools.mutating.parts import PARTS

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", PARTS)
def test_a_mutant_is_another_program(name):
    part = PARTS[name]
    assert [test for test in part.tests if not (ROOT / test).exists()] == []
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
