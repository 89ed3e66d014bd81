"""What would turn a verdict, against turning every comparison by itself under the definition."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

import bestand
from bestand.stability.registry import EVERY
from bestand.testing import models
from tests.engine.helpers import examples
from tests.witness.helpers import Brute, witnesses


@examples(60)
@given(models(readings=False, prose=False, max_options=5), st.integers(0, 2**32))
def test_the_nearest_comparison_that_turns_a_verdict(model, seed):
    brute = Brute(model)
    graph, place = brute.graph, brute.place
    for engine, _, found in witnesses(model, random.Random(seed), 2):
        s, i, rank = place[found.state], found.party, graph.ranks[found.party]
        better, rounds = brute.better(i, s), EVERY[found.concept].rounds
        assert brute.stable(rounds, i, s, better) is found.stable
        turning = {
            t for t in range(graph.size) if t != s and brute.stable(rounds, i, s, better ^ {t}) is not found.stable
        }
        flip = found.evidence.flip
        if flip is None:
            assert not turning, f"{engine}: {found}"
            continue
        assert place[flip.state] in turning, f"{engine}: {found}"
        assert flip.count == len(turning), f"{engine}: {found}"
        assert flip.groups == abs(rank[place[flip.state]] - rank[s])  # the oracle's ranks are the groups, numbered
        assert flip.groups == min(abs(rank[t] - rank[s]) for t in turning)
        assert (flip.standing.compared == "better") is not found.stable


CHICKEN = "textbook/chicken"


def test_two_comparisons_deep_in_chicken():
    """By hand: at (swerve, swerve) the first driver stays under GMR for fear of the crash, which is its worst state.

    Were the crash better than both swerving, driving on would be answered by nothing: two groups up from the crash.
    """
    found = bestand.analyse(CHICKEN).explain("11", "P1", "gmr").witness
    flip = found.evidence.flip
    assert (flip.state, flip.standing.compared, flip.groups, flip.count) == (0b00, "worse", 2, 1)
    assert (found.answers[0].steps[-1].state, found.answers[0].end.compared) == (0b00, "worse")


def test_without_a_move_nothing_turns_the_verdict():
    parties, wishes = "{a: {options: {}}, b: {options: {x: {}}}}", "{a: {priorities: [b.x]}}"
    text = f"{{bestand: 1, title: T, parties: {parties}, preferences: {wishes}}}"
    told = bestand.analyse(bestand.loads(text)).explain("none", "a", "smr")
    assert (told.witness.reason, told.witness.evidence.flip) == ("no move", None)
    assert str(told).endswith("has no move from here, and that alone makes it stable.")
