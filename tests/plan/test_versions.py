"""The kinds of versions of a plan: what parts them, and what the table tells."""

from __future__ import annotations

import pytest

import bestand
from bestand.document.blocks import Table
from bestand.model.formula import text
from bestand.plan.version_kinds import MOST
from bestand.plan.version_words import tells_versions, versions_part
from bestand.prose.messages import speaking
from bestand.prose.spoken import spoken
from tests.first_reading import UKRAINE


def kinds(answer):
    """By the formula of each kind what the parties say that do not say yes, and how many deals there are."""
    return {
        text(kind.formula): ({id: stand.says for id, stand in kind.stands.items() if stand.says != "yes"}, kind.deals)
        for kind in answer.ruling.versions
    }


def test_the_flagship_has_two_kinds_each_refused():
    """Without the provinces Russia refuses, with them Ukraine and Europe."""
    assert kinds(bestand.deals(UKRAINE)) == {
        "not ukraine.cede": ({"russia": "refuses"}, 0),
        "ukraine.cede": ({"ukraine": "refuses", "europe": "refuses"}, 0),
    }


def test_where_order_is_the_price_one_kind_is_all_deals():
    answer = bestand.deals(UKRAINE, readings=["russia-order-2"])
    found = answer.ruling.versions
    assert [(kind.states, kind.deals, kind.kept) for kind in found] == [(512, 512, 512), (1024, 0, 0), (3072, 0, 0)]
    assert text(found[0].formula) == "not ukraine.cede and ukraine.no_nato and europe.direct_talks"


def test_a_party_that_says_yes_to_some_says_when():
    (first, _second) = bestand.deals(UKRAINE, no_deal="today").ruling.versions
    assert first.stands["europe"].says == "if"
    assert text(first.stands["europe"].when) == (
        "not europe.force and not europe.taurus and not europe.fund_arms and not europe.direct_talks"
    )


def table(model, ruling):
    (found,) = (block for block in versions_part(model, ruling) if isinstance(block, Table))
    return found


@pytest.mark.parametrize(
    ("lang", "header", "together"),
    [
        ("en", "Ukraine does not hand over the four provinces", "✕ no deal"),
        ("nl", "Oekraïne staat de vier provincies niet af", "✕ geen akkoord"),
    ],
)
def test_the_table_names_kinds_in_words_of_the_file(lang, header, together):
    answer = bestand.deals(UKRAINE)
    with speaking(lang):
        told = table(spoken(answer.model), answer.ruling)
    assert told.header[1] == header
    assert set(next(row for row in told.rows if row[1] == together)[1:]) == {together}
    assert answer.data()["kinds"][0]["parties"]["russia"] == {"says": "refuses", "if": None, "yes": 0}
    assert bestand.analyse(UKRAINE).data()["kinds"] == answer.data()["kinds"]


MANY = """
bestand: 1
title: Much to agree on
parties:
  a: {options: {p: , q: , r: , s: , t: }}
  b: {options: {p: , q: , r: , s: , t: }}
status_quo: []
plan: a.p or b.p
preferences:
  a: {priorities: [(b.p iff a.q) or (b.r and not a.s), b.t iff a.t, b.q]}
  b: {priorities: [(a.p iff b.q) or (a.r and not b.s), a.t, a.q iff b.r]}
"""


def test_there_are_four_kinds_at_most_and_none_is_left_out():
    answer = bestand.deals(bestand.loads(MANY))
    found = answer.ruling.versions
    assert 1 < len(found) <= MOST
    assert sum(kind.states for kind in found) == answer.ruling.signable
    assert sum(kind.deals for kind in found) == answer.ruling.deals


ALONE = """
bestand: 1
title: A red line
parties: {a: {options: {p: }}, b: {options: {q: }}}
status_quo: []
plan: p and q
red_lines: {a: q}
preferences: {a: {priorities: [q]}, b: {priorities: [p]}}
"""


def test_one_kind_is_every_version():
    answer = bestand.deals(bestand.loads(ALONE))
    with speaking("en"):
        told = table(spoken(answer.model), answer.ruling)
    assert told.header == ("", "every version")
    assert told.rows[0][1] == "✕ refuses"


def test_what_comes_by_itself_has_no_kinds_to_tell():
    """Nobody is asked to sign what comes anyway; the data have them all the same."""
    answer = bestand.deals(bestand.loads(ALONE.replace("plan: p and q\nred_lines: {a: q}", "plan: not p")))
    assert not tells_versions(answer.ruling)


def test_what_the_table_counts_is_told_in_a_sentence():
    """Europe says yes to some versions without the provinces, by a condition that no cell has room for."""
    answer = bestand.deals("press/wynia2025/ukraine")
    told = " ".join(answer.words().split())
    assert (
        "Europe says yes to 7,680 of the 13,824 versions in the column “Ukraine does not hand over the unconquered "
        "parts”: those in which Europe does not have its troops fight, and besides: the United States goes on "
        "mediating or Europe delivers no Taurus missiles."
    ) in told
    assert "Europa zegt ja tegen 7.680 van de 13.824 varianten in de kolom" in " ".join(answer.words("nl").split())
    (kind,) = [kind for kind in answer.ruling.versions if kind.stands["europe"].says == "if"]
    stand = kind.stands["europe"]
    within = bestand.deals("press/wynia2025/ukraine", f"ceasefire and not ukraine.cede and ({text(stand.when)})")
    assert (within.ruling.signable, within.ruling.refuses["europe"].states) == (stand.yes, 0)
