"""All there is to say about a model, as a document: `Report`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from bestand.answer.answer import Answer, Drawings
from bestand.document.blocks import Block, Heading
from bestand.document.paper import Paper
from bestand.model.errors import Stop
from bestand.model.message import Message
from bestand.model.model import Model
from bestand.model.values import Claim, FrozenMap

if TYPE_CHECKING:
    from bestand.plan.tree import Tree
    from bestand.questions.analyse.answer import Result
    from bestand.questions.claims.answer import Claims
    from bestand.questions.claims.why import Why
    from bestand.questions.plans.answer import Plans
    from bestand.questions.vary.answer import Variation
    from bestand.questions.what_if.answer import Levers


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a part of a report is not there.

    Parameters
    ----------
    kind : {"nothing", "too large", "stopped"}
        There is nothing to work out; the states are too many to list; a limit was reached.
    because : Message, Stop or None
        In the words of whoever gave up, or the limit; None where there was nothing to do.
    """

    kind: Literal["nothing", "too large", "stopped"]
    because: Message | Stop | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Report(Answer):
    """All that a report tells about one model: what holds, the claims, the levers, and how sure it is.

    Parameters
    ----------
    base : Model
        As the file has it.
    fingerprint : str
        A hash of what the file says, whatever language it is told in.
    result : Result
        What holds in the model with the readings applied.
    best_moves : Tree or None
        Where things go from today if every mover takes its best move; None where that is nowhere.
    claims : Claims or None
    why : Why or None
        What each claim rests on.
    plans : Plans or None
        The plans of the file beside each other; None where it has not several.
    levers : Levers or None
        Which single change alters the answer about the plan.
    varied : Variation or None
        What still holds, whatever is right of what is open.
    within_reach : Claim or None
        What ``varied`` was asked besides the claims of the file: that improvements lead from the status quo to an
        equilibrium in which the plan is true.
    seed : int
        Of the draws.
    missing : FrozenMap of str to Missing
        Why a part (``open``, ``levers``, ``premises``, ``claims``, ``plans``) is not there, or not all of it.
    brief : bool
        Whether it is told on two pages, without what only the whole report needs.
    """

    base: Model
    fingerprint: str
    result: Result
    best_moves: Tree | None = None
    claims: Claims | None = None
    why: Why | None = None
    plans: Plans | None = None
    levers: Levers | None = None
    varied: Variation | None = None
    within_reach: Claim | None = None
    seed: int = 0
    missing: FrozenMap[str, Missing] = FrozenMap()  # noqa: RUF009 - immutable
    brief: bool = False

    @property
    def model(self) -> Model:
        """The model that holds or does not, readings applied."""
        return self.result.model

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that were applied."""
        return self.result.readings

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts, in the order asked for."""
        return self.result.concepts

    @property
    def stops(self) -> tuple[Message | Stop, ...]:
        """The limits that were reached, each once."""
        parts = (lack.because for lack in self.missing.values() if lack.kind == "stopped")
        return tuple({str(stop): stop for stop in (self.result.stopped, *parts) if stop}.values())

    @property
    def stopped(self) -> Message | Stop | None:
        """The first limit that was reached; None where everything is finished."""
        return next(iter(self.stops), None)

    def partial(self) -> str:
        return "the report says what is missing"

    def words(self, lang: str | None = None, width: int = 100) -> str:
        """Tell the report as Markdown. Parameters and errors are those of `document`."""
        return self.document("md", lang).decode()

    def data(self) -> dict[str, Any]:
        from .data import data

        return data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return _titled(self._paper(""))

    def _pictures(self) -> Drawings:
        return self.result._pictures()

    def _paper(self, call: str) -> Paper:
        from .chapters import paper
        from .chapters.brief import brief

        return brief(self) if self.brief else paper(self, call)

    def _repr_html_(self) -> str:
        from bestand.document.html import fragment

        return fragment(self.blocks())


def _titled(paper: Paper) -> Iterator[Block]:
    """The parts of a report, its title before them."""
    yield Heading(paper.title)
    yield from (replace(part, level=part.level + 1) if isinstance(part, Heading) else part for part in paper.blocks)
