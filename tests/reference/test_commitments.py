"""Commitments, state by state: known answers on small cases, laws on random ones, and what is an error."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bestand.files import loads
from bestand.model.formula import FALSE, And, Not, OptionAtom
from bestand.model.language import parse_formula
from bestand.model.model import Model
from bestand.model.values import Commitment, FrozenMap, Option, Party, Priorities, Statement
from bestand.reference.commitments import CommitmentError, Committed, CommittedTalks
from bestand.reference.deals import Talks
from bestand.testing.strategies import models
from bestand.testing.wishes import formulas
from tests.examples import examples

CONCEPTS = ("nash", "seq", "pseq")


def commitment(model: Model, id: str, when: str, *then: str) -> Commitment:
    """A commitment of whoever has the options: ``up.a`` for yes, ``not up.a`` for no."""
    values = tuple((each.removeprefix("not "), not each.startswith("not ")) for each in then)
    return Commitment(id, values[0][0].partition(".")[0], parse_formula(when, model.scope()), values)


def model(text: str) -> Model:
    return loads(f"bestand: 1\ntitle: A case\n{text}")


RELIEF = model("""\
parties: {A: {options: {relief: }}, B: {options: {disarm: }}}
status_quo: []
preferences: {A: {priorities: [disarm, not relief]}, B: {priorities: [relief, not disarm]}}
""")
BOTH = And((OptionAtom("A.relief"), OptionAtom("B.disarm")))
SNAPBACK = commitment(RELIEF, "snapback", "not disarm", "not A.relief")
TIED = commitment(RELIEF, "tied", "disarm", "A.relief")


def kinds(*standing: Commitment, of_plan=(), fixed=()) -> list[str]:
    return [
        CommittedTalks(RELIEF, BOTH, each, standing=standing, of_plan=of_plan, fixed=fixed).kind for each in CONCEPTS
    ]


def test_relief_for_disarmament():
    untied = ["deal-not-kept", "deal", "deal"]
    assert kinds() == untied
    assert kinds(SNAPBACK) == untied, "relief can be withdrawn while the other stays disarmed"
    assert kinds(SNAPBACK, TIED) == ["comes-by-itself"] * 3
    assert kinds(of_plan=(SNAPBACK, TIED)) == ["deal"] * 3


def test_who_signs_a_tie():
    """What completion changes needs no signature of its own; who owns a commitment of the plan signs."""
    standing = CommittedTalks(RELIEF, BOTH, standing=(TIED,))
    assert standing.signatories(0b11) == {"B"}, "disarming alone brings it about"
    of_plan = CommittedTalks(RELIEF, BOTH, of_plan=(TIED,))
    assert of_plan.signatories(0b11) == {"A", "B"}


def test_what_a_plan_fixes():
    assert kinds(fixed=("A.relief", "B.disarm")) == ["deal"] * 3
    assert kinds(fixed=("A.relief",)) == ["deal-not-kept", "deal-not-kept", "deal-not-kept"]


def test_a_tripwire():
    """The guarantor would rather stay out once the attack has come; tied, it deters."""
    case = model("""\
