"""Symmetric metarationality (SMR).

In words: as general metarationality, but the answer must stand: after it the party cannot move once more to something
better than where it began.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ R_{N−i}(s1) with s ≽_i s2, and s ≽_i s3 for every s3 ∈ R_i(s2).

Source: Howard (1971); Fraser & Hipel (1979, 1984).
"""

from __future__ import annotations

from bestand.model.message import message
from bestand.stability.concept import Concept

CONCEPT = Concept(
    id="smr",
    title=message("symmetric metarationality"),
    rounds=("any", "own"),
    names={"symmetric metarationality (SMR)": "howard1971"},
    usual=True,
)
