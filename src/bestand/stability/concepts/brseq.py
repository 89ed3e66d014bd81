"""Sequential stability against best replies (brseq): a form of our own, beside SEQ.

In words: as sequential stability, but whoever answers takes its best move: an improvement to one of the states that it
likes best among those that it can reach from where it stands. Under SEQ any improvement is a credible answer, also one
in which a party takes a gain that it wants together with a loss that it need not take.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ B_{N−i}(s1) with s ≽_i s2.
There B_{N−i}(s1) are the ends of legal sequences from s1 of best moves: each leads its mover j from where it stands, x,
to a t ∈ R_j^+(x) with t ≽_j t' for all t' ∈ R_j(x).

Relations: whatever is stable under Nash is stable here, and whatever is stable here is stable under SEQ, since every
best move is an improvement. A party that can reach several equally good best states may answer with any of them.

Source: none; the definition is ours. That of SEQ, which it narrows, is in Fraser & Hipel (1979, 1984).
"""

from __future__ import annotations

from bestand.model.message import message
from bestand.stability.concept import Concept

CONCEPT = Concept(
    id="brseq",
    title=message("sequential stability against best replies"),
    rounds=("best",),
)
