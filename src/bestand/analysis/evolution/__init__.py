"""Where things go from a state: what is reached, in how few moves and by whom, where it ends, and how likely that is.

`reach` answers for all states of an engine at once, and keeps no moves. `follow` goes out from one state, keeps every
move that it sees, and needs no list of all states: what asks for more than "reached or not" rests on it.
"""

from __future__ import annotations

from bestand.solve.reach import Reach, Step, reach

__all__ = ["Reach", "Step", "reach"]
