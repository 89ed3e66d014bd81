"""The document of ``vary --json``. Shares are numbers from 0 to 1, states are bit strings, ids are the file's own."""

from __future__ import annotations

import math
from typing import Any

from bestand.answer.data import head, state_data
from bestand.model.formula import text

from .design import Question
from .influence import Influence, Pair
from .jobs import asked_under
from .outcome import Share, Target, Varied
from .robustness import Robustness
from .vary import digest

Data = dict[str, Any]


def varied_data(found: Varied, most: int = 20, robust: Robustness | None = None) -> Data:
    """What ``vary`` found, as plain data.

    Parameters
    ----------
    found : Varied
    most : int
        How many states of each concept to list, the most frequent first.
    robust : Robustness, optional
    """
    job = found.job
    return {
        **head(job.model),
        "readings": list(job.readings),
        "with": [name for name, _ in job.others],
        "shuffle": job.shuffle,
        "questions": [_question(question) for question in job.design.questions],
        "left_out": list(job.design.left_out),
        "always": [answer.words for answer in job.design.settled if answer.changes or answer.wishes],
        "possible": job.design.count,
        "kind": job.kind,
        "seed": job.seed if job.kind == "sample" else None,
        "looked_at": found.looked_at,
        "of": job.samples,
        "compared": job.compared,
        "without_states": found.without_states,
        "complete": found.complete,
        "stopped": found.stopped and str(found.stopped),
        "concepts": {concept: _concept(found, concept, most) for concept in job.concepts},
        "formulas": [_formula(found, k) for k in range(len(job.formulas))],
        "claims": [_claim(found, k) for k in range(len(job.asked))],
        "robust": None if robust is None else robust_data(found, robust),
        "digest": digest(found),
    }


def _question(question: Any) -> Data:
    told: Data = {"question": question.words, "answers": question.count}
    if isinstance(question, Question):
        told["chances"] = {
            answer.words: chance for answer, chance in zip(question.answers, question.chances, strict=True)
        }
    return told


def share_data(share: Share) -> Data:
    """A share, with its interval where it was sampled."""
    told: Data = {
        "count": share.count if share.count >= 0 else None,
        "of": share.of,
        "share": None if math.isnan(share.share) else share.share,
    }
    return told if share.low is None else {**told, "interval": [share.low, share.high]}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _concept(found: Varied, concept: str, most: int) -> Data:
    masks, shares = found.states(concept)
    fewest, middle, highest = found.equilibria_range(concept)
    return {
        "some_equilibrium": share_data(found.any_equilibrium(concept)),
        "equilibria": {"fewest": fewest, "median": _number(middle), "most": highest},
        "ever": len(masks),
        "always": int((shares > 1 - 1e-12).sum()),
        "listed": min(most, len(masks)),
        "states": [
            {**state_data(found.job.model, int(mask)), **share_data(found.state_share(int(mask), concept))}
            for mask in masks[:most]
        ],
    }


def _formula(found: Varied, k: int) -> Data:
    by_concept = {}
    for concept in found.job.concepts:
        by_concept[concept] = {
            **share_data(found.formula(k, concept)),
            "of_equilibria": _number(found.formula_share(k, concept)),
            **_moved(found, Target("formula", k, concept)),
        }
    return {"formula": text(found.job.formulas[k]), "concepts": by_concept}


def _claim(found: Varied, k: int) -> Data:
    claim = found.job.asked[k]
    under = asked_under(claim, found.job.concepts)
    return {
        "id": claim.id,
        "verdicts": {verdict: share_data(share) for verdict, share in found.claim(claim).items()},
        "holds_under": {c: share_data(found.claim_under(claim, c)) for c in under if c},
        **_moved(found, Target("claim", claim.id, "")),
    }


def _moved(found: Varied, target: Target) -> Data:
    questions = found.job.design.questions
    return {
        "moved_by": [_influence(questions[one.question].words, one) for one in found.influences(target)],
        "pairs": [_pair(pair) for pair in found.pairs(target)],
    }


def _influence(words: str, influence: Influence) -> Data:
    told: Data = {"question": words, "alone": influence.alone, "in_all": influence.in_all}
    if influence.in_all_error is not None:
        told["standard_errors"] = {"alone": influence.alone_error, "in_all": influence.in_all_error}
    return {**told, "by_answer": dict(influence.by_answer)} if influence.by_answer else told


def _pair(pair: Pair) -> Data:
    one, other = (
        f"{pair.party} {number}" if number > 0 else f"{pair.party} added {-number}" for number in (pair.one, pair.other)
    )
    return {"above": one, "below": other, "share": pair.above, "otherwise": pair.below}


def robust_data(found: Varied, robust: Robustness) -> Data:
    """The fewest swaps that break each equilibrium asked for."""
    return {
        "depth": robust.depth,
        "orders": robust.orders,
        "stopped": robust.stopped and str(robust.stopped),
        "states": [
            {
                **state_data(found.job.model, broken.mask),
                "concept": broken.concept,
                "swaps": None if broken.swaps is None else [{"party": p, "place": at} for p, at in broken.swaps],
            }
            for broken in robust.found
        ],
    }
