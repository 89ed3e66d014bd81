"""The condition of every refusal on many models: exact, with nothing to spare, and the same on every engine.

What is refused comes from the brute force of deals.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bestand.engine.choose import explicit
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.errors import TooManyStates
from bestand.model.formula import FALSE, TRUE, And, Or, joined
from bestand.plan.ruling import ruling
from bestand.reference.deals import deals as by_brute_force
from bestand.reference.worlds import World
from tests.plan.test_ruling import AT_LENGTH, BACKENDS, conflicts


def engines(model):
    """Every engine that holds the model."""
    for name in ("cube", "listed", "arcs"):
        try:
            yield explicit(model, name).engine
        except TooManyStates:
            continue
    yield from (SymbolicEngine(model, backend=backend) for backend in BACKENDS)


def parts(formula):
    """The terms of a condition, each as its literals."""
    terms = formula.terms if isinstance(formula, Or) else (formula,)
    return [term.terms if isinstance(term, And) else (term,) for term in terms]


def written(terms):
    return joined(Or, [joined(And, list(term), TRUE) for term in terms], FALSE)


@pytest.mark.slow
@settings(max_examples=AT_LENGTH, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=conflicts(forbidden=False), concept=st.sampled_from(["nash", "seq", "gmr", "smr", "sseq"]))
def test_a_refusal_is_told_exactly_and_with_nothing_to_spare(case, concept):
    model, terms = case
    first, *others = (ruling(engine, terms, concept, ()) for engine in engines(model))
    for other in others:
        assert other.refuses == first.refuses, "the same form from every engine"
    known = by_brute_force(
        model,
        terms.plan,
        concept,
        start=terms.start,
        no_deal=terms.no_deal,
        consent=terms.consent,
        red_lines=terms.red_lines,
    )
    for party in model.parties:
        condition = first.refuses[party.id].condition
        assert condition is not None
        own = sum(1 << model.bit[option.id] for option in party.options)
        choices = {}
        for state in known.signable:
            refused = state in known.refusals[party.id].states
            choices[state & ~own] = choices.get(state & ~own, True) and refused

        def exact(formula, choices=choices):
            return all(World.of_mask(model, choice).holds(formula) == refused for choice, refused in choices.items())

        assert exact(condition)
        if condition in (TRUE, FALSE):
            continue
        split = parts(condition)
        for k, term in enumerate(split):
            rest = split[:k] + split[k + 1 :]
            assert not exact(written(rest)), "no term can be left out"
            for literal in term:
                shorter = tuple(each for each in term if each != literal)
                assert not exact(written([*rest, shorter])), "and nothing of a term"
