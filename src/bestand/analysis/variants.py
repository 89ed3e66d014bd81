"""Very many variants of one model, each solved as `Solver` solves it, and exactly equal to that, but quicker.

Most variants differ in what parties want alone. What they have in common is worked out once:

- the feasible states and who can move where, for each set of rules, one-way options and forbidden moves (a *frame*)
- where each formula is true in them, so that a party's ranks for other statements are a few additions
- for each party and preference, its verdicts under the concepts that do not look at what the others want, and its
  sorted blocks; the verdicts under the others as long as nobody wants anything else

What follows from the status quo is searched from there, state by state, for as long as that is less work than for all
states at once.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import numpy as np

from bestand.engine.arcs import ArcsEngine
from bestand.engine.choose import EXPLICIT, Choice, ExplicitEngine, explicit
from bestand.engine.limits import Watch
from bestand.engine.ranks import Ranks, ranks
from bestand.engine.space import Space
from bestand.engine.states import Evaluator, Truth
from bestand.model.changing import changed
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.model.sentences import Change, Mover
from bestand.model.values import FrozenMap, Preference
from bestand.stability.registry import EVERY

from .evolution import Reach
from .nearby import Nearby
from .solution import Bools, Solution, Solver

KEPT = 2**28  # bytes of verdicts, ranks and sorted blocks that are kept; as many again where formulas hold
RECENT = 12  # solutions that are kept whole: the questions about one variant come one after the other

Key = tuple[Any, ...]


class Variants(Solver):
    """Solves variants of one model, very many of them, sharing what they have in common.

    Takes the place of a `Solver`: what asks one, such as `bestand.analysis.claims.ask_claim`, can ask it as well.

    Parameters
    ----------
    model : Model
    changes : tuple of Change
        What every variant has in common, such as the readings that the user chose.
    engine : str, optional
    watch : Watch, optional
        One for all variants together.
    kept : int, optional
        Bytes of what is kept between variants.

    Notes
    -----
    A variant in which one party wants something else costs that party's verdicts, the verdicts under the concepts that
    look at what others want, and nothing else. Solutions come and go: only the most recent are kept.

    Examples
    --------
    >>> from bestand.files import load
    >>> from bestand.model.language import parse_changes
    >>> model = load("books/fang1993/elmira")
    >>> variants = Variants(model)
    >>> without = parse_changes("without MoE.modify", model.scope())
    >>> [int(variants.solve(change).equilibria("nash").sum()) for change in ((), without)]
    [6, 3]
    """

    def __init__(
        self,
        model: Model,
        changes: tuple[Change, ...] = (),
        engine: str | None = None,
        watch: Watch | None = None,
        kept: int = KEPT,
    ) -> None:
        super().__init__(model, changes, engine, watch)
        self._recent: OrderedDict[tuple[Change, ...], Solution] = OrderedDict()
        self._frames: dict[Key, _Frame] = {}
        self._kept = Kept(kept)

    def solve(self, changes: tuple[Change, ...] = ()) -> Solution:
        """The solution of the model with the common changes and these."""
        found = self._recent.get(changes)
        if found is None:
            found = self.solve_model(changed(self.base, (*self.common, *changes)))
            self._recent[changes] = found
            while len(self._recent) > RECENT:
                self._recent.popitem(last=False)
        else:
            self._recent.move_to_end(changes)
        return found

    def solve_model(self, model: Model) -> Solution:
        """The solution of a model that differs from the base in rules, moves, status quo and preferences at most.

        Raises
        ------
        ModelError, CallError, TooManyStates
            As `Solution` does.
        """
        key = (model.rules, model.one_way, model.forbidden_moves)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = _Frame(model, self._engine, self._watch, self._kept)
        return Sharing(model, frame, self._watch)


class Kept:
    """Values by key, the least recently used forgotten where they take more than so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0
        self._values: OrderedDict[Key, tuple[Any, int]] = OrderedDict()

    def get(self, key: Key) -> Any:
        """The value; None where there is none (any more)."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, key: Key, value: Any, size: int) -> None:
        """Keep a value that takes so many bytes."""
        _, before = self._values.pop(key, (None, 0))
        self._values[key] = value, size
        self._taken += size - before
        while self._taken > self._most and len(self._values) > 1:
            _, (_, old) = self._values.popitem(last=False)
            self._taken -= old


class _Columns(Evaluator):
    """An evaluator that remembers where each formula holds, as far as that takes no more than so many bytes."""

    def __init__(self, model: Model, space: Space, most: int) -> None:
        super().__init__(model, space.states)
        self._known: dict[Formula, Truth] = {}
        self._most = most

    def holds(self, formula: Formula) -> Truth:
        found = self._known.get(formula)
        if found is None:
            found = super().holds(formula)
            if (len(self._known) + 1) * len(self.states) <= self._most:
                found.flags.writeable = False
                self._known[formula] = found
        return found


class _Frame:
    """What variants with the same rules and moves have in common.

    Parameters
    ----------
    model : Model
        One of them.
    engine : str or None
    watch : Watch
    kept : Kept
    """

    def __init__(self, model: Model, engine: str | None, watch: Watch, kept: Kept) -> None:
        choice = explicit(model, engine, watch)
        self.because = choice.because
        self._engine: ExplicitEngine = choice.engine
        space = choice.engine.space
        self.nearby = Nearby(space)
        self._space = Space(model, space.states, space.ranks, space.moves, _Columns(model, space, KEPT))
        self._kept = kept
        self._preferences: dict[Preference | None, int] = {}

    def wants(self, model: Model) -> tuple[int, ...]:
        """A number for what each party wants: equal preferences have equal numbers."""
        wished = (model.preferences.get(party.id) for party in model.parties)
        return tuple(self._preferences.setdefault(wish, len(self._preferences)) for wish in wished)

    def engine(self, model: Model, wants: tuple[int, ...], watch: Watch) -> ExplicitEngine:
        """The engine for a model, on the states and moves that are known."""
        rows = np.stack([self._rank(model, i, want) for i, want in enumerate(wants)])
        known = self._space
        space = Space(model, known.states, rows, known.moves, known.evaluator)
        if isinstance(self._engine, ArcsEngine):
            return ArcsEngine(self._engine.parties, rows, self._engine.arcs, space, watch)
        return EXPLICIT[self._engine.name](space, watch)

    def _rank(self, model: Model, i: int, want: int) -> Ranks:
        key = (id(self), "rank", i, want)
        row = self._kept.get(key)
        if row is None:
            party = model.parties[i]
            wish = model.preferences.get(party.id)
            alone = Model(model.title, (party,), preferences=FrozenMap({} if wish is None else {party.id: wish}))
            row = ranks(alone, self._space.evaluator)[0]
            self._kept.put(key, row, row.nbytes)
        return row

    def verdict(self, key: Key) -> Bools | None:
        packed = self._kept.get((id(self), *key))
        return None if packed is None else np.unpackbits(packed, count=self._space.size).view(bool)

    def keep(self, key: Key, row: Bools) -> None:
        packed = np.packbits(row)
        self._kept.put((id(self), *key), packed, packed.nbytes)


class Sharing(Solution):
    """A solution that looks first at what other variants have worked out already."""

    def __init__(self, model: Model, frame: _Frame, watch: Watch) -> None:
        self._frame = frame
        self._wants = frame.wants(model)
        super().__init__(model, Choice(frame.engine(model, self._wants, watch), frame.because), watch)

    def verdict(self, concept: str, i: int) -> Bools:
        if (concept, i) in self._done:
            return self._table(concept)[i]
        wants: Any = self._wants if EVERY[concept].knows_preferences else self._wants[i]
        key = ("verdict", concept, i, wants)
        known = self._frame.verdict(key)
        if known is None:
            row = super().verdict(concept, i)
            self._frame.keep(key, row)
            return row
        row = self._table(concept)[i]
        row[:] = known
        self._done.add((concept, i))
        return row

    def reach(self, by: Mover = "improvements") -> Reach | None:
        start = self.space.status_quo
        if by not in self._reach and start is not None:
            found = self._frame.nearby.reach(self.engine, start, by)
            if found is not None:
                self._reach[by] = found
        return super().reach(by)
