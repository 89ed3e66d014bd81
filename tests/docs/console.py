"""Runs the command-line examples of a Markdown page.

A ``console`` block runs each ``$ bestand …`` and compares what it prints with the lines under it, where a line ``...``
stands for any lines. A block under ``<!-- file: NAME -->`` is written to that file first. A page has one folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sybil import Document, Example, Region
from sybil.parsers.markdown import CodeBlockParser

WIDTH = 100  # columns that the examples are written for
RUN = re.compile(r"^(?:pip install uv && )?(?:uv run )?(?P<command>bestand( .*)?)$")
FILE = re.compile(r"^<!-- file: (?P<name>[\w.-]+) -->\n+```\w*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def files(document: Document) -> Iterator[Region]:
    """A parser: the blocks that stand for a file."""
    for found in FILE.finditer(document.text):
        yield Region(found.start(), found.start("text"), (found["name"], found["text"]), _write)


def _write(example: Example) -> None:
    name, text = example.parsed
    (example.namespace["folder"] / name).write_text(text, "utf-8")


def _run(example: Example) -> str | None:
    """Run every command of a block; say what differs from the example, if anything does."""
    for command, expected in commands(example.parsed):
        if not (found := RUN.match(command)):
            continue
        done = subprocess.run(
            ["bash", "-c", found["command"]],
            cwd=example.namespace["folder"],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
        )
        if "Traceback (most recent call last)" in done.stdout or (done.returncode and not expected):
            return f"$ {command}\nended with {done.returncode}:\n{done.stdout}"
        if expected and not agrees(done.stdout, expected):
            return (
                f"$ {command}\nprinted (exit status {done.returncode}):\n{done.stdout}\nthe example says:\n{expected}"
            )
    return None


console = CodeBlockParser("console", _run)


def _environment() -> dict[str, str]:
    folder = str(Path(sys.executable).parent)  # where the installed `bestand` is
    path = os.pathsep.join([folder, os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "COLUMNS": str(WIDTH), "NO_COLOR": "1", "PYTHONUTF8": "1"}


def commands(block: str) -> Iterator[tuple[str, str]]:
    r"""Each ``$ command`` of a block with the lines under it; ``\`` at its end goes on with the next line."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        while command.endswith("\\"):
            more, _, expected = expected.partition("\n")
            command = f"{command[:-1].rstrip()} {more.removeprefix('>').strip()}"
        yield command.strip(), expected.strip("\n")


def agrees(printed: str, expected: str) -> bool:
    """Whether the output is what the example shows, trailing blanks and empty lines around it aside."""
    wanted = [
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + "\n" for line in expected.splitlines()
    ]
    plain = "".join(line.rstrip() + "\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch("".join(wanted), plain) is not None


def enter(namespace: dict[str, Any]) -> None:
    """Start a page in a folder of its own."""
    namespace["keep"] = tempfile.TemporaryDirectory(prefix="bestand-examples-", ignore_cleanup_errors=True)
    namespace["folder"] = Path(namespace["keep"].name)
    namespace["back"] = Path.cwd()
    os.chdir(namespace["folder"])


def leave(namespace: dict[str, Any]) -> None:
    """Go back, and remove the folder."""
    os.chdir(namespace["back"])
    namespace["keep"].cleanup()
