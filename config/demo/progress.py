"""How far the example rounds are that the demo fills in behind."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from config.demo.models import RoundPlay

STEPS = 21  # what an application takes, about; only for the bar on the home page


@dataclass(frozen=True)
class Wanted:
    """A play that the demo has: its track, and for how many applications."""

    track: str
    applications: int


WANTED = (
    Wanted("buurtkracht", 60),
    Wanted("round-krachtvansalland-cheque-2023-1", 54),
    Wanted("round-samen-voor-elkaar-2017-1", 30),
    Wanted("round-initiatieven-sociale-kwaliteit-noordwest-2019-1", 12),
)


@dataclass(frozen=True)
class Progress:
    """What is being made, and how many of how many steps are done."""

    label: str
    done: int
    total: int


def progress() -> Progress:
    """Over all plays that the demo wants; done equals total when they are all finished."""
    plays = {
        play.track: play for play in RoundPlay.objects.only("track", "title", "done", "finished_at")
    }
    done = total = 0
    label = _("De voorbeelden worden klaargezet.")
    for wanted in WANTED:
        steps = wanted.applications * STEPS
        total += steps
        play = plays.get(wanted.track)
        if play is None:
            continue
        done += steps if play.finished_at else min(play.done, steps - 1)
        if not play.finished_at:
            label = _("Het voorbeeld “%(title)s” wordt gespeeld.") % {"title": play.title}
    return Progress(label, done, total)
