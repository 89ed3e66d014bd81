"""Over sets of states: the same grounds as over listed ones, and models that nobody could list."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bestand
from bestand import CallError
from bestand.reference import feasible
from bestand.solve.solution import solve
from bestand.stability.registry import CONCEPTS
from bestand.testing import models
from bestand.witness.search import explained
from tests.engine.helpers import examples


@examples(60)
@given(models(readings=False, prose=False, forbidden_moves=False), st.integers(0, 2**32))
def test_sets_and_lists_give_the_same_grounds(model, seed):
    """All but which of several shortest answers is shown, and whether one of best moves alone was looked for."""
    chance = random.Random(seed)
    listed, sets = solve(model, "listed"), solve(model, "symbolic")
    for concept in CONCEPTS:
        state, i = chance.choice(feasible(model)), chance.randrange(len(model.parties))
        one, other = explained(listed, state, i, concept), explained(sets, state, i, concept)
        assert (one.stable, one.moves, one.improvements) == (other.stable, other.moves, other.improvements)
        assert [a.improvement for a in one.answers] == [a.improvement for a in other.answers]
        if concept in ("gmr", "smr"):
            assert [len(a.steps) for a in one.answers] == [len(a.steps) for a in other.answers]
        assert one.evidence.standing == other.evidence.standing
        assert one.evidence.flip == other.evidence.flip
        assert one.evidence.levels == other.evidence.levels
        assert (one.evidence.proof is None) is (other.evidence.proof is None)
        if one.evidence.proof is not None:
            assert one.evidence.proof.reached.first() == other.evidence.proof.reached.first()
            assert {len(p.bits) for p in one.evidence.proof.reached.patterns()} <= {len(model.options)}


def chain(parties: int, each: int) -> str:
    """Parties in a row; each wants its neighbour's first option, fears its second, and would rather take its own."""
    lines = ["bestand: 1", "title: A long row", "status_quo: []", "parties:"]
    for j in range(parties):
        options = ", ".join(f"o{k}: {{}}" for k in range(each))
        lines.append(f"  p{j}: {{options: {{{options}}}}}")
    lines.append("rules:")
    lines += [f"  - never: p{j}.o0 and p{j}.o1" for j in range(parties)]
    lines.append("preferences:")
    for j in range(parties):
        k = (j + 1) % parties
        wishes = f"not p{k}.o1, p{j}.o0, p{k}.o0, not p{j}.o2, p{k}.o3 implies p{j}.o3"
        lines.append(f"  p{j}: {{priorities: [{wishes}]}}")
    return "\n".join(lines)


@pytest.mark.parametrize("concept", list(CONCEPTS))
def test_a_model_of_sixty_options_explains_itself(concept):
    result = bestand.analyse(bestand.loads(chain(6, 10)), ["nash"])
    assert result.engine == "symbolic"
    told = result.explain("status-quo", "p0", concept)
    assert told.stable is (concept != "nash")
    assert told.data()["standing"]["of"] == 3**6 * 2**48
    assert told.words("en")
    assert told.witness.improvements == 2**8
    checked = bestand.replay(result.model, told, most=200)
    assert checked.wrong == ()
    assert checked.unchecked


def test_an_answer_among_sixty_options():
    """By hand: p0 takes its own first option; p1 alone can hurt it, by its second."""
    result = bestand.analyse(bestand.loads(chain(6, 10)), ["nash"])
    (first, *_) = result.explain("status-quo", "p0", "gmr").witness.answers
    (step,) = first.steps
    assert step.party == 1
    assert step.state >> result.model.bit["p1.o1"] & 1


def test_best_moves_cannot_be_followed():
    result = bestand.analyse(bestand.loads(chain(2, 4)), ["nash"], engine="symbolic")
    with pytest.raises(CallError, match="cannot follow best moves"):
        result.explain("status-quo", "p0", "brseq")
