"""What an engine does, counted while it does it: comparisons, and bytes read and written, array by array.

The game's ranks go in as `Counted` arrays. Whatever numpy makes of a counted array is counted again, so that the count
is that of the code that runs, not of a formula that somebody wrote beside it; only compiled loops have one. An array
counts as often as a call of numpy reads or writes it, whether or not a cache still holds it.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.engines import prepared
from bestand.engine import fast
from bestand.engine.space import Space

COMPARING = {
    np.minimum,
    np.maximum,
    np.less,
    np.less_equal,
    np.greater,
    np.greater_equal,
    np.equal,
    np.not_equal,
}


@dataclass
class Work:
    """What was done so far.

    Parameters
    ----------
    comparisons : int
        Of two numbers, to see which is smaller, larger, or whether they are the same.
    moved : int
        Bytes read and written.
    calls : int
        Calls of numpy.
    """

    comparisons: int = 0
    moved: int = 0
    calls: int = 0

    def add(self, moved: int, comparisons: int = 0) -> None:
        """One more call."""
        self.moved += moved
        self.comparisons += comparisons
        self.calls += 1


class Counted(np.ndarray):
    """An array whose use is counted in ``work``; arrays made of it count in the same place."""

    work: Work

    @classmethod
    def of(cls, array: np.ndarray, work: Work) -> Counted:
        """The same data, counted."""
        counted = array.view(cls)
        counted.work = work
        return counted

    def __array_finalize__(self, parent: Any) -> None:
        work = getattr(parent, "work", None)
        if work is not None:
            self.work = work

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **settings: Any) -> Any:
        out = settings.get("out", ())
        if out:
            settings["out"] = tuple(map(_plain, out))
        plain = tuple(map(_plain, inputs))
        where = settings.get("where", True)
        settings = {name: _plain(value) for name, value in settings.items()}
        result = getattr(ufunc, method)(*plain, **settings)
        results = result if isinstance(result, tuple) else (result,)
        written = sum(_size(each) for each in results)
        read = sum(map(_size, plain)) + _size(_plain(where))
        done = max(np.size(each) for each in (*results, *(plain[:1] if method != "__call__" else ())))
        self.work.add(read + written, done if ufunc in COMPARING else 0)
        if out:
            return out[0] if len(out) == 1 else out
        return self._counted(result)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, settings: Any) -> Any:
        result = function(*_deep(args), **_deep(settings))
        given = [each for each in _flat((args, settings)) if isinstance(each, np.ndarray)]
        if function is not np.empty_like and not _another_view(result, given):
            compared = max(each.size for each in given) if function is np.array_equal else 0
            self.work.add(sum(map(_size, given)) + _size(result), compared)
        return self._counted(result)

    def __getitem__(self, key: Any) -> Any:
        result = super().__getitem__(key)
        if isinstance(result, np.ndarray) and not _another_view(_plain(result), [_plain(self)]):
            self.work.add(sum(map(_size, _flat(key))) + 2 * _size(result))
        return result

    def __setitem__(self, key: Any, value: Any) -> None:
        plain = _plain(self)
        plain[_deep(key)] = _plain(value)
        written = plain[_deep(key)]
        self.work.add(sum(map(_size, _flat(key))) + _size(_plain(value)) + _size(written))

    def reshape(self, *shape: Any, **settings: Any) -> Counted:
        """The same, counted where it has to be copied."""
        result = _plain(self).reshape(*shape, **settings)
        return Counted.of(result, self.work) if _another_view(result, [_plain(self)]) else self._moved(result)

    def ravel(self, order: Any = "C") -> Counted:
        """The same, counted where it has to be copied."""
        return self.reshape(-1, order=order)

    def copy(self, order: Any = "C") -> Counted:
        """A counted copy."""
        return self._moved(_plain(self).copy(order))

    def astype(self, *args: Any, **settings: Any) -> Counted:
        """A counted conversion."""
        return self._moved(_plain(self).astype(*args, **settings))

    def repeat(self, *args: Any, **settings: Any) -> Counted:
        """A counted repetition."""
        return self._moved(_plain(self).repeat(*args, **settings))

    def take(self, indices: Any, *args: Any, **settings: Any) -> Any:
        """A counted selection."""
        result = _plain(self).take(_plain(indices), *args, **settings)
        self.work.add(_size(_plain(indices)) + 2 * _size(result))
        return self._counted(result)

    def _moved(self, result: np.ndarray) -> Counted:
        self.work.add(_size(_plain(self)) + _size(result))
        return Counted.of(result, self.work)

    def _counted(self, result: Any) -> Any:
        return Counted.of(result, self.work) if isinstance(result, np.ndarray) and result.ndim else result


def count(space: Space, make: Callable[[Space], Any], call: Callable[[Any], object]) -> Work:
    """What ``call`` does with the engine that ``make`` makes of a space.

    Notes
    -----
    Sorting is not counted: the engine is `benchmarks.engines.prepared`.
    """
    work = Work()
    engine = make(dataclasses.replace(space, ranks=Counted.of(space.ranks, work)))
    with _following(work):
        prepared(engine)
        before = dataclasses.replace(work)
        call(engine)
    return Work(work.comparisons - before.comparisons, work.moved - before.moved, work.calls - before.calls)


class _Numpy:
    """Numpy, but for arrays made of nothing: these are counted too."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __getattr__(self, name: str) -> Any:
        found = getattr(np, name)
        if name not in {"empty", "full", "ones", "zeros"}:
            return found
        return lambda *args, **settings: Counted.of(found(*args, **settings), self._work)


