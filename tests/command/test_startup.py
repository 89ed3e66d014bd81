"""The command line answers `--help` before anything heavy is imported."""

import json
import subprocess
import sys

HEAVY = ("lark", "numpy", "pydantic", "pysat", "ruamel", "scipy", "yaml")

PROBE = """
import json, sys
sys.argv = ["bestand", *sys.argv[1:]]
from bestand.command import main
try:
    status = main()
except SystemExit as stop:
    status = stop.code
print(json.dumps({"status": status or 0, "modules": sorted(sys.modules)}), file=sys.stderr)
"""


def loaded(*arguments):
    """The modules that a call of the command line has loaded when it ends."""
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stderr.splitlines()[-1])
    assert report["status"] == 0, done.stdout
    return done.stdout, set(report["modules"])


def test_help_loads_nothing_heavy():
    printed, modules = loaded("--help")
    assert "analyse" in printed
    assert not modules & set(HEAVY)


def test_version_loads_nothing_heavy():
    _, modules = loaded("--version")
    assert not modules & set(HEAVY)


def test_importing_the_package_loads_nothing_heavy():
    probe = "import bestand, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert not set(done.stdout.split()) & set(HEAVY)
