"""The engine of a play: in the order of the clock, each step once, on after a kill."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from config.demo.models import PlayedStep, RoundPlay
from config.demo.play.engine import AlreadyPlaying, Player, Step, Story, alone
from timeline import clock
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.record import record

NOON = datetime.fromisoformat("2023-03-09T12:00:00+00:00")
pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """What a kill is for the play: nothing catches it."""


def a_play() -> RoundPlay:
    return RoundPlay.objects.create(track="trial", title="Proef", plan="{}")


def player(play: RoundPlay) -> Player:
    return Player(play, starts_at=NOON, say=lambda _line: None)


def tell(name: str) -> str:
    """An act that leaves an event."""
    return str(
        record(stream=("trial", "1"), type=f"trial.{name}", facts={}, actor=SYSTEM).recorded_at
    )


def story(key: str, hours: int, told: list[Any], *, killed: bool = False) -> Story:
    def work() -> str:
        at = tell(key)
        if killed:
            raise Killed
        return at

    told.append((yield Step(NOON + timedelta(hours=hours), key, work)))


def types() -> list[str]:
    return list(Event.objects.filter(stream__kind="trial").values_list("type", flat=True))


def test_stories_are_told_in_the_order_of_the_clock() -> None:
    play = a_play()
    playing = player(play)
    told: list[Any] = []
    playing.tell(story("later", 5, told))
    playing.tell(story("sooner", 2, told))

    playing.run()

    assert types() == ["trial.sooner", "trial.later"]
    events = Event.objects.filter(stream__kind="trial").order_by("number")
    hours = [event.recorded_at - NOON for event in events]
    assert hours == [timedelta(hours=2), timedelta(hours=5)]
    assert {event.track for event in events} == {"trial"}


def test_a_killed_step_leaves_nothing_and_is_taken_again() -> None:
    play = a_play()
    first = player(play)
    first.tell(story("before", 1, []))
    first.tell(story("broken", 2, [], killed=True))
    with pytest.raises(Killed):
        first.run()
    assert types() == ["trial.before"]

    again = player(play)
    told: list[Any] = []
    again.tell(story("before", 1, told))
    again.tell(story("broken", 2, told))
    again.run()

    assert types() == ["trial.before", "trial.broken"]
    assert len(told) == 2
    assert PlayedStep.objects.filter(play=play).count() == 2


def test_a_step_that_was_taken_gives_its_story_the_same_again() -> None:
    play = a_play()
    first, second = [], []  # type: ignore[var-annotated]  # filled by the stories
    one = player(play)
    one.tell(story("once", 1, first))
    one.run()

    two = player(play)
    two.tell(story("once", 1, second))
    two.run()

    assert first == second
    assert types() == ["trial.once"]


def test_what_lies_after_the_end_is_not_played() -> None:
    play = a_play()
    playing = player(play)
    playing.tell(story("now", 1, []))
    playing.tell(story("never", 9, []))

    playing.run(until=NOON + timedelta(hours=4))

    assert types() == ["trial.now"]


def test_two_processes_do_not_play_the_same_round() -> None:
    with alone("trial"), pytest.raises(AlreadyPlaying), alone("trial"):
        pytest.fail("both play")

    with alone("trial"):
        assert clock.track() == ""
