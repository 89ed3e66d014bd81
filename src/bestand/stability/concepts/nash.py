"""Nash stability, or rationality (R).

In words: the party cannot improve by moving. It does not look at what the others may do afterwards.

In symbols: s is stable for i iff R_i^+(s) = ∅.

Source: Nash (1950, 1951); in the graph model Fang, Hipel & Kilgour (1993).
"""

from __future__ import annotations

from bestand.model.message import message
from bestand.stability.concept import Concept

CONCEPT = Concept(
    id="nash",
    title=message("Nash stability"),
    names={"Nash": "nash1951", "rationality (R)": "fang1993", "individual stability": "fang1993"},
    usual=True,
)
