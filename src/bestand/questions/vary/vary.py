"""From what a caller asks to a job, and from a job to its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path

from bestand.answer.given import formula_of
from bestand.answer.setting import Setting, names
from bestand.engine.limits import Watch
from bestand.engine.states import MAX_OPTIONS
from bestand.files import load
from bestand.files.placing import placeable, put
from bestand.leaving import before_leaving
from bestand.model.changing import apply_readings
from bestand.model.errors import CallError, LimitReached, Stop, nearest
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.values import Claim
from bestand.plan.open.design import THE_FILE, Design, usual_formulas
from bestand.plan.open.open_questions import opened, shuffled
from bestand.solve.batches import Batches
from bestand.solve.workers import crew
from bestand.stability.registry import chosen

from .answer import Variation
from .job import Chunk, Job
from .robustness import Breaking
from .runs import run
from .store import Store
from .summary import summary
from .sweep import csv_text

MOST_SAMPLES = 1_000_000
MOST_LISTED = 10_000  # combinations up to which all are gone through
SAMPLES = 2_000  # unless told, where they are more

Others = Mapping[str, Model] | Iterable[str | PathLike[str]]


def vary(
    setting: Setting,
    others: Others = (),
    *,
    shuffle: bool = False,
    samples: int | None = None,
    seed: int = 0,
    compared: int | None = None,
    concepts: str | Iterable[str] | None = None,
    formulas: str | Formula | Iterable[str | Formula] | None = None,
    claims: str | Iterable[str] | None = None,
    robust: str | int | Iterable[str | int] | None = None,
    swaps: int = 2,
    workers: int | None = None,
    dask: str | None = None,
    out: str | PathLike[str] | None = None,
    table: str | PathLike[str] | None = None,
    list: int = 3,  # noqa: A002 - as people call it
) -> Variation:
    """Put together what is open, and return what holds in which part of it. See the question."""
    if list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    many = crew(workers, setting.watch)
    if table is not None:
        placeable(table)
    model, analysts = setting.model, _analysts(others)
    given = [formulas] if isinstance(formulas, str | Formula) else formulas or ()
    job = job_of(
        model,
        readings=setting.readings,
        shuffle=shuffle,
        others=analysts,
        name=Path(setting.name).stem if analysts and setting.name != "MODEL" else THE_FILE,
        samples=samples,
        seed=seed,
        compared=compared,
        concepts=None if concepts is None else names(concepts),
        formulas=[formula_of(formula, model) for formula in given],
        claims=None if claims is None else names(claims),
        watch=setting.watch,
    )
    states = [robust] if isinstance(robust, str | int) else robust
    breaking = None if states is None else Breaking(setting.under, job.concepts, states, swaps, setting.watch)
    kept, told = (None if path is None else Path(path) for path in (out, table))
    return varied(job, setting.watch, many, dask, kept, list, breaking, table=told)


def varied(
    job: Job,
    watch: Watch | None = None,
    workers: int = 1,
    dask: str | None = None,
    out: Path | None = None,
    listed: int = 3,
    breaking: Breaking | None = None,
    batches: Batches | None = None,
    table: Path | None = None,
) -> Variation:
    """Work a job out, as far as the limits let it, and return its answer.

    Parameters
    ----------
    job : Job
    watch : Watch, optional
    workers : int
        Processes on this machine.
    dask : str, optional
        Address of a Dask scheduler instead.
    out : Path, optional
        Where finished chunks are kept, and looked for.
    listed : int
        How many states of each concept are listed.
    breaking : Breaking, optional
        Which equilibria are to be broken by swaps of wishes.
    batches : Batches, optional
        Keeps what others have worked out already about variants of the model.
    table : Path, optional
        Where each combination that was looked at is written, as CSV.

    Raises
    ------
    CallError
        For fewer than one worker, a cluster that cannot be used, or a file that holds something else.
    """
    watch = watch or Watch()
    workers = crew(workers, watch)
    chunks, limit = _finished(job, watch, workers, dask, out, batches)
    if table is not None:
        limit = _put(table, job, chunks, limit, watch)
    answer = summary(job, chunks, limit, watch, listed)
    return answer if breaking is None or answer.limit else breaking.added(answer)


def _finished(
    job: Job, watch: Watch, workers: int, dask: str | None, out: Path | None, batches: Batches | None
) -> tuple[list[Chunk], Stop | None]:
    """Return the finished chunks in their order, whichever was finished first, and the limit that kept others away."""
    limit: Stop | None = None
    with ExitStack() as closing:
        store = None if out is None else closing.enter_context(Store(out, job))
        if store is not None:
            closing.enter_context(before_leaving(store.close))
        done: dict[int, Chunk] = {} if store is None else store.done

        def keep(chunk: Chunk) -> None:
            if store is None:
                done[chunk.number] = chunk
            else:
                store.add(chunk)

        try:
            run(job, dict(done), keep, watch, workers, dask, batches)
        except LimitReached as error:
            limit = error.stop
    return [done[number] for number in sorted(done)], limit


def _put(table: Path, job: Job, chunks: Sequence[Chunk], limit: Stop | None, watch: Watch) -> Stop | None:
    """Write the table, whatever limit was reached before; return that, or the one that this reaches."""
    try:
        put(table, csv_text(job, chunks, Watch() if limit else watch))
    except LimitReached as error:
        return error.stop
    return limit


def _analysts(others: Others) -> dict[str, Model]:
    """Return other analysts' models by name: that of the file, or of its folder too where two files have the same."""
    if isinstance(others, Mapping):
        return {str(name): model for name, model in others.items()}
    models: dict[str, Model] = {}
    for path in others or ():
        name = Path(path).stem
        models[str(path) if name in models else name] = load(path)
    return models


