"""What ``--json`` prints: one document, of the shape that scripts and the workbench rely on."""

import json

import numpy as np
import pytest

import bestand as library
from tests.command.helpers import DAM, bestand, written
from tests.first_reading import UKRAINE

FIVE = ["nash", "gmr", "smr", "seq", "sseq"]


@pytest.fixture
def data(call):
    """The document that a call prints, and nothing else on either stream."""

    def asking(*arguments, stdin=None):
        status, out, err = call(*arguments, "--json", stdin=stdin)
        assert status == 0
        assert not err
        return json.loads(out)

    return asking


@pytest.mark.parametrize("engine", ["cube", "listed", "arcs"])
@pytest.mark.parametrize("slug", ["textbook/chicken", "books/fang1993/elmira", "books/fraser1984/cuban-missile-crisis"])
def test_the_shape_of_an_analysis(data, slug, engine):
    document, model = data("analyse", slug, "--engine", engine), library.load(slug)
    result = library.analyse(model)
    assert document["bestand"] == library.__version__
    assert document["title"] == model.title
    assert document["parties"] == [party.id for party in model.parties]
    assert document["options"] == [{"id": option.id, "party": option.party} for option in model.options]
    assert document["feasible"] == len(result.states)
    assert document["engine"] == engine
    assert document["stopped"] is None
    assert list(document["concepts"]) == FIVE
    for concept, found in document["concepts"].items():
        check_equilibria(found, model, {model.bits(int(s)) for s in result.states[result.equilibria[concept]]})
    at = {model.bits(int(state)): k for k, state in enumerate(result.states)}
    today = document["status_quo"]
    if model.status_quo is None:
        assert today is None
    else:
        assert at[today["bits"]] is not None
        assert today["stable"] == {
            concept: {
                party: bool(result.stable[concept][i, at[today["bits"]]]) for i, party in enumerate(result.parties)
            }
            for concept in FIVE
        }


def check_equilibria(found, model, expected, where=1000):
    assert type(found["equilibria"]) is int
    assert found["equilibria"] == len(expected)
    assert found["listed"] == len(found["states"]) <= where
    assert found["complete"] is (found["listed"] == found["equilibria"])
    bits = [state["bits"] for state in found["states"]]
    assert len(set(bits)) == len(bits)
    assert set(bits) <= expected
    for state in found["states"]:
        assert state["yes"] == [
            option.id for option, bit in zip(model.options, state["bits"], strict=True) if bit == "1"
        ]
        assert state["outcomes"].keys() == model.outcome.keys()
        assert all(type(value) is bool for value in state["outcomes"].values())
        assert list(state["rank_percentile"]) == list(model.party)
        assert all(type(x) is float and 0 <= x < 1 for x in state["rank_percentile"].values())
    stands_for = [[bits for bits in expected if matches(bits, p["bits"])] for p in found["patterns"]]
    assert [len(group) for group in stands_for] == [pattern["count"] for pattern in found["patterns"]]
    assert sum(pattern["count"] for pattern in found["patterns"]) == found["equilibria"]
    assert len({bits for group in stands_for for bits in group}) == found["equilibria"]  # disjoint


def matches(bits, pattern):
    return len(bits) == len(pattern) and all(p in ("-", bit) for bit, p in zip(bits, pattern, strict=True))


def test_a_pattern_holds_no_other_feasible_state(data):
    """All feasible states that match a pattern are equilibria; infeasible ones may match."""
    found = data("analyse", UKRAINE, "--concepts", "seq", "--list", "0")["concepts"]["seq"]
    result = library.analyse(UKRAINE, ["seq"])
    times = np.zeros(len(result.states), int)
    for pattern in found["patterns"]:
        fixed, value = (sum(1 << k for k, bit in enumerate(pattern["bits"]) if bit in which) for which in ("01", "1"))
        inside = result.states & np.uint64(fixed) == np.uint64(value)
        assert int(inside[result.equilibria["seq"]].sum()) == pattern["count"]
        times += inside
    assert (times == result.equilibria["seq"]).all()


def test_rank_percentiles_by_hand(data, dam):
    """Six feasible states; up ranks 010 000 100 011 001 101 from the best, down 100 101 000 001 010 011."""
    found = data("analyse", dam, "--concepts", "gmr")["concepts"]["gmr"]["states"]
    assert {state["bits"]: state["rank_percentile"] for state in found} == {
        "010": {"up": 5 / 6, "down": 1 / 6},
        "000": {"up": 4 / 6, "down": 3 / 6},
        "100": {"up": 3 / 6, "down": 5 / 6},
    }


