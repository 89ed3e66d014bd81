"""Premises that carry a conclusion: every variant there is, each once; the smallest sets that turn a verdict."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bestand import CallError, LimitReached, load, loads, why
from bestand.checks.claims import ask_claim
from bestand.engine.limits import Watch
from bestand.model.changing import apply_readings, changed, levelled, numbered
from bestand.model.sentences import Drop, Exchange, Place, StatementRef
from bestand.model.values import Claim, Priorities
from bestand.model.wording import changes_text
from bestand.questions.claims import reasons as search
from bestand.questions.claims.premises import Dropped, Premises, Swapped
from bestand.questions.claims.reasons import reasons
from bestand.solve.solution import Solver
from bestand.testing import checks, models
from tests.examples import examples
from tests.first_reading import UKRAINE

FEW = settings(max_examples=examples(15))

Order = tuple[int, ...]
Row = tuple[tuple[Order, ...], ...]  # by party, its levels


def around(order: Order) -> set[Order]:
    """What one drop, or one exchange of two neighbours, makes of a list."""
    dropped = {order[:k] + order[k + 1 :] for k in range(len(order))}
    return dropped | {(*order[:k], b, a, *order[k + 2 :]) for k, (a, b) in enumerate(pairwise(order))}


def distances(order, depth: int, around=around):
    """Everything that so many steps make of a list, and how many it takes, by trying all of them."""
    found, edge = {order: 0}, {order}
    for step in range(1, depth + 1):
        edge = {new for old in edge for new in around(old)} - found.keys()
        found.update(dict.fromkeys(edge, step))
    return found


def levels_around(levels: tuple[Order, ...]) -> set[tuple[Order, ...]]:
    """What one drop, or one exchange of two neighbouring levels, makes of a list with levels."""
    dropped = set()
    for k, level in enumerate(levels):
        for number in level:
            left = tuple(other for other in level if other != number)
            dropped.add((*levels[:k], *([left] if left else []), *levels[k + 1 :]))
    return dropped | {(*levels[:k], b, a, *levels[k + 2 :]) for k, (a, b) in enumerate(pairwise(levels))}


@pytest.mark.parametrize(
    "levels", [((1, 2),), ((1, 2), (3,)), ((1,), (2, 3), (4,)), ((1, 2), (3, 4)), ((1,), (2,), (3, 4, 5))]
)
def test_levels_lose_wishes_one_by_one_and_change_places_together(levels):
    premises = Premises({"up": levels})
    known, edge = {levels}, {levels}
    for size in range(1, 4):
        edge = {new for old in edge for new in levels_around(old)} - known
        known |= edge
        made = [tuple(premises.levels(0, steps)) for steps in premises.of_size(size)]
        assert len(made) == len(set(made))
        assert set(made) == edge
        for steps in premises.of_size(size):
            after = levelled(leveled_model(levels), premises.changes(steps))["up"]
            assert [sorted(number for number, _ in level) for level in after] == [
                list(level) for level in premises.levels(0, steps)
            ]


def leveled_model(levels: tuple[Order, ...]):
    wishes = ", ".join(f"[{', '.join(f'o{number}' for number in level)}]" for level in levels)
    return loads(
        "{bestand: 1, title: T, parties: {up: {options: {o1: , o2: , o3: , o4: , o5: }}}, "
        f"preferences: {{up: {{priorities: [{wishes}]}}}}}}"
    )


def difference(order: Order) -> frozenset:
    """Which numbers of a list that was ascending are gone, and which pairs stand the other way round."""
    turned = {(b, a) for a, b in combinations(order, 2) if b < a}
    return frozenset(turned)


@pytest.mark.parametrize("sizes", [(0,), (1,), (2,), (4,), (5,), (2, 3), (1, 0, 2)])
def test_every_variant_is_there_once_at_its_distance(sizes):
    orders = {f"p{k}": tuple(range(1, size + 1)) for k, size in enumerate(sizes)}
    premises = Premises({party: [(number,) for number in order] for party, order in orders.items()})
    alone = [distances(order, 3) for order in orders.values()]
    everything = {(): 0}
    for found in alone:
        everything = {(*row, order): far + steps for row, far in everything.items() for order, steps in found.items()}
    for size in range(4):
        made = [tuple(tuple(premises.order(p, steps)) for p in range(len(sizes))) for steps in premises.of_size(size)]
        assert len(made) == len(set(made))
        assert set(made) == {row for row, far in everything.items() if far == size}


@pytest.mark.parametrize("size", [2, 3, 4])
def test_a_variant_is_made_by_its_changes(size):
    """The changes are those of the language, and a model takes them."""
    listed = ", ".join(f"o{k}" for k in range(1, 6))
    model = loads(
        "{bestand: 1, title: T, parties: {up: {options: {o1: , o2: , o3: , o4: , o5: }}}, "
        f"preferences: {{up: {{priorities: [{listed}]}}}}}}"
    )
    premises = Premises({"up": [(1,), (2,), (3,), (4,), (5,)]})
    for steps in premises.of_size(size):
        made = premises.changes(steps)
        assert [number for number, _ in numbered(model, made)["up"]] == premises.order(0, steps)
        assert changed(model, made) != model
        assert len(made) <= size


def test_one_wish_past_two_is_one_move():
    premises = Premises({"up": [(1,), (2,), (3,)]})
    up = {k: StatementRef("up", k) for k in (1, 2, 3)}
    assert premises.changes(frozenset([Swapped(0, 1, 2), Swapped(0, 1, 3)])) == (Place(up[1], "after", up[3]),)
    assert premises.changes(frozenset([Swapped(0, 2, 3), Swapped(0, 1, 3)])) == (Place(up[3], "before", up[1]),)
    assert premises.changes(frozenset([Dropped(0, 2), Swapped(0, 1, 3)])) == (Drop(up[2]), Exchange(up[1], up[3]))


# ---- the search, against trying everything ----


def part_of(small: Row, large: Row, base: Row) -> bool:
    """Whether all that one variant changes is changed in the other too, in the same way."""

    def items(row):
        made = set()
        for p, (levels, old) in enumerate(zip(row, base, strict=True)):
            here = [number for level in levels for number in level]
            of = {number: level[0] for level in old for number in level}
            made |= {(p, number) for number in of if number not in here}
            for a, b in combinations(here, 2):
                if of[b] < of[a]:
                    made.add((p, of[b], of[a]))
        return made

    return items(small) < items(large)


def brute(model, claim, depth, common=()):
    """The smallest variants that turn a verdict, or its answer under some concept: every list, one by one."""
    held = levelled(model, common)
    parties = list(held)
    start = changed(model, common)
    base = tuple(tuple(tuple(number for number, _ in level) for level in held[party]) for party in parties)
    statements = [dict(numbered(model, common)[party]) for party in parties]
    rows = {(): 0}
    for order in base:
        rows = {
            (*row, other): far + steps
            for row, far in rows.items()
            for other, steps in distances(order, depth, levels_around).items()
            if far + steps <= depth
        }
    before = ask_claim(Solver(start), claim).answer
    turned, shifted = {}, {}
    for row, far in sorted(rows.items(), key=lambda item: item[1]):
        if not far or any(part_of(other, row, base) for other in turned):
            continue
        wishes = {
            party: Priorities.of([known[number] for number in level] for level in levels)
            for party, known, levels in zip(parties, statements, row, strict=True)
        }
        new = start.replace(preferences=type(start.preferences)({**start.preferences, **wishes}))
        found = ask_claim(Solver(new), claim).answer
        if found.verdict != before.verdict:
            turned[row] = found.verdict
            continue
        answers = [(each.holds, each.fails, each.unsaid) for each in (before, found)]
        if answers[0] != answers[1] and not any(part_of(other, row, base) for other in shifted):
            shifted[row] = answers[1]
    return parties, turned, shifted


@FEW
@given(
    models(max_options=3, max_parties=2, prose=False, readings=False).filter(
        lambda model: 1 <= sum(len(getattr(wish, "statements", ())) for wish in model.preferences.values()) <= 6
    ),
    st.data(),
)
def test_what_is_found_is_what_trying_everything_finds(model, data):
    """Claims of any kind but those that speak of statements by number, which a shorter list has not."""
    claim = Claim("c", (data.draw(checks(model).filter(lambda check: not _speaks_of_statements(check))),))
    depth = data.draw(st.integers(1, 2))
    (found,) = reasons(model, (claim,), depth).reasons
    parties, turned, shifted = brute(model, claim, depth)

    def row(flip):
        after = levelled(model, flip.changes)
        return tuple(tuple(tuple(sorted(number for number, _ in level)) for level in after[party]) for party in parties)

    assert {row(flip): flip.ruling.verdict for flip in found.flips} == turned
    assert {row(s): (s.ruling.holds, s.ruling.fails, s.ruling.unsaid) for s in found.shifts} == shifted


SHIFTING = """
bestand: 1
title: T
parties: {u: {options: {a: {}}}, v: {options: {b: {}}}}
status_quo: []
preferences:
  u: {priorities: [a iff b, b]}
  v: {priorities: [not b iff a, a]}
