"""The parser of `language.lark`, from tables that were worked out beforehand.

Working them out takes a tenth of a second, a twentieth of the time of a whole answer; reading them takes a twentieth of
that. They stand in `language.json` beside the grammar and are used only if they were made from this very grammar by
this very lark; otherwise the grammar is read. ``python tools/compile_grammar.py`` makes them anew.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lark import Lark

STARTS = ["formula", "changes", "check"]


@cache
def parser() -> Lark:
    """The parser, LALR(1) with a contextual lexer; it can begin with a formula, changes or a check."""
    import lark  # a tenth of a second: only where a text is read

    source = _resource("language.lark")
    made = json.loads(_resource("language.json") or "{}", object_pairs_hook=_numbered)
    if made.get("made_from") == _origin(source):
        return lark.Lark.load(made["tables"])
    return _from_grammar(source)


def tables() -> str:
    """Return what `language.json` should hold, as text."""
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    source = _resource("language.lark")
    data, memo = _from_grammar(source).memo_serialize([TerminalDef, Rule])
    document = {"made_from": _origin(source), "tables": {"data": data, "memo": memo}}
    return json.dumps(document, separators=(",", ":"), sort_keys=True) + "\n"


def _from_grammar(source: str) -> Lark:
    from lark import Lark

    return Lark(source, parser="lalr", lexer="contextual", start=STARTS)


def _origin(source: str) -> str:
    import lark

    return f"lark {lark.__version__}, grammar {sha256(source.encode()).hexdigest()}"


def _resource(name: str) -> str:
    found = resources.files("bestand.model").joinpath(name)
    return found.read_text("utf-8") if found.is_file() else ""


def _numbered(pairs: list[tuple[str, Any]]) -> dict[str | int, Any]:
    """JSON knows names only; the tables go by numbers too."""
    return {int(name) if name.isdigit() else name: value for name, value in pairs}
