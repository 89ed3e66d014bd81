"""Deals by brute force: a small example for each definition, known answers, and facts on random models."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bestand.reference import feasible
from bestand.reference.deals import Blocking, Talks, deals
from bestand.testing import formulas, models
from tests.engine.helpers import examples
from tests.reference.small import DILEMMA, at, hold, name, names, says, small


def talks(model, plan="true", concept="pseq", **terms):
    """Talks about a plan in words; so are red lines, and a no-deal point in parentheses."""
    terms["red_lines"] = {party: says(model, line) for party, line in terms.get("red_lines", {}).items()}
    if str(terms.get("no_deal", "")).startswith("("):
        terms["no_deal"] = says(model, terms["no_deal"])
    return Talks(model, says(model, plan), concept, **terms)


# ---- the no-deal point ----

RACE = {"A: a": ["a"], "B: b": ["b"]}  # today nobody does anything, and both would


def test_no_deal_is_today_where_today_is_stable():
    assert talks(small(DILEMMA)).no_deal == {0}


def test_no_deal_is_where_things_drift_to_else():
    assert talks(small(RACE)).no_deal == {3}
    chase = small({"A: a": ["a iff b"], "B: b": ["not (a iff b)"], "C: c": ["c"]})
    assert talks(chase, concept="nash").no_deal == {4, 5, 6, 7}
    either = small({"A: a": ["a iff not b"], "B: b": ["b iff not a"]})
    assert talks(either, concept="nash").no_deal == {1, 2}


@pytest.mark.parametrize(
    ("said", "states"), [("today", {0}), ("drift", {3}), (2, {2}), ("(a or b)", {1, 2, 3}), ("(a iff b)", {0, 3})]
)
def test_no_deal_is_what_is_said(said, states):
    assert talks(small(RACE), no_deal=said).no_deal == states


def test_no_deal_has_to_be_possible():
    model = small(RACE, rules=[{"never": "a and b"}])
    for said in (3, "(a and b)"):
        with pytest.raises(ValueError, match="no state without a deal"):
            talks(model, no_deal=said)


def test_there_has_to_be_a_start():
    model = small(RACE).replace(status_quo=None)
    with pytest.raises(ValueError, match="no state to start from"):
        talks(model)
    assert talks(model, start=1).start == 1


def test_better_is_better_than_all_that_may_be_and_worse_is_worse_than_some_of_it():
    model = small({"A: a b": {"ranking": ["11", "10", "01", "00"]}})
    against = talks(model, no_deal="(a iff not b)")
    assert [s for s in range(4) if against.better("A", s)] == [3]
    assert [s for s in range(4) if against.worse("A", s)] == [0, 2]


# ---- what can be signed, and by whom ----


def test_every_changed_option_goes_in_its_direction():
    model = small(DILEMMA, "A.c", one_way={"A.c": "to-yes", "B.c": "to-yes"})
    assert names(model, talks(model).signable()) == {"A.c B.c"}


def test_a_forbidden_move_of_a_party_that_changes_an_option_is_not_signed():
    forbidden = [{"party": "A", "from": "not b", "to": "b"}]
    model = small({"A: a": [], "B: b": []}, forbidden_moves=forbidden)
    assert names(model, talks(model).signable()) == {"A.a", "B.b"}


def test_the_states_between_need_not_be_possible():
    model = small(DILEMMA, rules=[{"always": "A.c iff B.c"}])
    assert names(model, talks(model).signable()) == {"A.c B.c"}


def test_today_can_be_signed_where_it_would_not_last():
    model = small(RACE)
    assert 0 in talks(model).signable()
    assert 0 not in talks(model, no_deal="today").signable()


def test_who_promises_to_leave_undone_what_it_would_do_signs_too():
    model = small({**RACE, "C: c": []})
    assert talks(model).signatories(at(model, "A.a")) == {"A", "B"}
    assert talks(model).signatories(at(model, "A.a B.b")) == {"A", "B"}
    assert talks(model, no_deal="today").signatories(at(model, "A.a")) == {"A"}
    assert talks(model, no_deal=at(model, "C.c")).signatories(at(model, "A.a")) == {"A", "C"}


def test_a_signatory_that_goes_on_as_today_is_told_apart():
    arms = {"A: a": ["not b", "a"], "B: b": ["not a", "b"]}
    model = small(arms)
    (deal,) = deals(model, says(model, "not a and not b"), "nash").deals
    assert deal.state == 0
    assert deal.signatories == deal.goes_on == {"A", "B"}
    assert deal.changes == 0
    assert not deal.kept


# ---- refusal, deal ----


def test_whoever_signs_refuses_what_is_worse():
    model = small({"A: a": ["not a"], "B: b": ["a"]})
    asked = talks(model)
    assert asked.refuses("A", at(model, "A.a B.b"))
    assert not asked.refuses("A", at(model, "B.b"))
    assert not asked.is_deal(at(model, "A.a B.b"))


def test_consent_lets_a_party_refuse_what_it_does_not_sign():
    model = small({**DILEMMA, "C: c": ["not A.c"]})
    state = at(model, "A.c B.c")
    without, needed = talks(model), talks(model, consent=["C"])
    assert without.is_deal(state)
    assert without.objectors(state) == {"C"}
    assert not needed.is_deal(state)
    assert needed.refuses("C", state)
    assert needed.objectors(state) == set()


def test_a_red_line_is_refused_whatever_is_offered():
    model = small({**DILEMMA, "C: c": []})
    state = at(model, "A.c B.c")
    assert talks(model, red_lines={"A": "A.c"}).refuses("A", state)
    outside = talks(model, red_lines={"C": "A.c"})
    assert outside.is_deal(state)
    assert outside.objectors(state) == {"C"}
    assert talks(model, red_lines={"C": "A.c"}, consent=["C"]).refuses("C", state)


def test_who_is_neither_worse_nor_better_off_has_nothing_in_it():
    model = small({"A: a": ["b"], "B: b": []})
    state = at(model, "A.a B.b")
    asked = talks(model)
    assert asked.has_nothing_in("B", state)
    assert not asked.refuses("B", state)
    assert not asked.has_nothing_in("A", state)
    assert not asked.is_deal(state)


def test_one_party_alone_makes_no_deal():
    model = small({"A: a b": ["a", "b"], "B: c": []}, one_way={"A.a": "to-no"})
    assert talks(model, "b", no_deal="today").deals() == ()


# ---- who blocks, what is refused, what decides ----


def test_blocking_sets_are_the_smallest():
    model = small({"A: a": ["not a"], "B: b": ["not b or c"], "C: c": ["not c"]})
    found = deals(model, says(model, "(a and b) or (b and c)"))
    assert found.verdict.kind == "no-deal"
    assert found.blocking == (
        Blocking(frozenset("B"), frozenset("B")),
        Blocking(frozenset("AC"), frozenset()),
    )


def test_who_only_has_nothing_in_it_is_marked():
    model = small({"A: a": ["b"], "B: b": []})
    assert deals(model, says(model, "a and b")).blocking == (Blocking(frozenset("B"), frozenset("B")),)
    both = small({"A: a": ["b"], "B: b x": ["not x"]})
    assert deals(both, says(both, "a and b and x")).blocking == (Blocking(frozenset("B"), frozenset()),)


def test_nobody_blocks_where_two_can_sign_nothing():
    model = small({"A: a": ["not a"], "B:": []})
    found = deals(model, says(model, "a"))
    assert found.verdict.kind == "no-deal"
    assert found.blocking == ()
    assert found.verdict.alone == {"A": {1}}


def test_a_refusal_is_told_over_what_the_others_do():
    model = small({"A: a": ["not b", "not a"], "B: b c": []})
    refusal = deals(model, says(model, "a or b")).refusals["A"]
    assert names(model, refusal.states) == {"A.a", "A.a B.b", "A.a B.b B.c", "A.a B.c"}
    assert names(model, refusal.of) == {"", "B.b", "B.c", "B.b B.c"}
    assert names(model, refusal.others) == {"", "B.c"}  # where B does b, A can leave a, and then signs nothing
    consent = deals(model, says(model, "a or b"), consent=["A"]).refusals["A"]
    assert names(model, consent.others) == {"", "B.b", "B.c", "B.b B.c"}
    assert consent.decided_by == {1: 4, 2: 2}


def test_what_decides_a_refusal():
    wishes = {"A: a": ["not a", "not b"], "B: b": {"weights": {"A.a": "-1"}}, "C: c": {"ranking": [["000"], ["100"]]}}
    wishes["C: c"]["ranking"][1] += ["010", "110", "001", "101", "011", "111"]
    model = small(wishes)
    asked = talks(model, "b", red_lines={"A": "c"})
    assert asked.decides("A", at(model, "A.a B.b")) == 1
    assert asked.decides("A", at(model, "B.b")) == 2
    assert asked.decides("A", at(model, "B.b C.c")) == "red line"
    assert asked.decides("B", at(model, "A.a")) == "weights"
    assert asked.decides("C", at(model, "B.b C.c")) == "ranking"


def test_the_best_of_what_may_be_decides():
    model = small({"A: a": ["not b", "not c"], "B: b c": []})
    asked = talks(model, no_deal="(not a)", consent=["A"])  # at best neither b nor c
    assert asked.decides("A", at(model, "A.a B.c")) == 2
    assert asked.decides("A", at(model, "A.a B.b")) == 1


# ---- lean, Pareto-best ----


def test_lean_is_fewest_changes_and_best_is_least_pain():
    wishes = {"A: a x": ["b", "y", "not a"], "B: b y": ["a", "not b"]}
    model = small(wishes)
    found = {name(model, deal.state): deal for deal in deals(model, says(model, "a and b")).deals}
    assert set(found) == {"A.a B.b", "A.a A.x B.b", "A.a B.b B.y", "A.a A.x B.b B.y"}
    assert {state for state, deal in found.items() if deal.lean} == {"A.a B.b"}
    assert {state for state, deal in found.items() if deal.pareto_best} == {"A.a B.b B.y", "A.a A.x B.b B.y"}


def test_lean_is_said_of_the_kept_deals_where_there_are_any():
    """Without x, which binds both, each would go back on its word."""
    breach = [{"party": party, "from": "x", "to": f"not {party}.c"} for party in "AB"]
    model = small(
        {"A: c x": DILEMMA["A: c"], "B: c": DILEMMA["B: c"]}, forbidden_moves=breach, one_way={"A.x": "to-yes"}
    )
    found = {name(model, deal.state): deal for deal in deals(model, says(model, "A.c and B.c"), "nash").deals}
    assert {state: (deal.kept, deal.lean) for state, deal in found.items()} == {
        "A.c B.c": (False, False),
        "A.c A.x B.c": (True, True),
    }


# ---- kept ----


def test_a_deal_may_go_on_inside_the_plan():
    wishes = {"A: a x": ["b", "x iff (a and b)", "not a"], "B: b": ["a", "not b"]}
    model = small(wishes, one_way=dict.fromkeys(("A.a", "B.b"), "to-yes"))
    found = {name(model, deal.state): deal for deal in deals(model, says(model, "a and b")).deals}
    assert found["A.a B.b"].kept
    assert not found["A.a B.b"].as_it_stands
    assert [names(model, end) for end in found["A.a B.b"].goes_on_to] == [{"A.a A.x B.b"}]
    assert found["A.a A.x B.b"].as_it_stands
    assert found["A.a A.x B.b"].goes_on_to == ()


CHEAT = {"A: a x": ["b", "x iff (a and b)", "not a"], "B: b": ["not x", "a", "not b"]}
"""What A promises it does, and then x besides, which B would rather not have: at worst that is worse than no deal."""


def test_nobody_is_cheated_inside_the_plan():
    model = small(CHEAT, one_way=dict.fromkeys(("A.a", "A.x", "B.b"), "to-yes"))
    (deal,) = deals(model, says(model, "a and b")).deals
    assert name(model, deal.state) == "A.a B.b"
    assert not deal.kept
    assert [(step.party, name(model, step.end)) for step in deal.chain] == [("A", "A.a A.x B.b")]
    assert talks(model, "a and b").never_left(deal.state)


def test_a_party_with_consent_is_not_cheated_either():
    wishes = {"A: a x": ["b", "x iff (a and b)", "not a"], "B: b": ["a", "not b"], "C:": ["not x"]}
    model = small(wishes, one_way=dict.fromkeys(("A.a", "A.x", "B.b"), "to-yes"))
    assert talks(model, "a and b").kept(at(model, "A.a B.b"))
    assert not talks(model, "a and b", consent=["C"]).kept(at(model, "A.a B.b"))


def test_by_what_each_party_is_held():
    model = small({**DILEMMA, "C:": []})
    state = at(model, "A.c B.c")
    assert talks(model, "A.c and B.c").by_what(state) == {
        "A": hold("deterred", "B"),
        "B": hold("deterred", "A"),
        "C": hold("cannot"),
    }
    assert talks(model, "A.c and B.c", "nash").by_what(state)["A"] == hold("breaks")
    gladly = small({"A: a": ["b", "a"], "B: b": ["a", "not b"]})
    assert talks(gladly, "a and b").by_what(3)["A"] == hold("would-not")


def test_the_smallest_sets_of_those_who_deter():
    wishes = {"A: a": ["not p or not q", "not r", "a"], "B: p": ["p iff a"], "C: q": ["q iff a"], "D: r": ["r iff a"]}
    model = small(wishes)
    assert talks(model, "not a").by_what(0)["A"] == hold("deterred", "D", "BC")


def test_fear_is_of_answers_that_do_not_pay():
    model = small({"A: a": ["not p", "a"], "B: p": ["not p"]})
    for concept in ("gmr", "smr"):
        assert talks(model, "not a", concept).by_what(0)["A"] == hold("fear", "B", pays=False)
    assert talks(model, "not a", "seq").by_what(0)["A"] == hold("breaks")
    willing = small({"A: a": ["not p or not q", "a"], "B: p q": ["(p and q) iff a"], "C: r": []})
    assert talks(willing, "not a", "gmr").by_what(0)["A"] == hold("deterred", "B")


def test_a_deal_may_be_renegotiated():
    wishes = {"A: a x": ["x and y", "b", "not a"], "B: b y": ["x and y", "a", "not b"]}
    model = small(wishes)
    asked = talks(model, "a and b and not (x and y)")
    assert asked.is_deal(at(model, "A.a B.b"))
    assert asked.renegotiable(at(model, "A.a B.b"))
    assert not talks(model, "a and b").renegotiable(at(model, "A.a A.x B.b B.y"))


# ---- the verdict ----


def verdict(model, plan, concept="pseq", **terms):
    return talks(model, plan, concept, **terms).verdict()


def test_what_cannot_be():
    never = small(DILEMMA, rules=[{"never": "A.c and B.c"}])
    assert verdict(never, "A.c and B.c").kind == "cannot-be"
    barred = small(DILEMMA, one_way={"A.c": "to-no"})
    assert verdict(barred, "A.c and B.c").kind == "cannot-be"
    assert verdict(barred, "A.c and B.c", start=at(barred, "A.c B.c")).kind == "stands"


def test_what_cannot_be_signed_may_still_come():
    """A cannot go from neither to both in one step, and would in two."""
    forbidden = [{"party": "A", "from": "not a and not b", "to": "a and b"}]
    model = small({"A: a b": ["b", "a"], "B: c": []}, forbidden_moves=forbidden, one_way={"B.c": "to-no"})
    found = verdict(model, "a and b")
    assert talks(model, "a and b").signable() == ()
    assert found.kind == "comes-by-itself"
    assert found.alone == {}


def test_what_stands():
    model = small(DILEMMA)
    found = verdict(model, "not A.c and not B.c")
    assert (found.kind, found.today_in_plan, found.may_come) == ("stands", True, False)
    assert found.by == {"A": hold("would-not"), "B": hold("would-not")}
    assert verdict(model, "A.c and B.c").by is None


def test_today_may_be_in_the_plan_and_not_last():
    model = small({"A: a": ["not b", "a"], "B: b": ["not a", "b"]})
    found = verdict(model, "not a and not b", "nash")
    assert (found.kind, found.today_in_plan) == ("deal-not-kept", True)


def test_what_comes_by_itself():
    model = small(RACE)
    assert verdict(model, "a and b").kind == "comes-by-itself"
    assert verdict(model, "a").alone == {"A": {1}}


def test_what_may_come():
    model = small({"A: a": ["a iff not b"], "B: b": ["b iff not a"]})
    found = verdict(model, "a and not b", "nash")
    assert (found.kind, found.may_come) == ("no-deal", True)
    assert found.ends == (frozenset({1}), frozenset({2}))


@pytest.mark.parametrize(("concept", "kind"), [("nash", "deal-not-kept"), ("seq", "deal"), ("pseq", "deal")])
def test_prisoners_dilemma(concept, kind):
    model = small(DILEMMA)
    assert verdict(model, "A.c and B.c", concept).kind == kind


def test_two_hostages():
    """Under Nash each takes its hostage back; where a release is for good, nobody can."""
    reversible, for_good = small(DILEMMA), small(DILEMMA, one_way={"A.c": "to-yes", "B.c": "to-yes"})
    assert verdict(reversible, "A.c and B.c", "nash").kind == "deal-not-kept"
    assert verdict(for_good, "A.c and B.c", "nash").kind == "deal"
    assert set(talks(for_good, "A.c and B.c", "nash").by_what(3).values()) == {hold("cannot")}


# ---- facts, on random models ----


@examples(150)
@given(st.data(), models(max_options=5, prose=False, readings=False))
def test_answers_on_random_models_are_of_a_piece(data, model):
    def draw_formula():
        return data.draw(formulas([option.id for option in model.options], list(model.outcome)))

    plan, parties = draw_formula(), tuple(model.party)
    terms = {
        "start": data.draw(st.sampled_from(feasible(model))),
        "no_deal": data.draw(st.sampled_from([None, "today", "drift"])),
        "consent": data.draw(st.sets(st.sampled_from(parties))),
        "red_lines": {party: draw_formula() for party in data.draw(st.sets(st.sampled_from(parties), max_size=1))},
    }
    concept = data.draw(st.sampled_from(["nash", "gmr", "smr", "seq", "sseq", "pseq", "psseq"]))
    asked = Talks(model, plan, concept, **terms)
    found = asked.answer()
    signable = set(found.signable)
    for party in parties:
        refusal = found.refusals[party]
        assert refusal.states <= signable
        assert not refusal.states & refusal.nothing_in_it
        assert sum(refusal.decided_by.values()) == len(refusal.states)
        assert refusal.others <= refusal.of
    for deal in found.deals:
        assert deal.state in signable
        assert not any(deal.state in found.refusals[party].states for party in parties)
        assert deal.kept == (not deal.chain)
        assert deal.goes_on <= deal.signatories
        assert deal.signatories | deal.need_not_sign == set(parties)
        assert deal.objectors <= deal.need_not_sign
        how = {held.how for held in asked.by_what(deal.state).values()}
        assert "breaks" not in how or not deal.kept
        assert asked.never_left(deal.state) == ("breaks" not in how)
    kept = [deal for deal in found.deals if deal.kept]
    assert any(deal.lean for deal in found.deals) == any(deal.pareto_best for deal in found.deals) == bool(found.deals)
    assert all(deal.kept for deal in found.deals if deal.lean or deal.pareto_best) or not kept
    if found.verdict.kind in {"deal", "deal-not-kept", "no-deal"}:
        kinds = {(True, True): "deal", (True, False): "deal-not-kept", (False, False): "no-deal"}
        assert found.verdict.kind == kinds[bool(found.deals), bool(kept)]
    if found.verdict.kind == "no-deal":
        by_two = [state for state in signable if len(asked.signatories(state)) >= 2]
        assert bool(found.blocking) == bool(by_two)
        for block in found.blocking:
            against = {p: found.refusals[p].states | found.refusals[p].nothing_in_it for p in block.parties}
            assert all(any(state in against[p] for p in block.parties) for state in by_two)
            for fewer in combinations(block.parties, len(block.parties) - 1):
                assert not all(any(state in against[p] for p in fewer) for state in by_two)
