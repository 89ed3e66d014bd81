"""The catalogue of messages: what the source says to people, and what the other languages make of it.

    python tools/messages.py update   # take the messages out of the source into the .po files, and compile them
    python tools/messages.py check    # what is missing or wrong, and where; exit status 1 if anything is
    python tools/messages.py json     # every message in every language, for a front end

The source says ``_("whole sentence")``, ``_n(one, many, count)``, ``_s(one, many, subject)`` and
``_p(context, message)`` (`bestand.prose`), and keeps ``message("whole sentence")`` and ``counted(one, many, count)`` to
be said later (`bestand.model.message`).
The English words are the keys. A ``.po`` file is edited by hand; the ``.mo`` file beside it is what the program reads.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "bestand"
LOCALE = SOURCE / "locale"
DOMAIN = "bestand"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_n": (1, 2),
    "_p": ((1, "c"), 2),
    "_s": (1, 2),
    "message": None,  # these keep what they say for later: `bestand.model.message`, `bestand.model.errors`
    "counted": (1, 2),
    "LimitReached": (2,),
    "TooManyStates": (1,),
    "phase": (1,),  # what a `Watch` names when it stops
    "room": (2,),
}
PLURAL = {"nl": "nplurals=2; plural=(n != 1);"}
_HEAD = """\
# The messages of bestand. The keys are the English words of the source: edit only what follows msgstr,
# then run: python tools/messages.py update"""
KINDS = ("missing", "fuzzy", "obsolete", "places", "call", "bypass", "compiled")


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong with a message: what kind of fault, where it is, and what stands there."""

    kind: str
    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}: {self.words}"


# ---- the messages of the source ----


def sources() -> list[Path]:
    """Every file that may speak to people."""
    return sorted(SOURCE.rglob("*.py"))


def extracted() -> Catalog:
    """The messages of the source, each file's in the order in which they stand there."""
    found = Catalog(domain=DOMAIN, fuzzy=False)
    for path in sources():
        name = path.relative_to(SOURCE).as_posix()
        with path.open("rb") as file:
            calls = extract("python", file, keywords=KEYWORDS, options={"encoding": "utf-8"})
            for _line, message, _comments, context in calls:
                found.add(message, locations=[(name, 0)], context=context)
    return found


