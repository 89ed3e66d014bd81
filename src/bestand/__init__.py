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

from importlib import import_module  # and nothing that takes long: until signals are heeded, one breaks the import off

from .version import __version__

_HOMES = {
    "Explanation": ".witness.explanation",
    "Explanations": ".questions.explain.answer",
    "Reasons": ".questions.explain.reasons",
    "Deals": ".questions.deals.answer",
    "Ordered": ".questions.order.answer",
    "Result": ".questions.analyse.answer",
    **dict.fromkeys(("Replay", "replay"), ".witness.replay"),
    **dict.fromkeys(("Levers", "WhatIf"), ".questions.what_if.answer"),
    "Claims": ".questions.claims.answer",
    "Why": ".questions.claims.why",
    "Readings": ".questions.readings.answer",
    "Checked": ".questions.check.answer",
    "Coalitions": ".questions.coalitions.answer",
    "MergedPlayers": ".questions.coalitions.players",
    **dict.fromkeys(("RankingCounts", "Settled"), ".questions.settle.answer"),
    "Evolution": ".questions.evolve.answer",
    "Picture": ".document.picture",
    "Report": ".questions.report.answer",
    "Variation": ".questions.vary.answer",
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
    "Checked",
    "Claims",
    "Coalitions",
    "Deals",
    "Evolution",
    "Explanation",
    "Explanations",
    "Levers",
    "LimitReached",
    "Limits",
    "MergedPlayers",
    "Model",
    "ModelError",
    "Ordered",
    "Picture",
    "Problem",
    "RankingCounts",
    "Readings",
    "Reasons",
    "Replay",
    "Report",
    "Result",
    "Settled",
    "TooManyStates",
    "Variation",
    "WhatIf",
    "Why",
    "__version__",
    "analyse",
    "check",
    "claims",
    "coalitions",
    "count_rankings",
    "dumps",
    "evolve",
    "levers",
    "load",
    "loads",
    "merged",
    "readings",
    "replay",
    "report",
    "save",
    "settle",
    "vary",
    "what_if",
    "why",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name], __name__), name)
    if name.startswith("_"):
        raise AttributeError(f"module 'bestand' has no attribute '{name}'")
    from .questions.function import function_of
    from .questions.registry import functions

    if name not in functions():
        raise AttributeError(f"module 'bestand' has no attribute '{name}'")
    return function_of(functions()[name])


def home_of(name: str) -> str:
    """Return the module that an exported name comes from; those of questions are made of their rooms.

    Raises
    ------
    KeyError
        For a name that is not exported by a module.
    """
    return _HOMES[name]


def __dir__() -> list[str]:
    from .questions.registry import functions

    return sorted({*globals(), *__all__, *functions()})
