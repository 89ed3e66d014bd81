"""Commitments in a file: what is read and written back, and what can be wrong with them."""

from __future__ import annotations

import pytest

from bestand.files import dumps, loads, read_document

CASE = """\
bestand: 1
title: A tripwire
sources: {press: {title: A paper}}
parties:
  east: {options: {attack: , hold: }}
  west: {options: {fight: , trade: }}
plans:
  bare: not attack
  tied:
    holds: not attack
    commitments: [snapback]
    fixed: [hold]
commitments:
  tripwire: {party: west, when: east.attack, then: [west.fight], says: troops stand there, source: press ¶3}
  snapback:
    party: west
    when: attack or not hold
    then: [fight, not trade]
    assumed: yes
status_quo: [hold]
"""


def test_what_is_written_is_read_back():
    model = loads(CASE)
    assert loads(dumps(model)) == model
    assert [each.id for each in model.standing] == ["tripwire"]
    assert model.plan_named["tied"].commitments == ("snapback",)
    assert model.plan_named["tied"].fixed == ("east.hold",)
    assert model.commitment["snapback"].then == (("west.fight", True), ("west.trade", False))
    assert "fixed: [east.hold]" in dumps(model)


@pytest.mark.parametrize(
    ("wrong", "right", "code", "says"),
    [
        ("party: west, when", "party: north, when", "unknown-party", "no party 'north'"),
        ("then: [west.fight]", "then: [east.hold]", "not-its-own", "a party can tie down its own alone"),
        ("then: [west.fight]", "then: []", "empty", "a commitment does something"),
        ("then: [west.fight]", "then: [west.fight, not fight]", "repeated", "stands here twice"),
        ("then: [west.fight]", "then: [west.fight or trade]", "wrong-type", "is no option, with or without 'not'"),
        ("then: [west.fight]", "then: [west.figt]", "unknown-option", "no option 'west.figt'"),
        ("when: east.attack,", "when: east.atack,", "unknown-option", "no option 'east.atack'"),
        ("when: east.attack,", "when: east.attack and,", "syntax", ""),
        ("commitments: [snapback]", "commitments: [snapbak]", "unknown-commitment", "no commitment 'snapbak'"),
        ("commitments: [snapback]", "commitments: [snapback, snapback]", "repeated", "stands here twice"),
        ("fixed: [hold]", "fixed: [hold, east.hold]", "repeated", "stands here twice"),
        ("fixed: [hold]", "fixed: [hol]", "unknown-option", "hol"),
        ("status_quo: [hold]", "status_quo: [hold, attack]", "acts-today", "today is not at rest"),
        ("then: [fight, not trade]", "then: [not fight]", "commitment-fight", "(tripwire, snapback): state 1000"),
        ("status_quo: [hold]", "status_quo: [hold]\ncoalesced: [fight]", "commitments-coalesced", "count as one"),
        ("source: press ¶3", "source: pres ¶3", "unknown-source", "pres"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(wrong, right, code, says):
    text = CASE.replace(wrong, right)
    assert text != CASE
    problems = [each for each in read_document(text).problems if each.severity == "error"]
    assert [each.code for each in problems] == [code], problems
    assert says in problems[0].message
    changed = next(
        n for n, lines in enumerate(zip(text.split("\n"), CASE.split("\n"), strict=False), 1) if lines[0] != lines[1]
    )
    assert problems[0].line in (changed, 14, 15)


RULES = """\
bestand: 1
title: One after the other
parties:
  a: {options: {x: , y: }}
  b: {options: {go: , z: }}
"""


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        (
            "rules: [never: x and go]\ncommitments: {t: {party: a, when: go, then: [x]}}",
            "commitment-rule",
            "breaks a rule (t): state 1010",
        ),
        (
            "one_way: {x: to-no}\ncommitments: {t: {party: a, when: go, then: [x]}}",
            "commitment-direction",
            "against its direction (t): state 0010",
        ),
        (
            "commitments: {on: {party: a, when: go and not x, then: [x]},"
            " off: {party: a, when: go and x, then: [not x]}}",
            "commitment-unsettled",
            "go on and on",
        ),
    ],
)
def test_what_they_cannot_complete_is_told_with_its_state(more, code, says):
    problems = [each for each in read_document(RULES + more).problems if each.severity == "error"]
    assert [each.code for each in problems] == [code], problems
    assert says in problems[0].message


def test_a_fight_in_states_to_which_nothing_leads_is_none():
    fight = "{one: {party: a, when: go, then: [x]}, two: {party: a, when: go, then: [not x]}}"
    assert not [
        p for p in read_document(f"{RULES}rules: [never: go]\ncommitments: {fight}").problems if p.severity == "error"
    ]


def test_a_chain_of_commitments_is_no_circle():
    links = [("a", "b.go", "x"), ("b", "a.x", "z"), ("a", "b.z", "y")]
    chain = "".join(f"  {then}: {{party: {party}, when: {when}, then: [{then}]}}\n" for party, when, then in links)
    model = loads(f"{RULES}commitments:\n{chain}status_quo: []\n")
    assert len(model.standing) == 3


def test_a_ranking_beside_commitments_holds_every_state_that_the_rules_leave():
    """At rest or not: a reading may drop a commitment, and a plan may bring one."""
    states = [format(state, "04b")[::-1] for state in range(16)]
    ranked = f"preferences: {{a: {{ranking: {states}}}}}"
    tie = "commitments: {t: {party: a, when: go, then: [x]}}"
    assert loads(f"{RULES}{tie}\n{ranked}\n").standing
    fewer = ranked.replace(", '0010'", "")
    told = read_document(f"{RULES}{tie}\n{fewer}\n").problems
    assert "ranking-misses" in [each.code for each in told]
