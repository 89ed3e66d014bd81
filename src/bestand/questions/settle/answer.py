"""The inverse question: `settle` and `count_rankings`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from os import PathLike
from typing import Any

from bestand.answer.given import formula_of, model_of
from bestand.answer.speaking import Tale, Told
from bestand.engine.limits import Limits, Progress, Watch
from bestand.model.changing import apply_readings, changed
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.questions.analyse.answer import limits_of
from bestand.solve.positions import find_party, find_state
from bestand.solve.solution import Solution
from bestand.stability.registry import chosen

from .data import settling_data
from .rankings_count import Count, count_for
from .search import Search, parties_of, wanted_of
from .settlements import Settlements, kinds_of
from .words import settling_answer


@dataclass(frozen=True)
class Settled(Settlements, Told):
    """What `settle` found. ``str()`` says it in words, `data` gives it as plain data.

    Parameters
    ----------
    base : Model
        As the file has it: numbers of statements are its own.
    readings : tuple of str
        Those that were applied.
    name : str
        What the commands that repeat an answer call the model.
    """

    base: Model
    readings: tuple[str, ...] = ()
    name: str = "MODEL"

    def data(self) -> dict[str, Any]:
        """Everything, as what JSON can hold."""
        return settling_data(self, self.readings)

    def _tale(self, most: int | None = None) -> Tale[Any]:
        return Tale(
            self,
            self.base,
            lambda _width, found: settling_answer(found.base, found, found.readings, found.name),
        )


def settle(
    model: Model | str | PathLike[str],
    formula: str | Formula | None = None,
    concepts: Iterable[str] | None = None,
    parties: Iterable[str] | None = None,
    kinds: Iterable[str] | None = None,
    depth: int | None = None,
    most: int = 5,
    readings: Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Settled:
    """The smallest changes that make a state that satisfies a formula an equilibrium.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes.
    formula : str or Formula, optional
        What the wanted state satisfies; the plan of the model unless told.
    concepts : iterable of str, optional
        All five where None.
    parties : iterable of str, optional
        Who may be asked to change; everybody where None.
    kinds : iterable of str, optional
        Of ``wishes``, ``rankings``, ``moves`` and ``offers``; all where None.
    depth : int, optional
        Up to how many changes of wishes, or of moves, to look; two unless told, but of moves one where there are more
        than 100 states.
    most : int
        How many answers of a kind to give, and one more for each concept that these leave out.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        ``seconds``, ``states``, ``memory``. Where one is reached, what was found until then is given, and
        ``stopped`` says so.
    progress : callable, optional

    Returns
    -------
    Settled
        Every answer in it was put to the forward engine, from the changed model on.

    Raises
    ------
    CallError
        For a formula that cannot be read or that no feasible state satisfies, an unknown party, concept, kind or
        reading, and where python-sat is needed (explicit rankings) and is not installed.
    LimitReached
        When a limit is reached before the model as it is has been solved; `TooManyStates` when it cannot be listed.

    Notes
    -----
    For k wishes of a party there are O(k²) changes of one and O(k⁴) of two, each O(S) to solve. Swaps in rankings are
    found by MaxSAT over O(S²) variables.

    Examples
    --------
    >>> found = settle("textbook/prisoners-dilemma", "P1.cooperate and P2.cooperate", ["nash"], kinds=["moves"])
    >>> found.parts[0].smallest  # one change of moves is not enough, since both would leave
    {'nash': 2}
    """
    name = "MODEL" if isinstance(model, Model) else str(model)
    names = tuple(each.strip() for each in readings.split(",")) if isinstance(readings, str) else tuple(readings)
    base = model_of(model)
    common = apply_readings(base, names)
    search = Search(
        base,
        common,
        wanted_of(base, None if formula is None else formula_of(formula, base)),
        chosen(concepts),
        parties_of(base, parties),
        depth,
        most,
        Watch(limits_of(limits), progress),
    )
    found = search.settle(kinds_of(kinds))
    return Settled(
        **{each.name: getattr(found, each.name) for each in fields(found)}, base=base, readings=names, name=name
    )


def count_rankings(
    model: Model | str | PathLike[str],
    state: str | int,
    party: str,
    concepts: Iterable[str] | None = None,
    readings: Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> dict[str, Count]:
    """How many strict rankings of a party make a state an equilibrium, the others as they are. Exact.

    Parameters
    ----------
    model : Model, str or path
    state : str or int
        As for `Result.explain`.
    party : str
        The party whose ranking is open; what the model says of its preferences is not looked at.
    concepts : iterable of str, optional
        All five where None.
    readings : iterable of str
    limits : Limits or mapping, optional
    progress : callable, optional

    Returns
    -------
    dict of str to Count
        By concept.

    Raises
    ------
    CallError
        For an unknown state, party, concept or reading.
    TooManyStates
        When too many states matter to the count (see `count_for`).

    Notes
    -----
    O(2ʳ) for the r states that matter.

    Examples
    --------
    >>> counts = count_rankings("journals/gdn/hipel2014/syria-iraq-1975", "2", "Syria", ["nash", "seq"])
    >>> counts["nash"].found, counts["seq"].found, counts["seq"].of
    (240, 384, 720)
    """
    model = model_of(model)
    common = apply_readings(model, readings)
    watch = Watch(limits_of(limits), progress)
    solution = Solution(changed(model, common), watch=watch)
    at, i = find_state(solution.space, state), find_party(model, party)
    return {concept: count_for(solution, at, i, concept, watch) for concept in chosen(concepts)}
