"""What must hold of any engine's verdicts, whatever the model: inclusions, and changes that change nothing."""

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.engine.arcs import arcs_from_lists
from bestand.engine.choose import EXPLICIT, build
from bestand.model.errors import CallError
from bestand.model.formula import FALSE, TRUE, And, Not, OptionAtom, OutcomeAtom, substitute
from bestand.model.model import Model
from bestand.model.values import (
    ChoiceRule,
    ForbiddenMove,
    FormulaRule,
    FrozenMap,
    OneWay,
    Option,
    Outcome,
    Party,
    Priorities,
    Ranking,
    Statement,
    Weights,
)
from bestand.reference import feasible
from bestand.stability import registry
from bestand.testing import graphs, models
from tests.engine.helpers import CONCEPTS, engines_for, examples, expected, verdicts

# Each party's stable states under the first are among those under the second.
# Fang, Hipel & Kilgour 1993, Interactive Decision Making; Rego & Vieira 2017, Group Decision and Negotiation 26
INCLUSIONS = [("nash", "sseq"), ("sseq", "seq"), ("seq", "gmr"), ("sseq", "smr"), ("smr", "gmr"), ("nash", "smr")]
# Our own forms: every best move is an improvement
INCLUSIONS += [("nash", "brsseq"), ("brsseq", "brseq"), ("brseq", "seq"), ("brsseq", "sseq")]


# What the registry reads off the rounds of any concept
DERIVED = [(narrow, wide) for narrow in registry.EVERY for wide in registry.weaker(narrow)]


def test_what_is_published_follows_from_the_rounds():
    assert set(INCLUSIONS) <= set(DERIVED)


def assert_inclusions(found):
    for narrow, wide in DERIVED:
        if narrow not in found or wide not in found:
            continue  # of a graph drawn by hand not all is asked
        for i, (inside, outside) in enumerate(zip(found[narrow], found[wide], strict=True)):
            assert all(b or not a for a, b in zip(inside, outside, strict=True)), f"{narrow} beyond {wide}, party {i}"


@examples(150)
@given(models(min_options=2, prose=False, readings=False))
def test_inclusions(model):
    for engine in engines_for(model):
        assert_inclusions(verdicts(engine))


@examples(150)
@given(graphs())
def test_inclusions_for_arcs_drawn_by_hand(graph):
    assert_inclusions(verdicts(arcs_from_lists(graph.moves, graph.ranks), drawn=True))


# ---- changes that change nothing ----


@examples(150)
@given(st.data(), models(min_options=2, prose=False, readings=False))
def test_order_and_names_of_parties_and_options_do_not_matter(data, model):
    order = data.draw(st.permutations(range(len(model.parties))))
    inside = [data.draw(st.permutations(range(len(model.parties[p].options)))) for p in order]
    other, bit_of = _renamed(model, order, inside)
    place = {mask: s for s, mask in enumerate(feasible(other))}
    where = [place[sum(1 << bit_of[k] for k in range(len(bit_of)) if mask >> k & 1)] for mask in feasible(model)]
    for engine, engine2 in zip(engines_for(model), engines_for(other), strict=True):
        found, moved = verdicts(engine), verdicts(engine2)
        for c in CONCEPTS:
            for i, p in enumerate(order):
                assert [moved[c][i][s] for s in where] == found[c][p], f"{engine.name}, {c}"


def _renamed(model, order, inside):
    """The model with parties and options in another order and under other names, and the new bit of every old one."""
    ids, bits = {}, {}
    for i, (p, options) in enumerate(zip(order, inside, strict=True)):
        for n, o in enumerate(options):
            old = model.parties[p].options[o].id
            ids[old] = f"new{i}.o{n}"
            bits[model.bit[old]] = len(bits)
    parties = tuple(
        Party(f"new{i}", options=tuple(Option(ids[model.parties[p].options[o].id]) for o in inside[i]))
        for i, p in enumerate(order)
    )
    party = {model.parties[p].id: f"new{i}" for i, p in enumerate(order)}
    bit_of = [bits[k] for k in range(len(bits))]

    def formula(old):
        return substitute(old, lambda atom: OptionAtom(ids[atom.id]) if isinstance(atom, OptionAtom) else atom)

    def rule(old):
        if isinstance(old, ChoiceRule):
            return ChoiceRule(old.kind, tuple(ids[option] for option in old.options))
        return FormulaRule(old.kind, formula(old.formula))

    def state(old):
        new = [""] * len(old)
        for k, character in enumerate(old):
            new[bit_of[k]] = character
        return "".join(new)

    def wish(old):
        match old:
            case Priorities(statements, levels):
                return Priorities(tuple(Statement(formula(statement.formula)) for statement in statements), levels)
            case Weights(weights):
                return Weights(FrozenMap({ids[option]: weight for option, weight in weights.items()}))
            case Ranking(groups):
                return Ranking(tuple(tuple(map(state, group)) for group in groups))

    other = Model(
        "Renamed",
        parties,
        rules=tuple(map(rule, model.rules)),
        outcomes=tuple(dataclasses.replace(outcome, formula=formula(outcome.formula)) for outcome in model.outcomes),
        one_way=tuple(dataclasses.replace(way, option=ids[way.option]) for way in model.one_way),
        forbidden_moves=tuple(
            ForbiddenMove(party[ban.party], formula(ban.source), formula(ban.target)) for ban in model.forbidden_moves
        ),
        preferences=FrozenMap({party[id]: wish(old) for id, old in model.preferences.items()}),
    )
    return other, bit_of


