"""What is printed fits the page, for names in any script and for models of any shape."""

import json

import pytest

from tests.command.helpers import ANSI, DAM, bestand, written
from tests.document.test_terminal import columns
from tests.first_reading import UKRAINE

NAMES = {
    "plain": ("Upstream state", "Downstream state"),
    "chinese": ("上游国家" * 6, "下游国家"),
    "arabic": ("دولة المنبع", "دولة المصب"),
    "hebrew, with marks": ("שָׁלוֹם " * 9, "מלחמה"),
    "combining": ("E\u0301tat d’amont", "E\u0301tat d’aval"),
    "emoji": ("🏔️ up 👩‍👩‍👧", "🌊 down"),
    "full width": ("ＵＰＳＴＲＥＡＭ", "ＤＯＷＮ"),
    "long": ("the state that lies upstream " * 12, "D"),
    "long, one word": ("D", "Donaudampfschifffahrt" * 9),
    "control": ("U\\e[31mp\\n\\tstate", "D\\u009b31m"),
    "brackets": ("[bold]up[/bold] {up}", "%s %(x)s <b>"),
}

COMMANDS = [("analyse",), ("claims",), ("claims", "--brief"), ("explain", "--state", "none"), ("readings",), ("check",)]


def named(up, down):
    return DAM.replace("name: Upstream state", f'name: "{up}"').replace("name: Downstream state", f'name: "{down}"')


@pytest.mark.parametrize("wide", [50, 80, 130])
@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_names_of_any_script(call, monkeypatch, names, wide):
    for command in COMMANDS:
        monkeypatch.setenv("COLUMNS", str(wide))
        status, out, err = call(command[0], "-", *command[1:], stdin=named(*names))
        assert (status, err) == (0, "")
        check_page(out, wide, one_line=command[-1] in ("--brief", "check"), longest=max(map(longest, names)))


def longest(name):
    return max(columns(word) for word in name.split())


def check_page(out, wide, *, one_line, longest=0):
    assert not ANSI.search(out)
    for line in out.split("\n"):
        assert line == line.rstrip()
        assert one_line or columns(line) <= wide or longest > wide - 30, line


SLUGS = ["books/fang1993/elmira", "journals/gdn/hipel2014/syria-iraq-1975"]
FITTING = [(slug, wide) for slug in SLUGS for wide in (40, 60, 80, 100, 200)]
LARGE = (UKRAINE, 60)
FITTING += [LARGE]


@pytest.mark.parametrize(("slug", "wide"), FITTING)
def test_cases_fit_the_page(call, monkeypatch, slug, wide):
    for command in ("analyse", "claims", "readings", "explain"):
        if (slug, wide) == LARGE and command == "claims":
            continue  # takes long
        monkeypatch.setenv("COLUMNS", str(wide))
        arguments = [*(["--state", "none"] if command == "explain" else [])]
        status, out, _ = call(command, slug, *arguments)
        if command == "explain" and status == 2:
            continue  # nobody doing anything is not feasible in every case
        assert status == 0
        check_page(out, wide, one_line=False)


@pytest.mark.parametrize("wide", [60, 80, 100])
def test_the_catalogue_fits_the_page(call, monkeypatch, wide):
    monkeypatch.setenv("COLUMNS", str(wide))
    check_page(call("cases")[1], wide, one_line=False)


def test_a_hundred_columns_unless_told():
    status, out, _ = bestand("analyse", UKRAINE, COLUMNS="")
    assert status == 0
    check_page(out, 100, one_line=False)
    assert max(columns(line) for line in out.split("\n")) > 90


def test_no_styles_when_piped():
    status, out, _ = bestand("analyse", "textbook/chicken", FORCE_COLOR="1", TERM="xterm-256color", CLICOLOR_FORCE="1")
    assert status == 0
    assert not ANSI.search(out)


# ---- models of every shape ----

ONE = "preferences: {p: {priorities: [a]}}"
SHAPES = {
    "no options": "parties: {p: , q: }",
    "no options, one party": "parties: {p: }\nstatus_quo: []\nplan: 'true'",
    "one party": f"parties: {{p: {{options: {{a: , b: }}}}}}\n{ONE}",
    "one party without wishes": "parties: {p: {options: {a: }}}",
    "a party without options": f"parties: {{p: {{options: {{a: }}}}, judge: }}\nstatus_quo: []\n{ONE}",
    "no status quo": f"parties: {{p: {{options: {{a: }}}}}}\noutcomes: {{x: a}}\nplan: x\n{ONE}",
    "no outcomes": f"parties: {{p: {{options: {{a: }}}}}}\nstatus_quo: [a]\n{ONE}",
    "one feasible state": "parties: {p: {options: {a: , b: }}}\nrules: [always: a and not b]\n"
    f"status_quo: [a]\n{ONE}",
    "a plan that cannot be": f"parties: {{p: {{options: {{a: }}}}}}\nplan: a and not a\nstatus_quo: []\n{ONE}",
    "a plan that always is": f"parties: {{p: {{options: {{a: }}}}}}\nplan: 'true'\nstatus_quo: []\n{ONE}",
    "no equilibrium": """parties: {p: {options: {a: }}, q: {options: {b: }}}
status_quo: []
outcomes: {same: a iff b}
plan: same
preferences: {p: {priorities: [a iff b]}, q: {priorities: [not (a iff b)]}}""",
    "many options": f"parties: {{p: {{options: {{{', '.join(f'o{k}: ' for k in range(40))}}}}}}}\n"
    f"rules: [exactly_one: [{', '.join(f'o{k}' for k in range(40))}]]\n"
    "preferences: {p: {priorities: [o7]}}\nplan: o3\nstatus_quo: [o1]",
    "many outcomes": "parties: {p: {options: {a: }}}\noutcomes: {"
    + ", ".join(f"an_outcome_{k}: a" for k in range(30))
    + "}\nstatus_quo: []\npreferences: {p: {priorities: [a]}}",
    "many parties": f"parties: {{{', '.join(f'p{k}: {{options: {{a: }}}}' for k in range(9))}}}\nstatus_quo: []",
}


@pytest.mark.parametrize("engine", ["cube", "listed", "arcs"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_models_of_every_shape(call, monkeypatch, shape, engine):
    if "o39" in shape and engine == "cube":
        pytest.skip("so many options are too many for the cube")
    model = f"bestand: 1\ntitle: T\n{shape}\n"
    monkeypatch.setenv("COLUMNS", "80")
    status, out, _ = call("analyse", "-", "--engine", engine, stdin=model)
    assert status == 0
    check_page(out, 80, one_line=False)
    status, out, _ = call("analyse", "-", "--engine", engine, "--json", stdin=model)
    document = json.loads(out)
    assert status == 0
    for found in document["concepts"].values():
        assert found["listed"] == len(found["states"]) == found["equilibria"]
        assert sum(pattern["count"] for pattern in found["patterns"]) == found["equilibria"]
    if "same:" in shape:
        assert document["concepts"]["nash"] == {
            **document["concepts"]["nash"],
            "equilibria": 0,
            "complete": True,
            "states": [],
        }


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_other_commands_on_models_of_every_shape(call, tmp_path, shape):
    path = written(tmp_path, f"bestand: 1\ntitle: T\n{shape}\n")
    for command in ("check", "claims", "readings"):
        assert call(command, path)[0] == 0
    assert call("explain", path)[0] == (0 if "status_quo" in shape else 2)
    bits = json.loads(call("analyse", path, "--json")[1])["concepts"]["gmr"]["states"][0]["bits"]
    status, out, _ = call("explain", path, "--state", bits)
    assert status == 0
    assert "table for " in out
