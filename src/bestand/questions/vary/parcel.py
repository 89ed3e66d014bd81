"""A finished chunk as values of a database, and back: nothing that comes from a file is trusted.

The row of every combination is a list of integers as text. The states of each concept are bytes, all their first bytes
before all their second ones, and compressed.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .job import FINE, NO_STATE, Chunk, Job
from .masks import Floats, Masks, as_bytes, from_bytes, width

MOST_DIGITS = 12  # of a number in a row, with its sign and its comma
_COUNT = 8  # bytes of a count

Packed = Mapping[str, tuple[bytes, bytes]]  # by concept: states, and in how many combinations each is an equilibrium


def digest(chunk: Chunk, job: Job) -> bytes:
    """Return a hash of what a chunk comes to."""
    total = hashlib.sha256(str(chunk.number).encode())
    for part in chunk.content(len(job.model.options)):
        total.update(part)
    return total.digest()


def packed_rows(chunk: Chunk) -> list[str]:
    """Return the row of each combination as text."""
    return [json.dumps(row, separators=(",", ":")) for row in chunk.table.tolist()]


def packed_states(chunk: Chunk, job: Job) -> Packed:
    """Return the states and their counts as bytes, by concept."""
    options = len(job.model.options)
    return {
        concept: (
            _pressed(as_bytes(states, options), width(options)),
            _pressed(counts.astype("<f8").tobytes(), _COUNT),
        )
        for concept, (states, counts) in chunk.states.items()
    }


def rows_of(number: int, job: Job) -> range:
    """Return which combinations of a job a chunk holds."""
    return range(number * job.chunk_size, min((number + 1) * job.chunk_size, job.rows))


def unpacked(number: int, rows: Sequence[Any], states: Mapping[Any, tuple[Any, Any]], job: Job) -> Chunk:
    """Return the chunk that stored values stand for. Raises `ValueError` where they are no chunk of this job."""
    table = _table(rows, len(rows_of(number, job)), len(job.columns))
    if set(states) != set(job.concepts):
        raise ValueError("other concepts")
    found = {concept: _states(states[concept], table, job, concept) for concept in job.concepts}
    return Chunk(number, table, found)


def _table(rows: Sequence[Any], count: int, columns: int) -> NDArray[np.int32]:
    try:
        numbers = np.array(json.loads(f"[{','.join(rows)}]"))
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError("no rows of numbers") from error
    if numbers.shape != (count, columns) or numbers.dtype != np.int64:
        raise ValueError("another number of rows or columns")
    table = numbers.astype(np.int32)
    if not (table == numbers).all() or not np.isin(table[:, 0], (FINE, NO_STATE)).all():
        raise ValueError("numbers that cannot be")
    return table


def _states(packed: tuple[Any, Any], table: NDArray[np.int32], job: Job, concept: str) -> tuple[Masks, Floats]:
    """States, ascending, and how often each is an equilibrium: no more states than the rows count."""
    options = len(job.model.options)
    counted = int(np.maximum(table[:, job.columns.index(f"equilibria {concept}")], 0).sum(dtype=np.int64))
    most = min(counted, 1 << options)
    states = from_bytes(_opened(packed[0], most, width(options)), options)
    counts = np.frombuffer(_opened(packed[1], most, _COUNT), "<f8").astype(np.float64)
    rising = len(states) < 2 or bool((states[1:] > states[:-1]).all())
    if len(states) != len(counts) or not rising or not (np.isfinite(counts) & (counts > 0)).all():
        raise ValueError("states that cannot be")
    if len(states) and int(states[-1]) >> options:
        raise ValueError("states that there are not")
    return states, counts


def _pressed(content: bytes, size: int) -> bytes:
    """Return values of some bytes each, compressed."""
    planes = np.frombuffer(content, np.uint8).reshape(-1, size).T
    return zlib.compress(planes.tobytes(), 1)


def _opened(content: Any, most: int, size: int) -> bytes:
    """At most so many values of some bytes each; a few bytes may stand for many more, which are never unpacked."""
    if not isinstance(content, bytes):
        raise ValueError("no bytes")
    opened = zlib.decompressobj()
    try:
        found = opened.decompress(content, most * size + 1)
    except zlib.error as error:
        raise ValueError("bytes that are damaged") from error
    if len(found) > most * size or len(found) % size or not opened.eof:
        raise ValueError("more values than there can be, or half a value")
    return np.frombuffer(found, np.uint8).reshape(size, -1).T.tobytes()
