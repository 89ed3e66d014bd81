"""One answer in several languages: what is told changes, what was found does not."""

import inspect
import json
import re
from importlib import import_module, resources

import pytest

import bestand
from bestand.command import table
from bestand.model.errors import CallError
from bestand.prose import concepts
from bestand.prose import messages as texts
from bestand.prose import names as naming
from bestand.prose.words import counts_words, lower_percent, percent, size, titled
from bestand.questions.evolve.table_words import abbreviations
from bestand.stability.registry import EVERY
from tests.first_reading import UKRAINE

TITLE = {"en": "A ceasefire in Ukraine", "nl": "Een staakt-het-vuren in Oekraïne"}
CASES = resources.files("bestand") / "cases"
WORD = re.compile(r"[^\W\d_]{2,}")
OPTIONS = ", ".join(f"o{k}: " for k in range(11))  # 2,048 states
WIDE = f"bestand: 1\ntitle: T\nLANGUAGEparties:\n  a: {{options: {{{OPTIONS}}}}}\n"


@pytest.fixture
def locale(monkeypatch):
    def set_(**names):
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in names.items():
            monkeypatch.setenv(name, value)

    return set_


@pytest.mark.parametrize(
    ("asked", "own", "there", "spoken"),
    [
        ("nl", "en", {"LC_ALL": "en_GB"}, "nl"),
        ("nl-BE", None, {}, "nl"),
        (None, "nl", {"LC_ALL": "en_GB.UTF-8"}, "nl"),
        (None, None, {"LC_ALL": "nl_NL.UTF-8", "LANG": "en_GB"}, "nl"),
        (None, None, {"LC_ALL": "C.UTF-8", "LANG": "nl_NL"}, "en"),
        (None, None, {"LC_ALL": "", "LC_MESSAGES": "nl_BE", "LANG": "en_GB"}, "nl"),
        (None, None, {"LANG": "nl"}, "nl"),
        (None, None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, "fr", {"LANG": "nl_NL"}, "nl"),
        (None, None, {}, "en"),
    ],
)
def test_the_language_asked_for_goes_before_that_of_the_model_and_of_the_locale(locale, asked, own, there, spoken):
    locale(**there)
    assert texts.wanted(asked, own) == spoken


def test_a_language_without_texts_is_no_language():
    with pytest.raises(CallError, match="there are no texts in 'xx'; languages: en, nl"):
        texts.wanted("xx", "nl")


