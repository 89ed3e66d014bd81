"""Method and version: how this was worked out, from what, and how to do it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets, Facts
from bestand.model.values import Source
from bestand.prose.concepts import concept_meaning
from bestand.prose.messages import _, _n, said
from bestand.prose.names import concept_name
from bestand.prose.spoken import spoken
from bestand.prose.words import readings_words, size
from bestand.version import __version__

from .common import chapter, running, section

if TYPE_CHECKING:
    from bestand.questions.report.answer import Report


def blocks(report: Report) -> Iterator[Block]:
    """The chapter."""
    model = spoken(report.model)
    yield chapter(_("Method and version"))
    yield running(
        _(
            "The conflict is a graph model (Graph Model for Conflict Resolution): a state is what all parties do at "
            "once, and each party moves from state to state by what it can do itself. A state is stable for a party "
            "that has no reason to move. Nobody's gain is weighed against another's: only the order in which each "
            "party ranks the states counts."
        )
    )
    yield Facts(tuple(_concepts(report.concepts)))
    yield running(
        _(
            "Each move is that of one party. What several would do together beside signing the plan, and which several "
            "changes at once would make it hold, is not in this report."
        )
    )
    if model.note:
        yield section(_("About the model"))
        yield running(model.note)
    if model.sources:
        yield section(_("Sources"))
        yield Bullets(tuple(source_words(name, source) for name, source in model.sources.items()))


def run(report: Report, call: str) -> Iterator[Block]:
    """Tell, for the appendix, what was worked out, and the command that does it again."""
    yield section(_("What was worked out"))
    yield Bullets(tuple(_run(report, call)))


def _concepts(concepts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Tell what it is to be stable under each concept."""
    for concept in concepts:
        definition = _("{Meaning}.", meaning=concept_meaning(concept))
        yield _("{Concept} ({id})", concept=concept_name(concept), id=concept), definition


def _run(report: Report, call: str) -> Iterator[str]:
    """The model, the engine, what was drawn, and the command."""
    model, result = spoken(report.model), report.result
    yield _(
        "{parties}, {options}, {states}.",
        parties=_n("{n} party", "{n} parties", len(model.parties)),
        options=_n("{n} option", "{n} options", len(model.options)),
        states=_n("{number} feasible state", "{number} feasible states", result.feasible, number=size(result.feasible)),
    )
    yield _("Engine: {engine}, {because}.", engine=result.engine, because=said(result.because))
    if report.readings:
        yield readings_words(model, report.readings)
    if report.varied is not None and report.varied.job.kind == "sample":
        yield _("Combinations of what is open were drawn with the seed {seed}.", seed=report.seed)
    yield _("bestand {version}", version=__version__)
    yield _("Fingerprint of the model file (SHA-256): {fingerprint}", fingerprint=report.fingerprint)
    if call:
        yield _("To make this report again: {call}", call=call)


def source_words(name: str, source: Source) -> str:
    """A source as a bibliography has it, behind what the file calls it."""
    parts = (source.author, source.title, source.publisher, source.published, source.url, source.note)
    return _("{name}: {source}", name=name, source=". ".join(part.rstrip(".") for part in parts if part) + ".")
