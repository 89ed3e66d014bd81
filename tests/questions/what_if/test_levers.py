"""Levers: each is what solving the changed model says, no two are the same, and the ranking is what it says it is."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand import CallError, LimitReached, ModelError, TooManyStates, levers, loads
from bestand.answer.setting import Setting
from bestand.engine.limits import Watch
from bestand.model.changing import changed
from bestand.model.sentences import Drop, DropRule, Exchange, Free, HoldOption, HoldParty, Place, StatementRef
from bestand.model.wording import changes_text
from bestand.questions.what_if import levers as module
from bestand.questions.what_if.answer import Cell, Levers, Tried
from bestand.reference import equilibria, feasible, graph_of, reached
from bestand.reference.worlds import World
from bestand.stability.registry import CONCEPTS
from bestand.testing import formulas, models
from tests.examples import examples
from tests.first_reading import UKRAINE
from tests.questions.what_if.test_what_if import DAM

SOME = settings(max_examples=examples(25))


def brute(model, formula) -> tuple[dict[str, Cell], Cell | None]:
    """By the oracle: how many equilibria satisfy the formula, by concept, and how many resting places reached."""
    masks, graph = feasible(model), graph_of(model)
    so = [World.of_mask(model, mask).holds(formula) for mask in masks]
    found = {}
    for concept in CONCEPTS:
        members = [at for at, is_one in enumerate(equilibria(graph, concept)) if is_one]
        found[concept] = Cell(sum(so[at] for at in members), len(members))
    quo = None if model.status_quo is None else model.mask(model.status_quo)
    if quo not in masks:
        return found, None
    at_rest = equilibria(graph, "nash")
    resting = [at for at in reached(graph, masks.index(quo)) if at_rest[at]]
    return found, Cell(sum(so[at] for at in resting), len(resting))


@SOME
@given(models(max_options=4, prose=False), st.data())
def test_every_lever_is_what_the_changed_model_says(model, data):
    formula = data.draw(formulas([option.id for option in model.options], list(model.outcome), max_leaves=3))
    setting = Setting(model, data.draw(st.sampled_from([(), *((name,) for name in model.reading)])))
    try:
        start = setting.under
    except CallError:
        return
    if not feasible(start):
        with pytest.raises(ModelError):
            module.levers(setting, formula)
        return
    if not any(World.of_mask(start, mask).holds(formula) for mask in feasible(start)):
        with pytest.raises(CallError, match="no feasible state satisfies"):
            module.levers(setting, formula)
        return
    found = module.levers(setting, formula, by="improving")
    assert (found.base.cells, found.base.resting) == brute(start, formula)
    assert found.of == len(found.tried) + len(found.failed)
    seen = {start}
    for tried in (*found.tried, *found.failed):
        new = changed(model, (*setting.changes, *tried.changes))
        assert new not in seen, "a lever that makes a model of another one's"
        seen.add(new)
        if tried.reason is None:
            assert (tried.cells, tried.resting) == brute(new, formula)
            truths = {World.of_mask(new, mask).holds(formula) for mask in feasible(new)}
            assert tried.decides == (len(truths) == 1)
        else:
            assert not feasible(new) or "ranking" in str(tried.reason)
    weights = [found.weight(tried) for tried in found.tried]
    assert weights == sorted(weights, reverse=True)


def test_which_levers_there_are():
    model = loads(DAM)
    found = levers(model, concepts=["nash"])
    made = {tried.changes[0] for tried in (*found.tried, *found.failed)}
    up = [StatementRef("up", k) for k in (1, 2, 3)]
    down = [StatementRef("down", k) for k in (1, 2, 3)]
    expected = {HoldOption(option, value) for option in model.bit for value in (True, False)}
    expected |= {Drop(ref) for ref in (*up, *down)}
    expected |= {Exchange(a, b) for refs in (up, down) for a, b in pairwise(refs)}
    expected |= {Place(refs[2], "before", refs[0]) for refs in (up, down)}  # the second moved first is an exchange
    expected |= {HoldParty("up"), HoldParty("down"), DropRule(1)}
    expected -= {HoldParty("down")}  # the same as its only option held at what it is today
    assert made == expected


def test_flips_and_shifts_are_what_they_say():
    model = loads(DAM)
    base = Tried("option", (), {"nash": Cell(0, 4), "seq": Cell(2, 4)}, Cell(0, 2))
    other = Tried("option", (Free("up.a"),), {"nash": Cell(1, 2), "seq": Cell(1, 4)}, Cell(1, 1))
    same = Tried("option", (Free("up.b"),), dict(base.cells), base.resting)
    found = Levers(model, model.plan, ("nash", "seq"), base, (other, same), (), 2)
    assert found.flips(other) == ("nash", "")
    assert found.shifts(other) == (Fraction(1, 2), Fraction(-1, 4), Fraction(1))
    assert found.weight(other) == (0, 2, Fraction(1), Fraction(7, 4), True)
    assert found.weight(same) == (0, 0, 0, 0, False)
    assert not found.changes_counts(same)
    assert Cell(0, 0).share == 0


def test_a_statement_that_a_reading_drops_is_no_lever():
    model = loads(DAM + "readings: {meek: {change: up 2 dropped}}\n")
    ref = StatementRef("up", 2)
    found = levers(model, concepts=["nash"], readings=["meek"])
    assert ("up 1 exchanged with up 3",) in [(changes_text(tried.changes),) for tried in found.tried]
    spoken = [change for tried in found.tried for change in tried.changes]
    assert Drop(ref) not in spoken
    assert not any(isinstance(c, Exchange | Place) and ref in (c.statement, c.other) for c in spoken)


def test_a_rule_that_a_ranking_needs_is_not_tried_and_says_why():
    found = levers("books/fang1993/elmira", "UR.accept", concepts=["nash"])
    assert [(changes_text(tried.changes), str(tried.reason)) for tried in found.failed] == [
        ("rule 1 dropped", "the ranking of MoE leaves out 20 of 32 feasible states")
    ]
    told = " ".join(str(found).split())
    assert "Not tried: Rule 1 of the file does not hold [rule 1 dropped] (the ranking of MoE" in told


def test_the_flagship_s_levers():
    found = levers(UKRAINE, concepts=["nash", "seq"])
    first = [changes_text(tried.changes) for tried in found.tried if not tried.decides][:4]
    assert first[:2] == ["ukraine.cede held at yes", "russia 2 dropped"]
    verdicts = {changes_text(tried.changes): tried.verdict for tried in found.tried if found.changes_verdict(tried)}
    assert found.base.verdict == "no-deal"
    assert verdicts["ukraine.cede held at yes"] == "comes-by-itself"
    assert verdicts["reading russia-order"] == verdicts["russia 3 before russia 1"] == "deal"
    turning = [changes_text(tried.changes) for tried in found.tried if found.flips(tried) and not tried.decides]
    assert turning[1:] == ["ukraine.cede held at no", "ukraine held", "ukraine.cede reversible"]
    told = str(found)
    assert "Set aside are 4, since it is then true in no state at all, or in every one:" in told
    data = levers(UKRAINE, concepts=["nash", "seq"], list=3).data()
    assert len(data["levers"]) == 3
    assert data["of"] == data["tried"] == 153
    assert data["base"]["concepts"]["nash"] == {"equilibria": 4, "satisfying": 2}


def test_without_a_plan_there_has_to_be_a_formula():
    with pytest.raises(CallError, match=r"The model has no plan; give a formula to ask about, such as 'MoE.modify'"):
        levers("books/fang1993/elmira")
    with pytest.raises(CallError, match="there is no option 'pease'"):
        levers(loads(DAM), "pease")


def test_readings_that_leave_no_state_are_a_fault():
    model = loads(DAM + 'readings: {never: {change: "never attack, always attack"}}\n')
    with pytest.raises(ModelError):
        levers(model, readings=["never"])


def test_when_the_time_is_over_the_levers_tried_by_then_are_told():
    model = loads(DAM)
    whole = levers(model, concepts=["nash"])

    class Late(Watch):
        left = 5

        def step(self, steps: int = 1) -> None:
            self.left -= steps
            if not self.left:
                raise LimitReached("seconds", "stopped after 1 second")

    part = module.levers(Setting(model, watch=Late()), concepts=["nash"])
    assert str(part.stopped) == "stopped after 1 second"
    assert len(part.tried) + len(part.failed) == 5 < part.of == whole.of
    assert all(tried in whole.tried for tried in part.tried)


def test_some_at_a_time_is_the_same(monkeypatch):
    model = loads(DAM)
    whole = levers(model, concepts=["nash", "seq"])
    monkeypatch.setattr(module, "_AT_ONCE", 1)
    assert levers(model, concepts=["nash", "seq"]) == whole


def test_more_states_than_can_be_listed():
    options = ", ".join(f"o{k}: " for k in range(40))
    free = f"{{bestand: 1, title: T, plan: o1, parties: {{u: {{options: {{{options}}}}}}}, "
    free += "preferences: {u: {priorities: [o1]}}"
    with pytest.raises(TooManyStates):
        levers(loads(free + "}"))
    every = " and ".join(f"not o{k}" for k in range(2, 40))
    found = levers(loads(f"{free}, rules: [{{always: {every}}}]}}"), concepts=["nash"])
    (failed,) = [tried for tried in found.failed if isinstance(tried.changes[0], DropRule)]
    assert "states" in str(failed.reason)


def test_a_statement_is_told_as_the_reading_has_it():
    model = loads(DAM + "readings: {other: {change: up 2 replaced by release}}\n")
    told = str(levers(model, readings=["other"]))
    lines = [line for line in told.splitlines() if line.startswith("  up 2 dropped")]
    assert lines[-1].endswith(" Up: “up.release” (from the reading other)")


def test_what_no_lever_touches_is_said():
    """Both parties have an explicit ranking, which is never varied: no lever of those tried alters the answer."""
    answer = levers(Path(__file__).parents[2] / "reference" / "data" / "every-party-has-a-ranking.yaml")
    assert "Not tried is another ranking of states for A and B." in " ".join(answer.words("en").split())
    assert answer.data()["not_varied"] == {"rankings": ["A", "B"], "weights": []}
