"""Sentences. Plain language first; a party is called by its name, an option by its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor

from bestand.analysis.solution import Solution
from bestand.analysis.witness import Answer, Witness
from bestand.model.errors import CallError
from bestand.model.model import Model
from bestand.model.values import Citation
from bestand.stability.registry import EVERY
from bestand.texts import listing, number

LANGUAGES = ("en",)


def size(count: int) -> str:
    """A count of any size: exact where one can read it, else to two digits.

    Examples
    --------
    >>> size(49152), size(10**15), size(2**60)
    ('49,152', '1.0·10^15', '1.2·10^18')
    """
    if count < 10**15:
        return number(count)
    power = len(str(count)) - 1
    tenths = (count * 10 + 10**power // 2) // 10**power  # rounded
    if tenths == 100:
        tenths, power = 10, power + 1
    return f"{tenths // 10}.{tenths % 10}·10^{power}"


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """A count and its noun.

    Examples
    --------
    >>> plural(1, "equilibrium", "equilibria"), plural(2, "state")
    ('1 equilibrium', '2 states')
    """
    return f"{size(count)} {noun if count == 1 else nouns or noun + 's'}"


def percent(count: int, total: int) -> str:
    """A share in words: "none" and "all" only where it is so.

    Examples
    --------
    >>> percent(0, 8), percent(8, 8), percent(3, 8), percent(1, 1000)
    ('none', 'all', '38%', '<1%')
    """
    if count in (0, total):
        return "none" if not count else "all"
    if 100 * count < total:
        return "<1%"
    return ">99%" if 100 * count > 99 * total else f"{100 * count / total:.0f}%"


def lower_percent(share: float, digits: int = 0) -> str:
    """What share of the states a party ranks lower, in percent and cut off, so that 100 is never said of less.

    Examples
    --------
    >>> lower_percent(2 / 3), lower_percent(0.29), lower_percent(0.99999, 2)
    ('66', '29', '99.99')
    """
    scale = 10**digits
    return f"{floor(100 * scale * share + 1e-7) / scale:.{digits}f}"  # 0.29 is a little less than 29 of 100


def concepts_words(concepts: Iterable[str]) -> str:
    """Under which concepts claims were asked, where that was chosen.

    Examples
    --------
    >>> concepts_words(["nash", "seq"])
    'Asked under nash and seq only, where a claim names no concept.'
    """
    return f"Asked under {listing(concepts)} only, where a claim names no concept."


def readings_words(model: Model, names: Iterable[str]) -> str:
    """Which readings an answer rests on."""
    told = [
        f"{name} ({model.reading[name].grounds.says})" if model.reading[name].grounds.says else name for name in names
    ]
    return f"With the reading{'s' if len(told) > 1 else ''} {listing(told)}."


def cited(source: Iterable[Citation]) -> str:
    """Citations, each source named once.

    Examples
    --------
    >>> cited([Citation("press", "¶1"), Citation("press", "¶4"), Citation("book")])
    'press ¶1 and ¶4, book'
    """
    places: dict[str, list[str]] = {}
    for citation in source:
        places.setdefault(citation.source, []).extend([citation.place] if citation.place else [])
    return ", ".join(f"{name} {listing(found)}".strip() for name, found in places.items())


def state_words(model: Model, mask: int) -> str:
    """What to call a state: its label, or the options that are yes in it, as ``--state`` takes them."""
    label = model.labels.get(model.bits(mask))
    if label is not None:
        return f"state {label}"
    return ", ".join(model.taken(mask)) or "none"


def move_words(model: Model, origin: int, target: int) -> str:
    """What a move changes, states given as bit masks: ``change cooperate to no``."""
    changes = []
    for value in (True, False):
        names = [
            option.name
            for k, option in enumerate(model.options)
            if (origin ^ target) >> k & 1 and bool(target >> k & 1) is value
        ]
        if names:
            changes.append(f"{listing(names)} to {'yes' if value else 'no'}")
    return f"change {listing(changes)}"


def path_words(model: Model, start: int, path: Iterable[tuple[str, int]]) -> str:
    """A path, states given as bit masks: who changes what, then who."""
    told: list[str] = []
    at = start
    for party, target in path:
        told.append(f"{model.party[party].title} {move_words(model, at, target).replace('change', 'changes', 1)}")
        at = target
    return ", then ".join(told)


def witness_words(solution: Solution, witness: Witness, lang: str = "en") -> str:
    """A verdict and its grounds in one sentence.

    Raises
    ------
    CallError
        For a language that there are no texts in.
    """
    if lang not in LANGUAGES:
        raise CallError(f"there are no texts in '{lang}'; languages: {', '.join(LANGUAGES)}")
    return next(verdict_words(solution, [witness]))


def verdict_words(solution: Solution, witnesses: Iterable[Witness]) -> Iterator[str]:
    """Sentences for verdicts on one state: for each party, those with the same grounds told together."""
    alike: dict[tuple[int, bool, str], list[str]] = {}
    for found in sorted(witnesses, key=lambda witness: witness.party):
        key = (found.party, found.stable, grounds_words(solution, found))
        alike.setdefault(key, []).append(EVERY[found.concept].title)
    for (party, stable, grounds), concepts in alike.items():
        verdict = "Stable" if stable else "Unstable"
        yield f"{verdict} for {solution.model.parties[party].title} under {listing(concepts)}: {grounds}."


def grounds_words(solution: Solution, witness: Witness) -> str:
    """The grounds of a verdict, without the verdict."""
    party = solution.model.parties[witness.party].title
    if not witness.stable:
        return _open_improvement(solution, witness, party)
    if not solution.space.targets(witness.party, witness.state):
        return f"{party} has no move from here"
    if not witness.improvements:
        return f"{party} cannot improve by any move of its own"
    first = witness.answers[0]
    told = f"if {party} were to {_move(solution, witness.state, first.improvement)}, {_reply(solution, witness, first)}"
    rest = witness.improvements - 1
    if rest:
        others = "improvement it has is" if rest == 1 else f"{number(rest)} improvements it has are"
        told += f"; the other {others} answered too"
    if witness.loose:
        loose = sum(not answer.best for answer in witness.answers)
        told += (
            f"; {plural(loose, 'of these answers takes', 'of these answers take')} moves that are not the mover's best"
        )
    return told


def _open_improvement(solution: Solution, witness: Witness, party: str) -> str:
    improvement = witness.answers[0].improvement
    facts = EVERY[witness.concept]
    by = {
        "none": "which it prefers; what the others would answer is not asked",
        "any": "and no move of the others takes that gain away",
        "credible": "and no improvements of the others take that gain away",
        "best": "and the best moves of the others do not take that gain away",
    }[facts.replies]
    lasting = " for good" if facts.counters else ""
    return f"{party} would {_move(solution, witness.state, improvement)}, {by}{lasting}"


def _reply(solution: Solution, witness: Witness, answer: Answer) -> str:
    states, parties = solution.space.states, solution.engine.parties
    path = [(parties[step.party], int(states[step.state])) for step in answer.steps]
    told = path_words(solution.model, int(states[answer.improvement]), path)
    told = told.replace(" changes ", " could change ", 1) if EVERY[witness.concept].replies == "any" else told
    return f"{told.replace(' changes ', ' would change ', 1)}, which leaves it no better off"


def _move(solution: Solution, origin: int, target: int) -> str:
    states = solution.space.states
    return move_words(solution.model, int(states[origin]), int(states[target]))
