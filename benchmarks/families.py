"""Seeded models that nobody can list, to measure the symbolic engine on: tens to hundreds of options.

Two families, each hard in its own way:

- `random_model`: every statement and every rule speaks of any options at all. Everybody is coupled with everybody: the
  worst case, and no conflict looks like it.
- `local_model`: the parties sit in a ring; statements and rules speak of a party's own options and of those of its two
  neighbours. What large real models look like.

A statement is one literal, or joins two by `and`, `or` or `implies`, the one as often as the other. A rule excludes one
combination of two options, and so a quarter of the states: with a rule for every third option 60 random options leave
10¹⁵ to 10¹⁶ states, with one for every fifth 200 local options leave 10⁵⁵.

Where every statement joins two literals or more, everything hangs together and the models are much harder: what one
party on the ring can be brought to depends on the options of the party at the far end of it.
"""

from __future__ import annotations

from random import Random

from bestand.model.formula import And, Formula, Implies, Not, OptionAtom, Or
from bestand.model.model import Model
from bestand.model.values import FormulaRule, FrozenMap, OneWay, Option, Party, Priorities, Statement


def random_model(
    options: int, parties: int, statements: int, seed: int = 1, *, literals: int | None = None, one_way: int = 0
) -> Model:
    """A model in which anything may depend on anything.

    Parameters
    ----------
    options, parties, statements : int
        Options are shared out evenly; every party has so many statements.
    seed : int
    literals : int, optional
        In every statement; one or two unless told.
    one_way : int
        How many options of each party go one way only.
    """
    draw = Random(f"random {options} {parties} {statements} {seed}")
    everyone = _parties(options, parties)
    ids = [option.id for party in everyone for option in party.options]
    wishes = {party.id: [_statement(draw, ids, literals) for _ in range(statements)] for party in everyone}
    rules = [_exclusion(draw, ids) for _ in range(options // 3)]
    return _model("random", everyone, wishes, rules, one_way, draw)


def local_model(
    options: int, parties: int, statements: int, seed: int = 1, *, literals: int | None = None, one_way: int = 0
) -> Model:
    """A model in which parties in a ring care for their own options and for those of their neighbours.

    Parameters
    ----------
    options, parties, statements, seed, literals, one_way
        As for `random_model`.
    """
    draw = Random(f"local {options} {parties} {statements} {seed}")
    everyone = _parties(options, parties)
    near = [
        [option.id for at in (j - 1, j, j + 1) for option in everyone[at % parties].options] for j in range(parties)
    ]
    wishes = {
        party.id: [_statement(draw, near[j], literals) for _ in range(statements)] for j, party in enumerate(everyone)
    }
    rules = [_exclusion(draw, near[draw.randrange(parties)]) for _ in range(options // 5)]
    return _model("local", everyone, wishes, rules, one_way, draw)


def _parties(options: int, parties: int) -> list[Party]:
    shares = [options // parties + (j < options % parties) for j in range(parties)]
    return [Party(f"p{j}", options=tuple(Option(f"p{j}.o{k}") for k in range(share))) for j, share in enumerate(shares)]


def _statement(draw: Random, ids: list[str], literals: int | None) -> Formula:
    terms = tuple(_literal(draw, id) for id in draw.sample(ids, literals or draw.choice((1, 2))))
    if len(terms) == 1:
        return terms[0]
    kind = draw.choice(("and", "or", "implies"))
    if kind == "implies":
        rest = terms[1:]
        return Implies(terms[0], rest[0] if len(rest) == 1 else Or(rest))
    return And(terms) if kind == "and" else Or(terms)


def _exclusion(draw: Random, ids: list[str]) -> FormulaRule:
    return FormulaRule("never", And(tuple(_literal(draw, id) for id in draw.sample(ids, 2))))


def _literal(draw: Random, id: str) -> Formula:
    return OptionAtom(id) if draw.random() < 0.5 else Not(OptionAtom(id))


def _model(
    kind: str,
    everyone: list[Party],
    wishes: dict[str, list[Formula]],
    rules: list[FormulaRule],
    one_way: int,
    draw: Random,
) -> Model:
    ways = tuple(
        OneWay(option.id, draw.choice(("to-yes", "to-no")))
        for party in everyone
        for option in draw.sample(party.options, min(one_way, len(party.options)))
    )
    preferences = {party: Priorities(tuple(map(Statement, formulas))) for party, formulas in wishes.items()}
    options = sum(len(party.options) for party in everyone)
    title = f"{kind}, {options} options, {len(everyone)} parties"
    return Model(title, tuple(everyone), tuple(rules), one_way=ways, preferences=FrozenMap(preferences))
