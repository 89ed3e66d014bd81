"""The parties: what each can do and what it wants, each with where that is from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bestand.document.blocks import Block, Table, table
from bestand.model.model import Model
from bestand.model.values import Grounds, Party, Priorities, Ranking, Statement, Weights
from bestand.prose.claims import support_words
from bestand.prose.messages import _, _n, _p, _s, listing, number
from bestand.prose.names import formula_words
from bestand.prose.phrases import option_words, party_name

from .common import chapter, running

MOST_RANKED = 20  # states of an explicit ranking that are told


def blocks(model: Model) -> Iterator[Block]:
    """The chapter."""
    yield chapter(_("The parties, and what they want"))
    if any(isinstance(preference, Priorities) for preference in model.preferences.values()):
        yield running(
            _(
                "A party weighs states by its wishes, the most important first: a lower wish counts only between "
                "states that are alike in all wishes above it."
            )
        )
    if any(isinstance(preference, Priorities) and preference.levels for preference in model.preferences.values()):
        yield running(
            _(
                "A wish marked = stands level with the one above it: of wishes that stand level, a party only counts "
                "how many hold."
            )
        )
    yield from _support(model)
    for party in model.parties:
        if party.grounds.says or party.grounds.note:
            told = " ".join(filter(None, (party.grounds.says, party.grounds.note)))
            yield running(_("{party}: {words}", party=party.title, words=told))
        yield from _wishes(model, party)


def options(model: Model) -> Iterator[Block]:
    """Tell, for the appendix, what each party can do."""
    for party in model.parties:
        yield from _options(model, party)


def _support(model: Model) -> Iterator[Block]:
    """Yield how much of what the parties want is said by a source, in a model that has sources."""
    if not model.sources:
        return
    counts = support_counts(model)
    total = sum(counts.values())
    if total:
        yield running(support_sentence(counts, total))


def support_counts(model: Model) -> dict[str, int]:
    """Return how many wishes there are of each degree of support."""
    counts = dict.fromkeys(("cited", "inferred", "assumed", "none"), 0)
    for preference in model.preferences.values():
        if isinstance(preference, Priorities):
            for statement in preference.statements:
                counts[statement.grounds.support] += 1
    return counts


def support_sentence(counts: dict[str, int], total: int) -> str:
    """Return how well the wishes are founded, in a sentence."""
    told = [
        words
        for words, count in (
            (_n("{n} is said by a source", "{n} are said by a source", counts["cited"]), counts["cited"]),
            (_n("{n} is inferred from one", "{n} are inferred from one", counts["inferred"]), counts["inferred"]),
            (_n("{n} is assumed", "{n} are assumed", counts["assumed"]), counts["assumed"]),
            (_n("{n} has no source", "{n} have no source", counts["none"]), counts["none"]),
        )
        if count
    ]
    return _n("Of {n} wish, {parts}.", "Of {n} wishes, {parts}.", total, parts=listing(told))


def _options(model: Model, party: Party) -> Iterator[Block]:
    if not party.options:
        yield running(
            _s("{Party} has nothing to decide.", "{Party} have nothing to decide.", party_name(model, party.id))
        )
        return
    rows = [
        (option_words(model, option.id), option_words(model, option.id, yes=False), option.grounds)
        for option in party.options
    ]
    header = (_p("column of a table", "what it can do"), _p("column of a table", "if it does not"))
    caption = _("What {party} can do", party=party_name(model, party.id))
    yield _founded(header, rows, frozenset({0, 1, 2}), caption)


def _founded(
    header: tuple[str, str],
    rows: Sequence[tuple[str, str, Grounds]],
    left: frozenset[int],
    caption: str,
) -> Table:
    """A table with the grounds of each row beside it, in a model that has sources."""
    if not any(grounds.support != "none" for *_cells, grounds in rows):
        return table(header, [row[:2] for row in rows], left, caption)
    cells = [(*row[:2], support_words(row[2])) for row in rows]
    return table((*header, _p("column of a table", "grounds")), cells, left, caption)


def _wishes(model: Model, party: Party) -> Iterator[Block]:
    name = party_name(model, party.id)
    match model.preferences.get(party.id):
        case Priorities(statements) as wishes if statements:
            header = (
                _p("column of a table: place in an order", "no."),
                _p("column of a table", "what it wants, the most important first"),
            )
            rows = [
                (marked(number(k), wishes, k), wanted(model, wish), wish.grounds)
                for k, wish in enumerate(statements, start=1)
            ]
            yield _founded(header, rows, frozenset({1, 2}), _("What {party} wants", party=name))
        case Ranking(groups):
            yield running(
                _s(
                    "{Party} ranks the states one by one, the best first:",
                    "{Party} rank the states one by one, the best first:",
                    name,
                )
            )
            yield running(ranking_words(model, groups))
        case Weights(weights):
            header = (_p("column of a table", "option"), _p("column of a table", "weight"))
            rows = [(formula_option(model, option), str(weight)) for option, weight in weights.items()]
            yield table(header, rows, (0,), _("What {party} weighs: only the order of the sums counts", party=name))
        case _:
            yield running(
                _s(
                    "The file gives {party} no wishes: all states are alike to it.",
                    "The file gives {party} no wishes: all states are alike to them.",
                    name,
                )
            )


def marked(name: str, wishes: Priorities, k: int) -> str:
    """Return what a wish is called, with a mark where it stands level with the one above it."""
    return f"{name} =" if k > wishes.level(k)[0] else name


def wanted(model: Model, wish: Statement) -> str:
    """A wish as its text has it, or its formula in the words of the file."""
    return wish.grounds.says or formula_words(model, wish.formula)


def formula_option(model: Model, option: str) -> str:
    """An option with its party, in words."""
    party = option.partition(".")[0]
    return _("{Party} {move}", party=party_name(model, party), move=option_words(model, option))


def ranking_words(model: Model, groups: tuple[tuple[str, ...], ...], most: int = MOST_RANKED) -> str:
    """An explicit ranking: states by label or bits, ties in brackets, the last ones counted where they are many."""
    names = [list(dict.fromkeys(model.labels.get(bits, bits) for bits in group)) for group in groups]
    words = [group[0] if len(group) == 1 else f"({', '.join(group)})" for group in names[:most]]
    rest = len(groups) - len(words)
    more = [_n("{n} more", "{n} more", rest)] if rest else []
    return " > ".join([*words, *more])
