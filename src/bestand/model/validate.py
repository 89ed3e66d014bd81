"""What can be wrong with a model, found without enumerating its states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from itertools import islice
from math import prod
from typing import Any

from .accepting import accepted_faults
from .description import Described, Description
from .errors import MAX_SUGGESTIONS, ModelError, Severity, nearest
from .fault import ModelFault, Path
from .formula import RESERVED, And, Formula, Or, OutcomeAtom, atoms, parts, text
from .ids import is_id
from .language import MAX_BRACKETS, MAX_DEPTH
from .mentions import Mention, mentions
from .scope import is_bits
from .sentences import OPENING_WORDS, StatementRef
from .tied import tied_faults
from .translating import translation_faults
from .truth import broken_rules, circles, in_order
from .undecided import BASE, across_faults, open_faults
from .values import ChoiceRule, Claim, FormulaRule, Grounds, Priorities, Ranking, Rule, Weights

PLACE = re.compile(r"(?:¶|p\. )[0-9]{1,9}(?:-[0-9]{1,9})?")
MAX_LEVELS = 500  # of a formula with the outcomes in it written out, well below Python's own limit
MAX_NUMBER = 40  # characters of a weight, sign and point included
HARMLESS = {"unknown-source", "bad-citation", "unknown-key"}  # errors that leave what the model says as it is
MOST_COMBINED = 256  # combinations of readings in one claim


def validated(model: Described) -> Described:
    """The model itself, when nothing is wrong with it.

    Raises
    ------
    ModelError
        With every fault; places are line 0, column 0.

    Examples
    --------
    >>> from bestand.model.values import Party
    >>> validated(Description("Dam", (Party("up"),))).title
    'Dam'
    """
    problems = [fault.problem() for fault in faults(model)]
    if any(problem.severity == "error" for problem in problems):
        raise ModelError(problems)
    return model


def faults(model: Description) -> list[ModelFault]:
    """Everything that is wrong or doubtful with a model and needs no enumeration of its states.

    Examples
    --------
    >>> [fault.code for fault in faults(Description("Dam", ()))]
    ['no-parties']
    """
    checker = Checker(model)
    checker.names()
    checker.outcomes()
    checker.terms()
    checker.rules()
    checker.moves()
    checker.states()
    tied_faults(checker)
    checker.preferences()
    checker.labels()
    open_faults(checker)
    checker.claims()
    checker.texts()
    accepted_faults(checker)
    return checker.found


class Checker:
    """Collects the faults of one model, section by section."""

    def __init__(self, model: Description) -> None:
        self.model = model
        self.found: list[ModelFault] = []
        self.size = len(model.options)
        self.levels: dict[str, int] = {}  # of every outcome, once it is known that they go in no circle
        self.statements = {
            party: len(wish.statements) if isinstance(wish, Priorities) else 0
            for party, wish in model.preferences.items()
        }

    def add(self, path: Path, code: str, message: str, hint: str | None = None, severity: Severity = "error") -> None:
        self.found.append(ModelFault(path, code, message, hint, severity))

    # ---- ids ----

    def names(self) -> None:
        model = self.model
        if not model.parties:
            self.add(("parties",), "no-parties", "there are no parties", "name at least one party")
        self.once(("parties",), "party", [party.id for party in model.parties])
        for party in model.parties:
            path: Path = ("parties", party.id)
            self.id(path, "party", party.id)
            self.grounds(path, party.grounds)
            self.once((*path, "options"), "option", [option.id for option in party.options])
            for option in party.options:
                at = (*path, "options", option.name)
                if option.party != party.id:
                    self.add(at, "bad-id", f"option '{option.id}' of party '{party.id}' must be called '{party.id}.…'")
                self.id(at, "option", option.name)
                self.grounds(at, option.grounds)
        for source in model.sources:
            self.id(("sources", source), "source", source)

    def id(self, path: Path, what: str, name: str, *, dashes: bool = False) -> None:
        if not is_id(name, dashes=dashes):
            also = ", _ and -" if dashes else " and _"
            message = f"'{name}' cannot be the id of a{'n' if what[0] in 'aeiou' else ''} {what}"
            self.add(path, "bad-id", message, f"an id is letters, digits{also}, and does not begin with a digit")
        elif name in RESERVED and what in {"party", "option", "outcome", "plan"}:
            self.add(
                path,
                "reserved-word",
                f"'{name}' is a word of formulas, and cannot be the id of {'an' if what[0] in 'aeiou' else 'a'} {what}",
            )
        elif name in OPENING_WORDS and what == "party":
            self.add(path, "reserved-word", f"'{name}' begins sentences about a model, and cannot be the id of a party")

    def once(self, path: Path, what: str, ids: Iterable[str]) -> None:
        for name, count in Counter(ids).items():
            if count > 1:
                step = name.partition(".")[2] if what == "option" else name
                self.add((*path, step), "duplicate-id", f"{what} '{name}' is given {count} times")

    def known(self, path: Path, what: str, name: str, names: Collection[str]) -> bool:
        if name in names:
            return True
        hint = nearest(name, names) if len(self.found) < MAX_SUGGESTIONS else None
        hint = hint or (f"known: {', '.join(islice(names, 8))}" if names else None)
        self.add(path, f"unknown-{what}", f"there is no {what} '{name}'", hint)
        return False

    def reading(self, path: Path, name: str) -> None:
        if name not in self.model.reading:  # what is as the file has it is no help
            self.known(path, "reading", name, [reading.id for reading in self.model.readings])

    def grounds(self, path: Path, grounds: Grounds) -> None:
        for k, citation in enumerate(grounds.source):
            at = (*path, "source", k)
            self.known(at, "source", citation.source, self.model.sources)
            if citation.place is not None and not PLACE.fullmatch(citation.place):
                self.add(at, "bad-citation", f"'{citation.place}' is no place in a source", "write ¶3, ¶3-5 or p. 12")

    # ---- formulas ----

    def sentence(self, path: Path, sentence: Any) -> None:
        """Check all that a formula, change or check mentions, each name once (formulas may be too deep to compare)."""
        seen: set[Mention] = set()
        for mention in mentions(sentence):
            if mention.kind == "formula":
                self.shape(path, mention.what)
            elif mention not in seen:
                seen.add(mention)
                self.mention(path, mention)

    def mention(self, path: Path, mention: Mention) -> None:
        model, what = self.model, mention.what
        match mention.kind:
            case "option" | "outcome" | "party" | "commitment" as kind:
                names = {"option": model.bit, "outcome": model.outcome, "party": model.party}
                self.known(path, kind, what, names.get(kind, model.commitment))
            case "reading":
                self.reading(path, what)
            case "statement":
                self.statement(path, what)
            case "wishes":
                if self.known(path, "party", what, model.party) and isinstance(
                    model.preferences.get(what), Ranking | Weights
                ):
                    self.add(path, "no-priorities", f"party '{what}' has no priorities to add a wish to")
            case "rule":
                if not 1 <= what <= len(model.rules):
                    self.add(path, "unknown-rule", f"there is no rule {what}", f"the file has {len(model.rules)}")
            case "pair":
                if what[0].party != what[1].party:
                    self.add(path, "two-parties", "statements of two parties cannot change places with each other")
            case "state":
                if not is_bits(what, self.size) and what not in model.labels.values():
                    hint = f"a state is its {self.size} bits, or a label of the file"
                    self.add(path, "unknown-state", f"there is no state '{what}'", hint)
            case "status quo":
                if model.status_quo is None:
                    self.add(path, "no-status-quo", "this needs a status quo, and there is none", "add status_quo: […]")
            case "plan":
                if model.plan is None:
                    self.add(path, "no-plan", "deals are deals in a plan, and there is none", "add plan: FORMULA")
            case "options":
                if not model.options:
                    self.add(path, "no-options", "nobody can sign anything: no party has an option")

    def shape(self, path: Path, formula: Formula) -> None:
        """Whether a formula can be read back and worked with: joins of fewer than two terms and deep ones cannot."""
        depth, levels, thin = measured(formula, self.levels)
        if thin:
            self.add(path, "bad-formula", "'and' and 'or' join two terms or more")
        elif depth > MAX_DEPTH + 1 or (depth > MAX_BRACKETS and _brackets(text(formula)) > MAX_BRACKETS):
            self.add(path, "too-deep", "the formula nests too deeply", "name parts of it as outcomes")
        elif levels > MAX_LEVELS:
            self.add(path, "too-deep", f"with its outcomes written out, the formula nests deeper than {MAX_LEVELS}")

    def statement(self, path: Path, ref: StatementRef) -> None:
        if not self.known(path, "party", ref.party, self.model.party):
            return
        count = self.statements.get(ref.party, 0)
        if not count:
            self.add(path, "no-priorities", f"party '{ref.party}' has no priorities to speak of")
        elif not 1 <= ref.number <= count:
            message = f"party '{ref.party}' has no statement {ref.number}"
            self.add(path, "unknown-statement", message, f"its priorities count from 1 to {count}")

    # ---- sections ----

    def outcomes(self) -> None:
        model = self.model
        self.once(("outcomes",), "outcome", [outcome.name for outcome in model.outcomes])
        owners = {option.name: option.id for option in model.options}
        for outcome in model.outcomes:
            path: Path = ("outcomes", outcome.name)
            self.id(path, "outcome", outcome.name)
            if outcome.name in owners:
                message = f"outcome '{outcome.name}' has the name of option '{owners[outcome.name]}'"
                self.add(path, "name-clash", message, "give the outcome another name")
            if outcome.name in model.party:
                message = f"outcome '{outcome.name}' has the name of a party"
                self.add(path, "name-clash", message, "give the outcome another name")
            self.sentence((*path, "holds"), outcome.formula)
            self.grounds(path, outcome.grounds)
        found = self.circles()
        for circle in found:
            message = f"the outcomes go in a circle: {' → '.join((*circle, circle[0]))}"
            self.add(("outcomes", circle[0], "holds"), "circular-outcomes", message)
        if not any(fault.path[0] == "outcomes" and fault.code not in HARMLESS for fault in self.found):
            self.chains()
        self.plans()

    def plans(self) -> None:
        """Check the plans; one that is given by itself and is one of several is looked at as that one."""
        model = self.model
        self.once(("plans",), "plan", [plan.id for plan in model.plans])
        for plan in model.plans:
            path: Path = ("plans", plan.id)
            self.id(path, "plan", plan.id)
            self.sentence((*path, "holds"), plan.formula)
            self.grounds(path, plan.grounds)
            other = model.outcome[plan.id].formula if plan.id in model.outcome else None
            if other is not None and plan.formula not in (other, OutcomeAtom(plan.id)):
                message = f"plan '{plan.id}' has the name of an outcome, and asks for something else"
                self.add(path, "name-clash", message, "give the plan another name")
            if any(plan.id in (option.id, option.name) for option in model.options):
                self.add(path, "name-clash", f"plan '{plan.id}' has the name of an option", "give it another name")
        if model.plan_meant is None:
            self.sentence(("plan",), model.plan)

    def terms(self) -> None:
        """Check who has a say in a deal, what it is compared with, and what is refused whatever else is offered."""
        model = self.model
        for k, party in enumerate(model.consent):
            self.known(("consent", k), "party", party, model.party)
            if party in model.consent[:k]:
                self.add(("consent", k), "repeated", f"party '{party}' stands here twice", "leave one of them out")
        for party, line in model.red_lines.items():
            self.known(("red_lines", party), "party", party, model.party)
            self.sentence(("red_lines", party), line)
        if not isinstance(model.no_deal, (frozenset, str)):  # a state is looked at once the rules are
            self.sentence(("no_deal",), model.no_deal)

    def chains(self) -> None:
        """Return how deep every outcome is with those it uses written out: every engine nests as many calls."""
        for name in in_order(self.model):
            self.levels[name] = measured(self.model.outcome[name].formula, self.levels)[1]
            if self.levels[name] > MAX_LEVELS:
                message = f"outcome '{name}' builds on others more than {MAX_LEVELS} levels deep"
                self.add(("outcomes", name, "holds"), "too-deep", message, "write some of them in full")
                return

    def circles(self) -> list[tuple[str, ...]]:
        def uses(name: str) -> list[str]:
            used = [atom.name for atom in atoms(self.model.outcome[name].formula) if isinstance(atom, OutcomeAtom)]
            return [other for other in dict.fromkeys(used) if other in self.model.outcome]

        return circles(self.model.outcome, uses)

    def rules(self) -> None:
        for k, rule in enumerate(self.model.rules):
            path: Path = ("rules", k, rule.kind)
            self.grounds(path[:2], rule.grounds)
            if isinstance(rule, FormulaRule):
                self.sentence(path, rule.formula)
                continue
            if not rule.options:
                self.add(path, "empty", "no options are named here")
            for option, count in Counter(rule.options).items():
                self.known(path, "option", option, self.model.bit)
                if count > 1:
                    self.add(path, "duplicate-option", f"option '{option}' is named {count} times")

    def moves(self) -> None:
        model = self.model
        self.once(("one_way",), "one-way option", [move.option for move in model.one_way])
        for move in model.one_way:
            self.known(("one_way", move.option), "option", move.option, model.bit)
            if move.direction not in {"to-yes", "to-no"}:
                message = f"'{move.direction}' is no direction"
                self.add(("one_way", move.option, "direction"), "bad-value", message, "write to-yes or to-no")
            self.grounds(("one_way", move.option), move.grounds)
        for k, ban in enumerate(model.forbidden_moves):
            path: Path = ("forbidden_moves", k)
            self.known((*path, "party"), "party", ban.party, model.party)
            self.sentence((*path, "from"), ban.source)
            self.sentence((*path, "to"), ban.target)
            self.grounds(path, ban.grounds)
        for k, formula in enumerate(model.coalesced):
            self.sentence(("coalesced", k), formula)

    def states(self) -> None:
        """Check the states that are named by what is yes in them: today, and the one that no deal leads to."""
        self.state("status_quo", self.model.status_quo, "the status quo", "change the rule, or what is yes today")
        if isinstance(self.model.no_deal, frozenset):
            hint = "change the rule, or what is yes without a deal; today, drift and a formula can stand here too"
            self.state("no_deal", self.model.no_deal, "the no-deal point", hint)

    def state(self, key: str, yes: frozenset[str] | None, what: str, hint: str) -> None:
        if yes is None:
            return
        for option in sorted(yes - self.model.bit.keys()):
            self.known((key,), "option", option, self.model.bit)
        needed = {"parties", "outcomes", "rules", key}
        errors = [fault for fault in self.found if fault.severity == "error" and fault.code not in HARMLESS]
        if any(fault.path[0] in needed for fault in errors):
            return  # rules cannot be put to a state while names are unknown or outcomes go in a circle
        for k in broken_rules(self.model, yes):
            message = f"{what} breaks rule {k + 1} ({rule_text(self.model.rules[k])})"
            self.add((key,), f"infeasible-{key.replace('_', '-')}", message, hint)

    def preferences(self) -> None:
        for party, wish in self.model.preferences.items():
            path: Path = ("preferences", party)
            self.known(path, "party", party, self.model.party)
            match wish:
                case Priorities():
                    self.priorities((*path, "priorities"), wish)
                case Ranking(groups):
                    self.ranking((*path, "ranking"), groups)
                case Weights(weights):
                    for option, weight in weights.items():
                        self.known((*path, "weights", option), "option", option, self.model.bit)
                        self.weight((*path, "weights", option), weight)

    def priorities(self, path: Path, wish: Priorities) -> None:
        numbers = [number for level in wish.levels for number in level]
        whole = all(len(level) > 1 and level == (*range(level[0], level[0] + len(level)),) for level in wish.levels)
        if not whole or sorted({*numbers} & {*range(1, len(wish.statements) + 1)}) != numbers:
            message = "level are two or more statements that stand beside each other, each in one level"
            self.add(path, "bad-levels", message, "make them with Priorities.of")
            wish = Priorities(wish.statements)
        for step, statement in zip(wish.paths, wish.statements, strict=True):
            at = (*path, *step)
            self.sentence((*at, "holds"), statement.formula)
            self.grounds(at, statement.grounds)

    def ranking(self, path: Path, groups: tuple[tuple[str, ...], ...]) -> None:
        for k, group in enumerate(groups):
            if not group:
                self.add((*path, k), "empty", "no state stands here")
            for state in group:
                if not is_bits(state, self.size):
                    self.add(
                        (*path, k),
                        "bad-bits",
                        f"'{state}' is no state",
                        f"a state is {self.size} characters of 0 and 1",
                    )

    def weight(self, path: Path, weight: Decimal) -> None:
        if not weight.is_finite() or abs(weight.adjusted()) > MAX_NUMBER or len(f"{weight:f}") > MAX_NUMBER:
            message = f"'{weight}' is no decimal number of at most {MAX_NUMBER} characters"
            self.add(path, "bad-number", message, "write it like 2.5 or -3")

    def labels(self) -> None:
        shorts = {name for option in self.model.options for name in (option.id, option.name)}
        for bits, label in self.model.labels.items():
            path: Path = ("labels", bits)
            if not is_bits(bits, self.size):
                self.add(path, "bad-bits", f"'{bits}' is no state", f"a state is {self.size} characters of 0 and 1")
            if is_bits(label, self.size) and label != bits:
                self.add(path, "bad-label", f"label '{label}' of state {bits} looks like the bits of another state")
            elif label != label.strip() or not label or "," in label or label == "status-quo":
                self.add(
                    path,
                    "bad-label",
                    f"'{label}' cannot label a state",
                    "a label is a short name or number, without commas",
                )
            elif label in shorts:
                self.add(path, "bad-label", f"label '{label}' of state {bits} is also the name of an option")

    def claims(self) -> None:
        ids = Counter(claim.id for claim in self.model.claims)
        for k, claim in enumerate(self.model.claims):
            self.id(("claims", k, "id"), "claim", claim.id, dashes=True)
            if ids[claim.id] > 1:
                self.add(("claims", k, "id"), "duplicate-id", f"claim '{claim.id}' is given {ids[claim.id]} times")
            self.claim(("claims", k), claim)

    def claim(self, path: Path, claim: Claim) -> None:
        if claim.who not in {None, "author", "reported", "ours"}:
            self.add((*path, "who"), "bad-value", f"'{claim.who}' cannot stand here", "write author, reported or ours")
        if not claim.checks:
            self.add((*path, "check"), "empty", f"claim '{claim.id}' checks nothing")
        for k, check in enumerate(claim.checks):
            self.sentence((*path, "check", k), check)
        for k, ref in enumerate(claim.repeats):
            self.statement((*path, "repeats", k), ref)
        for k, cause in enumerate(claim.because):
            self.sentence((*path, "because", k), cause)
        combinations = prod(len(alternatives) for alternatives in claim.across)
        if combinations > MOST_COMBINED:
            message = f"{combinations:,} combinations of readings; at most {MOST_COMBINED} are gone through"
            self.add((*path, "across"), "too-many", message)
        for k, alternatives in enumerate(claim.across):
            if not alternatives:
                self.add((*path, "across", k), "empty", "no reading stands here")
            for n, reading in enumerate(alternatives):
                if reading != BASE:
                    self.reading((*path, "across", k, n), reading)
        across_faults(self, (*path, "across"), claim.across)
        for k, formula in enumerate(claim.show):
            self.sentence((*path, "show", k), formula)
        if claim.answers_to is not None:
            self.known((*path, "answers_to"), "party", claim.answers_to, self.model.party)
        self.grounds(path, claim.grounds)

    def texts(self) -> None:
        if self.model.language not in {None, "en", "nl"}:
            self.add(("language",), "bad-value", f"'{self.model.language}' cannot stand here", "write en or nl")
        for k, grounds in enumerate(self.model.left_out):
            self.grounds(("left_out", k), grounds)
        translation_faults(self)


def rule_text(rule: Rule, most: int = 60) -> str:
    """A rule as the file has it, shortened.

    Examples
    --------
    >>> rule_text(ChoiceRule("at_most_one", ("up.a", "up.b")))
    'at_most_one: up.a, up.b'
    """
    said = ", ".join(rule.options) if isinstance(rule, ChoiceRule) else text(rule.formula)
    return f"{rule.kind}: {shortened(said, most)}"


def shortened(said: str, most: int = 60) -> str:
    """Return a text as far as a message quotes it."""
    return said if len(said) <= most else said[: most - 1] + "…"


def measured(formula: Formula, outcomes: Mapping[str, int]) -> tuple[int, int, bool]:
    """Return how many levels a formula has, as it stands and with known outcomes written out; and whether it is thin.

    A thin formula joins fewer than two terms somewhere.

    Examples
    --------
    >>> measured(OutcomeAtom("peace"), {"peace": 3})
    (1, 4, False)
    """
    level, depth, levels, thin = [formula], 0, 0, False
    while level and depth <= MAX_DEPTH + 1:
        depth += 1
        for part in level:
            thin = thin or (isinstance(part, And | Or) and len(part.terms) < 2)
            levels = max(levels, depth + (outcomes.get(part.name, 0) if isinstance(part, OutcomeAtom) else 0))
        level = [inner for part in level for inner in parts(part)]
    return depth, levels, thin


def _brackets(written: str) -> int:
    depth = deepest = 0
    for character in written:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest
