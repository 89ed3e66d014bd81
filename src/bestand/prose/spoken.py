"""The texts of a model in the language that is spoken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol, TypeVar, cast

from bestand.model.model import Model
from bestand.model.translating import translated
from bestand.model.values import Grounds

from .messages import LANGUAGES, known, language


def own_language(model: Model, lang: str | None) -> str:
    """Return the language to tell an answer in: the one asked for, else the model's own, else the one spoken already.

    Raises
    ------
    CallError
        For a language without texts.
    """
    if lang is not None:
        return known(lang)
    return model.language if model.language in LANGUAGES else language()


def spoken(model: Model) -> Model:
    """Return a model with its texts in the language that is spoken, as far as its file has them in it.

    Cheap to call again for the same model.
    """
    return _translated(_Same(model), language())


class _Grounded(Protocol):
    @property
    def grounds(self) -> Grounds: ...


T = TypeVar("T", bound=_Grounded)


def worded(model: Model, thing: T) -> T:
    """Return a claim, wish or reading with its texts in the language that is spoken, as far as the file has them.

    Parameters
    ----------
    model : Model
        As its file has it; one that `spoken` gave has no translations left, and its own texts are there already.
    thing : Claim, Statement, Reading or another value with grounds
    """
    words = model.translations.get(language(), {})
    grounds = thing.grounds
    if language() == model.language or not {grounds.says, grounds.note} & set(words):
        return thing
    said, note = (None if text is None else words.get(text, text) for text in (grounds.says, grounds.note))
    return replace(cast(Any, thing), grounds=replace(grounds, says=said, note=note))


@dataclass(frozen=True, eq=False, slots=True)
class _Same:
    """A model as a key: the same object, since comparing two large models takes longer than translating one."""

    model: Model

    def __hash__(self) -> int:
        return id(self.model)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.model is other.model


@lru_cache(maxsize=16)
def _translated(key: _Same, lang: str) -> Model:
    return translated(key.model, lang)
