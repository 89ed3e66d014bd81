"""The runner of command-line examples notices an example that is no longer true."""

import subprocess
import sys

import pytest

from tests.docs.console import FILE, RUN, agrees, commands


@pytest.mark.parametrize(
    ("printed", "expected", "same"),
    [
        ("one\ntwo\n", "one\ntwo", True),
        ("\none  \ntwo\n\n", "one\ntwo", True),
        ("one\ntwo\nthree\n", "one\n...", True),
        ("one\ntwo\nthree\n", "one\n...\nthree", True),
        ("one\nthree\n", "one\n...\nthree", True),
        ("one\ntwo\n", "one", False),
        ("one\n", "one\ntwo", False),
        ("1 * 2\n", "1 + 2", False),
        ("", "...", True),
    ],
)
def test_output_agrees_with_the_example(printed, expected, same):
    assert agrees(printed, expected) is same


def test_commands_of_a_block():
    block = "$ bestand check a.yaml\nfine\n\n$ bestand analyse a.yaml \\\n>   --list 3\n$ ls\n"
    assert list(commands(block)) == [
        ("bestand check a.yaml", "fine"),
        ("bestand analyse a.yaml --list 3", ""),
        ("ls", ""),
    ]


@pytest.mark.parametrize(
    "command", ["bestand", "bestand cases", "uv run bestand cases", "pip install uv && uv run bestand cases"]
)
def test_a_call_of_bestand_is_run(command):
    assert RUN.match(command)["command"].startswith("bestand")


@pytest.mark.parametrize("command", ["pip install uv && uv run pytest", "bestandx", "cat bestand"])
def test_anything_else_is_not(command):
    assert RUN.match(command) is None


def test_a_block_that_stands_for_a_file():
    found = FILE.search("text\n<!-- file: dam.yaml -->\n```yaml\ntitle: Dam\n```\nmore ```code```\n")
    assert (found["name"], found["text"]) == ("dam.yaml", "title: Dam\n")


CONFTEST = """
from sybil import Sybil
from tests.docs.console import console, enter, files, leave
pytest_collect_file = Sybil([files, console], pattern="*.md", setup=enter, teardown=leave).pytest()
"""

PAGE = """
<!-- file: a.txt -->
```yaml
title: A
```

```console
$ bestand --version
0.0.0 of another program
```
"""


def test_a_page_that_is_wrong_fails(tmp_path, pytestconfig):
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "page.md").write_text(PAGE)
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {pytestconfig.rootpath}\n")
    call = [sys.executable, "-m", "pytest", "-pno:xdist", "-pno:cacheprovider", str(tmp_path)]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120)
    assert "1 failed, 1 passed" in done.stdout
    assert "0.0.0 of another program" in done.stdout
