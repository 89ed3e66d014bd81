"""States that count as one: moved from as from any member, into as into any, within never; counted and named once."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bestand
from bestand.doubts.examine import examine
from bestand.engine.choose import build, choose
from bestand.files import dumps, loads, read_document
from bestand.model.errors import CallError, ModelError, TooManyStates
from bestand.model.sentences import By
from bestand.questions.evolve.drift import follow
from bestand.questions.evolve.moves import Listed
from bestand.reference import feasible, graph_of
from bestand.reference.purposeful import Conflict
from bestand.reference.worlds import members, standing
from bestand.solve.positions import find_state
from bestand.solve.reach import reach
from bestand.solve.solution import Solution
from bestand.testing import models
from tests.engine.helpers import differences, examples, expected, verdicts
from tests.solve.helpers import distances, moves_of

WINTER = """
bestand: 1
title: Two powers and a winter that both can bring
parties:
  usa: {options: {strike: , winter: }}
  ussr: {options: {strike: , winter: }}
rules:
  - never: usa.winter and ussr.winter
one_way: {usa.winter: to-yes, ussr.winter: to-yes}
coalesced: [W]
outcomes: {W: usa.winter or ussr.winter}
preferences:
  usa: {priorities: [not W, not W and not ussr.strike, not W and usa.strike]}
  ussr: {priorities: [not W, not W and not usa.strike, not W and ussr.strike]}
status_quo: []
labels: {"0000": PP, "1000": CP, "0010": PC, "1010": CC, "0100": W, "1100": W, "0110": W, "1110": W,
         "0001": W, "1001": W, "0011": W, "1011": W}
