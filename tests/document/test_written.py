"""A report by the ending of its file: which there are, that each stands whatever it is given, and stays the same."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bestand.document import typesetting
from bestand.document.formats import FORMATS, written
from bestand.document.paper import Paper
from bestand.model.errors import CallError, MissingExtra
from tests.document.samples import CONTROL, FROM_RIGHT, HARMFUL, LONG, NOTHING, TALL, USUAL, WIDE, saying
from tests.examples import examples

ROOT = Path(__file__).parents[2]
NEEDS = {"pdf": "typst", "docx": "docx"}


@pytest.fixture(params=FORMATS)
def ending(request):
    if request.param in NEEDS:
        pytest.importorskip(NEEDS[request.param], reason='needs the extra "report"')
        pytest.importorskip("typst", reason='needs the extra "report"')
    return request.param


def test_which_formats_there_are():
    assert list(FORMATS) == ["html", "pdf", "docx", "md"]


@pytest.mark.parametrize(("ending", "hint"), [("htm", "html"), ("doc", "docx"), ("pfd", "pdf")])
def test_an_unknown_ending(ending, hint):
    with pytest.raises(CallError) as found:
        written(USUAL, ending)
    assert str(found.value) == (
        f"'{ending}' is no format of a report; did you mean '{hint}'? formats: html, pdf, docx, md"
    )


def test_an_ending_like_no_other():
    with pytest.raises(CallError, match=r"^'xyz' is no format of a report; formats: html, pdf, docx, md$"):
        written(USUAL, "xyz")


def test_the_same_paper_is_the_same_bytes(ending):
    assert written(USUAL, ending) == written(USUAL, ending)


def test_the_same_bytes_in_another_process_at_another_time_and_place(ending):
    code = (
        "import hashlib; from tests.document.samples import USUAL; from bestand.document.formats import written;"
        f"print(hashlib.sha256(written(USUAL, {ending!r})).hexdigest())"
    )
    call = [sys.executable, "-c", code]
    env = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run(call, capture_output=True, encoding="utf-8", timeout=60, env=env, cwd=ROOT)
    assert done.stdout.strip() == hashlib.sha256(written(USUAL, ending)).hexdigest(), done.stderr


STRANGE = {**HARMFUL, **FROM_RIGHT, **CONTROL, "long": LONG, "empty": "", "space": "   "}


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
def test_strange_words_stand_everywhere(ending, words):
    assert written(saying(words), ending)


@given(st.text(max_size=12) | st.text("[]{}()#$*_`~|<>&\\/@=-+.1!:\"' \u200bאܐä大\u0301\u0e33\ue000", max_size=12))
@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_stand_everywhere(ending, words):
    assert written(saying(words), ending)


@pytest.mark.parametrize("paper", [WIDE, TALL, Paper("", "", "en", ()), Paper("x", "", "nl", NOTHING)])
def test_strange_papers_stand(ending, paper):
    assert written(paper, ending)


@pytest.mark.parametrize(("ending", "package", "told"), [("pdf", "typst", "typst"), ("docx", "docx", "python-docx")])
def test_a_missing_extra_is_named(monkeypatch, ending, package, told):
    monkeypatch.setitem(sys.modules, package, None)
    typesetting._compiler.cache_clear()
    with pytest.raises(MissingExtra) as found:
        written(USUAL, ending)
    assert told in str(found.value)
    assert 'pip install "bestand[report]"' in str(found.value)


@pytest.mark.parametrize("ending", ["html", "md"])
def test_no_extra_is_needed_for(monkeypatch, ending):
    for package in ("typst", "docx"):
        monkeypatch.setitem(sys.modules, package, None)
    assert written(USUAL, ending)
