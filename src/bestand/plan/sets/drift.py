"""Where things drift from a state, over sets: as `bestand.solve.drift`."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.engine.symbolic import DiagramStates

from .purpose import Purpose

Step = tuple[int, int]  # a party, and the state (bit mask) that it moves to


def ends(purpose: Purpose, reached: DiagramStates) -> tuple[DiagramStates, ...]:
    """Return the ends of drift among all that it reaches from some states, those with the least states first."""
    return tuple(sorted(_closed_parts(purpose, reached), key=lambda end: end.first(1)))


def _closed_parts(purpose: Purpose, reached: DiagramStates) -> Iterator[DiagramStates]:
    """Yield the ends one by one.

    From what does not lead to an end that is known, go on to what does not lead back, as long as there is any.
    """
    left = reached
    while left:
        further = part = left
        while further:
            state = purpose.one(further.first(1)[0])
            part = purpose.spread(state)
            further = part - purpose.leading(state, reached)
        yield part
        left = left - purpose.leading(part, reached)


def path(purpose: Purpose, start: int, wanted: DiagramStates) -> tuple[Step, ...] | None:
    """Return a shortest path of drift from a state to one of a set; None where there is none."""
    layers = [purpose.one(start)]
    found = layers[0]
    while layers[-1] and not layers[-1] & wanted:
        last = layers[-1]
        layers.append(_after(purpose, last) - found)
        found = found | layers[-1]
    return tuple(_walked(purpose, layers[:-1], (layers[-1] & wanted).first(1)[0])) if layers[-1] else None


def _after(purpose: Purpose, states: DiagramStates) -> DiagramStates:
    after = purpose.empty()
    for i in purpose.parties:
        after = after | purpose.moves(i, states)
    return after


def _walked(purpose: Purpose, layers: list[DiagramStates], state: int) -> list[Step]:
    """Return the steps through some sets, one after another, that end in a state: told from behind."""
    steps: list[Step] = []
    for layer in reversed(layers):
        before = {i: purpose.into(i, purpose.one(state)) & layer for i in purpose.parties}
        mover = next(i for i, states in before.items() if states)
        steps.append((mover, state))
        state = before[mover].first(1)[0]
    return steps[::-1]
