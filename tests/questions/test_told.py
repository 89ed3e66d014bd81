"""An answer is finished before it is told: with every engine and solver raising, it is told in every form."""

import copy
import inspect
import pickle
import pkgutil
from contextlib import suppress
from functools import cached_property
from importlib import import_module

import pytest

import bestand
from bestand.model.errors import CallError, TooManyStates
from bestand.model.formula import Not
from bestand.model.values import Plan
from bestand.questions.registry import questions
from tests.first_reading import UKRAINE

CASES = (UKRAINE, "books/fang1993/elmira", "textbook/chicken")

# What a question needs beside the model; for the others nothing.
GIVEN = {
    "explain": [{"state": 0, "symbols": True}],
    "compare": [{"others": "textbook/stag-hunt"}],
    "coalitions": [{}, {"state": "status-quo"}, {"to": 0, "pareto": True}],
    "count-rankings": [{"state": "status-quo", "party": 0}],
    "levers": [{"where": 0}],
    "merged": [{"parties": 2}],
    "order": [{"readings": "russia-nato-first"}],
    "settle": [{"formula": 0, "kinds": ["offers", "moves"]}],
    "vary": [{"samples": 10, "robust": "top", "swaps": 1}, {"shuffle": True, "samples": 10, "compared": 2}],
    "what-if": [{"changes": 1}],
}


def raising(*args, **kwargs):
    raise AssertionError("an engine was asked while an answer was told")


def functions_of(thing):
    """The functions of a module or class that is ours: plain ones, methods, properties."""
    for name, value in list(vars(thing).items()):
        if name.startswith("__"):
            continue
        if isinstance(value, property):
            value = value.fget
        elif isinstance(value, cached_property):
            value = value.func
        elif isinstance(value, classmethod | staticmethod):
            value = value.__func__
        value = inspect.unwrap(value) if callable(value) and hasattr(value, "__wrapped__") else value
        if inspect.isclass(value) and value.__module__ == getattr(thing, "__name__", None):
            yield from functions_of(value)
        elif inspect.isfunction(value):
            yield value


@pytest.fixture
def without_engines(monkeypatch):
    """Call it, and from then on whatever asks an engine or a solver fails, by whatever name it knows it."""

    def stop():
        count = 0
        for package in ("checks", "engine", "solve"):
            home = import_module(f"bestand.{package}")
            for found in pkgutil.walk_packages(home.__path__, f"{home.__name__}."):
                for function in functions_of(import_module(found.name)):
                    if function.__module__ == found.name and not function.__code__.co_freevars:
                        monkeypatch.setattr(function, "__code__", raising.__code__)
                        count += 1
        assert count > 200

    return stop


def test_without_engines_nothing_can_be_asked(without_engines):
    without_engines()
    with pytest.raises(AssertionError, match="an engine was asked"):
        bestand.analyse("textbook/chicken")


def asked(name, case):
    """The answers to a question about a case; none where it cannot be asked of it, as claims of a model without."""
    model = bestand.load(case)
    if name == "plans" and model.plan is not None:
        model = model.replace(plans=(Plan("own", model.plan), Plan("other", Not(model.plan))))
    function = getattr(bestand, questions()[name].function)
    for given in GIVEN.get(name, [{}]):
        with suppress(CallError, TooManyStates):  # rankings of so many states are not counted
            yield function(model, **{key: fitting(model, key, value) for key, value in given.items()})


def fitting(model, key, value):
    ids = [party.id for party in model.parties]
    if key == "changes":
        return [f"without {model.options[-1].id}"]
    if key == "parties":
        return ids[:value]
    if key in ("where", "formula", "to"):
        return model.plan or model.options[value].id
    return ids[value] if key == "party" else value


def told(answer):
    """The answer in every form."""
    forms = [answer.data(), repr(answer), answer._repr_html_(), answer.document("md")]
    for lang in ("en", "nl"):
        forms += [answer.words(lang), answer.blocks(lang)]
        for name in answer._pictures():
            try:
                forms.append(answer.picture(name, lang).svg)
            except CallError as error:
                forms.append(str(error))
    return forms


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", questions())
def test_an_answer_is_told_without_engines(name, case, without_engines):
    answers = list(asked(name, case))
    assert answers or case != CASES[0] or name == "count-rankings"  # of the flagship all else can be asked
    before = [told(answer) for answer in answers]
    kept = [pickle.dumps(answer) for answer in answers]
    copied = [copy.deepcopy(answer) for answer in answers]
    without_engines()
    assert [told(answer) for answer in answers] == before
    again = [pickle.loads(each) for each in kept]
    assert again == copied == answers
    assert [*map(hash, again)] == [*map(hash, copied)] == [*map(hash, answers)]
    assert [told(answer) for answer in again] == before
