"""What the tests of the analyses share: small models, engines that serve a model, and moves by brute force."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bestand import loads
from bestand.checks.asker import Asker, Finding
from bestand.model.language import parse_changes, parse_check
from bestand.model.model import Model
from bestand.reference import Graph, feasible
from bestand.reference.purposeful import Conflict, rounds_of
from bestand.solve.solution import Solution, Solver
from bestand.testing import models
from tests.examples import examples

FEW = settings(max_examples=examples(60))
CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


def small_models(max_options: int = 5) -> SearchStrategy[Model]:
    """Models of every kind, without the texts, readings and claims that change no answer."""
    return models(max_options=max_options, readings=False, prose=False)


def engines_for(model: Model) -> list[str]:
    """Every engine that can serve a model."""
    return ["cube", "listed", "arcs"]


@st.composite
def solved_models(draw: st.DrawFn, max_options: int = 5) -> Solution:
    """A random model, solved by one of the engines that can."""
    model = draw(small_models(max_options))
    return Solution(model, draw(st.sampled_from(engines_for(model))))


def steps_of(graph: Graph, by: str) -> list[list[list[int]]]:
    """``[party][state]``: where the party goes from the state, by any move, by improvements or by best moves."""
    table = []
    for moves, rank in zip(graph.moves, graph.ranks, strict=True):
        row = []
        for s, targets in enumerate(moves):
            chosen = [t for t in targets if by == "moves" or rank[t] > rank[s]]
            if by == "best moves" and chosen:
                top = max(rank[t] for t in chosen)
                chosen = [t for t in chosen if rank[t] == top]
            row.append(chosen)
        table.append(row)
    return table


def moves_of(model: Model, by: str, concept: str = "pseq") -> list[list[list[int]]]:
    """``[party][state]``: where the party goes from the state by moves of a kind, by drift under a concept."""
    conflict, masks = Conflict(model), feasible(model)
    place = {mask: at for at, mask in enumerate(masks)}
    if by == "drift":
        ends = lambda party, mask: conflict.purposeful_under(party, mask, rounds_of(concept)).values()  # noqa: E731
    else:
        kind = {"improving": "credible"}.get(by, by)
        ends = lambda party, mask: conflict.steps(party, mask, kind)  # noqa: E731
    return [[sorted(place[end] for end in ends(party, mask)) for mask in masks] for party in conflict.parties]


def distances(steps: list[list[list[int]]], start: int, first: set[int], *, wait: bool = True) -> dict[int, int]:
    """The length of a shortest sequence to every state; ``first`` may make the moves. The start is at 0.

    A legal sequence, in which nobody moves twice in a row, unless nobody has to wait.
    """
    found, seen = {start: 0}, set()
    queue: deque[tuple[int, int | None, int]] = deque([(start, None, 0)])
    while queue:
        state, last, length = queue.popleft()
        for mover in sorted(first - {last} if wait else first):
            for target in steps[mover][state]:
                if (target, mover) not in seen:
                    seen.add((target, mover))
                    found.setdefault(target, length + 1)
                    queue.append((target, mover, length + 1))
    return found


def endings(steps: list[list[list[int]]], start: int, movers: set[int]) -> dict[int, int]:
    """As `distances`, but of sequences of at least one move: the start is there only where one leads back to it."""
    lengths: dict[int, int] = {}
    for mover in movers:
        for target in steps[mover][start]:
            lengths[target] = 1
    seen = {(t, m) for m in movers for t in steps[m][start]}
    queue = deque((t, m, 1) for t, m in sorted(seen))
    while queue:
        state, last, length = queue.popleft()
        for mover in sorted(movers - {last}):
            for target in steps[mover][state]:
                if (target, mover) not in seen:
                    seen.add((target, mover))
                    lengths.setdefault(target, length + 1)
                    queue.append((target, mover, length + 1))
    return lengths


def walked(path: list[tuple[int, int]], start: int) -> Iterator[tuple[int, int, int, int | None]]:
    """(mover, from, to, mover before) of every step of a path of (mover, to)."""
    at, before = start, None
    for mover, to in path:
        yield mover, at, to, before
        at, before = to, mover


def ask(model: Model | str, sentence: str, concept: str = "nash", *, best_moves: bool = False) -> Finding:
    """The answer to one check, changes before it included; concepts named in it are left to the caller."""
    model = loads(model) if isinstance(model, str) else model
    check = parse_check(sentence, model.scope(CONCEPTS))
    return Asker(Solver(model), check.changes, concept, best_moves=best_moves).ask(check.assertion)


def changes(model: Model, text: str) -> tuple:
    """Changes, read for a model."""
    return parse_changes(text, model.scope(CONCEPTS))
