"""Putting what is finished in the place of a file: all of it, or nothing."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from os import PathLike
from pathlib import Path

from bestand.leaving import before_leaving
from bestand.model.errors import CallError

_LONGEST = 255  # bytes that file systems allow for a name


def placeable(path: str | PathLike[str]) -> None:
    """Find out whether a file can be written, before the work on what it will hold begins.

    Raises
    ------
    CallError
        When the path is a folder, or its folder does not exist or cannot be written.
    """
    try:
        wrong = _in_the_way(path)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from error
    if wrong:
        raise CallError(wrong)


def _in_the_way(path: str | PathLike[str]) -> str | None:
    """Return what keeps a file from being written."""
    target = Path(path)
    if len(os.fsencode(target.name)) > _LONGEST:
        return f"'{path}' cannot be written: the name of the file is too long"
    if target.is_dir():
        return f"'{path}' is a folder: name a file in it"
    folder = Path(os.path.realpath(target)).parent
    if not folder.is_dir():
        return f"'{path}' cannot be written: there is no folder '{folder}'"
    if not os.access(folder, os.W_OK):
        return f"'{path}' cannot be written: nothing can be written in the folder '{folder}'"
    return None


def put(path: str | PathLike[str], content: str | bytes) -> None:
    """Write a file: beside its place first, then into it, so that there is never half a file.

    Parameters
    ----------
    path : str or path
        Where a file stands already, it keeps its permissions; a link stays a link.
    content : str or bytes
        Text is written in UTF-8.

    Raises
    ------
    CallError
        When it cannot be written, as on a full disk; what stood there before is then as it was.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     put(Path(folder, "answer.txt"), "yes")
    ...     Path(folder, "answer.txt").read_text()
    'yes'
    """
    try:
        target = Path(os.path.realpath(path))
        data = content.encode() if isinstance(content, str) else content
        if target.exists() and not target.is_file():  # a device or a pipe, which nothing may take the place of
            with target.open("wb") as file:
                file.write(data)
        else:
            _replace(target, data)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from error


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name[:20]}.{secrets.token_hex(4)}")
    permissions = target.stat().st_mode & 0o777 if target.exists() else None

    def away() -> None:
        with suppress(OSError):
            beside.unlink(missing_ok=True)

    def opened(name: str, flags: int) -> int:  # nobody may read it before it is in its place who may not then
        return os.open(name, flags, 0o666 if permissions is None else permissions)

    with before_leaving(away):
        try:
            with open(beside, "xb", opener=opened) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if permissions is not None:
                beside.chmod(permissions)
            beside.replace(target)
        finally:
            away()


def _refused(path: str | PathLike[str], error: Exception) -> CallError:
    return CallError(f"'{path}' cannot be written: {getattr(error, 'strerror', None) or error}")
