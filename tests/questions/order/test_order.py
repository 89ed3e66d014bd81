"""The question ``order``: told in words and data, of the catalogue's deals, and what cannot be asked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import bestand
from bestand.model.errors import CallError
from bestand.prose.messages import LANGUAGES
from tests.first_reading import UKRAINE
from tests.plan.test_order import HOSTAGES

NATO_FIRST = "russia-nato-first"


def spaced(words):
    return " ".join(words.split())


def test_of_a_deal_of_the_flagship():
    answer = bestand.order(UKRAINE, readings=NATO_FIRST)
    assert answer.orders.count == 3
    assert answer.orders.together == ()
    assert ("russia.escalate", "russia.stop_fire") in answer.orders.before
    words = spaced(answer.words("en"))
    assert "There are 3 orders, in steps as small as can be, in which nobody gains by stopping half-way." in words
    assert "4. Ukraine renounces membership of NATO." in words
    assert "If this came first of all: Ukraine renounces membership of NATO; Russia would stop there" in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_in_every_language(lang):
    told = bestand.order(UKRAINE, readings=NATO_FIRST).words(lang)
    assert ("order" in told) == (lang == "en")


def test_data_can_be_written_and_followed():
    answer = bestand.order(UKRAINE, readings="russia-order")
    told = json.loads(json.dumps(answer.data()))
    assert (told["number"], told["of"], told["orders"]) == (1, 2, 108)
    state = dict.fromkeys((option["id"] for option in told["options"]), False)
    state |= dict.fromkeys(answer.model.status_quo, True)
    for stage in told["stages"]:
        state |= stage["changes"]
        assert stage["bits"] == answer.model.bits(answer.model.mask(id for id, yes in state.items() if yes))
    assert told["stages"][-1]["bits"] == told["deal"]
    assert told["one"] == [[*stage["changes"]] for stage in told["stages"]]
    assert told["starts"] is True
    assert ["russia.escalate", "russia.stop_fire"] in told["always_before"]
    assert told["always_together"] == []
    assert told["stops"] == []


def test_data_say_who_stops_where():
    told = bestand.order(bestand.loads(HOSTAGES)).data()
    assert told["one"] == [["A.free", "B.free"]]
    assert told["always_together"] == [["A.free", "B.free"]]
    assert told["stops"] == [
        {"at": "10", "party": "B", "gains": "10"},
        {"at": "01", "party": "A", "gains": "01"},
    ]


def test_a_deal_can_be_named():
    model = bestand.load(UKRAINE)
    first = bestand.order(model, readings=NATO_FIRST)
    named = bestand.order(model, model.bits(first.state), readings=NATO_FIRST)
    assert named.orders == first.orders
    assert named.data()["number"] is None


def test_the_second_deal_is_another_one():
    first, second = (bestand.order(UKRAINE, readings="russia-order", number=k) for k in (1, 2))
    assert first.state != second.state


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({}, "there is no deal that is kept, and so no order to do it in; bestand deals MODEL says who refuses what"),
        ({"readings": NATO_FIRST, "number": 2}, "--number 2: one deal has the fewest changes; give 1 to 1"),
        ({"readings": NATO_FIRST, "number": 0}, "--number 0"),
        ({"readings": NATO_FIRST, "deal": "status-quo"}, "in the state given the plan is not true"),
        (
            {"readings": NATO_FIRST, "deal": "russia.stop_fire,ukraine.stop_fire,ukraine.cede"},
            "the state given is no deal",
        ),
        ({"readings": NATO_FIRST, "concept": "nash"}, "bestand deals MODEL says why"),
        ({"readings": NATO_FIRST, "concept": "nsh"}, "did you mean 'nash'"),
        ({"readings": NATO_FIRST, "plan": "xyzzy"}, "xyzzy"),
    ],
)
def test_what_cannot_be_asked_is_said(arguments, words):
    with pytest.raises(CallError, match=words):
        bestand.order(UKRAINE, **arguments)


def test_a_deal_of_too_many_changes_is_refused():
    parties = "\n".join(f"  P{p}: {{options: {{{', '.join(f'o{k}: ' for k in range(7))}}}}}" for p in range(3))
    every = [f"P{p}.o{k}" for p in range(3) for k in range(7)]
    wishes = "\n".join(f"  P{p}: {{priorities: [{' and '.join(every)}]}}" for p in range(3))
    model = bestand.loads(
        f"bestand: 1\ntitle: Many\nparties:\n{parties}\nplan: {' and '.join(every)}\nstatus_quo: []\n"
        f"preferences:\n{wishes}\n"
    )
    with pytest.raises(CallError, match=r"21 changes: orders are looked for up to 20|too many to list"):
        bestand.order(model)


def test_without_a_plan_it_says_what_to_give():
    with pytest.raises(CallError, match="the model has no plan"):
        bestand.order(replace(bestand.load(UKRAINE), plan=None))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_order_is_drawn_with_every_step(lang):
    answer = bestand.order(UKRAINE, readings="russia-order")
    picture = answer.picture(lang=lang)
    for n in range(1, len(answer.orders.stages) + 1):
        assert (f"Step {n}" if lang == "en" else f"Stap {n}") in picture.svg
    assert picture.svg.count("<title") == 1


def test_the_first_screen_names_it_where_there_is_a_deal_that_is_kept():
    assert "bestand order" in bestand.analyse(UKRAINE, readings=NATO_FIRST).words("en")
    assert "bestand order" not in bestand.analyse(UKRAINE).words("en")
