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
