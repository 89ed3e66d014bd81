"""How a command ends: its exit status, and what is said to people on standard error."""

from __future__ import annotations

import sys
from contextlib import suppress

DONE, INVALID, WRONG_CALL, STOPPED = 0, 1, 2, 3


def say(message: str) -> None:
    """Write a message for people; answers go to standard output. What it quotes of a file cannot steer the terminal.

    Where nobody can read it, the exit status has to do.
    """
    from bestand.document.terminal import plain

    with suppress(OSError):
        print("\n".join(map(plain, message.split("\n"))), file=sys.stderr, flush=True)
