"""What this room checks when everything is walked: reports, responses, cash, monitors, days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import groupby

from django.db.models import Sum

from accountability.domain.figures import figures
from accountability.domain.monitor import as_closed
from accountability.domain.queries.money_facts import read
from accountability.domain.reconciliation import differences
from accountability.domain.reports import report_text
from accountability.models import DayClosing, Hearing, Payment, Report
from applications.models import CashEntry
from regeling.models import Call, Evaluation
from timeline.canon import canonical, salted_hash, sha256
from timeline.models import Event
from timeline.refusal import Refused
from timeline.verify import Finding, check

# Whatever a round's own clock says, everything that was ever recorded counts.
EVER, EVER_AT = date(9999, 12, 30), datetime(9999, 12, 30, tzinfo=UTC)
NAMING = (
    "applications.settlement_requested",
    "accountability.story_handed_in",
    "accountability.hearing_answered",
)


def _told() -> dict[str, str]:
    """The hash that an event names, by the uid of its report or hearing."""
    named = {}
    for event in Event.objects.filter(type__in=NAMING).iterator(chunk_size=1000):
        facts = event.facts
        named[facts.get("report") or facts.get("hearing") or ""] = facts.get("hash", "")
    return named


@check("reports")
def reports() -> Iterator[Finding]:
    """Every report and response still has the hash that its event names, and says what it said."""
    named = _told()
    rows = Report.objects.filter(handed_in_at__isnull=False).select_related("application")
    for report in rows.prefetch_related("photos").iterator(chunk_size=500):
        place = f"report of {report.application.number}"
        if salted_hash(report.salt, report.text) != report.hash:
            yield Finding(place, "the text is not the text that was handed in")
        if named.get(str(report.uid)) != report.hash:
            yield Finding(place, "no event names this report and hash")
        photos = [photo for photo in report.photos.all() if photo.sealed_at]
        photos.sort(key=lambda photo: photo.pk)
        if canonical(report_text(report, photos)) != report.text:
            yield Finding(place, "a column or picture differs from the text that was hashed")
    for hearing in Hearing.objects.filter(responded_at__isnull=False).iterator(chunk_size=500):
        place = f"hearing {hearing.uid}"
        if salted_hash(hearing.salt, hearing.response) != hearing.hash:
            yield Finding(place, "the response is not the response that was given")
        if named.get(str(hearing.uid)) != hearing.hash:
            yield Finding(place, "no event names this response and hash")


@check("evaluations")
def evaluations() -> Iterator[Finding]:
    """What is kept of a finished evaluation is the text that its event names."""
    told = {
        event.stream.uid: event.facts["sha256"]
        for event in Event.objects.filter(type="accountability.evaluation_finished").select_related(
            "stream"
        )
    }
    for row in Evaluation.objects.filter(finished_at__isnull=False).order_by("pk"):
        place = f"evaluation {row.uid}"
        if sha256(row.told) != row.told_sha256:
            yield Finding(place, "the text is not the text that was kept")
        if told.get(str(row.uid)) != row.told_sha256:
            yield Finding(place, "no event names this text")


@check("cash")
def cash() -> Iterator[Finding]:
    """Nobody is paid more than is payable; every payment was confirmed by its second person."""
    rows = (
        CashEntry.objects.order_by("application__number")
        .values("application__number", "kind")
        .annotate(total=Sum("cents"))
    )
    for number, group in groupby(rows, key=lambda row: row["application__number"]):
        sums = {row["kind"]: row["total"] for row in group}
        if sums.get("paid", 0) > sums.get("payable", 0):
            yield Finding(f"cash of {number}", "more was paid than is payable")
    confirmed = Payment.objects.filter(entry__isnull=False).select_related("entry", "application")
    for payment in confirmed.iterator(chunk_size=1000):
        entry = payment.entry
        if entry is None or (entry.cents, entry.day, entry.confirmed_by_id) != (
            payment.cents,
            payment.day,
            payment.decided_by_id,
        ):
            yield Finding(f"payment {payment.uid}", "the cash entry is not what was confirmed")


@check("monitors")
def monitors() -> Iterator[Finding]:
    """The monitor of every call reconciles now, and every closed day still gives its figures."""
    for call in Call.objects.order_by("pk"):
        facts = read([call.pk], as_of=EVER, known_at=EVER_AT)
        for found in differences(facts, figures(facts, by="municipality", labels={})):
            yield Finding(f"monitor of {call.slug}", str(found))
    for closing in DayClosing.objects.select_related("regulation").order_by("pk"):
        place = f"day {closing.day} of {closing.regulation.slug}"
        try:
            made = as_closed(closing)
        except Refused as refusal:
            yield Finding(place, refusal.sentence)
            continue
        if sha256(canonical(made.as_plain())) != closing.hash:
            yield Finding(place, "the figures are not those of the day it was closed")
