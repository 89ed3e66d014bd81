"""Method and version: how this was worked out, from what, and how to do it again."""

from __future__ import annotations

from collections.abc import Iterator

from bestand.document.blocks import Block, Bullets, Facts
from bestand.model.values import Source
from bestand.prose.concepts import concept_meaning
from bestand.prose.messages import _, _n
from bestand.prose.names import concept_name
from bestand.prose.words import readings_words, size
from bestand.questions.report.study import Study
from bestand.version import __version__

from .common import chapter, section, told


def blocks(found: Study, call: str) -> Iterator[Block]:
    """The chapter."""
    model = found.model
    yield chapter(_("Method and version"))
    yield told(
        _(
            "The conflict is a graph model (Graph Model for Conflict Resolution): a state is what all parties do at "
            "once, and each party moves from state to state by what it can do itself. A state is stable for a party "
            "that has no reason to move. Nobody's gain is weighed against another's: only the order in which each "
            "party ranks the states counts."
        )
    )
    yield Facts(tuple(_concepts(found)))
    yield told(
        _(
            "Each move is that of one party. What several would do together, and what would have to change for the "
            "plan to hold, is not in this report: bestand coalitions and bestand settle answer that."
        )
    )
    yield section(_("What was worked out"))
    yield Bullets(tuple(_run(found, call)))
    if model.note:
        yield section(_("About the model"))
        yield told(model.note)
    if model.sources:
        yield section(_("Sources"))
        yield Bullets(tuple(source_words(name, source) for name, source in model.sources.items()))


def _concepts(found: Study) -> Iterator[tuple[str, str]]:
    """What it is to be stable under each concept."""
    for concept in found.question.concepts:
        definition = _("{Meaning}.", meaning=concept_meaning(concept))
        yield _("{Concept} ({id})", concept=concept_name(concept), id=concept), definition


def _run(found: Study, call: str) -> Iterator[str]:
    """The model, the engine, what was drawn, and the command."""
    model, solution = found.model, found.solution
    yield _(
        "{parties}, {options}, {states}.",
        parties=_n("{n} party", "{n} parties", len(model.parties)),
        options=_n("{n} option", "{n} options", len(model.options)),
        states=_n("{number} feasible state", "{number} feasible states", solution.count, number=size(solution.count)),
    )
    yield _("Engine: {engine}, {because}.", engine=solution.engine.name, because=solution.because)
    if found.question.readings:
        yield readings_words(model, found.question.readings)
    if found.varied is not None and found.varied.job.kind == "sample":
        yield _("Combinations of what is open were drawn with the seed {seed}.", seed=found.question.seed)
    yield _("bestand {version}", version=__version__)
    yield _("Fingerprint of the model file (SHA-256): {fingerprint}", fingerprint=found.fingerprint)
    if call:
        yield _("To make this report again: {call}", call=call)


def source_words(name: str, source: Source) -> str:
    """A source as a bibliography has it, behind what the file calls it."""
    parts = (source.author, source.title, source.publisher, source.published, source.url, source.note)
    return _("{name}: {source}", name=name, source=". ".join(part.rstrip(".") for part in parts if part) + ".")
