"""The names that bestand exports: made by tools/doors.py from the questions. Edit those."""

from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import Any

from .answer.parameters import *
from .version import __version__ as __version__
from .document.picture import Picture as Picture
from .engine.limits import Limits as Limits, Progress as Progress
from .files import dumps as dumps, load as load, loads as loads, save as save
from .model.errors import BestandError as BestandError, CallError as CallError, LimitReached as LimitReached, ModelError as ModelError, Problem as Problem, TooManyStates as TooManyStates
from .model.model import Model as Model
from .questions.analyse.answer import Explanation as Explanation, Result as Result, analyse as analyse
from .questions.check.answer import check as check
from .questions.claims.answer import Claims as Claims
from .questions.claims.why import Why as Why
from .questions.coalitions.answer import Coalitions as Coalitions, MergedPlayers as MergedPlayers, coalitions as coalitions, merged as merged
from .questions.evolve.answer import Evolution as Evolution, evolve as evolve
from .questions.readings.answer import Readings as Readings
from .questions.report.answer import Study as Study, study as study
from .questions.settle.answer import count_rankings as count_rankings, settle as settle
from .questions.vary.answer import Variation as Variation, vary as vary
from .questions.what_if.answer import Levers as Levers, WhatIf as WhatIf, levers as levers, what_if as what_if
from .witness.replay import Replay as Replay, replay as replay

def claims(
    model: Model | str | PathLike[str],
    *,
    claims: ClaimIds = None,
    concepts: Concepts = None,
    brief: Flag = False,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Claims:
    """Which of an author's conclusions follow from the model?

    Each claim holds, does not hold, depends on the stability concept, or cannot be said; with what was found, who says
    it, and, where it only repeats a premise, the answer without that premise.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    claims
        Only these claims, by id; all unless told.
    concepts
        Ask what names no concept under these only, with commas between them; under the five published ones unless told.
    brief
        Tell each claim in one line.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Claims

    Raises
    ------
    CallError
        For an unknown claim, concept or reading.
    ModelError
        When the model is not valid.

    Notes
    -----
    One solution of the model for each set of changes that the claims' sentences, premises and readings make.

    Examples
    --------
    >>> import bestand
    >>> bestand.claims("press/wynia2025/ukraine", claims=["price-works"]).results[0].answer.verdict
    'holds'
    """

def why(
    model: Model | str | PathLike[str],
    *,
    claims: ClaimIds = None,
    depth: Whole = 1,
    concepts: Concepts = None,
    workers: MaybeWhole = None,
    brief: Flag = False,
    list: Whole = 10,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Why:
    """Which premises carry each conclusion: the smallest sets of changes to them that give it another verdict.

    Every statement of every party is dropped, and exchanged with its neighbour, and whatever gives a claim another
    verdict is named, with how well it is founded.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    claims
        Only these claims, by id; all unless told.
    depth
        How many changes a set has at most. A change is a statement dropped, or exchanged with its neighbour.
    concepts
        Ask what names no concept under these only, with commas between them; under the five published ones unless told.
    workers
        How many processes look through sets of two changes or more; one for each processor unless told. The answer does
        not depend on it. A script that asks for more than one has its own code under ``if __name__ == "__main__":``.
    brief
        Tell each claim in one line.
    list
        How many sets of two changes or more to name for each claim; data hold all.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Why
        Where the time is over, `Why.stopped` says so, and `Why.looked` how deep the search came.

    Raises
    ------
    CallError
        For an unknown claim or reading, a depth or a number of workers below 1, or a model without claims or without
        statements.
    ModelError
        When the model is not valid.

    Notes
    -----
    With n statements, about 2n variants for sets of one change, 2n² for sets of two.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.why("press/wynia2025/ukraine", claims=["price-works"])
    >>> [flip.changes for flip in answer.reasons[0].flips]
    [(Drop(statement=StatementRef(party='russia', number=2)),)]
    """

def readings(
    model: Model | str | PathLike[str],
    *,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Readings:
    """List what the sources leave open, and what each reading changes.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Readings

    Examples
    --------
    >>> import bestand
    >>> [reading["id"] for reading in bestand.readings("press/wynia2025/ukraine").data()["readings"]][:2]
    ['usa-never', 'usa-firm']
    """
