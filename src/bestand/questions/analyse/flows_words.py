"""What the picture of kinds of states says about itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.model.formula import Formula, OptionAtom, OutcomeAtom
from bestand.model.model import Model
from bestand.prose.messages import _, _n, listing
from bestand.prose.names import formula_words
from bestand.prose.phrases import option_words, party_name
from bestand.prose.words import counts_words, percent, titled

from .graph import letter
from .kinds import Kind, Kinds

_DESCRIBED = 4  # kinds that are told in words
_NAMED = 4  # parties that are named in a row


def traits(model: Model, formulas: Sequence[Formula]) -> list[str]:
    """Return what tells kinds apart, in words."""
    return [_trait(model, formula) for formula in formulas]


def _trait(model: Model, formula: Formula) -> str:
    match formula:
        case OutcomeAtom(name):
            return model.outcome[name].grounds.says or name
        case OptionAtom(id):
            party = party_name(model, model.options[model.bit[id]].party)
            return _("{Party} {move}", party=party, move=option_words(model, id))
        case _:
            return formula_words(model, formula)


def title() -> str:
    """Return what the picture is."""
    return _("Who would move from which kind of state to which")


def alternative(model: Model, kinds: Kinds) -> str:
    """Describe the most telling kinds, in sentences: those with the plan, that of today, the largest."""
    every = kinds.kinds
    order = sorted(range(len(every)), key=lambda k: (not every[k].plan, not every[k].today, -every[k].count, k))
    told = [_count(kinds)]
    for k in sorted(order[:_DESCRIBED]):
        told += _kind(model, kinds, k)
    more = len(order) - _DESCRIBED
    if more > 0:
        told.append(_n("The picture shows {n} more kind.", "The picture shows {n} more kinds.", more))
    return " ".join(told)


def _count(kinds: Kinds) -> str:
    of = _n("{n} kind", "{n} kinds", len(kinds.kinds))
    return _n(
        "By what is true in it, the {n} state is of {kinds}.",
        "By what is true in them, the {n} states are of {kinds}.",
        kinds.states,
        kinds=of,
    )


def _kind(model: Model, kinds: Kinds, k: int) -> Iterator[str]:
    kind = kinds.kinds[k]
    states = _n("{n} state", "{n} states", kind.count)
    true = _true(model, kinds.formulas, kind)
    yield _("Kind {letter}, {states}: {what}.", letter=letter(k), states=states, what=true)
    if kind.today:
        yield _("Today is of this kind.")
    if any(kind.equilibria):
        counts = dict(zip(kinds.concepts, kind.equilibria, strict=True))
        yield _("Equilibria among them: {counts}.", counts=counts_words(counts))
    yield _leaving(model, kinds, k)


def _true(model: Model, formulas: Sequence[Formula], kind: Kind) -> str:
    """Tell what is true in a kind of states."""
    quoted = [
        words if isinstance(formula, OptionAtom) else _("“{says}”", says=words)
        for formula, words in zip(formulas, traits(model, formulas), strict=True)
    ]
    true = [words for words, holds in zip(quoted, kind.truth, strict=True) if holds]
    return listing(true) if true else _("none of what tells kinds apart is true")


def _leaving(model: Model, kinds: Kinds, k: int) -> str:
    """Tell who can improve from a kind to another."""
    count = kinds.kinds[k].count
    able = [
        _("{party} from {share} of them", party=party_name(model, party.id), share=percent(row[k], count))
        for party, row in zip(model.parties, kinds.leaving, strict=True)
        if row[k]
    ]
    if not able:
        return _("Nobody can improve to another kind.")
    return _("Who can improve to another kind: {parties}.", parties=listing(able))


def caption(model: Model, kinds: Kinds, movers: Sequence[int], hidden: int) -> str:
    """Tell how to read the picture, and what is not in it.

    Parameters
    ----------
    model : Model
    kinds : Kinds
    movers : sequence of int
        The parties that have a panel.
    hidden : int
        How many arrows are not drawn.
    """
    told = [_count(kinds), _("Each row is a kind; a filled square stands for what is true.")]
    if kinds.concepts:
        told.append(_("Equilibria are counted under {concepts}.", concepts=titled(kinds.concepts)))
    if movers:
        told += [
            _("Below a party stands from what share of the row's states it can improve to another row."),
            _("Arrows tell to which, up on the left and down on the right: the thicker, the larger the share."),
        ]
    return " ".join([*told, *_not_shown(model, kinds, movers, hidden)])


def _not_shown(model: Model, kinds: Kinds, movers: Sequence[int], hidden: int) -> Iterator[str]:
    if hidden:
        yield _n("{n} arrow from fewer states is not drawn.", "{n} arrows from fewer states are not drawn.", hidden)
    if kinds.left_out:
        yield _n(
            "{n} outcome more would make too many rows.", "{n} outcomes more would make too many rows.", kinds.left_out
        )
    still = [
        party_name(model, party.id) for party, row in zip(model.parties, kinds.leaving, strict=True) if not any(row)
    ]
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
