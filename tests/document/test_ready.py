"""What every format is given: clean words, headings without gaps, tables of one shape that fit a page."""

import pytest

from bestand.document.blocks import Facts, Figure, Heading, Paragraph, Table, table
from bestand.document.fitting import ROOM, SIZES, fitted
from bestand.document.grid import Row, grid, pairs
from bestand.document.paper import Paper
from bestand.document.ready import clean, ready, ready_blocks, runs_right_to_left
from bestand.drawing.measure import width
from tests.document.samples import CONTROL, NOTHING, WIDE, every_kind


@pytest.mark.parametrize("words", CONTROL.values(), ids=CONTROL)
def test_words_are_on_one_line_and_fit_for_xml(words):
    told = clean(words)
    assert len(told) == len(words)
    assert told.encode().decode() == told
    assert not set(told) & set("\x00\x07\x1b\n\r\t\ufffe\uffff\ud800")


def test_every_word_of_every_part_is_clean():
    assert "\\x00" in repr(every_kind("a\x00b"))
    assert "\\x00" not in repr(ready_blocks(every_kind("a\x00b")))


def test_a_picture_keeps_its_lines_but_nothing_that_xml_forbids():
    (made,) = ready_blocks([Figure("<svg>\n\x00</svg>", "a", "b")])
    assert made == Figure("<svg>\n </svg>", "a", "b")


def test_headings_go_down_one_level_at_a_time():
    levels = [
        block.level for block in ready_blocks([Heading("x", level=k) for k in (2, 3, 1, 4, 4, 9, 0, 9, 9, 9, 9, 9)])
    ]
    assert levels == [1, 2, 1, 2, 3, 4, 1, 2, 3, 4, 5, 5]


def test_what_is_empty_is_left_out():
    left = ready_blocks(NOTHING)
    assert not any(isinstance(block, Paragraph | Heading | Facts) for block in left)
    assert len([block for block in left if isinstance(block, Table)]) == 4


def test_no_picture_and_no_report_goes_without_words():
    (with_caption, without) = ready_blocks([Figure("<svg/>", " ", "Shares"), Figure("<svg/>", "")])
    assert (with_caption.alternative, without.alternative) == ("Shares", "Picture")
    assert ready(Paper(" ", "", "en", ())).title == "Report"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("", False), ("12", False), ("שלום עולם", True), ("سلام على الأرض (x)", True), ("سلام keeps the water", False)],
)
def test_the_direction_is_that_of_most_letters(words, expected):
    assert runs_right_to_left(words) is expected


# ---- tables ----


def test_rows_have_one_length_and_titles_are_told_apart():
    made = grid(table(("", "a", "b"), [("Title",), ("  one", "1"), ("    two", "1", "2")]))
    assert [row.cells for row in made.rows] == [("Title",), ("one", "1", ""), ("two", "1", "2")]
    assert [(row.indent, row.title) for row in made.rows] == [(0, True), (1, False), (2, False)]


def test_a_table_without_headings():
    assert grid(table(("", ""), [("a", "b")])).header == ()
    assert grid(table((), [("a", "b", "c")])).columns == 3


def test_a_row_of_one_cell_is_no_title_where_there_is_one_column():
    assert grid(table(("a",), [("x",)])).rows == (Row(("x",)),)


def test_groups_of_rows():
    made = grid(table(("", "a"), [("x", "1"), ("T",), ("y", "2"), ("z", "3"), ("U",)]))
    told = [(title and title.cells[0], [row.cells[0] for row in rows]) for title, rows in made.groups()]
    assert told == [(None, ["x"]), ("T", ["y", "z"]), ("U", [])]


def test_facts_are_pairs():
    assert pairs(Facts((("a", "b"),))).rows == (Row(("a", "b")),)


def test_a_narrow_table_is_no_wider_than_its_words():
    (part,) = fitted(grid(table(("", "n"), [("Russia", "1")])))
    assert part.size == SIZES[0]
    assert sum(part.widths) < ROOM / 3


def test_a_table_of_sentences_fills_the_page():
    (part,) = fitted(grid(table(("name", "says"), [("Russia", "word " * 60)], left=(0, 1))))
    assert sum(part.widths) == pytest.approx(ROOM, abs=0.1)
    assert part.widths[1] > 5 * part.widths[0]


def test_the_column_that_holds_most_gets_most_room():
    wish, long = "usa.secondary_tariffs iff not ceasefire", "word " * 20
    rows = [(f"usa {k}", wish if k == 3 else "ceasefire", "derived from wynia2025", long) for k in range(8)]
    (part,) = fitted(grid(table(("wish", "in the file", "grounds", "note"), rows, left=(0, 1, 2, 3))))
    name, formula, grounds, note = part.widths
    assert sum(part.widths) == pytest.approx(ROOM, abs=0.1)
    assert note > 0.4 * ROOM > grounds + name > name
    assert formula < 0.3 * ROOM


def test_a_name_takes_two_lines_beside_a_long_text():
    (part,) = fitted(pairs(Facts((("What of it is not known", "word " * 80), ("Who", "word " * 80)))))
    assert part.widths[0] > width("What of it is", part.size, bold=True)


def test_a_table_that_is_too_wide_is_parted_and_says_everything_once():
    whole = grid(WIDE.blocks[0])
    parts = list(fitted(whole))
    assert len(parts) > 1
    assert {part.size for part in parts} == {SIZES[-1]}
    assert all(sum(part.widths) <= ROOM + 0.1 for part in parts)
    assert all(part.grid.rows[0].cells[0] == "row" for part in parts)
    assert [cell for part in parts for cell in part.grid.header[1:]] == list(whole.header[1:])
    assert max(part.grid.columns for part in parts) - min(part.grid.columns for part in parts) <= 5


def test_a_parted_table_has_its_caption_once_and_its_titles_always():
    rows = [("Title",), ("row", *map(str, range(60)))]
    parts = list(fitted(grid(table(("", *map(str, range(60))), rows, caption="About"))))
    assert [part.grid.caption for part in parts] == ["About", *[""] * (len(parts) - 1)]
    assert all(part.grid.rows[0] == Row(("Title",), title=True) for part in parts)


def test_a_smaller_type_before_parts():
    header = ("", *(f"outcome_{k}" for k in range(7)))
    sizes = {columns: {part.size for part in fitted(grid(Table(header[:columns], ())))} for columns in (4, 8)}
    assert sizes[4] == {SIZES[0]}
    assert sizes[8] < {*SIZES[1:]}


def test_a_table_that_cannot_fit_is_set_all_the_same():
    parts = list(fitted(grid(table(("x" * 500, "y" * 500), [("z" * 500, "1")])), room=50))
    assert all(sum(part.widths) <= 50.1 for part in parts)
