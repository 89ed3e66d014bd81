"""What is open becomes questions that are independent of each other."""

import dataclasses
import itertools

import pytest

import bestand
from bestand.model.changing import changed
from bestand.model.errors import CallError
from bestand.model.sentences import ApplyReading
from bestand.model.values import FrozenMap, Priorities
from bestand.plan.open.open_questions import opened, shuffled
from bestand.questions.vary.vary import job_of
from tests.first_reading import UKRAINE
from tests.questions.vary.helpers import OPEN, by_hand, clashes, model, naive


def answers(design):
    return {question.words: [answer.words for answer in question.answers] for question in design.questions}


def priorities(design, index):
    base, changes = design.variant(design.combination(index))
    made = changed(base, changes)
    return {party: [s.formula for s in wish.statements] for party, wish in made.preferences.items()}


def readings_alone(one):
    """The model with no more open than whether each of its three readings is right."""
    return dataclasses.replace(one, open_questions=one.open_questions[:3])


def test_ukraine_has_1152_combinations():
    """Eleven readings, of which two pairs exclude each other: 3 · 3 · 2⁷."""
    design = opened(bestand.load(UKRAINE))
    assert design.count == 1152 == 3 * 3 * 2**7
    assert "which of usa-never and usa-firm, if any" in answers(design)
    assert "which of russia-order and russia-order-2, if any" in answers(design)
    assert len(design.questions) == 9


def test_readings_that_replace_one_wish_exclude_each_other_by_themselves():
    assert clashes(model(), "reading proud", "reading meek")
    design = opened(readings_alone(model()))
    assert answers(design)["which of proud and meek, if any"] == ["with none of these", "with meek", "with proud"]


def test_readings_exclude_each_other_where_the_file_says_so():
    text = OPEN.replace("open:", "open:\n  - at_most_one: [proud, meek, poor]")
    assert opened(model(text)).count == 4 * 2 * 3


def test_what_excludes_only_one_of_two_others_stays_with_both():
    """proud and meek exclude each other, meek and poor too, proud and poor do not."""
    design = opened(model(OPEN.replace("open:", "open:\n  - at_most_one: [meek, poor]")))
    (joined,) = [question for question in design.questions if "proud" in question.words]
    assert joined.words == "proud together with meek together with poor"
    assert sorted(answer.words for answer in joined.answers) == [
        "with meek",
        "with none of these",
        "with poor",
        "with proud",
        "with proud and with poor",
    ]


def test_the_combinations_are_those_written_by_hand():
    one = model()
    design = opened(one)
    found = {repr(sorted(priorities(design, k).items())) for k in range(design.count)}
    written = set()
    for sentence in by_hand():
        from bestand.model.language import parse_changes

        made = changed(one, parse_changes(sentence, one.scope()) if sentence else ())
        wishes = {party: [s.formula for s in wish.statements] for party, wish in made.preferences.items()}
        written.add(repr(sorted(wishes.items())))
    assert found == written
    assert len(naive(one, [""])) == 1


def test_places_are_those_of_the_range():
    design = opened(model())
    found = {priorities(design, k)["down"].index(priorities(design, 0)["down"][2]) for k in range(design.count)}
    assert found == {0, 1, 2, 3}  # 3 is where 'poor' then puts another wish above it


def test_readings_that_were_chosen_are_not_open():
    design = job_of(model(), readings=["proud"]).design
    assert design.count == 12
    assert design.left_out == ("with meek",)


def test_another_analyst_is_one_more_answer_for_each_party_that_differs():
    one = model()
    wishes = dict(one.preferences)
    wishes["up"] = Priorities(tuple(reversed(wishes["up"].statements)))
    other = dataclasses.replace(one, preferences=FrozenMap(wishes))
    design = opened(readings_alone(one), others={"hawk": other, "dove": one}, name="mine")
    (joined,) = [question for question in design.questions if "what up wants" in question.words]
    told = {answer.words: chance for answer, chance in zip(joined.answers, joined.chances, strict=True)}
    # readings about up count in this file's list, so they go with this file's wishes only
    assert set(told) == {"with none of these", "with proud", "with meek", "as in hawk"}
    assert told == pytest.approx(
        {"as in hawk": 1 / 3, "with none of these": 2 / 9, "with proud": 2 / 9, "with meek": 2 / 9}
    )
    assert design.count == 4 * 2


