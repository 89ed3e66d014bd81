"""Names that read alike: two parties, or two options of one party, that no sentence of an answer tells apart.

Names are compared as they are read: in any case, and however their letters are composed (NFC).
"""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.message import counted, message
from bestand.model.model import Model
from bestand.model.values import as_read

from .findings import Family, Found, Kind
from .sight import Sight

_KINDS = (
    Kind(
        "same-name",
        message("parties, and options of one party, that read alike"),
        message("sentences do not tell them apart, and a name that is given fits two"),
        message("give each a name, or a text, of its own"),
        lambda n, sort: (
            counted("{n} party reads as another does", "{n} parties read as others do", n)
            if sort == "party"
            else counted("{n} option reads as another does", "{n} options read as others do", n)
        ),
    ),
)


def _find(sight: Sight) -> Iterator[Found]:
    yield from _parties(sight.model)
    for party in sight.model.parties:
        said: dict[str, str] = {}
        for option in party.options:
            says = option.grounds.says
            if says and (first := said.setdefault(as_read(says), option.id)) != option.id:
                words = message("it reads as {other} does: “{says}”", other=first, says=says)
                yield Found("same-name", ("parties", party.id, "options", option.name), words)


def _parties(model: Model) -> Iterator[Found]:
    ids = {as_read(id): id for id in model.party}
    named: dict[str, str] = {}
    for party in model.parties:
        for name in dict.fromkeys((party.title, party.called or party.title)):
            other = ids.get(as_read(name), party.id)
            if other != party.id:
                words = message("its name “{name}” is the id of another party", name=name)
                yield Found("same-name", ("parties", party.id), words)
                break
            if (first := named.setdefault(as_read(name), party.id)) != party.id:
                words = message("it is called as {other} is: “{name}”", other=first, name=name)
                yield Found("same-name", ("parties", party.id), words)
                break


NAMES = Family(_KINDS, _find)
