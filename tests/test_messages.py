"""The catalogue of messages is whole: nothing is missing in any language, and nothing goes past it."""

import gettext
import json
from io import BytesIO

import pytest

pytest.importorskip("babel", reason="needs the group dev")

from babel.messages.pofile import read_po

from bestand.prose import messages as texts
from tools import messages
from tools.messages import compiled, language_faults, places, source_faults

HEAD = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def catalogue(text):
    return read_po(BytesIO((HEAD + text).encode()), locale="nl", domain="bestand")


def test_nothing_is_wrong_with_the_messages():
    wrong = list(map(str, messages.check()))
    assert not wrong, "\n".join(["python tools/messages.py check says:", *wrong])


def test_every_language_that_can_be_spoken_has_a_catalogue():
    assert sorted(texts.LANGUAGES) == ["en", *messages.languages()]


def kinds(source, name="src/bestand/prose/some.py"):
    return [fault.kind for fault in source_faults(source, name)]


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('_("{party} moves", party=name)', []),
        ('_("one" " and the same")', []),
        ('_n("{n} state", "{n} states", count)', []),
        ('_("{party} moves", **told)', []),
        ('_("{Party} moves", party=name)', []),
        ("for _ in range(3): pass", []),
        ('_(f"{party} moves")', ["call"]),
        ("_(words)", ["call"]),
        ("_(words + 's')", ["call"]),
        ('_n("{n} state", words, count)', ["call"]),
        ('_("{party} moves")', ["call"]),
        ('_("{party} moves", party=name, state=at)', ["call"]),
        ('_("{party moves", party=name)', ["call"]),
        ('on.paragraph("Nobody moves.")', ["bypass"]),
        ('on.paragraph(f"{party} moves.")', ["bypass"]),
        ('on.paragraph(_("Nobody moves."), 2, "bold")', []),
        ('on.heading(f"{number}:")', []),
        ('on.table(("concept", _("count")), rows)', ["bypass"]),
        ('on.paragraph(_("{who} moves", who="the " + other))', ["bypass"]),
        ('rows.append(f"{count} states")', ["bypass"]),
        ('told = "two words"', ["bypass"]),
        ('# no message: a formula\ntold = "two words"', []),
        ('told = kind == "two words"', []),
        ('raise CallError("two words")', []),
        ('def told():\n    """Two words."""\n    return names["key"]', []),
    ],
)
def test_what_the_source_does_with_messages_is_looked_at(source, wrong):
    assert kinds(source) == wrong


def test_a_function_with_the_name_of_a_helper_is_told_to_take_another_name():
    (fault,) = source_faults("total = counted(states)", "src/bestand/prose/some.py")
    assert "another function than the counted of bestand.model.message needs another name" in fault.words


def test_only_answers_for_people_are_held_to_every_string():
    assert kinds('told = "two words"', "src/bestand/questions/some/data.py") == []
    assert kinds('told = "two words"', "src/bestand/engine/some.py") == []
    assert kinds('on.paragraph("Two words.")', "src/bestand/command/some.py") == ["bypass"]


@pytest.mark.parametrize(
    ("nl", "wrong"),
    [
        ('msgid "{a} and {b}"\nmsgstr "{b} en {a}"', []),
        ('msgid "{a} and {b}"\nmsgstr "{B} en {a}"', []),
        ('msgid "{a} and {b}"\nmsgstr ""', ["missing"]),
        ("", ["missing"]),
        ('#, fuzzy\nmsgid "{a} and {b}"\nmsgstr "{b} en {a}"', ["fuzzy"]),
        ('msgid "{a} and {b}"\nmsgstr "{a} en {c}"', ["places"]),
        ('msgid "{a} and {b}"\nmsgstr "{a} en {b"', ["places"]),
        ('msgid "{a} and {b}"\nmsgstr "{a} en {b}"\n\nmsgid "gone"\nmsgstr "weg"', ["obsolete"]),
        ('msgid "{a} and {b}"\nmsgstr "{a} en {b}"\n\n#~ msgid "gone"\n#~ msgstr "weg"', ["obsolete"]),
    ],
)
def test_what_a_language_makes_of_a_message_is_looked_at(nl, wrong):
    template = catalogue('#: some.py\nmsgid "{a} and {b}"\nmsgstr ""\n')
    assert [fault.kind for fault in language_faults(template, catalogue(nl + "\n"), "nl")] == wrong


@pytest.mark.parametrize(
    ("one", "many", "wrong"),
    [
        ("{n} staat van {party}", "{n} staten van {party}", []),
        ("één staat van {party}", "{n} staten van {party}", []),
        ("{n} staat", "{n} staten van {party}", ["places"]),
        ("{n} staat van {party}", "", ["missing"]),
    ],
)
def test_plurals_have_the_same_places(one, many, wrong):
    ids = 'msgid "{n} state of {party}"\nmsgid_plural "{n} states of {party}"\n'
    template = catalogue(f'#: some.py\n{ids}msgstr[0] ""\nmsgstr[1] ""\n')
    mine = catalogue(f'{ids}msgstr[0] "{one}"\nmsgstr[1] "{many}"\n')
    assert [fault.kind for fault in language_faults(template, mine, "nl")] == wrong


