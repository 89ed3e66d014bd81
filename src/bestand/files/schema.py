"""The form of a model file: which keys there are and what stands under each.

The same declarations check a file and make the JSON Schema that editors use (`bestand.files.for_editors`). A short form
(a formula where a mapping could stand) is turned into the long one here, so that whoever reads a form meets one form
only.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bestand.model.accepting import DOUBTS
from bestand.model.translating import CODE

T = TypeVar("T")

_NOTHING = (None, "~", "null")  # empty, where a mapping or list is meant
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}
TAGS = _ALONE, _LEVEL = "\0alone", "\0level"  # steps of an error's place that no file has
_NO_ITEMS: list[Any] = []
_NO_ENTRIES: dict[str, Any] = {}
SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}  # what an editor sees and we read as text


def _mapping(value: Any) -> Any:
    return dict(_NO_ENTRIES) if value in _NOTHING else value


def _list(value: Any) -> Any:
    return list(_NO_ITEMS) if value in _NOTHING else value


def _questions(value: Any) -> Any:
    return dict(_NO_ENTRIES) if isinstance(value, list) else _mapping(value)  # a list is the older form


def _entries(value: Any) -> Any:
    return value if isinstance(value, list) else list(_NO_ITEMS)


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else [] if value is None else value


def _truth(value: Any) -> Any:
    if value is None:
        return False
    if isinstance(value, str) and value.lower() in _TRUTH:
        return _TRUTH[value.lower()]
    raise PydanticCustomError("truth", "neither yes nor no")


def _plural(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in _TRUTH:
        return _TRUTH[value.lower()]
    codes = [value] if isinstance(value, str) else value
    if isinstance(codes, list) and all(isinstance(code, str) and CODE.fullmatch(code) for code in codes):
        return codes
    if value is None or isinstance(value, bool):
        return value
    raise PydanticCustomError("truth", "neither yes nor no")


def _state_or_formula(value: Any) -> Any:
    for each in value if isinstance(value, list) else [value]:
        if not (each is None or isinstance(each, str)):
            raise PydanticCustomError("state_or_formula", "neither a text nor a list of texts")  # said once, not twice
    return value


Text = Annotated[str, WithJsonSchema(SCALAR)]
Texts = Annotated[
    list[str | None],
    BeforeValidator(_one_or_more),
    WithJsonSchema({"anyOf": [SCALAR, {"type": "array", "items": SCALAR}, {"type": "null"}]}),
]
Group = Annotated[
    list[str | None],
    BeforeValidator(_one_or_more),
    WithJsonSchema({"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]}),
]
Truth = Annotated[
    bool,
    BeforeValidator(_truth),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["boolean", "null"]},
                {"type": "string", "pattern": "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"},
            ]
        }
    ),
]
Plural = Annotated[
    bool | list[str] | None,
    BeforeValidator(_plural),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["boolean", "null"]},
                {
                    "type": "string",
                    "pattern": "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[a-z]{2,3})$",
                },
                {"type": "array", "items": {"type": "string", "pattern": "^[a-z]{2,3}$"}},
            ]
        }
    ),
]
Named = Annotated[dict[str, T | None], BeforeValidator(_mapping)]
Listed = Annotated[list[T | None], BeforeValidator(_list)]
ListedOrNot = Annotated[list[T | None] | None, BeforeValidator(_list)]  # one that is empty differs from none

StateOrFormula = Annotated[
    str | list[str | None] | None,
    BeforeValidator(_state_or_formula),
    WithJsonSchema({"anyOf": [SCALAR, {"type": "array", "items": SCALAR}, {"type": "null"}]}),
]


class Form(BaseModel):
    """A mapping of the file. ``called`` names it in messages; ``short`` is the key that a bare text stands for."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)
    called: ClassVar[str] = "a model"
    short: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _long(cls, value: Any) -> Any:
        if isinstance(value, str) and cls.short:
            return {cls.short: value}
        return _mapping(value)


