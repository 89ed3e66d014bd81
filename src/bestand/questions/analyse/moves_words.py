"""What the graph of moves of a small model says about itself."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.model.model import Model
from bestand.prose.messages import _, _n, _s, listing
from bestand.prose.names import concept_name
from bestand.prose.phrases import party_name
from bestand.prose.words import titled
from bestand.stability.registry import RESTING

from .graph import Graph, State

_PARTIES = 5  # whose improvements are told one by one
_PAIRS = 12  # improvements of one party that are


def title() -> str:
    """Return what the picture is."""
    return _("Who can improve from which state to which")


def alternative(model: Model, graph: Graph) -> str:
    """Describe the picture in sentences: equilibria, and the improvements of each party."""
    states = _n("{n} state", "{n} states", len(graph.states))
    improvements = _n("{n} improvement", "{n} improvements", len(graph.arcs))
    told = [_("{states}, and {improvements}.", states=states, improvements=improvements)]
    today = [state.name for state in graph.states if state.today]
    told += [_("The status quo is state {name}.", name=name) for name in today]
    told += _equilibria(graph)
    movers = sorted({arc.mover for arc in graph.arcs})
    for mover in movers[:_PARTIES]:
        told.append(_improving(graph, party_name(model, model.parties[mover].id), mover))
    more = len(movers) - _PARTIES
    if more > 0:
        told.append(_n("{n} more party can improve.", "{n} more parties can improve.", more))
    return " ".join(told)


def _equilibria(graph: Graph) -> Iterator[str]:
    rests = _names(state for state in graph.states if state.rests)
    if all(state.rests for state in graph.states):
        yield _("Nobody can improve in any of them.")
    elif rests:
        yield _("Nobody can improve in {states}.", states=listing(rests))
    else:
        yield _("In every state somebody can improve.")
    for concept in graph.concepts:
        names = _names(state for state in graph.states if concept in state.concepts and not state.rests)
        if names:
            yield _(
                "Equilibria under {concept} besides: {states}.", concept=concept_name(concept), states=listing(names)
            )


def _names(states: Iterator[State]) -> list[str]:
    """Return the names of some states, each once."""
    return list(dict.fromkeys(state.name for state in states))


def _improving(graph: Graph, party: str, mover: int) -> str:
    """Tell from where to where a party can improve."""
    pairs = [(arc.source, arc.target) for arc in graph.arcs if arc.mover == mover]
    onward: dict[str, list[str]] = {}
    for source, target in pairs[:_PAIRS]:
        names = onward.setdefault(graph.states[source].name, [])
        if graph.states[target].name not in names:
            names.append(graph.states[target].name)
    told = [_("from {state} to {states}", state=state, states=listing(names)) for state, names in onward.items()]
    more = len(pairs) - _PAIRS
    if more > 0:
        told.append(_n("and {n} more", "and {n} more", more))
    return _s("{Party} can improve {ways}.", "{Party} can improve {ways}.", party, ways="; ".join(told))


def caption(model: Model, graph: Graph) -> str:
    """Tell how to read the picture, and what is not drawn."""
    told: list[str] = []
    if not graph.moving:
        told.append(_("No party can change anything by a move of its own."))
    else:
        told.append(_("Each box is a state: what is done in it stands above its column and beside its row."))
    if graph.steps:
        told.append(_("An arrow is an improvement of the party whose colour it has."))
    if len(graph.steps) < len(graph.arcs) and not model.one_way and not model.forbidden_moves:
        told.append(
            _("A party can go further along its own arrows at once: such improvements have no arrow of their own.")
        )
    if any(state.concepts for state in graph.states):
        told.append(_("Equilibria are shown under {concepts}.", concepts=titled(graph.concepts)))
    if any(RESTING in state.concepts for state in graph.states) and len(graph.concepts) > 1:
        told.append(_("What is one under Nash stability is one under the others, too."))
    return " ".join(told)
