"""Symmetric metarationality (SMR).

In words: as general metarationality, but the answer must stand: after it the party cannot move once more to something
better than where it began.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ R_{N−i}(s1) with s ≽_i s2, and s ≽_i s3 for every s3 ∈ R_i(s2).

Source: Howard (1971); Fraser & Hipel (1979, 1984).
"""

from __future__ import annotations

from bestand.engine.spec import Engine, Value, others

from .concept import Concept, held


def risk(engine: Engine, i: int) -> Value:
    """The worst that the others can make of it, once i has made its best of that."""
    return engine.worst_reply(others(engine, i), held(engine, i))


CONCEPT = Concept(
    id="smr",
    title="symmetric metarationality",
    words="the others can answer every improvement so that the party gains nothing by it, even if it moves once more",
    risk=risk,
    names={"symmetric metarationality (SMR)": "howard1971"},
    foresight=3,
    replies="any",
    counters=True,
)
