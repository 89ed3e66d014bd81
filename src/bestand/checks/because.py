"""Does the reason of a claim do any work? Contrasts that are mechanical, each asked, and what they come to.

A claim may say why it is so (`Claim.because`). Each reason is held against the same model without it:

- a wish is dropped;
- an option is held as it is today, and the other way; an outcome stands for the options that it is made of;
- a party wants nothing at all;
- a reading is put back where it is applied, and applied where it is not, instead of another answer to its question.

Where some contrast gives the claim another answer, the reason *carries* it. Where none does, it *does no work*. Where
the claim comes to the same whatever the parties want that it is about, it is so *by construction*: the model has no
path by which it could be otherwise. That is tried four times: with their wishes dropped, with each turned into its
opposite, and where all of them want above everything what the claim says, or that it is not so. (Dropped wishes alone
show nothing: who wants nothing stays, and every claim that somebody stays would be of that kind.) A reading that the
claim names itself and that turns it is a path, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from bestand.model.errors import CallError, ModelError
from bestand.model.formula import And, Formula, Not, OptionAtom, OutcomeAtom
from bestand.model.model import Model
from bestand.model.sentences import (
    About,
    ApplyReading,
    Assertion,
    Cause,
    Change,
    Check,
    Compared,
    Count,
    Drop,
    HoldOption,
    HoldParty,
    Insert,
    OfParty,
    Predicate,
    Quantified,
    Ranks,
    Refuses,
    Replace,
    SameAnswer,
    Satisfies,
    Share,
    StableFor,
    StatementRef,
    Subject,
    VerdictIs,
)
from bestand.model.spoken_of import options_of
from bestand.model.values import Claim, Preference, Priorities, Ranking
from bestand.model.wishless import with_opposite_wishes, with_priorities, without_wishes
from bestand.solve.solution import Solver

from .ruling import Answer, Verdict

Work = Literal["carries it", "does no work", "by construction", "by definition", "cannot be decided"]
How = Literal["dropped", "held at yes", "held at no", "wants nothing", "put back", "applied"]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A claim, asked with its reason taken away.

    Parameters
    ----------
    cause : Cause
        The reason, as the claim gives it.
    how : How
        What is done about it; "wants nothing" of a party.
    option : str or None
        The option that is held, which may be one of an outcome.
    verdict : Verdict or None
        What the claim then comes to; None where that cannot be asked.
    same : bool
        Whether it is the same answer, under every concept asked.
    """

    cause: Cause
    how: How
    option: str | None
    verdict: Verdict | None
    same: bool


@dataclass(frozen=True, slots=True)
class Footing:
    """Whether the reason of a claim does any work.

    Parameters
    ----------
    work : Work or None
        None where a claim gives no reason, and none could be found to be missing.
    contrasts : tuple of Contrast
    about : tuple of str
        The parties that the claim is about.
    unlinked : tuple of (str, tuple of str)
        Options that are given as a reason, or that the claim compares, and those of the parties of which no wish ties
        the option to what the claim speaks of, or to what they do themselves.
    """

    work: Work | None
    contrasts: tuple[Contrast, ...] = ()
    about: tuple[str, ...] = ()
    unlinked: tuple[tuple[str, tuple[str, ...]], ...] = ()


Changes = tuple[Change, ...]
Ask = Callable[[Solver, Changes], Answer]  # puts a claim to the model of a solver under some changes
_Step = tuple[Cause, How, str | None, Solver, Changes]


