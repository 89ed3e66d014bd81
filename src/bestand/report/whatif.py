"""What a change does to the equilibria, for people: the answer to the question first, then the numbers, then states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from bestand.analysis.solution import Bools, Solution
from bestand.analysis.whatif import Difference, WhatIf
from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.model.sentences import Change, HoldOption, HoldParty
from bestand.model.wording import changes_text
from bestand.texts import listing, number

from .blocks import Block
from .page import Page
from .words import percent, plural, readings_words, state_words


def what_if_answer(on: Page, found: WhatIf, readings: tuple[str, ...] = (), most: int = 3) -> Iterator[Block]:
    """The parts of the answer, in reading order.

    Parameters
    ----------
    on : Page
    found : WhatIf
    readings : tuple of str
        Those that were applied first.
    most : int
        How many equilibria that go, and that are new, to name under each concept.
    """
    model = found.before.model
    yield on.paragraph(model.title, 0, "bold")
    if readings:
        yield on.paragraph(readings_words(model, readings), 0, "yellow")
    yield on.heading(f"What if {changes_text(found.changes)}?")
    yield from _question(on, found)
    for told, concepts in _alike((_sets(difference), difference.concept) for difference in found.differences):
        yield on.paragraph(f"{_title(concepts)}: {told}.")
    yield from _numbers(on, found)
    yield from _today(on, found)
    yield from _states(on, found, most)


def _question(on: Page, found: WhatIf) -> Iterator[Block]:
    """Whether some equilibrium satisfies the formula, before and after."""
    if found.formula is None:
        return
    lead = _lead(found.before.model, found.changes)
    about = text(found.formula)
    for told, concepts in _alike((_turn(difference, about), difference.concept) for difference in found.differences):
        yield on.paragraph(f"{lead} {told}, under {listing(concepts)}.", 2, "bold")
    decided = _decided(found, found.formula)
    if decided:
        yield on.paragraph(decided)


def _decided(found: WhatIf, formula: Formula) -> str:
    """That the words alone answer the question, where the formula is true in no state after the change, or in every."""
    before, after = (int(solution.space.holds(formula).sum()) for solution in (found.before, found.after))
    about = text(formula)
    if not after:
        return (
            f"{about} is then true in no state at all." if before else f"{about} is true in no state, before or after."
        )
    if after == found.after.count:
        return f"{about} is then true in every state{'' if before < found.before.count else ', as before'}."
    return ""


def _turn(difference: Difference, about: str) -> str:
    before, after = difference.before, difference.after
    assert before.satisfying is not None
    assert after.satisfying is not None
    if not after.count:
        return "there is no equilibrium at all"
    if after.satisfying == after.count:
        every = before.satisfying == before.count > 0
        return f"every equilibrium is {about}, {'as before' if every else 'and not every one was before'}"
    if before.satisfying and not after.satisfying:
        return f"no equilibrium is {about} any more"
    if not before.satisfying and after.satisfying:
        return f"some equilibrium is {about}, and none was before"
    if not after.satisfying:
        return f"no equilibrium is {about}, as before"
    return f"some equilibrium is {about}, as before"


def _lead(model: Model, changes: tuple[Change, ...]) -> str:
    """How a sentence about the changed model begins."""
    match changes:
        case (HoldOption(option, False),):
            return f"Without {option},"
        case (HoldOption(option, True),):
            return f"With {option} settled,"
        case (HoldParty(party),):
            return f"If {model.party[party].title} does not move,"
        case _:
            return "Then"


def _sets(difference: Difference) -> str:
    """The two sets of equilibria, in words.

    "the same 2 equilibria, 1 more beside them"
    """
    before, gone, new = difference.before.count, int(difference.gone.sum()), int(difference.new.sum())
    equilibria = plural(before, "equilibrium", "equilibria")
    if not before:
        return f"no equilibrium before, {number(new)} now" if new else "no equilibrium before, and none now"
    if not gone:
        same = f"the same {equilibria}"
        return f"{same}, {number(new)} more beside {'it' if before == 1 else 'them'}" if new else same
    cannot = difference.impossible
    impossible = "" if not cannot else f" ({'they' if cannot == gone else number(cannot)} can occur no more)"
    if gone == before:
        going = f"the only equilibrium goes{impossible}" if before == 1 else f"all {equilibria} go{impossible}"
    else:
        stay, go = "stays" if difference.common == 1 else "stay", "goes" if gone == 1 else "go"
        going = f"{number(difference.common)} of {equilibria} {stay}, {number(gone)} {go}{impossible}"
    return f"{going}, {number(new)} new" if new else f"{going}, none is new"


def _numbers(on: Page, found: WhatIf) -> Iterator[Block]:
    header = ["concept", "before", "after", "in both", "gone", "new"]
    about = found.formula is not None
    header += [f"{text(found.formula)} before", "after"] if found.formula is not None else []
    rows = []
    for each in found.differences:
        cells = [each.before.count, each.after.count, each.common, int(each.gone.sum()), int(each.new.sum())]
        row = [each.concept, *map(number, cells)]
        for side in (each.before, each.after) if about else ():
            assert side.satisfying is not None
            row.append(_part(side.satisfying, side.count))
        rows.append(row)
    if rows:
        yield on.heading("Equilibria")
        yield on.table(header, rows)


def _part(found: int, of: int) -> str:
    return f"{number(found)} ({percent(found, of)})" if found else "none"


def _today(on: Page, found: WhatIf) -> Iterator[Block]:
    """What becomes of the status quo: whether it is stable, and where improvements lead from it."""
    before, after = found.before, found.after
    if before.space.status_quo is None:
        return
    yield on.heading("The status quo")
    start = after.space.status_quo
    if start is None:
        yield on.paragraph("Today cannot occur any more: the changed rules exclude it.")
        return
    old, new = before.model.status_quo, after.model.status_quo
    if old != new:
        yield on.paragraph(f"Today becomes {state_words(after.model, int(after.space.states[start]))}.")
    turned = _alike(_stability(found, before.space.status_quo, start))
    for told, concepts in turned:
        yield on.paragraph(f"{_title(concepts)} it {told}.")
    if not turned:
        yield on.paragraph("For each party it is stable, or not, as it was.")
    yield from _reached(on, found)


def _stability(found: WhatIf, before: int, after: int) -> Iterator[tuple[str, str]]:
    """For whom the status quo becomes stable, and for whom it ceases to be."""
    for each in found.differences:
        was, now = found.before.stable(each.concept)[:, before], found.after.stable(each.concept)[:, after]
        for verb, which in (("becomes stable for", ~was & now), ("is no longer stable for", was & ~now)):
            names = [found.before.model.parties[i].title for i in np.flatnonzero(which)]
            if names:
                yield f"{verb} {listing(names)}", each.concept


def _reached(on: Page, found: WhatIf) -> Iterator[Block]:
    resting = found.resting()
    old, new = found.before.reach(), found.after.reach()
    if resting is None or old is None or new is None:
        return
    states = [int(reach.reached.sum()) for reach in (old, new)]
    was, now = resting
    both = len(np.intersect1d(was, now))
    told = f"Improvements lead from it to {plural(states[1], 'state')} (before: {number(states[0])})"
    told += f", {number(len(now))} of them resting places (before: {number(len(was))}, {number(both)} the same)"
    if found.formula is not None:
        counts = [
            int((reach.reached & solution.resting & solution.space.holds(found.formula)).sum())
            for reach, solution in ((old, found.before), (new, found.after))
        ]
        told += f"; {text(found.formula)} in {number(counts[1])} of these (before: {number(counts[0])})"
    yield on.paragraph(f"{told}.")


def _states(on: Page, found: WhatIf, most: int) -> Iterator[Block]:
    """Some of the equilibria that go and that are new, the nearest to today first."""
    told = []
    for each in found.differences:
        lines: list[str] = []
        for words, solution, members in (
            ("gone", found.before, each.gone),
            ("new", found.after, each.new),
        ):
            count = int(members.sum())
            names = [_named(solution, at) for at in nearest(solution, members, most)]
            lines += [f"{words}: {name}" for name in names]
            if count > len(names) > 0:
                lines.append(f"and {number(count - len(names))} more {words}; --json lists them, --list N names N")
        told.append(("\n".join(lines), each.concept))
    groups = [(named, concepts) for named, concepts in _alike(told) if named]
    if groups and most:
        today = found.before.space.status_quo is not None
        yield on.heading(f"Which ones{', the nearest to today first' if today else ''}")
    for named, concepts in groups if most else ():
        yield on.paragraph(f"{_title(concepts)}:")
        yield from (on.paragraph(f"- {line}", 4) for line in named.split("\n"))


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
    reach = solution.reach()
    moves = -1 if reach is None else int(reach.distance[at])
    far = "" if moves < 0 else " (today)" if moves == 0 else f" ({plural(moves, 'move')} from today)"
    model, mask = solution.model, int(solution.space.states[at])
    bits = model.bits(mask)
    shared = list(model.labels.values()).count(model.labels.get(bits, "")) > 1  # a label that several states have
    return f"{state_words(model, mask)}{f' ({bits})' if shared else ''}{far}"


def _alike(told: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Concepts of which the same is told, together."""
    groups: dict[str, list[str]] = {}
    for words, concept in told:
        groups.setdefault(words, []).append(concept)
    return list(groups.items())


def _title(concepts: list[str]) -> str:
    return f"Under {listing(concepts)}"
