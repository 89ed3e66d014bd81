"""What `tools/seed_faults.py` puts wrong is still there to be put wrong, and makes another program."""

import ast
from pathlib import Path

import pytest

from tools.seed_faults import FAULTS, FIRST, ROOT, suite

SOURCE = Path(__file__).parents[1] / "src" / "bestand"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_fault_is_current(fault):
    for name, right, wrong in fault.edits:
        text = (SOURCE / name).read_text("utf-8")
        assert text.count(right) == 1, f"{name}: {right}"
        assert ast.dump(ast.parse(text)) != ast.dump(ast.parse(text.replace(right, wrong)))


def test_the_suite_is_that_of_the_engines_each_file_once():
    files = suite()
    assert len(files) > 20
    assert [file.removeprefix("tests/engine/") for file in files[: len(FIRST)]] == [*FIRST]
    assert sorted(ROOT / file for file in files) == sorted((ROOT / "tests" / "engine").rglob("test_*.py"))