def _of_sweep(f: Any, members: Any, better: Any, reads: Any, running: Any) -> tuple[int, int]:
    """Bytes and comparisons of the compiled `improving`: of each member its place, its value and the least so far are
    read, and both values written; where there are ties, also where to look, and what is there.
    """
    each = members.itemsize + 4 * f.itemsize + (0 if reads is None else reads.itemsize)
    if better is not None:
        each += better.itemsize + running.itemsize
    return members.size * each, 3 * members.size


def _of_labels(order: Any, origin: Any, *queues: Any) -> tuple[int, int]:
    """Bytes and comparisons of the compiled `spread`, which looks at everything once and asks each place's label."""
    return sum(map(_size, (order, origin, origin, *queues))), 2 * queues[2].size


COUNTED_LOOPS = {"improving": _of_sweep, "spread": _of_labels}


def _counted_loops(work: Work) -> Callable[..., Any]:
    """What compiles a loop, and counts what the loop does: numpy cannot, so that a formula has to."""

    def compiled(loop: Callable[..., Any], places: int, worth: int) -> Callable[..., Any] | None:
        made = fast.compiled(loop, places, worth)
        if made is None:
            return None

        def counted(*arrays: Any) -> Any:
            plain = [_plain(each) for each in arrays]
            work.add(*COUNTED_LOOPS[loop.__name__](*plain))
            return made(*plain)

        return counted

    return compiled


def _following(work: Work) -> ExitStack:
    """For a while, every array that the engines make is counted."""
    stack = ExitStack()
    for name, module in list(sys.modules.items()):
        if name.startswith("bestand.") and getattr(module, "np", None) is np:
            stack.enter_context(patch.object(module, "np", _Numpy(work)))
            if getattr(module, "compiled", None) is fast.compiled:
                stack.enter_context(patch.object(module, "compiled", _counted_loops(work)))
    return stack


def _plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, Counted) else value


def _another_view(result: Any, arrays: Iterable[np.ndarray]) -> bool:
    """Whether a result is only another way to look at one of some arrays."""
    return isinstance(result, np.ndarray) and any(np.may_share_memory(result, each) for each in arrays)


def _deep(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(map(_deep, value))
    return {name: _deep(each) for name, each in value.items()} if isinstance(value, dict) else _plain(value)


def _flat(value: Any) -> list[Any]:
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        return [found for each in value for found in _flat(each)]
    return [_plain(value)]


def _size(value: Any) -> int:
    return value.nbytes if isinstance(value, np.ndarray) else 0
