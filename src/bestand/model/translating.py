"""A model in another language: its texts for people put into the words that the file has for them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Protocol

from .description import Described, Description
from .errors import MAX_SUGGESTIONS
from .open_questions import Question
from .values import FrozenMap, Grounds, Option, Party, Priorities, Source

CODE = re.compile("[a-z]{2,3}")
_KNOWN = ("en", "nl")  # what `language` of a file may say
_SHOWN = 60  # characters of a text in a message

Path = tuple[str | int, ...]


def translated(model: Described, lang: str) -> Described:
    """The model with its texts in a language, where the file has them in it; texts without a translation stay.

    Titles, names, what things mean, the notes on them and why doubts are accepted are texts; ids, formulas and labels
    are not. The new model has no translations of its own.

    Parameters
    ----------
    model : Model
    lang : str
        A language code, such as ``nl``.

    Returns
    -------
    Model
        The model itself where the file translates nothing into that language. The ``language`` of a new one is the
        language asked for, or None where it is none that a file may name.

    Notes
    -----
    O(size of the model). No answer depends on the texts.

    Examples
    --------
    >>> words = FrozenMap({"nl": FrozenMap({"A dam": "Een dam"})})
    >>> model = Description("A dam", (Party("up"),), translations=words)
    >>> translated(model, "nl").title, translated(model, "fr") is model
    ('Een dam', True)
    """
    words = model.translations.get(lang, {})
    if lang == model.language or not any(text in words for text in texts_of(model)):
        return model
    told = _reworded(model, lambda text: words.get(text, text))
    return dataclasses.replace(told, language=lang if lang in _KNOWN else None, translations=FrozenMap())


def texts_of(model: Description) -> tuple[str, ...]:
    """Every text of a model that a translation may be given for, each once, in the order of the file.

    Examples
    --------
    >>> texts_of(Description("A dam", (Party("up", "Upstream"),)))
    ('A dam', 'Upstream')
    """
    found: dict[str, None] = {}

    def keep(text: str) -> str:
        found.setdefault(text)
        return text

    _reworded(model, keep)
    return tuple(found)


class Checker(Protocol):
    """Who collects the faults of a model."""

    model: Description

    def add(self, path: Path, code: str, message: str, hint: str | None = None, severity: Any = "error") -> None: ...


def translation_faults(checker: Checker) -> None:
    """Report what is wrong, or doubtful, with the translations of a model."""
    model = checker.model
    if not model.translations:
        return
    known = [text for text in texts_of(model) if text]
    for lang, words in model.translations.items():
        path: Path = ("translations", lang)
        if not CODE.fullmatch(lang):
            message = f"'{lang}' is no code of a language"
            checker.add(path, "bad-language", message, "write two or three small letters, such as nl")
        elif lang == model.language:
            message = f"the texts are in '{lang}' already: these translations are never used"
            checker.add(path, "own-language", message, "leave them out, or mend 'language'", "warning")
        _word_faults(checker, path, words, known)


def _word_faults(checker: Checker, path: Path, words: Mapping[str, str], texts: Sequence[str]) -> None:
    known, hints = set(texts), MAX_SUGGESTIONS
    for text, meant in words.items():
        at = (*path, text)
        if not meant.strip():
            message = f"'{_short(text)}' is translated by nothing"
            checker.add(at, "empty", message, "write something, or leave the entry out")
        if text in known:
            continue
        close = get_close_matches(text, texts, n=1) if hints else None
        hints -= hints > 0
        message = f"'{_short(text)}' is no text of the model, so its translation is never used"
        hint = f"the nearest text is '{_short(close[0])}'" if close else "write the whole text, letter for letter"
        checker.add(at, "unknown-text", message, hint, "warning")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


# ---- going through the texts, in the order of a file ----


def _reworded(model: Described, words: Callable[[str], str]) -> Described:
    """The model with every text put into other words."""

    def said(text: str | None) -> str | None:
        return None if text is None else words(text)

    def grounds(found: Grounds) -> Grounds:
        return dataclasses.replace(found, says=said(found.says), note=said(found.note))

    def each(things: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(dataclasses.replace(thing, grounds=grounds(thing.grounds)) for thing in things)

    def asked(found: Question) -> Question:
        return dataclasses.replace(found, answers=each(found.answers), grounds=grounds(found.grounds))

    def source(found: Source) -> Source:
        return dataclasses.replace(found, title=said(found.title), note=said(found.note))

    def option(found: Option) -> Option:
        return dataclasses.replace(found, grounds=grounds(found.grounds), says_no=said(found.says_no))

    def party(found: Party) -> Party:
        name, called = said(found.name), said(found.called)
        options = tuple(map(option, found.options))
        return dataclasses.replace(found, name=name, called=called, grounds=grounds(found.grounds), options=options)

    def preferences() -> Iterator[tuple[str, Any]]:
        for holder, wish in model.preferences.items():
            if isinstance(wish, Priorities):
                wish = dataclasses.replace(wish, statements=each(wish.statements))
            yield holder, wish

    return dataclasses.replace(
        model,
        title=words(model.title),
        note=said(model.note),
        sources=FrozenMap({id: source(found) for id, found in model.sources.items()}),
        parties=tuple(map(party, model.parties)),
        rules=each(model.rules),
        outcomes=each(model.outcomes),
        plans=each(model.plans),
        commitments=each(model.commitments),
        one_way=each(model.one_way),
        forbidden_moves=each(model.forbidden_moves),
        preferences=FrozenMap(dict(preferences())),
        open_questions=tuple(map(asked, model.open_questions)),
        exclusions=each(model.exclusions),
        claims=each(model.claims),
        left_out=tuple(map(grounds, model.left_out)),
        accepted=tuple(dataclasses.replace(entry, because=words(entry.because)) for entry in model.accepted),
    )
