"""Every doubt on random models, against its definition in plain Python over the states, moves and ranks one by one."""

from __future__ import annotations

import dataclasses
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bestand.doubts.examine import NOT_CHECKED, examine
from bestand.doubts.moves import MOVES
from bestand.doubts.options import OPTIONS
from bestand.doubts.outcomes import OUTCOMES
from bestand.doubts.parties import PARTIES
from bestand.doubts.plans import PLANS
from bestand.doubts.readings import READINGS
from bestand.doubts.rules import RULES
from bestand.doubts.sight import Sight, sight_of
from bestand.doubts.sources import SOURCES
from bestand.doubts.statements import STATEMENTS
from bestand.engine.limits import Limits, Watch
from bestand.engine.space import space_of
from bestand.model.accepting import DOUBTS, place_words
from bestand.model.changing import changed
from bestand.model.errors import BestandError, TooManyStates
from bestand.model.formula import FALSE, Formula, Implies, OptionAtom, OutcomeAtom, substitute
from bestand.model.model import Model
from bestand.model.sentences import ApplyReading
from bestand.model.undecided import answer_path
from bestand.model.values import FrozenMap, Priorities, Ranking, Statement, Weights
from bestand.reference import feasible
from bestand.reference.worlds import moves_of, ranks_of
from bestand.testing import models
from tests.examples import examples
from tests.questions.check.helpers import seen, truths
from tests.solve.helpers import FEW, small_models

FEWER = settings(max_examples=examples(30))


def statements_of(model: Model) -> list[tuple[str, int, list[Formula]]]:
    """(party, place, every statement of the party) of each statement."""
    return [
        (party, k, [statement.formula for statement in wish.statements])
        for party, wish in model.preferences.items()
        if isinstance(wish, Priorities)
        for k in range(len(wish.statements))
    ]


def path_of(model: Model, party: str, k: int) -> tuple:
    return ("preferences", party, "priorities", *model.preferences[party].paths[k])


def of_levels(model: Model, party: str) -> set[tuple]:
    """The doubts about a party's statements where some stand level: every pair of states, level by level."""
    wish = model.preferences[party]
    rows = [truths(model, statement.formula) for statement in wish.statements]
    states = range(len(rows[0]))
    found: set[tuple] = set()
    counts: list[tuple[int, ...]] = []  # of the levels above
    for numbers in wish.ranked:
        ks = [number - 1 for number in numbers]
        tied = [(a, b) for a, b in combinations(states, 2) if all(count[a] == count[b] for count in counts)]
        left = []
        for k in ks:
            if len(set(rows[k])) == 1:
                found.add(("idle-statement", *path_of(model, party, k)))
            elif all(rows[k][a] == rows[k][b] for a, b in tied):
                told = [rows[j] == rows[k] for j in range(ks[0]) if rows[j] == rows[k] or _opposite(rows[j], rows[k])]
                code = "decided-statement" if not told or told[0] else "opposed-statement"
                found.add((code, *path_of(model, party, k)))
            else:
                left.append(k)
        if len(left) > 1:
            if not any(_sign(left, rows, a, b) for a, b in tied):
                found.add(("decided-statement", *path_of(model, party, left[0])[:4]))
                left = []
            else:
                for k in reversed(list(left)):
                    rest = [other for other in left if other != k]
                    if all(_sign(left, rows, a, b) == _sign(rest, rows, a, b) for a, b in tied):
                        found.add(("decided-statement", *path_of(model, party, k)))
                        left = rest
        counts.append(tuple(sum(rows[k][s] for k in left) for s in states))
    for numbers in wish.levels:
        for at, number in enumerate(numbers):
            formula = wish.statements[number - 1].formula
            if any(wish.statements[other - 1].formula == formula for other in numbers[:at]):
                found.add(("repeated-statement", *path_of(model, party, number - 1)))
    return found


def _sign(ks: list[int], rows: list[tuple[bool, ...]], a: int, b: int) -> int:
    one, other = (sum(rows[k][s] for k in ks) for s in (a, b))
    return (one > other) - (one < other)


def what_is_said_of(model: Model, party: str, k: int, wishes: list[Formula]) -> str | None:
    """The doubt about one statement: a look at every pair of states."""
    rows = [truths(model, wish) for wish in wishes]
    row, earlier = rows[k], rows[:k]
    if len(set(row)) == 1:
        return "idle-statement"
    pairs = combinations(range(len(row)), 2)
    if any(row[a] != row[b] and all(before[a] == before[b] for before in earlier) for a, b in pairs):
        return None
    told = [before == row for before in earlier if before == row or _opposite(before, row)]
    return "decided-statement" if not told or told[0] else "opposed-statement"  # the first that says it, or denies it


