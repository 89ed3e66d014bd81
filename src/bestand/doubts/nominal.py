"""Options that count only by a definition, and cost nobody anything.

A demand that is dropped is the usual one: nothing but the definition of an outcome speaks of it, and once it is dropped
the outcome is there, at no cost to anybody. Such an option settles by a word what the parties are at odds about.

It is told of an option where no wish, plan, rule or limit on moves names it itself, but the definition of an outcome in
use that joins it with options of other parties; and where changing it in one direction, whatever else is done, makes
some party better off somewhere and no party worse off anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bestand.engine.space import Space
from bestand.model.formula import Formula, OptionAtom, atoms
from bestand.model.message import counted, message
from bestand.model.model import Model
from bestand.model.spoken_of import spoken_of
from bestand.model.values import Priorities, Ranking, Weights

from .findings import Family, Found, Kind, Unchecked
from .options import ranked_apart, used_options
from .plans import every_plan
from .sight import Sight

_KINDS = (
    Kind(
        "nominal-option",
        message("options that count only because a definition names them, and that cost nobody anything"),
        message(
            "a plan can come true by a word that costs nobody anything: what the parties are at odds about is lost"
        ),
        message("say who gains or loses by it, in a wish that names it; or leave it out of the definition"),
        lambda n, _sort: counted(
            "{n} option counts only by a definition, and costs nobody anything",
            "{n} options count only by a definition, and cost nobody anything",
            n,
        ),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    model, space = sight.model, sight.space
    used, named = used_options(model), _named(model)
    for option in model.options:
        within = _defining(model, OptionAtom(option.id))
        if not within or option.id not in used or option.id in named:
            continue
        if space is None:
            yield Unchecked("nominal-option", sight.why)
            return
        sight.watch.check()
        for to_yes in (True, False):
            if _is_free(space, option.id, to_yes=to_yes):
                values = {"outcomes": tuple(within), "option": option.id}
                words = (
                    message(
                        "only the definition of {outcomes} speaks of {option}, and taking it costs nobody", **values
                    )
                    if to_yes
                    else message(
                        "only the definition of {outcomes} speaks of {option}, and dropping it costs nobody", **values
                    )
                )
                yield Found("nominal-option", ("parties", option.party, "options", option.name), words)
                break


def _defining(model: Model, atom: OptionAtom) -> list[str]:
    """The outcomes that speak of an option; none where one of them is no more than a name for what one party does."""
    found = [outcome for outcome in model.outcomes if atom in {*atoms(outcome.formula)}]
    joined = all(_joins(model, outcome.formula) for outcome in found)
    return [outcome.name for outcome in found] if joined else []


def _joins(model: Model, formula: Formula) -> bool:
    """Return whether a formula speaks of options of several parties."""
    return len({atom.id.partition(".")[0] for atom in spoken_of(model, [formula]) if isinstance(atom, OptionAtom)}) > 1


def _named(model: Model) -> set[str]:
    """The options that a wish, the plan, a rule or a limit on moves names itself, and not by an outcome."""
    formulas: list[Formula] = [rule.allows for rule in model.rules]
    formulas += [formula for _path, formula in every_plan(model)]
    formulas += model.coalesced
    formulas += [tie.when for tie in model.commitments]
    named = {way.option for way in model.one_way}
    named.update(option for tie in model.commitments for option, _ in tie.then)
    for ban in model.forbidden_moves:
        formulas += [ban.source, ban.target]
    for wish in model.preferences.values():
        match wish:
            case Priorities(statements):
                formulas += [statement.formula for statement in statements]
            case Weights(weights):
                named.update(weights)
            case Ranking():
                named.update(ranked_apart(model, wish))
    return named | {atom.id for formula in formulas for atom in atoms(formula) if isinstance(atom, OptionAtom)}


def _is_free(space: Space, option: str, *, to_yes: bool) -> bool:
    """Return whether changing an option makes somebody better off, and nobody worse, in any state. O(S · parties)."""
    bit = np.uint64(1 << space.model.bit[option])
    sources = np.flatnonzero((space.states & bit != 0) != to_yes)
    places = np.searchsorted(space.states, space.states[sources] ^ bit).clip(max=space.size - 1)
    there = space.states[places] == space.states[sources] ^ bit
    before, after = sources[there], places[there]
    orders = [space.order(i) for i in range(len(space.model.parties))]
    return all(order.at_least(after, before).all() for order in orders) and any(
        order.better(after, before).any() for order in orders
    )


NOMINAL = Family(_KINDS, _find)
