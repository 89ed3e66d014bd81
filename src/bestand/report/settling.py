"""Settlements for people: what would have to change, kind by kind, the smallest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bestand.analysis.settling.answers import Example, Kind, Part, Settlement, Settlements
from bestand.analysis.settling.counting import Count
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.wording import changes_text
from bestand.texts import listing, number

from .blocks import Block, Line
from .page import Page
from .settling_words import conditions, rests_on
from .words import move_words, path_words, percent, plural, readings_words, size, state_words

_TITLES: dict[Kind, str] = {
    "wishes": "If they wanted something else",
    "rankings": "If they ranked the states otherwise",
    "moves": "If they could do less, or more",
    "offers": "If they offered one another something",
}
_STEPS: dict[Kind, tuple[str, str]] = {
    "wishes": ("change of a wish", "changes of wishes"),
    "rankings": ("swap of two states", "swaps of two states"),
    "moves": ("change of moves", "changes of moves"),
    "offers": ("offer", "offers"),
}


def settling_answer(on: Page, base: Model, found: Settlements, readings: tuple[str, ...], name: str) -> Iterator[Block]:
    """The parts of the answer of ``settle``.

    Parameters
    ----------
    on : Page
    base : Model
        As the file has it: numbers of statements are its own.
    found : Settlements
    readings : tuple of str
        Those that were applied.
    name : str
        What the user called the model, for the commands that repeat an answer.
    """
    yield on.paragraph(found.model.title, 0, "bold")
    if readings:
        yield on.paragraph(readings_words(base, readings), 0, "yellow")
    yield on.heading(f"What would it take? {text(found.formula)}")
    yield on.paragraph(
        f"{plural(found.feasible, 'feasible state')} {'satisfies' if found.feasible == 1 else 'satisfy'} it."
    )
    yield from _already(on, found)
    for part in found.parts:
        yield from _part(on, base, found, part, readings, name)


def count_answer(
    on: Page, model: Model, mask: int, party: str, counts: Mapping[str, Count], readings: tuple[str, ...]
) -> Iterator[Block]:
    """How many rankings of a party make a state an equilibrium, by concept."""
    yield on.paragraph(model.title, 0, "bold")
    if readings:
        yield on.paragraph(readings_words(model, readings), 0, "yellow")
    title = model.party[party].title
    yield on.heading(f"How much of what {title} could want makes {_called(model, mask)} an equilibrium?")
    whole = next(iter(counts.values())).of
    others = listing([other.title for other in model.parties if other.id != party]) or "nobody else"
    yield on.paragraph(
        f"Strict rankings of all feasible states that {title} could have: {size(whole)}. "
        f"With what {others} want{'s' if len(model.parties) == 2 else ''} as it is, so many make it an equilibrium:"
    )
    rows = [
        (concept, size(count.found), percent(count.found, count.of), _refused(model, count))
        for concept, count in counts.items()
    ]
    yield on.table(("concept", "rankings", "share", ""), rows, frozenset({0, 3}))


def _called(model: Model, mask: int) -> str:
    """What to call a state on its own."""
    if model.bits(mask) in model.labels:
        return state_words(model, mask)
    return f"the state with {state_words(model, mask)}" if mask else "the state in which nothing is taken"


def _refused(model: Model, count: Count) -> str:
    if not count.unstable_for:
        return ""
    who = listing([model.party[party].title for party in count.unstable_for])
    return f"{who} would leave it whatever the ranking"


def _already(on: Page, found: Settlements) -> Iterator[Block]:
    """What is an equilibrium already, and what is not."""
    missing = [concept for concept in found.concepts if concept not in found.already]
    alike: dict[int, list[str]] = {}
    for concept, example in found.already.items():
        alike.setdefault(example.mask, []).append(concept)
    for concepts in alike.values():
        example = found.already[concepts[0]]
        where = _where(found.model, example)
        yield on.paragraph(
            f"Nothing to change under {listing(concepts)}: such a state is an equilibrium today, {where}."
        )
    if missing:
        none = "It is" if found.feasible == 1 else "None of them is"
        yield on.paragraph(
            f"{none}{' not' if found.feasible == 1 else ''} an equilibrium today under {listing(missing)}."
        )


def _where(model: Model, example: Example) -> str:
    """One state, and whether improvements lead there."""
    told = f"for example {state_words(model, example.mask)}"
    if model.status_quo is None:
        return told
    if example.path is None:
        return f"{told}; improvements do not lead there from today"
    if not example.path:
        return f"{told}, which is today"
    return f"{told}; improvements lead there: {path_words(model, model.mask(model.status_quo), example.path)}"


def _part(
    on: Page, base: Model, found: Settlements, part: Part, readings: tuple[str, ...], name: str
) -> Iterator[Block]:
    if part.absent and part.kind in {"rankings", "wishes", "offers"} and not part.settlements:
        yield on.heading(_TITLES[part.kind])
        yield on.paragraph(f"Not looked at: {part.absent}.", 2, "dim")
        return
    yield on.heading(_TITLES[part.kind])
    for line in _looked(part):
        yield on.paragraph(line)
    if part.stopped:
        yield on.paragraph(f"This part is not finished: {part.stopped}.", 2, "yellow")
    for place, settlement in enumerate(part.settlements, 1):
        yield Line()
        yield from _settlement(on, base, found, settlement, place, readings, name)
    told = sum(1 + settlement.alike for settlement in part.settlements)
    if part.found > told:
        yield Line()
        yield on.paragraph(f"And {number(part.found - told)} more (--list shows more).", 2, "dim")


def _looked(part: Part) -> Iterator[str]:
    """What was found to be the least, and how far was looked."""
    one, more = _STEPS[part.kind]
    least: dict[int, list[str]] = {}
    none: dict[int | None, list[str]] = {}
    left: list[str] = []
    for concept, steps in part.smallest.items():
        if steps is not None:
            least.setdefault(steps, []).append(concept)
        elif concept in part.searched:
            none.setdefault(part.searched[concept], []).append(concept)
        elif not part.stopped:
            left.append(concept)
    for steps, concepts in sorted(least.items()):
        finished = all(concept in part.searched for concept in concepts)
        nothing = "nothing less of what was looked at" if part.kind == "moves" else "nothing less"
        proven = f", and {nothing} does" if finished and steps > 1 else ""
        yield f"Under {listing(concepts)}: {number(steps)} {one if steps == 1 else more} will do{proven}."
    for depth, concepts in none.items():
        if depth is None:
            yield f"Under {listing(concepts)}: no order of theirs does it, whatever the swaps."
        elif depth == 1:
            yield f"Under {listing(concepts)}: no single {one} of those looked at does it."
        else:
            yield f"Under {listing(concepts)}: up to {depth} {more} of those looked at do not do it."
    if part.kind == "rankings" and any(_more_than_least(part, it) for it in part.settlements):
        yield "Some below take more swaps than the fewest: other ways, none with all swaps of a shorter one."
    if left:
        yield f"Under {listing(left)}: not looked at, since a party that gains more may answer less there."


def _more_than_least(part: Part, it: Settlement) -> bool:
    """Whether fewer swaps do under every concept under which these do."""
    fewest = [steps for concept in it.concepts if (steps := part.smallest.get(concept)) is not None]
    return bool(fewest) and it.size > max(fewest)


def _settlement(
    on: Page, base: Model, found: Settlements, it: Settlement, place: int, readings: tuple[str, ...], name: str
) -> Iterator[Block]:
    """One settlement: what if, then what, on what it rests, and how to see for oneself."""
    model = it.model
    example = it.example
    given = listing(conditions(base, found, it))
    state = _state(model, example.mask)
    would = f"{place}. If {given}, then {state} would be an equilibrium under {listing(example.concepts)}."
    yield on.paragraph(would, 2)
    for line in (*rests_on(base, found, it), *_effect(model, it)):
        yield on.paragraph(line, 5)
    if it.changes:
        flags = "".join(f" --reading {reading}" for reading in readings)
        yield on.paragraph(f'Try it: bestand what-if {name} "{changes_text(it.changes)}"{flags}', 5, "dim")
    if it.alike:
        more = "such offer, by another or for more," if it.offer else "place"
        mores = "such offers, by others or for more," if it.offer else "places"
        yield on.paragraph(f"{plural(it.alike, f'other {more}', f'other {mores}')} will do as well.", 5, "dim")


def _state(model: Model, mask: int) -> str:
    """A state: its label, and how it differs from today."""
    label = model.bits(mask) in model.labels
    if model.status_quo is None:
        return _called(model, mask)
    today = model.mask(model.status_quo)
    if today == mask:
        return "today's state"
    told = move_words(model, today, mask).removeprefix("change ") if _plain(model) else _difference(model, today, mask)
    if label:
        return f"{state_words(model, mask)} (which differs from today by {told})"
    return f"the state that differs from today by {told}"


def _plain(model: Model) -> bool:
    """Whether the names of options alone say which are meant."""
    names = [option.name for option in model.options]
    return len(set(names)) == len(names)


def _difference(model: Model, today: int, mask: int) -> str:
    changed = [option.id for k, option in enumerate(model.options) if (today ^ mask) >> k & 1]
    taken = set(model.taken(mask))
    told = [
        f"{listing([id for id in changed if (id in taken) is value])} {'taken' if value else 'given up'}"
        for value in (True, False)
        if any((id in taken) is value for id in changed)
    ]
    return listing(told)


def _effect(model: Model, it: Settlement) -> Iterator[str]:
    """How many equilibria satisfy the formula then, and whether improvements lead to one."""
    groups: dict[tuple[int, int], list[str]] = {}
    for concept in it.concepts:
        groups.setdefault(it.counts[concept], []).append(concept)
    told = [f"{number(a)} of {number(b)} under {listing(concepts)}" for (a, b), concepts in groups.items()]
    yield f"Of the equilibria then, so many are as wanted: {'; '.join(told)}."
    if model.status_quo is None:
        return
    path = it.example.path
    if path is None:
        yield "Improvements alone do not lead there from today."
    elif path:
        yield f"Improvements lead there from today: {path_words(model, model.mask(model.status_quo), path)}."
