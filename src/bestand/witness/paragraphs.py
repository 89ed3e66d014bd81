"""Verdicts on a state and all that they rest on, in paragraphs.

What the sentences rest on, bit strings and ranks, stands in tables of its own (`bestand.questions.explain.symbols`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bestand.document.blocks import Block, Line, paragraph
from bestand.model.model import Model
from bestand.prose.messages import _, _n, _s, decimal
from bestand.prose.names import concept_names
from bestand.prose.phrases import move_words, party_name, state_cell, state_words
from bestand.prose.words import size
from bestand.stability.registry import EVERY

from .levels import level_of
from .witness import Answer, Evidence, Standing, Witness
from .words import answer_path, answer_sentences, beginning, rest_words, unanswered, verdict_words

SHOWN = 3  # improvements and their answers that are told one by one

_PARTS = ("answers", "others", "standing", "levels", "flip")


def explanation(model: Model, witnesses: Sequence[Witness], most: int = SHOWN) -> Iterator[Block]:
    """Tell the verdicts on one state, party by party; what several concepts have in common is told once.

    Parameters
    ----------
    model : Model
        With its texts in the language that is spoken.
    witnesses : sequence of Witness
        All of one state.
    most : int
        How many improvements are told one by one.
    """
    if witnesses:
        yield paragraph(_("The state: {state}.", state=state_cell(model, witnesses[0].state)), 0)
    alike: dict[tuple[int, bool, str], list[Witness]] = {}
    for found in sorted(witnesses, key=lambda witness: witness.party):
        alike.setdefault((found.party, found.stable, beginning(model, found)), []).append(found)
    for (i, stable, begun), same in alike.items():
        yield Line()
        yield paragraph(f"{verdict_words(model, i, stable, [found.concept for found in same])} {begun}", 0)
        told = {found.concept: _going_on(model, found, most) for found in same}
        for part in _PARTS:
            yield from _told_together({concept: parts.get(part, ()) for concept, parts in told.items()})


def _told_together(parts: Mapping[str, Sequence[str]]) -> Iterator[Block]:
    """Paragraphs for each concept: once for all, where they are the same."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for concept, words in parts.items():
        alike.setdefault(tuple(words), []).append(concept)
    for words, concepts in alike.items():
        if not any(words):
            continue
        if len(alike) > 1:
            yield paragraph(_("Under {concepts}: {words}", concepts=concept_names(concepts), words=words[0]), 2)
        else:
            yield paragraph(words[0], 2)
        for more in words[1:]:
            yield paragraph(more, 4)


def _going_on(model: Model, witness: Witness, most: int) -> dict[str, list[str]]:
    """Return what is told below a verdict, by part: what the others answer, how the party sees that, what turns it."""
    party = party_name(model, model.parties[witness.party].id)
    rest = [unanswered(witness)] if witness.reason == "open" else list(answer_sentences(model, witness))
    evidence = witness.evidence
    if evidence is not None:
        rest += _proof(witness, evidence, party)
    others = list(_others(model, witness, most))
    told = {"answers": [" ".join(rest)] if rest else [], "others": [" ".join(rest_words(witness)), *others]}
    if evidence is not None:
        told["standing"] = list(_seen(witness, evidence, party))
        told["levels"] = list(_level(witness.concept, evidence, party))
        told["flip"] = list(_flip(model, witness, evidence, party))
    return told


def _others(model: Model, witness: Witness, most: int) -> Iterator[str]:
    """Tell the improvements after the first, as far as one can read."""
    shown = witness.answers[1 : max(most, 1)]
    for place, answer in enumerate(shown, start=2):
        yield _another(model, witness, answer, place)
    rest = witness.improvements - 1 - len(shown)
    if witness.stable and shown and rest:
        yield _n("And {n} more.", "And {n} more.", rest)


def _another(model: Model, witness: Witness, answer: Answer, place: int) -> str:
    assert answer.end is not None, "an answer has an end"
    values = {
        "place": str(place),
        "move": move_words(model, witness.state, answer.improvement, model.parties[witness.party].id),
        "path": answer_path(model, answer),
    }
    if not answer.steps:
        return _("{place}. It {move}. The others can wait: whatever it then does is answered.", **values)
    if answer.end.compared == "worse":
        return _("{place}. It {move}. The answer: {path}. That leaves it worse off.", **values)
    if answer.end.compared == "better":
        return _("{place}. It {move}. The answer: {path}. That leaves it better off, but not for good.", **values)
    return _("{place}. It {move}. The answer: {path}. That leaves it no better off.", **values)


