"""The minutes of vote and count (proces-verbaal) as a PDF: printed once by a worker, kept under
its hash like a letter, and named in the stream of the round."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from assessment.domain import stewards
from assessment.domain.queries.counting import calculation_of_round, minutes_facts
from assessment.models import VoteRound
from assessment.printing import keep, print_page
from regeling.words import day_words, euro_words
from timeline import clock
from timeline.actor import SYSTEM
from timeline.canon import canonical, sha256
from timeline.models import Event

TEMPLATE = "assessment/public/minutes_pdf.html"


@dataclass(frozen=True, slots=True)
class PrintedMinutes:
    """Where the file lies, its hash, and the hash of the facts in it."""

    path: str
    sha256: str
    facts_hash: str


def printed(round_: VoteRound) -> PrintedMinutes | None:
    """The minutes of a round, or None where they were not printed yet."""
    event = Event.objects.filter(
        stream__kind="vote_round", stream__uid=str(round_.uid), type="assessment.minutes_printed"
    ).first()
    if event is None:
        return None
    return PrintedMinutes(event.facts["path"], event.facts["sha256"], event.facts["facts_hash"])


def print_minutes(round_: VoteRound, *, day: date) -> None:
    """Print, keep and name the minutes of a round whose outcome is fixed. Twice changes nothing."""
    if printed(round_):
        return
    made, _ranking = calculation_of_round(round_)
    facts = {**minutes_facts(round_), "calculation": asdict(made)}
    rendered = print_page(
        TEMPLATE,
        {"told": told(facts), "facts_hash": sha256(canonical(facts))},
        facts=facts,
        day=day,
    )
    path = keep(f"vote-{round_.uid}", rendered.content)
    with transaction.atomic():
        locked = stewards.locked(round_.pk)
        if printed(locked):
            return
        stewards.tell(
            locked,
            "minutes_printed",
            SYSTEM,
            path=path,
            sha256=rendered.sha256,
            facts_hash=sha256(canonical(facts)),
            fingerprint=rendered.fingerprint,
        )


CHANNELS = {
    "mail": "code in een e-mail",
    "letter": "code in een brief",
    "desk": "aan de balie",
    "paper": "op papier",
}


def told(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with their moments and amounts in words, for the template (Dutch)."""
    words = {
        **facts,
        "opened": _moment(facts["opens_at"]),
        "ended": _moment(facts["ended_at"]),
        "planned": _moment(facts["closes_at"]),
        "turnout": [
            (name, "minder dan 10" if used is None else used, given)
            for name, used, given in facts["turnout"]
        ],
        "channels": [
            (CHANNELS.get(channel, channel), given, "minder dan 10" if used is None else used)
            for channel, given, used in facts["channels"]
        ],
        "own": "minder dan 10" if facts["own"] is None else facts["own"],
        "desk": ["minder dan 10" if each is None else each for each in facts["desk"]],
        "paper": [
            ["minder dan 10" if each is None else each for each in row] for row in facts["paper"]
        ],
        "extensions": [
            (_moment(was), _moment(until), reason, name)
            for was, until, reason, name in facts["extensions"]
        ],
        "pauses": [
            ("stil gezet" if what == "paused" else "weer open", _moment(at))
            for what, at in facts["pauses"]
        ],
        "compared": [
            (name, found, agrees, _moment(at)) for name, found, agrees, at in facts["compared"]
        ],
        "departures": [
            (title, euro_words(cents), reason, name)
            for title, cents, reason, name in facts["departures"]
        ],
    }
    made = facts["calculation"]
    words["there_was"] = euro_words(made["there_was"])
    words["steps"] = [
        {
            **step,
            "asked": euro_words(step["asked"]),
            "granted": euro_words(step["granted"]),
            "after": euro_words(step["rooms"][-1]["after"]),
        }
        for step in made["steps"]
    ]
    words["left"] = [
        (room["label"], euro_words(room["start"]), euro_words(room["after"]))
        for room in made["left"]
    ]
    return words


def _moment(text: str) -> str:
    at = datetime.fromisoformat(text).astimezone(clock.AMSTERDAM)
    return f"{day_words(at.date())} om {at:%H.%M} uur"
