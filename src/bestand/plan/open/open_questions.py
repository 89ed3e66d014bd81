"""What is open in a model, as questions that are independent of each other, and every combination of answers to them.

Readings that exclude each other make one question with an answer for each of them and one for none. So do any two
answers that no model can have at once: readings that replace one statement by different contents, say, or a reading
about the wishes of a party whose wishes are taken from another analyst's file.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from bestand.model.changing import levelled
from bestand.model.errors import CallError
from bestand.model.excluding import applied_by, subjects
from bestand.model.formula import text
from bestand.model.model import Model
from bestand.model.open_questions import Question as Asked
from bestand.model.sentences import ApplyReading, Change, Insert
from bestand.model.values import FrozenMap, Preference, Priorities

from .asked import told_of, which_of
from .chances import evenest
from .design import THE_FILE, Answer, AnyQuestion, Design, Given, Orders, Question, Topic
from .exclusions import excluded

if TYPE_CHECKING:
    from bestand.engine.limits import Watch

MOST_ANSWERS = 100_000  # of one question
_LEAST = 1e-6  # chance of a combination that is possible


def shuffled(model: Model, common: tuple[Change, ...] = ()) -> Design:
    """Every party holds its statements in any order, all alike. What stands level stays together.

    Raises
    ------
    CallError
        Where no party has statements to put into another order, or readings add a level without a statement of the
        file: no change could say in what level such wishes stand.
    """
    questions: list[AnyQuestion] = []
    unordered: list[str] = []
    held = levelled(model, common)
    for party in model.party:
        if party not in held:
            unordered.append(party)
            continue
        added = tuple(statement.formula for level in held[party] for number, statement in level if not number)
        new = iter(range(-1, -len(added) - 1, -1))
        numbers = [[number or next(new) for number, _ in level] for level in held[party]]
        for several, level in zip(numbers, held[party], strict=True):
            if len(several) > 1 and max(several) < 0:
                raise CallError(_unplaced(party, [text(statement.formula) for _, statement in level]))
        levels = [_named(several) for several in numbers]
        if len(levels) > 1:
            several = tuple(level for level in levels if len(level) > 1)
            questions.append(Orders(party, tuple(level[0] for level in levels), added, several))
    moved = {question.party for question in questions if isinstance(question, Orders)}
    model, common = _without_added(model, common, moved)
    if not questions:
        raise CallError("no party has priorities that could stand in another order")
    return Design(model, common, tuple(questions), tuple(unordered))


def opened(
    model: Model,
    common: tuple[Change, ...] = (),
    others: Mapping[str, Model] | None = None,
    name: str = THE_FILE,
    watch: Watch | None = None,
) -> Design:
    """Return what a model leaves open, as independent questions.

    Parameters
    ----------
    model : Model
    common : tuple of Change
        Made in every variant; readings among them are not open any more.
    others : mapping of str to Model, optional
        Other analysts' models by what to call them: what their parties want is one more answer for each party.
    name : str
        What to call the model itself beside them.
    watch : Watch, optional
        Its limit on time holds for the search for what excludes each other.

    Raises
    ------
    CallError
        Where nothing is open, chances cannot all be kept beside what excludes each other, a question has too many
        answers, or another analyst's model has other parties or options.
    LimitReached
        When the time is over.

    Notes
    -----
    Two answers exclude each other when their changes cannot be made together: O((answers)²) trials.
    """
    toggles = [*_asked(model, common), *_analysts(model, name, others or {})]
    base, toggles = _possible(Design(model, common, ()), toggles)
    if not toggles and not base.settled:
        way = "; --shuffle varies the orders" if _can_be_shuffled(model, common) else ""
        raise CallError(f"nothing is open in this model: no readings, no open questions{way}")
    questions = [_joined(group, clashes) for group, clashes in _groups(base, toggles, watch)]
    kept = tuple(question for question in questions if question.count > 1)
    settled = tuple(question.answers[0] for question in questions if question.count == 1)
    return dataclasses.replace(base, questions=kept, settled=(*base.settled, *settled))


def _named(numbers: list[int]) -> tuple[int, ...]:
    """Return a level with a statement of the file first, if it has one."""
    return tuple(sorted(numbers, key=lambda number: number < 0))


def _unplaced(party: str, wishes: list[str]) -> str:
    """Return that a level has no wish of the file, by which it could be placed."""
    told = " and ".join(f"'{wish}'" for wish in wishes)
    return (
        f"orders cannot be varied under these readings: {told} of {party} stand level, and none of them is a wish of "
        "the file; put one of them into the file"
    )


def _can_be_shuffled(model: Model, common: tuple[Change, ...]) -> bool:
    """Return whether some party has statements to put into another order."""
    return any(len(levels) > 1 for levels in levelled(model, common).values())


def _without_added(model: Model, common: tuple[Change, ...], parties: set[str]) -> tuple[Model, tuple[Change, ...]]:
    """A model whose readings that are applied do not add wishes of some parties: the orders put them in place."""

    def kept(changes: tuple[Change, ...]) -> tuple[Change, ...]:
        return tuple(change for change in changes if not (isinstance(change, Insert) and change.party in parties))

    applied = applied_by(model, common)
    names = iter(model.question_of)
    asked = tuple(
        dataclasses.replace(
            question,
            answers=tuple(
                dataclasses.replace(answer, changes=kept(answer.changes)) if next(names) in applied else answer
                for answer in question.answers
            ),
        )
        for question in model.open_questions
    )
    return dataclasses.replace(model, open_questions=asked), kept(common)


@dataclass(frozen=True, slots=True)
class _Toggle:
    """One thing that is open, before what excludes each other is brought together."""

    words: str
    topics: tuple[Topic, ...]  # several readings where at most one of them is right
    answers: tuple[Answer, ...]  # that of the file first
    chances: tuple[float, ...] | None = None  # None: nobody says
    weighed: bool = False  # whether the file says it all

    @property
    def stated(self) -> bool:
        """Return whether the file says how likely its answers are."""
        return self.chances is not None and self.topics[0].kind != "wants"

    @property
    def readings(self) -> bool:
        """Return whether it is about readings, each of which is right or not."""
        return all(topic.kind == "reading" for topic in self.topics)


def _asked(model: Model, common: tuple[Change, ...]) -> Iterator[_Toggle]:
    """Every question of the file of which no answer is given."""
    given = {model.question_of[change.reading].id for change in common if isinstance(change, ApplyReading)}
    for k, question in enumerate(model.open_questions):
        if question.id not in given:
            yield _toggle(model, k, question)


def _toggle(model: Model, k: int, question: Asked) -> _Toggle:
    """Return a question of the file, that of the file among its answers first, with what it is called in data."""
    names = model.answers_to[question.id]
    told = told_of(model, question, names)
    order = sorted(range(len(names)), key=lambda n: bool(question.answers[n].changes))
    answers = tuple(
        Answer(
            told.answers[n],
            ((k, ApplyReading(names[n])),) if question.answers[n].changes else (),
            given=told.given[n],
        )
        for n in order
    )
    said = [question.answers[n].chance for n in order]
    chances = tuple(float(chance) for chance in said if chance is not None) if question.stated else None
    return _Toggle(told.words, told.topics, answers, chances, question.stated)


def _analysts(model: Model, name: str, others: Mapping[str, Model]) -> Iterator[_Toggle]:
    """For each party, what every analyst says that it wants; those who say the same share an answer."""
    for party in model.party:
        given: dict[Preference | None, list[str]] = {model.preferences.get(party): [name]}
        for other, theirs in others.items():
            given.setdefault(_comparable(model, theirs, other).get(party), []).append(other)
        if len(given) == 1:
            continue
        topic = Topic("wants", party)
        answers = []
        for k, (wish, who) in enumerate(given.items()):
            wishes = ((party, wish or Priorities()),) if k else ()
            answers.append(Answer(f"as in {' and '.join(who)}", (), wishes, (Given(topic, tuple(who)),)))
        chances = tuple(len(who) / (1 + len(others)) for who in given.values())
        yield _Toggle(f"what {party} wants", (topic,), tuple(answers), None if len(set(chances)) == 1 else chances)


def _comparable(model: Model, theirs: Model, name: str) -> FrozenMap[str, Preference]:
    """Return what another analyst's parties want. Raises `CallError` where that cannot be said about this model."""
    for what, ours, other in (("parties", model.party, theirs.party), ("options", model.bit, theirs.bit)):
        if list(ours) != list(other):
            apart = [*(id for id in other if id not in ours), *(id for id in ours if id not in other)]
            told = f"only one of them has {', '.join(apart[:3])}" if apart else "their order is not the same"
            raise CallError(f"{name} has other {what} than the model: {told}")
    clash = [key for key in model.outcome if key in theirs.outcome and not _same(model, theirs, key)]
    missing = [key for key in theirs.outcome if key not in model.outcome]
    if clash or missing:
        raise CallError(f"{name} means something else by outcome '{(clash or missing)[0]}', or alone has it")
    return theirs.preferences


