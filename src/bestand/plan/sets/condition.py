"""The condition of a refusal, over sets: as `bestand.plan.condition`.

Up to twelve options that matter the shortest form is looked for, row by row. Beyond, one irredundant cover by prime
implicants is read off the diagram (Minato 1993, after Morreale 1970), up to a few hundred terms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from bestand.engine.diagrams.spec import Diagram
from bestand.engine.symbolic import DiagramStates
from bestand.engine.symbolic.world import World
from bestand.model.formula import Formula, OptionAtom, OutcomeAtom
from bestand.plan.condition import Atom, shorter, told, wished
from bestand.plan.cover import MOST, Bools, Cover, Term, cover

from .proposal import Proposal
from .refusals import Choices, Refusal

_TERMS = 200  # of a condition: what is longer says nothing to anybody


def condition(proposal: Proposal, party: int, refusal: Refusal, *, own: bool = False) -> Formula | None:
    """Return when a party refuses over what the others do, whatever it does itself; or, ``own``, the other way about.

    None where it would take too many words.
    """
    choices = refusal.own if own else refusal.others
    return said_of(proposal, proposal.states, choices, wished(proposal.engine.model, party, refusal.decided_by))


def said_of(proposal: Proposal, states: DiagramStates, choices: Choices, preferred: Collection[Atom]) -> Formula | None:
    """Return a short formula that is true of the choices refused, in some states, and of none of the others.

    None where it would take too many words.
    """
    engine = proposal.engine
    atoms = [OptionAtom(engine.model.options[k].id) for k in choices.options]
    with engine.world.guarded():
        plain = _plain(choices, [k for k, atom in zip(choices.options, atoms, strict=True) if atom in preferred])
        outcomes, named = _named(proposal, states, choices)
    if plain is None:
        return None if named is None else told(named, outcomes)
    return told(plain, atoms) if named is None else shorter(plain, atoms, named, outcomes)


def _plain(choices: Choices, preferred: Sequence[int]) -> Cover | None:
    """Return a cover in options, by their places among those of the choices; None where it has too many terms."""
    world, meant, other = choices.world, choices.refused, choices.accepted
    if meant == world.false or other == world.false:
        return Cover(() if meant == world.false else ((),), shortest=True)
    place = {k: n for n, k in enumerate(choices.options)}
    kept: Sequence[int] = _alone(choices, preferred) or choices.options
    if len(kept) > MOST:
        kept = _needed(choices)
    rest = world.diagrams.variables(k for k in choices.options if k not in kept)
    meant, other = world.diagrams.exists(rest, meant), world.diagrams.exists(rest, other)
    if len(kept) > MOST:
        terms = _irredundant(world, meant, other)
        if terms is None:
            return None
        return Cover(tuple(sorted(tuple((place[k], v) for k, v in term) for term in terms)), shortest=False)
    inner = [n for n, k in enumerate(kept) if k in preferred]
    found = cover(_rows(world, meant, kept), _rows(world, other, kept), inner)
    return Cover(tuple(tuple((place[kept[n]], value) for n, value in term) for term in found.terms), found.shortest)


def _alone(choices: Choices, preferred: Sequence[int]) -> tuple[int, ...]:
    """Return one option that tells what is refused apart from what is accepted; none where it takes several."""
    world = choices.world
    for k in sorted(choices.options, key=lambda k: (k not in preferred, k)):
        option = world.diagrams.var(k)
        for literal in (option, ~option):
            if choices.refused & ~literal == world.false and choices.accepted & literal == world.false:
                return (k,)
    return ()


def _needed(choices: Choices) -> tuple[int, ...]:
    """Return options that tell the two apart, without those that are not needed for it, the last first."""
    world = choices.world
    meant, other = choices.refused, choices.accepted
    kept: list[int] = []
    for k in reversed(choices.options):
        world.check()
        one = world.diagrams.variables([k])
        wider = world.diagrams.exists(one, meant), world.diagrams.exists(one, other)
        if wider[0] & wider[1] == world.false:
            meant, other = wider
        else:
            kept.append(k)
    return tuple(reversed(kept))


def _rows(world: World, f: Diagram, options: Sequence[int]) -> Bools:
    """(M, n): the values of some options, on which alone a function depends, where it is true."""
    rows = [(f, ())]
    for k in options:
        rows = [
            (part, (*row, value))
            for each, row in rows
            for value in (False, True)
            if (part := world.diagrams.cofactor(each, k, value)) != world.false
        ]
    return np.array([row for _, row in rows], bool).reshape(len(rows), len(options))


def _named(proposal: Proposal, states: DiagramStates, choices: Choices) -> tuple[list[Atom], Cover | None]:
    """Return the named outcomes that some choices alone decide, and a cover in them; None where there is none."""
    engine, world = proposal.engine, choices.world
    rest = world.diagrams.variables(k for k in range(world.options) if k not in choices.options)
    atoms: list[Atom] = []
    where: list[Diagram] = []
    for outcome in engine.model.outcomes:
        true = states & OutcomeAtom(outcome.name)
        holds = world.diagrams.exists(rest, true.diagram)
        if holds & world.diagrams.exists(rest, (states - true).diagram) == world.false:
            atoms.append(OutcomeAtom(outcome.name))
            where.append(holds)
    meant, other = (set(_cells(world, each, where)) for each in (choices.refused, choices.accepted))
    if not atoms or meant & other:
        return atoms, None
    tables = (np.array(sorted(each), bool).reshape(len(each), len(atoms)) for each in (meant, other))
    return atoms, cover(*tables)


def _cells(world: World, f: Diagram, where: Sequence[Diagram]) -> Iterator[tuple[bool, ...]]:
    """Yield which of some functions are true together somewhere in a set."""
    if f == world.false:
        return
    if not where:
        yield ()
        return
    yield from ((False, *rest) for rest in _cells(world, f & ~where[0], where[1:]))
    yield from ((True, *rest) for rest in _cells(world, f & where[0], where[1:]))


def _irredundant(world: World, meant: Diagram, other: Diagram) -> list[Term] | None:
    """Return prime terms that hold wherever something is meant and in nothing other, none of which can be left out."""
    terms = _Terms(world)
    found = terms.of(meant, ~other)
    return None if found is None else found[0]


class _Terms:
    """Covers of whatever lies between two functions, each worked out once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[tuple[Diagram, Diagram], tuple[list[Term], Diagram] | None] = {}

    def of(self, least: Diagram, most: Diagram) -> tuple[list[Term], Diagram] | None:
        """Return terms that hold in all of the least and in no more than the most, and where; None where too many."""
        world = self._world
        if least == world.false:
            return [], world.false
        if most == world.true:
            return [()], world.true
        if (least, most) not in self._known:
            world.check()
            self._known[least, most] = self._worked_out(least, most)
        return self._known[least, most]

    def _worked_out(self, least: Diagram, most: Diagram) -> tuple[list[Term], Diagram] | None:
        """By the first option that the two ask for: terms with no, terms with yes, and terms without it."""
        d = self._world.diagrams
        k = min(top[0] for top in (d.top(least), d.top(most)) if top is not None)
        low, high = (d.cofactor(least, k, value) for value in (False, True))
        below, above = (d.cofactor(most, k, value) for value in (False, True))
        no, yes = self.of(low & ~above, below), self.of(high & ~below, above)
        if no is None or yes is None:
            return None
        either = self.of(low & ~no[1] | high & ~yes[1], below & above)
        if either is None or len(no[0]) + len(yes[0]) + len(either[0]) > _TERMS:
            return None
        terms = [_with(k, False, term) for term in no[0]] + [_with(k, True, term) for term in yes[0]] + either[0]
        option = d.var(k)
        return terms, ~option & no[1] | option & yes[1] | either[1]


def _with(k: int, value: bool, term: Term) -> Term:
    return tuple(sorted(((k, value), *term)))
