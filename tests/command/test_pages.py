"""The pages in docs/ say what is so: every fragment, form and concept on them is put to the library."""

import re
from importlib import import_module, resources
from pathlib import Path
from typing import get_args

import pytest
import yaml

from bestand.command.table import COMMANDS
from bestand.files import loads
from bestand.files.schema import ModelForm
from bestand.model.language import parse_changes, parse_check
from bestand.model.sentences import Assertion, By, Change, Noun, Predicate
from bestand.prose.concepts import concept_meaning
from bestand.questions.explain.symbols import definition
from bestand.stability.concept import Concept
from bestand.stability.registry import CONCEPTS, EVERY, registered
from tools import concepts as tables

ROOT = Path(__file__).parents[2]
FORMAT, LANGUAGE, PAGE = (
    (ROOT / "docs" / name).read_text("utf-8") for name in ("file-format.md", "language.md", "concepts.md")
)
STARTER = (resources.files("bestand.command") / "starter.yaml").read_text("utf-8")
SCOPE = loads(STARTER).scope()


def read(text):
    """YAML as texts, as the library reads it; what is empty is None."""
    return emptied(yaml.load(text, yaml.BaseLoader))


def emptied(value):
    if isinstance(value, dict):
        return {key: emptied(inner) for key, inner in value.items()}
    return [emptied(inner) for inner in value] if isinstance(value, list) else value or None


# ---- the file ----

FRAGMENTS = re.findall(r"(?<!-->\n)^```yaml\n(.*?)^```$", FORMAT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda text: text.partition(":")[0])
def test_a_fragment_fits_into_the_starter(fragment):
    """Keys replace those of the starter; outcomes and sources come on top. New parties stand alone."""
    new = read(fragment)
    model = {**read(STARTER), **new}
    if "parties" in new:
        new["claims"] = None
        model = {key: model[key] for key in ("bestand", "title", "sources", "parties")}
    for key in {"outcomes", "sources"} & new.keys():
        model[key] = {**read(STARTER)[key], **new[key]}
    if "preferences" in new:
        del model["open"]
    if "claims" not in new:
        del model["claims"]
    assert loads(yaml.safe_dump(model, sort_keys=False, allow_unicode=True))


def test_there_are_fragments():
    assert len(FRAGMENTS) > 10


def test_every_key_is_explained():
    for name, field in ModelForm.model_fields.items():
        assert f"| `{field.alias or name}` |" in FORMAT
    for form in ModelForm.__subclasses__() or ModelForm.__mro__[1].__subclasses__():
        for name, field in form.model_fields.items():
            assert f"`{field.alias or name}`" in FORMAT or f"{field.alias or name}:" in FORMAT, name


# ---- the language ----


def examples(heading):
    """The example of each row of the tables under a heading."""
    part = LANGUAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in part.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    return [row[1].strip(" |").strip("`") for row in rows if row[1].startswith("`")]


CHANGES, CHECKS = examples("Changes"), examples("Checks")


@pytest.mark.parametrize("sentence", CHANGES)
def test_a_change(sentence):
    assert parse_changes(sentence, SCOPE)


@pytest.mark.parametrize("sentence", CHECKS)
def test_a_check(sentence):
    assert parse_check(sentence, SCOPE)


@pytest.mark.parametrize("sentence", [*CHANGES, *CHECKS])
def test_an_example_can_stand_in_the_file(sentence):
    model = read(STARTER)
    model["commitments"] = {"snapback": {"party": "down", "when": "not up.release", "then": ["not down.pay"]}}
    if sentence in CHANGES:
        model["open"]["tried"] = {"answers": {"no": None, "tried": {"change": sentence}}}
    else:
        model["claims"].append({"id": "tried", "check": sentence})
    assert loads(yaml.safe_dump(model, sort_keys=False, allow_unicode=True))


