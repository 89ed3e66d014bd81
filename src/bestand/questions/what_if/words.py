"""What a change does to the equilibria, for people: the answer to the question first, then the numbers, then states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np

from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.formula import Formula, text
from bestand.model.wording import changes_text
from bestand.prose.changes import change_words
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import of_concepts, told_formula
from bestand.prose.phrases import party_name, state_cell, state_words
from bestand.prose.words import percent, readings_words
from bestand.solve.solution import Bools, Solution

from .comparison import Difference, Side, WhatIf

T = TypeVar("T")


def what_if_answer(found: WhatIf, readings: tuple[str, ...] = (), most: int = 3) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    found : WhatIf
    readings : tuple of str
        Those that were applied first.
    most : int
        How many equilibria that go, and that are new, to name under each concept.
    """
    model = found.before.model
    yield paragraph(model.title, 0, "bold")
    if readings:
        yield paragraph(readings_words(model, readings), 0, "yellow")
    yield heading(_("What if {changes}?", changes=changes_text(found.changes)))
    yield paragraph(" ".join(change_words(model, change) for change in found.changes))
    yield from _question(found)
    for told, concepts in _alike((_sets(difference), difference.concept) for difference in found.differences):
        yield paragraph(_("Under {concepts}: {clauses}.", concepts=_under(found, concepts), clauses=told))
    yield from _numbers(found)
    yield from _today(found)
    yield from _states(found, most)


def _under(found: WhatIf, concepts: list[str]) -> str:
    return of_concepts(concepts, [difference.concept for difference in found.differences])


def _question(found: WhatIf) -> Iterator[Block]:
    """Whether some equilibrium satisfies the formula, before and after."""
    if found.formula is None:
        return
    yield paragraph(
        _("Asked: is there an equilibrium with {formula}?", formula=told_formula(found.before.model, found.formula))
    )
    for told, concepts in _alike((_turn(difference), difference.concept) for difference in found.differences):
        yield paragraph(_turns(_under(found, concepts))[told], 2, "bold")
    decided = _decided(found, found.formula)
    if decided:
        yield paragraph(decided)


def _decided(found: WhatIf, formula: Formula) -> str:
    """That the words alone answer the question, where the formula is true in no state after the change, or in every."""
    before, after = (int(solution.space.holds(formula).sum()) for solution in (found.before, found.after))
    if not after:
        if before:
            return _("It is then true in no state at all.")
        return _("It is true in no state at all, before or after.")
    if after == found.after.count:
        if before < found.before.count:
            return _("It is then true in every state.")
        return _("It is true in every state, before and after.")
    return ""


def _turn(difference: Difference) -> str:
    """Which of the sentences of `_turns` answers the question under a concept."""
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
    """Whether there is an equilibrium of the kind asked about, under some concepts."""
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
    """The two sets of equilibria: clauses with commas between them.

    "2 of 4 equilibria stay, 2 go (they can occur no more), none is new"
    """
    before, gone, new = difference.before.count, int(difference.gone.sum()), int(difference.new.sum())
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
        yield _n("{n} of {all} equilibria stays", "{n} of {all} equilibria stay", difference.common, all=number(before))
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


def _numbers(found: WhatIf) -> Iterator[Block]:
    header = [
        _p("column of a table", "concept"),
        _p("column of a table", "before"),
        _p("column of a table", "after"),
        _p("column of a table: equilibria", "in both"),
        _p("column of a table: equilibria", "gone"),
        _p("column of a table: equilibria", "new"),
    ]
    if found.formula is not None:
        header.append(_p("column of a table", "{formula} before", formula=text(found.formula)))
        header.append(_p("column of a table", "after"))
    rows = []
    for each in found.differences:
        cells = [each.before.count, each.after.count, each.common, int(each.gone.sum()), int(each.new.sum())]
        sides = (each.before, each.after) if found.formula is not None else ()
        rows.append([each.concept, *map(number, cells), *map(_part, sides)])
    if rows:
        yield heading(_("Equilibria"))
        yield table(header, rows)


def _part(side: Side) -> str:
    """How many equilibria satisfy the formula, and what share of them that is."""
    assert side.satisfying is not None
    share = percent(side.satisfying, side.count)
    return f"{number(side.satisfying)} ({share})" if side.satisfying else share


def _today(found: WhatIf) -> Iterator[Block]:
    """What becomes of the status quo: whether it is stable, and where improvements lead from it."""
    before, after = found.before, found.after
    if before.space.status_quo is None:
        return
    yield heading(_("The status quo"))
    start = after.space.status_quo
    if start is None:
        yield paragraph(_("It cannot occur any more: the changed rules exclude it."))
        return
    if before.model.status_quo != after.model.status_quo:
        mask = int(after.space.states[start])
        yield paragraph(_("It becomes another state: {state}.", state=state_words(before.model, mask)))
    turned = _alike(_stability(found, before.space.status_quo, start))
    for (stable, parties), concepts in turned:
        under = _under(found, concepts)
        if stable:
            yield paragraph(_("Under {concepts} it becomes stable for {parties}.", concepts=under, parties=parties))
        else:
            yield paragraph(
                _("Under {concepts} it is no longer stable for {parties}.", concepts=under, parties=parties)
            )
    if not turned:
        yield paragraph(_("It is stable for the same parties as before."))
    told = " ".join(_reached(found))
    if told:
        yield paragraph(told)


