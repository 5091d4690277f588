"""What follows in this room from events: execution starts, the report is asked, dossiers close."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from accountability.domain.closing import checked_until, close
from accountability.domain.reports import ask
from accountability.models import Report
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from documents.domain.letters import addresses
from regeling.mail import send
from regeling.terms import objection_term
from timeline import clock
from timeline.actor import SYSTEM
from timeline.deliveries import handles
from timeline.models import Event

MORNING = "09:00"
REMINDED_BEFORE = timedelta(days=14)


def _application(event: Event) -> Application:
    return Application.objects.select_related("call__revision", "revision", "party").get(
        uid=event.stream.uid
    )


def _at_start(event: Event) -> datetime:
    """The day on which the activity begins; at once when that day has come or is not known."""
    starts_on = _application(event).start_date
    return max(event.recorded_at, clock.moment(starts_on)) if starts_on else event.recorded_at


def _after_end(event: Event) -> datetime:
    """The morning after the activity's last day; at once without one."""
    ends_on = _application(event).end_date
    if ends_on is None:
        return event.recorded_at
    return max(event.recorded_at, clock.moment(ends_on + timedelta(days=1), MORNING))


def _before_report_due(event: Event) -> datetime:
    due_on = date.fromisoformat(event.facts["due_on"])
    return max(event.recorded_at, clock.moment(due_on - REMINDED_BEFORE, MORNING))


def _after_report_due(event: Event) -> datetime:
    due_on = date.fromisoformat(event.facts["due_on"])
    return max(event.recorded_at, clock.moment(due_on + timedelta(days=1), MORNING))


def _after_last_day(event: Event) -> datetime:
    """The day after the objection term (Awb 6:7), and after the last day for a spot check."""
    sent_on = event.facts.get("sent_on")
    last = objection_term(date.fromisoformat(sent_on) if sent_on else event.counts_for).day
    if event.type == "applications.directly_settled":
        last = max(last, checked_until(_application(event)) or last)
    return clock.moment(last + timedelta(days=1))


@handles(
    "accountability.start_execution",
    "applications.awarded",
    "applications.partially_awarded",
    due=_at_start,
)
def start_execution(event: Event) -> None:
    """The activity began: the dossier is in execution (4:37)."""
    application = _application(event)
    if application.state in (State.AWARDED, State.PARTIALLY_AWARDED):
        move(application_id=application.pk, transition="start_execution", actor=SYSTEM)


@handles("accountability.ask_report", "applications.execution_started", due=_after_end)
def ask_report(event: Event) -> None:
    """The activity is over: the report is asked (4:44)."""
    application = _application(event)
    if application.state == State.IN_EXECUTION:
        ask(application_id=application.pk, actor=SYSTEM)


@handles("accountability.mail_report_asked", "applications.report_asked")
def mail_report_asked(event: Event) -> None:
    """Tell the recipient that her report is asked, and until when."""
    _mail_while_due(event, _("Vertel ons wat u hebt gedaan"), "report_asked")


@handles("accountability.remind_report", "applications.report_asked", due=_before_report_due)
def remind_report(event: Event) -> None:
    """Two weeks before the last day, when the report is not there yet."""
    _mail_while_due(event, _("Denkt u aan uw verslag?"), "report_reminder")


@handles("accountability.report_overdue", "applications.report_asked", due=_after_report_due)
def report_overdue(event: Event) -> None:
    """The last day passed: without a report we settle ourselves (4:44(4), 4:47)."""
    _mail_while_due(event, _("Uw verslag is te laat"), "report_overdue")


@handles("accountability.invite_story", "applications.directly_settled", due=_after_end)
def invite_story(event: Event) -> None:
    """After the end of a subsidy that was settled at once: an invitation, no duty."""
    application = _application(event)
    if application.state != State.DIRECTLY_SETTLED:
        return
    if not Report.objects.filter(application=application, handed_in_at__isnull=False).exists():
        _mail(event, application, _("Hoe is het gegaan?"), "story_invitation")


@handles(
    "accountability.close",
    "applications.settled",
    "applications.lower_settled",
    "applications.directly_settled",
    "applications.rejected",
    "applications.not_processed",
    "applications.withdrawn",
    due=_after_last_day,
)
def close_dossier(event: Event) -> None:
    """The terms have passed: close, unless money is still to be paid (then the payment closes)."""
    close(application_id=_application(event).pk)


@handles("accountability.close_when_paid", "accountability.payment_made")
def close_when_paid(event: Event) -> None:
    """What was due is paid: close, unless a term still runs (then its end closes)."""
    close(application_id=_application(event).pk)


def _mail_while_due(event: Event, subject: str, template: str) -> None:
    application = _application(event)
    if application.state == State.REPORT_DUE:
        _mail(event, application, subject, template)


def _mail(event: Event, application: Application, subject: str, template: str) -> None:
    for number, address in enumerate(addresses(application.party)):
        send(
            call=application.call,
            to=address,
            subject=f"{subject} ({application.number})",
            template=f"accountability/mail/{template}.txt",
            context={"application": application},
            message_id=f"{template}-{event.uid}-{number}",
        )
