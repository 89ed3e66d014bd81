"""Files in the older forms mean what they always meant: the same combinations, each of the same weight.

Beside the library stands what the documentation says of the older forms, written out: readings in any combination, in
the order of the file, then orders and places, then what is not held; without what excludes each other.
"""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import bestand
from bestand.files import read_document
from bestand.files.form import read_form
from bestand.files.places import Report
from bestand.files.resolve import resolve
from bestand.files.tree import read_tree
from bestand.model.changing import changed
from bestand.model.errors import CallError
from bestand.model.language import parse_changes
from bestand.model.open_questions import AtMostOne
from bestand.model.sentences import Drop, Replace
from bestand.plan.open.open_questions import opened

HEAD = """\
bestand: 1
title: T
parties: {a: {options: {x: , y: }}, b: {options: {z: }}}
preferences: {a: {priorities: [a.x, b.z, not a.y]}, b: {priorities: [b.z, not a.x, a.y]}}
"""
FORMULAS = ["a.x", "not a.y", "b.z", "a.x and b.z"]
PLACES = ["b 3 before b 1", "b 3 before b 2", ""]  # of b's third wish; the last is that of the file


@st.composite
def changes(draw, before):
    party, formula = draw(st.sampled_from("ab")), draw(st.sampled_from(FORMULAS))
    one, other = draw(st.permutations([1, 2, 3]))[:2]
    kinds = [
        f"{party} {one} replaced by {formula}",
        f"{party} {one} before {party} {other}",
        f"{party} {one} exchanged with {party} {other}",
        f"{party} {one} dropped",
        f"{party} wants {formula} before {party} {one}",
        f"{party} wants {formula} first",
        *(f"reading {name}" for name in before),
    ]
    return draw(st.sampled_from(kinds))


@st.composite
def files(draw):
    """A file's readings, lists of those that exclude each other, and whether an order, a place and a wish are open."""
    readings = {}
    for k in range(draw(st.integers(1, 4))):
        readings[f"r{k}"] = draw(st.lists(changes([*readings]), min_size=1, max_size=2, unique=True))
    names = st.lists(st.sampled_from([*readings]), min_size=2, max_size=3, unique=True)
    lists = draw(st.lists(names, max_size=2)) if len(readings) > 1 else []
    return readings, lists, *(draw(st.booleans()) for _ in range(3))


def text_of(readings, lists, order, place, held):
    entries = [{"at_most_one": each} for each in lists]
    entries += [{"held": "a 3"}] * held + [{"order": ["a 1", "a 2"]}] * order
    entries += [{"place": "b 3", "between": ["1", "3"]}] * place
    told = {name: {"change": change} for name, change in readings.items()}
    return f"{HEAD}readings: {json.dumps(told)}\n" + (f"open: {json.dumps(entries)}\n" if entries else "")


def by_hand(model, readings, lists, order, place, held):
    """What the parties want in every combination that can be, each once for every combination that comes to it."""

    def applied(names):
        found = set()
        for name in names:
            inner = [change.removeprefix("reading ") for change in readings[name] if change.startswith("reading ")]
            found |= {name, *applied(inner)}
        return found

    def contents(sentences):
        made = {}
        for sentence in sentences:
            if sentence.startswith("reading "):
                made |= contents(readings[sentence.removeprefix("reading ")])
            for change in parse_changes(sentence, model.scope()):
                if isinstance(change, Replace | Drop):
                    made[change.statement] = change
        return made

    exchanged, dropped = "a 1 exchanged with a 2", "a 3 dropped"
    for chosen in itertools.product(*([(), (name,)] for name in readings)):
        names = [name for names in chosen for name in names]
        for first, then, last in itertools.product(
            ["", exchanged] if order else [""], PLACES if place else [""], ["", dropped] if held else [""]
        ):
            if any(len(applied(names) & set(each)) > 1 for each in lists):
                continue
            parts = [([f"reading {name}"], applied([name])) for name in names]
            parts += [([sentence], set()) for sentence in (first, then, last) if sentence]
            if any(
                contents(one)[about] != contents(other)[about]
                for (one, these), (other, those) in itertools.combinations(parts, 2)
                if not (these and those and (these <= those or those <= these))
                for about in contents(one).keys() & contents(other).keys()
            ):
                continue
            sentences = [sentence for part, _ in parts for sentence in part]
            try:
                made = changed(model, [c for each in sentences for c in parse_changes(each, model.scope())])
            except CallError:
                continue
            yield repr(made.preferences)


def weights(model):
    """How much each combination counts, by what the parties then want; and how many combinations there are."""
    design = opened(model)
    found = {}
    for k in range(design.count):
        base, made = design.variant(design.combination(k))
        wanted = repr(changed(base, made).preferences)
        found[wanted] = found.get(wanted, 0.0) + design.chance(k) / design.count
    whole = sum(found.values())
    return {wanted: weight / whole for wanted, weight in found.items()}, design.count


def apart(text):
    """The model of a file with every reading a question of its own, and lists beside them."""
    root, problems = read_tree(text, "the model")
    report = Report(root, text, problems)
    form = read_form(report)
    assert form is not None
    return resolve(form, report)[0]


@given(files())
@settings(deadline=None)
def test_the_combinations_and_their_weights_are_those_of_the_older_form(told):
    text = text_of(*told)
    document = read_document(text)
    assume(document.model is not None)  # changes of one list that exclude each other
    model = document.model
    assert model == bestand.loads(bestand.dumps(model))
    alone = apart(text)
    try:
        expected = [*by_hand(alone, *told)]
        found, count = weights(model)
    except CallError as error:
        assume("nothing is open" not in str(error))
        raise
    assert (found.keys(), count) == (set(expected), len(expected))
    same, as_many = weights(alone)
    assert as_many == count
    assert found == pytest.approx(same, abs=1e-9)


@given(files())
@settings(deadline=None)
def test_what_stands_in_one_list_is_one_question_or_a_list_still(told):
    document = read_document(text_of(*told))
    assume(document.model is not None)
    model = document.model
    assert all(isinstance(each, AtMostOne) for each in model.exclusions)
    for names in told[1]:
        together = {model.question_of[name].id for name in names}
        assert len(together) == 1 or any(set(names) <= set(each.readings) for each in model.exclusions)
