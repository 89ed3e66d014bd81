"""Finding a state by the names that people give it."""

from __future__ import annotations

from collections.abc import Callable

from bestand.engine.space import Space
from bestand.model.errors import CallError, nearest
from bestand.model.model import Model
from bestand.model.scope import LanguageError, Scope
from bestand.model.truth import broken_rules
from bestand.model.validate import rule_text
from bestand.model.values import as_read

_LABELS = 12  # of so many labels all are listed


def find_state(space: Space, name: str | int) -> int:
    """Return the index of a state.

    Parameters
    ----------
    space : Space
    name : str or int
        ``status-quo``; its bits (``0110``); a label of the file; the options that are yes, separated by commas (full
        ids, or short where only one party has such an option), ``none`` where none is; or its row index.

    Raises
    ------
    CallError
        When there is no such state, or it is not feasible.
    """
    if not isinstance(name, str):
        if not 0 <= name < space.size:
            raise CallError(f"there is no state {name}; the rows are 0 to {space.size - 1}")
        return int(name)
    masks = find_masks(space.model, name, lambda mask: space.index(mask) is not None)
    found = {space.index(mask): mask for mask in masks}
    _one_of(space.model, name, list(found.values()))
    (at,) = found
    assert at is not None, "a state that is found is feasible"
    return at


def find_mask(model: Model, name: str, feasible: Callable[[int], bool]) -> int:
    """Return the bit mask of a feasible state from a name as above, for what has no list of states.

    Parameters
    ----------
    model : Model
    name : str
    feasible : callable
        Whether a state, as a bit mask, is feasible.

    Raises
    ------
    CallError
        When there is no such state, or it is not feasible.
    """
    found = find_masks(model, name, feasible)
    _one_of(model, name, found)
    return found[0]


def _one_of(model: Model, name: str, found: list[int]) -> None:
    """Refuse a label that stands for several states."""
    if len(found) > 1:
        named = ", ".join(map(model.bits, found))
        raise CallError(f"the label '{name}' stands for {len(found)} states; give one by its bits: {named}")


def find_masks(model: Model, name: str, feasible: Callable[[int], bool]) -> list[int]:
    """As `find_mask`, where a label may stand for several states: all that are feasible, one at least."""
    name = name.strip()
    if not name and model.options:
        raise CallError("no state is given; for the one in which no option is taken, write none")
    masks = _labelled(model, name) or [_mask(model, name)]
    found = [mask for mask in masks if feasible(mask)]
    if not found:
        raise CallError(f"state '{name}' ({model.bits(masks[0])}) is not feasible here{_why(model, masks[0])}")
    return found


def _why(model: Model, mask: int) -> str:
    """Return the first rule that excludes a state."""
    broken = broken_rules(model, model.taken(mask))
    return f": rule {broken[0] + 1} excludes it ({rule_text(model.rules[broken[0]])})" if broken else ""


def _labelled(model: Model, name: str) -> list[int]:
    """Return the states that have a label; none where the name is bits of its own."""
    if len(name) == len(model.options) and set(name) <= {"0", "1"}:
        return []
    return [int(bits[::-1] or "0", 2) for bits, label in model.labels.items() if label == name]


def _mask(model: Model, name: str) -> int:
    if name == "status-quo":
        if model.status_quo is None:
            raise CallError(f"the model has no status quo; name another state ({_ways(model)})")
        return model.mask(model.status_quo)
    if len(name) == len(model.options) and set(name) <= {"0", "1"}:
        return int(name[::-1] or "0", 2)
    if name == "none" and all(option.name != "none" for option in model.options):
        return 0
    return model.mask(option_ids(model, name.split(",")))


def option_ids(model: Model, names: list[str]) -> list[str]:
    """Full option ids from names that may be short. Raises `CallError` for one that is unknown or ambiguous."""
    ways = _ways(model)
    scope: Scope = model.scope()
    found = [scope.find_option(name.strip(), 0) for name in names if name.strip()]
    for name in map(str.strip, names):
        if name in model.outcome:
            raise CallError(f"'{name}' is an outcome, which many states may satisfy; give one state ({ways})")
        if name and set(name) <= {"0", "1"}:
            raise CallError(f"'{name}' has {len(name)} characters; the model has {len(model.options)} options")
    if scope.faults:
        problem = LanguageError(", ".join(names), scope.faults).faults[0]
        raise CallError(f"{problem.message}{f'; {problem.hint}' if problem.hint else ''} ({ways})")
    return [id for id in found if id is not None]


def _ways(model: Model) -> str:
    """Say how a state of a model is named."""
    labels = list(dict.fromkeys(model.labels.values()))
    shown = ", ".join([*labels[:_LABELS], *(["…"] if len(labels) > _LABELS else [])])
    named = f"a label ({shown}), " if labels else ""
    today = "" if model.status_quo is None else "status-quo, "
    return f"a state is {today}{len(model.options)} bits, {named}none, or its yes options with commas between"


def find_party(model: Model, name: str) -> int:
    """Return the index of a party by its id, or by its name, in any case. An id goes before a name.

    Raises
    ------
    CallError
        For an unknown party, and for a name that fits several.
    """
    meant = as_read(name)
    for place, party in enumerate(model.parties):
        if meant == as_read(party.id):
            return place
    fits = [k for k, party in enumerate(model.parties) if meant in map(as_read, (party.title, party.called or ""))]
    if len(fits) == 1:
        return fits[0]
    if fits:
        ids = ", ".join(model.parties[k].id for k in fits)
        raise CallError(f"'{name}' is the name of {len(fits)} parties; give one by its id: {ids}")
    hint = nearest(name, model.party) or f"parties: {', '.join(model.party)}"
    raise CallError(f"there is no party '{name}'; {hint}")
