"""What holds in a model in words: the verdict first, then today and the drift, and the equilibria as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bestand.answer.opening import legend, opening
from bestand.document.blocks import Block, Bullets, heading, paragraph, table
from bestand.model.formula import Formula, OutcomeAtom, text
from bestand.model.model import Model
from bestand.plan.holding_words import holding_part
from bestand.plan.ruling_part import parties_part, ruling_part
from bestand.plan.version_words import versions_part
from bestand.prose.messages import _, _n, _p, _s, listing, number
from bestand.prose.names import concept_name, concept_names, formula_words, plan_words
from bestand.prose.phrases import doing_words, party_name, path_words
from bestand.prose.spoken import spoken
from bestand.prose.words import percent, size, titled
from bestand.stability.registry import firm
from bestand.witness.words import grounds_words

from .screen import screen
from .tables import column_names, option_table, pattern_table
from .unasked import instead, no_verdict_words

if TYPE_CHECKING:
    from bestand.plan.holding import Holding

    from .answer import Result, Tally
    from .drift import Drift, RestingPlace
    from .equilibria import Equilibria
    from .today import Today


def blocks(result: Result, width: int) -> Iterator[Block]:
    """Tell an answer; where a limit was reached, what was finished, and that."""
    model = spoken(result.model)
    if result.ruling is not None and not result.full and result.tally is None:
        yield from screen(model, result, result.ruling)
        return
    yield from opening(model, result.feasible, result.engine, result.because, result.readings)
    if result.tally is not None:
        yield from partial_part(model, result, result.tally)
        return
    yield from parts(model, result, width)
    yield from instead(model, result)


def parts(model: Model, result: Result, width: int) -> Iterator[Block]:
    """Tell an answer whose verdicts are finished, without what it is about.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    result : Result
    width : int
        Of the page, in columns.
    """
    for section in _sections(model, result, width):
        if section is None:
            yield heading(_("The answer ends here"), "yellow")
            yield paragraph(_("{Limit}. What stands above is complete in itself.", limit=result.stopped))
            return
        yield from section


def _sections(model: Model, result: Result, width: int) -> Iterator[Iterable[Block] | None]:
    """The sections in reading order; None for one that a limit kept from being worked out."""
    if model.plan is not None:
        yield None if result.plan is None else _plan(model, result, result.plan)
    if result.today is not None:
        yield today_part(model, result.today)
    elif result.drift is None:
        yield None
    drift = None if result.drift is None else drift_part(model, result, result.drift)
    yield from (drift, _counts(model, result)) if result.listed is not None else (_counts(model, result), drift)
    for group in result.groups:
        yield None if group.columns is None else _equilibria(model, result, group, width)
    yield legend(model)


def _plan(model: Model, result: Result, holding: Holding) -> Iterator[Block]:
    """Tell the verdict on the plan, and where the plan is an equilibrium."""
    if result.ruling is not None:
        yield from ruling_part(model, result.ruling)
        yield from parties_part(model, result.ruling)
        yield from versions_part(model, result.ruling)
        yield heading(_("Where the plan is an equilibrium"))
    else:
        yield heading(_("Does it hold? The plan: {plan}", plan=plan_words(model, holding.plan)))
        if why := no_verdict_words(model, result):
            yield paragraph(why)
    yield from holding_part(model, holding)


def partial_part(model: Model, result: Result, tally: Tally) -> Iterator[Block]:
    """Tell what is finished, party by party, where a limit was reached before all verdicts were."""
    yield heading(_("This is a part of the answer"), "yellow")
    yield paragraph(_("{Limit}.", limit=result.stopped))
    rows = []
    for concept, counts in tally.stable.items():
        if all(count is None for count in counts):
            continue  # told below
        common = tally.common[concept]
        told = "?" if common is None else size(common)
        if common is not None and None in counts:
            told = _("at most {number}", number=told)
        rows.append((concept, *("?" if count is None else size(count) for count in counts), told))
    if rows:
        yield paragraph(_("States that are stable for each party, and for every party (? is not finished):"))
        header = (_p("column of a table", "concept"), *(party.title for party in model.parties))
        yield table((*header, _p("column of a table", "equilibria")), rows)
    unfinished = [concept for concept in result.concepts if concept not in result.stable]
    if unfinished:
        yield paragraph(_("Not finished: {concepts}.", concepts=concept_names(unfinished)))
    else:
        yield paragraph(_("The rest was not begun."))
    if tally.backend not in (None, "cudd"):
        call = 'pip install "bestand[symbolic]"'  # no message: a command
        yield paragraph(_("With the extra symbolic (CUDD), hard models take less time: {call}.", call=call))


# ---- today ----


def today_part(model: Model, today: Today) -> Iterator[Block]:
    """Tell where things stand, and who has reason to leave it."""
    asked = tuple(today.stable)
    yield heading(_("Where things stand: the status quo"))
    yield Bullets(
        tuple(
            _(
                "{Party} {move}.",
                party=party_name(model, party.id),
                move=doing_words(model, party.id, today.state, whole=True),
            )
            for party in model.parties
            if party.options
        )
    )
    if today.holding:
        yield paragraph(_holding_words(today.holding, asked))
    for i, party in enumerate(model.parties):
        leaving = today.leaving(i)
        if not leaving:
            continue
        told = _leaving_words(party_name(model, party.id), leaving, asked)
        grounds = today.grounds[i] if today.grounds else None
        yield paragraph(told if grounds is None else f"{told} {grounds_words(model, grounds)}")


def _holding_words(holding: Sequence[str], asked: Sequence[str]) -> str:
    """Under which concepts the status quo is an equilibrium."""
    if len(holding) == len(asked) > 1:
        return _("It is an equilibrium under every concept asked.")
    return _("It is an equilibrium under {concepts}.", concepts=concept_names(holding))


def _leaving_words(party: str, leaving: Sequence[str], asked: Sequence[str]) -> str:
    """Under which concepts a party has reason to leave the status quo."""
    if len(leaving) == len(asked) > 1:
        return _s(
            "{Party} has reason to leave it, under every concept asked.",
            "{Party} have reason to leave it, under every concept asked.",
            party,
        )
    return _s(
        "{Party} has reason to leave it, under {concepts}.",
        "{Party} have reason to leave it, under {concepts}.",
        party,
        concepts=concept_names(leaving),
    )


# ---- drift ----


def drift_part(model: Model, result: Result, drift: Sequence[Drift]) -> Iterator[Block]:
    """Tell what is reached from today, and where it comes to rest; nothing where there is no today."""
    if not drift:
        return
    yield heading(_("Where it drifts"))
    if result.on_purpose is not None and result.ruling is not None:
        yield paragraph(_on_purpose(result, *result.on_purpose.drifts[result.ruling.concept]))
    if drift[0].moves is None:
        yield from _drift_of_sets(result, drift[0])
        return
    yield from _drift_by(model, result, drift[0])
    if drift[0].states > 1:
        for other in drift[1:]:
            yield from _drift_by(model, result, other)


def _on_purpose(result: Result, states: int, ends: Sequence[Sequence[int]]) -> str:
    """Tell how far the parties come that do what pays once they reckon with the answers, and nothing else."""
    return _n(
        "Doing on purpose what pays once they reckon with the answers, the parties come to {reached} of {number} "
        "states, and that ends in {n} way.",
        "Doing on purpose what pays once they reckon with the answers, the parties come to {reached} of {number} "
        "states, and that ends in {n} ways.",
        len(ends),
        reached=size(states),
        number=size(result.feasible),
    )


def _drift_of_sets(result: Result, drift: Drift) -> Iterator[Block]:
    if drift.states == 1:
        yield paragraph(_nothing_reached())
        return
    yield paragraph(
        _n(
            "By improvements alone, {reached} of {number} state can be reached ({share}).",
            "By improvements alone, {reached} of {number} states can be reached ({share}).",
            result.feasible,
            reached=size(drift.states),
            number=size(result.feasible),
            share=percent(drift.states, result.feasible),
        )
    )
    reached = {concept: group.reached or 0 for group in result.groups for concept in group.concepts}
    rows = [(concept, size(reached[concept])) for concept in result.concepts]
    yield table((_p("column of a table", "concept"), _p("column of a table", "equilibria reached")), rows)


def _drift_by(model: Model, result: Result, drift: Drift) -> Iterator[Block]:
    if drift.states == 1:
        yield paragraph(_nothing_reached())
        return
    resting = drift.resting or 0
    yield paragraph(f"{_reached_words(drift, result.feasible)} {_resting_words(resting)}")
    rest = resting - len(drift.nearest)
    more = [_n("and {n} more", "and {n} more", rest)] if rest else []
    if drift.nearest:
        start = 0 if result.today is None else result.today.state
        yield Bullets((*(_resting_place(model, start, place) for place in drift.nearest), *more))


def _nothing_reached() -> str:
    """Tell that nobody can improve on the status quo."""
    return _("By improvements alone, nothing but the status quo itself is reached.")


def _reached_words(drift: Drift, total: int) -> str:
    values = {
        "reached": number(drift.states),
        "share": percent(drift.states, total),
        "moves": _n("{n} move", "{n} moves", drift.moves or 0),
    }
    if drift.by == "improving":
        return _n(
            "By improvements alone, {reached} of {n} state can be reached ({share}), in at most {moves}.",
            "By improvements alone, {reached} of {n} states can be reached ({share}), in at most {moves}.",
            total,
            **values,
        )
    return _n(
        "If every mover takes its best move, {reached} of {n} state can be reached ({share}), in at most {moves}.",
        "If every mover takes its best move, {reached} of {n} states can be reached ({share}), in at most {moves}.",
        total,
        **values,
    )


def _resting_words(count: int) -> str:
    if not count:
        return _("In none of them do things come to rest: in each, some party can improve.")
    return _n(
        "One of them is a resting place, where nobody can improve:",
        "{n} of them are resting places, where nobody can improve:",
        count,
    )


def _resting_place(model: Model, start: int, place: RestingPlace) -> str:
    told = path_words(model, start, place.path) or _("the status quo itself")
    if not place.outcomes:
        return _("{Path}.", path=told)
    outcomes = listing(formula_words(model, OutcomeAtom(outcome)) for outcome in place.outcomes)
    return _("{Path}. True there: {outcomes}.", path=told, outcomes=outcomes)


# ---- equilibria ----


def _counts(model: Model, result: Result) -> Iterator[Block] | None:
    """Tell how many equilibria each concept has, and how many are of each outcome; None where nobody knows."""
    return counts_part(model, result) if result.groups else None


def counts_part(model: Model, result: Result) -> Iterator[Block]:
    """Tell how many equilibria each concept has, how many are reached, and how many are of each outcome."""
    yield heading(_counts_heading(result.where))
    reached = result.listed is not None and result.today is not None
    header = [_p("column of a table", "concept"), _p("column of a table", "equilibria")]
    if reached:
        header.append(_p("column of a table", "reached by improvements"))
    rows = []
    groups = {concept: group for group in result.groups for concept in group.concepts}
    for concept in result.concepts:
        group = groups[concept]
        counts = (group.count, *([group.reached or 0] if reached else []), *group.outcomes)
        rows.append((concept, *map(size, counts)))
    yield table((*header, *(outcome.name for outcome in model.outcomes)), rows)
    yield from loose_part(result)


def _counts_heading(where: Formula | None) -> str:
    """Tell what the table of equilibria is called."""
    if where is None:
        return _("Equilibria: states that no party has reason to leave")
    return _("Equilibria, which no party has reason to leave, where {formula}", formula=text(where))


def loose_part(result: Result) -> Iterator[Block]:
    """Tell how many equilibria rest on answers that a sensible party would not choose."""
    for concept in result.concepts:
        group = result.group(concept)
        count = 0 if group is None else group.loose.get(concept, 0)
        if group is None or not count:
            continue
        values = {"concept": concept_name(concept), "firm": titled([firm(concept) or concept])}
        if count == group.count:
            words = _n(
                "The one equilibrium under {concept} is held only by answers that are not the best move of whoever "
                "gives them; {firm} counts best moves alone.",
                "All {n} equilibria under {concept} are held only by answers that are not the best move of whoever "
                "gives them; {firm} counts best moves alone.",
                count,
                **values,
            )
        else:
            words = _n(
                "{n} of the {total} equilibria under {concept} is held only by answers that are not the best move of "
                "whoever gives them; {firm} counts best moves alone.",
                "{n} of the {total} equilibria under {concept} are held only by answers that are not the best move of "
                "whoever gives them; {firm} counts best moves alone.",
                count,
                total=number(group.count),
                **values,
            )
        yield paragraph(words)


def equilibria_heading(group: Equilibria, *, kept: bool = False) -> str:
    """Tell which concepts have how many equilibria, and (kept) how many of them satisfy what was asked for."""
    values = {"concepts": titled(group.concepts), "number": size(group.total)}
    if not kept:
        return _n("{Concepts}: {number} equilibrium", "{Concepts}: {number} equilibria", group.total, **values)
    return _n(
        "{Concepts}: {kept} of {number} equilibrium",
        "{Concepts}: {kept} of {number} equilibria",
        group.total,
        kept=size(group.count),
        **values,
    )


def no_equilibrium() -> str:
    """Tell that a concept has none."""
    return _("No state is stable for every party.")


def _equilibria(model: Model, result: Result, group: Equilibria, width: int) -> Iterator[Block]:
    yield heading(equilibria_heading(group, kept=result.where is not None))
    if not group.total:
        yield paragraph(no_equilibrium())
    if not group.count or group.columns is None:
        return
    label = max(24, *(len(option.id) for option in model.options)) if model.options else 24
    if result.listed is None:
        shown = group.columns.first(max(1, (width - label - 4) // 7))
        yield from pattern_table(model, shown, group.count)
    else:
        shown = group.columns.first(max(1, (width - label - 4) // 9))
        yield option_table(model, result.today_column, shown, column_names(model, shown))
    rest = group.count - sum(shown.counts)
    if rest:
        yield paragraph(_rest_words(rest, listed=result.listed is not None))


def _rest_words(rest: int, *, listed: bool) -> str:
    """Tell how many equilibria have no column."""
    if listed:
        return _n(
            "And {n} more equilibrium: --where FORMULA narrows, a wider window shows more columns, --json lists it.",
            "And {n} more equilibria: --where FORMULA narrows, a wider window shows more columns, --json lists them.",
            rest,
        )
    return _n(
        "And {number} more equilibrium: --where FORMULA narrows, a wider window shows more columns, --json lists more.",
        "And {number} more equilibria: --where FORMULA narrows, a wider window shows more columns, --json lists more.",
        rest,
        number=size(rest),
    )
