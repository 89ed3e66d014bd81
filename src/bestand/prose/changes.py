"""Changes of a model in words: each a sentence about who does, wants or can do something else."""

from __future__ import annotations

from bestand.model.formula import Formula, Not, OptionAtom
from bestand.model.model import Model
from bestand.model.open_questions import Answer
from bestand.model.sentences import (
    AddRule,
    ApplyReading,
    Bind,
    Change,
    Drop,
    DropRule,
    Exchange,
    Forbid,
    Free,
    HoldOption,
    HoldParty,
    Insert,
    Place,
    Replace,
    StatementRef,
    Tie,
    Untie,
)

from .messages import _, _s, number
from .names import formula_words, wish_of, wish_words
from .phrases import party_name
from .ties import commitment_words, tie_words


def change_words(model: Model, change: Change) -> str:
    """Tell what is so after a change, in a sentence.

    Parameters
    ----------
    model : Model
        As the file has it: numbers of statements are its own.
    change : Change

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")),))
    >>> model = Model("Dam", (up,))
    >>> change_words(model, HoldOption("up.keep", True)), change_words(model, Bind("up.keep", "to-yes"))
    ('“Upstream keeps the water” is held at yes.', '“Upstream keeps the water”: this can begin, but not end.')
    """
    match change:
        case Place() | Exchange() | Drop() | Replace():
            return _of_wish(model, change)
        case Insert():
            return _inserted(model, change)
        case HoldOption(option, value):
            option = _option(model, option)
            if value:
                return _("{option} is held at yes.", option=option)
            return _("{option} is held at no.", option=option)
        case Bind() | Free():
            return _one_way(model, change)
        case HoldParty(party):
            return _s("{Party} does not move.", "{Party} do not move.", party_name(model, party))
        case Forbid(party, source, target):
            return _forbidden(model, party, source, target)
        case AddRule(kind, formula):
            formula = formula_words(model, formula)
            if kind == "never":
                return _("No state has {formula}.", formula=formula)
            return _("Every state has {formula}.", formula=formula)
        case Tie(_party, then, when):
            return _("By itself: {tie}.", tie=tie_words(model, when, then))
        case Untie(commitment):
            return _("The commitment {commitment} is not in force.", commitment=commitment_words(model, commitment))
        case DropRule(rule):
            return _("Rule {n} of the file does not hold.", n=number(rule))
        case ApplyReading(reading):
            return _("The reading {reading} is right.", reading=reading_words(model, reading))


def reading_words(model: Model, reading: str) -> str:
    """A reading by its text, in brackets what the file calls it."""
    says = model.reading[reading].grounds.says
    return _("“{says}” ({name})", says=says, name=reading) if says else reading


def asked_words(model: Model, question: str) -> str:
    """An open question by its text, in brackets what the file calls it."""
    says = next(each.grounds.says for each in model.open_questions if each.id == question)
    return _("“{says}” ({name})", says=says, name=question) if says else question


def answer_said(answer: Answer) -> str:
    """An answer to an open question by its text; without one, what the file calls it."""
    return answer.grounds.says or (answer.id if answer.changes else _("as in the file"))


def _of_wish(model: Model, change: Place | Exchange | Drop | Replace) -> str:
    party, wish = party_name(model, change.statement.party), _wish(model, change.statement)
    match change:
        case Place(where=where, other=other):
            if where == "level with":
                return _s(
                    "{Party} holds its wish {wish} level with its wish {other}.",
                    "{Party} hold their wish {wish} level with their wish {other}.",
                    party,
                    wish=wish,
                    other=_wish(model, other),
                )
            if where == "before":
                return _s(
                    "{Party} puts its wish {wish} above its wish {other}.",
                    "{Party} put their wish {wish} above their wish {other}.",
                    party,
                    wish=wish,
                    other=_wish(model, other),
                )
            return _s(
                "{Party} puts its wish {wish} below its wish {other}.",
                "{Party} put their wish {wish} below their wish {other}.",
                party,
                wish=wish,
                other=_wish(model, other),
            )
        case Exchange(other=other):
            return _s(
                "{Party} exchanges its wishes {wish} and {other}.",
                "{Party} exchange their wishes {wish} and {other}.",
                party,
                wish=wish,
                other=_wish(model, other),
            )
        case Drop():
            return _s(
                "{Party} does without its wish {wish}.", "{Party} do without their wish {wish}.", party, wish=wish
            )
        case Replace(formula=formula):
            wanted = formula_words(model, formula)
            return _s(
                "{Party} wants {wanted} instead of its wish {wish}.",
                "{Party} want {wanted} instead of their wish {wish}.",
                party,
                wanted=wanted,
                wish=wish,
            )


def _inserted(model: Model, change: Insert) -> str:
    party, wanted = party_name(model, change.party), formula_words(model, change.formula)
    if change.other is None:
        if change.where == "first":
            return _s(
                "{Party} also wants {wanted}, above all.",
                "{Party} also want {wanted}, above all.",
                party,
                wanted=wanted,
            )
        return _s(
            "{Party} also wants {wanted}, least of all.",
            "{Party} also want {wanted}, least of all.",
            party,
            wanted=wanted,
        )
    other = _wish(model, change.other)
    if change.where == "level with":
        return _s(
            "{Party} also wants {wanted}, level with its wish {other}.",
            "{Party} also want {wanted}, level with their wish {other}.",
            party,
            wanted=wanted,
            other=other,
        )
    if change.where == "before":
        return _s(
            "{Party} also wants {wanted}, just above its wish {other}.",
            "{Party} also want {wanted}, just above their wish {other}.",
            party,
            wanted=wanted,
            other=other,
        )
    return _s(
        "{Party} also wants {wanted}, just below its wish {other}.",
        "{Party} also want {wanted}, just below their wish {other}.",
        party,
        wanted=wanted,
        other=other,
    )


def _one_way(model: Model, change: Bind | Free) -> str:
    option = _option(model, change.option)
    match change:
        case Bind(direction="to-yes"):
            return _("{option}: this can begin, but not end.", option=option)
        case Bind():
            return _("{option}: this can end, but not begin.", option=option)
        case Free():
            return _("{option}: this can be taken back.", option=option)


def _forbidden(model: Model, party: str, source: Formula, target: Formula) -> str:
    who, source_words = party_name(model, party), formula_words(model, source)
    if target == Not(source):
        return _s(
            "{Party} cannot move out of the states with {source}.",
            "{Party} cannot move out of the states with {source}.",
            who,
            source=source_words,
        )
    return _s(
        "{Party} cannot move from a state with {source} to one with {target}.",
        "{Party} cannot move from a state with {source} to one with {target}.",
        who,
        source=source_words,
        target=formula_words(model, target),
    )


def _wish(model: Model, ref: StatementRef) -> str:
    return wish_words(model, wish_of(model, ref), ref)


def _option(model: Model, option: str) -> str:
    return formula_words(model, OptionAtom(option))
