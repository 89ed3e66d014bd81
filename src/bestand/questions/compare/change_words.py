"""What changed in a model, in words: by the sort of thing, what is new, gone or other than it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.document.blocks import Block, Bullets, paragraph
from bestand.model.formula import OptionAtom, text
from bestand.model.model import Model
from bestand.model.values import Priorities
from bestand.prose.messages import _, _p, _s, listing
from bestand.prose.names import formula_words, told_formula, wish_words
from bestand.prose.phrases import party_name
from bestand.prose.ties import commitment_words, commitments_words

from .differences import Change, Sort

_ONE_BY_ONE = ("plan", "preferences", "outcome", "red-line", "no-deal", "consent")


def changes_words(old: Model, new: Model, changes: Sequence[Change]) -> Iterator[Block]:
    """Tell what changed; things of which only names are told stand in a row.

    Parameters
    ----------
    old, new : Model
        With their texts in the language that is spoken.
    changes : sequence of Change
    """
    told: dict[str, list[str]] = {}
    for sort in dict.fromkeys(change.sort for change in changes):
        some = [change for change in changes if change.sort == sort]
        if sort == "wish":
            sentences = [*_wishes(old, new, some)]
        elif sort in _ONE_BY_ONE:
            sentences = [_sentence(old, new, each) for each in some]
        else:
            sentences = [*_in_rows(old, new, some)]
        told.setdefault(_title(sort), []).extend(sentences)
    for title, sentences in told.items():
        yield paragraph(title)
        yield Bullets(tuple(sentences))


def _title(sort: Sort) -> str:
    match sort:
        case "party":
            return _p("what changed in a model", "Parties")
        case "option":
            return _p("what changed in a model", "What parties can do")
        case "rule":
            return _p("what changed in a model", "Rules")
        case "outcome":
            return _p("what changed in a model", "Outcomes")
        case "one-way" | "forbidden-move":
            return _p("what changed in a model", "Limits on moves")
        case "coalesced":
            return _p("what changed in a model", "States that count as one")
        case "commitment":
            return _p("what changed in a model", "Commitments")
        case "status-quo":
            return _p("what changed in a model", "How things stand today")
        case "wish" | "preferences":
            return _p("what changed in a model", "What parties want")
        case "reading":
            return _p("what changed in a model", "Readings")
        case "claim":
            return _p("what changed in a model", "Claims")
        case _:
            return _p("what changed in a model", "The plan, and how it is put to the parties")


def _in_rows(old: Model, new: Model, changes: Sequence[Change]) -> Iterator[str]:
    """Tell things in a row: those that are gone, are new, and say something else."""
    gone = [_thing(old, each) for each in changes if each.how == "gone"]
    added = [_thing(new, each) for each in changes if each.how == "new"]
    other = [_thing(new, each) for each in changes if each.how == "changed"]
    if gone:
        yield _("Gone: {things}.", things="; ".join(gone))
    if added:
        yield _("New: {things}.", things="; ".join(added))
    if other:
        yield _("Changed: {things}.", things="; ".join(other))
    renamed = [_thing(new, each) for each in changes if each.how == "renamed"]
    if renamed:
        yield _("The same under another name: {things}.", things="; ".join(renamed))


def _thing(model: Model, change: Change) -> str:
    """What to call something of a model."""
    match change.sort:
        case "party":
            return party_name(model, change.id)
        case "option" | "status-quo" | "one-way":
            return formula_words(model, OptionAtom(change.id))
        case "commitment":
            return commitment_words(model, change.id)
    return change.id


def _sentence(old: Model, new: Model, change: Change) -> str:
    match change.sort:
        case "preferences":
            return _("The ranking, or the weights, of {party} are other ones.", party=_party(old, new, change.id))
        case "plan":
            return _one_of_plans(old, new, change) if change.id else _plan(old, new)
        case "outcome":
            return _outcome(change)
        case "consent":
            name = _party(old, new, change.id)
            if change.how == "new":
                return _("Nothing is signed any more without {party}.", party=name)
            return _("{Party} has no say any more in what it does not sign.", party=name)
        case "red-line":
            return _red_line(old, new, change)
    return _(
        "What things come to without a deal: before {old}, now {new}.", old=_given(change.old), new=_given(change.new)
    )


def _wishes(old: Model, new: Model, changes: Sequence[Change]) -> Iterator[str]:
    """Tell, party by party, which wishes it no longer has, which are new, and which say or stand otherwise."""
    for party in dict.fromkeys(change.party or "" for change in changes):
        name = _party(old, new, party)
        some = [change for change in changes if change.party == party]
        gone = [_wish_of(old, party, each.old) for each in some if each.how == "gone"]
        if gone:
            yield _s(
                "{Party} no longer has: {wishes}.", "{Party} no longer have: {wishes}.", name, wishes="; ".join(gone)
            )
        for how, told in (("new", _new_words), ("moved", _moved_words), ("changed", _changed_words)):
            wishes = [_placed(new, party, each) for each in some if each.how == how]
            if wishes:
                yield told(name, "; ".join(wishes))


def _new_words(party: str, wishes: str) -> str:
    return _s("{Party} now has: {wishes}.", "{Party} now have: {wishes}.", party, wishes=wishes)


def _moved_words(party: str, wishes: str) -> str:
    return _("Wishes of {party} that stand elsewhere in its list: {wishes}.", party=party, wishes=wishes)


def _changed_words(party: str, wishes: str) -> str:
    return _("Wishes of {party} that mean something else in the same words: {wishes}.", party=party, wishes=wishes)


def _placed(model: Model, party: str, change: Change) -> str:
    """A wish with its place in the list."""
    before, after = change.places
    wish = _wish_of(model, party, change.new)
    if change.how == "moved":
        return _("{wish}, from place {old} to place {new}", wish=wish, old=before, new=after)
    if change.how == "changed":
        return _("{wish}, before {old}, now {new}", wish=wish, old=change.old, new=change.new)
    return _("{wish} (place {n})", wish=wish, n=after)


def _wish_of(model: Model, party: str, formula: str | None) -> str:
    wishes = model.preferences[party]
    assert isinstance(wishes, Priorities), "a wish stands in a list"
    return wish_words(model, next(wish for wish in wishes.statements if text(wish.formula) == formula))


def _one_of_plans(old: Model, new: Model, change: Change) -> str:
    if change.how == "gone":
        return _("There is no plan {id} any more.", id=change.id)
    told = _asked(new, change.id)
    if change.how == "new":
        return _("There is a plan {id} now: {plan}.", id=change.id, plan=told)
    before = _asked(old, change.id)
    return _("The plan {id} was {old}, and is now {new}.", id=change.id, old=before, new=told)


def _asked(model: Model, id: str) -> str:
    """Tell what one of several plans asks for, and what comes with it."""
    plan = model.plan_named[id]
    told = told_formula(model, plan.formula)
    if plan.commitments:
        told = _("{plan}, with {ties}", plan=told, ties=commitments_words(model, plan.commitments))
    if plan.fixed:
        fixed = listing(formula_words(model, OptionAtom(option)) for option in plan.fixed)
        told = _("{plan}, once signed for good: {options}", plan=told, options=fixed)
    return told


def _plan(old: Model, new: Model) -> str:
    if new.plan is None:
        return _("There is no plan any more.")
    told = told_formula(new, new.plan)
    if old.plan is None:
        return _("There is a plan now: {plan}.", plan=told)
    return _("The plan was {old}, and is now {new}.", old=told_formula(old, old.plan), new=told)


def _outcome(change: Change) -> str:
    if change.how == "gone":
        return _("Gone: {name}, which was {formula}.", name=change.id, formula=change.old)
    if change.how == "new":
        return _("New: {name}, which is {formula}.", name=change.id, formula=change.new)
    return _("{name} was {old}, and is now {new}.", name=change.id, old=change.old, new=change.new)


def _red_line(old: Model, new: Model, change: Change) -> str:
    name = _party(old, new, change.id)
    if change.how == "gone":
        return _s("{Party} no longer has a red line.", "{Party} no longer have a red line.", name)
    return _(
        "The red line of {party} is now {formula}.", party=name, formula=told_formula(new, new.red_lines[change.id])
    )


def _party(old: Model, new: Model, party: str) -> str:
    return party_name(new if party in new.party else old, party)


def _given(words: str | None) -> str:
    return words or _p("what things come to without a deal", "where they drift")
