"""Rules that take a move from another party, and rules in the place of an answer.

A rule over one party's option can forbid another party's move: ``never europe.force and not ceasefire`` also keeps
Russia from breaking the ceasefire while the force stands, and the analysis then praises a peace that the rule has
nailed shut.

A rule such as ``always up.breach implies down.answer`` does so in the guise of an answer. What is meant is that the one
answers whenever the other breaches; what it says is that the breach cannot occur while there is no answer, so that
nobody can be seen to make it. Of such a rule that, and how else to say it, is told.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import reduce

import numpy as np

from bestand.engine.moves import PartyMoves, party_moves
from bestand.engine.space import Space
from bestand.engine.states import Evaluator, States, Truth, feasible_states
from bestand.model.errors import TooManyStates
from bestand.model.formula import And, Formula, Implies, Not, OptionAtom, Or, text
from bestand.model.message import Message, counted, message
from bestand.model.model import Model
from bestand.model.spoken_of import spoken_of
from bestand.model.validate import rule_text
from bestand.model.values import FormulaRule, Rule

from .findings import Family, Found, Kind, Unchecked
from .sight import Sight

_WORK = 2**22  # states, over all rules, that are looked through for moves that rules take away
_LOOKED_AT = 200  # forbidden states, one option away and near to today first, that are tried for a move into them


_KINDS = (
    Kind(
        "lost-move",
        message("rules over options of several parties that thereby take a move from one of them"),
        message(
            "what a party cannot do, it cannot break a peace by: what then holds may hold because of the rule alone"
        ),
        message("if a party could make such a move after all, write the rule as a wish of whom it should bind"),
        lambda n, _sort: counted("{n} rule takes a move from a party", "{n} rules take moves from parties", n),
    ),
    Kind(
        "tied-answer",
        message("rules that tie what one party does to what another does, as if it were an answer"),
        message("nobody can break what such a rule keeps: a peace that holds by it holds because it was nailed shut"),
        message(
            "leave the rule out, and write it as a wish of whoever should mind; where somebody has bound itself to "
            "answer once it is broken, write a commitment instead (commitments: in the file)"
        ),
        lambda n, _sort: counted(
            "{n} rule makes a breach impossible, so that nobody can break the peace",
            "{n} rules make a breach impossible, so that nobody can break the peace",
            n,
        ),
    ),
)


def _find(sight: Sight) -> Iterator[Found | Unchecked]:
    """For each rule over options of several parties, one more enumeration of the states: a move that each loses."""
    model, space = sight.model, sight.space
    binding = [(place, rule, _parties_in(rule, model)) for place, rule in enumerate(model.rules)]
    shared = [(place, rule, involved) for place, rule, involved in binding if len(involved) > 1]
    if space is None:
        if shared:
            yield Unchecked("lost-move", sight.why)
        return
    most = max(1, _WORK // max(space.size, 1))
    if len(shared) > most:
        yield Unchecked("lost-move", _too_many(most, len(shared)))
    for place, rule, involved in shared[:most]:
        sight.watch.check()
        lost = _lost_moves_by(space, place, involved)
        if lost is None:
            yield Unchecked("lost-move", message("without rule {k} the states are too many to list", k=place + 1))
        elif lost:
            yield _found(model, place, rule, involved, reduce(_one_more, lost))


def _found(model: Model, place: int, rule: Rule, involved: list[str], moves: Message) -> Found:
    """Return the doubt about a rule that takes these moves."""
    path, tied = ("rules", place), _tied(rule, model)
    if tied is None or any(e.doubt == "lost-move" and e.at == f"rule {place + 1}" for e in model.accepted):
        words = message(
            "'{rule}' binds options of {parties} at once, so it also takes moves away: {moves}",
            rule=rule_text(rule),
            parties=tuple(involved),
            moves=moves,
        )
        return Found("lost-move", path, words)
    words = message(
        "'{rule}' makes '{event}' without '{answer}' impossible, so nobody can break it: {moves}",
        rule=rule_text(rule),
        event=text(tied[0]),
        answer=text(tied[1]),
        moves=moves,
    )
    return Found("tied-answer", path, words)


def _tied(rule: Rule, model: Model) -> tuple[Formula, Formula] | None:
    """Return what a rule ties something to, and what: something that one party does to what others do."""
    match rule:
        case FormulaRule("always", Implies(event, answer)):
            pass
        case FormulaRule("never", And(terms)):
            events = [term for term in terms if not isinstance(term, Not)]
            answers = [term.term for term in terms if isinstance(term, Not)]
            if not events or not answers:
                return None
            event = And(tuple(events)) if len(events) > 1 else events[0]
            answer = Or(tuple(answers)) if len(answers) > 1 else answers[0]
        case _:
            return None
    acting, answering = _parties_of(event, model), _parties_of(answer, model)
    if len(answering) != 1 or not acting or answering[0] in acting:
        return None
    return event, answer


def _too_many(most: int, of: int) -> Message:
    return counted(
        "of the rules over options of several parties, only {n} of {of} was looked at",
        "of the rules over options of several parties, only {n} of {of} were looked at",
        most,
        of=of,
    )


def _one_more(moves: Message, move: Message) -> Message:
    return message("{moves}; {move}", moves=moves, move=move)


def _parties_in(rule: Rule, model: Model) -> list[str]:
    """The parties whose options a rule speaks of, through outcomes too, in the model's order."""
    return _parties_of(rule.allows, model)


def _parties_of(formula: Formula, model: Model) -> list[str]:
    found = {atom.id.partition(".")[0] for atom in spoken_of(model, [formula]) if isinstance(atom, OptionAtom)}
    return [party for party in model.party if party in found]


def _lost_moves_by(space: Space, place: int, involved: list[str]) -> list[Message] | None:
    """In words, for each party a move from a feasible state that this rule alone forbids; None: too many states."""
    model = space.model
    without = dataclasses.replace(model, rules=model.rules[:place] + model.rules[place + 1 :])
    try:
        states = feasible_states(without, 4 * space.size + 2**16)
    except TooManyStates:
        return None
    evaluator = Evaluator(without, states)
    allowed = evaluator.holds(model.rules[place].allows)
    told = []
    for party, moves in zip(model.party, party_moves(without, evaluator), strict=True):
        if party in involved and (move := _lost_move(model, party, moves, states, allowed)):
            told.append(move)
    return told


def _lost_move(model: Model, party: str, moves: PartyMoves, states: States, allowed: Truth) -> Message | None:
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


def _told(model: Model, party: str, origin: int, target: int) -> Message:
    changes: list[Message] = []
    for k, option in enumerate(model.options):
        if (origin ^ target) >> k & 1:
            to_yes = target >> k & 1
            changes.append(
                message("{option} to yes", option=option.name)
                if to_yes
                else message("{option} to no", option=option.name)
            )
    taken = model.taken(origin)
    if not taken:
        return message("{party} cannot change {changes} where nothing is taken", party=party, changes=tuple(changes))
    return counted(
        "{party} cannot change {changes} where {options} is taken",
        "{party} cannot change {changes} where {options} are taken",
        len(taken),
        party=party,
        changes=tuple(changes),
        options=tuple(taken),
    )


RULES = Family(_KINDS, _find)
