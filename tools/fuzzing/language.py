"""Formulas, changes, checks and rankings: as the grammar gives them, most of them with something changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import yaml

import bestand
from bestand.files import loads
from bestand.model.errors import BestandError
from bestand.model.foreign import listed
from bestand.model.formula import text as written
from bestand.model.grammar import parser
from bestand.model.language import parse_changes, parse_check, parse_formula
from bestand.model.model import Model
from bestand.model.scope import LanguageError, Scope
from bestand.model.wording import changes_text, check_text

from .changed import ODD, changed_text

MODEL = """\
bestand: 1
title: Dam
parties: {up: {options: {release: , threaten: }}, down: {options: {attack: , held: }}}
outcomes: {peace: not threaten and not attack}
preferences: {up: {priorities: [peace, not attack]}, down: {priorities: [release, not threaten]}}
labels: {"0110": 7, "0000": today}
readings: {meek: {change: up 1 dropped}}
status_quo: []
plan: peace
claims: [{id: c1, check: some equilibrium is peace}]
"""
NAMES = [*["up", "down", "release", "up.threaten", "attack", "down.held", "peace"] * 3, "nobody", "été", "state", "7"]
TERMINALS = {  # what a terminal of the grammar can be, where its pattern is no plain text
    "NAME": NAMES,
    "WORD": [*["7", "today", "0110", "meek", "nash", "seq"] * 3, "x-y", "nobody"],
    "NUMBER": [*["1", "2"] * 5, "0", "9" * 20, "9" * 5000],
    "STATE_NAMED": [*["state 7", "state 0110"] * 2, "state nix", "state\ttoday"],
    "A": ["a", "an"],
    "BY_MOVES": ["by drift", "by best moves", "by any  moves"],
    "KIND": ["deal", "no-deal", "stands"],
    "DEAL": ["deal", "deals", "kept deal"],
    "_IS": ["is", "are", "has"],
    "NOUN": ["state", "equilibrium", "resting place", "equilibria"],
}
READERS: dict[str, tuple[Callable[..., Any], Callable[[Any], str], Callable[[str], object]]] = {
    "formula": (parse_formula, written, lambda text: bestand.deals(_model(), text)),
    "changes": (parse_changes, changes_text, lambda text: bestand.what_if(_model(), text)),
    "check": (parse_check, check_text, lambda text: bestand.claims(_claiming(text))),
}
FOREIGN = [("and", "&"), ("or", "||"), ("not ", "!"), ("implies", "->"), (" is ", " = "), ("iff", "<=>"), ("", "")]


def make(random: Random) -> tuple[str, str]:
    """Return a text, and what it should be."""
    start = random.choice((*READERS, "ranking"))
    if start == "ranking":
        signs = [*"1234>>>,,~=[]{}();", "0110", " ", "today", "é", "-1", *ODD[:8]]
        return start, "".join(random.choice(signs) for _ in range(random.randint(0, 20)))
    text = sentence(random, start, random.randint(3, 14))
    if random.random() < 0.5:
        text = changed_text(random, text.replace(*random.choice(FOREIGN)), 2)
    return start, text


def sentence(random: Random, start: str, depth: int) -> str:
    """Return a sentence that the grammar gives, of names that the model may have or not."""
    sides = _rules()[start]
    if depth <= 0:
        sides = [side for side in sides if len(side) == min(map(len, sides))]
    parts = [
        random.choice(_terminals()[each.name]) if each.is_term else sentence(random, each.name, depth - 1)
        for each in random.choice(sides)
    ]
    return " ".join(filter(None, parts))


@cache
def _rules() -> dict[str, list[list[Any]]]:
    """The right sides of the grammar's rules, by the left."""
    found: dict[str, list[list[Any]]] = {}
    for rule in parser().rules:
        found.setdefault(rule.origin.name, []).append(rule.expansion)
    return found


@cache
def _terminals() -> dict[str, list[str]]:
    """What each terminal of the grammar can be."""
    plain = {each.name: each.pattern.value.partition("(?!")[0] for each in parser().terminals}
    return {name: TERMINALS.get(name, [re.sub(r"\\s\+", " ", text).replace("\\", "")]) for name, text in plain.items()}


@cache
def _model() -> Model:
    return loads(MODEL)


def _claiming(text: str) -> Model:
    """The model with another claim."""
    return loads(MODEL.replace("some equilibrium is peace", json.dumps(text)))


@cache
def _scope() -> Scope:
    return _model().scope(("nash", "seq", "smr", "gmr"))


def put(given: tuple[str, str]) -> str:
    """Read a text: it is read back as it was written and can be asked about, or refused at a place in it.

    What is offered instead is read.
    """
    start, text = given
    return _ranking(text) if start == "ranking" else _sentence(text, *READERS[start])


def _sentence(text: str, parse: Callable[..., Any], tell: Callable[[Any], str], ask: Callable[[str], object]) -> str:
    try:
        meant = parse(text, _scope())
    except LanguageError as error:
        refusal = error
    else:
        assert parse(tell(meant), _scope()) == meant, f"means something else: {tell(meant)!r}"
        try:
            ask(text)
        except BestandError:
            return "read, and refused by the model"
        return "read"
    assert refusal.faults, "refused, and nothing is wrong"
    for fault in refusal.faults:
        assert 0 <= fault.offset <= len(refusal.text), f"no such place: {fault}"
        assert fault.message.strip(), f"nothing is said: {fault}"
        offered = re.fullmatch(r"write '(.*)'", fault.hint or "", re.DOTALL)
        if offered and parse is parse_formula and fault.code == "syntax":
            parse(offered[1], _scope())
    return "refused"


def _ranking(text: str) -> str:
    """Read a ranking: what is offered is a list of states and of lists of them, in the order of the text."""
    said = listed(text)
    if said is None:
        return "not offered"
    groups = yaml.load(said, yaml.BaseLoader)
    states = [state for group in groups for state in ([group] if isinstance(group, str) else group)]
    assert states == re.findall(r"[^\s\[\](){}>~=,;]+", text), f"offers another order: {said}"
    return "offered"
