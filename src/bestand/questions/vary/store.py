"""Finished chunks in a file that they are kept in whatever happens to the run: an SQLite database of one job.

    run          what was asked: key and value, as JSON; models as their text
    chunk        the finished chunks, each with a hash of all that belongs to it
    combination  what each combination came to: a list of integers, one for each of the columns of the job
    equilibria   by chunk and concept: the states that are an equilibrium in some combination, and in how many

A chunk is added in one transaction, so that it is there whole or not at all. `PRAGMA application_id` says what the file
is, `user_version` in which form.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from bestand.files.placing import placeable
from bestand.leaving import before_leaving
from bestand.model.errors import BestandError, CallError
from bestand.version import __version__

from .job import Chunk, Job
from .parcel import MOST_DIGITS, digest, packed_rows, packed_states, rows_of, unpacked

APPLICATION = 0x62737476  # "bstv"
FORM = 1
_TABLES = (
    "CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE chunk (number INTEGER PRIMARY KEY, digest BLOB NOT NULL)",
    "CREATE TABLE combination (number INTEGER PRIMARY KEY, found TEXT NOT NULL)",
    "CREATE TABLE equilibria (chunk INTEGER, concept TEXT, states BLOB NOT NULL, counts BLOB NOT NULL, "
    "PRIMARY KEY (chunk, concept))",
)
_BEFORE = b'{"bestand vary":'  # how a file of an earlier version begins
_ANOTHER = "give another file to --out"
_WORDS = {
    "model": "another model",
    "with": "other analysts' files",
    "readings": "other readings",
    "shuffle": "another question (--shuffle or not)",
    "design": "other open questions",
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
}


class Store:
    """The file of one job.

    Parameters
    ----------
    path : Path
        Made where it does not exist.
    job : Job

    Attributes
    ----------
    done : dict of int to Chunk
        What is finished, by number.

    Raises
    ------
    CallError
        When the file is something else, is damaged, holds the results of another model or of other settings, cannot be
        written, or another run is writing to it. It is left as it is then.
    """

    def __init__(self, path: Path, job: Job) -> None:
        self.path, self._job = path, job
        self.done: dict[int, Chunk] = {}
        _look(path)
        with _told(path):
            self._database = _opened(path)
        try:
            with _told(path), before_leaving(self.close):
                self._begin()
        except BaseException:
            self._database.close()
            raise

    def add(self, chunk: Chunk) -> None:
        """Keep a finished chunk: once this returns, nothing but the loss of the disk takes it away."""
        states = packed_states(chunk, self._job)
        with _told(self.path), self._database as database:
            database.execute("BEGIN")
            rows = zip(rows_of(chunk.number, self._job), packed_rows(chunk), strict=True)
            database.executemany("INSERT INTO combination VALUES (?, ?)", rows)
            found = [(chunk.number, concept, *each) for concept, each in states.items()]
            database.executemany("INSERT INTO equilibria VALUES (?, ?, ?, ?)", found)
            database.execute("INSERT INTO chunk VALUES (?, ?)", (chunk.number, digest(chunk, self._job)))
        self.done[chunk.number] = chunk

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file, with what was added to it whole; a chunk in the midst of being added is taken back."""
        self._database.close()

    def _begin(self) -> None:
        """Keep everybody else out, and read what there is; where there is nothing, write what the file is."""
        with self._database as database:
            database.execute("BEGIN EXCLUSIVE")
            if _one(database, "SELECT count(*) FROM sqlite_master"):
                self._check(database)
                self._read(database)
                return
            for table in _TABLES:
                database.execute(table)
            database.execute(f"PRAGMA application_id = {APPLICATION}")
            database.execute(f"PRAGMA user_version = {FORM}")
            settings = {"bestand": __version__, **self._job.settings()}
            told = [(key, json.dumps(value)) for key, value in settings.items()]
            database.executemany("INSERT INTO run VALUES (?, ?)", told)

    def _check(self, database: sqlite3.Connection) -> None:
        """Refuse what does not belong to the job."""
        if _one(database, "PRAGMA user_version") > FORM:
            raise CallError(f"{self.path} was written by a newer version of bestand; {_ANOTHER}")
        tables = [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
        if len(tables) != len(_TABLES) or set(tables) != set(_TABLES):
            raise _damaged(self.path)
        try:
            theirs = {key: json.loads(value) for key, value in database.execute("SELECT key, value FROM run")}
        except (TypeError, ValueError, RecursionError) as error:
            raise _damaged(self.path) from error
        settings = self._job.settings()
        if theirs.get("numbers") != settings["numbers"]:
            told = f"{self.path} holds results of bestand {theirs.get('bestand')}, and this version comes to others"
            raise CallError(f"{told}; {_ANOTHER}")
        for key in ("model", *settings):
            if not _same(key, theirs.get(key), settings[key]):
                told = f"{self.path} holds the results of {_WORDS.get(key, key)}"
                if key in ("samples", "seed", "concepts", "kind"):
                    told += f" ({_listed(theirs.get(key))}, and not {_listed(settings[key])})"
                raise CallError(f"{told}; {_ANOTHER}, or take that one away")

    def _read(self, database: sqlite3.Connection) -> None:
        """Take over the chunks that are there."""
        job = self._job
        most = MOST_DIGITS * len(job.columns) + 1
        for number, stored in database.execute("SELECT number, digest FROM chunk ORDER BY number").fetchall():
            if not 0 <= number < job.chunks:
                raise _damaged(self.path)
            rows = rows_of(number, job)
            asked = "SELECT found FROM combination WHERE number BETWEEN ? AND ? AND length(found) <= ? ORDER BY number"
            found = [row for (row,) in database.execute(asked, (rows[0], rows[-1], most))]
            asked = "SELECT concept, states, counts FROM equilibria WHERE chunk = ?"
            states = {concept: (masks, counts) for concept, masks, counts in database.execute(asked, (number,))}
            try:
                chunk = unpacked(number, found, states, job)
            except ValueError as error:
                raise _damaged(self.path) from error
            if digest(chunk, job) != stored:
                raise _damaged(self.path)
            self.done[number] = chunk


def _look(path: Path) -> None:
    """Refuse what is no such file, before anything is done to it."""
    if path.exists() and not path.is_file():
        raise CallError(f"cannot write to {path}: it is no ordinary file")
    placeable(path)
    if not path.exists() or not path.stat().st_size:
        return
    with _told(path), closing(_connected(f"{path.absolute().as_uri()}?immutable=1")) as database:
        application = _one(database, "PRAGMA application_id")
    if application != APPLICATION:
        raise CallError(f"{path} is a database of something else; {_ANOTHER}")


def _opened(path: Path) -> sqlite3.Connection:
    """The database, which nobody else reads or writes from its first transaction on; made where there is none."""
    database = _connected(f"{path.absolute().as_uri()}?mode=rwc")
    for setting in ("locking_mode = EXCLUSIVE", "synchronous = EXTRA", "trusted_schema = OFF", "cell_size_check = ON"):
        database.execute(f"PRAGMA {setting}")
    return database


def _connected(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)


def _one(database: sqlite3.Connection, asked: str) -> Any:
    return database.execute(asked).fetchone()[0]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say what an error of the database means, and what to do."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError) as error:  # the last, of what it quotes of the file
        raise _refused(path, error) from error


def _refused(path: Path, error: Exception) -> CallError:
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return CallError(f"another run is writing to {path}: wait until it is done, or {_ANOTHER}")
        case sqlite3.SQLITE_NOTADB:
            return _no_database(path)
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            kept = "what was stored before is kept: make room, and go on with the same call"
            return CallError(f"cannot write to {path}, the disk may be full ({error}); {kept}")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return CallError(f"cannot write to {path}: {error}")
        case _:
            return _damaged(path)


def _no_database(path: Path) -> CallError:
    with path.open("rb") as file:
        begins = file.read(len(_BEFORE))
    if begins == _BEFORE:
        told = "holds results in a form that bestand before this version kept, which is read no more"
        return CallError(f"{path} {told}; {_ANOTHER}")
    return CallError(f"{path} holds no results of bestand vary; {_ANOTHER}")


def _damaged(path: Path) -> CallError:
    return CallError(f"{path} is damaged: not all of it is results of this run; {_ANOTHER}, or take that one away")


def _same(key: str, theirs: Any, ours: Any) -> bool:
    """Whether a stored setting is that of the job; models are, however an earlier version wrote them."""
    if theirs == ours:
        return True
    if key == "model":
        return isinstance(theirs, str) and _rewritten(theirs) == ours
    if key == "with" and isinstance(theirs, list) and len(theirs) == len(ours):
        pairs = [pair for pair in theirs if isinstance(pair, list) and list(map(type, pair)) == [str, str]]
        return [[name, _rewritten(text)] for name, text in pairs] == ours
    return False


def _rewritten(text: str) -> str | None:
    """The text of a model as this version writes it; None where it is none."""
    from bestand.files import dumps, loads

    try:
        return dumps(loads(text))
    except BestandError:
        return None


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, Iterable) and not isinstance(value, str) else str(value)
