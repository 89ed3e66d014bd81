"""Did an answer change? Photographs everything that bestand says, and compares two photographs.

    python tools/photograph.py take FOLDER [--python PATH] [--jobs N] [--only PATTERN]
    python tools/photograph.py compare OLD NEW [--show N] [--kinds]

A shot is one call of the command line, or one expression in Python: its output, its messages, its exit status and the
files that it leaves, in FOLDER/CASE/COMMAND/FORM.txt. `photograph.toml` has what there is to take; ``--only`` takes the
shots whose path has a pattern in it, such as ``chicken/*/nl``. What two equal programs may say differently is blanked.

The chosen interpreter, that of a checkout's own environment, loads the package once and forks for each shot, so this
needs a system with ``fork``. Nothing is used but ``python -m bestand`` and what ``import bestand`` exports: modules may
move between two photographs. Take both with the same extras. `compare` ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import importlib
import json
import os
import re
import resource
import runpy
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TABLES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
MARK = ".photograph"  # in a folder whose shots may be taken again
SECONDS, PATIENCE = 120, 600  # for a shot: of a processor, and in all, which hangs on what else a computer does
SLOWEST = 5  # shots that are named
LONG, LINE = 60, 400  # lines of what is shown; letters of a line that is split at its tags
ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
WARM = (  # calls that load all there is to load
    "--help",
    "report dam.yaml --workers 1 -o w.md -o w.html",
    "analyse dam.yaml --engine symbolic",
    "analyse dam.yaml --picture moves --svg -",
    "evolve dam.yaml --svg -",
    "settle dam.yaml deal",
    "coalitions dam.yaml --json",
    "what-if dam.yaml --levers --svg -",
)


# ---- what there is to take ----


@dataclass(frozen=True)
class Shot:
    """A call to make, and where to put what came of it.

    Parameters
    ----------
    path : str
        CASE/COMMAND/FORM; in Python CASE/CALL.
    words : tuple of str
        The arguments of bestand, or one expression in Python.
    files : dict of str to bytes
        What stands in the folder in which it is called.
    forms : dict of str to str
        In Python, how its result is shown: expressions, each of which gives a file.
    """

    path: str
    words: tuple[str, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)

    def matches(self, pattern: str) -> bool:
        """Whether the path of some file has the pattern in it."""
        return any(_matches(path, pattern) for path in ([f"{self.path}/{form}" for form in self.forms] or [self.path]))


def shots(catalogue: Iterable[Mapping[str, Any]]) -> Iterator[Shot]:
    """Every shot: of the catalogue as ``bestand cases --json`` lists it, of model files, and of calls without one."""
    for topic, calls in TABLES["calls"].items():
        yield from (Shot(f"none/{topic}/{form}", _words(call)) for form, call in calls.items())
    for entry in catalogue:
        parties = {"one": entry["parties"][0], "two": entry["parties"][-1]}
        yield from _of_case(entry["slug"], {**parties, **TABLES["cases"].get(entry["slug"], {})})
    files = {f"{name}.yaml": text.lstrip("\n").encode() for name, text in TABLES["files"]["texts"].items()}
    dam = {"dam.yaml": files["dam.yaml"]}
    yield from _of_case("dam.yaml", TABLES["cases"]["dam.yaml"], dam)
    for command, call in TABLES["wrong"]["calls"].items():
        for form, more in TABLES["wrong"]["additions"].items():
            yield Shot(f"wrong/{command}/{form}", (*_words(call), *_words(more)), dam)
    for folder in TABLES["files"]["beside"]:
        files |= {path.name: path.read_bytes() for path in sorted((ROOT.parent / folder).glob("*.yaml"))}
    for name, content in files.items():
        table = "file-in-short" if Path(name).stem in TABLES["files"]["in-short"] else "file"
        yield from _told(TABLES["sets"][table]["commands"], f"files/{Path(name).stem}", name, {}, {name: content})


def _of_case(case: str, asked: Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> Iterator[Shot]:
    for chosen in ("every", *asked.get("sets", ())):
        yield from _told(TABLES["sets"][chosen]["commands"], case, case, asked, files)
        for name, call in TABLES["sets"][chosen].get("results", {}).items():
            pictures = TABLES["python"]["pictures"].get(name, ())
            drawn = {f"picture-{each}": f"result.picture({each!r}).svg" for each in pictures}
            forms = {**TABLES["python"]["shown"], **drawn}
            yield from _filled(f"{case}/python-{name}", (call,), {"case": case, **asked}, files, forms)
    for name, call in TABLES["python"]["values"].items():
        yield from _filled(f"{case}/python-{name}", (call,), {"case": case, **asked}, files, {"value": "result"})


def _told(
    table: Mapping[str, tuple[str, str]],
    place: str,
    case: str,
    asked: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
) -> Iterator[Shot]:
    for command, (call, forms) in table.items():
        if f"{place}/{command}".removeprefix("files/") not in TABLES["files"]["never"]:
            for form in forms.split():
                words = (*_words(call), *_words(TABLES["forms"][form]))
                yield from _filled(f"{place}/{command}/{form}", words, {"case": case, **asked}, files)


def _filled(
    path: str,
    words: tuple[str, ...],
    fields: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
    forms: Mapping[str, str] | None = None,
) -> Iterator[Shot]:
    """The shot with its places filled, each within its word; none where a case cannot fill them."""
    with suppress(KeyError):
        yield Shot(path, tuple(word.format_map(fields) for word in words), files or {}, forms or {})


def _words(call: str) -> tuple[str, ...]:
    return tuple(shlex.split(call))


def _matches(path: str, pattern: str) -> bool:
    return fnmatchcase(path, f"*{pattern}*")


# ---- taking it ----


def take(folder: Path, python: str, jobs: int, only: str) -> None:
    """Go on as the chosen interpreter, in an environment that is always the same."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        sys.exit(f"{folder} holds something else than a photograph")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    call = [python, "-P", str(Path(__file__).resolve()), "shoot", str(folder), str(jobs), only]
    sys.stdout.flush()
    os.execve(python, call, {**kept, **ENVIRONMENT})


