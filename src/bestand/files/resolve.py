"""From a form to a model: names looked up, formulas and sentences read, every problem reported at its place.

What cannot be read is left out, or stands for ``true``, so that the rest can still be read; the model is then not used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Literal, TypeVar, cast

from bestand.model.causes import parse_cause
from bestand.model.errors import nearest
from bestand.model.fault import ModelFault, Path
from bestand.model.formula import TRUE, Formula, Not, OptionAtom
from bestand.model.ids import ID
from bestand.model.language import parse_changes, parse_check, parse_formula
from bestand.model.model import Model
from bestand.model.open_questions import Answer, Question, named, ways_to_name
from bestand.model.scope import LanguageError, Scope, by_label, is_bits
from bestand.model.sentences import Change, StatementRef
from bestand.model.undecided import BASE
from bestand.model.validate import MAX_NUMBER, PLACE
from bestand.model.values import (
    BARE,
    Accepted,
    ChoiceRule,
    Citation,
    Claim,
    Commitment,
    ForbiddenMove,
    FormulaRule,
    FrozenMap,
    Grounds,
    NoDeal,
    OneWay,
    Option,
    Outcome,
    Party,
    Plan,
    Preference,
    Priorities,
    Ranking,
    Rule,
    Source,
    Statement,
    Weights,
)

from . import opened
from .places import Report
from .schema import (
    AcceptedForm,
    ClaimForm,
    ForbiddenMoveForm,
    GroundedForm,
    ModelForm,
    OpenForm,
    PreferenceForm,
    RuleForm,
    StatementForm,
)

T = TypeVar("T")

_CITATION = re.compile(rf"({ID})(?:\s+({PLACE.pattern}))?")
_STATEMENT = re.compile(rf"({ID})\s+([0-9]{{1,9}})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")


def resolve(form: ModelForm, report: Report) -> tuple[Model, list[ModelFault]]:
    """The model that a form describes, not to be used when the report holds an error; and faults of older forms."""
    from bestand.stability.registry import EVERY

    resolver = Resolver(form, report, tuple(EVERY))
    return opened.with_older(resolver.model(), opened.readings(resolver), opened.entries(resolver), report)


class Resolver:
    """Reads a form, section by section."""

    def __init__(self, form: ModelForm, report: Report, concepts: tuple[str, ...]) -> None:
        self.form = form
        self.report = report
        self.parties = self.read_parties()
        self.texts: dict[tuple[Any, str], Any] = {}  # what came of each: aliases repeat long ones many times
        self.states = by_label({bits: label for bits, label in form.labels.items() if label is not None})
        self.scope = Scope(
            parties=tuple(form.parties),
            options=tuple(option.id for party in self.parties for option in party.options),
            outcomes=tuple(form.outcomes),
            readings=tuple(name for name, _, _ in named(_open_names(form))),
            concepts=concepts,
            states=self.states,
            answers=ways_to_name(_open_names(form)),
        )

    def model(self) -> Model:
        form = self.form
        return Model(
            title=form.title,
            parties=self.parties,
            rules=self.read_rules(),
            outcomes=self.read_outcomes(),
            plan=None if form.plan is None else self.formula(form.plan, ("plan",)),
            plans=self.read_plans(),
            commitments=self.read_commitments(),
            consent=tuple(party for _, party in self.items(form.consent, ("consent",))),
            no_deal=self.read_no_deal(),
            red_lines=FrozenMap(
                {
                    party: self.formula(line, ("red_lines", party))
                    for party, line in self.entries(form.red_lines, "red_lines")
                }
            ),
            one_way=self.read_one_way(),
            forbidden_moves=self.read_forbidden_moves(),
            coalesced=tuple(
                self.formula(told, ("coalesced", k)) for k, told in self.items(form.coalesced, ("coalesced",))
            ),
            status_quo=None if form.status_quo is None else frozenset(self.options(form.status_quo, ("status_quo",))),
            preferences=self.read_preferences(),
            labels=FrozenMap(dict(self.entries(form.labels, "labels"))),
            open_questions=opened.questions(self),
            exclusions=opened.exclusions(self),
            claims=self.read_claims(),
            sources=FrozenMap(
                {id: Source(**dict(source)) if source else Source() for id, source in form.sources.items()}
            ),
            left_out=tuple(self.grounds(thing, path) for path, thing in self.each(form.left_out, "left_out")),
            accepted=tuple(self.accepted(thing) for _, thing in self.each(form.accepted, "accepted")),
            language=form.language,
            note=form.note,
            translations=FrozenMap(
                {
                    lang: FrozenMap(dict(self.entries(words, "translations", lang)))
                    for lang, words in self.entries(form.translations, "translations")
                }
            ),
        )

    def read_no_deal(self) -> NoDeal | None:
        told, path = self.form.no_deal, ("no_deal",)
        match told:
            case None | "drift" | "today":
                return told
            case str(word) if slip := self.point_slip(word):
                message = f"'{word}' cannot stand here; valid: drift, today, a list of yes options, a formula"
                self.report.add(path, "bad-value", message, slip)
                return None
            case str(formula):
                return self.formula(formula, path)
            case options:
                return frozenset(self.options(options, path))

    def point_slip(self, word: str) -> str | None:
        """Return which word was meant, where one stands that is nearly drift or today, and the name of nothing."""
        names = {
            *self.scope.outcomes,
            *self.scope.options,
            *(option.partition(".")[2] for option in self.scope.options),
        }
        return None if word.strip() in names else nearest(word.strip().lower(), ("drift", "today"))

    # ---- what stands in lists and mappings; an empty entry is a problem, told once ----

    def items(self, found: Iterable[T | None], path: Path) -> list[tuple[int, T]]:
        return self._filled(enumerate(found), path)

    def each(self, found: list[T | None], section: str) -> list[tuple[Path, T | None]]:
        """The entries of a list that other things count: one that is empty keeps its place."""
        filled = dict(self.items(found, (section,)))
        self.report.void.update((section, k) for k in range(len(found)) if k not in filled)
        return [((section, k), filled.get(k)) for k in range(len(found))]

    def entries(self, found: dict[str, T | None], *path: str) -> list[tuple[str, T]]:
        return self._filled(found.items(), path)

    def _filled(self, found: Iterable[tuple[Any, T | None]], path: Path) -> list[tuple[Any, T]]:
        filled = []
        for step, value in found:
            if value is not None:
                filled.append((step, value))
            elif not self.report.touched(*path, step):
                self.report.add(
                    (*path, step), "empty", "nothing stands here", "write something, or leave the entry out"
                )
        return filled

    # ---- texts with a language of their own ----

    def read(self, text: str, path: Path, parse: Callable[[str, Scope], T]) -> T | None:
        if (parse, text) not in self.texts:
            try:
                self.texts[parse, text] = parse(text, self.scope)
            except LanguageError as error:
                self.texts[parse, text] = error
        found = self.texts[parse, text]
        if not isinstance(found, LanguageError):
            return found
        for fault in found.faults:
            self.report.within(path, fault.offset, fault.code, fault.message, fault.hint)
        return None

    def changes(self, texts: list[str | None], path: Path) -> tuple[Change, ...]:
        found = [self.read(text, (*path, k), parse_changes) for k, text in self.items(texts, path)]
        return tuple(change for several in found if several for change in several)

    def reading(self, name: str, path: Path) -> str:
        return name if name == BASE else self.named(path, lambda scope: scope.find_reading(name, 0))

    def formula(self, text: str, path: Path) -> Formula:
        return self.read(text, path, parse_formula) or TRUE

    def option(self, name: str, path: Path) -> str | None:
        return self.named(path, lambda scope: scope.find_option(name, 0))

    def named(self, path: Path, find: Callable[[Scope], T]) -> T:
        """Look something up, and report what the scope says is wrong with it."""
        found = find(self.scope)
        for fault in self.scope.faults:
            self.report.add(path, fault.code, fault.message, fault.hint)
        self.scope.faults.clear()
        return found

    def options(self, names: Iterable[str | None], path: Path) -> list[str]:
        found = [self.option(name, (*path, k)) for k, name in self.items(names, path)]
        return [option for option in found if option]

    def grounds(self, form: GroundedForm | None, path: Path) -> Grounds:
        if form is None:
            return BARE
        cited = []
        for k, text in self.items(form.source, (*path, "source")):
            match = _CITATION.fullmatch(text)
            if match:
                cited.append(Citation(match[1], match[2]))
            else:
                hint = "write id, id ¶3, id ¶3-5 or id p. 12; several as a list: [id ¶3, id ¶7]"
                self.report.add((*path, "source", k), "bad-citation", f"'{text}' is no reference to a source", hint)
        return Grounds(says=form.says, source=tuple(cited), assumed=form.assumed, note=form.note)

    def statement(self, text: str, path: Path) -> StatementRef | None:
        match = _STATEMENT.fullmatch(text)
        if not match:
            hint = "write the party and the number of its statement, such as 'usa 2'"
            self.report.add(path, "syntax", f"'{text}' is no statement", hint)
            return None
        return StatementRef(self.named(path, lambda scope: scope.find_party(match[1], 0)), int(match[2]))

    # ---- sections ----

    def read_parties(self) -> tuple[Party, ...]:
        parties = []
        for id, party in self.form.parties.items():
            path: Path = ("parties", id)
            options = party.options.items() if party else ()
            read = [
                Option(f"{id}.{name}", self.grounds(form, (*path, "options", name)), form.says_no if form else None)
                for name, form in options
            ]
            name, called, plural = (party.name, party.called_, party.plural) if party else (None, None, None)
            plural = tuple(plural) if isinstance(plural, list) else plural
            parties.append(Party(id, name, tuple(read), self.grounds(party, path), called, plural))
        return tuple(parties)

    def read_outcomes(self) -> tuple[Outcome, ...]:
        given = dict(self.entries(self.form.outcomes, "outcomes"))
        read = []
        for name in self.form.outcomes:  # one that cannot be read keeps its name, for those who use it
            form, path = given.get(name), ("outcomes", name)
            formula = self.formula(form.holds, (*path, "holds")) if form else TRUE
            read.append(Outcome(name, formula, self.grounds(form, path)))
        return tuple(read)

    def read_plans(self) -> tuple[Plan, ...]:
        read = []
        for name, form in self.entries(self.form.plans, "plans"):
            path = ("plans", name)
            ties = tuple(id for _, id in self.items(form.commitments, (*path, "commitments")))
            fixed = tuple(self.options(form.fixed, (*path, "fixed")))
            read.append(Plan(name, self.formula(form.holds, (*path, "holds")), self.grounds(form, path), ties, fixed))
        return tuple(read)

    def read_commitments(self) -> tuple[Commitment, ...]:
        read = []
        for name, form in self.entries(self.form.commitments, "commitments"):
            path: Path = ("commitments", name)
            party = self.named((*path, "party"), lambda scope, form=form: scope.find_party(form.party, 0))
            when = self.formula(form.when, (*path, "when"))
            then = [self.value(told, (*path, "then", k)) for k, told in self.items(form.then, (*path, "then"))]
            then = tuple(value for value in then if value is not None)
            read.append(Commitment(name, party, when, then, self.grounds(form, path)))
        return tuple(read)

    def value(self, told: str, path: Path) -> tuple[str, bool] | None:
        """Read an option with what it becomes: yes, or after ``not`` no."""
        match self.read(told, path, parse_formula):
            case OptionAtom(option):
                return option, True
            case Not(OptionAtom(option)):
                return option, False
            case None:
                return None
        message = f"'{told}' is no option, with or without 'not'"
        self.report.add(path, "wrong-type", message, "name options, one an entry: [europe.fights, not europe.trades]")
        return None

    def read_rules(self) -> tuple[Rule, ...]:
        return tuple(self.rule(form, path) for path, form in self.each(self.form.rules, "rules"))

    def rule(self, form: RuleForm | None, path: Path) -> Rule:
        kind = self.one_kind(form, path) if form else None
        if form is None or kind is None:
            return FormulaRule("always", TRUE)
        grounds, given = self.grounds(form, path), getattr(form, kind)
        if kind in {"exactly_one", "at_most_one"}:
            choice = cast(Literal["exactly_one", "at_most_one"], kind)
            return ChoiceRule(choice, tuple(self.options(given, (*path, kind))), grounds)
        formula = self.read(given, (*path, kind), parse_formula)
        return (
            FormulaRule(cast(Literal["never", "always"], kind), formula, grounds)
            if formula
            else FormulaRule("always", TRUE)
        )

    def one_kind(self, form: RuleForm | PreferenceForm | OpenForm, path: Path) -> str | None:
        """The one key that says of which kind an entry is; a report when there is none or more than one."""
        given = [kind for kind in form.kinds if kind in form.model_fields_set and getattr(form, kind) is not None]
        if len(given) == 1:
            return given[0]
        if not self.report.touched(*path) or given:
            message = f"only one of {', '.join(given)} can stand here" if given else f"{form.called} needs one more key"
            self.report.add(path, "one-of", message, f"write one of {', '.join(form.kinds)}")
        return None

    def read_one_way(self) -> tuple[OneWay, ...]:
        read = []
        for name, form in self.entries(self.form.one_way, "one_way"):
            path: Path = ("one_way", name)
            if option := self.option(name, path):
                read.append(OneWay(option, form.direction, self.grounds(form, path)))
        return tuple(read)

    def read_forbidden_moves(self) -> tuple[ForbiddenMove, ...]:
        return tuple(
            self.forbidden_move(form, path) for path, form in self.each(self.form.forbidden_moves, "forbidden_moves")
        )

    def forbidden_move(self, form: ForbiddenMoveForm | None, path: Path) -> ForbiddenMove:
        if form is None:
            return ForbiddenMove("", TRUE, TRUE)
        party = self.named((*path, "party"), lambda scope: scope.find_party(form.party, 0))
        source, target = self.formula(form.from_, (*path, "from")), self.formula(form.to, (*path, "to"))
        return ForbiddenMove(party, source, target, self.grounds(form, path))

    def read_preferences(self) -> FrozenMap[str, Preference]:
        read: dict[str, Preference] = {}
        for party, form in self.entries(self.form.preferences, "preferences"):
            path: Path = ("preferences", party)
            self.named(path, lambda scope, party=party: scope.find_party(party, 0))
            match self.one_kind(form, path):
                case "priorities":
                    read[party] = self.priorities(form, (*path, "priorities"))
                case "ranking":
                    groups = [
                        self.group(group, (*path, "ranking", k))
                        for k, group in self.items(form.ranking, (*path, "ranking"))
                    ]
                    read[party] = Ranking(tuple(groups))
                case "weights":
                    read[party] = self.weights(form, (*path, "weights"))
        return FrozenMap(read)

    def priorities(self, form: PreferenceForm, path: Path) -> Priorities:
        self.items(form.priorities, path)
        levels: list[list[Statement]] = []
        for k, entry in enumerate(form.priorities):  # one that cannot be read keeps its number
            if isinstance(entry, list) and len(entry) > 1:
                self.items(entry, (*path, k))
                levels.append([self.wish(wish, (*path, k, n)) for n, wish in enumerate(entry)])
            else:
                levels.append([self.wish(entry[0] if isinstance(entry, list) else entry, (*path, k))])
        return Priorities.of(levels)

    def wish(self, form: StatementForm | None, path: Path) -> Statement:
        return Statement(self.formula(form.holds, (*path, "holds")) if form else TRUE, self.grounds(form, path))

    def group(self, tokens: Iterable[str | None], path: Path) -> tuple[str, ...]:
        size = len(self.scope.options)
        states: list[str] = []
        for k, token in self.items(tokens, path):
            if is_bits(token, size):
                states.append(token)
            elif token in self.states:
                states.extend(self.states[token])
            elif set(token) <= {"0", "1"}:
                message = f"'{token}' has {len(token)} characters, and the model has {size} options"
                self.report.add((*path, k), "bad-bits", message, f"a state is {size} characters of 0 and 1")
            else:
                hint = f"a state is its {size} bits, or a label of the file"
                self.report.add((*path, k), "unknown-state", f"there is no state '{token}'", hint)
        return tuple(states)

    def weights(self, form: PreferenceForm, path: Path) -> Weights:
        read: dict[str, Decimal] = {}
        for name, number in self.entries(form.weights, *cast(tuple[str, ...], path)):
            at = (*path, name)
            option = self.option(name, at)
            if len(number) > MAX_NUMBER or not _NUMBER.fullmatch(number):
                message = f"'{number[:MAX_NUMBER]}' is no decimal number of at most {MAX_NUMBER} characters"
                self.report.add(at, "bad-number", message, "write it like 2.5 or -3")
            elif option in read:
                self.report.add(
                    at, "duplicate-option", f"option '{option}' has a weight already", "keep one of the two"
                )
            elif option:
                read[option] = Decimal(number)
        return Weights(FrozenMap(read))

    def decimal(self, number: str, path: Path) -> Decimal | None:
        if len(number) <= MAX_NUMBER and _NUMBER.fullmatch(number):
            return Decimal(number)
        message = f"'{number[:MAX_NUMBER]}' is no chance"
        self.report.add(path, "bad-chance", message, "write a number from 0 to 1, like 0.3")
        return None

    def accepted(self, form: AcceptedForm | None) -> Accepted:
        return Accepted(form.doubt, form.at, form.because) if form else Accepted("", "", "")

    def read_claims(self) -> tuple[Claim, ...]:
        return tuple(self.claim(form, path) for path, form in self.each(self.form.claims, "claims"))

    def claim(self, form: ClaimForm | None, path: Path) -> Claim:
        if form is None:
            return Claim("", ())
        checks = [
            self.read(text, (*path, "check", k), parse_check) for k, text in self.items(form.check, (*path, "check"))
        ]
        repeats = [
            self.statement(text, (*path, "repeats", k)) for k, text in self.items(form.repeats, (*path, "repeats"))
        ]
        because = [
            self.read(text, (*path, "because", k), parse_cause)
            for k, text in self.items(form.because, (*path, "because"))
        ]
        across = [
            tuple(self.reading(name, (*path, "across", k, n)) for n, name in self.items(group, (*path, "across", k)))
            for k, group in self.items(form.across, (*path, "across"))
        ]
        shown = [self.formula(text, (*path, "show", k)) for k, text in self.items(form.show, (*path, "show"))]
        return Claim(
            id=form.id,
            checks=tuple(check for check in checks if check),
            who=form.who,
            repeats=tuple(ref for ref in repeats if ref),
            across=tuple(across),
            show=tuple(shown),
            answers_to=form.answers_to,
            grounds=self.grounds(form, path),
            because=tuple(cause for cause in because if cause),
        )


def _open_names(form: ModelForm) -> list[Question]:
    """Return the questions of a file by name alone, for whoever names an answer; of the older form, the readings."""
    names = [(id, [id]) for id in form.readings]
    names += [(id, [*asked.answers]) for id, asked in form.open.items() if asked]
    return [Question(id, tuple(map(Answer, answers))) for id, answers in names]
