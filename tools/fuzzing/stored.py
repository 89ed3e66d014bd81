"""Files of finished combinations (``vary --out``) with changes in their bytes, or in what stands in their tables."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from bestand.files import loads
from bestand.model.errors import CallError
from bestand.questions.vary.job import Job
from bestand.questions.vary.vary import job_of, varied

from .changed import words

MODEL = """\
bestand: 1
title: Dam
parties: {up: {options: {release: , threaten: }}, down: {options: {attack: , pay: }}}
preferences: {up: {priorities: [not attack, pay, threaten]}, down: {priorities: [release, not attack, not pay]}}
readings: {meek: {change: up 3 dropped}, poor: {change: down 3 before down 1}}
open: [{order: [up 1, up 2]}]
status_quo: [threaten]
plan: release and pay
"""
TABLES = {
    "run": ("key", "value"),
    "chunk": ("number", "digest"),
    "combination": ("number", "found"),
    "equilibria": ("chunk", "concept", "states", "counts"),
}
ODD = [None, 0, -1, 1, 7, 2**62, 0.5, "", "[]", "{}", "[0]", "nash", "[[[[", b"", b"\0", b"x\x9c", "9" * 5000]


@cache
def _job() -> Job:
    return job_of(loads(MODEL), samples=150, compared=0, concepts=["nash", "seq"])


@cache
def _whole() -> tuple[bytes, Any]:
    """A file that is as it should be, and what the answer is then."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kept")
        answer = varied(_job(), out=path)
        return path.read_bytes(), answer


def make(random: Random) -> bytes:
    """Return a file."""
    source = _whole()[0]
    if random.random() < 0.6:
        source = _changed_tables(random, source)
    if random.random() < 0.6:
        source = _changed_bytes(random, source)
    return source


def _changed_bytes(random: Random, source: bytes) -> bytes:
    changed = bytearray(source)
    for _ in range(random.choice((1, 1, 2, 8))):
        at = random.choice((random.randrange(100), random.randrange(len(changed) + 1)))
        end = at + random.choice((0, 1, 1, 4, 100, 5000))
        put = random.choice((b"", bytes([random.randrange(256)]), b"\0" * (end - at), random.randbytes(end - at)))
        changed[at:end] = put
    return bytes(changed)


def _changed_tables(random: Random, source: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kept")
        path.write_bytes(source)
        with closing(sqlite3.connect(path)) as database:
            for _ in range(random.choice((1, 1, 3))):
                with suppress(sqlite3.Error):  # a key that is there already, say
                    database.execute(*_statement(random))
            database.commit()
        return path.read_bytes()


def _statement(random: Random) -> tuple[str, tuple[Any, ...]]:
    """Return a change in the tables, and the values in it."""
    table = random.choice([*TABLES])
    column = random.choice(TABLES[table])
    where = f"rowid = (SELECT rowid FROM {table} LIMIT 1 OFFSET {random.randrange(4)})"
    value = random.choice([*ODD, random.choice(words()), random.randbytes(9)])
    odd = random.choice((-1, 0, 2, 2**31 - 1))
    return random.choice(
        (
            (f"UPDATE {table} SET {column} = ? WHERE {where}", (value,)),
            (f"UPDATE {table} SET {column} = ?", (value,)),
            (f"UPDATE {table} SET {column} = substr({column}, 2) WHERE {where}", ()),
            (f"DELETE FROM {table} WHERE {where}", ()),
            (f"INSERT INTO {table} VALUES ({', '.join('?' * len(TABLES[table]))})", (value,) * len(TABLES[table])),
            (f"ALTER TABLE {table} ADD COLUMN more", ()),
            (f"ALTER TABLE {table} RENAME TO other", ()),
            (f"DROP TABLE {table}", ()),
            (f"CREATE TRIGGER t AFTER INSERT ON {table} BEGIN DELETE FROM run; END", ()),
            (f"CREATE VIEW v AS SELECT * FROM {table}", ()),
            (f"PRAGMA user_version = {odd}", ()),
            (f"PRAGMA application_id = {odd}", ()),
        )
    )


def put(source: bytes) -> str:
    """Go on from a file: the answer is the right one, or the file is refused and left as it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kept")
        path.write_bytes(source)
        try:
            answer = varied(_job(), out=path)
        except CallError:
            assert path.read_bytes() == source, "what is refused is changed"
            return "refused"
        assert answer == _whole()[1], "another answer"
        assert [each.name for each in Path(folder).iterdir()] == ["kept"], "something else is left"
    return "gone on from"