def shoot(folder: Path, jobs: int, only: str) -> None:
    """Take every shot whose path has the pattern in it, so many at once, in the place of those that are there."""
    import bestand

    started = time.monotonic()
    print(f"bestand {bestand.__version__} of {Path(bestand.__file__).parent}", file=sys.stderr)
    _preload()
    listing = subprocess.run(
        [sys.executable, "-P", "-m", "bestand", "cases", "--json"], capture_output=True, check=True
    )
    wanted = [shot for shot in shots(json.loads(listing.stdout)) if shot.matches(only)]
    if not wanted:
        sys.exit(f"no shot has {only!r} in its path")
    for old in [*folder.rglob("*.txt")]:
        if _matches(old.relative_to(folder).as_posix().removesuffix(".txt"), only):
            old.unlink()
    used: dict[str, float] = {}
    for number, exposure in enumerate(_exposed(wanted, jobs), 1):
        used[exposure.shot.path] = exposure.seconds
        for path, text in exposure.texts():
            target = folder / f"{path}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_blanked(text, bestand.__version__), "utf-8", newline="\n")
        _progress(number, len(wanted), exposure.shot.path)
    took = time.monotonic() - started
    print(f"{len(used)} calls in {took:.0f} s, {sum(used.values()):.0f} s of a processor; most:", file=sys.stderr)
    for path in sorted(used, key=used.__getitem__, reverse=True)[:SLOWEST]:
        print(f"{used[path]:8.1f} s {path}", file=sys.stderr)


def _exposed(wanted: list[Shot], jobs: int) -> Iterator[Exposure]:
    """Every shot when it has been taken, so many at once."""
    waiting, running = wanted[::-1], list[Exposure]()
    with tempfile.TemporaryDirectory(prefix="photograph-") as rooms:
        try:
            while waiting or running:
                while waiting and len(running) < jobs:
                    running.append(Exposure(waiting.pop(), rooms))
                time.sleep(0.002)
                for exposure in [each for each in running if each.over()]:
                    running.remove(exposure)
                    yield exposure
        finally:
            for exposure in running:
                exposure.stop()


