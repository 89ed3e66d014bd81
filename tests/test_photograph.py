"""Two photographs of what bestand says are compared shot by shot."""

import pytest

from tools.photograph import compare, shots

LONG = "<svg>" + "<g></g>" * 100 + "<text>{}</text></svg>"


@pytest.fixture
def photographs(tmp_path):
    def put(side, **texts):
        for path, text in texts.items():
            file = tmp_path / side / f"{path.replace('__', '/')}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text + "\n", "utf-8")
        return tmp_path / side

    old = put("old", a__check__en="fine\nold", b__check__en="as\never\nold", a__check__nl="goed", a__gone__en="x")
    new = put("new", a__check__en="fine\nnew", b__check__en="as\never\nnew", a__check__nl="goed", a__come__en="x")
    for side, word in ((old, "old"), (new, "new")):
        put(side.name, a__evolve__svg=LONG.format(word))
    return old, new


def rows(printed):
    return {" ".join(words[:-4]): words[-4:] for line in printed.splitlines() if len(words := line.split()) > 4}


def test_a_photograph_differs_in_nothing_from_itself(photographs, capsys):
    assert compare(photographs[0], photographs[0], 5, kinds=False) == 0
    assert rows(capsys.readouterr().out)["all"] == ["5", "-", "-", "-"]


def test_what_differs_is_counted_and_shown(photographs, capsys):
    assert compare(*photographs, None, kinds=False) == 1
    out = capsys.readouterr().out
    assert rows(out)["all"] == ["1", "3", "1", "1"]
    assert rows(out)["command check"] == ["1", "2", "-", "-"]
    assert rows(out)["form en"] == ["-", "2", "1", "1"]
    assert "form nl" not in rows(out)
    assert "only new: a/come/en.txt\nonly old: a/gone/en.txt\n" in out
    assert "--- old/a/check/en.txt\n+++ new/a/check/en.txt\n@@ -1,2 +1,2 @@\n fine\n-old\n+new\n" in out
    assert "\n-<text>old</text>\n+<text>new</text>\n" in out


def test_differences_that_are_alike_are_shown_once(photographs, capsys):
    compare(*photographs, 1, kinds=True)
    out = capsys.readouterr().out
    assert "== 2 alike: a/check/en.txt, b/check/en.txt\n" in out
    assert out.count("\n-old\n+new\n") == 1
    assert out.endswith("… and 1 more; --show all has them\n")


def test_a_folder_without_shots_is_not_equal_to_anything(photographs, tmp_path):
    with pytest.raises(SystemExit, match="holds no photograph"):
        compare(photographs[0], tmp_path / "nowhere", 5, kinds=False)


def test_every_shot_has_a_path_of_its_own():
    catalogue = [{"slug": "textbook/chicken", "parties": ["P1", "P2"]}, {"slug": "a/new/one", "parties": ["a", "b"]}]
    paths = [shot.path for shot in shots(catalogue)]
    assert len(paths) == len(set(paths))
    assert {"textbook/chicken/settle/nl", "a/new/one/analyse/json", "dam.yaml/python-study"} < set(paths)
    assert "a/new/one/settle/nl" not in paths  # it needs a formula
