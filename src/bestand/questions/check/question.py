"""The question ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.parameters import Flag
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Checked


@question(example="bestand check my.yaml --all", raw=True)
def check(setting: Setting, *, all: Flag = False) -> Checked:
    """Everything that is wrong or doubtful in a model file, each with its line and column.

    Errors keep the model from being used. Warnings are doubts of the model doctor: an option that nobody cares about, a
    wish that ranks nothing, a rule that takes a move from another party, a claim about nothing. Each says what comes of
    it and how to mend it; several of a kind are told together. They do not change the exit status. A file can accept a
    doubt with a reason (the key 'accepted'). Errors are told in English, doubts in the language of the answer.

    Parameters
    ----------
    all
        Tell each doubt by itself, where there are several of a kind; and those that the file accepts, with its reasons
        (`Problem.because`).

    Returns
    -------
    Checked
        A sequence of `Problem` in the order of the file, each by itself: errors, which keep the model from being used,
        and warnings: what the model doctor finds doubtful, once there are no errors. Empty for a model without a doubt.

    Raises
    ------
    CallError
        When there is no such file or case, or it cannot be read.

    Notes
    -----
    At most a few times the cost of `analyse`, for the claims; a model whose states are too many to list is looked at
    as far as sets of states answer, and a warning says what was not looked for.

    Examples
    --------
    >>> import bestand
    >>> list(bestand.check("press/wynia2025/ukraine"))
    []
    """
    from bestand.answer.given import document_of

    from .answer import checked

    return checked(setting.document or document_of(setting.model), setting.watch, every=all)
