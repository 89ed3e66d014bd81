"""What the program says to people, in their language: every sentence comes from one catalogue of messages.

The sentences in the source are English and are themselves the keys of the catalogue (GNU gettext); the other languages
stand in ``locale/``, compiled by ``tools/messages.py``. A message is a whole sentence, or a whole cell of a table:
words that are joined in one language stand apart in another. What varies is put into named places.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Any

from bestand.model.errors import CallError, nearest
from bestand.model.message import Bytes, Message, Sayable

DOMAIN = "bestand"
LANGUAGES = {"en": "English", "nl": "Nederlands"}
_THOUSANDS = {"en": ",", "nl": "."}
_DECIMALS = {"en": ".", "nl": ","}
_spoken: ContextVar[str] = ContextVar("spoken", default="en")


def language() -> str:
    """The language that is spoken now: ``en`` unless `speaking` says otherwise."""
    return _spoken.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak a language for a while.

    Raises
    ------
    CallError
        For a language that there are no texts in.

    Examples
    --------
    >>> with speaking("nl"):
    ...     number(49152)
    '49.152'
    """
    token = _spoken.set(known(lang))
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(lang: str) -> None:
    """Speak a language from here to the end of the context (`contextvars.copy_context`): what a command does.

    Raises
    ------
    CallError
        For a language that there are no texts in.
    """
    _spoken.set(known(lang))


def wanted(lang: str | None, own: str | None = None) -> str:
    """Tell which language to speak: the one asked for, else a model's own, else that of the locale, else English.

    The locale is what LC_ALL, LC_MESSAGES or LANG says, whichever is set first. Raises `CallError` where a language is
    asked for that there are no texts in.

    Examples
    --------
    >>> wanted("nl"), wanted(None, "nl")
    ('nl', 'nl')
    """
    if lang is not None:
        return known(lang)
    for found in (own, next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), None)):
        if found and _code(found) in LANGUAGES:
            return _code(found)
    return "en"


def _code(lang: str) -> str:
    return lang.partition(".")[0].replace("-", "_").partition("_")[0].lower()


def known(lang: str) -> str:
    """A language by its code, or by a locale such as ``nl_BE.UTF-8``. Raises `CallError` where there are no texts.

    Examples
    --------
    >>> known("nl_NL.UTF-8")
    'nl'
    """
    code = _code(lang)
    if code not in LANGUAGES:
        hint = nearest(lang, [*LANGUAGES, *LANGUAGES.values()])
        told = f"{hint} " if hint else ""
        raise CallError(f"there are no texts in '{lang}'; {told}languages: {', '.join(LANGUAGES)}")
    return code


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    with resources.files("bestand").joinpath("locale", lang, "LC_MESSAGES", f"{DOMAIN}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def _(message: str, /, **values: Any) -> str:
    """A message in the language that is spoken, its places filled.

    A place with a capital, as ``{Party}``, is filled with what is given for ``party``, begun with a capital.

    Examples
    --------
    >>> _("{party} cannot improve by any move of its own", party="Russia")
    'Russia cannot improve by any move of its own'
    >>> _("{Party} cannot improve.", party="the United States")
    'The United States cannot improve.'
    """
    return _filled(_catalogue(language()).gettext(message), values)


def _n(one: str, many: str, count: int, /, **values: Any) -> str:
    """A message about a number of things; the place ``{n}`` is the number as people write it.

    Examples
    --------
    >>> _n("{n} state", "{n} states", 49152)
    '49,152 states'
    """
    found = _catalogue(language()).ngettext(one, many, count)
    return _filled(found, {"n": number(count), **values})


class Subject(str):
    """What to call somebody or something in a sentence, and whether its verb is plural."""

    plural: bool

    def __new__(cls, words: str, plural: bool = False) -> Subject:
        made = super().__new__(cls, words)
        made.plural = plural
        return made


def _s(one: str, many: str, subject: str, /, **values: Any) -> str:
    """A message whose verb agrees with its subject, which fills the place ``{party}``, or ``{parties}``.

    Examples
    --------
    >>> _s("{Party} refuses it.", "{Party} refuse it.", Subject("Russia"))
    'Russia refuses it.'
    >>> _s("{Party} refuses it.", "{Party} refuse it.", Subject("the Kosovo Serbs", plural=True))
    'The Kosovo Serbs refuse it.'
    """
    plural = getattr(subject, "plural", False)
    found = _catalogue(language()).ngettext(one, many, 2 if plural else 1)
    return _filled(found, {"party": subject, "parties": subject, **values})


def _p(context: str, message: str, /, **values: Any) -> str:
    """A message whose words alone do not tell what is meant, such as a single word: the context tells.

    Examples
    --------
    >>> _p("answer to a question", "none")
    'none'
    """
    return _filled(_catalogue(language()).pgettext(context, message), values)


class _Places(dict[str, Any]):
    """What is put into the places of a message."""

    def __missing__(self, place: str) -> str:
        words = str(self[place[0].lower() + place[1:]]) if place[:1].isupper() else None
        if words is None:
            raise KeyError(place)
        return words[:1].upper() + words[1:]


def _filled(message: str, values: dict[str, Any]) -> str:
    return message.format_map(_Places({place: _told(value) for place, value in values.items()}))


def _told(value: Any) -> Any:
    """Tell what fills a place; what has not been said yet is said now."""
    return said(value) if isinstance(value, Message | Sayable) else value


def said(what: Message | Sayable) -> str:
    """Return a message that was kept for later, or the one of a stop or a reason, in the language that is spoken.

    Examples
    --------
    >>> from bestand.model.message import counted
    >>> said(counted("since a party has {n} one-way option", "since a party has {n} one-way options", 9))
    'since a party has 9 one-way options'
    """
    message = what.message if isinstance(what, Sayable) else what
    catalogue, one, many, n = _catalogue(language()), message.text, message.many, message.n
    if many is None or n is None:
        return message.fill(catalogue.gettext(one), _words)
    return message.fill(catalogue.ngettext(one, many, int(n) if n == int(n) else 2), _words)


def _words(value: object) -> str:
    """A value of a message in the language that is spoken."""
    match value:
        case Message() | Sayable():
            return said(value)
        case Bytes():
            return str(value).translate(_swapped())
        case int():
            return number(value)
        case float():
            return f"{value:g}".translate(_swapped())
        case tuple():
            return listing(map(_words, value))
    return str(value)


def _swapped() -> dict[int, str]:
    """The signs of an English number, as the language writes them."""
    return str.maketrans({",": _THOUSANDS[language()], ".": _DECIMALS[language()]})


def number(count: int) -> str:
    """A count with thousands apart.

    Examples
    --------
    >>> number(49152)
    '49,152'
    """
    return f"{count:,}".replace(",", _THOUSANDS[language()])


def decimal(value: float, digits: int) -> str:
    """A number with so many decimals, as it is written in the language.

    Examples
    --------
    >>> decimal(0.5, 2)
    '0.50'
    """
    return f"{value:.{digits}f}".replace(".", _DECIMALS[language()])


def listing(words: Iterable[str]) -> str:
    """Words in a row, the last two joined by "and".

    Examples
    --------
    >>> listing(["usa", "russia", "europe"])
    'usa, russia and europe'
    """
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return _("{first} and {last}", first=", ".join(words[:-1]), last=words[-1])


def choice(words: Iterable[str]) -> str:
    """Words in a row, the last two joined by "or".

    Examples
    --------
    >>> choice(["yes", "no"])
    'yes or no'
    """
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return _("{first} or {last}", first=", ".join(words[:-1]), last=words[-1])
