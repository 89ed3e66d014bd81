"""``bestand settle``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.model.errors import CallError, LimitReached

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
from .watching import LimitFlags, watching

if TYPE_CHECKING:
    from bestand.engine.limits import Watch
    from bestand.model.model import Model


@command
def settle(
    model: ModelName,
    formula: str | None = None,
    /,
    *,
    concepts: Concepts = None,
    party: Words = None,
    kinds: Words = None,
    depth: int | None = None,
    list: int = 5,  # noqa: A002 - the flag is called --list
    count: bool = False,
    state: str | None = None,
    reading: Words = None,
    lang: Lang = None,
    json: Json = False,
    limits: LimitFlags | None = None,
) -> int:
    """What would it take? The smallest changes that make a wanted state an equilibrium.

    For example: bestand settle press/wynia2025/ukraine "ceasefire and not ukraine.cede" --concepts seq. Every answer
    was put to the forward engine; the lines "Try it" repeat it. With --count --state STATE --party PARTY: how many of
    the strict rankings that the party could have make that state an equilibrium, exactly.

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    formula
        What the wanted state satisfies, such as 'ceasefire and not ukraine.cede'; the plan of the model unless told.
    concepts
        Stability concepts, with commas between them: nash, gmr, smr, seq, sseq. All five unless told.
    party
        Only these parties may be asked to change; all unless told.
    kinds
        What may change: wishes, rankings, moves, offers. All unless told.
    depth
        Up to how many changes of wishes, or of moves, to look: 2 unless told, but 1 of moves where there are more than
        100 states. Where some number does, no larger one is tried.
    list
        How many answers of a kind to give, and one more for each concept that these leave out.
    count
        Count rankings instead.
    state
        The state to count for: bits, a label, status-quo, or its yes options with commas between them.
    reading
        Apply these readings of the model first.
    lang
        The language of the answer, en or nl; that of the model unless told.
    json
        Print one JSON document instead.
    """
    from bestand.document.terminal import show
    from bestand.model.changing import apply_readings
    from bestand.questions.settle.data import settling_data, stopped_data
    from bestand.questions.settle.search import Search, parties_of, wanted_of
    from bestand.questions.settle.settlements import kinds_of
    from bestand.questions.settle.words import settling_answer
    from bestand.stability.registry import chosen

    if formula == "-":  # standard input always comes last
        model, formula = formula, model
    names = split(reading)
    wanted_kinds = kinds_of(split(kinds) or None)
    asked = chosen(split(concepts) if concepts else None)
    with watching(limits) as watch:
        watch.phase("reading the model")
        valid = speak(lang, open_model(model).valid(), json=json)
        under = with_readings(valid, names)
        if count:
            if formula is not None:
                raise CallError(f"--count is about one state; give --state, and no formula ({formula})")
            return _counted(valid, under, state, split(party), asked, names, watch, json=json)
        if state is not None:
            raise CallError("--state goes with --count; without it, give a formula for the wanted states")
        wanted = wanted_of(valid, formula_of(formula, valid))
        parties = parties_of(valid, split(party) or None)
        try:
            search = Search(valid, apply_readings(valid, names), wanted, asked, parties, depth, list, watch)
        except LimitReached as error:
            error.known = stopped_data(valid, wanted, names, str(error))
            raise
        found = search.settle(wanted_kinds)
    if json:
        print_json(settling_data(found, names))
    else:
        show(settling_answer(valid, found, names, model))
    if found.stopped:
        say(f"bestand: {found.stopped}; this is a part of the answer")
        return STOPPED
    return DONE


def _counted(
    valid: Model,
    under: Model,
    state: str | None,
    party: tuple[str, ...],
    concepts: tuple[str, ...],
    names: tuple[str, ...],
    watch: Watch,
    *,
    json: bool,
) -> int:
    """The answer of ``--count``."""
    from bestand.document.terminal import show
    from bestand.questions.settle.data import count_data
    from bestand.questions.settle.rankings_count import count_for
    from bestand.questions.settle.words import count_answer
    from bestand.solve.positions import find_party, find_state
    from bestand.solve.solution import Solution

    if state is None or len(party) != 1:
        raise CallError("--count needs one --state and one --party: whose rankings make which state an equilibrium")
    i = find_party(under, party[0])
    solution = Solution(under, watch=watch)
    at = find_state(solution.space, state)
    counts = {concept: count_for(solution, at, i, concept, watch) for concept in concepts}
    mask, id = int(solution.space.states[at]), under.parties[i].id
    if json:
        print_json(count_data(under, mask, id, counts, names))
    else:
        show(count_answer(valid, mask, id, counts, names))
    return DONE
