"""The tables of concepts in docs/concepts.md, made of the registry.

python tools/concepts.py update   # write them
python tools/concepts.py check    # exit status 1 where they are not what the registry says
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bestand.prose.concepts import concept_meaning
from bestand.prose.names import concept_name
from bestand.questions.explain.symbols import definition
from bestand.stability.concept import Concept
from bestand.stability.registry import CONCEPTS, EVERY

PAGE = Path(__file__).parents[1] / "docs" / "concepts.md"
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


def main() -> int:
    """Write the tables, or say that they are not current."""
    old = PAGE.read_text("utf-8")
    new = page(old)
    if sys.argv[1:] == ["update"]:
        PAGE.write_text(new, "utf-8")
        return 0
    if new != old:
        print(f"{PAGE.name} is not current: run tools/concepts.py update", file=sys.stderr)
    return int(new != old)


if __name__ == "__main__":
    sys.exit(main())
