"""What a played round left behind: a table that reconciles, a folder of letters and exports."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from accountability.domain.monitor import Monitor, monitor
from accountability.exports.monitor_csv import monitor_csv
from accountability.exports.monitor_xlsx import write_monitor
from applications.models import Application
from applications.states import State
from assessment.models import RankingRow
from config.demo.models import RoundPlay
from documents import storage
from documents.models import Document
from regeling.models import Call
from regeling.words import euro_words
from timeline import clock
from timeline.canon import canonical, sha256

COLUMNS = (
    "applied",
    "withdrawn",
    "not_processed",
    "rejected",
    "awarded",
    "settled",
    "released",
    "paid",
)
HEADS = ("", "aangevraagd", "ingetrokken", "niet beh.", "afgewezen", "toegekend", "vastgesteld",
         "vrijgevallen", "betaald")  # fmt: skip


def figures_of(play: RoundPlay) -> Monitor:
    """The monitor of the round at its end; raises ``DoesNotReconcile`` when it does not add up."""
    call = _call(play)
    return monitor(regulation_id=call.revision.regulation_id, as_of=clock.today(), call_id=call.pk)


def outcome(play: RoundPlay) -> list[tuple[Any, ...]]:
    """What the same seed must give again: per application who asked and got what, when, and why.

    Neither uids, salts, codes nor moments of the machine are part of it.
    """
    rows = Application.objects.filter(call=_call(play)).select_related("party")
    ranked = {
        row.application_id: (row.place, row.votes, row.granted, row.code)
        for row in RankingRow.objects.filter(application__call=play.call)
    }
    return [
        (
            row.party.name,
            row.title,
            row.state,
            row.amount_asked,
            row.awarded_cents,
            row.settled_cents,
            row.submitted_at,
            row.decided_on,
            ranked.get(row.pk),
        )
        for row in rows.order_by("number", "title", "pk")
    ]


def fingerprint(play: RoundPlay) -> str:
    """One hash over the outcome."""
    return sha256(canonical(outcome(play)))


def table(play: RoundPlay) -> Iterator[str]:
    """The lines of the table at the end."""
    made = figures_of(play)
    states = Counter(Application.objects.filter(call=play.call).values_list("state", flat=True))
    yield f"{play.title}, per {made.as_of.isoformat()}: de cijfers sluiten"
    yield _line(HEADS)
    busy = [row for row in made.figures.rows if row.applied.number]
    for row in (*busy, made.figures.total):
        cells = (getattr(row, name) for name in COLUMNS)
        yield _line((row.label, *(f"{each.number} · {euro_words(each.cents)}" for each in cells)))
    yield f"plafond {euro_words(made.figures.ceiling)}, vrij {euro_words(made.figures.free)}"
    named = (f"{State(state).label} {n}" for state, n in sorted(states.items()))
    yield "dossiers: " + ", ".join(named)
    yield f"uitkomst {fingerprint(play)[:16]}"


def folder(play: RoundPlay) -> Path:
    """Write every letter and the monitor into a folder of their own; return it."""
    target = Path(settings.MEDIA_ROOT).parent / "rounds" / play.track
    letters = target / "brieven"
    if target.exists():
        shutil.rmtree(target)
    letters.mkdir(parents=True)
    rows = Document.objects.filter(application__call=play.call).select_related("application")
    for row in rows.order_by("pk"):
        name = f"{row.sent_on.isoformat()} {row.application.number} {row.kind} {row.pk}.pdf"
        (letters / name).write_bytes(storage.read(row.path))
    made = figures_of(play)
    with (target / "monitor.csv").open("wb") as file:
        file.writelines(monitor_csv(made))
    with (target / "monitor.xlsx").open("wb") as file:
        write_monitor(made, file)
    return target


def _call(play: RoundPlay) -> Call:
    if play.call_id is None:
        raise ValueError("this round was not opened yet")
    return Call.objects.select_related("revision").get(pk=play.call_id)


def _line(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:<18}" + "".join(f"{cell:>20}" for cell in cells[1:])
