"""How sure it all is, for people: shares first, then what moves them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from bestand.document.blocks import Block, heading, paragraph, table
from bestand.model.formula import OutcomeAtom, text
from bestand.model.model import Model
from bestand.model.values import Claim
from bestand.prose.messages import _, _n, _p, decimal, listing, number
from bestand.prose.names import concept_name, concept_names, of_concepts, outcome_lines, told_formula, verdict_name
from bestand.prose.phrases import party_name, state_cell, state_words
from bestand.prose.words import readings_words, size

from .design import AnyQuestion, Orders
from .influence import Influence, Pair
from .jobs import usual_formulas
from .outcome import VERDICTS, Share, Target, Varied
from .phrases import answer_words, given_words, pair_words, question_words
from .robustness import Broken, Robustness

_MOST_MOVERS = 2  # questions told for an answer
_FEW_ANSWERS = 4  # of a question, up to which the share under each is told
_SURE = 2.0  # standard errors that an estimate has to be away from nothing
_FEWEST = 30  # samples drawn again, below which their own scatter says nothing of their error
_MOVES = 0.05  # of the variance, below which a question is not told


def varied_answer(found: Varied, most: int = 3) -> Iterator[Block]:
    """What ``vary`` found.

    Parameters
    ----------
    found : Varied
    most : int
        How many states of each concept to list.
    """
    job = found.job
    yield paragraph(job.model.title, 0, "bold")
    if job.readings:
        yield paragraph(readings_words(job.model, job.readings), 0, "yellow")
    yield from varied_part(found, most)


def varied_part(found: Varied, most: int, own: Claim | None = None) -> Iterator[Block]:
    """The answer without what it is about, and without a claim that the file does not make (``own``)."""
    job = found.job
    yield paragraph(" ".join(looked_sentences(found)), 0)
    for note in _notes(found):
        yield paragraph(note, 0, "yellow")
    if found.looked_at and found.looked_at > found.without_states:
        beside = _beside(found)
        for k in range(len(job.formulas)):
            if k not in beside:
                yield from _formula(found, k)
        if beside:
            yield from _outcomes(found, beside)
        yield from _states(found, most)
        asked = [claim for claim in job.asked if claim != own]
        if asked:
            yield from _claims(found, asked)
    yield from _open(found)


def _beside(found: Varied) -> list[int]:
    """The formulas that nobody asked about: they get a line each."""
    model = found.job.model
    if found.job.formulas != usual_formulas(model):
        return []
    return [k for k, formula in enumerate(found.job.formulas) if formula != model.plan]


def looked_sentences(found: Varied) -> Iterator[str]:
    """What was put together, and how much of it was looked at."""
    job, count = found.job, found.job.design.count
    if job.shuffle:
        yield _("Each party's wishes are put in every order.")
    else:
        yield _n(
            "The answers to {n} open question are gone through.",
            "The answers to {n} open questions are put together in every combination.",
            len(job.design.questions),
        )
    if job.kind == "all" and found.complete:
        yield _n(
            "That makes {n} combination, which is looked at.",
            "That makes {n} combinations, all of which are looked at.",
            count,
        )
        return
    yield _n("That makes {n} combination.", "That makes {n} combinations.", count, n=size(count))
    looked, drawn = number(found.looked_at), number(job.samples)
    if job.kind == "all":
        yield _n(
            "Only {n}, picked at random, is looked at.", "Only {n}, picked at random, are looked at.", found.looked_at
        )
    elif found.looked_at < job.samples:
        yield _(
            "{looked} of {drawn} that are drawn at random (seed {seed}) are looked at.",
            looked=looked,
            drawn=drawn,
            seed=job.seed,
        )
    else:
        yield _n(
            "{n} is drawn at random (seed {seed}) and looked at.",
            "{n} are drawn at random (seed {seed}) and looked at.",
            job.samples,
            seed=job.seed,
        )
    yield _("Where two numbers follow in brackets, the share lies between them, 19 times in 20.")


def _open(found: Varied) -> Iterator[Block]:
    """What the questions are, and how likely each answer is where the file says so."""
    if found.job.shuffle:
        return
    yield heading(_("What is open"))
    for question in found.job.design.questions:
        yield paragraph(_asked(found.job.model, question))


def _asked(model: Model, question: AnyQuestion) -> str:
    words = question_words(model, question)
    if isinstance(question, Orders) or question.even:
        return _("{Question}.", question=words)
    answers = zip(question.answers, question.chances, strict=True)
    chances = listing(
        _("{share} {answer}", share=f"{100 * chance:.0f}%", answer=answer_words(question, answer))
        for answer, chance in answers
    )
    return _("{Question}: {chances}.", question=words, chances=chances)


def _notes(found: Varied) -> Iterator[str]:
    model, design = found.job.model, found.job.design
    if found.stopped:
        yield _(
            "{Reason}: these are the numbers so far, and what moves them is not told.",
            reason=found.stopped,
        )
    settled = [given_words(model, answer) for answer in design.settled if answer.changes or answer.wishes]
    if settled:
        yield _("Given always, since nothing else is left: {answers}.", answers=listing(settled))
    if design.unordered:
        who = listing(party_name(model, party) for party in design.unordered)
        yield _("Not varied, for want of priorities: the order of what {parties} wants.", parties=who)
    if design.dropped:
        answers = listing(given_words(model, answer) for answer in design.dropped)
        yield _("Not varied, since it cannot be: {answers}.", answers=answers)
    if found.without_states:
        yield _n(
            "{n} combination leaves no state, and counts nowhere.",
            "{n} combinations leave no state, and count nowhere.",
            found.without_states,
        )
    if not design.even and found.job.kind == "all":
        yield _("Shares go by the chances that the file gives.")


def _formula(found: Varied, k: int) -> Iterator[Block]:
    job = found.job
    formula = told_formula(job.model, job.formulas[k])
    plan = job.formulas[k] == job.model.plan
    yield heading(_("The plan: {formula}", formula=formula) if plan else formula)
    rows = []
    for concept in job.concepts:
        fewest, middle, highest = found.equilibria_range(concept)
        rows.append(
            [
                concept,
                share_words(found.formula(k, concept)),
                share_words(found.formula_part(k, concept)),
                _range(fewest, middle, highest),
            ]
        )
    header = [
        _p("column of a table", "concept"),
        _p("column of a table", "true in some equilibrium"),
        _p("column of a table", "of the equilibria"),
        _p("column of a table", "equilibria"),
    ]
    yield table(header, rows, frozenset({0}))
    told: dict[tuple[str, ...] | None, list[str]] = {}
    for concept in job.concepts:
        told.setdefault(_moved(found, Target("formula", k, concept)), []).append(concept)
    for moved, concepts in told.items():
        names = of_concepts(concepts, job.concepts)
        if moved is None:
            few = _("Under {concepts}, the samples are too few to tell what moves it.", concepts=names)
            yield paragraph(few, 2, "dim")
        elif moved:
            yield paragraph(_("What moves it most under {concepts}:", concepts=names), 2, "dim")
            for line in moved:
                yield paragraph(line, 4, "dim")


def _outcomes(found: Varied, beside: list[int]) -> Iterator[Block]:
    """The outcomes of the file, each in a row."""
    job = found.job
    yield heading(_("True in some equilibrium"))
    rows = [
        [text(job.formulas[k]), *(share_words(found.formula(k, concept)) for concept in job.concepts)] for k in beside
    ]
    yield table([_p("column of a table", "outcome"), *job.concepts], rows)
    outcomes = [formula.name for k in beside if isinstance(formula := job.formulas[k], OutcomeAtom)]
    for line in outcome_lines(job.model, outcomes):
        yield paragraph(line, 2, "dim")


def _range(fewest: int, middle: float, highest: int) -> str:
    """How many there are; a median lies between two whole numbers at times."""
    if fewest == highest:
        return number(fewest)
    median = number(int(middle)) if middle == int(middle) else decimal_number(middle)
    return _(
        "{fewest} to {most}, median {median}",
        fewest=number(fewest),
        most=number(highest),
        median=median,
    )


def decimal_number(value: float) -> str:
    """A number with one decimal and thousands apart.

    Examples
    --------
    >>> decimal_number(10212.5)
    '10,212.5'
    """
    return number(int(value)) + decimal(value - int(value), 1)[1:]


def _states(found: Varied, most: int) -> Iterator[Block]:
    if not most:
        return
    model = found.job.model
    yield heading(_("Equilibria, by how often they are one"))
    for concept in found.job.concepts:
        masks, shares = found.states(concept)
        told = _n(
            "Under {concept}, {n} state is an equilibrium in some combination.",
            "Under {concept}, {n} states are equilibria in some combination.",
            len(masks),
            concept=concept_name(concept),
        )
        always = int((shares > 1 - 1e-12).sum())
        if always:
            told += " " + _n(
                "{n} is one in every combination looked at.", "{n} are ones in every combination looked at.", always
            )
        yield paragraph(told)
        rows = [
            [f"  {share_words(found.state_share(int(mask), concept))}", state_cell(model, int(mask))]
            for mask in masks[:most]
        ]
        if rows:
            yield table(["", ""], rows, frozenset({0, 1}))


def _claims(found: Varied, asked: Sequence[Claim]) -> Iterator[Block]:
    yield heading(_("Claims"))
    shares = {claim.id: found.claim(claim) for claim in asked}
    beside = [verdict for verdict in VERDICTS[1:] if any(of[verdict].count for of in shares.values())]
    rows = [
        [id, share_words(of["holds"]), *(share_words(of[verdict]) for verdict in beside)] for id, of in shares.items()
    ]
    header = [_p("column of a table", "claim"), *(verdict_name(verdict) for verdict in (VERDICTS[0], *beside))]
    yield table(header, rows)
    for claim in asked:
        yield from _claim(found, claim)


def _claim(found: Varied, claim: Claim) -> Iterator[Block]:
    """What a claim says, and what moves it."""
    says, moved = claim.grounds.says, _moved(found, Target("claim", claim.id, ""))
    if says or moved != ():
        yield paragraph(_("{name}: {says}", name=claim.id, says=says) if says else claim.id)
    if moved is None:
        yield paragraph(_("The samples are too few to tell what moves it."), 4, "dim")
    elif moved:
        yield paragraph(_("What moves it most:"), 4, "dim")
        for line in moved:
            yield paragraph(line, 6, "dim")


def _moved(found: Varied, target: Target) -> tuple[str, ...] | None:
    """What moves an answer most, a paragraph each: empty where it never changes, None where nobody can tell."""
    every = found.influences(target)
    influences = [one for one in every if _tells(one)]
    few = found.job.kind == "sample" and found.job.compared < _FEWEST
    if every and (few or (not influences and any(not (one.in_all_error or 0.0) <= _MOVES for one in every))):
        return None
    told = [" ".join(_influence(found, one)) for one in influences[:_MOST_MOVERS]]
    return (*told, *(_pair(found, pair) for pair in found.pairs(target)[:_MOST_MOVERS]))


def _tells(one: Influence) -> bool:
    """Whether a question moves an answer so much that it is told, and not by chance."""
    return one.in_all >= max(_MOVES, _SURE * (one.in_all_error or 0.0))


def _influence(found: Varied, one: Influence) -> Iterator[str]:
    """How much one question moves, and how often it is so under each answer to it."""
    question = found.job.design.questions[one.question]
    words = question_words(found.job.model, question, short=True)
    together = _variance(one.in_all, one.in_all_error)
    if one.alone_error is not None and not one.alone_error < one.alone:
        yield _(
            "{Question}: {together} of the variance with others; the samples are too few to tell how much alone.",
            question=words,
            together=together,
        )
    else:
        yield _(
            "{Question}: {alone} of the variance alone, {together} with others.",
            question=words,
            alone=_variance(one.alone, one.alone_error),
            together=together,
        )
    if one.by_answer and len(one.by_answer) <= _FEW_ANSWERS and not isinstance(question, Orders):
        answers = {answer.words: answer for answer in question.answers}
        shares = listing(
            _(
                "{share} {answer}",
                share=part_words(share, never=found.exact),
                answer=answer_words(question, answers[name]),
            )
            for name, share in one.by_answer
        )
        yield _("How often it is so: {shares}.", shares=shares)


def _variance(part: float, error: float | None) -> str:
    told = f"{100 * min(max(part, 0.0), 1.0):.0f}%"
    return told if error is None else f"{told} ± {100 * error:.0f}"


def _pair(found: Varied, pair: Pair) -> str:
    orders = next(q for q in found.job.design.questions if isinstance(q, Orders) and q.party == pair.party)
    one, other = pair_words(found.job.model, orders, pair)
    return _(
        "The order of the wishes {one} and {other} of {party}. How often it is so: {above} where the first stands "
        "above the second, {below} where it does not.",
        one=one,
        other=other,
        party=party_name(found.job.model, pair.party),
        above=part_words(pair.above, never=found.exact),
        below=part_words(pair.below, never=found.exact),
    )


def share_words(share: Share) -> str:
    """A share, with the bounds between which it lies where it was sampled.

    Examples
    --------
    >>> share_words(Share(720, 1152, 0.625)), share_words(Share(3, 100, 0.03, 0.01, 0.085))
    ('63%', '3% (1 to 8.5)')
    """
    if math.isnan(share.share):
        return "-"
    told = part_words(share.share, never=share.low is None)
    if share.low is None or share.high is None:
        return told
    return _("{share} ({low} to {high})", share=told, low=_bound(share.low), high=_bound(share.high))


def part_words(part: float, *, never: bool = True) -> str:
    """A part in words; "none" and "all" only where it is so, and nothing was left to chance.

    Examples
    --------
    >>> part_words(0.0), part_words(1.0), part_words(0.0004), part_words(0.3333), part_words(0.0, never=False)
    ('none', 'all', '<1%', '33%', '0%')
    """
    if never and part <= 1e-12:
        return _p("share", "none")
    if never and part >= 1 - 1e-12:
        return _p("share", "all")
    if 0 < part < 0.01 or 0.99 < part < 1:
        return "<1%" if part < 0.5 else ">99%"
    return f"{math.floor(100 * part + 0.5)}%"


def _bound(share: float) -> str:
    percent = 100 * share
    whole = 10 <= percent <= 90 or round(percent, 1) == round(percent)
    return f"{percent:.0f}" if whole else decimal(percent, 1)


def robust_answer(model: Model, robust: Robustness) -> Iterator[Block]:
    """The fewest swaps that break the equilibria asked about."""
    yield heading(_("How many swaps of neighbouring wishes break it"))
    if robust.stopped:
        stopped = _("{Reason}: {orders} orders were looked at.", reason=robust.stopped, orders=size(robust.orders))
        every = _n(
            "All that {n} swap leads to are among them.",
            "All that {n} swaps or fewer lead to are among them.",
            robust.depth,
        )
        yield paragraph(f"{stopped} {every}")
    else:
        yield paragraph(
            _n(
                "All {orders} orders that {n} swap leads to were looked at, that of the file among them.",
                "All {orders} orders that {n} swaps or fewer lead to were looked at, that of the file among them.",
                robust.depth,
                orders=number(robust.orders),
            )
        )
    alike: dict[tuple[int, tuple[str, ...]], list[str]] = {}
    for broken in robust.found:
        alike.setdefault((broken.mask, tuple(_broken(model, broken, robust))), []).append(broken.concept)
    for (mask, lines), concepts in alike.items():
        yield paragraph(
            _("{State}, under {concepts}:", state=state_words(model, mask), concepts=concept_names(concepts))
        )
        for line in lines:
            yield paragraph(line, 4)


def _broken(model: Model, broken: Broken, robust: Robustness) -> Iterator[str]:
    """How an equilibrium breaks, in sentences."""
    if broken.swaps is None:
        yield _n("No {n} swap breaks it.", "No {n} swaps or fewer break it.", robust.depth)
        return
    yield _n("{n} swap breaks it:", "{n} swaps break it:", len(broken.swaps))
    for party, place in broken.swaps:
        yield _(
            "{Party} exchanges what stands in the places {place} and {next} of its list.",
            party=party_name(model, party),
            place=number(place),
            next=number(place + 1),
        )
