"""The HTML report in a real browser: nothing is fetched, clipped or laid over anything, in every width and ground."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("axe_playwright_python", reason='needs the group "browser"')

import bestand
from tests.first_reading import UKRAINE

WIDTHS = (1280, 768, 390)
ODD = """
bestand: 1
title: "Odd names: \\"a\\" & <b>bold</b> שלום"
parties:
  a: {name: "<img src=x onerror=alert(1)>", options: {x: {says: "opens </td></table><script>alert(2)</script>"}}}
  b: {name: "حكومة الشمال", options: {y: {says: "لا يفتح السد"}}}
  c: {name: "LONG", options: {z: {says: "keeps its word"}}}
plan: x
status_quo: [y]
preferences: {a: {priorities: [x]}, b: {priorities: [y]}, c: {priorities: [{holds: z, says: "“;alert(3)//"}]}}
""".replace("LONG", "Verwaltungsgemeinschaft" * 12)

# Labels of one picture that lie over one another by more than a pixel or two, and labels beyond its edge.
LABELS = """() => [...document.querySelectorAll('svg')].map((svg, k) => {
  const sheet = svg.getBoundingClientRect()
  const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim() && !t.hasAttribute('transform'))
  const boxes = texts.map(t => ({words: t.textContent, box: t.getBoundingClientRect()}))
  const out = boxes.filter(({box}) => box.left < sheet.left - 1 || box.right > sheet.right + 1
    || box.top < sheet.top - 1 || box.bottom > sheet.bottom + 1).map(({words}) => words)
  const over = []
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const a = boxes[i].box, b = boxes[j].box
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
    if (wide > 2 && high > 0.4 * Math.min(a.height, b.height)) over.push([boxes[i].words, boxes[j].words])
  }
  return {k, out, over}
}).filter(({out, over}) => out.length || over.length)"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The files: the flagship in both languages, a model with labels, and one with odd names."""
    folder = tmp_path_factory.mktemp("pages")
    whole, brief = bestand.report(UKRAINE, samples=20, workers=1), bestand.report(UKRAINE, brief=True, workers=1)
    reports = {
        "en": (whole, "en"),
        "nl": (whole, "nl"),
        "brief-en": (brief, "en"),
        "brief-nl": (brief, "nl"),
        "brief-deal": (bestand.report(UKRAINE, readings="russia-order", brief=True, workers=1), "nl"),
        "elmira": (bestand.report("books/fang1993/elmira", workers=1), "en"),
        "odd": (bestand.report(bestand.loads(ODD), workers=1), "nl"),
    }
    for name, (found, lang) in reports.items():
        found.save(folder / f"{name}.html", lang)
    return folder


@pytest.fixture
def opened(browser, pages):
    """Opens a page; whatever it asks the network for, and whatever it says is wrong, is kept."""
    contexts = []

    def opening(name, width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.wrong = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: (page.wrong.append(dialog.message), dialog.dismiss()))
        page.goto((pages / f"{name}.html").as_uri())
        return page

    yield opening
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", ["en", "nl", "elmira", "odd"])
def test_a_report_fetches_nothing_and_runs_nothing(opened, pages, name):
    page = opened(name)
    assert page.asked == [(pages / f"{name}.html").as_uri()]
    assert page.wrong == []
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.images.length") == 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["en", "nl", "odd"])
def test_a_page_is_no_wider_than_its_window(opened, name, width):
    page = opened(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["en", "nl", "elmira", "odd"])
def test_labels_of_pictures_lie_inside_and_apart(opened, name):
    page = opened(name)
    assert page.evaluate("document.querySelectorAll('svg').length") >= 3
    assert page.evaluate(LABELS) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["en", "odd"])
def test_axe_finds_nothing(opened, name, scheme):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(opened(name, scheme=scheme)).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


def test_the_contents_lead_to_the_chapters(opened):
    page = opened("en")
    links = page.locator("nav a")
    assert links.count() == 10
    links.nth(4).click()
    heading = page.locator("h2", has_text="would alter the verdict")
    assert 0 <= heading.bounding_box()["y"] < 200


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
@pytest.mark.parametrize(("element", "paint"), [("html", "backgroundColor"), ("svg > rect", "fill")])
def test_dark_grounds_are_dark(opened, element, paint, scheme, dark):
    page = opened("en", scheme=scheme)
    colour = page.evaluate("([e, p]) => getComputedStyle(document.querySelector(e))[p]", [element, paint])
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    assert (red + green + blue < 300) == dark, colour


def test_it_prints_without_the_contents(opened, tmp_path):
    from pypdf import PdfReader

    page = opened("en", scheme="dark")
    page.pdf(path=tmp_path / "printed.pdf", format="A4")
    first = PdfReader(tmp_path / "printed.pdf").pages[0].extract_text()
    assert "In short" in first
    assert "Contents" not in first


def printed(page, path):
    """The pages that a browser prints, as text."""
    from pypdf import PdfReader

    page.pdf(path=path, prefer_css_page_size=True)
    return [each.extract_text() for each in PdfReader(path).pages]


@pytest.mark.parametrize(("name", "title"), [("en", "Appendix: the model"), ("nl", "Bijlage: het model")])
def test_twelve_printed_pages_before_the_appendix_at_most(opened, tmp_path, name, title):
    pages = printed(opened(name), tmp_path / "printed.pdf")
    first = next(k for k, page in enumerate(pages) if f"\n{title}" in f"\n{page}")
    assert 5 < first <= 12


@pytest.mark.parametrize("name", ["brief-en", "brief-nl", "brief-deal"])
def test_a_brief_takes_two_printed_pages(opened, tmp_path, name):
    assert len(printed(opened(name), tmp_path / "printed.pdf")) == 2
