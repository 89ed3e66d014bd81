"""Nash stability, or rationality (R).

In words: the party cannot improve by moving. It does not look at what the others may do afterwards.

In symbols: s is stable for i iff R_i^+(s) = ∅.

Source: Nash (1950, 1951); in the graph model Fang, Hipel & Kilgour (1993).
"""

from __future__ import annotations

from bestand.engine.spec import Engine, Value

from .concept import Concept


def risk(engine: Engine, i: int) -> Value:
    """Nobody answers: what i moves to is what it gets."""
    return engine.rank(i)


CONCEPT = Concept(
    id="nash",
    title="Nash stability",
    words="the party cannot improve by a move of its own",
    risk=risk,
    names={"Nash": "nash1951", "rationality (R)": "fang1993", "individual stability": "fang1993"},
)
