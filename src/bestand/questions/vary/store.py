"""Finished chunks in a file: lines that are only ever added, each whole or not there.

The first line says which model and which settings the chunks belong to. Every line ends with a hash of itself, so that
one that was cut off while being written counts as nothing, and its chunk is worked out again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from bestand.model.errors import CallError

from .job import FINE, NO_STATE, Chunk, Job

_NAME = "bestand vary"
_BEGIN = b'{"bestand vary":'
_WORDS = {
    "model": "another model",
    "with": "other analysts' files",
    "readings": "other readings",
    "shuffle": "another question (--shuffle or not)",
    "concepts": "other concepts",
    "verdict": "a question without the verdict on the plan",
    "formulas": "another formula",
    "claims": "other claims",
    "order": "combinations in another order",
    "kind": "another way to choose the combinations",
    "samples": "another number of samples",
    "compared": "another number of comparisons",
    "seed": "another seed",
    "chunk": "chunks of another size",
    "bestand": "another version of bestand",
}


class Store:
    """The file of one job.

    Parameters
    ----------
    path : Path
        Made where it does not exist.
    job : Job

    Raises
    ------
    CallError
        When the file holds something else, or the results of another model or of other settings, cannot be written to,
        or another run is writing to it.
    """

    def __init__(self, path: Path, job: Job) -> None:
        self.path = path
        self.done: dict[int, Chunk] = {}
        self._file = _opened(path)
        try:
            self._lock()
            self._read(job)
        except BaseException:
            self._file.close()
            raise

    def add(self, chunk: Chunk) -> None:
        """Keep a finished chunk: once this returns, nothing but the loss of the disk takes it away."""
        self._write({"chunk": chunk.number, **_packed(chunk)})
        self.done[chunk.number] = chunk

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _write(self, entry: dict[str, Any]) -> None:
        self._file.write(_line(entry))
        self._file.flush()
        os.fsync(self._file.fileno())

    def _read(self, job: Job) -> None:
        settings = job.settings()
        self._file.seek(0)
        whole = 0
        header: dict[str, Any] | None = None
        for number, line in enumerate(self._file, start=1):
            entry = _entry(line)
            if header is None and entry is None:
                if not line.endswith(b"\n") and (line.startswith(_BEGIN) or _BEGIN.startswith(line)):
                    break  # cut off while it was written
                raise CallError(f"{self.path} holds no results of bestand vary; give another file to --out")
            if not line.endswith(b"\n"):
                break  # cut off; its chunk is worked out again
            whole += len(line)
            if entry is None:
                continue  # damaged; its chunk is worked out again, and those after it are kept
            if header is None:
                header = entry
                self._check(header, settings)
                continue
            try:
                chunk = _unpacked(entry, job)
            except (ValueError, TypeError, KeyError, zlib.error) as error:
                told = f"{self.path}, line {number}: no results of this run ({error or type(error).__name__})"
                raise CallError(f"{told}; take that line away, or give another file to --out") from error
            self.done[chunk.number] = chunk
        self._file.truncate(whole)
        self._file.seek(0, os.SEEK_END)
        if header is None:
            self._write({_NAME: 1, "settings": settings})

    def _check(self, header: dict[str, Any], settings: dict[str, Any]) -> None:
        theirs = header.get("settings")
        if header.get(_NAME) != 1 or not isinstance(theirs, dict):
            raise CallError(f"{self.path} holds no results that this version of bestand can read")
        for key in ("model", *settings):
            if theirs.get(key) != settings[key]:
                told = f"{self.path} holds the results of {_WORDS.get(key, key)}"
                if key in ("samples", "seed", "concepts", "kind"):
                    told += f" ({_told(theirs.get(key))}, and not {_told(settings[key])})"
                raise CallError(f"{told}; give another file to --out, or take that one away")

    def _lock(self) -> None:
        """Keep a second run from writing to the same file. Where the system has no such locks, nobody is kept."""
        try:
            import fcntl
        except ImportError:
            return
        try:
            fcntl.flock(self._file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CallError(f"another run is writing to {self.path}") from error
        except OSError:
            return


def _told(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _line(entry: dict[str, Any]) -> bytes:
    body = json.dumps(entry, separators=(",", ":"))
    return f"{body} {hashlib.sha256(body.encode()).hexdigest()}\n".encode()


def _entry(line: bytes) -> dict[str, Any] | None:
    """Return what a line says; None where it is not whole."""
    body, _, written = line.rpartition(b" ")
    if not line.endswith(b"\n") or hashlib.sha256(body).hexdigest().encode() != written.strip():
        return None
    with suppress(ValueError, RecursionError):
        entry = json.loads(body)
        return entry if isinstance(entry, dict) else None
    return None


def _packed(chunk: Chunk) -> dict[str, Any]:
    table = chunk.table.astype("<i4")
    return {
        "rows": len(table),
        "columns": table.shape[1],
        "table": _bytes(table),
        "states": {
            concept: [_bytes(np.diff(states, prepend=np.uint64(0)).astype("<u8")), _bytes(counts.astype("<f8"))]
            for concept, (states, counts) in chunk.states.items()
        },
    }


def _unpacked(entry: dict[str, Any], job: Job) -> Chunk:
    """What a line says. Raises `ValueError` and the like where that is no chunk of the job: files are not trusted."""
    number, packed = entry["chunk"], entry["states"]
    if type(number) is not int or not 0 <= number < job.chunks:
        raise ValueError("there is no such chunk")
    rows, columns = min(job.chunk_size, job.rows - number * job.chunk_size), len(job.columns)
    if (entry["rows"], entry["columns"]) != (rows, columns) or not isinstance(packed, dict):
        raise ValueError("another number of rows or columns")
    table = _array(entry["table"], "<i4", rows * columns)
    if len(table) != rows * columns or not np.isin(table.reshape(rows, columns)[:, 0], (FINE, NO_STATE)).all():
        raise ValueError("the table is damaged")
    if set(packed) != set(job.concepts):
        raise ValueError("other concepts")
    states = {concept: _states(packed[concept], 1 << len(job.model.bit)) for concept in job.concepts}
    return Chunk(number, table.reshape(rows, columns).astype(np.int32), states)


def _states(packed: Any, possible: int) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    """States, ascending, and how often each is an equilibrium."""
    apart, often = packed
    steps, counts = _array(apart, "<u8", possible), _array(often, "<f8", possible)
    states = np.cumsum(steps, dtype=np.uint64)
    rising = not len(states) or (bool((states[1:] > states[:-1]).all()) and int(states[-1]) < possible)
    if len(states) != len(counts) or not rising or not (np.isfinite(counts) & (counts > 0)).all():
        raise ValueError("the states are damaged")
    return states, counts.astype(np.float64)


def _opened(path: Path) -> IO[bytes]:
    """A file to read and to add to; no folder, device or pipe, which could block or do anything else."""
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        if path.exists() and not path.is_file():
            raise CallError(f"cannot write to {path}: it is no ordinary file")
        at = os.open(path, flags, 0o666)
    except OSError as error:
        raise CallError(f"cannot write to {path}: {error.strerror}") from error
    if not stat.S_ISREG(os.fstat(at).st_mode):
        os.close(at)
        raise CallError(f"cannot write to {path}: it is no ordinary file")
    return os.fdopen(at, "a+b")


def _bytes(array: np.ndarray[Any, Any]) -> str:
    return base64.b64encode(zlib.compress(array.tobytes(), 1)).decode()


def _array(text: Any, kind: str, most: int) -> np.ndarray[Any, Any]:
    """At most some numbers; a few bytes may stand for many more, which are never unpacked."""
    if not isinstance(text, str):
        raise TypeError("no numbers")
    bytes_ = most * np.dtype(kind).itemsize
    opened = zlib.decompressobj()
    found = opened.decompress(base64.b64decode(text, validate=True), bytes_ + 1)
    if len(found) > bytes_ or not opened.eof:
        raise ValueError("more numbers than there can be")
    return np.frombuffer(found, kind)


def chunks(done: dict[int, Chunk]) -> Iterator[Chunk]:
    """Finished chunks in their order, whichever was finished first."""
    for number in sorted(done):
        yield done[number]
