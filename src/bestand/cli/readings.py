"""``bestand readings``."""

from __future__ import annotations

from .common import Json, Lang, ModelName, command, open_model, print_json, say, speak


@command
def readings(model: ModelName, *, lang: Lang = None, json: Json = False) -> None:
    """What the sources leave open, and what each reading changes.

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    lang
        The language of the answer, en or nl; that of the model unless told.
    json
        Print one JSON document instead.
    """
    from bestand.answer.claims import reading_answer
    from bestand.answer.data import grounds_data, head
    from bestand.document.terminal import show
    from bestand.model.wording import change_text
    from bestand.prose.messages import _

    valid = speak(lang, open_model(model).valid(), json=json)
    if json:
        told = [
            {"id": r.id, "change": [change_text(change) for change in r.changes], **grounds_data(r.grounds)}
            for r in valid.readings
        ]
        print_json({**head(valid), "readings": told})
        return
    if not valid.readings:
        say(_("This model leaves no reading open."))
    for reading in valid.readings:
        show(reading_answer(valid, reading))
