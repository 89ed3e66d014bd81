"""The same answers by brute force, from the published definitions: to be compared with.

Nothing here is shared with the engines: it knows the model alone, in plain Python, and takes its time.

Examples
--------
>>> from bestand.reference import Graph, equilibria
>>> equilibria(Graph(2, moves=(((1,), ()),), ranks=((0, 1),)), "nash")
(False, True)
"""

from __future__ import annotations

from .oracle import Graph, equilibria, graph_of, reached, stable
from .rounds import stable_under
from .worlds import feasible

__all__ = ["Graph", "equilibria", "feasible", "graph_of", "reached", "stable", "stable_under"]
