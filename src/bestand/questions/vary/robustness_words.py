"""How many swaps of neighbouring wishes break what holds, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, heading, paragraph
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _s, number
from bestand.prose.names import concept_names
from bestand.prose.phrases import party_name, state_words
from bestand.prose.words import size

if TYPE_CHECKING:
    from .robustness import Broken, Robustness


def robustness_part(model: Model, robust: Robustness) -> Iterator[Block]:
    """Tell the fewest swaps that break the equilibria asked about."""
    yield heading(_("How many swaps of neighbouring wishes break it"))
    if robust.stopped:
        stopped = _("{Reason}: {orders} orders were looked at.", reason=robust.stopped, orders=size(robust.orders))
        every = _n(
            "All that {n} swap leads to are among them.",
            "All that {n} swaps or fewer lead to are among them.",
            robust.depth,
        )
        yield paragraph(f"{stopped} {every}")
    else:
        yield paragraph(
            _n(
                "All {orders} orders that {n} swap leads to were looked at, that of the file among them.",
                "All {orders} orders that {n} swaps or fewer lead to were looked at, that of the file among them.",
                robust.depth,
                orders=number(robust.orders),
            )
        )
    alike: dict[tuple[int, tuple[str, ...]], list[str]] = {}
    for broken in robust.broken:
        alike.setdefault((broken.mask, tuple(_broken(model, broken, robust))), []).append(broken.concept)
    for (mask, lines), concepts in alike.items():
        yield paragraph(
            _("{State}, under {concepts}:", state=state_words(model, mask), concepts=concept_names(concepts))
        )
        for line in lines:
            yield paragraph(line, 4)


def _broken(model: Model, broken: Broken, robust: Robustness) -> Iterator[str]:
    """Tell how an equilibrium breaks, in sentences."""
    if broken.swaps is None:
        yield _n("No {n} swap breaks it.", "No {n} swaps or fewer break it.", robust.depth)
        return
    yield _n("{n} swap breaks it:", "{n} swaps break it:", len(broken.swaps))
    for party, place in broken.swaps:
        yield _s(
            "{Party} exchanges what stands in the places {place} and {next} of its list.",
            "{Party} exchange what stands in the places {place} and {next} of their list.",
            party_name(model, party),
            place=number(place),
            next=number(place + 1),
        )