def _stability(found: WhatIf, before: int, after: int) -> Iterator[tuple[tuple[bool, str], str]]:
    """For whom the status quo becomes stable (True), and for whom it ceases to be."""
    model = found.before.model
    for each in found.differences:
        was, now = found.before.stable(each.concept)[:, before], found.after.stable(each.concept)[:, after]
        for stable, which in ((True, ~was & now), (False, was & ~now)):
            names = [party_name(model, model.parties[i].id) for i in np.flatnonzero(which)]
            if names:
                yield (stable, listing(names)), each.concept


def _reached(found: WhatIf) -> Iterator[str]:
    """Where improvements lead from the status quo, and where they end, in sentences."""
    resting = found.resting()
    old, new = found.before.reach(), found.after.reach()
    if resting is None or old is None or new is None:
        return
    states = [int(reach.reached.sum()) for reach in (old, new)]
    was, now = resting
    yield _n(
        "Improvements lead from it to {n} state (before: {before}).",
        "Improvements lead from it to {n} states (before: {before}).",
        states[1],
        before=number(states[0]),
    )
    yield _n(
        "{n} of them is a resting place (before: {before}; the same before and after: {both}).",
        "{n} of them are resting places (before: {before}; the same before and after: {both}).",
        len(now),
        before=number(len(was)),
        both=number(len(np.intersect1d(was, now))),
    )
    if found.formula is not None:
        counts = [
            int((reach.reached & solution.resting & solution.space.holds(found.formula)).sum())
            for reach, solution in ((old, found.before), (new, found.after))
        ]
        yield _(
            "Resting places of the kind asked about: {after} (before: {before}).",
            after=number(counts[1]),
            before=number(counts[0]),
        )


def _states(found: WhatIf, most: int) -> Iterator[Block]:
    """Some of the equilibria that go and that are new, the nearest to today first."""
    told = ((tuple(_entries(each, most)), each.concept) for each in found.differences)
    groups = [(lines, concepts) for lines, concepts in _alike(told) if lines]
    if not groups or not most:
        return
    if found.before.space.status_quo is not None:
        yield heading(_("Which ones, the nearest to the status quo first"))
    else:
        yield heading(_("Which ones"))
    for lines, concepts in groups:
        yield paragraph(_("Under {concepts}:", concepts=_under(found, concepts)))
        yield from (paragraph(f"- {line}", 4) for line in lines)


def _entries(each: Difference, most: int) -> Iterator[str]:
    """Some of the equilibria that go, and that are new."""
    before, after = each.before.solution, each.after.solution
    gone, new = nearest(before, each.gone, most), nearest(after, each.new, most)
    yield from (_p("of an equilibrium", "gone: {state}", state=_named(before, at)) for at in gone)
    more = int(each.gone.sum()) - len(gone)
    if gone and more:
        yield _n(
            "and {n} more gone; --json lists them, --list N names N",
            "and {n} more gone; --json lists them, --list N names N",
            more,
        )
    yield from (_p("of an equilibrium", "new: {state}", state=_named(after, at)) for at in new)
    more = int(each.new.sum()) - len(new)
    if new and more:
        yield _n(
            "and {n} more new; --json lists them, --list N names N",
            "and {n} more new; --json lists them, --list N names N",
            more,
        )


def nearest(solution: Solution, members: Bools, most: int) -> list[int]:
    """Indices of the first of some states: those that few moves lead to, then those that differ least from today.

    Parameters
    ----------
    solution : Solution
    members : (S,) bool
    most : int
    """
    found = np.flatnonzero(members)
    start, reach = solution.space.status_quo, solution.reach()
    if start is None or reach is None:
        return found[:most].tolist()
    distance = reach.distance[found].astype(np.int64)
    distance[distance < 0] = np.iinfo(np.int64).max
    apart = np.bitwise_count(solution.space.states[found] ^ solution.space.states[start])
    return found[np.lexsort((found, apart, distance))][:most].tolist()


def _named(solution: Solution, at: int) -> str:
    """A state, with its bits where its label is that of others too, and how far it is from the status quo."""
    model, mask = solution.model, int(solution.space.states[at])
    bits = model.bits(mask)
    state = state_cell(model, mask)
    if list(model.labels.values()).count(model.labels.get(bits, "")) > 1:
        state = f"{state} ({bits})"
    reach = solution.reach()
    moves = -1 if reach is None else int(reach.distance[at])
    if moves < 0 or (mask == model.mask(model.status_quo or ()) and bits not in model.labels):
        return state
    if not moves:
        return _("{state} (the status quo)", state=state)
    return _n("{state} ({n} move away)", "{state} ({n} moves away)", moves, state=state)


def _alike(told: Iterable[tuple[T, str]]) -> list[tuple[T, list[str]]]:
    """Concepts of which the same is told, together."""
    groups: dict[T, list[str]] = {}
    for words, concept in told:
        groups.setdefault(words, []).append(concept)
    return list(groups.items())
