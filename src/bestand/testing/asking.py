"""Hypothesis strategies for changes to a model, and for checks put to it, as trees."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal, TypeVar, get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from bestand.model.clashes import clashes
from bestand.model.formula import StateAtom
from bestand.model.model import Model
from bestand.model.sentences import (
    About,
    AddRule,
    ApplyReading,
    Assertion,
    Bind,
    Change,
    Check,
    Compared,
    Count,
    Drop,
    DropRule,
    Exchange,
    Forbid,
    Free,
    HoldOption,
    HoldParty,
    Insert,
    Kept,
    Kind,
    Place,
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
    StateNamed,
    StateRef,
    StatusQuo,
    Subject,
    VerdictIs,
)
from bestand.model.values import Priorities, Ranking
from bestand.reference.oracle import CONCEPTS

from .wishes import formulas

T = TypeVar("T")
_Where = Literal["before", "after", "level with"]
_WHERE: SearchStrategy[_Where] = st.sampled_from(["before", "after", "level with"])
_HOW_MANY: SearchStrategy[Literal["fewer", "more", "as many"]] = st.sampled_from(["fewer", "more", "as many"])

_FEW = 6  # options up to which formulas name states
SPEAKABLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


@st.composite
def changes(draw: DrawFn, model: Model, readings: Collection[str] = ()) -> tuple[Change, ...]:
    """One to three changes that can be made to a model all at once (whether a state is left is another matter).

    Parameters
    ----------
    model : Model
    readings : collection of str
        Ids of the readings that may be applied.

    Examples
    --------
    >>> from hypothesis import find
    >>> from bestand.model.values import Option, Party
    >>> model = Model("Dam", (Party("up", options=(Option("up.a"),)),))
    >>> find(changes(model), lambda found: found == (Free("up.a"),))
    (Free(option='up.a'),)
    """
    plain = _plain_changes(model)
    found: list[Change] = draw(st.lists(plain, max_size=2))
    if readings and draw(st.booleans()):
        found.append(ApplyReading(draw(st.sampled_from(sorted(readings)))))
    else:
        found.extend(draw(_statement_changes(model)))  # a reading may have changed the same statements
    if not found:
        found.append(draw(plain))
    found = draw(st.permutations(found))
    return tuple(found[:1] if any(clashes(found)) else found)


def _one_of(kinds: Sequence[Callable[[], SearchStrategy[T]]]) -> SearchStrategy[T]:
    """Return one of several strategies, and make only that one: making takes longer than drawing."""
    return st.integers(0, len(kinds) - 1).flatmap(lambda kind: kinds[kind]())


def _plain_changes(model: Model) -> SearchStrategy[Change]:
    kinds: list[Callable[[], SearchStrategy[Change]]] = []
    ids, parties = [option.id for option in model.options], st.sampled_from(list(model.party))
    if ids:
        kinds.append(lambda: st.builds(HoldOption, st.sampled_from(ids), st.booleans()))
        kinds.append(lambda: st.builds(Free, st.sampled_from(ids)))
    if model.status_quo is not None:
        kinds.append(lambda: st.builds(HoldParty, parties))
    kinds.append(lambda: st.builds(AddRule, st.sampled_from(["never", "always"]), _formulas(model)))
    kinds.append(lambda: st.builds(Forbid, parties, _formulas(model), _formulas(model)))
    if ids:
        bound = {way.option: way.direction for way in model.one_way}
        kinds.append(lambda: st.sampled_from(ids).map(lambda id: Bind(id, bound.get(id, "to-yes"))))
    if model.rules and not any(isinstance(wish, Ranking) for wish in model.preferences.values()):
        rules = len(model.rules)
        kinds.append(lambda: st.builds(DropRule, st.integers(1, rules)))  # a ranking has the feasible states only
    return _one_of(kinds)


@st.composite
def _statement_changes(draw: DrawFn, model: Model) -> tuple[Change, ...]:
    """Changes to statements, no statement in two of them: two changes to one may exclude each other."""
    free = statements(model)
    found: list[Change] = []
    for _ in range(draw(st.integers(0, min(2, len(free))))):
        if not free:
            break
        if draw(st.integers(0, 3)) == 0:
            found.append(insert := draw(_inserts(model, free)))
            free = [ref for ref in free if ref != insert.other]
            continue
        ref = draw(st.sampled_from(free))
        free.remove(ref)
        others = [other for other in free if other.party == ref.party]
        kinds = ["replace", "drop", *(["place", "exchange"] if others else [])]
        kind = draw(st.sampled_from(kinds))
        if kind == "replace":
            found.append(Replace(ref, draw(_formulas(model))))
        elif kind == "drop":
            found.append(Drop(ref))
        else:
            other = draw(st.sampled_from(others))
            free.remove(other)
            found.append(Exchange(ref, other) if kind == "exchange" else Place(ref, draw(_WHERE), other))
    return tuple(found)


@st.composite
def _inserts(draw: DrawFn, model: Model, free: list[StatementRef]) -> Insert:
    """A wish more, next to none that another change speaks of."""
    other = draw(st.sampled_from(free))
    place: tuple[Any, StatementRef | None] = draw(
        st.sampled_from([("first", None), ("last", None), ("before", other), ("after", other), ("level with", other)])
    )
    return Insert(other.party, draw(_formulas(model)), *place)


@st.composite
def checks(draw: DrawFn, model: Model, *, about_deals: bool = False) -> Check:
    """A sentence that can be put to a model: every kind of assertion, sometimes under concepts or with changes.

    Parameters
    ----------
    model : Model
    about_deals : bool
        Whether it speaks of what parties sign or refuse. The model then needs a plan and a status quo.

    Examples
    --------
    >>> from hypothesis import find
    >>> from bestand.model.values import Party
    >>> isinstance(find(checks(Model("Dam", (Party("up"),))), lambda check: not check.concepts), Check)
    True
    """
    concepts = draw(st.lists(st.sampled_from(sorted(CONCEPTS)), max_size=2, unique=True))
    given = draw(st.just(()) | changes(model, model.reading))
    return Check(draw(_assertions(model, about_deals)), tuple(concepts), given)


@st.composite
def _assertions(draw: DrawFn, model: Model, about_deals: bool) -> Assertion:
    kind = draw(st.sampled_from(["plain", "plain", "count", "same answer"]))
    if kind == "plain":
        return draw(_about_deals(model) if about_deals else _plain_assertions(model))
    left, right = draw(changes(model, model.reading)), draw(changes(model, model.reading))
    if kind == "same answer":
        return SameAnswer(left, right, draw(_about_deals(model) if about_deals else _plain_assertions(model)))
    said = _said_of_deals(model) if about_deals else _said(model)
    return Count(draw(_HOW_MANY), *draw(said), left, right)


def _plain_assertions(model: Model) -> SearchStrategy[Any]:
    kinds: list[Callable[[], SearchStrategy[Any]]] = [lambda: _quantified(_said(model)), lambda: _shares(model)]
    if _named(model):
        kinds.append(lambda: st.builds(About, _states(model), _predicates(model)))
    kinds.append(lambda: _ranks(model))
    if model.status_quo is not None and model.options:
        kinds.append(lambda: _refusals(model))
    if _plans(model):
        kinds.append(_verdicts)
    return _one_of(kinds)


def _about_deals(model: Model) -> SearchStrategy[Any]:
    said = lambda: _quantified(_said_of_deals(model))  # noqa: E731
    larger = st.sampled_from(["larger", "smaller"])
    shares = lambda: st.builds(Share, larger, _deals(model), _deals(model), _predicates(model))  # noqa: E731
    return _one_of([said, said, shares, lambda: _refusals(model), _verdicts])


@st.composite
def _quantified(draw: DrawFn, said: SearchStrategy[tuple[Subject, Predicate]]) -> Quantified:
    return Quantified(draw(st.sampled_from(["some", "every", "no"])), *draw(said))


def _shares(model: Model) -> SearchStrategy[Share]:
    either = _subjects(model) | _deals(model)
    return st.builds(Share, st.sampled_from(["larger", "smaller"]), either, either, _predicates(model))


def _ranks(model: Model) -> SearchStrategy[Ranks]:
    side: SearchStrategy[Any] = _formulas(model).filter(lambda side: not isinstance(side, StateAtom))
    if _named(model):
        side |= _states(model)
    return st.builds(
        Ranks,
        st.sampled_from(list(model.party)),
        side,
        st.sampled_from(["above", "below", "level with"]),
        side,
    )


def _refusals(model: Model) -> SearchStrategy[Refuses]:
    every, where = st.sampled_from(["every", "some"]), st.none() | _formulas(model)
    return st.builds(Refuses, st.sampled_from(list(model.party)), every, _formulas(model), where)


def _verdicts() -> SearchStrategy[VerdictIs]:
    kinds = st.lists(st.sampled_from(get_args(Kind)), min_size=1, max_size=3, unique=True)
    return st.builds(VerdictIs, kinds.map(tuple))


def _plans(model: Model) -> bool:
    """Return whether the model has a plan that can be signed or not."""
    return model.plan is not None and model.status_quo is not None and bool(model.options)


def _said(model: Model) -> SearchStrategy[tuple[Subject, Predicate]]:
    """What is spoken of, and what is said of it."""
    said = st.tuples(_subjects(model), _predicates(model))
    return said | _said_of_deals(model) if _plans(model) else said


def _said_of_deals(model: Model) -> SearchStrategy[tuple[Subject, Predicate]]:
    return st.tuples(_deals(model), _predicates(model) | st.just(Kept()))


def _subjects(model: Model) -> SearchStrategy[Subject]:
    reached = ["improving", "drift", "purposeful", "best", "any"] if model.status_quo is not None else []
    return st.builds(
        Subject,
        st.sampled_from(["state", "equilibrium", "resting place"]),
        st.sampled_from([None, *reached]),
        st.none() | _some_parties(model),
        st.none() | _formulas(model),
    )


def _deals(model: Model) -> SearchStrategy[Subject]:
    """Deals in the plan, where there is one."""
    if not _plans(model):
        return st.nothing()
    several: list[SearchStrategy[tuple[str, ...] | None]] = [st.none()]
    if len(model.parties) > 1:
        several.append(_some_parties(model, 2))
    nouns, where = st.sampled_from(["deal", "deal", "kept deal"]), st.none() | _formulas(model)
    return st.builds(Subject, nouns, where=where, between=st.one_of(several))


def _some_parties(model: Model, least: int = 0) -> SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(model.party)), min_size=least, max_size=3, unique=True).map(tuple)


def _predicates(model: Model) -> SearchStrategy[Predicate]:
    kinds: list[Callable[[], SearchStrategy[Predicate]]] = [
        lambda: st.builds(Satisfies, _formulas(model)),
        lambda: st.builds(StableFor, _some_parties(model)),
    ]
    if _named(model):
        better, parties = st.sampled_from(["better", "worse"]), st.sampled_from(list(model.party))
        kinds.append(lambda: st.builds(Compared, better, _states(model), parties))
    return _one_of(kinds)


def _named(model: Model) -> list[StateRef]:
    """Return the ways in which a sentence can name states."""
    names = {label for label in model.labels.values() if SPEAKABLE.fullmatch(label)}
    names |= set(model.labels) - {""}
    quo: list[StateRef] = [StatusQuo()] if model.status_quo is not None else []
    return [*quo, *map(StateNamed, sorted(names))]


def _states(model: Model) -> SearchStrategy[StateRef]:
    """Return states that a sentence names, in a model that has some."""
    return st.sampled_from(_named(model))


def statements(model: Model) -> list[StatementRef]:
    """Every statement of every party's priorities."""
    return [
        StatementRef(party, number + 1)
        for party, wish in model.preferences.items()
        if isinstance(wish, Priorities)
        for number in range(len(wish.statements))
    ]


def _formulas(model: Model) -> SearchStrategy[Any]:
    options = [option.id for option in model.options]
    return formulas(options, list(model.outcome), named_states(model), max_leaves=3)


def named_states(model: Model) -> list[StateAtom]:
    """The states that formulas of a model with few options can name: by every label that fits, and one by its bits."""
    if not 0 < len(model.options) <= _FEW:
        return []
    names = [label for label in model.labelled if SPEAKABLE.fullmatch(label)]
    scope = model.scope()
    found = [scope.state_atom(name, 0) for name in (*names, "1" * len(model.options))]
    return [atom for atom in found if isinstance(atom, StateAtom)]
