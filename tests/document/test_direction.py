"""Signs in a file's texts that turn the direction of writing reach no terminal, no document and no picture."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

import bestand
from bestand.prose.direction import TURNING

SIGNS = "".join(sorted(TURNING))
TEXT = f"""
bestand: 1
title: "{SIGNS}A dam"
parties:
  up: {{name: "{SIGNS}Upstream", options: {{release: {{says: "{SIGNS}releases the water"}}}}}}
  down: {{name: "{SIGNS}Downstream", options: {{attack: {{says: "{SIGNS}attacks the dam"}}}}}}
outcomes: {{peace: {{holds: not attack, says: "{SIGNS}peace holds"}}}}
status_quo: []
plan: release and peace
preferences:
  up: {{priorities: [{{holds: not attack, note: "{SIGNS}a note"}}, not release]}}
  down: {{priorities: [release, not attack]}}
readings: {{firm: {{says: "{SIGNS}stands firm", change: up 1 dropped}}}}
claims: [{{id: calm, says: "{SIGNS}It stays calm", check: some equilibrium is peace}}]
"""


@pytest.fixture(scope="module")
def model():
    return bestand.loads(TEXT)


@pytest.mark.parametrize("name", ["analyse", "deals", "claims", "check", "vary", "report", "levers"])
@pytest.mark.parametrize("form", ["words", "html", "md", "repr"])
def test_no_words_turn(model, name, form):
    answer = getattr(bestand, name)(model)
    told = {
        "words": answer.words,
        "html": lambda: answer.document("html"),
        "md": lambda: answer.document("md"),
        "repr": answer._repr_html_,
    }[form]()
    told = told.decode() if isinstance(told, bytes) else told
    assert TURNING.isdisjoint(told)
    assert any(words in told for words in ("A dam", "pstream", "stays calm", "stands firm", "the model"))


def test_no_document_turns(model):
    answer = bestand.analyse(model)
    with zipfile.ZipFile(io.BytesIO(answer.document("docx"))) as document:
        words = "".join(document.read(name).decode() for name in document.namelist() if name.endswith(".xml"))
    assert "Upstream" in words
    assert TURNING.isdisjoint(words)


def test_no_picture_turns(model):
    answer = bestand.analyse(model)
    drawn = "".join(answer.picture(name).svg for name in answer._pictures())
    assert "pstream" in drawn
    assert TURNING.isdisjoint(drawn)


def test_data_holds_the_signs_and_does_not_turn(call, tmp_path):
    path = tmp_path / "dam.yaml"
    path.write_text(TEXT, "utf-8")
    status, out, _ = call("analyse", path, "--json")
    assert status == 0
    assert TURNING.isdisjoint(out)
    assert json.loads(out)["title"] == f"{SIGNS}A dam"


def test_what_is_wrong_is_told_without_turning(call, tmp_path):
    path = tmp_path / "dam.yaml"
    path.write_text(TEXT.replace("some equilibrium is peace", f"some {SIGNS}equilibrium is peace"), "utf-8")
    status, out, err = call("analyse", path)
    assert status == 1
    assert TURNING.isdisjoint(out + err)
    assert "cannot stand here" in err
