"""Calls of the command line, and models to call it on."""

import os
import re
import subprocess
import sys
from pathlib import Path

DAM = """\
bestand: 1
title: Two neighbours and a dam
parties:
  up:
    name: Upstream state
    options:
      release: {says: releases the water}
      threaten: {says: threatens to keep it}
  down:
    name: Downstream state
    options:
      attack: {says: attacks the dam}
rules:
  - never: up.release and up.threaten
outcomes:
  peace: not up.threaten and not down.attack
plan: peace
status_quo: [up.threaten]
preferences:
  up:
    priorities: [not down.attack, not up.release, up.threaten]
  down:
    priorities: [up.release, not up.threaten, not down.attack]
labels: {"010": today, "100": 7}
readings:
  meek: {says: Upstream does not like to threaten, change: up 3 dropped, assumed: yes}
  mad: {change: "never not attack, up.threaten held at no"}
  barred: {change: "never attack, always attack"}
claims:
  - {id: no-war, says: Nobody gains by a war., check: no equilibrium has down.attack}
  - {id: peace-holds, who: author, check: some equilibrium is peace}
  - {id: war-comes, who: ours, check: every resting place reached has attack}
  - {id: unsaid, check: "with never not attack, some state reached is peace"}
"""

ANSI = re.compile("\x1b|\x9b")


def bestand(*arguments, stdin=b"", folder=None, **environment):
    """One call as a shell makes it: exit status, standard output, standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "bestand", *map(str, arguments)],
        cwd=folder,
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        timeout=120,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def written(folder, text=DAM, name="dam.yaml"):
    """A file with that text, its path as a string."""
    path = Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)