ASKED = (
    OPEN[: OPEN.index("readings:")]
    + """\
open:
  price:
    says: What is the price of water?
    answers:
      low: {}
      high: {says: money and more, change: up 2 replaced by up.threaten}
      none: {change: up 2 dropped}
  fear: {answers: {some: {chance: 0.7}, none: {change: down 3 dropped, chance: 0.3}}}
  poor: {answers: {as-is: {}, poor: {change: down 4 before down 1}}}
"""
)


def test_a_question_is_one_variable_with_its_answers():
    design = opened(model(ASKED))
    assert answers(design) == {
        "price": ["with low", "with high", "with price.none"],
        "fear": ["with some", "with fear.none"],
        "poor": ["without poor", "with poor"],
    }
    assert [question.chances for question in design.questions] == [
        pytest.approx((1 / 3, 1 / 3, 1 / 3)),
        pytest.approx((0.7, 0.3)),
        pytest.approx((0.5, 0.5)),
    ]
    assert [question.weighed for question in design.questions] == [False, True, False]
    assert (design.count, design.weighed) == (12, False)


@pytest.mark.parametrize(("given", "left"), [("high", 4), ("low", 4), ("price.none", 4), ("fear.none", 6)])
def test_a_question_of_which_an_answer_is_given_is_not_open(given, left):
    design = job_of(model(ASKED), readings=[given]).design
    assert (design.count, design.left_out) == (left, ())
    assert not {"price" if left == 4 else "fear"} & answers(design).keys()


def test_near_identical_readings_do_not_stack_up_as_answers_to_one_question():
    """Three answers that come to much the same are three of four combinations, and not seven of eight."""
    text = """\
bestand: 1
title: T
parties: {a: {options: {x: }}, b: {options: {y: }}}
preferences: {a: {priorities: [a.x]}, b: {priorities: [b.y]}}
"""
    hates = ["a 1 replaced by not a.x", "a wants not a.x first", "[a wants not a.x first, b 1 dropped]"]
    apart = "readings:\n" + "".join(f"  r{k}: {{change: {each}}}\n" for k, each in enumerate(hates))
    one = "open: {x: {answers: {likes: {}, " + ", ".join(f"r{k}: {{change: {h}}}" for k, h in enumerate(hates)) + "}}}"
    found = [bestand.vary(model(text + each), concepts=["nash"], formulas="a.x") for each in (apart, one)]
    assert [(each.count, each.share("a.x", "nash").share) for each in found] == [(8, 1 / 8), (4, 1 / 4)]


def test_exclusions_hold_between_answers_to_different_questions():
    text = ASKED + "exclusions:\n  - at_most_one: [high, poor]\n"
    design = opened(model(text))
    assert design.count == (3 * 2 - 1) * 2
    joined = design.questions[0]
    assert joined.words == "price together with poor"
    assert "with high and with poor" not in {answer.words for answer in joined.answers}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("parties:\n  up:", "parties:\n  third: {options: {wait: }}\n  up:"), "other parties"),
        (("threaten: }", "threaten: , wait: }"), "other options"),
        (("deal: up.release and down.pay", "deal: up.release"), "something else by outcome 'deal'"),
    ],
)
def test_another_analyst_must_speak_of_the_same(change, message):
    with pytest.raises(CallError, match=message):
        opened(model(), others={"hawk": model(OPEN.replace(*change))})


def test_chances_of_readings_that_exclude_each_other():
    text = OPEN.replace("open:", "open:\n  - {reading: proud, chance: 0.5}\n  - {reading: meek, chance: 0.2}")
    first = opened(model(text)).questions[0]
    told = {answer.words: chance for answer, chance in zip(first.answers, first.chances, strict=True)}
    assert told == pytest.approx({"with proud": 0.5, "with meek": 0.2, "with none of these": 0.3})
    with pytest.raises(CallError, match=r"proud and meek exclude each other, and their chances add up to 1.1"):
        opened(model(text.replace("0.5", "0.9")))
    with pytest.raises(CallError, match="'with meek' has a chance, and excludes what is sure: 'with proud'"):
        opened(model(text.replace("0.5", "1.0")))