def _opposite(one: tuple[bool, ...], other: tuple[bool, ...]) -> bool:
    return all(x != y for x, y in zip(one, other, strict=True))


@st.composite
def wordy_models(draw) -> Model:
    """Models in which one party says more, and some of it twice or the other way round."""
    model = draw(small_models(4))
    party = draw(st.sampled_from(list(model.party)))
    wish = model.preferences.get(party)
    given_ = wish.statements if isinstance(wish, Priorities) else ()
    options = [Statement(OptionAtom(option.id)) for option in model.options]
    more = draw(st.lists(st.sampled_from([*given_, *options]), max_size=4)) if (*given_, *options) else []
    turned = [Statement(_negated(s.formula)) if draw(st.booleans()) else s for s in more]
    every, joins = (*given_, *turned), draw(st.booleans())
    levels: list[list[Statement]] = []
    for statement in every:
        if levels and joins and draw(st.booleans()):
            levels[-1].append(statement)
        else:
            levels.append([statement])
    wishes = {**model.preferences, party: Priorities.of(levels)}
    return dataclasses.replace(model, preferences=FrozenMap(wishes))


def _negated(formula: Formula) -> Formula:
    return Implies(formula, FALSE)


@FEW
@given(wordy_models())
def test_statements(model):
    expected = set()
    for party, k, wishes in statements_of(model):
        code = what_is_said_of(model, party, k, wishes)
        if code and not model.preferences[party].levels:
            expected.add((code, *path_of(model, party, k)))
    for party in {party for party, _, _ in statements_of(model)}:
        if model.preferences[party].levels:
            expected |= of_levels(model, party)
        else:
            assert of_levels(model, party) == {each for each in expected if each[2] == party}
    assert seen(model, STATEMENTS) == expected


@FEW
@given(wordy_models())
def test_statements_by_sets_of_states(model):
    """What two statements tell is found without listing a state; what takes more of them is left, and said to be."""
    sight = by_sets(model)
    found = seen(model, STATEMENTS, sight=sight)
    assert found <= seen(model, STATEMENTS)
    for party, k, wishes in statements_of(model):
        rows = [truths(model, wish) for wish in wishes]
        alone = {number - 1 for level in model.preferences[party].ranked if len(level) == 1 for number in level}
        alike = [rows[j] == rows[k] or _opposite(rows[j], rows[k]) for j in range(k) if j in alone]
        at = path_of(model, party, k)
        told = any(each[1:] == at and each[0] != "repeated-statement" for each in found)
        assert told == (len(set(rows[k])) == 1 or any(alike))


def by_sets(model: Model) -> Sight:
    """As a model is seen whose states are too many to list."""
    sight = sight_of(dataclasses.replace(model, forbidden_moves=()), Watch(Limits(states=1)))
    if sight.space is None and sight.satisfied is not None:
        return sight
    space = space_of(model)
    return Sight(model, Watch(), None, lambda formula: bool(space.holds(formula).any()), TooManyStates("too many").stop)


@FEW
@given(small_models())
def test_outcomes_and_the_plan(model):
    ruled: set[str] = set()
    waiting = [rule.allows for rule in model.rules]
    while waiting:
        names = {atom.name for atom in _atoms(waiting.pop()) if isinstance(atom, OutcomeAtom)} - ruled
        waiting += [model.outcome[name].formula for name in names]
        ruled |= names
    expected = {
        ("idle-outcome", "outcomes", outcome.name)
        for outcome in model.outcomes
        if outcome.name not in ruled and len(set(truths(model, outcome.formula))) == 1
    }
    assert seen(model, OUTCOMES) == seen(model, OUTCOMES, sight=by_sets(model)) == expected


@given(small_models())
def test_plans(model: Model):
    expected = set()
    today = None if model.status_quo is None else feasible(model).index(model.mask(model.status_quo))
    told = {("plans", plan.id): plan.formula for plan in model.plans}
    if model.plan is not None and model.plan not in told.values():
        told["plan",] = model.plan
    truth = {path: truths(model, formula) for path, formula in told.items()}
    for k, (path, so) in enumerate(truth.items()):
        if len(set(so)) == 1:
            expected.add(("idle-plan", *path))
        elif today is not None and so[today] and sum(so) == 1:
            expected.add(("today-plan", *path))
        same = so in [*truth.values()][:k]
        if path == ("plan",) and model.plans and not same:
            expected.add(("odd-plan", "plan"))
        elif path != ("plan",) and same:
            expected.add(("same-plan", *path))
    assert seen(model, PLANS) == seen(model, PLANS, sight=by_sets(model)) == expected