def _same(model: Model, theirs: Model, outcome: str) -> bool:
    return model.outcome[outcome].formula == theirs.outcome[outcome].formula


def _possible(base: Design, toggles: list[_Toggle]) -> tuple[Design, list[_Toggle]]:
    """The toggles without answers that cannot be given, or have no chance; what has one answer left is settled by it.

    Settling one may leave others without an answer, so it is gone on with until nothing changes.
    """
    toggles = [_with_chance(toggle) for toggle in toggles]
    by_chance = {toggle.answers[0].words for toggle in toggles if len(toggle.answers) == 1}
    settled: list[Answer] = []
    certain: list[str] = []
    dropped: list[Answer] = []
    while True:
        now = dataclasses.replace(base, settled=tuple(settled), dropped=tuple(dropped))
        kept: list[_Toggle] = []
        for toggle in toggles:
            able = [k for k, answer in enumerate(toggle.answers) if not excluded(now, (answer,))]
            impossible = [answer for k, answer in enumerate(toggle.answers) if k not in able]
            lost = [answer for answer in impossible if not excluded(base, (answer,))]
            if certain and lost and toggle.chances is not None:
                sure_words = ", ".join(certain)
                raise CallError(f"'{lost[0].words}' has a chance, and excludes what is sure: '{sure_words}'")
            dropped += impossible
            if able:
                chances = None if toggle.chances is None else _scaled([toggle.chances[k] for k in able])
                answers = tuple(toggle.answers[k] for k in able)
                kept.append(dataclasses.replace(toggle, answers=answers, chances=chances))
        sure = [toggle for toggle in kept if len(toggle.answers) == 1]
        if not sure:
            return dataclasses.replace(now, dropped=tuple(dropped)), kept
        settled.append(sure[0].answers[0])
        if settled[-1].words in by_chance and settled[-1].changes:
            certain.append(settled[-1].words)
        toggles = [toggle for toggle in kept if toggle is not sure[0]]


