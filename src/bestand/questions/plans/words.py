"""Several plans in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.plan.open.condition_words import condition_part
from bestand.plan.refusal_words import together_words
from bestand.plan.ruling_part import party_line
from bestand.plan.ruling_values import Ruling
from bestand.plan.ruling_words import chain_words, concept_words, headline, kind_label, without_words
from bestand.prose.messages import _, _n, _p, listing, number
from bestand.prose.names import plan_words
from bestand.prose.spoken import spoken
from bestand.prose.words import readings_words

from .stance import marked, stance

if TYPE_CHECKING:
    from bestand.plan.plans import Times

    from .answer import Plans

_BESIDE = 4  # plans that are columns of a table; more are its rows


def blocks(answer: Plans) -> Iterator[Block]:
    """Tell the plans side by side, which holds wherever another does, and each by itself."""
    model = spoken(answer.model)
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    yield heading(_("Which plan holds?"))
    yield plans_table(model, answer)
    yield paragraph(without_words(model, next(iter(answer.rulings.values()))), 2)
    if len(answer.rulings) > 1 or answer.possible > 1:
        yield heading(_("Which plan holds wherever another does"))
        yield from (paragraph(words, 2) for words in wherever_words(answer))
    known: set[object] = set()
    earlier: dict[tuple[Block, ...], str] = {}
    for id, ruling in answer.rulings.items():
        yield from plan_part(model, answer, id, ruling, known, earlier)


def plans_table(model: Model, answer: Plans) -> Block:
    """Tell of each plan the verdict, what every party makes of it, and how often it holds."""
    rulings = answer.rulings
    if len(rulings) > _BESIDE:
        header = ["", _p("row of a table of plans", "Verdict"), *(party.title for party in model.parties)]
        rows = [
            [id, kind_label(ruling.kind), *(marked(stance(ruling, party)) for party in model.party)]
            for id, ruling in rulings.items()
        ]
        if answer.times is not None:
            header.append(_p("row of a table of plans", "Holds in"))
            rows = [[*row, holds_in(answer.times, row[0])] for row in rows]
        return table(header, rows, range(len(header)))
    rows = [[_p("row of a table of plans", "Verdict"), *(kind_label(ruling.kind) for ruling in rulings.values())]]
    for party in model.parties:
        rows.append([party.title, *(marked(stance(ruling, party.id)) for ruling in rulings.values())])
    if answer.times is not None:
        rows.append([_p("row of a table of plans", "Holds in"), *(holds_in(answer.times, id) for id in rulings)])
    return table(["", *rulings], rows, range(len(rulings) + 1))


def holds_in(found: Times, id: str) -> str:
    """Tell in how many combinations a plan holds."""
    return _("{found} of {of}", found=number(len(found.plans[id].held)), of=number(found.of))


def wherever_words(answer: Plans) -> Iterator[str]:
    """Tell which plans hold wherever others do, and what combinations that is about."""
    found = answer.times
    if found is None:
        yield _unknown(answer)
        return
    yield _n(
        "What is open is put together in every way: {number} combination. A plan holds in one where it is a deal that "
        "is kept, or needs no deal.",
        "What is open is put together in every way: {number} combinations. A plan holds in one where it is a deal that "
        "is kept, or needs no deal.",
        found.of,
        number=number(found.of),
    )
    if never := [id for id, each in found.plans.items() if not each.held]:
        yield _n("Holds in none: {plans}.", "Hold in none: {plans}.", len(never), plans=listing(never))
    somewhere = [id for id, each in found.plans.items() if each.held]
    if len(somewhere) > 1 and not found.wherever:
        yield _("None of them holds wherever another does: each holds in some combination in which any other does not.")
    yield from _compared(found)
    for id in _best(found, somewhere):
        yield _("So the plan {plan} holds wherever any of them does.", plan=id)


def _compared(found: Times) -> Iterator[str]:
    """Tell which plans hold in the same combinations, and which in all of others and more; what follows is left out."""
    more = {(each.plan, each.other): each.more for each in found.wherever}
    alike: list[list[str]] = []
    for id, each in found.plans.items():
        same = next((some for some in alike if more.get((some[0], id)) == 0), None)
        if same is not None:
            same.append(id)
        elif each.held:
            alike.append([id])
    for some in alike:
        if len(some) > 1:
            yield _("{plans}: in the same combinations.", plans=listing(some))
    for some, others in permutations(alike, 2):
        n = more.get((some[0], others[0]))
        between = ((some[0], each[0]) in more and (each[0], others[0]) in more for each in alike)
        if n is not None and sum(between) == 0:
            yield _(
                "{plans}: in all combinations of {others}, and in {n} more.",
                plans=listing(some),
                others=listing(others),
                n=number(n),
            )


def _best(found: Times, somewhere: Sequence[str]) -> Iterator[str]:
    """Yield a plan that holds wherever any other does, where more than two hold somewhere."""
    pairs = {(each.plan, each.other) for each in found.wherever}
    best = [x for x in somewhere if all((x, y) in pairs for y in somewhere if y != x)]
    if len(somewhere) > 2 and len(best) == 1:
        yield best[0]


def _unknown(answer: Plans) -> str:
    if answer.stopped is not None:
        return _("The combinations of what is open were not gone through: {why}.", why=answer.stopped)
    if answer.possible == 1:
        return _("Nothing is open here: each plan has one verdict.")
    return _(
        "What is open makes {number} combinations, more than are gone through here; bestand vary MODEL --plan ID draws "
        "some.",
        number=number(answer.possible),
    )


def plan_part(
    model: Model,
    answer: Plans,
    id: str,
    ruling: Ruling,
    known: set[object],
    earlier: dict[tuple[Block, ...], str],
    *,
    formula: bool = True,
) -> Iterator[Block]:
    """Tell one plan, perhaps with its formula: the verdict, what each party refuses and is kept by, when it holds.

    What was told of an earlier plan word for word is not told again.
    """
    yield heading(_("The plan {plan}", plan=_title(model, ruling, id, formula=formula)))
    told = tuple(_today(model, ruling))
    if (same := earlier.setdefault(told, id)) != id:
        yield paragraph(_("As things are today: all that is said of {plan}.", plan=same), 2)
    else:
        yield from told
    if answer.times is not None:
        yield from _when(model, answer.times, id, known)


def _today(model: Model, ruling: Ruling) -> Iterator[Block]:
    yield paragraph(headline(model, ruling), 2, "bold")
    yield from (paragraph(words, 2) for words in concept_words(ruling))
    if ruling.kind != "cannot-be":
        yield from (paragraph(party_line(model, ruling, party), 2) for party in model.party)
        if together := " ".join(together_words(model, ruling)):
            yield paragraph(together, 2)
    if ruling.kind == "deal-not-kept" and ruling.lean[0].chain:
        yield paragraph(chain_words(model, ruling.lean[0]), 2)
    if crossing := _crossing(model, ruling):
        yield paragraph(crossing, 2)


def _title(model: Model, ruling: Ruling, id: str, *, formula: bool) -> str:
    named = model.plan_named[id]
    words, asked = plan_words(model, named.formula, id=id), text(ruling.terms.plan)
    if asked == id or (named.grounds.says and formula):
        return _("{words} [{formula}]", words=words, formula=asked)
    return words


def _crossing(model: Model, ruling: Ruling) -> str:
    """Tell whose red lines some versions of a plan cross, though not all do."""
    lines = [
        party for party, each in ruling.refuses.items() if "red line" in each.decided_by and party not in ruling.crossed
    ]
    if not lines:
        return ""
    parties = listing(model.party[id].title for id in lines)
    return _("Some versions of it cross a red line of: {parties}.", parties=parties)


def _when(model: Model, found: Times, id: str, known: set[object]) -> Iterator[Block]:
    times = found.plans[id]
    same = next((other for other, each in found.plans.items() if each.held == times.held), id)
    if times.held and same != id:
        told = _("When it holds ({count} combinations): where {plan} does.", count=holds_in(found, id), plan=same)
        yield paragraph(told, 2)
        return
    yield paragraph(_("When it holds ({count} combinations):", count=holds_in(found, id)), 2)
    if times.holds is None:
        yield paragraph(_("No short condition was found for that."), 4)
    else:
        yield from condition_part(model, found.design, times.holds, known, 4)
