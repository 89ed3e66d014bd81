"""A model in another language: its texts for people put into the words that the file has for them."""

from __future__ import annotations

from .model import Model


def translated(model: Model, lang: str) -> Model:
    """The model with its texts in a language, where the file has them in it; texts without a translation stay.

    Parameters
    ----------
    model : Model
    lang : str
        A language code, such as ``nl``.

    Returns
    -------
    Model
        The model itself where the file translates nothing into that language.
    """
    return model
