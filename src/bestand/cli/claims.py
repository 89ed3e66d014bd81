"""``bestand claims``."""

from __future__ import annotations

from .common import Json, ModelName, Words, command, open_model, print_json, say, split, with_readings


@command
def claims(
    model: ModelName, *, claim: Words = None, reading: Words = None, brief: bool = False, json: Json = False
) -> None:
    """Which of an author's conclusions follow from the model?

    Each claim holds, does not hold, depends on the stability concept, or cannot be said; with what was found, who says
    it, and, where it only repeats a premise, the answer without that premise.

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    claim
        Only these claims, by id; all unless told.
    reading
        Apply these readings of the model first.
    brief
        One line for each claim.
    json
        Print one JSON document instead.
    """
    from bestand.analysis.claims import ask_claim
    from bestand.analysis.solution import Solver
    from bestand.model.changing import apply_readings
    from bestand.model.errors import CallError, nearest
    from bestand.report.claims import brief_line, claim_answer
    from bestand.report.data import claims_data
    from bestand.report.page import page, progress, show
    from bestand.report.words import readings_words

    valid = open_model(model).valid()
    known = {entry.id: entry for entry in valid.claims}
    for name in split(claim):
        if name not in known:
            hint = nearest(name, known) or f"claims: {', '.join(known) or 'none'}"
            raise CallError(f"there is no claim '{name}'; {hint}")
    asked = [known[name] for name in split(claim)] or [*valid.claims]
    names = split(reading)
    with_readings(valid, names)  # that they go together is the caller's business, not the claims'
    solver = Solver(valid, apply_readings(valid, names))
    results = [ask_claim(solver, entry) for entry in progress(asked, "claims")]
    if json:
        print_json(claims_data(valid, names, results))
        return
    if not results:
        say("This model makes no claims.")
    elif names:
        show([page().paragraph(readings_words(valid, names), 0, "yellow")])
    for result in results:
        show([brief_line(page(), result)] if brief else claim_answer(page(), valid, result))
