"""The document of ``explain``: witnesses as plain data."""

from __future__ import annotations

from typing import Any

from bestand.answer.data import state_data
from bestand.model.model import Model

from .states import MOST_PATTERNS, MOST_STATES, KeptStates
from .witness import Afterwards, Answer, Flip, Level, Levels, Proof, Stage, Standing, Witness

Data = dict[str, Any]


def witness_data(model: Model, witness: Witness) -> Data:
    """One verdict, the improvements, the answer to each, and the evidence where it was worked out."""
    document: Data = {
        "state": state_data(model, witness.state),
        "party": model.parties[witness.party].id,
        "concept": witness.concept,
        "stable": witness.stable,
        "reason": witness.reason,
        "moves": witness.moves,
        "improvements": witness.improvements,
        "complete": witness.complete,
        "only_by_moves_not_best": witness.loose,
        "answers": [_answer(model, answer) for answer in witness.answers],
    }
    evidence = witness.evidence
    if evidence is not None:
        document["standing"] = _standing(evidence.standing)
        document["proof"] = evidence.proof and _proof(model, evidence.proof)
        document["levels"] = evidence.levels and _levels(model, evidence.levels)
        document["flip"] = evidence.flip and _flip(model, evidence.flip)
        if not evidence.flip_sought:
            document["flip_sought"] = False
    return document


def _standing(seen: Standing) -> Data:
    return {"compared": seen.compared, "ranked_lower": seen.lower, "of": seen.of, "rank_percentile": seen.share}


def _answer(model: Model, answer: Answer) -> Data:
    return {
        "improvement": model.bits(answer.improvement),
        "standing": _standing(answer.standing),
        "sanctioned": answer.sanctioned,
        "steps": [{"party": model.parties[step.party].id, "to": model.bits(step.state)} for step in answer.steps],
        "best_moves_only": answer.best,
        "end": answer.end and {"bits": model.bits(answer.last), **_standing(answer.end)},
        "afterwards": answer.afterwards and _afterwards(model, answer.afterwards),
    }


def _afterwards(model: Model, after: Afterwards) -> Data:
    best = None if after.best is None else model.bits(after.best)
    document: Data = {"moves": after.moves, "best": best, "standing": after.standing and _standing(after.standing)}
    if after.answers is not None:
        document["improvements"] = after.improvements
        document["answers"] = [_answer(model, answer) for answer in after.answers]
    return document


def _proof(model: Model, proof: Proof) -> Data:
    """Return all that the others can make of the improvement, and what the party makes of that."""
    count, listed = proof.reached.count(), proof.reached.first(MOST_STATES)
    document: Data = {
        "improvement": model.bits(proof.improvement),
        "count": count,
        "listed": len(listed),
        "complete": len(listed) == count,
        "after_a_move": None if proof.moved is None else proof.moved.count(),
        "states": [_reached(model, proof, state) for state in listed],
    }
    if count > len(listed):
        document["patterns"] = _patterns(proof.reached)
    if proof.onward is not None:
        document["onward"] = _stage(model, proof.onward)
    return document


def _stage(model: Model, stage: Stage) -> Data:
    """Return where the party stays or moves to, and all that the others can make of that."""
    return {
        "starts": _set(model, stage.starts),
        **_set(model, stage.reached),
        "after_a_move": None if stage.moved is None else stage.moved.count(),
        "onward": stage.onward and _stage(model, stage.onward),
    }


def _set(model: Model, states: KeptStates) -> Data:
    """Return a set: states as far as one can list them, patterns beyond that."""
    count, listed = states.count(), states.first(MOST_STATES)
    document: Data = {
        "count": count,
        "listed": len(listed),
        "complete": len(listed) == count,
        "states": [model.bits(state) for state in listed],
    }
    if count > len(listed):
        document["patterns"] = _patterns(states)
    return document


def _patterns(states: KeptStates) -> list[Data]:
    return [{"bits": pattern.bits, "count": pattern.count} for pattern in states.patterns(MOST_PATTERNS)]


def _reached(model: Model, proof: Proof, state: int) -> Data:
    """Return a state of a proof, who can have moved there last, and where the party goes to be better off."""
    told: Data = {"bits": model.bits(state)}
    if proof.last is not None:
        told["last_movers"] = [model.parties[j].id for j in proof.last[state]]
    if state in proof.escapes:
        told["moves_on_to"] = model.bits(proof.escapes[state])
    return told


def _levels(model: Model, levels: Levels) -> Data:
    return {
        "maximin": levels.maximin and _level(model, levels.maximin),
        "minimax": levels.minimax and _level(model, levels.minimax),
        "undefined": levels.undefined,
    }


def _level(model: Model, level: Level) -> Data:
    return {"bits": model.bits(level.state), **_standing(level.standing)}


def _flip(model: Model, flip: Flip) -> Data:
    return {
        "bits": model.bits(flip.state),
        **_standing(flip.standing),
        "becomes": "no better" if flip.standing.compared == "better" else "better",
        "groups_apart": flip.groups,
        "comparisons": flip.count,
    }
