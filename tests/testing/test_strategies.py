"""The strategies make valid models, and every kind of them."""

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from bestand.engine.feasibility import no_deal_fault
from bestand.model.changing import changed
from bestand.model.formula import text
from bestand.model.language import parse_changes, parse_check, parse_formula
from bestand.model.sentences import Count, Ranks, SameAnswer, Share
from bestand.model.validate import faults
from bestand.model.values import ChoiceRule, FormulaRule, Priorities, Ranking, Weights
from bestand.model.wording import changes_text, check_text
from bestand.reference import feasible, graph_of
from bestand.reference.tables import Tables, possible
from bestand.reference.worlds import World
from bestand.testing import formulas, graphs, models, texts
from tests.examples import examples

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


@given(models())
def test_models_are_valid(model):
    assert [fault for fault in faults(model) if fault.severity == "error"] == []
    assert feasible(model)
    assert model.status_quo is None or model.mask(model.status_quo) in feasible(model)
    assert no_deal_fault(model) is None


@given(models(prose=False, readings=False, min_options=0))
def test_tables_of_truth_find_the_feasible_states(model):
    assert possible(model) == feasible(model)


@given(models(max_options=5, prose=False, readings=False), st.data())
def test_tables_of_truth_say_what_holds_where(model, data):
    formula = data.draw(formulas([option.id for option in model.options], list(model.outcome)))
    table = Tables(model).of(formula)
    for mask in range(2 ** len(model.options)):
        assert table >> mask & 1 == World.of_mask(model, mask).holds(formula)


@given(models(prose=False))
def test_what_models_say_can_be_written_and_read_back(model):
    scope = model.scope(CONCEPTS)
    for reading in model.readings:
        assert parse_changes(changes_text(reading.changes), scope) == reading.changes
    for claim in model.claims:
        assert tuple(parse_check(check_text(check), scope) for check in claim.checks) == claim.checks


@given(models(prose=False))
def test_changes_can_be_made(model):
    for reading in model.readings:
        changed(model, reading.changes)
    for claim in model.claims:
        for check in claim.checks:
            changed(model, check.changes)


@given(st.data(), models(prose=False, readings=False))
def test_formulas_can_be_written_and_read_back(data, model):
    formula = data.draw(formulas([option.id for option in model.options], list(model.outcome)))
    assert parse_formula(text(formula), model.scope()) == formula


@given(models(min_parties=2, max_parties=3, min_options=0, max_options=4, infeasible=False, one_way=False))
def test_bounds_are_kept(model):
    assert 2 <= len(model.parties) <= 3
    assert len(model.options) <= 4
    assert len(feasible(model)) == 2 ** len(model.options)
    assert not model.rules
    assert not model.one_way


@given(models(ties=False, forbidden_moves=False, readings=False, prose=False))
def test_without_ties_every_order_is_strict(model):
    for ranks in graph_of(model).ranks:
        assert len(set(ranks)) == len(ranks)
    assert not model.forbidden_moves
    assert not model.claims
    assert not model.sources


@given(graphs(max_states=5))
def test_graphs_are_well_formed(graph):
    assert 1 <= graph.size <= 5
    assert len(graph.moves) == len(graph.ranks)
    for of_party in graph.moves:
        for s, targets in enumerate(of_party):
            assert s not in targets
            assert set(targets) <= set(range(graph.size))


def checks_of(model):
    return [check for claim in model.claims for check in claim.checks]


WANTED = {
    **{
        f"rule {kind}": lambda m, kind=kind: any(
            isinstance(r, ChoiceRule | FormulaRule) and r.kind == kind for r in m.rules
        )
        for kind in ("never", "always", "exactly_one", "at_most_one")
    },
    **{
        f"wish {kind.__name__}": lambda m, kind=kind: any(isinstance(w, kind) for w in m.preferences.values())
        for kind in (Priorities, Ranking, Weights)
    },
    **{f"one-way {way}": lambda m, way=way: any(w.direction == way for w in m.one_way) for way in ("to-yes", "to-no")},
    **{
        f"claim {kind.__name__}": lambda m, kind=kind: any(isinstance(c.assertion, kind) for c in checks_of(m))
        for kind in (Count, Ranks, SameAnswer, Share)
    },
    "tie": lambda m: any(isinstance(w, Ranking) and len(w.groups[0]) > 1 for w in m.preferences.values()),
    "infeasible state": lambda m: len(feasible(m)) < 2 ** len(m.options),
    "indifferent party": lambda m: len(m.preferences) < len(m.parties),
    "party without options": lambda m: any(not party.options for party in m.parties),
    "forbidden move": lambda m: m.forbidden_moves,
    "status quo": lambda m: m.status_quo,
    "labels": lambda m: m.labels,
    "reading": lambda m: m.readings,
    "option called no": lambda m: any(option.name == "no" for option in m.options),
}


def test_every_kind_of_model_is_made():
    """All are looked for at once: what takes time is to make the models."""
    left = dict(WANTED)

    def all_made(model):
        for what in [what for what, is_one in left.items() if is_one(model)]:
            del left[what]
        return not left

    find(models(), all_made, settings=settings(max_examples=examples(2000), phases=[Phase.generate], derandomize=True))


@pytest.mark.parametrize("hostile", ["no", "0110", ": ", "two\nlines", "\"a\" and 'b'"])
def test_hostile_texts_are_made(hostile):
    find(texts(), lambda text: text == hostile)
