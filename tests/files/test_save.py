"""Saving over a file keeps what a person wrote there, and never leaves half a file."""

from __future__ import annotations

import stat

import pytest

from bestand.files import dumps, load, loads, placing, save
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import Not, OptionAtom
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Grounds, Option, Party, Priorities, Statement

WRITTEN = """\
# A dam, by hand.
bestand: 1
title: "Two neighbours"   # the working title
parties:
    up:
        options: {release: , threaten: {says: 'no'}}  # in one line
    # the other side
    down:
        options:
            attack: {}
preferences:
    up:
        priorities:
        - not attack # above all
        # what it would rather not do
        - holds: not release
          note: >-
              nobody
              says so
        - threaten implies attack
labels: {000: 0110}
"""


def saved(tmp_path, model: Model, before: str = WRITTEN) -> str:
    path = tmp_path / "dam.yaml"
    path.write_text(before)
    save(model, path)
    assert load(path) == model
    assert [entry.name for entry in tmp_path.iterdir()] == ["dam.yaml"]
    return path.read_text()


def test_nothing_changed_changes_nothing(tmp_path):
    assert saved(tmp_path, loads(WRITTEN)) == WRITTEN


def test_a_changed_text_leaves_the_rest(tmp_path):
    text = saved(tmp_path, loads(WRITTEN).replace(title="Three neighbours"))
    assert 'title: "Three neighbours"' in text
    for kept in [
        "# A dam, by hand.",
        "# the working title",
        "# in one line",
        "# the other side",
        "# above all",
        "0110",
        "says: 'no'",
    ]:
        assert kept in text
    assert text.index("# what it would rather not do") < text.index("not release")


def test_a_new_wish_leaves_the_others(tmp_path):
    model = loads(WRITTEN)
    wish = Statement(Not(OptionAtom("up.threaten")), Grounds(note="new"))
    statements = model.preferences["up"].statements
    model = model.replace(preferences=FrozenMap({"up": Priorities((statements[0], wish, *statements[1:]))}))
    text = saved(tmp_path, model)
    assert "# above all" in text
    assert "not attack" in text  # as it was written, not in full


def test_new_and_dropped_sections(tmp_path):
    model = loads(WRITTEN).replace(labels=FrozenMap(), status_quo=frozenset({"up.threaten"}), language="en")
    text = saved(tmp_path, model)
    assert "status_quo: [up.threaten]" in text
    assert "labels" not in text
    assert "# the other side" in text


def test_another_order_of_parties_is_kept(tmp_path):
    model = loads(WRITTEN)
    assert "down" in saved(tmp_path, model.replace(parties=model.parties[::-1], labels=FrozenMap()))


def test_over_what_is_no_model(tmp_path):
    model = loads(WRITTEN)
    assert saved(tmp_path, model, "no: model") == dumps(model)


def test_a_new_file(tmp_path):
    save(loads(WRITTEN), tmp_path / "new.yaml")
    assert load(tmp_path / "new.yaml") == loads(WRITTEN)


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "dam.yaml"
    path.write_text(WRITTEN)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(placing.os, "fsync", full)
    with pytest.raises(CallError, match="No space left"):
        save(loads(WRITTEN).replace(title="x"), path)
    assert path.read_text() == WRITTEN
    assert [entry.name for entry in tmp_path.iterdir()] == ["dam.yaml"]


def test_an_invalid_model_leaves_the_old_file(tmp_path):
    path = tmp_path / "dam.yaml"
    path.write_text(WRITTEN)
    with pytest.raises(ModelError):
        save(Model("x", ()), path)
    assert path.read_text() == WRITTEN


def test_where_nothing_can_be_written(tmp_path):
    with pytest.raises(CallError):
        save(loads(WRITTEN), tmp_path / "gone" / "dam.yaml")
    with pytest.raises(CallError):
        save(loads(WRITTEN), tmp_path)


def test_links_and_rights_are_kept(tmp_path):
    path, link = tmp_path / "dam.yaml", tmp_path / "link.yaml"
    path.write_text(WRITTEN)
    path.chmod(0o640)
    link.symlink_to(path)
    save(loads(WRITTEN).replace(title="x"), link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert load(path).title == "x"


def test_a_wish_for_a_party_of_python(tmp_path):
    model = Model("x", (Party("up", options=(Option("up.a"),)),))
    assert saved(tmp_path, model, "bestand: 1\ntitle: x\nparties: {up: {options: {a: }}}\n").count("\n") == 3
