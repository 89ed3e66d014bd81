"""The kinds of parameters that questions have: what a caller gives in Python, on the command line and in a form.

A question's function is annotated with these. What a kind is called here is what documentation, help and forms say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

if TYPE_CHECKING:  # which take longer to load than all help
    from collections.abc import Mapping
    from os import PathLike

    from bestand.model.formula import Formula as FormulaTree
    from bestand.model.model import Model
    from bestand.model.sentences import Change

Kind = Literal["text", "names", "texts", "files", "whole", "number", "flag"]


@dataclass(frozen=True, slots=True)
class About:
    """What the doors have to know about a parameter beside its Python type.

    Parameters
    ----------
    kind : str
        ``text``; ``names``, several of them, repeated or with commas between; ``texts``, several in which commas may
        stand; ``files``, the paths of several, one after the other; ``whole``, a whole number; ``number``; ``flag``, on
        or off.
    flags : tuple of str
        Other names on the command line, beside the parameter's own.
    choices : callable, optional
        Returns what may be given.
    named : bool
        Whether the command line takes it by its name even where Python takes it by its place.
    none : str
        A flag that says "none of them", where several can be named.
    keeps : bool
        Whether it is a file that keeps what is finished: the same call goes on from it.
    """

    kind: Kind
    flags: tuple[str, ...] = ()
    choices: Callable[[], Iterable[str]] | None = None
    named: bool = False
    none: str = ""
    keeps: bool = False


def concept_ids() -> tuple[str, ...]:
    """Return every concept that can be asked for, by id."""
    from bestand.stability.registry import EVERY

    return tuple(EVERY)


def engine_names() -> tuple[str, ...]:
    """Return the engines that can be asked for."""
    from bestand.engine.choose import ENGINES

    return ENGINES


def one_of(*choices: str, flags: tuple[str, ...] = ()) -> About:
    """Return what to know about a parameter that takes one of a few words."""
    return About("text", flags, lambda: choices)


Text = Annotated[str | None, About("text")]
Names = Annotated[str | Iterable[str] | None, About("names")]
Texts = Annotated[str | Iterable[str] | None, About("texts")]
Whole = Annotated[int, About("whole")]
MaybeWhole = Annotated[int | None, About("whole")]
Number = Annotated[float | None, About("number")]
Flag = Annotated[bool, About("flag")]
Changes = Annotated["str | Iterable[str | Change]", About("texts")]
State = Annotated[str | int, About("text")]
MaybeState = Annotated[str | int | None, About("text")]
Formula = Annotated["str | FormulaTree | None", About("text")]
Plan = Annotated["str | FormulaTree | None", About("text", named=True)]
Formulas = Annotated["str | FormulaTree | Iterable[str | FormulaTree] | None", About("texts", ("--where",))]
Models = Annotated["Mapping[str, Model] | Iterable[str | PathLike[str]]", About("files", ("--with",), named=True)]
Others = Annotated["Model | str | PathLike[str] | Iterable[Model | str | PathLike[str]]", About("files")]
Concepts = Annotated[str | Iterable[str] | None, About("names", ("--concept",), concept_ids, named=True)]
ClaimIds = Annotated[str | Iterable[str] | None, About("names", ("--claim",))]
Engine = Annotated[str | None, About("text", (), engine_names, named=True)]
Moves = Annotated[str | None, one_of("drift", "purposeful", "best", "any", "improving")]
Readings = Annotated[str | Iterable[str], About("names", ("--reading",))]
