"""Every family of doubts, in the order in which they are looked for: quick ones first."""

from __future__ import annotations

from .claims import CLAIMS
from .exits import EXITS
from .findings import Family, Kind
from .moves import MOVES
from .names import NAMES
from .nominal import NOMINAL
from .options import OPTIONS
from .outcomes import OUTCOMES
from .parties import PARTIES
from .plans import PLANS
from .readings import READINGS
from .rules import RULES
from .sources import SOURCES
from .statements import STATEMENTS
from .texts import TEXTS
from .ties import COMMITMENTS

FAMILIES: tuple[Family, ...] = (
    OPTIONS,
    NOMINAL,
    STATEMENTS,
    RULES,
    NAMES,
    PARTIES,
    OUTCOMES,
    PLANS,
    EXITS,
    MOVES,
    COMMITMENTS,
    READINGS,
    SOURCES,
    TEXTS,
    CLAIMS,
)

KINDS: dict[str, Kind] = {kind.code: kind for family in FAMILIES for kind in family.kinds}