def _atoms(formula: Formula) -> list:
    found: list = []
    substitute(formula, lambda atom: found.append(atom) or atom)
    return found


@FEWER
@given(models(max_options=4, prose=False))
def test_options_that_nobody_cares_about(model):
    """Nothing in the model changes its meaning when the option is taken in place of what stands there for it."""
    for path in seen(model, OPTIONS):
        option = f"{path[2]}.{path[4]}"
        bit = 1 << model.bit[option]
        states = set(feasible(model))
        assert {state ^ bit for state in states} == states  # no rule speaks of it
        order = sorted(states)
        for row in ranks_of(model, order):
            rank = dict(zip(order, row, strict=True))
            assert all(rank[state] == rank[state ^ bit] for state in states)
        assert model.plan is None or option not in str(model.plan)
        assert f"'{option}'" not in str((model.claims, model.readings, model.forbidden_moves, model.rules))
    used = {f"{path[2]}.{path[4]}" for path in seen(model, OPTIONS)}
    for wish in model.preferences.values():
        if isinstance(wish, Priorities):
            assert not used & {option for s in wish.statements for option in _spoken(model, s.formula)}


@FEW
@given(models(max_options=4, prose=False, readings=False), st.data())
def test_an_option_that_is_added_to_a_model_is_one_that_nobody_cares_about(model, data):
    party = data.draw(st.sampled_from(model.parties))
    option = dataclasses.replace(party.options[0] if party.options else _an_option(), id=f"{party.id}.added_option")
    if any(isinstance(wish, Ranking) for wish in model.preferences.values()):
        return  # its bits would be too few
    more = dataclasses.replace(party, options=(*party.options, option))
    larger = dataclasses.replace(model, parties=tuple(more if each is party else each for each in model.parties))
    assert ("idle-option", "parties", party.id, "options", "added_option") in seen(larger, OPTIONS)


def _an_option():
    from bestand.model.values import Option

    return Option("x.y")


@FEW
@given(small_models())
def test_parties(model):
    states = feasible(model)
    moves, ranks = moves_of(model, states), ranks_of(model, states)
    expected = set()
    for i, party in enumerate(model.parties):
        if not party.options:
            expected |= {("no-options", "parties", party.id)} if party.id not in model.consent else set()
        elif not any(moves[i]):
            expected.add(("powerless-party", "parties", party.id))
        wish = model.preferences.get(party.id)
        if wish is None:
            expected.add(("no-preferences", "parties", party.id))
        elif isinstance(wish, Ranking | Weights) and len(states) > 1 and len(set(ranks[i])) == 1:
            expected.add(("indifferent-party", "preferences", party.id))
    assert seen(model, PARTIES) == expected
    plain = dataclasses.replace(model, forbidden_moves=())
    assert seen(plain, PARTIES, sight=by_sets(plain)) <= seen(plain, PARTIES)


@FEW
@given(small_models())
def test_limits_on_moves(model):
    states = feasible(model)
    moves = moves_of(model, states)
    expected = {
        ("idle-one-way", "one_way", way.option)
        for way in model.one_way
        if len(set(truths(model, OptionAtom(way.option)))) == 1
    }
    free = moves_of(dataclasses.replace(model, forbidden_moves=()), states)
    for k, ban in enumerate(model.forbidden_moves):
        source, target = truths(model, ban.source), truths(model, ban.target)
        own = free[list(model.party).index(ban.party)]
        if not any(source[s] and target[t] for s, row in enumerate(own) for t in row):
            expected.add(("idle-forbidden-move", "forbidden_moves", k))
    if model.status_quo is not None and model.options:
        at = states.index(model.mask(model.status_quo))
        if not any(row[at] for row in moves):
            expected.add(("stuck-status-quo", "status_quo"))
        elif not any(at in targets for row in moves for targets in row):
            expected.add(("lost-status-quo", "status_quo"))
    assert seen(model, MOVES) == expected
    plain = dataclasses.replace(model, forbidden_moves=())
    assert seen(plain, MOVES, sight=by_sets(plain)) == seen(plain, MOVES)


@FEW
@given(small_models())
def test_rules(model):
    """A rule over several parties is told just where it alone keeps one of them from a move out of a feasible state."""
    expected = set()
    for k, rule in enumerate(model.rules):
        without = dataclasses.replace(model, rules=model.rules[:k] + model.rules[k + 1 :])
        states = feasible(without)
        allowed = truths(without, rule.allows)
        speaks = _spoken(model, rule.allows)
        parties = {option.partition(".")[0] for option in speaks}
        for i, party in enumerate(model.party):
            row = moves_of(without, states)[i]
            lost = any(allowed[s] and not allowed[t] for s in range(len(states)) for t in row[s])
            if len(parties) > 1 and party in parties and lost:
                expected.add(("lost-move", "rules", k))
    assert seen(model, RULES) == expected


