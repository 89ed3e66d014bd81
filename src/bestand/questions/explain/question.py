"""The question ``explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.parameters import Concepts, Engine, Flag, Names, State, Whole
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Explanations


@question(example="bestand explain press/wynia2025/ukraine --party europe --concepts nash,seq")
def explain(
    setting: Setting,
    *,
    state: State = "status-quo",
    party: Names = None,
    concepts: Concepts = None,
    steps: Whole = 3,
    symbols: Flag = False,
    engine: Engine = None,
) -> Explanations:
    """Why is a state stable for a party, or not?

    Unstable: an improvement, and that nothing answers it. Stable: every improvement, and how the others would take the
    gain away. Then which one comparison of the party would turn the verdict.

    Parameters
    ----------
    state
        status-quo, bits (0110), a label of the file, or the yes options with commas between them (none: no option).
    party
        Whose view; every party's unless told.
    concepts
        Under which stability concepts, with commas between them; the usual ones unless told.
    steps
        How many improvements to tell one by one, each with the steps of its answer. Data hold up to 200, or these,
        where states are held as sets.
    symbols
        The bit strings, ranks and sets of the field below the sentences.
    engine
        How to compute; chosen to suit the model unless told. The answer is the same.

    Returns
    -------
    Explanations

    Raises
    ------
    CallError
        For an unknown state, party, concept or engine, a state that is not feasible, or a number of steps below 0. Over
        sets of states, also for a concept of best moves.
    ModelError
        When the model is not valid.
    LimitReached
        When a limit is reached before all is explained.

    Notes
    -----
    A few closures over all states for each party and concept.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.explain("textbook/prisoners-dilemma", state="11", concepts=["nash"])
    >>> [(witness.party, witness.stable) for witness in answer.witnesses]
    [(0, False), (1, False)]
    """
    from .answer import explained

    return explained(setting, state, party, concepts, steps, engine, symbols=symbols)