def test_rank_percentiles_of_ties(data):
    model = """{bestand: 1, title: T, parties: {p: {options: {a: , b: }}},
        preferences: {p: {weights: {a: 0.5, b: 0.5}}}}"""
    found = data("analyse", "-", "--concepts", "nash", stdin=model)["concepts"]["nash"]
    assert [(state["bits"], state["rank_percentile"]["p"]) for state in found["states"]] == [("11", 0.75)]
    model = model.partition("preferences")[0].rstrip().rstrip(",") + "}"
    found = data("analyse", "-", stdin=model)["concepts"]["nash"]
    assert [state["rank_percentile"]["p"] for state in found["states"]] == [0.0] * 4
    assert found["patterns"] == [{"bits": "--", "count": 4, "reached": False}]


def test_the_status_quo(data, dam, tmp_path):
    assert data("analyse", dam)["status_quo"] == {
        "bits": "010",
        "stable": {c: {"up": True, "down": True} for c in FIVE},
    }
    without = DAM.replace("status_quo: [up.threaten]", "").partition("claims:")[0]
    assert data("analyse", written(tmp_path, without, "b.yaml"))["status_quo"] is None
    empty = DAM.replace("status_quo: [up.threaten]", "status_quo: []")
    assert data("analyse", written(tmp_path, empty, "c.yaml"))["status_quo"]["bits"] == "000"


@pytest.mark.parametrize(
    ("most", "listed", "complete"), [(0, 0, False), (1, 1, False), (3, 3, True), (10**30, 3, True)]
)
def test_list(data, dam, most, listed, complete):
    found = data("analyse", dam, "--concepts", "gmr", "--list", most)["concepts"]["gmr"]
    assert (found["equilibria"], found["listed"], found["complete"]) == (3, listed, complete)
    assert len(found["states"]) == listed
    assert sum(pattern["count"] for pattern in found["patterns"]) == 3


def test_a_thousand_are_listed_unless_told(data):
    found = data("analyse", UKRAINE, "--concepts", "gmr")["concepts"]["gmr"]
    assert (found["equilibria"], found["listed"], found["complete"]) == (16_605, 1000, False)
    assert sum(pattern["count"] for pattern in found["patterns"]) == 16_605


def test_where(data, dam):
    found = data("analyse", dam, "--concepts", "gmr", "--where", "peace and not release")["concepts"]["gmr"]
    assert [state["bits"] for state in found["states"]] == ["000"]
    assert (found["equilibria"], found["complete"], len(found["patterns"])) == (1, True, 1)
    found = data("analyse", dam, "--where", "false")["concepts"]["gmr"]
    assert (found["equilibria"], found["states"], found["patterns"], found["complete"]) == (0, [], [], True)
    assert data("analyse", dam, "--where", "true")["concepts"]["gmr"]["equilibria"] == 3


def test_concepts_come_once_in_the_order_asked(data, dam):
    assert list(data("analyse", dam, "--concepts", "seq,nash,seq")["concepts"]) == ["seq", "nash"]
    assert list(data("analyse", dam, "--concepts", "seq", "--concepts", "nash")["concepts"]) == ["seq", "nash"]
    assert list(data("analyse", dam, "--concepts", " SEQ , Nash,")["concepts"]) == ["seq", "nash"]
    assert list(data("analyse", dam, "--concepts", "smr")["status_quo"]["stable"]) == ["smr"]


@pytest.mark.parametrize("slug", [UKRAINE, "books/fang1993/elmira", "web/jacobi2017/north-korea-usa"])
def test_engines_give_the_same_answer(data, slug):
    answers = [data("analyse", slug, "--engine", engine, "--list", "50") for engine in ("cube", "listed")]
    if slug != UKRAINE:  # which takes the engine for forbidden moves long
        answers.append(data("analyse", slug, "--engine", "arcs", "--list", "50"))
    for answer in answers:
        del answer["engine"]
    assert all(answer == answers[0] for answer in answers)


def test_readings_are_applied(data, dam):
    assert data("analyse", dam)["readings"] == []
    document = data("analyse", dam, "--reading", "meek")
    assert document["readings"] == ["meek"]
    meek = written_meek(dam)
    assert document["concepts"] == data("analyse", meek)["concepts"]


