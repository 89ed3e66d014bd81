"""The question ``readings``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.answer.question import question

if TYPE_CHECKING:
    from bestand.answer.setting import Setting

    from .answer import Readings


@question(example="bestand readings press/wynia2025/ukraine")
def readings(setting: Setting) -> Readings:
    """List what the sources leave open, and what each reading changes.

    Returns
    -------
    Readings

    Examples
    --------
    >>> import bestand
    >>> [reading["id"] for reading in bestand.readings("press/wynia2025/ukraine").data()["readings"]][:2]
    ['price-both', 'price-held']
    """
    from .answer import Readings

    return Readings(setting.model, setting.readings)