def _proof(witness: Witness, evidence: Evidence, party: str) -> Iterator[str]:
    """Tell what the others can make of the improvement."""
    proof, rounds = evidence.proof, EVERY[witness.concept].rounds
    if proof is None or not rounds:
        return
    others = proof.reached.count() - 1
    if not others and rounds[0] == "any":
        yield _("The others have no move that they could answer with.")
    elif not others:
        yield _("None of the others gains by answering.")
    elif proof.onward is not None:
        yield _n(
            "The others can bring it to {count} state from there. {Party} can stay there, or move on, so that it "
            "prefers what it has to the state it left whatever they answer.",
            "The others can bring it to {count} states from there. From each of them {party} can stay, or move on, so "
            "that it prefers what it has to the state it left whatever they answer.",
            others,
            count=size(others),
            party=party,
        )
    elif proof.moved:
        yield _n(
            "The others can bring it to {count} state from there. {Party} prefers that to the one it left, or can "
            "then move to one that it prefers.",
            "The others can bring it to {count} states from there. {Party} prefers each of them to the one it left, or "
            "can then move to one that it prefers.",
            others,
            count=size(others),
            party=party,
        )
    else:
        yield _n(
            "The others can bring it to {count} state from there, which {party} prefers to the one it left.",
            "The others can bring it to {count} states from there, each of which {party} prefers to the one it left.",
            others,
            count=size(others),
            party=party,
        )


def _seen(witness: Witness, evidence: Evidence, party: str) -> Iterator[str]:
    """Tell how the party sees where it is, where it could go and where that would end."""
    if not witness.answers:
        return
    first, here = witness.answers[0], share_words(evidence.standing)
    gain = share_words(first.standing)
    end = _last(first).end
    if end is None:
        yield _s(
            "{Party} ranks {here} of all states below this one, and {gain} below the one it can improve to.",
            "{Party} rank {here} of all states below this one, and {gain} below the one they can improve to.",
            party,
            here=here,
            gain=gain,
        )
        return
    yield _s(
        "{Party} ranks {here} of all states below this one, {gain} below the one it could improve to, and {end} "
        "below the one in which the answer ends.",
        "{Party} rank {here} of all states below this one, {gain} below the one they could improve to, and {end} "
        "below the one in which the answer ends.",
        party,
        here=here,
        gain=gain,
        end=share_words(end),
    )


def _last(answer: Answer) -> Answer:
    """Return the last of the answers that are told: to what most tempts the party after each, as far as shown."""
    while answer.afterwards is not None and answer.afterwards.answers:
        answer = answer.afterwards.answers[0]
    return answer


def share_words(seen: Standing) -> str:
    """Return what share of the states a party ranks lower, in percent and cut off, so that 100 is never said of less.

    Examples
    --------
    >>> share_words(Standing("better", 2, 3)), share_words(Standing("worse", 1, 2000))
    ('66%', '0.05%')
    """
    digits = 0
    while digits < 4 and seen.lower and not 100 * 10**digits * seen.lower // seen.of:
        digits += 1
    cut = 100 * 10**digits * seen.lower // seen.of
    return _("{number}%", number=decimal(cut / 10**digits, digits))


def _level(concept: str, evidence: Evidence, party: str) -> Iterator[str]:
    """Tell what the party can secure, or be held to, where that is defined."""
    if evidence.levels is None:
        return
    name = level_of(EVERY[concept].rounds)
    level = evidence.levels.maximin if name == "maximin" else evidence.levels.minimax
    if level is None:
        return
    values = {"party": party, "level": share_words(level.standing), "here": share_words(evidence.standing)}
    if not level.standing.lower:
        yield (
            _("Whatever it does, {party} cannot be sure of more than what it likes least.", party=party)
            if name == "maximin"
            else _("The others can hold {party} down to what it likes least.", party=party)
        )
    elif name == "maximin":
        yield _(
            "Whatever the others do, {party} can secure a state above {level} of all states in its order, and no more; "
            "this one stands above {here}.",
            **values,
        )
    else:
        yield _(
            "Once the others have settled what they do, {party} can always get to a state above {level} of all states "
            "in its order, and they can keep it from more; this one stands above {here}.",
            **values,
        )


def _flip(model: Model, witness: Witness, evidence: Evidence, party: str) -> Iterator[str]:
    """Tell the one comparison that would turn the verdict."""
    turned = evidence.flip
    if not evidence.flip_sought:
        yield _("Which single comparison of {party} would turn this verdict has not been looked for.", party=party)
        return
    if turned is None:
        if witness.reason != "no move":
            yield _("No single comparison of {party} decides this verdict.", party=party)
        return
    values = {"party": party, "state": state_words(model, turned.state)}
    if witness.stable:
        told = _("The verdict would turn if {party} preferred one more state to this one: {state}.", **values)
    else:
        told = _("The verdict would turn if {party} did not prefer one of the states to this one: {state}.", **values)
    yield " ".join([told, *_apart(turned.groups)])


def _apart(groups: int | None) -> Iterator[str]:
    if groups == 0:
        yield _("It likes the two equally well now.")
    elif groups is not None:
        yield _n(
            "In its order of wishes the two are {n} step apart.",
            "In its order of wishes the two are {n} steps apart.",
            groups,
        )
