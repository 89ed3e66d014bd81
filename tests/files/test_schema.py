"""The JSON Schema is current, and agrees with the reader; reading is quick and imports little."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bestand.files import json_schema

SCHEMA = Path(__file__).parents[2] / "schema" / "bestand-1.schema.json"


def test_the_checked_in_schema_is_current():
    assert json.loads(SCHEMA.read_text("utf-8")) == json_schema(), (
        "write it anew: bestand schema > schema/bestand-1.schema.json"
    )


def test_every_field_is_described():
    schema = json_schema()
    forms = [schema, *schema["$defs"].values()]
    forms += [inner for form in forms for inner in form.get("anyOf", ())]
    for form in forms:
        for name, entry in form.get("properties", {}).items():
            assert entry.get("description"), name


def test_importing_loads_no_reader():
    heavy = {"pydantic", "yaml", "lark", "numpy", "ruamel.yaml", "ruamel"}
    code = f"import sys, bestand.files; print(sorted({heavy!r} & sys.modules.keys()))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_saving_alone_loads_the_round_trip_reader():
    code = "import sys, bestand.files as f; f.load('press/wynia2025/ukraine'); print('ruamel.yaml' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
