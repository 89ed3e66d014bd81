"""An explanation in the symbols of the field: bit strings, ranks, and who can move where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bestand.document.blocks import Block, Line, heading, paragraph, table
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.words import size
from bestand.stability.registry import EVERY
from bestand.witness.witness import Evidence, Flip, Levels, Proof, Witness

SHOWN = 12  # states of a set that are written out

_SIGNS = {"worse": "≺", "equal": "~", "better": "≻"}
_ORDER = {"worse": "<", "equal": "=", "better": ">"}
_REPLIES = {"none": "", "any": "R_{N−i}(s1)", "credible": "R_{N−i}^+(s1)", "best": "B_{N−i}(s1)"}


def definition(concept: str) -> str:
    """A concept as its module defines it, in symbols.

    Examples
    --------
    >>> definition("seq")
    '∀ s1 ∈ R_i^+(s)  ∃ s2 ∈ R_{N−i}^+(s1):  s ≽_i s2'
    """
    facts = EVERY[concept]
    if facts.replies == "none":
        return "R_i^+(s) = ∅"
    told = f"∀ s1 ∈ R_i^+(s)  ∃ s2 ∈ {_REPLIES[facts.replies]}:  s ≽_i s2"
    return f"{told}  ∧  ∀ s3 ∈ R_i(s2): s ≽_i s3" if facts.counters else told


def symbols(model: Model, witnesses: Iterable[Witness], most: int = SHOWN) -> Iterator[Block]:
    """What each verdict rests on, state by state.

    Parameters
    ----------
    model : Model
    witnesses : iterable of Witness
    most : int
        How many improvements, and how many states of a set, are written out.
    """
    yield heading(_("In symbols"))
    yield paragraph(_("States are bits in this order: {options}.", options=listing(model.bit)))
    for found in witnesses:
        party = model.parties[found.party].id
        yield Line()
        yield paragraph(f"i = {party}, s = {model.bits(found.state)}, {found.concept}: {definition(found.concept)}")
        yield paragraph(f"|R_i(s)| = {size(found.moves)}, |R_i^+(s)| = {size(found.improvements)}", 4)
        if found.answers:
            yield from _answers(model, found, most)
        if found.evidence is not None:
            yield from _evidence(model, found, found.evidence, most)


def _answers(model: Model, found: Witness, most: int) -> Iterator[Block]:
    """Improvements, and the way to the end of each answer, with how many states the party ranks lower."""
    header = [_p("column of a table", "s1 ∈ R_i^+(s)"), _p("column of a table", "ranked below s1")]
    if found.stable:
        header += [_p("column of a table", "answer, to s2"), _p("column of a table", "s2 beside s, ranked below s2")]
    if found.stable and EVERY[found.concept].counters:
        header.append("|R_i(s2)|")
    rows = []
    for answer in found.answers[:most]:
        row = [model.bits(answer.improvement), number(answer.standing.lower)]
        if answer.end is not None:
            steps = [f"→{model.parties[step.party].id} {model.bits(step.state)}" for step in answer.steps]
            row += [" ".join(steps), f"{_SIGNS[answer.end.compared]} {number(answer.end.lower)}"]
        if answer.afterwards is not None:
            row.append(number(answer.afterwards.moves))
        rows.append(row)
    yield table(header, rows, (0, 2) if found.stable else (0,))
    rest = found.improvements - len(rows)
    if found.stable and rest:
        more = _n("{n} more improvement is not written out.", "{n} more improvements are not written out.", rest)
        yield paragraph(more, 4)


def _evidence(model: Model, found: Witness, evidence: Evidence, most: int) -> Iterator[Block]:
    here = evidence.standing
    yield paragraph(_("{lower} of {of} states are ranked below s.", lower=size(here.lower), of=size(here.of)), 4)
    if evidence.proof is not None and EVERY[found.concept].replies != "none":
        yield paragraph(_set(model, found, evidence.proof, most), 4)
    if evidence.levels is not None:
        yield paragraph(_levels(model, evidence.levels), 4)
    yield paragraph(_flip(model, evidence.flip), 4)


def _set(model: Model, found: Witness, proof: Proof, most: int) -> str:
    """What the others can make of the open improvement, itself included."""
    count = proof.reached.count()
    told = ", ".join(map(model.bits, proof.reached.first(most)))
    dots = ", …" if count > most else ""
    name = _REPLIES[EVERY[found.concept].replies]
    written = f"|{{s1}} ∪ {name}| = {size(count)}: {{{told}{dots}}}"
    if not proof.moved:
        return f"{written}, ∀ s2: s2 ≻_i s"
    return f"{written}, ∀ s2: s2 ≻_i s ∨ ∃ s3 ∈ R_i(s2): s3 ≻_i s ({size(proof.moved.count())})"


def _levels(model: Model, levels: Levels) -> str:
    if levels.maximin is None or levels.minimax is None:
        return _undefined(levels)
    return ", ".join(
        f"{name}_i = u_i({model.bits(level.state)}) {_ORDER[level.standing.compared]} u_i(s)"
        for name, level in (("maximin", levels.maximin), ("minimax", levels.minimax))
    )


def _undefined(levels: Levels) -> str:
    match levels.undefined:
        case "infeasible states":  # no message: what data say
            return _("Maximin and minimax are not defined: not every combination of options is feasible.")
        case "one-way options":  # no message: what data say
            return _("Maximin and minimax are not defined: some options can change in one direction only.")
        case _:
            return _("Maximin and minimax are not defined: some moves are forbidden.")


def _flip(model: Model, flip: Flip | None) -> str:
    if flip is None:
        return _("No single comparison turns the verdict.")
    sign, turned = _SIGNS[flip.standing.compared], "≼" if flip.standing.compared == "better" else "≻"
    return _n(
        "The verdict turns where {now} becomes {then}; {count} single comparison would turn it.",
        "The verdict turns where {now} becomes {then}; {count} single comparisons would turn it.",
        flip.count,
        now=f"{model.bits(flip.state)} {sign}_i s",
        then=f"{model.bits(flip.state)} {turned}_i s",
        count=size(flip.count),
    )