claims: [{id: c, check: some equilibrium is a and b}]
"""


def test_an_answer_that_changes_under_a_concept_is_told_where_the_verdict_is_the_same_word():
    model = loads(SHIFTING)
    found = why(model, depth=2)
    (reason,) = found.reasons
    assert reason.ruling.verdict == "depends on the concept"
    assert reason.shifts
    for shift in reason.shifts:
        answer = ask_claim(Solver(model, shift.changes), reason.claim).answer
        assert answer.verdict == reason.ruling.verdict
        assert (answer.holds, answer.fails) == (shift.ruling.holds, shift.ruling.fails) != (
            reason.ruling.holds, reason.ruling.fails)  # fmt: skip
    told = " ".join(str(found).split())
    assert "but with another answer under some concept:" in told
    assert " now " in told
    assert len(found.data()["claims"][0]["shifts"]) == len(reason.shifts)


def test_a_claim_is_asked_under_the_concepts_asked_for_alone():
    model = loads(SHIFTING)
    (reason,) = why(model, concepts=["nash"]).reasons
    assert reason.ruling.verdict == "does not hold"
    answer = ask_claim(Solver(model), reason.claim, ("nash",)).answer
    assert (answer.verdict, answer.holds, answer.fails) == ("does not hold", (), ("nash",))
    with pytest.raises(CallError, match="nash"):
        why(model, concepts=["nahs"])


def test_where_nothing_was_looked_at_nothing_is_said_about_changes():
    found = why(loads(DAM), limits={"seconds": 0.0001})
    assert sum(each.variants for each in found.looked) == 0
    told = " ".join(str(found).split())
    assert "No change was looked at" in told
    assert "stays" not in told


def _speaks_of_statements(check) -> bool:
    from bestand.model.mentions import mentions

    return any(mention.kind in {"statement", "wishes"} for mention in mentions(check))


DAM = """
bestand: 1
title: Dam
parties:
  up: {options: {release: {}, threaten: {}}}
  down: {options: {attack: {}}}
