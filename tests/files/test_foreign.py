"""Files of other programs are called by their names, with what to do."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile

import pytest

import bestand
from bestand.files import read_document


def zipped(*names: str) -> bytes:
    """An archive as office programs write it: the parts that name its kind come last."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "x" * 10_000)
    return written.getvalue()


def database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (a)")
    return connection.serialize()


GMCR = json.dumps({"options": [{"name": "n" * 2_000, "permittedDirection": "both"}] * 5, "decisionMakers": []})
FILES = {
    "a PDF": b"%PDF-1.7\n%\xe2\xe3",
    "a document of a word processor (.docx)": zipped("_rels/.rels", "word/document.xml"),
    "a workbook of a spreadsheet (.xlsx)": zipped("_rels/.rels", "xl/workbook.xml"),
    "an office document (.odt, .ods)": zipped("mimetype", "content.xml"),
    "a presentation (.pptx)": zipped("ppt/presentation.xml"),
    "a ZIP archive": zipped("notes.txt"),
    "an office document of the older kind (.doc, .xls)": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "a conflict of GMCR+ (.gmcr)": GMCR.encode(),
    "a strategic game (.nfg)": b'NFG 1 R "Two neighbours" { "up" "down" } { 2 2 }\n\n1 1 0 2 2 0 1 1\n',
    "an extensive game (.efg)": b'EFG 2 R "Two neighbours" { "up" "down" }\n',
    "a table (.csv)": b"party,option,today\nup,release,no\ndown,attack,yes\n",
    "a web page": b"<!DOCTYPE html>\n<html><body>A truce</body></html>",
    "a database": database(),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_of_another_program_is_called_by_its_name(what):
    (problem,) = read_document(FILES[what], "given").problems
    assert (problem.code, problem.message) == ("other-program", f"this is {what}, and no model")
    assert problem.hint


def test_what_this_program_writes_is_recognised(tmp_path):
    answer = bestand.analyse("textbook/chicken")
    (problem,) = read_document(answer.document("docx")).problems
    assert problem.code == "other-program"


@pytest.mark.parametrize("text", ["party;option\nup;release", "up\trelease\ndown\tattack"])
def test_other_signs_between_cells(text):
    (problem,) = read_document(text).problems
    assert problem.message == "this is a table (.csv), and no model"


def test_json_that_is_a_model_is_read():
    text = '{"bestand": 1, "title": "Dam", "parties": {"up": {"options": {"release": {"says": "decisionMakers"}}}}}'
    assert read_document(text.encode()).model is not None