def _spoken(model: Model, formula: Formula) -> set[str]:
    found: set[str] = set()
    for atom in _atoms(formula):
        found |= {atom.id} if isinstance(atom, OptionAtom) else _spoken(model, model.outcome[atom.name].formula)
    return found


@FEWER
@given(models(max_options=4, prose=False))
def test_readings_that_change_nothing(model):
    expected = set()
    for reading in model.readings:
        try:
            under = changed(model, [ApplyReading(reading.id)])
        except BestandError:
            continue
        if (under.one_way, under.forbidden_moves) != (model.one_way, model.forbidden_moves):
            continue
        states = feasible(under)
        if states != feasible(model) or under.status_quo != model.status_quo:
            continue
        if any(isinstance(wish, Ranking) for wish in under.preferences.values()) and not states:
            continue
        if ranks_of(under, states) == ranks_of(model, states):
            expected.add(("idle-reading", *answer_path(model, reading.id)))
    assert {found for found in seen(model, READINGS) if found[0] == "idle-reading"} == expected


def under(model, *names):
    """The model under some readings: its states, moves and today, and everybody's ranks; None where it cannot be."""
    try:
        given = changed(model, map(ApplyReading, names))
    except BestandError:
        return None
    states = feasible(given)
    frame = given.status_quo, given.no_deal, *map(frozenset, (given.one_way, given.forbidden_moves))
    return frame, states, ranks_of(given, states) if states else None


@FEWER
@given(models(max_options=3, prose=False).filter(lambda model: len(model.readings) > 1))
def test_readings_that_say_nearly_the_same(model):
    """Told only where one changes nothing more once the other is applied, and both change something by themselves."""
    told = {path[1:] for path in seen(model, READINGS) if path[0] == "stacked-reading"}
    names = [reading.id for reading in model.told_readings]
    plain, alone = under(model), {name: under(model, name) for name in names}
    expected = {
        answer_path(model, other)
        for one, other in combinations(names, 2)
        if (both := under(model, one, other)) is not None
        and plain not in (alone[one], alone[other])
        and both in (alone[one], alone[other])
    }
    assert told <= expected


@FEWER
@given(models(max_options=3, prose=False))
def test_readings_whose_order_matters(model):
    """Found wherever some state is possible, or liked better than another, under one order only."""
    found = {path[1:] for path in seen(model, READINGS) if path[0] == "reading-order"}
    for one, other in combinations([reading.id for reading in model.readings], 2):
        try:
            there, back = (changed(model, map(ApplyReading, names)) for names in ((one, other), (other, one)))
        except BestandError:
            continue
        if there == back:
            continue
        states = feasible(there)
        if states != feasible(back) or (states and ranks_of(there, states) != ranks_of(back, states)):
            assert answer_path(model, other) in found


@FEWER
@given(models(max_options=3))
def test_sources(model):
    found = {path[1:] for path in seen(model, SOURCES)}
    if not model.sources:
        assert not found
        return
    for party in model.parties:
        for option in party.options:
            bare = not option.grounds.source and not option.grounds.assumed
            unsaid = bare and not party.grounds.source and not party.grounds.assumed
            assert (("parties", party.id, "options", option.name) in found) == unsaid
    for section, things in (("rules", model.rules), ("forbidden_moves", model.forbidden_moves)):
        for k, thing in enumerate(things):
            assert ((section, k) in found) == (not thing.grounds.source and not thing.grounds.assumed)
    for party, wish in model.preferences.items():
        for k, statement in enumerate(getattr(wish, "statements", ())):
            bare = not statement.grounds.source and not statement.grounds.assumed
            assert (path_of(model, party, k) in found) == bare


@FEWER
@given(models(max_options=3, max_parties=3))
def test_whatever_the_model_the_doctor_answers(model):
    """Only warnings, each at a place that the model has, in words, with a consequence; whatever is accepted is gone."""
    examined = examine(model)
    for fault in (*examined.doubtful, *examined.accepted):
        assert fault.severity == "warning"
        assert fault.code in {*DOUBTS, NOT_CHECKED, "stale-acceptance"}
        if fault.code in DOUBTS:
            assert fault.at == place_words(model, fault.path)
            assert fault.consequence
            assert fault.hint
    doubts = [fault for fault in examined.doubtful if fault.code in DOUBTS]
    assert examined.count == len([fault for fault in examined.doubtful if fault.code != NOT_CHECKED])
    assert {fault.code for fault in examine(model, quick=True).doubtful if fault.code in DOUBTS} <= {
        fault.code for fault in doubts
    }