"""


def coalescing(**flags):
    """Random models in which several states count as one."""
    return models(min_options=3, max_options=6, coalesced=True, readings=False, prose=False, **flags).filter(
        lambda model: len(members(model)) < len(standing(model))
    )


@examples(200)
@given(coalescing())
def test_the_engine_finds_what_the_definitions_say(model):
    engine = build(model)
    states = [model.bits(mask) for mask in feasible(model)]
    assert [model.bits(int(mask)) for mask in engine.space.states] == states
    assert differences(verdicts(engine), expected(model), states) == []


@examples(100)
@given(coalescing())
def test_moves_are_those_of_all_members(model):
    space, graph = build(model).space, graph_of(model)
    for i, of_party in enumerate(graph.moves):
        for s, targets in enumerate(of_party):
            assert tuple(space.targets(i, s)) == targets
            assert space.origins(i, s) == [t for t, ends in enumerate(of_party) if s in ends]


@examples(60)
@given(coalescing(min_parties=2), st.sampled_from(["any", "improving", "best", "purposeful", "drift"]), st.data())
def test_what_is_reached(model, by: By, data):
    steps = moves_of(model, by, "pseq")
    start = data.draw(st.integers(0, len(steps[0]) - 1))
    right = distances(steps, start, set(range(len(steps))), wait=by != "drift")
    solution = Solution(model)
    found = reach(solution.engine, start, by, purpose=solution.purpose("pseq"))
    shortest = [right.get(s, -1) for s in range(len(steps[0]))]
    assert found.distance.tolist() == shortest
    moving = Listed(solution.space, solution.purpose("pseq") if by == "drift" else None)
    drift = follow(moving, int(solution.space.states[start]), by)
    told = dict(zip(drift.masks.tolist(), drift.distance.tolist(), strict=True))
    far = dict(zip(solution.space.states.tolist(), shortest, strict=True))
    assert told == {mask: far[mask] for mask in told}, "-1 where only what is no legal sequence leads"
    assert {mask for mask in far if far[mask] >= 0} <= told.keys()


@examples(100)
@given(coalescing())
def test_every_member_is_a_name_of_its_state(model):
    space = build(model).space
    for mask, state in standing(model).items():
        assert int(space.states[find_state(space, model.bits(mask))]) == state
    today = model.mask(model.status_quo or ())
    for state, together in members(model).items():
        assert (state ^ today).bit_count() == min((mask ^ today).bit_count() for mask in together)


@examples(100)
@given(models(min_options=3, max_options=5, coalesced=True))
def test_a_model_is_read_back_as_it_was_written(model):
    assert loads(dumps(model)) == model


def test_one_winter():
    result = bestand.analyse(loads(WINTER))
    assert (result.engine, len(result.states)) == ("arcs", 5)
    labels = result.model.labels
    found = {
        concept: [labels[result.model.bits(int(state))] for state in result.states[result.equilibria[concept]]]
        for concept in ("nash", "gmr", "seq")
    }
    assert found == {"nash": ["W", "CC"], "gmr": ["PP", "CP", "W", "PC", "CC"], "seq": ["PP", "W", "CC"]}
    assert str(result.explain("W", "usa", "nash")) == str(result.explain("0011", "usa", "nash"))


def test_a_claim_speaks_of_it_by_any_name():
    checks = "[state W is an equilibrium, state 0011 is an equilibrium, some equilibrium is state 1011, "
    checks += "every equilibrium is state CC or state 0100]"
    answer = bestand.claims(loads(f"{WINTER}claims:\n  - {{id: one, check: {checks}}}\n"), concepts=["nash"])
    assert answer.words().count("Nash stability: yes") == 4


def test_a_ranking_names_it_once():
    text = WINTER.replace(
        "usa: {priorities: [not W, not W and not ussr.strike, not W and usa.strike]}",
        'usa: {ranking: ["1000", "0000", "1010", "0010", WINTER]}',
    )
    once = bestand.analyse(loads(text.replace("WINTER", '"0011"')))
    assert once.equilibria["seq"].tolist() == bestand.analyse(loads(WINTER)).equilibria["seq"].tolist()
    assert loads(text.replace("WINTER", "W")).preferences["usa"].groups[-1][0] == "0100"
    with pytest.raises(ModelError, match="must hold all 5 feasible states"):
        loads(text.replace(", WINTER", ""))
    with pytest.raises(ModelError, match=r"usa prefers state 0100 .* to state 0011 .* which this makes one"):
        loads(text.replace("WINTER", '"0100", "0011"'))


@pytest.mark.parametrize(
    ("formulas", "words"),
    [
        (
            "[W, usa.winter and not usa.strike]",
            "it is true in 0100 .* and 0110 .*, and so is 'W': a state is part of one",
        ),
        ("[usa.strike]", r"usa prefers state 1000 \(label CP\) to state 1100 \(label W\), which this makes one"),
        ("[nuclear]", "there is no option or outcome 'nuclear'"),
    ],
)
def test_what_cannot_be_one_is_told_with_its_place(formulas, words):
    (problem, *_) = read_document(WINTER.replace("coalesced: [W]", f"coalesced: {formulas}")).problems
    assert (problem.line, re.search(words, problem.message) is not None) == (10, True), problem


def test_wishes_that_a_change_makes_tell_it_apart():
    model = loads(WINTER)
    with pytest.raises(CallError, match="usa prefers state"):
        bestand.what_if(model, "usa 1 replaced by usa.strike")


@pytest.mark.parametrize("engine", ["cube", "listed", "symbolic"])
def test_engines_that_move_among_options_say_which_can(engine):
    with pytest.raises(CallError, match=r"makes several states one .*use 'arcs'"):
        choose(loads(WINTER), engine)
    chosen = choose(loads(WINTER))
    assert (chosen.engine.name, chosen.because.kind) == ("arcs", "coalesced")


def test_too_many_states_are_refused():
    options = ", ".join(f"o{k}: " for k in range(25))
    text = f"{{bestand: 1, title: Large, parties: {{p: {{options: {{{options}}}}}}}, coalesced: [o0]}}"
    with pytest.raises(TooManyStates, match="need them listed"):
        choose(loads(text))


@examples(60)
@given(coalescing(min_parties=2), st.data())
def test_purposeful_moves_come_from_every_member(model, data):
    conflict, space = Conflict(model), build(model).space
    solution = Solution(model)
    states = space.states.tolist()
    s = data.draw(st.integers(0, len(states) - 1))
    for i, party in enumerate(conflict.parties):
        found = solution.purpose("nash").plain(i, np.array([s]))
        assert sorted(found.targets.tolist()) == sorted(
            {states.index(end) for end in conflict.purposeful(party, states[s]).values()}
        )


def test_the_doctor_looks_at_every_member():
    """An option that the state which stands for others leaves out is taken in some of them."""
    assert [fault.code for fault in examine(loads(WINTER)).doubtful] == ["lost-move"]


@pytest.mark.parametrize("ask", [bestand.evolve, bestand.coalitions, bestand.levers, bestand.vary, bestand.report])
def test_every_question_can_be_asked(ask):
    plan = (
        "plan: not usa.strike and not ussr.strike and not W\nreadings: {hawk: {change: usa 2 replaced by usa.strike}}"
    )
    assert "W" in str(ask(loads(f"{WINTER}{plan}\n")).words())


def test_what_cannot_be_asked_says_so():
    with pytest.raises(CallError, match="cannot be merged where several states count as one"):
        bestand.merged(loads(WINTER), ["usa", "ussr"])