def job_of(
    model: Model,
    *,
    readings: Sequence[str] = (),
    shuffle: bool = False,
    others: Mapping[str, Model] | None = None,
    name: str = THE_FILE,
    samples: int | None = None,
    seed: int = 0,
    compared: int | None = None,
    concepts: Iterable[str] | None = None,
    formulas: Sequence[Formula] = (),
    claims: Sequence[str] | None = None,
    watch: Watch | None = None,
    listed: int = MOST_LISTED,
    drawn: int = SAMPLES,
) -> Job:
    """Return what is to be worked out.

    Parameters
    ----------
    model : Model
    readings : sequence of str
        Applied in every combination.
    shuffle : bool
        Every party's statements in any order, instead of what the file leaves open.
    others : mapping of str to Model, optional
        Other analysts' models.
    name : str
        What to call the model beside them.
    samples : int, optional
        How many combinations to draw; None goes through all of them where they are few.
    seed : int
    compared : int, optional
        How many of them to draw again for each question, to see which moves the answers; a tenth unless told.
    concepts : iterable of str, optional
    formulas : sequence of Formula
        The plan and the outcomes of the model where none is given.
    claims : sequence of str, optional
        Ids; all where None.
    watch : Watch, optional
    listed : int
        Up to how many combinations all are gone through, unless told.
    drawn : int
        How many are drawn where they are more.

    Raises
    ------
    CallError
        For what is unknown, negative or impossible; where nothing is open; and where no combination could leave a state
        since the model itself does not.
    """
    check_draws(samples, seed, compared)
    wanted = _claims(model, claims)
    design = _design(model, readings, dict(others or {}), name, watch, shuffle=shuffle)
    everything = samples is None and design.count <= listed
    rows = design.count if everything else samples or drawn
    if compared is None:
        compared = 0 if everything else rows // 10
    if compared and everything:
        raise CallError("every combination is looked at, so that nothing needs to be drawn again: leave it out")
    if not 0 <= compared <= rows // 2:
        raise CallError(f"{compared} samples drawn again: give 0 to {rows // 2}, half of the {rows:,} samples")
    return Job(
        model=model,
        design=design,
        readings=tuple(readings),
        shuffle=shuffle,
        others=tuple((others or {}).items()),
        concepts=chosen(concepts),
        formulas=tuple(formulas) or usual_formulas(model),
        claims=wanted,
        kind="all" if everything else "sample",
        samples=rows,
        compared=compared,
        seed=seed,
        states=_states(model, readings, watch),
    )


def _states(model: Model, readings: Sequence[str], watch: Watch | None) -> int:
    """Return how many states a model has that are listed; 1 where they are not."""
    if len(model.options) > MAX_OPTIONS:
        return 1
    batches = Batches(watch)
    groups = batches.of([batches.changed(model, apply_readings(model, readings))])
    return max((batch.geometry.size for _, batch in groups if batch is not None), default=1)


def check_draws(samples: int | None, seed: int, compared: int | None = None) -> None:
    """Refuse numbers that nothing can be drawn with: a `CallError`."""
    for name_of, value in (("samples", samples), ("seed", seed), ("samples drawn again", compared)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise CallError(f"{value!r} {name_of}: give a whole number")
    if samples is not None and not 1 <= samples <= MOST_SAMPLES:
        raise CallError(f"{samples:,} samples: give 1 or more, and no more than {MOST_SAMPLES:,}")
    if not 0 <= seed < 2**63:
        raise CallError(f"seed {seed}: give a number from 0 on")


def _claims(model: Model, ids: Sequence[str] | None) -> tuple[Claim, ...]:
    """Return some claims of a model, all where no ids are given. Raises `CallError` for one that there is not."""
    known = {claim.id for claim in model.claims}
    for claim in ids or ():
        if claim not in known:
            hint = nearest(claim, known) or f"claims: {', '.join(sorted(known)) or 'none'}"
            raise CallError(f"there is no claim '{claim}'; {hint}")
    if len(model.options) > MAX_OPTIONS:
        if ids:
            told = f"claims speak of single states, which are followed in models of up to {MAX_OPTIONS} options"
            raise CallError(f"{told}; this one has {len(model.options)}: leave the claims out (--no-claims)")
        return ()
    return tuple(claim for claim in model.claims if ids is None or claim.id in ids)


def _design(
    model: Model,
    readings: Sequence[str],
    others: dict[str, Model],
    name: str,
    watch: Watch | None,
    *,
    shuffle: bool,
) -> Design:
    """Return what is open in a model, as it was asked for. Raises `CallError` where nothing is."""
    common = apply_readings(model, readings)
    if not shuffle:
        return opened(model, common, others, name, watch)
    if others:
        raise CallError("--shuffle puts this model's own statements in any order; it does not go with other files")
    return shuffled(model, common)
