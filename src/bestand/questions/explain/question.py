"""The question ``explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.parameters import Concepts, Engine, Flag, Names, Plan, State, Text, Whole
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Explanations
    from .reasons import Reasons


@question(example="bestand explain press/wynia2025/ukraine --reason refuses-russia")
def explain(
    setting: Setting,
    *,
    state: State = "status-quo",
    party: Names = None,
    concepts: Concepts = None,
    steps: Whole = 3,
    symbols: Flag = False,
    reason: Names = None,
    plan: Plan = None,
    no_deal: Text = None,
    consent: Names = None,
    engine: Engine = None,
) -> Explanations | Reasons:
    """Why is the verdict on the plan what it is; or why is a state stable for a party, or not?

    With a reason: what a clause of the verdict stands on, step by step, in how many of how many versions it is so, and
    the wishes that it rests on, each said in a source, inferred or assumed. Without one it is about a state. Unstable:
    an improvement, and that nothing answers it. Stable: every improvement, and how the others would take the gain away.
    Then which one comparison of the party would turn the verdict.

    Parameters
    ----------
    state
        status-quo, bits (0110), a label of the file, or the yes options with commas between them (none: no option).
    party
        Whose view; every party's unless told.
    concepts
        Under which stability concepts, with commas between them; the usual ones unless told. With a reason, one.
    steps
        How many improvements to tell one by one, each with the steps of its answer. Data hold up to 200, or these,
        where states are held as sets.
    reason
        Which reasons of the verdict on the plan, with commas between them, such as refuses-russia, signs-usa,
        keeps-usa, blocking, deal, breaks, without; all of them: all. The state is then the one to start from.
    plan
        With a reason: another plan than that of the file: one of its plans by the id, or a formula.
    no_deal
        With a reason: what things come to without a deal, as in deals.
    consent
        With a reason: parties without whom nothing is signed, as in deals.
    symbols
        The bit strings, ranks and sets of the field below the sentences.
    engine
        How to compute; chosen to suit the model unless told. The answer is the same.

    Returns
    -------
    Explanations or Reasons

    Raises
    ------
    CallError
        For an unknown state, party, concept, engine or reason, a state that is not feasible, or a number of steps below
        0. Over sets of states, also for a concept of best moves.
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
    >>> bestand.explain("press/wynia2025/ukraine", reason="refuses-russia").reasons[0].holds
    13824
    """
    from .answer import explained
    from .reasons import reasoned

    if reason is not None:
        return reasoned(setting, reason, plan, state, no_deal, consent, engine, concepts)
    return explained(setting, state, party, concepts, steps, engine, symbols=symbols)
