"""The versions of a plan, and who says what to them, over sets of states: as `bestand.plan.versions`."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bestand.engine.symbolic import DiagramStates
from bestand.model.formula import Formula
from bestand.plan.condition import Atom
from bestand.plan.version_kinds import MOST_CHOICES, Versions

from .condition import said_of
from .joint import Joint
from .refusals import Choices


class OverSets(Versions[DiagramStates]):
    """The versions of a plan under a concept."""

    def __init__(self, joint: Joint) -> None:
        self._proposal = proposal = joint.proposal
        super().__init__(
            proposal.engine.model,
            proposal.states,
            proposal.refuses,
            proposal.idle,
            proposal.has_say,
            proposal.joint,
            proposal.deals,
            joint.kept,
        )

    def where(self, formula: Formula) -> DiagramStates:
        return self._proposal.states & formula

    def told(
        self, options: Sequence[int], meant: DiagramStates, other: DiagramStates, preferred: Collection[Atom]
    ) -> Formula | None:
        world = meant.world
        with world.guarded():
            rest = world.diagrams.variables(k for k in range(world.options) if k not in options)
            yes, no = (world.diagrams.exists(rest, each.diagram) for each in (meant, other))
            choices = Choices(world, tuple(options), yes, no)
            if yes & no != world.false or choices.count(yes) + choices.count(no) > MOST_CHOICES:
                return None
        return said_of(self._proposal, meant | other, choices, preferred)
