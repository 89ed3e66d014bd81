"""All that a report tells about one model, worked out together: what holds, the claims, the levers, and how sure it is.

The parts that ask for many variants of the model are worked out side by side, in processes of their own. What is found
does not depend on how many there are. A part that cannot be had is missing, and the study says why.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

from bestand.answer.setting import Setting
from bestand.engine.limits import Limits, Watch
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import BestandError, CallError, LimitReached, Stop, TooManyStates, time_over
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.sentences import Check, Quantified, Satisfies, Subject
from bestand.model.values import Claim, FrozenMap, Priorities
from bestand.questions.analyse.answer import Result, worked_out
from bestand.questions.claims.reasons import Reasons, reasons
from bestand.questions.vary.jobs import Job, fingerprint
from bestand.questions.vary.outcome import Varied
from bestand.questions.vary.vary import check_draws, job_of
from bestand.questions.vary.vary import vary as vary_job
from bestand.questions.what_if.answer import Levers
from bestand.questions.what_if.levers import levers
from bestand.solve.claims import ClaimResult, ask_claim
from bestand.solve.solution import Solution, Solver
from bestand.solve.solve import solve
from bestand.solve.workers import worked

if TYPE_CHECKING:
    from bestand.solve.sets import SetSolution

SAMPLES = 100  # combinations of what is open that are drawn where there are more


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a part of a study is not there.

    Parameters
    ----------
    kind : {"nothing", "too large", "stopped"}
        There is nothing to work out; the states are too many to list; a limit was reached.
    because : Stop or str
        What whoever gave up says; empty where there was nothing to do.
    """

    kind: Literal["nothing", "too large", "stopped"]
    because: Stop | str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is studied.

    Parameters
    ----------
    model : Model
        As the file has it.
    readings : tuple of str
        Applied first.
    concepts : tuple of str
    samples : int, optional
        How many combinations of what is open to draw; None draws `SAMPLES` where there are more, else takes all.
    seed : int
    """

    model: Model
    readings: tuple[str, ...]
    concepts: tuple[str, ...]
    samples: int | None = None
    seed: int = 0


@dataclass(frozen=True)
class Study:
    """What was found about a model.

    Parameters
    ----------
    question : Question
    fingerprint : str
        A hash of what the file says, whatever language it is told in.
    solution : Solution or SetSolution
        Of the model with the readings applied.
    analysis : Result
        What it says.
    claims : tuple of ClaimResult
    reasons : Reasons or None
        What each claim rests on.
    levers : Levers or None
        Which single change alters the answer about the plan.
    varied : Varied or None
        What still holds, whatever is right of what is open.
    within_reach : Claim or None
        What ``varied`` was asked besides the claims of the file: that improvements lead from the status quo to an
        equilibrium in which the plan is true.
    missing : dict of str to Missing
        Why a part (``open``, ``levers``, ``premises``, ``claims``) is not there, or not all of it.
    """

    question: Question
    fingerprint: str
    solution: Solution | SetSolution
    analysis: Result
    claims: tuple[ClaimResult, ...] = ()
    reasons: Reasons | None = None
    levers: Levers | None = None
    varied: Varied | None = None
    within_reach: Claim | None = None
    missing: FrozenMap[str, Missing] = FrozenMap()  # noqa: RUF009 - immutable

    @property
    def model(self) -> Model:
        """The model that holds or does not, readings applied."""
        return self.solution.model

    @property
    def limits(self) -> tuple[Stop, ...]:
        """The limits that were reached, each once."""
        stops = (self.analysis.stopped, *(lack.because for lack in self.missing.values()))
        return tuple(dict.fromkeys(stop for stop in stops if isinstance(stop, Stop)))

    @property
    def listed(self) -> Solution | None:
        """The solution over listed states; None where only sets of states are known."""
        return self.solution if isinstance(self.solution, Solution) else None


def study(
    question: Question,
    engine: str | None = None,
    watch: Watch | None = None,
    workers: int = 1,
) -> Study:
    """Work out all that a report tells.

    Parameters
    ----------
    question : Question
    engine : str, optional
        For what holds; the rest chooses by itself.
    watch : Watch, optional
        Where the time is over, what is finished is told, and what is missing.
    workers : int
        Processes.

    Raises
    ------
    CallError, ModelError, TooManyStates
        As `bestand.solve.solve.solve`.
    LimitReached
        When the states themselves are not known by then.

    Notes
    -----
    About two hundred variants of the model are solved for the levers, two for each statement for the premises, and one
    for each combination of what is open.
    """
    check_draws(question.samples, question.seed)
    watch = watch or Watch()
    solution = solve(changed(question.model, apply_readings(question.model, question.readings)), engine, watch)
    solution.finish(question.concepts)
    analysis = worked_out(solution, question.concepts, question.readings)
    mark = fingerprint(question.model)
    parts = [part for part in _PARTS if _has(question, part)]
    missing = {part: Missing("nothing") for part in _PARTS if part not in parts}
    lack = _lack(analysis)
    if lack is not None:
        return Study(question, mark, solution, analysis, missing=FrozenMap(missing | dict.fromkeys(parts, lack)))
    found: dict[str, Any] = {}
    for part, result, lack in _worked(question, parts, watch, workers):
        if result is not None:
            found[_FIELDS[part]] = result
        if lack is not None:
            missing[part] = lack
    return Study(
        question,
        mark,
        solution,
        analysis,
        **found,
        within_reach=_within_reach(question.model),
        missing=FrozenMap(missing),
    )


def _lack(analysis: Result) -> Missing | None:
    """Why no part can be worked out at all."""
    if analysis.listed is None:
        return Missing("too large")
    return Missing("stopped", analysis.stopped) if analysis.stopped else None


_FIELDS = {"claims": "claims", "premises": "reasons", "levers": "levers", "open": "varied"}

_Found = tuple[str, Any, Missing | None]


def _has(question: Question, part: str) -> bool:
    """Whether there is anything to work out."""
    model = question.model
    match part:
        case "claims":
            return bool(model.claims)
        case "premises":
            wishes = (model.preferences.get(party.id) for party in model.parties)
            return bool(model.claims) and any(isinstance(each, Priorities) and each.statements for each in wishes)
        case "levers":
            return model.plan is not None
        case _:
            return bool(model.open_questions or model.readings)


def _worked(question: Question, parts: list[str], watch: Watch, workers: int) -> list[_Found]:
    """The parts, worked out side by side; those that the time was over for are missing."""
    limit = watch.limits.seconds
    if limit is not None:  # what takes long may take all the time there is: what does not comes before it
        parts = parts[::-1]
    end = None if limit is None else time.time() + limit - watch.seconds
    done: list[_Found] = []
    try:
        watch.phase("asking what else a report tells", len(parts))
        make = partial(_Worker, question, watch.limits, end)
        for part, result, lack in worked(make, parts, watch, min(workers, max(len(parts), 1)), in_order=False):
            done.append((part, _told(result, limit), _told(lack, limit)))
            watch.step()
    except LimitReached as error:
        known = {part for part, _result, _lack in done}
        done += [(part, None, Missing("stopped", error.stop)) for part in parts if part not in known]
    return done


def _told(found: Any, limit: float | None) -> Any:
    """What was found, its limit on time told as the caller set it: a process knows only what was left for it."""
    for name in ("stopped", "because"):
        stop = getattr(found, name, None)
        if limit is not None and isinstance(stop, Stop) and stop.limit == "seconds":
            return replace(found, **{name: time_over(limit)})
    return found


_EARLIER = 0.9  # of the time that is left, for a process to stop by itself and hand over what it has


class _Worker:
    """Works parts of a study out, in a process of its own or here, until a moment (of `time.time`)."""

    def __init__(self, question: Question, limits: Limits, end: float | None) -> None:
        self._question = question
        left = None if end is None else max(_EARLIER * (end - time.time()), 0.001)
        self._watch = Watch(replace(limits, seconds=left))

    def __call__(self, part: str) -> _Found:
        try:
            result = _PARTS[part](self._question, self._watch)
        except TooManyStates as error:
            return part, None, Missing("too large", str(error))
        except LimitReached as error:
            return part, None, Missing("stopped", error.stop)
        except CallError as error:
            return part, None, Missing("nothing", str(error))
        except BestandError as error:
            return part, None, Missing("stopped", Stop(Message(str(error)), "machine"))
        stopped = getattr(result, "stopped", None)
        return part, result, Missing("stopped", stopped) if stopped else None


def _claims(question: Question, watch: Watch) -> tuple[ClaimResult, ...]:
    solver = Solver(question.model, apply_readings(question.model, question.readings), watch=watch)
    return tuple(ask_claim(solver, claim, question.concepts) for claim in question.model.claims)


def _premises(question: Question, watch: Watch) -> Reasons:
    common = apply_readings(question.model, question.readings)
    return reasons(question.model, question.model.claims, 1, common, 1, watch, question.concepts)


def _levers(question: Question, watch: Watch) -> Levers:
    model = question.model
    return levers(Setting(model, question.readings, watch), model.plan, question.concepts)


def _within_reach(model: Model) -> Claim | None:
    """The claim that improvements lead from the status quo to an equilibrium in which the plan is true."""
    if model.plan is None or model.status_quo is None:
        return None
    known = {claim.id for claim in model.claims}
    name = next(name for k in count() if (name := "within-reach" + "-" * k) not in known)
    reached = Subject("equilibrium", reached="improvements")
    return Claim(name, (Check(Quantified("some", reached, Satisfies(model.plan))),))


def _open(question: Question, watch: Watch) -> Varied:
    own = _within_reach(question.model)
    model = question.model if own is None else replace(question.model, claims=(*question.model.claims, own))

    def job(samples: int | None) -> Job:
        return job_of(
            model,
            readings=question.readings,
            samples=samples,
            seed=question.seed,
            compared=None if samples is None else 0,
            concepts=question.concepts,
            watch=watch,
        )

    asked = job(question.samples)
    few = question.samples is not None or asked.design.count <= SAMPLES
    return vary_job(asked if few else job(SAMPLES), watch=watch)


# Those that take longest come first, so that no process is left alone with the last.
_PARTS: dict[str, Callable[[Question, Watch], Any]] = {
    "open": _open,
    "levers": _levers,
    "premises": _premises,
    "claims": _claims,
}
