"""A state that is named in a formula is the state whose options it spells out, for every engine and in every place."""

import dataclasses

from hypothesis import assume, given
from hypothesis import strategies as st

from bestand.model.formula import Formula, Not, StateAtom
from bestand.model.model import Model
from bestand.model.values import FormulaRule, FrozenMap, Outcome, Priorities, Ranking, Statement
from bestand.reference import feasible
from bestand.testing import models
from tests.engine.helpers import differences, engines_for, examples, expected, verdicts
from tests.engine.symbolic.helpers import symbolic


def _speaking(model: Model, rule: Formula, outcome: Formula, wish: Formula) -> Model:
    """The model with one more rule, one more outcome, and a first wish of the first party."""
    first = model.parties[0].id
    wishes = model.preferences.get(first)
    own = wishes.statements if isinstance(wishes, Priorities) else ()
    return dataclasses.replace(
        model,
        rules=(*model.rules, FormulaRule("never", rule)),
        outcomes=(*model.outcomes, Outcome("named_here", outcome)),
        preferences=FrozenMap({**model.preferences, first: Priorities((Statement(wish), *own))}),
        status_quo=None,
    )


@examples(60)
@given(st.data(), models(min_options=2, prose=False, readings=False))
def test_named_states_and_spelt_out_ones_are_the_same(data, model):
    known = list(map(model.bits, feasible(model)))
    assume(len(known) > 1)
    rankings = {
        party for party, wish in model.preferences.items() if isinstance(wish, Ranking)
    }  # of states as they were
    wishes = FrozenMap({party: wish for party, wish in model.preferences.items() if party not in rankings})
    model = dataclasses.replace(model, preferences=wishes)
    scope = dataclasses.replace(model.scope(), states={"two": tuple(known[:2]), "last": (known[-1],)})
    names = ["two", "last", *known]
    left = data.draw(st.sampled_from([name for name in known if name != known[0]]), "left out")
    atoms = [scope.state_atom(name, 0) for name in (left, *(data.draw(st.sampled_from(names)) for _ in range(2)))]
    assert all(isinstance(atom, StateAtom) for atom in atoms)
    named = _speaking(model, atoms[0], atoms[1], Not(atoms[2]))
    spelt = _speaking(model, *(atom.formula for atom in atoms[:2]), Not(atoms[2].formula))
    right = expected(spelt)
    assert list(feasible(named)) == list(feasible(spelt))
    assert model.mask(option for option, bit in zip(model.bit, left, strict=True) if bit == "1") not in feasible(named)
    states = [model.bits(mask) for mask in feasible(spelt)]
    for engine in engines_for(named):
        assert differences(verdicts(engine), right, states) == [], engine.name
    if not named.forbidden_moves:
        assert differences(verdicts(symbolic(named, "oxidd")), right, states) == []
    assert expected(named) == right