def test_places_of_a_message():
    assert places("{party} has {n} of {{these}}") == {"party", "n"}


def test_gettext_reads_what_is_compiled():
    text = (
        'msgid "yes"\nmsgstr "ja"\n\nmsgctxt "vote"\nmsgid "yes"\nmsgstr "vóór"\n\n'
        'msgid "{n} state"\nmsgid_plural "{n} states"\nmsgstr[0] "{n} staat"\nmsgstr[1] "{n} staten"\n\n'
        'msgid "open"\nmsgstr ""\n'
    )
    there = compiled(catalogue(text))
    assert there == compiled(catalogue(text))
    read = gettext.GNUTranslations(BytesIO(there))
    assert (read.gettext("yes"), read.pgettext("vote", "yes"), read.gettext("open")) == ("ja", "vóór", "open")
    assert [read.ngettext("{n} state", "{n} states", n) for n in (0, 1, 2)] == ["{n} staten", "{n} staat", "{n} staten"]


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A source of one file and its catalogue, in a folder of their own."""
    source = tmp_path / "source"
    (source / "locale" / "nl" / "LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCE", source)
    monkeypatch.setattr(messages, "LOCALE", source / "locale")
    messages.po_file("nl").write_text("", "utf-8")
    return source / "some.py"


def test_update_keeps_translations_and_says_what_is_missing(elsewhere):
    elsewhere.write_text('a = _("first")\nb = _n("{n} state", "{n} states", 2)\nc = _p("vote", "yes")\n', "utf-8")
    messages.update()
    assert [fault.kind for fault in messages.check()] == ["missing"] * 3
    file = messages.po_file("nl")
    text = file.read_text("utf-8")
    file.write_text(text.replace('msgid "first"\nmsgstr ""', 'msgid "first"\nmsgstr "eerste"'), "utf-8")
    assert [fault.kind for fault in messages.check()] == ["missing", "missing", "compiled"]
    messages.update()
    before = file.read_bytes()
    messages.update()
    assert file.read_bytes() == before
    assert messages.texts()["nl"] == {"first": "eerste"}
    elsewhere.write_text('b = _n("{n} state", "{n} states", 2)\n', "utf-8")
    messages.update()
    assert "#~ msgid" in file.read_text("utf-8")
    assert [fault.kind for fault in messages.check()] == ["missing", "obsolete"]
    elsewhere.write_text('a = _("first")\n', "utf-8")
    messages.update(drop=True)
    assert messages.check() == []
    elsewhere.write_text("", "utf-8")
    messages.update(drop=True)
    assert "#~" not in file.read_text("utf-8")


def test_a_front_end_gets_every_message(elsewhere, capsys):
    elsewhere.write_text('b = _n("{n} state", "{n} states", 2)\nc = _p("vote", "yes")\n', "utf-8")
    assert messages.main(["json"]) == 0
    assert json.loads(capsys.readouterr().out)["en"] == {
        "{n} state": ["{n} state", "{n} states"],
        "vote\x04yes": "yes",
    }


def test_check_fails_where_something_is_wrong(elsewhere, capsys):
    elsewhere.write_text("", "utf-8")
    assert messages.main(["update"]) == 0
    assert messages.main(["check"]) == 0
    elsewhere.write_text("a = _(words)\n", "utf-8")
    assert messages.main(["check"]) == 1
    assert "source/some.py:1: call: " in capsys.readouterr().out


def test_a_message_that_has_gone_stays_readable_and_takes_nothing_along(elsewhere):
    elsewhere.write_text('a = _n("{n} state of {all}", "{n} states of {all}", 2, all=3)\n', "utf-8")
    messages.update()
    file = messages.po_file("nl")
    text = file.read_text("utf-8").replace('msgstr[0] ""', 'msgstr[0] "{n} van {all}"')
    file.write_text(text.replace('msgstr[1] ""', 'msgstr[1] "{n} van {all}"'), "utf-8")
    elsewhere.write_text('a = _("{first} or {last}", first=1, last=2)\n', "utf-8")
    messages.update()
    assert "#~ #" not in file.read_text("utf-8")
    there = messages.written("nl")
    assert [message.id for message in there if message.id] == ["{first} or {last}"]
    ((_, gone),) = there.obsolete.items()
    assert (gone.id, gone.string) == (("{n} state of {all}", "{n} states of {all}"), ("{n} van {all}", "{n} van {all}"))
    elsewhere.write_text('a = _n("{n} state of {all}", "{n} states of {all}", 2, all=3)\n', "utf-8")
    messages.update()
    assert messages.check() == []
