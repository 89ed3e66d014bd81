"""The language: what is written is read back, and what cannot be read is pointed at."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand.model import grammar
from bestand.model.formula import And, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, text
from bestand.model.language import MAX_BRACKETS, parse_changes, parse_check, parse_formula
from bestand.model.scope import LanguageError, Scope
from bestand.model.sentences import (
    About,
    AddRule,
    Bind,
    Check,
    Compared,
    Count,
    Forbid,
    HoldOption,
    HoldParty,
    Insert,
    Kept,
    Quantified,
    Ranks,
    Refuses,
    SameAnswer,
    Satisfies,
    Share,
    StableFor,
    StatementRef,
    StateNamed,
    StatusQuo,
    Subject,
    VerdictIs,
)
from bestand.model.wording import change_text, changes_text, check_text
from bestand.testing import changes, checks, formulas, models
from tests.examples import examples

MANY = settings(max_examples=examples(80))
CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
READINGS = ("hawks", "usa-never", "held", "no")

# Every word of sentences that can be an id, as party, option and outcome at once.
WORDS = [
    "held", "state", "is", "are", "has", "have", "no_", "reached", "yes", "at", "by", "with", "before", "after",
    "exchanged", "replaced", "dropped", "reversible", "under", "fewer", "than", "as", "some_", "every_", "of", "ranks",
    "above", "below", "where", "for", "stable", "better", "worse", "equilibrium", "places", "best", "moves", "many",
    "same", "answer", "larger", "share", "level", "status", "quo", "wants",
    "first", "last", "cannot", "move", "from", "to", "one", "way", "nota", "android", "organ", "iffy", "implies_",
    "a", "an", "deal", "deals", "kept", "between", "refuses", "the", "verdict", "party", "every", "equilibria",
]  # fmt: skip

OPENINGS = {"state", "with", "under", "fewer"}  # a sentence that begins with one of these is of another kind


@st.composite
def awkward_models(draw: st.DrawFn):
    """Models whose ids are words of the language."""
    return draw(models(max_options=4, max_parties=3, prose=False))


@MANY
@given(awkward_models(), st.data())
def test_a_check_is_read_as_it_was_written(model, data):
    check = data.draw(checks(model))
    assert parse_check(check_text(check), model.scope(CONCEPTS)) == check


@MANY
@given(awkward_models(), st.data())
def test_changes_are_read_as_they_were_written(model, data):
    made = data.draw(changes(model, model.reading))
    assert parse_changes(changes_text(made), model.scope()) == made
    for change in made:
        assert parse_changes(change_text(change), model.scope()) == (change,)


@MANY
@given(st.data())
def test_a_formula_is_read_as_it_was_written(data):
    options = [f"p{k}.{word}" for k, word in enumerate(WORDS)]
    formula = data.draw(formulas(options, ["peace", "war"], max_leaves=12))
    scope = Scope(options=tuple(options), outcomes=("peace", "war"))
    assert parse_formula(text(formula), scope) == formula
    spread = text(formula).replace(" ", "\n\t ")
    assert parse_formula(spread, scope) == formula


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_language_is_an_id_like_any_other(word):
    """As party, as option (in full and in short), and as outcome, in every place where such a name can stand."""
    scope = Scope((word, "q"), (f"{word}.{word}", "q.x"), (), (word,), CONCEPTS, {"1": ("10",)})
    own = OptionAtom(f"{word}.{word}")
    assert parse_formula(f"{word} and not {word}.{word}", scope) == And((own, Not(own)))
    assert parse_changes(f"{word} held", scope) == (HoldParty(word),)
    assert parse_changes(f"{word} held at no", scope) == (HoldOption(f"{word}.{word}", False),)
    assert parse_changes(f"{word}.{word} held at yes", scope) == (HoldOption(f"{word}.{word}", True),)
    assert parse_changes(f"{word} 1 dropped, {word} reversible, never {word}, reading {word}", scope)[2] == AddRule(
        "never", own
    )
    assert parse_changes(
        f"{word} wants {word} before {word} 2, {word} one-way to no, without {word}.{word}", scope
    ) == (
        Insert(word, own, "before", StatementRef(word, 2)),
        Bind(f"{word}.{word}", "to-no"),
        HoldOption(f"{word}.{word}", False),
    )
    assert parse_changes(f"{word} cannot move from {word} to not {word}, without {word}", scope) == (
        Forbid(word, own, Not(own)),
        HoldParty(word),
    )
    assert parse_check(f"every state reached stable for {word} where {word} is {word}", scope) == Check(
        Quantified("every", Subject("state", "improving", (word,), own), Satisfies(own))
    )
    assert parse_check(f"q ranks ({word}) above ({word})", scope) == Check(Ranks("q", own, "above", own))
    if word not in OPENINGS:
        assert parse_check(f"with {word} held, {word} ranks {word} level with status-quo", scope) == Check(
            Ranks(word, own, "level with", StatusQuo()), (), (HoldParty(word),)
        )
    assert parse_check(f"status-quo is stable for {word}", scope) == Check(About(StatusQuo(), StableFor((word,))))
    assert parse_check(f"state 1 is worse than status-quo for {word}", scope) == Check(
        About(StateNamed("1"), Compared("worse", StatusQuo(), word))
    )


X, Y = OptionAtom("up.x"), OptionAtom("down.y")
SCOPE = Scope(("up", "down"), ("up.x", "down.y"), ("peace",), READINGS, CONCEPTS, {"9": ("10", "11"), "start": ("00",)})
PEACE = Satisfies(OutcomeAtom("peace"))


@pytest.mark.parametrize(
    ("sentence", "check"),
    [
        ("some state is peace", Check(Quantified("some", Subject("state"), PEACE))),
        ("no states are peace", Check(Quantified("no", Subject("state"), PEACE))),
        ("some deal is peace", Check(Quantified("some", Subject("deal"), PEACE))),
        ("no kept  deals are (peace)", Check(Quantified("no", Subject("kept deal"), PEACE))),
        ("every deal where peace is kept", Check(Quantified("every", Subject("deal", where=PEACE.formula), Kept()))),
        (
            "a deal between up and down is peace",
            Check(Quantified("some", Subject("deal", between=("up", "down")), PEACE)),
        ),
        ("up refuses every peace where not x", Check(Refuses("up", "every", PEACE.formula, Not(X)))),
        ("up refuses some x or y", Check(Refuses("up", "some", Or((X, Y))))),
        ("under nash, the verdict is no-deal", Check(VerdictIs(("no-deal",)), ("nash",))),
        ("the  verdict is deal or deal-not-kept", Check(VerdictIs(("deal", "deal-not-kept")))),
        ("state 9 is an equilibrium", Check(About(StateNamed("9"), StableFor()))),
        ("state 9 is stable for every party", Check(About(StateNamed("9"), StableFor()))),
        (
            "no state stable for up and down has x",
            Check(Quantified("no", Subject("state", None, ("up", "down")), Satisfies(X))),
        ),
        ("every equilibrium has x", Check(Quantified("every", Subject("equilibrium"), Satisfies(X)))),
        *(
            (f"some state reached{how} is peace", Check(Quantified("some", Subject("state", by), PEACE)))
            for how, by in [
                ("", "improving"),
                (" by drift", "drift"),
                (" by purposeful moves", "purposeful"),
                (" by  any moves", "any"),
            ]
        ),
        (
            "under nash and seq, some resting place reached by best moves is not peace",
            Check(
                Quantified("some", Subject("resting place", "best"), Satisfies(Not(OutcomeAtom("peace")))),
                ("nash", "seq"),
            ),
        ),
        (
            "with x held at no, down held, no equilibria where x are y",
            Check(
                Quantified("no", Subject("equilibrium", where=X), Satisfies(Y)),
                (),
                (HoldOption("up.x", False), HoldParty("down")),
            ),
        ),
        ("state 01 is peace", Check(About(StateNamed("01"), PEACE))),
        (
            "state start is better than state 9 for up",
            Check(About(StateNamed("start"), Compared("better", StateNamed("9"), "up"))),
        ),
        ("up ranks x and y above state 9", Check(Ranks("up", And((X, Y)), "above", StateNamed("9")))),
        ("up ranks peace   level\n with x", Check(Ranks("up", OutcomeAtom("peace"), "level with", X))),
        (
            "larger share of equilibria where x than of states is peace",
            Check(Share("larger", Subject("equilibrium", where=X), Subject("state"), PEACE)),
        ),
        (
            "as many equilibria are peace with up held as with x held at yes, y reversible",
            Check(
                Count(
                    "as many", Subject("equilibrium"), PEACE, (HoldParty("up"),),
                    parse_changes("x held at yes, y reversible", SCOPE),
                )
            ),
        ),
        (
            "same answer with up held as with down held, status-quo is stable for up",
            Check(SameAnswer((HoldParty("up"),), (HoldParty("down"),), About(StatusQuo(), StableFor(("up",))))),
        ),
    ],
)  # fmt: skip
def test_each_form_of_a_check(sentence, check):
    assert parse_check(sentence, SCOPE) == check
    assert parse_check(check_text(check), SCOPE) == check


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("not x and y", And((Not(X), Y))),
        ("x or y and x", Or((X, And((Y, X))))),
        ("x and y or x", Or((And((X, Y)), X))),
        ("x or y implies x and y", Implies(Or((X, Y)), And((X, Y)))),
        ("not x iff y or x", Iff(Not(X), Or((Y, X)))),
        ("(x implies y) implies x", Implies(Implies(X, Y), X)),
        ("x and (y and x)", And((X, And((Y, X))))),
        ("not not x", Not(Not(X))),
    ],
)
def test_what_binds_tighter(written, meant):
    assert parse_formula(written, SCOPE) == meant
    assert parse_formula(text(meant), SCOPE) == meant


# ---- sizes ----


@pytest.mark.parametrize("word", ["and", "or"])
def test_ten_thousand_terms(word):
    written = f" {word} ".join(["up.x", "not down.y"] * 5_000)
    formula = parse_formula(written, SCOPE)
    assert len(formula.terms) == 10_000
    assert text(formula) == written


@pytest.mark.parametrize("inside", ["x", "x and y", "not x", "x implies y"])
def test_brackets_nest_to_a_hundred(inside):
    deep = "(" * MAX_BRACKETS + inside + ")" * MAX_BRACKETS
    assert parse_formula(deep, SCOPE) == parse_formula(inside, SCOPE)
    nested = "not (" * MAX_BRACKETS + inside + ")" * MAX_BRACKETS
    assert parse_formula(text(parse_formula(nested, SCOPE)), SCOPE) == parse_formula(nested, SCOPE)


def test_a_hundred_different_brackets_are_read_and_written_back():
    """The worst that can be written: every level another connective, and all brackets needed."""
    deep = "x"
    for _ in range(MAX_BRACKETS // 2):
        deep = f"x and (x or ({deep} implies y))"
    formula = parse_formula(deep.replace("x and (x or (x implies y))", "x", 1), SCOPE)
    assert parse_formula(text(formula), SCOPE) == formula


@pytest.mark.parametrize(
    ("start", "read"), [("", parse_formula), ("never ", parse_changes), ("some state is ", parse_check)]
)
def test_one_bracket_more_is_an_error_that_says_so(start, read):
    with pytest.raises(LanguageError, match="brackets nest deeper than 100") as caught:
        read(start + "(" * 101 + "x" + ")" * 101, SCOPE)
    assert caught.value.faults[0].code == "too-deep"
    assert caught.value.faults[0].offset == len(start) + 100


@pytest.mark.parametrize("word", ["cannot", "one-way", "under"])
def test_no_formula_is_mended_by_words_of_other_sentences(word):
    with pytest.raises(LanguageError) as caught:
        parse_formula(f"x {word} y", SCOPE)
    assert caught.value.faults[0].hint == "expected 'and' or 'iff' or 'implies' or 'or' or the end"


@pytest.mark.parametrize("digits", [10, 5000])
def test_a_number_of_many_digits_is_none(digits):
    for sentence in ("up {} dropped", "rule {} dropped", "up wants x before up {}"):
        with pytest.raises(LanguageError, match=f"has {digits:,} digits") as caught:
            parse_changes(sentence.format("9" * digits), SCOPE)
        assert len(str(caught.value)) < 200


def test_a_chain_of_nots_is_an_error_and_no_crash():
    assert parse_formula("not " * 400 + "x", SCOPE)
    for count in (401, 5_000):
        with pytest.raises(LanguageError, match="nests deeper"):
            parse_formula("not " * count + "x", SCOPE)


def test_a_text_without_end():
    with pytest.raises(LanguageError, match="at most 1,000,000"):
        parse_formula("x" * 1_000_001, SCOPE)


# ---- errors ----

BROKEN = [
    "", "   ", "x and", "and x", "x y", "x and (y", "x) and y", "x implies y implies x", "x iff y iff x", "x & y", "!x",
    "x = y", "not", "()", "x..y", "up.", ".x", "x and ü", "3", "x and 3", "x-y", "True", "x AND y", "\"x\"", "x,",
]  # fmt: skip


@pytest.mark.parametrize("written", BROKEN)
def test_every_fault_of_a_formula_is_inside_its_text(written):
    with pytest.raises(LanguageError) as caught:
        parse_formula(written, SCOPE)
    assert caught.value.faults
    for fault in caught.value.faults:
        assert 0 <= fault.offset <= len(written)
        assert fault.message
    assert "at character" in str(caught.value)


CHECKS = [
    "some", "some state", "some state is", "every state reached by is x", "with", "with x held", "with x held at yes",
    "with x held at maybe, some state is x", "under", "under nash", "under nash some state is x",
    "some state is better than", "up ranks x over y", "up ranks x above", "larger share of states is x",
    "same answer with up held, some state is x", "status quo is x", "state is x", "some state is x,",
    "some state is stable for", "every state where is x",
]  # fmt: skip


@pytest.mark.parametrize("written", CHECKS)
def test_every_fault_of_a_check_is_inside_its_text(written):
    with pytest.raises(LanguageError) as caught:
        parse_check(written, SCOPE)
    for fault in caught.value.faults:
        assert 0 <= fault.offset <= len(written)


CHANGES = [
    "up",
    "up 1",
    "up 1 before",
    "up 1 before 2",
    "up held at",
    "up held,",
    "reading",
    "never",
    "up one dropped",
    "x held at 1",
    "x wants",
    "up wants x",
    "up wants x in front",
    "x one-way",
    "x one-way to",
    "up cannot move to x",
    "up cannot move from x",
    "rule dropped",
    "rule 1",
    "without",
    "without z",
]


@pytest.mark.parametrize("written", CHANGES)
def test_every_fault_of_a_change_is_inside_its_text(written):
    with pytest.raises(LanguageError) as caught:
        parse_changes(written, SCOPE)
    for fault in caught.value.faults:
        assert 0 <= fault.offset <= len(written)


def offsets_of_faults(read, written: str) -> list[int]:
    """Where reading a text finds faults; nowhere, if it can be read."""
    try:
        read(written, SCOPE)
    except LanguageError as error:
        return [fault.offset for fault in error.faults]
    return []


@MANY
@given(
    st.text(st.sampled_from(list('xy ().,01u\n"é')), max_size=20),
    st.sampled_from([parse_formula, parse_check, parse_changes]),
)
def test_any_text_is_read_or_pointed_at(written, read):
    assert all(0 <= offset <= len(written) for offset in offsets_of_faults(read, written))


@MANY
@given(
    st.lists(
        st.sampled_from([*WORDS, "some", "every", "no", "never", "up", "x", "1", "(", ")", ",", "and", "not", "peace"]),
        max_size=9,
    ),
    st.sampled_from([parse_check, parse_changes, parse_formula]),
)
def test_any_row_of_words_is_read_or_pointed_at(words, read):
    written = " ".join(words)
    assert all(0 <= offset <= len(written) for offset in offsets_of_faults(read, written))


@pytest.mark.parametrize(
    ("written", "offsets", "words"),
    [
        ("x and z and q", [6, 12], "there is no option or outcome 'z'"),
        ("x and peas", [6], "did you mean 'peace'"),
        ("x implies y implies x", [12], "do not chain"),
        ("x && y", [2], "write 'x and y'"),
    ],
)
def test_a_fault_says_where_and_what_would_be_right(written, offsets, words):
    with pytest.raises(LanguageError, match=words) as caught:
        parse_formula(written, SCOPE)
    assert [fault.offset for fault in caught.value.faults] == offsets


@pytest.mark.parametrize("text", ["some state is x under nash", "with x held at yes, under nash, some state is x"])
def test_where_under_stands(text):
    with pytest.raises(LanguageError) as caught:
        parse_check(text, SCOPE)
    assert caught.value.faults[0].hint == "'under CONCEPT,' stands in front of the sentence, before 'with'"


def test_every_unknown_name_of_a_check_is_told_at_once():
    with pytest.raises(LanguageError) as caught:
        parse_check("under nsh, with reading hawk, z held at yes, some state stable for upp is peas", SCOPE)
    told = [(fault.code, fault.hint) for fault in caught.value.faults]
    assert told == [
        ("unknown-concept", "did you mean 'nash'?"),
        ("unknown-reading", "did you mean 'hawks'?"),
        ("unknown-option", None),
        ("unknown-party", "did you mean 'up'?"),
        ("unknown-name", "did you mean 'peace'?"),
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("without upp", "there is no option or party 'upp'; did you mean 'up'"),
        ("up wants x", "expected .*'after' or .*'before' or .*'first' or .*'last'"),
        ("x one-way", "one-way to"),
        ("up wants x befor up 1", "expected .*'before'"),
    ],
)
def test_what_a_new_change_needs(written, words):
    with pytest.raises(LanguageError, match=words):
        parse_changes(written, SCOPE)


def test_a_short_option_of_two_parties_asks_for_the_party():
    scope = Scope(("up", "down"), ("up.fire", "down.fire"))
    with pytest.raises(LanguageError, match=r"'fire' may be up.fire, down.fire; write the party before it"):
        parse_formula("not fire", scope)


SENTENCES = [
    ("formula", "a iff (b implies c)"),
    ("changes", "up 3 before up 1, x held at yes, never a and b, reading r-1"),
    ("changes", "up wants a last, without x, x one-way to yes, up cannot move from a to b, rule 1 dropped"),
    (
        "check",
        "under nash and seq, with up held, no equilibrium reached stable for up where a is better than state 1 for up",
    ),
    ("check", "fewer states are a with x held at yes than with x held at no"),
]


def test_the_tables_are_those_of_the_grammar():
    """language.json is current: ``python tools/compile_grammar.py`` makes it anew."""
    folder = resources.files("bestand.model")
    source = folder.joinpath("language.lark").read_text("utf-8")
    made_from = json.loads(folder.joinpath("language.json").read_text("utf-8"))["made_from"]
    assert made_from.partition(", ")[2] == grammar._origin(source).partition(", ")[2]  # by whichever lark
    fresh = grammar._from_grammar(source)
    for start, sentence in SENTENCES:
        assert grammar.parser().parse(sentence, start=start) == fresh.parse(sentence, start=start)


def test_a_grammar_without_its_tables_is_read(monkeypatch):
    """Tables of another lark or another grammar are not used."""
    monkeypatch.setattr(grammar, "_origin", lambda source: "another")
    grammar.parser.cache_clear()
    try:
        assert grammar.parser().parse("a and b", start="formula").data == "conjunction"
    finally:
        grammar.parser.cache_clear()
