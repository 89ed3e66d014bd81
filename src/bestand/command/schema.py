"""``bestand schema``."""

from __future__ import annotations

from .common import command, print_json


@command
def schema() -> None:
    """Print the JSON Schema of the file format, for editors and other programs."""
    from bestand.files import json_schema

    print_json(json_schema())
