"""What a call finds around it: streams that are closed or full, folders that cannot be written, no home."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command.helpers import DAM, bestand, written
from tests.first_reading import UKRAINE

needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


def in_shell(line, folder=None, **environment):
    """A line of bash, `bestand` in it being ours: exit status, standard output, standard error."""
    done = subprocess.run(
        ["bash", "-c", f'bestand() {{ "{sys.executable}" -m bestand "$@"; }}; {line}'],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


# ---- streams ----


@needs_bash
@pytest.mark.parametrize("command", ["analyse", "check", "claims"])
def test_closed_standard_input(command):
    status, out, err = in_shell(f"bestand {command} - <&-")
    assert (status, out) == (2, "")
    assert err == "bestand: standard input is closed: there is nothing to read\n"


@needs_bash
def test_standard_input_that_can_only_be_written(tmp_path):
    status, out, err = in_shell(f"bestand check - 0>'{tmp_path / 'x'}'")
    assert (status, out) == (2, "")
    assert err.startswith("bestand: standard input cannot be read: ")
    assert len(err.splitlines()) == 1


@needs_bash
@pytest.mark.parametrize(
    ("call", "status"),
    [("analyse textbook/chicken", 0), ("analyse textbook/chicken -o -", 0), ("analyse nix", 2), ("analyse --nix", 2)],
)
def test_with_everything_closed_the_status_tells(call, status):
    assert in_shell(f"bestand {call} <&- >&- 2>&-") == (status, "", "")


@needs_bash
def test_a_file_never_takes_the_place_of_a_closed_stream(tmp_path):
    call = "report textbook/chicken -o answer.html"
    assert in_shell(f"bestand {call} <&- >&- 2>&-", tmp_path)[0] == 0
    page = (tmp_path / "answer.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")


@needs_bash
@needs_full
@pytest.mark.parametrize(
    "call",
    [
        "cases",
        "analyse textbook/chicken",
        "analyse textbook/chicken --json",
        "analyse textbook/chicken --svg -",
        "report textbook/chicken",
        "new -",
        "--help",
    ],
)
def test_a_full_disk_behind_standard_output(call):
    status, _, err = in_shell(f"bestand {call} >/dev/full")
    assert (status, err) == (2, "bestand: No space left on device\n")
    assert in_shell(f"bestand {call} >/dev/full 2>&1") == (2, "", "")


@needs_bash
@needs_full
@pytest.mark.parametrize("call", ["analyse nix", "analyse --nix", "nix nix"])
def test_what_cannot_be_said_is_told_by_the_status(call):
    assert in_shell(f"bestand {call} 2>/dev/full") == (2, "", "")
    assert in_shell(f"bestand {call} 2>&1 >/dev/null | true; exit ${{PIPESTATUS[0]}}") == (2, "", "")


# ---- folders ----


def mounted(options, line, folder):
    """A line of bash in a folder on a file system of its own, which ends with it."""
    words = f'mount -t tmpfs -o {options} none "$PWD" && cd "$PWD" && {{ {line}; }}'
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "bash", "-c", words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def small_disk(tmp_path):
    """Runs a line of bash where there is room for a few pages, or none at all, and tells what lies there afterwards."""
    if not shutil.which("unshare") or mounted("size=64k", "true", tmp_path)[0]:
        pytest.skip("needs a file system of its own")

    def run(call, options="size=64k"):
        line = f'"{sys.executable}" -m bestand {call}; status=$?; ls -A; exit $status'
        return mounted(options, line, tmp_path)

    return run


def test_a_full_disk_leaves_no_file(small_disk):
    for call in ("new mine.yaml", "analyse textbook/chicken --svg drawn.svg"):
        file = call.split()[-1]
        status, out, err = small_disk(call, "size=4k,nr_inodes=2")
        assert (status, out, err) == (2, "", f"bestand: '{file}' cannot be written: No space left on device\n")
    status, out, err = small_disk("report textbook/chicken -o answer.docx", "size=8k")
    assert (status, out, err) == (2, "", "bestand: 'answer.docx' cannot be written: No space left on device\n")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs limits on the size of files")
@pytest.mark.parametrize("call", ["new mine.yaml", "analyse textbook/chicken -o answer.html"])
def test_a_file_that_may_not_grow_is_not_left_half_written(tmp_path, call):
    status, out, err = in_shell(f"ulimit -f 1; bestand {call}", tmp_path)
    assert (status, out) == (2, "")
    assert err == f"bestand: '{call.split()[-1]}' cannot be written: File too large\n"
    assert not [*tmp_path.iterdir()]


READ_ONLY = [
    ("analyse textbook/chicken", 0),
    (f"vary {UKRAINE} --samples 20 --workers 2 --concepts nash", 0),
    ("new mine.yaml", 2),
    ("report textbook/chicken -o answer.pdf", 2),
    ("analyse textbook/chicken --png drawn.png", 2),
    (f"vary {UKRAINE} --samples 20 --out kept", 2),
]


@pytest.mark.parametrize(("call", "expected"), READ_ONLY)
def test_a_folder_that_cannot_be_written(small_disk, call, expected):
    status, out, err = small_disk(call, "ro")
    assert status == expected
    assert "Traceback" not in err
    if status:
        assert not out
        assert err.startswith(("bestand: '", "bestand: cannot write"))
        assert "Read-only file system" in err or "nothing can be written in the folder" in err


@needs_bash
def test_a_folder_that_is_gone(tmp_path):
    line = "mkdir gone; cd gone; rmdir ../gone; bestand analyse textbook/chicken; bestand new mine.yaml"
    status, out, err = in_shell(line, tmp_path)
    assert status == 2
    assert out.startswith("Chicken\n")
    assert err.startswith("bestand: 'mine.yaml' cannot be written: ")
    assert len(err.splitlines()) == 1


@needs_bash
def test_a_link_to_nowhere_is_not_written_through(tmp_path):
    (tmp_path / "mine.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    status, _, err = bestand("new", "mine.yaml", folder=tmp_path)
    assert (status, err) == (2, "bestand: 'mine.yaml' exists already and is left as it is; choose another name\n")
    assert not (tmp_path / "elsewhere.yaml").exists()


# ---- no home, no environment ----


@pytest.mark.parametrize("call", ["analyse textbook/chicken", "report my.yaml -o answer.pdf -o answer.docx"])
def test_without_a_home_or_anything_else_around(tmp_path, call):
    pytest.importorskip("typst", reason='needs the extra "report"')
    written(tmp_path, DAM, "my.yaml")
    for environment in ({}, {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent", "TMPDIR": "/nonexistent"}):
        done = subprocess.run(
            [sys.executable, "-m", "bestand", *call.split()],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            env=environment,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert bool(done.stdout) is ("-o" not in call)
