"""By which kind of moves parties are followed: asked for by name, else by drift where that can be done."""

from __future__ import annotations

from bestand.model.errors import CallError, nearest
from bestand.model.message import Message, message
from bestand.model.model import Model
from bestand.model.sentences import By

KINDS: tuple[By, ...] = ("drift", "purposeful", "best", "any", "improving")
MOST_OWN = 22  # options of one party whose combinations can be gone through

_OLDER: dict[str, By] = {"improvements": "improving", "best moves": "best", "moves": "any"}  # no message: keys


def kind_of(by: str) -> By:
    """Return which moves count. Raises `CallError` for a kind that there is not."""
    name = by.strip().replace("-", " ").replace("_", " ")
    for known in KINDS:
        if name == known:
            return known
    if name in _OLDER:
        return _OLDER[name]
    raise CallError(f"nobody moves by '{by}'; {nearest(by, KINDS) or 'say ' + ', '.join(KINDS)}")


def kind_or_drift(by: str | None, hindered: Message | None) -> tuple[By, Message | None]:
    """Return which moves lead on: by drift unless told or hindered. With it, what hinders it where nobody told.

    Raises
    ------
    CallError
        Where drift was asked for and something hinders it, or for a kind that there is not.
    """
    if by is None:
        return ("drift", None) if hindered is None else ("improving", hindered)
    kind = kind_of(by)
    if kind == "drift" and hindered is not None:
        raise CallError(f"nobody can be followed by drift: {hindered}; say by which moves (--by improving)")
    return kind, None


def no_drift(model: Model, *, lists: bool = True) -> Message | None:
    """Return why a model, whose states are listed or not, cannot be followed by drift; None where it can."""
    if not model.options:
        return message("the model has no options")
    if not lists:
        return message("the states are too many to list")
    for party in model.parties:
        if len(party.options) > MOST_OWN:
            count = len(party.options)
            return message("{party} has {count} options, in too many combinations", party=party.title, count=count)
    return None
