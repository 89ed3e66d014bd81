"""The case of Ukraine as it was read first: smaller than the one in the catalogue, and its figures are known."""

from pathlib import Path

UKRAINE = str(Path(__file__).with_name("first-reading.yaml"))
