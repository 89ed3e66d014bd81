"""``bestand evolve``: what it prints, as words and as data, and what it refuses."""

import json
import time
from pathlib import Path

import pytest

import bestand as library
from tests.command.helpers import bestand, written
from tests.first_reading import UKRAINE

CASES = Path(__file__).parents[2] / "reference" / "data"

ELMIRA = "books/fang1993/elmira"
IMPROVING = ("--by", "improving")


@pytest.fixture
def data(call):
    """The document that a call prints, and nothing else on either stream."""

    def asking(*arguments):
        status, out, err = call("evolve", *arguments, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)

    return asking


def steps(path, model):
    return [(step["party"], model.labels[step["to"]], step["for_mover"]) for step in path]


def test_elmira_goes_from_1_to_5_by_improvements(data):
    document, model = data(ELMIRA, *IMPROVING), library.load(ELMIRA)
    assert document["from"]["label"] == "1"
    assert document["reached"] == {"states": 2, "moves": 1, "only_by_moving_twice": 0}
    assert document["complete"] is True
    (end,) = document["ends"]["listed"]
    assert (end["rests"], end["states"], end["likelihood"]) == (True, 1, 1.0)
    assert end["nearest"]["label"] == "5"
    assert [steps(path, model) for path in end["nearest"]["paths"]] == [[("LG", "5", "gain")]]
    assert document["likelihood"]["moves"] == 1.0
    assert document["rounds"] == {"count": 0, "listed": []}
    assert {c: [s["label"] for s in found["states"]] for c, found in document["concepts"].items()} == {
        "nash": ["5"],
        "gmr": ["1", "5"],
        "smr": ["1", "5"],
        "seq": ["5"],
        "sseq": ["5"],
    }
    assert [s["label"] for s in document["table"]["states"]] == ["1", "5"]
    assert document["table"]["rows"] == [{"moves": 1, "last_movers": [[], ["LG"]]}]


def test_elmira_comes_to_8_by_way_of_5_where_any_move_counts(data):
    """The published evolution: 1, then 5 (LG insists), then 8 (MoE and UR move). Alone, neither gains by its step."""
    document, model = data(ELMIRA, "--by", "any", "--to", "8", "--paths", "6"), library.load(ELMIRA)
    assert (document["to"]["states"], document["to"]["reached"], document["to"]["ever_likelihood"]) == (1, 1, None)
    (found,) = document["to"]["listed"]
    assert found["moves"] == 3
    assert found["shortest_paths"] == {"count": 6, "complete_count": True}
    paths = [steps(path, model) for path in found["paths"]]
    assert paths[0] == [("LG", "5", "gain"), ("MoE", "6", "loss"), ("UR", "8", "gain")]
    assert [("LG", "5", "gain"), ("UR", "7", "loss"), ("MoE", "8", "loss")] in paths
    losses = [sum(gain == "loss" for _, _, gain in path) for path in paths]
    assert losses == sorted(losses)
    reached = {c: sorted(s["label"] for s in found["states"]) for c, found in document["concepts"].items()}
    assert reached["nash"] == ["5", "8", "9", "9", "9", "9"]
    assert reached["gmr"] == ["1", "4", "5", "8", "9", "9", "9", "9"]
    assert document["likelihood"]["mover"] is None


def test_from_5_no_improvement_leads_to_8(call):
    status, out, _ = call("evolve", ELMIRA, *IMPROVING, "--from", "5", "--to", "8")
    assert status == 0
    assert "  No. It is not reached." in out.splitlines()
    assert "Nothing but the start itself: nobody has an improvement there." in out


def test_the_words_name_states_movers_and_losses(call):
    _, out, _ = call("evolve", ELMIRA, "--by", "any", "--to", "8", "--paths", "1")
    words = " ".join(out.split())
    assert "Wanted: state 8. What they do there: the ministry makes its control order acceptable to Uniroyal," in words
    assert "Yes, in 3 moves. State 8 (3 moves away). It is an equilibrium under every concept asked." in words
    assert "There are 6 shortest ways. One of them: - The local government insists on the original" in words
    assert "control order (state 5); then the ministry makes its control order acceptable to Uniroyal" in words
    assert "acceptable to Uniroyal (state 6, at a loss); then Uniroyal accepts" in words
    assert "Last movers: M Ministry of the Environment, U Uniroyal and L Local government." in words


