"""The kinds of versions of a plan in words: a table, parties by kinds, which shows why no column is all yes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bestand.document.blocks import Block, Bullets, Table, heading, paragraph
from bestand.model.formula import TRUE, And, Formula, Not, OptionAtom, Or, OutcomeAtom, joined
from bestand.model.model import Model
from bestand.prose.clauses import clause_words, doings_words
from bestand.prose.messages import _, _n, _p, _s, choice, listing
from bestand.prose.phrases import party_name
from bestand.prose.words import size

from .ruling_values import Ruling, Stand, VersionKind

_LONG = 110  # letters of a name that stands above a column
_LONGEST_IF = 120  # letters of what a party asks


def versions_part(model: Model, ruling: Ruling) -> Iterator[Block]:
    """Tell the kinds of versions, and what each party says to them; nothing where nothing has to be signed.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    ruling : Ruling
    """
    if tells_versions(ruling):
        yield heading(_("Who says yes, and who refuses"))
        yield from versions_blocks(model, ruling)


def tells_versions(ruling: Ruling) -> bool:
    """Return whether there are kinds of versions to tell."""
    return bool(ruling.versions) and ruling.kind in ("deal", "deal-not-kept", "no-deal")


def versions_blocks(model: Model, ruling: Ruling) -> Iterator[Block]:
    """Tell the same without a heading."""
    names = version_names(model, ruling.versions)
    yield paragraph(versions_sentence(ruling), 2)
    if any(len(name) > _LONG for name in names):
        yield Bullets(tuple(_("Kind {n}: {name}.", n=k, name=name) for k, name in enumerate(names, 1)))
        names = [_("kind {n}", n=k) for k in range(1, len(names) + 1)]
    yield versions_table(model, ruling, names)
    yield from (paragraph(words, 2) for words in counted_words(model, ruling, names))


def versions_sentence(ruling: Ruling) -> str:
    """Tell how many kinds there are, and whether everybody says yes to any of them."""
    kinds = ruling.versions
    everybody = [kind for kind in kinds if kind.deals == kind.states]
    told = versions_count(ruling)
    if everybody:
        return f"{told} " + _n("To {n} kind everybody says yes.", "To {n} kinds everybody says yes.", len(everybody))
    if any(kind.deals for kind in kinds):
        return f"{told} " + _("To some versions everybody says yes, and not to all of any kind.")
    if all(any(stand.says in ("refuses", "nothing", "no") for stand in kind.stands.values()) for kind in kinds):
        return f"{told} " + _("Somebody stands in the way of each of them: no column is all yes.")
    return f"{told} " + _("There is none to which everybody says yes.")


def versions_count(ruling: Ruling) -> str:
    """Tell how many versions there are, and of how many kinds."""
    if len(ruling.versions) == 1:
        return _n(
            "There is {number} version that can be signed.",
            "There are {number} versions that can be signed.",
            ruling.signable,
            number=size(ruling.signable),
        )
    return _(
        "There are {number} versions that can be signed, of {n} kinds.",
        number=size(ruling.signable),
        n=len(ruling.versions),
    )


def versions_table(model: Model, ruling: Ruling, names: Sequence[str]) -> Table:
    """Return the table: a row for each party, and what that makes together."""
    kinds = ruling.versions
    rows = [
        (party.title, *(stand_words(model, party.id, kind.stands[party.id], kind) for kind in kinds))
        for party in model.parties
    ]
    rows.append((_p("row of a table", "Together"), *map(_together, kinds)))
    if len(kinds) > 1:
        counts = [_n("{number} version", "{number} versions", kind.states, number=size(kind.states)) for kind in kinds]
        rows.append((_p("row of a table", "How many"), *counts))
    return Table(("", *names), tuple(rows), frozenset(range(len(kinds) + 1)), whole=True)


def stand_words(model: Model, party: str, stand: Stand, kind: VersionKind) -> str:
    """Return what a party says to a kind, behind a mark of its own."""
    match stand.says:
        case "yes":
            return _p("cell of a table", "✓ yes")
        case "refuses":
            return _p("cell of a table", "✕ refuses")
        case "nothing":
            return _p("cell of a table", "✕ has nothing in it")
        case "no":  # no message: what data say
            return _p("cell of a table", "✕ refuses, or has nothing in it")
        case "no-say":
            return _p("cell of a table", "– need not sign")
        case _:
            if stand.when is not None and (told := _told_in_cell(model, party, stand.when)):
                return told
            return _p("cell of a table", "◐ yes to {n} of {of}", n=size(stand.yes), of=size(kind.states))


def _told_in_cell(model: Model, party: str, when: Formula) -> str:
    """Tell when a party says yes; nothing where that takes more than a cell has room for."""
    told = _when_words(model, party, when)
    return told if len(told) <= _LONGEST_IF else ""


def _when_words(model: Model, party: str, when: Formula) -> str:
    """Tell when a party says yes: by what it does itself where that is all."""
    own = {option.id for option in model.party[party].options}
    moves = doings_words(model, when)
    if moves and {_option(term) for term in _terms(when)} <= own:
        return _p("cell of a table", "◐ yes, if it does this: {moves}", moves=moves)
    match when:
        case Not(OutcomeAtom(name)):
            says = model.outcome[name].grounds.says or name
            return _p("cell of a table", "◐ yes, unless this is so: “{says}”", says=says)
    return _p("cell of a table", "◐ yes, if: {condition}", condition=formula_clauses(model, when))


def counted_words(model: Model, ruling: Ruling, names: Sequence[str]) -> Iterator[str]:
    """Tell in sentences what stands in the table as a count alone: to which versions of a kind a party says yes."""
    for name, kind in zip(names, ruling.versions, strict=True):
        for party, stand in kind.stands.items():
            if stand.says != "if" or (stand.when is not None and _told_in_cell(model, party, stand.when)):
                continue
            values = {"n": size(stand.yes), "of": size(kind.states), "kind": name}
            if stand.when is None:
                yield _s(
                    "{Party} says yes to {n} of the {of} versions in the column “{kind}”, and not to the others.",
                    "{Party} say yes to {n} of the {of} versions in the column “{kind}”, and not to the others.",
                    party_name(model, party),
                    **values,
                )
                continue
            yield _s(
                "{Party} says yes to {n} of the {of} versions in the column “{kind}”: those in which {condition}.",
                "{Party} say yes to {n} of the {of} versions in the column “{kind}”: those in which {condition}.",
                party_name(model, party),
                **values,
                condition=formula_clauses(model, stand.when),
            )


def _together(kind: VersionKind) -> str:
    if not kind.deals:
        return _p("cell of a table", "✕ no deal")
    if kind.deals < kind.states:
        return _p("cell of a table", "◐ {n} of {of} are deals", n=size(kind.deals), of=size(kind.states))
    if not kind.kept:
        return _p("cell of a table", "◐ a deal, not kept")
    if kind.kept < kind.states:
        return _p("cell of a table", "◐ a deal, part kept")
    return _p("cell of a table", "✓ a deal")


# ---- what a kind is called ----


def version_names(model: Model, kinds: Sequence[VersionKind]) -> list[str]:
    """Return what to call each kind, in words of the file; where that takes many, one without deals is the rest."""
    if len(kinds) == 1:
        return [_("every version")]
    names = [_("all others") if kind.formula is None else formula_clauses(model, kind.formula) for kind in kinds]
    without = [k for k, kind in enumerate(kinds) if not kind.deals] or [*range(len(kinds))]
    longest = max(without, key=lambda k: len(names[k]))
    if max(map(len, names)) > _LONG and len(names[longest]) > _LONG // 2:
        names[longest] = _("all others")
    return names


def formula_clauses(model: Model, formula: Formula) -> str:
    """Return a formula in clauses, what a party does or leaves told in a row, and what all terms share told once.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> keep, sell = (Option(f"up.{id}", Grounds(says=says)) for id, says in (("k", "keeps it"), ("s", "sells some")))
    >>> model = Model("Dam", (Party("up", "Upstream", (keep, sell)),))
    >>> formula_clauses(model, And((OptionAtom("up.k"), OptionAtom("up.s"))))
    'Upstream keeps it and sells some'
    """
    if not isinstance(formula, Or):
        return _row(model, _terms(formula))
    terms = [_terms(term) for term in formula.terms]
    shared = [term for term in terms[0] if all(term in others for others in terms[1:])]
    rest = [[term for term in each if term not in shared] for each in terms]
    either = (
        _either([_row(model, each) for each in rest], apart=any(len(each) > 1 for each in rest)) if all(rest) else ""
    )
    if not shared or not either:
        return either or _row(model, shared)
    return _("{clauses}, and besides: {more}", clauses=_row(model, shared), more=either)


def _either(rows: Sequence[str], *, apart: bool) -> str:
    """Tell of which rows at least one is so; set ``apart`` where one has an "and" of its own."""
    return _("{first}; or {last}", first="; ".join(rows[:-1]), last=rows[-1]) if apart else choice(rows)


def _row(model: Model, terms: Sequence[Formula]) -> str:
    """Tell several things that are all so, those of one party together."""
    told: list[str] = []
    for party, some in groupby(terms, key=lambda term: _party(model, term)):
        several = [*some]
        moves = doings_words(model, joined(And, several, TRUE)) if party else ""
        if moves:
            told.append(_("{party} {move}", party=party_name(model, party), move=moves))
        else:
            told += [clause_words(model, term) for term in several]
    return listing(told)


def _terms(formula: Formula) -> tuple[Formula, ...]:
    return formula.terms if isinstance(formula, And) else (formula,)


def _option(term: Formula) -> str:
    inner = term.term if isinstance(term, Not) else term
    return inner.id if isinstance(inner, OptionAtom) else ""


def _party(model: Model, term: Formula) -> str:
    option = _option(term)
    return model.options[model.bit[option]].party if option else ""
