import io
import sys

import pytest

from bestand.cli import run

from .helpers import written


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
