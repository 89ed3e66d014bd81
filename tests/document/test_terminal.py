"""Words and tables on a page: wrapped, indented and aligned, in any script."""

from itertools import pairwise
from unicodedata import category, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.document import blocks
from bestand.document.blocks import Paragraph
from bestand.document.terminal import Page, columns_of, page, plain, show


class Set:
    """The parts of an answer, printed on a page."""

    def __init__(self, on):
        self.on = on

    def __getattr__(self, part):
        return lambda *words: self.on.printed(getattr(blocks, part)(*words))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=12)
SHORT = st.text("abcXYZסד\u0301", min_size=1, max_size=8)


def columns(line):
    """How many columns a terminal shows it in, written apart from the library."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line if category(c) not in ("Mn", "Me", "Cf"))


@pytest.mark.parametrize(
    ("words", "wide"),
    [
        ("", 0),
        ("Dam", 3),
        ("大坝", 4),
        ("سد", 2),
        ("e\u0301", 1),
        ("שָׁלוֹם", 4),
        ("ＡＢ", 4),
        ("a\u200bb", 2),
        ("–×¶", 3),
    ],
)
def test_how_wide_words_are(words, wide):
    assert columns_of(words) == columns(words) == wide


# ---- running text ----


@given(st.lists(WORDS, max_size=30), st.integers(20, 120), st.integers(0, 8))
def test_a_paragraph_keeps_its_words_and_its_width(words, width, indent):
    lines = Set(Page(width)).paragraph(" ".join(words), indent).split("\n")
    if not words:
        assert lines == [""]
        return
    assert "".join("".join(lines).split(" ")) == "".join(words)
    for line in lines:
        assert line.startswith(" " * indent)
        assert line == line.rstrip(" ")
        room = max(width, indent + 20)
        assert columns(line) <= room or len(line.split()) == 1


@given(st.lists(WORDS, min_size=1, max_size=20), st.integers(30, 80))
def test_a_line_takes_all_words_that_fit(words, width):
    lines = Set(Page(width)).paragraph(" ".join(words), 2).split("\n")
    for line, after in pairwise(lines):
        first = after.split()[0]
        assert columns(line) + 1 + columns(first) > width or columns(first) > width - 2


def test_letters_that_need_no_spaces_are_parted():
    lines = Set(Page(20)).paragraph("停火" * 20, 0).split("\n")
    assert [columns(line) for line in lines] == [20, 20, 20, 20]
    assert "".join(lines) == "停火" * 20


def test_a_long_word_keeps_its_letters_together():
    assert Set(Page(30)).paragraph(f"a {'x' * 50} b") == f"  a\n  {'x' * 50}\n  b"


def test_a_very_narrow_page():
    assert Set(Page(1)).paragraph("one two three four five six", 2) == "  one two three four\n  five six"


def test_a_paragraph_of_lines_and_control_characters():
    assert Set(Page()).paragraph("one\ntwo\x1b[31m\tthree  four\r", 0) == "one two [31m three four"
    assert plain("a\u00a0b \x9b\x00") == "a\u00a0b   "


def test_words_stay_together_at_a_space_that_does_not_break():
    assert (
        Set(Page(20)).paragraph("about 49\u00a0152 states of 1\u00a0kind", 0)
        == "about 49\u00a0152 states\nof 1\u00a0kind"
    )


def test_a_heading():
    assert Set(Page(40)).heading("Where it drifts") == "\nWhere it drifts"
    assert Set(Page(20)).heading("Where the conflict drifts") == "\nWhere the conflict\ndrifts"
    assert Set(Page(20, styled=True)).heading("Where it drifts") == "\n\033[1mWhere it drifts\033[0m"


def test_styles_only_where_they_are_seen():
    assert Page().styled_as("x", "bold", "red") == "x"
    assert Page(styled=True).styled_as("x", "bold", "red") == "\033[1;31mx\033[0m"
    assert Page(styled=True).styled_as("", "bold") == ""
    assert Set(Page(20, styled=True)).paragraph("a b", 2, "dim") == "\033[2m  a b\033[0m"


# ---- tables ----


def test_a_table():
    assert Set(Page()).table(("", "nash", "seq"), [("Upstream", "1", "12"), ("Options",), ("  pay", "Y", "-")]) == (
        "            nash  seq\n  Upstream     1   12\n  Options\n    pay        Y    -"
    )


def test_columns_of_words_are_set_to_the_left():
    assert Set(Page()).table(("case", "n", "title"), [("a/b", "10", "X"), ("c", "9", "Longer")], frozenset({0, 2})) == (
        "  case   n  title\n  a/b   10  X\n  c      9  Longer"
    )


def test_a_title_does_not_widen_its_column():
    table = Set(Page()).table(("", "#1"), [("States that the party ranks lower, %",), ("  A", "5")])
    assert table == "       #1\n  States that the party ranks lower, %\n    A   5"


def test_a_table_without_rows_or_header():
    assert Set(Page()).table(("concept", "n"), []) == "  concept  n"
    assert Set(Page()).table(("", ""), [("a", "1")]) == "  a  1"
    assert Set(Page()).table(("concept",), [("nash",)]) == "  concept\n  nash"
    assert Set(Page()).table((), [("a", "1")]) == "  a  1"
    assert Set(Page()).table((), []) == ""


def test_wide_letters_are_aligned():
    lines = Set(Page()).table(("", "數"), [("北方", "1"), ("North", "20"), ("שָׁלוֹם", "3")]).split("\n")
    assert {columns(line) for line in lines} == {2 + 5 + 2 + 2}


def test_columns_that_do_not_fit_follow_below():
    header = ("", *(f"column{k}" for k in range(6)))
    table = Set(Page(30)).table(header, [("Options",), ("  one", *"YNYNYN"), ("  two", *"NYNYNY")])
    blocks = table.split("\n\n")
    assert len(blocks) == 3
    assert blocks[0] == "         column0  column1\n  Options\n    one        Y        N\n    two        N        Y"
    assert all(columns(line) <= 30 for line in table.split("\n"))


def test_a_long_first_cell_runs_over_several_lines():
    table = Set(Page(40)).table(("", "n"), [("a party with a name that takes more than one line", "12")])
    assert table.split("\n") == [
        f"{'':34} n",
        "  a party with a name that takes",
        f"{'  more than one line':34}12",
    ]


def test_a_long_last_column_of_words_runs_over():
    table = Set(Page(40)).table(
        ("case", "title"), [("a/b", "a title that takes more than one line of the page")], frozenset({0, 1})
    )
    assert table.split("\n") == [
        "  case  title",
        "  a/b   a title that takes more than one",
        "        line of the page",
    ]


@given(
    st.lists(st.tuples(SHORT, st.lists(st.integers(0, 10**6), min_size=3, max_size=3)), min_size=1, max_size=8),
    st.integers(20, 120),
)
def test_numbers_stand_below_each_other(rows, width):
    table = Set(Page(width)).table(("", "a", "bb", "ccc"), [(name, *map(str, numbers)) for name, numbers in rows])
    blocks = [block.split("\n") for block in table.split("\n\n")]
    seen = [[] for _ in rows]
    for header, *lines in blocks:
        assert len(lines) == len(rows)
        ends = {columns(line) for line in (header, *lines)}
        assert len(ends) == 1  # the last column is one of numbers, set to the right
        assert ends.pop() <= width or len(header.split()) == 1
        for line, found in zip(lines, seen, strict=True):
            found.extend(line.split()[1:])
    assert seen == [[str(number) for number in numbers] for _, numbers in rows]


@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=4), max_size=5), st.integers(1, 60))
def test_any_cells_make_a_table(rows, width):
    table = Set(Page(width)).table(("name", "a", "b", "title"), rows, frozenset({0, 3}))
    assert not any(line.endswith(" ") for line in table.split("\n"))
    assert "\x1b" not in table


# ---- where it is printed ----


def test_the_page_that_is_piped(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert page() == Page(100, styled=False)
    monkeypatch.setenv("COLUMNS", "64")
    assert page() == Page(64, styled=False)


@pytest.mark.parametrize("columns", ["0", "-5", "wide", ""])
def test_a_width_that_makes_no_sense(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    assert page().width >= 20


def test_a_terminal(monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "72")
    assert page() == Page(72, styled=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert page() == Page(72, styled=False)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert page() == Page(72, styled=False)


def test_show(capsys):
    show([Paragraph("a", 0), Paragraph("b", 0)])
    assert capsys.readouterr().out == "a\nb\n"