@examples(100)
@given(models(min_options=2, prose=False, readings=False))
def test_what_leaves_every_order_as_it_is_changes_nothing(model):
    preferences = {}
    for id, wish in model.preferences.items():
        match wish:
            case Priorities():  # a statement that is the same everywhere, and a level said twice
                levels = wish.by_level
                preferences[id] = Priorities.of([(Statement(TRUE),), *levels, *levels[:1], (Statement(FALSE),)])
            case Weights(weights):
                preferences[id] = Weights(
                    FrozenMap({option: weight * Decimal(3) for option, weight in weights.items()})
                )
            case Ranking(groups):
                preferences[id] = Ranking(tuple(group[::-1] for group in groups))
    other = dataclasses.replace(model, preferences=FrozenMap(preferences))
    for engine, engine2 in zip(engines_for(model), engines_for(other), strict=True):
        assert verdicts(engine2) == verdicts(engine), engine.name


@examples(100)
@given(models(min_options=2, prose=False, readings=False), st.booleans())
def test_a_bystander_changes_nothing(model, first):
    """A party that can do nothing is stable everywhere, and nobody else notices it."""
    bystander = Party("bystander_of_all")
    parties = (bystander, *model.parties) if first else (*model.parties, bystander)
    at = 0 if first else len(model.parties)
    for engine, engine2 in zip(
        engines_for(model), engines_for(dataclasses.replace(model, parties=parties)), strict=True
    ):
        found, beside = verdicts(engine), verdicts(engine2)
        for c in CONCEPTS:
            assert all(beside[c].pop(at))
            assert beside[c] == found[c], engine.name


# ---- the edges ----


@examples(100)
@given(models(min_parties=1, max_parties=1, prose=False, readings=False))
def test_a_single_party_has_nobody_to_fear(model):
    for engine in engines_for(model):
        found = verdicts(engine)
        assert all(found[c] == found["nash"] for c in CONCEPTS), engine.name


def test_a_model_without_options_has_one_state_and_it_is_stable():
    for engine in engines_for(Model("Empty", (Party("a"), Party("b")))):
        assert all(found == [[True], [True]] for found in verdicts(engine).values()), engine.name


@examples(50)
@given(models(prose=False, readings=False))
def test_where_everything_is_equally_good_everything_is_stable(model):
    for engine in engines_for(dataclasses.replace(model, preferences=FrozenMap())):
        for found in verdicts(engine).values():
            assert all(map(all, found)), engine.name


def test_an_unknown_engine_is_named_with_what_would_do():
    with pytest.raises(CallError, match="did you mean 'cube'"):
        build(Model("Dam", (Party("up"),)), "cubs")


@pytest.mark.parametrize("name", EXPLICIT)
def test_a_single_feasible_state(name):
    up = Party("up", options=(Option("up.a"), Option("up.b")))
    only = FormulaRule("always", And((OptionAtom("up.a"), Not(OptionAtom("up.b")))))
    engine = build(Model("Dam", (up, Party("down")), rules=(only,)), name)
    assert engine.space.states.tolist() == [1]
    assert all(found == [[True], [True]] for found in verdicts(engine).values())


@pytest.mark.parametrize("name", EXPLICIT)
def test_ten_options_and_an_outcome(name):
    """More states than a random model has: three parties, ties, a rule, options that go one way."""
    a, b, c = (Party(p, options=tuple(Option(f"{p}.{k}") for k in "xyz")) for p in "abc")
    deal = And((OptionAtom("a.x"), OptionAtom("b.x"), Not(OptionAtom("c.x"))))
    model = Model(
        "Ten",
        (a, b, dataclasses.replace(c, options=(*c.options, Option("c.w")))),
        rules=(ChoiceRule("at_most_one", ("a.x", "b.y", "c.z")),),
        outcomes=(Outcome("deal", deal),),
        one_way=(OneWay("a.y", "to-yes"), OneWay("c.x", "to-no")),
        preferences=FrozenMap(
            {
                "a": Priorities(tuple(map(Statement, (Not(OptionAtom("c.w")), deal, Not(OptionAtom("a.y")))))),
                "b": Weights(FrozenMap({"a.x": Decimal("0.1"), "b.x": Decimal("-0.3"), "c.z": Decimal("0.2")})),
                "c": Priorities((Statement(OptionAtom("c.w")), Statement(Not(OutcomeAtom("deal"))))),
            }
        ),
    )
    assert verdicts(build(model, name)) == expected(model)
