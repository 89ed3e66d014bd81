"""The model: parties, what each can do and wants, what cannot go together, and what is open."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .formula import Formula
from .scope import Scope
from .values import (
    Accepted,
    Claim,
    ForbiddenMove,
    FrozenMap,
    Grounds,
    OneWay,
    OpenQuestion,
    Option,
    Outcome,
    Party,
    Preference,
    Reading,
    Rule,
    Source,
)

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Model:
    """A conflict, as an analyst describes it. A frozen value: changing it makes a new one.

    Parameters
    ----------
    title : str
    parties : tuple of Party
    rules : tuple of Rule
        What cannot occur. A state that breaks one is infeasible.
    outcomes : tuple of Outcome
        Named formulas.
    one_way : tuple of OneWay
        Options that cannot be changed back.
    forbidden_moves : tuple of ForbiddenMove
        Single moves that a party cannot make.
    plan : Formula or None
        What the question "does it hold?" is about: the states that satisfy it.
    status_quo : frozenset of str or None
        The options (ids) that are yes today; all else is no. None where the file does not say.
    preferences : FrozenMap of str to Preference
        By party id. A party without an entry is indifferent among all states.
    labels : FrozenMap of str to str
        A paper's own names of states, by bit string. Several states may share one.
    readings : tuple of Reading
    open_questions : tuple of OpenQuestion
        What else is open: which readings exclude each other, and where a wish may stand, if it is held at all.
    claims : tuple of Claim
    sources : FrozenMap of str to Source
    left_out : tuple of Grounds
        What the analyst kept out of the model on purpose.
    accepted : tuple of Accepted
        What `check` would find doubtful, and is meant.
    language : str or None
        The language of the texts, ``en`` or ``nl``.
    note : str or None
    translations : FrozenMap of str to FrozenMap of str to str
        By language code: what a text of the model is in that language. `bestand.model.translating` uses them.

    Notes
    -----
    The first option is bit 0 of a state and the leftmost character of a bit string.
    """

    title: str
    parties: tuple[Party, ...]
    rules: tuple[Rule, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    plan: Formula | None = None
    one_way: tuple[OneWay, ...] = ()
    forbidden_moves: tuple[ForbiddenMove, ...] = ()
    status_quo: frozenset[str] | None = None
    preferences: FrozenMap[str, Preference] = FrozenMap()  # noqa: RUF009 - immutable
    labels: FrozenMap[str, str] = FrozenMap()  # noqa: RUF009 - immutable
    readings: tuple[Reading, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: FrozenMap[str, Source] = FrozenMap()  # noqa: RUF009 - immutable
    left_out: tuple[Grounds, ...] = ()
    language: str | None = None
    note: str | None = None
    open_questions: tuple[OpenQuestion, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    translations: FrozenMap[str, FrozenMap[str, str]] = FrozenMap()  # noqa: RUF009 - immutable

    def replace(self, **changes: Any) -> Model:
        """A copy with some fields replaced, checked like a file is.

        Raises
        ------
        ModelError
            When the new model is not valid; ``problems`` says why.
        TypeError
            When a field has no such name.

        Examples
        --------
        >>> from bestand.model.values import Party
        >>> Model("Old", (Party("up"),)).replace(title="New").title
        'New'
        """
        from .validate import validated

        return validated(dataclasses.replace(self, **changes))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Every option, in the order of the file: position k is bit k of a state."""
        return tuple(option for party in self.parties for option in party.options)

    @cached_property
    def bit(self) -> FrozenMap[str, int]:
        """The bit of every option id."""
        return FrozenMap({option.id: k for k, option in enumerate(self.options)})

    @cached_property
    def party(self) -> FrozenMap[str, Party]:
        """Every party by its id."""
        return FrozenMap({party.id: party for party in self.parties})

    @cached_property
    def outcome(self) -> FrozenMap[str, Outcome]:
        """Every outcome by its name."""
        return FrozenMap({outcome.name: outcome for outcome in self.outcomes})

    @cached_property
    def reading(self) -> FrozenMap[str, Reading]:
        """Every reading by its id."""
        return FrozenMap({reading.id: reading for reading in self.readings})

    def scope(self, concepts: tuple[str, ...] = ()) -> Scope:
        """The names that a formula, change or check about this model may use."""
        return Scope(
            parties=tuple(self.party),
            options=tuple(self.bit),
            outcomes=tuple(self.outcome),
            readings=tuple(self.reading),
            concepts=concepts,
            states=tuple(dict.fromkeys(self.labels.values())),
        )

    def bits(self, mask: int) -> str:
        """A state as a bit string, the first option leftmost.

        Examples
        --------
        >>> from bestand.model.values import Option, Party
        >>> Model("Dam", (Party("up", options=(Option("up.a"), Option("up.b"))),)).bits(1)
        '10'
        """
        return "".join("1" if mask >> k & 1 else "0" for k in range(len(self.options)))

    def taken(self, mask: int) -> tuple[str, ...]:
        """The options (ids) that are yes in a state: what `mask` makes a state of."""
        return tuple(option.id for k, option in enumerate(self.options) if mask >> k & 1)

    def mask(self, yes: Any) -> int:
        """The state, as an integer, in which just the given options (ids) are taken."""
        return sum(1 << self.bit[option] for option in frozenset(yes))
