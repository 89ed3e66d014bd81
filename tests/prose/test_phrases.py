"""Phrases from the model's own texts, as they stand in sentences, cells and lists, in both languages."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand.files import load, loads
from bestand.model.model import Model
from bestand.model.translating import translated
from bestand.prose.messages import _, speaking
from bestand.prose.phrases import (
    difference_words,
    doing_words,
    in_turn,
    move_words,
    option_words,
    party_name,
    path_words,
    state_cell,
    state_symbols,
    state_words,
)
from bestand.solve.positions import find_mask
from bestand.testing import models
from tests import first_reading
from tests.examples import examples

DAM = loads("""
bestand: 1
title: A dam
parties:
  up:
    name: Upstream state
    called: the upstream state
    options:
      release: {says: releases the water, says_no: keeps the water}
      threaten: {says: threatens to close the dam}
      sign:
  down:
    options:
      sign:
      pay: {says: "pays for the water, all of it"}
status_quo: [threaten]
""")
BARE = loads("{bestand: 1, title: x, parties: {up: {options: {a: , b: , c: }}, down: {options: {a: }}}}")


def of(model: Model, *yes: str) -> int:
    return model.mask(yes)


def test_what_a_party_is_called():
    assert [party_name(DAM, party) for party in ("up", "down")] == ["the upstream state", "down"]
    assert _("{Party} waits for {party}.", party=party_name(DAM, "up")) == (
        "The upstream state waits for the upstream state."
    )


def test_a_move_to_yes_and_back():
    taken = of(DAM, "up.release", "up.threaten", "up.sign")
    assert move_words(DAM, 0, taken) == "releases the water, threatens to close the dam and takes “sign”"
    assert move_words(DAM, taken, 0) == "keeps the water, no longer threatens to close the dam and drops “sign”"
    assert move_words(DAM, of(DAM, "up.threaten"), of(DAM, "up.release")) == (
        "releases the water and no longer threatens to close the dam"
    )
    assert move_words(DAM, taken, taken) == "changes nothing"


def test_names_alone():
    assert move_words(BARE, 0, of(BARE, "up.a")) == "takes “a”"
    assert move_words(BARE, of(BARE, "up.a"), of(BARE, "up.b", "up.c")) == "takes “b” and “c”, and drops “a”"
    assert move_words(BARE, 0, of(BARE, "up.a", "up.b", "down.a")) == "takes “up.a”, “b” and “down.a”"


def test_phrases_with_an_and_or_a_comma_of_their_own():
    def told(first, second):
        options = f"{{a: {{says: '{first}'}}, b: {{says: '{second}'}}, c: {{says: waits}}}}"
        return move_words(loads(f"{{bestand: 1, title: x, parties: {{up: {{options: {options}}}}}}}"), 0, 0b111)

    assert told("signs", "pays") == "signs, pays and waits"
    assert told("signs and sends", "pays") == "signs and sends, pays, and waits"
    assert told("signs, at last", "pays") == "signs, at last; pays; and waits"


def test_an_option_by_itself():
    assert option_words(DAM, "up.release") == "releases the water"
    assert option_words(DAM, "up.release", yes=False) == "keeps the water"
    assert option_words(DAM, "up.threaten", yes=False) == "does not choose “threatens to close the dam”"
    assert option_words(DAM, "up.sign", yes=False) == "does not take “sign”"


def test_a_full_stop_ends_no_phrase():
    model = loads(
        "{bestand: 1, title: x, parties: {up: {options: "
        "{a: {says: keeps the water.}, b: {says: ' ', says_no: waits...}}}}}"
    )
    assert move_words(model, 0b10, 0b01) == "keeps the water and waits..."
    assert doing_words(model, "up", 0b10) == "takes “b”"


def test_a_path():
    start = of(DAM, "up.threaten")
    path = [("down", start | of(DAM, "down.pay")), ("up", of(DAM, "up.release", "down.pay"))]
    assert path_words(DAM, start, path) == (
        "down pays for the water, all of it; then the upstream state releases the water and no longer threatens to "
        "close the dam"
    )
    assert path_words(DAM, start, []) == ""
    assert in_turn(["down pays", "up waits", "down waits"]) == "down pays, then up waits, then down waits"


def test_states():
    assert state_words(DAM, of(DAM, "up.threaten")) == "the status quo"
    assert state_words(DAM, 0) == "the state in which the upstream state keeps the water"
    assert state_words(DAM, of(DAM, "up.release")) == "the state in which the upstream state releases the water"
    long = of(DAM, "up.release", "up.threaten", "up.sign", "down.sign")
    assert state_words(DAM, long) == (
        "the status quo, but the upstream state releases the water and takes “sign”; down takes “sign”"
    )
    assert state_cell(DAM, of(DAM, "up.release", "down.sign")) == (
        "the upstream state releases the water and down takes “sign”"
    )
    assert state_words(BARE, 0) == "the state in which nobody does anything"


def test_states_with_a_label():
    elmira = load("books/fang1993/elmira")
    mask = of(elmira, "MoE.modify", "UR.accept", "LG.insist")
    assert (state_words(elmira, mask), state_cell(elmira, mask), state_symbols(elmira, mask)) == (
        "state 8",
        "state 8",
        "8",
    )


def test_commas_do_not_run_together():
    many = of(DAM, "up.release", "up.threaten", "down.sign", "down.pay")
    assert difference_words(DAM, 0, many) == (
        "the upstream state releases the water and threatens to close the dam; down pays for the water, all of it, "
        "and takes “sign”"
    )


def test_what_a_party_does():
    assert doing_words(DAM, "up", of(DAM, "up.release", "up.threaten")) == (
        "releases the water and threatens to close the dam"
    )
    assert doing_words(DAM, "up", 0) == "keeps the water"
    assert doing_words(DAM, "down", 0) == "does nothing"


UKRAINE = load(first_reading.UKRAINE)


def test_the_ukraine_case_in_both_languages():
    model = UKRAINE
    today = model.mask(model.status_quo)
    walked = today | of(model, "usa.walk_away", "usa.reduce_presence")
    stopped = (walked | of(model, "russia.stop_fire")) & ~of(model, "russia.escalate", "russia.provinces")
    path = [("usa", walked), ("russia", stopped)]
    assert path_words(model, today, path) == (
        "the United States stops mediating and leaves the conflict to Europe, and withdraws most of its forces from "
        "Europe; then Russia agrees to a ceasefire, drops its demand for the four provinces and does not step up its "
        "attacks"
    )
    dutch = translated(model, "nl")
    with speaking("nl"):
        told = path_words(dutch, today, path)
    for words in [
        "de Verenigde Staten stoppen met bemiddelen en laten het conflict aan Europa over",
        "Rusland stemt in met een staakt-het-vuren",
        "laat de eis van de vier provincies vallen",
    ]:
        assert words in told


@pytest.mark.parametrize("lang", ["en", "nl"])
@given(data=st.data())
@settings(deadline=None, max_examples=examples(60))
def test_every_state_of_every_model_has_words(lang, data):
    model = data.draw(models(max_options=6))
    size = 2 ** len(model.options)
    masks = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=4))
    with speaking(lang):
        for mask in masks:
            assert state_words(model, mask)
            assert state_cell(model, mask)
        for origin, target in pairwise(masks):
            assert move_words(model, origin, target)
            assert (difference_words(model, origin, target) == difference_words(model, origin, origin)) <= (
                origin == target
            )


@given(models(max_options=5), st.data())
@settings(deadline=None, max_examples=examples(60))
def test_a_state_is_found_by_what_a_command_takes(model: Model, data):
    model = dataclasses.replace(model, labels=type(model.labels)())
    mask = data.draw(st.integers(0, 2 ** len(model.options) - 1))
    if model.options:
        assert find_mask(model, state_symbols(model, mask), lambda _: True) == mask


def test_different_moves_of_the_ukraine_case_are_told_differently():
    """Every single change of a party, from wherever it begins, has words of its own."""
    for model in (UKRAINE, translated(UKRAINE, "nl")):
        told = {
            (party_name(model, option.party), move_words(model, 0, bit) if yes else move_words(model, bit, 0))
            for k, option in enumerate(model.options)
            for bit, yes in ((1 << k, True), (1 << k, False))
        }
        assert len(told) == 2 * len(model.options)


PLURAL = """\
bestand: 1
title: Two peoples
language: en
parties:
  serbs:
    name: Kosovo Serbs
    called: the Kosovo Serbs
    plural: yes
    options: {leave: {says: leave the institutions, says_no: stay}, boycott: }
  usa: {name: United States, called: the United States, plural: [nl], options: {pay: }}
