"""Which names a text may use, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from itertools import chain

from .errors import MAX_SUGGESTIONS, BestandError, nearest
from .formula import FALSE, Formula, OptionAtom, OutcomeAtom, StateAtom, state_formula


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of a formula or sentence; ``offset`` counts its characters from 0."""

    offset: int
    code: str
    message: str
    hint: str | None = None


class LanguageError(BestandError, ValueError):
    """A formula, change or check that cannot be read. ``faults`` lists everything that is wrong with it."""

    def __init__(self, text: str, faults: Iterable[Fault]) -> None:
        self.text = text
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(text, self.faults)

    def __str__(self) -> str:
        said = []
        for fault in self.faults:
            hint = f"; {fault.hint}" if fault.hint else ""
            said.append(f"at character {fault.offset + 1} of {_short(self.text)}: {fault.message}{hint}")
        return "\n".join(said)


def _short(text: str, limit: int = 60) -> str:
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")


@dataclass(slots=True)
class Scope:
    """The names that a model gives to its parts. Looking one up collects a fault when it is unknown.

    Parameters
    ----------
    parties : tuple of str
        Party ids.
    options : tuple of str
        Option ids, ``party.option``.
    outcomes, readings, concepts : tuple of str
        What else may be named. An empty ``concepts`` accepts any.
    answers : mapping of str to tuple of str
        For whatever can be written for an answer to an open question, the names of those that may be meant. Where it
        is empty, ``readings`` stand for themselves.
    states : mapping of str to tuple of str
        The bits of the states that a label stands for; bit strings of the right length are accepted beside labels.
    faults : list of Fault
        What was not found, in the order of the look-ups.
    hints : list of int
        One number: for how many more faults the nearest name is looked up. Copies of a scope share it.
    """

    parties: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    hints: list[int] = field(default_factory=lambda: [MAX_SUGGESTIONS], repr=False)
    _full: frozenset[str] = field(init=False, repr=False)
    _outcomes: frozenset[str] = field(init=False, repr=False)
    _owners: dict[str, list[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._full, self._outcomes = frozenset(self.options), frozenset(self.outcomes)
        self._owners = {}
        for option in self.options:
            self._owners.setdefault(option.partition(".")[2], []).append(option)

    def afresh(self) -> Scope:
        """Return a scope of the same names in which nothing was looked up yet. O(1)."""
        fresh = copy(self)
        fresh.faults = []
        return fresh

    def atom(self, name: str, offset: int) -> Formula:
        """The option or outcome that a name in a formula stands for; `FALSE` beside a fault when none does."""
        if name in self._outcomes:
            return OutcomeAtom(name)
        option = self.find_option(name, offset, also=self.outcomes)
        return OptionAtom(option) if option else FALSE

    def find_option(self, name: str, offset: int, also: tuple[str, ...] = (), *, party: bool = False) -> str | None:
        """The full id of an option named in full, or in short where only one party has it.

        ``also`` are outcomes that could stand there too; ``party`` says that a party could.
        """
        full = [name] if name in self._full else self._owners.get(name, [])
        if len(full) == 1:
            return full[0]
        if full:
            self._fault(offset, "ambiguous-option", f"'{name}' may be {_listed(full)}", "write the party before it")
        else:
            what = "option or outcome" if also else "option or party" if party else "option"
            parties = self.parties if party else ()
            short = (short for short, owners in self._owners.items() if len(owners) == 1)
            hint = self.nearest(name, chain(self.options, also, parties, short))
            self._fault(
                offset, f"unknown-{'name' if also or party else 'option'}", f"there is no {what} '{name}'", hint
            )
        return None

    def owners(self, name: str) -> tuple[str, ...]:
        """Return the options of a short name."""
        return tuple(self._owners.get(name, ()))

    def nearest(self, name: str, known: Iterable[str]) -> str | None:
        """Return what was probably meant; None where nothing is near, or enough was told of what is."""
        if self.hints[0] <= 0:
            return None
        self.hints[0] -= 1
        return nearest(name, known)

    def find_party(self, name: str, offset: int) -> str:
        return self._find("party", name, offset, self.parties)

    def find_reading(self, name: str, offset: int) -> str:
        """The name of the answer to an open question that is meant."""
        meant = self.answers.get(name, ())
        if len(meant) == 1:
            return meant[0]
        if meant:
            hint = "write the question before it"
            self._fault(offset, "ambiguous-reading", f"'{name}' may be {_listed(meant)}", hint)
            return name
        return self._find("reading", name, offset, self.readings)

    def find_concept(self, name: str, offset: int) -> str:
        return self._find("concept", name, offset, self.concepts) if self.concepts else name

    def find_state(self, name: str, offset: int) -> str:
        return name if is_bits(name, len(self.options)) else self._find("state", name, offset, tuple(self.states))

    def state_atom(self, name: str, offset: int) -> Formula:
        """The state that a formula names; `FALSE` beside a fault when there is none."""
        self.find_state(name, offset)
        size = len(self.options)
        bits = (name,) if is_bits(name, size) else self.states.get(name, ())
        known = tuple(each for each in bits if is_bits(each, size))  # a label of no state is a fault where it is given
        return StateAtom(name, state_formula(self.options, known)) if known else FALSE

    def _find(self, what: str, name: str, offset: int, known: tuple[str, ...]) -> str:
        if name not in known:
            valid = self.nearest(name, known) or (
                f"known: {_listed(known)}" if known else f"the model has no {what} of its own"
            )
            if what == "state":
                valid = f"a state is its {len(self.options)} bits, or a label of the file"
            self._fault(offset, f"unknown-{what}", f"there is no {what} '{name}'", valid)
        return name

    def _fault(self, offset: int, code: str, message: str, hint: str | None) -> None:
        self.faults.append(Fault(offset, code, message, hint))


def is_bits(token: str, size: int) -> bool:
    """Return whether something is the bits of a state of so many options."""
    return len(token) == size and set(token) <= {"0", "1"}


def by_label(labels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the bits of the states that each label stands for, given the label of each state.

    Examples
    --------
    >>> by_label({"00": "calm", "01": "war", "11": "war"})
    {'calm': ('00',), 'war': ('01', '11')}
    """
    found: dict[str, tuple[str, ...]] = {}
    for bits, label in labels.items():
        found[label] = (*found.get(label, ()), bits)
    return found


def _listed(words: Iterable[str], most: int = 8) -> str:
    words = list(words)
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")
