"""A signal in the midst of a chunk that is being stored."""

import subprocess
import sys

from bestand.questions.vary.vary import job_of, varied
from tests.questions.vary.helpers import OPEN, model

STOPPED = """\
import os, signal, sys, bestand
from bestand.leaving import heed_signals
from bestand.questions.vary import store

written = store.digest

def stop_at_the_third(chunk, job):  # when its rows are in the database, and before all of it is
    if chunk.number == 2:
        os.kill(os.getpid(), signal.SIGTERM)
    return written(chunk, job)

heed_signals()
store.digest = stop_at_the_third
bestand.vary(sys.argv[1], samples=700, compared=0, concepts=["nash"], claims=[], out=sys.argv[2], workers=1)
"""


def test_a_signal_leaves_a_whole_file_and_nothing_beside_it(tmp_path):
    (tmp_path / "m.yaml").write_text(OPEN, "utf-8")
    (tmp_path / "stopped.py").write_text(STOPPED, "utf-8")
    out = tmp_path / "out"
    done = subprocess.run([sys.executable, tmp_path / "stopped.py", tmp_path / "m.yaml", out], capture_output=True)
    assert (done.returncode, done.stderr) == (143, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.yaml", "out", "stopped.py"]
    job = job_of(model(), samples=700, compared=0, concepts=["nash"], claims=[])
    assert varied(job, out=out).digest == varied(job).digest
