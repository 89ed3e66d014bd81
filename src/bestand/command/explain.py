"""``bestand explain``."""

from __future__ import annotations

from .common import Concepts, Json, Lang, ModelName, Words, command, open_model, print_json, speak, split, with_readings
from .watching import LimitFlags, watching


@command
def explain(
    model: ModelName,
    *,
    state: str = "status-quo",
    party: Words = None,
    concepts: Concepts = None,
    steps: int = 3,
    symbols: bool = False,
    engine: str | None = None,
    reading: Words = None,
    lang: Lang = None,
    json: Json = False,
    limits: LimitFlags | None = None,
) -> None:
    """Why a state is stable for a party, or is not.

    Unstable: an improvement, and that nothing answers it. Stable: every improvement, and how the others would take the
    gain away. Then which one comparison of the party would turn the verdict.

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
    steps
        How many improvements to tell one by one, each with the steps of its answer; --json has up to 200.
    symbols
        The bit strings, ranks and sets of the field below the sentences.
    engine
        cube, listed, arcs or symbolic; bestand chooses unless told.
    reading
        Apply these readings of the model first.
    lang
        Speak English (en) or Dutch (nl); the language of the model unless told.
    json
        Print one JSON document instead.
    """
    from bestand.answer.data import head
    from bestand.document.terminal import show
    from bestand.model.errors import CallError
    from bestand.questions.explain.symbols import symbols as in_symbols
    from bestand.solve.positions import find_mask, find_party
    from bestand.solve.solution import Solution
    from bestand.solve.solve import solve
    from bestand.stability.registry import chosen
    from bestand.witness.data import witness_data
    from bestand.witness.search import explained
    from bestand.witness.words import explanation

    wanted = chosen(split(concepts) if concepts else None)
    if steps < 0:
        raise CallError(f"--steps {steps}: give 0 or more")
    valid = speak(lang, open_model(model).valid(), json=json)
    parties = [find_party(valid, name) for name in split(party)] or range(len(valid.parties))
    if valid.options and not split([state]):
        raise CallError("no state is given after --state; for the one in which no option is taken, write none")
    with watching(limits) as watch:
        solution = solve(with_readings(valid, split(reading)), engine, watch)
        if isinstance(solution, Solution):
            space = solution.space
            mask = find_mask(solution.model, state, lambda mask: space.index(mask) is not None)
        else:
            mask = find_mask(solution.model, state, solution.feasible.__contains__)
        watch.phase("looking for grounds", len(wanted) * len(parties))
        witnesses = []
        for concept in wanted:
            for i in parties:
                witnesses.append(explained(solution, mask, i, concept, None if json else max(steps, 1)))
                watch.step()
        document = json and {
            **head(solution.model),
            "engine": solution.engine.name,
            "verdicts": [witness_data(solution.model, found) for found in witnesses],
        }
    if json:
        print_json(document)
        return
    show(explanation(solution.model, witnesses, steps))
    if symbols:
        show(in_symbols(solution.model, witnesses))
