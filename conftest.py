"""Runs the examples of README.md, docs/ and the docstrings as tests, and skips the long tests unless asked for."""

from __future__ import annotations

import os
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from typing import Any

import pytest
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from xdist.scheduler import LoadScopeScheduling

from tests.docs.console import console, enter, files, leave

os.environ["LC_ALL"] = "C.UTF-8"  # answers are in English wherever the tests run, unless a test asks otherwise
FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE

pages = Sybil(
    parsers=[SkipParser(), files, console, PythonCodeBlockParser(doctest_optionflags=FLAGS)],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    setup=enter,
    teardown=leave,
)
EXAMPLES = [
    "/".join(["src/bestand", *["*"] * depth, "*.py"]) for depth in range(5)
]  # ** is one folder before Python 3.13
docstrings = Sybil(
    parsers=[DocTestParser(FLAGS)],
    patterns=EXAMPLES,
    document_types={".py": PythonDocStringDocument},
)
pytest_collect_file = (pages + docstrings).pytest()


def pytest_addoption(parser: pytest.Parser) -> None:
    for name, length in _LONG.items():
        parser.addoption(f"--{name}", action="store_true", help=f"run the tests that take {length} too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for name in _LONG:
        if not config.getoption(f"--{name}"):
            for item in items:
                if name in item.keywords:
                    item.add_marker(pytest.mark.skip(reason=f"runs long: ask for it with --{name}"))


_LONG = {"slow": "a minute", "weekly": "many minutes"}


# Modules whose fixtures take long: one process makes them, for all of their tests.
WHOLE = (
    "tests/browser/test_report_page.py",
    "tests/questions/report/test_chapters.py",
    "tests/questions/vary/test_second_reading.py",
)


class KeepPagesWhole(LoadScopeScheduling):
    """Hands out tests one by one, and the examples of one page or module together: they share names and files.

    xdist's own groups (``--dist=loadgroup``) do nothing under pytest 9.2 (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if path in WHOLE else nodeid.partition("::line:")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> KeepPagesWhole:
    return KeepPagesWhole(config, log)
