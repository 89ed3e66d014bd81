"""``bestand explain``."""

from __future__ import annotations

from .common import Concepts, Json, ModelName, Words, command, open_model, print_json, split, with_readings
from .watching import LimitFlags, watching


@command
def explain(
    model: ModelName,
    *,
    state: str = "status-quo",
    party: Words = None,
    concepts: Concepts = None,
    reading: Words = None,
    json: Json = False,
    limits: LimitFlags | None = None,
) -> None:
    """Why a state is stable for a party, or is not.

    Unstable: an improvement that nothing answers. Stable: every improvement, and how the others would take the gain
    away.

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    state
        status-quo, bits (0110), a label of the file, or the yes options with commas between them (none: no option).
    party
        Whose view; every party's unless told.
    concepts
        Under which stability concept, of those of bestand analyse; the five published ones unless told.
    reading
        Apply these readings of the model first.
    json
        Print one JSON document instead.
    """
    from bestand.analysis.naming import find_party, find_state
    from bestand.analysis.solution import Solution
    from bestand.analysis.witness import witness
    from bestand.model.errors import CallError
    from bestand.report.data import head, witness_data
    from bestand.report.page import page, show
    from bestand.report.words import verdict_words
    from bestand.stability.registry import chosen

    wanted = chosen(split(concepts) if concepts else None)
    valid = open_model(model).valid()
    parties = [find_party(valid, name) for name in split(party)] or range(len(valid.parties))
    if valid.options and not split([state]):
        raise CallError("no state is given after --state; for the one in which no option is taken, write none")
    with watching(limits) as watch:
        solution = Solution(with_readings(valid, split(reading)), watch=watch)
        at = find_state(solution.space, state)
        watch.phase("looking for grounds", len(wanted) * len(parties))
        witnesses = []
        for concept in wanted:
            for i in parties:
                witnesses.append(witness(solution, at, i, concept))
                watch.step()
    if json:
        print_json({**head(solution.model), "verdicts": [witness_data(solution, found) for found in witnesses]})
        return
    show(page().paragraph(words, 0) for words in verdict_words(solution, witnesses))
