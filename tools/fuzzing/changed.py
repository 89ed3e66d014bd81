"""What inputs are made of: models that there are, and changes in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ODD = [
    *(
        "",
        " ",
        "-",
        "--",
        "~",
        "null",
        "true",
        "no",
        "on",
        "0",
        "-1",
        "1e400",
        ".nan",
        "0x1F",
        "9" * 30,
        "9" * 5000,
        "01",
        "1_0",
    ),
    *("é", "e\u0301", "\u0663", "\u202e", "\ufeff", "\u2028", "\x85", "\x00", "\x1b[31m", "\U0001f600", "ﬁ", "ß", "İ"),
    *("{", "}", "[", "]", ":", ": ", "- ", "? ", "#", ",", "|", ">", "'", '"', "\t", "\n", "\r\n", "\\", "%", "@", "`"),
    *("&a ", "*a", "<<: *a", "!!python/object:os.system ", "!x ", "---\n", "...\n", "%YAML 1.1\n", "&a [*a]"),
]


@cache
def corpus() -> list[str]:
    """Models of the catalogue, the start of a new one, and those of the tests; small ones several times."""
    sources = ROOT / "src" / "bestand"
    folders = (sources / "cases", sources / "command", ROOT / "tests" / "reference" / "data")
    texts = [path.read_text("utf-8") for folder in folders for path in sorted(folder.rglob("*.yaml"))]
    return [text for text in texts for _ in range(1 + 20_000 // len(text))]


@cache
def words() -> list[str]:
    """Words and signs that mean something in a model, or are odd."""
    return [*ODD, *sorted({word for text in corpus() for word in re.findall(r"[\w.-]+:?|\S", text)})]


def changed_text(random: Random, text: str, most: int = 4) -> str:
    """Return a text with some pieces taken away, put in, doubled, turned round or turned into others."""
    for _ in range(random.randint(1, most)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((0, 1, 1, 3, 20, 200)))
        piece = text[start:end]
        odd = chr(random.randrange(0x250))
        word = random.choice(words())
        put = random.choice(("", odd, word, word, f" {word} ", piece * 2, piece[::-1], piece.swapcase()))
        text = text[:start] + put + text[end:]
    return text


def changed_tree(random: Random, tree: Any) -> Any:
    """Return what a file holds with one thing in it changed: a key, a value, its kind, its place."""
    everything = list(nodes(tree))
    parents = [node for node in everything if isinstance(node, dict | list) and node]
    if not parents:
        return tree
    parent = random.choice(parents)
    key = random.choice([*parent] if isinstance(parent, dict) else range(len(parent)))
    match random.randrange(7):
        case 0:
            del parent[key]
        case 1 if isinstance(parent, dict):
            parent[changed_text(random, str(key), 1)] = parent.pop(key)
        case 2:
            parent[key] = random.choice([None, [], {}, [[]], {"": ""}, "x" * 3000, random.choice(words())])
        case 3 | 4 if isinstance(parent[key], str):
            parent[key] = changed_text(random, parent[key], 2)
        case 5:
            parent[key] = _many(random, parent[key])
        case _:
            parent[key] = json.loads(json.dumps(random.choice(everything)))
    return tree


def _many(random: Random, value: Any) -> Any:
    """Return many of the same: a text joined to itself, a list over and over, a mapping with more keys."""
    many = random.choice((2, 20, 200))
    if isinstance(value, str):
        return random.choice((" and ", " or ", " implies ", ", ", " ")).join([value] * many)
    if isinstance(value, dict):
        return {f"{key}{k}": inner for key, inner in value.items() for k in range(1 + many // len(value))}
    return [value] * many


def nodes(tree: Any) -> Iterator[Any]:
    """Every part of what a file holds."""
    yield tree
    for inner in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(inner)
