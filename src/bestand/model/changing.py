"""Changing a model as a reading or a what-if says: sentences in, a new model out.

A statement's or rule's number is its place in the model as it was before any of the changes, so that ``usa 4`` stays
the same wish whatever else is moved.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from .errors import CallError, nearest
from .excluding import excluding_words
from .formula import Formula, Not, OptionAtom
from .mentions import mentions
from .model import Model
from .sentences import (
    AddRule,
    ApplyReading,
    Bind,
    Change,
    Drop,
    DropRule,
    Exchange,
    Forbid,
    Free,
    HoldOption,
    HoldParty,
    Insert,
    Place,
    Replace,
    StatementRef,
    Tie,
    Untie,
)
from .values import (
    Commitment,
    ForbiddenMove,
    FormulaRule,
    FrozenMap,
    Grounds,
    NoDeal,
    OneWay,
    Plan,
    Preference,
    Priorities,
    Reading,
    Rule,
    Statement,
)
from .wording import change_text

StatementChange = Replace | Place | Exchange | Drop | Insert
Made = tuple[Change, Reading | None]  # a change, and the reading that it stands in
MadeToWish = tuple[StatementChange, Reading | None]
Numbered = tuple[int, Statement]  # 0: a statement that the file does not have
Levels = list[list[Numbered]]  # the most important first


def changed(model: Model, changes: Iterable[Change]) -> Model:
    """Return the model with changes made to it, from left to right.

    Parameters
    ----------
    model : Model
    changes : iterable of Change
        Readings among them are replaced by their own changes.

    Raises
    ------
    CallError
        When a change speaks of a statement, party, option, rule or reading that is not there, holds a party still in a
        model without a status quo, adds a wish to a ranking or to weights, binds an option that is bound the other way,
        or two changes give one statement different contents.

    Notes
    -----
    O(size of the model · changes). States are not enumerated: whether any is left is found when the model is solved.
    For many variants of one model, see `Changer`.

    Examples
    --------
    >>> from bestand.model.values import OneWay, Option, Party
    >>> model = Model("Dam", (Party("up", options=(Option("up.a"),)),), one_way=(OneWay("up.a", "to-yes"),))
    >>> changed(model, [Free("up.a")]).one_way
    ()
    """
    return Changer(model).changed(changes)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What can occur, where it begins and what no deal leads to: all that changes other than those of wishes touch."""

    rules: tuple[Rule, ...]
    one_way: tuple[OneWay, ...]
    forbidden_moves: tuple[ForbiddenMove, ...]
    status_quo: frozenset[str] | None
    no_deal: NoDeal | None
    commitments: tuple[Commitment, ...]
    plans: tuple[Plan, ...]


class Changer:
    """Makes variants of one model. What the same changes make of a party's wishes, or of the rules, is made once.

    Parameters
    ----------
    model : Model

    Notes
    -----
    Changes are told apart by identity, as those of a model's own readings are. What is the same in two variants is the
    same object in both.
    """

    _MOST = 10_000  # results that are kept

    def __init__(self, model: Model) -> None:
        self._model = model
        self._known: dict[int, Change] = {}  # by identity, which no other change has as long as this one is kept
        self._wishes: dict[tuple[str | tuple[int, str | None], ...], Preference] = {}
        self._frames: dict[tuple[int, ...], _Frame] = {}

    def changed(self, changes: Iterable[Change]) -> Model:
        """Return the model with changes made to it, as `bestand.model.changing.changed` does."""
        model = self._model
        if len(self._known) + len(self._wishes) + len(self._frames) > self._MOST:
            for kept in (self._known, self._wishes, self._frames):
                kept.clear()
        wishes: dict[str, list[MadeToWish]] = {}
        others: list[Change] = []
        for change, reading in _made(model, changes):
            if id(change) not in self._known:
                _check_names(model, change)
                self._known[id(change)] = change
            match change:
                case Replace(ref) | Place(ref) | Exchange(ref) | Drop(ref):
                    wishes.setdefault(ref.party, []).append((change, reading))
                case Insert(party):
                    wishes.setdefault(party, []).append((change, reading))
                case _:
                    others.append(change)
        frame = self._frame(others)
        preferences = dict(model.preferences)
        for party, of_party in wishes.items():
            preferences[party] = self._wanted(party, of_party)
        return dataclasses.replace(
            model,
            rules=frame.rules,
            one_way=frame.one_way,
            forbidden_moves=frame.forbidden_moves,
            status_quo=frame.status_quo,
            no_deal=frame.no_deal,
            commitments=frame.commitments,
            plans=frame.plans,
            preferences=FrozenMap(preferences) if wishes else model.preferences,
        )

    def _wanted(self, party: str, changes: list[MadeToWish]) -> Preference:
        key = (party, *((id(change), reading.id if reading else None) for change, reading in changes))
        if key not in self._wishes:
            order = _ordered(party, self._model.preferences.get(party), changes)
            self._wishes[key] = Priorities.of([statement for _, statement in level] for level in order)
        return self._wishes[key]

    def _frame(self, changes: list[Change]) -> _Frame:
        key = tuple(map(id, changes))
        if key not in self._frames:
            self._frames[key] = _framed(self._model, changes)
        return self._frames[key]


