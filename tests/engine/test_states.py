"""Feasible states under rules of every shape, against trying every combination."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.engine import constraints
from bestand.engine.constraints import Bar, General, OneOf, Reader
from bestand.engine.limits import Limits, Watch
from bestand.engine.space import space_of
from bestand.engine.states import Evaluator, feasible_states
from bestand.model.errors import LimitReached, TooManyStates
from bestand.model.formula import FALSE, TRUE, And, Constant, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom
from bestand.model.model import Model
from bestand.model.values import ChoiceRule, FormulaRule, Option, Outcome, Party
from tests.engine.helpers import examples

PARTIES = tuple(Party(p, options=tuple(Option(f"{p}.{k}") for k in "xyz")) for p in "abc")
IDS = [option.id for party in PARTIES for option in party.options]
ATOMS = st.sampled_from([*map(OptionAtom, IDS), OutcomeAtom("deal"), TRUE, FALSE])
FORMULAS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Implies, inner, inner),
        st.builds(Iff, inner, inner),
    ),
    max_leaves=12,
)
CHOICES = st.builds(
    ChoiceRule,
    st.sampled_from(["exactly_one", "at_most_one"]),
    st.lists(st.sampled_from(IDS), min_size=1, max_size=6, unique=True).map(tuple),
)
RULES = st.lists(st.builds(FormulaRule, st.sampled_from(["never", "always"]), FORMULAS) | CHOICES, max_size=6)


def ruled(*rules, parties=PARTIES):
    a, b, c = (OptionAtom(IDS[k]) for k in (0, 4, 8))
    return Model("Ruled", parties, rules=rules, outcomes=(Outcome("deal", Iff(a, Or((b, Not(c))))),))


def value(formula, state, model):
    """Whether a formula holds in one state, read off its parts."""
    match formula:
        case Constant(so):
            return so
        case OptionAtom(option):
            return bool(state >> model.bit[option] & 1)
        case OutcomeAtom(name):
            return value(model.outcome[name].formula, state, model)
        case Not(term):
            return not value(term, state, model)
        case And(terms):
            return all(value(term, state, model) for term in terms)
        case Or(terms):
            return any(value(term, state, model) for term in terms)
        case Implies(left, right):
            return not value(left, state, model) or value(right, state, model)
        case Iff(left, right):
            return value(left, state, model) == value(right, state, model)


@pytest.mark.parametrize("most", [4096, 6, 2])
def test_states_are_those_that_keep_every_rule(monkeypatch, most):
    """However many combinations a rule may be written out in: few leave the formulas themselves to be evaluated."""
    monkeypatch.setattr(constraints, "_MOST", most)

    @examples(100)
    @given(RULES)
    def agree(rules):
        model = ruled(*rules)
        keeps = [rule.allows for rule in rules]
        right = [s for s in range(512) if all(value(rule, s, model) for rule in keeps)]
        assert feasible_states(model).tolist() == right

    agree()


@examples(200)
@given(FORMULAS)
def test_a_formula_holds_where_its_parts_say(formula):
    model = ruled()
    states = np.arange(512, dtype=np.uint64)
    assert Evaluator(model, states).holds(formula).tolist() == [value(formula, s, model) for s in range(512)]


def kinds(formula):
    return {type(each) for each in Reader(ruled(FormulaRule("always", formula))).constraints()}


def test_rules_become_what_decides_earliest(monkeypatch):
    a, b, c, d = map(OptionAtom, IDS[:4])
    assert kinds(Or((a, b, c, d))) == {Bar}
    monkeypatch.setattr(constraints, "_MOST", 3)
    assert kinds(Or((And((a, b)), And((c, d))))) == {OneOf}
    assert kinds(Iff(Iff(a, b), Iff(c, d))) == {General}
    assert kinds(TRUE) == kinds(Or((a, Not(a)))) == set()


def options(count):
    return (Party("p", options=tuple(Option(f"p.o{k}") for k in range(count))),)


def test_rules_that_leave_few_of_many_combinations_leave_little_work():
    party = options(60)
    ids = [option.id for option in party[0].options]
    far = [FormulaRule("always", Iff(OptionAtom(ids[k]), OptionAtom(ids[59 - k]))) for k in range(30)]
    chain = [FormulaRule("always", Implies(OptionAtom(a), OptionAtom(b))) for a, b in pairwise(ids[:30])]
    model = Model("Far", party, rules=(*far, *chain))
    assert len(feasible_states(model, limit=100)) == 31
    assert len(feasible_states(Model("One", party, rules=(ChoiceRule("exactly_one", tuple(ids)),)), limit=100)) == 60


def test_a_limit_on_states_holds_on_the_way_and_at_the_end():
    atoms = [OptionAtom(option.id) for option in options(20)[0].options]
    rule = FormulaRule("always", Or(tuple(atoms[:10])))
    for limit, mentioned in ((1000, True), (2**18, False)):
        with pytest.raises(TooManyStates):
            feasible_states(Model("Many", options(20), rules=(rule,) if mentioned else ()), limit)


def test_a_watch_stops_the_listing_of_states():
    with pytest.raises(LimitReached, match="the states"):
        space_of(Model("Many", options(20)), watch=Watch(Limits(memory=1_000_000)))
    ticking = Watch(Limits(seconds=1e-9))
    with pytest.raises(LimitReached, match="stopped after"):
        feasible_states(Model("Two", options(2), rules=(ChoiceRule("exactly_one", ("p.o0", "p.o1")),)), watch=ticking)
