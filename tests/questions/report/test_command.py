"""`bestand report`: what it writes, what it refuses, and that nothing is ever half written."""

import os
import sys
from pathlib import Path

import pytest

from tests.command.helpers import DAM, bestand, written

RESTLESS = """
bestand: 1
title: Nothing rests
parties: {a: {options: {x: }}, b: {options: {y: }}}
plan: x
preferences: {a: {priorities: [x iff y]}, b: {priorities: [x iff not y]}}
"""

ODD = """
bestand: 1
title: "A \\"deal\\" & <b>more</b> #1 $x$ `y` *z* | \\u05e9\\u05dc\\u05d5\\u05dd"
parties:
  a:
    name: "<script>alert('x')</script>"
    options: {x: {says: "does \\\\ # @ref [] $5 and \\u200f\\u0633\\u0644\\u0627\\u0645"}}
  b: {name: "NAME", options: {y: {says: "says *this* | that_"}}}
plan: x
status_quo: []
preferences: {a: {priorities: [x]}, b: {priorities: [{holds: y, says: "wants `code` & <i>"}]}}
"""

# More combinations than any machine draws in a few seconds, of a model whose own answer takes no time.
OPEN = """
bestand: 1
title: Much is open
parties: {a: {options: {x: , z: }}, b: {options: {y: }}}
plan: x and y
status_quo: []
preferences: {a: {priorities: [x iff y, z]}, b: {priorities: [x iff not y]}}
open:
""" + "".join(
    f"  q{k}: {{answers: {{n{k}: {{}}, r{k}: {{change: {'ab'[k % 2]} 1 replaced by {'xy'[k // 2 % 2]}}}}}}}\n"
    for k in range(24)
)


def test_markdown_on_standard_output_is_what_the_file_holds(call, dam, tmp_path):
    status, out, err = call("report", dam, "--concepts", "nash,seq")
    assert (status, err) == (0, "")
    assert out.startswith("# Two neighbours and a dam\n")
    path = tmp_path / "dam.md"
    status, nothing, err = call("report", dam, "--concepts", "nash,seq", "-o", path)
    assert (status, nothing, err) == (0, "", f"bestand: written: {path}\n")
    assert (
        path.read_text("utf-8")
        == out.replace("--concepts nash,seq", "--concepts nash,seq -o dam.md").rstrip("\n") + "\n"
    )


