"""Many variants of one model, solved side by side: verdicts only, for counting.

Variants with the same rules and moves share their states and where formulas hold in them, which is geometry. What a
concept that looks at one party's wishes alone says of a party is worked out once for all variants in which it wants the
same; what hangs on the wishes of several, anew for each.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bestand.engine.box import Box
from bestand.engine.box_engine import BoxEngine
from bestand.engine.box_wishes import Wishes, joined
from bestand.engine.choose import suited
from bestand.engine.explicit import ExplicitEngine
from bestand.engine.limits import Watch
from bestand.engine.listed import ListedEngine
from bestand.engine.space import Space
from bestand.engine.spec import others
from bestand.engine.steps import still
from bestand.model.changing import Changer
from bestand.model.errors import ModelError
from bestand.model.model import Model
from bestand.model.sentences import By, Change
from bestand.stability.concept import after_answer, deterred, stable
from bestand.stability.registry import EVERY, HEADLINE, RESTING
from bestand.stability.replies import REPLIES

from .geometry import LARGE, Bools, Geometry
from .kept import Kept, room
from .numbers import Numbers
from .purpose import Purpose
from .reach import reach
from .solution import Solution
from .spaces import Spaces

Indices = NDArray[np.intp]

_KEPT = 2**28  # bytes of what hangs on the wishes of some parties alone
_KEPT_OF_ALL = 2**25  # of what hangs on those of all, which is rarely asked for again: by other questions
_SIDE_BY_SIDE = 2**16  # states over all variants that are worked on together
_OFTEN = 3  # times that wishes are asked for, from which on what hangs on them is likely to be asked for again


class Batch(Protocol):
    """V variants with one geometry, and what holds in each."""

    geometry: Geometry

    def rank(self, i: int) -> NDArray[Any]:
        """(V, S): what party i thinks of every state."""
        ...

    def stable(self, concept: str, i: int) -> Bools:
        """(V, S): whether each state is stable for party i."""
        ...

    def equilibria(self, concept: str) -> Bools:
        """(V, S): whether each state is stable for every party."""
        ...

    def reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        """(V, S): what is reached from the status quo, by drift under a concept; None where there is none."""
        ...

    def ends(self, by: By, concept: str = HEADLINE) -> Bools:
        """(V, S): where nobody has a move of a kind; see `Solution.ends`."""
        ...

    def ends_reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        """(V, S): those of them that such moves lead to; see `Solution.ends_reached`. None as `reached`."""
        ...


class BoxBatch:
    """Variants as one more axis of the box engine."""

    def __init__(
        self,
        geometry: Geometry,
        box: Box,
        wishes: Mapping[int, Wishes],
        concepts: Sequence[str],
        kept: Kept,
        kept_of_all: Kept,
        watch: Watch,
    ) -> None:
        self.geometry = geometry
        self._box, self._wishes, self._concepts, self._watch = box, wishes, concepts, watch
        self._kept, self._kept_of_all = kept, kept_of_all
        self._engine = BoxEngine(box, wishes, watch)
        self._verdicts: dict[tuple[str, int], Bools] = {}
        self._equilibria: dict[str, Bools] = {}
        self._reached: dict[tuple[By, str], Bools | None] = {}

    def rank(self, i: int) -> NDArray[Any]:
        return self._engine.over_states(self._engine.rank(i))

    def stable(self, concept: str, i: int) -> Bools:
        if (concept, i) not in self._verdicts:
            self._verdicts.update({(each, i): so for each, so in self._judged(concept, i)})
        return self._verdicts[concept, i]

    def _judged(self, concept: str, i: int) -> Iterator[tuple[str, Bools]]:
        """The verdict under a concept, and under those that are asked beside it and take little more work."""
        rounds = EVERY[concept].rounds
        if not EVERY[concept].knows_preferences:
            yield concept, self._by_part((i,), rounds, lambda engine: engine.over_states(stable(engine, i, rounds)))
        elif not _answered(concept):
            yield concept, self._engine.over_states(stable(self._engine, i, rounds))
        else:
            alike = (concept, *(each for each in self._concepts if each != concept and _answered(each)))
            for each, risk in zip(alike, self._risks(i, alike), strict=True):
                yield each, self._engine.over_states(deterred(self._engine, i, risk))

    def _risks(self, i: int, concepts: tuple[str, ...]) -> list[NDArray[Any]]:
        """Return what a move of party i risks under concepts that reckon with the same credible answers.

        The answers of those who want what they often want are followed first: that far, it is done already.
        """
        engine = self._engine
        *first, last = sorted(others(engine, i), key=self._uses, reverse=True) or [i]
        if not first or min(map(self._uses, (i, *first))) < _OFTEN:
            return engine.apart(engine.worst_credible_replies(others(engine, i), _ends(engine, i, concepts)))
        before = tuple(first)
        so_far = self._by_part(
            (i, *before), concepts, lambda some: some.worst_credible_replies(before, _ends(some, i, concepts))
        )
        return engine.apart(engine.worst_credible_replies((last, *before), so_far, before))

    def _uses(self, i: int) -> int:
        return min(part.uses for part in self._wishes[i].parts)

    def _by_part(
        self, parties: tuple[int, ...], what: Hashable, make: Callable[[BoxEngine], NDArray[Any]]
    ) -> NDArray[Any]:
        """What hangs on the wishes of some parties alone, variant by variant; kept for those that agree in them."""
        made = []
        for several in zip(*(self._wishes[j].parts for j in parties), strict=True):
            wishes = dict(zip(parties, several, strict=True))
            key = (what, *(each.serial for each in several))
            made.append(self._kept.get(key, lambda wishes=wishes: make(BoxEngine(self._box, wishes, self._watch))))
        return made[0] if len(made) == 1 else np.concatenate(made)

    def equilibria(self, concept: str) -> Bools:
        if concept not in self._equilibria:
            self._equilibria[concept] = self._of_states(concept, lambda: self._stable_for_all(concept))
        return self._equilibria[concept]

    def _stable_for_all(self, concept: str) -> Bools:
        states = self.stable(concept, 0).copy()
        for i in range(1, len(self._wishes)):
            states &= self.stable(concept, i)
        self._engine.rest()
        return states

    def reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        key = by, concept if by == "drift" else ""
        if key not in self._reached:
            start = self.geometry.status_quo()
            what = " ".join(("reached", *key))
            reached = None if start is None else self._of_states(what, lambda: self._follow(start, by, concept))
            self._reached[key] = reached
        return self._reached[key]

    def _follow(self, start: int, by: By, concept: str) -> Bools:
        """(V, S): what is reached from a state index; by moves that may not be transitive, variant by variant."""
        if by in {"improving", "best"}:
            return self._engine.reached(start, by)
        if by == "any":  # whatever anybody wants
            same = reach(next(self._singly()), start, by, self._watch).reached
            return np.broadcast_to(same, (self._engine.variants, len(same)))
        rounds = EVERY[concept].rounds
        found = (reach(each, start, by, self._watch, Purpose(each, rounds, self._watch)) for each in self._singly())
        return np.stack([each.reached for each in found])

    def _singly(self) -> Iterator[ExplicitEngine]:
        """Yield an engine for each variant alone."""
        box, ranks = self._box, np.stack([self.rank(i) for i in self._wishes], axis=1)
        for each in ranks:
            yield ListedEngine(Space(box.model, box.states, each, box.moves, box.evaluator), self._watch)

    def ends(self, by: By, concept: str = HEADLINE) -> Bools:
        if by == "any":
            found = still(next(self._singly()))
            return np.broadcast_to(found, (self._engine.variants, len(found)))
        return self.equilibria(concept if by == "drift" else RESTING)

    def ends_reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        reached = self.reached(by, concept)
        if reached is None or by != "drift":
            return None if reached is None else reached & self.ends(by, concept)
        rounds = EVERY[concept].rounds
        several = zip(self._singly(), reached, strict=True)
        return np.stack([Purpose(each, rounds, self._watch).still(states) for each, states in several])

    def _of_states(self, what: str, make: Callable[[], Bools]) -> Bools:
        """What hangs on the wishes of all parties, a bit for each state; kept for variants that agree in them all."""
        made: list[Bools] = []
        several = list(zip(*(wishes.parts for wishes in self._wishes.values()), strict=True))
        count = self._engine.variants // len(several)  # variants that are kept as one

        def packed(first: int) -> NDArray[np.uint8]:
            if not made:
                made.append(make())
            return np.packbits(made[0][first : first + count], axis=1)

        bits = [
            self._kept_of_all.get((what, *(each.serial for each in wishes)), lambda k=k: packed(k * count))
            for k, wishes in enumerate(several)
        ]
        return made[0] if made else np.unpackbits(np.concatenate(bits), axis=1, count=self.geometry.size).view(bool)


def _answered(concept: str) -> bool:
    """Return whether a concept reckons with credible answers first, and then with no other party's wishes."""
    first, *later = EVERY[concept].replies or (None,)
    return first is REPLIES["credible"] and not any(reply.knows_preferences for reply in later)


