"""What to call concepts, wishes and formulas in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bestand.model.formula import And, Formula, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, StateAtom, text
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.sentences import StatementRef
from bestand.model.values import Priorities, Statement
from bestand.model.wording import statement_text
from bestand.stability.registry import EVERY

from .messages import _, _p, choice, listing, said
from .phrases import option_words, party_name

if TYPE_CHECKING:
    from bestand.checks.ruling import Verdict


def concept_name(concept: str) -> str:
    """Tell what people call a concept.

    Examples
    --------
    >>> concept_name("seq")
    'sequential stability'
    """
    title = EVERY[concept].title
    return said(title) if isinstance(title, Message) else title


def concept_names(concepts: Iterable[str]) -> str:
    """Tell what people call some concepts, in a row.

    Examples
    --------
    >>> concept_names(["nash", "seq"])
    'Nash stability and sequential stability'
    """
    return listing(map(concept_name, concepts))


def of_concepts(concepts: Sequence[str], asked: Sequence[str]) -> str:
    """Tell what people call some of the concepts that were asked about; where it is all of several, that.

    Examples
    --------
    >>> of_concepts(["nash", "seq"], ["nash", "gmr", "seq"]), of_concepts(["nash", "seq"], ["nash", "seq"])
    ('Nash stability and sequential stability', 'every concept asked')
    """
    if len(asked) > 1 and set(concepts) >= set(asked):
        return _("every concept asked")
    return concept_names(concepts)


def verdict_name(verdict: Verdict) -> str:
    """A verdict on a claim, by itself.

    Examples
    --------
    >>> verdict_name("holds")
    'holds'
    """
    match verdict:
        case "holds":
            return _p("verdict on a claim", "holds")
        case "does not hold":  # no message: what data say
            return _p("verdict on a claim", "does not hold")
        case "depends on the concept":  # no message: what data say
            return _p("verdict on a claim", "depends on the concept")
        case "cannot be said":  # no message: what data say
            return _p("verdict on a claim", "cannot be said")


def wish_words(model: Model, statement: Statement, ref: StatementRef | None = None) -> str:
    """A wish in quotes, as its ``says`` has it or else in the words of what it is about.

    In brackets what the file calls it, or the reading that it comes from.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> usa = Party("usa", "Washington", (Option("usa.leave", Grounds(says="leaves")),))
    >>> model, leave = Model("War", (usa,)), OptionAtom("usa.leave")
    >>> wish = Statement(leave, Grounds(says="it does less in Europe"))
    >>> wish_words(model, wish, StatementRef("usa", 3)), wish_words(model, wish)
    ('“it does less in Europe” (usa 3)', '“it does less in Europe”')
    >>> wish_words(model, Statement(leave, reading="hawks"), StatementRef("usa", 1))
    '“Washington leaves” (from the reading hawks)'
    """
    if says := statement.grounds.says:
        told = _("“{says}”", says=says)
    else:
        told = formula_words(model, statement.formula)
        if told == text(statement.formula):
            told = _("“{says}”", says=told)
    if statement.reading is not None:
        return _("{wish} (from the reading {reading})", wish=told, reading=statement.reading)
    return told if ref is None else _("{wish} ({number})", wish=told, number=statement_text(ref))


def wish_of(model: Model, ref: StatementRef) -> Statement:
    """The statement that a number stands for."""
    preference = model.preferences[ref.party]
    assert isinstance(preference, Priorities), "only priorities have numbered statements"
    return preference.statements[ref.number - 1]


def level_words(model: Model, refs: Sequence[StatementRef]) -> str:
    """A wish, or several that stand level, of which it counts how many hold."""
    wishes = [wish_words(model, wish_of(model, ref), ref) for ref in refs]
    return wishes[0] if len(wishes) == 1 else _("how many hold of {wishes}", wishes=listing(wishes))


def formula_words(model: Model, formula: Formula) -> str:
    """A formula in the words of the file, each part in quotes, for places where a thing is named.

    An outcome or an option without a text is called by its name.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Outcome, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")),))
    >>> model = Model("Dam", (up,), outcomes=(Outcome("deal", Not(OptionAtom("up.keep"))),))
    >>> formula_words(model, And((OutcomeAtom("deal"), Not(OptionAtom("up.keep")))))
    '“deal” and not “Upstream keeps the water”'
    """
    match formula:
        case OutcomeAtom(name):
            says = model.outcome[name].grounds.says
            return _("“{says}”", says=says or name)
        case StateAtom(name):
            return _("state {state}", state=name)
        case OptionAtom(id):
            return _clause(model, id, yes=True)
        case Not(OptionAtom(id)) if model.options[model.bit[id]].says_no:
            return _clause(model, id, yes=False)
        case Not(inner):
            return _("not {what}", what=_inner(model, inner))
        case And(terms) if len(terms) > 1:
            return listing(_all(model, terms))
        case Or(terms) if len(terms) > 1:
            return choice(_all(model, terms))
        case Implies(left, right):
            return _("if {condition}, then {what}", condition=_inner(model, left), what=_inner(model, right))
        case Iff(left, right):
            return _("{what} exactly when {condition}", what=_inner(model, left), condition=_inner(model, right))
        case _:
            return text(formula)


def told_formula(model: Model, formula: Formula) -> str:
    """A formula in words, and as the file has it in brackets where that is something else."""
    words, symbols = formula_words(model, formula), text(formula)
    return (
        words
        if words in (symbols, _("“{says}”", says=symbols))
        else _("{words} [{formula}]", words=words, formula=symbols)
    )


def plan_words(model: Model, formula: Formula, *, short: bool = False, id: str = "") -> str:
    """A plan in words: one of several by what the file says of it, and its id; else as `told_formula`.

    The id is left out where it is that of the outcome which is all that the plan asks for.

    With ``short``, one that is none of several is not told as the file has it, too. ``id`` tells which of several that
    ask for the same; else it is the first.
    """
    plan = model.plan_named.get(id) or model.plan_of(formula)
    if plan is None:
        return formula_words(model, formula) if short else told_formula(model, formula)
    says = plan.grounds.says
    words = _("“{says}”", says=says) if says else formula_words(model, formula)
    return words if plan.id in (words, text(plan.formula)) else _("{words} [{formula}]", words=words, formula=plan.id)


def outcome_lines(model: Model, outcomes: Iterable[str]) -> Iterator[str]:
    """Tell what the names of outcomes stand for, where the file says so, a line each."""
    for name in outcomes:
        if says := model.outcome[name].grounds.says:
            yield _("{name}: {says}", name=name, says=says)


def _clause(model: Model, option: str, *, yes: bool) -> str:
    found = model.options[model.bit[option]]
    if yes and not found.grounds.says:
        return option
    told = _("{Party} {move}", party=party_name(model, found.party), move=option_words(model, option, yes))
    return _("“{says}”", says=told)


def _all(model: Model, terms: Sequence[Formula]) -> list[str]:
    return [_inner(model, term) for term in terms]


def _inner(model: Model, formula: Formula) -> str:
    """A part of a formula: in brackets where it has parts of its own."""
    words = formula_words(model, formula)
    return f"({words})" if isinstance(formula, And | Or | Implies | Iff) else words
