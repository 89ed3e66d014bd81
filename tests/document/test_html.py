"""HTML: well-formed, one file, nothing to fetch, and readable without seeing it."""

import re
from html.parser import HTMLParser

import pytest

from bestand.document.blocks import Figure, Heading, Paragraph, table
from bestand.document.formats import written
from bestand.document.html import fragment
from bestand.document.paper import Paper
from bestand.document.ready import clean
from bestand.prose.messages import speaking
from tests.document.samples import CONTROL, FROM_RIGHT, HARMFUL, LONG, TALL, USUAL, WIDE, every_kind, picture, saying

VOID = {"meta", "br", "hr", "img", "link", "input", "rect", "path", "circle", "line"}
WORDS = {**HARMFUL, **FROM_RIGHT, **CONTROL, "long": LONG}


class Tree(HTMLParser):
    """What stands in a page: its elements with their attributes and their words, each closed in its place."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [], []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        assert len(attrs) == len(dict(attrs))
        element = {"tag": tag, "words": "", "inside": [each["tag"] for each in self.open], **dict(attrs)}
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data):
        for element in self.open:
            element["words"] += data

    def all(self, *tags):
        return [each for each in self.found if each["tag"] in tags and "svg" not in each["inside"]]

    def words(self, *tags):
        return [each["words"] for each in self.all(*tags)]


def read(paper):
    return Tree(written(paper, "html").decode())


@pytest.fixture(scope="module")
def usual():
    return read(USUAL)


def test_the_page_says_what_it_is(usual):
    assert usual.all("html")[0]["lang"] == "en"
    assert usual.words("title") == ["A dam"]
    assert usual.words("h1") == ["A dam"]
    assert [len(usual.all(tag)) for tag in ("header", "nav", "main", "h1")] == [1, 1, 1, 1]


def test_the_page_speaks_the_language_of_the_paper():
    made = read(Paper("Een dam", "", "nl", (Heading("Een"), Heading("Twee"))))
    assert made.all("html")[0]["lang"] == "nl"
    assert made.all("nav")[0]["aria-label"] == "Inhoud"


@pytest.mark.parametrize("paper", [USUAL, WIDE, *map(saying, WORDS.values())])
def test_nothing_is_fetched_and_nothing_runs(paper):
    made = read(paper)
    assert not made.all("script", "link", "iframe", "img", "object", "embed", "base")
    assert not [key for each in made.found for key in each if key.startswith("on") or key in ("src", "srcset", "style")]
    assert all(each["href"].startswith("#") for each in made.found if "href" in each)
    assert not re.search(r"@import|url\(", "".join(made.words("style")))


@pytest.mark.parametrize("paper", [USUAL, *map(saying, WORDS.values())])
def test_every_id_is_there_once_and_every_link_leads_to_one(paper):
    made = read(paper)
    ids = [each["id"] for each in made.found if "id" in each]
    assert len(ids) == len(set(ids))
    assert {each["href"][1:] for each in made.all("a")} <= set(ids)


def test_the_contents_are_the_parts(usual):
    links = [each for each in usual.all("a") if "nav" in each["inside"]]
    assert [(each["href"], each["words"]) for each in links] == [("#part-1", "What holds"), ("#part-2", "The states")]
    assert [each["id"] for each in usual.all("h2")] == ["part-1", "part-2"]
    assert usual.all("a")[0]["href"] == f"#{usual.all('main')[0]['id']}"


def test_one_part_needs_no_contents():
    assert not read(Paper("x", "", "en", (Heading("One"),))).all("nav")


def test_headings_follow_one_another():
    made = read(Paper("x", "", "en", tuple(Heading("x", level=level) for level in (1, 2, 3, 9, 9, 9, 1))))
    assert [each["tag"] for each in made.all("h1", "h2", "h3", "h4", "h5", "h6")] == (
        ["h1", "h2", "h3", "h4", "h5", "h6", "h6", "h2"]
    )


def test_a_table_tells_what_belongs_to_what(usual):
    assert usual.words("caption") == ["Two equilibria"]
    heads = [(each["scope"], each["words"]) for each in usual.all("th")]
    assert heads == [
        ("col", "today"),
        ("col", "#1"),
        ("col", "#2"),
        ("row", "reached"),
        ("rowgroup", "Russia"),
        ("row", "stop_fire"),
        ("row", "provinces"),
        ("row", "up.keep"),
        ("row", "up.threat"),
    ]
    assert [each["colspan"] for each in usual.all("th") if each["scope"] == "rowgroup"] == ["4"]
    assert [each["class"] for each in usual.all("th") if each["words"] == "stop_fire"] == ["in1"]


def test_a_table_can_be_moved_by_the_keyboard_and_has_a_name(usual):
    boxes = [each for each in usual.found if each.get("class") == "scroll"]
    assert [(each["role"], each["tabindex"], each["aria-label"]) for each in boxes] == [
        ("region", "0", "Table 1: Two equilibria"),
        ("region", "0", "Table 2"),
    ]


def test_a_table_without_headings_has_no_row_of_them(usual):
    assert len(usual.all("thead")) == 1
    assert len(usual.all("table")) == 2


def test_every_row_has_as_many_cells():
    made = read(Paper("x", "", "en", (table(("", "a", "b"), [("x", "1"), ("T",), ("y", "1", "2")]),)))
    assert len(made.all("td", "th")) == 3 + 3 + 1 + 3


def test_pictures_go_in_as_they_are_with_their_words(usual):
    page = written(USUAL, "html").decode()
    assert picture() in page
    assert usual.words("figcaption") == ["How many states each ranks lower"]
    assert usual.words("summary") == ["What the picture shows"]
    assert "Two bars: the first is the longer one." in usual.words("details")[0]


def test_a_picture_may_stand_as_a_document():
    svg = f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg>\n{picture()}'
    page = written(Paper("x", "", "en", (Figure(svg, "a"),)), "html").decode()
    assert picture() in page
    assert "<?xml" not in page
    assert page.count("<!DOCTYPE") == 1


def test_a_warning_says_so_in_words(usual):
    boxes = [each for each in usual.found if each.get("role") == "note"]
    assert [each["class"] for each in boxes] == ["callout answer", "callout warning"]
    assert boxes[1]["words"].split("\n")[1] == "Warning"


def test_styles_and_lists(usual):
    assert [each["class"] for each in usual.all("span")] == ["red bold", "green"]
    assert [each["class"] for each in usual.all("p") if each["words"] == "Not looked at."] == ["dim"]
    assert [each["class"] for each in usual.all("p") if each["words"] == "Further in."] == ["in1"]
    assert usual.words("li")[2:] == ["one thing", "another thing", "first step", "second step"]
    assert (usual.words("dt"), usual.words("dd")) == (["Parties", "States"], ["Upstream, Downstream", "49,152"])


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_words_are_words(words):
    made, told = read(saying(words)), clean(words)
    for tag, times in {"title": 1, "h1": 1, "h2": 1, "span": 1, "li": 3, "dt": 1, "dd": 1, "figcaption": 1}.items():
        assert made.words(tag) == [told] * times
    assert made.words("caption") == [told]
    assert made.words("th", "td").count(told) >= 7
    direction = "rtl" if words in FROM_RIGHT.values() else None
    assert [each.get("dir") for each in made.all("h2", "li", "dt", "dd", "caption")] == [direction] * 7


def test_every_place_for_words_from_the_right_says_so():
    words = FROM_RIGHT["hebrew"]
    told = read(saying(words)).all("h1", "h2", "p", "li", "dt", "dd", "caption", "figcaption")
    places = [each for each in told if each["words"] in (words, 2 * words)]
    assert len(places) >= 15
    assert {each.get("dir") for each in places} == {"rtl"}


@pytest.mark.parametrize("name", FROM_RIGHT.values(), ids=FROM_RIGHT)
def test_a_sentence_that_begins_with_a_name_from_the_right_is_read_from_the_left(name):
    words = f"{name} has a reason to leave the plan."
    for made in (read(saying(words)), Tree(fragment(every_kind(words)))):
        assert any(words in each["words"] for each in made.found)
        assert not [each for each in made.found if "dir" in each]


def test_a_long_table_is_one_table():
    assert len(read(TALL).all("tr")) == 2001


def test_it_is_small():
    assert len(written(Paper("x", "", "en", ()), "html")) < 10_000


# ---- light and dark, screen and paper ----


def luminance(colour):
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def mixed(share, colour, other):
    pairs = [(int(colour[k : k + 2], 16), int(other[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{round(share * one + (1 - share) * two):02x}" for one, two in pairs)


def test_words_stand_out_from_their_ground_in_light_and_dark():
    style = "".join(read(USUAL).words("style"))
    in_dark = r"@media screen and \(prefers-color-scheme: dark\) \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}"
    light, dark = re.sub(in_dark, "", style), "".join(re.findall(in_dark, style))
    mixes = re.findall(r"[ ;{]color: color-mix\(in srgb, (#\w{6}) (\d+)%, currentColor\)", style)
    assert len(mixes) == 3
    for rules, ink, ground in ((light, "#1a1c20", "#ffffff"), (dark, "#e4e6ea", "#14171c")):
        colours = re.findall(r"[ ;{]color: (#\w{6})", rules)
        assert ink in colours
        told = [*colours, mixed(0.72, ink, ground), *(mixed(int(part) / 100, colour, ink) for colour, part in mixes)]
        assert min(contrast(colour, ground) for colour in told) >= 4.5


def test_paper_has_no_links_to_follow_and_keeps_together_what_belongs_together():
    style = "".join(read(USUAL).words("style"))
    paper = style[style.index("@media print") :]
    assert "nav, .skip, details { display: none; }" in paper
    assert "break-after: avoid" in paper
    assert "break-inside: avoid" in paper
    assert ".picture svg { max-height:" in paper


# ---- in a notebook ----


def test_a_fragment_is_no_page():
    made = Tree(fragment(every_kind("A & B")))
    assert not made.all("html", "head", "body", "main", "nav", "h1", "script")
    assert made.words("h2") == ["A & B"]
    assert made.found[0]["class"] == "bestand fragment"


def test_two_fragments_share_no_id():
    made = Tree(fragment([Heading("x"), Heading("y"), table(("a",), ())]))
    assert not [each for each in made.found if "id" in each]


def test_the_styles_of_a_fragment_reach_nothing_else():
    style = Tree(fragment([Paragraph("x")])).words("style")[0]
    selectors = [each for rule in re.findall(r"([^{}]+)\{", style) for each in rule.split(",")]
    assert selectors
    assert all(each.strip().startswith((".bestand", "@media")) for each in selectors)


def test_a_fragment_speaks_the_language_spoken():
    with speaking("nl"):
        assert 'aria-label="Tabel 1"' in fragment([table(("a",), [("x",)])])
