"""The direction of writing: letters of every script know theirs, and no text of a file turns that of another."""

from __future__ import annotations

# embeddings, overrides and isolates of Unicode (UAX #9): what follows is written in another direction until they end
TURNING = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
