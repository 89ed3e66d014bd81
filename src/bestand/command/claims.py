"""``bestand claims``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from bestand.document.blocks import paragraph

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
from .watching import LimitFlags, watching

if TYPE_CHECKING:
    from bestand.engine.limits import Watch
    from bestand.model.model import Model
    from bestand.model.values import Claim
    from bestand.solve.claims import ClaimResult
    from bestand.solve.solution import Solver


@command
def claims(
    model: ModelName,
    *,
    claim: Words = None,
    reading: Words = None,
    concepts: Concepts = None,
    why: Annotated[bool, Parameter(negative="")] = False,
    depth: int | None = None,
    workers: int | None = None,
    brief: bool = False,
    lang: Lang = None,
    json: Json = False,
    limits: LimitFlags | None = None,
) -> int:
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
    concepts
        Ask what names no concept under these only: nash, gmr, smr, seq, sseq. Under all five unless told.
    why
        Which premises carry each conclusion: every statement of every party is dropped, and exchanged with its
        neighbour, and whatever gives the claim another verdict is named, with how well it is founded.
    depth
        With --why: how many changes such a set has at most; 1 unless told.
    workers
        With --why: how many processes look through sets of two changes or more; one for each processor unless told.
    brief
        One line for each claim.
    lang
        The language of the answer, en or nl; that of the model unless told.
    json
        Print one JSON document instead.
    """
    from bestand.answer.claims import brief_line, claim_answer
    from bestand.answer.data import claims_data
    from bestand.document.terminal import show
    from bestand.model.changing import apply_readings
    from bestand.model.errors import CallError
    from bestand.prose.messages import _
    from bestand.prose.words import concepts_words, readings_words
    from bestand.solve.solution import Solver
    from bestand.stability.registry import chosen

    under = chosen(split(concepts) if concepts else None)
    if why:
        return _why(model, split(claim), split(reading), under, depth, workers, limits, lang, brief=brief, json=json)
    if depth is not None or workers is not None:
        raise CallError(
            f"{'--depth' if depth is not None else '--workers'} says how to look for what --why asks; add --why"
        )
    with watching(limits) as watch:
        watch.phase("reading the model")
        valid = speak(lang, open_model(model).valid(), json=json)
        asked = _asked(valid, split(claim))
        names = split(reading)
        with_readings(valid, names)  # that they go together is the caller's business, not the claims'
        solver = Solver(valid, apply_readings(valid, names), watch=watch)
        results, stopped = _answers(solver, asked, under, watch)
    if json:
        print_json({**claims_data(valid, names, results), "concepts": [*under], "stopped": stopped})
    else:
        if not results and not stopped:
            say(_("This model makes no claims."))
        elif names:
            show([paragraph(readings_words(valid, names), 0, "yellow")])
        if concepts and results:
            show([paragraph(concepts_words(under), 0, "yellow")])
        for result in results:
            show([brief_line(result)] if brief else claim_answer(valid, result))
    if stopped:
        say(f"bestand: {stopped}; {len(results)} of {len(asked)} claims are answered")
        return STOPPED
    return DONE


def _why(
    model: str,
    asked: tuple[str, ...],
    names: tuple[str, ...],
    concepts: tuple[str, ...],
    depth: int | None,
    workers: int | None,
    limits: LimitFlags | None,
    lang: str | None,
    *,
    brief: bool,
    json: bool,
) -> int:
    from bestand.document.terminal import show
    from bestand.model.changing import apply_readings
    from bestand.questions.claims.answer import claims_of
    from bestand.questions.claims.reasons import reasons
    from bestand.questions.claims.why_data import why_data
    from bestand.questions.claims.why_words import brief_why, depth_words, why_answer
    from bestand.solve.workers import crew

    with watching(limits) as watch:
        watch.phase("reading the model")
        valid = speak(lang, open_model(model).valid(), json=json)
        with_readings(valid, names)
        claims = claims_of(valid, asked or None)
        steps = 1 if depth is None else depth
        found = reasons(valid, claims, steps, apply_readings(valid, names), crew(workers), watch, concepts)
    if json:
        print_json(why_data(valid, names, found))
    elif brief:
        show([brief_why(reason, found) for reason in found.reasons])
        show([paragraph(depth_words(found), 0, "dim")])
    else:
        show(why_answer(valid, found, names))
    if found.stopped:
        say(f"bestand: {found.stopped}; what is told is what was found by then")
        return STOPPED
    return DONE


def _asked(valid: Model, names: tuple[str, ...]) -> list[Claim]:
    """The claims of those ids; all where none is named."""
    from bestand.model.errors import CallError, nearest

    known = {entry.id: entry for entry in valid.claims}
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"claims: {', '.join(known) or 'none'}"
            raise CallError(f"there is no claim '{name}'; {hint}")
    return [known[name] for name in names] or [*valid.claims]


def _answers(
    solver: Solver, asked: list[Claim], concepts: tuple[str, ...], watch: Watch
) -> tuple[list[ClaimResult], str | None]:
    """The answers to the claims, and the limit that kept the rest from being answered, if any."""
    from bestand.model.errors import LimitReached
    from bestand.solve.claims import ask_claim

    results: list[ClaimResult] = []
    try:
        watch.phase("putting the claims", len(asked))
        for claim in asked:
            results.append(ask_claim(solver, claim, concepts))
            watch.step()
    except LimitReached as error:
        return results, str(error)
    return results, None
