"""``bestand coalitions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from . import DONE, STOPPED
from .common import (
    Concepts,
    Json,
    Lang,
    ModelName,
    Words,
    command,
    open_model,
    print_json,
    say,
    speak,
    split,
    with_readings,
)
from .watching import LimitFlags, watching

if TYPE_CHECKING:
    from bestand.questions.coalitions.answer import Coalitions, MergedPlayers

_Name = Annotated[str | None, Parameter(show_default=False)]
_Flag = Annotated[bool, Parameter(negative="")]


@command
def coalitions(
    model: ModelName,
    *,
    state: _Name = None,
    to: _Name = None,
    members: Words = None,
    size: int | None = None,
    pareto: _Flag = False,
    sanctioners: str = "subcoalitions",
    concepts: Concepts = None,
    merge: Words = None,
    reading: Words = None,
    list: int = 1000,  # noqa: A002 - the flag is called --list
    lang: Lang = None,
    json: Json = False,
    limits: LimitFlags | None = None,
) -> int:
    """Who would leave an equilibrium together, and for what? Which equilibria last against every coalition?

    A coalition improves on a state where its members, moving one after another, can bring things to a state that each
    of them prefers; the steps on the way need not be gains. Under gmr, smr and seq the others may answer. Coalitions of
    two parties and more are looked at unless told: single parties are what bestand analyse is about.

    Parameters
    ----------
    model
        A YAML file, a case of the catalogue, or - for standard input.
    state
        Ask about this state instead of the equilibria: status-quo, bits (0110), a label of the file, or the yes
        options with commas between them (none: no option).
    to
        Who could get from the state (the status quo unless told) to this one, together or alone, and would each gain? A
        state as for --state, or a formula such as 'ceasefire and not ukraine.cede'.
    members
        Only the coalition of these parties, by id or name, with commas between them.
    size
        Only the coalitions of so many parties; 1 for single parties.
    pareto
        A coalition moves already where some of its members gain and none loses; else each has to gain.
    sanctioners
        Who answers under seq: subcoalitions of the others, or parties, one at a time.
    concepts
        Of nash, gmr, smr and seq; all four unless told.
    merge
        Something else: take these parties for one player, who changes all their options in one move where each of
        them gains, and ask what is stable then.
    reading
        Apply these readings of the model first (bestand readings MODEL lists them).
    list
        How many equilibria of a kind --json lists, the nearest first.
    lang
        The language of the answer, en or nl; that of the model unless told.
    json
        Print one JSON document instead.
    """
    from bestand.answer.data import stopped_data
    from bestand.document.terminal import show
    from bestand.model.errors import CallError, LimitReached
    from bestand.questions.coalitions.answer import coalitions_in, merged_in

    if list < 0:
        raise CallError(f"--list {list}: give 0 or more")
    other = {"--state": state, "--to": to, "--members": members, "--size": size, "--pareto": pareto or None}
    if merge is not None and any(value is not None for value in other.values()):
        flag = next(flag for flag, value in other.items() if value is not None)
        raise CallError(f"--merge asks about merged players, {flag} about coalitions; give one of the two")
    readings = split(reading)
    asked = split(concepts) if concepts else None
    with watching(limits) as watch:
        watch.phase("reading the model")
        under = with_readings(speak(lang, open_model(model).valid(), json=json), readings)
        try:
            if merge is not None:
                found: Coalitions | MergedPlayers = merged_in(under, split(merge), asked, watch)
            else:
                found = coalitions_in(
                    under,
                    state=state,
                    to=to,
                    members=None if members is None else split(members),
                    size=size,
                    concepts=asked,
                    pareto=pareto,
                    sanctioners=sanctioners,
                    watch=watch,
                )
        except LimitReached as error:
            error.known = {**stopped_data(under, str(error)), "readings": [*readings]}
            raise
        told = () if json else tuple(found.parts(readings))
        document = {**found.data(list), "readings": [*readings]} if json else None
    if document is not None:
        print_json(document)
    show(told)
    if found.stopped:
        say(f"bestand: {found.stopped}; this is a part of the answer")
        return STOPPED
    return DONE
