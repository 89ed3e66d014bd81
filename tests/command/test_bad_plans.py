"""Plans and deals that are badly put, or odd: what the command line says of them, and what would do instead."""

import json
from pathlib import Path

import pytest

from bestand.document.terminal import columns_of
from tests.command.helpers import written

BASE = """\
bestand: 1
title: Two neighbours and a dam
parties:
  up: {name: Upstream, options: {release: {says: releases the water}, threaten: {says: threatens}}}
  down: {name: Downstream, options: {pay: {says: pays}, attack: {says: attacks}}}
rules:
  - never: up.release and up.threaten
status_quo: [up.threaten]
plan: up.release and down.pay
preferences:
  up: {priorities: [down.pay, not down.attack, not up.release, up.threaten]}
  down: {priorities: [up.release, not up.threaten, not down.pay, not down.attack]}
readings:
  over: {says: Threats are over, change: never up.threaten}
"""
PLAN = "plan: up.release and down.pay\n"
TODAY = "status_quo: [up.threaten]\n"


def told(out):
    return " ".join(out.split())


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a model into the folder that one is in, so that its path takes no room on a screen; return its path."""
    monkeypatch.chdir(tmp_path)
    return lambda text: Path(written(tmp_path, text)).name


@pytest.fixture
def model(file):
    """Write BASE with some changes; return its path."""

    def changed(*changes, base=BASE):
        for old, new in changes:
            assert old in base
            base = base.replace(old, new)
        return file(base)

    return changed


def one_screen(out):
    lines = out.splitlines()
    assert len(lines) <= 30
    assert all(columns_of(line) <= 100 for line in lines)
    return told(out)


# ---- no plan, no today ----


@pytest.mark.parametrize(("lang", "words"), [("en", "The file names no plan"), ("nl", "Het bestand noemt geen plan")])
def test_without_a_plan_analyse_says_what_can_be_asked_instead(call, model, lang, words):
    path = model((PLAN, ""))
    status, out, _ = call("analyse", path, "--lang", lang)
    assert status == 0
    assert words in told(out)
    assert f"bestand deals {path} up.release: " in out
    assert f"bestand settle {path} up.release: " in out
    assert call("deals", path, "up.release")[0] == call("settle", path, "up.release", "--kinds", "moves")[0] == 0
    named = model((PLAN, "outcomes: {calm: not up.threaten}\n"))
    assert f"bestand deals {named} calm: " in call("analyse", named)[1]


def test_of_a_plan_nothing_of_the_kind_is_said(call, model):
    assert "names no plan" not in told(call("analyse", model(), "--full")[1])


@pytest.mark.parametrize(("command", "again"), [("deals", "bestand deals MODEL 'peace'"), ("settle", "bestand settle")])
def test_without_a_plan_a_question_about_one_says_how_to_give_it(call, model, command, again):
    status, out, err = call(command, model((PLAN, "")))
    assert (status, out) == (2, "")
    assert "the model has no plan" in err
    assert again in err
    assert "write plan: in the file" in err


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "the file does not say how things stand today (status_quo). From a state that you give: "),
        ("nl", "het bestand zegt niet hoe het er vandaag voor staat (status_quo). Vanaf een opgegeven toestand: "),
    ],
)
def test_without_a_status_quo_analyse_says_why_there_is_no_verdict(call, model, lang, words):
    path = model((TODAY, ""))
    status, out, _ = call("analyse", path, "--lang", lang)
    assert status == 0
    assert f"{words}bestand deals {path} --from STATE" in told(out)
    assert call("deals", path, "--from", "up.threaten")[0] == 0
    neither = model((TODAY, ""), (PLAN, ""))
    assert f"bestand deals {neither} up.release --from STATE" in told(call("analyse", neither)[1])


def test_where_today_breaks_a_rule_of_a_reading_analyse_says_so(call, model):
    status, out, _ = call("analyse", model(), "--reading", "over")
    assert status == 0
    assert "what the file says of today breaks a rule here" in told(out)


def test_claims_about_deals_need_a_plan_and_a_status_quo(call, model):
    claims = "claims:\n  - {id: some, check: some deal has down.pay}\n"
    for old, why in ((PLAN, "add plan: FORMULA [no-plan]"), (TODAY, "add status_quo: […] [no-status-quo]")):
        status, _, err = call("claims", model((old, ""), ("readings:", f"{claims}readings:")))
        assert status == 1
        assert ":13:23: error: " in err
        assert why in err


# ---- plans that tell no states apart ----

NOWHERE = ("up.release and down.pay\n", "up.release and up.threaten\n")


def test_settle_answers_about_a_plan_that_cannot_be(call, model):
    path = model(NOWHERE)
    status, out, err = call("settle", path)
    assert (status, err) == (0, "")
    assert "It is true in no feasible state, and no change of what anybody wants" in told(out)
    assert "If they" not in out
    assert "Dat geldt in geen enkele mogelijke toestand" in told(call("settle", path, "--lang", "nl")[1])
    document = json.loads(call("settle", path, "--json")[1])
    assert (document["feasible"], document["verdict"]["kind"], document["kinds"]) == (0, "cannot-be", {})
    assert call("settle", path, "--concepts", "nash")[0] == 0
    assert call("settle", path, "up.release and up.threaten")[0] == 2  # that formula is the call's own


def test_nobody_refuses_what_cannot_be(call, model):
    path = model(NOWHERE)
    for arguments in ([], ["--full"]):
        out = call("analyse", path, *arguments)[1]
        assert "It cannot be: no state" in told(out)
        assert "refuses no version" not in out
        assert "Party by party" not in out


@pytest.mark.parametrize("plan", ["'true'", "'false'", "up.threaten and not down.pay and not down.attack"])
@pytest.mark.parametrize("command", ["analyse", "deals", "settle", "claims"])
def test_a_plan_that_settles_nothing_is_answered_by_every_question(call, model, plan, command):
    claims = "claims:\n  - {id: some, check: some deal has down.pay}\n"
    path = model(("up.release and down.pay\n", f"{plan}\n"), ("readings:", f"{claims}readings:"))
    status, out, err = call(command, path)
    assert (status, err) == (0, "")
    assert out


# ---- consent ----

JUDGE = [
    ("rules:", "  un: {name: The UN}\nrules:"),
    ("preferences:", "preferences:\n  un: {priorities: [not up.release]}"),
]


def test_consent_of_a_party_without_options(call, model):
    path = model((PLAN, f"{PLAN}consent: [un]\n"), *JUDGE)
    assert "The UN refuses it, whatever the others do." in one_screen(call("analyse", path)[1])
    assert "[no-options]" not in call("check", path)[1]
    assert "[no-options]" in call("check", model(*JUDGE))[1]


def test_who_has_to_consent_is_asked_something(call, model):
    path = model((PLAN, f"{PLAN}consent: [un]\n"), *JUDGE, ("[not up.release]}", "[up.release]}"))
    assert "Upstream and Downstream have to sign. The UN consents to it." in told(call("deals", path)[1])
    assert "The UN consents to it. The UN cannot break it in this model." in told(call("analyse", path)[1])
    assert "The UN stemt ermee in." in told(call("deals", path, "--lang", "nl")[1])
    assert "The UN need not sign." in told(call("deals", model(*JUDGE))[1])


# ---- the no-deal point ----


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("1100", "state '1100' (1100) is not feasible here: rule 1 excludes it (never: up.release and up.threaten)"),
        ("up.release and up.threaten", "no feasible state satisfies 'up.release and up.threaten'"),
        ("110", "give drift, today, a state as 4 bits, or a formula"),
        ("Drift", "did you mean 'drift'? give drift, today, a state as 4 bits, or a formula"),
        ("up.relese", "did you mean 'up.release'?"),
    ],
)
def test_a_no_deal_point_of_the_call_that_cannot_be(call, model, given, words):
    status, out, err = call("deals", model(), "--no-deal", given)
    assert (status, out) == (2, "")
    assert words in err


@pytest.mark.parametrize(
    ("without", "why"),
    [
        ("[up.threaten]", "the no-deal point breaks a rule (never: up.threaten)"),
        ("up.threaten", "no feasible state satisfies 'up.threaten', so it cannot be the no-deal point"),
    ],
)
def test_changes_that_take_the_no_deal_point_away(call, model, without, why):
    path = model((PLAN, f"{PLAN}no_deal: {without}\n"))
    assert call("analyse", path)[0] == 0
    for command in ("analyse", "deals", "settle", "claims"):
        status, out, err = call(command, path, "--reading", "over")
        assert (status, out) == (2, "")
        assert f"with over applied, {why}" in err
    status, out, err = call("what-if", path, "never up.threaten")
    assert (status, out) == (2, "")
    assert f"'never up.threaten': {why}" in err
    assert call("what-if", path, "up.release held at no")[0] == 0


def test_a_held_option_is_held_without_a_deal_too(call, model):
    assert call("what-if", model((PLAN, f"{PLAN}no_deal: [up.threaten]\n")), "up.threaten held at no")[0] == 0


def test_a_claim_under_changes_that_take_the_no_deal_point_away_cannot_be_said(call, model):
    claim = "claims:\n  - {id: some, check: 'with always not up.threaten, some deal has down.pay'}\n"
    path = model(
        (PLAN, f"{PLAN}no_deal: [up.threaten, down.pay]\n"),
        (TODAY, "status_quo: []\n"),
        ("readings:", f"{claim}readings:"),
    )
    status, out, _ = call("claims", path)
    assert status == 0
    assert "the no-deal point breaks a rule (always: not up.threaten)" in told(out)


def test_a_no_deal_point_that_shows_to_be_impossible_only_over_sets(call, file):
    """Forty-four options are too many to look at every state when the file is read."""
    options = ", ".join(f"o{k}: " for k in range(22))
    path = file(
        f"bestand: 1\ntitle: Large\nparties: {{a: {{options: {{{options}}}}}, b: {{options: {{{options}}}}}}}\n"
        "rules: [never: a.o0 and b.o0]\nstatus_quo: []\nplan: a.o1 and b.o1\nno_deal: a.o0 and b.o0\n"
        "preferences: {a: {priorities: [b.o1, not a.o1]}, b: {priorities: [a.o1, not b.o1]}}\n",
    )
    assert call("check", path)[0] == 0
    for command, status in (("analyse", 1), ("deals", 2)):
        found, out, err = call(command, path)
        assert (found, out) == (status, "")
        assert "no feasible state satisfies 'a.o0 and b.o0', so it cannot be the no-deal point" in err


# ---- drift without end, or with many ----

PAIRS = 6
MANY = (
    "bestand: 1\ntitle: Pairs that want to agree\nparties:\n"
    + "".join(f"  {side}{k}: {{options: {{go: }}}}\n" for k in range(PAIRS) for side in "ab")
    + f"status_quo: [{', '.join(f'a{k}.go' for k in range(PAIRS))}]\nplan: a0.go and b0.go\npreferences:\n"
    + "".join(f"  {side}{k}: {{priorities: [a{k}.go iff b{k}.go]}}\n" for k in range(PAIRS) for side in "ab")
)
CHASE = """\
bestand: 1
title: A chase
parties: {cat: {options: {left: }}, mouse: {options: {left: , rest: }}}
status_quo: []
plan: mouse.rest
preferences:
  cat: {priorities: [cat.left iff mouse.left]}
  mouse: {priorities: [not (cat.left iff mouse.left), not mouse.rest]}
