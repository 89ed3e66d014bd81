"""The doctor on models whose states cannot be listed, and within limits: what it finds, and what it leaves."""

from __future__ import annotations

import time

import pytest

from bestand import loads
from bestand.doubts.examine import NOT_CHECKED, examine
from bestand.engine.limits import Limits, Watch
from bestand.model.accepting import DOUBTS


def large(*lines: str, options: int = 40, wishes: str = "") -> str:
    names = ", ".join(f"o{k}: " for k in range(options))
    every = ", ".join(f"o{k}" for k in range(1, options))
    return "\n".join(
        [
            "bestand: 1",
            "title: Large",
            f"parties: {{p: {{options: {{{names}}}}}, q: {{options: {{z: }}}}}}",
            f"preferences: {{p: {{priorities: [{every}{wishes}]}}, q: {{priorities: [o0, z]}}}}",
            *lines,
        ]
    )


ONE_WAY = "one_way: {z: to-yes, " + ", ".join(f"o{k}: to-yes" for k in range(40)) + "}"
ALL = "status_quo: [z, " + ", ".join(f"o{k}" for k in range(40)) + "]"

PLANTED = {
    "idle-statement": large("rules: [{never: o1 and o2}]", wishes=", o1 and o2"),
    "decided-statement": large(wishes=", o3 and (z or not z)"),
    "opposed-statement": large(wishes=", not o3"),
    "idle-outcome": large("outcomes: {n: o1 and not o1}"),
    "idle-plan": large("plan: o1 or not o1"),
    "idle-one-way": large("rules: [{always: o0}]", "one_way: {o0: to-yes}"),
    "stuck-status-quo": large(ONE_WAY, ALL),
    "lost-status-quo": large(ONE_WAY, "status_quo: []"),
    "powerless-party": large("rules: [{always: z}]"),
    "no-source": large("sources: {s: {title: x}}", "outcomes: {n: {holds: o1, assumed: yes}}"),
}


@pytest.mark.parametrize("code", PLANTED)
def test_what_needs_no_list_of_states_is_found(code):
    examined = examine(loads(PLANTED[code]))
    found = {fault.code for fault in examined.doubtful}
    assert code in found
    assert NOT_CHECKED in found


def test_a_sound_large_model_has_no_doubts():
    (note,) = examine(loads(large("status_quo: []", "one_way: {o0: to-yes}"))).doubtful
    assert note.code == NOT_CHECKED
    assert "decided-statement" in str(note.message)
    assert "2,199,023,255,552 states" in str(note.message)
    assert "idle-statement" not in str(note.message)


def test_forbidden_moves_of_a_large_model():
    """No engine can follow them there; sets of states still tell what is true nowhere."""
    text = large("forbidden_moves: [{party: q, from: z, to: o1}]", "status_quo: []", "plan: o1 and not o1")
    examined = examine(loads(text))
    assert [fault.code for fault in examined.doubtful if fault.code in DOUBTS] == ["idle-plan"]
    assert "idle-forbidden-move" in str(examined.doubtful[-1].message)


def test_without_time_it_says_so():
    text = large("plan: o1 or not o1", "sources: {s: }", "rules: [{never: o1 and o2}]", options=20)
    began = time.monotonic()
    examined = examine(loads(text), Watch(Limits(seconds=1e-9)))
    assert time.monotonic() - began < 5
    codes = {fault.code for fault in examined.doubtful}
    assert codes == {NOT_CHECKED}
    assert examined.count == 0
    told = " ".join(str(fault.message) for fault in examined.doubtful)
    assert all(code in told for code in DOUBTS)


def test_too_many_claims_to_solve_are_not_solved():
    claims = ", ".join(f"{{id: c{k}, check: 'with o{k} held at yes, some equilibrium is o1'}}" for k in range(2, 14))
    text = large(f"claims: [{claims}]", options=17)
    notes = [fault for fault in examine(loads(text)).doubtful if fault.code == NOT_CHECKED]
    assert [str(note.message).partition(";")[0] for note in notes] == [
        "not looked for, or not everywhere: vacuous-claim"
    ]
