"""The document of ``merged --json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bestand.answer.data import head, state_data

if TYPE_CHECKING:
    from .players import MergedPlayers


def data(answer: MergedPlayers) -> dict[str, Any]:
    """Return the document of ``merged --json``."""
    model = answer.model
    told: dict[str, Any] = {}
    for concept, comparison in answer.comparisons.items():
        found = answer.states[np.flatnonzero(answer.equilibria(concept))[: answer.listed]]
        told[concept] = {
            "equilibria": comparison.merged,
            "unmerged_equilibria": comparison.apart,
            "in_both": comparison.both,
            "states": [state_data(model, mask) for mask in found.tolist()],
        }
    return {
        **head(model),
        "feasible": len(answer.states),
        "engine": answer.engine,
        "players": [list(player) for player in answer.players],
        "merged": [model.parties[j].id for j in answer.members],
        "concepts": told,
        "stopped": answer.stopped and str(answer.stopped),
        "readings": [*answer.readings],
    }
