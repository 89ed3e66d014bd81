"""Conditions over what is open: exact on every combination, with nothing in them that could be left out."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bestand
from bestand.model.changing import changed
from bestand.model.sentences import ApplyReading
from bestand.plan.open.condition_data import condition_text
from bestand.plan.open.conditions import Search as _Search
from bestand.plan.terms import joint_of, own_terms
from bestand.questions.vary.vary import job_of, varied
from bestand.solve.solution import Solution
from tests.examples import examples
from tests.first_reading import UKRAINE
from tests.questions.vary.helpers import CONCEPTS, Impatient, by_hand, model, naive


class Counts:
    """A design of which only the numbers of answers are known."""

    def __init__(self, counts):
        self.questions = [self.Question(count) for count in counts]

    class Question:
        def __init__(self, count):
            self.count = count


def true(terms, numbers):
    """Whether a condition is true of a combination, read term by term."""
    return any(all((numbers[f.question] == f.answer) == f.holds for f in term) for term in terms)


@st.composite
def functions(draw):
    """How many answers some questions have, and for each combination: so, not so, or not there."""
    counts = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    size = int(np.prod(counts))
    return counts, np.array(draw(st.lists(st.sampled_from([0, 1, 1, 0, -1]), min_size=size, max_size=size)))


@settings(max_examples=examples(1000))
@given(functions())
def test_a_condition_is_exact_and_irredundant(drawn):
    counts, values = drawn
    there, so = values >= 0, values == 1
    found = _Search(Counts(counts), there)(so)
    combinations = [*product(*map(range, counts))]
    asked = [(numbers, so[k]) for k, numbers in enumerate(combinations) if there[k]]

    def exact(terms):
        return all(true(terms, numbers) == value for numbers, value in asked)

    assert exact(found.terms)
    assert (found.combinations, found.of) == (int((so & there).sum()), int(there.sum()))
    if not asked:
        return
    for k, term in enumerate(found.terms):
        rest = found.terms[:k] + found.terms[k + 1 :]
        assert not exact(rest), "no term can be left out"
        assert found.covered[k] == sum(true([term], numbers) for numbers, _ in asked)
        for fact in term:
            shorter = tuple(each for each in term if each != fact)
            assert not exact((*rest, shorter)), "and nothing of a term"


def test_conditions_are_those_of_each_combination():
    """What `vary` comes to, against each combination solved by itself, with sentences written by hand."""
    answer = varied(job_of(model(), concepts=CONCEPTS))
    found, design = answer.conditions, answer.job.design
    for index in range(design.count):
        numbers = design.numbers(index)
        base, changes = design.variant(design.combination(index))
        ((_equilibria, right),) = naive(changed(base, changes), [""])
        for claim, condition in found.claims.items():
            assert true(condition.terms, numbers) == (right[claim].verdict == "holds")
    held = [of["deal-holds"].verdict == "holds" for _equilibria, of in naive(model(), by_hand())]
    assert sum(held) == found.claims["deal-holds"].combinations


FOUR = ["russia-nato-first", "russia-order", "russia-order-2", "europe-order"]


def test_when_there_is_a_deal_in_the_first_reading():
    """Known: against today and with the consent of all four, wherever one of three things is so, and nowhere else."""
    base = bestand.load(UKRAINE)
    asked = base.replace(
        no_deal="today",
        consent=tuple(party.id for party in base.parties),
        open_questions=tuple(q for q in base.open_questions if {each.id for each in q.others} <= {*FOUR}),
        claims=(),
        accepted=(),
    )
    answer = varied(job_of(asked, concepts=["nash"], claims=[]))
    assert answer.looked_at == 12
    found = answer.conditions.deal_exists
    assert found.combinations == 9
    for index in range(answer.job.design.count):
        given_ = {words for each in answer.job.design.combination(index) for words in given_readings(each)}
        right = bool({"russia-nato-first", "russia-order-2"} & given_) or {"russia-order", "europe-order"} <= given_
        assert true(found.terms, answer.job.design.numbers(index)) == right
        varied_model = changed(asked, tuple(map(ApplyReading, sorted(given_, key=FOUR.index))))
        terms = own_terms(varied_model, asked.plan)
        joint = joint_of(Solution(varied_model).purpose("pseq"), terms)
        assert bool(len(joint.proposal.deals)) == right
    assert len(found.terms) == 3
    assert "russia-nato-first" in condition_text(answer.job.design, found)


@pytest.mark.slow
def test_when_there_is_a_deal_over_all_readings_that_change_wishes():
    """Known: in 432 of 576 combinations, exactly where one of three things is so."""
    base = bestand.load(UKRAINE)
    asked = base.replace(
        no_deal="today",
        consent=tuple(party.id for party in base.parties),
        open_questions=tuple(q for q in base.open_questions if {each.id for each in q.others} != {"cede-reversible"}),
        claims=(),
        accepted=(),
    )
    answer = varied(job_of(asked, concepts=["nash"], claims=[]))
    found, design = answer.conditions.deal_exists, answer.job.design
    assert (answer.looked_at, found.of, found.combinations, len(found.terms)) == (576, 576, 432, 3)
    for index in range(design.count):
        given_ = {words for each in design.combination(index) for words in given_readings(each)}
        right = bool({"russia-nato-first", "russia-order-2"} & given_) or {"russia-order", "europe-order"} <= given_
        assert true(found.terms, design.numbers(index)) == right


def given_readings(answer):
    for each in answer.given:
        if each.topic.kind == "reading":
            yield from [str(each.topic.about)] if each.value else []
        elif each.value in FOUR:
            yield str(each.value)


def test_there_is_none_where_not_all_was_looked_at():
    assert varied(job_of(model()), watch=Impatient(10)).conditions is None
    drawn = varied(job_of(model(), samples=20))
    assert drawn.conditions is None
    said = "Exactly when it is so takes a look at every combination"
    assert said in " ".join(drawn.words("en").split())
    assert said not in " ".join(varied(job_of(model())).words("en").split())


def test_one_that_takes_too_long_is_left_out():
    rng = np.random.default_rng(1)
    search = _Search(Counts([2] * 14), np.ones(2**14, bool))
    assert search(rng.random(2**14) < 0.5) is None


def test_what_makes_no_difference():
    answer = varied(job_of(model()))
    design, found = answer.job.design, answer.conditions
    spoken = {fact.question for each in found.kinds.values() for term in each.terms for fact in term}
    assert {*found.idle} | spoken == {*range(len(design.questions))}
    assert not {*found.idle} & spoken


def test_the_condition_is_told_before_the_shares():
    words = bestand.vary(model(), concepts=["nash"]).words()
    first, rest = words.split("What makes no difference to the verdict: ")
    assert "Exactly where at least one of these is so:" in first or "Exactly if" in first
    assert rest.index("of the variance") > 0
    dutch = bestand.vary(model(), concepts=["nash"]).words("nl")
    assert "Voor het oordeel maakt dit geen verschil" in dutch


def test_conditions_in_data():
    data = bestand.vary(model(), concepts=["nash"]).data()["conditions"]
    assert sum(each["combinations"] for each in data["kinds"].values()) == 36
    assert data["deal_exists"].keys() == {"holds", "terms", "combinations", "of", "shortest"}
    assert data["claims"]["deal-holds"]["of"] == 36
