"""Random checks on random models, answered again in plain Python with the oracle; and no claim ever crashes."""

from __future__ import annotations

from math import prod

from hypothesis import given
from hypothesis import strategies as st

from bestand.checks.asker import Asker
from bestand.checks.claims import ask_claim
from bestand.model.changing import changed
from bestand.model.errors import CallError, ModelError
from bestand.model.formula import TRUE, Formula
from bestand.model.model import Model
from bestand.model.sentences import (
    About,
    Compared,
    Count,
    Kept,
    Plain,
    Predicate,
    Quantified,
    Ranks,
    Refuses,
    SameAnswer,
    Satisfies,
    Share,
    StableFor,
    StateNamed,
    StateRef,
    StatusQuo,
    Subject,
    VerdictIs,
)
from bestand.reference import equilibria, feasible, graph_of, stable
from bestand.reference.deals import Talks
from bestand.reference.worlds import World
from bestand.solve.solution import Solver
from bestand.testing import checks, models
from tests.solve.helpers import CONCEPTS, FEW, distances, moves_of


class NotSaid(Exception):
    """The sentence speaks of something that is not there."""


class Reader:
    """Answers checks about one model, set by set."""

    def __init__(self, model: Model, concept: str, drift: str) -> None:
        self.model, self.concept, self.drift = model, concept, drift
        self.masks = feasible(model)
        if not self.masks:
            raise NotSaid
        self.graph = graph_of(model)
        self.all = set(range(len(self.masks)))

    def holds(self, formula: Formula) -> set[int]:
        return {s for s in self.all if World.of_mask(self.model, self.masks[s]).holds(formula)}

    def state(self, ref: StateRef) -> int:
        match ref:
            case StatusQuo():
                mask = self.model.mask(self.model.status_quo)
            case StateNamed(name):
                named = [bits for bits, label in self.model.labels.items() if label == name]
                mask = sum(1 << k for k, bit in enumerate((named or [name])[0]) if bit == "1")
        if mask not in self.masks:
            raise NotSaid
        return self.masks.index(mask)

    def party(self, id: str) -> int:
        return list(self.model.party).index(id)

    def stable_for(self, parties: tuple[str, ...]) -> set[int]:
        table = stable(self.graph, self.concept)
        rows = [table[self.party(party)] for party in parties or self.model.party]
        return {s for s in self.all if all(row[s] for row in rows)}

    def talks(self, plan: Formula) -> Talks:
        """The plan, put to the parties on the terms of the file."""
        model = self.model
        self.state(StatusQuo())
        without = model.mask(model.no_deal) if isinstance(model.no_deal, frozenset) else model.no_deal
        try:
            return Talks(
                model, plan, self.drift, no_deal=without, consent=model.consent, red_lines=dict(model.red_lines)
            )
        except ValueError:
            raise NotSaid from None

    def deals(self, subject: Subject) -> set[int]:
        talks = self.talks(self.model.plan)
        found = [deal for deal in talks.deals() if deal.kept or subject.noun == "deal"]
        if subject.between is not None:
            found = [deal for deal in found if deal.signatories == set(subject.between)]
        states = {self.masks.index(deal.state) for deal in found}
        return states if subject.where is None else states & self.holds(subject.where)

    def refuses(self, party: str, how: str, formula: Formula, where: Formula | None) -> bool:
        talks = self.talks(TRUE)
        among = self.holds(formula) & (self.all if where is None else self.holds(where))
        states = [state for state in talks.signable() if self.masks.index(state) in among]
        if how == "every" and not states:
            raise NotSaid
        return (all if how == "every" else any)(talks.refuses(party, state) for state in states)

    def subject(self, subject: Subject) -> set[int]:
        if subject.noun in {"deal", "kept deal"}:
            return self.deals(subject)
        found = set(self.all)
        if subject.noun == "equilibrium":
            found &= {s for s, holds in enumerate(equilibria(self.graph, self.concept)) if holds}
        steps = moves_of(self.model, subject.reached or "improving", self.drift)
        if subject.noun == "resting place":
            found = {s for s in found if not any(moves[s] for moves in steps)}
        if subject.reached:
            everybody, wait = set(range(len(steps))), subject.reached != "drift"
            found &= distances(steps, self.state(StatusQuo()), everybody, wait=wait).keys()
        if subject.stable_for is not None:
            found &= self.stable_for(subject.stable_for)
        if subject.where is not None:
            found &= self.holds(subject.where)
        return found

    def predicate(self, predicate: Predicate) -> set[int]:
        match predicate:
            case Satisfies(formula):
                return self.holds(formula)
            case StableFor(parties):
                return self.stable_for(parties)
            case Kept():
                return self.deals(Subject("kept deal"))
            case Compared(how, other, party):
                rank, level = self.graph.ranks[self.party(party)], self.state(other)
                sign = 1 if how == "better" else -1
                return {s for s in self.all if sign * rank[s] > sign * rank[level]}

    def side(self, side: Formula | StateRef) -> set[int]:
        return {self.state(side)} if isinstance(side, StatusQuo | StateNamed) else self.holds(side)

    def plain(self, assertion: Plain) -> bool:
        match assertion:
            case Quantified(quantifier, subject, predicate):
                among, so = self.subject(subject), self.predicate(predicate)
                if not among and (quantifier == "every" or (quantifier == "no" and "deal" not in subject.noun)):
                    raise NotSaid
                return {"some": bool(among & so), "every": among <= so, "no": not among & so}[quantifier]
            case About(ref, predicate):
                return self.state(ref) in self.predicate(predicate)
            case Ranks(party, left, how, right):
                return self.ranks(self.party(party), self.side(left), how, self.side(right))
            case Share(how, left, right, predicate):
                one, two, so = self.subject(left), self.subject(right), self.predicate(predicate)
                if not one or not two:
                    raise NotSaid
                more = len(one & so) * len(two) - len(two & so) * len(one)
                return more > 0 if how == "larger" else more < 0
            case Refuses(party, how, formula, where):
                return self.refuses(party, how, formula, where)
            case VerdictIs(kinds):
                return self.talks(self.model.plan).verdict().kind in kinds

    def ranks(self, party: int, left: set[int], how: str, right: set[int]) -> bool:
        if not left or not right:
            raise NotSaid
        rank = self.graph.ranks[party]
        pairs = [(rank[a], rank[b]) for a in left for b in right]
        return {
            "above": all(a > b for a, b in pairs),
            "below": all(a < b for a, b in pairs),
            "level with": all(a == b for a, b in pairs),
        }[how]


