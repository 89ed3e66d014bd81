"""Saving a model over a file that a person wrote: what did not change stays as it is written, comments included."""

from __future__ import annotations

import io
import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bestand.model.errors import CallError
from bestand.model.model import Model

from .document import read_document
from .placing import put
from .text import read_bytes
from .write import as_data, dumps


def save(model: Model, path: Path) -> None:
    """Write a model to a file, keeping comments and order where a valid model stands there already.

    Raises
    ------
    ModelError
        When the model is not valid; the file is then left as it is.
    CallError
        When the file cannot be written; it is then left as it was.
    """
    text = dumps(model)
    if path.exists():
        text = _merged(model, path) or text
    put(path, text)


def _merged(model: Model, path: Path) -> str | None:
    """The file with the model's changes made in it, or None where that does not give the model."""
    try:
        document = read_document(read_bytes(path), str(path))
    except CallError:
        return None
    old = document.model
    if old is None or document.report is None:
        return None
    text = document.report.text
    if old == model and _key_orders(as_data(old)) == _key_orders(as_data(model)):
        return text
    try:
        merged = _edited(text, as_data(old), as_data(model), older=bool(document.report.moved))
        again = read_document(merged).model
    except Exception:  # whatever an editor of comments stumbles over, the canonical text is right
        return None
    return merged if again == model else None


def _key_orders(data: Any) -> Any:
    """Return what equality of dicts leaves out."""
    if isinstance(data, dict):
        return [(key, _key_orders(value)) for key, value in data.items()]
    return [_key_orders(item) for item in data] if isinstance(data, list) else data


_OLDER = ("readings", "open", "exclusions")  # where the older forms stand, and what is written in their place


def _edited(text: str, old: Any, new: Any, *, older: bool) -> str:
    """Return a text with changes made in it. What is open stays in an older form where nothing about it changes."""
    yaml = _round_trip(text)
    tree = yaml.load(text)
    if older and all(old.get(key) == new.get(key) for key in _OLDER):
        old, new = ({key: value for key, value in each.items() if key not in _OLDER} for each in (old, new))
    elif older:
        for key in _OLDER:
            tree.pop(key, None)
            old.pop(key, None)
    _change(tree, old, new)
    written = io.StringIO()
    yaml.dump(tree, written)
    return written.getvalue()


def _round_trip(text: str) -> Any:
    """A ruamel reader and writer that takes every scalar for text, as our own reader does, and keeps the indents."""
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.resolver import VersionedResolver

    class TextResolver(VersionedResolver):
        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            if kind is ScalarNode:
                return self.yaml_tag("null" if value == "" and implicit[0] else "str")
            return super().resolve(kind, value, implicit)

        @staticmethod
        def yaml_tag(name: str) -> Any:
            from ruamel.yaml.tag import Tag

            return Tag(suffix=f"tag:yaml.org,2002:{name}")

    yaml = YAML(typ="rt")
    yaml.Resolver = TextResolver
    yaml.preserve_quotes = True
    yaml.width = 10_000
    step, offset = _indentation(text)
    yaml.indent(mapping=step, sequence=offset + 2, offset=offset)
    return yaml


def _indentation(text: str) -> tuple[int, int]:
    """By how much the file indents a mapping and a list below their key: 2 and 2 unless it shows otherwise."""
    below = re.search(r"^( *)[\w-]+:[^\S\n]*(?:#.*)?\n(?: *(?:#.*)?\n)*(\1 +)[\w-]+:", text, re.MULTILINE)
    listed = re.search(r"^( *)[\w-]+:[^\S\n]*(?:#.*)?\n(?: *(?:#.*)?\n)*(\1 *)- ", text, re.MULTILINE)
    step = len(below[2]) - len(below[1]) if below else 2
    return step, len(listed[2]) - len(listed[1]) if listed else 2


def _change(node: Any, old: Any, new: Any) -> None:
    """Make in a ruamel node the changes that lead from ``old`` to ``new``, both as `as_data` has them."""
    if isinstance(new, dict):
        _change_mapping(node, old, new)
    else:
        _change_list(node, old, new)


def _change_mapping(node: Any, old: dict[str, Any], new: dict[str, Any]) -> None:
    keys = {key: _key_in(node, key) for key in {**old, **new}}
    for key in old.keys() - new.keys():
        node.pop(keys[key], None)
    for position, (key, value) in enumerate(new.items()):
        if key in old and old[key] == value and keys[key] in node:
            continue
        if key in old and _same_kind(node.get(keys[key]), old[key], value):
            _change(node[keys[key]], old[key], value)
        elif keys[key] in node:
            node[keys[key]] = _fresh(value)
        else:
            node.insert(min(position, len(node)), key, _fresh(value))


def _change_list(node: Any, old: list[Any], new: list[Any]) -> None:
    keys = [[repr(item) for item in items] for items in (old, new)]
    steps = SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    for step, start, end, new_start, new_end in reversed(steps):
        if step == "equal":
            continue
        pairs = min(end - start, new_end - new_start)
        for k in range(pairs):
            if _same_kind(node[start + k], old[start + k], new[new_start + k]):
                _change(node[start + k], old[start + k], new[new_start + k])
            else:
                node[start + k] = _fresh(new[new_start + k])
        for _ in range(start + pairs, end):
            del node[start + pairs]
        for item in reversed(new[new_start + pairs : new_end]):
            node.insert(start + pairs, _fresh(item))


def _key_in(node: Any, key: str) -> str:
    """The key as the file writes it: an option may stand there in short."""
    short = key.partition(".")[2]
    return short if key not in node and short in node else key


def _same_kind(node: Any, old: Any, new: Any) -> bool:
    """Return whether a node can be changed from within: all three are mappings, or lists as long as the file's."""
    if isinstance(new, dict):
        return isinstance(old, dict) and isinstance(node, dict)
    return isinstance(new, list) and isinstance(old, list) and isinstance(node, list) and len(node) == len(old)


def _fresh(value: Any) -> Any:
    """A new value, for ruamel."""
    from ruamel.yaml.comments import CommentedSeq

    from .write import Inline

    match value:
        case dict():
            return {key: _fresh(inner) for key, inner in value.items()}
        case Inline():
            items = CommentedSeq([_fresh(inner) for inner in value])
            items.fa.set_flow_style()
            return items
        case list():
            return [_fresh(inner) for inner in value]
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)
