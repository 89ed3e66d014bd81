"""Sequential stability (SEQ).

In words: as general metarationality, but the others answer by improvements only: every step of the answer is better,
for the party that makes it, than the state in which it makes it. The end need not be better for all of them.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ R^+_{N−i}(s1) with s ≽_i s2.

Source: Fraser & Hipel (1979, 1984). Not the *strong* sequential stability of graded preferences, nor the simultaneous
stability (SIM) that Fraser & Hipel use beside it.
"""

from __future__ import annotations

from bestand.model.message import message
from bestand.stability.concept import Concept

CONCEPT = Concept(
    id="seq",
    title=message("sequential stability"),
    rounds=("credible",),
    names={"sequential stability (SEQ)": "fraser1979"},
    usual=True,
)
