"""The parts of a report: each is the answer to a question, and they are worked out side by side.

What is found does not depend on how many processes there are. A part that cannot be had is missing, and the report says
why.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from itertools import count
from math import prod
from typing import Any

from bestand.answer.setting import Setting
from bestand.engine.limits import Limits, Watch
from bestand.model.errors import BestandError, CallError, LimitReached, Stop, TooManyStates, time_over
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.sentences import Check, Quantified, Satisfies, Subject
from bestand.model.values import Claim, FrozenMap, Priorities
from bestand.plan.terms import own_terms
from bestand.plan.tree import Tree
from bestand.plan.ways import tree_of
from bestand.questions.analyse.answer import Result, worked_out
from bestand.questions.analyse.picture import PICTURES
from bestand.questions.analyse.plan import beside
from bestand.questions.claims.answer import Claims
from bestand.questions.claims.answer import ask as ask_claims
from bestand.questions.claims.why import Why
from bestand.questions.claims.why import ask as ask_why
from bestand.questions.plans.answer import Plans
from bestand.questions.plans.answer import plans as compare_plans
from bestand.questions.vary.answer import Variation
from bestand.questions.vary.job import fingerprint
from bestand.questions.vary.vary import check_draws, job_of, varied
from bestand.questions.what_if.answer import Levers
from bestand.questions.what_if.levers import levers as ask_levers
from bestand.solve.batches import Batches
from bestand.solve.solution import Solution, solve
from bestand.solve.workers import crew, worked
from bestand.stability.registry import HEADLINE, chosen

from .answer import Missing, Report

AT_ONCE = 2**29  # states over all combinations of what is open up to which each is looked at for the verdict
LARGE = 2**23  # states over the combinations drawn beyond which no claim is put to each
SAMPLES = 60  # combinations of what is open that are drawn where there are more


def ask(
    setting: Setting,
    concepts: str | Iterable[str] | None = None,
    samples: int | None = None,
    seed: int = 0,
    workers: int | None = 1,
    engine: str | None = None,
    *,
    brief: bool = False,
) -> Report:
    """Work out all that a report tells. Parameters and errors are those of the question."""
    check_draws(samples, seed)
    under, many = chosen(concepts or None), crew(workers, setting.watch)
    solution = solve(setting.under, engine, setting.watch)
    parts = [part for part in _PARTS if _has(setting.model, part)]
    if brief:
        parts = [part for part in parts if _in_brief(setting, solution, part)]
    missing = {part: Missing("nothing") for part in _PARTS if part not in (*parts, *_OF_FEW)}
    reports: list[Report] = []

    def itself() -> bool:
        """Work out what holds; return whether anything else can be asked."""
        report = _of_itself(setting, solution, under, seed, brief=brief)
        reports.append(report)
        return _lack(report.result) is None

    large = solution.count * SAMPLES > LARGE
    alone = (_whole(setting, solution) or SAMPLES) if brief or large else 0
    make = partial(_Worker, replace(setting, watch=Watch()), under, samples, seed, setting.watch.limits.states, alone)
    early = solution.lists and many > 1  # else what holds may take all the memory there is
    found = _worked(make, parts, setting.watch, many, itself if early else None) if early or itself() else []
    (report,) = reports
    lack = _lack(report.result)
    if lack is not None:
        return replace(report, missing=FrozenMap(missing | dict.fromkeys(parts, lack)))
    missing |= {part: lack for part, _answer, lack in found if lack is not None}
    answers: dict[str, Any] = {_FIELDS[part]: answer for part, answer, _lack in found if answer is not None}
    return replace(
        report, **answers, within_reach=None if alone else within_reach(setting.model), missing=FrozenMap(missing)
    )


def _of_itself(setting: Setting, solution: Solution, under: tuple[str, ...], seed: int, *, brief: bool) -> Report:
    """Return the report with what holds in the model, and where it goes from today, alone."""
    solution.finish(under)
    result = worked_out(solution, under, setting.readings, draw=PICTURES)
    if result.ruling is not None and result.stopped is None:
        result = replace(result, **beside(setting, solution, result.ruling))
    report = Report(setting.model, fingerprint(setting.model), result, seed=seed, brief=brief)
    if _lack(result) is not None or not solution.lists:
        return report
    return replace(report, best_moves=_best_moves(solution, under))


def _lack(result: Result) -> Missing | None:
    """Return why no part can be worked out at all."""
    if result.listed is None:
        return Missing("too large")
    return Missing("stopped", result.stopped) if result.stopped else None


def _best_moves(solution: Solution, concepts: tuple[str, ...]) -> Tree | None:
    """Return where things go if every mover takes its best move; None where that is nowhere."""
    reach = solution.reach("best")
    return None if reach is None or int(reach.reached.sum()) < 2 else tree_of(solution, "best", concepts)


_FIELDS = {"claims": "claims", "plans": "plans", "premises": "why", "levers": "levers", "open": "varied"}

_OF_FEW = ("plans",)  # what few files have: without it, nothing is missing

_Found = tuple[str, Any, Missing | None]


def _has(model: Model, part: str) -> bool:
    """Find out whether there is anything to work out."""
    match part:
        case "claims":
            return bool(model.claims)
        case "premises":
            wishes = (model.preferences.get(party.id) for party in model.parties)
            return bool(model.claims) and any(isinstance(each, Priorities) and each.statements for each in wishes)
        case "levers":
            return model.plan is not None
        case "plans":
            return len(model.plans) > 1 and own_terms(model) is not None
        case _:
            return bool(model.open_questions)


def _in_brief(setting: Setting, solution: Solution, part: str) -> bool:
    """Return whether a brief tells a part: what is open only where all combinations can be looked at at once."""
    if part == "open":
        return setting.model.plan is not None and solution.lists and _whole(setting, solution) is not None
    return part not in {"premises", "plans"}


def _whole(setting: Setting, solution: Solution) -> int | None:
    """Return how many combinations there are of what is open; None where they are too many to look at each."""
    combinations = prod(len(question.answers) for question in setting.model.open_questions)
    return combinations if solution.count * combinations <= AT_ONCE else None


def _worked(
    make: Callable[[float | None, Watch], _Worker],
    parts: list[str],
    watch: Watch,
    workers: int,
    itself: Callable[[], bool] | None,
) -> list[_Found]:
    """Work the parts out side by side, and here what holds, where that is not known; what has no time is missing."""
    limit = watch.limits.seconds
    if limit is not None:  # what takes long may take all the time there is: what does not comes before it
        parts = parts[::-1]
    end = None if limit is None else time.time() + limit - watch.seconds
    done: list[_Found] = []
    known = itself is None

    def meanwhile() -> bool:
        nonlocal known
        going_on = itself is None or itself()
        known = True
        watch.phase("asking what else a report tells", len(parts))
        return going_on

    try:
        many = min(workers, max(len(parts), 1))
        for part, answer, lack in worked(partial(make, end), parts, watch, many, in_order=False, meanwhile=meanwhile):
            done.append((part, _as_asked(answer, limit), _as_asked(lack, limit)))
            watch.step()
    except LimitReached as error:
        if not known:
            raise
        there = {part for part, _answer, _lack in done}
        done += [(part, None, Missing("stopped", error.stop)) for part in parts if part not in there]
    return done


def _as_asked(part: Any, limit: float | None) -> Any:
    """Return a part with its limit on time as the caller set it: a process knows only what was left for it."""
    for name in ("stopped", "because"):
        stop = getattr(part, name, None)
        if limit is not None and isinstance(stop, Stop) and stop.limit == "seconds" and name in _fields(part):
            return replace(part, **{name: time_over(limit)})
    return part


def _fields(part: Any) -> set[str]:
    return {field.name for field in fields(part)} if is_dataclass(part) else set()


_EARLIER = 0.9  # of the time that is left, for a process to stop by itself and hand over what it has


class _Worker:
    """Asks the questions of a report, in a process of its own or here, until a moment (of `time.time`)."""

    def __init__(
        self,
        setting: Setting,
        concepts: tuple[str, ...],
        samples: int | None,
        seed: int,
        states: int | None,
        alone: int,
        end: float | None,
        watch: Watch,
    ) -> None:
        left = None if end is None else max(_EARLIER * (end - time.time()), 0.001)
        self._setting = replace(setting, watch=Watch(Limits(left, states, watch.limits.memory)))
        self._asked = _Asked(concepts, samples, seed, Batches(self._setting.watch.inner(), concepts), alone)

    def __call__(self, part: str) -> _Found:
        try:
            answer = _PARTS[part](self._setting, self._asked)
        except TooManyStates as error:
            return part, None, Missing("too large", Message(str(error)))
        except LimitReached as error:
            return part, None, Missing("stopped", error.stop)
        except CallError as error:
            return part, None, Missing("nothing", Message(str(error)))
        except BestandError as error:
            return part, None, Missing("stopped", Message(str(error)))
        return part, answer, Missing("stopped", answer.stopped) if answer.stopped else None


@dataclass(frozen=True)
class _Asked:
    """What is asked in every part, and what one part works out of variants that another may ask for, too."""

    concepts: tuple[str, ...]
    samples: int | None
    seed: int
    batches: Batches
    alone: int = 0  # combinations up to which all are looked at for the verdict alone; 0: for claims as well


def _claims(setting: Setting, asked: _Asked) -> Claims:
    return ask_claims(setting, None, asked.concepts)


def _premises(setting: Setting, asked: _Asked) -> Why:
    return ask_why(setting, None, 1, asked.concepts, 1, batches=asked.batches)


def _levers(setting: Setting, asked: _Asked) -> Levers:
    """Return the levers; where there is a verdict for them to change, equilibria under the first concept alone."""
    if own_terms(setting.under) is None:
        return ask_levers(setting, None, asked.concepts, batches=asked.batches)
    first = asked.concepts[:1]
    return ask_levers(setting, None, first, batches=Batches(setting.watch.inner(), first))


def _plans(setting: Setting, asked: _Asked) -> Plans:
    return compare_plans(setting, (), HEADLINE, None, (), (), "status-quo", AT_ONCE)


def _open(setting: Setting, asked: _Asked) -> Variation:
    if asked.alone:
        return _verdicts(setting, asked)
    own, model = within_reach(setting.model), setting.model
    job = job_of(
        model if own is None else replace(model, claims=(*model.claims, own)),
        readings=setting.readings,
        samples=asked.samples,
        seed=asked.seed,
        compared=0,
        concepts=asked.concepts,
        watch=setting.watch,
        listed=SAMPLES,
        drawn=SAMPLES,
    )
    return varied(job, setting.watch, batches=asked.batches)


def _verdicts(setting: Setting, asked: _Asked) -> Variation:
    """Return the verdict on the plan in every combination of what is open, and nothing else of it."""
    job = job_of(
        replace(setting.model, claims=()),
        readings=setting.readings,
        samples=asked.samples,
        seed=asked.seed,
        compared=0,
        concepts=asked.concepts[:1],
        watch=setting.watch,
        listed=asked.alone,
        drawn=SAMPLES,
    )
    return varied(job, setting.watch)


def within_reach(model: Model) -> Claim | None:
    """Return the claim that improvements lead from the status quo to an equilibrium in which the plan is true."""
    if model.plan is None or model.status_quo is None:
        return None
    known = {claim.id for claim in model.claims}
    name = next(name for k in count() if (name := "within-reach" + "-" * k) not in known)
    reached = Subject("equilibrium", reached="improving")
    return Claim(name, (Check(Quantified("some", reached, Satisfies(model.plan))),))


# Those that take longest come first, so that no process is left alone with the last.
_PARTS: dict[str, Callable[[Setting, _Asked], Any]] = {
    "plans": _plans,
    "premises": _premises,
    "levers": _levers,
    "claims": _claims,
    "open": _open,
}
