"""A first order of the options: what is spoken of together stands together.

The size of a diagram depends on the order of its variables. FORCE (Aloul, Markov & Sakallah 2003) puts every option at
the centre of the sentences that mention it, again and again, until the sentences no longer get shorter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bestand.model.formula import Formula, OptionAtom, atoms
from bestand.model.model import Model
from bestand.model.truth import in_order
from bestand.model.values import ChoiceRule, Priorities, Ranking, Weights

_ROUNDS = 200
_FINE = 1 << 20  # places between two neighbours: centres are whole numbers


class Mentions:
    """The options that formulas of a model mention, by their bits, through outcomes too."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._outcomes: dict[str, frozenset[int]] = {}
        for name in in_order(model):
            self._outcomes[name] = self.of(model.outcome[name].formula)

    def of(self, formula: Formula) -> frozenset[int]:
        """Return the bits of the options that a formula mentions."""
        found: set[int] = set()
        for atom in atoms(formula):
            if isinstance(atom, OptionAtom):
                found.add(self._model.bit[atom.id])
            else:
                found |= self._outcomes[atom.name]
        return frozenset(found)

    def of_wishes(self, party: str) -> list[frozenset[int]]:
        """For every statement of a party, the options it mentions; all at once for weights and rankings."""
        bit = self._model.bit
        match self._model.preferences.get(party):
            case Priorities(statements):
                return [self.of(statement.formula) for statement in statements]
            case Weights(weights):
                return [frozenset(bit[option] for option, weight in weights.items() if weight)]
            case Ranking():
                return [frozenset(bit.values())]
            case None:
                return []

    def of_bans(self, party: str) -> list[frozenset[int]]:
        """For every move that a party cannot make, the options that say from where to where."""
        banned = [ban for ban in self._model.forbidden_moves if ban.party == party]
        return [self.of(ban.source) | self.of(ban.target) for ban in banned]

    def of_rules(self) -> list[frozenset[int]]:
        """For every rule, the options it mentions."""
        bit = self._model.bit
        return [
            frozenset(bit[option] for option in rule.options) if isinstance(rule, ChoiceRule) else self.of(rule.formula)
            for rule in self._model.rules
        ]


def first_order(model: Model, mentions: Mentions, below: int = 0) -> list[int]:
    """Return the bits of the options, in an order that keeps statements and rules short.

    The last so many options of the model stand ``below`` all others.

    Notes
    -----
    O(rounds · (mentions + options · log options)).
    """
    together = [*mentions.of_rules(), *(wish for party in model.party for wish in mentions.of_wishes(party))]
    order = force(len(model.options), [group for group in together if len(group) > 1])
    return sorted(order, key=lambda k: k >= len(model.options) - below)


def force(count: int, together: Sequence[Iterable[int]]) -> list[int]:
    """Return an order of 0, …, count - 1 in which the members of every group stand close.

    Examples
    --------
    >>> force(4, [(0, 2), (1, 3)])
    [0, 2, 1, 3]
    """
    groups = [tuple(group) for group in together]
    place = list(range(count))
    best, least = place, _length(groups, place)
    for _ in range(_ROUNDS):
        pull, pulls = [0] * count, [0] * count
        for group in groups:
            centre = _FINE * sum(place[v] for v in group) // len(group)
            for v in group:
                pull[v] += centre
                pulls[v] += 1
        wanted = [pull[v] // pulls[v] if pulls[v] else _FINE * place[v] for v in range(count)]
        place = [0] * count
        for at, v in enumerate(sorted(range(count), key=lambda v: (wanted[v], v))):
            place[v] = at
        length = _length(groups, place)
        if length >= least:
            break
        best, least = place, length
    return sorted(range(count), key=best.__getitem__)


def _length(groups: Sequence[tuple[int, ...]], place: Sequence[int]) -> int:
    return sum(max(place[v] for v in group) - min(place[v] for v in group) for group in groups)
