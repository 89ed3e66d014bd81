"""Every form of a check on the prisoner's dilemma, worked out by hand.

Bits are (stop, halt). Party a ranks 01 > 11 > 00 > 10 and party b ranks 10 > 11 > 00 > 01; today is 11. Each gains by
not co-operating, so 00 is the one Nash equilibrium; 11 is an equilibrium too under the other four concepts, for
whoever leaves it is followed to 00.
"""

from __future__ import annotations

import pytest

from bestand import CallError, ModelError, loads
from bestand.checks.asker import Asker
from bestand.checks.claims import ask_claim
from bestand.model.language import parse_check
from bestand.solve.solution import Solver
from tests.solve.helpers import CONCEPTS, ask

LOOKING = ("gmr", "smr", "seq", "sseq")  # the concepts that look further than one move

DILEMMA = """
bestand: 1
title: Prisoner's dilemma
parties:
  a: {options: {stop: {}}}
  b: {options: {halt: {}}}
outcomes: {peace: stop and halt, war: not stop and not halt}
labels: {"11": deal, "00": "9"}
status_quo: [stop, halt]
preferences:
  a: {priorities: [halt, not stop]}
  b: {priorities: [stop, not halt]}
readings:
  kind: {change: a 2 replaced by stop}
  kinder: {change: "reading kind, b 2 replaced by halt"}
"""
HALTING = "share of states where halt than of states where not halt is stable for a"
NOT_HALTING = "share of states where not halt than of states where halt is stable for a"
HELD = "with stop held at yes than with stop held at no"
HELD_ALIKE = "with stop held at yes as with stop held at no"
ROWS = [
    # quantifiers over states
    ("some state is peace", CONCEPTS, True, ((1, 4),)),
    ("every state is peace", CONCEPTS, False, ((1, 4),)),
    ("no state is peace", CONCEPTS, False, ((1, 4),)),
    ("some state is peace and war", CONCEPTS, False, ((0, 4),)),
    ("no state is peace and war", CONCEPTS, True, ((0, 4),)),
    ("every state is peace implies stop", CONCEPTS, True, ((4, 4),)),
    ("every state where stop has stop", CONCEPTS, True, ((2, 2),)),
    # equilibria
    ("some equilibrium is peace", ["nash"], False, ((0, 1),)),
    ("some equilibrium is peace", LOOKING, True, ((1, 2),)),
    ("every equilibrium is war", ["nash"], True, ((1, 1),)),
    ("every equilibrium is war", LOOKING, False, ((1, 2),)),
    ("no equilibrium is peace", ["nash"], True, ((0, 1),)),
    ("no equilibrium is peace", LOOKING, False, ((1, 2),)),
    ("every equilibrium where stop is halt", LOOKING, True, ((1, 1),)),
    # resting places are the Nash equilibria, whatever the concept asked under
    ("every resting place is war", CONCEPTS, True, ((1, 1),)),
    ("some resting place is peace", CONCEPTS, False, ((0, 1),)),
    # stability for one party
    ("every state stable for a is not stop", ["nash"], True, ((2, 2),)),
    ("every state stable for a is not stop", LOOKING, False, ((2, 3),)),
    ("no state where stop and not halt is stable for a", CONCEPTS, True, ((0, 1),)),
    ("status-quo is stable for a", ["nash"], False, ()),
    ("status-quo is stable for b", LOOKING, True, ()),
    ("state 01 is stable for a", CONCEPTS, True, ()),
    ("state 01 is stable for b", CONCEPTS, False, ()),
    # one state, by bits and by label
    ("state deal is peace", CONCEPTS, True, ()),
    ("state 9 is war", CONCEPTS, True, ()),
    ("state 11 has stop", CONCEPTS, True, ()),
    ("status-quo is not peace", CONCEPTS, False, ()),
    # better and worse
    ("state 9 is worse than status-quo for a", CONCEPTS, True, ()),
    ("state 9 is better than state 10 for a", CONCEPTS, True, ()),
    ("state 9 is better than state 10 for b", CONCEPTS, False, ()),
    ("status-quo is better than status-quo for a", CONCEPTS, False, ()),
    ("status-quo is worse than state deal for a", CONCEPTS, False, ()),
    ("some state is better than status-quo for a", CONCEPTS, True, ((1, 4),)),
    ("no equilibrium is better than status-quo for b", CONCEPTS, True, None),
    ("every state where war is worse than status-quo for b", CONCEPTS, True, ((1, 1),)),
    # a party's comparison of sets
    ("a ranks halt above not halt", CONCEPTS, True, ((2, 4), (2, 4))),
    ("a ranks stop above not stop", CONCEPTS, False, ((2, 4), (2, 4))),
    ("a ranks stop below not stop", CONCEPTS, False, ((2, 4), (2, 4))),
    ("b ranks not stop below stop", CONCEPTS, True, ((2, 4), (2, 4))),
    ("a ranks peace level with status-quo", CONCEPTS, True, ((1, 4), (1, 4))),
    ("a ranks status-quo above state 9", CONCEPTS, True, ((1, 4), (1, 4))),
    ("a ranks status-quo level with state 9", CONCEPTS, False, ((1, 4), (1, 4))),
    ("a ranks halt level with halt", CONCEPTS, False, ((2, 4), (2, 4))),
    ("a ranks halt above halt", CONCEPTS, False, ((2, 4), (2, 4))),
    # what is reached: from 11 either leaves, and the other follows to 00
    ("every state reached is stop", CONCEPTS, False, ((2, 4),)),
    ("every resting place reached is war", CONCEPTS, True, ((1, 1),)),
    ("some equilibrium reached is peace", LOOKING, True, ((1, 2),)),
    ("some state reached by best moves is war", CONCEPTS, True, ((1, 4),)),
    ("no state reached where not peace is stable for b", ["nash"], False, ((2, 3),)),
    # shares: of halt one of two is Nash stable for a, of not halt one of two
    (f"larger {HALTING}", ["nash"], False, ((1, 2), (1, 2))),
    (f"smaller {HALTING}", ["nash"], False, ((1, 2), (1, 2))),
    (f"larger {HALTING}", LOOKING, True, ((2, 2), (1, 2))),
    (f"smaller {NOT_HALTING}", LOOKING, True, ((1, 2), (2, 2))),
    ("larger share of states where war than of states is not halt", CONCEPTS, True, ((1, 1), (2, 4))),
    # counts under two sets of changes: with a held at either, b does not halt
    (f"fewer equilibria are peace {HELD}", CONCEPTS, False, ((0, 1), (0, 1))),
    (f"as many equilibria are peace {HELD_ALIKE}", CONCEPTS, True, ((0, 1), (0, 1))),
    (f"more equilibria are stop {HELD}", CONCEPTS, True, ((1, 1), (0, 1))),
    ("fewer states are halt with halt held at no than with halt held at yes", CONCEPTS, True, ((0, 2), (2, 2))),
    (f"more states where war are war {HELD}", CONCEPTS, False, ((0, 0), (1, 1))),
    # the same answer, or not
    (f"same answer {HELD_ALIKE}, some equilibrium is peace", CONCEPTS, True, ((0, 1), (0, 1))),
    (f"same answer {HELD_ALIKE}, some equilibrium is stop", CONCEPTS, False, ((1, 1), (0, 1))),
    ("same answer with a held as with b held, a ranks halt above not halt", CONCEPTS, None, None),
    # in a changed model: a would rather stop
    ("with a 2 replaced by stop, some equilibrium is peace", ["nash", "seq", "sseq"], False, ((0, 1),)),
    ("with a 2 replaced by stop, some equilibrium is peace", ["gmr", "smr"], True, ((1, 2),)),
    ("with reading kind, some equilibrium is peace", ["gmr", "smr"], True, ((1, 2),)),
    ("with reading kinder, every equilibrium is peace", ["nash", "seq", "sseq"], True, ((1, 1),)),
    ("with reading kinder, every state reached is peace", CONCEPTS, True, ((1, 1),)),
    ("with halt held at yes, every resting place reached is peace", CONCEPTS, False, ((0, 1),)),
    ("with b held, every resting place reached has halt and not stop", CONCEPTS, True, ((1, 1),)),
    ("with never war, every resting place reached is war", CONCEPTS, False, ((0, 2),)),
    ("with never war, reading kinder, some equilibrium is peace", CONCEPTS, True, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "concept", "truth", "counts"),
    [(sentence, concept, truth, counts) for sentence, concepts, truth, counts in ROWS for concept in concepts],
)
def test_each_form(sentence, concept, truth, counts):
    found = ask(DILEMMA, sentence, concept)
    assert found.truth is truth
    if counts is not None:
        assert found.counts == counts


