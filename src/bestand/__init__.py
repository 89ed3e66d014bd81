"""bestand: does it hold? Stability of a plan among parties who can each walk away.

The formal base is the Graph Model for Conflict Resolution. Everything is loaded on first use, so that importing the
package costs nothing.

Examples
--------
>>> import bestand
>>> result = bestand.analyse(bestand.load("textbook/prisoners-dilemma"))
>>> [result.model.bits(int(state)) for state in result.states[result.equilibria["nash"]]]
['00']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from bestand.document.picture import Picture
    from bestand.questions.analyse.answer import Explanation, Result, analyse
    from bestand.questions.check.answer import check
    from bestand.questions.coalitions.answer import Coalitions, MergedPlayers, coalitions, merged
    from bestand.questions.evolve.answer import Evolution, evolve
    from bestand.questions.report.answer import Study, study
    from bestand.questions.settle.answer import count_rankings, settle
    from bestand.questions.vary.answer import Variation, vary
    from bestand.questions.what_if.answer import Levers, WhatIf, Why, levers, what_if, why
    from bestand.witness.replay import Replay, replay

    from .engine.limits import Limits
    from .files import dumps, load, loads, save
    from .model.errors import BestandError, CallError, LimitReached, ModelError, Problem, TooManyStates
    from .model.model import Model

_HOMES = {
    **dict.fromkeys(("Explanation", "Result", "analyse"), ".api.analysing"),
    **dict.fromkeys(("Replay", "replay"), ".analysis.grounds.replay"),
    **dict.fromkeys(("Levers", "WhatIf", "Why", "levers", "what_if", "why"), ".api.changing"),
    "check": ".api.checking",
    **dict.fromkeys(("Coalitions", "MergedPlayers", "coalitions", "merged"), ".api.coalitions"),
    **dict.fromkeys(("count_rankings", "settle"), ".api.settling"),
    **dict.fromkeys(("Evolution", "evolve"), ".api.evolving"),
    "Picture": ".api.picture",
    **dict.fromkeys(("Study", "study"), ".api.studying"),
    **dict.fromkeys(("Variation", "vary"), ".api.varying"),
    **dict.fromkeys(("dumps", "load", "loads", "save"), ".files"),
    **dict.fromkeys(
        ("BestandError", "CallError", "LimitReached", "ModelError", "Problem", "TooManyStates"), ".model.errors"
    ),
    "Limits": ".engine.limits",
    "Model": ".model.model",
}

__all__ = [
    "BestandError",
    "CallError",
    "Coalitions",
    "Evolution",
    "Explanation",
    "Levers",
    "LimitReached",
    "Limits",
    "MergedPlayers",
    "Model",
    "ModelError",
    "Picture",
    "Problem",
    "Replay",
    "Result",
    "Study",
    "TooManyStates",
    "Variation",
    "WhatIf",
    "Why",
    "__version__",
    "analyse",
    "check",
    "coalitions",
    "count_rankings",
    "dumps",
    "evolve",
    "levers",
    "load",
    "loads",
    "merged",
    "replay",
    "save",
    "settle",
    "study",
    "vary",
    "what_if",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bestand' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
