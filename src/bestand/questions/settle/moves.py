"""Changes of what parties can do: an option bound one way, forbidden, or made conditional on the wanted outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.engine.space import Space
from bestand.model.formula import And, Formula, Not, OptionAtom, atoms
from bestand.model.model import Model
from bestand.model.sentences import Bind, Change, Forbid, Free, HoldOption


def move_changes(space: Space, wanted: Formula, parties: Sequence[str]) -> Iterator[Change]:
    """Every change of the moves of some parties that the search tries, those that take least from a party first.

    Parameters
    ----------
    space : Space
    wanted : Formula
    parties : sequence of str

    Yields
    ------
    Change
        For each option: that it can change one way only, or both; that its party cannot take it, or give it up, while
        the wanted outcome holds, or without it; that it is fixed, unless the outcome speaks of it. For each party: that
        it cannot leave the outcome.

    Notes
    -----
    Rules that speak of the outcome are not among them. A rule binds everybody: where a state is infeasible, no party
    can go there, and "never force without a ceasefire" would hold any ceasefire with the force in it, by definition.
    An option of the outcome itself is not fixed for the same reason.
    """
    model = space.model
    options = [option.id for party in parties for option in model.party[party].options]
    bound = {entry.option: entry.direction for entry in model.one_way}
    for id in options:
        if id in bound:
            yield Free(id)
        else:
            yield Bind(id, "to-yes")
            yield Bind(id, "to-no")
    for id in options:
        yield from _conditions(space, wanted, id, bound.get(id))
    for party in parties:
        if model.party[party].options:
            yield Forbid(party, wanted, Not(wanted))
    said = _options_of(model, wanted)
    for id in options:
        if id not in said:
            yield HoldOption(id, False)
            yield HoldOption(id, True)


def _options_of(model: Model, formula: Formula) -> set[str]:
    """The options that a formula speaks of, by the outcomes in it too."""
    found: set[str] = set()
    left, seen = [formula], set[str]()
    while left:
        for atom in atoms(left.pop()):
            if isinstance(atom, OptionAtom):
                found.add(atom.id)
            elif atom.name not in seen:
                seen.add(atom.name)
                left.append(model.outcome[atom.name].formula)
    return found


def _conditions(space: Space, wanted: Formula, id: str, bound: str | None) -> Iterator[Change]:
    """That a party cannot take an option, or give it up, while the outcome holds; or while it does not.

    What says nothing, or only what one of the other changes says too, is left out.
    """
    party, taken = id.partition(".")[0], OptionAtom(id)
    so, has = space.holds(wanted), space.holds(taken)
    with_it, without = bool((so & has).any()), bool((so & ~has).any())
    for before, after, from_here, from_there in (
        (Not(taken), taken, without, with_it),
        (taken, Not(taken), with_it, without),
    ):
        if bound == ("to-no" if after is taken else "to-yes"):
            continue
        if from_here:  # where the outcome never has the option otherwise, it need not be said
            yield Forbid(party, _both(wanted, before) if from_there else wanted, after)
        if from_there:
            yield Forbid(party, before, And((after, Not(wanted))))


def _both(wanted: Formula, more: Formula) -> Formula:
    terms = wanted.terms if isinstance(wanted, And) else (wanted,)
    return And((*terms, more))
