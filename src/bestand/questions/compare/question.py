"""The question ``compare``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.parameters import Others
from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Comparison


@question(example="bestand compare old.yaml new.yaml")
def compare(setting: Setting, others: Others = ()) -> Comparison:
    """What changed from one model to another: in the file, in the verdict on the plan, in who refuses what, in claims.

    Of more than two, each is compared with the one before it. Things are the same where they have the same id; rules,
    and the wishes of a party, where they say the same. Readings are applied to the first model only.

    Parameters
    ----------
    others
        What to compare the model with: paths of YAML files or slugs of the catalogue; in Python also models.

    Returns
    -------
    Comparison

    Raises
    ------
    CallError
        Without a second model, or where there is no such file or case.
    ModelError
        For a file that holds no valid model; it says which.

    Notes
    -----
    The cost of `deals` and of `claims` for each model.

    Examples
    --------
    >>> import bestand
    >>> model = bestand.load("press/wynia2025/ukraine")
    >>> asked = model.replace(consent=(*model.consent, "usa"))
    >>> [(change.sort, change.how, change.id) for change in bestand.compare(model, asked).steps[0].changes]
    [('consent', 'new', 'usa')]
    """
    from .answer import compared

    return compared(setting, others)