CASE = "press/wynia2025/ukraine"
COMMANDS = [
    ["analyse", CASE, "--concepts", "nash"],
    ["explain", CASE, "--party", "usa", "--concepts", "nash"],
    ["claims", CASE, "--claim", "red-line", "--concepts", "nash"],
    ["evolve", "books/fang1993/elmira"],
    ["evolve", "books/fang1993/elmira", "--by", "any", "--to", "8"],
    ["evolve", CASE, "--without", "europe", "--to", "in_sight", "--concepts", "nash"],
    ["evolve", CASE, "--steps", "1", "--to", "usa.leave"],
    ["what-if", "books/fang1993/elmira", "without LG.insist"],
    ["settle", "books/fang1993/elmira", "UR.accept", "--concepts", "nash", "--kinds", "wishes", "--depth", "1"],
    ["coalitions", "books/fang1993/elmira", "--concepts", "nash"],
    ["vary", CASE, "--samples", "2", "--concepts", "nash", "--no-claims", "--workers", "1"],
    ["readings", CASE],
    ["cases"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_speaks_the_language_asked_for(call, command):
    assert call(*command, "--lang", "xx")[::2] == (2, "bestand: there are no texts in 'xx'; languages: en, nl\n")
    there = {lang: call(*command, "--lang", lang) for lang in ("en", "nl")}
    assert [status for status, _out, _err in there.values()] == [0, 0]
    assert there["en"][1] != there["nl"][1]
    assert texts.language() == "en"


@pytest.mark.parametrize("name", [name for name in table.COMMANDS if name not in ("new", "schema")])
def test_no_command_that_speaks_is_left_out(name):
    module = import_module(f"bestand.command.{name.replace('-', '_')}")
    assert "lang" in inspect.signature(getattr(module, name.replace("-", "_"))).parameters


class Bracketed:
    """A language in which every message stands in brackets."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, count):
        return f"⟦{one if count == 1 else many}⟧"

    def pgettext(self, _context, message):
        return f"⟦{message}⟧"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_word_is_a_message_or_stands_in_the_file(call, command, monkeypatch):
    monkeypatch.setattr(texts, "_catalogue", lambda _lang: Bracketed())
    status, out, _err = call(*command)
    assert status == 0
    depth, left = 0, []
    for letter in out:
        depth += (letter == "⟦") - (letter == "⟧")
        left.append(" " if depth or letter == "⟧" else letter)
    assert depth == 0
    files = [path.read_text("utf-8") for path in CASES.rglob("*.yaml")]
    short = abbreviations(bestand.load(CASE)).values()  # of ids, in the table of last movers
    known = set(WORD.findall("\n".join([*files, *map(str, CASES.rglob("*.yaml")), *EVERY, *command, *short])))
    assert [word for word in WORD.findall("".join(left)) if word not in known] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_data_are_the_same_in_every_language(call, command):
    def data(lang):
        status, out, _err = call(*command, "--json", "--lang", lang)
        assert status == 0
        return json.loads(out)

    assert data("nl") == data("en")


def test_an_answer_is_in_the_language_of_the_model_unless_told(call, tmp_path):
    def told(language, *flags):
        path = tmp_path / "wide.yaml"
        path.write_text(WIDE.replace("LANGUAGE", language), "utf-8")
        status, out, _err = call("analyse", path, "--concepts", "nash", *flags)
        assert status == 0
        return out

    assert "2,048" in told("")
    assert "2.048" in told("language: nl\n")
    assert "2,048" in told("language: nl\n", "--lang", "en")
    assert "2.048" in told("language: en\n", "--lang", "nl")


def test_a_model_that_names_no_language_is_told_in_that_of_the_locale(call, tmp_path, locale):
    path = tmp_path / "wide.yaml"
    path.write_text(WIDE.replace("LANGUAGE", ""), "utf-8")
    locale(LC_ALL="nl_NL.UTF-8")
    assert "2.048" in call("analyse", path, "--concepts", "nash")[1]


@pytest.fixture(scope="module")
def results():
    """Everything that `bestand` finds out, about the same model."""
    asked = {"concepts": ["nash"]}
    return {
        "analyse": bestand.analyse(UKRAINE, **asked),
        "symbolic": bestand.analyse(UKRAINE, engine="symbolic", **asked),
        "evolve": bestand.evolve(UKRAINE, **asked),
        "what_if": bestand.what_if(UKRAINE, "usa 2 dropped", **asked),
        "levers": bestand.levers("books/fang1993/elmira", "UR.accept", **asked),
        "why": bestand.why(UKRAINE, claims=["provinces"], **asked),
        "settle": bestand.settle(UKRAINE, "ceasefire", kinds=["wishes"], depth=1, **asked),
        "coalitions": bestand.coalitions(UKRAINE, "status-quo", **asked),
        "merged": bestand.merged(UKRAINE, ["usa", "europe"], **asked),
        "vary": bestand.vary(UKRAINE, samples=2, claims=[], **asked),
    }


@pytest.mark.parametrize(
    "name",
    ["analyse", "symbolic", "evolve", "what_if", "levers", "why", "settle", "coalitions", "merged", "vary"],
)
def test_every_result_can_be_told_in_every_language(results, name):
    result = results[name]
    english, dutch = result.words(), result.words("nl")
    assert english == result.words("en") != dutch
    if name not in ("levers", "why"):
        assert TITLE["en"] in english
        assert TITLE["nl"] in dutch
    assert str(result) == english or name in ("analyse", "symbolic")
    assert result.words(width=60) != english
    with pytest.raises(CallError, match="no texts in 'xx'"):
        result.words("xx")
    assert result.words() == english


def test_an_answer_is_the_same_however_it_is_told(results):
    answer = results["analyse"]
    before = dict(vars(answer))
    assert TITLE["nl"] in answer.words("nl")
    assert answer.model.title.startswith(TITLE["en"])
    assert all(value is before[name] for name, value in vars(answer).items())
    assert set(vars(answer)) == set(before)


def test_numbers_are_written_as_the_language_has_them():
    def told():
        return texts.number(49152), texts.decimal(0.5, 2), size(2**60), lower_percent(0.99999, 2)

    assert told() == ("49,152", "0.50", "1.2·10^18", "99.99")
    with texts.speaking("nl"):
        assert told() == ("49.152", "0,50", "1,2·10^18", "99,99")
    assert texts.language() == "en"


@pytest.mark.parametrize("concept", EVERY)
def test_every_concept_has_its_title_and_meaning_among_the_messages(concept):
    assert titled([concept]) == f"{EVERY[concept].title} ({concept})"
    assert concepts.concept_meaning(concept)
    with texts.speaking("nl"):
        assert naming.concept_name(concept) != EVERY[concept].title
        assert concepts.concept_meaning(concept).startswith(("de anderen", "de partij"))


def test_shares_and_counts_in_words():
    assert [percent(count, 8) for count in (0, 3, 8)] == ["none", "38%", "all"]
    assert counts_words({"nash": 2, "gmr": 1200, "smr": 0, "seq": 2}) == (
        "2 under Nash stability and sequential stability; 1,200 under general metarationality"
    )


def test_claims_and_wishes_within_a_result_are_in_the_language_too():
    model = bestand.load(UKRAINE)
    told = " ".join(bestand.why(model, claims=["provinces"], concepts=["nash"]).words("nl").split())
    words = model.translations["nl"]
    claim = next(claim for claim in model.claims if claim.id == "provinces")
    wish = model.preferences["ukraine"].statements[0]
    for grounds in (claim.grounds, wish.grounds):
        assert words[grounds.says] in told
        assert grounds.says not in told