class GroundedForm(Form):
    """What a thing means and where it comes from."""

    says: Text | None = Field(None, description="The thing in plain words.")
    source: Texts = Field(
        _NO_ITEMS, description="Where it is said: `id`, `id ¶3`, `id ¶3-5`, `id p. 12`, or a list of these."
    )
    assumed: Truth = Field(False, description="Yes where the analyst says it; with a source, it is inferred from that.")
    note: Text | None = Field(None, description="Anything a reader should know about it.")


class SourceForm(Form):
    """A text that the model rests on."""

    called = "a source"
    title: Text | None = Field(None, description="Its title.")
    author: Text | None = Field(None, description="Who wrote it.")
    published: Text | None = Field(None, description="Date or year.")
    publisher: Text | None = Field(None, description="Where it appeared.")
    url: Text | None = Field(None, description="Its address.")
    file: Text | None = Field(None, description="A file that holds it; it may be absent.")
    note: Text | None = Field(None, description="Anything a reader should know about it.")


class OptionForm(GroundedForm):
    """Something that a party can do or leave."""

    called = "an option"
    says_no: Text | None = Field(None, description="What it means that the option is not taken, in the same form.")


class PartyForm(GroundedForm):
    """A decision maker and the options that only it controls."""

    called = "a party"
    name: Text | None = Field(None, description="What to call it.")
    called_: Text | None = Field(
        None, alias="called", description="What to call it within a sentence, such as `the United States`."
    )
    plural: Plural = Field(
        None,
        description="Yes where its verbs are plural: `the Kosovo Serbs refuse`; or the languages in which they are.",
    )
    options: Named[OptionForm] = Field(
        _NO_ENTRIES, description="What it can do, by option id; the order is the order of the bits."
    )


class OutcomeForm(GroundedForm):
    """A formula with a name."""

    called = "an outcome"
    short = "holds"
    holds: Text = Field(description="The formula: options and outcomes joined by not, and, or, implies, iff.")


class PlanForm(GroundedForm):
    """One of several plans."""

    called = "a plan"
    short = "holds"
    holds: Text = Field(description="A formula: what the plan asks to hold.")
    commitments: Listed[Text] = Field(
        _NO_ITEMS, description="Commitments, by id, that are in force once the plan is signed, and not before."
    )
    fixed: Listed[Text] = Field(_NO_ITEMS, description="Options that nobody changes any more once the plan is signed.")


class CommitmentForm(GroundedForm):
    """An answer that a party has tied to an event, and that happens by itself."""

    called = "a commitment"
    party: Text = Field(description="Its owner.")
    when: Text = Field(description="The event: a formula.")
    then: Listed[Text] = Field(description="What happens: options of its owner, `not` before one that becomes no.")


class RuleForm(GroundedForm):
    """What cannot occur: one of never, always, exactly_one and at_most_one."""

    called = "a rule"
    kinds: ClassVar[tuple[str, ...]] = ("never", "always", "exactly_one", "at_most_one")
    never: Text | None = Field(None, description="No state satisfies this formula.")
    always: Text | None = Field(None, description="Every state satisfies this formula.")
    exactly_one: ListedOrNot[Text] = Field(None, description="Of these options exactly one is taken.")
    at_most_one: ListedOrNot[Text] = Field(None, description="Of these options at most one is taken.")


class OneWayForm(GroundedForm):
    """An option that can change in one direction only."""

    called = "a one-way option"
    short = "direction"
    direction: Literal["to-yes", "to-no"] = Field(description="The only direction in which it can change.")


class ForbiddenMoveForm(GroundedForm):
    """A single move that a party cannot make."""

    called = "a forbidden move"
    party: Text = Field(description="Who cannot make it.")
    from_: Text = Field(alias="from", description="A formula: where it begins.")
    to: Text = Field(description="A formula: where it ends.")


class StatementForm(GroundedForm):
    """One wish: the party would rather have the formula true than false."""

    called = "a statement"
    short = "holds"
    holds: Text = Field(description="The formula.")


def _is_level(value: Any) -> str:
    return _LEVEL if isinstance(value, list) else _ALONE


def _level(value: list[Any]) -> list[Any]:
    if not value:
        raise PydanticCustomError("empty_level", "a level without wishes")
    return value


def _no_level(value: Any) -> Any:
    if isinstance(value, list):
        raise PydanticCustomError("level_in_level", "a list in a level")
    return value


