"""What callers give, read where it is text: a model, a formula."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from bestand.files import load, open_document
from bestand.files.document import Document
from bestand.model.errors import CallError, nearest
from bestand.model.formula import Formula
from bestand.model.ids import is_id
from bestand.model.language import parse_formula
from bestand.model.model import Model
from bestand.model.scope import LanguageError
from bestand.model.values import Plan

AnyModel = Model | str | PathLike[str]


def model_of(given: AnyModel) -> Model:
    """A model, loaded where it is given by its path or slug. Raises what `load` raises."""
    if isinstance(given, Model):
        return given
    return load(given if isinstance(given, str) else Path(given))


def document_of(given: AnyModel) -> Document:
    """Return the file of a model as read, valid or not. Raises `CallError` where there is none."""
    if isinstance(given, Model):
        return Document("the model", given, ())
    return open_document(given if isinstance(given, str) else Path(given))


def formula_of(given: str | Formula, model: Model) -> Formula:
    """A formula about a model, read where it is text. Raises `CallError` where it cannot be read."""
    if not isinstance(given, str):
        return given
    try:
        return parse_formula(given, model.scope())
    except LanguageError as error:
        raise CallError(str(error)) from error


def plan_of(given: str | Formula, model: Model) -> Formula:
    """As `plan_meant`, its formula alone."""
    return plan_meant(given, model).formula


def plan_meant(given: str | Formula, model: Model) -> Plan:
    """A plan: one of several that a model has, by its id, or a formula, which then has no id unless it is one of them.

    Raises
    ------
    CallError
        For a name that is neither, and for a formula that cannot be read.
    """
    name = given.strip() if isinstance(given, str) else None
    if name in model.plan_named:
        return model.plan_named[name]
    try:
        formula = formula_of(given, model)
        return model.plan_of(formula) or Plan("", formula)
    except CallError as error:
        if not model.plans or name is None or not is_id(name):
            raise
        hint = nearest(name, (*model.plan_named, *model.outcome)) or f"plans: {', '.join(model.plan_named)}"
        raise CallError(f"there is no plan '{name}', and it is no formula either; {hint}") from error
