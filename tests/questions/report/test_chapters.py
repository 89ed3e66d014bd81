"""What a report says: the answer first, true numbers, every part of the model, in the language asked for."""

from __future__ import annotations

import io
import re

import pytest

import bestand
from bestand.answer.setting import Setting
from bestand.document.blocks import Bullets, Callout, Facts, Figure, Heading, Paragraph, Table
from bestand.document.fitting import ROOM
from bestand.document.formats import written
from bestand.files.catalogue import slugs
from bestand.model.translating import translated
from bestand.plan.ruling_words import kind_words
from bestand.prose.messages import speaking
from bestand.questions.registry import questions
from bestand.questions.report.chapters import paper
from bestand.questions.report.chapters.levers import lever_sentence
from bestand.questions.report.parts import ask
from bestand.stability.registry import CONCEPTS
from tests.first_reading import UKRAINE

RESTLESS = """
bestand: 1
title: Nothing rests
parties: {a: {options: {x: }}, b: {options: {y: }}}
plan: x
status_quo: []
preferences:
  a: {priorities: [x iff y]}
  b: {priorities: [x iff not y]}
"""
STAYS = """
bestand: 1
title: T
parties: {a: {options: {x: }}, b: {options: {y: }}}
status_quo: STATUS
preferences: {a: {priorities: [WISH]}, b: {priorities: [y]}}
plan: x and y
"""


def made(model, lang="en", concepts=tuple(CONCEPTS), **asked):
    with speaking(lang):
        return paper(ask(Setting(model), concepts, **asked), "bestand report FILE")


@pytest.fixture(scope="module")
def ukraine():
    return {lang: made(bestand.load(UKRAINE), lang, samples=20) for lang in ("en", "nl")}


def words(blocks):
    """Everything that is said, in order."""
    for block in blocks:
        match block:
            case Heading(said) | Paragraph(said):
                yield said
            case Callout(several, label=label):
                yield from (*several, label)
            case Bullets(several):
                yield from several
            case Facts(rows):
                yield from (cell for row in rows for cell in row)
            case Table(header, rows):
                yield from (*header, *(cell for row in rows for cell in row))
            case Figure(_, alternative, caption):
                yield from (alternative, caption)


def text(paper):
    return "\n".join(words(paper.blocks))


def chapters(paper):
    return [block.words for block in paper.blocks if isinstance(block, Heading) and block.level == 1]


def test_the_chapters_of_the_flagship_come_in_their_order(ukraine):
    assert chapters(ukraine["en"]) == [
        "In short",
        "No version of it passes Russia and Ukraine",
        "The parties, and what they want",
        "Step by step, it comes to rest in 2 ways",
        "7 single changes of 153 would alter the verdict",
        "3 of 12 conclusions follow",
        "The verdict hangs on what is open",
        "What is open",
        "Method and version",
        "Appendix: the model and every number",
    ]
    assert len(chapters(ukraine["nl"])) == 10
    assert not set(chapters(ukraine["nl"])) & set(chapters(ukraine["en"]))


def test_the_summary_answers_first_and_with_the_numbers_of_the_analysis(ukraine):
    blocks = ukraine["en"].blocks
    assert blocks[1].words[0] == (
        "Does it hold? The plan: “both sides hold their fire, and what Russia asks for it is paid”."
    )
    assert (
        blocks[1]
        .words[1]
        .startswith("No deal: no version of it would be signed by all who have to. Russia refuses every")
    )
    assert blocks[1].label == "✕ No deal"
    tables = [block for block in blocks[:8] if isinstance(block, Table)]
    assert tables[0].rows[1] == ("Russia", "✕ refuses", "✓ yes")
    assert tables[1].header == ("", "today", "without a deal")
    facts = dict(next(block for block in blocks if isinstance(block, Facts)).rows)
    decides = "What decides: “there is a ceasefire when the provinces are handed over, and none when they are not”"
    assert f"{decides} (russia 2)." in text(ukraine["en"])
    assert facts["The lever that helps most"].endswith("is held at yes. Then the verdict is: it comes by itself.")
    assert facts["The lever that harms most"].endswith("no equilibrium with the plan any more, under Nash stability.")
    assert "What holds: “American mediation brings no ceasefire closer”" in facts["The conclusions"]
    counts = "3 hold, 4 do not hold, 3 depend on the concept and 2 could not come out otherwise here"
    assert counts in facts["The conclusions"]
    assert facts["What it rests on"].startswith(
        "Of 40 wishes, 22 are said by a source, 13 are inferred from one and 5 are assumed."
    )


