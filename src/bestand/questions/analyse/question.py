"""The question ``analyse``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.parameters import Concepts, Engine, Flag, Formula, MaybeWhole, Names, Plan
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Result


@question(example="bestand analyse press/wynia2025/ukraine", doubts=True)
def analyse(
    setting: Setting,
    concepts: Concepts = None,
    engine: Engine = None,
    *,
    where: Formula = None,
    list: MaybeWhole = None,
    draw: Names = None,
    full: Flag = False,
    plan: Plan = None,
) -> Result:
    """Does it hold? Who signs the plan and who refuses it, whether it is kept, and what is stable for whom.

    Of a model with a plan the verdict is told in plain words, and with full, as of any other model, all of it: the
    equilibria as a table, options as rows, one column for each equilibrium, or for each pattern of them where there are
    many (- is an option that varies).

    Parameters
    ----------
    concepts
        Stability concepts, with commas between them; the usual ones unless told. In brseq and brsseq answers
        are best moves.
    engine
        How to compute: symbolic holds sets of states and lists none. Chosen to suit the model unless told; the answer
        is the same.
    where
        Show only equilibria that satisfy this formula, such as 'ceasefire and not ukraine.cede'.
    list
        How many equilibria of a concept --json prints, those reached from the status quo first; 1,000 unless told. In
        Python data hold as many, but none unless told where that takes long: over sets of states, and where there are
        more than 65,536.
    full
        Tell everything, today, where things go and the equilibria as a table, also of a model with a plan. So it is
        where concepts are named, or where is.
    draw
        Which pictures will be drawn: matrix (the equilibria, option by option), standing (how the parties rank them),
        moves (who would improve where), tree (where things go from today), plan (what each party makes of it). Those
        that take long to work out, in models of more than 65,536 states, are left out unless named here.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    Result

    Raises
    ------
    CallError
        For an unknown concept, engine or reading, an engine that cannot serve the model, a formula that cannot be read,
        or a limit of zero or less.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached before any state is known; `TooManyStates` when no engine can hold the states.

    Notes
    -----
    O(parties · S) for Nash, GMR and SMR and O(parties · S log S) for SEQ and SSEQ over listed states. Sets of states
    (``symbolic``) cost what the parties' wishes are entangled, whatever the number of states.

    Examples
    --------
    >>> import bestand
    >>> result = bestand.analyse("textbook/chicken", concepts=["nash", "seq"])
    >>> int(result.equilibria["seq"].sum())
    2
    """
    from .answer import ask

    return ask(setting.planned(plan), concepts, engine, where, list, draw, full=full)
