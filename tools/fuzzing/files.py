"""Model files with changes in their structure, their text or their bytes."""

from __future__ import annotations

import re
from random import Random
from unicodedata import normalize

import yaml

from bestand.files import dumps, loads, read_document

from .changed import changed_text, changed_tree, corpus


def make(random: Random) -> bytes:
    """Return a file."""
    text = random.choice(corpus())
    if random.random() < 0.5:
        text = rearranged(random, text, random.randint(1, 3))
    if random.random() < 0.6:
        text = changed_text(random, text)
    source = bytearray(text.encode(errors="surrogatepass"))
    if random.random() < 0.1:
        for _ in range(random.randint(1, 3)):
            source.insert(random.randint(0, len(source)), random.randrange(256))
    return bytes(source)


def rearranged(random: Random, text: str, changes: int) -> str:
    """Return a file with some changes in its structure."""
    tree = yaml.load(text, yaml.BaseLoader)
    for _ in range(changes):
        tree = changed_tree(random, tree)
    style = random.choice((None, False))
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, default_flow_style=style)


def put(source: bytes) -> str:
    """Read a file: every problem has a place in it and says something, and a model is read back as it was written."""
    document = read_document(source, "fuzzed.yaml")
    lines = _lines(source)
    for problem in document.problems:
        assert problem.message.strip(), f"nothing is said: {problem!r}"
        assert 1 <= problem.line <= len(lines), f"no such line: {problem!r}"
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, f"no such column: {problem!r}"
    if document.model is None:
        assert any(problem.severity == "error" for problem in document.problems), "no model, and nothing is wrong"
        return "refused"
    assert loads(dumps(document.model)) == document.model, "another model is read back"
    return "read"


def _lines(source: bytes) -> list[str]:
    """The lines of a file, as YAML ends them."""
    text = normalize("NFC", source.decode(errors="replace").removeprefix("\ufeff"))
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)
