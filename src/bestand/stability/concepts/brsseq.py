"""Symmetric sequential stability against best replies (brsseq): a form of our own, beside SSEQ.

In words: as sequential stability against best replies (brseq), but the answer must stand: after it the party cannot
move once more to something better than where it began.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ B_{N−i}(s1) with s ≽_i s2, and s ≽_i s3 for every s3 ∈ R_i(s2).
B_{N−i} is that of `bestand.stability.concepts.brseq`.

Relations: Nash ⊆ brsseq ⊆ brseq, and brsseq ⊆ SSEQ.

Source: none; the definition is ours. That of SSEQ, which it narrows, is in Rego & Vieira (2017).
"""

from __future__ import annotations

from bestand.model.message import message
from bestand.stability.concept import Concept

CONCEPT = Concept(
    id="brsseq",
    title=message("symmetric sequential stability against best replies"),
    rounds=("best", "own"),
)
