"""A tree put to the schema: a form without what is wrong with it, and reports in plain words of what is."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from bestand.model.errors import nearest
from bestand.model.fault import Path
from bestand.model.foreign import listed
from bestand.model.model import FORMAT_VERSION

from .foreign import table
from .places import Report
from .schema import TAGS, Form, ModelForm, OpenForm, StatementForm
from .tree import MappingNode, ScalarNode, plain

_REQUIRED: dict[str, Any] = {"bestand": str(FORMAT_VERSION), "title": "", "parties": {}}


def read_form(report: Report) -> ModelForm | None:
    """The form of a file, every entry that is wrong reported and left empty; None when there is nothing to go by."""
    if not isinstance(report.root, MappingNode):
        if (other := table(report.text)) is not None:
            report.add((), "other-program", f"this is {other.what}, and no model", other.hint)
            return None
        stands = "a list" if not isinstance(report.root, ScalarNode) else "a text"
        report.add(
            (), "wrong-type", f"a model is keys with values, and {stands} stands here", "begin with 'bestand: 1'"
        )
        return None
    data = plain(report.root)
    if not _right_version(data, report):
        return None
    for again in (False, True, True, True):  # what is wrong only later comes of what was left out, and is not told
        try:
            return ModelForm.model_validate(data)
        except ValidationError as error:
            found = error.errors(include_url=False)
        for wrong in found:
            path = tuple(step for step in wrong["loc"] if step not in TAGS)
            if not again:
                _tell(wrong, path, report)
            if wrong["type"] == "extra_forbidden":
                _forget(data, path)
            else:
                _leave_out(data, path, whole=again or wrong["type"] == "missing")
    return None  # pragma: no cover - two rounds settle every form there is


def _right_version(data: dict[str, Any], report: Report) -> bool:
    """Whether the rest of the file can be read: not when it is in a newer format, whose rules nobody knows here."""
    version = data.get("bestand")
    if not isinstance(version, str):
        return True
    if not (version.isascii() and version.isdecimal()) or not version.strip("0"):
        report.add(
            ("bestand",),
            "bad-version",
            f"'{version}' is no version of the format",
            f"write 'bestand: {FORMAT_VERSION}'",
        )
    elif len(version.lstrip("0")) > 9 or int(version) > FORMAT_VERSION:
        message = f"the file is in format {version}, and this program reads formats up to {FORMAT_VERSION}"
        report.add(("bestand",), "newer-version", message, "update bestand")
        return False
    return True


def _tell(wrong: Any, path: Path, report: Report) -> None:
    if not report.room():
        return  # what is valid here is not looked up in vain
    stands = wrong["input"]
    match wrong["type"]:
        case "extra_forbidden":
            _unknown_key(path, report)
        case "missing":
            form = form_at(path[:-1])
            report.add(
                path, "missing-key", f"{form.called if form else 'this'} needs the key '{path[-1]}'", _example(path)
            )
        case "literal_error":
            valid = [word.strip(" '") for word in wrong["ctx"]["expected"].replace(" or ", ", ").split(",")]
            hint = (nearest(stands, valid) if isinstance(stands, str) else None) or f"write {' or '.join(valid)}"
            report.add(path, "bad-value", f"{_described(stands)} cannot stand here; valid: {', '.join(valid)}", hint)
        case "truth":
            report.add(path, "bad-value", f"{_described(stands)} is neither yes nor no", "write yes or no")
        case "empty_level":
            report.add(
                path, "empty", "a level without wishes stands here", "name wishes that are level, or leave it out"
            )
        case "level_in_level":
            message = "a list in the list of a level stands here, and a level holds no levels"
            report.add(path, "nested-level", message, "write one list: [[a, b], c] has a and b level, before c")
        case kind:
            expected = _EXPECTED.get(kind, "something else")
            code = "empty" if stands is None else "wrong-type"
            report.add(
                path,
                code,
                f"{expected} is expected here, and {_described(stands)} stands here",
                _type_hint(kind, stands, path),
            )


_EXPECTED = {
    "string_type": "a text",
    "list_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "state_or_formula": "a text, or a list of texts,",
}


def _unknown_key(path: Path, report: Report) -> None:
    key, form = str(path[-1]), form_at(path[:-1]) or ModelForm
    known = [*_keys(form)]
    hint = nearest(key, known) or f"its keys are {', '.join(known)}"
    if " " in key.strip():
        hint = "a text with a comma inside { } needs quotes"
    report.add(path, "unknown-key", f"'{key}' is no key of {form.called}", hint)


def _example(path: Path) -> str | None:
    return {
        "bestand": "begin with 'bestand: 1'",
        "title": "write 'title: …'",
        "parties": "name at least one party",
    }.get(str(path[-1]))


def _type_hint(kind: str, stands: Any, path: Path) -> str | None:
    if kind == "string_type" and isinstance(stands, (dict, list)):
        return "put a text that holds ': ' or begins with '[' or '{' in quotes"
    if kind == "list_type" and isinstance(stands, str) and path[-1] == "ranking" and (ranking := listed(stands)):
        return f"write {_short(ranking, 200)}"
    if kind == "list_type" and isinstance(stands, str):
        return f"write [{_short(stands)}]"
    if kind in ("dict_type", "model_type") and stands is not None:
        return _mapping_hint(path)
    return None


def _mapping_hint(path: Path) -> str:
    """Say how to write the mapping that is expected at a path."""
    form, inside = form_at(path), form_at((*path, "NAME"))
    if form is not None:
        return f"its keys are {', '.join(_keys(form))}"
    if inside is None:
        return "write each entry as NAME: …"
    needed = [key for key, field in _keys(inside).items() if field.is_required()] or [*_keys(inside)][:1]
    return f"write each entry as NAME: {{{', '.join(f'{key}: …' for key in needed)}}}"


def _keys(form: type[Form]) -> dict[str, FieldInfo]:
    """Return what a mapping of the file may have, by key."""
    return {field.alias or name: field for name, field in form.model_fields.items() if name != "opened"}


def _described(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case list():
            return "a list"
        case dict():
            return "a mapping (key: value)"
        case _:
            return f"'{_short(value)}'"


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _forget(data: Any, path: Path) -> None:
    """Remove an unknown key, unless the mapping around it is gone already."""
    for step in path[:-1]:
        data = data[step]
        if data is None:
            return
    del data[path[-1]]


def _leave_out(data: Any, path: Path, *, whole: bool) -> None:
    """Empty the entry at a path; with ``whole``, the entry around it."""
    path = path[:-1] if whole and len(path) > 1 else path
    steps: tuple[Any, ...] = path
    for depth, step in enumerate(steps):
        inner: Any = data.get(step) if isinstance(data, dict) else data[step]
        if depth == len(steps) - 1 or not isinstance(inner, (dict, list)):
            data[step] = _REQUIRED.get(str(step)) if depth == 0 else None
            return
        data = inner


def form_at(path: Path) -> type[Form] | None:
    """The form that stands at a path of a file, by the declarations alone.

    Examples
    --------
    >>> form_at(("parties", "up", "options", "release")).__name__
    'OptionForm'
    """
    if path[:1] == ("open",) and isinstance(path[1:2] and path[1], int):  # the older form is a list
        return OpenForm if len(path) == 2 else None
    kind: Any = ModelForm
    for step in path:
        if kind is StatementForm and isinstance(step, int):
            continue  # a level of such, where one can stand
        if isinstance(kind, type) and issubclass(kind, Form):
            field = _keys(kind).get(str(step))
            kind = None if field is None else field.annotation
        else:
            kind = get_args(kind)[-1] if get_origin(kind) in (dict, list, Mapping) else None
        kind = _bare(kind)
    return kind if isinstance(kind, type) and issubclass(kind, Form) else None


def _bare(kind: Any) -> Any:
    """A type without what stands around it: ``Annotated[X | None, …]`` is about X."""
    while True:
        arguments = [part for part in get_args(kind) if part is not type(None)]
        if get_origin(kind) is typing.Annotated or (arguments and get_origin(kind) not in (dict, list)):
            kind = arguments[0]
        else:
            return kind