preferences: {serbs: {priorities: [usa.pay, leave]}, usa: {priorities: [not leave, not pay]}}
plan: not leave and pay
status_quo: [leave]
translations:
  nl: {the Kosovo Serbs: de Servische Kosovaren, the United States: de Verenigde Staten}
"""


def test_verbs_agree_with_a_party_that_is_plural_in_the_language():
    import bestand

    model = bestand.loads(PLURAL)
    assert bestand.loads(bestand.dumps(model)) == model
    english, dutch = bestand.analyse(model).words("en"), bestand.analyse(model).words("nl")
    assert "The Kosovo Serbs sign, for this:" in english
    assert "The United States signs, for this:" in english
    assert "De Servische Kosovaren tekenen, hiervoor:" in dutch
    assert "De Verenigde Staten tekenen, hiervoor:" in dutch
    why = bestand.explain(model, state="none", party="serbs", concepts="nash")
    assert "The Kosovo Serbs can improve: they leave the institutions" in " ".join(why.words("en").split())


@pytest.mark.parametrize("plural", ["maybe", "[nl, 5 x]"])
def test_a_plural_is_yes_no_or_languages(plural):
    import bestand

    with pytest.raises(bestand.ModelError):
        bestand.loads(PLURAL.replace("plural: yes", f"plural: {plural}"))
