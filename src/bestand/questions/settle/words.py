"""Settlements for people: what would have to change, kind by kind, the smallest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bestand.document.blocks import Block, Line, heading, paragraph, table
from bestand.model.model import Model
from bestand.model.wording import changes_text
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import concept_name, of_concepts, told_formula
from bestand.prose.phrases import difference_words, party_name, path_words, state_words
from bestand.prose.words import percent, readings_words, size

from .phrases import conditions, rests_on
from .rankings_count import Count
from .settlements import NO_PLACE, NO_PRIORITIES, NO_RANKING, Example, Kind, Part, Settlement, Settlements


def _title(kind: Kind) -> str:
    match kind:
        case "wishes":
            return _("If they wanted something else")
        case "rankings":
            return _("If they ranked the states otherwise")
        case "moves":
            return _("If they could do less, or more")
        case "offers":
            return _("If they offered one another something")


def settling_answer(base: Model, found: Settlements, readings: tuple[str, ...], name: str) -> Iterator[Block]:
    """The parts of the answer of ``settle``.

    Parameters
    ----------
    base : Model
        As the file has it: numbers of statements are its own.
    found : Settlements
    readings : tuple of str
        Those that were applied.
    name : str
        What the user called the model, for the commands that repeat an answer.
    """
    yield paragraph(found.model.title, 0, "bold")
    if readings:
        yield paragraph(readings_words(base, readings), 0, "yellow")
    yield heading(_("What would it take?"))
    yield paragraph(_("Wanted: {formula}.", formula=told_formula(found.model, found.formula)))
    yield paragraph(_n("It is true in {n} feasible state.", "It is true in {n} feasible states.", found.feasible))
    yield from _already(found)
    for part in found.parts:
        yield from _part(base, found, part, readings, name)


def count_answer(
    model: Model, mask: int, party: str, counts: Mapping[str, Count], readings: tuple[str, ...]
) -> Iterator[Block]:
    """How many rankings of a party make a state an equilibrium, by concept."""
    yield paragraph(model.title, 0, "bold")
    if readings:
        yield paragraph(readings_words(model, readings), 0, "yellow")
    who, state = party_name(model, party), state_words(model, mask)
    yield heading(_("How much of what {party} could want makes this an equilibrium: {state}", party=who, state=state))
    whole = next(iter(counts.values())).of
    yield paragraph(
        _("Strict rankings of all feasible states that {party} could have: {count}.", party=who, count=size(whole))
    )
    others = listing(party_name(model, other.id) for other in model.parties if other.id != party)
    if others:
        yield paragraph(
            _("So many of them make it an equilibrium, the wishes of {others} being what they are:", others=others)
        )
    else:
        yield paragraph(_("So many of them make it an equilibrium:"))
    rows = [
        (concept, size(count.found), percent(count.found, count.of), _refused(model, count))
        for concept, count in counts.items()
    ]
    header = (
        _p("column of a table", "concept"),
        _p("column of a table", "rankings"),
        _p("column of a table", "share"),
        "",
    )
    yield table(header, rows, frozenset({0, 3}))


def _refused(model: Model, count: Count) -> str:
    if not count.unstable_for:
        return ""
    return _n(
        "{Parties} would leave it whatever the ranking",
        "{Parties} would leave it whatever the ranking",
        len(count.unstable_for),
        parties=listing(party_name(model, party) for party in count.unstable_for),
    )


def _already(found: Settlements) -> Iterator[Block]:
    """What is an equilibrium already, and what is not."""
    missing = [concept for concept in found.concepts if concept not in found.already]
    alike: dict[int, list[str]] = {}
    for concept, example in found.already.items():
        alike.setdefault(example.mask, []).append(concept)
    for concepts in alike.values():
        example = found.already[concepts[0]]
        told = _(
            "Nothing has to change under {concepts}. This is such a state, and an equilibrium as the model stands: "
            "{state}.",
            concepts=of_concepts(concepts, found.concepts),
            state=state_words(found.model, example.mask),
        )
        yield paragraph(" ".join([told, *_where(found.model, example)]))
    if missing:
        yield paragraph(_missing(found.feasible, missing, found.concepts))


def _missing(feasible: int, missing: list[str], asked: tuple[str, ...]) -> str:
    """Under which concepts no wanted state is an equilibrium yet."""
    if len(missing) == len(asked) > 1:
        return _n(
            "As the model stands, it is no equilibrium under any concept asked.",
            "As the model stands, none of them is an equilibrium under any concept asked.",
            feasible,
        )
    return _n(
        "As the model stands, it is no equilibrium under {concepts}.",
        "As the model stands, none of them is an equilibrium under {concepts}.",
        feasible,
        concepts=listing(map(concept_name, missing)),
    )


def _where(model: Model, example: Example) -> Iterator[str]:
    """Whether improvements lead to a state."""
    if model.status_quo is None:
        return
    today = model.mask(model.status_quo)
    if example.path is None:
        yield _("Improvements alone do not lead there from the status quo.")
    elif example.path:
        path = path_words(model, today, example.path)
        yield _("Improvements lead there from the status quo: {path}.", path=path)
    elif model.bits(example.mask) in model.labels:
        yield _("That is the status quo.")


def _part(base: Model, found: Settlements, part: Part, readings: tuple[str, ...], name: str) -> Iterator[Block]:
    yield heading(_title(part.kind))
    if part.absent and part.kind in {"rankings", "wishes", "offers"} and not part.settlements:
        yield paragraph(_absent(part.absent), 2, "dim")
        return
    for line in _looked(part, found.concepts):
        yield paragraph(line)
    if part.stopped:
        yield paragraph(_("This part is not finished: {reason}.", reason=part.stopped), 2, "yellow")
    for place, settlement in enumerate(part.settlements, 1):
        yield Line()
        yield from _settlement(base, found, settlement, place, readings, name)
    told = sum(1 + settlement.alike for settlement in part.settlements)
    if part.found > told:
        yield Line()
        more = _n("There is {n} more (--list shows it).", "There are {n} more (--list shows them).", part.found - told)
        yield paragraph(more, 2, "dim")


def _absent(reason: str) -> str:
    """Why there was nothing to look at."""
    known = {
        NO_PRIORITIES: _("Not looked at: nobody who may change has priorities."),
        NO_RANKING: _("Not looked at: nobody who may change has an explicit ranking."),
        NO_PLACE: _("Not looked at: nobody who may change has priorities, in which an offer could find its place."),
    }
    return known.get(reason) or _("Not looked at: {reason}.", reason=reason)


def _looked(part: Part, asked: tuple[str, ...]) -> Iterator[str]:
    """What was found to be the least, and how far was looked."""
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
        told = _least(part.kind, steps, of_concepts(concepts, asked))
        if steps > 1 and all(concept in part.searched for concept in concepts):
            told += " " + (
                _("Nothing less of what was looked at does.") if part.kind == "moves" else _("Nothing less does.")
            )
        yield told
    for depth, concepts in none.items():
        yield _none(part.kind, depth, of_concepts(concepts, asked))
    if part.kind == "rankings" and any(_more_than_least(part, it) for it in part.settlements):
        yield _("Some below take more swaps than the fewest: other ways, none with all swaps of a shorter one.")
    if left:
        yield _(
            "Under {concepts}: not looked at, since a party that gains more may answer less there.",
            concepts=of_concepts(left, asked),
        )


def _least(kind: Kind, steps: int, concepts: str) -> str:
    """How many steps do."""
    match kind:
        case "wishes":
            return _n(
                "Under {concepts}, {n} change of a wish will do.",
                "Under {concepts}, {n} changes of wishes will do.",
                steps,
                concepts=concepts,
            )
        case "rankings":
            return _n(
                "Under {concepts}, {n} swap of two states will do.",
                "Under {concepts}, {n} swaps of two states will do.",
                steps,
                concepts=concepts,
            )
        case "moves":
            return _n(
                "Under {concepts}, {n} change of moves will do.",
                "Under {concepts}, {n} changes of moves will do.",
                steps,
                concepts=concepts,
            )
        case "offers":
            return _n(
                "Under {concepts}, {n} offer will do.",
                "Under {concepts}, {n} offers will do.",
                steps,
                concepts=concepts,
            )


def _none(kind: Kind, depth: int | None, concepts: str) -> str:
    """That nothing does, as far as was looked."""
    match kind:
        case "rankings":
            return _("Under {concepts}, no order of theirs does it, whatever the swaps.", concepts=concepts)
        case "wishes":
            return _n(
                "Under {concepts}, no single change of a wish of those looked at does it.",
                "Under {concepts}, up to {n} changes of wishes of those looked at do not do it.",
                depth or 0,
                concepts=concepts,
            )
        case "moves":
            return _n(
                "Under {concepts}, no single change of moves of those looked at does it.",
                "Under {concepts}, up to {n} changes of moves of those looked at do not do it.",
                depth or 0,
                concepts=concepts,
            )
        case "offers":
            return _("Under {concepts}, no single offer of those looked at does it.", concepts=concepts)


def _more_than_least(part: Part, it: Settlement) -> bool:
    """Whether fewer swaps do under every concept under which these do."""
    fewest = [steps for concept in it.concepts if (steps := part.smallest.get(concept)) is not None]
    return bool(fewest) and it.size > max(fewest)


def _settlement(
    base: Model, found: Settlements, it: Settlement, place: int, readings: tuple[str, ...], name: str
) -> Iterator[Block]:
    """One settlement: what changes, what comes of it, on what it rests, and how to see for oneself."""
    yield paragraph(f"{number(place)}. {' '.join(conditions(base, found, it))}", 2)
    for line in (*_then(it, found.concepts), *rests_on(base, found, it)):
        yield paragraph(line, 5)
    if it.changes:
        flags = "".join(f" --reading {reading}" for reading in readings)  # no message: a command
        command = f'bestand what-if {name} "{changes_text(it.changes)}"{flags}'
        yield paragraph(_("Try it: {command}", command=command), 5, "dim")
    if it.alike:
        yield paragraph(_alike(it), 5, "dim")


def _alike(it: Settlement) -> str:
    if it.offer:
        return _n(
            "{n} other such offer, by another or for more, will do as well.",
            "{n} other such offers, by others or for more, will do as well.",
            it.alike,
        )
    return _n("{n} other place will do as well.", "{n} other places will do as well.", it.alike)


def _then(it: Settlement, asked: tuple[str, ...]) -> Iterator[str]:
    """The equilibrium that comes of it, how many there are of its kind, and whether improvements lead there."""
    model, mask = it.model, it.example.mask
    told = [
        _(
            "This is then an equilibrium under {concepts}: {state}.",
            concepts=of_concepts(it.example.concepts, asked),
            state=state_words(model, mask),
        )
    ]
    if model.status_quo is not None and model.bits(mask) in model.labels and it.example.path != ():
        difference = difference_words(model, model.mask(model.status_quo), mask)
        told.append(_("What differs there from the status quo: {difference}.", difference=difference))
    yield " ".join([*told, *_where(model, it.example)])
    groups: dict[tuple[int, int], list[str]] = {}
    for concept in it.concepts:
        groups.setdefault(it.counts[concept], []).append(concept)
    yield " ".join(
        _n(
            "Under {concepts}: {n} equilibrium then, {wanted} of them as wanted.",
            "Under {concepts}: {n} equilibria then, {wanted} of them as wanted.",
            every,
            wanted=number(wanted),
            concepts=of_concepts(concepts, asked),
        )
        for (wanted, every), concepts in groups.items()
    )
