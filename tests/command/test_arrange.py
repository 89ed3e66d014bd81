"""The words of a call in the order in which commands take them."""

import pytest

from bestand.command.arrange import arranged

UKRAINE = "press/wynia2025/ukraine"


@pytest.mark.parametrize(
    ("given", "called"),
    [
        (["analyse", UKRAINE], ["analyse", UKRAINE]),
        ([UKRAINE], ["analyse", UKRAINE]),
        (["my.yaml", "--json"], ["analyse", "my.yaml", "--json"]),
        (["-"], ["analyse", "-"]),
        (["--lang", "nl", "evolve", UKRAINE], ["evolve", "--lang", "nl", UKRAINE]),
        (["--lang=nl", "--json", UKRAINE], ["analyse", "--lang=nl", "--json", UKRAINE]),
        (["--seconds", "5", "claims", UKRAINE, "--json"], ["claims", "--seconds", "5", UKRAINE, "--json"]),
        (["coalitions", UKRAINE, "--merge", "usa,europe"], ["merged", UKRAINE, "usa,europe"]),
        (["coalitions", "--merge=usa,europe", UKRAINE, "--json"], ["merged", UKRAINE, "--json", "usa,europe"]),
        (["--help"], ["--help"]),
        (["--version"], ["--version"]),
        ([], []),
        (["anlyse", UKRAINE], ["anlyse", UKRAINE]),
        (["--nix", "analyse"], ["--nix", "analyse"]),
    ],
)
def test_the_command_comes_first(given, called):
    assert arranged(given) == called


def test_a_flag_before_the_command_is_that_of_the_command(call, dam):
    assert call("--lang", "nl", dam) == call("analyse", dam, "--lang", "nl")
    assert call("--json", "readings", dam) == call("readings", dam, "--json")
    assert call(dam)[0] == 0
    assert call("--lang", "xx", dam)[0] == 2


def test_a_word_that_is_no_command_and_no_model_is_refused(call):
    status, out, err = call("anlyse", "x")
    assert (status, out) == (2, "")
    assert 'Did you mean "analyse"?' in err
    status, _, err = call("nowhere/model")
    assert status == 2
    assert "nowhere/model" in err


def test_a_flag_that_there_is_not_is_named_and_so_are_words_too_many(call):
    assert "Unknown option: --engin. Did you mean --engine?" in call("analyse", UKRAINE, "--engin", "cube")[2]
    assert "Unknown option: --claim." in call("coalitions", UKRAINE, "--claim", "none")[2]
    assert "there is no place for 'b c' in this call" in call("coalitions", UKRAINE, "a", "b", "c")[2]
