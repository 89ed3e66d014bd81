"""Each doubt planted in a model that has no other, found once and at its place; and what nearly is one, not found."""

from __future__ import annotations

from pathlib import Path

import pytest

from bestand.doubts.examine import NOT_CHECKED
from bestand.doubts.families import FAMILIES, KINDS
from bestand.files import read_document
from bestand.files.catalogue import slugs
from bestand.model.accepting import DOUBTS
from bestand.questions.check.answer import checked

SOUND = """\
bestand: 1
title: Two neighbours and a dam
sources: {press: {title: The dam}}
parties:
  up:
    options:
      release: {source: press}
      threaten: {source: press}
  down:
    options:
      attack: {source: press}
      pay: {assumed: yes}
rules:
  - {never: release and threaten, source: press}
outcomes:
  deal: {holds: release and pay, source: press}
plan: deal
one_way:
  attack: {direction: to-yes, source: press}
forbidden_moves:
  - {party: down, from: release, to: attack, source: press}
status_quo: [threaten]
preferences:
  up:
    priorities:
      - {holds: not attack, source: press}
      - {holds: pay, source: press}
      - {holds: release, assumed: yes}
  down:
    priorities:
      - {holds: release, source: press}
      - {holds: not attack, source: press}
      - {holds: not pay, source: press}
readings:
  proud: {change: down 3 before down 1, assumed: yes}
claims:
  - {id: deal, check: some equilibrium is deal}
  - {id: war, check: [no state reached has attack, some state is release implies pay]}
"""


def changed(*changes: tuple[str, str]) -> str:
    text = SOUND
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def told(text: str) -> list[tuple[str, str | None, int, int]]:
    document = read_document(text)
    assert document.model is not None, document.problems
    return [(p.code, p.at, p.line, p.column) for p in checked(document).problems]


def test_the_sound_model_is_sound():
    assert told(SOUND) == []


BARE = "bestand: 1\ntitle: T\n"
TWO = BARE + "parties: {up: {options: {a: }}, down: {options: {b: }}}\n"
WISHES = "preferences: {up: {priorities: [b, a]}, down: {priorities: [a, b]}}\n"

