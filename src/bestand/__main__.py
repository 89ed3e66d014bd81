"""``python -m bestand``."""

from bestand.command import main

main()
