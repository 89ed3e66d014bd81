"""What if: the equilibria of two models compared as sets of states, whatever the rules of either."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand import CallError, LimitReached, load, loads, what_if
from bestand.answer.setting import Setting
from bestand.engine.limits import Watch
from bestand.model.changing import changed
from bestand.model.errors import time_over
from bestand.model.language import parse_changes
from bestand.questions.what_if import comparison
from bestand.questions.what_if.comparison import nearest
from bestand.reference import equilibria, feasible, graph_of
from bestand.reference.worlds import World
from bestand.solve.solution import Solution
from bestand.stability.registry import CONCEPTS
from bestand.testing import changes, formulas, models
from tests.examples import examples
from tests.first_reading import UKRAINE

SOME = settings(max_examples=examples(60))

DAM = """
bestand: 1
title: Dam
parties:
  up: {options: {release: {}, threaten: {}}}
  down: {options: {attack: {}}}
rules: [{never: release and threaten}]
plan: not threaten and not attack
status_quo: [threaten]
preferences:
  up: {priorities: [not attack, not release, threaten]}
  down: {priorities: [release, not threaten, not attack]}
labels: {"010": today}
"""


def held(model, concept: str) -> set[int]:
    """The equilibria by the oracle, as bit masks."""
    return {mask for mask, so in zip(feasible(model), equilibria(graph_of(model), concept), strict=True) if so}


def masks(array) -> set[int]:
    """Bit masks as a set, of which none is there twice."""
    assert len(array) == len(set(array.tolist()))
    return set(array.tolist())


def lost_no_deal(model) -> bool:
    """Whether the formula that says what things come to without a deal is true in no state that is left."""
    told = model.no_deal
    if told is None or isinstance(told, str | frozenset):
        return False
    return not any(World.of_mask(model, mask).holds(told) for mask in feasible(model))


@SOME
@given(models(max_options=5, prose=False), st.data())
def test_what_stays_goes_and_comes(model, data):
    """As sets of bit masks, from two models that were solved apart."""
    made = data.draw(changes(model, model.reading))
    formula = data.draw(formulas([option.id for option in model.options], list(model.outcome), max_leaves=3))
    try:
        after_all = changed(model, made)
        possible = bool(feasible(after_all))
    except CallError:
        possible = False
    if not possible:
        with pytest.raises(CallError):
            what_if(model, made)
        return
    if lost_no_deal(after_all):
        with pytest.raises(CallError, match="it cannot be the no-deal point"):
            what_if(model, made, where=formula)
        return
    found = what_if(model, made, where=formula)
    assert [each.concept for each in found.differences] == list(CONCEPTS)
    for each in found.differences:
        before, after = held(model, each.concept), held(after_all, each.concept)
        gone, come, common = map(masks, (each.gone.states, each.new.states, each.common))
        assert (gone, come, common) == (before - after, after - before, before & after)
        assert (each.before.count, each.after.count) == (len(before), len(after))
        assert each.impossible == len((before - after) - set(feasible(after_all)))
        assert each.same == (before == after)
        for side, of, members in ((each.before, model, before), (each.after, after_all, after)):
            assert side.satisfying == sum(World.of_mask(of, mask).holds(formula) for mask in members)


def test_a_change_that_leaves_no_state_says_which_change():
    with pytest.raises(CallError, match="'never true': no state is left"):
        what_if(loads(DAM), "never true")
    with pytest.raises(CallError, match=r"'down.attack held at no, always down.attack': no state is left"):
        what_if(loads(DAM), ["attack held at no", "always attack"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ("", "what if what\\? An empty text is no change"),
        ("without tacos", "there is no option or party 'tacos'"),
        ("up 9 dropped", "up has statements 1 to 3"),
        ("rule 2 dropped", "the file has rules 1 to 1"),
        ("up dropped", "cannot stand here"),
        ([], "what if what"),
    ],
)
def test_what_cannot_be_read_or_made(changes, words):
    with pytest.raises(CallError, match=words):
        what_if(loads(DAM), changes)


def test_a_dropped_rule_under_a_ranking_says_what_is_missing():
    with pytest.raises(CallError, match="'rule 1 dropped': the ranking of MoE leaves out 20 of 32"):
        what_if("books/fang1993/elmira", "rule 1 dropped")


def test_a_forbidden_move_can_be_followed_by_the_engine_that_was_asked_for():
    model = loads(DAM)
    made = parse_changes("up cannot move from threaten to not threaten", model.scope())
    assert comparison.solved(model, made, "listed", Watch()).engine.name == "listed"
    assert what_if(model, made, engine="listed") == what_if(model, made)


def test_a_limit_on_time_is_told():
    with pytest.raises(LimitReached):
        what_if(load(UKRAINE), "usa held", limits={"seconds": 1e-9})


class Short(Watch):
    """Stops at the check after so many."""

    def __init__(self, checks):
        super().__init__()
        self.checks = checks

    def check(self):
        self.checks -= 1
        if self.checks < 0:
            raise LimitReached(time_over(1))


def test_a_limit_that_is_reached_on_the_way_leaves_what_is_finished():
    model = loads(DAM)
    whole = what_if(model, "up held")
    kinds = set()
    for checks in count():
        try:
            part = comparison.what_if(Setting(model, watch=Short(checks)), "up held")
        except LimitReached:
            continue  # before the two models had their states
        kinds.add((len(part.differences), part.drift is None))
        for each in part.differences:
            other = whole.difference(each.concept)
            assert (each.before, each.after) == (other.before, other.after)
            assert masks(each.gone.states) == masks(other.gone.states)
        assert part.today.stable.items() <= whole.today.stable.items()
        assert part.words("nl")
        if part.stopped is None:
            break
        assert str(part.stopped) == part.data()["stopped"] == "stopped after 1 second"
    assert part == whole
    assert {count for count, _ in kinds} == {0, 1, 2, 3, 4, 5}
    assert (5, True) in kinds


def test_the_words_for_every_way_that_sets_can_differ():
    model = loads(DAM)
    told = str(what_if(model, "up wants not threaten first"))
    assert "What if [up wants not up.threaten first]?" in told
    same = str(what_if(model, "up 3 exchanged with up 3"))
    assert "none is new" in same
    assert " go" not in same.partition("\n\nEquilibria")[0]
    assert "It is stable for the same parties as before." in same
    gone = str(what_if(model, "without threaten"))
    assert "(it can occur no more)" in gone
    assert "It becomes another state: the state in which nobody does anything." in gone
    assert "It cannot occur any more: the changed rules exclude it." in str(what_if(model, "never threaten"))


def test_today_becomes_stable_or_ceases_to_be():
    told = str(what_if(UKRAINE, "russia wants ceasefire first", concepts=["nash", "gmr", "seq"]))
    assert "Under Nash stability and sequential stability it is no longer stable for Russia." in told
    assert "Every equilibrium is one now, as it was not before, under Nash stability." in told
    assert "There is one, as before, under general metarationality and sequential stability." in " ".join(told.split())
    back = str(what_if(loads(DAM), "up wants not threaten first", concepts=["nash"]))
    assert "Under Nash stability it is no longer stable for up." in back
    model = loads(DAM.replace("threaten]}", "not threaten]}"))
    assert "Under Nash stability it becomes stable for up." in str(what_if(model, "up 3 dropped", concepts=["nash"]))


def test_without_handing_over_the_provinces_no_ceasefire_is_an_equilibrium():
    found = what_if(UKRAINE, "without ukraine.cede", concepts=["nash", "seq"])
    told = str(found)
    assert "There is none any more, under every concept asked." in told
    assert "Under Nash stability: 2 of 4 equilibria stay, 2 go (they can occur no more), none is new." in told
    assert len(found.common("nash")) == 2
    assert found.new("nash") == []
    with pytest.raises(CallError, match="'gmr' was not compared; nash, seq were"):
        found.gone("gmr")


def test_the_nearest_to_today_come_first():
    model = load(UKRAINE)
    solution = Solution(model)
    members = solution.equilibria("gmr")
    reach = solution.reach()
    assert reach is not None
    order = nearest(solution, members, reach).tolist()
    moves = [int(reach.distance[at]) for at in order]
    reached = [distance for distance in moves if distance >= 0]
    assert reached == sorted(reached) == moves[: len(reached)]
    quo = model.mask(model.status_quo)
    apart = [(int(solution.space.states[at]) ^ quo).bit_count() for at in order[len(reached) :]]
    assert apart == sorted(apart)


def test_data_has_every_state_as_patterns_and_some_by_name():
    found = what_if(UKRAINE, "without ukraine.cede", concepts=["gmr"], list=2)
    data = found.data()
    gone = data["concepts"]["gmr"]["gone"]
    assert len(gone["states"]) == 2
    assert not gone["complete"]
    assert sum(pattern["count"] for pattern in gone["patterns"]) == gone["count"] == len(found.gone("gmr"))
    assert data["changes"] == ["ukraine.cede held at no"]
    assert data["formula"] == "ceasefire"
    assert data["status_quo"]["after"]["stable"]["gmr"].keys() == {"usa", "russia", "ukraine", "europe"}
    assert data["reached"]["before"]["satisfying"] == 0


def test_a_model_without_a_status_quo_has_no_today():
    model = loads(DAM.replace("status_quo: [threaten]\n", ""))
    found = what_if(model, "without attack")
    assert "status quo" not in str(found)
    assert found.data()["status_quo"] is None
    assert found.data()["reached"] is None


HELD = Path(__file__).parents[2] / "reference" / "data" / "what-is-held-makes-today-impossible.yaml"


def test_the_status_quo_is_one_state_in_one_answer():
    """North pays in the changed model, whose status quo cannot occur: differences are told against that of today."""
    words = " ".join(what_if(HELD, "north.pay held at yes").words("en").split())
    assert "It cannot occur any more" in words
    assert "new: the status quo, but North pays, South fights and Envoy guards" in words
    assert "gone: the status quo " in words
    assert "the nearest to the status quo" not in words


def test_where_the_status_quo_becomes_another_state_moves_are_counted_from_there():
    text = HELD.read_text().replace("  - always: north.pay implies envoy.guard\n", "")
    words = " ".join(what_if(loads(text), "north.pay held at yes").words("en").split())
    assert "It becomes another state: the state in which North builds and pays." in words
    assert "new: North builds and pays; South fights (1 move away from what the status quo becomes)" in words
    assert "new: the status quo (" not in words
