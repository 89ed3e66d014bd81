"""Sequential stability against purposeful answers (pseq): a form of our own, beside SEQ.

In words: as sequential stability, but whoever answers does so on purpose: it flips only options of its own that it
gains by. Under SEQ any improvement is a credible answer, also one in which a party gives away, for nothing, what it
wants less than what it gains.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ P_{N−i}(s1) with s ≽_i s2.
There P_{N−i}(s1) are the ends of legal sequences from s1 of purposeful moves: each leads its mover j from where it
stands, x, to a t ∈ R_j^+(x) such that every legal move of j from x that flips fewer of the same options is worth less
to it than t.

Relations: whatever is stable under Nash is stable here, and whatever is stable here is stable under SEQ, since every
purposeful move is an improvement. Neither this nor SEQ against best replies implies the other: a best move may flip
options that its mover does not need.

Source: none; the definition is ours. That of SEQ, which it narrows, is in Fraser & Hipel (1979, 1984).
"""

from __future__ import annotations

from bestand.model.message import message
from bestand.stability.concept import Concept

CONCEPT = Concept(
    id="pseq",
    title=message("sequential stability against purposeful answers"),
    rounds=("purposeful",),
)
