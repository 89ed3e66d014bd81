"""General metarationality (GMR).

In words: whatever improvement the party makes, the others can answer by legal moves, wise or not, so that it ends up no
better off than before.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ R_{N−i}(s1) with s ≽_i s2.

Source: Howard (1971); in the graph model Fang, Hipel & Kilgour (1993).
"""

from __future__ import annotations

from bestand.model.message import message
from bestand.stability.concept import Concept

CONCEPT = Concept(
    id="gmr",
    title=message("general metarationality"),
    rounds=("any",),
    names={"general metarationality (GMR)": "howard1971"},
    usual=True,
)
