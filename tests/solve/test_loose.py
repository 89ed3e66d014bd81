"""Sequential stability against best replies, and the equilibria that only loose answers hold."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given

from bestand import CallError, LimitReached, analyse, load, loads
from bestand.solve import loose as looseness
from bestand.solve.loose import loose
from bestand.solve.solution import Solution
from bestand.stability.registry import CONCEPTS, EVERY, chosen, firm
from bestand.witness.search import witness
from tests.command.helpers import bestand, written
from tests.first_reading import UKRAINE
from tests.solve.helpers import FEW, solved_models
from tests.witness.test_witness import LOOSE

OURS = ("brseq", "brsseq")

# Down may answer with either of two moves that it likes equally well; only one of them hurts.
TWO_BEST = """
bestand: 1
title: Two best answers
parties:
  up: {options: {a: {}}}
  down: {options: {b: {}, c: {}}}
rules: [{at_most_one: [b, c]}]
status_quo: []
preferences:
  up: {priorities: [not c, a]}
  down: {priorities: [a implies b or c]}
"""

# Down's best answer hurts up, but up can escape it.
ESCAPED = """
bestand: 1
title: A best answer that does not last
parties:
  up: {options: {a: {}, d: {}}}
  down: {options: {b: {}}}
status_quo: []
preferences:
  up: {ranking: ["100", "111", "000", ["110", "101", "011", "010", "001"]]}
  down: {priorities: [a iff b]}
"""


def stable_at(text: str, concept: str) -> bool:
    """Whether the state in which nothing is taken is stable for the first party."""
    return bool(Solution(loads(text)).stable(concept)[0, 0])


def test_the_published_concepts_alone_are_asked_unless_told():
    assert chosen(None) == tuple(CONCEPTS) == ("nash", "gmr", "smr", "seq", "sseq")
    assert tuple(EVERY)[: len(CONCEPTS)] == tuple(CONCEPTS)
    assert {*OURS} <= {*EVERY} - {*CONCEPTS}
    assert chosen("brseq") == ("brseq",)
    with pytest.raises(CallError, match=r"did you mean 'brseq'.*brsseq"):
        chosen(["brsek"])


def test_what_is_stable_under_seq_need_not_be_against_best_replies():
    assert stable_at(LOOSE, "seq")
    assert not stable_at(LOOSE, "brseq")


def test_any_of_several_best_moves_answers():
    assert stable_at(TWO_BEST, "brseq")


def test_what_is_stable_against_best_replies_need_not_be_under_nash_or_for_good():
    assert not stable_at(TWO_BEST, "nash")
    assert stable_at(ESCAPED, "brseq")
    assert not stable_at(ESCAPED, "brsseq")


@FEW
@given(solved_models(max_options=4))
def test_loose_equilibria_are_those_with_a_loose_witness(solution):
    for concept in EVERY:
        found = loose(solution, concept)
        if firm(concept) is None:
            assert found is None
            continue
        parties = range(len(solution.model.parties))
        shown = [
            any(witness(solution, state, i, concept).loose for i in parties) for state in solution.space.states.tolist()
        ]
        assert found is not None
        assert found.tolist() == (solution.equilibria(concept) & np.array(shown)).tolist()


def test_a_witness_cut_short_is_loose_all_the_same(monkeypatch):
    solution = Solution(loads(LOOSE))
    monkeypatch.setattr("bestand.witness.search.MOST_ANSWERS", 0)
    assert witness(solution, 0, 0, "seq").loose
    assert not witness(Solution(loads(TWO_BEST)), 0, 0, "seq").loose


def test_the_flagship_rests_on_loose_answers():
    """Computed; that they are loose is checked against witnesses above."""
    model = load(UKRAINE)
    found = {c: int(e.sum()) for c, e in analyse(model, ["seq", "brseq", "sseq", "brsseq"]).equilibria.items()}
    assert found == {"seq": 6126, "brseq": 2390, "sseq": 510, "brsseq": 388}
    told = " ".join(analyse(model, ["seq", "sseq"]).words().split())
    assert (
        "3,736 of the 6,126 equilibria under sequential stability are held only by answers that are not the best move"
        in told
    )
    assert "122 of the 510 equilibria under symmetric sequential stability" in told


def test_nobody_looks_where_it_would_take_long(monkeypatch):
    monkeypatch.setattr(looseness, "LOOKED_AT", 4)
    solution = Solution(loads(LOOSE))
    assert loose(solution, "seq") is None
    solution.finish(["brseq"])
    assert loose(solution, "seq") is not None


def test_sets_of_states_cannot_follow_best_moves():
    model = loads(LOOSE)
    for concept in OURS:
        with pytest.raises(CallError, match=f"{concept} follows best moves.*listed"):
            analyse(model, [concept], engine="symbolic")
    with pytest.raises((CallError, LimitReached)):
        analyse(model, ["brseq"], limits={"states": 2})


def test_a_claim_can_name_it():
    text = LOOSE + "claims: [{id: firm, check: 'under brseq, some equilibrium is not up.a'}]\n"
    assert loads(text).claims[0].checks[0].concepts == ("brseq",)


def test_the_command_line(tmp_path):
    path = written(tmp_path, LOOSE)
    status, out, err = bestand("analyse", path, "--concepts", "seq,brseq")
    assert (status, err) == (0, "")
    assert "is held only by answers that are not the best move" in " ".join(out.split())
    status, out, _ = bestand("analyse", path, "--json")
    found = json.loads(out)["concepts"]
    assert found["nash"]["only_by_moves_not_best"] is None
    flagged = [state for state in found["seq"]["states"] if state["only_by_moves_not_best"]]
    assert len(flagged) == found["seq"]["only_by_moves_not_best"] > 0
    status, out, _ = bestand("explain", path, "--concepts", "seq,brseq", "--party", "up", "--json")
    seq, brseq = json.loads(out)["verdicts"]
    assert (seq["stable"], seq["only_by_moves_not_best"]) == (True, True)
    assert (brseq["stable"], brseq["only_by_moves_not_best"]) == (False, False)
    status, out, _ = bestand("explain", path, "--concepts", "brseq", "--party", "up")
    assert "The best moves of the others do not take that gain away" in " ".join(out.split())
    status, out, err = bestand("analyse", path, "--concepts", "brseq", "--engine", "symbolic")
    assert (status, out) == (2, "")
    assert "brseq follows best moves" in err


def test_the_plan_says_what_its_equilibria_rest_on(tmp_path):
    path = written(tmp_path, LOOSE + "plan: not up.a and not down.c\n")
    told = " ".join(bestand("analyse", path, "--full")[1].split())
    assert (
        "The one under sequential stability is held only by answers that are not the best move of whoever gives them."
        in told
    )
    found = json.loads(bestand("analyse", path, "--json")[1])["plan"]
    assert found["only_by_moves_not_best"]["seq"] == found["equilibria"]["seq"] > 0
    assert "nash" not in found["only_by_moves_not_best"]
