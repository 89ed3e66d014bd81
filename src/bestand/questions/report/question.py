"""The question ``report``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.parameters import Concepts, Engine, Flag, MaybeWhole, Plan, Whole
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Report


@question(example="bestand report press/wynia2025/ukraine -o report.pdf", form="md")
def report(
    setting: Setting,
    *,
    concepts: Concepts = None,
    samples: MaybeWhole = None,
    seed: Whole = 0,
    workers: MaybeWhole = None,
    engine: Engine = None,
    brief: Flag = False,
    plan: Plan = None,
) -> Report:
    """The whole answer as a document: HTML, PDF, DOCX or Markdown.

    Half a page that answers the question; then the parties and what they want, what holds, where things go, the levers,
    the claims, how sure it is, what is open and how it was worked out, with pictures; every number in an appendix. On
    standard output it is Markdown; the ending of the file given with --output says the format.

    Parameters
    ----------
    concepts
        Stability concepts, with commas between them; the usual ones unless told.
    samples
        How many combinations of what is open to draw; 60 unless told, and all where they are fewer.
    seed
        Of the draws: the same seed gives the same report.
    workers
        Processes on this machine; one for each processor unless told. The report does not depend on it.
    engine
        How to compute what holds; chosen to suit the model unless told.
    brief
        Two pages to hand over: the verdict, who refuses what, when there would be a deal, three levers, the claims in a
        line each, what it rests on, and what the model cannot say.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.

    Returns
    -------
    Report
        Where a limit is reached, it holds what was finished, and says what is missing.

    Raises
    ------
    CallError
        For what is unknown or out of range.
    ModelError
        When the model is not valid.
    LimitReached
        When a limit is reached before any state is known.

    Notes
    -----
    Some 200 variants of the model are solved for the levers, two for each wish for the premises, and one for each
    combination of what is open.

    Examples
    --------
    >>> import bestand
    >>> bestand.report("textbook/chicken", workers=1).words("en").splitlines()[0]
    '# Chicken'
    """
    from .parts import ask

    return ask(setting.planned(plan), concepts, samples, seed, workers, engine, brief=brief)
