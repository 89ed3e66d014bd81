"""Symmetric sequential stability against purposeful answers (psseq): a form of our own, beside SSEQ.

In words: as symmetric sequential stability, but whoever answers does so on purpose: it flips only options of its own
that it gains by. Under SSEQ any improvement is a credible answer, also one in which a party gives away, for nothing,
what it wants less than what it gains.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ P_{N−i}(s1) such that s ≽_i s2, and s ≽_i s3 for every
s3 ∈ R_i(s2). P_{N−i}(s1) is that of pseq.

Relations: whatever is stable under Nash is stable here, and whatever is stable here is stable under SSEQ, since every
purposeful move is an improvement. Neither this nor SSEQ against best replies implies the other: a best move may flip
options that its mover does not need.

Source: none; the definition is ours. That of SSEQ, which it narrows, is in Rego & Vieira (2017).
"""

from __future__ import annotations

from bestand.model.message import message
from bestand.stability.concept import Concept

CONCEPT = Concept(
    id="psseq",
    title=message("symmetric sequential stability against purposeful answers"),
    rounds=("purposeful", "own"),
)
