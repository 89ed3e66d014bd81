"""Words in as much room as there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.drawing.measure import lines, shortened, width

SAID = "a stronger Ukrainian army stands at the front, European troops in the west and Americans in NATO Europe"


@pytest.mark.parametrize("room", range(60, 620, 7))
def test_words_are_cut_between_words(room):
    told = shortened(SAID, 11, room)
    assert width(told, 11) <= room
    if told != SAID:
        kept = told.removesuffix("…")
        assert SAID.startswith(kept)
        assert SAID[len(kept)] in " ,"


def test_a_word_wider_than_the_room_is_cut():
    assert shortened("Donaudampfschifffahrt", 11, 60).startswith("Dona")
    assert shortened("it Donaudampfschifffahrt", 11, 60).startswith("it Do")


def test_the_last_line_is_cut_between_words():
    told = lines(SAID, 11, 200, 2)
    assert len(told) == 2
    assert told[1].removesuffix("…").split()[-1] in SAID.split()


@given(st.text(max_size=40), st.floats(20, 200))
def test_any_words_fit(words, room):
    assert width(shortened(words, 11, room), 11) <= room + 1e-6
