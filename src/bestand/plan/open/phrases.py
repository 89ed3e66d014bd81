"""What is open, in words: questions, the answers to them, and pairs of wishes."""

from __future__ import annotations

from collections.abc import Sequence

from bestand.model.model import Model
from bestand.model.sentences import StatementRef
from bestand.model.wording import statement_text
from bestand.prose.changes import asked_words, reading_words
from bestand.prose.messages import _, choice, listing, number
from bestand.prose.names import formula_words, wish_of, wish_words
from bestand.prose.phrases import party_name

from .design import THE_FILE, Answer, AnyQuestion, Given, Orders, Topic


def question_words(model: Model, question: AnyQuestion, *, short: bool = False) -> str:
    """Return an open question, as a phrase that names it.

    Parameters
    ----------
    model : Model
        As the file has it.
    question : Question or Orders
    short : bool
        Name readings that exclude each other, and leave it there.
    """
    if isinstance(question, Orders):
        return _("the order of what {party} wants", party=party_name(model, question.party))
    if len(question.topics) == 1:
        return _topic(model, question.topics[0])
    if question.single and short:
        names = listing(str(topic.about) for topic in question.topics)
        return _("which of the readings {readings} is right, if any", readings=names)
    if question.single:
        readings = listing(reading_words(model, str(topic.about)) for topic in question.topics)
        return _("which of these readings is right, if any: {readings}", readings=readings)
    return _("{questions} together", questions=listing(_topic(model, topic) for topic in question.topics))


def _topic(model: Model, topic: Topic) -> str:
    match topic.kind, topic.about:
        case "question", str(asked):
            return _("the question {question}", question=asked_words(model, asked))
        case "reading", str(reading):
            return _("the reading {reading}", reading=reading_words(model, reading))
        case "wants", str(party):
            return _("what {party} wants", party=party_name(model, party))
        case "order", (StatementRef() as one, StatementRef() as other):
            return _(
                "the order of the wishes {one} and {other} of {party}",
                one=_wish(model, one),
                other=_wish(model, other),
                party=party_name(model, one.party),
            )
        case "place", (StatementRef() as ref,):
            party = party_name(model, ref.party)
            return _("the place of the wish {wish} of {party}", wish=_wish(model, ref), party=party)
        case "held", (StatementRef() as ref,):
            party = party_name(model, ref.party)
            return _("whether {wish} is a wish of {party}", wish=_wish(model, ref), party=party)
    raise AssertionError(f"no such topic: {topic}")  # pragma: no cover


def _wish(model: Model, ref: StatementRef) -> str:
    return wish_words(model, wish_of(model, ref), ref)


def answer_words(question: AnyQuestion, answer: Answer) -> str:
    """Return an answer beside its question, as a phrase such as "with it"."""
    if isinstance(question, Orders) or not answer.given:
        return _("with none of these")
    if len(question.topics) > 1:
        return listing(_one(each) for each in answer.given)
    given = answer.given[0]
    match given.topic.kind, given.value:
        case (("reading" | "held"), bool(value)):
            return _("with it") if value else _("without it")
        case "order", bool(value):
            return _("with the two exchanged") if value else _("as in the file")
        case "place", int(place):
            return _("in place {place}", place=number(place))
        case _:
            return _one(given)


def given_words(model: Model, answer: Answer) -> str:
    """Return an answer by itself, as a phrase such as "with the reading …"."""
    return listing(_one(each, model) for each in answer.given)


def answers_words(
    model: Model, question: AnyQuestion, answers: Sequence[int], known: set[object], *, beside: bool = False
) -> str:
    """Return that a question has one of some answers, as a clause such as "“hawks are right” (hawks) is not right".

    What is ``known`` is called by its name alone; what is told here is known from then on. Where most answers are
    meant, those are told that are not. Several stand in brackets where something else is said ``beside`` them.
    """
    others = [k for k in range(question.count) if k not in answers]
    if len(others) < len(answers):
        return listing(_denied(model, question, k, known) for k in others)
    told = choice(_answer(model, question, k, known) for k in answers)
    return f"({told})" if len(answers) > 1 and beside else told


def _answer(model: Model, question: AnyQuestion, k: int, known: set[object]) -> str:
    """Return that an answer is right, as a clause."""
    given = question.answer(k).given
    if not given:
        return _files_words(model, question)
    told = listing(_clause(model, each, known) for each in given)
    return f"({told})" if len(given) > 1 else told


