"""A question is a folder and a line of the registry: all doors are made from that. A made-up one goes through all."""

import inspect
import json
import re
import sys
from pathlib import Path

import pytest

import bestand
from bestand.answer.parameters import Whole
from bestand.answer.question import question
from bestand.answer.setting import Setting
from bestand.model.errors import LimitReached
from bestand.model.formula import OutcomeAtom
from bestand.model.values import FrozenMap
from bestand.questions import registry
from bestand.solve.solution import solve
from bestand.stability.registry import chosen
from tests.command.helpers import DAM

QUESTION = '''
from __future__ import annotations
from typing import Annotated
from bestand.answer.parameters import Flag, Formula, Names, Whole, one_of
from bestand.answer.parameters import Whole
from bestand.answer.question import question


@question(example="bestand census MODEL --least 2")
def census(
    setting,
    formula: Formula = None,
    *,
    least: Whole = 1,
    way: Annotated[str, one_of("up", "down")] = "up",
    only: Names = None,
    brief: Flag = False,
) -> Census:
    """Count the parties and the options of a model.

    Longer words,
    over two lines.

    Parameters
    ----------
    formula
        What to
        think of.
    least
        The fewest options.
    way
        How to count.
    only
        Only these parties.
    brief
        Say less.

    Returns
    -------
    Census
    """
    from .answer import Census

    return Census(setting.under, setting.readings, None, str(formula), least, way, tuple(only or ()), brief)
'''
ANSWER = """
from __future__ import annotations
from dataclasses import dataclass
from bestand.answer.answer import Answer
from bestand.document.blocks import paragraph
from bestand.prose.spoken import spoken


@dataclass(frozen=True, eq=False, repr=False)
class Census(Answer):
    model: object
    readings: tuple
    stopped: object
    formula: str
    least: int
    way: str
    only: tuple
    brief: bool

    def data(self):
        given = [self.formula, self.least, self.way, list(self.only), self.brief]
        return {"parties": len(self.model.parties), "options": len(self.model.options), "given": given}

    def _blocks(self, width):
        yield paragraph(f"{spoken(self.model).title}: {len(self.model.options)} in {width}", 0)
"""


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """The question ``census`` in a folder, and the line that registers it."""
    room = tmp_path / "made_up" / "census"
    room.mkdir(parents=True)
    for name, text in (("question", QUESTION), ("answer", ANSWER), ("__init__", '"""Made up."""')):
        (room / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(registry, "ROOMS", (*registry.ROOMS, "made_up.census"))
    registry.questions.cache_clear()
    yield
    registry.questions.cache_clear()
    for name in [name for name in sys.modules if name.startswith("made_up")]:
        del sys.modules[name]


@pytest.mark.usefixtures("made_up")
def test_a_made_up_question_has_a_function():
    answer = bestand.census("textbook/chicken", "peace", least=3, only=["P1"])
    assert answer.data()["given"] == ["peace", 3, "up", ["P1"], False]
    assert repr(answer).startswith("<Census: Chicken")
    assert "census" in dir(bestand)
    signature = inspect.signature(bestand.census)
    assert [*signature.parameters] == [
        *("model", "formula", "least", "way", "only", "brief", "readings", "limits", "progress")
    ]
    told = inspect.getdoc(bestand.census)
    assert told.index("model : Model") < told.index("least\n") < told.index("readings :") < told.index("Returns")
    with pytest.raises(TypeError, match="unexpected keyword argument 'most'"):
        bestand.census("textbook/chicken", most=1)


@pytest.mark.usefixtures("made_up")
def test_a_made_up_question_has_a_command_with_help_and_json(call, dam):
    status, out, _ = call(
        "census", dam, "peace", "--least", "2", "--only", "up,down", "--way", "down", "--brief", "--json"
    )
    assert (status, json.loads(out)["given"]) == (0, ["peace", 2, "down", ["up", "down"], True])
    assert call("census", dam)[:2] == (0, "Two neighbours and a dam: 3 in 100\n")
    status, out, _ = call("census", "--help")
    assert status == 0
    for words in (
        *("Count the parties and the options of a model.", "Longer words, over two lines.", "What to think of."),
        *("--least INT", "[default: 1]", "How to count. One of: up, down.", "bestand census MODEL --least 2", "--json"),
    ):
        assert words in out
    assert "census " in call("--help")[1]
    assert call("census", dam, "--least", "2.5")[0] == 2
    assert call("census", dam, "--most", "2")[0] == 2
    assert call("census", dam, "--reading", "meek", "-o", "-")[1].startswith("# Two neighbours")


@pytest.mark.usefixtures("made_up")
def test_a_made_up_question_has_its_row_in_the_documentation():
    from tools import doors

    assert "| `bestand census MODEL FORMULA` | `bestand.census(model, formula)` | Count the parties" in "".join(
        doors._rows()
    )
    assert "def census(" in doors.stub()
    assert "    way: str = 'up',\n" in doors.stub()


@pytest.mark.parametrize("name", ["json", "readings", "limits", "lang", "seconds"])
def test_no_question_has_a_parameter_that_every_question_takes(name):
    namespace = {}
    exec(f"def ask(setting, *, {name}=None): pass", namespace)
    with pytest.raises(ValueError, match=f"has a parameter '{name}', which every question takes already"):
        question(example="")(namespace["ask"])


@pytest.mark.usefixtures("made_up")
def test_no_two_questions_have_the_same_name():
    with pytest.raises(ValueError, match=r"two questions are called 'census': in made_up.census.question and in"):
        registry.collected(("made_up.census", "made_up.census"))


def test_every_parameter_is_documented():
    for each in registry.questions().values():
        assert set(each.help) >= {parameter.name for parameter in each.parameters}

    @question(example="")
    def silent(setting, *, depth: Whole = 1):
        """Say nothing."""

    with pytest.raises(ValueError, match="does not document 'depth'"):
        _ = silent.help


def test_the_types_and_the_table_of_questions_are_current():
    from tools import doors

    made = {doors.STUB: doors.stub(), doors.PAGE: doors.page(doors.PAGE.read_text("utf-8"))}
    for path, text in made.items():
        assert path.read_text("utf-8") == text, f"{path.name}: run tools/doors.py update"


def test_the_question_in_contributing_works():
    page = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8")
    code = re.search(r"<!-- a question, tested by .*? -->\n```python\n(.*?)```", page, re.DOTALL)[1]
    names = {"OutcomeCounts": lambda *held: held, "chosen": chosen, "solve": solve, "OutcomeAtom": OutcomeAtom}
    names |= {"FrozenMap": FrozenMap, "LimitReached": LimitReached}
    exec(f"from __future__ import annotations\n{code}", names)
    model = bestand.loads(DAM)
    answered = names["outcome_counts"](Setting(model), "nash")
    result = bestand.analyse(model)
    peaceful = [model.bits(int(mask))[1:] == "00" for mask in result.states]
    counts = {"peace": int(result.equilibria["nash"][peaceful].sum())}
    assert answered == (model, (), "nash", FrozenMap(counts), None)