def test_a_wish_may_not_be_held():
    design = opened(model(OPEN.replace("open:", "open:\n  - {held: down 4, chance: 0.25}")))
    (held,) = [question for question in design.questions if "held" in question.words]
    assert [answer.words for answer in held.answers] == ["with down 4", "without down 4"]
    assert held.chances == pytest.approx((0.25, 0.75))
    lengths = [len(priorities(design, k)["down"]) for k in range(design.count)]
    assert sorted(set(lengths)) == [3, 4]
    assert lengths.count(3) == lengths.count(4)


def test_every_order_has_a_number():
    design = shuffled(model())
    assert design.count == 24 * 24
    orders = {repr(priorities(design, k)) for k in range(design.count)}
    assert len(orders) == design.count
    assert priorities(design, 0) == priorities(opened(model()), 0)


def test_nothing_open_is_said():
    bare = model("{bestand: 1, title: T, parties: {a: {options: {x: }}}}")
    with pytest.raises(CallError, match=r"nothing is open in this model: no readings, no open questions$"):
        opened(bare)
    ordered = model(
        "{bestand: 1, title: T, parties: {a: {options: {x: , y: }}}, preferences: {a: {priorities: [x, y]}}}"
    )
    with pytest.raises(CallError, match="no open questions; --shuffle varies the orders"):
        opened(ordered)
    with pytest.raises(CallError, match="no party has priorities"):
        shuffled(bare)


FREE = """\
bestand: 1
title: Free
parties:
  a: {options: {x: , y: , z: }}
preferences: {a: {priorities: [a.x, a.y, a.z]}}
readings:
  r: {change: a 3 dropped}
  s: {change: a 1 replaced by not a.x}
  u: {change: a 1 replaced by not a.y}
  c: {change: reading s}
open:
"""


def told(design):
    return [{answer.words for answer in design.combination(k)} for k in range(design.count)]


def chance(design, words):
    weights = [design.chance(k) for k in range(design.count)]
    with_it = [w for k, w in enumerate(weights) if any(words in a.words for a in design.combination(k))]
    return sum(with_it) / sum(weights)


@pytest.mark.parametrize(
    ("entry", "held"),
    [
        ("{reading: s, chance: 1}", ["not a.x", "a.y", "a.z"]),
        ("{held: a 1, chance: 0}", ["a.y", "a.z"]),
    ],
)
def test_the_only_answer_that_is_left_is_given_always(entry, held):
    text = FREE.replace("  u: {change: a 1 replaced by not a.y}\n", "").replace("  c: {change: reading s}\n", "")
    text = text.replace("  r: {change: a 3 dropped}\n", "").replace("open:", f"open:\n  - {entry}")
    if "held" in entry:
        text = text.replace("  s: {change: a 1 replaced by not a.x}\n", "").replace("readings:\n", "")
    design = opened(model(text))
    assert (design.count, design.questions) == (1, ())
    base, changes = design.variant(design.combination(0))
    from bestand.model.formula import text as formula_text

    assert [formula_text(s.formula) for s in changed(base, changes).preferences["a"].statements] == held
    # and the whole of it comes to what the model with the change made by hand comes to
    sure = bestand.vary(model(text), concepts=["nash"], formulas=["a.x"])
    assert sure.count == 1
    assert sure.share("a.x", "nash").share == float("held" in entry)


def test_the_only_place_that_is_left_is_taken():
    """The wish in place 1 is not held, so that nothing can stand before it: a 3 goes before a 2."""
    text = FREE.replace("r: {change: a 3 dropped}", "r: {change: a 1 dropped}")
    design = opened(model(text + "  - {place: a 3, between: [1, 2]}"), common=(ApplyReading("r"),))
    assert "with a 3 in place 1" in design.left_out
    found = {tuple(map(repr, priorities(design, k)["a"])) for k in range(design.count)}
    assert found
    assert all("a.z" in wishes[0] and "a.y" in wishes[1] for wishes in found)


def test_two_that_are_sure_and_exclude_each_other_are_refused():
    with pytest.raises(CallError, match="'with u' has a chance, and excludes what is sure: 'with s'"):
        opened(model(FREE + "  - {reading: s, chance: 1}\n  - {reading: u, chance: 1}"))