def _framed(model: Model, changes: Iterable[Change]) -> _Frame:
    """Return what can occur after changes other than those of wishes."""
    rules: list[Rule | None] = list(model.rules)  # None: dropped, so that the numbers of the others stay
    one_way, bans, quo, without = model.one_way, model.forbidden_moves, model.status_quo, model.no_deal
    ties, plans = model.commitments, model.plans
    still: list[str] = []
    for change in changes:
        match change:
            case AddRule(kind, formula):
                rules.append(FormulaRule(kind, formula))
            case Free(option):
                one_way = tuple(entry for entry in one_way if entry.option != option)
            case Bind():
                one_way = _bound(one_way, change)
            case Forbid(party, source, target):
                bans = (*bans, ForbiddenMove(party, source, target))
            case DropRule(number):
                rules[_rule(model, number)] = None
            case HoldOption(option, value):
                rules.append(_hold(option, value))
                quo = None if quo is None else _with(quo, option, value)
                without = _with(without, option, value) if isinstance(without, frozenset) else without
            case HoldParty(party):
                still.append(party)
            case Tie(party, then, when):
                ties = (*ties, Commitment(_unused(ties), party, when, then))
            case Untie(id):
                ties, plans = (
                    tuple(each for each in ties if each.id != id),
                    tuple(_not_bringing(plan, id) for plan in plans),
                )
    for party in still:  # last: an option of theirs may be held at what it is not today
        for option, value in _as_today(model, party, quo):
            rules.append(_hold(option, value))
            without = _with(without, option, value) if isinstance(without, frozenset) else without
    return _Frame(tuple(rule for rule in rules if rule is not None), one_way, bans, quo, without, ties, plans)


def _unused(ties: Collection[Commitment]) -> str:
    """Return an id for one more commitment."""
    taken = {each.id for each in ties}
    return next(id for id in (f"tie-{n}" for n in count(1)) if id not in taken)


def _not_bringing(plan: Plan, commitment: str) -> Plan:
    """Return a plan that does not bring a commitment."""
    return dataclasses.replace(plan, commitments=tuple(id for id in plan.commitments if id != commitment))


def apply_readings(model: Model, names: Iterable[str]) -> tuple[Change, ...]:
    """The changes that apply named readings: answers to open questions, by whatever can be written for them.

    Raises
    ------
    CallError
        For a reading that the model does not have, or several that are meant alike, and where two exclude each other.
    """
    names = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else tuple(names)
    meant = tuple(_meant(model, name) for name in names)
    if (wrong := excluding_words(model, meant)) is not None:
        raise CallError(wrong)
    return tuple(ApplyReading(name) for name in meant)


