"""The command line. A command is one module; it loads what it needs when it runs."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bestand.version import __version__

from .arrange import arranged, hint
from .ending import DONE, WRONG_CALL, say
from .supervisor import supervised
from .table import COMMANDS, commands, known

if TYPE_CHECKING:
    from cyclopts import App, CycloptsError

_WRITES = ("--svg", "--png", "--output", "-o")  # flags with a file to write, which may be standard output

_PROLOGUE = """\
Does a plan hold, among parties who can each walk away?

MODEL is a YAML file, a case of the catalogue such as press/wynia2025/ukraine, or - for standard input.
"""

_EPILOGUE = """\
Start here:  bestand analyse press/wynia2025/ukraine   then   bestand new my.yaml

Exit status: 0 done, 1 the file holds no valid model, 2 the call is wrong, 3 stopped at a limit.
"""


def _app(words: Sequence[str]) -> App:
    from cyclopts import App

    helping = not words or not {"--help", "-h"}.isdisjoint(words)  # what sets help in paragraphs takes long to load

    app = App(
        name="bestand",
        help=_PROLOGUE,
        help_epilogue=_EPILOGUE,
        help_format="markdown" if helping else "plaintext",
        version=__version__,
    )
    for name, about in (commands() if helping else dict.fromkeys(known(words[0]), "")).items():
        app.command(_home(name), name=name, help=about)
    return app


def _home(name: str) -> str:
    """Return where the function of a command is, to be loaded when it is called."""
    module = name.replace("-", "_")
    return f"bestand.command.{module}:{module}" if name in COMMANDS else f"bestand.command.doors:{module}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    # A command is short. Looking for garbage while modules load, and starting threads for matrices that are never
    # multiplied, cost a twentieth of its time each.
    gc.set_threshold(100_000)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.stdin is None:  # closed by whoever called: no file that is opened may stand in its place
        os.open(os.devnull, os.O_RDONLY)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a letter that the terminal has not is no reason to stop
    words = sys.argv[1:] if arguments is None else arguments
    sys.exit(supervised(words, run))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit status (see the contract in ``--help``)."""
    from cyclopts import CycloptsError

    try:
        words = _dash_last(arranged(arguments))
        status = _app(words)(words, exit_on_error=False, print_error=False, result_action="return_value")
        sys.stdout.flush()
    except CycloptsError as error:
        command = " ".join(["bestand", *(error.command_chain or ())])
        say(f"bestand: {hint(arguments) or _complaint(error)}\nSee: {command} --help")
        return WRONG_CALL
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        _stop_writing()
        return DONE
    except OSError as error:  # the disk is full, say
        _stop_writing()
        file = "" if error.filename is None else f"'{error.filename}': "
        say(f"bestand: {file}{error.strerror or error}")
        return WRONG_CALL
    return status if isinstance(status, int) else DONE


def _complaint(error: CycloptsError) -> str:
    """Return what is wrong with a call."""
    unused = getattr(error, "unused_tokens", None)
    flags = [word for word in unused or () if word.startswith("-")]  # one that there is not is named, with a hint
    if unused and not flags and error.command_chain:  # else it is about a command that there is not
        return f"there is no place for '{' '.join(unused)}' in this call"
    return str(error)


def _dash_last(arguments: Sequence[str]) -> list[str]:
    """The arguments with ``-`` behind ``--``, since it stands for standard input and is no flag.

    Behind the name of a file to write it stands for standard output, and stays there.
    """
    arguments = _joined(arguments)
    if "-" not in arguments or "--" in arguments:
        return arguments
    return [*(word for word in arguments if word != "-"), "--", *(word for word in arguments if word == "-")]


def _joined(arguments: Sequence[str]) -> list[str]:
    """The arguments, ``--svg -`` as one."""
    joined: list[str] = []
    for word in arguments:
        if word == "-" and joined and joined[-1] in _WRITES:
            joined[-1] += "=-"
        else:
            joined.append(word)
    return joined


def _stop_writing() -> None:
    """Let what is still to be written to standard output go nowhere."""
    with suppress(OSError):  # it may be no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
