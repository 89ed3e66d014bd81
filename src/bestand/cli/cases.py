"""``bestand cases``."""

from __future__ import annotations

from .common import Json, command, print_json


@command
def cases(*, json: Json = False) -> None:
    """List the cases that come with bestand. Any of them can stand where a command wants a MODEL.

    Parameters
    ----------
    json
        Print one JSON document instead.
    """
    from bestand.files import load
    from bestand.files.catalogue import slugs
    from bestand.report.page import page, show
    from bestand.report.terminal import cases_table

    found = {slug: load(slug) for slug in slugs()}
    if json:
        print_json(
            [
                {"slug": slug, "title": model.title, "parties": [*model.party], "options": len(model.options)}
                for slug, model in found.items()
            ]
        )
        return
    show([cases_table(page(), found)])
