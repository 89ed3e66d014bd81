"""Several threads that ask at once get the answers that they would get one by one, each in its own language."""

import contextvars
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import bestand
from bestand.prose.messages import language, speak, speaking
from bestand.questions.registry import functions
from tests.command.helpers import DAM

AT_ONCE = 8
MODEL = f"{DAM}plans: {{quiet: peace, calm: not down.attack}}\n"
GIVEN = {
    "explain": {"state": 0},
    "compare": {"others": "textbook/chicken"},
    "count_rankings": {"state": "status-quo", "party": "up"},
    "merged": {"parties": ["up", "down"]},
    "order": {
        "plan": "up.threaten and not down.attack",
        "start": "down.attack",
        "no_deal": "up.threaten and down.attack",
    },
    "settle": {"formula": "peace"},
    "vary": {"samples": 20},
    "what_if": {"changes": ["without down.attack"]},
}


@pytest.fixture
def often():
    """Threads take turns a hundred times as often."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(before / 100)
    yield
    sys.setswitchinterval(before)


def asked(model, name):
    """What a question is answered with, in words of two languages and as data."""
    answer = getattr(bestand, name)(model, **GIVEN.get(name, {}))
    return answer.words("en"), answer.words("nl"), answer.data(), answer


def at_once(calls):
    """The results of some calls, all begun at the same moment, each by a thread of its own."""
    together = Barrier(len(calls))

    def begun(call):
        together.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [*pool.map(begun, calls)]


@pytest.mark.parametrize("name", functions())
def test_the_same_question_at_once(name, often):
    expected = asked(bestand.loads(MODEL), name)
    model = bestand.loads(MODEL)  # one that nobody has asked anything yet
    for found in at_once([lambda: asked(model, name)] * AT_ONCE):
        assert found == expected


def test_different_questions_at_once(often):
    names = [*functions()]
    expected = [asked(bestand.loads(MODEL), name) for name in names]
    model = bestand.loads(MODEL)
    assert at_once([lambda name=name: asked(model, name) for name in names]) == expected


def test_files_read_and_written_at_once(tmp_path, often):
    text = bestand.dumps(bestand.loads(DAM))
    path = tmp_path / "dam.yaml"
    bestand.save(bestand.loads(DAM), path)

    def through():
        model = bestand.load(path)
        bestand.save(model, path)
        return bestand.dumps(model)

    assert at_once([through] * AT_ONCE) == [text] * AT_ONCE
    assert [each.name for each in tmp_path.iterdir()] == ["dam.yaml"]


def test_every_thread_speaks_its_own_language():
    answer = bestand.analyse(bestand.loads(DAM))
    words = {lang: answer.words(lang) for lang in ("en", "nl")}

    def spoken(lang):
        with speaking(lang):
            return lang, language(), answer.words(lang)

    def to_the_end_of_its_context(lang):
        return contextvars.copy_context().run(speak, lang)

    for lang, its, told in at_once([lambda lang=lang: spoken(lang) for lang in ("en", "nl") * AT_ONCE]):
        assert (its, told) == (lang, words[lang])
    at_once([lambda: to_the_end_of_its_context("nl")] * AT_ONCE)
    assert language() == "en"
