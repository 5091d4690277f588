"""Work that comes round every so often whether anything happened or not, such as looking whether
all is well. Each runs in one process at a time: whoever moves the heartbeat of a chore does it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from timeline import clock
from timeline.models import Heartbeat

log = logging.getLogger(__name__)
Work = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Chore:
    """Work that is done at most once every ``every``, by the machine's clock."""

    name: str
    every: timedelta
    work: Work


_chores: dict[str, Chore] = {}


def chore(name: str, *, every: timedelta) -> Callable[[Work], Work]:
    """Register the decorated function as the chore ``name``. It must be safe to do twice."""

    def register(work: Work) -> Work:
        _chores[name] = Chore(name, every, work)
        return work

    return register


def run_chores() -> int:
    """Do what has come round; how many were done. One that fails is logged and comes again."""
    done = 0
    for _name, each in sorted(_chores.items()):
        if not _taken(each):
            continue
        try:
            each.work()
        except Exception:
            log.exception("chore %s failed", each.name)
        else:
            done += 1
    return done


def _taken(each: Chore) -> bool:
    """Whether this process is the one to do it now: a rival's update makes the condition false."""
    machine = clock.machine_now()
    _beat, new = Heartbeat.objects.get_or_create(name=each.name, defaults={"seen_at": machine})
    rows = Heartbeat.objects.filter(name=each.name, seen_at__lte=machine - each.every)
    return new or rows.update(seen_at=machine) == 1
