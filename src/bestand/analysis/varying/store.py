"""Finished chunks in a file: lines that are only ever added, each whole or not there.

The first line says which model and which settings the chunks belong to. Every line ends with a hash of itself, so that
one that was cut off while being written counts as nothing, and its chunk is worked out again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np

from bestand.model.errors import CallError

from .jobs import Chunk, Job

_NAME = "bestand vary"
_BEGIN = b'{"bestand vary":'
_WORDS = {
    "model": "another model",
    "with": "other analysts' files",
    "readings": "other readings",
    "shuffle": "another question (--shuffle or not)",
    "concepts": "other concepts",
    "formulas": "another formula",
    "claims": "other claims",
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
        try:
            self._file: IO[bytes] = path.open("a+b")
        except OSError as error:
            raise CallError(f"cannot write to {path}: {error.strerror}") from error
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
        for line in self._file:
            entry = _entry(line)
            if entry is None:
                begun = not whole and not line.endswith(b"\n") and (line.startswith(_BEGIN) or _BEGIN.startswith(line))
                if header is None and not begun:
                    raise CallError(f"{self.path} holds no results of bestand vary; give another file to --out")
                break  # cut off while it was written; what may follow is worked out again
            whole += len(line)
            if header is None:
                header = entry
                self._check(header, settings)
            else:
                chunk = _unpacked(entry)
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
    """What a line says; None where it is not whole."""
    body, _, written = line.rpartition(b" ")
    if not line.endswith(b"\n") or hashlib.sha256(body).hexdigest().encode() != written.strip():
        return None
    with suppress(ValueError):
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


def _unpacked(entry: dict[str, Any]) -> Chunk:
    table = _array(entry["table"], "<i4").reshape(entry["rows"], entry["columns"]).astype(np.int32)
    states = {
        concept: (np.cumsum(_array(apart, "<u8"), dtype=np.uint64), _array(counts, "<f8").astype(np.float64))
        for concept, (apart, counts) in entry["states"].items()
    }
    return Chunk(entry["chunk"], table, states)


def _bytes(array: np.ndarray[Any, Any]) -> str:
    return base64.b64encode(zlib.compress(array.tobytes(), 1)).decode()


def _array(text: str, kind: str) -> np.ndarray[Any, Any]:
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), kind)


def chunks(done: dict[int, Chunk]) -> Iterator[Chunk]:
    """Finished chunks in their order, whichever was finished first."""
    for number in sorted(done):
        yield done[number]
