"""How sure it all is, for people: shares first, then what moves them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from bestand.analysis.varying.design import AnyQuestion, Orders
from bestand.analysis.varying.influence import Influence, Pair
from bestand.analysis.varying.jobs import usual_formulas
from bestand.analysis.varying.outcome import VERDICTS, Share, Target, Varied
from bestand.analysis.varying.robust import Broken, Robustness
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.values import Claim, Priorities
from bestand.texts import listing, number

from .blocks import Block
from .page import Page
from .words import plural, readings_words, size, state_words

_MOST_MOVERS = 2  # questions told for an answer
_LONG = 40  # characters of a wish that are shown
_FEW_ANSWERS = 4  # of a question, up to which the share under each is told
_SURE = 2.0  # standard errors that an estimate has to be away from nothing
_FEWEST = 30  # samples drawn again, below which their own scatter says nothing of their error
_BOUNDS = "Where two numbers follow in brackets, the share lies between them, 19 times in 20."
_MOVES = 0.05  # of the variance, below which a question is not told


def varied_answer(on: Page, found: Varied, most: int = 3) -> Iterator[Block]:
    """What ``vary`` found.

    Parameters
    ----------
    on : Page
    found : Varied
    most : int
        How many states of each concept to list.
    """
    job = found.job
    yield on.paragraph(job.model.title, 0, "bold")
    if job.readings:
        yield on.paragraph(readings_words(job.model, job.readings), 0, "yellow")
    yield on.paragraph(_what(found), 0)
    yield from _open(on, found)
    for note in _notes(found):
        yield on.paragraph(note, 0, "yellow")
    if not found.looked_at or found.looked_at == found.without_states:
        return
    beside = _beside(found)
    for k in range(len(job.formulas)):
        if k not in beside:
            yield from _formula(on, found, k)
    if beside:
        yield on.heading("In some equilibrium")
        rows = [
            [text(job.formulas[k]), *(share_words(found.formula(k, concept)) for concept in job.concepts)]
            for k in beside
        ]
        yield on.table(["", *job.concepts], rows)
    yield from _states(on, found, most)
    if job.asked:
        yield from _claims(on, found)


def _beside(found: Varied) -> list[int]:
    """The formulas that nobody asked about: they get a line each."""
    model = found.job.model
    if found.job.formulas != usual_formulas(model):
        return []
    return [k for k, formula in enumerate(found.job.formulas) if formula != model.plan]


def _what(found: Varied) -> str:
    job, count = found.job, found.job.design.count
    questions = plural(len(job.design.questions), "open question")
    every = "Each party's wishes in every order" if job.shuffle else f"The answers to {questions} in every combination"
    if job.kind == "all":
        told = f"{every}: {plural(count, 'combination')}"
        if found.complete:
            return f"{told}, all looked at."
        return f"{told}, of which only {number(found.looked_at)}, picked at random, were looked at. {_BOUNDS}"
    drawn = f"{number(found.looked_at)} drawn at random (seed {job.seed})"
    if found.looked_at < job.samples:
        drawn = f"{number(found.looked_at)} of {number(job.samples)} drawn at random (seed {job.seed}) looked at"
    return f"{every}: {plural(count, 'combination')}, {drawn}. {_BOUNDS}"


def _open(on: Page, found: Varied) -> Iterator[Block]:
    if found.job.shuffle:
        return
    yield on.paragraph(f"Open: {'; '.join(map(_asked, found.job.design.questions))}.", 0, "dim")


def _asked(question: AnyQuestion) -> str:
    if isinstance(question, Orders) or question.even:
        return question.words
    answers = zip(question.answers, question.chances, strict=True)
    return f"{question.words} ({', '.join(f'{100 * chance:.0f}% {answer.words}' for answer, chance in answers)})"


def _notes(found: Varied) -> Iterator[str]:
    design = found.job.design
    if found.stopped:
        yield f"{found.stopped}: these are the numbers so far, and what moves them is not told."
    settled = [answer.words for answer in design.settled if answer.changes or answer.wishes]
    if settled:
        yield f"Given always, since nothing else is left: {listing(settled)}."
    if design.left_out:
        yield f"Not varied: {listing(design.left_out)}."
    if found.without_states:
        yield f"{plural(found.without_states, 'combination leaves', 'combinations leave')} no state, and count nowhere."
    if not design.even and found.job.kind == "all":
        yield "Shares go by the chances that the file gives."


def _formula(on: Page, found: Varied, k: int) -> Iterator[Block]:
    job = found.job
    formula = job.formulas[k]
    plan = "The plan: " if formula == job.model.plan else ""
    yield on.heading(f"{plan}{text(formula)}")
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
    header = ["", "some equilibrium is", "of the equilibria", "equilibria"]
    yield on.table(header, rows, frozenset({0}))
    told: dict[str, list[str]] = {}
    for concept in job.concepts:
        for words in _moved(found, Target("formula", k, concept)):
            told.setdefault(words, []).append(concept)
    for words, concepts in told.items():
        yield on.paragraph(f"{listing(concepts)}: {words}", 4, "dim")


def _range(fewest: int, middle: float, highest: int) -> str:
    """How many there are; a median lies between two whole numbers at times."""
    if fewest == highest:
        return number(fewest)
    return f"{number(fewest)} to {number(highest)}, median {f'{middle:,.1f}'.removesuffix('.0')}"


def _states(on: Page, found: Varied, most: int) -> Iterator[Block]:
    if not most:
        return
    yield on.heading("Equilibria, by how often they are one")
    for concept in found.job.concepts:
        masks, shares = found.states(concept)
        always = int((shares > 1 - 1e-12).sum())
        every = f", {number(always)} in every combination looked at" if always else ""
        yield on.paragraph(f"{concept}: {plural(len(masks), 'state is', 'states are')} one in some combination{every}")
        rows = [
            [f"  {share_words(found.state_share(int(mask), concept))}", state_words(found.job.model, int(mask))]
            for mask in masks[:most]
        ]
        if rows:
            yield on.table(["", ""], rows, frozenset({0, 1}))


def _claims(on: Page, found: Varied) -> Iterator[Block]:
    yield on.heading("Claims")
    shares = {claim.id: found.claim(claim) for claim in found.job.asked}
    beside = [verdict for verdict in VERDICTS[1:] if any(of[verdict].count for of in shares.values())]
    rows = [
        [id, share_words(of["holds"]), *(share_words(of[verdict]) for verdict in beside)] for id, of in shares.items()
    ]
    yield on.table(["", "holds", *beside], rows)
    for claim in found.job.asked:
        yield from _claim(on, found, claim)


def _claim(on: Page, found: Varied, claim: Claim) -> Iterator[Block]:
    for words in _moved(found, Target("claim", claim.id, "")):
        yield on.paragraph(f"{claim.id}: {words}", 4, "dim")


def _moved(found: Varied, target: Target) -> Iterator[str]:
    """What moves an answer most, in words; nothing where it never changes."""
    every = found.influences(target)
    influences = [one for one in every if _tells(one)]
    few = found.job.kind == "sample" and found.job.compared < _FEWEST
    if every and (few or (not influences and any(not (one.in_all_error or 0.0) <= _MOVES for one in every))):
        yield "too few samples to tell what moves it"
    elif influences:
        told = [_influence(found, one) for one in influences[:_MOST_MOVERS]]
        yield f"moved most by {', then by '.join(told)}"
    pairs = found.pairs(target)
    if pairs:
        yield f"hangs on whether {', and whether '.join(_pair(found, pair) for pair in pairs[:_MOST_MOVERS])}"


def _tells(one: Influence) -> bool:
    """Whether a question moves an answer so much that it is told, and not by chance."""
    return one.in_all >= max(_MOVES, _SURE * (one.in_all_error or 0.0))


def _influence(found: Varied, one: Influence) -> str:
    question = found.job.design.questions[one.question]
    together = f"{_variance(one.in_all, one.in_all_error)} with others"
    if one.alone_error is not None and not one.alone_error < one.alone:
        told = f"{question.words} (of the variance {together}; too few samples to tell how much alone"
    else:
        told = f"{question.words} ({_variance(one.alone, one.alone_error)} of the variance alone, {together}"
    if one.by_answer and len(one.by_answer) <= _FEW_ANSWERS:
        told += f"; {', '.join(f'{part_words(share, never=found.exact)} {answer}' for answer, share in one.by_answer)}"
    return f"{told})"


def _variance(part: float, error: float | None) -> str:
    told = f"{100 * min(max(part, 0.0), 1.0):.0f}%"
    return told if error is None else f"{told} ± {100 * error:.0f}"


def _pair(found: Varied, pair: Pair) -> str:
    above, below = (part_words(share, never=found.exact) for share in (pair.above, pair.below))
    one, other = (_wish(found, pair.party, number) for number in (pair.one, pair.other))
    return f"{one} stands above {other} ({above} where it does, {below} where not)"


def _wish(found: Varied, party: str, number: int) -> str:
    """A statement by its number, and what it wants; one that a reading adds has no number."""
    wish = found.job.model.preferences.get(party)
    orders = {q.party: q for q in found.job.design.questions if isinstance(q, Orders)}
    if number < 0:
        wanted, named = text(orders[party].added[-number - 1]), f"{party}'s added wish"
    else:
        assert isinstance(wish, Priorities), "only priorities have orders"
        wanted, named = text(wish.statements[number - 1].formula), f"{party} {number}"
    return f"{named} [{wanted if len(wanted) <= _LONG else wanted[: _LONG - 1] + '…'}]"


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
    return f"{told} ({_bound(share.low)} to {_bound(share.high)})"


def part_words(part: float, *, never: bool = True) -> str:
    """A part in words; "none" and "all" only where it is so, and nothing was left to chance.

    Examples
    --------
    >>> part_words(0.0), part_words(1.0), part_words(0.0004), part_words(0.3333), part_words(0.0, never=False)
    ('none', 'all', '<1%', '33%', '0%')
    """
    if never and part <= 1e-12:
        return "none"
    if never and part >= 1 - 1e-12:
        return "all"
    if 0 < part < 0.01 or 0.99 < part < 1:
        return "<1%" if part < 0.5 else ">99%"
    return f"{math.floor(100 * part + 0.5)}%"


def _bound(share: float) -> str:
    percent = 100 * share
    return f"{percent:.0f}" if 10 <= percent <= 90 or percent in (0.0, 100.0) else f"{percent:.1f}".removesuffix(".0")


def robust_answer(on: Page, model: Model, robust: Robustness) -> Iterator[Block]:
    """The fewest swaps that break the equilibria asked about."""
    yield on.heading("How many swaps of neighbouring wishes break it")
    yield on.paragraph(
        f"All {number(robust.orders)} orders that {plural(robust.depth, 'swap')} or fewer lead to were looked at."
        if not robust.stopped
        else f"{robust.stopped}: {size(robust.orders)} orders were looked at, all that {plural(robust.depth, 'swap')} "
        "or fewer lead to among them."
    )
    alike: dict[tuple[int, str], list[str]] = {}
    for broken in robust.found:
        alike.setdefault((broken.mask, _broken(broken, robust)), []).append(broken.concept)
    for (mask, words), concepts in alike.items():
        yield on.paragraph(f"{state_words(model, mask)}, under {listing(concepts)}: {words}", 4)


def _broken(broken: Broken, robust: Robustness) -> str:
    if broken.swaps is None:
        return f"no {plural(robust.depth, 'swap')} or fewer break it"
    return f"{plural(len(broken.swaps), 'swap')}: {', then '.join(_swaps(broken.swaps))}"


def _swaps(swaps: Iterable[tuple[str, int]]) -> Iterator[str]:
    for party, place in swaps:
        yield f"what stands in places {place} and {place + 1} of {party}"
