"""DOCX, as python-docx reads it, and LibreOffice where it is installed."""

import io
import shutil
import subprocess
import zipfile

import pytest

pytest.importorskip("docx", reason='needs the extra "report"')
pytest.importorskip("typst", reason='needs the extra "report"')

import docx
import pypdf
from docx.oxml.ns import qn

from bestand.document.blocks import Bullets, Figure, Heading, Paragraph, table
from bestand.document.formats import written
from bestand.document.paper import Paper
from bestand.document.ready import clean
from tests.document.samples import CONTROL, FROM_RIGHT, HARMFUL, LONG, TALL, USUAL, WIDE, picture, saying, squeezed

WORDS = {**HARMFUL, **FROM_RIGHT, **CONTROL, "long": LONG}


def read(paper):
    return docx.Document(io.BytesIO(written(paper, "docx")))


def paper(*blocks):
    return Paper("T", "", "en", blocks)


@pytest.fixture(scope="module")
def usual():
    return read(USUAL)


def told(made):
    return [(each.style.name, each.text) for each in made.paragraphs if each.text]


def test_paragraphs_have_the_styles_of_what_they_are(usual):
    assert told(usual) == [
        ("Title", "A dam"),
        ("Subtitle", "Does the plan hold?"),
        ("Answer", "The plan does not hold."),
        ("Answer", "Upstream would end it."),
        ("Heading 1", "What holds"),
        ("Normal", "Upstream keeps the water."),
        ("Normal", "Further in."),
        ("Heading 2", "Why"),
        ("List Bullet", "one thing"),
        ("List Bullet", "another thing"),
        ("List Number", "first step"),
        ("List Number", "second step"),
        ("Line", "deal: does not hold"),
        ("Line", "flood: holds"),
        ("Heading 1", "The states"),
        ("Caption", "Two equilibria"),
        ("Caption", "Places in an order"),
        ("Caption", "How many states each ranks lower"),
        ("Warning", "Warning"),
        ("Warning", "One reading changes this."),
        ("Normal", "Not looked at."),
    ]


def test_tables_hold_what_they_say(usual):
    facts, options, names = usual.tables
    assert [[cell.text for cell in row.cells] for row in facts.rows] == [
        ["Parties", "Upstream, Downstream"],
        ["States", "49,152"],
    ]
    assert [[cell.text for cell in row.cells] for row in options.rows] == [
        ["", "today", "#1", "#2"],
        ["reached", "", "yes", "no"],
        ["Russia"] * 4,
        ["stop_fire", "N", "Y", "Y"],
        ["provinces", "Y", "Y", "N"],
    ]
    assert names.rows[0].cells[1].text == "keeps the water"
    assert {each.style.name for each in usual.tables} == {"Report Table"}


def rows_with(made, mark):
    return [[row._tr.find(f"{qn('w:trPr')}/{qn(mark)}") is not None for row in each.rows] for each in made.tables]


def test_headings_of_tables_are_repeated_and_rows_not_parted(usual):
    assert rows_with(usual, "w:tblHeader") == [[False] * 2, [True, *[False] * 4], [False] * 2]
    assert all(all(rows) for rows in rows_with(usual, "w:cantSplit"))


def kept(table):
    """Of each row, whether it stays with the next."""
    return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]


def test_titles_stay_with_the_rows_below_them():
    rows = [("x", "1")] * 3 + [("T",)] + [("x", "1")] * 3
    (made,) = read(paper(table(("", "n"), rows))).tables
    assert kept(made) == [True, True, True, False, True, False, True, False]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 9])
def test_no_row_of_a_table_is_left_alone_on_a_page(count):
    (made,) = read(paper(table(("", "n"), [("x", "1")] * count))).tables
    last = count - 1
    assert kept(made) == [True, *(k < last and (k < 2 or k == last - 1) for k in range(count))]


def test_numbers_are_set_to_the_right_and_indents_are_indents(usual):
    row = usual.tables[1].rows[3].cells
    assert [str(cell.paragraphs[0].alignment) for cell in row[:2]] == ["None", "RIGHT (2)"]
    assert row[0].paragraphs[0].paragraph_format.left_indent.pt == 10


def test_a_picture_has_its_words(usual):
    (shape,) = usual.inline_shapes
    assert shape._inline.docPr.get("descr") == "Two bars: the first is the longer one."
    assert (shape.width.pt, shape.height.pt) == (150, 75)


