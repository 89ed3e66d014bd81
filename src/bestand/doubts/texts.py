"""Texts of the file that will be read as awkward sentences, or with verbs in the wrong number.

An option says what it means that it is taken (``says``), and what it means that it is not (``says_no``). Where the
second is missing, the first is turned round, which seldom reads well: the doubt shows how it will read.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.message import Message, counted, message
from bestand.model.model import Model
from bestand.model.values import Option, Party

from .findings import Family, Found, Kind
from .sight import Sight

_SINGULAR = ("states", "nations", "netherlands", "emirates", "philippines")  # names of one country, or one body

_KINDS = (
    Kind(
        "unsaid-no",
        message("options that say what taking them means, and not what leaving them means"),
        message("a made-up sentence is read in its place"),
        message("write 'says_no': what the party does instead, after its name"),
        lambda n, _sort: counted(
            "{n} option does not say what leaving it means", "{n} options do not say what leaving them means", n
        ),
    ),
    Kind(
        "unmarked-plural",
        message("parties that seem to be plural, and are not marked so"),
        message("answers say “refuses” of it and not “refuse”"),
        message("write 'plural: yes', or 'plural: no' where its verbs are singular"),
        lambda n, _sort: counted(
            "{n} party seems to be plural, and is not marked so",
            "{n} parties seem to be plural, and are not marked so",
            n,
        ),
    ),
)


def _find(sight: Sight) -> Iterator[Found]:
    for party in sight.model.parties:
        name = party.called or party.name
        if name and name.strip() and party.plural is None and _seems_plural(sight.model, party, name):
            words = message("“{name}” seems to be plural, and nothing says so", name=name)
            yield Found("unmarked-plural", ("parties", party.id), words)
        for option in party.options:
            if option.grounds.says and not option.says_no:
                yield Found(
                    "unsaid-no",
                    ("parties", party.id, "options", option.name),
                    _read(party, option, sight.model.language or "en"),
                )


def _seems_plural(model: Model, party: Party, name: str) -> bool:
    """Guess from a name, and from the first words of what its options say, whether a party's verbs are plural.

    In English a name that ends in "s", as "the Kosovo Serbs", unless some option begins with a verb that ends in "s"
    ("stops"); in Dutch a name that ends in "en" or "s" where all options begin with a word that ends in "n".
    """
    last = name.split()[-1].lower()
    texts = [
        text for option in party.options for text in (option.grounds.says, option.says_no) if text and text.strip()
    ]
    verbs = [text.split()[0].lower() for text in texts]
    if model.language == "nl":
        return last.endswith(("en", "s")) and bool(verbs) and all(verb.endswith("n") for verb in verbs)
    singular = last.endswith(("ss", "us", "is")) or last in _SINGULAR
    return last.endswith("s") and not singular and not any(verb.endswith("s") for verb in verbs)


def _read(party: Party, option: Option, lang: str) -> Message:
    """Tell which sentences are read, as `bestand.prose.phrases` makes them."""
    says, name = (option.grounds.says or "").strip().removesuffix("."), party.called or party.title
    left = counted("does not choose “{says}”", "do not choose “{says}”", 1 + party.is_plural(lang), says=says)
    return message(
        "what leaving it means is not said: “{dropped}” is read where it is dropped, “{left}” where it is not taken",
        dropped=message("{party} {move}", party=name, move=message("no longer {says}", says=says)),
        left=message("{party} {move}", party=name, move=left),
    )


TEXTS = Family(_KINDS, _find, quick=False)
