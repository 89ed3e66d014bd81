"""The tables of concepts in docs/concepts.md, made of the registry, and what has to be written there by hand.

python tools/concepts.py update   # write the tables, and say what is missing elsewhere
python tools/concepts.py check    # exit status 1 where anything is not what the registry says
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from bestand.prose.concepts import concept_meaning
from bestand.prose.names import concept_name
from bestand.questions.explain.symbols import definition
from bestand.stability.concept import Concept
from bestand.stability.registry import CONCEPTS, EVERY, weaker

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "concepts.md"
REFERENCES = ROOT / "references.bib"
TABLES = {
    "usual": lambda: CONCEPTS.values(),
    "others": lambda: [concept for concept in EVERY.values() if concept.id not in CONCEPTS],
}
_HEAD = "| concept | id | stable for a party, in words | in symbols | published in |\n| --- | --- | --- | --- | --- |\n"


def page(old: str) -> str:
    """Return the page with its tables made anew."""
    for name, concepts in TABLES.items():
        begin, end = f"<!-- concepts, {name}: made by tools/concepts.py -->\n", "\n<!-- end of concepts -->"
        before, _, rest = old.partition(begin)
        after = rest.partition(end)[2]
        old = f"{before}{begin}\n{_HEAD}{''.join(map(_row, concepts()))}{end}{after}"
    return old


def _row(concept: Concept) -> str:
    words = [concept_name(concept.id), _linked(concept.id), concept_meaning(concept.id), f"`{definition(concept.id)}`"]
    return f"| {' | '.join([*words, ', '.join(_published(concept)) or 'nowhere: ours'])} |\n"


def _linked(id: str) -> str:
    """Return an id, with the page about it where there is one."""
    there = (PAGE.parent / "concepts" / f"{id}.md").exists()
    return f"[`{id}`](concepts/{id}.md)" if there else f"`{id}`"


def _published(concept: Concept) -> Iterator[str]:
    """Yield the keys of the sources of a concept's names, each once."""
    yield from dict.fromkeys(f"`{key}`" for key in concept.names.values())


def by_hand(text: str) -> Iterator[str]:
    """Yield what is missing or wrong in the page where it is written by hand, and in the references."""
    keys = set(re.findall(r"^@\w+\{(\w+),", REFERENCES.read_text("utf-8"), re.MULTILINE))
    for concept in EVERY.values():
        for key in dict.fromkeys(concept.names.values()):
            if key not in keys:
                yield f"{REFERENCES.name} has no entry '{key}', which the concept {concept.id} names"
    yield from _arrows(_section(text, "Which contains which"))
    yield from _symbols(re.findall(r"^\| (.*?) \| ", text.partition("\n| symbol | meaning |\n")[2], re.MULTILINE))


def _section(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def _arrows(section: str) -> Iterator[str]:
    """Compare the arrows that are written with what follows from the rounds."""
    chains = re.findall(r"`\w[\w-]*`(?: → `\w[\w-]*`)+", section)
    written = {pair for chain in chains for pair in pairwise(re.findall(r"`([\w-]+)`", chain))}
    follows = {narrow: set(weaker(narrow)) for narrow in EVERY}
    for narrow, wide in sorted(written):
        if wide not in follows.get(narrow, ()):
            yield f"'Which contains which' says `{narrow}` → `{wide}`, which does not follow from their rounds"
    for narrow, wider in follows.items():
        nearest = wider - {far for near in wider for far in follows[near]}
        for wide in (each for each in EVERY if each in nearest):
            if (narrow, wide) not in written:
                yield f"'Which contains which' does not say `{narrow}` → `{wide}`"


def _symbols(explained: list[str]) -> Iterator[str]:
    """Compare the symbols that are explained with those in the definitions."""
    states = {word for symbol in explained for word in re.findall(r"\bs\d+\b", symbol)}
    for concept in EVERY.values():
        for sign in (f"{reply.sign}(s)" for reply in concept.replies):
            if sign not in explained:
                yield f"the symbols do not explain {sign}, with which {concept.id} is defined"
        for state in dict.fromkeys(re.findall(r"\bs\d+\b", definition(concept.id))):
            if state not in states:
                yield f"the symbols do not explain {state}, with which {concept.id} is defined"


def main() -> int:
    """Write the tables, or say that they are not current; say what is missing where it is written by hand."""
    old = PAGE.read_text("utf-8")
    new = page(old)
    missing = list(by_hand(new))
    for line in missing:
        print(line, file=sys.stderr)
    if sys.argv[1:] == ["update"]:
        PAGE.write_text(new, "utf-8")
        return 0
    if new != old:
        print(f"{PAGE.name} is not current: run tools/concepts.py update", file=sys.stderr)
    return int(new != old or bool(missing))


if __name__ == "__main__":
    sys.exit(main())
