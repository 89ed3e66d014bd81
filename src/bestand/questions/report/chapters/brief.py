"""The brief: two pages that can be handed over, of which each part begins with what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bestand.document.blocks import Block, Bullets, Callout, Table, paragraph
from bestand.document.paper import Paper
from bestand.model.model import Model
from bestand.model.values import Claim, Priorities
from bestand.plan.ruling_part import party_line
from bestand.plan.ruling_values import RED_LINE
from bestand.plan.ruling_words import concept_words, headline, kind_words
from bestand.plan.standings import standings_table
from bestand.plan.version_words import counted_words, tells_versions, version_names, versions_count, versions_table
from bestand.prose.claims import claim_words, support_words
from bestand.prose.messages import _, _n, _p, language, listing
from bestand.prose.names import formula_words
from bestand.prose.phrases import party_name
from bestand.prose.spoken import spoken, worded
from bestand.prose.words import readings_words
from bestand.questions.what_if.answer import Levers, Tried

from .common import chapter
from .levers import lever_sentence
from .marks import claim_mark, verdict_mark
from .method import source_words
from .parties import support_counts, support_sentence, wanted
from .summary import without_verdict
from .title import claims_title, deal_title, levers_title, standings_title, turns_title, versions_title
from .when import deal_condition, taken, when

if TYPE_CHECKING:
    from bestand.plan.ruling_values import Kind, Ruling
    from bestand.questions.report.answer import Report

LEVERS = 3
_CLAIMS = 16  # conclusions that are told, a line each
_TURNS = 5  # points left open, each by itself
_WISHES = 4  # that are only assumed
_QUESTIONS = 12  # that are open
_SOURCES = 3
_LONG = 240  # letters of a kind's name in a table on two pages


def brief(report: Report) -> Paper:
    """Return the brief of a report as a paper in the language that is spoken."""
    model = spoken(report.model)
    subtitle = _("Does it hold? On two pages, made with bestand")
    if report.readings:
        subtitle = readings_words(model, report.readings)
    return Paper(model.title, subtitle, language(), tuple(_blocks(report)), brief=True)


def _blocks(report: Report) -> Iterator[Block]:
    model, ruling = spoken(report.model), report.result.ruling
    if ruling is None:
        yield from without_verdict(report)
    else:
        yield Callout(tuple(_verdict(report, model, ruling)), label=verdict_mark(ruling))
        yield from _versions(model, ruling)
        yield chapter(standings_title(ruling))
        yield standings_table(model, ruling)
        if ruling.lean:
            yield Bullets(tuple(party_line(model, ruling, party) for party in model.party))
        yield from _when(report, model, ruling)
    yield from _levers(report)
    yield from _claims(report)
    yield chapter(_("What this rests on"))
    yield Bullets(tuple(_rests(report, model)))
    yield chapter(_("What this model cannot say"))
    yield Bullets(tuple(_silent(report, model)))


def _room(ruling: Ruling | None) -> bool:
    """Return whether two pages have room for what is of less weight: where no deal is told."""
    return ruling is None or not ruling.lean


def _verdict(report: Report, model: Model, ruling: Ruling) -> Iterator[str]:
    yield _("Does it hold? The plan: {plan}.", plan=formula_words(model, ruling.terms.plan))
    yield headline(model, ruling)
    yield from concept_words(ruling)
    yield from taken(report, model)


def _versions(model: Model, ruling: Ruling) -> Iterator[Block]:
    if not tells_versions(ruling):
        yield chapter(_("Party by party"))
        yield Bullets(tuple(party_line(model, ruling, party) for party in model.party))
        return
    yield chapter(versions_title(ruling))
    yield paragraph(versions_count(ruling), 0)
    names = [name if len(name) <= _LONG else f"{name[:_LONG].rsplit(' ', 1)[0]} …" for name in _names(model, ruling)]
    yield versions_table(model, ruling, names)
    if told := " ".join(counted_words(model, ruling, names)):
        yield paragraph(told, 0)


def _names(model: Model, ruling: Ruling) -> Sequence[str]:
    return version_names(model, ruling.versions)


# ---- when there is a deal ----


def _when(report: Report, model: Model, ruling: Ruling) -> Iterator[Block]:
    """Tell what the sources leave open that decides it: an exact condition, or what each point does by itself."""
    if not model.still_open(report.readings):
        return
    varied, exact = report.varied, deal_condition(report.varied)
    if varied is not None and exact is not None:
        yield chapter(deal_title(exact))
        yield from when(varied, exact, idle=_room(ruling))
        return
    yield chapter(turns_title(report))
    yield Bullets(tuple(_turns(report, model)))


def _turns(report: Report, model: Model) -> Iterator[str]:
    turns = report.result.turns
    if turns is None:
        yield _("What other answers to the open questions would change was not worked out here.")
        return
    kinds: dict[Kind, list[str]] = {}
    for id, kind in turns.items():
        kinds.setdefault(kind, []).append(id)
    for kind, ids in kinds.items():
        told = [_("“{says}”", says=model.reading[id].grounds.says or id) for id in ids[:_TURNS]]
        if len(ids) > _TURNS:
            told.append(_n("{n} other", "{n} others", len(ids) - _TURNS))
        yield _(
            "{verdict}, if one of these is right: {readings}.",
            verdict=_begun(kind_words(kind)),
            readings="; ".join(told),
        )
    yield _("Each was tried by itself, all else as in the file; what several make of it together is not in this brief.")


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


# ---- levers, claims ----


def _levers(report: Report) -> Iterator[Block]:
    levers = report.levers
    if levers is None:
        return
    yield chapter(levers_title(levers))
    shown = three(levers)
    model = spoken(levers.model)
    if not shown:
        yield paragraph(_("No single change of a wish, an option or a rule that was tried changes the verdict."), 0)
        return
    changing = sum(levers.changes_verdict(tried) for tried in levers.tried if not tried.decides)
    if len(shown) < changing and _room(report.result.ruling):
        yield paragraph(_n("{n} of them, each by itself:", "{n} of them, each by itself:", len(shown)), 0)
    yield Bullets(tuple(lever_sentence(model, levers, tried) for tried in shown))


def three(levers: Levers) -> list[Tried]:
    """Return three levers that change the verdict, of different sorts as far as there are any."""
    candidates = [tried for tried in levers.telling if levers.changes_verdict(tried)]
    first = {type(tried.changes[0]): tried for tried in reversed(candidates)}
    chosen = [tried for tried in candidates if tried in first.values()][:LEVERS]
    chosen += [tried for tried in candidates if tried not in chosen][: LEVERS - len(chosen)]
    return chosen


def _claims(report: Report) -> Iterator[Block]:
    claims = report.claims
    if claims is None or not claims.results:
        return
    yield chapter(claims_title(claims))
    rows = [(claim_mark(each), _conclusion(claims.model, each.claim)) for each in claims.results[:_CLAIMS]]
    if rest := len(claims.results) - _CLAIMS:
        rows += [("", _n("and {n} more", "and {n} more", rest))] if rest > 0 else []
    header = (_p("column of a table", "verdict"), _p("column of a table", "conclusion"))
    yield Table(header, tuple(rows), frozenset({0, 1}))
    if len(claims.findings) < len(claims.results):
        yield paragraph(_("What is marked = is no finding: the premises settle it, whatever the parties want."), 0)


def _conclusion(model: Model, claim: Claim) -> str:
    words = claim_words(worded(model, claim))
    return _("{claim} (our question)", claim=words) if claim.who == "ours" else words


# ---- what it rests on, and what it cannot say ----


def _rests(report: Report, model: Model) -> Iterator[str]:
    counts = support_counts(model)
    total = sum(counts.values())
    if total:
        yield _("{Sentence} This says nothing of their order.", sentence=support_sentence(counts, total))
    assumed = [
        _("{party}: “{wish}”", party=party_name(model, party), wish=wanted(model, wish))
        for party, preference in model.preferences.items()
        if isinstance(preference, Priorities)
        for wish in preference.statements
        if wish.grounds.support == "assumed"
    ]
    if assumed:
        more = [_n("and {n} more", "and {n} more", len(assumed) - _WISHES)] if len(assumed) > _WISHES else []
        yield _("Only assumed: {wishes}.", wishes="; ".join([*assumed[:_WISHES], *more]))
    if ruling := report.result.ruling:
        deciding = [
            _decides(model, party, key) for party, refused in ruling.refuses.items() for key in refused.decided_by
        ]
        if any(deciding):
            yield _("What decides the refusals: {wishes}.", wishes="; ".join(filter(None, deciding)))
    if still := model.open_still(report.readings):
        count = _n("The sources leave {n} question open.", "The sources leave {n} questions open.", len(still))
        exact = deal_condition(report.varied)
        told = exact is not None and 0 < exact.combinations < exact.of  # in the condition, or as of no difference
        asked = [each.grounds.says for each in still if each.grounds.says and _room(ruling) and not told]
        yield " ".join([count, *asked[:_QUESTIONS]])
    sources = [replace(source, note=None, url=None) for source in model.sources.values()]
    yield from (source_words(id, source) for id, source in [*zip(model.sources, sources, strict=True)][:_SOURCES])


def _decides(model: Model, party: str, key: str) -> str:
    """Return a wish that decides a refusal, and how well it is founded."""
    if key == RED_LINE:
        return _("{party}: its red line", party=party_name(model, party))
    wishes = model.preferences.get(party)
    place = key.rsplit(" ", 1)[-1]
    if not isinstance(wishes, Priorities) or not place.isdigit():
        return ""
    wish = wishes.statements[int(place) - 1]
    return _(
        "{party}: “{wish}” ({grounds})",
        party=party_name(model, party),
        wish=wanted(model, wish),
        grounds=support_words(wish.grounds),
    )


def _silent(report: Report, model: Model) -> Iterator[str]:
    yield _("It is no forecast: it says what follows if the parties want what the file says, in that order.")
    yield _(
        "It knows no degrees: neither how much a party gains, nor how likely anything is, nor how long anything takes."
    )
    idle = [party for party in model.party if not model.party[party].options]
    if idle:
        yield _("It gives these parties nothing to do: {parties}.", parties=listing(party_name(model, p) for p in idle))
    if model.left_out:
        told = [each.says for each in model.left_out if each.says]
        if told:
            more = [_n("and {n} more", "and {n} more", len(told) - 3)] if len(told) > 3 else []
            yield _("Left out on purpose: {things}.", things="; ".join([*(t.rstrip(".") for t in told[:3]), *more]))
    if report.result.ruling is not None:
        yield _n(
            "It knows {n} thing that a party can do, and nothing of what is not among them.",
            "It knows {n} things that parties can do, and nothing of what is not among them.",
            len(model.options),
        )
