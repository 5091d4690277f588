"""The engine of a play: stories yield steps, the clock moves, deliveries follow, nothing is twice.

A story is a generator: it yields a ``Step`` and gets back what the step's work returned. Stories
are merged by moment. Before a step the clock runs up to its moment, and everything that falls due
on the way is delivered at the moment at which it falls due. A step's work and the note that it
was done are one transaction: a play that was killed goes on with the first step that is not
noted, and a step that is noted gives its story the same result again.
"""

from __future__ import annotations

import fcntl
import heapq
import json
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from config.demo.models import PlayedStep, RoundPlay
from timeline import clock, deliver
from timeline.canon import canonical
from timeline.models import Delivery


@dataclass(frozen=True)
class Step:
    """Something that is done once. ``key`` names it in the play; ``work`` returns plain JSON."""

    moment: datetime
    key: str
    work: Callable[[], Any]


Story = Generator[Step, Any, None]
Say = Callable[[str], None]
TOLD_EVERY = 100


class AlreadyPlaying(RuntimeError):
    """Another process plays this round now."""


class Stuck(RuntimeError):
    """What should have followed did not follow: a delivery failed or waits for ever."""


class Player:
    """Plays stories on the track of one play."""

    def __init__(self, play: RoundPlay, *, starts_at: datetime, say: Say) -> None:
        self.play = play
        self.now = starts_at
        self.say = say
        self._done = dict(play.steps.values_list("key", "result"))
        self._agenda: list[tuple[datetime, int, Step, Story]] = []
        self._told = 0

    def tell(self, story: Story) -> None:
        """Add a story; it takes its turns by the moments of its steps."""
        self._next(story, None, first=True)

    def run(self, *, until: datetime | None = None) -> None:
        """Play until every story has ended, or up to a moment: what comes later is not played."""
        while self._agenda:
            moment, _, step, story = heapq.heappop(self._agenda)
            if until is not None and moment > until:
                return
            self.forward(moment)
            self._next(story, self._take(step))

    def forward(self, moment: datetime) -> None:
        """Let the clock run up to ``moment``, delivering what falls due at the moment it does."""
        while True:
            with clock.playing(self.play.track, self.now):
                deliver.run_due(limit=1000, strict=True)
            due = self._due_after(self.now)
            if due is None or due > moment:
                break
            self.now = due
        self.now = max(self.now, moment)

    def finish(self, until: datetime) -> None:
        """Deliver everything that falls due up to ``until``; raise ``Stuck`` if it cannot be."""
        self.forward(until)
        left = Delivery.objects.filter(track=self.play.track, due__lte=until).exclude(
            state=Delivery.State.DONE
        )
        first = left.order_by("due").first()
        if first is not None:
            raise Stuck(f"{first.handler} waits: {first.state} {first.error}")

    def _next(self, story: Story, result: Any, *, first: bool = False) -> None:
        try:
            step = next(story) if first else story.send(result)
        except StopIteration:
            return
        self._told += 1
        heapq.heappush(self._agenda, (max(step.moment, self.now), self._told, step, story))

    def _take(self, step: Step) -> Any:
        if step.key in self._done:
            return json.loads(self._done[step.key])
        with clock.playing(self.play.track, self.now), transaction.atomic():
            result = canonical(step.work())
            PlayedStep.objects.create(play=self.play, key=step.key, result=result)
            RoundPlay.objects.filter(pk=self.play.pk).update(done=F("done") + 1)
        self._done[step.key] = result
        if len(self._done) % TOLD_EVERY == 0:
            self.say(f"{clock.day(self.now).isoformat()}  {len(self._done)} stappen gezet")
        return json.loads(result)

    def _due_after(self, moment: datetime) -> datetime | None:
        rows = Delivery.objects.filter(
            track=self.play.track, state=Delivery.State.PENDING, due__gt=moment
        )
        return rows.order_by("due").values_list("due", flat=True).first()


@contextmanager
def alone(track: str) -> Iterator[None]:
    """Hold the right to play a track. It ends with the process, however that ends.

    Nobody else claims deliveries of a track, so a lease or a waiting time that a killed play left
    behind protects nothing and is lifted. Raises ``AlreadyPlaying``.
    """
    folder = Path(settings.KEYS_DIR).parent / "plays"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{track}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyPlaying(f"{track} is being played by another process") from None
        Delivery.objects.filter(track=track, state=Delivery.State.PENDING).update(
            lease_until=None, retry_at=None
        )
        yield
