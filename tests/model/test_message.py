"""Messages that are kept for later: the same in English whoever says them, and in another language when told."""

import pickle

import pytest

from bestand.engine.limits import Limits, Watch
from bestand.model.errors import LimitReached, Stop, TooManyStates, time_over
from bestand.model.message import Bytes, Message, counted, message
from bestand.prose.messages import _, said, speaking


def test_a_stop_is_said_in_english_where_it_is_written_and_in_the_language_that_is_spoken_where_it_is_told():
    stop = time_over(2.5, Message("no message of the catalogue"))
    assert str(stop) == said(stop) == "stopped after 2.5 seconds, while no message of the catalogue"
    assert (stop.limit, stop.phase) == ("seconds", "no message of the catalogue")
    with speaking("nl"):
        assert said(stop) == "gestopt na 2,5 seconden, tijdens: no message of the catalogue"
        assert said(time_over(1)) == "gestopt na 1 seconde"
        assert _("{Limit}.", limit=time_over(1)) == "Gestopt na 1 seconde."
        assert str(stop) == "stopped after 2.5 seconds, while no message of the catalogue"


def test_numbers_and_bytes_are_written_as_the_language_does():
    size = message("{size} of {count} in {where}", size=Bytes(5 * 2**19), count=49152, where="1.5,x")
    assert str(size) == "2.5 MiB of 49,152 in 1.5,x"
    with speaking("nl"):
        assert said(size) == "2,5 MiB of 49.152 in 1.5,x"


def test_a_brace_in_a_text_without_places_is_a_brace():
    assert str(LimitReached("memory", "the {party} is full")) == "the {party} is full"


@pytest.mark.parametrize(
    "error",
    [
        LimitReached("memory", "{size} are too many", size=Bytes(2**30)),
        LimitReached(time_over(3)),
        TooManyStates("{states} states", states=1000),
        TooManyStates(Stop(counted("{n} state", "{n} states", 4), "states")),
    ],
)
def test_an_error_at_a_limit_is_the_same_after_it_has_gone_to_another_process(error):
    error.known = {"engine": None}
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.stop, again.known) == (type(error), str(error), error.stop, error.known)
    assert again.limit == error.limit
    assert hash(again.stop) == hash(error.stop)


def test_what_was_being_done_is_said_in_the_language_that_is_spoken():
    watch = Watch(Limits(seconds=1e-9))
    with pytest.raises(LimitReached) as stopped:
        watch.phase("listing the states")
    with speaking("nl"):
        assert said(stopped.value.stop).endswith(", tijdens: het op een rij zetten van de toestanden")
    with pytest.raises(LimitReached) as full:
        Watch(Limits(memory=100)).room(2**20, "the states")
    assert str(full.value) == "the states would take 1.0 MiB; the limit is 100 bytes"
    with speaking("nl"):
        assert said(full.value.stop) == "de toestanden zouden 1,0 MiB vergen; de grens is 100 bytes"
