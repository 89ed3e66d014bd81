"""``bestand analyse``."""

from __future__ import annotations

from .common import (
    Concepts,
    Json,
    ModelName,
    Words,
    command,
    formula_of,
    open_model,
    print_json,
    say,
    split,
    with_readings,
)


@command
def analyse(
    model: ModelName,
    *,
    concepts: Concepts = None,
    engine: str | None = None,
    where: str | None = None,
    reading: Words = None,
    list: int = 1000,  # noqa: A002 - the flag is called --list
    json: Json = False,
) -> None:
    """Does it hold? What is stable, for whom, and where things drift.

    The answer comes first in words, then the equilibria as a table: options as rows, one column for each equilibrium,
    or for each pattern of them where there are many (- is an option that varies).

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue (bestand cases lists them), or - for standard input.
    concepts
        Stability concepts, with commas between them: nash, gmr, smr, seq, sseq. All five unless told.
    engine
        How to compute: cube, listed or arcs. Chosen to suit the model unless told; the answer is the same.
    where
        Show only equilibria that satisfy this formula, such as 'ceasefire and not ukraine.cede'.
    reading
        Apply these readings of the model first (bestand readings MODEL lists them).
    list
        How many equilibria of a concept --json lists; those reached from the status quo come first.
    json
        Print one JSON document instead.
    """
    from bestand.analysis.solution import Solution
    from bestand.model.errors import CallError, TooManyStates
    from bestand.stability.registry import chosen

    wanted = chosen(split(concepts) if concepts else None)
    if list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    readings = split(reading)
    document = open_model(model)
    under = with_readings(document.valid(), readings)
    kept = formula_of(where, under)
    try:
        solution = Solution(under, engine)
    except TooManyStates as error:
        if json:
            from bestand.report.data import stopped_data

            print_json({**stopped_data(under, str(error)), "readings": [*readings]})
        raise
    if json:
        from bestand.report.data import analysis_data

        print_json({**analysis_data(solution, wanted, list, kept), "readings": [*readings]})
        return
    from bestand.analysis.doctor import doubts
    from bestand.report.page import page, show
    from bestand.report.terminal import answer
    from bestand.report.words import plural

    show(answer(page(), solution, wanted, kept, readings))
    doubtful = len(document.problems) + len(doubts(solution.space))
    if doubtful:
        say(f"\n{plural(doubtful, 'thing')} doubtful in this model: bestand check {model} says what.")
