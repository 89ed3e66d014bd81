"""What a party can do today, tied to the wanted outcome: an inducement beside a threat for the same end.

Where nobody would sign, or what is signed would not be kept, somebody may bind an option of its own to the outcome, at
once and without anybody's signature:

- an *inducement*: once all else of the outcome is there the option is so; the party gives, or leaves undone, what it
  promised
- a *threat*: as long as something else of the outcome is missing the option is so; the party keeps it up, or withholds

Whoever breaks a deal as things are is no guarantor against itself, and ties nothing here. Nothing is thought up that
nobody can do in the model, and only what changes nothing today is tied, since today is at rest. (Commitments in force
today: `bestand.reference.commitments`.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bestand.model.formula import (
    FALSE,
    TRUE,
    And,
    Constant,
    Formula,
    Iff,
    Implies,
    Not,
    OptionAtom,
    Or,
    OutcomeAtom,
    joined,
    substitute,
)
from bestand.model.model import Model
from bestand.model.sentences import Tie


def option_ties(model: Model, wanted: Formula, parties: Collection[str]) -> Iterator[Tie]:
    """Yield every tie of one option of some parties to the wanted outcome, the inducement before the threat.

    Examples
    --------
    >>> from bestand.model.values import Option, Party
    >>> from bestand.model.wording import change_text
    >>> west, armed = (Party(id, options=(Option(f"{id}.{name}"),)) for id, name in (("west", "lift"), ("east", "arm")))
    >>> wanted = And((OptionAtom("west.lift"), Not(OptionAtom("east.arm"))))
    >>> [change_text(tie) for tie in option_ties(Model("Relief", (west, armed)), wanted, ["west"])]
    ['west ties west.lift to not east.arm', 'west ties not west.lift to east.arm']
    """
    for option in model.options:
        for value in (True, False) if option.party in parties else ():
            rest, other = (_rest(model, wanted, option.id, so) for so in (value, not value))
            for when in (rest, _not(other)):
                if not isinstance(when, Constant):
                    yield Tie(option.party, ((option.id, value),), when)


def _rest(model: Model, wanted: Formula, option: str, value: bool) -> Formula:
    """Return what else a formula asks for where an option is so."""

    def put(atom: OptionAtom | OutcomeAtom) -> Formula:
        if isinstance(atom, OptionAtom):
            return Constant(value) if atom.id == option else atom
        inner = model.outcome[atom.name].formula
        new = _rest(model, inner, option, value)
        return atom if new == inner else new

    return _plain(substitute(wanted, put))


def _plain(formula: Formula) -> Formula:
    """Return a formula without what is true or false in it whatever happens."""
    match formula:
        case Not(term):
            return _not(_plain(term))
        case And(terms) | Or(terms):
            join, none = (And, TRUE) if isinstance(formula, And) else (Or, FALSE)
            plain = [_plain(term) for term in terms]
            if _not(none) in plain:
                return _not(none)
            flat = [part for term in plain for part in (term.terms if isinstance(term, join) else (term,))]
            return joined(join, [term for term in flat if term != none], none)
        case Implies(left, right):
            left, right = _plain(left), _plain(right)
            if isinstance(left, Constant) or isinstance(right, Constant):
                return _plain(Or((_not(left), right)))
            return Implies(left, right)
        case Iff(left, right):
            left, right = _plain(left), _plain(right)
            if isinstance(left, Constant):
                return right if left.value else _not(right)
            if isinstance(right, Constant):
                return left if right.value else _not(left)
            return Iff(left, right)
        case _:
            return formula


def _not(formula: Formula) -> Formula:
    match formula:
        case Constant(value):
            return Constant(not value)
        case Not(term):
            return term
        case _:
            return Not(formula)
