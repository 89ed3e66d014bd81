"""``bestand what-if``."""

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
    from bestand.engine.limits import Watch
    from bestand.model.errors import Stop
    from bestand.model.model import Model

Changes = Annotated[str, Parameter(name="CHANGES", show_default=False)]


@command
def what_if(
    model: ModelName,
    *changes: Changes,
    levers: Annotated[bool, Parameter(negative="")] = False,
    where: str | None = None,
    concepts: Concepts = None,
    reading: Words = None,
    list: int | None = None,  # noqa: A002 - the flag is called --list
    lang: Lang = None,
    json: Json = False,
    pictures: PictureFlags | None = None,
    limits: LimitFlags | None = None,
) -> int:
    """What would be different? The equilibria that stay, go and come when the model is changed.

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    changes
        What to change, each in quotes and all together: 'without usa.air_defence', 'ukraine.cede held at yes',
        'without europe', 'usa 3 before usa 1', 'usa 2 dropped', 'russia wants ceasefire first', 'never europe.force',
        'europe.force one-way to yes', 'rule 1 dropped', 'reading usa-firm'. docs/language.md has every form.
    levers
        Change every option, statement, rule, party and reading in turn instead, and rank them by how much each changes
        the answer: whether some equilibrium satisfies the formula, and in what share of them it is true.
    where
        The formula to ask about, such as 'ceasefire and not ukraine.cede'; the plan of the model unless told.
    concepts
        Stability concepts, with commas between them: nash, gmr, smr, seq, sseq. All five unless told.
    reading
        Apply these readings of the model first.
    list
        How many equilibria that go, and that are new, to name under each concept (3 unless told, 100 with --json); with
        --levers, how many levers (20 unless told, all with --json).
    lang
        The language of the answer, en or nl; that of the model unless told.
    json
        Print one JSON document instead.
    """
    from bestand.model.errors import CallError
    from bestand.stability.registry import chosen

    if "-" in changes:  # which the command line puts behind all flags, and so behind the changes
        model, changes = "-", (model, *(change for change in changes if change != "-"))
    wanted = chosen(split(concepts) if concepts else None)
    if list is not None and list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    if levers and changes:
        raise CallError("--levers tries every single change by itself; leave out the changes, or --levers")
    if not levers and not changes:
        raise CallError("what if what? Give a change in quotes, such as 'usa 2 dropped', or --levers for all of them")
    drawing = ready(pictures, json=json)
    if drawing and not levers:
        raise CallError("--svg and --png draw the levers of a model: add --levers")
    names = split(reading)
    with watching(limits) as watch:
        watch.phase("reading the model")
        valid = speak(lang, open_model(model).valid(), json=json)
        under = with_readings(valid, names)
        if levers:
            stopped = _levers(valid, names, where, wanted, list, watch, drawing, json=json)
        else:
            stopped = _what_if(under, names, changes, where, wanted, list, watch, json=json)
    if stopped:
        say(f"bestand: {stopped}; what is told is what was finished by then")
        return STOPPED
    return DONE


def _what_if(
    model: Model,
    names: tuple[str, ...],
    changes: tuple[str, ...],
    where: str | None,
    concepts: tuple[str, ...],
    most: int | None,
    watch: Watch,
    *,
    json: bool,
) -> Stop | None:
    from bestand.answer.given import formula_of
    from bestand.document.terminal import show
    from bestand.questions.what_if import comparison as whatif
    from bestand.questions.what_if.answer import changes_of
    from bestand.questions.what_if.data import what_if_data
    from bestand.questions.what_if.words import what_if_answer

    formula = model.plan if where is None else formula_of(where, model)
    found = whatif.what_if(model, changes_of(changes, model), concepts, formula, None, watch)
    if json:
        print_json(what_if_data(found, names, 100 if most is None else most))
    else:
        show(what_if_answer(found, names, 3 if most is None else most))
    return found.stopped


def _levers(
    model: Model,
    names: tuple[str, ...],
    where: str | None,
    concepts: tuple[str, ...],
    most: int | None,
    watch: Watch,
    drawing: PictureFlags | None,
    *,
    json: bool,
) -> Stop | None:
    from bestand.document.terminal import show
    from bestand.model.changing import apply_readings
    from bestand.questions.what_if.answer import asked_about
    from bestand.questions.what_if.data import levers_data
    from bestand.questions.what_if.levers import levers
    from bestand.questions.what_if.levers_words import levers_answer
    from bestand.questions.what_if.picture import levers_picture

    found = levers(model, asked_about(where, model), concepts, apply_readings(model, names), watch)
    if drawing:
        nothing = "no lever changes anything, so that there is nothing to draw"
        draw(drawing, lambda: levers_picture(model, found, names), nothing)
    elif json:
        print_json(levers_data(model, found, names, len(found.tried) if most is None else most))
    else:
        show(levers_answer(model, found, names, 20 if most is None else most))
    return found.stopped
