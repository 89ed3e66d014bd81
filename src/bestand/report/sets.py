"""The answer of ``analyse`` over sets of states: the same questions, counted instead of listed."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.analysis.sets import SetSolution
from bestand.engine.pattern import Pattern
from bestand.engine.symbolic import StateSet
from bestand.model.formula import Formula, OutcomeAtom, text
from bestand.stability.registry import EVERY
from bestand.texts import listing

from .blocks import Block
from .page import Page
from .terminal import legend, title
from .words import percent, plural, size


def answer(
    on: Page,
    solution: SetSolution,
    concepts: tuple[str, ...],
    where: Formula | None = None,
    readings: tuple[str, ...] = (),
) -> Iterator[Block]:
    """The parts of the answer, in reading order; parameters as `bestand.report.answer.answer`."""
    yield from title(on, solution, readings)
    if solution.model.plan is not None:
        yield from _plan(on, solution, concepts, solution.model.plan)
    if solution.status_quo is not None:
        yield from _today(on, solution, concepts, solution.status_quo)
    yield from _summary(on, solution, concepts, where)
    if solution.reached is not None:
        yield from _drift(on, solution, concepts, solution.reached)
    told: list[StateSet] = []
    for concept in concepts:
        chosen = solution.equilibria(concept)
        if chosen not in told:
            same = [c for c in concepts if solution.equilibria(c) == chosen]
            yield from _equilibria(on, solution, same, where)
            told.append(chosen)
    yield from legend(on, solution.model)


def _plan(on: Page, solution: SetSolution, concepts: tuple[str, ...], plan: Formula) -> Iterator[Block]:
    yield on.heading(f"Does it hold? The plan: {text(plan)}")
    so = solution.holds(plan)
    total = so.count()
    if not total:
        yield on.paragraph("It is true in no feasible state.")
        return
    holding = {concept: (so & solution.equilibria(concept)).count() for concept in concepts}
    somewhere = [f"{size(count)} under {concept}" for concept, count in holding.items() if count]
    if somewhere:
        where = plural(total, "state")
        yield on.paragraph(f"It can. The plan is true in {where}; equilibria among them: {listing(somewhere)}.")
    else:
        under = "any of the concepts asked" if len(concepts) > 1 else EVERY[concepts[0]].title
        where = plural(total, "state")
        yield on.paragraph(f"No. Of {where} in which the plan is true none is stable for every party under {under}.")
    yield on.paragraph(
        "Who does not rest there: the share of the states with the plan that a party would leave, be it for another "
        "state with the plan or for one without"
    )
    rows = [
        (party.title, *(percent((so - solution.verdict(concept, i)).count(), total) for concept in concepts))
        for i, party in enumerate(solution.model.parties)
    ]
    yield on.table(("", *concepts), rows)


def _today(on: Page, solution: SetSolution, concepts: tuple[str, ...], today: int) -> Iterator[Block]:
    yield on.heading("Where things stand: the status quo")
    yield on.paragraph(f"Yes today: {listing(solution.model.taken(today)) or 'nothing'}.")
    holding = [concept for concept in concepts if today in solution.equilibria(concept)]
    if holding:
        yield on.paragraph(f"It is an equilibrium under {listing(holding)}.")
    for i, party in enumerate(solution.model.parties):
        leaving = [concept for concept in concepts if today not in solution.verdict(concept, i)]
        if leaving:
            under = "every concept asked" if len(leaving) == len(concepts) else listing(leaving)
            yield on.paragraph(f"{party.title} would leave it under {under}.")


def _drift(on: Page, solution: SetSolution, concepts: tuple[str, ...], reached: StateSet) -> Iterator[Block]:
    yield on.heading("Where it drifts")
    count = reached.count()
    if count == 1:
        yield on.paragraph("By improvements alone, nothing but the status quo itself is reached.")
        return
    yield on.paragraph(
        f"By improvements alone, {size(count)} of {plural(solution.count, 'state')} can be reached "
        f"({percent(count, solution.count)})."
    )
    rows = [(concept, size((solution.equilibria(concept) & reached).count())) for concept in concepts]
    yield on.table(("concept", "equilibria reached"), rows)


def _summary(on: Page, solution: SetSolution, concepts: tuple[str, ...], where: Formula | None) -> Iterator[Block]:
    """How many equilibria each concept has, and how many are of each outcome."""
    yield on.heading("Equilibria: states that no party would leave" + (f", where {text(where)}" if where else ""))
    names = list(solution.model.outcome)
    rows = []
    for concept in concepts:
        chosen = _kept(solution, concept, where)
        cells = [size((chosen & solution.holds(OutcomeAtom(name))).count()) for name in names]
        rows.append((concept, size(chosen.count()), *cells))
    yield on.table(("concept", "equilibria", *names), rows)


def _kept(solution: SetSolution, concept: str, where: Formula | None) -> StateSet:
    chosen = solution.equilibria(concept)
    return chosen if where is None else chosen & where


def _equilibria(on: Page, solution: SetSolution, concepts: list[str], where: Formula | None) -> Iterator[Block]:
    every, chosen = solution.equilibria(concepts[0]).count(), _kept(solution, concepts[0], where)
    count = chosen.count()
    names = listing([f"{EVERY[concept].title} ({concept})" for concept in concepts])
    among = "" if where is None else f"{size(count)} of "
    yield on.heading(f"{names[0].upper()}{names[1:]}: {among}{plural(every, 'equilibrium', 'equilibria')}")
    if not every:
        yield on.paragraph("No state is stable for every party.")
    if not count:
        return
    label = max((len(option.id) for option in solution.model.options), default=10)
    solution.watch.phase("summing up equilibria")
    shown = list(chosen.patterns(max(1, (on.width - max(label, 24) - 4) // 7)))
    yield from _option_table(on, solution, shown, count)
    rest = count - sum(pattern.count for pattern in shown)
    if rest:
        more = plural(rest, "more equilibrium", "more equilibria")
        yield on.paragraph(f"and {more}: --where FORMULA narrows, a wider window shows more columns, --json lists more")


def _option_table(on: Page, solution: SetSolution, shown: list[Pattern], count: int) -> Iterator[Block]:
    """Options as rows, patterns as columns, without the options that vary in all of them."""
    model = solution.model
    rows: list[tuple[str, ...]] = [("share of the equilibria", *(percent(pattern.count, count) for pattern in shown))]
    for party in model.parties:
        told = []
        for option in party.options:
            bits = [pattern.bits[model.bit[option.id]] for pattern in shown]
            if set(bits) != {"-"}:
                told.append((f"  {option.name}", *({"1": "Y", "0": "N"}.get(bit, "-") for bit in bits)))
        rows += [(party.title,), *told] if told else []
    yield on.table(("", *(f"#{place}" for place in range(1, len(shown) + 1))), rows)
    open_ = sum(all(pattern.bits[k] == "-" for pattern in shown) for k in range(len(model.options)))
    if open_:
        yield on.paragraph(f"{plural(open_, 'option')} left out: either way in all of these.")
