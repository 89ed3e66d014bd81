"""All there is to say about a model, as a document: `study`, and its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

from bestand.answer.given import model_of
from bestand.answer.setting import limits_of
from bestand.answer.speaking import Tale, spoken
from bestand.document.blocks import Block, Heading
from bestand.document.formats import written
from bestand.document.paper import Paper
from bestand.engine.limits import Limits, Progress, Watch
from bestand.files.placing import placeable, put
from bestand.model.errors import Stop
from bestand.model.model import Model
from bestand.stability.registry import chosen

from .chapters import paper
from .study import Question
from .study import Study as Found
from .study import study as work_out


def study(
    model: Model | str | PathLike[str],
    *,
    concepts: Iterable[str] | None = None,
    readings: Iterable[str] = (),
    samples: int | None = None,
    seed: int = 0,
    workers: int = 1,
    engine: str | None = None,
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Study:
    """Ask everything that a report tells: what holds, the levers, the claims and their premises, and how sure it is.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes.
    concepts : iterable of str, optional
        All five published ones where None.
    readings : iterable of str
        Readings of the model to apply first.
    samples : int, optional
        How many combinations of what is open to draw; None draws 100 where there are more, else takes all.
    seed : int
        Of the draws.
    workers : int
        Processes on this machine. With more than one, a script needs its own code under
        ``if __name__ == "__main__":``.
    engine : str, optional
        For what holds; None chooses.
    limits : Limits or mapping, optional
        Where one is reached, the study holds what was finished, and `Study.stopped` says so.
    progress : callable, optional

    Returns
    -------
    Study

    Raises
    ------
    CallError
        For what is unknown or out of range.
    ModelError
        When the model is not valid.
    LimitReached
        When a limit is reached before any state is known.

    Notes
    -----
    Some 200 variants of the model are solved for the levers, two for each wish for the premises, and one for each
    combination of what is open.

    Examples
    --------
    >>> found = study("textbook/chicken")
    >>> found.words("en").splitlines()[0]
    '# Chicken'
    """
    given = model_of(model)
    question = Question(given, tuple(readings), chosen(concepts), samples, seed)
    watch = Watch(limits_of(limits), progress)
    found = work_out(question, engine, watch, workers)
    watch.rest()
    return Study(found)


@dataclass(frozen=True, repr=False)
class Study:
    """All there is to say about a model. `save` writes it as a report; in a notebook it shows itself.

    Parameters
    ----------
    found : bestand.questions.report.study.Study
        ``solution``, ``claims``, ``reasons``, ``levers``, ``varied``, and what is ``missing``.
    """

    found: Found

    def __repr__(self) -> str:
        return f"<Study of {self.model.title!r}>"

    @property
    def model(self) -> Model:
        """The model, as it was given."""
        return self.found.question.model

    @property
    def stopped(self) -> Stop | None:
        """The limit that was reached, in words; None where everything is finished."""
        return next(iter(self.found.limits), None)

    def document(self, ending: str, lang: str | None = None, call: str = "") -> bytes:
        """The report as a document: ``html``, ``pdf``, ``docx`` or ``md``.

        Parameters
        ----------
        ending : str
        lang : str, optional
            ``en`` or ``nl``; the language of the model unless told.
        call : str
            The command that makes it again, if one does; the report names it.

        Raises
        ------
        CallError
            For an unknown format, or a language without texts; `MissingExtra` where PDF or DOCX is asked for and the
            extra ``report`` is not installed.
        """
        with spoken(self.found, self.model, lang) as found:
            return written(paper(found, call), ending)

    def save(self, path: str | PathLike[str], lang: str | None = None) -> None:
        """Write the report to a file, whose ending says the format. What stood there is kept where that fails.

        Raises
        ------
        CallError
            As `document`, and where the file cannot be written.
        """
        placeable(path)
        put(path, self.document(Path(path).suffix.removeprefix(".").lower(), lang))

    def words(self, lang: str | None = None) -> str:
        """The report as Markdown. Parameters and errors are those of `document`."""
        return self.document("md", lang).decode()

    def __str__(self) -> str:
        return self.words()

    def _repr_html_(self) -> str:
        return Tale(self.found, self.model, lambda _on, found: _titled(paper(found))).html()


def _titled(report: Paper) -> Iterator[Block]:
    """The parts of a report, its title before them."""
    yield Heading(report.title)
    yield from (replace(part, level=part.level + 1) if isinstance(part, Heading) else part for part in report.blocks)
