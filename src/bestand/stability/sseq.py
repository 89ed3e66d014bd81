"""Symmetric sequential stability (SSEQ).

In words: as sequential stability, but the answer must stand: after it the party cannot move once more to something
better than where it began.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ R^+_{N−i}(s1) with s ≽_i s2, and s ≽_i s3 for every s3 ∈ R_i(s2).

Source: Rego & Vieira (2017). Where preferences are graded, "SSEQ" also stands for *strong* sequential stability: not
this.
"""

from __future__ import annotations

from bestand.engine.spec import Engine, Value, others

from .concept import Concept, held


def risk(engine: Engine, i: int) -> Value:
    """The worst that the others can make of it while each improves, once i has made its best of that."""
    return engine.worst_credible_reply(others(engine, i), held(engine, i))


CONCEPT = Concept(
    id="sseq",
    title="symmetric sequential stability",
    words=(
        "the others can answer every improvement, by improvements of their own, "
        "so that the party gains nothing by it, even if it moves once more"
    ),
    risk=risk,
    names={"symmetric sequential stability (SSEQ)": "rego2017"},
    foresight=3,
    knows_preferences=True,
    replies="credible",
    counters=True,
    firm="brsseq",
)
