"""The questions ``what-if`` and ``levers``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.parameters import Changes, Concepts, Engine, Formula, MaybeWhole, Moves, Plan
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Levers, WhatIf


@question(example='bestand what-if press/wynia2025/ukraine "without ukraine.cede"')
def what_if(
    setting: Setting,
    changes: Changes = (),
    *,
    where: Formula = None,
    concepts: Concepts = None,
    engine: Engine = None,
    list: MaybeWhole = None,
    by: Moves = None,
    plan: Plan = None,
) -> WhatIf:
    """What would be different? The equilibria that stay, go and come when something changes.

    Parameters
    ----------
    changes
        What to change, each in quotes and all together: 'without usa.patriots', 'ukraine.cede held at yes',
        'without europe', 'usa 3 before usa 1', 'usa 2 dropped', 'russia wants ceasefire first', 'never europe.force',
        'europe.force one-way to yes', 'rule 1 dropped', 'reading usa-firm'. docs/language.md has every form.
    where
        The formula to ask about, such as 'ceasefire and not ukraine.cede'; the plan of the model unless told.
    concepts
        Stability concepts, with commas between them. The usual ones unless told.
    engine
        How to compute; the one that suits the model unless told. All states are listed, so symbolic is none.
    list
        How many equilibria that go, and that are new, to name under each concept: 3 unless told, 100 in data.
    by
        Which moves lead on from the status quo: drift (what a party does on purpose, once it reckons with the answers),
        purposeful (the mover gains, and gives nothing away), best (the mover gains, and has nothing better), improving
        (the mover gains) or any (legal ones). Drift unless told, where there is a formula to ask about and drift can be
        followed; else improving.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    WhatIf

    Raises
    ------
    CallError
        For a change that cannot be read or made, one that leaves no state feasible, an unknown name, or moves by which
        nobody can be followed.
    ModelError
        When the model itself is not valid.
    TooManyStates
        When the states are too many to list: the two sets of equilibria are compared state by state.

    Notes
    -----
    The cost of two analyses.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.what_if("textbook/chicken", "without P1.cooperate", concepts=["nash"])
    >>> answer.common("nash"), answer.gone("nash"), answer.new("nash")
    (['01'], ['10'], [])
    """
    from .comparison import what_if

    return what_if(setting.planned(plan), changes, where, concepts, engine, list, by)


@question(example="bestand levers books/fang1993/elmira UR.accept --list 5", also=("what-if", "--levers"))
def levers(
    setting: Setting,
    where: Formula = None,
    *,
    concepts: Concepts = None,
    list: MaybeWhole = None,
    by: Moves = None,
    plan: Plan = None,
) -> Levers:
    """Which lever changes the answer? Every one in turn, ranked by how much it changes.

    A lever is one change: an option held, a party that does not move, a statement dropped, moved or exchanged, a rule
    dropped, a one-way option freed, a reading applied. The question is whether some equilibrium satisfies a formula,
    in what share of them it is true, and whether things go there from the status quo.

    Parameters
    ----------
    where
        The formula to ask about, such as 'ceasefire and not ukraine.cede'; the plan of the model unless told.
    concepts
        Stability concepts, with commas between them. The usual ones unless told.
    list
        How many levers to list: 20 unless told, all of them in data.
    by
        Which moves lead on from the status quo: drift (what a party does on purpose, once it reckons with the answers),
        purposeful (the mover gains, and gives nothing away), best (the mover gains, and has nothing better), improving
        (the mover gains) or any (legal ones). Drift unless told, where it can be followed; else improving.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    Levers

    Raises
    ------
    CallError
        When there is no formula to ask about, it cannot be read, no feasible state satisfies it, a name is unknown, or
        nobody can be followed by such moves.
    ModelError
        When the model is not valid.
    TooManyStates
        When the states are too many to list.

    Notes
    -----
    The cost of one analysis for each lever.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.levers("textbook/chicken", "P1.cooperate and P2.cooperate", concepts=["gmr"])
    >>> answer.flips(answer.tried[0])
    ('gmr',)
    """
    from .levers import levers

    return levers(setting.planned(plan), where, concepts, list, by)
