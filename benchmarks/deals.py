"""Seeded models with a plan, to measure deals and the verdict on."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.families import random_model
from bestand.engine.choose import choose
from bestand.engine.symbolic import SymbolicEngine
from bestand.model.formula import And, Not, OptionAtom
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Priorities, Statement
from bestand.plan.ruling import ruling
from bestand.plan.ruling_values import Ruling
from bestand.plan.terms import Terms


def planned(model: Model, seed: int = 1, *, options: int = 2) -> tuple[Model, Terms]:
    """A model with a plan that takes some options at once, from the first state that its rules leave."""
    chosen = Random(seed).sample([option.id for option in model.options], options)
    plan = And(tuple(map(OptionAtom, chosen)))
    return model, Terms(plan, SymbolicEngine(model).feasible.first(1)[0])


def dilemma(options: int = 20, parties: int = 4) -> tuple[Model, Terms]:
    """Everybody wants the others' first options, and not its own: all states with two of them are deals."""
    model = replace(random_model(options, parties, 1), rules=())
    first = [OptionAtom(party.options[0].id) for party in model.parties]
    wishes = {
        party.id: Priorities((*(Statement(atom) for atom in first if atom != own), Statement(Not(own))))
        for party, own in zip(model.parties, first, strict=True)
    }
    return replace(model, preferences=FrozenMap(wishes)), Terms(And((first[0], first[1])), 0)


def judged(model: Model, terms: Terms) -> Ruling:
    """The verdict on a plan, by the engine that suits the model."""
    return ruling(choose(model).engine, terms)
