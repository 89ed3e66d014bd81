"""Small models for the tests of the oracle, each written in a few words."""

import json

import bestand
from bestand.model.language import parse_formula
from bestand.reference.drift import Deterrence, Hold


def small(wishes, today="", **more):
    """A model from `{"A: a b": ["B.c", "not a"], …}`: every party with its options, and its wishes (or preferences)."""
    parties, preferences = {}, {}
    for heading, wanted in wishes.items():
        party, _, options = heading.partition(":")
        parties[party] = {"options": {option: {} for option in options.split()}}
        preferences[party] = {"priorities": wanted} if isinstance(wanted, list) else wanted
    data = {"bestand": "1", "title": "Small", "parties": parties, "preferences": preferences, **more}
    return bestand.loads(json.dumps(data | {"status_quo": today.split()}))


def says(model, text):
    """A formula in words."""
    return parse_formula(text, model.scope())


def at(model, yes):
    """The state in which some options are taken, written with spaces between."""
    return model.mask(yes.split())


def name(model, state):
    """The options taken in a state."""
    return " ".join(model.taken(state))


def names(model, states):
    return {name(model, state) for state in states}


def hold(how, *sets, pays=True):
    """By what a party is held, and the sets of those who deter it."""
    return Hold(how, tuple(Deterrence(frozenset(parties), pays) for parties in sets))


DILEMMA = {"A: c": ["B.c", "not A.c"], "B: c": ["A.c", "not B.c"]}
"""Each wants the other to cooperate, or to set free its hostage, and rather not to do so itself."""
