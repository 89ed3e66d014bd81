"""Commitments in words: what follows from what, by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bestand.model.formula import And, Formula, Not, OptionAtom
from bestand.model.model import Model

from .clauses import clause_words
from .messages import _, listing


def commitment_words(model: Model, commitment: str) -> str:
    """A commitment by its text, in brackets what the file calls it; without a text by what it does.

    Examples
    --------
    >>> from bestand.model.values import Commitment, Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")),))
    >>> down = Party("down", "Downstream", (Option("down.pay", Grounds(says="pays")),))
    >>> tie = Commitment("stop", "down", OptionAtom("up.keep"), (("down.pay", False),))
    >>> commitment_words(Model("Dam", (up, down), commitments=(tie,)), "stop")
    'with “Upstream keeps the water” comes “Downstream does not choose “pays””'
    """
    tie = model.commitment[commitment]
    if tie.grounds.says:
        return _("“{says}” ({name})", says=tie.grounds.says, name=commitment)
    return tie_words(model, tie.when, tie.then)


def tie_words(model: Model, when: Formula, then: Sequence[tuple[str, bool]]) -> str:
    """Tell what follows from what, as a clause."""
    return _(
        "with “{event}” comes “{then}”", event=clause_words(model, when), then=clause_words(model, values_formula(then))
    )


def commitments_words(model: Model, commitments: Iterable[str]) -> str:
    """Several commitments, one after the other."""
    return listing(commitment_words(model, each) for each in commitments)


def values_formula(values: Sequence[tuple[str, bool]]) -> Formula:
    """Return what options become, as a formula."""
    atoms: list[Formula] = [OptionAtom(option) if yes else Not(OptionAtom(option)) for option, yes in values]
    return atoms[0] if len(atoms) == 1 else And(tuple(atoms))
