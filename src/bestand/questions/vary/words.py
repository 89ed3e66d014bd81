"""How sure it all is, for people: shares first, then what moves them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets, heading, paragraph, table
from bestand.model.formula import OutcomeAtom, text
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.values import Claim
from bestand.plan.open.condition_words import count_words
from bestand.plan.open.design import AnyQuestion, Orders, usual_formulas
from bestand.plan.open.phrases import answer_words, given_words, pair_words, question_words
from bestand.plan.ruling_words import kind_words
from bestand.prose.changes import reading_words
from bestand.prose.messages import _, _n, _p, choice, decimal, listing, number, said
from bestand.prose.names import concept_name, of_concepts, outcome_lines, told_formula, verdict_name
from bestand.prose.phrases import party_name, state_cell
from bestand.prose.spoken import spoken
from bestand.prose.words import readings_words, size

from .condition_words import condition_part, idle_words, unconditioned_words
from .robustness_words import robustness_part

if TYPE_CHECKING:
    from .answer import Equilibria, Influence, Movers, Pair, PlanShares, Share, Variation

_MOST_MOVERS = 2  # questions told for an answer
_MOST_CHANCES = 12  # of the combinations of answers to questions that exclude each other, up to which they are told
_FEW_ANSWERS = 4  # of a question, up to which the share under each is told
_SURE = 2.0  # standard errors that an estimate has to be away from nothing
_FEWEST = 30  # samples drawn again, below which their own scatter says nothing of their error
_MOVES = 0.05  # of the variance, below which a question is not told


def blocks(answer: Variation) -> Iterator[Block]:
    """Tell the answer, and what it is about."""
    model = spoken(answer.model)
    yield paragraph(model.title, 0, "bold")
    if answer.readings:
        yield paragraph(readings_words(model, answer.readings), 0, "yellow")
    yield from varied_part(answer)
    if answer.robustness is not None:
        yield from robustness_part(model, answer.robustness)


def varied_part(answer: Variation, own: Claim | None = None) -> Iterator[Block]:
    """Tell the answer without what it is about, and without a claim that the file does not make (``own``)."""
    yield paragraph(" ".join(looked_sentences(answer)), 0)
    for note in _notes(answer):
        yield paragraph(note, 0, "yellow")
    if answer.looked_at > answer.without_states:
        if answer.plan is not None:
            yield from _verdicts(answer, answer.plan)
        beside = _beside(answer)
        for k in range(len(answer.formulas)):
            if k not in beside:
                yield from _formula(answer, k)
        if beside:
            yield from _outcomes(answer, beside)
        yield from _states(answer)
        asked = [claim.id for claim in answer.job.claims if claim != own]
        if asked:
            yield from _claims(answer, asked)
    yield from _open(answer)


def _beside(answer: Variation) -> list[int]:
    """Return the formulas that nobody asked about: they get a line each."""
    model, formulas = answer.model, answer.job.formulas
    if formulas != usual_formulas(model):
        return []
    return [k for k, formula in enumerate(formulas) if formula != model.plan]


def looked_sentences(answer: Variation) -> Iterator[str]:
    """Tell what was put together, and how much of it was looked at."""
    job, count = answer.job, answer.count
    if job.shuffle:
        yield _("Each party's wishes are put in every order.")
    else:
        yield _n(
            "The answers to {n} open question are gone through.",
            "The answers to {n} open questions are put together in every combination.",
            len(job.design.questions),
        )
    if answer.exact:
        yield _n(
            "That makes {n} combination, which is looked at.",
            "That makes {n} combinations, all of which are looked at.",
            count,
        )
        return
    yield _n("That makes {n} combination.", "That makes {n} combinations.", count, n=size(count))
    looked, drawn = number(answer.looked_at), number(job.samples)
    if job.kind == "all":
        yield _n(
            "Only {n}, picked at random, is looked at.", "Only {n}, picked at random, are looked at.", answer.looked_at
        )
    elif answer.looked_at < job.samples:
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


def _open(answer: Variation) -> Iterator[Block]:
    """Tell what the questions are, and how likely each answer is where the file says so."""
    if answer.job.shuffle:
        return
    yield heading(_("What is open"))
    for question in answer.job.design.questions:
        yield paragraph(_asked(spoken(answer.model), question))


def _asked(model: Model, question: AnyQuestion) -> str:
    words = question_words(model, question)
    joined = not isinstance(question, Orders) and len(question.topics) > 1 and not question.single
    if joined and question.count > _MOST_CHANCES:
        return _("{Question}: {n} combinations of answers.", question=words, n=number(question.count))
    if not isinstance(question, Orders) and question.even and [topic.kind for topic in question.topics] == ["question"]:
        names = (str(answer.given[0].value) for answer in question.answers)
        answers = choice([reading_words(model, name) for name in names])
        return _("{Question}: {answers}.", question=words, answers=answers)
    if isinstance(question, Orders) or (question.even and not joined):
        return _("{Question}.", question=words)
    chances = listing(
        _("{share} {answer}", share=f"{100 * chance:.0f}%", answer=answer_words(question, answer))
        for answer, chance in zip(question.answers, question.chances, strict=True)
    )
    return _("{Question}: {chances}.", question=words, chances=chances)


def _notes(answer: Variation) -> Iterator[str]:
    model, design = spoken(answer.model), answer.job.design
    if answer.limit:
        yield _(
            "{Reason}: these are the numbers so far, and what moves them is not told.",
            reason=answer.limit,
        )
    if settled := [given_words(model, each) for each in design.settled if each.changes or each.wishes]:
        yield _("Given always, since nothing else is left: {answers}.", answers=listing(settled))
    if answer.job.wide and (answer.model.plan is not None or answer.model.claims):
        yield _(
            "The verdict on the plan and the claims are left out: they follow single states, for which this model has "
            "too many options."
        )
    if design.unordered:
        who = listing(party_name(model, party) for party in design.unordered)
        yield _("Not varied, for want of priorities: the order of what {parties} wants.", parties=who)
    if design.dropped:
        answers = listing(given_words(model, each) for each in design.dropped)
        yield _("Not varied, since it cannot be: {answers}.", answers=answers)
    if answer.without_states:
        yield _n(
            "{n} combination leaves no state, and counts nowhere.",
            "{n} combinations leave no state, and count nowhere.",
            answer.without_states,
        )
    if answer.dependent:
        yield _(
            "Not said how much they move, since it hangs on other answers which of theirs leave a state: {questions}.",
            questions=listing(question_words(model, design.questions[j], short=True) for j in answer.dependent),
        )
    stated = any(not isinstance(question, Orders) and question.stated for question in design.questions)
    uneven = not design.even and answer.job.kind == "all"
    if uneven and stated:
        yield _("Shares go by the chances that the file gives.")
    elif uneven:
        yield _("Shares go by chances under which the answers to each question are alike.")
    if not (stated or answer.job.shuffle):
        yield _("In how many combinations something is so does not say how likely it is.")


def _verdicts(answer: Variation, shares: PlanShares) -> Iterator[Block]:
    """Tell in how many combinations the plan comes to each verdict, and what moves it."""
    model = spoken(answer.model)
    plan = told_formula(model, answer.job.plan) if answer.job.plan is not None else ""
    yield heading(_("The verdict on the plan: {plan}", plan=plan))
    if answer.conditions is None:
        yield Bullets(verdict_lines(answer, shares))
        yield from (paragraph(line, 2, "dim") for line in unconditioned_words(answer))
    else:
        known: set[object] = set()
        for kind, condition in answer.conditions.kinds.items():
            yield paragraph(_("{count}: {verdict}", count=count_words(condition), verdict=kind_words(kind)), 2, "bold")
            yield from condition_part(answer, condition, known, 4)
        yield from (paragraph(line, 2) for line in idle_words(answer))
    moved = _moved(answer, shares.moved_by)
    if moved is None:
        yield paragraph(_("The samples are too few to tell what moves it."), 2, "dim")
    elif moved:
        yield paragraph(_("What moves it most, whether it is signed and kept or comes to be without:"), 2, "dim")
        yield from (paragraph(line, 4, "dim") for line in moved)


def verdict_lines(answer: Variation, shares: PlanShares) -> tuple[str, ...]:
    """Tell in how many combinations the plan comes to each verdict, the best for it first."""
    return tuple(
        _("{count}: {verdict}", count=_counted(answer, share), verdict=kind_words(kind))
        for kind, share in shares.kinds.items()
    )


def _counted(answer: Variation, share: Share) -> str:
    """Tell in how many combinations something is so; by their chances where the file gives any."""
    if not answer.job.design.even:
        return share_words(share)
    return _n("{count} of {n} combination", "{count} of {n} combinations", share.of, count=number(share.count))


def _formula(answer: Variation, k: int) -> Iterator[Block]:
    model, formula = spoken(answer.model), answer.job.formulas[k]
    words = told_formula(model, formula)
    told = _("The plan in equilibria: {formula}", formula=words) if formula == model.plan else words
    yield heading(told)
    rows = [
        [concept, share_words(shares.share), share_words(shares.part), _range(answer.equilibria[concept])]
        for concept, shares in answer.formulas[k].items()
    ]
    header = [
        _p("column of a table", "concept"),
        _p("column of a table", "true in some equilibrium"),
        _p("column of a table", "of the equilibria"),
        _p("column of a table", "equilibria"),
    ]
    yield table(header, rows, frozenset({0}))
    alike: dict[tuple[str, ...] | None, list[str]] = {}
    for concept, shares in answer.formulas[k].items():
        alike.setdefault(_moved(answer, shares.moved_by), []).append(concept)
    for moved, concepts in alike.items():
        names = of_concepts(concepts, answer.job.concepts)
        if moved is None:
            few = _("Under {concepts}, the samples are too few to tell what moves it.", concepts=names)
            yield paragraph(few, 2, "dim")
        elif moved:
            yield paragraph(_("What moves it most under {concepts}:", concepts=names), 2, "dim")
            for line in moved:
                yield paragraph(line, 4, "dim")


def _outcomes(answer: Variation, beside: list[int]) -> Iterator[Block]:
    """Tell the outcomes of the file, each in a row."""
    formulas = [answer.job.formulas[k] for k in beside]
    yield heading(_("True in some equilibrium"))
    rows = [
        [text(formula), *(share_words(shares.share) for shares in answer.formulas[k].values())]
        for k, formula in zip(beside, formulas, strict=True)
    ]
    yield table([_p("column of a table", "outcome"), *answer.job.concepts], rows)
    outcomes = [formula.name for formula in formulas if isinstance(formula, OutcomeAtom)]
    for line in outcome_lines(spoken(answer.model), outcomes):
        yield paragraph(line, 2, "dim")


def _range(equilibria: Equilibria) -> str:
    """Tell how many there are; a median lies between two whole numbers at times."""
    fewest, middle, most = equilibria.fewest, equilibria.median, equilibria.most
    if fewest == most:
        return number(fewest)
    median = number(int(middle)) if middle == int(middle) else decimal_number(middle)
    return _("{fewest} to {most}, median {median}", fewest=number(fewest), most=number(most), median=median)


def decimal_number(value: float) -> str:
    """Return a number with one decimal and thousands apart.

    Examples
    --------
    >>> decimal_number(10212.5)
    '10,212.5'
    """
    return number(int(value)) + decimal(value - int(value), 1)[1:]


def _states(answer: Variation) -> Iterator[Block]:
    """Tell the most frequent equilibria; nothing where none is to be listed."""
    if not answer.listed:
        return
    model = spoken(answer.model)
    yield heading(_("Equilibria, by how often they are one"))
    for concept, equilibria in answer.equilibria.items():
        sentence = _n(
            "Under {concept}, {n} state is an equilibrium in some combination.",
            "Under {concept}, {n} states are equilibria in some combination.",
            len(equilibria.masks),
            concept=concept_name(concept),
        )
        always = equilibria.always
        if always:
            sentence += " " + _n(
                "{n} is one in every combination looked at.", "{n} are ones in every combination looked at.", always
            )
        yield paragraph(sentence)
        rows = [
            [f"  {share_words(share)}", state_cell(model, int(mask))]
            for mask, share in zip(equilibria.masks, equilibria.listed, strict=False)
        ]
        if rows:
            yield table(["", ""], rows, frozenset({0, 1}))


def _claims(answer: Variation, asked: list[str]) -> Iterator[Block]:
    yield heading(_("Claims"))
    shares = {id: answer.claims[id].verdicts for id in asked}
    holds, *others = shares[asked[0]]
    verdicts = [holds, *(verdict for verdict in others if any(of[verdict].count for of in shares.values()))]
    rows = [[id, *(share_words(of[verdict]) for verdict in verdicts)] for id, of in shares.items()]
    header = [_p("column of a table", "claim"), *map(verdict_name, verdicts)]
    yield table(header, rows)
    model, known = spoken(answer.model), set[object]()
    for claim in model.claims:
        if claim.id in asked:
            found = answer.claims[claim.id]
            yield from _claim(claim, found.by_definition, _moved(answer, found.moved_by))
            condition = answer.conditions.claims.get(claim.id) if answer.conditions else None
            if condition is not None and 0 < condition.combinations < condition.of:
                yield paragraph(_("When it holds:"), 4)
                yield from condition_part(answer, condition, known, 6)


def _claim(claim: Claim, why: Message | None, moved: tuple[str, ...] | None) -> Iterator[Block]:
    """Tell what a claim says, whether it is true by definition, and what moves it."""
    says = claim.grounds.says
    if says or moved != () or why is not None:
        yield paragraph(_("{name}: {says}", name=claim.id, says=says) if says else claim.id)
    if why is not None:
        yield paragraph(_("It is true by definition: {reason}.", reason=said(why)), 4, "yellow")
    if moved is None:
        yield paragraph(_("The samples are too few to tell what moves it."), 4, "dim")
    elif moved:
        yield paragraph(_("What moves it most:"), 4, "dim")
        for line in moved:
            yield paragraph(line, 6, "dim")


def _moved(answer: Variation, movers: Movers) -> tuple[str, ...] | None:
    """Return what moves a share most, a paragraph each: empty where it never changes, None where nobody can tell."""
    every = movers.influences
    influences = [one for one in every if _tells(one)]
    few = answer.job.kind == "sample" and answer.job.compared < _FEWEST
    if every and (few or (not influences and any(not (one.in_all_error or 0.0) <= _MOVES for one in every))):
        return None
    paragraphs = [" ".join(_influence(answer, one)) for one in influences[:_MOST_MOVERS]]
    return (*paragraphs, *(_pair(answer, pair) for pair in movers.pairs[:_MOST_MOVERS]))


def _tells(one: Influence) -> bool:
    """Find out whether a question moves an answer so much that it is told, and not by chance."""
    return one.in_all >= max(_MOVES, _SURE * (one.in_all_error or 0.0))


def _influence(answer: Variation, one: Influence) -> Iterator[str]:
    """Tell how much one question moves, and how often it is so under each answer to it."""
    question = answer.job.design.questions[one.question]
    words = question_words(spoken(answer.model), question, short=True)
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
        answers = {each.words: each for each in question.answers}
        shares = listing(
            _(
                "{share} {answer}",
                share=part_words(share, never=answer.exact),
                answer=answer_words(question, answers[name]),
            )
            for name, share in one.by_answer
        )
        yield _("How often it is so: {shares}.", shares=shares)


def _variance(part: float, error: float | None) -> str:
    percent = f"{100 * min(max(part, 0.0), 1.0):.0f}%"
    return percent if error is None else f"{percent} ± {100 * error:.0f}"


def _pair(answer: Variation, pair: Pair) -> str:
    orders = next(q for q in answer.job.design.questions if isinstance(q, Orders) and q.party == pair.party)
    one, other = pair_words(spoken(answer.model), orders, (pair.one, pair.other))
    return _(
        "The order of the wishes {one} and {other} of {party}. How often it is so: {above} where the first stands "
        "above the second, {below} where it does not.",
        one=one,
        other=other,
        party=party_name(spoken(answer.model), pair.party),
        above=part_words(pair.above, never=answer.exact),
        below=part_words(pair.below, never=answer.exact),
    )


def share_words(share: Share) -> str:
    """Return a share, with the bounds between which it lies where it was sampled.

    Examples
    --------
    >>> from bestand.questions.vary.answer import Share
    >>> share_words(Share(720, 1152, 0.625)), share_words(Share(3, 100, 0.03, 0.01, 0.085))
    ('63%', '3% (1 to 8.5)')
    """
    if math.isnan(share.share):
        return "-"
    part = part_words(share.share, never=share.low is None)
    if share.low is None or share.high is None:
        return part
    return _("{share} ({low} to {high})", share=part, low=_bound(share.low), high=_bound(share.high))


def part_words(part: float, *, never: bool = True) -> str:
    """Return a part in words; "none" and "all" only where it is so, and nothing was left to chance.

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
