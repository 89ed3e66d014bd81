"""Phrases from the model's own texts: who does what, in the words of the file.

What an option means (``says``) is a phrase in the third person of the present tense, to follow the name of its party:
"agrees to a ceasefire"; in the plural where the file says that the party is one (``plural``). The phrases made here are
like that. They go into main clauses: "Russia can improve: it {move}." In Dutch a clause with *if* or *that* would ask
for another order of words, so a message that holds a phrase is translated by a sentence in which the phrase follows its
party, with a colon or a coordinating word before it.

In a message, ``{Party}`` begins a sentence and ``{party}`` stands within one: "The United States …", "… the United
States".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bestand.model.model import Model
from bestand.model.truth import coalesced_in
from bestand.model.values import Option

from .messages import Subject, _, _s, language, listing

_NOS = 4  # things that parties leave, which are told where nobody does anything


def party_name(model: Model, party: str) -> Subject:
    """Tell what to call a party within a sentence: what the file says (``called``), else its name, else its id.

    With its id where another is called so.

    Examples
    --------
    >>> from bestand.model.values import Party
    >>> party_name(Model("", (Party("usa", "United States", called="the United States"),)), "usa")
    'the United States'
    """
    found = model.party[party]
    name = found.called or found.title
    return Subject(f"{name} ({party})" if party in model.homonyms else name, plural=found.is_plural(language()))


def party_names(model: Model, parties: Iterable[str]) -> Subject:
    """Tell what to call some parties, in a row: a plural unless it is one that is none.

    Examples
    --------
    >>> from bestand.model.values import Party
    >>> names = party_names(Model("", (Party("up", "Upstream"), Party("down", "Downstream"))), ["up", "down"])
    >>> str(names), names.plural
    ('Upstream and Downstream', True)
    """
    named = [party_name(model, party) for party in parties]
    return Subject(listing(named), plural=len(named) > 1 or any(name.plural for name in named))


def option_words(model: Model, option: str, yes: bool = True) -> str:
    """Tell what a party does that takes an option (``yes``), or leaves it, as a phrase to follow the name of the party.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> options = Option("up.keep", Grounds(says="keeps the water")), Option("up.threaten")
    >>> model = Model("Dam", (Party("up", options=options),))
    >>> option_words(model, "up.keep"), option_words(model, "up.keep", yes=False)
    ('keeps the water', 'does not choose “keeps the water”')
    >>> option_words(model, "up.threaten")
    'takes “threaten”'
    """
    found = model.options[model.bit[option]]
    says, says_no = _phrase(found.grounds.says), _phrase(found.says_no)
    name = party_name(model, found.party)
    if yes:
        return says or _s("takes “{option}”", "take “{option}”", name, option=found.name)
    if says_no:
        return says_no
    if says:
        return _s("does not choose “{says}”", "do not choose “{says}”", name, says=says)
    return _s("does not take “{option}”", "do not take “{option}”", name, option=found.name)


def move_words(model: Model, origin: int, target: int, mover: str | None = None) -> str:
    """What a mover does that leads from one state to another (bit masks), as a phrase to follow the name of the party.

    What it takes stands before what it drops. Where nothing changes: "changes nothing". Where commitments are in the
    model, and the mover is given, what they change is told apart.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> options = Option("up.keep", Grounds(says="keeps the water")), Option("up.threaten")
    >>> model = Model("Dam", (Party("up", options=options),))
    >>> move_words(model, 0b01, 0b10)
    'takes “threaten” and no longer keeps the water'
    """
    if coalesced_in(model, origin) or coalesced_in(model, target):  # no options tell which member is left or reached
        changed = [option.party for k, option in enumerate(model.options) if (origin ^ target) >> k & 1]
        mover, state = party_names(model, changed[:1]), state_cell(model, target)
        return _s("moves to {state}", "move to {state}", mover, state=state)
    if mover is None or not model.commitments:
        return _change_words(model, origin, target)
    own = sum(1 << model.bit[option.id] for option in model.party[mover].options)
    moved = origin ^ (origin ^ target) & own
    words = _change_words(model, origin, moved)
    if moved == target:
        return words
    return _("{move} (by itself then: {changes})", move=words, changes=difference_words(model, moved, target))


def _change_words(model: Model, origin: int, target: int) -> str:
    changed = [option for k, option in enumerate(model.options) if (origin ^ target) >> k & 1]
    movers = [*dict.fromkeys(option.party for option in changed)]
    several = len(movers) > 1
    mover = party_names(model, movers[:1])  # several that move at once are told as one
    shared = {option.name for option in changed if several and [o.name for o in changed].count(option.name) > 1}
    taken = [option for option in changed if target >> model.bit[option.id] & 1]
    dropped = [option for option in changed if option not in taken]
    phrases = [*_phrases(mover, taken, shared, yes=True), *_phrases(mover, dropped, shared, yes=False)]
    return _row(phrases) if phrases else _("changes nothing")


def path_words(model: Model, start: int, path: Iterable[tuple[str, int]]) -> str:
    """Moves one after the other, states given as bit masks: "Russia agrees to a ceasefire, then Ukraine …".

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")),))
    >>> down = Party("down", "Downstream", (Option("down.pay"),))
    >>> path_words(Model("Dam", (up, down)), 0b01, [("down", 0b11), ("up", 0b10)])
    'Downstream takes “pay”, then Upstream no longer keeps the water'
    """
    steps: list[str] = []
    at = start
    for party, target in path:
        steps.append(_("{party} {move}", party=party_name(model, party), move=move_words(model, at, target, party)))
        at = target
    return in_turn(steps)


def in_turn(steps: Sequence[str]) -> str:
    """Steps one after the other: set apart by semicolons where one has a comma or an "and" of its own.

    Examples
    --------
    >>> in_turn(["Downstream pays", "Upstream waits"]), in_turn(["Downstream pays, and waits", "Upstream waits"])
    ('Downstream pays, then Upstream waits', 'Downstream pays, and waits; then Upstream waits')
    """
    apart = _compound(steps)
    told = "".join(steps[:1])
    for step in steps[1:]:
        told = (
            _("{steps}; then {step}", steps=told, step=step)
            if apart
            else _("{steps}, then {step}", steps=told, step=step)
        )
    return told


def difference_words(model: Model, origin: int, target: int) -> str:
    """Tell how a state differs from another (bit masks), party by party: clauses, "Russia agrees to a ceasefire and …".

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")),))
    >>> down = Party("down", "Downstream", (Option("down.pay"),))
    >>> difference_words(Model("Dam", (up, down)), 0b01, 0b10)
    'Upstream no longer keeps the water and Downstream takes “pay”'
    """
    clauses = []
    for party in model.parties:
        own = sum(1 << model.bit[option.id] for option in party.options)
        if (origin ^ target) & own:
            move = _change_words(model, origin & own, target & own)
            clauses.append(_("{party} {move}", party=party_name(model, party.id), move=move))
    return _clauses(clauses) if clauses else _("nothing changes")


def doing_words(model: Model, party: str, mask: int, *, whole: bool = False) -> str:
    """Tell what a party does in a state (bit mask), as a phrase to follow its name.

    Only what it takes is told; of a party that takes nothing, what that means where the file says it. With ``whole``,
    that is told of what a party leaves beside what it takes, too.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> up = Party("up", options=(Option("up.keep", Grounds(says="keeps the water")), Option("up.threaten")))
    >>> doing_words(Model("Dam", (up,)), "up", 0b11), doing_words(Model("Dam", (up,)), "up", 0)
    ('keeps the water and takes “threaten”', 'does nothing')
    """
    options = model.party[party].options
    taken = [option for option in options if mask >> model.bit[option.id] & 1]
    name = party_name(model, party)
    phrases = _phrases(name, taken, set(), yes=True)
    if whole or not taken:
        phrases = [*phrases, *(says for option in options if option not in taken and (says := _phrase(option.says_no)))]
    return _row(phrases) if phrases else _s("does nothing", "do nothing", name)


def state_words(model: Model, mask: int) -> str:
    """Tell what to call a state (bit mask) in a sentence.

    By its label; else as the status quo, or by what the parties do in it, or by how it differs from the status quo,
    whichever of the two is shorter.

    Examples
    --------
    >>> from bestand.model.values import FrozenMap, Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")), Option("up.threaten")))
    >>> model = Model("Dam", (up,), status_quo=frozenset(), labels=FrozenMap({"11": "5"}))
    >>> [state_words(model, mask) for mask in (0, 0b11, 0b01)]
    ['the status quo', 'state 5', 'the state in which Upstream keeps the water']
    """
    label = model.labels.get(model.bits(mask))
    if label is not None:
        return _("state {label}", label=label)
    if not mask:
        today = model.status_quo is not None and not model.status_quo
        return _("the status quo") if today else _("the state in which {doings}", doings=nothing_words(model))
    if model.status_quo is None:
        return _("the state in which {doings}", doings=difference_words(model, 0, mask))
    today = model.mask(model.status_quo)
    if mask == today:
        return _("the status quo")
    if _is_short(mask, today):
        return _("the state in which {doings}", doings=difference_words(model, 0, mask))
    return _("the status quo, but {changes}", changes=difference_words(model, today, mask))


def state_cell(model: Model, mask: int) -> str:
    """A state (bit mask) in a cell of a table or an entry of a list: as `state_words`, without the words around it.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> up = Party("up", "Upstream", (Option("up.keep", Grounds(says="keeps the water")), Option("up.threaten")))
    >>> state_cell(Model("Dam", (up,)), 0b11), state_cell(Model("Dam", (up,)), 0)
    ('Upstream keeps the water and takes “threaten”', 'nobody does anything')
    """
    label = model.labels.get(model.bits(mask))
    if label is not None:
        return _("state {label}", label=label)
    today = None if model.status_quo is None else model.mask(model.status_quo)
    if mask == today:
        return _("the status quo")
    if not mask:
        return nothing_words(model)
    if today is None or _is_short(mask, today):
        return difference_words(model, 0, mask)
    return _("the status quo, but {changes}", changes=difference_words(model, today, mask))


def nothing_words(model: Model) -> str:
    """Tell that no option is taken: by what a few options say then, or else that nobody does anything.

    Examples
    --------
    >>> from bestand.model.values import Grounds, Option, Party
    >>> pass_ = Option("up.open", Grounds(says="opens the pass"), "keeps the pass shut")
    >>> nothing_words(Model("Pass", (Party("up", "Upland", (pass_,)),)))
    'Upland keeps the pass shut'
    """
    said = sum(bool(option.says_no) for option in model.options)
    if not 0 < said <= _NOS:
        return _("nobody does anything")
    told = [
        _("{party} {move}", party=party_name(model, party.id), move=doing_words(model, party.id, 0))
        for party in model.parties
        if any(option.says_no for option in party.options)
    ]
    return _clauses(told)


def state_symbols(model: Model, mask: int) -> str:
    """A state (bit mask) as ``--state`` takes it: its label, or the options that are yes in it, or ``none``.

    Examples
    --------
    >>> from bestand.model.values import Option, Party
    >>> model = Model("Dam", (Party("up", options=(Option("up.keep"), Option("up.threaten"))),))
    >>> state_symbols(model, 0b11), state_symbols(model, 0)
    ('up.keep, up.threaten', 'none')
    """
    label = model.labels.get(model.bits(mask))
    return label if label is not None else ", ".join(model.taken(mask)) or "none"


def _is_short(mask: int, today: int) -> bool:
    """Tell whether what is done in a state is told more shortly than what changed since today."""
    return mask.bit_count() <= max(3, (mask ^ today).bit_count())


def _phrases(party: Subject, options: Sequence[Option], shared: set[str], *, yes: bool) -> list[str]:
    """Phrases for options that are taken, or dropped: those that say what they mean, then the names of the others."""
    told: list[str] = []
    names: list[str] = []
    for option in options:
        says, says_no = _phrase(option.grounds.says), _phrase(option.says_no)
        if says_no and not yes:
            told.append(says_no)
        elif says:
            # Translators: a phrase after the name of a party, such as "no longer agrees to a ceasefire". Where the
            # order of words would have to change, put what it says in quotes.
            told.append(says if yes else _("no longer {says}", says=says))
        else:
            names.append(_("“{name}”", name=option.id if option.name in shared else option.name))
    if names:
        told.append(
            _s("takes {options}", "take {options}", party, options=listing(names))
            if yes
            else _s("drops {options}", "drop {options}", party, options=listing(names))
        )
    return told


def _phrase(text: str | None) -> str:
    """A text of the file as part of a sentence: without the full stop that somebody wrote after it."""
    text = (text or "").strip()
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _row(phrases: Sequence[str]) -> str:
    """Tell what one party does, in a row.

    A comma stands before the last where a phrase has an "and" of its own; semicolons, where one of several has a comma.
    """
    if len(phrases) < 2 or not _compound(phrases):
        return listing(phrases)
    if len(phrases) > 2 and any("," in phrase or ";" in phrase for phrase in phrases):
        return _("{first}; and {last}", first="; ".join(phrases[:-1]), last=phrases[-1])
    return _("{first}, and {last}", first=", ".join(phrases[:-1]), last=phrases[-1])


def _clauses(clauses: Sequence[str]) -> str:
    """Tell what several parties do."""
    return "; ".join(clauses) if _compound(clauses) else listing(clauses)


def _compound(parts: Sequence[str]) -> bool:
    """Tell whether a part holds a comma, a semicolon or an "and" of its own, so that a plain row would be misread."""
    joint = listing([",", ";"]).split()  # with the word for "and"
    return any(word.endswith((",", ";")) or word in joint for part in parts for word in part.split())
