"""What one model says and another does not, thing by thing, in the order of a file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.model.sentences import Tie
from bestand.model.validate import rule_text
from bestand.model.values import Commitment, Plan, Preference, Priorities, Ranking, Statement
from bestand.model.wording import change_text, check_text

Sort = Literal[
    "party",
    "option",
    "rule",
    "outcome",
    "one-way",
    "forbidden-move",
    "coalesced",
    "commitment",
    "wish",
    "preferences",
    "plan",
    "status-quo",
    "consent",
    "red-line",
    "no-deal",
    "reading",
    "claim",
]
How = Literal["new", "gone", "changed", "moved", "renamed"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that two models say differently.

    Parameters
    ----------
    sort : str
        What sort of thing it is.
    how : {"new", "gone", "changed", "moved", "renamed"}
        In the second model, against the first; a wish of which only the place changed has moved, and one of which only
        the words are the same has changed; an option of which only the id changed is renamed.
    id : str
        What the file calls it: an id; the text of a rule or a forbidden move; the formula of a wish; nothing where a
        model has one of the sort.
    party : str or None
        Whose it is.
    old, new : str or None
        What the first and the second say, in the language of the file.
    places : tuple of (int or None, int or None)
        Of a wish: its place in the first and in the second list, from 1; wishes that stand level share one.
    """

    sort: Sort
    how: How
    id: str
    party: str | None = None
    old: str | None = None
    new: str | None = None
    places: tuple[int | None, int | None] = (None, None)


def differences(old: Model, new: Model) -> tuple[Change, ...]:
    """Return everything in which a model differs from another, save notes, sources and translations."""
    return tuple(_differences(old, new))


def _differences(old: Model, new: Model) -> Iterator[Change]:
    def keyed(sort: Sort, of: Callable[[Model], Mapping[str, str]]) -> Iterator[Change]:
        return _keyed(sort, of(old), of(new))

    meant = [model.plan_meant and model.plan_meant.id for model in (old, new)]
    if None in meant or meant[0] != meant[1]:
        yield from keyed("plan", lambda model: {} if model.plan is None else {"": text(model.plan)})
    yield from keyed("plan", lambda model: {plan.id: _plan(plan) for plan in model.plans})
    yield from keyed("party", lambda model: {party.id: party.title for party in model.parties})
    yield from _options(old, new)
    yield from keyed("rule", lambda model: {rule_text(rule): "" for rule in model.rules})
    yield from keyed("outcome", lambda model: {o.name: text(o.formula) for o in model.outcomes})
    yield from keyed("one-way", lambda model: {way.option: way.direction for way in model.one_way})
    yield from keyed("forbidden-move", _bans)
    yield from keyed("coalesced", lambda model: {text(formula): "" for formula in model.coalesced})
    yield from keyed("commitment", lambda model: {tie.id: _tie(tie) for tie in model.commitments})
    yield from keyed("status-quo", lambda model: dict.fromkeys(sorted(model.status_quo or ()), ""))
    for party in dict.fromkeys([*old.party, *new.party]):
        yield from _wishes(party, old.preferences.get(party), new.preferences.get(party))
    yield from keyed("consent", lambda model: dict.fromkeys(model.consent, ""))
    yield from keyed("red-line", lambda model: {party: text(line) for party, line in model.red_lines.items()})
    yield from keyed("no-deal", lambda model: {} if model.no_deal is None else {"": _no_deal(model.no_deal)})
    yield from keyed("reading", lambda model: {r.id: "; ".join(map(change_text, r.changes)) for r in model.readings})
    yield from keyed("claim", lambda model: {c.id: "; ".join(map(check_text, c.checks)) for c in model.claims})


def _options(old: Model, new: Model) -> Iterator[Change]:
    """Options by their ids; one that is gone and says the same as a new one of its party is renamed."""
    changes = [*_keyed("option", _said(old), _said(new))]
    gone: dict[tuple[str | None, str | None], Change] = {
        (each.party, each.old): each for each in changes if each.how == "gone" and each.old
    }
    renamed = {each.id: found for each in changes if each.how == "new" and (found := gone.get((each.party, each.new)))}
    left = {each.id for each in renamed.values()}
    for each in changes:
        if each.id in renamed:
            yield Change("option", "renamed", each.id, each.party, renamed[each.id].id, each.id)
        elif not (each.how == "gone" and each.id in left):
            yield each


def _said(model: Model) -> dict[str, str]:
    return {option.id: option.grounds.says or "" for option in model.options}


