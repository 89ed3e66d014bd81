"""``bestand`` and ``python -m bestand``: signals are heeded before anything else is loaded."""

from __future__ import annotations

from bestand.leaving import heed_signals


def main() -> None:
    """Run the command line and leave with its exit status."""
    heed_signals()
    from bestand.command import main

    main()


if __name__ == "__main__":
    main()
