"""``bestand cases``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .common import Json, Lang, command, print_json

if TYPE_CHECKING:
    from bestand.document.blocks import Table
    from bestand.model.model import Model


@command
def cases(*, lang: Lang = None, json: Json = False) -> None:
    """List the cases that come with bestand. Any of them can stand where a command wants a MODEL.

    Parameters
    ----------
    lang
        The language of the answer, en or nl; that of the locale unless told.
    json
        Print one JSON document instead.
    """
    from bestand.document.terminal import show
    from bestand.files import load
    from bestand.files.catalogue import slugs
    from bestand.model.translating import translated
    from bestand.prose.messages import speak, wanted

    speak(spoken := wanted(lang))
    found = {slug: load(slug) for slug in slugs()}
    if json:
        print_json(
            [
                {"slug": slug, "title": model.title, "parties": [*model.party], "options": len(model.options)}
                for slug, model in found.items()
            ]
        )
        return
    show([_table({slug: translated(model, spoken) for slug, model in found.items()})])


def _table(catalogue: Mapping[str, Model]) -> Table:
    """The catalogue: what to type, and what it is."""
    from bestand.document.blocks import table
    from bestand.prose.messages import _p, number

    rows = [
        (slug, number(len(model.parties)), number(len(model.options)), model.title) for slug, model in catalogue.items()
    ]
    header = (
        _p("column of a table", "case"),
        _p("column of a table", "parties"),
        _p("column of a table", "options"),
        _p("column of a table", "title"),
    )
    return table(header, rows, frozenset({0, 3}))
