"""How Hypothesis looks for counterexamples: the same under CI, new ones elsewhere; and calls of commands."""

import io
import os
import sys

import pytest
from hypothesis import HealthCheck, settings

from bestand.command import run
from tests.command.helpers import written

slow_machines = [HealthCheck.too_slow]
settings.register_profile("default", deadline=None, suppress_health_check=slow_machines)
# The same examples every time find nothing new: fewer will do. A scheduled job draws others, as many as elsewhere.
settings.register_profile(
    "ci", deadline=None, suppress_health_check=slow_machines, derandomize=True, print_blob=True, max_examples=25
)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture
def dam(tmp_path):
    """The path of a small valid model."""
    return written(tmp_path)


@pytest.fixture
def without_typst(monkeypatch):
    """As if the extra ``report`` were not installed."""
    from bestand.document import typesetting

    monkeypatch.setitem(sys.modules, "typst", None)
    typesetting._compiler.cache_clear()
    yield
    typesetting._compiler.cache_clear()


@pytest.fixture
def call(capsys, monkeypatch):
    """Runs one command in this process: exit status, standard output, standard error."""
    monkeypatch.delenv("COLUMNS", raising=False)

    def calling(*arguments, stdin=None):
        if stdin is not None:
            text = stdin if isinstance(stdin, bytes) else stdin.encode()
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), "utf-8"))
        status = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return calling
