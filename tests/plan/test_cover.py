"""The shortest cover is as short as any, and right in every row."""

from itertools import combinations, product
from random import Random

import numpy as np
import pytest

from bestand.plan.cover import cover


def holds(term, row):
    return all(row[variable] == value for variable, value in term)


def fewest(meant, other, variables):
    """How many terms it takes, from all sets of terms that hold in no other row."""
    sets = set()
    for term in product((False, True, None), repeat=variables):
        fixed = [(k, value) for k, value in enumerate(term) if value is not None]
        if not any(holds(fixed, row) for row in other):
            sets.add(frozenset(k for k, row in enumerate(meant) if holds(fixed, row)))
    widest = [one for one in sets if not any(one < more for more in sets)]
    return next(
        count
        for count in range(len(widest) + 1)
        if any(len(frozenset().union(*chosen)) == len(meant) for chosen in combinations(widest, count))
    )


@pytest.mark.parametrize("seed", range(60))
def test_no_set_of_fewer_terms_would_do(seed):
    chance = Random(seed)
    rows = list(product((False, True), repeat=4))
    chance.shuffle(rows)
    cut = chance.randrange(6, 14)
    meant, other = rows[:cut], rows[cut : chance.randrange(cut, 17)]
    found = cover(np.array(meant, bool).reshape(-1, 4), np.array(other, bool).reshape(-1, 4))
    assert found.shortest
    assert all(any(holds(term, row) for term in found.terms) for row in meant)
    assert not any(holds(term, row) for term in found.terms for row in other)
    assert len(found.terms) == fewest(meant, other, 4)