def _ends(engine: BoxEngine, i: int, concepts: Sequence[str]) -> NDArray[Any]:
    """Return what party i has of a state that a first answer leads to, under some concepts side by side."""
    return engine.beside([after_answer(engine, i, EVERY[concept].rounds[1:]) for concept in concepts])


class SeveralBatches:
    """Variants that are too many to be worked on together, some after some."""

    def __init__(self, geometry: Geometry, batches: Sequence[Batch]) -> None:
        self.geometry = geometry
        self._batches = batches
        self._equilibria: dict[str, Bools] = {}

    def rank(self, i: int) -> NDArray[Any]:
        return np.concatenate([batch.rank(i) for batch in self._batches])

    def stable(self, concept: str, i: int) -> Bools:
        return np.concatenate([batch.stable(concept, i) for batch in self._batches])

    def equilibria(self, concept: str) -> Bools:
        if concept not in self._equilibria:
            self._equilibria[concept] = np.concatenate([batch.equilibria(concept) for batch in self._batches])
        return self._equilibria[concept]

    def reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        return _together([batch.reached(by, concept) for batch in self._batches])

    def ends(self, by: By, concept: str = HEADLINE) -> Bools:
        return np.concatenate([batch.ends(by, concept) for batch in self._batches])

    def ends_reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        return _together([batch.ends_reached(by, concept) for batch in self._batches])


