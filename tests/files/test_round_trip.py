"""What is written can be read back, whatever the model; what is no model is told, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bestand.files import dumps, load, loads, read_document
from bestand.files.catalogue import slugs
from bestand.model.errors import ModelError
from bestand.model.model import Model
from bestand.model.values import Claim, Grounds, Option, Party, Source
from bestand.testing import models

ODD = ["no", "NO", "0110", "1e3", "0x10", "12:30", "~", "null", "yes", "2025-04-26", "=", "<<", "1_000", ".inf", "0o7"]


@given(models())
@settings(deadline=None)
def test_dumps_then_loads(model: Model):
    text = dumps(model)
    assert loads(text) == model
    assert dumps(loads(text)) == text


@given(st.text(), st.text())
@example("a\x85b", "\u2028")
@example("x\n\n y\n", "\ud800")
@settings(deadline=None)
def test_any_text_comes_back(title: str, note: str):
    party = Party("up", name=note, options=(Option("up.a", Grounds(says=note)),))
    model = Model(title, (party,), note=title)
    try:
        text = dumps(model)
    except ModelError:
        assert any("\ud800" <= character <= "\udfff" for character in title + note)
    else:
        assert loads(text) == model


@pytest.mark.parametrize("slug", slugs())
def test_cases_come_back(slug: str):
    model = load(slug)
    assert loads(dumps(model)) == model


@pytest.mark.parametrize("word", ODD)
def test_scalars_stay_text(word: str):
    model = loads(
        f"{{bestand: 1, title: {word}, note: {word}, sources: {{s: {{published: {word}}}}},"
        f" parties: {{up: {{name: {word}, options: {{a: {{says: {word}}}}}}}}}, labels: {{'1': x{word}}}}}"
    )
    assert model.title == model.note == model.parties[0].name == model.options[0].grounds.says == word
    assert model.sources["s"].published == word
    assert model.labels["1"] == f"x{word}"
    assert loads(dumps(model)) == model


def test_bits_and_words_without_quotes():
    model = loads(
        "{bestand: 1, title: x, parties: {no: {options: {on: , off: , y: , n: }}}, preferences: {no: "
        "{ranking: [0110, [0000, 1000, 0100, 1100, 0010, 1010, 1110], 7, 0001]}}, "
        "labels: {1001: 7, 0101: 7, 1101: 7, "
        "0011: 7, 1011: 7, 0111: 7, 1111: 7}, status_quo: [on]}"
    )
    assert model.parties[0].id == "no"
    assert model.preferences["no"].groups[0] == ("0110",)
    assert model.preferences["no"].groups[2] == ("1001", "0101", "1101", "0011", "1011", "0111", "1111")


@pytest.mark.parametrize("word", ["yes", "YES", "True", "true"])
def test_truth_in_any_case(word: str):
    model = loads(
        f"{{bestand: 1, title: x, parties: {{up: {{options: {{a: {{assumed: {word}}}, b: {{assumed: No}}}}}}}}}}"
    )
    assert [option.grounds.assumed for option in model.options] == [True, False]


def test_nothing_is_not_the_word_for_it():
    model = loads(
        "{bestand: 1, title: '', note: '', parties: {up: {name: , options: null}, down: , x: {options: ~}}, "
        "status_quo: }"
    )
    assert (model.title, model.note, model.parties[0].name, model.parties[0].options) == ("", "", None, ())
    assert model.status_quo == frozenset()
    assert loads("{bestand: 1, title: x, parties: {up: }}").status_quo is None


def test_a_plan():
    model = loads(
        "{bestand: 1, title: x, parties: {up: {options: {a: , b: }}}, outcomes: {deal: a}, plan: deal and not b}"
    )
    assert loads(dumps(model)) == model
    assert model.plan is not None


SEVERAL = (
    "{bestand: 1, title: x, parties: {up: {options: {a: , b: }}}, outcomes: {deal: a}, "
    "plans: {firm: {holds: a and b, says: both}, soft: deal, deal: deal}}"
)


def test_several_plans():
    model = loads(SEVERAL)
    assert [plan.id for plan in model.plans] == ["firm", "soft", "deal"]
    assert model.plans[0].grounds.says == "both"
    assert model.plan == model.plans[0].formula, "the first is meant unless told"
    assert loads(dumps(model)) == model
    assert "\nplan:" not in dumps(model)


def test_a_plan_beside_several():
    first, second, other = (
        loads(SEVERAL.replace("plans:", f"plan: {plan}, plans:")) for plan in ("a and b", "deal", "b")
    )
    assert first == loads(SEVERAL)
    assert second.plan == second.plans[1].formula
    assert [each.plan_meant and each.plan_meant.id for each in (first, second, other)] == ["firm", "soft", None]
    for model in (second, other):
        assert loads(dumps(model)) == model
        assert "\nplan:" in dumps(model)


def test_long_formulas():
    atoms = " and ".join(f"up.o{k % 7}" for k in range(10_000))
    options = ", ".join(f"o{k}: " for k in range(7))
    model = loads(f"{{bestand: 1, title: x, parties: {{up: {{options: {{{options}}}}}}}, rules: [{{never: {atoms}}}]}}")
    assert loads(dumps(model)) == model


def test_an_invalid_model_is_not_written():
    with pytest.raises(ModelError):
        dumps(Model("x", (Party("up", options=(Option("up.not"),)),), claims=(Claim("c", ()),)))


@given(st.binary() | st.text())
@settings(deadline=None)
def test_noise_is_told(noise: bytes | str):
    document = read_document(noise)
    assert document.model is None
    assert document.problems


# What stands in model files, put together at random.
SCRAPS = st.sampled_from(
    [
        "bestand: 1\n",
        "title: x\n",
        "parties:",
        "{up: {options: {a: {}, b: }}}\n",
        "rules:",
        "[{never: a}]\n",
        "outcomes: ",
        "{x: a}\n",
        "- ",
        "? ",
        "*a ",
        "&a ",
        "!t ",
        "'",
        '"',
        "|\n",
        ">-\n ",
        "\n  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        "# x\n",
        "~",
        "status_quo: [a]\n",
        "preferences: ",
        "{up: {priorities: [a, not b]}}\n",
        "{up: {ranking: [[00, 01], 10]}}\n",
        "readings: ",
        "claims: ",
        "labels: ",
        "{r: {change: up 1 dropped}}\n",
        "[{id: c, check: some state is a}]\n",
        "---\n",
        "\t",
        "\x85",
        "¶",
        "left_out: [x]\n",
    ]
)


@given(st.lists(SCRAPS, max_size=25).map("".join))
@settings(deadline=None)
def test_scraps_never_raise(text: str):
    document = read_document(text)
    assert (document.model is None) == any(problem.severity == "error" for problem in document.problems)
    assert all(problem.line > 0 and problem.column > 0 for problem in document.problems)


@given(st.data())
@settings(deadline=None)
def test_a_damaged_file_never_raises(data: st.DataObject):
    text = (
        "bestand: 1\ntitle: Dam\nparties: {up: {options: {release: , threaten: }}, down: {options: {attack: }}}\n"
        + (
            "outcomes: {peace: not attack}\nrules: [{never: release and threaten}]\n"
            "preferences: {up: {priorities: [peace]}}\nreadings: {r: {change: up 1 dropped}}\n"
            "claims: [{id: c, check: some state is peace, across: [[r, base]]}]\n"
        )
    )
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    read_document(text[:start] + data.draw(SCRAPS) + text[end:])


def test_sources_keep_their_fields():
    model = Model("x", (Party("up"),), sources={"s": Source(title="t", url="u")})  # type: ignore[arg-type]
    assert loads(dumps(model)).sources["s"] == Source(title="t", url="u")
