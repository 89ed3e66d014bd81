"""PDF: what it says can be found again, and its parts by whoever cannot see it."""

import io
import re
import warnings
from collections import Counter

import pytest

pytest.importorskip("typst", reason='needs the extra "report"')

import pypdf

from bestand.document import typesetting
from bestand.document.blocks import Bullets, Callout, Figure, Heading, Paragraph, Table, table
from bestand.document.formats import written
from bestand.document.paper import Paper
from bestand.document.ready import clean
from bestand.model.errors import BestandError
from tests.document.samples import CONTROL, FROM_RIGHT, HARMFUL, LONG, TALL, USUAL, WIDE, picture, saying, squeezed

NO_FONT_HAS = "\u0378"  # a place in Unicode that holds no letter


def read(paper):
    return pypdf.PdfReader(io.BytesIO(written(paper, "pdf")))


def paper(*blocks, title="T"):
    return Paper(title, "", "en", blocks)


def text(pdf):
    return "\n".join(page.extract_text() for page in pdf.pages)


def structure(node):
    """All elements of the structure, from top to bottom."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from structure(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from structure(node["/K"])


def kinds(pdf):
    return Counter(node["/S"] for node in structure(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]))


@pytest.fixture(scope="module")
def usual():
    return read(USUAL)


@pytest.fixture(scope="module")
def tall():
    """The words of each page of a long table."""
    return [page.extract_text() for page in read(TALL).pages]


def test_it_is_tagged_and_says_so(usual):
    root = usual.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_says_what_it_is_and_no_date(usual):
    assert (usual.metadata.title, usual.metadata.subject) == ("A dam", "Does the plan hold?")
    assert (usual.metadata.creation_date, usual.metadata.modification_date) == (None, None)
    assert "Date>" not in usual.trailer["/Root"]["/Metadata"].get_data().decode()


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_its_language(lang):
    assert read(Paper("T", "", lang, ())).trailer["/Root"]["/Lang"] == lang


def test_its_parts_are_what_they_are(usual):
    found = kinds(usual)
    assert (found["/Title"], found["/H1"], found["/H2"], found["/H3"]) == (1, 2, 1, 0)
    assert (found["/L"], found["/LI"]) == (2, 4)
    assert (found["/Table"], found["/Caption"], found["/TH"]) == (3, 2, 5)
    assert found["/Figure"] == 1


def test_a_picture_has_its_words_and_stays_drawn(usual):
    (figure,) = [node for node in structure(usual.trailer["/Root"]["/StructTreeRoot"]["/K"]) if node["/S"] == "/Figure"]
    assert figure["/Alt"] == "Two bars: the first is the longer one."
    images = [each for page in usual.pages for each in page["/Resources"].get("/XObject", {}).values()]
    assert not [each for each in images if each["/Subtype"] == "/Image"]


def test_bookmarks_are_the_headings(usual):
    def titles(outline):
        return [titles(each) if isinstance(each, list) else each.title for each in outline]

    assert titles(usual.outline) == ["What holds", ["Why"], "The states"]


def test_everything_is_said(usual):
    said = squeezed(text(usual))
    for words in (
        "A dam",
        "Does the plan hold?",
        "Upstream would end it.",
        "Parties Upstream, Downstream",
        "Further in.",
        "1. first step",
        "deal: does not hold",
        "stop_fire N Y Y",
        "How many states each ranks lower",
        "! Warning One reading changes this.",
    ):
        assert squeezed(words) in said


@pytest.mark.parametrize("words", [*HARMFUL.values(), *CONTROL.values()], ids=[*HARMFUL, *CONTROL])
def test_words_are_words(words):
    said = squeezed(text(read(saying(words))))
    assert said.count(squeezed(clean(words))) >= 20


@pytest.mark.parametrize("words", FROM_RIGHT.values(), ids=FROM_RIGHT)
def test_words_from_right_to_left(words):
    said = text(read(saying(words)))
    if "□" in said:
        pytest.skip("no font on this computer has these letters")
    for word in words.removesuffix(" (1)").split():
        assert said.count(word) + said.count(word[::-1]) >= 20


def test_a_long_word_is_broken_and_whole_again_when_copied():
    said = text(read(paper(Paragraph(LONG), table((LONG, "b"), [(LONG, "1")]))))
    assert "x" * 150 not in said
    assert said.count("x") == 3 * len(LONG)


def test_long_words_everywhere_take_some_pages():
    assert len(read(saying(LONG)).pages) < 60


def test_an_address_is_broken_after_a_sign_and_copied_whole():
    address = "https://www.example.org/2025/04/26/a-very-long-address/of-an-article/in-a-newspaper.html?page=2"
    said = text(read(paper(*(Paragraph(f"{'word ' * k}{address}") for k in range(16)))))
    assert squeezed(said).count(address) == 16
    parts = [line.split()[-1] for line in said.splitlines() if line.strip()]
    broken = [part for part in parts if address.startswith(part) and part != address]
    assert len(broken) > 5
    assert all(part[-1] in "/-.?=" for part in broken)


# ---- letters that no font has ----


def test_letters_without_a_font_are_shown_as_boxes_and_the_report_says_so():
    made = read(paper(Paragraph(f"a{NO_FONT_HAS}b"), Heading(f"c{NO_FONT_HAS}"), title=f"T{NO_FONT_HAS}"))
    said = text(made)
    assert "a□b" in said
    assert "no font on the computer that made this file has them" in " ".join(said.split())
    assert made.metadata.title == "T□"
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_mark_without_a_font_leaves_the_letters_below_it_alone():
    said = text(read(paper(Paragraph("e\u1ac9 these letters"))))
    assert "e□ these letters" in said


def test_a_report_with_all_its_letters_says_nothing_of_fonts(usual):
    assert "font" not in text(usual)


def test_letters_without_a_font_do_no_harm_in_a_picture():
    assert len(read(paper(Figure(picture(words=f"大{NO_FONT_HAS}"), "a"))).pages) == 1


# ---- pages ----


def test_every_page_has_its_number_and_the_title(tall):
    assert len(tall) > 20
    assert all(f"{k} / {len(tall)}" in page for k, page in enumerate(tall, 1))
    assert all(page.startswith("Tall") for page in tall)


def head_of(title):
    """How high the first word above the second page stands."""
    found = []
    page = read(paper(Paragraph("word " * 1500), title=title)).pages[1]
    page.extract_text(visitor_text=lambda words, cm, tm, *_: words.strip() and found.append((words, cm[5] + tm[5])))
    words, height = found[0]
    assert words.startswith("Title")
    return height


def test_a_long_title_stands_above_a_page_where_a_short_one_does():
    assert head_of("Title " * 60) == pytest.approx(head_of("Title"))


def test_the_headings_of_a_long_table_stand_on_every_page(tall):
    assert all("name alpha beta" in " ".join(page.split()) for page in tall)


def test_a_long_table_is_whole_and_in_order(tall):
    rows = [line.split()[1] for page in tall for line in page.splitlines() if line.startswith("row ")]
    assert rows == [str(k) for k in range(2000)]


def test_a_table_of_many_columns_stays_on_the_page():
    made = read(WIDE)
    assert {f"col{k}" for k in range(60)} <= set(text(made).split())
    places = []
    for page in made.pages:
        page.extract_text(visitor_text=lambda words, cm, *_: words.strip() and places.append(cm[4]))
    assert 60 < min(places) < max(places) < 530


def test_no_heading_and_no_caption_is_left_alone_at_the_foot_of_a_page():
    blocks = []
    for k in range(60):
        blocks += [Heading(f"Heading {k}", level=1 + k % 2), Paragraph("word " * (40 + 17 * (k % 7)))]
        blocks += [Heading(f"Heading {k}b"), table(("", "n"), [("T",), ("x", "1"), ("y", "2")], caption=f"Caption {k}")]
    for page in read(paper(*blocks)).pages:
        *_, last, number = page.extract_text().splitlines()
        assert "/" in number
        assert ". . ." in last or not last.startswith(("Heading", "Caption", "n", "T"))


def test_a_row_is_not_parted_from_the_title_above_it():
    rows = [row for k in range(80) for row in ((f"Title {k}",), (f"row {k}", "1"), (f"row {k}b", "2"))]
    for page in read(paper(table(("", "n"), rows))).pages:
        *_, last, _number = page.extract_text().splitlines()
        assert last.startswith("row")


def test_a_table_begins_with_three_rows_or_more():
    blocks = []
    for k in range(40):
        blocks += [Paragraph("word " * (9 * k)), table((f"Header {k}", "n"), [(f"row {k}", "1")] * (3 + k % 30))]
    for page in read(paper(*blocks)).pages:
        lines = page.extract_text().splitlines()
        begun = [n for n, line in enumerate(lines) if line.startswith("Header")]
        assert all(line.startswith("row") for n in begun for line in lines[n + 1 : n + 4] if len(lines) > n + 5)
        assert all(len(lines) - n > 4 for n in begun)


def test_a_short_table_and_a_short_list_are_on_one_page():
    blocks = []
    for k in range(40):
        blocks += [Paragraph("word " * (9 * k)), table(("", "n"), [(f"row {k}", "1")] * 7)]
        blocks += [Paragraph("word " * (7 * k)), Bullets((f"item {k}",) * 6)]
    for page in read(paper(*blocks)).pages:
        lines = Counter(page.extract_text().splitlines())
        assert {count for line, count in lines.items() if line.startswith("row")} <= {7}
        assert {count for line, count in lines.items() if "item" in line} <= {6}


def test_pictures_stay_in_their_chapter_and_keep_their_order():
    tall = picture().replace('width="200" height="100"', 'width="720" height="900"')
    blocks = []
    for k in range(6):
        blocks += [Heading(f"Chapter {k} begins"), Paragraph("word " * (60 * k))]
        blocks += [Figure(tall, "a", f"Caption {k}.", f"Title {k}."), Paragraph("word " * 150), Paragraph(f"End {k}.")]
    pages = [page.extract_text() for page in read(paper(*blocks)).pages]
    starts = [next(n for n, page in enumerate(pages) if f"Chapter {k} begins\n" in page) for k in range(1, 6)]
    titles = [next(n for n, page in enumerate(pages) if f"Title {k}." in page) for k in range(6)]
    assert all(before <= start for before, start in zip(titles, starts, strict=False))
    assert all(start <= after for start, after in zip(starts, titles[1:], strict=False))
    assert all(f"Caption {k}." in pages[n] for k, n in enumerate(titles))


def test_what_leads_to_a_picture_that_floats_stands_with_the_words_before_it():
    tall = picture().replace('width="200" height="100"', 'width="720" height="900"')
    blocks = (Heading("One"), Paragraph("Before."), Paragraph("Leads."), Figure(tall, "a"), Figure(tall, "b"))
    first, *_ = read(paper(*blocks, Heading("Two"))).pages
    assert "Before." in first.extract_text()
    assert "Leads." in first.extract_text()


def test_no_page_is_left_nearly_empty_for_a_tall_picture():
    tall = picture().replace('width="200" height="100"', 'width="720" height="800"')
    blocks = [
        block for k in range(9) for block in (Figure(tall, "a", "", "Title"), Paragraph("word " * (150 + 40 * k)))
    ]
    *pages, _last = read(paper(*blocks)).pages
    said = [page.extract_text() for page in pages]
    assert all("Title" in page or page.count("word") > 250 for page in said)


# ---- contents ----


def chapters(count):
    return paper(*(block for k in range(count) for block in (Heading(f"Chapter {k}"), Paragraph("word " * 400))))


def test_the_contents_stand_after_the_first_chapter_and_say_the_pages():
    made = read(chapters(5))
    assert made.pages[0].extract_text().index("word") < made.pages[0].extract_text().index("Contents")
    listed = text(made).split("Contents")[1].splitlines()[1:6]
    for k, line in enumerate(listed):
        words, number = re.split(r"[ .]{5,}", line)
        assert words == f"Chapter {k}"
        assert f"Chapter {k}\n" in made.pages[int(number) - 1].extract_text()


def test_the_contents_are_tagged_as_contents():
    found = kinds(read(chapters(5)))
    assert (found["/TOC"], found["/TOCI"]) == (1, 5)
    assert found["/Link"] == 5


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_chapters_are_not_listed(count):
    assert not kinds(read(chapters(count)))["/TOC"]


# ---- parts that stay together ----


def test_a_box_is_on_one_page():
    blocks = [block for k in range(60) for block in (Paragraph("word " * (9 * k)), Callout((f"Box {k}.",), "warning"))]
    for page in read(paper(*blocks)).pages:
        said = page.extract_text()
        assert said.count("! Warning") == said.count("Box")


def test_a_heading_that_fills_pages_is_not_repeated():
    made = read(paper(table((LONG, LONG), [(LONG,), *[("x", "1")] * 200])))
    assert text(made).count("x") == 3 * len(LONG) + 200


def test_nothing_is_warned_of():
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        written(USUAL, "pdf")
    assert not found


@pytest.mark.parametrize("length", [200, 1400, 1600, 9000])
def test_a_picture_with_much_to_say_of_it_stands(length):
    much = "word " * (length // 5)
    found = read(paper(Paragraph("Before."), Figure(picture(), "a", much, "Title"), Paragraph("After.")))
    said = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    assert said.count("word") == length // 5
    assert "After." in said


def test_a_picture_that_would_float_into_a_long_caption_stays_where_it_is():
    long = Table(("a",), (("b",),), caption="W" * 3000)
    found = read(paper(long, Figure(picture(), "a", "Below", "Above"), Paragraph("After.")))
    said = " ".join(page.extract_text() for page in found.pages)
    assert said.index("Above") < said.index("Below") < said.index("After.")


@pytest.mark.parametrize(
    "rows",
    [
        (("A",), ("B",), ("  r", "Y")),
        (("A",), ("  r", "Y"), ("B",), ("C",)),
        (("A",),),
        (("A",), ("B",)),
    ],
)
def test_a_title_in_a_table_needs_no_rows(rows):
    (page,) = read(paper(Table(("", "#1"), rows))).pages
    assert [word for row in rows for word in row if word.strip() not in page.extract_text()] == []


def test_a_panic_of_typst_is_an_error_of_ours(monkeypatch):
    class PanicException(BaseException):
        pass

    class Compiler:
        def compile(self, *_args, **_kwargs):
            raise PanicException("out of range")

    monkeypatch.setattr(typesetting, "_compiler", Compiler)
    with pytest.raises(BestandError, match="typst broke off: out of range"):
        written(paper(Paragraph("x")), "pdf")