class Exposure:
    """One shot being taken, in a process and a folder of its own."""

    def __init__(self, shot: Shot, rooms: str) -> None:
        self.shot, self.seconds, self._status = shot, 0.0, ""
        self._started = time.monotonic()
        self._room = Path(tempfile.mkdtemp(dir=rooms)).resolve()
        self._here = self._room / "here"
        self._here.mkdir()
        for name, content in shot.files.items():
            (self._here / name).write_bytes(content)
        self._process = os.fork()
        if not self._process:
            self._expose()

    def _expose(self) -> None:
        """In the process that was forked: make the call, and never come back."""
        status = 1
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
            os.chdir(self._here)
            for number, name in enumerate((os.devnull, "../stdout", "../stderr")):
                os.dup2(os.open(name, os.O_RDWR | os.O_CREAT, 0o644), number)
            status = self._evaluate() if self.shot.forms else _call(self.shot.words)
            sys.stdout.flush()
        except BaseException as error:  # whatever it is, it is the answer
            print(f"crashed: {type(error).__name__}: {error}", file=sys.stderr)
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _evaluate(self) -> int:
        """The result, and a file for each form."""
        import bestand

        result = eval(self.shot.words[0], {"bestand": bestand})
        for form, expression in self.shot.forms.items():
            try:
                text = str(eval(expression, {"result": result}))
            except Exception as error:
                text = f"crashed: {type(error).__name__}: {error}"
            Path("..", f"form-{form}").write_text(text, "utf-8", newline="")
        return 0

    def over(self) -> bool:
        """Whether it has ended, which it is made to when it takes too long."""
        process, status, used = os.wait4(self._process, os.WNOHANG)
        if process:
            code = os.waitstatus_to_exitcode(status)
            self._status = str(code) if code >= 0 else signal.Signals(-code).name
            self.seconds = used.ru_utime + used.ru_stime
        elif time.monotonic() > self._started + PATIENCE:
            self.stop()
            self._status, self.seconds = f"none within {PATIENCE} s", PATIENCE
        return bool(self._status)

    def stop(self) -> None:
        """End it, and whatever it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)

    def texts(self) -> Iterator[tuple[str, str]]:
        """What came of it, and its path. Its folder is gone afterwards."""
        shot = self.shot
        call = shot.words[0] if shot.forms else shlex.join(("bestand", *shot.words))
        left = [path for path in sorted(self._here.rglob("*")) if path.is_file() and path.name not in shot.files]
        said = [path for path in (self._room / "stdout", self._room / "stderr", *left) if path.stat().st_size]
        shown = {form: self._room / f"form-{form}" for form in shot.forms}
        if said or self._status != "0" or not shown:
            yield f"{shot.path}/call" if shown else shot.path, self._text(call, said)
        for form, path in shown.items():
            if path.exists():
                yield f"{shot.path}/{form}", self._text(f"{call}; {shot.forms[form]}", [path])
        shutil.rmtree(self._room)

    def _text(self, call: str, parts: Iterable[Path]) -> str:
        lines = [f"$ {call}", f"exit status: {self._status}"]
        for path in parts:
            lines += [f"---- {path.name}", _readable(path.read_bytes())]
        return "\n".join(lines).replace(str(self._here), "HERE") + "\n"


def _call(words: tuple[str, ...]) -> int:
    """Run ``python -m bestand``; its exit status."""
    sys.argv = ["bestand", *words]
    try:
        runpy.run_module("bestand", run_name="__main__")
    except SystemExit as left:
        if isinstance(left.code, str):
            print(left.code, file=sys.stderr)
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    return 0


def _preload() -> None:
    """Import what answers need. Another process finds out what that is, so that no answer is in the memory of this."""
    lines = ["import runpy, sys"]
    for call in WARM:
        lines += [f"sys.argv = {['bestand', *_words(call)]}", "try: runpy.run_module('bestand', run_name='__main__')"]
        lines += ["except SystemExit: pass"]
    lines += ["print()", "print(*sys.modules)"]
    with tempfile.TemporaryDirectory() as room:
        Path(room, "dam.yaml").write_text(TABLES["files"]["texts"]["dam"], "utf-8")
        call = [sys.executable, "-P", "-c", "\n".join(lines)]
        told = subprocess.run(
            call, cwd=room, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        ).stdout
    for name in told.rpartition("\n\n")[2].split():
        if not name.endswith("__main__"):
            with suppress(Exception):
                importlib.import_module(name)
    gc.freeze()


def _readable(content: bytes) -> str:
    """Text as it is; of anything else, what tells whether it is the same."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return f"{len(content):,} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}"


def _blanked(text: str, version: str) -> str:
    """The text without what two equal programs may say differently."""
    text = re.sub(rf"(?<![\w.]){re.escape(version)}(?![\w.]*\w)", "VERSION", text)
    text = re.sub(r"\b0x[0-9a-f]{6,}\b", "0x…", text)
    return re.sub(r'File "[^"]*", line \d+', 'File "…", line …', text)


def _progress(done: int, of: int, path: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of} {path:70.70}", end="\n" if done == of else "", file=sys.stderr, flush=True)
    elif done % 100 == 0 or done == of:
        print(f"{done}/{of} {path}", file=sys.stderr, flush=True)


# ---- comparing two ----