def test_the_same_call_gives_the_same_bytes(call, dam, tmp_path):
    pytest.importorskip("typst", reason='needs the extra "report"')
    pytest.importorskip("docx", reason='needs the extra "report"')
    first, second = tmp_path / "one", tmp_path / "two"
    for folder, workers in ((first, 1), (second, 2)):
        folder.mkdir()
        outputs = [word for ending in ("html", "pdf", "docx", "md") for word in ("-o", folder / f"r.{ending}")]
        assert call("report", dam, "--concepts", "nash", "--workers", workers, *outputs)[0] == 0
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_the_command_in_the_report_makes_it_again(call, dam, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a file is called by its name alone: no folder of whoever made it is told
    _, out, _ = call("report", dam, "--concepts", "nash", "--reading", "meek", "--samples", "3", "--seed", "5")
    line = next(line for line in out.splitlines() if "To make this report again" in line)
    asked = line.partition("bestand report ")[2].replace("\\", "").split()
    assert asked[0] == "dam.yaml"
    assert call("report", *asked)[1] == out


def test_the_command_in_the_report_has_what_changes_it(call, dam):
    out = call("report", dam, "--concepts", "nash", "--engine", "symbolic", "--states", "1000", "--memory", "1G")[1]
    assert "--engine symbolic --states 1000 --memory 1G" in out.replace("\\", "")


def test_a_name_that_is_too_long_is_refused_at_once(call, dam, tmp_path):
    status, _, err = call("report", dam, "-o", tmp_path / ("北" * 100 + ".html"))
    assert status == 2
    assert "the name of the file is too long" in err
    assert call("report", dam, "-o", tmp_path / ("北" * 80 + ".html"), "--concepts", "nash")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "r.pfd"], "'pfd' is no format of a report; did you mean 'pdf'? formats: html, pdf, docx, md"),
        (["-o", "r"], "'r' has no ending to tell the format by"),
        (["-o", "nowhere/r.html"], "'nowhere/r.html' cannot be written: there is no folder"),
        (["-o", "."], "'.' has no ending"),
        (["--lang", "xx"], "there are no texts in 'xx'; languages: en, nl"),
        (["--concepts", "nsh"], "nsh"),
        (["--samples", "0"], "0 samples"),
        (["--samples", "1.5"], "'1.5' is no whole number"),
        (["--workers", "0"], "0 workers"),
        (["--reading", "mek"], "mek"),
    ],
)
def test_wrong_calls_are_refused_before_anything_is_written(call, dam, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    status, out, err = call("report", dam, *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_is_no_model_writes_no_report(call, tmp_path):
    path = written(tmp_path, "bestand: 1\ntitle: T\n", "bad.yaml")
    status, _, err = call("report", path, "-o", tmp_path / "r.html")
    assert status == 1
    assert "parties" in err
    assert not (tmp_path / "r.html").exists()


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written(call, dam, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    status, _, err = call("report", dam, "-o", folder / "r.html")
    assert status == 2
    assert "nothing can be written in the folder" in err


@pytest.mark.skipif(sys.platform != "linux", reason="a device that is always full")
def test_a_full_disk_leaves_the_old_file(call, dam, tmp_path, monkeypatch):
    path = tmp_path / "r.html"
    path.write_text("old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bestand.files.placing.os.fsync", full)
    status, _, err = call("report", dam, "-o", path)
    assert status == 2
    assert f"'{path}' cannot be written: No space left on device" in err
    assert path.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["dam.yaml", "r.html"]
    status, _, err = call("report", dam, "-o", "/dev/full.html")
    assert status == 2


def test_a_limit_writes_what_there_is_and_says_so(tmp_path):
    path = tmp_path / "r.md"
    model = written(tmp_path, OPEN)
    status, _, err = bestand("report", model, "-o", path, "--seconds", "5", "--samples", "100000")
    assert status == 3
    assert "the report says what is missing" in err
    assert "5 seconds" in path.read_text("utf-8")


def test_a_model_without_an_equilibrium_says_so_at_once(call, tmp_path):
    status, out, _ = call("report", written(tmp_path, RESTLESS), "--concepts", "nash")
    assert status == 0
    body = [line for line in out.splitlines() if line.strip()]
    assert "Nothing holds: no state is stable for every party under Nash stability." in " ".join(body[:6])


@pytest.mark.parametrize(
    "name", ["<x> & 'y'", "\\u05e9\\u05dc\\u05d5\\u05dd \\u05dc\\u05db\\u05dd", "long " * 300, "W" * 3000]
)
@pytest.mark.parametrize("ending", ["html", "pdf", "docx", "md"])
def test_odd_names_do_no_harm(call, tmp_path, name, ending):
    if ending in ("pdf", "docx"):
        pytest.importorskip("docx", reason='needs the extra "report"')
    path = tmp_path / f"r.{ending}"
    status, _, err = call("report", written(tmp_path, ODD.replace("NAME", name)), "--concepts", "nash", "-o", path)
    assert status == 0, err
    content = path.read_bytes()
    assert content
    if ending == "html":
        page = content.decode()
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


def test_it_reads_standard_input_and_writes_standard_output(call):
    status, out, _ = call("report", "-", "-o", "-", "--concepts", "nash", stdin=DAM)
    assert status == 0
    assert out.startswith("# Two neighbours and a dam")


def test_a_missing_extra_is_named(call, dam, without_typst):
    status, _, err = call("report", dam, "-o", "r.pdf")
    assert status == 2
    assert 'pip install "bestand[report]"' in err
    assert not Path("r.pdf").exists()
