"""A model put to the doctor: what is doubtful, what of that the file accepts, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bestand.engine.limits import Watch
from bestand.engine.space import Space
from bestand.model.accepting import place_words
from bestand.model.errors import LimitReached, Stop
from bestand.model.fault import ModelFault
from bestand.model.message import Message, message
from bestand.model.model import Model

from .families import FAMILIES, KINDS
from .findings import Family, Found, Unchecked
from .sight import Sight, listed, sight_of

NOT_CHECKED = "not-checked"
STALE = "stale-acceptance"


@dataclass(frozen=True, slots=True)
class Examination:
    """What the doctor has to say of a model.

    Parameters
    ----------
    doubtful : tuple of ModelFault
        Warnings: what is doubtful, entries of ``accepted`` that fit nothing, and what was not looked for.
    accepted : tuple of ModelFault
        What is doubtful and accepted by the file, each with its reason.
    stopped : Stop or None
        The limit, given or the doctor's own, for which something was not looked for.
    """

    doubtful: tuple[ModelFault, ...]
    accepted: tuple[ModelFault, ...]
    stopped: Stop | None

    @property
    def count(self) -> int:
        """Return how many things are doubtful; what was not looked for is not counted."""
        return sum(fault.code != NOT_CHECKED for fault in self.doubtful)


def examine(
    model: Model, watch: Watch | None = None, *, space: Space | None = None, quick: bool = False
) -> Examination:
    """Return what is doubtful in a valid model.

    Parameters
    ----------
    model : Model
    watch : Watch, optional
        Where a limit is reached, what was not looked for is told.
    space : Space, optional
        Of this model, where it is known already.
    quick : bool
        Leave out what has to solve the model, the claims, and what no answer depends on, the texts.

    Raises
    ------
    ModelError
        When no state is feasible.

    Notes
    -----
    O(S · statements), one more enumeration of the states for each rule over options of several parties, and for the
    claims a solution of each variant that they speak of, up to about a million states together.

    Examples
    --------
    >>> from bestand.model.values import FrozenMap, Option, Party, Priorities
    >>> parties = (Party("up", options=(Option("up.release"),)),)
    >>> model = Model("Dam", parties, preferences=FrozenMap({"up": Priorities()}))
    >>> [(fault.code, fault.at) for fault in examine(model).doubtful]
    [('idle-option', 'up.release')]
    """
    watch = watch or Watch()
    sight = sight_of(model, watch) if space is None else listed(space, watch)
    found: list[Found] = []
    unchecked: dict[Message, list[str]] = {}
    stopped = sight.stop
    looked = [family for family in FAMILIES if family.quick or not quick]
    for family in looked:
        seen, stop = _seen(sight, family)
        stopped = stopped or stop
        for each in seen:
            if isinstance(each, Found):
                found.append(each)
            else:
                unchecked.setdefault(each.why, []).append(each.code)
    known = {code for family in looked for code in family.codes}
    known -= {code for codes in unchecked.values() for code in codes}
    doubtful, accepted = _sorted_out(model, found)
    return Examination(
        (*doubtful, *_stale(model, (*doubtful, *accepted), known), *_not_checked(unchecked)), tuple(accepted), stopped
    )


def _seen(sight: Sight, family: Family) -> tuple[list[Found | Unchecked], Stop | None]:
    """Return what one family finds; where a limit stops it, what it had found, and the limit."""
    seen: list[Found | Unchecked] = []
    try:
        sight.watch.phase("looking for what is doubtful")
        for each in family.find(sight):
            seen.append(each)
    except LimitReached as error:
        stop = sight.stop or error.stop
        return [*seen, *(Unchecked(code, stop.message) for code in family.codes)], stop
    return seen, None


def _sorted_out(model: Model, found: Iterable[Found]) -> tuple[list[ModelFault], list[ModelFault]]:
    """The doubts in full, those that the file does not accept apart from those that it does."""
    because = {(entry.doubt, entry.at): entry.because for entry in reversed(model.accepted)}
    doubtful: list[ModelFault] = []
    accepted: list[ModelFault] = []
    for each in found:
        at = place_words(model, each.path)
        reason = because.get((each.code, at))
        kind = KINDS[each.code]
        fault = ModelFault(
            each.path, each.code, each.message, kind.mend, "warning", kind.consequence, at=at, because=reason
        )
        (doubtful if reason is None else accepted).append(fault)
    return doubtful, accepted


def _stale(model: Model, found: Iterable[ModelFault], known: set[str]) -> Iterable[ModelFault]:
    """Entries of ``accepted`` for doubts that were looked for and are not found there."""
    places: dict[str, list[str]] = {}
    for fault in found:
        places.setdefault(fault.code, []).append(fault.at or "")
    for k, entry in enumerate(model.accepted):
        there = places.get(entry.doubt, [])
        if entry.doubt in known and entry.at not in there:
            mend = message("leave the entry out")
            if there:
                mend = message("it is found at {places}", places=_choice([*dict.fromkeys(there)][:5]))
            yield ModelFault(
                ("accepted", k),
                STALE,
                message("there is no doubt '{doubt}' at '{at}'", doubt=entry.doubt, at=entry.at),
                mend,
                "warning",
                message(
                    "what it accepted is mended or has moved, and it would keep quiet about what stands there later"
                ),
                at=place_words(model, ("accepted", k)),
            )


def _not_checked(unchecked: dict[Message, list[str]]) -> Iterable[ModelFault]:
    for why, codes in unchecked.items():
        words = message(
            "not looked for, or not everywhere: {doubts}; {why}", doubts=tuple(dict.fromkeys(codes)), why=why
        )
        yield ModelFault((), NOT_CHECKED, words, None, "warning")


def _choice(places: Sequence[str]) -> Message | str:
    *others, last = places
    return message("{first} or {last}", first=", ".join(others), last=last) if others else last
