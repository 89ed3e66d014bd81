"""What is wrong or doubtful in a file, for people: a line each, and below a doubt why it matters and how to mend it.

A line begins with file, line and column, as editors know it. Errors are told in English, as they are everywhere; doubts
in the language that is spoken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Line, paragraph
from bestand.model.errors import Problem
from bestand.prose.doubts import several_words
from bestand.prose.messages import _, _n, _p

if TYPE_CHECKING:
    from .answer import Checked, Group


def blocks(answer: Checked) -> Iterator[Block]:
    """Tell the problems of a file, what it accepts as far as that is to be shown, and a summary."""
    told: set[str] = set()
    for line, problem in _lines(answer):
        yield line
        for words in _below(problem):
            if words not in told:  # of several doubts of a kind, the first tells what all have in common
                told.add(words)
                yield paragraph(words, 4)
    yield Line(((_("{name}: {summary}", name=answer.name, summary=summary(answer)), ()),))
    if answer.groups:
        yield Line(((_("Several of a kind are told together; --all tells each."), ()),))
    if answer.accepted:
        yield Line(((_accepted(len(answer.accepted), shown=answer.shown), ()),))


def _lines(answer: Checked) -> Iterator[tuple[Line, Problem]]:
    """Return a line for each problem, or for several of a kind at the place of the first; with what is told below."""
    first = {group.doubts[0].problem(): group for group in answer.groups}
    others = {doubt.problem() for group in answer.groups for doubt in group.doubts[1:]}
    for problem in answer.listed:
        if problem in first:
            yield _together(answer.name, problem, first[problem]), problem
        elif problem not in others:
            yield _line(answer.name, problem), problem


def _together(name: str, problem: Problem, group: Group) -> Line:
    """Tell several doubts of a kind, the first few by their places."""
    place = f"{name}:{problem.line}:{problem.column}: " if problem.line else f"{name}: "
    told = several_words(group.message, [doubt.fault.at or "" for doubt in group.doubts])
    return Line(((place, ()), (_p("severity", "warning"), ("yellow",)), (f": {told} [{problem.code}]", ())))


def _line(name: str, problem: Problem) -> Line:
    place = f"{name}:{problem.line}:{problem.column}: " if problem.line else f"{name}: "
    if problem.severity == "error":
        words = "; ".join(filter(None, (problem.message, problem.hint)))
        return Line(((place, ()), ("error", ("red",)), (f": {words} [{problem.code}]", ())))
    at = f"{problem.at}: " if problem.at else ""
    told = f": {at}{problem.message} [{problem.code}]"
    if problem.because is not None:
        return Line(((place, ()), (_p("severity", "accepted"), ("dim",)), (told, ())))
    return Line(((place, ()), (_p("severity", "warning"), ("yellow",)), (told, ())))


def _below(problem: Problem) -> Iterator[str]:
    """Tell what comes of a doubt and how to mend it, or why it is accepted."""
    if problem.severity == "error":
        return
    if problem.because is not None:
        yield _("It is meant: {reason}", reason=problem.because)
        return
    if problem.consequence:
        yield _("Why it matters: {consequence}.", consequence=problem.consequence)
    if problem.hint:
        yield _("To mend it: {mend}.", mend=problem.hint)


def summary(answer: Checked) -> str:
    """Tell how many problems there are."""
    problems = answer.problems
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return _("no errors, nothing doubtful")
    return _(
        "{errors}, {warnings}",
        errors=_n("{n} error", "{n} errors", errors),
        warnings=_n("{n} warning", "{n} warnings", warnings),
    )


def _accepted(count: int, *, shown: bool) -> str:
    if shown:
        return _n(
            "{n} doubt is accepted by the file, with its reason.",
            "{n} doubts are accepted by the file, each with its reason.",
            count,
        )
    return _n(
        "{n} doubt is accepted by the file, with its reason; --all shows it.",
        "{n} doubts are accepted by the file, each with its reason; --all shows them.",
        count,
    )
