"""Hypothesis strategies for what a model leaves open: questions, their answers, and what excludes each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from bestand.model.excluding import excluding, spelled_out
from bestand.model.formula import FALSE, TRUE
from bestand.model.model import Model
from bestand.model.open_questions import AS_IS, Answer, AtMostOne, Question
from bestand.model.sentences import AddRule, Change
from bestand.model.undecided import BASE
from bestand.model.validate import faults
from bestand.model.values import Grounds

from .asking import changes
from .writing import ids


@st.composite
def undecided(draw: DrawFn, model: Model, grounds: SearchStrategy[Grounds]) -> Model:
    """The model with questions, an answer to which may apply an answer to one before it.

    Parameters
    ----------
    model : Model
        Without questions.
    grounds : strategy of Grounds
        Of questions and of answers.

    Examples
    --------
    >>> from hypothesis import find
    >>> from bestand.model.values import BARE, Option, Party
    >>> dam = Model("Dam", (Party("up", options=(Option("up.a"),)),))
    >>> found = find(undecided(dam, st.just(BARE)), lambda model: len(model.open_questions) == 1)
    >>> len(found.open_questions[0].answers)
    2
    """
    asked = [draw(_asked(id)) for id in draw(st.lists(dashed_ids(), max_size=2, unique=True))]
    for k, question in enumerate(asked):  # what all answers are called is known before any of them is applied
        model = dataclasses.replace(model, open_questions=tuple(asked))
        before = [name for name, other in model.question_of.items() if other.id in {each.id for each in asked[:k]}]
        answers: list[Answer] = []
        for answer in question.answers:
            made = () if not answers and draw(st.booleans()) else draw(changes(model, before))
            alike = {tuple(spelled_out(model, other.changes)) for other in answers}
            if tuple(spelled_out(model, made)) in alike:
                made = next(spare for spare in _SPARE if spare not in alike)
            answers.append(dataclasses.replace(answer, changes=made, grounds=draw(grounds)))
        likely = draw(_likely(draw(st.permutations(answers))))
        asked[k] = Question(question.id, tuple(likely), draw(grounds))
    model = dataclasses.replace(model, open_questions=tuple(asked))
    return draw(_excluding(model, grounds)) if len(asked) > 1 else model


_ANYTHING, _NOTHING = AddRule("always", TRUE), AddRule("never", FALSE)
_SPARE: tuple[tuple[Change, ...], ...] = ((_ANYTHING,), (_NOTHING,), (_ANYTHING, _NOTHING))  # that exclude no state


@st.composite
def _asked(draw: DrawFn, id: str) -> Question:
    """A question by its ids alone."""
    names = draw(st.lists(dashed_ids({BASE}), min_size=2, max_size=3, unique=True))
    if draw(st.booleans()) and AS_IS not in names:
        names[0] = AS_IS
    return Question(id, tuple(map(Answer, names)))


@st.composite
def _likely(draw: DrawFn, answers: Sequence[Answer]) -> Sequence[Answer]:
    """The answers, perhaps each with a chance."""
    if draw(st.booleans()):
        return answers
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=len(answers) - 1, max_size=len(answers) - 1)))
    parts = (above - below for below, above in zip([0, *cuts], [*cuts, 100], strict=True))
    return [
        dataclasses.replace(answer, chance=Decimal(part) / 100) for answer, part in zip(answers, parts, strict=True)
    ]


@st.composite
def _excluding(draw: DrawFn, model: Model, grounds: SearchStrategy[Grounds]) -> Model:
    """The model, perhaps with answers to two questions that exclude each other."""
    if draw(st.integers(0, 3)):
        return model
    pair = tuple(draw(st.sampled_from(names)) for names in model.answers_to.values())
    found = dataclasses.replace(model, exclusions=(AtMostOne(pair, draw(grounds)),))
    return model if any(fault.severity == "error" for fault in faults(found)) else found


def dashed_ids(avoid: set[str] | None = None) -> SearchStrategy[str]:
    """Return ids that may hold a dash."""
    return st.one_of(ids(avoid or ()), st.builds("{}-{}".format, ids(), ids()))


def across(model: Model) -> SearchStrategy[tuple[tuple[str, ...], ...]]:
    """Return readings to go through in every combination: no two lists have any that exclude each other."""
    alternatives = st.lists(st.sampled_from([BASE, *model.reading]), min_size=1, max_size=2, unique=True).map(tuple)
    return st.lists(alternatives, max_size=2).map(tuple).filter(lambda lists: _together(model, lists))


def _together(model: Model, lists: Sequence[Sequence[str]]) -> bool:
    if len(lists) < 2:
        return True
    pairs = ((one, other) for one in lists[0] for other in lists[1] if BASE not in (one, other))
    return all(excluding(model, pair) is None for pair in pairs)
