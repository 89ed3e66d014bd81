"""The question ``vary``."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING, Annotated

from bestand.answer.parameters import About, Concepts, Flag, Formulas, MaybeWhole, Models, Plan, Text, Whole
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Variation


@question(example="bestand vary press/wynia2025/ukraine --concepts nash --no-claims")
def vary(
    setting: Setting,
    others: Models = (),
    *,
    shuffle: Flag = False,
    samples: MaybeWhole = None,
    seed: Whole = 0,
    compared: Annotated[int | None, About("whole", ("--compare",))] = None,
    concepts: Concepts = None,
    formulas: Formulas = None,
    claims: Annotated[str | Iterable[str] | None, About("names", ("--claim",), none="--no-claims")] = None,
    robust: Annotated[str | int | Iterable[str | int] | None, About("texts")] = None,
    swaps: Whole = 2,
    workers: MaybeWhole = None,
    dask: Text = None,
    out: Annotated[str | PathLike[str] | None, About("text", keeps=True)] = None,
    table: Annotated[str | PathLike[str] | None, About("text")] = None,
    list: Whole = 3,
    plan: Plan = None,
) -> Variation:
    """What still holds, whatever is right of all that is open?

    The readings of the file in every combination, and what else it leaves open: in what part of the combinations a
    formula is true in some equilibrium, each state is an equilibrium, and each claim holds; and which open question
    moves that most. Where the combinations are too many, a sample of them.

    Parameters
    ----------
    others
        Other analysts' files about the same parties and options: what they say that each party wants is open too. In
        Python also their models, by what to call them.
    shuffle
        Put each party's wishes in any order, all alike, instead: what does not hang on their order?
    samples
        How many combinations to draw. Unless told, all are gone through where they are at most 10,000, else 2,000;
        at most 1,000,000.
    seed
        Of the draws; the same seed gives the same numbers, whoever works and how many of them.
    compared
        How many samples to draw again for each open question with only its answer changed, to see which matters;
        a tenth of the samples unless told, 0 for none.
    concepts
        Stability concepts, with commas between them; the usual ones unless told.
    formulas
        The formula in question; several of them one by one. The plan and the outcomes of the file unless told.
    claims
        Only these claims, by id; all unless told.
    robust
        For these states (bits, label, or yes options with commas between; or top for the two most frequent equilibria
        of each concept): the fewest swaps of neighbouring wishes that break them.
    swaps
        The most swaps to try for that.
    workers
        Processes on this machine; one for each processor unless told. The answer does not depend on it.
    dask
        Have the workers of the Dask scheduler at this address do the work (extra dask).
    out
        Keep what is finished in this file, an SQLite database. A run that was stopped or killed goes on from it.
    table
        Write every combination that was looked at to this file, as CSV: the answers, and what it comes to.
    list
        How many states to list for each concept.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    Variation
        Where the time is over, it holds what was finished, and ``stopped`` says so.

    Raises
    ------
    CallError
        For what is unknown or out of range, where nothing is open, for a cluster that does not answer within ten
        seconds, for a file with the results of another model or other settings, or one that cannot be written.
    ModelError
        When the model is not valid.
    TooManyStates
        When its states are too many to list.

    Notes
    -----
    O(combinations · parties · states · log states) time at most; O(states) memory for each worker. Where both are many,
    all combinations are worked out at once, with answers as variables that nobody moves.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.vary("press/wynia2025/ukraine", concepts=["nash"], claims=[])
    >>> answer.count, answer.share("ceasefire", "nash").share
    (2880, 0.4)
    """
    from .vary import vary

    return vary(
        setting.planned(plan),
        others,
        shuffle=shuffle,
        samples=samples,
        seed=seed,
        compared=compared,
        concepts=concepts,
        formulas=formulas,
        claims=claims,
        robust=robust,
        swaps=swaps,
        workers=workers,
        dask=dask,
        out=out,
        table=table,
        list=list,
    )
