"""The states that ``evolve`` found and the paths to them, in the words of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets, paragraph
from bestand.model.model import Model
from bestand.prose.messages import _, _n
from bestand.prose.phrases import difference_words, in_turn, move_words, party_name, state_words
from bestand.prose.spoken import spoken

if TYPE_CHECKING:
    from .answer import Evolution
    from .paths import Paths
    from .table_words import Named


def called(answer: Evolution, shown: Named, at: int) -> str:
    """Return what to call a state found within a sentence: by its label or its column, else by what is done in it."""
    if at == 0:
        return _("the start")
    name = shown.names.get(at, "")
    if name.startswith("#"):
        return _("state {label}", label=name)
    return state_words(spoken(answer.model), int(answer.drift.masks[at]))


def placed(answer: Evolution, shown: Named, at: int) -> str:
    """Return what to call a state found, and how far it is where moves lead there."""
    state, moves = called(answer, shown, at), int(answer.drift.distance[at])
    return _n("{state} ({n} move away)", "{state} ({n} moves away)", moves, state=state) if moves > 0 else state


def doings_words(model: Model, mask: int) -> Iterator[str]:
    """Tell what is done in a state that is called by its label or as the status quo."""
    today = model.status_quo is not None and mask == model.mask(model.status_quo)
    if not today and model.bits(mask) not in model.labels:
        return
    if mask:
        yield _("What they do there: {doings}.", doings=difference_words(model, 0, mask))
    else:
        yield _("Nobody does anything there.")


def paths_to(answer: Evolution, at: int, said: str) -> Iterator[Block]:
    """Tell what is said of a state that is reached, how many shortest ways lead there, and some of them."""
    paths = answer.guide.routes[at]
    model = spoken(answer.model)
    yield paragraph(" ".join([said, *_ways(paths)]))
    yield Bullets(tuple(_("{Path}.", path=legs_words(model, answer.start, legs)) for legs in paths.shown))


def _ways(paths: Paths) -> Iterator[str]:
    """Tell how many shortest ways there are, and how many of them are shown."""
    if paths.counted:
        yield _n("There is {n} shortest way.", "There are {n} shortest ways.", paths.count)
    else:
        yield _n("There is {n} shortest way, or more.", "There are {n} shortest ways, or more.", paths.count)
    if len(paths.shown) < paths.count:
        yield _n("One of them:", "{n} of them:", len(paths.shown))


def legs_words(model: Model, start: int, legs: Iterable[tuple[int, int, int]]) -> str:
    """Tell a path: who does what, then who; with the labels of states, and a word where the mover does not gain.

    Parameters
    ----------
    model : Model
        In the language that is spoken.
    start : int
        Where it begins, as a bit mask.
    legs : iterable of Leg
    """
    steps: list[str] = []
    at = start
    for mover, state, gain in legs:
        party = model.parties[mover].id
        step = _("{party} {move}", party=party_name(model, party), move=move_words(model, at, state, party))
        steps.append(_noted(model, step, state, gain))
        at = state
    return in_turn(steps)


def _noted(model: Model, step: str, state: int, gain: int) -> str:
    """Tell a step with the label of the state that it leads to, and what it brings its mover."""
    if model.bits(state) not in model.labels:
        match gain:
            case 0:
                return _("{step} (without a gain)", step=step)
            case -1:
                return _("{step} (at a loss)", step=step)
            case _:
                return step
    label = state_words(model, state)
    match gain:
        case 0:
            return _("{step} ({state}, without a gain)", step=step, state=label)
        case -1:
            return _("{step} ({state}, at a loss)", step=step, state=label)
        case _:
            return f"{step} ({label})"
