"""What a model may be found doubtful for, how a place in it is called, and what its file accepts with a reason.

`bestand.questions.check` finds the doubts; this module only knows their names, so that a file can be read without it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from .description import Description
from .fault import Path, path_text
from .values import Priorities

DOUBTS = (
    "idle-option",
    "nominal-option",
    "idle-statement",
    "decided-statement",
    "opposed-statement",
    "repeated-statement",
    "lost-move",
    "tied-answer",
    "same-name",
    "no-preferences",
    "indifferent-party",
    "no-options",
    "powerless-party",
    "idle-outcome",
    "idle-plan",
    "today-plan",
    "same-plan",
    "odd-plan",
    "no-exit",
    "idle-one-way",
    "idle-forbidden-move",
    "stuck-status-quo",
    "lost-status-quo",
    "idle-commitment",
    "needless-commitment",
    "idle-reading",
    "stacked-reading",
    "reading-order",
    "vacuous-claim",
    "missing-link",
    "no-source",
    "unsaid-no",
    "unmarked-plural",
)


class Checker(Protocol):
    """Who collects the faults of a model."""

    model: Description

    def add(self, path: Path, code: str, message: str, hint: str | None = None) -> None: ...

    def known(self, path: Path, what: str, name: str, names: Collection[str]) -> bool: ...


def accepted_faults(checker: Checker) -> None:
    """Report what is wrong with the doubts that a model accepts: names of none, and those without a reason.

    That a place is not doubtful at all shows only to the doctor, and is a warning.
    """
    for k, entry in enumerate(checker.model.accepted):
        path: Path = ("accepted", k)
        checker.known((*path, "doubt"), "doubt", entry.doubt, DOUBTS)
        if not entry.because.strip():
            message = "a doubt is accepted for a reason, and none stands here"
            checker.add((*path, "because"), "no-reason", message, "write why this is meant")


def place_words(model: Description, path: Path) -> str:
    """Return what a file calls a place in itself.

    A statement is called as in readings and claims; an option, a party and an outcome, which share no names, by their
    ids; everything else by what it is and its id or number.

    Examples
    --------
    >>> from bestand.model.formula import TRUE
    >>> from bestand.model.values import FrozenMap, Party, Priorities, Statement
    >>> wishes = Priorities((Statement(TRUE),) * 3, levels=((1, 2),))
    >>> model = Description("Dam", (Party("up"),), preferences=FrozenMap({"up": wishes}))
    >>> place_words(model, ("preferences", "up", "priorities", 1)), place_words(model, ("rules", 0, "never"))
    ('up 3', 'rule 1')
    """
    match path:
        case ("preferences", str(party), "priorities", int(), *_):
            return f"{party} {_number(model, party, path[3:])}"
        case ("parties", str(party), "options", str(option), *_):
            return f"{party}.{option}"
        case (("parties" | "preferences" | "outcomes"), str(name), *_):
            return name
        case ("rules", int(k), *_):
            return f"rule {k + 1}"
        case ("forbidden_moves", int(k), *_):
            return f"forbidden move {k + 1}"
        case ("one_way", str(option), *_):
            return f"one-way {option}"
        case ("open", str(asked), "answers", str(answer), *_):
            return f"reading {model.answers_written.get(f'{asked}.{answer}', (answer,))[0]}"
        case ("open", str(asked), *_):
            return f"question {asked}"
        case ("claims", int(k), *_):
            return f"claim {model.claims[k].id}"
        case ("accepted", int(k), *_):
            return f"accepted {k + 1}"
        case ("plans", str(name), *_):
            return f"plan {name}"
        case ("plan",):
            return "plan"
        case ("commitments", str(name), *_):
            return f"commitment {name}"
        case ("status_quo",):
            return "status quo"
    return path_text(path)


def _number(model: Description, party: str, path: Path) -> int:
    """Return the number of the statement at a place of a party's list."""
    wish = model.preferences[party]
    assert isinstance(wish, Priorities), "only priorities have numbered statements"
    return wish.number([step for step in path if isinstance(step, int)])
