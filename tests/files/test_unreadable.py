"""What is no text of a model at all: other bytes, too many, too deep, or nothing there."""

from __future__ import annotations

import pytest

from bestand.files import load, loads, read_document, resolve
from bestand.model.errors import CallError, ModelError
from bestand.model.language import parse_formula


@pytest.mark.parametrize(
    ("source", "code", "line", "column"),
    [
        (b"\x00\x01\x02", "binary", 1, 1),
        (b"%PDF-1.7\n", "other-program", 1, 1),
        (b"PK\x03\x04abc", "other-program", 1, 1),
        (b"\xfe\xad\x00", "binary", 1, 1),
        ("bestand: 1".encode("utf-16"), "not-utf8", 1, 1),
        ("bestand: 1\ntitle: Kr\xf6te".encode("latin-1"), "not-utf8", 2, 10),
    ],
)
def test_bytes_that_are_no_text(source: bytes, code: str, line: int, column: int):
    (problem,) = read_document(source).problems
    assert (problem.code, problem.line, problem.column) == (code, line, column)


def test_a_byte_order_mark_is_no_problem():
    text = (
        b"bestand: 1\ntitle: Dam\nparties: {up: {options: {release: }}}\npreferences: {up: {priorities: [release]}}\n"
    )
    assert loads(b"\xef\xbb\xbf" + text).title == "Dam"


def test_a_hundred_megabytes_are_not_read(tmp_path):
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(ModelError) as caught:
        load(huge)
    assert [problem.code for problem in caught.value.problems] == ["too-large"]


def test_what_is_far_too_deep_for_the_reader_of_yaml_is_told_so_too():
    """Where reading stops differs: the newest readers give up on a line of their own accord."""
    for opening in ("[", "{a: "):
        with pytest.raises(ModelError) as caught:
            loads(opening * 100_000)
        (problem,) = caught.value.problems
        assert (problem.line, problem.code) == (1, "too-deep")
        assert "deeper than 100" in problem.message


def test_what_is_no_file_and_no_case(tmp_path):
    for wrong, says in [
        (tmp_path / "gone.yaml", "there is no file"),
        (tmp_path, "is a folder"),
        ("textbook/chiken", "did you mean 'textbook/chicken'?"),
        ("chicken", "did you mean 'textbook/chicken'?"),
        ("a\0b", "there is no file"),
        ("x" * 5000, "there is no file"),
    ]:
        with pytest.raises(CallError, match="(?s).*" + says.replace("?", r"\?")):
            load(wrong)


MANY = """\
bestand: 1
title: T
parties:
  a: {options: {x: }}
preferences:
  a:
    priorities:
    - &long FORMULA
"""


def test_a_formula_behind_many_aliases_is_read_once(monkeypatch):
    """A file of some kilobytes would take as long to read as one of many megabytes."""
    read = []

    def counted(text, scope):
        read.append(text)
        return parse_formula(text, scope)

    monkeypatch.setattr(resolve, "parse_formula", counted)
    model = loads(MANY.replace("FORMULA", "x or not x") + "    - *long\n" * 300)
    assert len(model.preferences["a"].statements) == 301
    assert len({id(statement.formula) for statement in model.preferences["a"].statements}) == 1
    assert read == ["x or not x"]


def test_what_is_wrong_in_two_places_is_told_in_both():
    problems = read_document(MANY.replace("FORMULA", "x or z").encode() + b"    - *long\n    - x or z\n").problems
    assert [(problem.code, problem.line) for problem in problems] == [("unknown-option", 8), ("unknown-option", 10)]