def _denied(model: Model, question: AnyQuestion, k: int, known: set[object]) -> str:
    """Return that an answer is not right, as a clause."""
    given = question.answer(k).given
    if not given:
        return _files_words(model, question, right=False)
    if len(given) > 1:
        return _("not ({clauses})", clauses=listing(_clause(model, each, known) for each in given))
    return _clause(model, given[0], known, right=False)


def _files_words(model: Model, question: AnyQuestion, *, right: bool = True) -> str:
    """Return that the file is right about a question, or is not."""
    if not isinstance(question, Orders) and question.single and len(question.topics) > 1:
        names = [str(topic.about) for topic in question.topics]
        if right:
            return _("none of the readings {readings} is right", readings=listing(names))
        return _("one of the readings {readings} is right", readings=listing(names))
    words = question_words(model, question, short=True)
    if right:
        return _("{question} stays as in the file", question=words)
    return _("{question} does not stay as in the file", question=words)


def _clause(model: Model, given: Given, known: set[object], *, right: bool = True) -> str:
    """Return what is said on one thing, or that it is not so; what is ``known`` by its name, else in words."""
    told = _named(given) not in known
    known.add(_named(given))
    match given.topic.kind, given.topic.about, given.value:
        case "question", _topic, str(answer):
            return _right(reading_words(model, answer) if told else answer, right)
        case "reading", str(reading), bool(value):
            name = _("the reading {reading}", reading=reading_words(model, reading)) if told else reading
            return _right(name, value is right)
        case "held", (StatementRef() as ref,), bool(value):
            name = _wish(model, ref) if told else statement_text(ref)
            if value is right:
                return _("{wish} is a wish", wish=name)
            return _("{wish} is no wish", wish=name)
        case "order", (StatementRef() as one, StatementRef() as other), bool(value):
            names = (statement_text(one), statement_text(other))
            if value is right:
                return _("{one} and {other} are exchanged", one=names[0], other=names[1])
            return _("{one} and {other} stand as in the file", one=names[0], other=names[1])
        case "place", (StatementRef() as ref,), int(place):
            if right:
                return _("{wish} is in place {place}", wish=statement_text(ref), place=number(place))
            return _("{wish} is not in place {place}", wish=statement_text(ref), place=number(place))
        case "wants", str(party), tuple(who):
            name = party_name(model, party)
            files = listing(_("the file") if each == THE_FILE else each for each in who)
            if right:
                return _("what {party} wants is as in {files}", party=name, files=files)
            return _("what {party} wants is not as in {files}", party=name, files=files)
    raise AssertionError(f"no such answer: {given}")  # pragma: no cover


def _right(what: str, right: bool) -> str:
    return _("{what} is right", what=what) if right else _("{what} is not right", what=what)


def _named(given: Given) -> object:
    """Return what the words of an answer name: a reading, with it or without, or one of several answers."""
    return given.topic if isinstance(given.value, bool) else given


def _one(given: Given, model: Model | None = None) -> str:
    """Return what is said on one thing; with a model, in the words of the file."""
    match given.topic.kind, given.topic.about, given.value:
        case "question", _topic, str(answer):
            return _with(reading_words(model, answer) if model else answer)
        case "reading", str(reading), bool(value):
            name = _("the reading {reading}", reading=reading_words(model, reading)) if model else reading
            return _with(name) if value else _without(name)
        case "held", (StatementRef() as ref,), bool(value):
            name = _wish(model, ref) if model else statement_text(ref)
            return _with(name) if value else _without(name)
        case "order", (StatementRef() as one, StatementRef() as other), bool(value):
            names = (statement_text(one), statement_text(other))
            if value:
                return _("with {one} and {other} exchanged", one=names[0], other=names[1])
            return _("with {one} and {other} as in the file", one=names[0], other=names[1])
        case "place", (StatementRef() as ref,), int(place):
            return _("with {wish} in place {place}", wish=statement_text(ref), place=number(place))
        case "wants", str(), tuple(who):
            files = listing(_("the file") if name == THE_FILE else name for name in who)
            return _("as in {files}", files=files)
    raise AssertionError(f"no such answer: {given}")  # pragma: no cover


def _with(what: str) -> str:
    return _("with {what}", what=what)


def _without(what: str) -> str:
    return _("without {what}", what=what)


def pair_words(model: Model, orders: Orders, places: tuple[int, int]) -> tuple[str, str]:
    """Return two wishes of a party, by their numbers among those put in order, each in words.

    One that a reading adds has no number.
    """
    one, other = (
        _("{wish} (added by a reading)", wish=formula_words(model, orders.added[-place - 1]))
        if place < 0
        else listing(_wish(model, StatementRef(orders.party, k)) for k in orders.level(place) if k > 0)
        for place in places
    )
    return one, other
