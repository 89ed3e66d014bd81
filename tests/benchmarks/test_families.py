"""What the symbolic benchmark tells is what the engines that list every state find."""

import pytest

from benchmarks import engines
from benchmarks.symbolic import FAMILIES, Case, solved
from bestand.engine.choose import build
from bestand.stability.registry import CONCEPTS


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("backend", engines.BACKENDS)
def test_equilibria_are_those_of_the_listed_engine(family, backend):
    listed = build(FAMILIES[family](12, 3, 4, 2), "listed")
    right = engines.verdicts(listed).all(axis=1).sum(axis=1)
    found = solved(Case(family, 12, 3, 4), backend, seed=2, limit=60)
    assert found.states == listed.space.size
    assert found.equilibria == dict(zip(CONCEPTS, right.tolist(), strict=True))
    assert found.seconds.keys() == found.equilibria.keys()
    assert 0 < found.imports <= found.whole


def test_a_case_that_is_stopped_says_what_it_had():
    found = solved(Case("local", 100, 16, 6), next(iter(engines.BACKENDS)), seed=1, limit=0.3)
    assert "sseq" not in found.seconds
    assert found.states > 2**64
