"""Calls of commands about one of a few models, with flags that they have and some that they have not."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from bestand.answer.question import Parameter
from bestand.command import run
from bestand.command.table import COMMANDS
from bestand.questions.registry import questions

from .changed import corpus, words
from .files import rearranged
from .language import MODEL, sentence

LIMITS = ["--seconds=2", "--memory=300M"]
STATES = ["status-quo", "today", "0110", "7", "0", "state 7"]
KNOWN = {  # what parameters of a name can be, where their kind does not say it
    "state": STATES,
    "party": ["up", "down"],
    "parties": ["up,down", "up", "down,up"],
    "claims": ["c1"],
    "claim": ["c1"],
    "others": ["dam.yaml", "textbook/chicken"],
    "models": ["dam.yaml"],
    "changes": ["up 1 dropped", "without up.release", "never attack", "reading meek", "up held, down 1 dropped"],
    "out": ["kept"],
}
FORMULAS = ["peace", "release", "not attack and held", "state 7 or up.threaten"]
COMMON = {
    "--json": [],
    "--lang": [*["nl", "en"] * 3, "xx"],
    "--svg": [*["a.svg", "-"] * 3, "a.png"],
    "-o": [*["a.html", "a.md", "-"] * 3, "a.xyz"],
    "--states": ["1", "5", "1000", "0", "x"],
    "--reading": ["meek", "meek", "meek,meek", "nix"],
    "--svg=a.svg": ["--picture=plan", "--picture=matrix", "--picture=flows", "--picture=nix"],
    "--help": [],
}
MODELS = [*["dam.yaml"] * 12, *["changed.yaml"] * 8, *["textbook/chicken"] * 2, "-", "bad.yaml", "nix", "."]


def make(random: Random) -> tuple[list[str], str]:
    """Return a call, and the text of the file ``changed.yaml`` that it may speak of."""
    small = [text for text in corpus() if len(text) < 6000]
    return _call(random), rearranged(random, random.choice(small), 1)


def _call(random: Random) -> list[str]:
    name = random.choice([*[*questions()] * 4, *COMMANDS, "nix", ""])
    question = questions().get(name)
    call = [name, *LIMITS, random.choice(MODELS)] if question else [name]
    for each in question.parameters if question else ():
        if each.name == "workers":
            call.append("--workers=1")
        elif each.name != "dask" and (random.random() < 0.15 or (each.placed and random.random() < 0.7)):
            call += _flag(random, each)
    for flag, values in COMMON.items():
        if random.random() < 0.06:
            call += [flag, random.choice(values)] if values else [flag]
    if random.random() < 0.1:
        call += random.choice([[random.choice(words())], [f"--{random.choice(words())}"], ["-"], ["--"]])
    if random.random() < 0.1:
        random.shuffle(call)
    return call


def _flag(random: Random, parameter: Parameter) -> list[str]:
    """Return a flag with its value: one of those that there are, one that looks like it, or anything."""
    flag = random.choice([parameter.flag, *parameter.about.flags])
    if parameter.about.kind == "flag":
        return [flag]
    value = random.choice(_values(parameter))
    if random.random() < 0.1:
        value = random.choice([sentence(random, random.choice(("formula", "changes")), 6), random.choice(words())])
    return [value] if parameter.placed and random.random() < 0.8 else [flag, value]


def _values(parameter: Parameter) -> list[str]:
    if parameter.about.choices:
        return [*parameter.about.choices()]
    if parameter.about.kind in ("whole", "number"):
        return [*["1", "2", "3", "20"] * 4, "0", "-1", "1.5", "x", "1e9", "inf", "nan"]
    return KNOWN.get(parameter.name, [*FORMULAS, *STATES])


def put(given: tuple[Sequence[str], str]) -> str:
    """Make a call: its status is one of the contract, it says something, and it leaves nothing that it should not."""
    call, changed = given
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("dam.yaml").write_text(MODEL, "utf-8")
        Path("bad.yaml").write_text(MODEL.replace("peace,", "pease,"), "utf-8")
        Path("changed.yaml").write_text(changed, "utf-8")
        status, out, err = _called(call, MODEL)
        left = sorted(path.name for path in Path().iterdir() if path.name.startswith("."))
    assert status in (0, 1, 2, 3), f"not in the contract: {status}"
    assert "Traceback" not in out + err, f"a traceback: {err}"
    assert not re.search("\x1b|\x9b", out + err), f"steers the terminal: {out + err!r}"
    assert not left, f"leaves files: {left}"
    assert (out + err).strip(), f"says nothing: {status}"
    if "--json" in call and status in (0, 3) and out.strip() and not {"--help", "--version", "-h"} & {*call}:
        json.loads(out)
    return f"status {status}"


def _called(call: Sequence[str], stdin: str) -> tuple[int, str, str]:
    """Run a command in this process: its exit status, standard output, standard error."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace") for _ in range(2))
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = run(call)
    finally:
        sys.stdin = before
    return status, _held(out), _held(err)


def _held(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