@pytest.mark.parametrize(
    ("sentence", "truth", "reason"),
    [
        ("every equilibrium where peace and war is stop", None, "there is no such equilibrium"),
        ("no equilibrium where peace and war is stop", None, "there is no such equilibrium"),
        ("every state where false is stop", None, "there is no such state"),
        ("no resting place where peace is stop", None, "there is no such resting place"),
        ("some state where false is stop", False, None),
        ("larger share of states where false than of states is stop", None, "one of the two sets is empty"),
        ("smaller share of states than of states where false is stop", None, "one of the two sets is empty"),
        ("a ranks false above stop", None, "no feasible state"),
        ("a ranks stop above false", None, "no feasible state"),
        ("same answer with a held as with b held, every state where peace and war is stop", None, "no such state"),
        ("fewer states where false are stop with a held than with b held", False, None),
        ("as many states where false are stop with a held as with b held", True, None),
    ],
)
def test_nothing_is_said_of_nothing(sentence, truth, reason):
    """Only "some" is simply wrong of an empty set; numbers of nothing can be compared."""
    found = ask(DILEMMA, sentence)
    assert found.truth is truth
    assert found.example is None
    assert reason in (found.reason or "") if reason else found.reason is None


@pytest.mark.parametrize(
    ("sentence", "example", "path"),
    [
        ("some state is war", "00", [("b", "10"), ("a", "00")]),
        ("no state is war", "00", [("b", "10"), ("a", "00")]),
        ("every state is peace", "10", [("b", "10")]),
        ("some state reached is peace", "11", []),
        ("every state reached is stop", "01", [("a", "01")]),
        ("with reading kinder, some state is war", "00", None),
        ("some state is peace and war", None, None),
        ("no state is peace and war", None, None),
    ],
)
def test_the_example_is_the_nearest_that_decides(sentence, example, path):
    """One that is so for "some" and "no", one that is not for "every"; with the way there where there is one."""
    model = loads(DILEMMA)
    found = ask(model, sentence).example
    if example is None:
        assert found is None
        return
    assert model.bits(found.mask) == example
    told = None if found.path is None else [(party, model.bits(mask)) for party, mask in found.path]
    assert told == path


