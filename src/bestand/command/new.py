"""``bestand new``."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from .common import command, say


@command
def new(file: str) -> None:
    """Write an annotated model to start from: a small conflict with everything explained beside it.

    Parameters
    ----------
    file
        Where to write it; an existing file is never overwritten. - prints it.
    """
    from bestand.model.errors import CallError

    text = resources.files("bestand.command").joinpath("starter.yaml").read_text("utf-8")
    if file == "-":
        print(text, end="")
        return
    try:
        with Path(file).open("x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError:
        raise CallError(f"'{file}' exists already and is left as it is; choose another name") from None
    except OSError as error:
        raise CallError(f"cannot write '{file}': {error.strerror}") from error
    say(f"Wrote {file}. Next: bestand check {file}, then bestand analyse {file}")