def written_meek(dam):
    text = DAM.replace("not up.release, up.threaten]", "not up.release]").replace(
        "  meek: {says: Upstream does not like to threaten, change: up 3 dropped, assumed: yes}\n", ""
    )
    return written(dam.rpartition("/")[0], text, "meek.yaml")


def test_text_of_any_script(data):
    model = """{bestand: 1, title: "大坝 ¶ “quoted” \\" \\\\ \\n ", parties: {p: {name: "سد", options: {a: }}}}"""
    assert data("analyse", "-", stdin=model)["title"] == '大坝 ¶ “quoted” " \\ \n '
    status, out, _ = bestand("analyse", "-", "--json", stdin=model, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert status == 0
    assert json.loads(out)["title"].startswith("大坝")


def test_check(call, data, tmp_path, dam):
    fine = written(tmp_path, DAM[: DAM.index("  - {id: unsaid")], "fine.yaml")
    told = data("check", fine)
    assert (told["model"], told["valid"], told["accepted"]) == (fine, True, [])
    assert {problem["code"] for problem in told["problems"]} == {"unsaid-no"}
    (doubt,) = [problem for problem in data("check", dam)["problems"] if problem["code"] != "unsaid-no"]
    assert (doubt["line"], doubt["code"], doubt["at"], doubt["because"]) == (33, "vacuous-claim", "claim unsaid", None)
    assert doubt["consequence"]
    assert doubt["hint"]
    path = written(tmp_path, DAM.replace("plan: peace", "plan: pease"), "wrong.yaml")
    status, out, err = call("check", path, "--json")
    assert (status, err) == (1, "")
    document = json.loads(out)
    assert document["valid"] is False
    assert document["problems"] == [
        {
            "line": 17,
            "column": 7,
            "code": "unknown-name",
            "severity": "error",
            "message": "there is no option or outcome 'pease'",
            "hint": "did you mean 'peace'?",
            "consequence": None,
            "at": None,
            "because": None,
        }
    ]


def test_claims_under_some_concepts_alone(data, dam):
    document = data("claims", dam, "--concepts", "seq,nash")
    assert document["concepts"] == ["seq", "nash"]
    asked = {f["concept"] for claim in document["claims"] for check in claim["checks"] for f in check["findings"]}
    assert {"nash", "seq"} <= asked
    assert not asked & {"gmr", "smr"}
    assert data("claims", dam, "--why", "--concepts", "nash")["concepts"] == ["nash"]


def test_claims(data, dam):
    document = data("claims", dam)
    verdicts = {claim["id"]: claim["verdict"] for claim in document["claims"]}
    assert verdicts == {
        "no-war": "holds",
        "peace-holds": "depends on the concept",
        "war-comes": "does not hold",
        "unsaid": "cannot be said",
    }
    peace = document["claims"][1]
    assert (peace["holds_under"], peace["fails_under"], peace["unsaid_under"]) == (
        ["gmr", "smr"],
        ["nash", "seq", "sseq"],
        [],
    )
    assert {finding["concept"] for finding in peace["checks"][0]["findings"]} == set(FIVE)
    assert document["claims"][3]["checks"][0]["findings"][0]["reason"]


def test_explain(data, dam):
    document = data("explain", dam, "--state", "000")
    assert [(entry["concept"], entry["party"]) for entry in document["verdicts"]] == [
        (concept, party) for concept in FIVE for party in ("up", "down")
    ]
    result = library.analyse(dam)
    for entry in document["verdicts"]:
        row = list(result.parties).index(entry["party"])
        assert entry["stable"] is bool(result.stable[entry["concept"]][row, 0])
        assert entry["state"] == {"bits": "000", "yes": []}


def test_readings_and_cases_and_schema(data, dam, call):
    document = data("readings", dam)
    assert document["readings"][0] == {
        "id": "meek",
        "question": "meek",
        "change": ["up 3 dropped"],
        "says": "Upstream does not like to threaten",
        "source": [],
        "support": "assumed",
        "note": None,
    }
    cases = data("cases")
    assert {"slug": "textbook/chicken", "title": "Chicken", "parties": ["P1", "P2"], "options": 2} in cases
    assert json.loads(call("schema")[1])["required"] == ["bestand", "title", "parties"]


@pytest.mark.parametrize("command", ["analyse", "claims", "explain", "readings"])
def test_nothing_on_standard_output_without_a_model(call, command):
    for model, status in (("", 1), ("nothing", 1)):
        assert call(command, "-", "--json", stdin=model)[:2] == (status, "")
    assert call(command, "nix", "--json")[:2] == (2, "")