def test_what_is_excluded_is_seen_through_a_reading_that_applies_another():
    design = opened(model(FREE + "  - {at_most_one: [r, s]}"))
    for answers in told(design):
        words = " ".join(answers)
        assert not ("with r" in words and ("with s" in words or "with c" in words)), words
    assert any("with r" in " ".join(answers) for answers in told(design))


def test_a_reading_that_is_chosen_excludes_what_the_file_says():
    design = job_of(model(FREE + "  - {at_most_one: [r, s]}"), readings=["r"]).design
    assert set(design.left_out) == {"with s", "with c"}
    assert not any("with s" in " ".join(answers) for answers in told(design))


@pytest.mark.parametrize(
    ("entries", "words", "stated"),
    [
        ("  - {reading: r, chance: 0.2}\n  - {order: [a 2, a 3]}", "with r", 0.2),
        ("  - {reading: r, chance: 0.2}\n  - {place: a 2, between: [1, 3]}", "with r", 0.2),
        ("  - {at_most_one: [s, u]}\n  - {at_most_one: [r, u]}\n  - {reading: u, chance: 0.5}", "with u", 0.5),
        ("  - {held: a 3, chance: 0.9}\n  - {order: [a 2, a 3]}", "without a 3", 0.1),
    ],
)
def test_a_stated_chance_is_kept_beside_what_clashes(entries, words, stated):
    assert chance(opened(model(FREE + entries)), words) == pytest.approx(stated, abs=1e-9)


def test_several_stated_chances_are_kept_up_to_the_edge():
    """r and s, and r and c, exclude each other: with 0.5 and 0.5 nothing is left for neither."""
    one = FREE + "  - {at_most_one: [r, s]}\n  - {reading: r, chance: 0.5}\n  - {reading: s, chance: 0.5}"
    design = opened(model(one))
    assert chance(design, "with r") == pytest.approx(0.5, abs=1e-9)
    assert chance(design, "with s") == pytest.approx(0.5, abs=1e-9)
    assert "with none of these" not in {answer.words for answer in design.questions[0].answers}


def test_chances_that_cannot_all_be_kept_are_refused():
    one = "  - {at_most_one: [r, s]}\n  - {reading: r, chance: 0.6}\n  - {reading: c, chance: 0.7}"
    with pytest.raises(CallError, match="the chances stated about r and c cannot all be kept"):
        opened(model(FREE + one))


def test_a_wish_that_a_reading_adds_stands_anywhere_too():
    """Every order of the three wishes, each once, that of the file first; claims may apply the reading again."""
    text = (
        FREE.replace("  c: {change: reading s}\n", "")
        .replace("open:\n", "")
        .replace("r: {change: a 3 dropped}", "r: {change: [a 3 dropped, a wants a.x and a.y before a 2]}")
    )
    one = model(text)
    design = job_of(one, readings=["r"], shuffle=True).design
    added = changed(one, (ApplyReading("r"),))
    wanted = [s.formula for s in added.preferences["a"].statements]
    assert len(wanted) == 3
    found = []
    for k in range(design.count):
        base, changes = design.variant(design.combination(k))
        for further in ((), (ApplyReading("r"),)):
            made = changed(base, (*changes, *further)).preferences["a"].statements
            found.append(tuple(s.formula for s in made))
    assert found[0] == tuple(wanted)
    assert sorted(map(repr, found)) == sorted(map(repr, 2 * [*itertools.permutations(wanted)]))
    told = bestand.vary(one, shuffle=True, readings=["r"], formulas=["a.x"], concepts=["nash"])
    assert (told.count, told.exact) == (6, True)


def test_wishes_that_are_added_side_by_side_keep_their_own_order():
    from bestand.model.formula import FALSE, TRUE
    from bestand.model.values import Statement
    from bestand.plan.open.design import Orders

    one = model(FREE.replace("open:\n", ""))
    orders = Orders("a", (1, -1, 2, -2, 3), (TRUE, FALSE))
    names = {formula: k for k, formula in enumerate([s.formula for s in one.preferences["a"].statements], 1)}
    names |= {TRUE: -1, FALSE: -2}
    for k in range(orders.count):
        answer = orders.answer(k)
        made = changed(one, [change for _, change in answer.changes]).preferences["a"].statements
        assert all(isinstance(s, Statement) for s in made)
        assert " ".join(str(names[s.formula]) for s in made) == answer.words
