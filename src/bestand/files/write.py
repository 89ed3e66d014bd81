"""A model as a file: first as dicts, lists and texts, then as YAML in one canonical way."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bestand.model.causes import cause_text
from bestand.model.errors import ModelError, Problem
from bestand.model.formula import text
from bestand.model.model import FORMAT_VERSION, Model
from bestand.model.open_questions import Answer, AtMostOne, Question
from bestand.model.validate import validated
from bestand.model.values import (
    ChoiceRule,
    Claim,
    Commitment,
    ForbiddenMove,
    Grounds,
    OneWay,
    Option,
    Party,
    Plan,
    Preference,
    Priorities,
    Ranking,
    Rule,
    Source,
)
from bestand.model.wording import change_text, check_text, statement_text, value_text

if TYPE_CHECKING:
    import yaml

WIDTH = 110


class Inline(list[Any]):
    """A list that is written on one line, in brackets."""


def dumps(model: Model) -> str:
    """The text of a model, in the order and form of the documentation; reading it back gives an equal model.

    Raises
    ------
    ModelError
        When the model is not valid: such a text could not be read back.

    Examples
    --------
    >>> from bestand.model.values import Option, Party
    >>> print(dumps(Model("Dam", (Party("up", options=(Option("up.release"),)),))))
    bestand: 1
    title: Dam
    parties:
      up:
        options:
          release: {}
    <BLANKLINE>
    """
    import yaml

    data = as_data(validated(model))
    try:
        return yaml.dump(
            data, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False
        )
    except UnicodeEncodeError as error:
        message = f"character U+{ord(error.object[error.start]):04X} cannot stand in a text file"
        raise ModelError([Problem(0, 0, "bad-character", "error", message)]) from error


def _dumper() -> type[yaml.SafeDumper]:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Lists indented below their key, no aliases, and quotes that keep every character."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def write_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=_style(value))

    def write_inline(dumper: yaml.SafeDumper, value: Inline) -> yaml.SequenceNode:
        return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)

    Dumper.add_representer(str, write_text)
    Dumper.add_representer(Inline, write_inline)
    return Dumper


def _style(value: str) -> str | None:
    """How to write a text: as a block when it has several simple lines, escaped when anything in it might be lost."""
    value.encode()  # half a character, as Python texts may hold, is no text
    lines = value.split("\n")
    if all(line.isprintable() for line in lines):
        if len(lines) == 1:
            return None
        if all(line == line.rstrip() for line in lines) and lines[0] and not lines[0].startswith(" "):
            return "|"
    return '"'


def as_data(model: Model) -> dict[str, Any]:
    """A model as its file has it: dicts, lists, texts, and truth values."""
    preferences = {party: _preference(wish) for party, wish in model.preferences.items()}
    return {
        "bestand": FORMAT_VERSION,
        "title": model.title,
        **_given(language=model.language, note=model.note),
        **_filled(
            sources={id: _source(source) for id, source in model.sources.items()},
        ),
        "parties": {party.id: _party(party) for party in model.parties},
        **_filled(
            rules=[_rule(rule) for rule in model.rules],
            outcomes={o.name: _short({"holds": text(o.formula), **_grounds(o.grounds)}) for o in model.outcomes},
            plan=None if model.plan is None or _first(model) else text(model.plan),
            plans={plan.id: _plan(plan) for plan in model.plans},
            commitments={each.id: _commitment(each) for each in model.commitments},
            consent=list(model.consent),
        ),
        **_given(no_deal=_no_deal(model)),
        **_filled(
            red_lines={party: text(line) for party, line in model.red_lines.items()},
            one_way={move.option: _one_way(move) for move in model.one_way},
            forbidden_moves=[_forbidden_move(move) for move in model.forbidden_moves],
            coalesced=[text(formula) for formula in model.coalesced],
        ),
        **({} if model.status_quo is None else {"status_quo": Inline(_ordered(model))}),
        **_filled(
            preferences=preferences,
            labels=dict(model.labels),
            open={question.id: _question(question) for question in model.open_questions},
            exclusions=[_exclusion(exclusion) for exclusion in model.exclusions],
            claims=[_claim(claim) for claim in model.claims],
            left_out=[_grounds(thing) for thing in model.left_out],
            accepted=[dataclasses.asdict(entry) for entry in model.accepted],
            translations={lang: dict(words) for lang, words in model.translations.items()},
        ),
    }


def _first(model: Model) -> bool:
    """Return whether the plan that is meant is the first of several, which a file need not say."""
    return bool(model.plans) and model.plan == model.plans[0].formula


def _no_deal(model: Model) -> Any:
    match model.no_deal:
        case None | str():
            return model.no_deal
        case frozenset() as yes:
            return Inline([option.id for option in model.options if option.id in yes])
        case formula:
            return text(formula)


def _given(**entries: Any) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value is not None}


def _filled(**entries: Any) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value}


def _short(entry: dict[str, Any]) -> Any:
    """An entry with one key only, by its value alone."""
    return next(iter(entry.values())) if len(entry) == 1 else entry


def _one_or_list(entries: Sequence[Any]) -> Any:
    return entries[0] if len(entries) == 1 else list(entries)


def _ordered(model: Model) -> list[str]:
    yes = model.status_quo or frozenset()
    return sorted(yes, key=lambda option: model.bit[option])


def _grounds(grounds: Grounds) -> dict[str, Any]:
    source = [str(citation) for citation in grounds.source]
    return {
        **_given(says=grounds.says),
        **({"source": source[0] if len(source) == 1 else Inline(source)} if source else {}),
        **({"assumed": True} if grounds.assumed else {}),
        **_given(note=grounds.note),
    }


def _source(source: Source) -> dict[str, Any]:
    return _given(**{name: getattr(source, name) for name in Source.__dataclass_fields__})


def _party(party: Party) -> dict[str, Any]:
    options = {option.name: _option(option) for option in party.options}
    plural = Inline(party.plural) if isinstance(party.plural, tuple) else party.plural
    return {
        **_given(name=party.name, called=party.called, plural=plural),
        **_grounds(party.grounds),
        "options": options,
    }


def _option(option: Option) -> dict[str, Any]:
    grounds = _grounds(option.grounds)
    return {**_given(says=grounds.pop("says", None), says_no=option.says_no), **grounds}


def _rule(rule: Rule) -> dict[str, Any]:
    said: Any = Inline(rule.options) if isinstance(rule, ChoiceRule) else text(rule.formula)
    return {rule.kind: said, **_grounds(rule.grounds)}


def _plan(plan: Plan) -> Any:
    ties = {key: Inline(names) for key, names in (("commitments", plan.commitments), ("fixed", plan.fixed)) if names}
    return _short({"holds": text(plan.formula), **ties, **_grounds(plan.grounds)})


def _commitment(tie: Commitment) -> dict[str, Any]:
    then = Inline(map(value_text, tie.then))
    return {"party": tie.party, "when": text(tie.when), "then": then, **_grounds(tie.grounds)}


def _one_way(move: OneWay) -> Any:
    return _short({"direction": move.direction, **_grounds(move.grounds)})


def _forbidden_move(move: ForbiddenMove) -> dict[str, Any]:
    return {"party": move.party, "from": text(move.source), "to": text(move.target), **_grounds(move.grounds)}


def _preference(wish: Preference) -> dict[str, Any]:
    match wish:
        case Priorities():
            levels = (
                [_short({"holds": text(s.formula), **_grounds(s.grounds)}) for s in level] for level in wish.by_level
            )
            return {"priorities": [level[0] if len(level) == 1 else _level(level) for level in levels]}
        case Ranking(groups):
            return {"ranking": Inline(group[0] if len(group) == 1 else Inline(group) for group in groups)}
        case _:
            return {"weights": {option: f"{weight:f}" for option, weight in wish.weights.items()}}


def _level(wishes: list[Any]) -> list[Any]:
    """Wishes that stand level: on one line where each is no more than a formula."""
    return Inline(wishes) if all(isinstance(wish, str) for wish in wishes) else wishes


def _question(question: Question) -> dict[str, Any]:
    return {**_grounds(question.grounds), "answers": {answer.id: _answer(answer) for answer in question.answers}}


def _answer(answer: Answer) -> dict[str, Any]:
    changes = [change_text(change) for change in answer.changes]
    return {
        **_grounds(answer.grounds),
        **({"change": _one_or_list(changes)} if changes else {}),
        **_given(chance=None if answer.chance is None else f"{answer.chance:f}"),
    }


def _exclusion(exclusion: AtMostOne) -> dict[str, Any]:
    return {"at_most_one": Inline(exclusion.readings), **_grounds(exclusion.grounds)}


def _claim(claim: Claim) -> dict[str, Any]:
    grounds = _grounds(claim.grounds)
    return {
        "id": claim.id,
        **_given(who=claim.who),
        **grounds,
        "check": _one_or_list([check_text(check) for check in claim.checks]),
        **_listed("repeats", map(statement_text, claim.repeats)),
        **_listed("because", map(cause_text, claim.because)),
        **_filled(across=[Inline(alternatives) for alternatives in claim.across]),
        **_listed("show", (text(formula) for formula in claim.show)),
        **_given(answers_to=claim.answers_to),
    }


def _listed(key: str, values: Iterable[str]) -> dict[str, Any]:
    values = list(values)
    return {key: _one_or_list(values)} if values else {}
