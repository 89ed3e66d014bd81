"""The brief: two pages that can be handed over, in every language, of every model."""

from __future__ import annotations

import io
import re

import pytest

import bestand
from bestand.document.blocks import Bullets, Callout, Facts, Figure, Heading, Line, Paragraph, Table
from bestand.files.catalogue import slugs
from bestand.prose.messages import speaking
from tests.first_reading import UKRAINE

NO_PLAN = "textbook/chicken"


def brief(slug, **asked):
    return bestand.report(slug, brief=True, workers=1, **asked)


@pytest.fixture(scope="module")
def ukraine():
    return brief(UKRAINE)


def papers(report):
    found = {}
    for lang in ("en", "nl"):
        with speaking(lang):
            found[lang] = report._paper("")
    return found


def words(block):
    """Every piece of text of a part."""
    match block:
        case Heading(words=told) | Paragraph(words=told):
            return [told]
        case Line(parts):
            return ["".join(told for told, _ in parts)]
        case Table(header=header, rows=rows, caption=caption):
            return [*header, *(cell for row in rows for cell in row), caption]
        case Bullets(items=items):
            return [*items]
        case Facts(rows=rows):
            return [cell for row in rows for cell in row]
        case Callout(words=told, label=label):
            return [*told, label]
        case Figure(alternative=told, caption=caption, title=title):
            return [told, caption, title]


def text(paper):
    return [told for block in paper.blocks for told in words(block)]


def test_it_begins_with_the_verdict_and_each_part_with_what_it_finds(ukraine):
    paper = papers(ukraine)["en"]
    assert paper.blocks[0].label == "✕ No deal"
    assert [block.words for block in paper.blocks if isinstance(block, Heading)] == [
        "Each kind of it has somebody against it",
        "Without a deal, things do not stay as they are",
        "There is a deal in 952 of 1,152 combinations of what is open",
        "7 single changes of 153 would alter the verdict",
        "3 of 12 conclusions follow",
        "What this rests on",
        "What this model cannot say",
    ]


def test_it_says_when_there_would_be_a_deal(ukraine):
    """Exactly: the same condition that `vary` tells of all combinations."""
    told = " ".join(text(papers(ukraine)["en"]))
    assert "Exactly where at least one of these is so:" in told
    first = "the reading “Keeping Ukraine out of NATO matters more to Moscow than its terms for a ceasefire”"
    assert f"{first} (russia-nato-first) is right" in told


TRADE = """
bestand: 1
title: A trade
parties:
  up: {name: Up, options: {give: {says: gives, says_no: keeps it}}}
  down: {name: Down, options: {pay: {says: pays, says_no: pays nothing}}}
status_quo: []
plan: give and pay
preferences:
  up: {priorities: [down.pay, not up.give]}
  down: {priorities: [up.give, not down.pay]}
open:
  price:
    says: What does Up want?
    answers: {money: {says: Up wants money}, peace: {says: Up wants peace, change: up 1 dropped}}
  mood:
    says: Is Down glad?
    answers: {glad: {says: Down is glad}, sad: {says: Down is sad, change: down wants true last}}
"""


def test_the_box_names_the_answers_that_the_verdict_goes_by():
    found = papers(bestand.report(bestand.loads(TRADE), brief=True))
    box = " ".join(found["en"].blocks[0].words)
    assert "This is so if this is right: “Up wants money”. Another answer changes it: see below." in box
    assert "glad" not in box  # makes no difference
    assert "Zo is het als dit klopt: “Up wants money”." in " ".join(found["nl"].blocks[0].words)


def test_of_too_many_combinations_each_answer_is_told_by_itself(monkeypatch):
    from bestand.questions.report import parts

    monkeypatch.setattr(parts, "AT_ONCE", 1000)
    told = " ".join(text(papers(brief(UKRAINE))["en"]))
    assert "Other answers to the 9 questions left open would change the verdict by themselves: 3" in told
    assert "A deal that is kept, if one of these is right: “Keeping Ukraine out of NATO matters more" in told


def test_no_formula_of_the_file_and_no_english_in_dutch(ukraine):
    found = papers(ukraine)
    ids = [option.id for option in ukraine.model.options] + [outcome.name for outcome in ukraine.model.outcomes]
    for told in (*text(found["en"]), *text(found["nl"])):
        assert not re.search(
            "|".join(rf"(?<![\w“]){re.escape(id)}(?!\w)" for id in ids if "." in id or "_" in id), told
        )
        assert not re.search(r"\b(iff|implies)\b", told)
    assert same(found, ukraine.model.sources) == []


def same(found, sources=()):
    """Pieces of several words that are the same in both languages; what a bibliography has of a source is."""
    english = {told for told in text(found["en"]) if len(told.split()) > 2}
    return [told for told in text(found["nl"]) if told in english and told.partition(":")[0] not in sources]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_it_takes_two_pages(ukraine, lang):
    pytest.importorskip("typst", reason='needs the extra "report"')
    pypdf = pytest.importorskip("pypdf", reason="needs pypdf")
    assert len(pypdf.PdfReader(io.BytesIO(ukraine.document("pdf", lang))).pages) == 2


@pytest.mark.parametrize("slug", ["textbook/prisoners-dilemma", NO_PLAN, "books/fang1993/elmira"])
def test_of_other_models(slug):
    assert slug in slugs()
    report = brief(slug)
    found = papers(report)
    assert len(found["en"].blocks) > 3
    assert same(found, report.model.sources) == []
    assert all(any(told.startswith(f"{id}: ") for told in text(found["en"])) for id in [*report.model.sources][:3])


def test_with_a_deal_it_says_who_signs_and_what_keeps_it():
    paper = papers(brief(UKRAINE, readings="russia-nato-first"))["en"]
    assert paper.blocks[0].label == "✓ As a deal, and kept"
    told = " ".join(text(paper))
    assert "the deal with the fewest changes" in told
    assert "Russia signs, for this" in told


def test_the_command_makes_it(call, tmp_path):
    path = tmp_path / "brief.md"
    status, out, _err = call("report", "textbook/prisoners-dilemma", "--brief", "-o", path)
    assert (status, out) == (0, "")
    assert "What this model cannot say" in path.read_text("utf-8")