parties: {C: {options: {attack: }}, G: {options: {fight: }}}
rules: [{never: fight and not attack}]
status_quo: []
preferences: {C: {priorities: [not fight, attack]}, G: {priorities: [not attack, not fight]}}
""")
    calm = Not(OptionAtom("C.attack"))
    tripwire = commitment(case, "tripwire", "attack", "G.fight")
    for concept in CONCEPTS:
        assert CommittedTalks(case, calm, concept).kind != "stands"
        assert CommittedTalks(case, calm, concept, standing=(tripwire,)).kind == "stands"


def test_a_tie_of_the_plan_may_act_at_once():
    talks = CommittedTalks(RELIEF, BOTH, of_plan=(commitment(RELIEF, "at-once", "not disarm", "B.disarm"),))
    assert sorted(talks._ways) == [0b10, 0b11]
    assert talks.signatories(0b11) == {"A", "B"}


# ---- what is an error ----

TWO = "parties: {A: {options: {a: , b: , c: }}, B: {options: {x: }}}\nstatus_quo: []\n"
PAIR = model(TWO)


@pytest.mark.parametrize(
    ("ties", "trouble", "state"),
    [
        ([("one", "x", "A.a"), ("two", "x", "not A.a")], "fight", 0b1000),
        ([("one", "x and not a", "A.a"), ("two", "x and a", "not A.a")], "unsettled", 0b1000),
        ([("one", "x", "A.a"), ("two", "a", "A.b"), ("three", "a and b", "not A.a")], "fight", 0b1011),
    ],
)
def test_what_cannot_be_completed(ties, trouble, state):
    committed = Committed(PAIR, [commitment(PAIR, *each) for each in ties])
    with pytest.raises(CommitmentError) as error:
        committed.moves("B", 0)
    assert (error.value.trouble, error.value.state) == (trouble, state)


def test_against_a_direction():
    case = PAIR.replace(
        one_way=loads("{bestand: 1, title: x, parties: {A: {options: {a: }}}, one_way: {a: to-no}}").one_way
    )
    committed = Committed(case, [commitment(case, "up", "x", "A.a")])
    with pytest.raises(CommitmentError, match="direction in state 8: up"):
        committed.moves("B", 0)


def test_against_a_rule():
    """Not a missing move: a rule against the answer would forbid the breach in silence."""
    case = model(f"{TWO}rules: [{{never: a and x}}]\n")
    committed = Committed(case, [commitment(case, "up", "x", "A.a")])
    with pytest.raises(CommitmentError, match="rule in state 9: up"):
        committed.moves("B", 0)
    assert Committed(case, []).moves("B", 0) == {0b1000: 0b1000}


def test_a_fight_that_nothing_leads_to():
    case = model(f"{TWO}rules: [{{never: x}}]\n")
    committed = Committed(case, [commitment(case, "one", "x", "A.a"), commitment(case, "two", "x", "not A.a")])
    assert all(committed.moves(party, state) is not None for party in "AB" for state in committed.states)


def test_one_that_acts_today():
    with pytest.raises(ValueError, match="not at rest"):
        CommittedTalks(RELIEF, BOTH, standing=(commitment(RELIEF, "now", "not disarm", "A.relief"),))


# ---- laws ----


@st.composite
def committed(draw) -> tuple[Model, tuple[Commitment, ...], tuple[Commitment, ...], object]:
    """A model with commitments that hang on what others do; standing ones, those of the plan, and the plan."""
    found = draw(
        models(max_options=5, prose=False, readings=False).filter(lambda m: m.status_quo is not None and m.options)
    )
    found = Model(
        "x", found.parties, found.rules, found.outcomes, None, found.one_way, found.forbidden_moves, found.status_quo,
        found.preferences,
    )  # fmt: skip
    formula = formulas([option.id for option in found.options], list(found.outcome), [])
    options = st.sampled_from([option.id for option in found.options])
    ties = [
        Commitment(f"tie{k}", option.partition(".")[0], draw(formula), ((option, draw(st.booleans())),))
        for k, option in enumerate(draw(st.lists(options, max_size=3)))
    ]
    cut = draw(st.integers(0, len(ties)))
    return found, tuple(ties[:cut]), tuple(ties[cut:]), draw(formula)


RANDOM = settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))


def answered(*args, **given_):
    """The answer; where there is none, the sort of error."""
    try:
        return CommittedTalks(*args, **given_).answer()
    except CommitmentError as error:
        return type(error)
    except ValueError as error:
        return str(error)


@RANDOM
@given(committed(), st.sampled_from(CONCEPTS))
def test_their_order_does_not_matter(case, concept):
    found, standing, of_plan, plan = case
    answers = [
        answered(found, plan, concept, standing=some, of_plan=others)
        for some in permutations(standing)
        for others in permutations(of_plan)
    ]
    assert all(each == answers[0] for each in answers)


@RANDOM
@given(committed(), st.sampled_from(CONCEPTS))
def test_none_or_one_that_never_acts_changes_nothing(case, concept):
    found, standing, of_plan, plan = case
    never = Commitment("never", found.options[0].party, FALSE, ((found.options[0].id, True),))
    try:
        without = Talks(found, plan, concept).answer()
    except ValueError as error:
        without = str(error)
    assert answered(found, plan, concept) == without
    assert answered(found, plan, concept, standing=(never,)) == without
    assert answered(found, plan, concept, standing=standing, of_plan=of_plan) == answered(
        found, plan, concept, standing=(never, *standing), of_plan=of_plan
    )


@RANDOM
@given(committed())
def test_what_is_completed_is_at_rest(case):
    found, standing, of_plan, _ = case
    conflict = Committed(found, (*standing, *of_plan))
    for state in range(1 << len(found.options)):
        try:
            end = conflict.complete(state)
        except CommitmentError:
            continue
        assert conflict.at_rest(end)
        assert conflict.complete(end) == end
        assert (end == state) == conflict.at_rest(state)


@RANDOM
@given(committed())
def test_moves_lead_from_states_to_states(case):
    """Nobody ends in what is passed through, and nobody undoes an answer while what calls for it lasts."""
    found, standing, _of_plan, _ = case
    conflict = Committed(found, standing)
    states = set(conflict.states)
    for party in conflict.parties:
        for state in states:
            try:
                moves = conflict.moves(party, state)
            except CommitmentError:
                continue
            assert set(moves.values()) <= states - {state}
            for flips, end in moves.items():
                changed_by_itself = (state ^ flips) ^ end
                owned = {option for each in standing for option, _ in each.then}
                assert set(found.taken(changed_by_itself)) <= owned


def test_wishes_of_two_parties_without_commitments():
    parties = tuple(Party(name, options=(Option(f"{name}.c"),)) for name in "AB")
    a, b = OptionAtom("A.c"), OptionAtom("B.c")
    wishes = {"A": (b, Not(a)), "B": (a, Not(b))}
    stated = {party: Priorities(tuple(map(Statement, each))) for party, each in wishes.items()}
    dilemma = Model("Dilemma", parties, status_quo=frozenset(), preferences=FrozenMap(stated))
    assert CommittedTalks(dilemma, And((a, b))).answer() == Talks(dilemma, And((a, b))).answer()
