"""Symmetric sequential stability against best replies (brsseq): a form of our own, beside SSEQ.

In words: as sequential stability against best replies (brseq), but the answer must stand: after it the party cannot
move once more to something better than where it began.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ B_{N−i}(s1) with s ≽_i s2, and s ≽_i s3 for every s3 ∈ R_i(s2).
B_{N−i} is that of `bestand.stability.brseq`.

Relations: Nash ⊆ brsseq ⊆ brseq, and brsseq ⊆ SSEQ.

Source: none; the definition is ours. That of SSEQ, which it narrows, is in Rego & Vieira (2017).
"""

from __future__ import annotations

from bestand.engine.spec import Engine, Value, others

from .concept import Concept, held


def risk(engine: Engine, i: int) -> Value:
    """The worst that the others can make of it while each takes its best move, once i has made its best of that."""
    return engine.worst_best_reply(others(engine, i), held(engine, i))


CONCEPT = Concept(
    id="brsseq",
    title="symmetric sequential stability against best replies",
    words=(
        "the others can answer every improvement, each by the best move that it has where it stands, "
        "so that the party gains nothing by it, even if it moves once more"
    ),
    risk=risk,
    foresight=3,
    knows_preferences=True,
    replies="best",
    counters=True,
)
