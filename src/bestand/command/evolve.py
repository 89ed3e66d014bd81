"""``bestand evolve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from . import DONE, STOPPED
from .common import (
    Concepts,
    Json,
    Lang,
    ModelName,
    Words,
    command,
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
    from bestand.questions.evolve.answer import Evolution

_State = Annotated[str, Parameter(name="--from")]
_Target = Annotated[str | None, Parameter(name="--to", show_default=False)]
_NOT_DRAWN = "the tree is drawn from the status quo, by all improvements or best moves of all parties, of listed states"


@command
def evolve(
    model: ModelName,
    *,
    start: _State = "status-quo",
    by: str = "improvements",
    only: Words = None,
    without: Words = None,
    steps: int | None = None,
    to: _Target = None,
    paths: int = 3,
    concepts: Concepts = None,
    engine: str | None = None,
    reading: Words = None,
    list: int = 1000,  # noqa: A002 - the flag is called --list
    lang: Lang = None,
    json: Json = False,
    pictures: PictureFlags | None = None,
    limits: LimitFlags | None = None,
) -> int:
    """Where it goes from a state: what is reached, along which moves, where it ends and where it goes round.

    Nobody moves twice in a row. With it come the equilibria among what is reached, how likely each end is if chance
    decides who improves, and the table of last movers. Models too large to list are followed from the start as far as
    the limits go.

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    start
        The state to begin in: status-quo, bits (0110), a label of the file, or the yes options with commas between
        them (none: no option).
    by
        Which moves count: improvements, best-moves (of each mover, the best it has), or moves (any legal ones).
    only
        Only these parties may move, by id or name, with commas between them.
    without
        All parties but these may move.
    steps
        Follow so many moves at most.
    to
        What to come to: a state as for --from, or a formula such as 'ceasefire and not ukraine.cede'.
    paths
        How many shortest paths to show to a state.
    concepts
        Under which stability concepts to look for equilibria. All five unless told; where the states are too many to
        list, none.
    engine
        How to compute the equilibria; chosen to suit the model unless told.
    reading
        Apply these readings of the model first (bestand readings MODEL lists them).
    list
        How many states of a kind --json lists, the nearest first.
    lang
        The language of the answer, en or nl; that of the model unless told.
    json
        Print one JSON document instead.
    """
    from bestand.answer.data import stopped_data
    from bestand.document.terminal import page, show
    from bestand.model.errors import CallError, LimitReached
    from bestand.questions.evolve.answer import evolve_model
    from bestand.questions.evolve.picture import picture
    from bestand.questions.evolve.words import answer

    if list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    drawing = ready(pictures, json=json)
    readings = split(reading)
    with watching(limits) as watch:
        watch.phase("reading the model")
        under = with_readings(speak(lang, open_model(model).valid(), json=json), readings)
        try:
            found: Evolution = evolve_model(
                under,
                start=start,
                by=by,
                only=split(only),
                without=split(without),
                steps=steps,
                to=to,
                paths=paths,
                concepts=split(concepts) if concepts else None,
                engine=engine,
                watch=watch,
            )
        except LimitReached as error:
            error.known = {**stopped_data(under, str(error)), "readings": [*readings]}
            raise
    if drawing:
        draw(drawing, lambda: picture(found.evolved), _NOT_DRAWN)
    elif json:
        print_json({**found.data(list), "readings": [*readings]})
    else:
        show(answer(page().width, found.evolved, paths, readings))
    if found.stopped:
        say(f"bestand: {found.stopped}; this is a part of the answer")
        return STOPPED
    return DONE
