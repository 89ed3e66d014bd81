"""What `evolve` says of chances, and of why there are none."""

from __future__ import annotations

import pytest

from bestand.model.errors import time_over
from bestand.prose.messages import speaking
from bestand.questions.evolve.likelihood import ANY_MOVE, NOT_ALL, TOO_FAR_APART, too_many, too_many_together
from bestand.questions.evolve.phrases import mean, odds, unsaid_words


@pytest.mark.parametrize(
    "unsaid",
    [ANY_MOVE, NOT_ALL, too_many(400_000), too_many_together(4_001), TOO_FAR_APART, time_over(1)],
    ids=str,
)
def test_people_are_told_the_reason_that_data_give(unsaid):
    assert unsaid_words(unsaid) == f"Not worked out: {unsaid}."
    with speaking("nl"):
        assert str(unsaid) not in unsaid_words(unsaid)


def test_only_what_is_certain_is_called_so():
    assert odds(1.0) == "certainty"
    assert odds(1 - 1e-6) == "a probability above 99.9%"
    assert odds(1e-6) == "a probability below 0.1%"
    assert odds(0.0) == "a probability of 0"


def test_a_mean_has_three_digits_at_most():
    assert [mean(value) for value in (0.0, 0.126, 2.5, 12.345, 99.96, 1234.5)] == [
        "0",
        "0.13",
        "2.5",
        "12.3",
        "100",
        "1,234",
    ]
    with speaking("nl"):
        assert mean(6.69) == "6,69"
