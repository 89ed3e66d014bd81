"""Clocks, memory and the machine: medians, the speed of a plain copy, the peak of a process of its own."""

from __future__ import annotations

import gc
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
PACKAGES = ("numpy", "numba", "oxidd", "dd", "pygambit", "nashpy")


def median(call: Callable[..., object], setup: Callable[[], Any] | None = None, *, repeats: int = 5) -> float:
    """The median of the seconds that a call takes, after one call that is not counted.

    Parameters
    ----------
    call : callable
        Called with what ``setup`` returns, where there is one.
    setup : callable, optional
        What comes before every call and is not counted.
    repeats : int
        At least one. A first call that takes longer than ten seconds counts, and two more follow at most.
    """
    times: list[float] = []
    gc.collect()
    for attempt in range(repeats + 1):
        given = () if setup is None else (setup(),)
        began = time.perf_counter()
        call(*given)
        seconds = time.perf_counter() - began
        if attempt or seconds > 10:
            times.append(seconds)
        if times[:1] > [10.0] and len(times) >= min(3, repeats):
            break
    return statistics.median(times)


# ---- the speed of memory ----


def copy_speed(size: int, repeats: int = 5) -> float:
    """Bytes per second that `numpy.copyto` moves between two arrays of ``size`` bytes each: those read and written.

    Notes
    -----
    Small arrays are copied so many times that the clock has something to count. What the processor reads before it
    writes to a line that it does not hold is not counted, neither here nor for the engines.
    """
    source, target = np.ones(size, np.uint8), np.zeros(size, np.uint8)
    times = max(1, 2**24 // size)

    def copies() -> None:
        for _ in range(times):
            np.copyto(target, source)

    return 2 * size * times / median(copies, repeats=repeats)


# ---- the machine ----


def machine() -> dict[str, str]:
    """What the figures were taken on. No names of hosts or folders."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    found = {
        "processor": _processor(),
        "cores": f"{usable}",
        "last cache": _last_cache(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return {name: value for name, value in found.items() if value}


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists():
        return platform.processor() or platform.machine()
    about = dict(_pair(line) for line in cpuinfo.read_text().splitlines() if ":" in line)
    name = about.get("model name", platform.machine())
    return f"{name}, family {about['cpu family']} model {about['model']}" if "cpu family" in about else name


def _pair(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip(), value.strip()


def _last_cache() -> str:
    caches = sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*"))
    return (caches[-1] / "size").read_text().strip() if caches else ""


# ---- memory ----


@dataclass(frozen=True)
class Peak:
    """What a process of its own took, in bytes.

    Parameters
    ----------
    whole : int
        The most that the process held at any time.
    imports : int
        What it held once everything was imported.
    game : int
        What it held once the game was made.
    seconds : float
        What the work took.
    """

    whole: int
    imports: int
    game: int
    seconds: float

    @property
    def net(self) -> int:
        """The peak less the imports: the game, and what was worked out of it."""
        return self.whole - self.imports


def forget_peak() -> None:
    """Start the mark that `peak_rss` reads afresh, from what is held now, where the system lets us."""
    mark = Path("/proc/self/clear_refs")
    if mark.exists():
        mark.write_text("5")


def peak_rss() -> int:
    """The most memory that this process has held, in bytes.

    Notes
    -----
    ``getrusage`` would do, were it not that on Linux a new process starts with the peak of the one that made it. There
    the kernel's own mark is read: it belongs to the program and starts afresh with it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def peak_of(case: Sequence[str]) -> Peak:
    """Run a case (see `benchmarks.peak`) in a fresh process and say what it took.

    Raises
    ------
    RuntimeError
        When the process fails; with the last that it said.
    """
    return Peak(**alone("benchmarks.peak", case))


def alone(module: str, arguments: Sequence[str]) -> dict[str, Any]:
    """What a module of the benchmarks prints, one JSON object, in a fresh process.

    Raises
    ------
    RuntimeError
        When the process fails; with the last that it said.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        case = " ".join((module, *arguments))
        raise RuntimeError(f"{case} ended with {done.returncode}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
