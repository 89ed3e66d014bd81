"""Sets of states say the same whether they are listed or diagrams."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand import CallError, load
from bestand.engine.sets import ListedStates
from bestand.engine.space import space_of
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.formula import FALSE, TRUE
from bestand.testing import formulas, models
from tests.engine.helpers import examples
from tests.first_reading import UKRAINE

small = models(forbidden_moves=False, prose=False, readings=False, max_options=6)


@examples(60)
@given(small, st.data())
def test_listed_states_and_diagrams_answer_alike(model, data):
    space, engine = space_of(model), SymbolicEngine(model)
    ids = [option.id for option in model.options]
    one, other = (data.draw(formulas(ids, list(model.outcome))) for _ in "ab")
    every = ListedStates(space.evaluator, np.ones(space.size, bool))
    for listed, diagram in zip(_combined(every, one, other), _combined(engine.feasible, one, other), strict=True):
        right = diagram.first()
        assert list(listed) == listed.first() == right
        assert listed.first(2) == right[:2]
        assert listed.count() == diagram.count() == len(right)
        assert bool(listed) is bool(diagram)
        assert repr(listed) == repr(diagram)
        assert (~listed).first() == (~diagram).first()
        assert listed <= every
        assert (every <= listed) is (engine.feasible <= diagram)
        assert [mask for mask in range(1 << len(ids)) if mask in listed] == right
        assert sum(pattern.count for pattern in listed.patterns()) == len(right)
        assert len(list(listed.patterns(1))) == bool(listed)


def _combined(every, one, other):
    return every & one & other, (every & one) | (every & other), (every & one) - other, (every & one) - (every & other)


def test_states_are_given_as_masks_bits_or_options():
    space = space_of(load("textbook/chicken"))
    every = ListedStates(space.evaluator, np.ones(space.size, bool))
    mask = int(space.states[1])
    option = next(iter(space.model.bit))
    assert mask in every
    assert space.model.bits(mask) in every
    assert [option] in every
    assert 2**70 not in every
    assert (every & FALSE).first(3) == []
    assert every & TRUE == every
    assert hash(every & TRUE) == hash(every)
    assert every != every & FALSE
    assert every != "all"
    assert (every & option).count() < every.count()
    with pytest.raises(CallError, match="there is no option"):
        assert ["nobody.nothing"] in every
    with pytest.raises(CallError, match="is no state"):
        assert "01" * 40 in every
    with pytest.raises(CallError):
        every & "no formula at all"


def test_sets_of_different_models_are_not_put_together():
    one, other = (space_of(load(name)) for name in ("textbook/chicken", UKRAINE))
    with pytest.raises(CallError, match="different models"):
        ListedStates(one.evaluator, np.ones(one.size, bool)) & ListedStates(other.evaluator, np.ones(other.size, bool))