class SingleBatch:
    """Variants one by one, by the engine that suits such a model: where the box does not.

    Where a concept looks at a party's own wishes alone, what it says of them is kept for all variants.
    """

    def __init__(self, geometry: Geometry, solutions: Sequence[Solution], kept: Kept, number: Numbers) -> None:
        self.geometry = geometry
        self._solutions, self._kept, self._number = solutions, kept, number

    def rank(self, i: int) -> NDArray[Any]:
        return np.stack([solution.space.ranks[i] for solution in self._solutions])

    def stable(self, concept: str, i: int) -> Bools:
        return np.stack([self._stable(solution, concept, i) for solution in self._solutions])

    def _stable(self, solution: Solution, concept: str, i: int) -> Bools:
        if EVERY[concept].knows_preferences or solution.model.coalesced:
            return solution.verdict(concept, i)
        wish = solution.model.preferences.get(solution.model.parties[i].id)
        key = ("stable", self.geometry, concept, i, self._number(wish))
        return self._kept.get(key, lambda: solution.verdict(concept, i))

    def equilibria(self, concept: str) -> Bools:
        found = np.ones((len(self._solutions), self.geometry.size), bool)
        for i in range(len(self.geometry.model.parties)):
            for states, solution in zip(found, self._solutions, strict=True):
                states &= self._stable(solution, concept, i)
        return found

    def ends(self, by: By, concept: str = HEADLINE) -> Bools:
        return np.stack([solution.ends(by, concept) for solution in self._solutions])

    def ends_reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        found = [
            each for each in (solution.ends_reached(by, concept) for solution in self._solutions) if each is not None
        ]
        return np.stack(found) if len(found) == len(self._solutions) else None

    def reached(self, by: By, concept: str = HEADLINE) -> Bools | None:
        found = [solution.reach(by, concept) for solution in self._solutions]
        if any(reach is None for reach in found):
            return None
        return np.stack([reach.reached for reach in found if reach is not None])


def _together(found: Sequence[Bools | None]) -> Bools | None:
    """Return several batches' states as one; what nothing is reached in is none of them."""
    states = [each for each in found if each is not None]
    return np.concatenate(states) if states else None


