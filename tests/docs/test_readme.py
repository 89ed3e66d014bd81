"""The README where it stands by itself: on the page of a package index."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
LINK = re.compile(r"\[[^\[\]]+\]\(([^()]+)\)")


def on_an_index():
    """The text as the build makes it."""
    hooks = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["metadata"]["hooks"]
    text = README
    for each in hooks["fancy-pypi-readme"]["substitutions"]:
        text = re.sub(each["pattern"], each["replacement"], text)
    return text


def test_its_links_lead_somewhere():
    targets = [target.partition("#")[0] for target in LINK.findall(README) if not target.startswith("http")]
    assert len(targets) > 10
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_on_an_index_no_link_leads_nowhere():
    text = on_an_index()
    assert [target for target in LINK.findall(text) if not target.startswith(("http", "#"))] == []
    assert "(`docs/deals.md`)" in text
    assert len(text.splitlines()) == len(README.splitlines())