def test_every_option_wish_claim_reading_and_source_is_there(ukraine):
    model, said = bestand.load(UKRAINE), text(ukraine["en"])
    things = [*model.options, *model.outcomes, *model.claims, *model.readings, *model.left_out]
    wishes = [wish for preference in model.preferences.values() for wish in preference.statements]
    for grounds in (thing if not hasattr(thing, "grounds") else thing.grounds for thing in (*things, *wishes)):
        assert grounds.says in said
    for source in model.sources.values():
        assert source.title in said
    assert f"bestand {bestand.__version__}" in said
    assert "bestand report FILE" in said
    assert "assumed" in said


def test_every_single_lever_and_every_count_is_in_the_appendix(ukraine):
    said = text(ukraine["en"])
    found = bestand.levers(UKRAINE, concepts="nash")  # of a verdict, the equilibria that levers change are told apart
    telling = [tried for tried in found.tried if not tried.decides and found.changes_counts(tried)]
    assert f"The levers that change most, {len(telling)} of {len(telling)}" in said
    for concept, found in bestand.analyse(UKRAINE).equilibria.items():
        assert f"({concept}): {int(found.sum()):,} equilibria" in said


def test_it_is_dutch_throughout(ukraine):
    said = text(ukraine["nl"])
    assert "Geen akkoord: " in said
    asked = ("Gevraagd: ", "bestand report")  # the language of claims, and a command: they are typed as they stand
    for english in (" the ", " of the ", "equilibri", "stability", "likely"):
        lines = [line for line in said.split("\n") if english in line and not line.startswith(asked)]
        assert not lines, lines[:3]


def test_pictures_have_words_for_who_cannot_see_them(ukraine):
    pictures = [block for block in ukraine["en"].blocks if isinstance(block, Figure)]
    assert len(pictures) == 7
    for picture in pictures:
        assert picture.svg.startswith("<svg")
        assert len(picture.alternative) > 40


def test_a_model_without_an_equilibrium_says_so_in_its_first_line():
    timeless = RESTLESS.replace("status_quo: []\n", "")
    report = made(bestand.loads(timeless), concepts=("nash",))
    assert report.blocks[1].words[0] == "Nothing holds: no state is stable for every party under Nash stability."
    assert "No state is stable for every party." in text(report)
    several = made(bestand.loads(timeless), concepts=("nash", "seq")).blocks[1].words[0]
    has = bestand.analyse(bestand.loads(timeless), ["seq"]).equilibria["seq"].any()
    assert several.startswith("Nothing holds") == (not has)


@pytest.mark.parametrize(
    ("status", "wish", "answer"),
    [
        ("[x, y]", "x", "It is so today, and nobody has reason to end it."),
        ("[]", "x", "It comes by itself: what the parties do for their own good leads there from today, and stays."),
        (
            "[x]",
            "not x",
            "No deal: no version of it would be signed by all who have to. A refuses it, whatever the others do. B has "
            "nothing in it.",
        ),
    ],
)
def test_the_verdict_on_the_plan_in_a_sentence_or_two(status, wish, answer):
    model = bestand.loads(STAYS.replace("STATUS", status).replace("WISH", wish))
    report = made(model, concepts=("nash", "seq"))
    assert report.blocks[1].words[1] == answer
    assert answer in bestand.analyse(model).words("en").replace("\n  ", " ")


def test_what_a_model_does_not_have_has_no_chapter():
    report = made(bestand.load("textbook/chicken"))
    assert chapters(report) == [
        "In short",
        "The parties, and what they want",
        "What holds: the equilibria",
        "Where it goes from here",
        "Method and version",
        "Appendix: the model and every number",
    ]
    assert "no plan" in report.blocks[1].words[0]
    assert "no source given" not in text(report)


