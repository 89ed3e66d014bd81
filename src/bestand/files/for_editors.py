"""The JSON Schema of a model file, made of the declarations of its form."""

from __future__ import annotations

from typing import Any

from .schema import SCALAR, Form, GroundedForm, ModelForm, QuestionForm

# Characters of an id, for programs that know no more of Unicode than that ASCII has signs: the first one, and the rest.
_FIRST, _NEXT = r"[^\x00-@\[-^`{-\x7f]", r"[^\x00-/:-@\[-^`{-\x7f]"
_NEXT_OR_DASH = r"[^\x00-,./:-@\[-^`{-\x7f]"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a model file, for editors.

    Examples
    --------
    >>> json_schema()["required"]
    ['bestand', 'title', 'parties']
    """
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "bestand-1.schema.json",
        **ModelForm.model_json_schema(by_alias=True),
    }
    schema["properties"]["bestand"] = {"const": 1, "description": "The version of the format."}
    for form in Form.__subclasses__() + GroundedForm.__subclasses__():
        if form.__name__ in schema["$defs"]:
            schema["$defs"][form.__name__] = _short_or_long(form, schema["$defs"][form.__name__])
    _with_questions(schema)
    named = {key: schema["properties"][key] for key in ("sources", "parties", "outcomes", "plans", "readings")}
    named |= {"open": schema["properties"]["open"]["anyOf"][0]}
    named |= {"answers": schema["$defs"]["QuestionForm"]["properties"]["answers"]}
    for key, entry in named.items():
        dashes = key in ("readings", "open", "answers")
        entry["propertyNames"] = {"pattern": f"^{_FIRST}{_NEXT_OR_DASH if dashes else _NEXT}*$"}
    _allow_empty(schema)
    return schema


def _with_questions(schema: dict[str, Any]) -> None:
    """Say that a mapping of questions may stand under `open`, beside the list that is its older form."""
    question = QuestionForm.model_json_schema(by_alias=True)
    schema["$defs"] |= {**question.pop("$defs"), "QuestionForm": question}
    older = schema["properties"]["open"]
    for key in ("default", "title"):
        older.pop(key, None)
    entry = {"anyOf": [{"$ref": "#/$defs/QuestionForm"}, {"type": "null"}]}
    newer = {"type": ["object", "null"], "additionalProperties": entry}
    told = ModelForm.model_fields["open"].description
    schema["properties"]["open"] = {"description": told, "anyOf": [newer, older]}


def _short_or_long(form: type[Form], schema: dict[str, Any]) -> dict[str, Any]:
    """Return where a text may stand for a mapping, say so; where one of some keys must be given, say that."""
    kinds: tuple[str, ...] = getattr(form, "kinds", ())
    if kinds:
        schema["oneOf"] = [{"required": [kind]} for kind in kinds]
    if form.short is None:
        return schema
    short = schema["properties"][form.short]
    choices = {key: short[key] for key in ("type", "enum") if key in short} or SCALAR
    return {"description": schema["description"], "anyOf": [choices, schema]}


def _allow_empty(schema: dict[str, Any]) -> None:
    """A list or mapping may be left empty, which YAML reads as null; defaults tell an editor's user nothing."""
    for part in (schema, *schema["$defs"].values()):
        for long in (part, *part.get("anyOf", ())):
            for entry in long.get("properties", {}).values():
                entry.pop("default", None)
                entry.pop("title", None)
                if entry.get("type") in ("object", "array"):
                    entry["type"] = [entry["type"], "null"]
