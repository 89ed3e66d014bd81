"""Working the chunks of a job out: here, in processes of this machine, or on a Dask cluster.

A chunk comes to the same whoever works it out, and they are put together by their numbers, so that nothing depends on
how many work at once or who is first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable
from functools import partial
from typing import Any

from bestand.engine.limits import Watch
from bestand.model.errors import CallError, MissingExtra
from bestand.solve.batches import Batches
from bestand.solve.workers import worked
from bestand.version import __version__

from .job import Chunk, Job
from .whole import Whole, whole
from .worker import Worker

_AHEAD = 2  # chunks that wait for each worker
_GLANCE = 0.02  # seconds between two looks at what a cluster has finished
_PATIENCE = 5  # seconds to look for a cluster


def run(
    job: Job,
    done: dict[int, Chunk],
    keep: Callable[[Chunk], None],
    watch: Watch,
    workers: int = 1,
    dask: str | None = None,
    batches: Batches | None = None,
) -> None:
    """Work out every chunk that is not there yet.

    Parameters
    ----------
    job : Job
    done : dict of int to Chunk
        What is there; not changed by this.
    keep : callable
        Called with each chunk as it is finished.
    watch : Watch
        Its limit on time holds for all of it; a chunk that is not finished by then is lost.
    workers : int
        Processes on this machine; one works here.
    dask : str, optional
        Address of a Dask scheduler, whose workers do the work instead.
    batches : Batches, optional
        Keeps what others have worked out already about variants of the model; for what is worked out here.

    Raises
    ------
    LimitReached
        When the time is over; what is finished has been kept.
    CallError
        When there is no such cluster, or it is lost.
    """
    missing = job.chunks - len(done)
    left = (number for number in range(job.chunks) if number not in done)
    size = job.chunk_size
    begun = sum(min(size, job.rows - number * size) for number in done)
    if not missing:
        watch.phase("varying what is open", job.rows)
        watch.step(begun)
        return
    together = None if dask is not None else whole(job, watch, workers)
    watch.phase("varying what is open", job.rows)
    watch.step(begun)
    if dask is not None:
        chunks = _on_cluster(job, left, watch, dask)
    elif (together is not None and not together.left) or workers == 1 or missing == 1:
        chunks = _here(job, left, watch, batches, together)
    else:
        chunks = _in_processes(job, left, watch, min(workers, missing), together)
    try:
        for chunk in chunks:
            keep(chunk)
            watch.step(len(chunk.table))
    finally:
        chunks.close()


def _here(
    job: Job, left: Iterable[int], watch: Watch, batches: Batches | None, together: Whole | None
) -> Generator[Chunk, None, None]:
    worker = Worker(job, watch.inner(), batches, together)
    for number in left:
        yield worker.chunk(number)


def _in_processes(
    job: Job, left: Iterable[int], watch: Watch, workers: int, together: Whole | None
) -> Generator[Chunk, None, None]:
    return worked(partial(_chunks_of, job, together), left, watch, workers, in_order=False)


def _chunks_of(job: Job, together: Whole | None, watch: Watch) -> Callable[[int], Chunk]:
    return Worker(job, watch, whole=together).chunk


# ---- a cluster ----


def _on_cluster(job: Job, left: Iterable[int], watch: Watch, address: str) -> Generator[Chunk, None, None]:
    client = _client(address)
    try:
        workers = _workers(client, address)
        shared = client.submit(_same, job, pure=False)  # unlike scattered data, made again where it gets lost
        yield from _gathered(client, shared, left, watch, workers, address)
    finally:
        client.close(timeout=2)


def _client(address: str) -> Any:
    """A connection to a scheduler. Raises `CallError` within ten seconds where there is none."""
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ImportError as error:
        raise MissingExtra("--dask needs distributed", "dask") from error
    client = Client.__new__(Client)  # in hand before it tries, since it may fail half made
    try:
        if not address.startswith("inproc:"):
            get_address_host_port(address)
        client.__init__(address, timeout=_PATIENCE, set_as_default=False)
        return client
    except Exception as error:  # distributed raises whatever its connections do
        client.status = "closed"  # or it would wait for what it never began, and complain, when it is thrown away
        told = str(error).partition("\n")[0] or type(error).__name__
        raise CallError(f"no Dask scheduler answers at {address} ({told}); nothing is lost") from error


def _workers(client: Any, address: str) -> int:
    """Return how many threads the cluster has. Raises `CallError` where it cannot do the work."""
    try:
        threads = sum(client.nthreads().values())
    except Exception as error:
        raise CallError(f"the Dask cluster at {address} does not answer ({type(error).__name__})") from error
    if not threads:
        raise CallError(f"the Dask cluster at {address} has no workers; start some with 'dask worker {address}'")
    try:
        found = client.run(_version)
    except Exception as error:
        raise CallError(f"the workers of the Dask cluster at {address} cannot load bestand ({error})") from error
    other = sorted(set(found.values()) - {__version__})
    if other:
        raise CallError(f"the Dask cluster at {address} has bestand {', '.join(other)}, and this is {__version__}")
    return threads


def _same(job: Job) -> Job:
    return job


def _version() -> str:
    return __version__


_local = threading.local()


def _work_for(job: Job, number: int) -> Chunk:
    """A chunk, by a thread of a cluster's worker; it keeps what it knows of the last job."""
    worker = getattr(_local, "worker", None)
    if worker is None or worker.job is not job:
        worker = _local.worker = Worker(job)
    return worker.chunk(number)


def _gathered(
    client: Any, job: Any, left: Iterable[int], watch: Watch, workers: int, address: str
) -> Generator[Chunk, None, None]:
    """Chunks as they are finished: workers may come and go, and what a lost one was at is done again."""
    waiting = iter(left)
    asked: list[Any] = []
    more = True
    while more or asked:
        while more and len(asked) < _AHEAD * workers:
            number = next(waiting, None)
            more = number is not None
            if number is not None:
                asked.append(client.submit(_work_for, job, number, pure=False, retries=3))
        watch.check()
        finished = [future for future in asked if future.status != "pending"]
        if not finished:
            _still_there(client, address)
            time.sleep(_GLANCE)
        for future in finished:
            asked.remove(future)
            if future.status in ("cancelled", "lost"):
                raise _lost(address)
            yield future.result()


def _still_there(client: Any, address: str) -> None:
    if client.status != "running":
        raise _lost(address)


def _lost(address: str) -> CallError:
    return CallError(f"the Dask cluster at {address} is lost; what was finished is kept if --out was given")