def test_a_real_conflict_in_time(data):
    began = time.perf_counter()
    document = data(UKRAINE, *IMPROVING)
    assert time.perf_counter() - began < 10
    assert document["reached"]["states"] == 992
    assert sum(end["likelihood"] for end in document["ends"]["listed"]) == pytest.approx(1)
    assert document["concepts"]["nash"]["reached"] == document["ends"]["count"] == 2
    assert document["rounds"]["count"] == 1
    round_ = document["rounds"]["listed"][0]
    assert (round_["states"], round_["closed"]) == (896, False)
    assert round_["example"][-1]["to"] in round_["listed"]
    assert document["likelihood"]["outcomes"]["ceasefire"]["never"] == pytest.approx(1)


def test_who_may_move(data):
    only = data(UKRAINE, *IMPROVING, "--only", "usa,Russia")
    assert only["movers"] == ["usa", "russia"]
    assert only == {**data(UKRAINE, *IMPROVING, "--without", "ukraine,europe")}
    assert {
        party for end in only["ends"]["listed"] for path in end["nearest"]["paths"] for party in _parties(path)
    } <= {
        "usa",
        "russia",
    }


def test_the_words_say_who_may_move_and_how_far_it_is_followed(call):
    told = " ".join(call("evolve", UKRAINE, "--only", "usa,russia", "--steps", "1", "--by", "best")[1].split())
    assert "Every step is the best move that its mover has, and a gain. Nobody moves twice in a row." in told
    assert "Only the United States and Russia may move. It is followed for 1 move at most." in told
    assert "It comes to rest where none of those who may move has an improvement. That is so in 1 state." in told
    assert "Not worked out: not everything that can follow was looked at." in told


def _parties(path):
    return {step["party"] for step in path}


def test_so_many_steps(data):
    document = data(UKRAINE, *IMPROVING, "--steps", "2")
    assert document["steps"] == document["reached"]["moves"] == 2
    assert (document["complete"], document["rounds"]["count"]) == (False, None)
    assert "not everything" in document["likelihood"]["why_not"]
    assert [row["moves"] for row in document["table"]["rows"]] == [1, 2]
    assert data(UKRAINE, *IMPROVING, "--steps", "100")["complete"] is True


def test_a_target_and_how_likely_it_ever_is(data):
    document = data(UKRAINE, *IMPROVING, "--to", "terms_met and usa.reduce_presence")
    assert 0 < document["to"]["ever_likelihood"] < 1
    assert document["to"]["reached"] == len(document["to"]["listed"]) > 0
    assert data(UKRAINE, "--to", "usa.walk_away or not usa.walk_away")["to"]["ever_likelihood"] == 1.0
    assert data(ELMIRA, "--by", "any", "--to", "9")["to"]["states"] == 4  # a label of four states


def test_a_short_list(data):
    document = data(UKRAINE, *IMPROVING, "--list", "3", "--concepts", "gmr")
    assert document["concepts"]["gmr"]["reached"] > 3
    assert document["concepts"]["gmr"]["complete"] is False
    assert len(document["concepts"]["gmr"]["states"]) == len(document["table"]["states"]) == 3
    assert document["table"]["complete"] is False


def test_states_too_many_to_list_are_followed_as_far_as_it_goes(data, call):
    whole, part = data(UKRAINE, *IMPROVING), call("evolve", UKRAINE, "--states", "1000", "--json")
    assert part[0] == 0  # 992 states are found
    document = json.loads(part[1])
    assert document["feasible"] == 49152
    assert document["concepts"] == {}
    for key in ("reached", "ends", "rounds", "table"):
        assert document[key] == whole[key]
    status, out, err = call("evolve", UKRAINE, "--states", "100", "--json")
    assert status == 3
    assert "stopped at" in json.loads(out)["stopped"]
    assert json.loads(out)["complete"] is False
    assert "this is a part of the answer" in err
    assert "This is a part of the answer" in call("evolve", UKRAINE, "--states", "100")[1]