def test_a_picture_is_no_wider_and_no_higher_than_the_page():
    wide = picture().replace('width="200" height="100"', 'width="2000" height="1000"', 1)
    high = picture().replace('width="200" height="100"', 'width="500" height="5000"', 1)
    made = read(paper(Figure(wide, "a"), Figure(high, "b")))
    first, second = made.inline_shapes
    assert first.width.pt == pytest.approx(465, abs=1)
    assert second.height.pt == pytest.approx(620, abs=1)
    assert first.width / first.height == pytest.approx(2, rel=0.01)


def test_what_the_file_says_of_itself(usual):
    about = usual.core_properties
    assert (about.title, about.subject, about.language) == ("A dam", "Does the plan hold?", "en")
    assert (about.author, about.comments, about.last_modified_by) == ("", "", "")
    assert (about.created, about.modified) == (None, None)


@pytest.mark.parametrize(("lang", "tag"), [("en", "en-GB"), ("nl", "nl-NL")])
def test_the_styles_have_a_language(lang, tag):
    styles = read(Paper("T", "", lang, ())).styles.element
    assert {each.get(qn("w:val")) for each in styles.iter(qn("w:lang"))} == {tag}


def test_nothing_in_the_file_has_a_date():
    with zipfile.ZipFile(io.BytesIO(written(USUAL, "docx"))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
        assert archive.testzip() is None


def test_pages_are_numbered(usual):
    footer = usual.sections[0].footer._element
    assert [each.get(qn("w:instr")) for each in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_each_numbered_list_begins_at_one():
    made = read(paper(Bullets(("a", "b"), ordered=True), Bullets(("c",), ordered=True)))
    numbers = [each._p.pPr.numPr.numId.val for each in made.paragraphs if each.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    known = made.part.numbering_part.element
    for number in set(numbers):
        (restart,) = known.num_having_numId(number).iter(qn("w:startOverride"))
        assert restart.get(qn("w:val")) == "1"


def test_headings_of_every_level():
    made = read(paper(*(Heading("x", level=level) for level in range(1, 8))))
    assert [style for style, _ in told(made)[1:]] == [f"Heading {k}" for k in (1, 2, 3, 4, 5, 5, 5)]


def test_every_style_that_is_used_is_there():
    made = read(USUAL)
    known = {each.get(qn("w:styleId")) for each in made.styles.element.iter(qn("w:style"))}
    used = {each.get(qn("w:val")) for each in made.element.iter(qn("w:pStyle"), qn("w:tblStyle"))}
    assert used <= known
    assert len(made.styles.element.findall(qn("w:style"))) == len(known)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_words_are_words(words):
    made, said = read(saying(words)), clean(words)
    found = [text for _style, text in told(made)]
    assert found.count(said) == 12
    assert found.count(said * 2) == 1
    cells = [cell.text for each in made.tables for row in each.rows for cell in row.cells]
    assert cells.count(said) == 2 + 3 + 3 + 3 + 2
    assert made.inline_shapes[0]._inline.docPr.get("descr") == said


def test_words_from_right_to_left_say_so():
    (title,) = [each for each in read(paper(Paragraph(FROM_RIGHT["hebrew"]))).paragraphs if "(" in each.text]
    assert title._p.pPr.find(qn("w:bidi")) is not None
    assert title.runs[0].font.rtl


def test_a_table_of_many_columns_is_parted():
    made = read(WIDE)
    assert len(made.tables) > 3
    found = [cell.text for each in made.tables for cell in each.rows[0].cells[1:]]
    assert found == [f"col{k}" for k in range(60)]


def test_tables_do_not_touch():
    made = read(paper(table(("a",), [("x",)]), table(("b",), [("y",)])))
    kinds = [each.tag.split("}")[1] for each in made.element.body]
    assert kinds == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_a_long_table_is_whole():
    assert len(read(TALL).tables[0]._tbl.tr_lst) == 2001


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
def test_libreoffice_opens_it(tmp_path):
    (tmp_path / "a.docx").write_bytes(written(USUAL, "docx"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    call = [SOFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    done = subprocess.run(call, capture_output=True, timeout=120, text=True)
    assert (tmp_path / "a.pdf").exists(), f"{done.returncode}: {done.stdout} {done.stderr}"
    said = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "a.pdf").pages))
    for _style, words in told(read(USUAL)):
        assert squeezed(words) in said
    assert "stop_fireNYY" in said
    assert "1/1" in said or "1/2" in said
