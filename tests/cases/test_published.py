"""The catalogue against what is known of it: one table of facts, and that every case loads.

``agreed`` marks a set on which the sources and an independent computation from the definitions agree, ``computed`` one
that no source gives and that was computed from the definitions alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import pytest

import bestand
from tests.first_reading import UKRAINE

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
CATALOGUE = Path(str(resources.files("bestand"))) / "cases"
SLUGS = sorted(path.relative_to(CATALOGUE).with_suffix("").as_posix() for path in CATALOGUE.rglob("*.yaml"))


@dataclass(frozen=True)
class KnownResult:
    """The labels of all equilibria of a case under one concept."""

    slug: str
    concept: str
    labels: tuple[int, ...]
    kind: Literal["agreed", "computed"]
    cite: str

    @property
    def id(self) -> str:
        return f"{self.slug}-{self.concept}"


def known(slug: str, cite: str, kind: Literal["agreed", "computed"], **sets: tuple[int, ...]) -> list[KnownResult]:
    return [KnownResult(slug, concept, labels, kind, cite) for concept, labels in sets.items()]


BOOK = "Fang, Hipel & Kilgour 1993, Interactive Decision Making"
ROUSSEAU = "Rousseau 1755; the standard ordering of the game"
SYRIA = "Hipel, Kilgour & Kinsara, GDN 23 (2014) 355-376; Kinsara, thesis 2014, ch. 4"
ELMIRA = "Hipel, Fang, Kilgour & Haight 1993; Kilgour, Hipel, Fang & Peng 2001; Xu et al. 2018"
CUBA = "Fraser & Hipel 1979, 1984"
KOREA = "Jacobi 2017, The Graph Model of Conflict Resolution, two posts"

KNOWN: list[KnownResult] = [
    # Fang, Hipel & Kilgour 1993, Interactive Decision Making
    *known(
        "textbook/prisoners-dilemma", BOOK, "agreed",
        nash=(4,), gmr=(1, 4), smr=(1, 4), seq=(1, 4), sseq=(1, 4),
    ),
    # Fang, Hipel & Kilgour 1993, Interactive Decision Making
    *known(
        "textbook/chicken", BOOK, "agreed",
        nash=(2, 3), gmr=(1, 2, 3), smr=(1, 2, 3), seq=(2, 3), sseq=(2, 3),
    ),
    # Rousseau 1755; the standard ordering of the game
    *known(
        "textbook/stag-hunt", ROUSSEAU, "agreed",
        nash=(1, 4), gmr=(1, 4), smr=(1, 4), seq=(1, 4), sseq=(1, 4),
    ),
    # Hipel, Kilgour & Kinsara, Group Decision and Negotiation 23 (2014) 355-376; Kinsara, thesis 2014, ch. 4
    *known(
        "journals/gdn/hipel2014/syria-iraq-1975", SYRIA, "agreed",
        nash=(6,), gmr=(1, 6), smr=(6,), seq=(6,), sseq=(6,),
    ),
    # Hipel, Fang, Kilgour & Haight 1993; Kilgour, Hipel, Fang & Peng 2001; Xu et al. 2018
    *known(
        "books/fang1993/elmira", ELMIRA, "agreed",
        nash=(5, 8, 9), gmr=(1, 4, 5, 8, 9), smr=(1, 4, 5, 8, 9), seq=(5, 8, 9), sseq=(5, 8, 9),
    ),
    # the model: Fraser & Hipel 1979, 1984, who name 4 and 6 as the resolutions. These sets are computed from the
    # definitions
    *known(
        "books/fraser1984/cuban-missile-crisis", CUBA, "computed",
        nash=(), gmr=(0, 1, 2, 4, 5, 6, 7), smr=(0, 1, 2, 4, 5, 6, 7), seq=(4, 6), sseq=(4, 6),
    ),
    # Jacobi, The Graph Model of Conflict Resolution, two posts, November 2017
    *known(
        "web/jacobi2017/north-korea-usa", KOREA, "agreed",
        smr=(0, 4, 5, 10, 12),
    ),
    # the model: Jacobi 2017. These sets are computed from the definitions
    *known(
        "web/jacobi2017/north-korea-usa", KOREA, "computed",
        nash=(0, 5), gmr=(0, 4, 5, 10, 12), seq=(0, 5, 10), sseq=(0, 5, 10),
    ),
]  # fmt: skip


@cache
def analysed(slug: str) -> Any:
    return bestand.analyse(bestand.load(slug))


def labelled(result: Any, concept: str) -> list[tuple[int, str]]:
    """Label and bits of every equilibrium."""
    states = [result.model.bits(int(state)) for state in result.states[result.equilibria[concept]]]
    return sorted((int(result.model.labels[bits]), bits) for bits in states)


@pytest.mark.parametrize("fact", KNOWN, ids=lambda fact: fact.id)
def test_equilibria_are_those_known(fact: KnownResult):
    result = analysed(fact.slug)
    # by label and bits: where several states share a label, all of them are equilibria or none is
    expected = sorted((int(label), bits) for bits, label in result.model.labels.items() if int(label) in fact.labels)
    assert labelled(result, fact.concept) == expected, f"{fact.kind}: {fact.cite}"


def test_every_published_case_has_all_five_concepts():
    facts = {(fact.slug, fact.concept) for fact in KNOWN}
    published = [slug for slug in SLUGS if not slug.startswith("press/")]
    assert facts == {(slug, concept) for slug in published for concept in CONCEPTS}
    assert len(facts) == len(KNOWN)


def test_the_four_states_of_an_abandoned_plant_in_elmira_share_a_label():
    model = bestand.load("books/fang1993/elmira")
    assert {bits for bits, label in model.labels.items() if label == "9"} == {"00010", "10010", "00011", "10011"}
    assert {bits for bits in model.labels if bits[3] == "1"} == {"00010", "10010", "00011", "10011"}


def test_every_catalogued_case_loads():
    failures = []
    for slug in SLUGS:
        errors = [problem for problem in bestand.check(str(CATALOGUE / f"{slug}.yaml")) if problem.severity == "error"]
        failures += [f"{slug}: {problem}" for problem in errors]
        if not errors:
            try:
                bestand.load(slug)
            except bestand.BestandError as error:
                failures.append(f"{slug}: as a slug: {error}")
    assert not failures, "\n".join(failures)
    assert len(SLUGS) >= 8


def test_ukraine_has_its_options_and_feasible_states():
    result = analysed(UKRAINE)
    assert len(result.options) == 16
    assert len(result.states) == 49_152


def test_ukraine_has_its_claims_in_order():
    assert [claim.id for claim in bestand.load(UKRAINE).claims] == [
        "stalled",
        "washington-leaves",
        "moscow-waits",
        "price-works",
        "provinces",
        "taurus-not-decisive",
        "taurus-endangers",
        "pressure-decides",
        "three-zones-deter",
        "burden-buys-presence",
        "europe-needs-washington",
        "europe-falls",
    ]


def test_ukraine_has_its_readings():
    assert [reading.id for reading in bestand.load(UKRAINE).readings] == [
        "usa-never",
        "usa-firm",
        "usa-leaves-first",
        "usa-burden",
        "russia-tariffs-hurt",
        "russia-nato-first",
        "russia-order",
        "russia-order-2",
        "zones-weigh",
        "europe-order",
        "cede-reversible",
    ]


def test_nothing_in_ukraine_stands_without_a_source_or_the_word_that_it_is_assumed():
    model = bestand.load(UKRAINE)
    grounds = {
        f"{party} {number}": statement.grounds
        for party, preference in model.preferences.items()
        for number, statement in enumerate(preference.statements, 1)
    }
    assert len(grounds) == 8 + 12 + 10 + 10
    grounds |= {part.id: part.grounds for part in (*model.options, *model.readings, *model.claims)}
    grounds |= {outcome.name: outcome.grounds for outcome in model.outcomes}
    grounds |= {f"rule {number}": rule.grounds for number, rule in enumerate(model.rules, 1)}
    grounds |= {f"one way {one_way.option}": one_way.grounds for one_way in model.one_way}
    assert [name for name, ground in grounds.items() if ground.support == "none"] == []
    assert [name for name, ground in grounds.items() if not ground.says] == []
    assert [name for name, ground in grounds.items() if ground.assumed and not ground.note] == []
