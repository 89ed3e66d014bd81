"""An explanation in the symbols of the field: bit strings, ranks, and who can move where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bestand.document.blocks import Block, Line, heading, paragraph, table
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.words import size
from bestand.stability.concept import Rounds
from bestand.stability.registry import EVERY
from bestand.stability.replies import REPLIES
from bestand.witness.states import KeptStates
from bestand.witness.witness import Answer, Evidence, Flip, Levels, Proof, Stage, Witness

SHOWN = 12  # states of a set that are written out

_SIGNS = {"worse": "≺", "equal": "~", "better": "≻"}
_ORDER = {"worse": "<", "equal": "=", "better": ">"}


def definition(concept: str) -> str:
    """A concept as its module defines it, in symbols.

    Examples
    --------
    >>> definition("seq")
    '∀ s1 ∈ R_i^+(s)  ∃ s2 ∈ R_{N−i}^+(s1):  s ≽_i s2'
    """
    return in_symbols(EVERY[concept].rounds)


def in_symbols(rounds: Rounds) -> str:
    """Return what it is to be stable under a concept of such rounds, in symbols.

    Examples
    --------
    >>> in_symbols(("any", "own", "any"))
    '∀ s1 ∈ R_i^+(s)  ∃ s2 ∈ {s1} ∪ R_{N−i}(s1)  ∀ s3 ∈ {s2} ∪ R_i(s2), s3 ≻_i s  ∃ s4 ∈ {s3} ∪ R_{N−i}(s3):  s ≽_i s4'
    """
    if not rounds:
        return "R_i^+(s) = ∅"
    if len(rounds) <= 2:
        told = f"∀ s1 ∈ R_i^+(s)  ∃ s2 ∈ {_ends(rounds[0], 1)}:  s ≽_i s2"
    else:
        told = f"∀ s1 ∈ R_i^+(s)  ∃ s2 ∈ {{s1}} ∪ {_ends(rounds[0], 1)}"
        for at, kind in enumerate(rounds[2::2]):
            k = 2 * at + 3
            told += f"  ∀ s{k} ∈ {{s{k - 1}}} ∪ R_i(s{k - 1}), s{k} ≻_i s"
            told += f"  ∃ s{k + 1} ∈ {{s{k}}} ∪ {_ends(kind, k)}"
        told += f":  s ≽_i s{len(rounds[::2]) * 2}"
    last = len(rounds)
    return told if last % 2 else f"{told}  ∧  ∀ s{last + 1} ∈ R_i(s{last}): s ≽_i s{last + 1}"


def _ends(kind: str, at: int) -> str:
    """The ends of answers of a kind to the state s1, s3, …"""
    return f"{REPLIES[kind].sign}(s{at})"


def symbols(model: Model, witnesses: Iterable[Witness], most: int = SHOWN) -> Iterator[Block]:
    """Yield what each verdict rests on, state by state.

    Parameters
    ----------
    model : Model
    witnesses : iterable of Witness
    most : int
        How many improvements, and how many states of a set, are written out.
    """
    yield heading(_("In symbols"))
    yield paragraph(_("States are bits in this order: {options}.", options=listing(model.bit)))
    for witness in witnesses:
        party, rounds = model.parties[witness.party].id, EVERY[witness.concept].rounds
        yield Line()
        told = f"i = {party}, s = {model.bits(witness.state)}, {witness.concept}: {definition(witness.concept)}"
        yield paragraph(told)
        yield paragraph(f"|R_i(s)| = {size(witness.moves)}, |R_i^+(s)| = {size(witness.improvements)}", 4)
        if witness.answers:
            yield from _answers(model, rounds, witness, most)
        if witness.evidence is not None:
            yield from _evidence(model, rounds, witness.evidence, most)


def _answers(model: Model, rounds: Rounds, witness: Witness, most: int) -> Iterator[Block]:
    """Improvements, and the way to the end of each answer, with how many states the party ranks lower."""
    header = [_p("column of a table", "s1 ∈ R_i^+(s)"), _p("column of a table", "ranked below s1")]
    if witness.stable:
        header += [_p("column of a table", "answer, to s2"), _p("column of a table", "s2 beside s, ranked below s2")]
    if witness.stable and len(rounds) > 1:
        header.append("|R_i(s2)|")
    shown = witness.answers[:most]
    yield table(header, [_row(model, answer) for answer in shown], (0, 2) if witness.stable else (0,))
    rest = witness.improvements - len(shown)
    if witness.stable and rest:
        more = _n("{n} more improvement is not written out.", "{n} more improvements are not written out.", rest)
        yield paragraph(more, 4)
    yield from _in_turn(model, rounds[2:], shown, most, 3)


def _row(model: Model, answer: Answer) -> list[str]:
    row = [model.bits(answer.improvement), number(answer.standing.lower)]
    if answer.end is not None:
        steps = [f"→{model.parties[step.party].id} {model.bits(step.state)}" for step in answer.steps]
        row += [" ".join(steps) or f"= {model.bits(answer.last)}"]
        row += [f"{_SIGNS[answer.end.compared]} {number(answer.end.lower)}"]
    if answer.afterwards is not None:
        row.append(number(answer.afterwards.moves))
    return row


def _in_turn(model: Model, rounds: Rounds, answers: Sequence[Answer], most: int, k: int) -> Iterator[Block]:
    """Yield what the party can have after these answers, and the answers to that."""
    pairs = [
        (answer, further)
        for answer in answers
        if answer.afterwards is not None
        for further in answer.afterwards.answers or ()
    ]
    if not pairs:
        return
    header = [
        f"s{k - 1}",
        f"s{k} ∈ {{s{k - 1}}} ∪ R_i(s{k - 1})",
        _p("column of a table", "ranked below {s}", s=f"s{k}"),
    ]
    header.append(_p("column of a table", "answer, to {s}", s=f"s{k + 1}"))
    header.append(_p("column of a table", "{s} beside s, ranked below {s}", s=f"s{k + 1}"))
    if len(rounds) > 1:
        header.append(f"|R_i(s{k + 1})|")
    rows = [[model.bits(answer.last), *_row(model, further)] for answer, further in pairs[:most]]
    yield table(header, rows, (0, 1, 3))
    yield from _in_turn(model, rounds[2:], [further for _answer, further in pairs[:most]], most, k + 2)


def _evidence(model: Model, rounds: Rounds, evidence: Evidence, most: int) -> Iterator[Block]:
    here = evidence.standing
    yield paragraph(_("{lower} of {of} states are ranked below s.", lower=size(here.lower), of=size(here.of)), 4)
    if evidence.proof is not None and rounds:
        yield from (paragraph(each, 4) for each in _sets(model, rounds, evidence.proof, most))
    if evidence.levels is not None:
        yield paragraph(_levels(model, evidence.levels), 4)
    if evidence.flip_sought:
        yield paragraph(_flip(model, evidence.flip), 4)
    else:
        yield paragraph(_("Which comparison turns the verdict has not been looked for."), 4)


def _sets(model: Model, rounds: Rounds, proof: Proof, most: int) -> Iterator[str]:
    """Yield what the others can make of the open improvement, itself included, and what follows."""
    stage: Proof | Stage | None = proof
    k, start = 1, "{s1}"
    while stage is not None:
        ends = f"{REPLIES[rounds[0]].sign}(s1)" if k == 1 else f"{REPLIES[rounds[0]].sign}(S{k})"
        told, dots = _listed(model, stage.reached, most)
        written = f"|{start} ∪ {ends}| = {size(stage.reached.count())}: {{{told}{dots}}}"
        if stage.onward is not None:
            starts, more = _listed(model, stage.onward.starts, most)
            yield f"{written}, ∀ s{k + 1}: ({{s{k + 1}}} ∪ R_i(s{k + 1})) ∩ S{k + 2} ≠ ∅"
            count = size(stage.onward.starts.count())
            yield f"S{k + 2} = {{{starts}{more}}}, |S{k + 2}| = {count}, ∀ s{k + 2}: s{k + 2} ≻_i s"
        elif not stage.moved:
            yield f"{written}, ∀ s{k + 1}: s{k + 1} ≻_i s"
        else:
            escape = f"∃ s{k + 2} ∈ R_i(s{k + 1}): s{k + 2} ≻_i s"
            yield f"{written}, ∀ s{k + 1}: s{k + 1} ≻_i s ∨ {escape} ({size(stage.moved.count())})"
        stage, rounds, k = stage.onward, rounds[2:], k + 2
        start = f"S{k}"


def _listed(model: Model, states: KeptStates, most: int) -> tuple[str, str]:
    """The first states of a set, and dots where there are more."""
    return ", ".join(map(model.bits, states.first(most))), ", …" if states.count() > most else ""


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
