"""What is told is told in words: no option by its id and no formula, in no language, also of what readings add.

What the file calls a thing may follow its words in square brackets, and stand at the head of a row of a table.
"""

import re
from functools import cache

import pytest

import bestand
from bestand.document.blocks import Bullets, Callout, Facts, Heading, Line, Paragraph, Table
from bestand.model.errors import CallError, TooManyStates
from bestand.questions.registry import questions
from tests.first_reading import UKRAINE
from tests.questions.test_told import GIVEN, fitting

FLAGSHIP = "press/wynia2025/ukraine"
READINGS = {
    UKRAINE: ("usa-never, russia-order", "usa-firm, russia-order-2, russia-nato-first"),
    FLAGSHIP: ("pockets, pressure-bites", "price-order, usa-firm, europe-stands"),
}
BESIDE = {
    **GIVEN,
    "explain": [{}, {"reason": "all"}],
    "order": [{}],
    "coalitions": [{"state": "status-quo"}, {"to": 0}],
    "vary": [{"samples": 4}],
}
UNREAD = ("check", "compare", "count-rankings", "readings", "vary")  # are asked of the file as it is
SLOW = ("claims", "coalitions", "levers", "merged", "plans", "report", "vary", "why")


def prose(block):
    """What a block tells, without what stands at the head of a row."""
    match block:
        case Heading(words) | Paragraph(words):
            yield words
        case Line(parts):
            yield "".join(words for words, _ in parts)
        case Bullets(items):
            yield from items
        case Callout(words, label=label):
            yield from (*words, label)
        case Facts(rows):
            yield from (words for _, words in rows)
        case Table(_, rows, caption=caption):
            yield caption
            yield from (cell for row in rows for cell in row[1:])


@cache
def raw(model):
    ids = "|".join(re.escape(option.id) for option in model.options)
    return re.compile(rf"(?<![\w.-])(?:{ids})(?![\w.-])| iff | implies ")


def told(answer, lang):
    """The words of an answer, without what stands in square brackets, its commands and the appendix of a report."""
    for block in answer.blocks(lang):
        for words in prose(block):
            yield re.sub(r"\[[^\]]*\]|(?m:^bestand .*?:)|`[^`]*`", "", words)


def cases():
    for case, several in READINGS.items():
        for name in questions():
            if name == "compare":
                continue
            for readings in several if name not in UNREAD else [None]:
                slow = name in SLOW or (case == FLAGSHIP and name in ("evolve", "settle", "what-if"))
                marks = [pytest.mark.weekly] if slow else []
                yield pytest.param(case, name, readings, marks=marks, id=f"{case[-22:]}-{name}-{readings}")


@pytest.mark.parametrize(("case", "name", "readings"), [*cases()])
def test_no_formula_and_no_id_of_an_option_is_told(case, name, readings):
    model = bestand.load(case)
    function = getattr(bestand, questions()[name].function)
    english = {text for text in model.translations["nl"] if len(text) > 12}
    for given in BESIDE.get(name, [{}]):
        asked = {key: fitting(model, key, value) for key, value in given.items()}
        try:
            answer = function(model, **asked, **({"readings": readings} if readings else {}))
        except (CallError, TooManyStates):
            assert name in ("plans", "count-rankings", "order")
            continue
        for lang in ("en", "nl"):
            words = [*told(answer, lang)]
            assert words
            assert [each for each in words if raw(model).search(each)] == []
            if lang == "nl":
                assert [each for each in words if any(f"“{text}”" in each for text in english)] == []
