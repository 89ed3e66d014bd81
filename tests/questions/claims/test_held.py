"""What a claim holds is given: the paths that it is shown with begin there, and nobody is said to do it."""

from pathlib import Path

import bestand

CASES = Path(__file__).parents[2] / "reference" / "data"
STAY = CASES / "a-claim-holds-an-option-of-another.yaml"


def test_what_is_held_is_given_and_not_credited_to_a_mover():
    words = " ".join(bestand.claims(STAY).words("en").split())
    assert "For example, given this: Beta stations its troops; after these moves: Alpha leaves." in words
    assert "leaves and stations" not in words


def test_data_say_where_a_path_begins():
    (claim,) = bestand.claims(STAY).data()["claims"]
    (check,) = claim["checks"]
    example = check["findings"][0]["example"]
    assert (example["from"], example["path"]) == ("01", [{"party": "a", "to": "11"}])


def test_a_path_from_today_says_nothing_of_where_it_begins():
    text = STAY.read_text().replace("with b.force held at yes, no", "no")
    answer = bestand.claims(bestand.loads(text))
    assert "For example, after these moves: Alpha leaves." in answer.words("en")
    assert answer.data()["claims"][0]["checks"][0]["findings"][0]["example"]["from"] == "00"


def test_what_is_shown_names_whom_it_is_held_for():
    text = STAY.read_text().replace("held at yes, no resting place", "held at no, some state")
    assert "given this" not in bestand.claims(bestand.loads(text)).words("en")