class Contrasts:
    """Asks claims of one model with their reasons taken away.

    Parameters
    ----------
    solver : Solver
    """

    def __init__(self, solver: Solver) -> None:
        self.solver = solver
        self._others: dict[tuple[str, ...], Solver] = {}

    def footing(self, claim: Claim, answer: Answer, ask: Ask, across: Iterable[Answer] = ()) -> Footing:
        """Return whether the reason of a claim does any work.

        Parameters
        ----------
        claim : Claim
        answer : Answer
            What the claim comes to in the model as it is.
        ask : callable
            Puts it to the model of a solver under some changes.
        across : iterable of Answer
            What it comes to under the readings that it names.

        Notes
        -----
        One solution for each contrast, two for what is so by construction, and for each as many as the claim's own
        sentences need.
        """
        model = self.solver.base
        parties = about(model, claim)
        unlinked = tuple(missing_links(model, claim, parties))
        contrasts = tuple(self._contrast(ask, answer, *step) for step in self._steps(claim))
        asked = [each for each in contrasts if each.verdict is not None]
        work: Work | None = None
        if answer.by_definition is not None:
            work = "by definition"
        elif not all(each.same for each in asked):
            work = "carries it"
        elif answer.verdict == "cannot be said" or (claim.because and not asked and not unlinked):
            work = "cannot be decided"
        elif all(_same(answer, each) for each in across) and self._whatever_they_want(
            ask, answer, parties, _formulas(claim)
        ):
            work = "by construction"
        elif claim.because:
            work = "does no work"
        return Footing(work, contrasts, parties, unlinked)

    def _steps(self, claim: Claim) -> Iterator[_Step]:
        """Yield what is done about each reason: how, to which option, and what is asked under which changes."""
        model, solver = self.solver.base, self.solver
        for cause in claim.because:
            match cause:
                case StatementRef():
                    yield cause, "dropped", None, solver, (Drop(cause),)
                case OfParty(party):
                    yield cause, "wants nothing", None, self._other(without_wishes, (party,)), ()
                case ApplyReading() if cause in solver.common:
                    common = tuple(change for change in solver.common if change != cause)
                    yield cause, "put back", None, solver.of(model, common), ()
                case ApplyReading(reading):
                    yield cause, "applied", None, self._without_rivals(reading), (cause,)
                case OptionAtom() | OutcomeAtom():
                    settled = _settled(claim)
                    for option in sorted(options_of(model, [cause]), key=model.bit.__getitem__):
                        if not {option, option.partition(".")[0]} & settled:
                            for value in _values(model, option):
                                how: How = "held at yes" if value else "held at no"
                                yield cause, how, option, solver, (HoldOption(option, value),)

    def _without_rivals(self, reading: str) -> Solver:
        """Return what solves the model without another answer that was given to the same question."""
        model, solver = self.solver.base, self.solver
        rivals = model.answers_to[model.question_of[reading].id]
        common = tuple(
            change for change in solver.common if not (isinstance(change, ApplyReading) and change.reading in rivals)
        )
        return solver if common == solver.common else solver.of(model, common)

    def _contrast(
        self, ask: Ask, before: Answer, cause: Cause, how: How, option: str | None, solver: Solver, made: Changes
    ) -> Contrast:
        try:
            solver.solve(made)
        except (CallError, ModelError):
            return Contrast(cause, how, option, None, same=False)
        after = ask(solver, made)
        return Contrast(cause, how, option, after.verdict, same=_same(before, after))

    def _whatever_they_want(self, ask: Ask, before: Answer, parties: tuple[str, ...], formulas: list[Formula]) -> bool:
        """Return whether a claim comes to the same, whatever of four things some parties want."""
        others = (self._other(made, parties) for made in (without_wishes, with_opposite_wishes))
        if not all(_same(before, ask(other, ())) for other in others):
            return False
        wanting = self._other(with_priorities, parties)
        firsts = (
            tuple(Insert(party, wish, "first") for party in parties)
            for formula in formulas
            for wish in (formula, Not(formula))
        )
        return all(_same(before, ask(wanting, first)) for first in firsts)

    def _other(self, made: Callable[[Model, tuple[str, ...]], Model], parties: tuple[str, ...]) -> Solver:
        """Return what solves the model in which some parties want something else; claims share it."""
        key = (made.__name__, *parties)
        if key not in self._others:
            self._others[key] = self.solver.of(made(self.solver.base, parties), self.solver.common)
        return self._others[key]


def _values(model: Model, option: str) -> tuple[bool, bool]:
    """Return what an option can be held at, as it is today first."""
    today = option in (model.status_quo or ())
    return today, not today


def _settled(claim: Claim) -> set[str]:
    """Return the options, and parties, that the claim's own sentences hold: they make the contrast themselves."""
    return {
        change.option if isinstance(change, HoldOption) else change.party
        for check in claim.checks
        for change in (*check.changes, *chain(*_sides(check)))
        if isinstance(change, HoldOption | HoldParty)
    }


def _sides(check: Check) -> tuple[tuple[Change, ...], ...]:
    assertion = check.assertion
    return (assertion.left, assertion.right) if isinstance(assertion, Count | SameAnswer) else ()


def _same(before: Answer, after: Answer) -> bool:
    return (before.verdict, before.holds, before.fails) == (after.verdict, after.holds, after.fails)


