"""What can go wrong, as values: every error of the library derives from `BestandError`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Literal

from .message import Message, Sayable, counted, message
from .values import FrozenMap

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, or doubtful, in a model file.

    Parameters
    ----------
    line, column : int
        Where it stands in the file, both counted from 1; 0 where the model did not come from a file.
    code : str
        A stable, machine-readable name, such as ``unknown-option``.
    severity : {"error", "warning"}
        An error keeps the model from being used, a warning does not.
    message : str
        What stands there and what would be valid.
    hint : str or None
        The nearest valid thing, or how to mend it.
    consequence : str or None
        Of something doubtful: what comes of it.
    at : str or None
        Of something doubtful: where, in the words by which the file may accept it (``usa 3``, ``rule 1``).
    because : str or None
        The reason for which the file accepts it; None where it does not.

    Examples
    --------
    >>> print(Problem(3, 7, "unknown-key", "error", "'titel' is no key of a model", "did you mean 'title'?"))
    3:7: error: 'titel' is no key of a model; did you mean 'title'? [unknown-key]
    """

    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str | None = None
    consequence: str | None = None
    at: str | None = None
    because: str | None = None

    def __str__(self) -> str:
        place = f"{self.line}:{self.column}: " if self.line else ""
        at = f"{self.at}: " if self.at else ""
        told = "; ".join(filter(None, [self.message, self.consequence, self.hint]))
        return f"{place}{self.severity}: {at}{told} [{self.code}]"


class BestandError(Exception):
    """The root of every error that the library raises on purpose."""


class CallError(BestandError, ValueError):
    """The call is wrong: an unknown concept, engine, party, state, reading or slug."""


class MissingExtra(CallError):
    """What was asked for needs a package that is not installed; the message says how to get it.

    Parameters
    ----------
    need : str
        What needs what: "PDF needs typst".
    extra : str
        The extra of bestand that brings it.
    """

    def __init__(self, need: str, extra: str) -> None:
        self.need, self.extra = need, extra
        super().__init__(f'{need}: pip install "bestand[{extra}]", in a checkout: uv run --extra {extra} bestand …')

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return type(self), (self.need, self.extra)


class ModelError(BestandError, ValueError):
    """The model is not valid. ``problems`` lists everything that is wrong with it, in the order of the file."""

    def __init__(self, problems: Iterable[Problem], name: str = "the model") -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.name = name
        super().__init__(self.problems, name)

    def __str__(self) -> str:
        errors = [p for p in self.problems if p.severity == "error"]
        told = [f"{self.name}:{problem}" if problem.line else str(problem) for problem in errors]
        return "\n".join([f"{self.name}: {len(errors)} error{'s'[: len(errors) != 1]}", *told])


Limit = Literal["seconds", "states", "memory", "machine"]


@dataclass(frozen=True, slots=True)
class Stop(Sayable):
    """Why a computation ended before its time, as data; ``str`` says it in English.

    Parameters
    ----------
    message : Message
        What says so. Its place ``{limit}``, where it has one, is filled with the limit's value, and ``{phase}`` with
        what was being done.
    limit : {"seconds", "states", "memory", "machine"}
        Which limit was reached; the machine's is the memory that it has.

    Examples
    --------
    >>> print(time_over(1, Message("listing the states")))
    stopped after 1 second, while listing the states
    """

    limit: Limit

    @property
    def phase(self) -> str | None:
        """Return what was being done, in English."""
        phase = self.message.values.get("phase")
        return None if phase is None else str(phase)


def time_over(seconds: float, phase: Message | None = None) -> Stop:
    """Return the stop of a computation that had so many seconds."""
    limit = counted("{n} second", "{n} seconds", seconds)
    if phase is None:
        return Stop(message("stopped after {limit}", limit=limit), "seconds")
    return Stop(message("stopped after {limit}, while {phase}", limit=limit, phase=phase), "seconds")


class LimitReached(BestandError):
    """A limit stopped the computation.

    Parameters
    ----------
    limit : {"seconds", "states", "memory", "machine"} or Stop
        Which; or the stop as a whole, which then is all there is to give.
    text : str
        The sentence that says so, with named places.
    **values
        What fills them.

    Attributes
    ----------
    stop : Stop
        The limit, as data.
    known : mapping of str to object, or None
        What can be said all the same, as plain data, where whoever passes the error on has put it there.
    """

    known: Mapping[str, object] | None = None

    def __init__(self, limit: Limit | Stop, text: str = "", /, **values: object) -> None:
        self.stop = limit if isinstance(limit, Stop) else Stop(Message(text, values=FrozenMap(values)), limit)
        super().__init__(self.stop)

    @property
    def limit(self) -> Limit:
        """Return which limit: ``seconds``, ``states`` or ``memory``."""
        return self.stop.limit


class TooManyStates(LimitReached):
    """The states do not fit the engine, or the limit that was set."""

    def __init__(self, text: str | Stop, /, **values: object) -> None:
        super().__init__(text if isinstance(text, Stop) else Stop(Message(text, values=FrozenMap(values)), "states"))


MAX_SUGGESTIONS = 20  # the nearest name is looked up for so many faults of a file: among many names it takes long
_COMPARED = 1_000  # names that a word is compared with


def nearest(word: str, known: Iterable[str]) -> str | None:
    """A "did you mean" for a mistyped word, or None when nothing known is close; the first thousand names are known.

    Examples
    --------
    >>> nearest("titel", ["title", "parties"])
    "did you mean 'title'?"
    """
    close = get_close_matches(word, list(islice(known, _COMPARED)), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else None
