"""GitHub Markdown, as a reader of it understands it."""

import pytest

from bestand.document.blocks import Callout, Figure, Line, Paragraph, table
from bestand.document.formats import written
from bestand.document.paper import Paper
from bestand.document.ready import clean
from tests.document.samples import CONTROL, FROM_RIGHT, HARMFUL, LONG, USUAL, every_kind, picture, saying

MarkdownIt = pytest.importorskip("markdown_it", reason="needs markdown-it-py, which comes with rich").MarkdownIt
PLAIN = {"text", "strong_open", "strong_close", "text_special"}
WORDS = {**HARMFUL, **FROM_RIGHT, **CONTROL, "long": LONG}


def read(paper):
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written(paper, "md").decode())


def words(token):
    return "".join(child.content for child in token.children)


def told(paper):
    return [words(token) for token in read(paper) if token.type == "inline"]


def text(*blocks):
    return written(Paper("T", "", "en", blocks), "md").decode().removeprefix("# T\n\n")


def test_a_usual_paper():
    assert written(USUAL, "md").decode() == (
        "# A dam\n\nDoes the plan hold?\n\n> The plan does not hold.\n>\n> Upstream would end it.\n\n"
        "- **Parties:** Upstream, Downstream\n- **States:** 49,152\n\n## What holds\n\nUpstream keeps the water.\n\n"
        "Further in.\n\n### Why\n\n- one thing\n- another thing\n\n1. first step\n2. second step\n\n"
        "deal: **does not hold**\n\nflood: holds\n\n## The states\n\n**Two equilibria**\n\n"
        "|  | today | \\#1 | \\#2 |\n| --- | ---: | ---: | ---: |\n| reached |  | yes | no |\n| **Russia** |  |  |  |\n"
        "| &nbsp;&nbsp;stop_fire | N | Y | Y |\n| &nbsp;&nbsp;provinces | Y | Y | N |\n\n"
        "|  |  |\n| --- | --- |\n| up.keep | keeps the water |\n| up.threat | threatens |\n\n"
        "> **Picture: Places in an order.** Two bars: the first is the longer one.\n"
        ">\n> How many states each ranks lower\n\n"
        "> **Warning**\n>\n> One reading changes this.\n\nNot looked at.\n"
    )


@pytest.mark.parametrize("name", WORDS)
def test_words_are_words(name):
    paper, said = saying(WORDS[name]), clean(WORDS[name]).strip()
    found = told(paper)
    assert found.count(said) >= 12
    kinds = {child.type for token in read(paper) if token.type == "inline" for child in token.children}
    assert kinds <= PLAIN


@pytest.mark.parametrize("name", WORDS)
def test_words_make_no_parts(name):
    kinds = [token.type for token in read(saying(WORDS[name]))]
    assert kinds == [token.type for token in read(saying("plain"))]


@pytest.mark.parametrize(
    "words", ["- x", "+ x", "1. x", "12) x", "# x", "> x", "=", "---", "***", "___", "    x", "```"]
)
def test_a_paragraph_stays_one(words):
    kinds = [token.type for token in read(Paper("T", "", "en", (Paragraph("a"), Paragraph(words))))][3:]
    assert kinds == ["paragraph_open", "inline", "paragraph_close"] * 2


def test_names_can_be_read_as_they_are():
    assert text(Paragraph("walk_away is 3.5 (of 10), or so!")) == "walk_away is 3.5 (of 10), or so\\!\n"


def test_a_row_of_a_table_has_as_many_cells():
    rows = text(table(("", "a|b"), [("x|y", "1"), ("T",), ("z",), ("w", "2")])).splitlines()
    assert [row.replace("\\|", "").count("|") for row in rows] == [3] * 6


def test_bold_words_with_spaces_around_them():
    assert text(Line(((" a ", ("bold",)), ("b", ())))) == " **a** b\n".lstrip()
    assert text(Line((("a", ()), (" ", ("bold",)), ("b", ())))) == "a b\n"


def test_a_picture_is_what_it_shows():
    assert text(Figure(picture(), "Two bars.")) == "> **Picture:** Two bars.\n"


def test_a_box_of_several_paragraphs_is_one():
    kinds = [token.type for token in read(Paper("T", "", "en", (Callout(("a", "b"), "warning"),)))]
    assert kinds.count("blockquote_open") == 1
    assert kinds.count("paragraph_open") == 3


def test_every_kind_of_part_is_told():
    assert len(told(Paper("T", "", "en", every_kind("word")))) > 15
