"""``bestand coalitions`` as a shell calls it."""

import json

import pytest

from tests.command.helpers import DAM, bestand, written
from tests.first_reading import UKRAINE

ELMIRA = "books/fang1993/elmira"


@pytest.fixture
def dam(tmp_path):
    return written(tmp_path)


def words(text):
    return " ".join(text.split())


def test_elmira():
    status, out, err = bestand("coalitions", ELMIRA)
    assert (status, err) == (0, "")
    told = words(out)
    assert "Coalitions looked at: 3 of two parties and 1 of three parties." in told
    assert (
        "State 5: Uniroyal draws out its appeal against the control order and the local government insists on the "
        "original control order. These would leave it together: The ministry and Uniroyal: the ministry makes its "
        "control order acceptable to Uniroyal; then Uniroyal accepts the control order as it stands and ends its "
        "appeal. That leads to state 8."
    ) in told
    assert "Under Nash stability and sequential stability: state 9 and state 8." in told


def test_json_is_one_document():
    status, out, err = bestand("coalitions", ELMIRA, "--json", "--concepts", "nash,seq")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert found["title"] == "The polluted groundwater of Elmira, 1991"
    assert found["looked_at"] == [["MoE", "UR"], ["MoE", "LG"], ["UR", "LG"], ["MoE", "UR", "LG"]]
    assert list(found["concepts"]) == ["nash", "seq"]
    nash = found["concepts"]["nash"]
    assert (nash["equilibria"], nash["equilibria_looked_at"], nash["stable_for_every_coalition"]) == (6, 6, 5)
    assert nash["left_by"][0] == {"members": ["MoE", "UR"], "equilibria": 1}
    assert {state["label"] for state in nash["lasting"]} == {"8", "9"}
    (five,) = [state for state in nash["nearest"] if state["label"] == "5"]
    (left,) = five["departures"]
    assert (left["members"], left["to"]["label"], left["targets"]) == (["MoE", "UR"], "8", 1)
    assert left["path"] == [{"party": "MoE", "to": "11001"}, {"party": "UR", "to": "10101"}]
    assert all(gain["from"] < gain["to"] for gain in left["rank_percentile"].values())
    assert (found["stopped"], found["readings"]) == (None, [])


def test_one_state():
    status, out, err = bestand("coalitions", ELMIRA, "--state", "5")
    assert (status, err) == (0, "")
    assert "Under every concept asked, 1 of 4 coalitions would leave it." in words(out)
    status, out, _ = bestand("coalitions", ELMIRA, "--state", "8", "--json")
    assert all(found == {"stays": 4, "departures": []} for found in json.loads(out)["concepts"].values())


def test_from_here_to_there(dam):
    status, out, err = bestand("coalitions", dam, "--to", "peace")
    assert (status, err) == (0, "")
    assert "Who can get from state today to a state with “peace”, together or alone?" in words(out)
    status, out, _ = bestand("coalitions", dam, "--to", "peace", "--members", "down")
    assert "They cannot." in out
    status, out, _ = bestand("coalitions", dam, "--to", "peace", "--members", "up", "--json")
    found = json.loads(out)["to"]
    assert (found["wanted"], found["states"]) == ("a state with peace", 2)
    assert [way["members"] for way in found["ways"]] == [["up"]]


def test_readings_change_the_answer(dam):
    found = [json.loads(bestand("coalitions", dam, "--json", *more)[1]) for more in ([], ["--reading", "meek"])]
    assert found[0]["concepts"] != found[1]["concepts"]
    assert found[1]["readings"] == ["meek"]


def test_merged_players():
    status, out, err = bestand("coalitions", ELMIRA, "--merge", "UR,MoE")
    assert (status, err) == (0, "")
    assert "Merged players: the ministry and Uniroyal change" in words(out)
    found = json.loads(bestand("coalitions", ELMIRA, "--merge", "UR,MoE", "--json")[1])
    assert found["players"] == [["MoE", "UR"], ["LG"]]
    assert found["concepts"]["nash"]["equilibria"] == 6


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--members", "usa,rusia"], "no party 'rusia'; did you mean 'russia'"),
        (["--members", ","], "a coalition needs a party"),
        (["--members", "usa,usa"], "'usa' is named twice"),
        (["--state", "nowhere"], "nowhere"),
        (["--to", "ceasefire and not ceasefire"], "no feasible state satisfies"),
        (["--to", "ceasefir"], "did you mean 'ceasefire'"),
        (["--size", "7"], "1 to 4 members"),
        (["--concepts", "sseq"], "valid: nash, gmr, smr, seq"),
        (["--sanctioners", "everybody"], "give subcoalitions or parties"),
        (["--merge", "usa"], "merge two parties or more"),
        (["--merge", "usa,russia", "--size", "2"], "--size does not go with --merge"),
        (["--list", "-1"], "give 0 or more"),
    ],
)
def test_what_is_no_question(flags, message):
    status, out, err = bestand("coalitions", UKRAINE, *flags)
    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_without_a_status_quo_a_way_needs_a_beginning(tmp_path):
    path = written(tmp_path, DAM.replace("status_quo: [up.threaten]\n", "").split("readings:")[0])
    status, _, err = bestand("coalitions", path, "--to", "peace")
    assert status == 2
    assert "no status quo" in err
    assert bestand("coalitions", path)[0] == 0
    assert bestand("coalitions", path, "--to", "peace", "--state", "none")[0] == 0


def test_a_limit_leaves_a_part():
    status, out, err = bestand("coalitions", UKRAINE, "--seconds", "0.6", "--concepts", "smr,seq")
    assert status == 3
    assert "stopped after 0.6 seconds" in err
    status, out, err = bestand("coalitions", UKRAINE, "--seconds", "0.6", "--json", "--concepts", "smr,seq")
    assert status == 3
    assert "stopped after 0.6 seconds" in json.loads(out)["stopped"]


@pytest.mark.parametrize("text", [DAM.split("rules:")[0], "bestand: 1\ntitle: Nobody moves\nparties: {a: , b: }\n"])
def test_small_models(tmp_path, text):
    path = written(tmp_path, text)
    for flags in (
        [],
        ["--pareto"],
        ["--size", "1"],
        ["--merge", ",".join(["up", "down"] if "up" in text else ["a", "b"])],
    ):
        status, out, err = bestand("coalitions", path, *flags)
        assert (status, err) == (0, ""), flags
        assert out.strip()
