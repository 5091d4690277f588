"""During a meeting: presence, interests, points and outcome of each dossier; the minutes after."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.middleware import shown as second_factor_shown
from accounts.middleware import where_to_show
from accounts.web.refusals import tell
from assessment.domain import meetings_held as verbs
from assessment.domain.meetings_minutes import minutes_of, sign_minutes
from assessment.domain.queries import meetings as reads
from assessment.domain.queries.meetings import Line
from assessment.models import Meeting, MeetingAttendance
from assessment.web import finding
from assessment.web.forms_meetings import (
    InterestsForm,
    OutcomeForm,
    PresenceForm,
    ScoresForm,
    SignForm,
)
from assessment.web.meeting_page import found, frame, meeting_page
from assessment.web.views_meetings import READS, RUNS
from timeline.canon import canonical, sha256
from timeline.refusal import Refused


@require_POST
@entry(*RUNS)
def presence(request: Request, uid: UUID) -> HttpResponse:
    """Who is there, who chairs, and the guests."""
    meeting = found(request, uid)
    form = PresenceForm(request.POST, seats=_seats(meeting))
    if not form.is_valid():
        return meeting_page(request, meeting, status=422, presence=form)
    try:
        verbs.record_presence(
            meeting_id=meeting.pk,
            actor=request.actor,
            seen_version=finding.version(request),
            **form.recorded(),
        )
    except Refused as refusal:
        refusal.field = refusal.field if refusal.field in form.fields else ""
        tell(form, refusal)
        return meeting_page(request, meeting, status=refusal.status, presence=form)
    messages.success(request, _("De aanwezigheid is vastgelegd."))
    return _back(meeting)


@require_POST
@entry(*READS)
def interests(request: Request, uid: UUID, item: UUID) -> HttpResponse:
    """Who has an interest in this dossier and leaves."""
    meeting, line = _line(request, uid, item)
    own = line.seen if reads.runs(request.actor.person_id, meeting) else _own(request, line)
    form = InterestsForm(request.POST, line=line, seen=own)
    if not form.is_valid():
        return meeting_page(request, meeting, status=422, line=line, interests=form)
    try:
        verbs.state_interests(
            item_id=line.item.pk,
            statements=form.statements(),
            actor=request.actor,
            seen_version=finding.version(request),
        )
    except Refused as refusal:
        tell(form, refusal)
        return meeting_page(request, meeting, status=refusal.status, line=line, interests=form)
    return _back(meeting, line)


@require_POST
@entry(*READS)
def scores(request: Request, uid: UUID, item: UUID, seat: UUID) -> HttpResponse:
    """The points of one member."""
    meeting, line = _line(request, uid, item)
    each = next((one for one in line.seen if one.seat.uid == seat), None)
    if each is None:
        raise Http404
    form = ScoresForm(request.POST, line=line, each=each, criteria=reads.criteria_of(meeting))
    given: dict[str, Any] = {"line": line, "scores": {each.seat.pk: form}}
    if not form.is_valid():
        return meeting_page(request, meeting, status=422, **given)
    try:
        verbs.enter_scores(
            item_id=line.item.pk,
            attendee=str(seat),
            scores=form.scores(),
            actor=request.actor,
            seen_version=finding.version(request),
        )
    except Refused as refusal:
        tell(form, refusal)
        return meeting_page(request, meeting, status=refusal.status, **given)
    return _back(meeting, line)


@require_POST
@entry(*RUNS)
def outcome(request: Request, uid: UUID, item: UUID) -> HttpResponse:
    """What the panel found; then the next dossier is on the table."""
    meeting, line = _line(request, uid, item)
    form = OutcomeForm(request.POST, item=line.item)
    if not form.is_valid():
        return meeting_page(request, meeting, status=422, line=line, outcome=form)
    try:
        verbs.settle_item(
            item_id=line.item.pk,
            actor=request.actor,
            seen_version=finding.version(request),
            **form.cleaned_data,
        )
    except Refused as refusal:
        tell(form, refusal)
        return meeting_page(request, meeting, status=refusal.status, line=line, outcome=form)
    messages.success(request, _("Punt %(n)s is vastgelegd.") % {"n": line.item.position})
    return _back(meeting)


@require_POST
@entry(*RUNS)
def finish(request: Request, uid: UUID) -> HttpResponse:
    """End the meeting; the minutes can be read and signed."""
    meeting = found(request, uid)
    verbs.finish(meeting_id=meeting.pk, actor=request.actor, seen_version=finding.version(request))
    return HttpResponseRedirect(reverse("assessment:minutes", args=[uid]))


@entry(*READS)
def minutes(request: Request, uid: UUID) -> HttpResponse:
    """The minutes, to read and for the chair to sign with her second key."""
    meeting = found(request, uid)
    if meeting.state not in (Meeting.State.HELD, Meeting.State.SIGNED):
        return _back(meeting)
    seat = reads.seat_of(request.actor.person_id, meeting)
    signs = (
        meeting.state == Meeting.State.HELD
        and seat is not None
        and seat.role == MeetingAttendance.Role.CHAIR
    )
    if signs and not second_factor_shown(request):
        return HttpResponseRedirect(where_to_show(request))
    told = minutes_of(meeting)
    now = sha256(canonical(told))
    form = SignForm(request.POST if request.method == "POST" else None, initial={"seen": now})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            sign_minutes(
                meeting_id=meeting.pk, seen_hash=form.cleaned_data["seen"], actor=request.actor
            )
            messages.success(request, _("Het verslag is getekend en ligt vast."))
            return HttpResponseRedirect(reverse("assessment:minutes", args=[uid]))
        except Refused as refusal:
            form = SignForm(None, initial={"seen": now})
            messages.error(request, refusal.sentence)
            status = refusal.status
    context = {
        **frame(meeting, _("Verslag")),
        "told": reads.words_of(told),
        "hash": meeting.minutes_hash or now,
        "form": form if signs else None,
        "papers": meeting.papers.filter(kind="minutes").exclude(path=""),
        "runs": reads.runs(request.actor.person_id, meeting),
    }
    return render(request, "assessment/meetings/minutes.html", context, status=status)


def _seats(meeting: Meeting) -> list[MeetingAttendance]:
    return list(meeting.attendance.order_by("role", "name", "pk"))


def _line(request: Request, uid: UUID, item: UUID) -> tuple[Meeting, Line]:
    meeting = found(request, uid)
    lines = reads.lines_of(meeting, _seats(meeting))
    line = next((each for each in lines if each.item.uid == item), None)
    if line is None:
        raise Http404
    return meeting, line


def _own(request: Request, line: Line) -> tuple[Any, ...]:
    return tuple(each for each in line.seen if each.seat.person_id == request.actor.person_id)


def _back(meeting: Meeting, line: Line | None = None) -> HttpResponseRedirect:
    address = reverse("assessment:meeting", args=[meeting.uid])
    where = f"?punt={line.item.position}#punt-{line.item.position}" if line else "#agenda"
    return HttpResponseRedirect(address + where)