def compare(old: Path, new: Path, show: int | None, kinds: bool) -> int:
    """Print what differs, so many differences of it and all where None; returns 1 where anything does."""
    sides = [{path.relative_to(root).as_posix(): path for path in root.rglob("*.txt")} for root in (old, new)]
    for root, side in zip((old, new), sides, strict=True):
        if not side:
            sys.exit(f"{root} holds no photograph")
    fates = {path: _fate(*(side.get(path) for side in sides)) for path in sorted({*sides[0], *sides[1]})}
    _print_table(fates)
    alone = [f"{fate}: {path}" for path, fate in fates.items() if fate.startswith("only")]
    print(*_cut(alone, show is None), sep="\n", end="\n" if alone else "")
    changed = [path for path, fate in fates.items() if fate == "changed"]
    diffs = {path: difference(sides[0][path], sides[1][path], path) for path in changed[: None if kinds else show]}
    alike: dict[object, list[str]] = defaultdict(list)
    for path, lines in diffs.items():
        alike[kind(lines) if kinds else path].append(path)
    for paths in sorted(alike.values(), key=len, reverse=True)[:show]:
        print(f"\n== {len(paths)} alike: {', '.join(paths[:5])}{', …' * (len(paths) > 5)}" if kinds else "")
        print(*_cut(diffs[paths[0]], show is None), sep="\n")
    left = 0 if show is None else (len(alike) if kinds else len(changed)) - show
    if left > 0:
        print(f"\n… and {left} more; --show all has them")
    return int(any(fate != "equal" for fate in fates.values()))


def _cut(lines: list[str], whole: bool) -> list[str]:
    return lines if whole or len(lines) <= LONG else [*lines[:LONG], f"… and {len(lines) - LONG} lines more"]


def _fate(old: Path | None, new: Path | None) -> str:
    if old is None or new is None:
        return "only new" if old is None else "only old"
    return "equal" if old.read_bytes() == new.read_bytes() else "changed"


def _print_table(fates: Mapping[str, str]) -> None:
    """How many shots of each command and form are what; those of which all are equal are left out."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for path, fate in fates.items():
        *_, command, form = path.removesuffix(".txt").split("/")
        for row in ("all", f"command {command}", f"form {form}"):
            table[row][fate] += 1
    columns = ("equal", "changed", "only old", "only new")
    print(f"{'shots':40}" + "".join(f"{column:>10}" for column in columns))
    for row, counts in sorted(table.items()):
        if row == "all" or counts["equal"] < counts.total():
            print(f"{row:40}" + "".join(f"{counts[column] or '-':>10}" for column in columns))


def difference(old: Path, new: Path, path: str) -> list[str]:
    """The lines of the unified diff of two shots, with the tags of a long line of markup on lines of their own."""
    with tempfile.TemporaryDirectory() as room:
        for side, shot in (("old", old), ("new", new)):
            lines = shot.read_text("utf-8").split("\n")
            lines = [line.replace("><", ">\n<") if len(line) > LINE and line[0] == "<" else line for line in lines]
            Path(room, side).write_text("\n".join(lines), "utf-8", newline="\n")
        call = ["git", "diff", "--no-index", "--no-color", "--no-ext-diff", "--text", "old", "new"]
        told = subprocess.run(call, cwd=room, stdout=subprocess.PIPE, encoding="utf-8").stdout
    return [f"--- old/{path}", f"+++ new/{path}", *told.split("\n")[4:-1]]


def kind(lines: Iterable[str]) -> frozenset[str]:
    """What a diff changes, wherever it stands; the ids in drawings, which hang on all that is drawn, left out."""
    return frozenset(re.sub(r"\b[td][0-9a-f]{10}\b", "…", line) for line in [*lines][2:] if line[:1] in "+-")


def main() -> int:
    """Take a photograph, or compare two."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser("take", help="take a photograph")
    taking.add_argument("folder", type=Path)
    taking.add_argument("--python", default=sys.executable, help="the interpreter of a checkout; this one unless told")
    taking.add_argument("--jobs", type=int, default=2, help="how many shots at once; 2 unless told")
    taking.add_argument("--only", default="", metavar="PATTERN", help="shots whose path has this in it; * is anything")
    comparing = commands.add_parser("compare", help="compare two photographs")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument(
        "--show", default="5", metavar="N", help="how many differences to show, or all; 5 unless told"
    )
    comparing.add_argument(
        "--kinds", action="store_true", help="show differences that are alike once, with their number"
    )
    if sys.argv[1:2] == ["shoot"]:  # what `take` goes on as
        shoot(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
        return 0
    asked = parser.parse_args()
    if asked.command == "take":
        take(asked.folder, asked.python, asked.jobs, asked.only)
    return compare(asked.old, asked.new, None if asked.show == "all" else int(asked.show), asked.kinds)


if __name__ == "__main__":
    sys.exit(main())