def test_a_model_over_sets_of_states_has_what_is_known():
    with speaking("en"):
        found = ask(Setting(bestand.load(UKRAINE)), ("nash",), engine="symbolic")
        report = paper(found)
    assert "What holds" in chapters(report)
    assert "it needs the states of the model listed one by one" in text(report)
    assert not any(isinstance(block, Figure) for block in report.blocks)


def test_a_part_that_was_stopped_says_so():
    from bestand.engine.limits import Limits, Watch

    class Once(Watch):
        def phase(self, words, total=None):
            if words.startswith("working out"):
                self.limits = Limits(seconds=1e-9)
            super().phase(words, total)

    report = paper(ask(Setting(bestand.load(UKRAINE), (), Once()), ("nash", "seq")))
    said = text(report)
    assert re.search(r"This is a part of the answer. Stopped after .* seconds", said)
    assert "The parties, and what they want" in said


LONGEST = "press/wynia2025/ukraine"


def test_every_case_of_the_catalogue_makes_a_report():
    for slug in slugs():
        for lang in ("nl",) if slug == LONGEST else ("en", "nl"):
            report = made(bestand.load(slug), lang, samples=10)
            assert report.title == translated(bestand.load(slug), lang).title
            assert len(report.blocks) > 10


ONE_SIDED = """
bestand: 1
title: T
parties: {a: {options: {x: }}, b: {options: {y: }}}
plan: x and y
status_quo: []
preferences:
  a: {priorities: [y, not x]}
  b: {priorities: [x, not y]}
"""


def test_a_verdict_says_where_it_depends_on_who_looks_ahead():
    """A prisoners' dilemma: cooperation is signed and kept by who fears an answer, and not under Nash stability."""
    report = made(bestand.loads(ONE_SIDED), concepts=("nash", "gmr"))
    told = report.blocks[1].words
    assert told[1] == "There is a deal that would be signed and kept: a takes “x” and b takes “y”."
    assert told[2] == (
        "This rests on the parties reckoning with what others would do in reply. If no party did, the answer would be: "
        "a deal that is not kept (nash)."
    )
    facts = dict(next(block for block in report.blocks if isinstance(block, Facts)).rows)
    assert facts["Who signs"] == "A and b have to sign."
    assert facts["What keeps it"] == (
        "What keeps a from breaking it is the answer of b. For example: a drops “x”, then b drops “y”. What keeps b "
        "from breaking it is the answer of a. For example: b drops “y”, then a drops “x”."
    )


def test_how_sure_it_is_that_improvements_lead_there(ukraine):
    """The same share as of a claim that a file makes."""
    model = bestand.load(UKRAINE)
    mine = "claims:\n  - id: mine\n    check: some equilibrium reached is ceasefire\n"
    more = bestand.loads(bestand.dumps(model).replace("claims:\n", mine, 1))
    own = bestand.vary(more, samples=20, compared=0, concepts=["seq"])
    found = ask(Setting(model), ("seq",), 20)
    assert found.varied.claims[found.within_reach.id] == own.claims["mine"]


def test_the_fingerprint_is_that_of_the_file_whatever_the_language():
    en, nl = (bestand.report(UKRAINE, concepts=["nash"], samples=2, workers=1).words(lang) for lang in ("en", "nl"))
    marks = [re.search(r"SHA-256\\?\): ([0-9a-f]{64})", words)[1] for words in (en, nl)]
    assert marks[0] == marks[1]


SMALL = """
bestand: 1
title: T
parties: {a: {options: {x: , z: }}, b: {options: {y: }}}
plan: a.x
status_quo: [a.x]
preferences:
  a: {priorities: [a.x, a.z, b.y]}
  b: {priorities: [b.y]}
forbidden_moves:
  - {party: a, from: a.x, to: not a.x, says: nobody leaves}
readings:
  r: {says: reading r, change: b 1 dropped}
open:
  - {reading: r, chance: 0.9}
"""


def test_what_a_verdict_rests_on_is_told_in_full():
    said = text(made(bestand.loads(SMALL), concepts=("nash",)))
    assert "nobody leaves" in said
    assert "a cannot move from a.x to not a.x" in said


def test_a_claim_that_the_file_does_not_make_is_no_claim_of_the_report(ukraine):
    small = made(bestand.loads(SMALL), concepts=("nash", "seq"))
    for report in (small, ukraine["en"]):
        assert "within-reach" not in text(report)
    assert "improvements lead to one from today" in text(small)


