"""``bestand cases``."""

from __future__ import annotations

from .common import Json, Lang, command, print_json


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
    from bestand.questions.analyse.listed_words import cases_table

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
    show([cases_table({slug: translated(model, spoken) for slug, model in found.items()})])
