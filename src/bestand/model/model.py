"""The model: what an analyst describes, checked whenever it is changed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from .description import Description
from .validate import validated

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Model(Description):
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
        What the question "does it hold?" is about: the states that satisfy it. Where there are several plans and none
        is given here, the first of them.
    status_quo : frozenset of str or None
        The options (ids) that are yes today; all else is no. None where the file does not say.
    preferences : FrozenMap of str to Preference
        By party id. A party without an entry is indifferent among all states.
    labels : FrozenMap of str to str
        A paper's own names of states, by bit string. Several states may share one.
    open_questions : tuple of Question
        What the sources leave open, each with its answers. ``readings`` are the answers that change something, by the
        names under which they can be given.
    exclusions : tuple of AtMostOne
        Which answers to different questions exclude each other.
    claims : tuple of Claim
    sources : FrozenMap of str to Source
    left_out : tuple of Grounds
        What the analyst kept out of the model on purpose.
    accepted : tuple of Accepted
        What `check` would find doubtful, and is meant.
    language : str or None
        The language of the texts, ``en`` or ``nl``.
    note : str or None
    consent : tuple of str
        Parties (ids) without whom no part of the plan is signed.
    no_deal : {"drift", "today"}, frozenset of str, Formula or None
        What things come to without a deal: where drift ends, today, a state by its yes options, or the states of a
        formula. None where the file does not say: where drift ends.
    red_lines : FrozenMap of str to Formula
        By party id: what it refuses whatever else is offered.
    translations : FrozenMap of str to FrozenMap of str to str
        By language code: what a text of the model is in that language. `bestand.model.translating` uses them.
    coalesced : tuple of Formula
        Each makes one state of all in which it is true: a party moves from it as from any of them, into it as into any
        of them, and within it never.
    plans : tuple of Plan
        Several plans to be compared, each with an id.
    commitments : tuple of Commitment
        Answers that a party has tied to an event, and that happen by themselves. Those that no plan brings stand
        whatever is signed.

    Notes
    -----
    The first option is bit 0 of a state and the leftmost character of a bit string.
    """

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
        return validated(dataclasses.replace(self, **changes))
