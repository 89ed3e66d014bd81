"""The states that ``evolve`` found and the paths to them, in the words of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bestand.document.blocks import Block, Bullets, paragraph
from bestand.model.model import Model
from bestand.prose.messages import _, _n
from bestand.prose.phrases import difference_words, in_turn, move_words, party_name, state_words

from .evolution import Evolved
from .paths import Leg, Paths
from .table import Named


def called(evolved: Evolved, shown: Named, at: int) -> str:
    """What to call a state found within a sentence: by its label or its column, else by what is done in it."""
    if at == 0:
        return _("the start")
    name = shown.names.get(at, "")
    if name.startswith("#"):
        return _("state {label}", label=name)
    return state_words(evolved.model, int(evolved.drift.masks[at]))


def placed(evolved: Evolved, shown: Named, at: int) -> str:
    """What to call a state found, and how far it is where moves lead there."""
    state, moves = called(evolved, shown, at), int(evolved.drift.distance[at])
    return _n("{state} ({n} move away)", "{state} ({n} moves away)", moves, state=state) if moves > 0 else state


def doings_words(model: Model, mask: int) -> Iterator[str]:
    """What is done in a state that is called by its label or as the status quo, in a sentence."""
    today = model.status_quo is not None and mask == model.mask(model.status_quo)
    if not today and model.bits(mask) not in model.labels:
        return
    if mask:
        yield _("What they do there: {doings}.", doings=difference_words(model, 0, mask))
    else:
        yield _("Nobody does anything there.")


def paths_to(evolved: Evolved, at: int, most: int, said: str) -> Iterator[Block]:
    """What is said of a state that is reached, how many shortest ways lead there, and some of them."""
    found = evolved.paths(at, most)
    assert found is not None, "asked only of what is reached"
    yield paragraph(" ".join([said, *_ways(found)]))
    start = int(evolved.drift.masks[0])
    yield Bullets(tuple(_("{Path}.", path=legs_words(evolved.model, start, legs)) for legs in found.shown))


def _ways(found: Paths) -> Iterator[str]:
    if found.counted:
        yield _n("There is {n} shortest way.", "There are {n} shortest ways.", found.count)
    else:
        yield _n("There is {n} shortest way, or more.", "There are {n} shortest ways, or more.", found.count)
    if len(found.shown) < found.count:
        yield _n("One of them:", "{n} of them:", len(found.shown))


def legs_words(model: Model, start: int, legs: Iterable[Leg]) -> str:
    """A path: who does what, then who; with the labels of states, and a word where the mover does not gain."""
    steps: list[str] = []
    at = start
    for leg in legs:
        party = party_name(model, model.parties[leg.party].id)
        step = _("{party} {move}", party=party, move=move_words(model, at, leg.state))
        steps.append(_noted(model, step, leg))
        at = leg.state
    return in_turn(steps)


def _noted(model: Model, step: str, leg: Leg) -> str:
    """A step with the label of the state that it leads to, and what it brings its mover."""
    if model.bits(leg.state) not in model.labels:
        match leg.gain:
            case 0:
                return _("{step} (without a gain)", step=step)
            case -1:
                return _("{step} (at a loss)", step=step)
            case _:
                return step
    state = state_words(model, leg.state)
    match leg.gain:
        case 0:
            return _("{step} ({state}, without a gain)", step=step, state=state)
        case -1:
            return _("{step} ({state}, at a loss)", step=step, state=state)
        case _:
            return f"{step} ({state})"
