"""What a change does to the equilibria, for people: the answer to the question first, then the numbers, then states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.wording import changes_text
from bestand.plan.ruling_words import headline
from bestand.prose.changes import change_words
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.moves import undrifted_words
from bestand.prose.names import of_concepts, told_formula
from bestand.prose.phrases import party_name, state_cell, state_words
from bestand.prose.spoken import spoken
from bestand.prose.words import percent, readings_words

from .moves_words import away_words, led_words, rest_words

if TYPE_CHECKING:
    from .answer import Difference, Drift, Side, Today, Turnover, WhatIf

T = TypeVar("T")

_MOST = 3  # equilibria that are named under a concept unless told


def blocks(answer: WhatIf) -> Iterator[Block]:
    """Tell the answer, in reading order."""
    model = spoken(answer.model)
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    yield heading(_("What if [{changes}]?", changes=changes_text(answer.changes)))
    yield paragraph(" ".join(change_words(model, change) for change in answer.changes))
    yield from _verdicts(model, answer)
    yield from _question(model, answer)
    for clauses, concepts in _alike((_sets(each), each.concept) for each in answer.differences):
        yield paragraph(_("Under {concepts}: {clauses}.", concepts=_under(answer, concepts), clauses=clauses))
    yield from _numbers(answer)
    if answer.today is not None:
        yield heading(_("The status quo"))
        yield from _today(model, answer, answer.today)
    yield from _states(answer)


def _under(answer: WhatIf, concepts: list[str]) -> str:
    return of_concepts(concepts, [each.concept for each in answer.differences])


def _verdicts(model: Model, answer: WhatIf) -> Iterator[Block]:
    """Tell the verdict on the formula as a plan, after and before."""
    before, after = answer.rulings
    if before is None or after is None:
        return
    plan, now = told_formula(model, after.terms.plan), headline(spoken(answer.after), after)
    if now == headline(model, before):
        yield paragraph(_("The verdict on {plan} stays what it is: {verdict}", plan=plan, verdict=now), 2, "bold")
        return
    yield paragraph(_("The verdict on {plan} is then: {verdict}", plan=plan, verdict=now), 2, "bold")
    yield paragraph(_("Before it was: {verdict}", verdict=headline(model, before)))


def _question(model: Model, answer: WhatIf) -> Iterator[Block]:
    """Tell under which concepts some equilibrium satisfies the formula, before and after."""
    if answer.formula is None:
        return
    yield paragraph(_("Asked: is there an equilibrium with {formula}?", formula=told_formula(model, answer.formula)))
    for turn, concepts in _alike((_turn(each), each.concept) for each in answer.differences):
        yield paragraph(_turns(_under(answer, concepts))[turn], 2, "bold")
    decided = _decided(answer)
    if decided:
        yield paragraph(decided)


def _decided(answer: WhatIf) -> str:
    """Say that the words alone answer the question, where the formula is then true in no state, or in every one."""
    true, feasible = answer.formula_states, answer.feasible
    assert true is not None, "asked only where there is a formula"
    if not true.after:
        if true.before:
            return _("It is then true in no state at all.")
        return _("It is true in no state at all, before or after.")
    if true.after == feasible.after:
        if true.before < feasible.before:
            return _("It is then true in every state.")
        return _("It is true in every state, before and after.")
    return ""


def _turn(difference: Difference) -> str:
    """Return which of the sentences of `_turns` answers the question under a concept."""
    before, after = difference.before, difference.after
    assert before.satisfying is not None
    assert after.satisfying is not None
    if not after.count:
        return "nothing"
    if after.satisfying == after.count:
        return "every-still" if before.satisfying == before.count > 0 else "every"
    if before.satisfying and not after.satisfying:
        return "none"
    if not before.satisfying and after.satisfying:
        return "some"
    return "some-still" if after.satisfying else "none-still"


def _turns(concepts: str) -> dict[str, str]:
    """Return the sentences that say whether there is an equilibrium of the kind asked about, under some concepts."""
    return {
        "nothing": _("There is no equilibrium at all after the change, under {concepts}.", concepts=concepts),
        "every-still": _("Every equilibrium is one, as before, under {concepts}.", concepts=concepts),
        "every": _("Every equilibrium is one now, as it was not before, under {concepts}.", concepts=concepts),
        "none": _("There is none any more, under {concepts}.", concepts=concepts),
        "some": _("There is one now, and there was none before, under {concepts}.", concepts=concepts),
        "none-still": _("There is none, as before, under {concepts}.", concepts=concepts),
        "some-still": _("There is one, as before, under {concepts}.", concepts=concepts),
    }


def _sets(difference: Difference) -> str:
    """Compare the two sets of equilibria in clauses with commas between them.

    "2 of 4 equilibria stay, 2 go (they can occur no more), none is new"
    """
    before, gone, new = difference.before.count, len(difference.gone), len(difference.new)
    if not before:
        if new:
            return _n("no equilibrium before, {n} now", "no equilibrium before, {n} now", new)
        return _("no equilibrium before, and none now")
    return ", ".join([*_staying(difference, before, gone), _coming(new)])


def _staying(difference: Difference, before: int, gone: int) -> Iterator[str]:
    if not gone:
        yield _n("the only equilibrium stays", "all {n} equilibria stay", before)
        return
    if gone < before:
        yield _n(
            "{n} of {all} equilibria stays", "{n} of {all} equilibria stay", len(difference.common), all=number(before)
        )
    cannot = difference.impossible
    if gone == before and not cannot:
        yield _n("the only equilibrium goes", "all {n} equilibria go", gone)
    elif gone == before == cannot:
        yield _n(
            "the only equilibrium goes (it can occur no more)", "all {n} equilibria go (they can occur no more)", gone
        )
    elif gone == before:
        yield _(
            "all {gone} equilibria go ({number} of them can occur no more)", gone=number(gone), number=number(cannot)
        )
    elif not cannot:
        yield _n("{n} goes", "{n} go", gone)
    elif gone == cannot:
        yield _n("{n} goes (it can occur no more)", "{n} go (they can occur no more)", gone)
    else:
        yield _("{gone} go ({number} of them can occur no more)", gone=number(gone), number=number(cannot))


def _coming(new: int) -> str:
    return _n("{n} is new", "{n} are new", new) if new else _("none is new")


def _numbers(answer: WhatIf) -> Iterator[Block]:
    header = [
        _p("column of a table", "concept"),
        _p("column of a table", "before"),
        _p("column of a table", "after"),
        _p("column of a table: equilibria", "in both"),
        _p("column of a table: equilibria", "gone"),
        _p("column of a table: equilibria", "new"),
    ]
    if answer.formula is not None:
        header.append(_p("column of a table", "{formula} before", formula=text(answer.formula)))
        header.append(_p("column of a table", "after"))
    rows = []
    for each in answer.differences:
        cells = [each.before.count, each.after.count, *map(len, (each.common, each.gone, each.new))]
        sides = () if answer.formula is None else (each.before, each.after)
        rows.append([each.concept, *map(number, cells), *map(_part, sides)])
    if rows:
        yield heading(_("Equilibria"))
        yield table(header, rows)


def _part(side: Side) -> str:
    """Say how many equilibria satisfy the formula, and what share of them that is."""
    assert side.satisfying is not None
    share = percent(side.satisfying, side.count)
    return f"{number(side.satisfying)} ({share})" if side.satisfying else share


def _today(model: Model, answer: WhatIf, today: Today) -> Iterator[Block]:
    """Tell what becomes of the status quo: whether it is stable, and where moves lead from it."""
    if today.after is None:
        yield paragraph(_("It cannot occur any more: the changed rules exclude it."))
        return
    if answer.model.status_quo != answer.after.status_quo:
        yield paragraph(_("It becomes another state: {state}.", state=state_words(model, today.after)))
    turned = _alike(_stability(model, today))
    for (stable, parties), concepts in turned:
        under = _under(answer, concepts)
        if stable:
            yield paragraph(_("Under {concepts} it becomes stable for {parties}.", concepts=under, parties=parties))
        else:
            yield paragraph(
                _("Under {concepts} it is no longer stable for {parties}.", concepts=under, parties=parties)
            )
    if not turned:
        yield paragraph(_("It is stable for the same parties as before."))
    if answer.drift is not None:
        yield paragraph(" ".join(_drift(answer, answer.drift)))


def _stability(model: Model, today: Today) -> Iterator[tuple[tuple[bool, str], str]]:
    """Say for whom the status quo becomes stable (True), and for whom it ceases to be, by concept."""
    for concept, (was, now) in today.stable.items():
        for stable in (True, False):
            turned = [after is stable and before is not stable for before, after in zip(was, now, strict=True)]
            names = [party_name(model, party.id) for party, so in zip(model.parties, turned, strict=True) if so]
            if names:
                yield (stable, listing(names)), concept


def _drift(answer: WhatIf, drift: Drift) -> Iterator[str]:
    """Say where moves lead from the status quo, and where they end."""
    before, after = drift.before, drift.after
    if answer.instead is not None:
        yield undrifted_words(answer.instead)
    yield led_words(answer.by, after.states, before.states)
    yield rest_words(answer.by, len(after.resting), len(before.resting), drift.common)
    if before.satisfying is not None and after.satisfying is not None:
        yield _(
            "Resting places of the kind asked about: {after} (before: {before}).",
            after=number(after.satisfying),
            before=number(before.satisfying),
        )


def _states(answer: WhatIf) -> Iterator[Block]:
    """Name some of the equilibria that go and that are new, the nearest to today first."""
    most = _MOST if answer.most is None else answer.most
    lines = ((tuple(_entries(answer, each, most)), each.concept) for each in answer.differences)
    groups = [(entries, concepts) for entries, concepts in _alike(lines) if entries]
    if not groups or not most:
        return
    if answer.today is not None and answer.today.after is not None:
        yield heading(_("Which ones, the nearest to the status quo first"))
    else:
        yield heading(_("Which ones"))
    if any((each.moves[:most] > 0).any() for turn in answer.differences for each in (turn.gone, turn.new)):
        yield paragraph(away_words(answer.by))
    for entries, concepts in groups:
        yield paragraph(_("Under {concepts}:", concepts=_under(answer, concepts)))
        yield from (paragraph(f"- {entry}", 4) for entry in entries)


def _entries(answer: WhatIf, each: Difference, most: int) -> Iterator[str]:
    """Name some of the equilibria that go, and that are new."""
    today = answer.today
    gone = _first(answer, each.gone, most, None if today is None else today.before)
    new = _first(answer, each.new, most, None if today is None else today.after)
    yield from (_p("of an equilibrium", "gone: {state}", state=state) for state in gone)
    more = len(each.gone) - len(gone)
    if gone and more:
        yield _n(
            "and {n} more gone; --json lists them, --list N names N",
            "and {n} more gone; --json lists them, --list N names N",
            more,
        )
    yield from (_p("of an equilibrium", "new: {state}", state=state) for state in new)
    more = len(each.new) - len(new)
    if new and more:
        yield _n(
            "and {n} more new; --json lists them, --list N names N",
            "and {n} more new; --json lists them, --list N names N",
            more,
        )


def _first(answer: WhatIf, turnover: Turnover, most: int, start: int | None) -> list[str]:
    """Name the first states of those that are gone, or new: "the status quo" is that of the model as it is in both.

    ``start`` is the state from which moves to them are counted; None where there is none.
    """
    told = spoken(answer.model)
    today = None if told.status_quo is None else told.mask(told.status_quo)
    moved = start is not None and start != today
    states = zip(turnover.states[:most].tolist(), turnover.moves[:most].tolist(), strict=True)
    return [_from_elsewhere(told, mask, moves) if moved else _named(told, mask, moves) for mask, moves in states]


def _from_elsewhere(model: Model, mask: int, moves: int) -> str:
    """Name a state, and how far it is from what becomes of the status quo."""
    state = _named(model, mask, -1)
    if moves < 0:
        return state
    if not moves:
        return _("{state} (what the status quo becomes)", state=state)
    return _n(
        "{state} ({n} move away from what the status quo becomes)",
        "{state} ({n} moves away from what the status quo becomes)",
        moves,
        state=state,
    )


def _named(model: Model, mask: int, moves: int) -> str:
    """Name a state, with its bits where its label is that of others too, and how far it is from the status quo."""
    bits = model.bits(mask)
    state = state_cell(model, mask)
    if list(model.labels.values()).count(model.labels.get(bits, "")) > 1:
        state = f"{state} ({bits})"
    if moves < 0 or (mask == model.mask(model.status_quo or ()) and bits not in model.labels):
        return state
    if not moves:
        return _("{state} (the status quo)", state=state)
    return _n("{state} ({n} move away)", "{state} ({n} moves away)", moves, state=state)


def _alike(told: Iterable[tuple[T, str]]) -> list[tuple[T, list[str]]]:
    """Put concepts together of which the same is told."""
    groups: dict[T, list[str]] = {}
    for words, concept in told:
        groups.setdefault(words, []).append(concept)
    return list(groups.items())
