"""Formulas in the signs of other programs, put into this language: what a hint can offer to write instead.

Understood are ``& | ! ~ -x -> <-> ∧ ∨ ¬ →``, ``AND OR NOT IMPLIES IFF`` in capitals, ``a IF b`` (of option
prioritizing), ``no x``, ``x=Y``, ``x = no``, and options by their numbers (``1 & -2``), counted from 1 as in GMCR II.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = re.compile(
    r"\s*(?:(?P<iff><->|<=>|↔|⇔)|(?P<implies>->|=>|→|⇒)|(?P<is>==?)|(?P<and>&&?|∧)|(?P<or>\|\|?|∨)|(?P<not>[!~¬-])"
    r"|(?P<bracket>[()])|(?P<word>[\w.]+(?:-\w+)*))"
)
_CAPITALS = {"AND": "and", "OR": "or", "NOT": "not", "IMPLIES": "implies", "IFF": "iff", "IF": "if", "if": "if"}
_TRUTH = {"y": True, "yes": True, "true": True, "1": True, "n": False, "no": False, "false": False, "0": False}


def translated(text: str, options: Sequence[str] = ()) -> str | None:
    """Return a formula of another notation in this language; None where nothing in it is foreign, or it is not read.

    Parameters
    ----------
    text : str
    options : sequence of str
        Option ids, for formulas that call options by numbers.

    Examples
    --------
    >>> translated("-release & (attack -> !pay)")
    'not release and (attack implies not pay)'
    >>> translated("escalate IF attack"), translated("release=Y"), translated("1 & -2", ["up.a", "up.b"])
    ('attack implies escalate', 'release', 'up.a and not up.b')
    >>> translated("release and no pay")
    'release and not pay'
    >>> translated("release and pay") is None
    True
    """
    words = _words(text)
    if words is None:
        return None
    numbers = [word for word in words if word.isdecimal()]
    if numbers and all(1 <= int(word) <= len(options) for word in numbers) and "is" not in words:
        words = [options[int(word) - 1] if word.isdecimal() else word for word in words]
    words = _turned(_negated(_assigned(words)))
    said = _spaced(words)
    return None if said == " ".join(text.split()) else said


def _words(text: str) -> list[str] | None:
    """Return the words and signs of a text, each sign as the word it stands for; None where one is not known."""
    found: list[str] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            return None
        kind, written = token.lastgroup, token.group(token.lastgroup)
        found.append(_CAPITALS.get(written, written) if kind in ("word", "bracket") else kind)
        at = token.end()
    return found


def _assigned(words: list[str]) -> list[str]:
    """Return words in which ``x is yes`` is x, and ``x is no`` is not x; of anything else, if and only if."""
    found: list[str] = []
    k = 0
    while k < len(words):
        truth = _TRUTH.get(words[k + 2].lower()) if words[k + 1 : k + 2] == ["is"] and k + 2 < len(words) else None
        if truth is None:
            found.append("iff" if words[k] == "is" else words[k])
            k += 1
        else:
            found += [words[k]] if truth else ["not", words[k]]
            k += 3
    return found


def _negated(words: list[str]) -> list[str]:
    """Return words in which ``no x`` is not x."""
    signs = {"and", "or", "implies", "iff", "if", ")", "is"}
    before = {"", "(", "not", "no", *signs - {")", "is"}}
    return [
        "not" if word == "no" and ahead not in signs and behind in before else word
        for behind, word, ahead in zip(["", *words], words, [*words[1:], ")"], strict=False)
    ]


def _turned(words: list[str]) -> list[str]:
    """Return words in which ``a if b`` is ``b implies a``: the one outside brackets."""
    depth = 0
    for k, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if word == "if" and not depth:
            return [*_bracketed(words[k + 1 :]), "implies", *_bracketed(words[:k])]
    return words


def _bracketed(words: list[str]) -> list[str]:
    return ["(", *words, ")"] if {"implies", "iff", "if"} & set(words) else words


def _spaced(words: list[str]) -> str:
    return " ".join(words).replace("( ", "(").replace(" )", ")")


def listed(ranking: str) -> str | None:
    """Return a ranking that is written as a text, best first, as the list that a file has; None where it is not read.

    States are set apart by ``>``, commas or spaces; equally good ones stand in brackets of any kind, or between ``~``
    or ``=``.

    Examples
    --------
    >>> listed("1 > 2 > {3, 4} > 5"), listed("1 ~ 2 > 3"), listed("1 2 3")
    ('[1, 2, [3, 4], 5]', '[[1, 2], 3]', '[1, 2, 3]')
    """
    plain = re.sub(r"[~=]", "~", re.sub(r"[\[{(]", " [ ", re.sub(r"[\]})]", " ] ", ranking)))
    tokens = re.findall(r"[\[\]>~,;]|[^\s\[\]>~,;]+", plain)
    groups: list[list[str]] = []
    inside = joined = False
    for token in tokens:
        if token in "[]":
            if inside == (token == "["):
                return None
            inside, joined = token == "[", False
            groups += [[]] if inside else []
        elif token == "~":
            joined = True
        elif token not in ">,;":
            if (inside or joined) and groups:
                groups[-1].append(token)
            else:
                groups.append([token])
            joined = False
    if inside or not groups or not all(groups):
        return None
    return _list([group[0] if len(group) == 1 else _list(group) for group in groups])


def _list(items: Sequence[str]) -> str:
    return f"[{', '.join(items)}]"