status_quo: [threaten]
sources: {press: {title: A paper}}
preferences:
  up:
    priorities:
      - {holds: not attack, source: press}
      - {holds: not release, assumed: yes}
      - {holds: threaten, source: press, assumed: yes}
  down: {priorities: [release, not threaten, {holds: not attack, assumed: yes}]}
readings:
  meek: {change: up 3 dropped}
claims:
  - {id: threats, check: some equilibrium is threaten}
  - {id: peace, check: no equilibrium is attack}
  - {id: always, check: some state is attack}
"""


def test_the_steps_of_a_flip_have_the_statements_with_their_grounds():
    found = why(loads(DAM), depth=2)
    peace = found.reasons[1]
    assert peace.claim.id == "peace"
    singles = {changes_text(flip.changes): flip for flip in peace.flips if len(flip.parts) == 1}
    assert "up 3 dropped" in singles
    (part,) = singles["up 3 dropped"].parts
    assert (part.kind, part.party, part.numbers) == ("dropped", "up", (3,))
    assert part.statements[0].grounds.support == "inferred"
    assert not part.assumed
    assert found.reasons[2].flips == ()
    assert "stays the same under every set of up to 2 changes" in " ".join(str(found).split())


def test_a_conclusion_that_rests_on_an_assumption_says_so():
    found = why(loads(DAM), claims=["peace"])
    assumed = [changes_text(flip.changes) for flip in found.reasons[0].assumed]
    told = str(found)
    assert assumed
    assert "Rests on what is only assumed: " in told
    assert "(assumed)" in told
    data = found.data()["claims"][0]
    assert data["rests_on_assumed"] == assumed
    assert {step["statements"][0]["support"] for flip in data["flips"] for step in flip["steps"]} >= {"assumed"}


def test_under_a_reading_its_dropped_statements_are_not_there():
    found = why(loads(DAM), readings=["meek"], depth=1)
    assert found.looked[0].of == 2 + 1 + 3 + 2  # two statements and one exchange, three and two
    spoken = {
        number for r in found.reasons for f in r.flips for p in f.parts for number in p.numbers if p.party == "up"
    }
    assert 3 not in spoken
    assert "With the reading meek." in str(found)


def test_it_says_how_deep_it_looked():
    found = why(loads(DAM), depth=2)
    assert [(each.size, each.variants, each.of) for each in found.looked] == [(1, 10, 10), (2, 41, 41)]
    assert "Looked at all 10 single changes and all 41 sets of 2 changes." in str(found)
    small = loads("{bestand: 1, title: T, parties: {u: {options: {a: }}}, preferences: {u: {priorities: [a]}},"
                  " claims: [{id: c, check: some equilibrium is a}]}")  # fmt: skip
    deep = why(small, depth=5)
    assert [each.of for each in deep.looked] == [1]
    assert "There are no sets of more than 1 change." in " ".join(str(deep).split())


def test_parties_without_statements_are_left_as_they_are():
    model = loads(DAM.replace("down: {priorities: [release, not threaten, {holds: not attack, assumed: yes}]}",
                              "down: {weights: {up.release: 1}}"))  # fmt: skip
    found = why(model)
    assert found.found.fixed == ("down",)
    assert "What down wants is not given as a list of wishes; it was left as it is." in str(found)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"depth": 0}, "--depth 0: give 1 or more"),
        ({"workers": 0}, "0 workers: give 1 or more"),
        ({"claims": ["peas"]}, "there is no claim 'peas'; did you mean 'peace'"),
        ({"readings": ["meak"]}, "there is no reading 'meak'"),
    ],
)
def test_what_cannot_be_asked(asked, words):
    with pytest.raises(CallError, match=words):
        why(loads(DAM), **asked)


def test_models_without_claims_or_statements():
    with pytest.raises(CallError, match="makes no claims"):
        why("books/fang1993/elmira")
    model = loads("{bestand: 1, title: T, parties: {u: {options: {a: }}}, preferences: {u: {weights: {a: 1}}},"
                  " claims: [{id: c, check: some equilibrium is a}]}")  # fmt: skip
    with pytest.raises(CallError, match="no party of this model has priorities"):
        why(model)


def test_when_the_time_is_over_it_says_how_deep_it_came():
    model = loads(DAM)

    class Late(Watch):
        left = 30

        def step(self, steps: int = 1) -> None:
            self.left -= steps
            if self.left <= 0:
                raise LimitReached("seconds", "stopped after 1 second")

    part = reasons(model, model.claims, 2, watch=Late())
    whole = reasons(model, model.claims, 2)
    assert str(part.stopped) == "stopped after 1 second"
    assert part.looked[0] == whole.looked[0]
    for some, every in zip(part.reasons, whole.reasons, strict=True):
        assert set(some.flips) <= set(every.flips)
        assert [flip for flip in every.flips if len(flip.parts) == 1] == [f for f in some.flips if len(f.parts) == 1]


def test_the_answer_does_not_depend_on_the_workers(monkeypatch):
    monkeypatch.setattr(search, "_MOST", 7)
    model = loads(DAM)
    assert reasons(model, model.claims, 3, workers=2) == reasons(model, model.claims, 3)


def test_the_flagship():
    """Each also asked by hand: `bestand claims` on a file without the statement."""
    model = load(UKRAINE)
    chosen = tuple(claim for claim in model.claims if claim.id in {"price-works", "provinces", "moscow-waits"})
    found = reasons(model, chosen)
    told = {r.claim.id: {changes_text(f.changes): f.ruling.verdict for f in r.flips} for r in found.reasons}
    assert told == {
        "moscow-waits": {
            "russia 4 dropped": "holds",
            "russia 4 exchanged with russia 5": "holds",
            "russia 10 dropped": "holds",
        },
        "price-works": {"russia 2 dropped": "does not hold"},
        "provinces": {
            "russia 2 dropped": "does not hold",
            "ukraine 1 dropped": "does not hold",
            "ukraine 1 exchanged with ukraine 2": "does not hold",
            "europe 2 dropped": "does not hold",
        },
    }
    assert [r.claim.id for r in found.reasons if r.assumed] == ["provinces"]
    for reason in found.reasons:
        assert ask_claim(Solver(model), reason.claim).answer.verdict == reason.ruling.verdict
        for flip in reason.flips:
            assert ask_claim(Solver(model, flip.changes), reason.claim).answer.verdict == flip.ruling.verdict


def test_claims_that_change_the_model_themselves():
    """A rule that a ranking needs, wishes by their numbers: what cannot be said is no error, here as in `claims`."""
    model = loads("""
bestand: 1
title: T
parties: {u: {options: {a: {}}}, v: {options: {b: {}}}}
rules: [{never: a and b}]
preferences: {u: {ranking: ["10", "01", "00"]}, v: {priorities: [b]}}
claims:
  - {id: c, check: "with rule 1 dropped, some equilibrium is a"}
  - {id: d, check: "with v wants a after v 1, some equilibrium is a"}
""")
    found = reasons(model, model.claims)
    for reason in found.reasons:
        assert ask_claim(Solver(model), reason.claim).answer.verdict == reason.ruling.verdict
        for flip in reason.flips:
            assert ask_claim(Solver(model, flip.changes), reason.claim).answer.verdict == flip.ruling.verdict
    assert found.reasons[0].ruling.verdict == "cannot be said"
    assert [flip.ruling.verdict for flip in found.reasons[1].flips] == ["cannot be said"]


def test_readings_are_made_in_every_variant():
    model = load(UKRAINE)
    chosen = tuple(claim for claim in model.claims if claim.id == "provinces")
    common = apply_readings(model, ["cede-reversible"])
    (found,) = reasons(model, chosen, common=common).reasons
    assert found.ruling.verdict == ask_claim(Solver(model, common), chosen[0]).answer.verdict
