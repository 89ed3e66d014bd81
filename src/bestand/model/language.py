"""Reading formulas, changes and checks: text in, frozen trees out.

The grammar is `language.lark`, read by `bestand.model.grammar`; `bestand.model.formula` and
`bestand.model.sentences` are what it makes.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NoReturn, cast
from unicodedata import normalize

from .clashes import clashes
from .formula import FALSE, TRUE, And, Formula, Iff, Implies, Not, Or, StateAtom
from .grammar import parser
from .scope import Fault, LanguageError, Scope
from .sentences import (
    About,
    AddRule,
    ApplyReading,
    Assertion,
    Bind,
    By,
    Change,
    Check,
    Compared,
    Count,
    Drop,
    DropRule,
    Exchange,
    Forbid,
    Free,
    HoldOption,
    HoldParty,
    Insert,
    Kept,
    Place,
    Predicate,
    Quantified,
    Ranks,
    Refuses,
    Replace,
    SameAnswer,
    Satisfies,
    Share,
    StableFor,
    StatementRef,
    StateNamed,
    StateRef,
    StatusQuo,
    Subject,
    Tie,
    Untie,
    VerdictIs,
)

if TYPE_CHECKING:
    from lark import Token, Tree

MAX_BRACKETS = 100  # how deep brackets may nest
MAX_DEPTH = 400  # how deep the resulting tree may be: four levels a bracket, well below Python's own limit
_OFFERED = 1_000  # characters of a text that is put into the language
_DIGITS = 9
MAX_LENGTH = 1_000_000  # characters of one formula or sentence


def parse_formula(text: str, scope: Scope) -> Formula:
    """Read a formula.

    Parameters
    ----------
    text : str
        At most a million characters; brackets nest to 100.
    scope : Scope
        The names it may use.

    Raises
    ------
    LanguageError
        With every unknown name, or the first syntax error.

    Notes
    -----
    Linear in the text (LALR(1)).

    Examples
    --------
    >>> from bestand.model.formula import text as written
    >>> scope = Scope(parties=("up", "down"), options=("up.release", "down.attack"))
    >>> written(parse_formula("release and not (attack)", scope))
    'up.release and not down.attack'
    """
    return _read(text, "formula", scope, _Builder.formula)


def parse_changes(text: str, scope: Scope) -> tuple[Change, ...]:
    """Read one or more changes, separated by commas (``usa 3 before usa 1``). Raises `LanguageError`."""
    return _read(text, "changes", scope, _Builder.changes)


def parse_check(text: str, scope: Scope) -> Check:
    """Read one check (``some equilibrium reached is ceasefire``). Raises `LanguageError`."""
    return _read(text, "check", scope, _Builder.check)


def _read(text: str, start: str, scope: Scope, build: Any) -> Any:
    text, scope = normalize("NFC", text), scope.afresh()
    try:
        tree = _parse(text, start)
    except LanguageError as error:
        raise _offering(error, start, scope) from None
    result = build(_Builder(text, scope), tree)
    if scope.faults:
        raise LanguageError(text, sorted(scope.faults, key=lambda fault: fault.offset))
    return result


def _offering(error: LanguageError, start: str, scope: Scope) -> LanguageError:
    """Return an error that offers what a formula in the signs of another program would be here, where that is read."""
    fault, *_ = error.faults
    if start != "formula" or fault.code != "syntax" or len(error.text) > _OFFERED:
        return error
    from .foreign import translated  # only where something is wrong

    said = translated(error.text, scope.options)
    if said is None:
        return error
    try:
        parse_formula(said, scope)
    except LanguageError:
        return error
    return LanguageError(error.text, [dataclasses.replace(fault, hint=f"write '{said}'")])


def _parse(text: str, start: str) -> Tree[Token] | Token:
    _check_size(text)
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

    try:
        return parser().parse(text, start=start)
    except UnexpectedInput as error:
        unexpected = error
    # Raised out here, so that our error has none of lark's behind it: what pickles errors with all that led to them,
    # as Dask has it, could not pickle that.
    if isinstance(unexpected, UnexpectedToken):
        token = unexpected.token
        ended = token.type == "$END"
        offset = len(text) if ended else (token.start_pos or 0)
        _syntax(
            text, start, offset, "the end" if ended else repr(str(token)), unexpected.accepts or unexpected.expected
        )
    at = unexpected.pos_in_stream or 0
    expected = unexpected.allowed if isinstance(unexpected, UnexpectedCharacters) else None
    return _syntax(text, start, at, repr(text[at]), expected or set())


def _check_size(text: str) -> None:
    if len(text) > MAX_LENGTH:
        _fail(text, 0, "too-long", f"{len(text):,} characters; at most {MAX_LENGTH:,} can be read")
    depth = 0
    for offset, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth > MAX_BRACKETS:
            _fail(text, offset, "too-deep", f"brackets nest deeper than {MAX_BRACKETS}")


def _syntax(text: str, start: str, offset: int, stands: str, expected: set[str]) -> NoReturn:
    if not text.strip():
        _fail(text, 0, "empty", "nothing stands here", "write a formula, or leave the entry out")
    from .hints import hint  # only where something is wrong

    _fail(text, offset, "syntax", f"{stands} cannot stand here", hint(text, offset, expected, start))


def _fail(text: str, offset: int, code: str, message: str, hint: str | None = None) -> NoReturn:
    raise LanguageError(text, [Fault(offset, code, message, hint)])


class _Builder:
    """Turns lark's tree into ours, looking names up on the way. One stack frame a level of a formula."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.scope = scope

    # ---- formulas ----

    def formula(self, tree: Any, depth: int = 0) -> Formula:
        if depth > MAX_DEPTH:
            _fail(
                self.text, 0, "too-deep", f"the formula nests deeper than {MAX_DEPTH}", "name parts of it as outcomes"
            )
        kind = tree.data
        if kind == "name":
            return self.scope.atom(str(tree.children[0]), tree.children[0].start_pos)
        if kind == "state_named":
            return self.scope.state_atom(str(tree.children[0]).split()[1], tree.children[0].start_pos)
        if kind in {"true", "false"}:
            return TRUE if kind == "true" else FALSE
        terms = []
        for child in tree.children:
            if hasattr(child, "data"):  # the rest are the words between the terms
                terms.append(self.formula(child, depth + 1))
        match kind:
            case "negation":
                return Not(terms[0])
            case "conjunction":
                return And(tuple(terms))
            case "disjunction":
                return Or(tuple(terms))
            case "implies":
                return Implies(*terms)
            case _:
                return Iff(*terms)

    # ---- changes ----

    def changes(self, tree: Any) -> tuple[Change, ...]:
        trees: list[Any] = []
        while len(tree.children) == 2:  # left recursive: (rest, last)
            tree, last = tree.children
            trees.append(last)
        trees.append(tree.children[0])
        trees.reverse()
        return self.together(trees, [self.change(each) for each in trees])

    def together(self, trees: list[Any], changes: list[Change]) -> tuple[Change, ...]:
        """Return the changes of one list; a fault for each that does not go with one before it."""
        for k, code, wrong in clashes(changes):
            self.scope.faults.append(Fault(_begins(trees[k]), code, wrong, "leave one of them out"))
        return tuple(changes)

    def change(self, tree: Any) -> Change:
        first, *rest = tree.children
        match tree.data:
            case "replace":
                return Replace(self.statement(first), self.formula(rest[-1]))
            case "place":
                return Place(self.statement(first), _where(rest[0]), self.statement(rest[1]))
            case "exchange":
                return Exchange(self.statement(first), self.statement(rest[-1]))
            case "drop":
                return Drop(self.statement(first))
            case "insert":
                where, *other = rest[2].children
                ref = self.statement(other[0]) if other else None
                return Insert(self.party(first), self.formula(rest[1]), _where(where), ref)
            case "drop_rule":
                return DropRule(self.number(rest[0]))
            case "without":
                return self.without(rest[0])
            case "bind":
                return Bind(self.option(first), "to-yes" if str(rest[-1]) == "yes" else "to-no")
            case "forbid":
                return Forbid(self.party(first), self.formula(rest[1]), self.formula(rest[3]))
            case "hold":
                return self.hold(first, str(rest[-1]) if len(rest) > 1 and rest[-1] else None)
            case "free":
                return Free(self.option(first))
            case "tie":
                return self.tie(first, [each for each in rest if hasattr(each, "data")])
            case "untie":
                return Untie(str(rest[0]))
            case "add_rule":
                return AddRule(cast(Any, str(first)), self.formula(rest[0]))
            case _:
                return ApplyReading(self.scope.find_reading(str(rest[0]), rest[0].start_pos))

    def tie(self, party: Token, trees: list[Any]) -> Tie:
        *tied, when = trees
        then = tuple((self.option(each.children[-1]), each.children[0] is None) for each in tied)
        return Tie(self.party(party), then, self.formula(when))

    def hold(self, name: Token, value: str | None) -> Change:
        if value is None:
            return HoldParty(self.party(name))
        return HoldOption(self.option(name), value == "yes")

    def without(self, token: Token) -> Change:
        """A party that is not there does not move; an option that is not there is no."""
        name = str(token)
        if name in self.scope.parties:
            return HoldParty(name)
        return HoldOption(self.scope.find_option(name, token.start_pos or 0, party=True) or name, False)

    def statement(self, tree: Any) -> StatementRef:
        party, number = tree.children
        return StatementRef(self.party(party), self.number(number))

    def number(self, token: Token) -> int:
        """The number of a statement or rule; what has more digits is none."""
        if len(token) > _DIGITS:
            told = f"{token[:_DIGITS]}… has {len(token):,} digits; statements and rules are counted from 1"
            _fail(self.text, token.start_pos or 0, "too-large", told)
        return int(token)

    def option(self, token: Token) -> str:
        return self.scope.find_option(str(token), token.start_pos or 0) or str(token)

    def party(self, token: Token) -> str:
        return self.scope.find_party(str(token), token.start_pos or 0)

    # ---- checks ----

    def check(self, tree: Any) -> Check:
        under, assertion = tree.children[0], tree.children[-1]
        words = [t for t in under.children if t.type == "WORD"] if under else []
        concepts = tuple(self.scope.find_concept(str(t), t.start_pos or 0) for t in words)
        trees = []
        while assertion.data == "given":
            change, assertion = assertion.children
            trees.append(change)
        changes = self.together(trees, [self.change(each) for each in trees])
        return Check(self.assertion(assertion), concepts, changes)

    def assertion(self, tree: Any) -> Assertion:
        match tree.data:
            case "count":
                how, subject, predicate, _, left, _, _, right = tree.children
                return Count(
                    cast(Any, _plain(how)),
                    self.subject(subject),
                    self.predicate(predicate),
                    self.changes(left),
                    self.changes(right),
                )
            case "same_answer":
                left, right = [child for child in tree.children if getattr(child, "data", "") == "changes"]
                return SameAnswer(self.changes(left), self.changes(right), cast(Any, self.assertion(tree.children[-1])))
            case "quantified":
                first, subject, predicate = tree.children
                quantifier = "some" if first.type == "A" else str(first)
                return Quantified(cast(Any, quantifier), self.subject(subject), self.predicate(predicate))
            case "about":
                return About(self.state(tree.children[0]), self.predicate(tree.children[1]))
            case "ranks":
                party, _, left, how, right = tree.children
                return Ranks(self.party(party), self.side(left), cast(Any, _plain(how)), self.side(right))
            case "refuses":
                return self.refuses(*tree.children)
            case "verdict":
                return VerdictIs(tuple(cast(Any, str(word)) for word in tree.children if word.type == "KIND"))
            case _:
                how, left, _, _, right, predicate = tree.children
                larger = cast(Any, _plain(how).split()[0])
                return Share(larger, self.subject(left), self.subject(right), self.predicate(predicate))

    def side(self, tree: Any) -> Formula | StateRef:
        if tree.data == "status_quo":
            return StatusQuo()
        formula = self.formula(tree)
        return StateNamed(formula.name) if isinstance(formula, StateAtom) else formula

    def refuses(self, party: Token, _verb: Token, quantifier: Token, what: Any, where: Any) -> Refuses:
        known = len(self.scope.faults)
        refused = self.formula(what)
        if what.data == "name" and str(what.children[0]) in {"deal", "deals"}:
            said = "a deal is what nobody refuses: name an outcome here, as in 'refuses every ceasefire'"
            self.scope.faults[known:] = [dataclasses.replace(each, hint=said) for each in self.scope.faults[known:]]
        return Refuses(self.party(party), cast(Any, str(quantifier)), refused, self.where(where))

    def where(self, tree: Any) -> Formula | None:
        return None if tree is None else self.formula(tree.children[1])

    def subject(self, tree: Any) -> Subject:
        if tree.data == "deals":
            noun, between, where = tree.children
            signs = None if between is None else self.parties(between)
            return Subject(cast(Any, _singular(_plain(noun))), where=self.where(where), between=signs)
        noun, reached, stable, where = tree.children
        return Subject(
            cast(Any, _singular(_plain(noun))),
            None if reached is None else _mover(reached.children[1]),
            None if stable is None else self.parties(stable.children[1]),
            self.where(where),
        )

    def parties(self, tree: Any) -> tuple[str, ...]:
        """Return the parties that are listed; none for every party."""
        return tuple(self.party(token) for token in tree.children if token.type == "NAME")

    def predicate(self, tree: Any) -> Predicate:
        match tree.data:
            case "stable_for":
                return StableFor(self.parties(tree.children[1]))
            case "equilibrium":
                return StableFor()
            case "kept":
                return Kept()
            case "compared":
                how, state, _, party = tree.children
                return Compared(cast(Any, _plain(how).split()[0]), self.state(state), self.party(party))
            case "satisfies":
                return Satisfies(self.formula(tree.children[0]))
            case _:
                return Satisfies(self.formula(tree))

    def state(self, tree: Any) -> StateRef:
        if len(tree.children) == 1:
            return StatusQuo()
        word = tree.children[1]
        return StateNamed(self.scope.find_state(str(word), word.start_pos or 0))


def _begins(tree: Any) -> int:
    """Return the character at which a part of a text begins."""
    while hasattr(tree, "data"):
        tree = tree.children[0]
    return int(tree.start_pos or 0)


def _mover(token: Token | None) -> By:
    """Return the moves that ``reached``, or what stands behind it, speaks of."""
    return "improving" if token is None else cast(Any, _plain(token).split()[1])


def _plain(token: Token) -> str:
    return " ".join(str(token).split())


def _where(token: Token) -> Any:
    """Return where a wish stands, as a change has it."""
    return _plain(token)


def _singular(noun: str) -> str:
    return "equilibrium" if noun.startswith("equilibri") else noun.removesuffix("s")
