"""Errors survive being pickled and copied, and say the same afterwards; for answers, see ``test_told``."""

import copy
import pickle
import pkgutil
from importlib import import_module

import pytest

import bestand
from bestand.document.typesetting import MissingLetters, SplitUp
from bestand.engine.guard import _Stopped
from bestand.model.errors import (
    BestandError,
    CallError,
    LimitReached,
    MissingExtra,
    ModelError,
    Problem,
    TooManyStates,
)
from bestand.model.language import parse_formula
from bestand.model.message import Bytes, message
from bestand.model.scope import LanguageError, Scope
from bestand.questions.settle.target import Nowhere
from tests.command.helpers import DAM

COPIES = {
    **{
        f"pickle {k}": lambda value, k=k: pickle.loads(pickle.dumps(value, k))
        for k in range(pickle.HIGHEST_PROTOCOL + 1)
    },
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


def raised(kind, call, *args, **given):
    """The error that a call raises."""
    with pytest.raises(kind) as caught:
        call(*args, **given)
    assert type(caught.value) is kind
    return caught.value


def errors():
    """Errors of every kind, some as a call raises them."""
    yield BestandError("something is wrong")
    yield MissingExtra("PDF needs typst", "report")
    yield ModelError([Problem(3, 7, "unknown-key", "error", "no key", "a hint")], "dam.yaml")
    yield LimitReached(
        "memory", "{size} are too many, while {phase}", size=Bytes(7), phase=message("listing the states")
    )
    yield TooManyStates("{n} states", n=2**40)
    yield MissingLetters("ab")
    yield SplitUp()
    model = bestand.loads(DAM)
    yield raised(CallError, bestand.analyse, model, concepts=["nix"])
    yield raised(ModelError, bestand.loads, DAM.replace("plan:", "plam:"))
    yield raised(ModelError, bestand.loads, DAM.replace("plan: peace", "plan: pease or"))
    yield raised(LanguageError, parse_formula, "not (pease", Scope())
    yield raised(TooManyStates, bestand.analyse, model, limits={"states": 1}, engine="cube")
    known = raised(LimitReached, bestand.analyse, "press/wynia2025/ukraine", limits={"seconds": 1e-9})
    known.known = {"combinations": 8}
    yield known


ERRORS = list(errors())


def subclasses(kind):
    yield kind
    for each in kind.__subclasses__():
        yield from subclasses(each)


def test_every_kind_of_error_is_copied_here():
    for found in pkgutil.walk_packages(bestand.__path__, "bestand."):
        import_module(found.name)
    kinds = {kind for kind in subclasses(BestandError) if kind.__module__.startswith("bestand.")}
    others = {kind for kind in kinds if not issubclass(kind, _Stopped)}  # copied as `LimitReached`
    assert others - {type(error) for error in ERRORS} == {Nowhere}  # which `settle` makes an answer of


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_is_the_same_afterwards(error, copied):
    again = copied(error)
    assert type(again) is type(error)
    assert (str(again), repr(again), again.args, vars(again)) == (str(error), repr(error), error.args, vars(error))
