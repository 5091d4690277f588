"""The page of a meeting, on which everything before, during and after it happens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.access import Request
from assessment.domain.meetings import minimum_of, panel_of
from assessment.domain.meetings_agenda import ready
from assessment.domain.queries import meetings as reads
from assessment.domain.queries.meetings import Line, Seen
from assessment.models import Meeting, MeetingAttendance
from assessment.web.forms_meetings import (
    AddForm,
    ChangeForm,
    InterestsForm,
    OutcomeForm,
    PresenceForm,
    ScoresForm,
)
from regeling.definition import listed
from timeline import clock

LABELS = {
    "planned": _lazy("Gepland"),
    "convened": _lazy("Opgeroepen"),
    "held": _lazy("Gehouden, verslag nog niet getekend"),
    "signed": _lazy("Verslag getekend"),
}
OUTCOMES = {
    "": _lazy("Nog te behandelen"),
    "positive": _lazy("Positief"),
    "negative": _lazy("Negatief"),
    "held_over": _lazy("Aangehouden"),
    "none": _lazy("Niet behandeld"),
}


def found(request: Request, uid: UUID) -> Meeting:
    """The meeting that this person runs, reads or sits at; 404 for others."""
    row = reads.meetings_of(request.actor.person_id).filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def frame(meeting: Meeting, title: str = "") -> dict[str, Any]:
    """What the head of each page of a meeting says."""
    name = _("Vergadering van %(panel)s") % {"panel": panel_of(meeting.call).name}
    crumbs = [(_("Vergaderingen"), reverse("assessment:meetings"))]
    if title:
        crumbs.append((name, reverse("assessment:meeting", args=[meeting.uid])))
    return {
        "title": title or name,
        "eyebrow": meeting.call.title,
        "breadcrumbs": crumbs,
        "call_kind": meeting.call.kind,
        "meeting": meeting,
        "state_label": LABELS[meeting.state],
    }


def meeting_page(
    request: Request, meeting: Meeting, *, status: int = 200, **given: Any
) -> HttpResponse:
    """The page as it is now; ``given`` holds forms with an error in place of fresh ones."""
    person_id = request.actor.person_id
    seats = list(meeting.attendance.order_by("role", "name", "pk"))
    runs = reads.runs(person_id, meeting)
    mine = next((seat for seat in seats if seat.person_id == person_id), None)
    lines = reads.lines_of(meeting, seats)
    now = _current(request, lines, given.get("line"))
    context = {
        **frame(meeting),
        "runs": runs,
        "seats": seats,
        "rows": [_row(line, now, mine) for line in lines],
        "papers": list(reads.papers_for(person_id, meeting)),
        "waiting_papers": meeting.papers.filter(path="").exists(),
        "criteria": listed(meeting.call.revision.definition.criteria),
        "minimum": minimum_of(meeting.call),
        "panel": panel_of(meeting.call),
        "is_today": clock.today() >= meeting.held_on,
        "chairs": mine is not None and mine.role == MeetingAttendance.Role.CHAIR,
        "changes": list(meeting.changes.select_related("application", "person").order_by("pk")),
    }
    if meeting.state == Meeting.State.PLANNED and runs:
        context |= _planning(meeting, lines, given)
    if meeting.state in (Meeting.State.CONVENED, Meeting.State.HELD) and now:
        context |= _treating(meeting, seats, now, given, mine=mine, runs=runs)
    return render(request, "assessment/meetings/meeting.html", context, status=status)


def _current(request: Request, lines: list[Line], given: Line | None) -> Line | None:
    """The dossier that is on the table: the one asked for, else the first that is open."""
    if given:
        return next((line for line in lines if line.item.pk == given.item.pk), given)
    asked = request.GET.get("punt", "")
    chosen = [line for line in lines if asked == str(line.item.position)]
    return next(iter(chosen or [line for line in lines if not line.item.outcome]), None)


def _row(line: Line, now: Line | None, mine: MeetingAttendance | None) -> dict[str, Any]:
    own = next((each for each in line.seen if mine and each.seat.pk == mine.pk), None)
    return {
        "line": line,
        "item": line.item,
        "label": OUTCOMES[line.item.outcome],
        "now": now is not None and now.item.pk == line.item.pk,
        "left": [each.seat.name for each in line.seen if each.has_interest and each.seat.present],
        "own": own,
    }


def _planning(meeting: Meeting, lines: list[Line], given: dict[str, Any]) -> dict[str, Any]:
    waiting = ready(meeting)
    in_time = {each.pk for each in waiting}
    late = [each for each in ready(meeting, in_time=False) if each.pk not in in_time]
    items = [line.item for line in lines]
    return {
        "waiting": waiting,
        "change": given.get("change") or (ChangeForm(None, items=items) if items else None),
        "add": given.get("add") or (AddForm(None, late=late) if late else None),
    }


def _treating(
    meeting: Meeting,
    seats: list[MeetingAttendance],
    now: Line,
    given: dict[str, Any],
    *,
    mine: MeetingAttendance | None,
    runs: bool,
) -> dict[str, Any]:
    """The forms of the dossier on the table: all of them for who runs the meeting, her own
    statement and points for a member."""
    seen = _whose(now, runs=runs, mine=mine)
    criteria = reads.criteria_of(meeting)
    open_now = meeting.state == Meeting.State.CONVENED and not now.item.outcome
    scoring = [
        given.get("scores", {}).get(each.seat.pk)
        or ScoresForm(None, line=now, each=each, criteria=criteria)
        for each in now.taking_part
        if each in seen
    ]
    return {
        "now": now,
        "presence": given.get("presence") or (PresenceForm(None, seats=seats) if runs else None),
        "interests": given.get("interests")
        or (InterestsForm(None, line=now, seen=seen) if seen and open_now else None),
        "scoring": scoring if criteria and open_now else [],
        "outcome": given.get("outcome") or (OutcomeForm(None, item=now.item) if runs else None),
    }


def _whose(line: Line, *, runs: bool, mine: MeetingAttendance | None) -> tuple[Seen, ...]:
    """Of whom this visitor may keep a statement: everybody who is there, or herself."""
    if runs:
        return tuple(each for each in line.seen if each.seat.present is not False)
    return tuple(each for each in line.seen if mine and each.seat.pk == mine.pk)