class Batches:
    """Keeps the geometries of variants of one model, and solves batches of them.

    Parameters
    ----------
    watch : Watch, optional
    concepts : sequence of str
        That are asked together.
    """

    _MOST = 64  # geometries that are kept

    def __init__(self, watch: Watch | None = None, concepts: Sequence[str] = ()) -> None:
        self.watch = watch or Watch()
        self._concepts = concepts
        self.spaces = Spaces(self.watch)
        self._number = Numbers()
        self._kept, self._kept_of_all = Kept(room(_KEPT, self.watch)), Kept(_KEPT_OF_ALL)
        self._changers: dict[int, tuple[Model, Changer]] = {}
        self._geometries: dict[tuple[int, ...], Geometry | None] = {}

    def changed(self, model: Model, changes: Iterable[Change]) -> Model:
        """Return a model with changes made to it; see `bestand.model.changing.changed`."""
        if id(model) not in self._changers:
            if len(self._changers) >= self._MOST:
                self._changers.clear()
            self._changers[id(model)] = model, Changer(model)
        return self._changers[id(model)][1].changed(changes)

    def of(self, models: Sequence[Model]) -> list[tuple[Indices, Batch | None]]:
        """The variants in groups with one geometry each: which they are, and how they are solved.

        None stands for those that have no state at all, or states that an explicit ranking leaves out.
        """
        groups: dict[tuple[int, ...], list[int]] = {}
        for v, model in enumerate(models):
            frame = (
                model.rules,
                model.one_way,
                model.status_quo,
                model.forbidden_moves,
                model.coalesced,
                model.standing,
            )
            groups.setdefault(tuple(map(self._number, frame)), []).append(v)
        found: list[tuple[Indices, Batch | None]] = []
        for key, these in groups.items():
            geometry = self._geometry(key, models[these[0]])
            suits = [geometry is not None and geometry.suits(models[v]) for v in these]
            able, unable = ([v for v, fits in zip(these, suits, strict=True) if fits is so] for so in (True, False))
            if able and geometry is not None:
                found.append((np.array(able), self._batch(geometry, [models[v] for v in able])))
            if unable:
                found.append((np.array(unable), None))
        return found

    def _batch(self, geometry: Geometry, models: list[Model]) -> Batch:
        box = geometry.box
        if box is None:
            solutions = [
                Solution(each, suited(self.spaces.of(each), self.watch), self.watch, self.spaces) for each in models
            ]
            return SingleBatch(geometry, solutions, self._kept, self._number)
        most = max(1, _SIDE_BY_SIDE // geometry.size)
        several = [self._boxed(geometry, box, models[k : k + most]) for k in range(0, len(models), most)]
        return several[0] if len(several) == 1 else SeveralBatches(geometry, several)

    def _boxed(self, geometry: Geometry, box: Box, models: list[Model]) -> BoxBatch:
        parties = enumerate(geometry.model.party)
        if geometry.size < LARGE:
            wishes = {i: Wishes(box, i, geometry.ranks(party, models)) for i, party in parties}
            return BoxBatch(geometry, box, wishes, self._concepts, Kept(inf), Kept(0), self.watch)
        wanted = {i: [self._wanted(geometry, box, i, party, model) for model in models] for i, party in parties}
        wishes = {i: joined(several) for i, several in wanted.items()}
        return BoxBatch(geometry, box, wishes, self._concepts, self._kept, self._kept_of_all, self.watch)

    def _wanted(self, geometry: Geometry, box: Box, i: int, party: str, model: Model) -> Wishes:
        """Return what a party wants in one variant; kept for others in which it wants the same."""
        key = (geometry, i, self._number(model.preferences.get(party)))
        wishes = self._kept.get(key, lambda: Wishes(box, i, geometry.ranks(party, [model])))
        wishes.uses += 1
        return wishes

    def _geometry(self, key: tuple[int, ...], model: Model) -> Geometry | None:
        if key in self._geometries:
            geometry = self._geometries.pop(key)
        else:
            if len(self._geometries) >= self._MOST:
                self._geometries.pop(next(iter(self._geometries)))
            try:
                geometry = Geometry(model, self.watch, self.spaces)
            except ModelError:
                geometry = None
        self._geometries[key] = geometry  # the last one now
        return geometry