Level = Annotated[
    list[Annotated[StatementForm | None, BeforeValidator(_no_level)]], BeforeValidator(_level), Field(min_length=1)
]
# A mapping, or a text, is one statement; a list is a level of several.
StatementOrLevel = Annotated[
    Annotated[StatementForm | None, Tag(_ALONE)] | Annotated[Level, Tag(_LEVEL)], Discriminator(_is_level)
]


class PreferenceForm(Form):
    """What a party wants: one of priorities, ranking and weights."""

    called = "preferences"
    kinds: ClassVar[tuple[str, ...]] = ("priorities", "ranking", "weights")
    priorities: Annotated[list[StatementOrLevel], BeforeValidator(_list)] = Field(
        _NO_ITEMS,
        description="Formulas, the most important first; a list of some is a level: of these it counts how many hold.",
    )
    ranking: Listed[Group] = Field(
        _NO_ITEMS, description="Every feasible state once, best first, ties in brackets: bits or labels."
    )
    weights: Named[Text] = Field(
        _NO_ENTRIES, description="Decimal numbers by option; the sum over the options taken ranks a state."
    )


class AnswerForm(GroundedForm):
    """One answer to an open question: the model as the file has it, or a change of it."""

    called = "an answer"
    change: Texts = Field(
        _NO_ITEMS,
        description="Changes to the model, such as `usa 3 before usa 1`; none in the answer that the file has.",
    )
    chance: Text | None = Field(
        None, description="That it is right, from 0 to 1: in each answer, adding up to 1, or in none."
    )


class QuestionForm(GroundedForm):
    """What the sources leave open: a question and its answers, of which one is right."""

    called = "an open question"
    answers: Named[AnswerForm] = Field(description="Two answers or more, by id; `{}` is as the file has it.")


class ExclusionForm(GroundedForm):
    """Answers to different questions that exclude each other."""

    called = "an exclusion"
    at_most_one: Listed[Text] = Field(description="Of these readings at most one is right.")


class ReadingForm(GroundedForm):
    """The older form of a question with two answers: whether one way to read the sources is right."""

    called = "a reading"
    change: Texts = Field(description="Changes to the model, such as `usa 3 before usa 1`; commas between several.")


class OpenForm(GroundedForm):
    """The older form of what is open: one of at_most_one, order, place, held and reading."""

    called = "an open question"
    kinds: ClassVar[tuple[str, ...]] = ("at_most_one", "order", "place", "held", "reading")
    at_most_one: ListedOrNot[Text] = Field(None, description="Readings that exclude each other.")
    order: ListedOrNot[Text] = Field(
        None, description="Two statements of a party, such as `[usa 1, usa 3]`: either may be the more important one."
    )
    place: Text | None = Field(None, description="A statement that may stand in several places; `between` says which.")
    held: Text | None = Field(None, description="A statement that the party may not hold at all.")
    reading: Text | None = Field(None, description="A reading, and the `chance` that it is right.")
    between: ListedOrNot[Text] = Field(None, description="The first and the last place, counted from 1.")
    chance: Text | None = Field(None, description="A number from 0 to 1; without one, both answers are alike.")


Questions = Annotated[dict[str, QuestionForm | None], BeforeValidator(_questions)]
Entries = Annotated[list[OpenForm | None], BeforeValidator(_entries)]


class ClaimForm(GroundedForm):
    """A conclusion that somebody draws."""

    called = "a claim"
    id: Text = Field(description="Its id.")
    who: Literal["author", "reported", "ours"] | None = Field(None, description="Whose sentence it is.")
    check: Texts = Field(description="What puts it to the model, such as `under seq, some equilibrium is peace`.")
    repeats: Texts = Field(_NO_ITEMS, description="Premises that it only says again, such as `usa 2`.")
    because: Texts = Field(
        _NO_ITEMS, description="What it gives as its reason: a wish (`usa 2`), an option, outcome, party or reading."
    )
    across: Listed[Listed[Text]] = Field(
        _NO_ITEMS, description="Lists of readings (or `base`) to go through in every combination."
    )
    show: Texts = Field(_NO_ITEMS, description="Formulas to tell about the states that are found.")
    answers_to: Text | None = Field(None, description="A party: tell whose answers hold it to those states.")


