"""What is doubtful in a valid model: statements that say nothing, and rules that take a move from somebody.

Two traps of published models:

- A statement that is true (or false) in every feasible state ranks nothing. It reads like a wish and is none.
- A rule over one party's option can forbid another party's move: ``never europe.force and not ceasefire`` also keeps
  Russia from breaking the ceasefire while the force stands, and the analysis then praises a peace that the rule has
  nailed shut.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np

from bestand.engine.limits import Watch
from bestand.engine.moves import PartyMoves, party_moves
from bestand.engine.space import Space
from bestand.engine.states import Evaluator, States, Truth, feasible_states
from bestand.model.errors import TooManyStates
from bestand.model.fault import ModelFault, Path
from bestand.model.formula import Formula, OptionAtom, OutcomeAtom, atoms, text
from bestand.model.model import Model
from bestand.model.validate import rule_text
from bestand.model.values import Priorities, Rule

_WORK = 2**22  # states, over all rules, that are looked through for moves that rules take away
_LOOKED_AT = 200  # forbidden states, one option away and near to today first, that are tried for a move into them


def doubts(space: Space, watch: Watch | None = None) -> list[ModelFault]:
    """Warnings about a model.

    Parameters
    ----------
    space : Space
        Of a valid model.
    watch : Watch, optional

    Returns
    -------
    list of ModelFault
        All of severity ``warning``; an empty list where nothing is doubtful.

    Notes
    -----
    O(S · statements), and for each rule over options of several parties one more enumeration of the states.
    """
    watch = watch or Watch()
    watch.phase("looking for doubts")
    return [*_idle_names(space), *_idle_statements(space, watch), *_lost_moves(space, watch)]


def _idle_names(space: Space) -> Iterator[ModelFault]:
    """A plan, or an outcome, that is true everywhere or nowhere. A rule may make its own outcomes so."""
    model = space.model
    ruled = {atom for rule in model.rules for atom in _atoms_in(rule, model)}
    told: list[tuple[Path, str, Formula]] = [
        (("outcomes", name), f"outcome '{name}'", OutcomeAtom(name))
        for name in model.outcome
        if OutcomeAtom(name) not in ruled
    ]
    if model.plan is not None:
        told.append((("plan",), "the plan", model.plan))
    for path, what, formula in told:
        true = space.holds(formula)
        if true.all() or not true.any():
            where = "every" if true.all() else "no"
            yield ModelFault(
                path,
                "idle-outcome" if path[0] == "outcomes" else "idle-plan",
                f"{what} is true in {where} feasible state",
                "see whether the formula says what was meant",
                "warning",
            )


def _idle_statements(space: Space, watch: Watch) -> Iterator[ModelFault]:
    """Statements that are true, or false, everywhere."""
    for party, preference in space.model.preferences.items():
        if not isinstance(preference, Priorities):
            continue
        for place, statement in enumerate(preference.statements):
            watch.check()
            true = space.holds(statement.formula)
            if true.all() or not true.any():
                always = "true" if true.all() else "false"
                yield ModelFault(
                    ("preferences", party, "priorities", place),
                    "idle-statement",
                    f"'{text(statement.formula)}' is {always} in every feasible state, so it ranks nothing",
                    "leave it out, or see whether an outcome or a rule says more than was meant",
                    "warning",
                )


def _lost_moves(space: Space, watch: Watch) -> Iterator[ModelFault]:
    """Rules over options of several parties, with a move that each of them thereby loses."""
    model = space.model
    binding = [(place, rule, _parties_in(rule, model)) for place, rule in enumerate(model.rules)]
    shared = [(place, rule, involved) for place, rule, involved in binding if len(involved) > 1]
    most = max(1, _WORK // max(space.size, 1))
    if len(shared) > most:
        told = f"the rules over options of several parties are too many to look at each: {most} of {len(shared)} were"
        yield ModelFault(("rules",), "not-checked", told, None, "warning")
    for place, rule, involved in shared[:most]:
        watch.check()
        lost = _lost_moves_by(space, place, involved)
        if lost:
            yield ModelFault(
                ("rules", place),
                "lost-move",
                f"'{rule_text(rule)}' binds options of {' and '.join(involved)} at once, so it also takes moves away: "
                + "; ".join(lost),
                "if a party could make such a move after all, write the rule as a wish of whom it should bind",
                "warning",
            )


def _parties_in(rule: Rule, model: Model) -> list[str]:
    """The parties whose options a rule speaks of, through outcomes too, in the model's order."""
    found = {atom.id.partition(".")[0] for atom in _atoms_in(rule, model) if isinstance(atom, OptionAtom)}
    return [party for party in model.party if party in found]


def _atoms_in(rule: Rule, model: Model) -> set[OptionAtom | OutcomeAtom]:
    """The options and outcomes that a rule speaks of, through outcomes too."""
    found: set[OptionAtom | OutcomeAtom] = set()
    todo = [rule.allows]
    while todo:
        for atom in atoms(todo.pop()):
            if isinstance(atom, OutcomeAtom) and atom not in found:
                todo.append(model.outcome[atom.name].formula)
            found.add(atom)
    return found


def _lost_moves_by(space: Space, place: int, involved: list[str]) -> list[str]:
    """In words, for each party a move from a feasible state that this rule alone forbids."""
    model = space.model
    without = dataclasses.replace(model, rules=model.rules[:place] + model.rules[place + 1 :])
    try:
        states = feasible_states(without, 4 * space.size + 2**16)
    except TooManyStates:
        return []
    evaluator = Evaluator(without, states)
    allowed = evaluator.holds(model.rules[place].allows)
    told = []
    for party, moves in zip(model.party, party_moves(without, evaluator), strict=True):
        if party in involved and (move := _lost_move(model, party, moves, states, allowed)):
            told.append(move)
    return told


def _lost_move(model: Model, party: str, moves: PartyMoves, states: States, allowed: Truth) -> str | None:
    """In words, a move of one party from an allowed state to one that is not, the easiest to grasp."""
    outside = states & ~np.uint64(moves.own)
    barred = np.flatnonzero(~allowed & np.isin(outside, outside[allowed]))
    today = np.uint64(model.mask(model.status_quo or ()))
    far = np.bitwise_count(states[barred] ^ today)
    for target in barred[np.lexsort((far, ~_one_away(states[barred], states[allowed], moves)))][:_LOOKED_AT]:
        origins = moves.origins(states, target)
        origins = origins[allowed[origins]]
        if len(origins):
            nearest = origins[np.argmin(np.bitwise_count(states[origins] ^ states[target]))]
            return _told(model, party, int(states[nearest]), int(states[target]))
    return None


def _one_away(targets: States, origins: States, moves: PartyMoves) -> Truth:
    """Which targets a party reaches from some origin by changing one option: such a move is the easiest to grasp."""
    found = np.zeros(len(targets), bool)
    for k in range(moves.own.bit_length()):
        bit = np.uint64(1 << k)
        for stuck, gained in ((moves.to_yes, False), (moves.to_no, True)):
            if moves.own >> k & 1 and not stuck >> k & 1:
                found |= ((targets & bit != 0) == gained) & np.isin(targets ^ bit, origins)
    return found


def _told(model: Model, party: str, origin: int, target: int) -> str:
    changes: list[str] = []
    for k, option in enumerate(model.options):
        if (origin ^ target) >> k & 1:
            changes.append(f"{option.name} to {'yes' if target >> k & 1 else 'no'}")
    return f"{party} cannot change {' and '.join(changes)} where {', '.join(model.taken(origin)) or 'nothing'} is taken"
