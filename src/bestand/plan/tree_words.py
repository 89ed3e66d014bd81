"""What the tree of moves says: in its boxes, and about itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bestand.model.model import Model
from bestand.model.sentences import By
from bestand.prose.messages import _, _n, choice
from bestand.prose.names import of_concepts
from bestand.prose.phrases import difference_words, move_words, nothing_words, party_name, path_words, state_words

from .tree import Node, Tree, Way

_DESCRIBED = 4  # ways that are told in words
_LONG = 6  # moves of a way from which on only its end is told
_OUTCOMES = 4  # that are told in one box


@dataclass(frozen=True)
class Fact:
    """A line below what is done: of an outcome, whether it is true (``yes``) or no longer is (``no``)."""

    words: str
    mark: Literal["yes", "no", ""] = ""
    bold: bool = False


class Teller:
    """Tells of the states on the ways from the status quo.

    Parameters
    ----------
    model : Model
        In the language that is spoken.
    tree : Tree
    """

    def __init__(self, model: Model, tree: Tree) -> None:
        self.model = model
        self.tree = tree

    def today(self) -> str:
        """Tell what is done at the beginning."""
        mask = self.tree.start
        doings = difference_words(self.model, 0, mask) if mask else nothing_words(self.model)
        label = self.model.labels.get(self.model.bits(mask))
        if label is None:
            return _("Today: {doings}.", doings=doings)
        return _("Today, state {label}: {doings}.", label=label, doings=doings)

    def step(self, node: Node) -> str:
        """Tell who moves to a node, and what it does."""
        move = node.move
        assert move is not None, "nobody moves to the status quo"
        mover = self.model.parties[move.mover].id
        party, words = party_name(self.model, mover), move_words(self.model, move.origin, move.state, mover)
        if not move.skipped:
            return _("{Party} {move}.", party=party, move=words)
        return _n(
            "{n} move later: {party} {move}.", "{n} moves later: {party} {move}.", move.skipped, party=party, move=words
        )

    def facts(self, node: Node) -> Iterator[Fact]:
        """Tell what is true in the state of a node."""
        label = self.model.labels.get(self.model.bits(node.state))
        if label is not None and node.move is not None:
            yield Fact(_("State {label}", label=label))
        yield from self.standing(node.state)
        if not node.onward:
            yield from self._going_on(node.state)
        changes = list(self._changes(node))
        yield from changes[:_OUTCOMES]
        more = len(changes) - _OUTCOMES
        if more > 0:
            yield Fact(_n("and {n} more outcome", "and {n} more outcomes", more))

    def standing(self, state: int) -> Iterator[Fact]:
        """Tell whether the plan is true in a state, whether things rest there, and what it is an equilibrium under."""
        place = self.tree.places[state]
        if place.plan:
            yield Fact(_("The plan is true here."), bold=True)
        if place.rests and self.tree.by == "drift":
            yield Fact(_("No move pays here for anybody: an end."), bold=True)
        elif place.rests:
            yield Fact(_("Nobody can improve here: an equilibrium under every concept."), bold=True)
        elif place.concepts:
            names = of_concepts(place.concepts, self.tree.concepts)
            yield Fact(_("An equilibrium under {concepts}.", concepts=names))

    def _going_on(self, state: int) -> Iterator[Fact]:
        """Tell who can improve where a way ends, so that nobody takes that for an end."""
        able = [party_name(self.model, self.model.parties[i].id) for i in self.tree.places[state].able]
        if able and self.tree.by == "drift":
            yield Fact(_("Not an end: {parties} would still move from here.", parties=choice(able)))
        elif able:
            yield Fact(_("Not an end: {parties} can still improve from here.", parties=choice(able)))

    def _changes(self, node: Node) -> Iterator[Fact]:
        """Tell which outcomes a move makes true or ends; at the beginning and the end of a way all that are true.

        What is always true with another one is left out beside it.
        """
        whole = node.move is None or not node.onward
        true = self.tree.places[node.state].outcomes
        before = true if node.move is None else self.tree.places[node.move.origin].outcomes
        said = set[str]().union(*(self.tree.wider[name] for name in true))
        for outcome in self.model.outcomes:
            says = outcome.grounds.says or outcome.name
            if outcome.name in true - said and (whole or outcome.name not in before):
                yield Fact(says, "yes")
            elif outcome.name in before - true:
                yield Fact(_("no longer: {outcome}", outcome=says), "no")

    def alternative(self, ways: Sequence[Way]) -> str:
        """Describe the picture in sentences: what is reached, and some of the ways drawn, by where they lead."""
        told = [self.today(), *self._reached(), *map(self._way, ways[:_DESCRIBED])]
        more = len(ways) - _DESCRIBED
        if more > 0:
            told.append(_n("The picture shows {n} more way.", "The picture shows {n} more ways.", more))
        return " ".join(told)

    def _way(self, way: Way) -> str:
        """Tell a way, and what is true where it ends; of a long one, only where it ends."""
        if way.length <= _LONG:
            path = [(self.model.parties[move.mover].id, move.state) for move in way.moves]
            told = _("{Path}.", path=path_words(self.model, self.tree.start, path))
        else:
            state = state_words(self.model, way.goal)
            told = _n("{n} move leads to {state}.", "{n} moves lead to {state}.", way.length, state=state)
        return " ".join([told, *(fact.words for fact in (*self.standing(way.goal), *self._going_on(way.goal)))])

    def caption(self, drawn: set[int], ways: Sequence[Way], *, marked: bool) -> str:
        """Tell what is drawn, what is not, and what the marks mean.

        Parameters
        ----------
        drawn : set of int
            The states in the picture.
        ways : sequence of Way
            Those whose goals are among them.
        marked : bool
            Whether there are squares.
        """
        told = list(self._reached())
        if ways:
            ends = any(True for way in ways for _fact in self.standing(way.goal))
            told = [_shown_words(ends, plan=self.model.plan is not None), *told, *self._left_out(drawn)]
            if self.tree.by == "improving":
                told.append(
                    _("A thick arrow speaks of its move alone: ways are the shortest, not those of best moves only.")
                )
        places = [self.tree.places[state] for state in drawn]
        if self.tree.by != "drift" and any(place.concepts and not place.rests for place in places):
            told.append(_("Where a party could improve in an equilibrium, the answers of the others deter it."))
        if marked:
            told.append(
                _("A filled square stands for an outcome that is true, an empty one for one that no longer is.")
            )
        return " ".join(told)

    def _reached(self) -> Iterator[str]:
        """Tell how much is reached, and what of it is telling."""
        tree = self.tree
        if not tree.reached and tree.by == "drift":
            yield _("No move pays: nothing but the status quo itself is reached.")
            return
        if not tree.reached:
            yield _("By improvements alone, nothing but the status quo itself is reached.")
            return
        yield _reached_words(tree.by, tree.reached, tree.longest)
        resting = _ends_words if tree.by == "drift" else _resting_words
        yield resting(tree.resting, tree.reached)
        if self.model.plan is not None:
            yield _plan_words(tree.planned, tree.reached)

    def _left_out(self, drawn: set[int]) -> Iterator[str]:
        resting = self.tree.resting + self.tree.places[self.tree.start].rests
        left_out = resting - sum(self.tree.places[state].rests for state in drawn)
        if left_out:
            yield _n("{n} resting place is not drawn.", "{n} resting places are not drawn.", left_out)


def title(by: By) -> str:
    """Return what the picture is."""
    match by:
        case "drift":
            return _("Where things drift from today")
        case "purposeful":
            return _("Where things go from today, if nobody gives anything away")
        case "best":  # no message: a key
            return _("Where things go from today, if every mover takes its best move")
        case _:
            return _("Where things go from today, by improvements")


def _shown_words(ends: bool, *, plan: bool) -> str:
    if ends and plan:
        return _(
            "The shortest ways to the resting places, to the nearest equilibrium under each concept, and to the "
            "nearest state in which the plan is true."
        )
    if ends:
        return _("The shortest ways to the resting places and to the nearest equilibrium under each concept.")
    return _("What one move leads to; no equilibrium is reached.")


def _reached_words(by: By, count: int, longest: int) -> str:
    moves = _n("{n} move", "{n} moves", longest)
    if by == "drift":
        return _n(
            "Moves that pay lead from the status quo to {n} other state, in at most {moves}.",
            "Moves that pay lead from the status quo to {n} other states, in at most {moves}.",
            count,
            moves=moves,
        )
    if by in {"improving", "purposeful"}:
        return _n(
            "Improvements lead from the status quo to {n} other state, in at most {moves}.",
            "Improvements lead from the status quo to {n} other states, in at most {moves}.",
            count,
            moves=moves,
        )
    return _n(
        "Best moves lead from the status quo to {n} other state, in at most {moves}.",
        "Best moves lead from the status quo to {n} other states, in at most {moves}.",
        count,
        moves=moves,
    )


def _resting_words(count: int, of: int) -> str:
    if of == 1:
        return _("There nobody can improve.") if count else _("There some party can improve.")
    if not count:
        return _("In each of them some party can improve.")
    return _n(
        "{n} of them is a resting place, where nobody can improve.",
        "{n} of them are resting places, where nobody can improve.",
        count,
    )


def _ends_words(count: int, of: int) -> str:
    if of == 1:
        return _("There no further move pays.") if count else _("There a further move pays for some party.")
    if not count:
        return _("In each of them a further move pays for some party.")
    return _n(
        "{n} of them is an end, where no further move pays.",
        "{n} of them are ends, where no further move pays.",
        count,
    )


def _plan_words(count: int, of: int) -> str:
    if of == 1:
        return _("The plan is true there.") if count else _("The plan is not true there.")
    if not count:
        return _("The plan is true in none of them.")
    return _n("The plan is true in {n} of them.", "The plan is true in {n} of them.", count)
