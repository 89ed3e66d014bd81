"""What one party could offer another: a side payment, a penalty, or a guarantee.

An offer is a new option of the party that makes it, and two wishes. The party keeps its word, as the least of its
wishes: it gives what it promised while the wanted outcome holds, and only then (a penalty: while it does not). The
other party cares, at a place in its priorities that the search finds:

- *side payment*: it wants what it is given
- *penalty*: it does not want what it is threatened with
- *guarantee*: what it is given makes up for one of its wishes, which then counts as met

Nothing new is thought up about the world: what an offer would consist of, and whether the other party would really
care so much for it, is for the analyst to say.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bestand.model.errors import CallError
from bestand.model.formula import Formula, Iff, Not, OptionAtom, Or, text
from bestand.model.message import Message, message
from bestand.model.model import Model
from bestand.model.truth import holds, outcomes_in
from bestand.model.values import FrozenMap, Grounds, Option, Priorities, Statement

OfferKind = Literal["side payment", "penalty", "guarantee"]

_NAMES: dict[OfferKind, str] = {"side payment": "side_payment", "penalty": "penalty", "guarantee": "guarantee"}


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer of one party to another, for a wanted outcome.

    Parameters
    ----------
    kind : {"side payment", "penalty", "guarantee"}
    by, to : str
        Party ids.
    place : int
        Side payment and penalty: how many of the other party's wishes weigh more, those that stand level counted as
        one. Guarantee: how many stand above the wish that it makes up for, in the order of the file.
    wanted : Formula
        The outcome that it is given for.
    """

    kind: OfferKind
    by: str
    to: str
    place: int
    wanted: Formula

    def option(self, model: Model) -> str:
        """The id of the new option: a name that the party does not have yet."""
        name = _NAMES[self.kind]
        taken = {option.name for option in model.party[self.by].options} | set(model.outcome)
        while name in taken:
            name += "_2"
        return f"{self.by}.{name}"

    def word(self, model: Model) -> Formula:
        """The wish by which the party keeps its word: the last of its own."""
        option = OptionAtom(self.option(model))
        return Iff(option, Not(self.wanted)) if self.kind == "penalty" else Iff(option, self.wanted)

    def phrases(self, model: Model) -> tuple[Message, Message]:
        """Return what whoever makes the offer does where it gives what it promised, and where it does not."""
        to = model.party[self.to].called or model.party[self.to].title
        match self.kind:
            case "side payment":
                return message("gives {party} a side payment", party=to), message(
                    "gives {party} no side payment", party=to
                )
            case "penalty":
                return message("lays a penalty on {party}", party=to), message("lays no penalty on {party}", party=to)
            case "guarantee":
                return message("gives {party} a guarantee", party=to), message("gives {party} no guarantee", party=to)

    def wish(self, model: Model) -> Formula:
        """The wish that the other party then has, at the place of the offer."""
        option = OptionAtom(self.option(model))
        if self.kind == "guarantee":
            return Or((_wishes(model, self.to).statements[self.place].formula, option))
        return Not(option) if self.kind == "penalty" else option

    def applied(self, model: Model) -> Model:
        """The model in which the offer stands.

        Raises
        ------
        CallError
            When one of the two has an explicit ranking or weights, which a new option would leave incomplete, or the
            place is none.
        """
        theirs, ours = _wishes(model, self.to), _wishes(model, self.by)
        if not 0 <= self.place < _places(theirs, self.kind):
            raise CallError(f"{self.to} has {len(theirs.statements)} wishes, and no place {self.place}")
        due = "unless" if self.kind == "penalty" else "for"
        says = f"a {self.kind} {due}: {text(self.wanted)}"
        grounds = Grounds(says=says, assumed=True, note="Nobody has offered it yet.")
        says_yes, says_no = map(str, self.phrases(model))
        wish = Statement(self.wish(model), grounds)
        if self.kind == "guarantee":
            before, after = theirs.statements[: self.place], theirs.statements[self.place + 1 :]
            theirs = dataclasses.replace(theirs, statements=(*before, wish, *after))
        else:
            levels = theirs.by_level
            theirs = Priorities.of([*levels[: self.place], (wish,), *levels[self.place :]])
        option = Option(self.option(model), dataclasses.replace(grounds, says=says_yes), says_no)
        parties = tuple(
            dataclasses.replace(party, options=(*party.options, option)) if party.id == self.by else party
            for party in model.parties
        )
        preferences = {
            **model.preferences,
            self.by: Priorities.of([*ours.by_level, (Statement(self.word(model), grounds),)]),
            self.to: theirs,
        }
        quo = model.status_quo
        if quo is not None and self.kind == "penalty":  # it keeps its word today as well
            quo = quo if holds(self.wanted, quo, outcomes_in(model, quo)) else quo | {option.id}
        return dataclasses.replace(
            model, parties=parties, preferences=FrozenMap(preferences), status_quo=quo, labels=FrozenMap(), claims=()
        )


def offers(model: Model, wanted: Formula, parties: Sequence[str]) -> Iterator[Offer]:
    """Every offer between parties with priorities to one of ``parties``: those that matter least to the other first."""
    able = [party.id for party in model.parties if _can(model, party.id)]
    kinds: tuple[OfferKind, ...] = ("side payment", "penalty", "guarantee")
    for kind in kinds:
        for by in able:
            for to in able:
                if by == to or to not in parties:
                    continue
                for place in reversed(range(_places(_wishes(model, to), kind))):
                    yield Offer(kind, by, to, place, wanted)


def _can(model: Model, party: str) -> bool:
    return isinstance(model.preferences.get(party, Priorities()), Priorities)


def _places(wishes: Priorities, kind: OfferKind) -> int:
    """Return how many places there are for an offer among some wishes."""
    return len(wishes.statements) if kind == "guarantee" else len(wishes.ranked) + 1


def _wishes(model: Model, party: str) -> Priorities:
    preference = model.preferences.get(party, Priorities())
    if not isinstance(preference, Priorities):
        raise CallError(f"{party} has no priorities, in which something offered could find its place")
    return preference
