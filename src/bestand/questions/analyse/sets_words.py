"""The answer of ``analyse`` over sets of states: the same questions, counted instead of listed."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.answer.opening import legend
from bestand.document.blocks import Block, heading, paragraph, table
from bestand.engine.patterns import Pattern
from bestand.engine.sets import StateSet
from bestand.engine.symbolic import DiagramStates
from bestand.model.formula import Formula, OutcomeAtom
from bestand.plan.words import it_can, never_true, nowhere, true_in
from bestand.prose.messages import _, _n, _p
from bestand.prose.names import told_formula
from bestand.prose.phrases import party_name
from bestand.prose.words import bit_cell, percent, size
from bestand.solve.sets import SetSolution

from .listed_words import (
    equilibria_heading,
    leaving_words,
    no_equilibrium,
    nothing_reached,
    resting_words,
    standing_now,
    summary_heading,
    title,
)


def answer(
    width: int,
    solution: SetSolution,
    concepts: tuple[str, ...],
    where: Formula | None = None,
    readings: tuple[str, ...] = (),
) -> Iterator[Block]:
    """The parts of the answer, in reading order; parameters as `bestand.questions.analyse.words.answer`."""
    yield from title(solution, readings)
    yield from parts(width, solution, concepts, where)


def parts(width: int, solution: SetSolution, concepts: tuple[str, ...], where: Formula | None) -> Iterator[Block]:
    """The answer without what it is about; parameters as `answer`."""
    if solution.model.plan is not None:
        yield from _plan(solution, concepts, solution.model.plan)
    if solution.status_quo is not None:
        yield from _today(solution, concepts, solution.status_quo)
    yield from _summary(solution, concepts, where)
    if solution.reached is not None:
        yield from _drift(solution, concepts, solution.reached)
    told: list[StateSet] = []
    for concept in concepts:
        chosen = solution.equilibria(concept)
        if chosen not in told:
            same = [c for c in concepts if solution.equilibria(c) == chosen]
            yield from _equilibria(width, solution, same, where)
            told.append(chosen)
    yield from legend(solution.model)


def _plan(solution: SetSolution, concepts: tuple[str, ...], plan: Formula) -> Iterator[Block]:
    yield heading(_("Does it hold? The plan: {plan}", plan=told_formula(solution.model, plan)))
    yield paragraph(plan_verdict(solution, concepts, plan))
    so = solution.holds(plan)
    total = so.count()
    if not total:
        return
    yield paragraph(
        _(
            "Who does not rest there: the share of the states with the plan that a party has reason to leave, be it "
            "for another state with the plan or for one without it."
        )
    )
    rows = [
        (party.title, *(percent((so - solution.verdict(concept, i)).count(), total) for concept in concepts))
        for i, party in enumerate(solution.model.parties)
    ]
    yield table(("", *concepts), rows)


def plan_verdict(solution: SetSolution, concepts: tuple[str, ...], plan: Formula) -> str:
    """Whether the plan holds anywhere, and in how many of the states in which it is true."""
    so = solution.holds(plan)
    total = so.count()
    if not total:
        return never_true()
    holding = {concept: (so & solution.equilibria(concept)).count() for concept in concepts}
    return f"{it_can()} {true_in(total, holding)}" if any(holding.values()) else nowhere(concepts, total)


def _today(solution: SetSolution, concepts: tuple[str, ...], today: int) -> Iterator[Block]:
    model = solution.model
    yield from standing_now(model, today)
    holding = [concept for concept in concepts if today in solution.equilibria(concept)]
    if holding:
        yield paragraph(resting_words(holding, concepts))
    for i, party in enumerate(model.parties):
        leaving = [concept for concept in concepts if today not in solution.verdict(concept, i)]
        if leaving:
            yield paragraph(leaving_words(party_name(model, party.id), leaving, concepts))


def _drift(solution: SetSolution, concepts: tuple[str, ...], reached: DiagramStates) -> Iterator[Block]:
    yield heading(_("Where it drifts"))
    count = reached.count()
    if count == 1:
        yield paragraph(nothing_reached())
        return
    yield paragraph(
        _n(
            "By improvements alone, {reached} of {number} state can be reached ({share}).",
            "By improvements alone, {reached} of {number} states can be reached ({share}).",
            solution.count,
            reached=size(count),
            number=size(solution.count),
            share=percent(count, solution.count),
        )
    )
    rows = [(concept, size((solution.equilibria(concept) & reached).count())) for concept in concepts]
    yield table((_p("column of a table", "concept"), _p("column of a table", "equilibria reached")), rows)


def _summary(solution: SetSolution, concepts: tuple[str, ...], where: Formula | None) -> Iterator[Block]:
    """How many equilibria each concept has, and how many are of each outcome."""
    yield heading(summary_heading(where))
    names = list(solution.model.outcome)
    rows = []
    for concept in concepts:
        chosen = _kept(solution, concept, where)
        cells = [size((chosen & solution.holds(OutcomeAtom(name))).count()) for name in names]
        rows.append((concept, size(chosen.count()), *cells))
    yield table((_p("column of a table", "concept"), _p("column of a table", "equilibria"), *names), rows)


def _kept(solution: SetSolution, concept: str, where: Formula | None) -> StateSet:
    chosen = solution.equilibria(concept)
    return chosen if where is None else chosen & where


def _equilibria(width: int, solution: SetSolution, concepts: list[str], where: Formula | None) -> Iterator[Block]:
    every, chosen = solution.equilibria(concepts[0]).count(), _kept(solution, concepts[0], where)
    count = chosen.count()
    yield heading(equilibria_heading(concepts, every, None if where is None else count))
    if not every:
        yield paragraph(no_equilibrium())
    if not count:
        return
    label = max((len(option.id) for option in solution.model.options), default=10)
    solution.watch.phase("summing up equilibria")
    shown = list(chosen.patterns(max(1, (width - max(label, 24) - 4) // 7)))
    yield from _option_table(solution, shown, count)
    rest = count - sum(pattern.count for pattern in shown)
    if rest:
        yield paragraph(
            _n(
                "And {number} more equilibrium: --where FORMULA narrows, a wider window shows more columns, --json "
                "lists more.",
                "And {number} more equilibria: --where FORMULA narrows, a wider window shows more columns, --json "
                "lists more.",
                rest,
                number=size(rest),
            )
        )


def _option_table(solution: SetSolution, shown: list[Pattern], count: int) -> Iterator[Block]:
    """Options as rows, patterns as columns, without the options that vary in all of them."""
    model = solution.model
    shares = (percent(pattern.count, count) for pattern in shown)
    rows: list[tuple[str, ...]] = [(_("share of the equilibria"), *shares)]
    for party in model.parties:
        told = []
        for option in party.options:
            bits = [pattern.bits[model.bit[option.id]] for pattern in shown]
            if set(bits) != {"-"}:
                told.append((f"  {option.name}", *map(bit_cell, bits)))
        rows += [(party.title,), *told] if told else []
    yield table(("", *(f"#{place}" for place in range(1, len(shown) + 1))), rows)
    open_ = sum(all(pattern.bits[k] == "-" for pattern in shown) for k in range(len(model.options)))
    if open_:
        yield paragraph(
            _n(
                "{n} option left out: either way in all of these.",
                "{n} options left out: either way in all of these.",
                open_,
            )
        )