def test_every_form_has_an_example():
    changes = [change for sentence in CHANGES for change in parse_changes(sentence, SCOPE)]
    checks = [parse_check(sentence, SCOPE) for sentence in CHECKS]
    assertions = [check.assertion for check in checks]
    assert {type(change) for change in changes} == set(get_args(Change))
    assert {type(assertion) for assertion in assertions} == set(get_args(Assertion))
    predicates = [a.predicate for a in assertions if hasattr(a, "predicate")]
    assert {type(predicate) for predicate in predicates} == set(get_args(Predicate))
    assert {a.quantifier for a in assertions if hasattr(a, "quantifier")} == {"some", "every", "no"}
    hows = {getattr(thing, "how", None) for thing in (*assertions, *predicates)} - {None}
    assert hows == {
        *("above", "below", "level with", "larger", "smaller"),
        *("fewer", "more", "as many", "better", "worse"),
    }
    subjects = [a.subject for a in assertions if hasattr(a, "subject")]
    assert {subject.noun for subject in subjects} == set(get_args(Noun))
    assert {subject.reached for subject in subjects} == {None, *get_args(By)}
    assert any(s.stable_for for s in subjects)
    assert any(s.between for s in subjects)
    assert any(s.where for s in subjects)
    assert any(check.concepts for check in checks)
    assert any(check.changes for check in checks)


def test_every_word_of_the_grammar_is_on_the_page():
    grammar = (resources.files("bestand.model") / "language.lark").read_text("utf-8")
    words = re.findall(r"^[A-Z_]+\.[23]: /([a-z\\+s-]+)\(\?!", grammar, re.MULTILINE)
    assert len(words) > 30
    for word in words:
        assert word.replace("\\s+", " ") in LANGUAGE + FORMAT


# ---- the concepts ----

KEYS = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "references.bib").read_text("utf-8"), re.MULTILINE))
ROWS = {
    re.findall(r"`(\w+)`", cells[1])[0]: cells
    for line in PAGE.splitlines()
    if len(cells := line.strip("| ").split(" | ")) == 5 and "`" in cells[1]
}


@pytest.mark.parametrize("concept", EVERY.values(), ids=EVERY)
def test_a_concept_is_told_as_it_is_computed(concept):
    title, id_, words, symbols, published = ROWS[concept.id]
    assert (title, words) == (str(concept.title), concept_meaning(concept.id))
    assert f"`{concept.id}`" in id_
    assert symbols == f"`{definition(concept.id)}`"
    assert set(re.findall(r"`(\w+)`", published)) == set(concept.names.values())


@pytest.mark.parametrize("concept", EVERY)
def test_the_module_of_a_concept_opens_with_its_definition(concept):
    docstring = import_module(f"bestand.stability.concepts.{concept}").__doc__
    for part in ("In words: ", "In symbols: ", "Source: "):
        assert part in docstring


def test_the_tables_are_what_the_registry_says():
    assert tables.page(PAGE) == PAGE, "run tools/concepts.py update"


def test_what_the_page_says_by_hand_is_what_the_registry_says():
    assert [*tables.by_hand(PAGE)] == []


def test_what_is_missing_by_hand_is_named():
    """A concept that somebody adds: its place among the others, its symbols and its sources."""
    added = Concept("made-up", "a made-up one", ("any", "own", "any", "own", "any"), {"made up": "nobody1900"})
    with registered(added):
        missing = [*tables.by_hand(PAGE)]
    assert "references.bib has no entry 'nobody1900', which the concept made-up names" in missing
    assert "'Which contains which' does not say `smr` → `made-up`" in missing
    assert "the symbols do not explain s5, with which made-up is defined" in missing
    wrong = PAGE.replace("- `sseq` → `smr` → `gmr`", "- `sseq` → `smr` → `seq`")
    assert "'Which contains which' says `smr` → `seq`, which does not follow from their rounds" in tables.by_hand(wrong)


def test_the_concepts_come_in_their_order():
    assert [id_ for id_ in ROWS if id_ in EVERY] == list(EVERY)


@pytest.mark.parametrize("concept", CONCEPTS.values(), ids=CONCEPTS)
def test_the_names_of_a_concept_have_a_source(concept):
    assert concept.names
    assert set(concept.names.values()) <= KEYS


def test_every_citation_on_the_page_is_in_the_references():
    cited = set(re.findall(r"`([a-z]+(?:19|20)\d\d[a-z]?)`", PAGE))
    assert cited
    assert cited <= KEYS


# ---- links ----

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", page.read_text("utf-8")):
        other = (page.parent / target) if target else page
        assert other.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", other.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_linked_from_the_readme():
    readme = PAGES[0].read_text("utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert f"docs/{page.name}" in readme


def test_every_command_is_told_of():
    readme = PAGES[0].read_text("utf-8")
    for command in COMMANDS:
        assert f"`bestand {command}" in readme
