"""Which engine a model gets."""

import pickle

from benchmarks.families import random_model
from bestand.engine import choose
from tests.engine.helpers import verdicts


def test_one_way_options_that_make_too_many_chains_are_left_to_the_symbolic_engine(monkeypatch):
    model = random_model(10, 2, 4, one_way=4)
    assert choose.choose(model).engine.name == "cube"
    monkeypatch.setattr(choose, "MAX_MEMBERS", 300)
    assert choose.choose(model).engine.name == "cube"  # the moves one by one are few
    monkeypatch.setattr(choose, "MAX_ARCS", 300)
    chosen = choose.choose(model)
    assert (chosen.engine.name, str(chosen.because)) == ("symbolic", "since a party has 4 one-way options")
    assert (chosen.because.kind, chosen.because.message.n) == ("one-way", 4)
    assert pickle.loads(pickle.dumps(chosen.because)) == chosen.because
    right = verdicts(choose.build(model, "cube"))
    assert all(right[concept] == found for concept, found in verdicts(chosen.engine).items())