def languages() -> list[str]:
    """The languages that there is a catalogue for, besides English."""
    return sorted(path.parts[-3] for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def po_file(lang: str) -> Path:
    """Where the messages of a language are written by hand."""
    return LOCALE / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


class Plain(Catalog):
    """A catalogue with a head without dates and names, which would change when nothing does."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What stands in its head."""
        return [
            ("Language", str(self.locale)),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", PLURAL[str(self.locale)]),
        ]


def written(lang: str) -> Plain:
    """The catalogue of a language as it is written by hand."""
    with po_file(lang).open("rb") as file:
        by_hand = read_po(file, locale=lang, domain=DOMAIN)
    catalog = Plain(locale=lang, domain=DOMAIN, header_comment=_HEAD, fuzzy=False)
    catalog.obsolete.update(by_hand.obsolete)
    for message in by_hand:
        if message.id:
            catalog[message.id] = message
    return catalog


# ---- update ----


def update(*, drop: bool = False) -> None:
    """Bring the files of every language up to date with the source.

    Parameters
    ----------
    drop : bool
        Forget the translations of messages that the source no longer has; unless told they stay, marked ``#~``, to be
        used for what has come instead.
    """
    template = extracted()
    for lang in languages():
        catalog = written(lang)
        for message in catalog.obsolete.values():  # the source may have it again
            catalog[message.id] = message
        catalog.obsolete.clear()
        catalog.update(template, no_fuzzy_matching=True)
        for key, message in [*catalog.obsolete.items()]:
            if not any(_forms(message.string)):
                del catalog.obsolete[key]
        with po_file(lang).open("wb") as file:
            write_po(file, catalog, width=118, ignore_obsolete=drop, include_lineno=False)
        mo_file(lang).write_bytes(compiled(written(lang)))


def _key(message: Message) -> tuple[str, str | None, str | None]:
    """What tells a message from the others: its words, those for many, and its context."""
    one, many = (*message.id, None)[:2] if isinstance(message.id, tuple) else (message.id, None)
    return one, many, message.context


def _forms(string: str | Sequence[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ())


# ---- compiled ----


def mo_file(lang: str) -> Path:
    """Where the compiled messages of a language are."""
    return po_file(lang).with_suffix(".mo")


def compiled(catalog: Catalog) -> bytes:
    """A catalogue in the format that gettext reads, the same bytes for the same messages."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


# ---- check ----


def check() -> list[Fault]:
    """Everything that is wrong with the messages, in the order of the kinds and then of the places."""
    found: list[Fault] = []
    for path in sources():
        found += source_faults(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
    template = extracted()
    for lang in languages():
        found += language_faults(template, written(lang), lang)
        if not mo_file(lang).is_file() or mo_file(lang).read_bytes() != compiled(written(lang)):
            place = mo_file(lang).relative_to(ROOT).as_posix()
            found.append(Fault("compiled", place, f"is not what {po_file(lang).name} compiles to; run update"))
    return sorted(found, key=lambda fault: (KINDS.index(fault.kind), fault.place))


def language_faults(template: Catalog, catalog: Catalog, lang: str) -> Iterator[Fault]:
    """What is wrong with the messages of one language: missing, fuzzy, obsolete, or with other places."""
    there = {_key(message): message for message in catalog if message.id}
    for message in template:
        if not message.id:
            continue
        mine = there.pop(_key(message), None)
        place = f"{lang}: {message.locations[0][0]}"
        if mine is None or not all(_forms(mine.string) or ("",)):
            yield Fault("missing", place, repr(_forms(message.id)[0]))
        elif mine.fuzzy:
            yield Fault("fuzzy", place, repr(_forms(message.id)[0]))
        else:
            yield from _place_faults(message, mine, place)
    for message in [*there.values(), *catalog.obsolete.values()]:
        yield Fault("obsolete", lang, f"{_forms(message.id)[0]!r} is no message of the source")


def _place_faults(message: Message, mine: Message, place: str) -> Iterator[Fault]:
    """A form of a plural may leave out the number, but no other place."""
    wanted = set().union(*map(places, _forms(message.id)))
    for words in _forms(mine.string):
        try:
            differ = wanted ^ places(words)
        except ValueError as error:
            yield Fault("places", place, f"{words!r}: {error}")
            continue
        if differ - ({"n"} if message.pluralizable else set()):
            yield Fault("places", place, f"{_forms(message.id)[0]!r} and {words!r} differ in {sorted(differ)}")


def places(words: str) -> set[str]:
    """The named places of a message; ``{Party}`` is the place ``party`` at the beginning of a sentence."""
    names = (name for _text, name, _spec, _conversion in Formatter().parse(words) if name is not None)
    return {name[:1].lower() + name[1:] for name in names}


# ---- what the source does with its messages ----

_SPEAKS = {"_": 1, "_n": 2, "_p": 2, "_s": 2, "message": 1, "counted": 2}  # how many literals come first
_KEPT = ("message", "counted")
_TOLD = {"paragraph": 1, "heading": 1, "Paragraph": 1, "Heading": 1, "Figure": 3, "table": 2, "Table": 2}
_WORD = re.compile(r"[^\W\d_]{2}")
_FREE = re.compile(r"#\s*no message:\s*\S")  # a line that says why what stands there is no message


def source_faults(text: str, name: str) -> Iterator[Fault]:
    """What is wrong in a source file: calls that cannot be extracted or filled, words that bypass the catalogue."""
    tree, lines = ast.parse(text), text.splitlines()
    bypasses = _strict_bypasses if _all_words_are_told(name) else _bypasses
    for look, kind in ((_call_faults, "call"), (bypasses, "bypass")):
        for line, words in look(tree):
            if kind == "call" or not any(_FREE.search(lines[at]) for at in (line - 1, max(line - 2, 0))):
                yield Fault(kind, f"{name}:{line}", words)


def _all_words_are_told(name: str) -> bool:
    """Whether every string with words in a file is there for people to read: the modules that make an answer."""
    path = Path(name)
    return (path.parent.name == "prose" and path.stem != "messages") or path.stem.rpartition("_")[2] in (
        "words",
        "phrases",
    )


def _call_faults(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for call in _calls(tree, _SPEAKS):
        speaks = _name(call)
        literals = call.args[: _SPEAKS[speaks]]
        told = [node.value for node in literals if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        if len(told) < _SPEAKS[speaks]:
            wrong = next((node for node in literals if not isinstance(node, ast.Constant)), call)
            what = "an f-string" if isinstance(wrong, ast.JoinedStr) else "no literal"
            mend = (
                f"give the sentence and named places; messages are found by name: another function than the {speaks} "
            )
            mend += f"of bestand.{'model.message' if speaks in _KEPT else 'prose.messages'} needs another name"
            yield call.lineno, f"{ast.unparse(call)[:80]}: {what} in {speaks}(…); {mend}"
            continue
        yield from ((call.lineno, words) for words in _unfilled(call, speaks, told))


def _unfilled(call: ast.Call, speaks: str, told: list[str]) -> Iterator[str]:
    """Places that a call does not fill, and values that no place takes."""
    messages = told[1:] if speaks == "_p" else told
    try:
        wanted = set().union(*map(places, messages))
    except ValueError as error:
        yield f"{messages[0]!r}: {error}"
        return
    if any(keyword.arg is None for keyword in call.keywords):  # **values
        return
    given = {keyword.arg for keyword in call.keywords}
    filled = {"n"} if speaks in ("_n", "counted") else {"party", "parties"} if speaks == "_s" else set[str]()
    for name in sorted(wanted - given - filled):
        yield f"{messages[0]!r}: nothing fills {{{name}}}"
    for name in sorted(str(name) for name in given - wanted - filled):
        yield f"{messages[0]!r}: {name} has no place"


def _bypasses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Words that are put on a page without the catalogue."""
    for call in _calls(tree, _TOLD):
        for argument in call.args[: _TOLD[_name(call)]]:
            yield from _words(argument)


def _strict_bypasses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string with words in it that does not go through the catalogue, save what is seldom for people.

    That is: single words (keys, ids), what documents the source, what is raised, asserted or compared with, and what a
    progress bar says.
    """
    yield from _bypasses(tree)
    direct = {id(node) for call in _calls(tree, _TOLD) for argument in call.args for node in ast.walk(argument)}
    yield from ((line, words) for line, words in _words(tree, direct) if " " in words.strip("'\""))


def _words(tree: ast.AST, known: Iterable[int] = ()) -> Iterator[tuple[int, str]]:
    """The strings with words under a node, besides those that are messages."""
    known = set(known)
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if id(node) in known and node is not tree:
            continue
        if isinstance(node, ast.Call) and _name(node) in _SPEAKS:
            waiting += [keyword.value for keyword in node.keywords]
        elif _is_not_told(node) and not isinstance(tree, ast.expr):
            continue
        elif isinstance(node, ast.Call):
            waiting += [*node.args, *(keyword.value for keyword in node.keywords), node.func]
        elif isinstance(node, ast.Subscript):
            waiting.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            literals = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            if _WORD.search(literals):
                yield node.lineno, ast.unparse(node)[:100]
            else:
                waiting += [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str) and _WORD.search(node.value):
                yield node.lineno, repr(node.value)[:100]
        else:
            documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
            children = list(ast.iter_child_nodes(node))
            if documented:
                children.remove(node.body[0])  # type: ignore[attr-defined]
            waiting += children


def _is_not_told(node: ast.AST) -> bool:
    progress = isinstance(node, ast.Call) and _name(node) == "phase"
    return progress or isinstance(node, ast.Raise | ast.Compare | ast.AnnAssign | ast.Assert)


def _calls(tree: ast.AST, names: Iterable[str]) -> Iterator[ast.Call]:
    names = set(names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in names:
            yield node


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id):
            return id
        case ast.Attribute(_, attr):
            return attr
    return ""


# ---- for a front end ----


def texts() -> dict[str, dict[str, str | list[str]]]:
    """Every message in every language: a sentence, or the forms of its plural; a context stands before U+0004."""
    template = [message for message in extracted() if message.id]
    told: dict[str, dict[str, str | list[str]]] = {"en": {_json_key(m): _json(m.id) for m in template}}
    for lang in languages():
        there = {_key(message): message.string for message in written(lang)}
        told[lang] = {
            _json_key(message): _json(there[_key(message)])
            for message in template
            if all(_forms(there.get(_key(message))) or ("",))
        }
    return told


def _json_key(message: Message) -> str:
    one = _forms(message.id)[0]
    return f"{message.context}\x04{one}" if message.context else one


def _json(string: Any) -> str | list[str]:
    return string if isinstance(string, str) else list(string)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the commands; returns the exit status."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("command", choices=["update", "check", "json"])
    parser.add_argument("--drop", action="store_true", help="update: forget translations of messages that are gone")
    asked = parser.parse_args(arguments)
    commands: dict[str, Callable[[], int]] = {
        "update": lambda: update(drop=asked.drop) or _told(check()) * 0,
        "check": lambda: int(_told(check()) > 0),
        "json": lambda: print(json.dumps(texts(), ensure_ascii=False, indent=1)) or 0,
    }
    return commands[asked.command]()


def _told(faults: Sequence[Fault]) -> int:
    """Print what is wrong; returns how much."""
    for fault in faults:
        print(fault)
    counts = {kind: sum(fault.kind == kind for fault in faults) for kind in KINDS}
    print(", ".join(f"{count} {kind}" for kind, count in counts.items() if count) or "nothing is wrong")
    return len(faults)


if __name__ == "__main__":
    sys.exit(main())
