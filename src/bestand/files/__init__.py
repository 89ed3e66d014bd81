"""Models as text and back. Importing this loads no YAML reader, no schema and no grammar; reading a file does."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bestand.model.model import Model

    from .document import Document

__all__ = ["dumps", "json_schema", "load", "loads", "open_document", "read_document", "save"]


def load(path_or_slug: str | PathLike[str]) -> Model:
    """The model of a file, or of a case of the catalogue where no such file exists.

    Raises
    ------
    CallError
        When there is neither, or it is a folder, or cannot be read.
    ModelError
        When the file holds no valid model; ``problems`` lists all that is wrong with it.
    """
    return open_document(path_or_slug).valid()


def loads(text: str | bytes) -> Model:
    """The model of a text.

    Raises
    ------
    ModelError
        When it holds no valid model.

    Examples
    --------
    >>> model = loads("{bestand: 1, title: Dam, parties: {up: {options: {release: {}}}}}")
    >>> model.options[0].id
    'up.release'
    """
    return read_document(text).valid()


def open_document(path_or_slug: str | PathLike[str]) -> Document:
    """A file or case as read, with every problem. Raises `CallError` when there is none."""
    from bestand.model.errors import CallError

    from .catalogue import find
    from .text import read_bytes

    name = str(path_or_slug)
    try:
        exists = Path(name).exists()
    except (OSError, ValueError) as error:
        raise CallError(f"there is no file '{name[:80]}'") from error
    return read_document(read_bytes(Path(name)) if exists else find(name).read_bytes(), name)


def read_document(source: bytes | str, name: str = "the model") -> Document:
    """Return what a text holds: its model, if it is one, and every problem at its place. Never raises on bad input."""
    from .document import read_document as read

    return read(source, name)


def dumps(model: Model) -> str:
    """The text of a model. Reading it back gives an equal model."""
    from .write import dumps as write

    return write(model)


def save(model: Model, path: str | PathLike[str]) -> None:
    """Write a model to a file.

    Over an existing file, comments, order and ways of writing are kept wherever the model did not change.
    The new text is written beside the file and then takes its place: there is never half a file.
    """
    from .saving import save as write

    write(model, Path(path))


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a model file, for editors."""
    from .for_editors import json_schema as schema

    return schema()
