"""A real Dask cluster: a scheduler and two workers, each a process of its own."""

import gc
import json
import subprocess
import sys
import time

import pytest

pytest.importorskip("distributed", reason='needs the extra "dask"')

from bestand.model.errors import CallError
from bestand.questions.vary.vary import job_of, varied
from tests.questions.vary.helpers import Impatient, model

pytestmark = pytest.mark.filterwarnings("default")  # what distributed and tornado warn about is theirs


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cluster")
    file, begun = folder / "scheduler.json", []

    def start(name, *arguments):
        begun.append(
            subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{name}", *arguments, "--no-dashboard"],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    try:
        start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file), "--no-show")
        wait_for(file.exists)
        for _ in range(2):
            start("dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny")
        address = json.loads(file.read_text("utf-8"))["address"]
        wait_for(lambda: workers(address) == 2)
        yield address, begun
    finally:
        for process in begun:
            process.kill()
        for process in begun:
            process.wait()


def wait_for(there):
    deadline = time.monotonic() + 60
    while not there():
        assert time.monotonic() < deadline, "the cluster did not start"
        time.sleep(0.1)


def workers(address):
    from distributed import Client

    with Client(address, timeout=30, set_as_default=False) as client:
        return len(client.scheduler_info()["workers"])


def test_the_cluster_finds_the_same_as_one_process_and_two(cluster):
    address, _ = cluster
    job = job_of(model(), samples=1500, seed=2)
    assert job.chunks > 3
    here = varied(job).digest
    assert varied(job, dask=address).digest == here
    assert varied(job, workers=2).digest == here


def test_what_the_cluster_finished_is_kept(cluster, tmp_path):
    address, _ = cluster
    job = job_of(model(), samples=1500, seed=2)
    varied(job, dask=address, out=tmp_path / "out")
    before = (tmp_path / "out").read_bytes()
    assert varied(job, out=tmp_path / "out") == varied(job)
    assert (tmp_path / "out").read_bytes() == before


def test_a_worker_that_is_lost_changes_nothing(cluster):
    """Runs last: the worker does not come back."""
    address, begun = cluster
    job = job_of(model(), samples=6_000, compared=0, seed=4)
    killed = []

    def look(progress):
        if progress.phase == "varying what is open" and progress.done > 1000 and not killed:
            begun[2].kill()
            killed.append(True)

    from bestand.engine.limits import Watch

    found = varied(job, dask=address, watch=Watch(report=look))
    assert killed
    assert found == varied(job)


def test_an_unreachable_cluster_is_told_soon(tmp_path):
    job = job_of(model(), samples=2000)
    part = varied(job, watch=Impatient(job.chunk_size), out=tmp_path / "out")
    assert 0 < part.looked_at < job.rows
    begun = time.monotonic()
    with pytest.raises(CallError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9 .*nothing is lost"):
        varied(job, dask="tcp://127.0.0.1:9", out=tmp_path / "out")
    assert time.monotonic() - begun < 10
    assert varied(job, out=tmp_path / "out") == varied(job)


@pytest.mark.parametrize("address", ["nonsense", "tcp://no.such.host.invalid:8786", "127.0.0.1:notaport"])
def test_an_address_that_is_none(address):
    begun = time.monotonic()
    with pytest.raises(CallError, match="no Dask scheduler answers"):
        varied(job_of(model()), dask=address)
    gc.collect()  # a client that was half made must not wait or complain when it is thrown away
    assert time.monotonic() - begun < 10
