"""``bestand analyse``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    from bestand.document.blocks import Block, Figure
    from bestand.engine.limits import Watch
    from bestand.files.document import Document
    from bestand.model.model import Model
    from bestand.solve.sets import SetSolution
    from bestand.solve.solution import Solution

    Drawings = Mapping[str, Callable[[Solution], Figure | None]]

_LOOKED_AT = 2**18  # states up to which a look at what is doubtful takes no time worth mentioning


@command
def analyse(
    model: ModelName,
    *,
    concepts: Concepts = None,
    engine: str | None = None,
    where: str | None = None,
    reading: Words = None,
    list: int = 1000,  # noqa: A002 - the flag is called --list
    lang: Lang = None,
    json: Json = False,
    picture: Annotated[str | None, Parameter(show_default=False)] = None,
    pictures: PictureFlags | None = None,
    limits: LimitFlags | None = None,
) -> int:
    """Does it hold? What is stable, for whom, and where things drift.

    The answer comes first in words, then the equilibria as a table: options as rows, one column for each equilibrium,
    or for each pattern of them where there are many (- is an option that varies).

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue (bestand cases lists them), or - for standard input.
    concepts
        Stability concepts, with commas between them: nash, gmr, smr, seq, sseq, which are asked unless told;
        and brseq, brsseq, in which answers are best moves.
    engine
        How to compute: cube, listed, arcs, or symbolic, which holds sets of states and lists none. Chosen to suit the
        model unless told; the answer is the same.
    where
        Show only equilibria that satisfy this formula, such as 'ceasefire and not ukraine.cede'.
    reading
        Apply these readings of the model first (bestand readings MODEL lists them).
    list
        How many equilibria of a concept --json lists; those reached from the status quo come first.
    lang
        The language of the answer, en or nl; that of the model unless told.
    json
        Print one JSON document instead.
    picture
        What --svg and --png draw: matrix (the equilibria, option by option; unless told), standing (how the parties
        rank them), moves (who would improve where), tree (where things go from today).
    """
    from bestand.document.terminal import page, show
    from bestand.model.errors import CallError, nearest
    from bestand.prose.messages import _n
    from bestand.questions.analyse.picture_values import pictures as pictures_of
    from bestand.questions.analyse.words import answer, answer_data
    from bestand.stability.registry import chosen

    wanted = chosen(split(concepts) if concepts else None)
    drawing = ready(pictures, json=json)
    draws = pictures_of(wanted)
    if picture is not None and drawing is None:
        raise CallError(f"--picture {picture} says what to draw: add --svg FILE or --png FILE")
    picture = picture or "matrix"
    if picture not in draws:
        hint = nearest(picture, draws)
        raise CallError(f"there is no picture '{picture}'; {f'{hint} ' if hint else ''}pictures: {', '.join(draws)}")
    if list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    readings = split(reading)
    with watching(limits) as watch:
        watch.phase("reading the model")
        document = open_model(model)
        under = with_readings(speak(lang, document.valid(), json=json), readings)
        kept = formula_of(where, under)
        solution = _solved(under, engine, wanted, watch, readings)
        told: Sequence[Block] = ()
        if drawing and not solution.stopped:
            _draw(drawing, solution, picture, draws)
        elif json:
            print_json({**answer_data(solution, wanted, list, kept), "readings": [*readings]})
        else:
            told = tuple(answer(page().width, solution, wanted, kept, readings))
        doubtful = 0 if json or drawing or solution.stopped else _doubtful(document, solution, readings)
    show(told)
    if solution.stopped:
        say(f"bestand: {solution.stopped}; this is a part of the answer")
        return STOPPED
    if doubtful:
        words = _n(
            "{n} thing is doubtful in this model: bestand check {name} says what.",
            "{n} things are doubtful in this model: bestand check {name} says what.",
            doubtful,
            name=model,
        )
        say(f"\n{words}")
    return DONE


def _draw(
    drawing: PictureFlags,
    solution: Solution | SetSolution,
    picture: str,
    draws: Mapping[str, Callable[[Solution], Figure | None]],
) -> None:
    from bestand.model.errors import CallError
    from bestand.solve.solution import Solution

    if not isinstance(solution, Solution):
        raise CallError("the states of this model are too many to list, and pictures are drawn of listed states")
    draw(drawing, lambda: draws[picture](solution), "the file does not say how things stand today (status_quo)")


def _solved(
    model: Model, engine: str | None, concepts: tuple[str, ...], watch: Watch, readings: tuple[str, ...]
) -> Solution | SetSolution:
    """The solution as far as the limits allow."""
    from bestand.answer.data import stopped_data
    from bestand.model.errors import LimitReached
    from bestand.solve.solve import solve

    try:
        solution = solve(model, engine, watch)
    except LimitReached as error:
        error.known = {**stopped_data(model, str(error)), "readings": [*readings]}
        raise
    solution.finish(concepts)
    return solution


def _doubtful(document: Document, solution: Solution | SetSolution, readings: tuple[str, ...]) -> int:
    """How many things are doubtful that a quick look at the file's own states shows; `check` looks at more."""
    from bestand.questions.check import examine
    from bestand.solve.solution import Solution

    model = document.valid()
    if not isinstance(solution, Solution) or solution.space.size > _LOOKED_AT:
        return 0
    space = None if readings else solution.space  # under readings there may be other doubts
    return examine(model, solution.watch, space=space, quick=True).count
