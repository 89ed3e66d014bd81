"""A formula as clauses, for sentences that say when something is so: "Ukraine keeps the provinces and Russia waits"."""

from __future__ import annotations

from collections.abc import Sequence

from bestand.model.formula import And, Constant, Formula, Not, OptionAtom, Or, OutcomeAtom, StateAtom
from bestand.model.model import Model

from .messages import _, _n, choice, listing
from .names import formula_words
from .phrases import option_words, party_name

_MOST = 6  # alternatives that are told one by one


def clause_words(model: Model, formula: Formula) -> str:
    """Return a formula as one or several main clauses, in the words of the file.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")),))
    >>> down = Party("down", "Downstream", (Option("down.pay", Grounds(says="pays")),))
    >>> clause_words(Model("Dam", (up, down)), And((OptionAtom("up.keep"), OptionAtom("down.pay"))))
    'Upstream keeps the water and Downstream pays'
    >>> either = Or((Not(OptionAtom("up.keep")), And((OptionAtom("up.keep"), OptionAtom("down.pay")))))
    >>> clause_words(Model("Dam", (up, down)), either)
    'Upstream does not choose “keeps the water”; or Upstream keeps the water and Downstream pays'
    """
    match formula:
        case OptionAtom(id):
            return _option(model, id, yes=True)
        case Not(OptionAtom(id)):
            return _option(model, id, yes=False)
        case OutcomeAtom(name):
            return _("this is so: “{says}”", says=model.outcome[name].grounds.says or name)
        case Not(OutcomeAtom(name)):
            return _("this is not so: “{says}”", says=model.outcome[name].grounds.says or name)
        case StateAtom(name):
            return _("this is state {state}", state=name)
        case Not(StateAtom(name)):
            return _("this is not state {state}", state=name)
        case And(terms):
            return listing(_bracketed(model, term) for term in terms)
        case Or(terms):
            return _alternatives(model, terms)
        case Constant(True):
            return _("anything is so")
        case _:
            return formula_words(model, formula)


def _bracketed(model: Model, term: Formula) -> str:
    words = clause_words(model, term)
    return f"({words})" if isinstance(term, Or) and len(term.terms) > 1 else words


def _alternatives(model: Model, terms: Sequence[Formula]) -> str:
    """Tell of which things at least one is so, those apart that have parts of their own; of many, the first."""
    told = [clause_words(model, term) for term in terms[:_MOST]]
    if (more := len(terms) - _MOST) > 0:
        told.append(_n("it is one of {n} other cases", "it is one of {n} other cases", more))
    if not any(isinstance(term, And) and len(term.terms) > 1 for term in terms):
        return choice(told)
    return _("{first}; or {last}", first="; ".join(told[:-1]), last=told[-1])


def doings_words(model: Model, formula: Formula) -> str:
    """Return options of one party, taken or left all together, as a phrase to follow its name; else nothing.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")),))
    >>> doings_words(Model("Dam", (up,)), OptionAtom("up.keep"))
    'keeps the water'
    """
    terms = formula.terms if isinstance(formula, And) else (formula,)
    phrases = []
    for term in terms:
        match term:
            case OptionAtom(id):
                phrases.append(option_words(model, id))
            case Not(OptionAtom(id)):
                phrases.append(option_words(model, id, yes=False))
            case _:
                return ""
    return listing(phrases)


def _option(model: Model, id: str, *, yes: bool) -> str:
    party = model.options[model.bit[id]].party
    return _("{party} {move}", party=party_name(model, party), move=option_words(model, id, yes))
