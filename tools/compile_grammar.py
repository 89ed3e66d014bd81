"""Writes src/bestand/model/language.json, the tables of the grammar beside it. Run after a change to language.lark."""

from pathlib import Path

from bestand.model.grammar import tables

(Path(__file__).parents[1] / "src/bestand/model/language.json").write_text(tables(), "utf-8")