def _with_chance(toggle: _Toggle) -> _Toggle:
    """A toggle without the answers whose chance is nothing."""
    if toggle.chances is None:
        return toggle
    kept = [k for k, chance in enumerate(toggle.chances) if chance > 0]
    chances = tuple(toggle.chances[k] for k in kept)
    return dataclasses.replace(toggle, answers=tuple(toggle.answers[k] for k in kept), chances=chances)


Clash = tuple[int, int, int, int]  # toggle and answer, toggle and answer


def _groups(base: Design, toggles: list[_Toggle], watch: Watch | None) -> Iterator[tuple[list[_Toggle], set[Clash]]]:
    """Toggles that some of their answers tie together, in the order of the file."""
    clashes: set[Clash] = set()
    group = list(range(len(toggles)))
    touched = [[subjects(base.model, answer.change_list) for answer in toggle.answers] for toggle in toggles]
    for (a, one), (b, other) in combinations(enumerate(toggles), 2):
        if watch is not None:
            watch.check()
        for (k, left), (n, right) in product(enumerate(one.answers), enumerate(other.answers)):
            empty = not (left.changes or left.wishes) or not (right.changes or right.wishes)
            foreign = left.wishes or right.wishes
            if empty or (not foreign and touched[a][k].isdisjoint(touched[b][n])):
                continue
            if excluded(base, (left, right)):
                clashes.add((a, k, b, n))
                group = [group[a] if g == group[b] else g for g in group]
    for g in dict.fromkeys(group):
        members = [t for t in range(len(toggles)) if group[t] == g]
        place = {t: at for at, t in enumerate(members)}
        inside = {(place[a], k, place[b], n) for a, k, b, n in clashes if a in place}
        yield [toggles[t] for t in members], inside


def _joined(toggles: list[_Toggle], clashes: set[Clash]) -> Question:
    """One question out of toggles that exclude each other."""
    if len(toggles) == 1:
        only = toggles[0]
        return _question(toggles, only.words, only.answers, only.chances, single=len(only.topics) > 1)
    allowed: list[tuple[int, ...]] = [()]
    for t, toggle in enumerate(toggles):
        allowed = [
            (*chosen, n)
            for chosen in allowed
            for n in range(len(toggle.answers))
            if not any((a, k, t, n) in clashes for a, k in enumerate(chosen))
        ]
        if len(allowed) > MOST_ANSWERS:
            raise CallError(f"what excludes each other leaves more than {MOST_ANSWERS:,} combinations in one question")
    answers = tuple(_together(toggles, chosen) for chosen in allowed)
    single = _single(toggles, allowed)
    words = which_of([str(topic.about) for toggle in toggles for topic in toggle.topics]) if single else None
    words = words or " together with ".join(toggle.words for toggle in toggles)
    return _question(toggles, words, answers, _chances(toggles, allowed), single=single)


def _single(toggles: list[_Toggle], allowed: list[tuple[int, ...]]) -> bool:
    """Return whether these are readings of which at most one is right."""
    return all(sum(map(bool, chosen)) <= 1 for chosen in allowed) and all(
        toggle.readings and not toggle.answers[0].changes for toggle in toggles
    )


