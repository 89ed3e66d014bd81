"""A sentence in parts: what each says, and the reason behind it, which a reader may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of what an answer says.

    Parameters
    ----------
    words : str
    reason : str
        The id of the reason behind it, or of several with commas between them; empty where there is none to give.
    """

    words: str
    reason: str = ""


def in_one(clauses: Iterable[Clause]) -> str:
    """Return clauses as running text.

    Examples
    --------
    >>> in_one([Clause("No deal.", "blocking"), Clause("Russia refuses it.", "refuses-russia")])
    'No deal. Russia refuses it.'
    """
    return " ".join(clause.words for clause in clauses)