def missing_links(
    model: Model, claim: Claim, parties: tuple[str, ...], changes: Iterable[Change] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield options that the claim gives as its reason or compares, and parties of which no wish ties them to it.

    What the claim itself says of the option is a tie (it is a part of what "going under" means, say). Wishes that some
    changes would give to the parties count as theirs.
    """
    more = [*_given(changes)]
    given = options_of(model, (cause for cause in claim.because if isinstance(cause, OptionAtom | OutcomeAtom)))
    spoken = options_of(model, _formulas(claim))
    for option in sorted((given | _compared(claim)) - spoken, key=model.bit.__getitem__):
        others = [party for party in model.parties if party.id in parties and party.id != option.partition(".")[0]]
        silent = tuple(
            party.id
            for party in others
            if not _ties(
                model,
                model.preferences.get(party.id),
                [formula for whose, formula in more if whose == party.id],
                option,
                spoken | {each.id for each in party.options},
            )
        )
        if silent:
            yield option, silent


def _compared(claim: Claim) -> set[str]:
    """Return the options that the claim's sentences hold at yes here and at no there."""
    held = {
        (change.option, change.value)
        for check in claim.checks
        for change in (*check.changes, *chain(*_sides(check)))
        if isinstance(change, HoldOption)
    }
    return {option for option, value in held if (option, not value) in held}


def _ties(model: Model, wish: Preference | None, more: Iterable[Formula], option: str, others: set[str]) -> bool:
    """Return whether one wish of a party speaks of an option and of another one."""
    if isinstance(wish, Ranking):
        return True  # of whole states; weights are added up, each by itself
    wishes = [statement.formula for statement in wish.statements] if isinstance(wish, Priorities) else []
    spoken = (options_of(model, [formula]) for formula in (*wishes, *more))
    return any(option in each and each & (others - {option}) for each in spoken)


def _given(changes: Iterable[Change]) -> Iterator[tuple[str, Formula]]:
    """Yield the wishes that changes give, and to whom."""
    for change in changes:
        match change:
            case Replace(statement=ref, formula=formula):
                yield ref.party, formula
            case Insert(party=party, formula=formula):
                yield party, formula


def _formulas(claim: Claim) -> list[Formula]:
    """Return what a claim says of states."""
    return [formula for check in claim.checks for formula in _said_formulas(check.assertion)]


def _said_formulas(assertion: Assertion) -> Iterator[Formula]:
    match assertion:
        case SameAnswer(_, _, inner):
            yield from _said_formulas(inner)
        case Quantified(_, Subject(where=where) as subject, Satisfies(formula)) if subject.deals and where is not None:
            yield And((where, formula))  # what a deal has in it is said of it, wherever it stands
        case Quantified(predicate=Satisfies(formula)) | Count(predicate=Satisfies(formula)):
            yield formula
        case Share(predicate=Satisfies(formula)) | About(predicate=Satisfies(formula)):
            yield formula


def about(model: Model, claim: Claim) -> tuple[str, ...]:
    """Return the parties that a claim is about, in the file's order.

    Those it names; else those whose options make what it says true or false; every one where it speaks of equilibria,
    of what is kept, or of the verdict, and names nobody.
    """
    found = {party for check in claim.checks for party in _parties(model, check.assertion)}
    return tuple(party.id for party in model.parties if party.id in found)


def _parties(model: Model, assertion: Assertion) -> Iterable[str]:
    match assertion:
        case Quantified(_, subject, predicate) | Count(_, subject, predicate):
            return {*_named(subject), *_within(model, subject), *_said(model, predicate)}
        case Share(_, left, right, predicate):
            return {*_named(left), *_named(right), *_said(model, predicate)}
        case About(_, predicate):
            return _said(model, predicate)
        case Ranks(party) | Refuses(party):
            return {party}
        case SameAnswer(_, _, inner):
            return _parties(model, inner)
        case VerdictIs():
            return set(model.party)


def _named(subject: Subject) -> set[str]:
    return {*(subject.stable_for or ()), *(subject.between or ())}


def _within(model: Model, subject: Subject) -> set[str]:
    """Return whose options are said to be in a deal."""
    return _said(model, Satisfies(subject.where)) if subject.deals and subject.where is not None else set()


def _said(model: Model, predicate: Predicate) -> set[str]:
    match predicate:
        case Satisfies(formula):
            return {option.partition(".")[0] for option in options_of(model, [formula])}
        case StableFor(parties):
            return set(parties or model.party)
        case Compared(party=party):
            return {party}
        case _:
            return set(model.party)