def _question(
    toggles: list[_Toggle],
    words: str,
    answers: tuple[Answer, ...],
    chances: tuple[float, ...] | None,
    *,
    single: bool = False,
) -> Question:
    chances = chances or (1 / len(answers),) * len(answers)
    kept = [k for k, chance in enumerate(chances) if chance > 0]
    topics = tuple(topic for toggle in toggles for topic in toggle.topics)
    stated, weighed = any(toggle.stated for toggle in toggles), all(toggle.weighed for toggle in toggles)
    given, likely = tuple(answers[k] for k in kept), tuple(chances[k] for k in kept)
    return Question(words, given, likely, topics, single, stated, weighed)


def _together(toggles: list[_Toggle], chosen: tuple[int, ...]) -> Answer:
    given = [toggle.answers[k] for toggle, k in zip(toggles, chosen, strict=True)]
    told = [answer for answer in given if answer.changes or answer.wishes]
    changes = tuple(change for answer in given for change in answer.changes)
    wishes = tuple(wish for answer in given for wish in answer.wishes)
    words = " and ".join(answer.words for answer in told) or "with none of these"
    return Answer(words, changes, wishes, tuple(each for answer in told for each in answer.given))


def _chances(toggles: list[_Toggle], allowed: list[tuple[int, ...]]) -> tuple[float, ...] | None:
    """The chances of the allowed combinations; None where these are alike.

    Every chance that is stated is kept. Of readings of which at most one is right, what is left over goes in equal
    parts to those without a chance and to none of them. Of what else excludes each other, the answers to a question
    without chances are alike where that leaves every combination possible; beyond that no combination is preferred to
    another. Analysts keep theirs, and the chances of the file are then those given that the file is right.
    """
    foreign = [t for t, toggle in enumerate(toggles) if any(answer.wishes for answer in toggle.answers)]
    if foreign:
        return _by_analysts(toggles, foreign, allowed)
    stated = [t for t, toggle in enumerate(toggles) if toggle.chances is not None]
    if not _single(toggles, allowed):
        alike = _evenest(toggles, range(len(toggles)), allowed)
        if alike is not None and min(alike) > _LEAST:
            return _scaled(alike)
        return _fitted(toggles, stated, allowed) if stated else None
    if not stated:
        return None
    given = {t: _chance(toggles[t], 1) for t in stated}
    rest = 1 - sum(given.values())
    if rest < -1e-9:
        named = " and ".join(toggles[t].words for t in given)
        raise CallError(f"{named} exclude each other, and their chances add up to {1 - rest:g}")
    share = max(rest, 0) / (len(allowed) - len(given))
    return _scaled([given.get(next((t for t, k in enumerate(chosen) if k), -1), share) for chosen in allowed])


def _by_analysts(toggles: list[_Toggle], foreign: list[int], allowed: list[tuple[int, ...]]) -> tuple[float, ...]:
    """Analysts have their chances whatever is open in one's file only; what is open there shares that file's chance."""
    given: dict[tuple[int, ...], list[int]] = {}
    for n, chosen in enumerate(allowed):
        given.setdefault(tuple(chosen[t] for t in foreign), []).append(n)
    chances = [0.0] * len(allowed)
    for answers, these in given.items():
        of_analysts = math.prod(_chance(toggles[t], k) for t, k in zip(foreign, answers, strict=True))
        rows = [allowed[n] for n in these]
        stated = [
            t
            for t, toggle in enumerate(toggles)
            if t not in foreign and toggle.chances and len({row[t] for row in rows}) == len(toggle.answers)
        ]
        for n, chance in zip(these, _fitted(toggles, stated, rows), strict=True):
            chances[n] = of_analysts * chance
    return _scaled(chances)


def _fitted(toggles: list[_Toggle], stated: list[int], rows: list[tuple[int, ...]]) -> tuple[float, ...]:
    """The chances of combinations that keep those of some questions, and are otherwise as even as can be."""
    found = _evenest(toggles, stated, rows)
    if found is None:
        named = " and ".join(toggles[t].words for t in stated)
        raise CallError(f"the chances stated about {named} cannot all be kept: too much of it excludes each other")
    return _scaled(found)


def _evenest(toggles: list[_Toggle], kept: Iterable[int], rows: list[tuple[int, ...]]) -> list[float] | None:
    """As `_fitted`; None where there are no such chances."""
    wanted = {(t, k): _chance(toggles[t], k) for t in kept for k in range(1, len(toggles[t].answers))}
    return evenest(np.array(rows), wanted)


def _chance(toggle: _Toggle, k: int) -> float:
    return toggle.chances[k] if toggle.chances else 1 / len(toggle.answers)


def _scaled(chances: list[float]) -> tuple[float, ...]:
    whole = sum(chances)
    if not whole > 0:
        raise CallError("the chances leave no combination of readings possible")
    return tuple(chance / whole for chance in chances)
