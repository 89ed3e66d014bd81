"""Changes of one list that exclude each other, or are there twice, are refused where they are read."""

from __future__ import annotations

import pytest

from bestand.model.language import parse_changes, parse_check
from bestand.model.scope import LanguageError
from tests.model.test_language import SCOPE


@pytest.mark.parametrize(
    ("text", "offset"), [("up 1 dropped, up 2 dropped, up 1 dropped", 28), ("never x,never up.x", 8)]
)
def test_a_change_that_is_there_twice_is_refused(text, offset):
    with pytest.raises(LanguageError) as caught:
        parse_changes(text, SCOPE)
    assert [(fault.code, fault.offset) for fault in caught.value.faults] == [("repeated-change", offset)]
    assert parse_changes("up 1 dropped, up 2 dropped", SCOPE)
    assert parse_changes("reading hawks, reading hawks", SCOPE)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("up 1 dropped, up 1 replaced by up.x", 14),
        ("up 1 replaced by up.x, up 1 dropped", 23),
        ("up 1 replaced by up.x, up 1 replaced by y", 23),
        ("x held at yes, without x", 15),
    ],
)
def test_changes_of_one_list_that_exclude_each_other_are_refused(text, offset):
    for read in (parse_changes, lambda text, scope: parse_check(f"with {text}, some state is x", scope)):
        with pytest.raises(LanguageError) as caught:
            read(text, SCOPE)
        (fault,) = caught.value.faults
        assert (fault.code, fault.offset) == ("clashing-change", offset + 5 * (read is not parse_changes))
        assert "exclude each other" in fault.message
