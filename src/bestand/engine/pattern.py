"""How a set of states is summed up, whoever does it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """A group of states: ``bits`` has 1, 0 or - for each option, ``count`` says how many of the set it stands for.

    Every *feasible* state that matches belongs to the set.
    """

    bits: str
    count: int
