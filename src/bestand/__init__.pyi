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
from .questions.claims.answer import Why as Why, why as why
from .questions.coalitions.answer import Coalitions as Coalitions, MergedPlayers as MergedPlayers, coalitions as coalitions, merged as merged
from .questions.evolve.answer import Evolution as Evolution, evolve as evolve
from .questions.readings.answer import Readings as Readings
from .questions.report.answer import Study as Study, study as study
from .questions.settle.answer import count_rankings as count_rankings, settle as settle
from .questions.vary.answer import Variation as Variation, vary as vary
from .questions.what_if.answer import Levers as Levers, WhatIf as WhatIf, levers as levers, what_if as what_if
from .witness.replay import Replay as Replay, replay as replay

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