PLANTED = {  # code: text, where, line, column, words of the message
    "idle-option": (
        changed(("      pay: {assumed: yes}", "      pay: {assumed: yes}\n      ask: {assumed: yes}")),
        *("down.ask", 13, 7, "speaks of down.ask"),
    ),
    "idle-option, an outcome that is not in use": (
        changed(
            ("      pay: {assumed: yes}", "      pay: {assumed: yes}\n      ask: {assumed: yes}"),
            ("outcomes:", "outcomes:\n  asked: {holds: down.ask, assumed: yes}"),
        ),
        *("down.ask", 13, 7, "speaks of down.ask"),
    ),
    "idle-option, a weight of zero": (
        TWO + "preferences: {up: {weights: {a: 1}}, down: {weights: {a: 1, b: 0}}}\n",
        *("down.b", 3, 50, "speaks of down.b"),
    ),
    "idle-option, a ranking": (
        TWO + 'preferences: {up: {ranking: [["00", "01"], ["10", "11"]]}, down: {weights: {a: 1}}}\n',
        *("down.b", 3, 50, "speaks of down.b"),
    ),
    "idle-statement": (
        changed(("{holds: pay, source: press}", "{holds: release implies not threaten, source: press}")),
        *("up 2", 27, 9, "is true in every feasible state"),
    ),
    "decided-statement": (
        changed(("{holds: release, assumed: yes}", "{holds: pay or attack, assumed: yes}")),
        *("up 3", 28, 9, "the first 2 statements of up agree"),
    ),
    "decided-statement, a level": (
        TWO + "preferences: {up: {priorities: [[b, not b], a]}, down: {priorities: [a, b]}}\n",
        *("up 1", 4, 33, "the wishes of up 1-2 decide nothing"),
    ),
    "repeated-statement": (
        TWO + "preferences: {up: {priorities: [[b, a, b]]}, down: {priorities: [a, b]}}\n",
        *("up 3", 4, 40, "'down.b' stands in its level twice"),
    ),
    "opposed-statement": (
        changed(("{holds: release, assumed: yes}", "{holds: attack or attack and pay, assumed: yes}")),
        *("up 3", 28, 9, "asks for the opposite of up 1"),
    ),
    "lost-move": (
        changed(("never: release and threaten", "never: threaten and pay")),
        *("rule 1", 14, 5, "down cannot change pay to yes where up.threaten is taken"),
    ),
    "tied-answer": (
        changed(("never: release and threaten", "always: attack implies threaten")),
        *("rule 1", 14, 5, "makes 'down.attack' without 'up.threaten' impossible, so nobody can break it"),
    ),
    "tied-answer, never": (
        changed(("never: release and threaten", "never: attack and not threaten")),
        *("rule 1", 14, 5, "nobody can break it: up cannot change threaten to no"),
    ),
    "idle-commitment": (
        TWO
        + "commitments: {tie: {party: down, when: a and not a, then: [b]}}\n"
        + "preferences: {up: {priorities: [b, a]}, down: {priorities: [a, b]}}\n",
        *("commitment tie", 4, 15, "changes nothing in any state that the rules leave"),
    ),
    "needless-commitment": (
        TWO
        + "commitments: {tie: {party: down, when: a, then: [b]}}\n"
        + "preferences: {up: {priorities: [b, a]}, down: {priorities: [a, b]}}\n",
        *("commitment tie", 4, 15, "down has a move of its own that pays, and does the same"),
    ),
    "nominal-option": (
        TWO
        + "outcomes: {deal: a and b}\nplan: deal\n"
        + "preferences: {up: {priorities: [deal]}, down: {priorities: [deal, not b]}}\n",
        *("up.a", 3, 26, "only the definition of deal speaks of up.a, and taking it costs nobody"),
    ),
    "nominal-option, a demand": (
        TWO
        + "outcomes: {deal: b and not a}\nplan: deal\n"
        + "preferences: {up: {priorities: [deal]}, down: {priorities: [deal, not b]}}\n",
        *("up.a", 3, 26, "and dropping it costs nobody"),
    ),
    "no-preferences": (
        TWO + "preferences: {up: {priorities: [a, b]}}\n",
        *("down", 3, 33, "taken to be indifferent"),
    ),
    "indifferent-party": (
        TWO + "preferences: {up: {weights: {a: 1, b: 2}}, down: {weights: {a: 0, b: 0.0}}}\n",
        *("down", 4, 44, "its weights put every feasible state level"),
    ),
    "indifferent-party, a ranking": (
        TWO + 'preferences: {up: {weights: {a: 1, b: 2}}, down: {ranking: [["00", "01", "10", "11"]]}}\n',
        *("down", 4, 44, "its ranking puts every feasible state level"),
    ),
    "no-options": (
        TWO.replace("}}}\n", "}}, judge: }\n") + WISHES.replace("]}}\n", "]}, judge: {priorities: [a]}}\n"),
        *("judge", 3, 57, "cannot act"),
    ),
    "powerless-party": (
        BARE
        + "parties: {up: {options: {a: , c: }}, down: {options: {b: }}}\nrules: [{exactly_one: [a, c]}]\n"
        + "one_way: {a: to-yes, c: to-yes}\npreferences: {up: {priorities: [b, a]}, down: {priorities: [a, b]}}\n",
        *("up", 3, 11, "no move from any feasible state"),
    ),
    "idle-outcome": (
        changed(("outcomes:", "outcomes:\n  calm: {holds: not attack or attack, source: press}")),
        *("calm", 16, 3, "true in every feasible state"),
    ),
    "idle-plan": (changed(("plan: deal", "plan: release and threaten")), "plan", 17, 7, "true in no feasible state"),
    "today-plan": (
        changed(("plan: deal", "plan: threaten and not release and not attack and not pay")),
        *("plan", 17, 7, "true in the status quo, and in no other feasible state"),
    ),
    "same-plan": (
        changed(("plan: deal", "plans: {one: deal, two: release and pay}")),
        *("plan two", 17, 25, "in the states of plan one, and in no others"),
    ),
    "odd-plan": (
        changed(("plan: deal", "plan: not attack\nplans: {one: deal}")),
        *("plan", 17, 7, "it is none of the plans that have an id"),
    ),
    "idle-plan, one of several": (
        changed(("plan: deal", "plans: {one: deal, two: release and threaten}")),
        *("plan two", 17, 25, "true in no feasible state"),
    ),
    "no-exit": (
        TWO + WISHES + "one_way: {a: to-yes}\nplan: a\nstatus_quo: [a]\n",
        *("plan", 6, 7, "nobody has a move that would end it"),
    ),
    "idle-one-way": (
        BARE
        + "parties: {up: {options: {a: , c: }}, down: {options: {b: }}}\nrules: [{never: a}]\none_way: {a: to-yes}\n"
        + "preferences: {up: {priorities: [b, c]}, down: {priorities: [c, b]}}\n",
        *("one-way up.a", 5, 14, "up.a is no in every feasible state"),
    ),
    "idle-forbidden-move": (
        changed(("from: release, to: attack", "from: release, to: threaten")),
        *("forbidden move 1", 21, 5, "down has no move from such a state"),
    ),
    "stuck-status-quo": (
        TWO + WISHES + "one_way: {a: to-yes, b: to-yes}\nstatus_quo: [a, b]\n",
        *("status quo", 6, 1, "nobody can move from it"),
    ),
    "lost-status-quo": (
        TWO + WISHES + "one_way: {a: to-yes, b: to-yes}\nstatus_quo: []\n",
        *("status quo", 6, 1, "no move of any party leads into it"),
    ),
    "idle-reading": (
        changed(("change: down 3 before down 1", "change: up 2 replaced by pay and (attack or not attack)")),
        *("reading proud", 35, 3, "changes no state, no move"),
    ),
    "stacked-reading": (
        changed(("  proud: {", "  vain: {change: down wants not pay first, assumed: yes}\n  proud: {")),
        *("reading proud", 36, 3, "beside vain it changes nothing"),
    ),
    "reading-order": (
        changed(
            ("  proud: {", "  first: {change: up 2 before up 1, assumed: yes}\n  proud: {"),
            ("change: down 3 before down 1", "change: up 3 before up 1"),
        ),
        *("reading proud", 36, 3, "before first it comes to something else than after"),
    ),
    "missing-link": (
        changed(
            (
                "check: some equilibrium is deal",
                "check: 'same answer with threaten held at yes as with threaten held at no, no equilibrium is attack'",
            ),
        ),
        *("claim deal", 37, 5, "no wish of down ties up.threaten to what it speaks of"),
    ),
    "vacuous-claim": (
        changed(("check: some equilibrium is deal", "check: some equilibrium where release and threaten is deal")),
        *("claim deal", 37, 23, "speaks of nothing: 'up.release and up.threaten' is true in no feasible state"),
    ),
    "vacuous-claim, nothing of the kind": (
        changed(("check: some equilibrium is deal", "check: every state reached where attack is deal")),
        *("claim deal", 37, 23, "cannot be said: there is no such state"),
    ),
    "vacuous-claim, of any states": (
        changed(("check: some equilibrium is deal", "check: no equilibrium is release and threaten")),
        *("claim deal", 37, 23, "is true by definition: 'up.release and up.threaten' is true in no feasible state"),
    ),
    "vacuous-claim, never together": (
        changed(("check: some equilibrium is deal", "check: no equilibrium where release has threaten")),
        *("claim deal", 37, 23, "'up.release' and 'up.threaten' are never true together"),
    ),
    "vacuous-claim, always together": (
        changed(("check: some equilibrium is deal", "check: every equilibrium where release is not threaten")),
        *("claim deal", 37, 23, "wherever 'up.release' is true, 'not up.threaten' is true"),
    ),
    "vacuous-claim, every one": (
        changed(("check: some equilibrium is deal", "check: every equilibrium is not (release and threaten)")),
        *(
            "claim deal",
            37,
            23,
            "is true by definition: 'not (up.release and up.threaten)' is true in every feasible state",
        ),
    ),
    "vacuous-claim, the premise": (
        changed(("check: some equilibrium is deal", "check: every state reached is attack implies deal")),
        *("claim deal", 37, 23, "its premise 'down.attack' is true of none of them"),
    ),
    "vacuous-claim, none to count": (
        changed(
            (
                "check: some equilibrium is deal",
                'check: "as many states reached where attack are deal with up 1 dropped as with up 2 dropped"',
            )
        ),
        *("claim deal", 37, 23, "none to be counted on either side"),
    ),
    "no-source": (
        changed(("      - {holds: not pay, source: press}", "      - not pay")),
        *("down 3", 33, 9, "no source is named"),
    ),
    "no-source, an option": (
        changed(("pay: {assumed: yes}", "pay: {says: pays, says_no: does not pay}")),
        *("down.pay", 12, 7, "no source is named"),
    ),
    "same-name, two parties": (
        TWO.replace("up: {options", "up: {name: Vallée, options").replace(
            "down: {options", "down: {name: VALLÉE, options"
        )
        + WISHES,
        *("down", 3, 47, "it is called as up is"),
    ),
    "same-name, an id": (
        TWO.replace("up: {options", "up: {name: Down, options") + WISHES,
        *("up", 3, 11, "its name “Down” is the id of another party"),
    ),
    "unmarked-plural": (
        TWO.replace("down: {options", "down: {name: The Kosovo Serbs, options") + WISHES,
        *("down", 3, 33, "“The Kosovo Serbs” seems to be plural"),
    ),
    "unsaid-no": (
        changed(("pay: {assumed: yes}", "pay: {says: pays, assumed: yes}")),
        *("down.pay", 12, 7, "“down no longer pays” is read where it is dropped, “down does not choose “pays””"),
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_it_is_found_once_and_nothing_else(fault):
    text, at, line, column, words = PLANTED[fault]
    assert told(text) == [(fault.partition(",")[0], at, line, column)]
    (problem,) = checked(read_document(text)).problems
    assert words in problem.message
    assert problem.severity == "warning"
    assert problem.consequence
    assert problem.hint


def test_a_name_of_blanks_is_not_plural():
    assert told(TWO.replace("down: {options", 'down: {name: " ", options') + WISHES) == []


def test_each_doubt_is_planted():
    assert {fault.partition(",")[0] for fault in PLANTED} == set(DOUBTS)


NEARLY = {
    "a plural that is marked": TWO.replace("down: {opt", "down: {name: Kosovo Serbs, plural: yes, opt") + WISHES,
    "a name that is singular, as the file says": TWO.replace("down: {opt", "down: {name: Knights, plural: no, opt")
    + WISHES,
    "a name that is singular, as its verbs say": (
        TWO.replace("down: {options: {b: }}", "down: {name: Knights, options: {b: {says: pays, says_no: waits}}}")
        + WISHES
    ),
    "a demand that somebody would miss": (
        TWO
        + "outcomes: {deal: b and not a, spoilt: a and b}\nplan: deal\n"
        + "preferences: {up: {priorities: [spoilt, deal]}, down: {priorities: [deal, not b]}}\n"
    ),
    "another name for an option": (
        TWO
        + "outcomes: {kept: a, deal: kept and b}\nplan: deal\n"
        + "preferences: {up: {priorities: [deal]}, down: {priorities: [deal, not b]}}\n"
    ),
    "a plan of today that somebody can end": TWO + WISHES + "plan: a\nstatus_quo: [a]\n",
    "a plan of today that only a step of another lets somebody end": (
        TWO
        + "preferences: {up: {priorities: [not a]}, down: {priorities: [b]}}\nplan: a\nstatus_quo: [a]\n"
        + "forbidden_moves: [{party: up, from: not b, to: not a}]\n"
    ),
    "an option that only a reading speaks of": changed(
        ("      pay: {assumed: yes}", "      pay: {assumed: yes}\n      ask: {assumed: yes}"),
        ("change: down 3 before down 1", "change: down wants ask first"),
    ),
    "an option that only a claim asks for": changed(
        ("      pay: {assumed: yes}", "      pay: {assumed: yes}\n      ask: {assumed: yes}"),
        ("some equilibrium is deal", "some equilibrium has ask"),
    ),
    "an option behind two outcomes": changed(
        ("      pay: {assumed: yes}", "      pay: {assumed: yes}\n      ask: {assumed: yes}"),
        (
            "outcomes:",
            "outcomes:\n  asked: {holds: down.ask, assumed: yes}\n  more: {holds: asked or pay, assumed: yes}",
        ),
        ("plan: deal", "plan: more"),
    ),
    "a rule that makes its outcome impossible": changed(
        ("never: release and threaten", "never: both"),
        ("outcomes:", "outcomes:\n  both: {holds: release and threaten, assumed: yes}"),
    ),
    "a lesser wish that excludes a greater one": changed(
        ("{holds: release, assumed: yes}", "{holds: threaten and not pay, assumed: yes}")
    ),
    "a lesser wish that a greater one implies": changed(
        ("{holds: pay, source: press}", "{holds: pay and release, source: press}"),
        ("{holds: release, assumed: yes}", "{holds: pay, assumed: yes}"),
    ),
    "a decided wish that a reading moves": (
        TWO
        + "preferences: {up: {priorities: [b, a, a iff b]}, down: {priorities: [a, b]}}\n"
        + "readings: {r: {change: up 3 before up 1}}\n"
    ),
    "a wish that is decided by one that may not be held": (
        TWO
        + "preferences: {up: {priorities: [b, a, a and b]}, down: {priorities: [a, b]}}\n"
        + "open: [{held: up 2, chance: 0.5}]\n"
    ),
    "a wish against one that a reading replaces": (
        TWO
        + "preferences: {up: {priorities: [b, a, not b]}, down: {priorities: [a, b]}}\n"
        + "readings: {r: {change: up 1 replaced by a iff b}}\n"
    ),
    "no wishes, on purpose": TWO + "preferences: {up: {priorities: [a, b]}, down: {priorities: []}}\n",
    "a party that moves only from some states": (
        TWO + "rules: [{never: a and b}]\n" + WISHES + "accepted: [{doubt: lost-move, at: rule 1, because: so it is}]\n"
    ),
    "a status quo with a way back": TWO + WISHES + "one_way: {a: to-yes}\nstatus_quo: []\n",
    "a status quo that only others can leave": TWO + WISHES + "one_way: {a: to-yes}\nstatus_quo: [a]\n",
    "no sources at all": TWO + WISHES,
    "a source of the party": changed(
        ("  down:\n    options:", "  down:\n    source: press\n    options:"), ("pay: {assumed: yes}", "pay: ")
    ),
    "a claim that one concept leaves open": (  # no Nash equilibrium: each wants what the other does not
        TWO
        + "preferences: {up: {priorities: [a iff b]}, down: {priorities: [not (a iff b)]}}\n"
        + "claims: [{id: c, check: every equilibrium has a}]\n"
    ),
    "a claim about every state": changed(("some equilibrium is deal", "every state is not (release and threaten)")),
    "a claim about every state with a condition": changed(
        ("some equilibrium is deal", "no state where release has threaten")
    ),
    "a claim that fails": changed(("some equilibrium is deal", "some equilibrium is attack")),
}


@pytest.mark.parametrize("text", NEARLY.values(), ids=NEARLY)
def test_what_is_none_is_not_told(text):
    assert told(text) == []


@pytest.mark.parametrize("slug", slugs())
def test_the_catalogue_is_not_doubtful(slug):
    from bestand import check

    assert check(slug) == []


def test_every_doubt_is_on_its_page_and_in_words():
    page = (Path(__file__).parents[3] / "docs" / "doctor.md").read_text("utf-8")
    assert list(KINDS) == [code for family in FAMILIES for code in family.codes]
    assert set(KINDS) == set(DOUBTS)
    for code, kind in KINDS.items():
        assert f"| `{code}` |" in page
        assert kind.looks_for.text
        for clause in (kind.consequence, kind.mend):
            assert clause.text
            assert not clause.text.endswith(".")
    for code in (NOT_CHECKED, "stale-acceptance"):
        assert f"`{code}`" in page