def _keyed(sort: Sort, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for id in dict.fromkeys([*old, *new]):
        party = id.partition(".")[0] if sort in ("option", "one-way", "status-quo") else None
        if id not in new:
            yield Change(sort, "gone", id, party, old[id] or None)
        elif id not in old:
            yield Change(sort, "new", id, party, None, new[id] or None)
        elif old[id] != new[id]:
            yield Change(sort, "changed", id, party, old[id], new[id])


def _wishes(party: str, old: Preference | None, new: Preference | None) -> Iterator[Change]:
    """What a party wants: wish by wish where both models list wishes, else that it changed."""
    if old == new:
        return
    if not isinstance(old or Priorities(), Priorities) or not isinstance(new or Priorities(), Priorities):
        if old is not None and new is not None:  # else the party is new, or gone
            yield Change("preferences", "changed", party, party, _form(old), _form(new))
        return
    before, after = _places(old), _places(new)
    said = {says: wish for wish, says in _words(old).items() if says and wish not in after}
    same = {wish: said[says] for wish, says in _words(new).items() if wish not in before and says in said}
    for wish, place in before.items():
        if wish not in after and wish not in same.values():
            yield Change("wish", "gone", wish, party, wish, None, (place, None))
    for wish, place in after.items():
        if wish in same:
            yield Change("wish", "changed", wish, party, same[wish], wish, (before[same[wish]], place))
        elif wish not in before:
            yield Change("wish", "new", wish, party, None, wish, (None, place))
    common = [wish for wish in after if wish in before]
    staying = _staying([(before[wish], after[wish]) for wish in common])
    for k, wish in enumerate(common):
        if k not in staying:
            yield Change("wish", "moved", wish, party, wish, wish, (before[wish], after[wish]))


def _places(wishes: Preference | None) -> dict[str, int]:
    levels = wishes.by_level if isinstance(wishes, Priorities) else ()
    places: dict[str, int] = {}
    for k, level in enumerate(levels):
        for statement in level:
            places.setdefault(text(statement.formula), k + 1)
    return places


def _words(wishes: Preference | None) -> dict[str, str | None]:
    """What the wishes of a list say, by their formulas."""
    statements: tuple[Statement, ...] = wishes.statements if isinstance(wishes, Priorities) else ()
    return {text(statement.formula): statement.grounds.says for statement in statements}


def _staying(places: list[tuple[int, int]]) -> set[int]:
    """Return which wishes did not move: as many as can be that stand to each other as before, above, below or level.

    O(n log n); O(n²) where some stand level.
    """
    if len({old for old, _ in places}) == len({new for _, new in places}) == len(places):
        return _rising([old for old, _ in places])
    order = sorted(range(len(places)), key=lambda k: (places[k][1], places[k][0]))
    best: dict[int, tuple[int, ...]] = {}  # the longest part that ends in each
    for at, k in enumerate(order):
        fits = [
            best[other]
            for other in order[:at]
            if places[other] == places[k] or all(a < b for a, b in zip(places[other], places[k], strict=True))
        ]
        best[k] = (*max(fits, key=len, default=()), k)
    return set(max(best.values(), key=len, default=()))


def _rising(values: list[int]) -> set[int]:
    """Return the positions of a longest rising part of some values: what did not move. O(n log n)."""
    ends: list[int] = []  # the least value in which a rising part of each length ends
    at: list[int] = []  # where that value is
    before: list[int | None] = []
    for k, value in enumerate(values):
        size = bisect_left(ends, value)
        before.append(at[size - 1] if size else None)
        ends[size : size + 1] = [value]
        at[size : size + 1] = [k]
    found: set[int] = set()
    last = at[-1] if at else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _plan(plan: Plan) -> str:
    """Return what a plan asks for, and what comes with it."""
    brought = [f"with {', '.join(plan.commitments)}"] if plan.commitments else []
    fixed = [f"fixed {', '.join(plan.fixed)}"] if plan.fixed else []
    return "; ".join([text(plan.formula), *brought, *fixed])


def _tie(tie: Commitment) -> str:
    return change_text(Tie(tie.party, tie.then, tie.when))


def _form(wishes: Preference | None) -> str:
    match wishes:
        case None:
            return "none"
        case Priorities():
            return "priorities"
        case Ranking():
            return "ranking"
    return "weights"


def _bans(model: Model) -> dict[str, str]:
    return {f"{ban.party}: from {text(ban.source)} to {text(ban.target)}": "" for ban in model.forbidden_moves}


def _no_deal(given: str | Iterable[str] | Formula) -> str:
    if isinstance(given, str):
        return given
    return ", ".join(sorted(given)) if isinstance(given, frozenset) else text(given)  # pyrefly: ignore[bad-argument-type]
