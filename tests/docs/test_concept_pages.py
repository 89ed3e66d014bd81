"""Every concept has its page, and what the pages work out by hand is what the engine finds."""

import re
from pathlib import Path

import pytest

import bestand
from bestand.stability.registry import CONCEPTS, EVERY
from tests.docs.console import FILE

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "concepts"
WITH_PAGE = [concept for concept in EVERY if (PAGES / f"{concept}.md").exists()]
PARTS = ["By hand", "What it assumes", "Names", "Beside the others", "Where it misleads"]


def page(concept):
    return (PAGES / f"{concept}.md").read_text("utf-8")


def test_every_usual_concept_has_a_page_and_every_page_is_one():
    assert {*CONCEPTS, "brseq", "brsseq"} <= set(WITH_PAGE)
    assert {path.stem for path in PAGES.glob("*.md")} == set(WITH_PAGE)


def foresight(count):
    """How a page says how many moves ahead the party looks."""
    counts = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return "one move" if count == 1 else f"{counts[count - 1]} steps"


@pytest.mark.parametrize("concept", WITH_PAGE)
def test_a_page_says_all_there_is_to_say(concept):
    text, facts = page(concept), EVERY[concept]
    assert text.splitlines()[0].lower() == f"# {facts.title} (`{concept}`)".lower()
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == PARTS
    for part in ("**In words.**", "**In symbols.**", "```console\n$ bestand"):
        assert part in text
    assert set(facts.names.values()) <= set(re.findall(r"`(\w+)`", text))
    assert f"**Foresight**: {foresight(facts.foresight)}" in text
    knows = re.search(r"\*\*Knowledge\*\*: what (everybody|the party itself) wants", text)
    assert (knows[1] == "everybody") is facts.knows_preferences


@pytest.mark.parametrize("concept", WITH_PAGE)
def test_the_overview_leads_to_the_page_and_back(concept):
    assert f"[`{concept}`](concepts/{concept}.md)" in (ROOT / "docs" / "concepts.md").read_text("utf-8")
    assert "(../concepts.md)" in page(concept)


@pytest.mark.parametrize("concept", WITH_PAGE)
def test_what_a_page_points_at_is_there(concept):
    known = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "references.bib").read_text("utf-8"), re.MULTILINE))
    for key in re.findall(r"`([a-z]+\d{4}[a-z]?)`", page(concept)):
        assert key in known
    for target, anchor in re.findall(r"\]\(([\w./-]+)(?:#([\w-]+))?\)", page(concept)):
        found = (PAGES / target).resolve()
        assert found.is_file(), target
        titles = re.findall(r"^##? (.*)$", found.read_text("utf-8"), re.MULTILINE)
        assert not anchor or anchor in {title.lower().replace(" ", "-") for title in titles}


def example(concept):
    """The model that stands on a page."""
    return bestand.loads(FILE.search(page(concept))["text"])


PRISONERS, DRIVERS = "textbook/prisoners-dilemma", "textbook/chicken"
BY_HAND = [  # model, concept, and for each state (in this order) for whom it is stable
    (PRISONERS, "nash", {"1": "", "2": "P2", "3": "P1", "4": "P1 P2"}),
    (PRISONERS, "seq", {"1": "P1 P2", "2": "P2", "3": "P1", "4": "P1 P2"}),
    (PRISONERS, "sseq", {"1": "P1 P2", "2": "P2", "3": "P1", "4": "P1 P2"}),
    (PRISONERS, "brseq", {"1": "P1 P2", "2": "P2", "3": "P1", "4": "P1 P2"}),
    (PRISONERS, "brsseq", {"1": "P1 P2", "2": "P2", "3": "P1", "4": "P1 P2"}),
    (DRIVERS, "gmr", {"1": "P1 P2", "2": "P1 P2", "3": "P1 P2", "4": ""}),
    (DRIVERS, "smr", {"1": "P1 P2", "2": "P1 P2", "3": "P1 P2", "4": ""}),
    (DRIVERS, "seq", {"1": "", "2": "P1 P2", "3": "P1 P2", "4": ""}),
    (DRIVERS, "sseq", {"1": "", "2": "P1 P2", "3": "P1 P2", "4": ""}),
    ("smr", "nash", {"damp": "landlord", "withheld": "tenant", "court": "landlord", "repair": "tenant"}),
    ("smr", "gmr", {"damp": "tenant landlord", "withheld": "tenant landlord", "court": "landlord", "repair": "tenant"}),
    ("smr", "smr", {"damp": "landlord", "withheld": "tenant", "court": "landlord", "repair": "tenant"}),
    ("smr", "seq", {"damp": "tenant landlord", "withheld": "tenant landlord", "court": "landlord", "repair": "tenant"}),
    ("smr", "sseq", {"damp": "landlord", "withheld": "tenant", "court": "landlord", "repair": "tenant"}),
    ("smr", "brseq", {"damp": "tenant landlord", "withheld": "tenant landlord", "court": "landlord"}),
    ("smr", "brsseq", {"damp": "landlord", "withheld": "tenant"}),
]


@pytest.mark.parametrize(("model", "concept", "told"), BY_HAND)
def test_what_is_worked_out_by_hand_is_so(model, concept, told):
    model = bestand.load(model) if "/" in model else example(model)
    found = bestand.analyse(model, [concept])
    place = {label: k for k, mask in enumerate(found.states) if (label := model.labels[model.bits(int(mask))])}
    for label, parties in told.items():
        stable = [party for i, party in enumerate(model.party) if found.stable[concept][i, place[label]]]
        assert stable == parties.split(), label


def test_the_threat_that_nobody_would_carry_out():
    model = example("brseq")
    concepts, today = ("nash", "gmr", "smr", "seq", "sseq", "brseq", "brsseq"), 0
    stable = bestand.analyse(model, concepts).stable
    assert [concept for concept in concepts if stable[concept][0, today]] == ["gmr", "smr", "seq", "sseq"]


def test_the_same_example_stands_on_three_pages():
    assert example("smr") == example("sseq") == example("brsseq")


def test_stable_under_seq_and_smr_is_not_enough_for_sseq():
    """One answer is given but escaped, the other is not escaped but never given."""
    model = bestand.loads(
        "{bestand: 1, title: T, parties: {A: {options: {go: }}, B: {options: {sue: , burn: }}}, status_quo: [],"
        "preferences: {A: {priorities: [not burn, go iff not sue]}, B: {priorities: [not burn, go implies sue]}}}"
    )
    stable = bestand.analyse(model, ["nash", "smr", "seq", "sseq"]).stable
    assert [concept for concept in stable if stable[concept][0, 0]] == ["smr", "seq"]
