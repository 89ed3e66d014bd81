"""Small random models for the inverse question, from a seed, and what the definitions say of them."""

from __future__ import annotations

import dataclasses
import itertools
import random

from bestand.model.changing import changed
from bestand.model.formula import And, Iff, Implies, Not, OptionAtom, Or
from bestand.model.model import Model
from bestand.model.values import (
    ForbiddenMove,
    FormulaRule,
    FrozenMap,
    OneWay,
    Option,
    Party,
    Priorities,
    Ranking,
    Statement,
)
from bestand.reference import Graph, equilibria, graph_of

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


def a_formula(rng: random.Random, options: list[str]):
    """A literal, or two of them joined."""
    left, right = (
        OptionAtom(name) if rng.random() < 0.5 else Not(OptionAtom(name)) for name in rng.choices(options, k=2)
    )
    return rng.choice([left, And((left, right)), Or((left, right)), Implies(left, right), Iff(left, right)])


def a_model(rng: random.Random, shape: tuple[int, ...], most_states: int = 8) -> Model:
    """Parties with so many options each, some of them one-way, perhaps a forbidden move, and at most so many states."""
    parties = tuple(
        Party(f"p{i}", options=tuple(Option(f"p{i}.o{k}") for k in range(count))) for i, count in enumerate(shape)
    )
    options = [option.id for party in parties for option in party.options]
    one_way = tuple(OneWay(id, rng.choice(["to-yes", "to-no"])) for id in options if rng.random() < 0.15)
    bans = ()
    if rng.random() < 0.2:
        who = rng.choice(parties).id
        bans = (ForbiddenMove(who, a_formula(rng, options), a_formula(rng, options)),)
    every = list(itertools.product((False, True), repeat=len(options)))
    excluded = rng.sample(every, max(len(every) - most_states, 0))
    rules = tuple(
        FormulaRule(
            "never",
            And(tuple(OptionAtom(id) if yes else Not(OptionAtom(id)) for id, yes in zip(options, state, strict=True))),
        )
        for state in excluded
    )
    return Model("A model", parties, rules=rules, one_way=one_way, forbidden_moves=bans)


def with_wishes(rng: random.Random, model: Model, most: int = 3) -> Model:
    """The model with priorities of one to so many statements for every party."""
    options = list(model.bit)
    preferences = {
        party.id: Priorities(tuple(Statement(a_formula(rng, options)) for _ in range(rng.randint(1, most))))
        for party in model.parties
    }
    return dataclasses.replace(model, preferences=FrozenMap(preferences))


def with_ranks(rng: random.Random, model: Model, levels: int | None = None) -> Model:
    """The model with an explicit ranking for every party, in half of them with ties; or of so many levels each."""
    from bestand.reference import feasible

    states = [model.bits(mask) for mask in feasible(model)]
    preferences = {}
    for party in model.parties:
        count = len(states)
        strict = levels is None and rng.random() < 0.5
        places = rng.sample(range(count), count) if strict else rng.choices(range(levels or count), k=count)
        groups = [tuple(s for s, place in zip(states, places, strict=True) if place == n) for n in range(count)]
        preferences[party.id] = Ranking(tuple(group for group in groups if group))
    return dataclasses.replace(model, preferences=FrozenMap(preferences))


def with_order(graph: Graph, party: int, ranks: tuple[int, ...]) -> Graph:
    """The graph with other ranks for one party."""
    return Graph(graph.size, graph.moves, (*graph.ranks[:party], ranks, *graph.ranks[party + 1 :]))


def held(graph: Graph, concept: str, wanted) -> bool:
    """Whether one of some states is an equilibrium, by the definitions."""
    found = equilibria(graph, concept)
    return any(found[s] for s in wanted)


def one_step(wishes, formula):
    """Every list of wishes that is one step away, written out again."""
    for at in range(len(wishes)):
        rest = wishes[:at] + wishes[at + 1 :]
        yield rest
        yield (*wishes[:at], formula, *wishes[at + 1 :])
        for to in range(len(wishes)):
            yield (*rest[:to], wishes[at], *rest[to:])
    for to in range(len(wishes) + 1):
        yield (*wishes[:to], formula, *wishes[to:])


def by_steps(wishes, formula, most):
    """``[n]``: the lists of wishes that n steps lead to, and no fewer."""
    levels = [{wishes}]
    for _ in range(most):
        new = {after for before in levels[-1] for after in one_step(before, formula)}
        levels.append(new.difference(*levels))
    return levels


def settled(wishes):
    """Without wishes that a party has twice, of which the second decides nothing."""
    return tuple(tuple(dict.fromkeys(of_party)) for of_party in wishes)


def wishes_after(model, changes):
    preferences = changed(model, changes).preferences
    return tuple(tuple(s.formula for s in preferences[party.id].statements) for party in model.parties)


__all__ = [
    "CONCEPTS",
    "a_formula",
    "a_model",
    "by_steps",
    "graph_of",
    "held",
    "one_step",
    "settled",
    "wishes_after",
    "with_order",
    "with_ranks",
    "with_wishes",
]