class LeftOutForm(GroundedForm):
    """What the analyst kept out of the model on purpose."""

    called = "a thing left out"
    short = "says"


class AcceptedForm(Form):
    """Something doubtful that is meant, with the reason: `bestand check` does not warn of it."""

    called = "an accepted doubt"
    doubt: Annotated[Text, WithJsonSchema({"enum": list(DOUBTS)})] = Field(
        description="Which doubt: the name in brackets after the warning."
    )
    at: Text = Field(description="Where, as the warning calls it: `rule 1`, `usa 3`, `up.release`, `claim no-war`.")
    because: Text = Field(description="Why it is meant.")


class ModelForm(Form):
    """A model of a conflict, for bestand."""

    bestand: Text = Field(description="The version of the format: 1.")
    title: Text = Field(description="What the model is about.")
    language: Literal["en", "nl"] | None = Field(None, description="The language of the texts.")
    note: Text | None = Field(None, description="Anything a reader should know about the model.")
    sources: Named[SourceForm] = Field(_NO_ENTRIES, description="Texts that the model rests on, by id.")
    parties: Named[PartyForm] = Field(description="Who decides, by id.")
    rules: Listed[RuleForm] = Field(_NO_ITEMS, description="What cannot occur.")
    outcomes: Named[OutcomeForm] = Field(_NO_ENTRIES, description="Named formulas.")
    plan: Text | None = Field(None, description="A formula: what is asked to hold.")
    plans: Named[PlanForm] = Field(
        _NO_ENTRIES, description="Several plans to be compared, by id; without `plan` the first is the one asked about."
    )
    commitments: Named[CommitmentForm] = Field(
        _NO_ENTRIES,
        description="Answers that a party has tied to an event, by id; in force unless a plan brings them.",
    )
    consent: Listed[Text] = Field(_NO_ITEMS, description="Parties without whom nothing in the plan is signed.")
    no_deal: StateOrFormula = Field(
        None,
        description="What things come to without a deal: drift, today, a list of yes options, or a formula.",
    )
    red_lines: Named[Text] = Field(
        _NO_ENTRIES, description="By party: a formula that it refuses whatever else is offered."
    )
    one_way: Named[OneWayForm] = Field(_NO_ENTRIES, description="Options that can change in one direction only.")
    forbidden_moves: Listed[ForbiddenMoveForm] = Field(_NO_ITEMS, description="Single moves that a party cannot make.")
    coalesced: Listed[Text] = Field(
        _NO_ITEMS, description="Formulas, each of which makes one state of all in which it is true."
    )
    status_quo: ListedOrNot[Text] = Field(None, description="The options that are yes today; all else is no.")
    preferences: Named[PreferenceForm] = Field(
        _NO_ENTRIES, description="What each party wants; without an entry it is indifferent."
    )
    labels: Named[Text] = Field(
        _NO_ENTRIES, description="A paper's own names of states, by bits; several states may share one."
    )
    readings: Named[ReadingForm] = Field(
        _NO_ENTRIES, description="The older form of open questions with two answers: named changes to the model."
    )
    open: Questions = Field(
        _NO_ENTRIES, description="What the sources leave open, by id: questions, each with its answers."
    )
    opened: Entries = Field(
        _NO_ITEMS,
        alias="open",
        description="The older form: readings that exclude each other, and how sure a wish and its place are.",
    )
    exclusions: Listed[ExclusionForm] = Field(
        _NO_ITEMS, description="Which answers to different questions exclude each other."
    )
    claims: Listed[ClaimForm] = Field(_NO_ITEMS, description="Conclusions, put to the model.")
    left_out: Listed[LeftOutForm] = Field(_NO_ITEMS, description="What was kept out of the model on purpose.")
    accepted: Listed[AcceptedForm] = Field(
        _NO_ITEMS, description="What `bestand check` would find doubtful, and is meant."
    )
    translations: Named[Named[Text]] = Field(
        _NO_ENTRIES, description="By language code: texts of this file, and what they are in that language."
    )
