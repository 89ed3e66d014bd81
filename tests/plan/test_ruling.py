"""The verdict on a plan against the brute force written from its definitions, on random models, on every engine."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bestand.engine.choose import explicit
from bestand.engine.diagrams.choose import has_cudd
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.errors import TooManyStates
from bestand.model.formula import And, Not, OptionAtom, Or
from bestand.model.values import FrozenMap
from bestand.plan.ruling import ruling
from bestand.plan.ruling_values import Terms
from bestand.plan.version_kinds import MOST
from bestand.reference import feasible
from bestand.reference.deals import deals as by_brute_force
from bestand.reference.worlds import World
from bestand.testing.strategies import models
from tests.examples import examples

BACKENDS = ["cudd", "oxidd"] if has_cudd() else ["oxidd"]
# Models an engine: a thousand take ten minutes, too long for every change.
AT_LENGTH = 50 if os.environ.get("CI") else 1000
CONCEPTS = ("nash", "pseq", "seq", "psseq", "gmr", "smr", "sseq")


@st.composite
def conflicts(draw, *, forbidden, coalesced=False, parties=4, options=5):
    """A model with a status quo, a plan, and what may be told beside it."""
    model = draw(
        models(
            min_parties=1,
            max_parties=parties,
            max_options=options,
            forbidden_moves=forbidden,
            coalesced=coalesced,
            readings=False,
            prose=False,
        ).filter(lambda model: model.options)
    )
    states = sorted(feasible(model))
    start = draw(st.sampled_from(states))
    literals = st.sampled_from([OptionAtom(option.id) for option in model.options]).flatmap(
        lambda atom: st.sampled_from([atom, Not(atom)])
    )
    plan = draw(
        st.one_of(
            literals,
            st.tuples(literals, literals).map(And),
            st.tuples(literals, literals).map(Or),
        )
    )
    ids = [party.id for party in model.parties]
    consent = draw(st.sets(st.sampled_from(ids), max_size=2))
    lines = draw(st.dictionaries(st.sampled_from(ids), literals, max_size=1))
    no_deal = draw(st.sampled_from([None, None, "drift", "today", draw(st.sampled_from(states))]))
    return model, Terms(plan, start, no_deal, tuple(sorted(consent)), FrozenMap(lines))


def compared(model, terms, concept, engine, backend=None):
    if engine == "symbolic":
        said = ruling(SymbolicEngine(model, backend=backend), terms, concept, ())
    else:
        said = ruling(explicit(model, engine).engine, terms, concept, ())
    known = by_brute_force(
        model,
        terms.plan,
        said.concept,
        start=terms.start,
        no_deal=terms.no_deal,
        consent=terms.consent,
        red_lines=terms.red_lines,
    )
    assert_same(model, terms, said, known)
    assert_way(model, said)


def assert_same(model, terms, said, known):
    verdict = known.verdict
    assert said.kind == verdict.kind
    assert set(said.no_deal) == verdict.no_deal
    assert {frozenset(end) for end in said.ends} == set(verdict.ends)
    assert set(said.crossed) == crossed(model, terms)
    assert (said.today_in_plan, said.may_come) == (verdict.today_in_plan, verdict.may_come)
    assert {each.state for each in said.alone} == set().union(*verdict.alone.values())
    assert (said.by is None) == (verdict.by is None)
    if said.by is not None:
        assert {party: held(each) for party, each in said.by.items()} == {
            party: held(each) for party, each in verdict.by.items()
        }
    assert (said.signable, said.deals, said.kept) == (
        len(known.signable),
        len(known.deals),
        sum(deal.kept for deal in known.deals),
    )
    lean = {deal.state: deal for deal in known.deals if deal.lean}
    assert {deal.state for deal in said.lean} == set(lean)
    for deal in said.lean:
        right = lean[deal.state]
        owners = {each.party for each in terms.commitments}
        assert (set(deal.signatories), set(deal.goes_on)) == (right.signatories, right.goes_on - owners)
        assert set(deal.objectors) == right.objectors
        assert (deal.kept, deal.as_it_stands, deal.pareto_best) == (right.kept, right.as_it_stands, right.pareto_best)
        assert len(deal.chain) == len(right.chain)
    if said.kind == "no-deal":
        assert {frozenset(parties) for parties in said.blocking} == {each.parties for each in known.blocking}
    for party, refused in said.refuses.items():
        right = known.refusals[party]
        assert (refused.states, refused.idle) == (len(right.states), len(right.nothing_in_it))
        assert (refused.others, refused.of) == (len(right.others), len(right.of))
        assert {
            key.rsplit(" ", 1)[-1] if key.startswith(f"{party} ") else key: n for key, n in refused.decided_by.items()
        } == {str(key): n for key, n in right.decided_by.items()}
        if refused.told is not None:
            where = {state for state in known.signable if World.of_mask(model, state).holds(refused.told)}
            assert where <= right.states
            assert refused.covered == (len(where), len(where))
            assert where == right.states or not refused.in_own_words
    kinds_compared(model, said, known)


def assert_way(model, said):
    """Each step changes options of whoever makes it, who likes it, and the last leads to an end.

    A state that stands for several is left as any of them, so that other options may seem to change, too.
    """
    state = said.terms.start
    for step in said.way:
        own = {option.id for option in model.party[step.party].options}
        assert model.coalesced or set(model.taken(state ^ step.to)) <= own
        assert step.gain.first is None or step.gain.first in step.gain.gained
        state = step.to
    assert not said.way or any(state in end for end in said.ends)


def kinds_compared(model, said, known):
    """Every version is in exactly one kind, and what a kind says of a party is true of all its versions."""
    assert len(said.versions) <= MOST
    assert bool(said.versions) == bool(known.signable)
    members = [
        [state for state in known.signable if kind.formula is None or World.of_mask(model, state).holds(kind.formula)]
        for kind in said.versions
    ]
    assert all(kind.formula is not None for kind in said.versions)
    assert sorted(state for each in members for state in each) == sorted(known.signable)
    deals = {deal.state: deal for deal in known.deals}
    for kind, states in zip(said.versions, members, strict=True):
        assert kind.states == len(states) > 0
        assert kind.deals == sum(state in deals for state in states)
        assert kind.kept == sum(deals[state].kept for state in states if state in deals)
        for party, stand in kind.stands.items():
            right = known.refusals[party]
            yes = [state for state in states if state not in right.states | right.nothing_in_it]
            assert stand.yes == len(yes)
            match stand.says:
                case "yes":
                    assert yes == states
                case "if":
                    assert 0 < len(yes) < len(states)
                    assert stand.when is not None
                    assert yes == [state for state in states if World.of_mask(model, state).holds(stand.when)]
                case "refuses":
                    assert set(states) <= right.states
                case "nothing":
                    assert set(states) <= right.nothing_in_it
                case "no":
                    assert not yes
                    assert right.states & set(states)
                    assert right.nothing_in_it & set(states)
                case "no-say":
                    assert yes == states


def crossed(model, terms):
    """Whose red line every feasible state of the plan crosses."""
    worlds = [World.of_mask(model, mask) for mask in feasible(model)]
    planned = [world for world in worlds if world.holds(terms.plan)]
    return {id for id, line in terms.red_lines.items() if planned and all(world.holds(line) for world in planned)}


def held(each):
    whose = [frozenset(getattr(some, "parties", some)) for some in each.whose]
    return each.how, set(whose)


@pytest.mark.parametrize("engine", ["cube", "listed", "arcs"])
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=conflicts(forbidden=False), concept=st.sampled_from(CONCEPTS))
def test_what_the_brute_force_says(engine, case, concept):
    try:
        compared(*case, concept, engine)
    except TooManyStates:
        pytest.skip("this engine does not hold the model")


@pytest.mark.parametrize("backend", BACKENDS)
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=conflicts(forbidden=False), concept=st.sampled_from(CONCEPTS))
def test_over_sets(backend, case, concept):
    compared(*case, concept, "symbolic", backend)


@pytest.mark.parametrize("backend", BACKENDS)
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=conflicts(forbidden=False), concept=st.sampled_from(["nash", "seq", "gmr", "smr", "sseq"]))
def test_the_engine_does_not_show(backend, case, concept):
    """Every field is the same, conditions and counts and the order of it all; of equally short ways out, any one."""
    model, terms = case
    over_sets = ruling(SymbolicEngine(model, backend=backend), terms, concept, ("nash", "seq"))
    listed = ruling(explicit(model).engine, terms, concept, ("nash", "seq"))
    assert without_chains(over_sets) == without_chains(listed)


def without_chains(said):
    return replace(said, lean=tuple(replace(deal, chain=()) for deal in said.lean[:20]))


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=conflicts(forbidden=True), concept=st.sampled_from(CONCEPTS))
def test_where_single_moves_are_forbidden(case, concept):
    compared(*case, concept, "arcs")


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=conflicts(forbidden=True, coalesced=True), concept=st.sampled_from(CONCEPTS))
def test_where_several_states_count_as_one(case, concept):
    compared(*case, concept, "arcs")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "backend", "forbidden"),
    [
        ("cube", None, False),
        ("listed", None, False),
        ("arcs", None, False),
        ("arcs", None, True),
        *(("symbolic", backend, False) for backend in BACKENDS),
    ],
)
@settings(max_examples=AT_LENGTH, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), concept=st.sampled_from(CONCEPTS))
def test_at_length_what_the_brute_force_says(engine, backend, forbidden, data, concept):
    case = data.draw(conflicts(forbidden=forbidden, parties=5, options=6))
    try:
        compared(*case, concept, engine, backend)
    except TooManyStates:
        assume(False)
