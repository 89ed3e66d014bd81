"""Hypothesis strategies for whole models, and for graphs drawn by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from bestand.model.accepting import DOUBTS
from bestand.model.formula import And, Formula, Not, OptionAtom, OutcomeAtom
from bestand.model.model import Model
from bestand.model.sentences import OPENING_WORDS, ApplyReading, Cause, OfParty
from bestand.model.translating import texts_of
from bestand.model.values import (
    BARE,
    Accepted,
    ChoiceRule,
    Claim,
    ForbiddenMove,
    FormulaRule,
    FrozenMap,
    Grounds,
    NoDeal,
    OneWay,
    Option,
    Outcome,
    Party,
    Plan,
    Preference,
    Priorities,
    Ranking,
    Rule,
    Source,
    Statement,
)
from bestand.reference.oracle import Graph
from bestand.reference.tables import possible
from bestand.reference.worlds import World

from .asking import checks, named_states, statements
from .open_questions import across, dashed_ids, undecided
from .wishes import formulas, preferences
from .writing import grounds, ids, sources, texts

__all__ = ["formulas", "graphs", "models", "preferences"]


@st.composite
def models(
    draw: DrawFn,
    *,
    min_parties: int = 1,
    max_parties: int = 4,
    min_options: int = 1,
    max_options: int = 7,
    infeasible: bool = True,
    one_way: bool = True,
    forbidden_moves: bool = True,
    ties: bool = True,
    rankings: bool = True,
    coalesced: bool = False,
    readings: bool = True,
    prose: bool = True,
) -> Model:
    """Valid models of every kind, with at least one feasible state.

    Parameters
    ----------
    min_parties, max_parties : int
    min_options, max_options : int
        Of all parties together; a party may have none.
    infeasible : bool
        Whether there may be rules, of all four kinds.
    one_way : bool
        Whether options may be one-way, in either direction.
    forbidden_moves : bool
        Whether single moves may be forbidden.
    ties : bool
        Whether a party may find two states equally good, or have no preferences at all.
    rankings : bool
        Whether a party may rank every state by itself, which takes long to write and to read with many options.
    coalesced : bool
        Whether several states count as one, which no party then tells apart.
    readings : bool
        Whether there may be open questions and claims.
    prose : bool
        Whether there may be names, grounds, sources, labels and notes. Nothing of this changes an answer.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5)
    ... @given(models(max_options=3))
    ... def test_something_can_happen(model: Model) -> None:
    ...     assert possible(model)
    >>> test_something_can_happen()
    """
    told = draw(_prose()) if prose else _Prose()
    count = draw(st.integers(min_parties, max_parties))
    sizes = draw(_sizes(count, min_options, max_options))
    model = Model(told.title, draw(_parties(sizes, told, avoid=OPENING_WORDS)))
    model = dataclasses.replace(model, outcomes=draw(_outcomes(model, told)))
    if infeasible:
        model = draw(_ruled(model, told))
    model = draw(_moved(model, told, one_way=one_way, forbidden=forbidden_moves))
    states = [model.bits(mask) for mask in possible(model)]
    model = dataclasses.replace(model, preferences=draw(_wishes(model, told, states if rankings else [], ties=ties)))
    model = draw(_coalesced(model)) if coalesced else model
    model = draw(_negotiated(model))
    if draw(st.booleans()):
        today = draw(st.sampled_from(states))
        yes = frozenset(option.id for option, bit in zip(model.options, today, strict=True) if bit == "1")
        model = dataclasses.replace(model, status_quo=yes)
    if prose:
        model = draw(_annotated(model, told, states))
    model = draw(_read_and_claimed(model, told)) if readings else model
    return draw(_translated(model)) if prose else model


@st.composite
def _coalesced(draw: DrawFn, model: Model) -> Model:
    """The model with one or two states that are made of several, and wishes that tell no two of their members apart."""
    formula = formulas([option.id for option in model.options], list(model.outcome), max_leaves=3)
    first = draw(formula)
    found = (first, And((draw(formula), Not(first)))) if draw(st.booleans()) else (first,)
    elsewhere = tuple(map(Not, found))
    wishes: dict[str, Preference] = {}
    for party, wish in model.preferences.items():
        match wish:
            case Priorities(statements):
                told = (Statement(And((*elsewhere, each.formula)), each.grounds) for each in statements)
                wishes[party] = dataclasses.replace(wish, statements=tuple(told))
            case Ranking(groups):
                wishes[party] = _ranked_once(model, found, groups)
            case _:  # weights tell apart whatever has other options
                pass
    return dataclasses.replace(model, coalesced=found, preferences=FrozenMap(wishes))


def _ranked_once(model: Model, found: Sequence[Formula], groups: Sequence[Sequence[str]]) -> Ranking:
    """The ranking with each coalesced state where its first member is named, and no other member named."""
    named: set[int] = set()
    kept: list[tuple[str, ...]] = []
    for group in groups:
        states: list[str] = []
        for bits in group:
            world = World.of_mask(model, int(bits[::-1], 2))
            part_of = next((k for k, formula in enumerate(found) if world.holds(formula)), None)
            if part_of is None or part_of not in named:
                states.append(bits)
            if part_of is not None:
                named.add(part_of)
        kept += [tuple(states)] if states else []
    return Ranking(tuple(kept))


@st.composite
def _negotiated(draw: DrawFn, model: Model) -> Model:
    """The model, perhaps with a plan, and with who has to consent, what no deal is (it can occur), and red lines."""
    formula = formulas([option.id for option in model.options], list(model.outcome), named_states(model))
    several = draw(st.lists(formula, max_size=3)) if draw(st.booleans()) else []
    plans = tuple(Plan(f"plan{k}", each) for k, each in enumerate(several))
    model = dataclasses.replace(model, plan=draw(st.none() | formula), plans=plans)
    if draw(st.integers(0, 3)):
        return model
    ids = st.sampled_from([party.id for party in model.parties])
    worlds = [World.of_mask(model, mask) for mask in possible(model)]
    without: list[SearchStrategy[NoDeal | None]] = [
        st.none(),
        st.sampled_from(["drift", "today"]),
        st.sampled_from([world.taken for world in worlds]),
        formula.map(lambda point: point if any(world.holds(point) for world in worlds) else Not(point)),
    ]
    return dataclasses.replace(
        model,
        consent=tuple(draw(st.lists(ids, max_size=2, unique=True))),
        no_deal=draw(st.one_of(*without)),
        red_lines=FrozenMap(draw(st.dictionaries(ids, formula, max_size=1))),
    )


@dataclass(frozen=True)
class _Prose:
    """What may be written in one model; nothing unless told."""

    title: str = "A model"
    sources: FrozenMap[str, Source] = FrozenMap()  # noqa: RUF009 - immutable
    grounds: SearchStrategy[Grounds] = dataclasses.field(default_factory=lambda: st.just(BARE))
    names: SearchStrategy[str | None] = dataclasses.field(default_factory=st.none)


@st.composite
def _prose(draw: DrawFn) -> _Prose:
    found = draw(st.dictionaries(ids(), sources(), max_size=2))
    return _Prose(draw(texts()), FrozenMap(found), grounds(found), st.none() | texts())


@st.composite
def _sizes(draw: DrawFn, parties: int, at_least: int, at_most: int) -> list[int]:
    """Return how many options each party has."""
    total = draw(st.integers(at_least, at_most))
    owners = draw(st.lists(st.integers(0, parties - 1), min_size=total, max_size=total))
    return [owners.count(party) for party in range(parties)]


@st.composite
def _parties(draw: DrawFn, sizes: Sequence[int], told: _Prose, avoid: frozenset[str]) -> tuple[Party, ...]:
    found = []
    for id, size in zip(draw(_unique(ids(avoid), len(sizes))), sizes, strict=True):
        names = draw(_unique(ids(), size))
        options = tuple(Option(f"{id}.{name}", draw(told.grounds), draw(told.names)) for name in names)
        plural = draw(st.sampled_from((None, None, None, True, False, ("nl",), ("en", "nl"))))
        found.append(Party(id, draw(told.names), options, draw(told.grounds), draw(told.names), plural))
    return tuple(found)


def _unique(what: SearchStrategy[str], count: int) -> SearchStrategy[list[str]]:
    return st.lists(what, min_size=count, max_size=count, unique=True)


@st.composite
def _outcomes(draw: DrawFn, model: Model, told: _Prose) -> tuple[Outcome, ...]:
    """Outcomes that use those drawn before them, then in any order: never a circle."""
    taken = {*model.party, *(option.name for option in model.options)}
    names = draw(st.lists(ids(taken), max_size=3, unique=True))
    options = [option.id for option in model.options]
    found = [Outcome(name, draw(formulas(options, names[:k])), draw(told.grounds)) for k, name in enumerate(names)]
    return tuple(draw(st.permutations(found)))


@st.composite
def _ruled(draw: DrawFn, model: Model, told: _Prose) -> Model:
    """The model with rules; the last ones are dropped again until a state is feasible."""
    options = [option.id for option in model.options]
    formula = formulas(options, list(model.outcome), max_leaves=4)
    kinds: list[SearchStrategy[Rule]] = [
        st.builds(FormulaRule, st.sampled_from(["never", "always"]), formula, told.grounds)
    ]
    if options:
        chosen = st.lists(st.sampled_from(options), min_size=1, max_size=4, unique=True).map(tuple)
        kinds.append(st.builds(ChoiceRule, st.sampled_from(["at_most_one", "exactly_one"]), chosen, told.grounds))
    rules = tuple(draw(st.lists(st.one_of(kinds), max_size=3)))
    while not possible(dataclasses.replace(model, rules=rules)):
        rules = rules[:-1]
    return dataclasses.replace(model, rules=rules)


@st.composite
def _moved(draw: DrawFn, model: Model, told: _Prose, *, one_way: bool, forbidden: bool) -> Model:
    options = [option.id for option in model.options]
    ways: list[OneWay] = []
    bans: list[ForbiddenMove] = []
    if one_way and options and draw(st.booleans()):
        directions = st.sampled_from(["to-yes", "to-no"])
        way = st.builds(OneWay, st.sampled_from(options), directions, told.grounds)
        ways = draw(st.lists(way, max_size=4, unique_by=lambda way: way.option))
    if forbidden and draw(st.booleans()):
        formula = formulas(options, list(model.outcome), max_leaves=3)
        ban = st.builds(ForbiddenMove, st.sampled_from(list(model.party)), formula, formula, told.grounds)
        bans = draw(st.lists(ban, min_size=1, max_size=3))
    return dataclasses.replace(model, one_way=tuple(ways), forbidden_moves=tuple(bans))


@st.composite
def _wishes(draw: DrawFn, model: Model, told: _Prose, states: list[str], *, ties: bool) -> FrozenMap[str, Preference]:
    options = [option.id for option in model.options]
    wish = preferences(options, list(model.outcome), states, ties=ties, grounds=told.grounds)
    # one in eight parties is indifferent, where ties are wanted at all
    found = {party: draw(wish) for party in model.party if not ties or draw(st.integers(0, 7)) < 7}
    return FrozenMap(found)


@st.composite
def _annotated(draw: DrawFn, model: Model, told: _Prose, states: list[str]) -> Model:
    labels: dict[str, str] = {}
    if model.options:
        labels = draw(st.dictionaries(st.sampled_from(states), _labels(model), max_size=4))
    left_out = draw(st.lists(st.builds(Grounds, says=texts(), note=told.names), max_size=2))
    return dataclasses.replace(
        model,
        labels=FrozenMap(labels),
        sources=told.sources,
        left_out=tuple(left_out),
        accepted=tuple(draw(st.lists(_accepted(), max_size=2))),
        language=draw(st.sampled_from([None, "en", "nl"])),
        note=draw(told.names),
    )


def _accepted() -> SearchStrategy[Accepted]:
    """Doubts that are accepted, most of which the doctor does not have: that is a warning, and no error."""
    return st.builds(Accepted, st.sampled_from(DOUBTS), texts(), texts().filter(str.strip))


def _labels(model: Model) -> SearchStrategy[str]:
    """Numbers, short words and awkward texts; nothing that could be taken for a state or an option."""
    taken = {name for option in model.options for name in (option.id, option.name)} | {"status-quo"}

    def usable(label: str) -> bool:
        bits = len(label) == len(model.options) and set(label) <= {"0", "1"}
        return bool(label) and label not in taken and not bits and "," not in label and label == label.strip()

    return (st.integers(2, 99).map(str) | texts()).filter(usable)


@st.composite
def _read_and_claimed(draw: DrawFn, model: Model, told: _Prose) -> Model:
    """The model with open questions, and with claims."""
    model = draw(undecided(model, told.grounds))
    claims = [draw(_claims(model, id, told)) for id in draw(st.lists(dashed_ids(), max_size=2, unique=True))]
    return dataclasses.replace(model, claims=tuple(claims))


@st.composite
def _translated(draw: DrawFn, model: Model) -> Model:
    """The model with some of its texts in other languages, some of which nobody has heard of."""
    known = st.sampled_from([text for text in texts_of(model) if text]) | texts()
    words = st.dictionaries(known, texts().filter(str.strip), max_size=2)
    found = draw(st.dictionaries(st.sampled_from(["en", "nl", "fy"]), words, max_size=2))
    return dataclasses.replace(model, translations=FrozenMap({lang: FrozenMap(said) for lang, said in found.items()}))


@st.composite
def _claims(draw: DrawFn, model: Model, id: str, told: _Prose) -> Claim:
    premises = statements(model)
    formula = formulas([option.id for option in model.options], list(model.outcome), max_leaves=2)
    return Claim(
        id,
        tuple(draw(st.lists(checks(model), min_size=1, max_size=2))),
        draw(st.sampled_from([None, "author", "reported", "ours"])),
        tuple(draw(st.lists(st.sampled_from(premises), max_size=2, unique=True))) if premises else (),
        draw(across(model)),
        tuple(draw(st.lists(formula, max_size=2))),
        draw(st.none() | st.sampled_from(list(model.party))),
        draw(told.grounds),
        tuple(draw(st.lists(_causes(model), max_size=2, unique=True))),
    )


def _causes(model: Model) -> SearchStrategy[Cause]:
    """What a claim may give as its reason."""
    given: list[Cause] = [OfParty(party) for party in model.party]
    given += [OptionAtom(option.id) for option in model.options] + [OutcomeAtom(name) for name in model.outcome]
    taken = {*model.party, *model.bit, *model.outcome, *(option.name for option in model.options)}
    given += [ApplyReading(reading) for reading in model.reading if reading not in taken]
    return st.sampled_from([*given, *statements(model)])


@st.composite
def graphs(draw: DrawFn, *, min_parties: int = 1, max_parties: int = 4, max_states: int = 7) -> Graph:
    """Graphs with any arcs at all: moves need not be transitive, nor be undone.

    Parameters
    ----------
    min_parties, max_parties : int
    max_states : int
        At least one state.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(graphs(), lambda graph: graph.size == 2 and len(graph.moves) == 1).size
    2
    """
    parties = range(draw(st.integers(min_parties, max_parties)))
    size = draw(st.integers(1, max_states))
    arcs = st.integers(0, 2**size - 1)
    if draw(st.booleans()):
        arcs = st.builds(int.__and__, arcs, arcs)  # few arcs: long ways round, and states that cannot be left
    table = draw(st.lists(arcs, min_size=len(parties) * size, max_size=len(parties) * size))
    levels = draw(st.lists(st.integers(0, size), min_size=len(table), max_size=len(table)))
    moves = tuple(
        tuple(tuple(t for t in range(size) if t != s and table[i * size + s] >> t & 1) for s in range(size))
        for i in parties
    )
    return Graph(size, moves, tuple(tuple(levels[i * size : (i + 1) * size]) for i in parties))
