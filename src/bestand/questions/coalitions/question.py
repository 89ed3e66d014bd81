"""The questions ``coalitions`` and ``merged``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from bestand.answer.parameters import About, Flag, Formula, MaybeState, MaybeWhole, Names, Whole, one_of
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Coalitions
    from .players import MergedPlayers


def concept_ids() -> tuple[str, ...]:
    """Return the concepts that have a coalition form."""
    from .forms import served

    return served()


@question(example="bestand coalitions press/wynia2025/ukraine --to ceasefire")
def coalitions(
    setting: Setting,
    state: MaybeState = None,
    *,
    to: Formula = None,
    members: Names = None,
    size: MaybeWhole = None,
    pareto: Flag = False,
    sanctioners: Annotated[str, one_of("subcoalitions", "parties")] = "subcoalitions",
    concepts: Annotated[str | Iterable[str] | None, About("names", ("--concept",), concept_ids)] = None,
    everywhere: Flag = False,
    list: Whole = 1000,
) -> Coalitions:
    """Who would leave an equilibrium together, and for what? Which equilibria last against every coalition?

    A coalition improves on a state where its members, moving one after another, can bring things to a state that each
    of them prefers; the steps on the way need not be gains. Under gmr, smr and seq the others may answer. Coalitions of
    two parties and more are looked at unless told: single parties are what bestand analyse is about.

    Parameters
    ----------
    state
        Ask about this state instead of the equilibria: status-quo, bits (0110), a label of the file, or the yes
        options with commas between them (none: no option).
    to
        Who could get from the state (the status quo unless told) to this one, together or alone, and would each gain? A
        state as for --state, or a formula such as 'ceasefire and not ukraine.cede'.
    members
        Only the coalition of these parties, by id or name, with commas between them.
    size
        Only the coalitions of so many parties; 1 for single parties.
    pareto
        A coalition moves already where some of its members gain and none loses; else each has to gain.
    sanctioners
        Who answers under seq: subcoalitions of the others, or parties, one at a time.
    concepts
        The coalition forms of these concepts only; of all that have one unless told.
    everywhere
        Ask of every state whether each coalition would leave it, and not of the equilibria alone: the data say of how
        many that is so, and in Python `stable` says of which.
    list
        How many equilibria of a kind the data list, the nearest first.

    Returns
    -------
    Coalitions

    Raises
    ------
    CallError
        For an unknown party, concept, reading or state; a coalition without a party, or with one twice; a size that
        no coalition has; a formula that no feasible state satisfies.
    ModelError
        When the model, or what the readings make of it, is not valid.
    TooManyStates
        When the states are too many to list, or, asked about every one, to compare with one another.

    Notes
    -----
    For each coalition O(S · states that it reaches) in the worst case, and much less where it reaches many alike. The
    definitions are in `bestand.questions.coalitions.concepts`, with their sources.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.coalitions("books/fang1993/elmira", concepts=["nash"])
    >>> sorted({answer.model.labels[answer.model.bits(int(mask))] for mask in answer.states[answer.lasting("nash")]})
    ['8', '9']
    """
    from .answer import ask

    return ask(
        setting, state, to, members, size, concepts, list, pareto=pareto, sanctioners=sanctioners, everywhere=everywhere
    )


@question(example="bestand merged books/fang1993/elmira MoE,UR", also=("coalitions", "--merge", "parties"))
def merged(
    setting: Setting,
    parties: Annotated[str | Iterable[str], About("names")],
    *,
    concepts: Annotated[str | Iterable[str] | None, About("names", ("--concept",), concept_ids)] = None,
    list: Whole = 1000,
) -> MergedPlayers:
    """What would be stable if some parties were one player? Merged players, which are no coalition.

    The merged player changes all its members' options in one move, where each of them gains by it; the ordinary
    concepts are asked of the players that there are then.

    Parameters
    ----------
    parties
        Two parties or more, by id or name, with commas between them.
    concepts
        Only these concepts; all that have a coalition form unless told.
    list
        How many equilibria of a concept the data list.

    Returns
    -------
    MergedPlayers

    Raises
    ------
    CallError
        For an unknown party, concept or reading; for fewer than two parties, or one twice.
    ModelError
        When the model, or what the readings make of it, is not valid.
    TooManyStates
        When the states are too many to list.

    Notes
    -----
    O(S · states that the merged player reaches). Definition: `bestand.questions.coalitions.merged`.

    Examples
    --------
    >>> import bestand
    >>> int(bestand.merged("textbook/prisoners-dilemma", ["P1", "P2"], concepts=["nash"]).equilibria("nash").sum())
    3
    """
    from .players import ask

    return ask(setting, parties, concepts, list)
