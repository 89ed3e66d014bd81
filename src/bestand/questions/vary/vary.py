"""From what a caller asks to a job, and from a job to its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from bestand.engine.limits import Watch
from bestand.model.changing import apply_readings, changed
from bestand.model.errors import CallError, LimitReached, Stop, nearest
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.solve.batches import Batches
from bestand.stability.registry import chosen

from .jobs import MOST_LISTED, MOST_SAMPLES, SAMPLES, Chunk, Job, design_of, usual_formulas
from .outcome import Varied
from .runs import run
from .store import Store, chunks


def job_of(
    model: Model,
    *,
    readings: Sequence[str] = (),
    shuffle: bool = False,
    others: Mapping[str, Model] | None = None,
    name: str = "the file",
    samples: int | None = None,
    seed: int = 0,
    compared: int | None = None,
    concepts: Sequence[str] | None = None,
    formulas: Sequence[Formula] = (),
    claims: Sequence[str] | None = None,
    watch: Watch | None = None,
) -> Job:
    """What is to be worked out.

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
        How many combinations to draw; None goes through all of them where they are at most `MOST_LISTED`.
    seed : int
    compared : int, optional
        How many of them to draw again for each question, to see which moves the answers; a tenth unless told.
    concepts : sequence of str, optional
    formulas : sequence of Formula
        The plan and the outcomes of the model where none is given.
    claims : sequence of str, optional
        Ids; all where None.
    watch : Watch, optional

    Raises
    ------
    CallError
        For what is unknown, negative or impossible; where nothing is open; and where no combination could leave a state
        since the model itself does not.
    """
    check_draws(samples, seed, compared)
    known = {claim.id for claim in model.claims}
    for claim in claims or ():
        if claim not in known:
            hint = nearest(claim, known) or f"claims: {', '.join(sorted(known)) or 'none'}"
            raise CallError(f"there is no claim '{claim}'; {hint}")
    design = design_of(model, tuple(readings), shuffle, dict(others or {}), name, watch)
    everything = samples is None and design.count <= MOST_LISTED
    drawn = design.count if everything else samples or SAMPLES
    if compared is None:
        compared = 0 if everything else drawn // 10
    if compared and everything:
        raise CallError("every combination is looked at, so that nothing needs to be drawn again: leave it out")
    if not 0 <= compared <= drawn // 2:
        raise CallError(f"{compared} samples drawn again: give 0 to {drawn // 2}, half of the {drawn:,} samples")
    under = changed(model, apply_readings(model, readings))
    groups = Batches(watch).of([under])
    job = Job(
        model=model,
        readings=tuple(readings),
        shuffle=shuffle,
        others=tuple((others or {}).items()),
        name=name,
        concepts=chosen(concepts),
        formulas=tuple(formulas) or usual_formulas(model),
        claims=tuple(claim.id for claim in model.claims) if claims is None else tuple(claims),
        kind="all" if everything else "sample",
        samples=drawn,
        compared=compared,
        seed=seed,
        states=max((batch.geometry.size for _, batch in groups if batch is not None), default=1),
    )
    vars(job)["design"] = design  # found once
    return job


def check_draws(samples: int | None, seed: int, compared: int | None = None) -> None:
    """Refuse numbers that nothing can be drawn with: a `CallError`."""
    for name_of, value in (("samples", samples), ("seed", seed), ("samples drawn again", compared)):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise CallError(f"{value!r} {name_of}: give a whole number")
    if samples is not None and not 1 <= samples <= MOST_SAMPLES:
        raise CallError(f"{samples:,} samples: give 1 or more, and no more than {MOST_SAMPLES:,}")
    if not 0 <= seed < 2**63:
        raise CallError(f"seed {seed}: give a number from 0 on")


def vary(
    job: Job, *, watch: Watch | None = None, workers: int = 1, dask: str | None = None, out: Path | None = None
) -> Varied:
    """Work a job out, as far as the limits let it.

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

    Raises
    ------
    CallError
        For fewer than one worker, a cluster that cannot be used, or a file that holds something else.
    """
    if workers < 1:
        raise CallError(f"{workers} workers: give 1 or more")
    watch = watch or Watch()
    stopped: Stop | None = None
    with ExitStack() as closing:
        store = None if out is None else closing.enter_context(Store(out, job))
        done: dict[int, Chunk] = {} if store is None else store.done

        def keep(chunk: Chunk) -> None:
            if store is None:
                done[chunk.number] = chunk
            else:
                store.add(chunk)

        try:
            run(job, dict(done), keep, watch, workers, dask)
        except LimitReached as error:
            stopped = error.stop
    return Varied(job, tuple(chunks(done)), stopped)


def digest(found: Varied) -> str:
    """A hash of every number that was found: the same wherever and however it was worked out."""
    total = hashlib.sha256()
    for chunk in found.done:
        total.update(chunk.table.astype("<i4").tobytes())
        for concept, (states, counts) in sorted(chunk.states.items()):
            total.update(concept.encode() + states.astype("<u8").tobytes() + counts.astype("<f8").tobytes())
    return total.hexdigest()
