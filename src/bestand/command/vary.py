"""``bestand vary``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from . import DONE, STOPPED
from .common import (
    Concepts,
    Json,
    Lang,
    ModelName,
    Whole,
    Words,
    command,
    formula_of,
    open_model,
    print_json,
    say,
    speak,
    split,
    with_readings,
)
from .drawing import PictureFlags, draw, ready
from .watching import LimitFlags, watching

if TYPE_CHECKING:
    from bestand.engine.limits import Watch
    from bestand.model.model import Model
    from bestand.questions.vary.outcome import Varied
    from bestand.questions.vary.robustness import Robustness

_With = Annotated[list[str] | None, Parameter(name="--with", negative="", consume_multiple=True)]
_States = Annotated[list[str] | None, Parameter(name="--robust", negative="", consume_multiple=False)]


INTERRUPTED = 130  # as the shell has it
_Flag = Annotated[bool, Parameter(negative="")]
_File = Annotated[Path | None, Parameter(show_default=False)]


@command
def vary(
    model: ModelName,
    *,
    others: _With = None,
    shuffle: _Flag = False,
    samples: Whole | None = None,
    seed: Whole = 0,
    compare: Whole | None = None,
    concepts: Concepts = None,
    where: Words = None,
    claim: Words = None,
    no_claims: _Flag = False,
    reading: Words = None,
    robust: _States = None,
    swaps: Whole = 2,
    workers: Whole | None = None,
    dask: str | None = None,
    out: _File = None,
    list: Whole = 3,  # noqa: A002 - the flag is called --list
    lang: Lang = None,
    json: Json = False,
    pictures: PictureFlags | None = None,
    limits: LimitFlags | None = None,
) -> int:
    """What still holds, whatever is right of all that is open?

    The readings of the file in every combination, and what else it leaves open: in what part of the combinations a
    formula is true in some equilibrium, each state is an equilibrium, and each claim holds; and which open question
    moves that most. Where the combinations are too many, a sample of them.

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    others
        Other analysts' files about the same parties and options: what they say that each party wants is open too.
    shuffle
        Put each party's wishes in any order, all alike, instead: what does not hang on their order?
    samples
        How many combinations to draw. Unless told, all are gone through where they are at most 10,000, else 2,000;
        at most 1,000,000.
    seed
        Of the draws; the same seed gives the same numbers, whatever --workers says.
    compare
        How many samples to draw again for each open question with only its answer changed, to see which matters;
        a tenth of the samples unless told.
    concepts
        Stability concepts, with commas between them; all five unless told.
    where
        The formula in question; may be given several times. The plan and the outcomes of the file unless told.
    claim
        Only these claims, by id; all unless told.
    no_claims
        Leave the claims out.
    reading
        Apply these readings in every combination; they are not open then.
    robust
        For these states (bits, label, or yes options with commas between; or 'top' for the most frequent ones): the
        fewest swaps of neighbouring wishes that break them.
    swaps
        The most swaps to try for --robust.
    workers
        Processes on this machine; all its cores unless told.
    dask
        Have the workers of the Dask scheduler at this address do the work.
    out
        Keep what is finished in this file. A run that was stopped or killed goes on from it.
    list
        How many states to list for each concept.
    lang
        The language of the answer, en or nl; that of the model unless told.
    json
        Print one JSON document instead.
    """
    from bestand.document.terminal import show
    from bestand.model.errors import CallError
    from bestand.questions.vary.answer import analysts
    from bestand.questions.vary.data import varied_data
    from bestand.questions.vary.picture import picture
    from bestand.questions.vary.vary import job_of
    from bestand.questions.vary.vary import vary as vary_job
    from bestand.questions.vary.words import robust_answer, varied_answer
    from bestand.solve.workers import crew

    if list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    drawing = ready(pictures, json=json)
    names = split(reading)
    with watching(limits) as watch:
        watch.phase("reading the model")
        valid = speak(lang, open_model(model).valid(), json=json)
        with_readings(valid, names)
        formulas = tuple(formula for given in where or () if (formula := formula_of(given, valid)) is not None)
        job = job_of(
            valid,
            readings=names,
            shuffle=shuffle,
            others=analysts(others or ()),
            name=Path(model).stem if others else "the file",
            samples=samples,
            seed=seed,
            compared=compare,
            concepts=split(concepts) if concepts else None,
            formulas=formulas,
            claims=() if no_claims else split(claim) or None,
            watch=watch,
        )
        asked = None if robust is None else _masks(valid, names, robust, watch)
        many = crew(None) if workers is None else workers
        try:
            found = vary_job(job, watch=watch, workers=many, dask=dask, out=out)
        except KeyboardInterrupt:
            kept = (
                f"what was finished is kept in {out}; go on with the same call" if out else "nothing is kept: no --out"
            )
            say(f"bestand: interrupted; {kept}")
            return INTERRUPTED
        broken = None if asked is None or found.stopped else _robust(found, asked, swaps, watch)
    if drawing:
        draw(drawing, lambda: picture(found), "nothing was looked at, so that there is nothing to draw")
    elif json:
        print_json(varied_data(found, list, broken))
    else:
        show(varied_answer(found, list))
        if broken is not None:
            show(robust_answer(valid, broken))
    stopped = found.stopped or (broken and broken.stopped)
    if stopped:
        kept = f"; go on with the same call (--out {out})" if out is not None and found.stopped else ""
        say(f"bestand: {stopped}; {found.looked_at:,} of {job.samples:,} combinations are looked at{kept}")
        return STOPPED
    return DONE


_TOP = 2  # states of each concept that 'top' stands for


def _masks(model: Model, readings: tuple[str, ...], states: Sequence[str], watch: Watch) -> tuple[int | None, ...]:
    """The states to be broken, by their names; None for the most frequent ones, which nobody knows yet."""
    from bestand.engine.space import space_of
    from bestand.model.changing import apply_readings, changed
    from bestand.solve.positions import find_state

    space = space_of(changed(model, apply_readings(model, readings)), None, watch.inner())
    return tuple(None if name == "top" else int(space.states[find_state(space, name)]) for name in states)


def _robust(found: Varied, masks: Sequence[int | None], swaps: int, watch: Watch) -> Robustness:
    """The swaps that break the states asked about, under the concepts under which they are equilibria at all."""
    from bestand.model.changing import apply_readings, changed
    from bestand.model.errors import CallError
    from bestand.questions.vary.robustness import robustness
    from bestand.solve.solution import Solution

    job = found.job
    under = changed(job.model, apply_readings(job.model, job.readings))
    solution = Solution(under, None, watch.inner())
    wanted: dict[int, None] = {}
    for mask in masks:
        if mask is not None:
            wanted[mask] = None
            continue
        for concept in job.concepts:
            wanted.update(dict.fromkeys(int(often) for often in found.states(concept)[0][:_TOP]))
    asked = [
        (concept, mask)
        for mask in wanted
        for concept in job.concepts
        if (at := solution.space.index(mask)) is not None and solution.equilibria(concept)[at]
    ]
    if not asked:
        raise CallError("none of these states is an equilibrium as the file stands: nothing needs to break it")
    return robustness(under, asked, swaps, watch)
