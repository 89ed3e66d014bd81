"""Answers that follow from those under other concepts are those that are found."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bestand.checks.asker import Asker, Finding, Sense
from bestand.checks.implied import truths
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import TRUE
from bestand.model.sentences import Quantified, SameAnswer, Satisfies, Subject
from bestand.solve.solution import Solver
from bestand.stability.registry import EVERY
from bestand.testing import formulas, models
from bestand.testing.asking import changes
from tests.examples import examples


@settings(max_examples=examples(150), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(models(max_options=5, prose=False).filter(lambda model: model.options), st.data())
def test_what_follows_is_what_is_found(model, data):
    ids = [option.id for option in model.options]
    concepts = data.draw(st.permutations([*EVERY]))[: data.draw(st.integers(1, len(EVERY)))]
    party = data.draw(st.sampled_from([None, (model.parties[0].id,)]))
    subject = Subject("equilibrium", None, party, data.draw(st.none() | formulas(ids)))
    assertion = Quantified(
        data.draw(st.sampled_from(["some", "every", "no"])), subject, Satisfies(data.draw(formulas(ids)))
    )
    solver, asked = Solver(model), [Sense(concept, concept) for concept in concepts]

    if data.draw(st.booleans()):
        left, right = (data.draw(changes(model, ())) for _ in range(2))
        assertion = SameAnswer(left, right, assertion)

    def find(assertion, changes, sense):
        try:
            return Asker(solver, changes, sense.concept).ask(assertion)
        except (CallError, ModelError):
            return Finding(None)

    found = truths(assertion, asked, find)
    assert [*found] == concepts
    assert {concept: finding.truth for concept, finding in found.items()} == {
        sense.key: find(assertion, (), sense).truth for sense in asked
    }


def test_of_the_strictest_and_the_weakest_the_rest_follows():
    assertion = Quantified("no", Subject("equilibrium"), Satisfies(TRUE))
    asked = [Sense(concept, concept) for concept in ("nash", "gmr", "smr", "seq", "sseq")]
    looked = []

    def find(_assertion, _changes, sense):
        looked.append(sense.key)
        return Finding(True, ((0, 3),))

    assert all(finding.truth for finding in truths(assertion, asked, find).values())
    assert looked == ["nash", "gmr"]