"""


def test_many_ends_and_many_parties_fit_a_screen(call, file):
    path = file(MANY)
    for lang in ("en", "nl"):
        status, out, _ = call("analyse", path, "--lang", lang)
        assert status == 0
        one_screen(out)
    words = told(call("analyse", path)[1])
    assert "Without a deal things may end in 64 ways." in words
    assert "b4, a5 and b5 refuse some versions of it, by what all do together. A0 and b0 have nothing in it." in words
    assert "b4, a5 and b5 refuse some versions" in told(call("deals", path)[1])


def test_drift_that_is_asked_for_by_name_is_told_as_any_drift(call, file):
    assert "things may end in 64 ways" in told(call("deals", file(MANY), "--no-deal", "drift")[1])
    for arguments in ([], ["--no-deal", "drift"]):
        out = call("deals", file(CHASE), "--concept", "nash", *arguments)[1]
        assert "Without a deal things go round among 4 states." in told(out)


def test_a_screen_says_how_many_parties_it_leaves_out(call, file):
    """Ten parties that each sign and keep a long deal: what matters least goes, and what is long is cut."""
    count, says = 10, "withdraws its troops behind the line that was drawn in the winter before the last one"
    ids = [f"p{k}" for k in range(count)]
    path = file(
        "bestand: 1\ntitle: Ten\nparties:\n"
        + "".join(f"  {id}: {{name: Party {id}, options: {{go: {{says: {says}}}}}}}\n" for id in ids)
        + f"status_quo: []\nplan: {' and '.join(f'{id}.go' for id in ids)}\npreferences:\n"
        + "".join(
            f"  {id}: {{priorities: [{', '.join([f'{other}.go' for other in ids if other != id][:3])}, not {id}.go]}}\n"
            for id in ids
        ),
    )
    for lang, rest in (("en", " more parties: bestand deals "), ("nl", " partijen: bestand deals ")):
        status, out, _ = call("analyse", path, "--lang", lang)
        assert status == 0
        words = one_screen(out)
        assert rest in words
        assert "…" in words


# ---- red lines ----


def test_a_plan_across_a_red_line_in_every_version(call, model):
    path = model((PLAN, f"{PLAN}red_lines: {{up: up.release}}\n"))
    for command in ("analyse", "deals", "settle"):
        status, out, _ = call(command, path)
        assert status == 0
        assert "Every version of it crosses the red line of Upstream." in told(out)
        assert "Elke variant ervan gaat over de rode lijn van Upstream." in told(call(command, path, "--lang", "nl")[1])
    assert "Upstream refuses because of its red line." in told(call("analyse", path)[1])
    assert json.loads(call("deals", path, "--json")[1])["verdict"]["crossed"] == ["up"]
    given = call("deals", model(), "--red-line", "up=up.release", "--red-line", "down=down.pay")[1]
    assert "Every version of it crosses the red lines of Upstream and Downstream." in told(given)


def test_a_red_line_that_some_version_keeps_to(call, model):
    path = model((PLAN, f"{PLAN}red_lines: {{up: down.attack}}\n"))
    assert "Every version" not in call("analyse", path)[1]
    assert json.loads(call("deals", path, "--json")[1])["verdict"]["crossed"] == []


def test_a_red_line_of_a_party_without_a_say_is_told_too(call, model):
    out = call("analyse", model((PLAN, f"{PLAN}red_lines: {{un: up.release}}\n"), *JUDGE))[1]
    assert "signed and kept" in told(out)
    assert "Every version of it crosses the red line of The UN." in told(out)


# ---- one party, a party with a ranking ----

ONE = """\
bestand: 1
title: One party
parties: {up: {name: Upstream, options: {release: {says: releases the water}, threaten: {says: threatens}}}}
status_quo: [up.threaten]
plan: up.release
preferences: {up: {priorities: [not up.release, not up.threaten]}}
"""


def test_one_party_has_no_others(call, file):
    path = file(ONE)
    for command in ("analyse", "deals"):
        words = told(call(command, path)[1])
        assert "No deal. It needs only a step of Upstream, which gains nothing by it." in words
        assert "Upstream refuses it." in words
        assert "the others" not in words
        assert "Upstream weigert het." in told(call(command, path, "--lang", "nl")[1])
    assert call("settle", path)[0] == 0
    willing = file(ONE.replace("[not up.release", "[up.release"))
    assert "It comes by itself" in call("analyse", willing)[1]


RANKED = """\
bestand: 1
title: A ranking
parties: {up: {name: Upstream, options: {release: }}, down: {name: Downstream, options: {pay: }}}
status_quo: []
plan: up.release and down.pay
preferences: {up: UP, down: {ranking: ["10", "11", "00", "01"]}}
"""


@pytest.mark.parametrize(
    ("wish", "en", "nl"),
    [
        ('{ranking: ["01", "00", "11", "10"]}', "by its ranking.", "volgens de rangorde."),
        ("{weights: {release: -3, pay: 2}}", "by its weights.", "volgens de gewichten."),
    ],
)
def test_a_party_without_a_list_of_wishes_refuses_by_what_it_has(call, file, wish, en, nl):
    path = file(RANKED.replace("UP", wish))
    assert f"Upstream refuses {en}" in told(call("analyse", path)[1])
    assert f"Upstream weigert {nl}" in told(call("analyse", path, "--lang", "nl")[1])
    assert f"What decides: the {en.split()[-1]}" in told(call("deals", path)[1])
    assert call("settle", path, "--kinds", "moves")[0] == 0


def test_a_party_with_a_ranking_gains_by_its_ranking(call, file):
    path = file(RANKED.replace("UP", '{ranking: ["01", "11", "00", "10"]}'))
    assert "Upstream ranks it above no deal." in told(call("deals", path)[1])
