"""What was found, told in a language: results hold a model, whose texts may be there in several."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from bestand.model.model import Model
from bestand.model.translating import translated
from bestand.report.blocks import Block
from bestand.report.page import Page, printed
from bestand.texts import LANGUAGES, language, speaking

T = TypeVar("T")
_OURS = ("bestand.analysis.", "bestand.api.")  # whose objects may hold a model that words are made of
_PLAIN = (str, bytes, int, float, complex, bool, type(None))


@contextmanager
def spoken(found: T, model: Model, lang: str | None) -> Iterator[T]:
    """What was found, with the texts of its model in a language, which is spoken meanwhile.

    Parameters
    ----------
    found : object
    model : Model
        That of what was found.
    lang : str, optional
        The model's own where None, or the one that is spoken already where the model does not say.

    Raises
    ------
    CallError
        For a language without texts.
    """
    own = model.language if model.language in LANGUAGES else language()
    with speaking(lang or own):
        there = translated(model, language()) is not model
        yield cast(T, _reworded(found, language(), {})) if there else found


def told(found: T, model: Model, lang: str | None, width: int, parts: Callable[[Page, T], Iterable[Block]]) -> str:
    """The parts of an answer as one text, in a language."""
    on = Page(width)
    with spoken(found, model, lang) as there:
        return printed(on, parts(on, there))


def _reworded(thing: Any, lang: str, known: dict[int, Any]) -> Any:
    """A copy that shares everything with what was found but its models, which are in the language.

    No verdict and no number is looked at: the arrays are the same ones.
    """
    if isinstance(thing, _PLAIN):
        return thing
    if id(thing) in known:
        return known[id(thing)]
    if isinstance(thing, Model):
        known[id(thing)] = translated(thing, lang)
        return known[id(thing)]
    if type(thing) in (tuple, list):
        if thing and isinstance(thing[0], _PLAIN):  # numbers and names, which may be many
            return thing
        return type(thing)(_reworded(each, lang, known) for each in thing)
    if type(thing) is dict:
        return {key: _reworded(value, lang, known) for key, value in thing.items()}
    if not type(thing).__module__.startswith(_OURS):
        return thing
    made = known[id(thing)] = copy.copy(thing)
    for name, value in _held(thing).items():
        object.__setattr__(made, name, _reworded(value, lang, known))
    return made


def _held(thing: Any) -> Mapping[str, Any]:
    """What an object holds, by name."""
    slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
    return {**{name: getattr(thing, name) for name in slots if hasattr(thing, name)}, **getattr(thing, "__dict__", {})}
