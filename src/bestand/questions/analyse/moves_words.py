"""What the graph of moves of a small model says about itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.prose.messages import _, _n, listing
from bestand.prose.names import concept_name
from bestand.prose.phrases import party_name
from bestand.prose.words import titled
from bestand.solve.solution import Solution

from .graph import Graph, State

_PARTIES = 5  # whose improvements are told one by one
_PAIRS = 12  # improvements of one party that are


def title() -> str:
    """What the picture is."""
    return _("Who can improve from which state to which")


def alternative(solution: Solution, graph: Graph, concepts: Sequence[str]) -> str:
    """What the picture shows, in sentences: equilibria, and the improvements of each party."""
    states = _n("{n} state", "{n} states", len(graph.states))
    improvements = _n("{n} improvement", "{n} improvements", len(graph.improvements))
    told = [_("{states}, and {improvements}.", states=states, improvements=improvements)]
    today = [state.name for state in graph.states if state.today]
    told += [_("The status quo is state {name}.", name=name) for name in today]
    told += _equilibria(graph, concepts)
    parties = solution.model.parties
    movers = sorted({mover for mover, _s, _t in graph.improvements})
    for mover in movers[:_PARTIES]:
        pairs = [(s, t) for who, s, t in graph.improvements if who == mover]
        told.append(_improving(graph, party_name(solution.model, parties[mover].id), pairs))
    more = len(movers) - _PARTIES
    if more > 0:
        told.append(_n("{n} more party can improve.", "{n} more parties can improve.", more))
    return " ".join(told)


def _equilibria(graph: Graph, concepts: Sequence[str]) -> Iterator[str]:
    rests = _names(state for state in graph.states if state.rests)
    if all(state.rests for state in graph.states):
        yield _("Nobody can improve in any of them.")
    elif rests:
        yield _("Nobody can improve in {states}.", states=listing(rests))
    else:
        yield _("In every state somebody can improve.")
    for concept in concepts:
        found = _names(state for state in graph.states if concept in state.under and not state.rests)
        if found:
            yield _(
                "Equilibria under {concept} besides: {states}.", concept=concept_name(concept), states=listing(found)
            )


def _names(states: Iterator[State]) -> list[str]:
    """The names of some states, each once."""
    return list(dict.fromkeys(state.name for state in states))


def _improving(graph: Graph, party: str, pairs: Sequence[tuple[int, int]]) -> str:
    """From where to where a party can improve."""
    onward: dict[str, list[str]] = {}
    for source, target in pairs[:_PAIRS]:
        names = onward.setdefault(graph.states[source].name, [])
        if graph.states[target].name not in names:
            names.append(graph.states[target].name)
    told = [_("from {state} to {states}", state=state, states=listing(names)) for state, names in onward.items()]
    more = len(pairs) - _PAIRS
    if more > 0:
        told.append(_n("and {n} more", "and {n} more", more))
    return _("{Party} can improve {ways}.", party=party, ways="; ".join(told))


def caption(graph: Graph, concepts: Sequence[str]) -> str:
    """How to read the picture, and what is not drawn."""
    told: list[str] = []
    if not graph.moving:
        told.append(_("No party can change anything by a move of its own."))
    else:
        told.append(_("Each box is a state: what is done in it stands above its column and beside its row."))
    if graph.links:
        told.append(_("An arrow is an improvement of the party whose colour it has."))
    if graph.short and graph.free:
        told.append(
            _("A party can go further along its own arrows at once: such improvements have no arrow of their own.")
        )
    if any(state.under for state in graph.states):
        told.append(_("Equilibria are shown under {concepts}.", concepts=titled(concepts)))
    if any("nash" in state.under for state in graph.states) and len(concepts) > 1:
        told.append(_("What is one under Nash stability is one under the others, too."))
    return " ".join(told)
