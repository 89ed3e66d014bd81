"""`--svg` and `--png`: a picture instead of words, in a file or on standard output."""

from xml.etree import ElementTree

import pytest

from bestand.questions.analyse.picture import PICTURES
from tests.first_reading import UKRAINE

PNG = b"\x89PNG\r\n\x1a\n"


def drawn(text):
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return root


@pytest.mark.parametrize("picture", PICTURES)
def test_analyse_draws_each_picture(call, dam, picture):
    status, out, err = call("analyse", dam, "--svg", "-", "--picture", picture)
    assert (status, err) == (0, "")
    drawn(out)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["evolve", UKRAINE], "Oekraïne"),
        (["what-if", UKRAINE, "--levers", "--concepts", "nash"], "Oekraïne"),
        (["vary", UKRAINE, "--concepts", "nash", "--samples", "20", "--no-claims"], "betaald"),
    ],
)
def test_other_answers_are_drawn_in_dutch(call, arguments, word, tmp_path):
    status, out, err = call(*arguments, "--svg", tmp_path / "p.svg", "--lang", "nl")
    assert (status, out, err) == (0, "", f"bestand: written: {tmp_path / 'p.svg'}\n")
    root = drawn((tmp_path / "p.svg").read_text("utf-8"))
    assert any(word in (element.text or "") for element in root.iter())


def test_dots(call, dam, tmp_path):
    pytest.importorskip("typst", reason='needs the extra "report"')
    assert call("analyse", dam, "--png", tmp_path / "p.png", "--svg", tmp_path / "p.svg")[0] == 0
    assert (tmp_path / "p.png").read_bytes().startswith(PNG)
    drawn((tmp_path / "p.svg").read_text("utf-8"))


def test_dots_need_an_extra(call, dam, tmp_path, without_typst):
    status, _, err = call("analyse", dam, "--png", tmp_path / "p.png")
    assert status == 2
    assert 'pip install "bestand[report]"' in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["analyse", "DAM", "--svg", "-", "--json"], "ask for one of them"),
        (["analyse", "DAM", "--svg", "-", "--picture", "matrx"], "did you mean 'matrix'? pictures: matrix, standing"),
        (["analyse", "DAM", "--svg", "nowhere/p.svg"], "there is no folder"),
        (["analyse", "DAM", "--svg", "-", "--engine", "symbolic"], "too many to list"),
        (["what-if", "DAM", "up 1 dropped", "--svg", "-"], "add --levers"),
        (["evolve", "DAM", "--from", "none", "--svg", "-"], "drawn from the status quo"),
        (["evolve", "DAM", "--only", "up", "--svg", "-"], "drawn from the status quo"),
        (["evolve", "DAM", "--steps", "1", "--svg", "-"], "drawn from the status quo"),
        (["analyse", "DAM", "--svg", "p.png"], "give it the ending .svg"),
        (["analyse", "DAM", "--picture", "tree"], "add --svg FILE or --png FILE"),
        (["analyse", "textbook/chicken", "--svg", "-", "--picture", "tree"], "how things stand today"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call, dam, arguments, message):
    status, out, err = call(*(dam if word == "DAM" else word for word in arguments))
    assert (status, out) == (2, "")
    assert message in err
