"""``bestand new``."""

from __future__ import annotations

import os
from importlib import resources

from .common import command
from .ending import say


@command
def new(file: str) -> None:
    """Write an annotated model to start from: a small conflict with everything explained beside it.

    Parameters
    ----------
    file
        Where to write it; an existing file is never overwritten. - prints it.
    """
    from bestand.files.placing import placeable, put
    from bestand.model.errors import CallError

    text = resources.files("bestand.command").joinpath("starter.yaml").read_text("utf-8")
    if file == "-":
        print(text, end="")
        return
    if os.path.lexists(file):
        raise CallError(f"'{file}' exists already and is left as it is; choose another name")
    placeable(file)
    put(file, text)
    say(f"Wrote {file}. Next: bestand check {file}, then bestand analyse {file}")