def test_uneven_chances_are_no_shares_of_combinations():
    model = bestand.loads(SMALL.replace("b 1 dropped", "a.x held at no"))
    said = text(made(model, concepts=("nash",)))
    assert "with a chance of 10%" in said
    assert "10% of the combinations" not in said


def test_levers_say_what_they_change():
    model = bestand.loads(SMALL)
    levers = bestand.levers(model, concepts=["nash"])
    for tried in levers.tried:
        sentence = lever_sentence(model, levers, tried)
        if levers.changes_verdict(tried):
            assert f"Then the verdict is: {kind_words(tried.verdict)}." in sentence
            continue
        some = tried.cells["nash"].some, levers.base.cells["nash"].some
        assert ("no equilibrium with the plan any more" in sentence) == (some == (False, True))
        assert ("Then there is an equilibrium with the plan" in sentence) == (some == (True, False))
        if tried.cells["nash"].share == levers.base.cells["nash"].share and not levers.flips(tried):
            assert "changes only how many equilibria" in sentence


def test_readings_that_are_applied_are_not_open_and_count_everywhere():
    report = paper(ask(Setting(bestand.loads(SMALL), ("r",)), ("nash",)))
    said = text(report)
    assert "The sources can be read in other ways" not in said
    assert "The file gives b no wishes" in said


def test_today_as_the_only_equilibrium_is_no_lack_of_one():
    model = bestand.loads(
        "{bestand: 1, title: T, parties: {a: {options: {x: }}}, status_quo: [],"
        " preferences: {a: {priorities: [not a.x]}}}"
    )
    said = text(made(model, concepts=("nash",)))
    assert "No state is stable" not in said
    assert "No other state than today is stable for every party." in said


def body(paper):
    """What comes before the appendix."""
    end = next(k for k, block in enumerate(paper.blocks) if isinstance(block, Heading) and block.opens)
    return [told for told in words(paper.blocks[:end]) if told]


def test_commands_and_formulas_are_in_the_appendix_alone(ukraine):
    """What is typed, and what the file writes in its own language, is for those who check."""
    raw = re.compile(
        rf"\bbestand ({'|'.join(questions())}) |(?<![\w“])(?:usa|russia|ukraine|europe)\.[a-z_]{{2,}}|\b(iff|implies)\b"
    )
    for lang in ("en", "nl"):
        found = [told for told in body(ukraine[lang]) if raw.search(told)]
        assert found == []
    assert "bestand report FILE" in text(ukraine["en"])


def test_no_english_sentence_in_dutch(ukraine):
    english = {told for told in body(ukraine["en"]) if len(told.split()) > 2}
    assert [told for told in body(ukraine["nl"]) if told in english] == []


def test_verdicts_on_claims_differ_in_mark_and_word(ukraine):
    labels = {block.label for block in ukraine["en"].blocks if isinstance(block, Callout) and block.label}
    assert labels >= {
        "✓ Holds",
        "✕ Does not hold",
        "◐ Depends on how far parties look ahead",
        "= Holds, by construction",
    }


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_twelve_pages_before_the_appendix_at_most(ukraine, lang):
    pytest.importorskip("typst", reason='needs the extra "report"')
    pypdf = pytest.importorskip("pypdf", reason="needs pypdf")
    with speaking(lang):
        pages = pypdf.PdfReader(io.BytesIO(written(ukraine[lang], "pdf"))).pages
    title = chapters(ukraine[lang])[-1]
    assert max(k for k, page in enumerate(pages) if f"\n{title}" in f"\n{page.extract_text()}") <= 12


def test_letters_of_pictures_take_seven_points_at_least(ukraine):
    """Pictures take the whole breadth of a page, and none is higher than one."""
    for picture in (block for block in ukraine["nl"].blocks if isinstance(block, Figure)):
        wide, high = (float(each) for each in re.search(r'width="(\S+)" height="(\S+)"', picture.svg).groups())
        smallest = min(float(size) for size in re.findall(r'font-size="(\S+?)"', picture.svg))
        assert smallest * min(1.0, ROOM / wide, 700 / high) >= 7, picture.title
