"""An answer: a value that is complete, frozen and limited, and is told in any form and language without computing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bestand.document.blocks import Block, Figure, paragraph
from bestand.document.paper import Paper
from bestand.document.picture import Picture
from bestand.document.terminal import Page, printed
from bestand.files.placing import placeable, put
from bestand.model.errors import BestandError, CallError, nearest
from bestand.model.model import Model
from bestand.prose.messages import language, speaking
from bestand.prose.spoken import own_language, spoken
from bestand.version import __version__

Drawings = Mapping[str, Callable[[], Figure | None]]


class Answer(ABC):
    """What every answer can do. A question's own answer is a frozen dataclass that adds what it holds.

    An answer holds values only: the model, ids, bit masks, counts, formulas, arrays, witnesses. Whatever its words,
    data and pictures need was worked out before, under the limits of the call; telling it is pure.

    Attributes
    ----------
    model : Model
        With whose texts it is told; the readings that the question applies are applied.
    readings : tuple of str
        The readings asked for.
    stopped : Stop or None
        The limit that was reached; None where everything is finished.
    """

    _undrawn = "there is no picture of this answer"  # what a caller is told who asks for one

    if TYPE_CHECKING:  # fields of each answer, read-only here

        @property
        def model(self) -> Model: ...

        @property
        def readings(self) -> tuple[str, ...]: ...

        @property
        def stopped(self) -> Any: ...

    @abstractmethod
    def data(self) -> dict[str, Any]:
        """Return the answer as what JSON can hold: what ``--json`` prints."""

    @abstractmethod
    def _blocks(self, width: int) -> Iterable[Block]:
        """Tell the answer in the language that is spoken, for a page so many columns wide."""

    def _pictures(self) -> Drawings:
        """Name the pictures of the answer, the usual one first, each with what draws it (None: nothing to draw)."""
        return {}

    def _undrawable(self, name: str) -> str:
        """Say why there is nothing to draw in a picture."""
        return f"there is nothing to draw in a picture '{name}' of this"

    def _brief(self) -> str:
        """Say in a few words what there is, for `repr`; nothing where the class and the title say it all."""
        return ""

    def notes(self, name: str) -> Iterable[str]:
        """Say what the command line adds on standard error, where ``name`` is what the caller calls the model."""
        return ()

    def partial(self) -> str:
        """Say, behind the limit that was reached, what is there all the same."""
        return "this is a part of the answer"

    @property
    def valid(self) -> bool:
        """Return whether the model that is asked about is one that can be used."""
        return True

    @property
    def complete(self) -> bool:
        """Return whether no limit kept anything from being worked out."""
        return self.stopped is None

    def blocks(self, lang: str | None = None, width: int = 100) -> tuple[Block, ...]:
        """Tell the answer in blocks, which can be set as HTML, PDF, DOCX, Markdown or on a terminal.

        Parameters
        ----------
        lang : str, optional
            ``en`` or ``nl``; the language of the model unless told.
        width : int
            Of the page, in columns: how many columns of a long table are chosen.

        Raises
        ------
        CallError
            For a language without texts.
        """
        with speaking(own_language(self.model, lang)):
            return tuple(self._blocks(width))

    def words(self, lang: str | None = None, width: int = 100) -> str:
        """Tell the answer as the command line prints it.

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
        >>> print(bestand.analyse("textbook/chicken", concepts=["nash"]).words().splitlines()[1])
        2 parties, 2 options, 4 feasible states.
        """
        return printed(Page(width), self.blocks(lang, width))

    def picture(self, name: str | None = None, lang: str | None = None) -> Picture:
        """Draw the answer as a picture, which shows itself in a notebook.

        Parameters
        ----------
        name : str, optional
            Which picture; the usual one unless told. An unknown name is answered with those that there are.
        lang : str, optional
            ``en`` or ``nl``; the language of the model unless told.

        Raises
        ------
        CallError
            For an unknown picture, one with nothing in it, an answer without pictures, or a language without texts.

        Examples
        --------
        >>> import bestand
        >>> bestand.analyse("textbook/chicken").picture().svg[:4]
        '<svg'
        """
        drawings = self._pictures()
        if not drawings:
            raise CallError(self._undrawn)
        wanted = name or next(iter(drawings))
        if wanted not in drawings:
            hint = nearest(wanted, drawings)
            told = f"{hint} " if hint else ""
            raise CallError(f"there is no picture '{wanted}' of this; {told}pictures: {', '.join(drawings)}")
        with speaking(own_language(self.model, lang)):
            figure = drawings[wanted]()
        if figure is None:
            raise CallError(self._undrawable(wanted))
        return Picture(figure.svg, figure.alternative, figure.caption)

    def figure(self, name: str | None = None) -> Figure | None:
        """Draw a picture in the language that is spoken, for a document; None where there is nothing to draw.

        Parameters
        ----------
        name : str, optional
            Which picture; the usual one unless told.
        """
        drawings = self._pictures()
        draw = drawings.get(name or next(iter(drawings), ""))
        return None if draw is None else draw()

    def document(self, ending: str, lang: str | None = None, call: str = "") -> bytes:
        """Set the answer as a document: ``html``, ``pdf``, ``docx`` or ``md``.

        Parameters
        ----------
        ending : str
        lang : str, optional
            ``en`` or ``nl``; the language of the model unless told.
        call : str
            The command that makes it again, if one does.

        Raises
        ------
        CallError
            For an unknown format, or a language without texts; `MissingExtra` where PDF or DOCX is asked for and the
            extra ``report`` is not installed.
        """
        from bestand.document.formats import written

        with speaking(own_language(self.model, lang)):
            return written(self._paper(call), ending)

    def save(self, path: str | PathLike[str], lang: str | None = None) -> None:
        """Write the answer to a file, whose ending says the format. What stood there is kept where that fails.

        Raises
        ------
        CallError
            As `document`, and where the file cannot be written.
        """
        placeable(path)
        put(path, self.document(Path(path).suffix.lower().removeprefix("."), lang))

    def _paper(self, call: str) -> Paper:
        """Return the answer as a paper in the language that is spoken."""
        drawn = [figure for draw in self._pictures().values() if (figure := draw()) is not None]
        blocks = (*drawn, *self._blocks(100), *([paragraph(call, 0, "dim")] if call else []))
        return Paper(spoken(self.model).title, "", language(), blocks)

    def __str__(self) -> str:
        return self.words()

    def __repr__(self) -> str:
        parts = [self.model.title, self._brief(), "" if self.stopped is None else f"stopped: {self.stopped}"]
        return f"<{type(self).__name__}: {'; '.join(' '.join(part.split()) for part in parts if part)}>"

    def _repr_html_(self) -> str:
        from bestand.document.html import fragment

        with speaking(own_language(self.model, None)):
            drawn = [figure for draw in [*self._pictures().values()][:1] if (figure := draw()) is not None]
            return fragment([*drawn, *self._blocks(100)])

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and same(_held(self), _held(other))

    def __hash__(self) -> int:
        return hash((type(self), self.model, self.readings))

    def __getstate__(self) -> dict[str, Any]:
        return {"bestand": __version__, "held": _held(self)}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        """Raise `BestandError` for an answer that another version has pickled: its parts may mean other things."""
        version = state.get("bestand", "an older version") if isinstance(state, Mapping) else "an older version"
        if version != __version__:
            raise BestandError(
                f"this answer was pickled by bestand {version}, and this is {__version__}: ask the question again"
            )
        for name, value in state["held"].items():
            object.__setattr__(self, name, read_only(value))


def _held(value: object) -> dict[str, Any]:
    """Return the values of the fields of an answer, or of a part of one, by name."""
    return {each.name: getattr(value, each.name) for each in fields(value)}  # pyrefly: ignore[bad-argument-type]


def same(one: Any, other: Any) -> bool:
    """Compare two values, with arrays and what holds arrays compared by what is in them.

    Examples
    --------
    >>> same({"a": np.array([1, 2])}, {"a": np.array([1, 2])}), same((1, 2), (1, 3))
    (True, False)
    """
    if one is other:
        return True
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return type(one) is type(other) and one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (tuple, list)) and type(one) is type(other):
        return len(one) == len(other) and all(map(same, one, other))
    if _may_hold_arrays(one) and type(one) is type(other):
        return same(_held(one), _held(other))
    return bool(one == other)


def _may_hold_arrays(value: object) -> bool:
    """Tell a value of several fields, an array perhaps among them, from what the model is made of: plain Python."""
    return is_dataclass(value) and not type(value).__module__.startswith("bestand.model.")


def read_only(value: Any) -> Any:
    """Return a value, after all arrays in it were made such that they cannot be written to."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, Mapping):
        for each in value.values():
            read_only(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            read_only(each)
    elif _may_hold_arrays(value):
        read_only(_held(value))
    return value


def frozen(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return a view of an array that cannot be written to."""
    view = array.view()
    view.flags.writeable = False
    return view
