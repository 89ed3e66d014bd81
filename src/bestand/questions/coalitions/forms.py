"""The concepts that have a coalition form, told by their rounds."""

from __future__ import annotations

from bestand.model.errors import CallError, nearest
from bestand.stability.concept import Rounds
from bestand.stability.registry import EVERY
from bestand.stability.replies import OWN

# Published for these only: nobody answers; any moves do; the coalition moves once more after these; improvements do.
DEFINED: frozenset[Rounds] = frozenset({(), ("any",), ("any", OWN), ("credible",)})


def served() -> tuple[str, ...]:
    """Return the registered concepts that have a coalition form, by id.

    Examples
    --------
    >>> served()
    ('nash', 'gmr', 'smr', 'seq')
    """
    return tuple(id for id, concept in EVERY.items() if concept.rounds in DEFINED)


def chosen(ids: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the concepts asked for, each once; all that have a coalition form where None.

    Raises
    ------
    CallError
        For one without a coalition form, or for none at all.

    Examples
    --------
    >>> chosen(("seq", "nash", "seq"))
    ('seq', 'nash')
    """
    valid = served()
    if ids is None:
        return valid
    wanted = tuple(dict.fromkeys(id.strip().lower() for id in ids))
    for id in wanted:
        if id not in valid:
            hint = nearest(id, valid)
            raise CallError(
                f"'{id}' has no coalition form here; {f'{hint} ' if hint else ''}(valid: {', '.join(valid)})"
            )
    if not wanted:
        raise CallError(f"no concept asked for (valid: {', '.join(valid)})")
    return wanted
