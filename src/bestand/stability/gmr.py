"""General metarationality (GMR).

In words: whatever improvement the party makes, the others can answer by legal moves, wise or not, so that it ends up no
better off than before.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ R_{N−i}(s1) with s ≽_i s2.

Source: Howard (1971); in the graph model Fang, Hipel & Kilgour (1993).
"""

from __future__ import annotations

from bestand.engine.spec import Engine, Value, others

from .concept import Concept


def risk(engine: Engine, i: int) -> Value:
    """The worst that the others can make of it."""
    return engine.worst_reply(others(engine, i), engine.rank(i))


CONCEPT = Concept(
    id="gmr",
    title="general metarationality",
    words="the others can answer every improvement so that the party gains nothing by it",
    risk=risk,
    names={"general metarationality (GMR)": "howard1971"},
    foresight=2,
    replies="any",
)