def answered(model: Model, assertion, given_: tuple, concept: str, drift: str = "pseq") -> bool | None:
    """The answer to an assertion in a changed model; None where it cannot be said."""
    try:
        match assertion:
            case Count(how, subject, predicate, left, right):
                readers = [Reader(changed(model, (*given_, *more)), concept, drift) for more in (left, right)]
                one, two = (len(reader.subject(subject) & reader.predicate(predicate)) for reader in readers)
                return {"fewer": one < two, "more": one > two, "as many": one == two}[how]
            case SameAnswer(left, right, inner):
                readers = [Reader(changed(model, (*given_, *more)), concept, drift) for more in (left, right)]
                one, two = (reader.plain(inner) for reader in readers)
                return one == two
            case _:
                return Reader(changed(model, given_), concept, drift).plain(assertion)
    except (NotSaid, CallError):
        return None


@FEW
@given(models(max_options=4, max_parties=3), st.sampled_from(CONCEPTS), st.sampled_from(["pseq", *CONCEPTS]), st.data())
def test_every_answer_is_that_of_the_oracle(model, concept, drift, data):
    check = data.draw(checks(model))
    try:
        truth = Asker(Solver(model), check.changes, concept, drift=drift).ask(check.assertion).truth
    except (CallError, ModelError):
        truth = None
    assert truth is answered(model, check.assertion, check.changes, concept, drift)


@FEW
@given(models(max_options=4, max_parties=3), st.sampled_from([None, "arcs"]))
def test_every_claim_has_an_answer(model, engine):
    solver = Solver(model, (), engine)
    for claim in model.claims:
        result = ask_claim(solver, claim)
        asked = result.answer.holds + result.answer.fails + result.answer.unsaid
        assert sorted(asked) == sorted(set(asked))
        assert asked
        assert len(result.across) == (prod(map(len, claim.across)) if claim.across else 0)
        assert (result.without_premise is None) == (not claim.repeats)
