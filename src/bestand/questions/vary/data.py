"""The document of ``vary --json``. Shares are numbers from 0 to 1, states are bit strings, ids are the file's own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bestand.answer.data import Data, head, state_data
from bestand.model.formula import text
from bestand.plan.open.condition_data import condition_data
from bestand.plan.open.design import AnyQuestion, Question

if TYPE_CHECKING:
    from .answer import ClaimShares, Equilibria, FormulaShares, Influence, Movers, Pair, PlanShares, Share, Variation
    from .conditions import Conditions
    from .robustness import Robustness


def data(answer: Variation) -> Data:
    """Return an answer to ``vary`` as plain data."""
    job = answer.job
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
        "looked_at": answer.looked_at,
        "of": job.samples,
        "compared": job.compared,
        "without_states": answer.without_states,
        "dependent": [answer.questions[j] for j in answer.dependent],
        "complete": answer.limit is None,
        "stopped": answer.limit and str(answer.limit),
        "concepts": {concept: _concept(answer, each) for concept, each in answer.equilibria.items()},
        "plan": None if answer.plan is None else _plan(answer, answer.plan),
        "formulas": [
            {
                "formula": text(formula),
                "concepts": {concept: _formula(answer, each) for concept, each in answer.formulas[k].items()},
            }
            for k, formula in enumerate(job.formulas)
        ],
        "claims": [{"id": claim, **_claim(answer, each)} for claim, each in answer.claims.items()],
        "conditions": answer.conditions and _conditions(answer, answer.conditions),
        "robust": answer.robustness and _robust(answer, answer.robustness),
        "digest": answer.digest,
    }


def _conditions(answer: Variation, found: Conditions) -> Data:
    return {
        "kinds": {kind: condition_data(answer.job.design, each) for kind, each in found.kinds.items()},
        "deal_exists": found.deal_exists and condition_data(answer.job.design, found.deal_exists),
        "claims": {claim: condition_data(answer.job.design, each) for claim, each in found.claims.items()},
        "idle": [answer.questions[j] for j in found.idle],
    }


def _question(question: AnyQuestion) -> Data:
    entry: Data = {"question": question.words, "answers": question.count}
    if isinstance(question, Question):
        answers = zip(question.answers, question.chances, strict=True)
        entry["chances"] = {answer.words: chance for answer, chance in answers}
    return entry


def _share(share: Share) -> Data:
    """Return a share, with its interval where it was sampled."""
    entry: Data = {
        "count": share.count if share.count >= 0 else None,
        "of": share.of,
        "share": _number(share.share),
    }
    return entry if share.low is None else {**entry, "interval": [share.low, share.high]}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _concept(answer: Variation, equilibria: Equilibria) -> Data:
    listed = zip(equilibria.masks, equilibria.listed, strict=False)
    return {
        "some_equilibrium": _share(equilibria.some),
        "equilibria": {
            "fewest": equilibria.fewest,
            "median": _number(equilibria.median),
            "most": equilibria.most,
        },
        "ever": len(equilibria.masks),
        "always": equilibria.always,
        "listed": len(equilibria.listed),
        "states": [{**state_data(answer.model, int(mask)), **_share(share)} for mask, share in listed],
    }


def _formula(answer: Variation, shares: FormulaShares) -> Data:
    return {
        **_share(shares.share),
        "of_equilibria": _number(shares.part.share),
        **_moved(answer, shares.moved_by),
    }


def _plan(answer: Variation, shares: PlanShares) -> Data:
    return {
        "plan": text(answer.job.plan) if answer.job.plan is not None else None,
        "kinds": {kind: _share(share) for kind, share in shares.kinds.items()},
        **_moved(answer, shares.moved_by),
    }


def _claim(answer: Variation, shares: ClaimShares) -> Data:
    return {
        "verdicts": {verdict: _share(share) for verdict, share in shares.verdicts.items()},
        "by_definition": shares.by_definition and str(shares.by_definition),
        "holds_under": {concept: _share(share) for concept, share in shares.under.items()},
        **_moved(answer, shares.moved_by),
    }


def _moved(answer: Variation, movers: Movers) -> Data:
    return {
        "moved_by": [_influence(answer.questions[each.question], each) for each in movers.influences],
        "pairs": [_pair(pair) for pair in movers.pairs],
    }


def _influence(question: str, influence: Influence) -> Data:
    entry: Data = {"question": question, "alone": influence.alone, "in_all": influence.in_all}
    if influence.in_all_error is not None:
        entry["standard_errors"] = {"alone": influence.alone_error, "in_all": influence.in_all_error}
    return {**entry, "by_answer": dict(influence.by_answer)} if influence.by_answer else entry


def _pair(pair: Pair) -> Data:
    one, other = (
        f"{pair.party} {number}" if number > 0 else f"{pair.party} added {-number}" for number in (pair.one, pair.other)
    )
    return {"above": one, "below": other, "share": pair.above, "otherwise": pair.below}


def _robust(answer: Variation, robust: Robustness) -> Data:
    """Return the fewest swaps that break each equilibrium asked for."""
    return {
        "depth": robust.depth,
        "orders": robust.orders,
        "stopped": robust.stopped and str(robust.stopped),
        "states": [
            {
                **state_data(answer.model, broken.mask),
                "concept": broken.concept,
                "swaps": None if broken.swaps is None else [{"party": p, "place": at} for p, at in broken.swaps],
            }
            for broken in robust.broken
        ],
    }
