"""Sequential stability (SEQ).

In words: as general metarationality, but the others answer by improvements only: every step of the answer is better,
for the party that makes it, than the state in which it makes it. The end need not be better for all of them.

In symbols: for every s1 ∈ R_i^+(s) there is an s2 ∈ R^+_{N−i}(s1) with s ≽_i s2.

Source: Fraser & Hipel (1979, 1984). Not the *strong* sequential stability of graded preferences, nor the simultaneous
stability (SIM) that Fraser & Hipel use beside it.
"""

from __future__ import annotations

from bestand.engine.spec import Engine, Value, others

from .concept import Concept


def risk(engine: Engine, i: int) -> Value:
    """The worst that the others can make of it while each of them improves."""
    return engine.worst_credible_reply(others(engine, i), engine.rank(i))


CONCEPT = Concept(
    id="seq",
    title="sequential stability",
    words=(
        "the others can answer every improvement, by improvements of their own, so that the party gains nothing by it"
    ),
    risk=risk,
    names={"sequential stability (SEQ)": "fraser1979"},
    foresight=2,
    knows_preferences=True,
    replies="credible",
    firm="brseq",
)
