"""What a claim may give as its reason: a wish, an option, an outcome, all that a party wants, or a reading."""

from __future__ import annotations

import re
from itertools import chain

from .formula import OptionAtom, OutcomeAtom
from .scope import Fault, LanguageError, Scope
from .sentences import ApplyReading, Cause, OfParty, StatementRef

_STATEMENT = re.compile(r"(\S+) ([0-9]{1,6})")


def parse_cause(text: str, scope: Scope) -> Cause:
    """Read the reason of a claim.

    A party goes before an outcome or option of its name, and these before a reading: no two of the first three can
    share a name.

    Raises
    ------
    LanguageError
        For a name that the model does not have.

    Examples
    --------
    >>> scope = Scope(parties=("up",), options=("up.release",), outcomes=("peace",), readings=("proud",))
    >>> parse_cause("up 2", scope), parse_cause("release", scope), parse_cause("up", scope)
    (StatementRef(party='up', number=2), OptionAtom(id='up.release'), OfParty(party='up'))
    """
    scope = scope.afresh()
    found = _cause(text, scope)
    if scope.faults:
        raise LanguageError(text, scope.faults)
    return found


def _cause(text: str, scope: Scope) -> Cause:
    if match := _STATEMENT.fullmatch(text):
        return StatementRef(scope.find_party(match[1], 0), int(match[2]))
    if text in scope.parties:
        return OfParty(text)
    if text in scope.outcomes:
        return OutcomeAtom(text)
    if text in scope.options or scope.owners(text):
        return OptionAtom(scope.find_option(text, 0) or text)
    if text in scope.readings or text in scope.answers:
        return ApplyReading(scope.find_reading(text, 0))
    known = chain(scope.parties, scope.outcomes, scope.options, scope.readings)
    hint = (
        scope.nearest(text, known)
        or "write a wish (usa 2), an option, an outcome, a party or a reading; a claim is none"
    )
    scope.faults.append(Fault(0, "unknown-name", f"there is nothing called '{text}' that could be a reason", hint))
    return ApplyReading(text)


def cause_text(cause: Cause) -> str:
    """Return a reason as the file has it.

    Examples
    --------
    >>> cause_text(StatementRef("up", 2)), cause_text(OfParty("up"))
    ('up 2', 'up')
    """
    match cause:
        case StatementRef(party, number):
            return f"{party} {number}"
        case OptionAtom(name) | OutcomeAtom(name) | OfParty(name) | ApplyReading(name):
            return name
