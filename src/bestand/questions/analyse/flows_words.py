"""What the picture of kinds of states says about itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.model.formula import Formula, OptionAtom, OutcomeAtom
from bestand.model.model import Model
from bestand.plan.words import counts_words
from bestand.prose.messages import _, _n, listing
from bestand.prose.names import formula_words
from bestand.prose.phrases import option_words, party_name
from bestand.prose.words import percent, titled
from bestand.solve.solution import Solution

from .classes import Class, Classed

_TOLD = 4  # kinds that are told in words
_NAMED = 4  # parties that are named in a row


def letter(k: int) -> str:
    """What a kind, or a state, is called by its place: A, B, …, Z, AA.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    return (letter(k // 26 - 1) if k >= 26 else "") + chr(ord("A") + k % 26)


def told_formulas(model: Model, formulas: Sequence[Formula]) -> list[str]:
    """What tells kinds apart, in words."""
    return [_told(model, formula) for formula in formulas]


def _told(model: Model, formula: Formula) -> str:
    match formula:
        case OutcomeAtom(name):
            return model.outcome[name].grounds.says or name
        case OptionAtom(id):
            party = party_name(model, model.options[model.bit[id]].party)
            return _("{Party} {move}", party=party, move=option_words(model, id))
        case _:
            return formula_words(model, formula)


def title() -> str:
    """What the picture is."""
    return _("Who would move from which kind of state to which")


def alternative(solution: Solution, found: Classed, concepts: Sequence[str]) -> str:
    """The most telling kinds, in sentences: those with the plan, that of today, the largest."""
    order = sorted(
        range(len(found.classes)),
        key=lambda k: (not found.classes[k].plan, not found.classes[k].today, -found.classes[k].count, k),
    )
    told = [_kinds_words(solution, found)]
    for k in sorted(order[:_TOLD]):
        told += _kind(solution, found, k, concepts)
    more = len(order) - _TOLD
    if more > 0:
        told.append(_n("The picture shows {n} more kind.", "The picture shows {n} more kinds.", more))
    return " ".join(told)


def _kinds_words(solution: Solution, found: Classed) -> str:
    kinds = _n("{n} kind", "{n} kinds", len(found.classes))
    return _n(
        "By what is true in it, the {n} state is of {kinds}.",
        "By what is true in them, the {n} states are of {kinds}.",
        solution.space.size,
        kinds=kinds,
    )


def _kind(solution: Solution, found: Classed, k: int, concepts: Sequence[str]) -> Iterator[str]:
    each = found.classes[k]
    states = _n("{n} state", "{n} states", each.count)
    true = _true(solution.model, found, each)
    yield _("Kind {letter}, {states}: {what}.", letter=letter(k), states=states, what=true)
    if each.today:
        yield _("Today is of this kind.")
    if any(each.equilibria):
        counts = dict(zip(concepts, each.equilibria, strict=True))
        yield _("Equilibria among them: {counts}.", counts=counts_words(counts))
    yield _leaving(solution.model, found, k)


def _true(model: Model, found: Classed, each: Class) -> str:
    """What is true in a kind of states."""
    told = told_formulas(model, found.formulas)
    quoted = [
        words if isinstance(formula, OptionAtom) else _("“{says}”", says=words)
        for formula, words in zip(found.formulas, told, strict=True)
    ]
    true = [words for words, so in zip(quoted, each.truth, strict=True) if so]
    return listing(true) if true else _("none of what tells kinds apart is true")


def _leaving(model: Model, found: Classed, k: int) -> str:
    """Who can improve from a kind to another."""
    count = found.classes[k].count
    able = [
        _("{party} from {share} of them", party=party_name(model, party.id), share=percent(int(row[k]), count))
        for party, row in zip(model.parties, found.leaving, strict=True)
        if row[k]
    ]
    if not able:
        return _("Nobody can improve to another kind.")
    return _("Who can improve to another kind: {parties}.", parties=listing(able))


def caption(solution: Solution, found: Classed, concepts: Sequence[str], movers: Sequence[int], hidden: int) -> str:
    """How to read the picture, and what is not in it.

    Parameters
    ----------
    movers : sequence of int
        The parties that have a panel.
    hidden : int
        How many arrows are not drawn.
    """
    told = [
        _kinds_words(solution, found),
        _("Each row is a kind; a filled square stands for what is true."),
    ]
    if concepts:
        told.append(_("Equilibria are counted under {concepts}.", concepts=titled(concepts)))
    if movers:
        told += [
            _("Below a party stands from what share of the row's states it can improve to another row."),
            _("Arrows tell to which, up on the left and down on the right: the thicker, the larger the share."),
        ]
    return " ".join([*told, *_not_shown(solution.model, found, movers, hidden)])


def _not_shown(model: Model, found: Classed, movers: Sequence[int], hidden: int) -> Iterator[str]:
    if hidden:
        yield _n("{n} arrow from fewer states is not drawn.", "{n} arrows from fewer states are not drawn.", hidden)
    if found.left_out:
        yield _n(
            "{n} outcome more would make too many rows.", "{n} outcomes more would make too many rows.", found.left_out
        )
    still = [party_name(model, party.id) for k, party in enumerate(model.parties) if not found.leaving[k].any()]
    if still:
        yield _("Who cannot improve to another row: {parties}.", parties=_named(still))
    unseen = len(model.parties) - len(still) - len(movers)
    if unseen:
        yield _n("{n} party more is not drawn.", "{n} parties more are not drawn.", unseen)


def _named(parties: Sequence[str]) -> str:
    """Some parties, of many the first."""
    more = len(parties) - _NAMED
    if more < 1:
        return listing(parties)
    return ", ".join([*parties[:_NAMED], _n("and {n} more", "and {n} more", more)])
