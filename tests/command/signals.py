"""Calls that a signal stops: how they end, what they say, and what they leave behind."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bestand.command.table import COMMANDS
from bestand.questions.registry import questions
from tests.command.helpers import DAM, written
from tests.first_reading import UKRAINE

# A call of every command, and of those that write files.
CALLS = {
    **{name: question.example.removeprefix("bestand ") for name, question in questions().items()},
    **dict.fromkeys(COMMANDS),
    "new": "new mine.yaml",
    "cases": "cases --json",
    "schema": "schema",
    "help": "--help",
    "vary for long": "vary my.yaml --samples 200000 --workers 2",
    "vary into a file": "vary my.yaml --samples 200000 --workers 2 --out kept",
    "a picture": f"analyse {UKRAINE} --svg drawn.svg --picture matrix",
    "documents": "report my.yaml -o report.html -o report.docx -o report.pdf",
}
GIVEN = ("my.yaml", "old.yaml", "new.yaml")


@dataclass(frozen=True)
class Ended:
    """How a call ended."""

    status: int
    out: bytes
    err: bytes
    files: dict[str, int]  # what lies in its folder beside what was given, with the size
    running: list[str]  # what it started and did not end


def folder_for(tmp_path: Path, number: int = 0) -> Path:
    """A folder with the models that the calls name."""
    folder = tmp_path / str(number)
    for name in GIVEN:
        written(folder, DAM if name != "new.yaml" else DAM.replace("[up.threaten]", "[]"), name)
    return folder


def call_of(name: str) -> list[str]:
    """The words of a call."""
    return [sys.executable, "-m", "bestand", *shlex.split(CALLS[name])]


def whole(name: str, folder: Path, patience: float) -> tuple[Ended | None, float]:
    """How a call ends that nobody stops, and how long it took from where it heeds signals; None where that is long."""
    with _started(name, folder) as process:
        heeded(process)
        began = time.monotonic()
        try:
            out, err = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            process.terminate()
            return None, patience
        took = time.monotonic() - began
    return ended(process, out, err, folder), took


def stopped(name: str, folder: Path, number: int, after: float, *, everybody: bool, twice: bool = False) -> Ended:
    """How a call ends that gets a signal so many seconds after it heeds signals.

    A terminal sends it to everybody at work; ``kill`` to the program alone.
    """
    with _started(name, folder) as process:
        heeded(process)
        time.sleep(after)
        for _ in range(1 + twice):
            if process.poll() is None:
                (os.killpg if everybody else os.kill)(process.pid, number)
        out, err = process.communicate(timeout=60)
    return ended(process, out, err, folder)


def _started(name: str, folder: Path) -> subprocess.Popen[bytes]:
    return started(call_of(name), folder)


def started(call: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """A program that runs in a session of its own, and does not ignore Ctrl-C even where the tests do."""
    return subprocess.Popen(
        call,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # what is left of it can be told by that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )


def heeded(process: subprocess.Popen[bytes]) -> None:
    """Wait until a program catches SIGTERM, which Python does not by itself, or has ended."""
    while process.poll() is None:
        caught = next(line for line in _status(process.pid) if line.startswith("SigCgt:"))
        if int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.001)


def _status(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return ["SigCgt: 0"]


def ended(process: subprocess.Popen[bytes], out: bytes, err: bytes, folder: Path) -> Ended:
    """How a program has ended, and what it left."""
    files = {path.name: path.stat().st_size for path in folder.iterdir() if path.name not in GIVEN}
    return Ended(process.returncode, out, err, files, _still_running(process.pid))


def _still_running(session: int, patience: float = 5) -> list[str]:
    """The processes of a session that has ended; those that were told to end have a moment for it."""
    until = time.monotonic() + patience
    while (left := _of_session(session)) and time.monotonic() < until:
        time.sleep(0.02)
    return left


def _of_session(session: int) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, its, *_ = (path / "stat").read_text("utf-8").rpartition(")")[2].split()
            words = (path / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
        except OSError:
            continue  # it has ended meanwhile
        if int(its) == session and state not in "ZX":
            found.append(words)
    return found
