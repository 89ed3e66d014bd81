"""What was found, told in a language: results hold a model, whose texts may be there in several."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar, cast

from bestand.document.blocks import Block, Figure
from bestand.document.picture import Picture
from bestand.document.terminal import Page, printed
from bestand.model.errors import CallError, nearest
from bestand.model.model import Model
from bestand.model.translating import translated
from bestand.model.values import Grounds
from bestand.prose.messages import LANGUAGES, language, speaking

T = TypeVar("T")
# whose objects may hold a model that words are made of
_OURS = tuple(f"bestand.{part}." for part in ("solve", "plan", "witness", "questions", "answer"))
_VALUES = "bestand.model.values"  # whose claims, wishes and readings have texts
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
        yield cast(T, _Reworder(model, language())(found)) if there else found


@dataclass(frozen=True)
class Tale(Generic[T]):
    """How a result is told.

    Parameters
    ----------
    found : object
        What was found.
    model : Model
        Whose texts it is told with.
    parts : callable
        From a width in columns and what was found (in a language) to the parts of the answer.
    pictures : dict of str to callable
        From what was found to a picture, the usual one first; None where there is nothing to draw.
    """

    found: T
    model: Model
    parts: Callable[[int, T], Iterable[Block]]
    pictures: Mapping[str, Callable[[T], Figure | None]] = field(default_factory=dict)

    def text(self, lang: str | None, width: int) -> str:
        """The answer as lines of a terminal."""
        on = Page(width)
        with spoken(self.found, self.model, lang) as there:
            return printed(on, self.parts(width, there))

    def html(self) -> str:
        """The answer as HTML, the usual picture first."""
        from bestand.document.html import fragment

        with spoken(self.found, self.model, None) as there:
            drawn = [picture for draw in [*self.pictures.values()][:1] if (picture := draw(there)) is not None]
            return fragment([*drawn, *self.parts(100, there)])

    def drawn(self, name: str | None, lang: str | None) -> Figure:
        """A picture. Raises `CallError` where there is none of that name, or nothing to draw."""
        wanted = name or next(iter(self.pictures))
        if wanted not in self.pictures:
            hint = nearest(wanted, self.pictures)
            told = f"{hint} " if hint else ""
            raise CallError(f"there is no picture '{wanted}' of this; {told}pictures: {', '.join(self.pictures)}")
        with spoken(self.found, self.model, lang) as there:
            picture = self.pictures[wanted](there)
        if picture is None:
            raise CallError(f"there is nothing to draw in a picture '{wanted}' of this")
        return picture


class Told(ABC):
    """What results have in common: they are told in words, and show themselves in a notebook."""

    @abstractmethod
    def _tale(self, most: int | None = None) -> Tale[Any]:
        """How it is told; of what is long, so many things where the words can be cut."""

    def words(self, lang: str | None = None, width: int = 100) -> str:
        """The answer as the command line prints it.

        Parameters
        ----------
        lang : str, optional
            ``en`` or ``nl``; the language of the model unless told.
        width : int
            Of the page, in columns.

        Raises
        ------
        CallError
            For a language without texts.

        Examples
        --------
        >>> import bestand
        >>> print(bestand.analyse("textbook/chicken", ["nash"]).words().splitlines()[1])
        2 parties, 2 options, 4 feasible states.
        """
        return self._tale().text(lang, width)

    def __str__(self) -> str:
        return self.words()

    def _repr_html_(self) -> str:
        return self._tale().html()


class Abridged(Told):
    """A result of which the words name the first things only."""

    def words(self, lang: str | None = None, width: int = 100, most: int | None = None) -> str:
        """The answer as the command line prints it.

        Parameters
        ----------
        lang : str, optional
            ``en`` or ``nl``; the language of the model unless told.
        width : int
            Of the page, in columns.
        most : int, optional
            How many things of a kind to name; as many as the command line does unless told.

        Raises
        ------
        CallError
            For a language without texts.
        """
        return self._tale(most).text(lang, width)


class Pictured(Told):
    """A result that can be drawn."""

    def picture(self, name: str | None = None, lang: str | None = None) -> Picture:
        """The answer as a picture, which shows itself in a notebook.

        Parameters
        ----------
        name : str, optional
            Which picture; the usual one unless told. An unknown name is answered with those that there are.
        lang : str, optional
            ``en`` or ``nl``; the language of the model unless told.

        Raises
        ------
        CallError
            For an unknown picture, one with nothing in it, or a language without texts.

        Examples
        --------
        >>> import bestand
        >>> bestand.analyse("textbook/chicken").picture().svg[:4]
        '<svg'
        """
        figure = self._tale().drawn(name, lang)
        return Picture(figure.svg, figure.alternative, figure.caption)


class _Reworder:
    """Copies that share everything with what was found but texts of its model, which are in another language.

    No verdict and no number is looked at: the arrays are the same ones.

    Parameters
    ----------
    model : Model
        Whose translations are used for what a result holds beside its models, such as a claim or a wish.
    lang : str
    """

    def __init__(self, model: Model, lang: str) -> None:
        self._lang = lang
        self._words = model.translations.get(lang, {})
        self._known: dict[int, Any] = {}

    def __call__(self, thing: Any) -> Any:
        if isinstance(thing, _PLAIN):
            return thing
        if id(thing) not in self._known:
            self._known[id(thing)] = self._copied(thing)
        return self._known[id(thing)]

    def _copied(self, thing: Any) -> Any:
        if isinstance(thing, Model):
            return translated(thing, self._lang)
        if isinstance(thing, Grounds):
            return replace(thing, says=self._said(thing.says), note=self._said(thing.note))
        if type(thing) in (tuple, list):
            if thing and isinstance(thing[0], _PLAIN):  # numbers and names, which may be many
                return thing
            return type(thing)(map(self, thing))
        if type(thing) is dict:
            return {key: self(value) for key, value in thing.items()}
        if type(thing).__module__ == _VALUES and hasattr(thing, "grounds"):
            return replace(thing, grounds=self(thing.grounds))
        return self._of_ours(thing) if type(thing).__module__.startswith(_OURS) else thing

    def _of_ours(self, thing: Any) -> Any:
        made = self._known[id(thing)] = copy.copy(thing)  # known before its parts, which may hold it
        for name, value in _held(thing).items():
            object.__setattr__(made, name, self(value))
        return made

    def _said(self, text: str | None) -> str | None:
        return None if text is None else self._words.get(text, text)


def _held(thing: Any) -> Mapping[str, Any]:
    """What an object holds, by name."""
    slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
    return {**{name: getattr(thing, name) for name in slots if hasattr(thing, name)}, **getattr(thing, "__dict__", {})}