def called(model: Model, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of readings for whatever is written for them; what may be several, or is unknown, as it is."""
    meant = ((name, model.answers_written.get(name, ())) for name in names)
    return tuple(found[0] if len(found) == 1 else name for name, found in meant)


def _meant(model: Model, name: str) -> str:
    """Return the name of the answer that is meant."""
    meant = model.answers_written.get(name, ())
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise CallError(f"'{name}' may be {', '.join(meant)}: write the question before it")
    raise CallError(f"there is no reading '{name}'; {_readings_hint(model, name)}")


def _readings_hint(model: Model, name: str) -> str:
    known = [reading.id for reading in model.readings]
    return nearest(name, known) or f"known: {', '.join(known) or 'none'}"


def _made(model: Model, changes: Iterable[Change]) -> list[Made]:
    """The changes, with readings replaced by what they change. A reading that is applied again changes nothing more."""
    applied: dict[str, None] = {}
    made = list(_spelled_out(model, changes, (), applied))
    if applied and (wrong := excluding_words(model, applied)) is not None:
        raise CallError(wrong)
    return made


def _spelled_out(
    model: Model, changes: Iterable[Change], inside: tuple[str, ...], applied: dict[str, None]
) -> Iterator[Made]:
    for change in changes:
        if not isinstance(change, ApplyReading):
            yield change, model.reading[inside[-1]] if inside else None
            continue
        name = change.reading
        if name in inside:
            raise CallError(f"reading '{name}' applies itself: {' → '.join([*inside, name])}")
        if name not in model.reading:
            raise CallError(f"there is no reading '{name}'; {_readings_hint(model, name)}")
        if name not in applied:
            yield from _spelled_out(model, model.reading[name].changes, (*inside, name), applied)
            applied[name] = None


def _check_names(model: Model, change: Change) -> None:
    """Raise `CallError` where a change, or a formula in it, names a party, option or outcome that is not there."""
    known = {"commitment": model.commitment, "party": model.party, "option": model.bit, "outcome": model.outcome}
    for mention in mentions(change):
        kind, name = mention.kind, mention.what
        if kind in ("statement", "wishes"):
            kind, name = "party", name.party if isinstance(name, StatementRef) else name
        names = known.get(kind)
        if names is not None and name not in names:
            hint = nearest(name, names) or f"known: {', '.join(names) or 'none'}"
            raise CallError(f"'{change_text(change)}': there is no {kind} '{name}'; {hint}")


def _bound(one_way: tuple[OneWay, ...], change: Bind) -> tuple[OneWay, ...]:
    for entry in one_way:
        if entry.option == change.option and entry.direction != change.direction:
            said = f"{change.option} can only change {entry.direction.replace('-', ' ')} already"
            raise CallError(f"'{change_text(change)}': {said}; to turn it round, '{change.option} reversible' before")
    if any(entry.option == change.option for entry in one_way):
        return one_way
    return (*one_way, OneWay(change.option, change.direction))


def _rule(model: Model, number: int) -> int:
    if not 1 <= number <= len(model.rules):
        known = f"rules 1 to {len(model.rules)}" if model.rules else "no rules"
        raise CallError(f"'{change_text(DropRule(number))}': the file has {known}")
    return number - 1


def _hold(option: str, value: bool) -> FormulaRule:
    atom = OptionAtom(option)
    return FormulaRule("always", atom if value else Not(atom))


def _with(yes: frozenset[str], option: str, value: bool) -> frozenset[str]:
    """Return a state, by what is yes in it, with one option as it is held."""
    return yes | {option} if value else yes - {option}


def _as_today(model: Model, party: str, quo: frozenset[str] | None) -> list[tuple[str, bool]]:
    """Return each option of a party as it is today."""
    if quo is None:
        raise CallError(f"'{party} held' keeps a party's options as they are today; this model has no status quo")
    return [(option.id, option.id in quo) for option in model.party[party].options]


def numbered(model: Model, changes: Iterable[Change] = ()) -> dict[str, list[Numbered]]:
    """Return what the parties that have priorities hold after some changes, in order, by the numbers of the file.

    As `levelled` does, without the levels.
    """
    return {party: [entry for level in order for entry in level] for party, order in levelled(model, changes).items()}


def levelled(model: Model, changes: Iterable[Change] = ()) -> dict[str, Levels]:
    """Return what the parties that have priorities hold after some changes, level by level, by the numbers of the file.

    A wish that the changes add has the number 0.

    Raises
    ------
    CallError
        As `changed` does.

    Examples
    --------
    >>> from bestand.model.formula import TRUE
    >>> model = Model("Dam", (), preferences=FrozenMap({"up": Priorities((Statement(TRUE), Statement(TRUE)))}))
    >>> [[number for number, _ in level] for level in levelled(model, [Drop(StatementRef("up", 1))])["up"]]
    [[2]]
    """
    wishes: dict[str, list[MadeToWish]] = {
        party: [] for party, wish in model.preferences.items() if isinstance(wish, Priorities)
    }
    for change, reading in _made(model, changes):
        if isinstance(change, Insert):
            wishes.setdefault(change.party, []).append((change, reading))
        elif isinstance(change, Replace | Place | Exchange | Drop):
            wishes.setdefault(change.statement.party, []).append((change, reading))
    return {party: _ordered(party, model.preferences.get(party), of_party) for party, of_party in wishes.items()}


def _ordered(party: str, preference: Preference | None, changes: list[MadeToWish]) -> Levels:
    """A party's statements after the changes to them."""
    if preference is None and changes and isinstance(changes[0][0], Insert):
        preference = Priorities()  # until now it was indifferent
    if not isinstance(preference, Priorities):
        first = changes[0][0]
        rest = " to add a wish to" if isinstance(first, Insert) else ", so no statement of that number"
        raise CallError(f"'{change_text(first)}': {party} has no priorities{rest}")
    base = preference.statements
    order: Levels = [[(number, base[number - 1]) for number in level] for level in preference.ranked]
    replaced: dict[int, tuple[Replace, Reading | None]] = {}
    for change, reading in changes:
        _check_numbers(change, len(base))
        if isinstance(change, Replace):
            before, _ = replaced.setdefault(change.statement.number, (change, reading))
            if before != change:
                raise CallError(f"'{change_text(before)}' and '{change_text(change)}' exclude each other")
        elif isinstance(change, Insert):
            order = _inserted(order, change, reading)
        else:
            order = _moved(order, change)
    new = {number: _replaced(base[number - 1], *made) for number, made in replaced.items()}
    return [[(number, new.get(number, statement)) for number, statement in level] for level in order]


def _replaced(old: Statement, change: Replace, reading: Reading | None) -> Statement:
    """Return what stands in the place of a wish. What the file says of the old one is not said of another formula."""
    return old if change.formula == old.formula else _made_by(reading, change.formula)


def _made_by(reading: Reading | None, formula: Formula) -> Statement:
    """Return a wish that a change makes, founded on what the reading is that the change stands in."""
    if reading is None:
        return Statement(formula)
    grounds = Grounds(source=reading.grounds.source, assumed=reading.grounds.assumed)
    return Statement(formula, grounds, reading.id)


def _inserted(order: Levels, change: Insert, reading: Reading | None) -> Levels:
    entry: Numbered = (0, _made_by(reading, change.formula))
    if change.where == "first":
        return [[entry], *order]
    if change.where == "last":
        return [*order, [entry]]
    if change.other is None:
        raise CallError(f"a wish of {change.party} is to stand {change.where} another one, and none is given")
    return _beside(order, entry, change.where, _find(order, change.other, change)[0])


def _moved(order: Levels, change: Place | Exchange | Drop) -> Levels:
    if isinstance(change, Drop):  # dropped twice is dropped
        return _without(order, change.statement.number)
    level, at = _find(order, change.statement, change)
    if change.other == change.statement:
        return order
    other, to = _find(order, change.other, change)
    if level == other and not (isinstance(change, Place) and change.where != "level with"):
        return order  # they stand level
    entry = order[level][at]
    if isinstance(change, Exchange):
        order = [list(several) for several in order]
        order[level][at], order[other][to] = order[other][to], entry
        return order
    rest = _without(order, change.statement.number)
    return _beside(rest, entry, change.where, _find(rest, change.other, change)[0])


def _beside(order: Levels, entry: Numbered, where: str, level: int) -> Levels:
    """Return the levels with one more statement in one of them, or before or after it."""
    if where == "level with":
        return [*order[:level], [*order[level], entry], *order[level + 1 :]]
    to = level + (where == "after")
    return [*order[:to], [entry], *order[to:]]


def _without(order: Levels, number: int) -> Levels:
    kept = ([entry for entry in level if entry[0] != number] for level in order)
    return [level for level in kept if level]


def _find(order: Levels, ref: StatementRef, change: Change) -> tuple[int, int]:
    for k, level in enumerate(order):
        for at, (number, _) in enumerate(level):
            if number == ref.number:
                return k, at
    raise CallError(f"'{change_text(change)}': statement {ref.number} of {ref.party} was dropped by another change")


def _check_numbers(change: StatementChange, count: int) -> None:
    party = change.party if isinstance(change, Insert) else change.statement.party
    refs = [] if isinstance(change, Insert) else [change.statement]
    if isinstance(change, Place | Exchange | Insert) and change.other is not None:
        refs.append(change.other)
    for ref in refs:
        if ref.party != party:
            what = (
                "stand among its own party's wishes" if isinstance(change, Insert) else "change places within one party"
            )
            raise CallError(f"'{change_text(change)}': a statement can {what} only")
        if not 1 <= ref.number <= count:
            raise CallError(f"'{change_text(change)}': {ref.party} has {_known(count)}")


def _known(count: int) -> str:
    return f"statements 1 to {count}" if count else "no statements"
