"""What follows from meetings and from questions to a municipality; each handler is idempotent."""

from __future__ import annotations

import json

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application
from assessment import printing
from assessment.domain import municipal
from assessment.domain.meetings import JUDGING
from assessment.domain.meetings_follow import follow_minutes
from assessment.domain.queries.meetings import words_of
from assessment.models import Meeting, MeetingPaper, MunicipalRequest
from regeling.mail import send
from regeling.words import day_words
from timeline import clock
from timeline.actor import SYSTEM
from timeline.deliveries import from_fact, handles
from timeline.models import Event

PAGES = {
    MeetingPaper.Kind.PAPERS: "assessment/meetings/papers_pdf.html",
    MeetingPaper.Kind.MINUTES: "assessment/meetings/minutes_pdf.html",
}


@handles("assessment.print_meeting", "assessment.meeting_convened", "assessment.minutes_signed")
def print_meeting(event: Event) -> None:
    """Print every PDF of the meeting that was ordered and is not there yet."""
    rows = MeetingPaper.objects.filter(meeting__uid=event.facts["meeting"], path="")
    for row in rows.select_related("meeting").order_by("pk"):
        facts = json.loads(row.facts)
        rendered = printing.print_page(
            PAGES[MeetingPaper.Kind(row.kind)],
            {"told": words_of(facts)},
            facts=facts,
            day=clock.day(row.ordered_at),
        )
        path = printing.keep(f"{row.meeting.uid}/{row.kind}", rendered.content)
        MeetingPaper.objects.filter(pk=row.pk, path="").update(
            path=path,
            size=len(rendered.content),
            sha256=rendered.sha256,
            fingerprint=rendered.fingerprint,
            printed_at=clock.now(),
        )


@handles("assessment.mail_meeting", "assessment.meeting_convened")
def mail_meeting(event: Event) -> None:
    """Call the members together; the papers stay behind the sign-in."""
    meeting = Meeting.objects.select_related("call").get(uid=event.facts["meeting"])
    seats = meeting.attendance.filter(role__in=JUDGING).exclude(person__email="")
    for seat in seats.select_related("person").order_by("pk"):
        if seat.person is None:
            continue
        send(
            call=meeting.call,
            to=seat.person.email,
            subject=_("Vergadering op %(day)s: %(title)s")
            % {"day": day_words(meeting.held_on), "title": meeting.call.title},
            template="assessment/mail/meeting.txt",
            context={
                "meeting": meeting,
                "name": seat.name,
                "path": reverse("assessment:meeting", args=[meeting.uid]),
            },
            message_id=f"meeting-{meeting.uid}-{seat.uid}",
        )


@handles("assessment.follow_minutes", "assessment.minutes_signed")
def after_minutes(event: Event) -> None:
    """The dossiers that were treated move on."""
    meeting = Meeting.objects.get(uid=event.facts["meeting"])
    follow_minutes(meeting_id=meeting.pk)


@handles("assessment.ask_municipality", "applications.completed")
def ask_municipality(event: Event) -> None:
    """A complete application in a municipality that the regulation asks something."""
    application = Application.objects.get(uid=event.stream.uid)
    municipal.ask(application_id=application.pk, actor=SYSTEM)


@handles("assessment.mail_municipality", "assessment.municipality_asked")
def mail_municipality(event: Event) -> None:
    """Tell the contacts of the municipality that an answer is asked, and until when."""
    request = _request(event)
    for person in municipal.contacts_of(request):
        if not person.email:
            continue
        send(
            call=request.application.call,
            to=person.email,
            subject=_("Vraag over een aanvraag in %(place)s (%(number)s)")
            % {"place": request.municipality, "number": request.application.number},
            template="assessment/mail/municipal.txt",
            context={
                "asked": request,
                "name": person.name,
                "path": reverse("assessment:municipal_request", args=[request.uid]),
            },
            message_id=f"municipal-{request.uid}-{person.uid}",
        )


@handles(
    "assessment.municipal_silence", "assessment.municipality_asked", due=from_fact("silent_on")
)
def municipal_silence(event: Event) -> None:
    """The day went by: what was not answered is noted, and the dossier goes on."""
    municipal.note_silence(request_id=_request(event).pk, actor=SYSTEM)


def _request(event: Event) -> MunicipalRequest:
    return MunicipalRequest.objects.select_related(
        "application__call__revision__regulation__authority"
    ).get(uid=event.facts["request"])
