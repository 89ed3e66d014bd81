"""Symmetric sequential stability (SSEQ).

In words: as sequential stability, but the answer must stand: after it the party cannot move once more to something
better than where it began.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ R^+_{N−i}(s1) with s ≽_i s2, and s ≽_i s3 for every s3 ∈ R_i(s2).

Source: Rego & Vieira (2017). Where preferences are graded, "SSEQ" also stands for *strong* sequential stability: not
this.
"""

from __future__ import annotations

from bestand.model.message import message
from bestand.stability.concept import Concept

CONCEPT = Concept(
    id="sseq",
    title=message("symmetric sequential stability"),
    rounds=("credible", "own"),
    names={"symmetric sequential stability (SSEQ)": "rego2017"},
    usual=True,
)
