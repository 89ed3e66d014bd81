"""A small conflict with something open of every kind, and what a plain loop over its combinations finds."""

import itertools

import bestand
from bestand.checks.claims import ask_claim
from bestand.engine.limits import Limits, Watch
from bestand.model.errors import CallError, LimitReached
from bestand.model.language import parse_changes
from bestand.solve.solution import Solver

OPEN = """\
bestand: 1
title: Two neighbours and a dam
parties:
  up: {options: {release: , threaten: }}
  down: {options: {attack: , pay: }}
outcomes:
  deal: up.release and down.pay
plan: deal
rules:
  - never: down.attack and down.pay
status_quo: [up.threaten]
preferences:
  up: {priorities: [not down.attack, down.pay, not up.release, up.threaten]}
  down: {priorities: [up.release, not up.threaten, not down.attack, not down.pay]}
readings:
  proud: {change: up 2 replaced by up.threaten}
  meek: {change: up 2 replaced by not up.threaten}
  poor: {change: down 4 before down 1}
open:
  - order: [up 3, up 4]
  - place: down 3
    between: [1, 3]
claims:
  - {id: deal-holds, check: some equilibrium is deal}
  - {id: calm, check: [no state reached has attack, "under nash, status-quo is stable for up"]}
  - {id: ranked, check: up ranks status-quo above (attack)}
"""

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


def model(text=OPEN):
    return bestand.loads(text)


def by_hand():
    """Every combination of what OPEN leaves open, as sentences: written out here, and not by the library."""
    readings = ["", "reading proud", "reading meek"], ["", "reading poor"]
    order = ["", "up 3 exchanged with up 4"]
    place = ["", "down 3 before down 1", "down 3 before down 2"]
    for combination in itertools.product(*readings, order, place):
        yield ", ".join(filter(None, combination))


def naive(model, sentences):
    """For each combination: its equilibria by concept, and the answer to every claim, by the ordinary way."""
    found = []
    for sentence in sentences:
        changes = parse_changes(sentence, model.scope()) if sentence else ()
        solver = Solver(model, changes)
        solution = solver.solve()
        equilibria = {c: set(solution.space.states[solution.equilibria(c)].tolist()) for c in CONCEPTS}
        found.append((equilibria, {claim.id: ask_claim(solver, claim).answer for claim in model.claims}))
    return found


def clashes(model, *sentences):
    """Whether changes cannot be made together."""
    from bestand.model.changing import changed

    try:
        changed(model, parse_changes(", ".join(sentences), model.scope()))
    except CallError:
        return True
    return False


class Impatient(Watch):
    """Its time is over after some steps, however long they take."""

    def __init__(self, steps):
        super().__init__(Limits(seconds=1e9))
        self.left = steps

    def step(self, steps=1):
        self.left -= steps
        if self.left < 0:
            raise LimitReached("seconds", "stopped")
        super().step(steps)
