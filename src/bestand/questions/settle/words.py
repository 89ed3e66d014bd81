"""Settlements for people: what would have to change, kind by kind, the smallest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Line, heading, paragraph, table
from bestand.model.model import Model
from bestand.model.wording import changes_text
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import concept_name, of_concepts, told_formula
from bestand.prose.phrases import difference_words, party_name, path_words, state_words
from bestand.prose.spoken import spoken
from bestand.prose.words import percent, readings_words, size
from bestand.stability.registry import EVERY

from .deal_words import after_words, looked, repeats_words, verdict_blocks
from .phrases import conditions, rests_on, tied_in_file, told

if TYPE_CHECKING:
    from .answer import Count, Example, Kind, Part, RankingCounts, Settled, Settlement


def _title(kind: Kind) -> str:
    match kind:
        case "ties":
            return _("If something were tied down with the signature")
        case "options":
            return _("If they tied what they can do today to the outcome")
        case "wishes":
            return _("If they wanted something else")
        case "rankings":
            return _("If they ranked the states otherwise")
        case "moves":
            return _("If they could do less, or more")
        case "offers":
            return _("If they offered one another something")


def blocks(answer: Settled) -> Iterator[Block]:
    """Tell the answer of ``settle``, kind by kind."""
    answer = told(answer)
    yield paragraph(answer.model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(answer.base, answer.readings), 0, "yellow")
    yield heading(_("What would it take?"))
    yield paragraph(_("Wanted: {formula}.", formula=told_formula(answer.model, answer.formula)))
    if not answer.feasible:
        yield paragraph(
            _(
                "It is true in no feasible state, and no change of what anybody wants or can do will alter that: see "
                "whether the formula, or a rule, says more than was meant."
            ),
            2,
            "bold",
        )
        return
    yield paragraph(_n("It is true in {n} feasible state.", "It is true in {n} feasible states.", answer.feasible))
    yield from verdict_blocks(answer)
    yield from _already(answer)
    for part in answer.parts:
        yield from _part(answer, part)


def count_blocks(answer: RankingCounts) -> Iterator[Block]:
    """Tell how many rankings of a party make a state an equilibrium, by concept."""
    model, counts = spoken(answer.model), answer.counts
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    who, state = party_name(model, answer.party), state_words(model, answer.state)
    yield heading(_("How much of what {party} could want makes this an equilibrium: {state}", party=who, state=state))
    whole = next(iter(counts.values())).of
    yield paragraph(
        _("Strict rankings of all feasible states that {party} could have: {count}.", party=who, count=size(whole))
    )
    others = listing(party_name(model, other.id) for other in model.parties if other.id != answer.party)
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


def _already(answer: Settled) -> Iterator[Block]:
    """Tell what is an equilibrium already, and what is not."""
    if answer.sought == "deal":
        return
    missing = [concept for concept in answer.concepts if concept not in answer.already]
    alike: dict[int, list[str]] = {}
    for concept, example in answer.already.items():
        alike.setdefault(example.mask, []).append(concept)
    for concepts in alike.values():
        example = answer.already[concepts[0]]
        told = _(
            "Nothing has to change under {concepts}. This is such a state, and an equilibrium as the model stands: "
            "{state}.",
            concepts=of_concepts(concepts, answer.concepts),
            state=state_words(answer.model, example.mask),
        )
        yield paragraph(" ".join([told, *_where(answer.model, example)]))
    if missing:
        yield paragraph(_missing(answer.feasible, missing, answer.concepts))


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
    """Tell whether improvements lead to a state."""
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


def _part(answer: Settled, part: Part) -> Iterator[Block]:
    yield heading(_title(part.kind))
    if part.absent and not part.settlements:
        yield paragraph(_("Not looked at: {reason}.", reason=part.absent), 2, "dim")
        return
    for line in looked(part) if answer.sought == "deal" else _looked(part, answer.concepts):
        yield paragraph(line)
    if part.kind == "offers" and part.settlements:
        yield paragraph(_("Nobody can do this in the model as it is: what is offered would be something new."))
    if part.stopped:
        yield paragraph(_("This part is not finished: {reason}.", reason=part.stopped), 2, "yellow")
    for place, settlement in enumerate(part.settlements, 1):
        yield Line()
        yield from _settlement(answer, settlement, place)
    told = sum(1 + settlement.alike for settlement in part.settlements)
    if part.found > told:
        yield Line()
        yield paragraph(_more(part, part.found - told), 2, "dim")


def _more(part: Part, rest: int) -> str:
    """Tell how many answers are not shown."""
    if part.stopped:
        return _n("{n} that was found is not shown.", "{n} that were found are not shown.", rest)
    return _n("There is {n} more (--list shows it).", "There are {n} more (--list shows them).", rest)


def _looked(part: Part, asked: tuple[str, ...]) -> Iterator[str]:
    """Tell what was found to be the least, and how far was looked."""
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
    far = [concept for concept in left if len(EVERY[concept].rounds) > 2]
    near = [concept for concept in left if concept not in far]
    if near:
        yield _(
            "Under {concepts}: not looked at, since a party that gains more may answer less there.",
            concepts=of_concepts(near, asked),
        )
    if far:
        yield _(
            "Under {concepts}: not looked at, since the others answer more than once there.",
            concepts=of_concepts(far, asked),
        )


def _least(kind: Kind, steps: int, concepts: str) -> str:
    """Tell how many steps do."""
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
        case "ties" | "options":
            raise AssertionError("ties hold deals, and no equilibria")  # pragma: no cover
        case "offers":
            return _n(
                "Under {concepts}, {n} offer will do.",
                "Under {concepts}, {n} offers will do.",
                steps,
                concepts=concepts,
            )


def _none(kind: Kind, depth: int | None, concepts: str) -> str:
    """Tell that nothing does, as far as was looked."""
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
        case "ties" | "options":
            raise AssertionError("ties hold deals, and no equilibria")  # pragma: no cover
        case "offers":
            return _("Under {concepts}, no single offer of those looked at does it.", concepts=concepts)


def _more_than_least(part: Part, it: Settlement) -> bool:
    """Tell whether fewer swaps do under every concept under which these do."""
    fewest = [steps for concept in it.concepts if (steps := part.smallest.get(concept)) is not None]
    return bool(fewest) and it.size > max(fewest)


def _settlement(answer: Settled, it: Settlement, place: int) -> Iterator[Block]:
    """One settlement: what changes, what comes of it, on what it rests, and how to see for oneself."""
    yield paragraph(f"{number(place)}. {' '.join(conditions(answer.base, answer, it))}", 2)
    then = () if it.example is None else _then(it, it.example, answer.concepts)
    for line in (*repeats_words(it), *then, *after_words(answer, it), *rests_on(answer.base, answer, it)):
        yield paragraph(line, 5)
    if it.changes:
        flags = "".join(f" --reading {reading}" for reading in answer.readings)  # no message: a command
        command = f'bestand what-if {answer.name} "{changes_text(it.changes)}"{flags}'
        yield paragraph(_("Try it: {command}", command=command), 5, "dim")
    if it.kind == "ties":
        yield from (paragraph(line, 5, "dim") for line in tied_in_file(answer, it))
    if it.alike:
        yield paragraph(_alike(it), 5, "dim")


def _alike(it: Settlement) -> str:
    if it.ties:
        return _n(
            "{n} other tie of the same parties against the same will do as well.",
            "{n} other ties of the same parties against the same will do as well.",
            it.alike,
        )
    if it.offer:
        return _n(
            "{n} other such offer, by another or for more, will do as well.",
            "{n} other such offers, by others or for more, will do as well.",
            it.alike,
        )
    return _n("{n} other place will do as well.", "{n} other places will do as well.", it.alike)


def _then(it: Settlement, example: Example, asked: tuple[str, ...]) -> Iterator[str]:
    """The equilibrium that comes of it, how many there are of its kind, and whether improvements lead there."""
    model, mask = it.model, example.mask
    told = [
        _(
            "This is then an equilibrium under {concepts}: {state}.",
            concepts=of_concepts(example.concepts, asked),
            state=state_words(model, mask),
        )
    ]
    if model.status_quo is not None and model.bits(mask) in model.labels and example.path != ():
        difference = difference_words(model, model.mask(model.status_quo), mask)
        told.append(_("What differs there from the status quo: {difference}.", difference=difference))
    yield " ".join([*told, *_where(model, example)])
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
