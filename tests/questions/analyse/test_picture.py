"""Pictures are drawn from values: worked out under limits, kept in pickles, told in any language."""

from __future__ import annotations

import pickle

import pytest

import bestand
from bestand.engine.limits import Limits, Watch
from bestand.model.errors import CallError, LimitReached
from bestand.prose.messages import speaking
from bestand.questions.analyse import picture_values as worked_out
from bestand.questions.analyse.picture import PICTURES, PictureValues, check_drawable, drawings
from bestand.questions.analyse.picture_values import picture_values
from bestand.solve.solution import Solution
from tests.drawing.worlds import CASES, CONCEPTS
from tests.first_reading import UKRAINE

WORKED_OUT = tuple(
    name for name in PICTURES if name != "plan"
)  # the verdict on a plan is worked out for the words, too


def drawn(model, values, lang="en"):
    """Every picture of some values, by name."""
    with speaking(lang):
        return {name: draw() for name, draw in drawings(model, values).items()}


@pytest.mark.parametrize("slug", CASES)
def test_a_pickled_value_is_drawn_alike(slug):
    model = bestand.load(slug)
    values = picture_values(Solution(model), CONCEPTS)
    again = pickle.loads(pickle.dumps(values))
    assert (again, hash(again)) == (values, hash(values))
    assert tuple(drawn(model, values)) == WORKED_OUT
    assert drawn(model, again) == drawn(model, values)


def test_the_language_is_chosen_when_a_picture_is_drawn():
    model = bestand.load(UKRAINE)
    values = bestand.analyse(model).pictures
    english, dutch = drawn(model, values), drawn(model, values, "nl")
    for name in PICTURES:
        assert english[name].title != dutch[name].title
        assert "Oekraïne" in dutch[name].svg or "van Rusland" in dutch[name].svg
        assert "Oekraïne" not in english[name].svg


def test_a_tree_needs_a_status_quo():
    model = bestand.load("textbook/chicken")
    assert drawn(model, picture_values(Solution(model), CONCEPTS))["tree"] is None


@pytest.mark.parametrize("name", WORKED_OUT)
def test_only_what_is_wanted_is_worked_out(name):
    solution = Solution(bestand.load("books/fang1993/elmira"))
    values = picture_values(solution, CONCEPTS, (name,))
    assert values.names == (name,)
    assert list(drawn(solution.model, values)) == [name]
    assert picture_values(solution, CONCEPTS, ()) == PictureValues()


def test_of_a_large_model_what_is_dear_has_to_be_asked_for(monkeypatch):
    monkeypatch.setattr(worked_out, "CHEAP", 8)
    solution = Solution(bestand.load("books/fang1993/elmira"))
    values = picture_values(solution, CONCEPTS)
    assert values.names == ("tree", "plan")
    check_drawable("tree", values)
    check_drawable("no such picture", values)
    with pytest.raises(CallError, match=r'ask for it with the question, analyse\(…, draw="matrix"\)'):
        check_drawable(None, values)
    assert picture_values(solution, CONCEPTS, ("moves",)).names == ("moves",)


def test_limits_hold_for_pictures():
    watch = Watch()
    solution = Solution(bestand.load(UKRAINE), None, watch)
    solution.finish(CONCEPTS)
    watch.limits = Limits(seconds=1e-9)
    with pytest.raises(LimitReached):
        picture_values(solution, CONCEPTS, ("matrix",))
    assert picture_values(solution, CONCEPTS) == PictureValues(), "unasked, they are left out"
