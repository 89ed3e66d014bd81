"""What the command line adds below the words of an answer: how many things are doubtful in the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.prose.messages import _n

if TYPE_CHECKING:
    from bestand.answer.setting import Setting
    from bestand.questions.analyse.answer import Result

_LOOKED_AT = 2**18  # states up to which a look at what is doubtful takes no time worth mentioning


def doubts(setting: Setting, result: Result) -> int:
    """Return how many things are doubtful that a quick look at the file's own states shows; `check` looks at more."""
    from bestand.doubts.examine import examine

    if result.doubts is not None:  # the answer itself says so
        return 0
    if result.listed is None or result.feasible > _LOOKED_AT:
        return 0
    return examine(setting.model, setting.watch, quick=True).count


def doubts_words(count: int, name: str) -> str:
    """Tell how many things are doubtful, and which command says what they are."""
    return _n(
        "{n} thing is doubtful in this model: bestand check {name} says what.",
        "{n} things are doubtful in this model: bestand check {name} says what.",
        count,
        name=name,
    )
