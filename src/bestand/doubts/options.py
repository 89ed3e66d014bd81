"""Options that nobody cares about.

An option counts as cared about where a statement, rule, forbidden move, reading or claim, the plan, or an outcome that
one of these uses speaks of it, where it has a weight other than zero, or where an explicit ranking puts two states that
differ in it alone at different places. What is left doubles the states and tells none apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.formula import Formula, OptionAtom, OutcomeAtom
from bestand.model.mentions import mentions
from bestand.model.message import counted, message
from bestand.model.model import Model
from bestand.model.spoken_of import spoken_of
from bestand.model.values import ChoiceRule, Priorities, Ranking, Weights

from .findings import Family, Found, Kind, Unchecked
from .plans import every_plan
from .sight import Sight

_KINDS = (
    Kind(
        "idle-option",
        message("options that no statement, rule, forbidden move, reading, claim or outcome in use speaks of"),
        message("every state is there twice, with it and without it, and nobody prefers one to the other"),
        message("leave the option out, or write down who cares about it"),
        lambda n, _sort: counted("nobody cares about {n} option", "nobody cares about {n} options", n),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    model = sight.model
    used = used_options(model)
    for option in model.options:
        if option.id not in used:
            words = message("no wish, rule, outcome in use, reading or claim speaks of {option}", option=option.id)
            yield Found("idle-option", ("parties", option.party, "options", option.name), words)


def used_options(model: Model) -> set[str]:
    """The options that something in the model is about. O(size of the model; rankings: states · options)."""
    formulas: list[Formula] = [*model.coalesced, *(formula for _path, formula in every_plan(model))]
    formulas += [tie.when for tie in model.commitments]
    used = {option for tie in model.commitments for option, _ in tie.then}
    for rule in model.rules:
        if isinstance(rule, ChoiceRule):
            used.update(rule.options)
        else:
            formulas.append(rule.formula)
    for ban in model.forbidden_moves:
        formulas += [ban.source, ban.target]
    for wish in model.preferences.values():
        match wish:
            case Priorities(statements):
                formulas += [statement.formula for statement in statements]
            case Weights(weights):
                used.update(option for option, weight in weights.items() if weight)
            case Ranking():
                used.update(ranked_apart(model, wish))
    said = [reading.changes for reading in model.readings] + [(claim.checks, claim.show) for claim in model.claims]
    for mention in mentions(tuple(said)):
        if mention.kind == "option":
            used.add(mention.what)
        elif mention.kind == "outcome":
            formulas.append(OutcomeAtom(mention.what))
    return used | {atom.id for atom in spoken_of(model, formulas) if isinstance(atom, OptionAtom)}


def ranked_apart(model: Model, ranking: Ranking) -> Iterator[str]:
    """The options by which alone two states of a ranking differ that are not tied."""
    place = {int(bits[::-1] or "0", 2): k for k, group in enumerate(ranking.groups) for bits in group}
    for k, option in enumerate(model.options):
        if any(place.get(state ^ 1 << k, at) != at for state, at in place.items()):
            yield option.id


OPTIONS = Family(_KINDS, _find)
