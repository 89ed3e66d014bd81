"""Texts of the file that will be read as awkward sentences.

An option says what it means that it is taken (``says``), and what it means that it is not (``says_no``). Where the
second is missing, the first is turned round, which seldom reads well: the doubt shows how it will read.
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.message import Message, counted, message
from bestand.model.values import Option, Party

from .findings import Family, Found, Kind
from .sight import Sight

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
)


def _find(sight: Sight) -> Iterator[Found]:
    for party in sight.model.parties:
        for option in party.options:
            if option.grounds.says and not option.says_no:
                yield Found("unsaid-no", ("parties", party.id, "options", option.name), _read(party, option))


def _read(party: Party, option: Option) -> Message:
    """Tell which sentences are read, as `bestand.prose.phrases` makes them."""
    says, name = (option.grounds.says or "").strip().removesuffix("."), party.called or party.title
    return message(
        "what leaving it means is not said: “{dropped}” is read where it is dropped, “{left}” where it is not taken",
        dropped=message("{party} {move}", party=name, move=message("no longer {says}", says=says)),
        left=message("{party} {move}", party=name, move=message("does not choose “{says}”", says=says)),
    )


TEXTS = Family(_KINDS, _find, quick=False)