def test_stopped_at_the_start_it_does_not_say_that_nobody_can_improve(call):
    status, out, _ = call("evolve", UKRAINE, "--states", "10")
    told = " ".join(out.split())
    assert status == 3
    assert "Nothing but the start itself so far." in told
    assert "It comes to rest where nobody has an improvement. No such state has been found so far" in told
    assert "nobody has an improvement there" not in told
    assert "There is no such state" not in told


def test_equilibria_among_what_is_found_without_a_list(data):
    listed, not_listed = (
        data(UKRAINE, *IMPROVING, "--concepts", "nash", *flags) for flags in ([], ["--states", "1000"])
    )
    assert listed["concepts"] == not_listed["concepts"]


def test_a_party_with_too_many_options(call, tmp_path):
    names = ", ".join(f"o{k}: " for k in range(31))
    wide = (
        f"{{bestand: 1, title: W, status_quo: [], parties: {{p: {{options: {{{names}}}}}, q: {{options: {{z: }}}}}}}}"
    )
    status, out, err = call("evolve", written(tmp_path, wide))
    assert (status, out) == (3, "")
    assert "p has 31 options, and so up to 2^31 moves from each state" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--from", "nix"], "there is no option 'nix'"),
        (["--from", "1010"], "has 4 characters; the model has 3 options"),
        (["--from", "110"], "rule 1 excludes it (never: up.release and up.threaten)"),
        (["--from", ""], "no state is given"),
        (["--to", " "], "nothing is given to come to"),
        (["--to", "release and threaten"], "no feasible state satisfies 'up.release and up.threaten'"),
        (["--to", "relase"], "did you mean 'release'?"),
        (["--to", "release,threaten"], "rule 1 excludes it"),
        (["--only", "upp"], "there is no party 'upp'; did you mean 'up'?"),
        (["--only", "up", "--without", "down"], "not both"),
        (["--without", "up,down"], "nobody is left to move"),
        (["--by", "bets"], "nobody moves by 'bets'; did you mean 'best'?"),
        (["--by", "luck"], "say drift, purposeful, best, any, improving"),
        (["--steps", "0"], "0 moves lead nowhere"),
        (["--paths", "0"], "0 paths to a state"),
        (["--concepts", "nsh"], "did you mean 'nash'?"),
        (["--reading", "meeek"], "there is no reading 'meeek'"),
        (["--list", "-1"], "--list -1"),
        (["--seconds", "0"], "a limit of 0 seconds"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(call, dam, arguments, told):
    status, out, err = call("evolve", dam, *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1


def test_a_model_without_a_status_quo(call):
    status, out, err = call("evolve", "textbook/chicken")
    assert (status, out) == (2, "")
    assert (
        err == "bestand: the model has no status quo; say where to begin (--from): bits, a label, or the yes options\n"
    )
    assert call("evolve", "textbook/chicken", "--from", "1")[0] == 0


def test_a_reading_that_makes_the_status_quo_infeasible(call, dam):
    status, _, err = call("evolve", dam, "--reading", "barred")
    assert (status, "leave no state feasible" in err) == (2, True)


def test_an_end_is_there_already(call, tmp_path):
    path = written(tmp_path, "{bestand: 1, title: T, parties: {p: {options: {a: {}}}}, status_quo: []}")
    status, out, err = call("evolve", path)
    assert (status, err) == (0, "")
    assert "The start. It is there already. If chance decides: certainty." in out
    assert "after 0 moves" in out


def test_one_document_and_nothing_else_from_a_shell():
    status, out, err = bestand("evolve", "textbook/chicken", "--from", "11", "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["bestand"] == library.__version__


def test_python_gives_the_same():
    found = library.evolve(UKRAINE, by="improving", to="terms_met", concepts=["nash"])
    assert len(found.states) == len(found.distance) == found.last_movers.shape[1] == 992
    assert found.complete
    assert sum(end.likelihood for end in found.ends) == pytest.approx(1)
    assert found.equilibria["nash"].sum() == 2
    assert found.moves_to_the_end > 1
    end = found.model.bits(found.ends[0].states[0])
    ((first, *_), *_) = found.paths(end)
    assert first[0] in found.model.party
    assert found.data()["ends"]["count"] == 2
    assert str(found).startswith("A ceasefire in Ukraine")
    assert found.paths("status-quo") == [[]]
    assert found.paths("usa.walk_away,ukraine.cede") == []
    with pytest.raises(library.CallError, match="there is no option 'nix'"):
        found.paths("nix")


def test_a_lasting_ceasefire_begins_with_a_loss(call):
    """By any moves the plan can come true in an equilibrium; the first step to it costs whoever makes it."""
    _, out, _ = call("evolve", UKRAINE, "--by", "any", "--to", "ceasefire", "--concepts", "nash", "--paths", "1")
    words = " ".join(out.split())
    assert "Equilibria among what is reached of it: 2 under Nash stability." in words
    assert (
        "(4 moves away). It is an equilibrium under Nash stability. There are 24 shortest ways. One of them:" in words
    )
    first = (
        "- Ukraine hands over the four provinces, the unconquered parts included (at a loss); then Russia agrees to a"
    )
    assert f"One of them: {first} ceasefire" in words
    _, out, _ = call("evolve", UKRAINE, *IMPROVING, "--to", "ceasefire")
    assert "No. None of 4,608 such states is reached." in out


TWICE = """
bestand: 1
title: One party alone would have to move twice
parties: {up: {options: {a: , b: }}, down: {options: {c: }}}
forbidden_moves: [{party: up, from: not a and not b, to: b}]
status_quo: []
preferences: {up: {priorities: [b, a]}}
"""


def test_what_only_a_second_move_of_the_same_party_comes_to_is_told_apart(call, tmp_path):
    path = written(tmp_path, TWICE)
    words = " ".join(call("evolve", path, *IMPROVING)[1].split())
    assert "2 of 8 states (25%), in at most 1 move." in words
    assert "comes to 2 more states" in words
    assert "Only a party that moves twice in a row comes there. If chance decides: certainty." in words
    document = json.loads(call("evolve", path, *IMPROVING, "--json")[1])
    assert document["reached"] == {"states": 2, "moves": 1, "only_by_moving_twice": 2}
    assert document["ends"]["listed"][0]["nearest"]["moves"] is None
    assert len(document["table"]["states"]) == 2


def test_moves_to_and_fro_of_one_party_are_no_round(call):
    words = " ".join(call("evolve", ELMIRA, "--by", "any")[1].split())
    assert (
        "Nowhere, as nobody moves twice in a row. If one may, in 6 sets of states, by moves of the local government."
        in words
    )


@pytest.mark.parametrize("width", [40, 60, 200])
def test_a_page_of_any_width(width):
    status, out, _ = bestand("evolve", UKRAINE, "--concepts", "nash", COLUMNS=str(width))
    assert status == 0
    assert max(map(len, out.splitlines())) <= width


# ---- by which moves ----


@pytest.mark.parametrize(
    ("flags", "by", "concept", "states", "ends"),
    [
        ("", "drift", "pseq", 6, 1),
        ("--concept nash", "drift", "nash", 16, 1),
        ("--concept seq", "drift", "seq", 6, 1),
        ("--concept seq --reading russia-order", "drift", "seq", 9, 3),
        ("--by purposeful", "purposeful", None, 16, 1),
        ("--by best", "best", None, 5, 1),
        ("--by improving", "improving", None, 992, 2),
        ("--by improvements", "improving", None, 992, 2),
    ],
)
def test_where_the_ceasefire_of_today_goes(data, flags, by, concept, states, ends):
    document = data(UKRAINE, "--concepts", "nash", *flags.split())
    assert (document["by"], document["concept"], document["why_not_drift"]) == (by, concept, None)
    assert (document["reached"]["states"], document["ends"]["count"]) == (states, ends)


def test_drift_leads_and_says_what_it_is(call):
    words = " ".join(call("evolve", UKRAINE, "--concepts", "nash")[1].split())
    assert (
        "Each party does on purpose what pays once it reckons with the answers, and gives nothing away for nothing "
        "(drift, pseq). The same party may move again: nobody has to wait."
    ) in words
    assert "Nobody moves twice in a row" not in words
    assert "It comes to rest where nobody has a move that pays. That is so in 1 state." in words


def test_purposeful_moves_say_what_they_are(call):
    words = " ".join(call("evolve", UKRAINE, "--by", "purposeful", "--concepts", "nash")[1].split())
    assert "Every step is a gain for whoever makes it, and gives nothing away" in words
    assert "Nobody moves twice in a row." in words


def test_where_drift_cannot_be_followed_the_answer_says_so(call):
    status, out, _ = call("evolve", UKRAINE, "--states", "1000")
    words = " ".join(out.split())
    assert status == 0
    assert (
        "What pays once a party reckons with the answers (drift) is not followed: the states are too many to list. "
        "Every step is an improvement"
    ) in words
    status, out, err = call("evolve", UKRAINE, "--states", "1000", "--by", "drift")
    assert (status, out) == (2, "")
    assert "nobody can be followed by drift: the states are too many to list; say by which moves" in err


def test_purposeful_moves_need_no_list(data):
    listed, not_listed = (data(UKRAINE, "--by", "purposeful", *flags) for flags in ([], ["--states", "1000"]))
    for key in ("reached", "ends", "rounds", "likelihood"):
        assert listed[key] == not_listed[key]


def test_drift_looks_at_no_state_that_it_does_not_come_to(call, tmp_path):
    """2^19 states with 2^16 moves from each are far too many to look at; where nothing pays, one is enough."""
    names = ", ".join(f"o{k}: " for k in range(16))
    parties = f"parties: {{p: {{options: {{{names}}}}}, q: {{options: {{a: , b: , c: }}}}}}\n"
    wide = f"bestand: 1\ntitle: W\nstatus_quo: [p.o1]\n{parties}"
    wishes = "preferences: {p: {priorities: [o1]}, q: {priorities: [o1 iff not a]}}\n"
    status, out, err = call("evolve", written(tmp_path, wide + wishes), "--concepts", "nash")
    assert (status, err) == (0, "")
    assert "nobody has a move there that pays" in out


def test_ends_between_which_nobody_makes_a_difference_are_one(call, data):
    """Two options that nobody cares about make four states of one end, which is certain all the same."""
    path = str(CASES / "two-options-nobody-cares-about.yaml")
    document = data(path, *IMPROVING)
    (end,) = document["ends"]["listed"]
    assert (document["ends"]["count"], end["rests"], end["states"], end["likelihood"]) == (1, True, 4, 1.0)
    words = " ".join(call("evolve", path, *IMPROVING)[1].split())
    assert "In 4 states that differ only in what nobody cares about, of which the nearest is state" in words
    assert "If chance decides: certainty." in words
    (end,) = data(path)["ends"]["listed"]
    assert (end["states"], end["likelihood"]) == (1, 1.0)


def test_ends_with_another_outcome_or_label_are_others(data, tmp_path):
    text = (CASES / "two-options-nobody-cares-about.yaml").read_text()
    noted = data(written(tmp_path, text + "outcomes: {noted: B.note1}\n"), *IMPROVING)
    assert [(end["states"], end["likelihood"]) for end in noted["ends"]["listed"]] == [(2, 0.5), (2, 0.5)]
    called = data(written(tmp_path, text + "labels: {'1100': bare}\n"), *IMPROVING)
    assert sorted(end["states"] for end in called["ends"]["listed"]) == [1, 3]


STAIR = """bestand: 1
title: Three steps down a stair
parties:
  a: {options: {first: , third: }}
  b: {options: {second: }}
forbidden_moves:
  - {party: a, from: not first, to: third}
status_quo: []
preferences:
  a: {priorities: [third and second, first]}
  b: {priorities: [second iff a.first]}
one_way: {a.first: to-yes, b.second: to-yes, a.third: to-yes}
"""


def test_what_so_many_moves_do_not_lead_to_may_be_reached_later(call, tmp_path):
    path = tmp_path / "stair.yaml"
    path.write_text(STAIR, "utf-8")
    wanted = ("evolve", str(path), "--to", "third,first,second")
    told = " ".join(call(*wanted, "--steps", "2")[1].split())
    assert "Not within 2 moves, and no more were followed. In 3 moves it is reached." in told
    assert "It is not reached" not in told
    assert "Yes, in 3 moves." in call(*wanted, "--steps", "3")[1]
    told = " ".join(call("evolve", str(path), "--to", "not first and third", "--steps", "1")[1].split())
    assert "Not within 1 move, and no more were followed." in told
    assert "it is reached" not in told
