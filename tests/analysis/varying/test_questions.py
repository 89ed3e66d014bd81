"""What is open becomes questions that are independent of each other."""

import dataclasses

import pytest

import bestand
from bestand.analysis.varying.jobs import design_of
from bestand.analysis.varying.questions import opened, shuffled
from bestand.model.changing import changed
from bestand.model.errors import CallError
from bestand.model.values import FrozenMap, Priorities
from tests.analysis.varying.helpers import OPEN, by_hand, clashes, model, naive


def answers(design):
    return {question.words: [answer.words for answer in question.answers] for question in design.questions}


def priorities(design, index):
    base, changes = design.variant(design.combination(index))
    made = changed(base, changes)
    return {party: [s.formula for s in wish.statements] for party, wish in made.preferences.items()}


def test_ukraine_has_1152_combinations():
    """Eleven readings, of which two pairs exclude each other: 3 · 3 · 2⁷."""
    design = opened(bestand.load("press/wynia2025/ukraine"))
    assert design.count == 1152 == 3 * 3 * 2**7
    assert "which of usa-never and usa-firm, if any" in answers(design)
    assert "which of russia-order and russia-order-2, if any" in answers(design)
    assert len(design.questions) == 9


def test_readings_that_replace_one_wish_exclude_each_other_by_themselves():
    assert clashes(model(), "reading proud", "reading meek")
    design = opened(dataclasses.replace(model(), open_questions=()))
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
    design = design_of(model(), ("proud",), False, {})
    assert design.count == 12
    assert design.left_out == ("with meek",)


def test_another_analyst_is_one_more_answer_for_each_party_that_differs():
    one = model()
    wishes = dict(one.preferences)
    wishes["up"] = Priorities(tuple(reversed(wishes["up"].statements)))
    other = dataclasses.replace(one, preferences=FrozenMap(wishes))
    design = opened(dataclasses.replace(one, open_questions=()), others={"hawk": other, "dove": one}, name="mine")
    (joined,) = [question for question in design.questions if "what up wants" in question.words]
    told = {answer.words: chance for answer, chance in zip(joined.answers, joined.chances, strict=True)}
    # readings about up count in this file's list, so they go with this file's wishes only
    assert set(told) == {"with none of these", "with proud", "with meek", "as in hawk"}
    assert told == pytest.approx(
        {"as in hawk": 1 / 3, "with none of these": 2 / 9, "with proud": 2 / 9, "with meek": 2 / 9}
    )
    assert design.count == 4 * 2


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
    with pytest.raises(CallError, match=r"proud and meek exclude each other, and their chances add up to 1.2"):
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
    with pytest.raises(CallError, match="nothing is open in this model"):
        opened(bare)
    with pytest.raises(CallError, match="no party has priorities"):
        shuffled(bare)