def test_best_moves_where_the_sentence_says_improvements():
    text = """
bestand: 1
title: Two ways to gain
parties: {a: {options: {x: {}, y: {}}}}
rules: [{at_most_one: [x, y]}]
status_quo: []
preferences: {a: {priorities: [x, y]}}
"""
    assert ask(text, "some state reached has y").truth is True
    assert ask(text, "some state reached has y", best_moves=True).truth is False
    assert ask(text, "some state reached by best moves has y").truth is False
    assert ask(text, "some state reached by best moves has x").truth is True


GENEROUS = """
bestand: 1
title: Whoever gains may give away what it need not
parties: {a: {options: {x: , y: }}, b: {options: {z: , w: }}}
status_quo: [a.y]
preferences: {a: {priorities: [x, y]}, b: {priorities: [x iff not z, z]}}
"""


@pytest.mark.parametrize(
    ("sentence", "truth"),
    [
        ("some state reached is not y", True),  # x is a's first wish, whatever else it does in the same move
        ("some state reached by purposeful moves is not y", False),
        ("some state reached by drift is not y", False),
        ("some state reached by any moves is not x and not y", True),
        ("some state reached by purposeful moves has w", False),
        ("some state reached has w", True),
        ("every resting place reached by drift is x and y", True),
        ("no resting place reached by any moves is true", None),
    ],
)
def test_the_kinds_of_moves_that_lead_on(sentence, truth):
    assert ask(GENEROUS, sentence).truth is truth


def test_drift_is_under_the_concept_that_the_check_names():
    """Each would go on alone if it reckoned with no answer; else both stay where they are."""
    for under, truth in (("", True), ("under seq, ", True), ("under nash, ", False)):
        text = DILEMMA + f"claims: [{{id: c, check: '{under}every state reached by drift is peace'}}]\n"
        (result,) = ask_claim(Solver(loads(text)), loads(text).claims[0]).answer.checks
        (finding,) = result.findings.values()
        assert finding.truth is truth


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("with never peace, status-quo is war", "no status quo here, or it is not feasible"),
        ("with never peace, some state reached is war", "nothing can be reached"),
        ("with never peace, state deal is war", "not feasible here"),
        ("with never peace, some state is better than status-quo for a", "no status quo here"),
    ],
)
def test_what_a_change_takes_away_cannot_be_asked_about(sentence, words):
    with pytest.raises(CallError, match=words):
        ask(DILEMMA, sentence)


def test_changes_that_leave_no_state():
    with pytest.raises(ModelError, match="no state feasible"):
        ask(DILEMMA, "with never true, some state is war")


def test_changes_before_an_assertion_and_in_it_come_together():
    """``with A, fewer … with B than with C`` compares A and B with A and C."""
    told = "as many states are halt with b held as with halt held at no"
    assert ask(DILEMMA, told).counts == ((2, 2), (0, 2))
    assert ask(DILEMMA, f"with stop held at yes, {told}").counts == ((1, 1), (0, 1))


def test_the_label_of_the_one_state_of_a_model_without_options():
    model = '{bestand: 1, title: T, parties: {a: {options: {}}}, labels: {"": here}}'
    assert ask(model, "state here is true").truth is True


def test_variants_are_solved_once():
    model = loads(DILEMMA)
    solver = Solver(model)
    check = parse_check("with a held, some equilibrium is peace", model.scope())
    first = Asker(solver, check.changes, "nash").solution
    assert Asker(solver, check.changes, "seq").solution is first
    assert solver.solve(()) is not first


def test_what_a_solver_has_in_common_comes_before_the_changes_of_a_check():
    model = loads(DILEMMA)
    kind = parse_check("with reading kind, some state is peace", model.scope()).changes
    check = parse_check("some equilibrium is peace", model.scope())
    assert Asker(Solver(model, kind), (), "gmr").ask(check.assertion).truth is True
    assert Asker(Solver(model, kind), (), "seq").ask(check.assertion).truth is False
