"""The Ukraine case, varied: a few of its 1,152 combinations against the ordinary way."""

import pytest

import bestand
from bestand.checks.claims import ask_claim
from bestand.questions.vary.job import asked_under
from bestand.questions.vary.vary import job_of
from bestand.questions.vary.worker import Worker
from bestand.solve.solution import Solver
from tests.first_reading import UKRAINE


def test_under_nash_a_ceasefire_hangs_on_whether_the_provinces_can_be_taken_back():
    found = bestand.vary(UKRAINE, concepts=["nash"], formulas=["ceasefire"], claims=[])
    assert (found.count, found.looked_at, found.without_states) == (1152, 1152, 0)
    assert found.share("ceasefire", "nash").count == 720
    first = found.moved_by("ceasefire", "nash")[0]
    assert found.questions[first.question] == "cede-reversible"
    assert dict(first.by_answer) == {"without cede-reversible": 1.0, "with cede-reversible": 0.25}


@pytest.mark.slow
@pytest.mark.parametrize("options", [{}, {"shuffle": True, "samples": 84, "compared": 0, "seed": 11}])
def test_combinations_agree_with_one_model_at_a_time(options):
    model = bestand.load(UKRAINE)
    job = job_of(model, **options)
    worker = Worker(job)
    table = worker.chunk(1).table
    for k in range(0, len(table), 7):
        _, changes = job.design.variant(worker.combination(job.chunk_size + k))
        solver = Solver(model, changes)
        solution = solver.solve()
        row = dict(zip(job.columns, table[k].tolist(), strict=True))
        for concept in job.concepts:
            found = solution.equilibria(concept)
            assert row[f"equilibria {concept}"] == found.sum()
            assert row[f"formula 0 {concept}"] == (found & solution.space.holds(model.plan)).sum()
        for claim in model.claims:
            answer = ask_claim(solver, claim).answer
            said = dict.fromkeys(answer.holds, 1) | dict.fromkeys(answer.fails, 0) | dict.fromkeys(answer.unsaid, 2)
            assert {c: row[f"claim {claim.id} {c}"] for c in asked_under(claim, job.concepts)} == said
