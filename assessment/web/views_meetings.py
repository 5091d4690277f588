"""Meetings of a panel: the list, planning one, its agenda, and the papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.roles import Role
from accounts.web.refusals import tell
from applications.rules import judgeable
from assessment import printing
from assessment.domain import meetings, meetings_agenda
from assessment.domain.queries import meetings as reads
from assessment.domain.queries.worklist import calls_of
from assessment.models import Meeting
from assessment.web import finding
from assessment.web.forms_meetings import AddForm, ChangeForm, PlanForm
from assessment.web.meeting_page import LABELS, found, meeting_page
from regeling.marking import file_name
from regeling.models import Call
from timeline.refusal import Refused

RUNS = (Role.ASSESSOR,)
READS = (Role.ASSESSOR, Role.AUDITOR, Role.DECISION_MAKER, Role.PANEL_MEMBER)


@entry(*READS)
def overview(request: Request) -> HttpResponse:
    """The meetings to come and those that were, and the calls for which one can be planned."""
    person_id = request.actor.person_id
    rows = list(reads.meetings_of(person_id).order_by("held_on", "starts", "pk"))
    coming = [row for row in rows if row.state in ("planned", "convened")]
    runs = Role.ASSESSOR in getattr(request, "roles", ())
    calls = reads.calls_with_panel(calls_of(judgeable(person_id))) if runs else []
    context = {
        "title": _("Vergaderingen"),
        "lead": _("Wanneer de commissie bijeenkomt, en wat zij vond."),
        "coming": [(row, LABELS[row.state]) for row in coming],
        "past": [(row, LABELS[row.state]) for row in reversed(rows) if row not in coming],
        "calls": calls,
    }
    return render(request, "assessment/meetings/list.html", context)


@entry(*RUNS)
def new(request: Request, slug: str) -> HttpResponse:
    """Plan a meeting on a day of the regulation, or on another one with the reason why."""
    call = Call.objects.filter(slug=slug).select_related("revision__regulation__authority").first()
    if call is None or not finding.runs_rounds(request, call) or not reads.calls_with_panel([call]):
        raise Http404
    form = PlanForm(request.POST if request.method == "POST" else None, call=call)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            made = meetings.plan_meeting(call_id=call.pk, actor=request.actor, **form.planned())
            return HttpResponseRedirect(reverse("assessment:meeting", args=[made.uid]))
        except Refused as refusal:
            refusal.field = {"held_on": "other_day"}.get(refusal.field, refusal.field)
            tell(form, refusal)
            status = refusal.status
    context = {
        "title": _("Nieuwe vergadering"),
        "lead": call.title,
        "breadcrumbs": [(_("Vergaderingen"), reverse("assessment:meetings"))],
        "call_kind": call.kind,
        "form": form,
        "members": list(meetings.members_of(call, "")),
        "lead_days": meetings.lead_days(call),
    }
    return render(request, "assessment/meetings/new.html", context, status=status)


@entry(*READS)
def show(request: Request, uid: UUID) -> HttpResponse:
    """One meeting: its agenda, its papers, and on the day itself everything that is recorded."""
    return meeting_page(request, found(request, uid))


@require_POST
@entry(*RUNS)
def build(request: Request, uid: UUID) -> HttpResponse:
    """Put every dossier that is ready on the agenda."""
    meeting = found(request, uid)
    added = meetings_agenda.build_agenda(
        meeting_id=meeting.pk, actor=request.actor, seen_version=finding.version(request)
    )
    messages.success(
        request,
        ngettext("%(n)s aanvraag erbij gezet.", "%(n)s aanvragen erbij gezet.", len(added))
        % {"n": len(added)},
    )
    return _back(meeting)


@require_POST
@entry(*RUNS)
def change(request: Request, uid: UUID) -> HttpResponse:
    """Move a dossier on the agenda or take it off."""
    meeting = found(request, uid)
    items = list(meeting.items.select_related("application").order_by("position"))
    form = ChangeForm(request.POST, items=items)
    if not form.is_valid():
        return meeting_page(request, meeting, status=422, change=form)
    item = next(each for each in items if str(each.uid) == form.cleaned_data["item"])
    given: dict[str, Any] = {
        "item_id": item.pk,
        "reason": form.cleaned_data["reason"],
        "actor": request.actor,
        "seen_version": finding.version(request),
    }
    try:
        if form.cleaned_data["act"] == "drop":
            meetings_agenda.drop_item(**given)
        else:
            meetings_agenda.move_item(position=form.cleaned_data["position"], **given)
    except Refused as refusal:
        tell(form, refusal)
        return meeting_page(request, meeting, status=refusal.status, change=form)
    return _back(meeting)


@require_POST
@entry(*RUNS)
def add(request: Request, uid: UUID) -> HttpResponse:
    """Put a dossier on the agenda that was too late for it."""
    meeting = found(request, uid)
    late = meetings_agenda.ready(meeting, in_time=False)
    form = AddForm(request.POST, late=late)
    if not form.is_valid():
        return meeting_page(request, meeting, status=422, add=form)
    chosen = next(each for each in late if str(each.uid) == form.cleaned_data["application"])
    try:
        meetings_agenda.add_item(
            meeting_id=meeting.pk,
            application_id=chosen.pk,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            seen_version=finding.version(request),
        )
    except Refused as refusal:
        tell(form, refusal)
        return meeting_page(request, meeting, status=refusal.status, add=form)
    return _back(meeting)


@require_POST
@entry(*RUNS)
def convene(request: Request, uid: UUID) -> HttpResponse:
    """Call the panel together."""
    meeting = found(request, uid)
    meetings_agenda.convene(
        meeting_id=meeting.pk, actor=request.actor, seen_version=finding.version(request)
    )
    messages.success(request, _("De leden krijgen een bericht. De stukken worden gemaakt."))
    return _back(meeting)


@entry(*READS)
def paper(request: Request, uid: UUID, paper: UUID) -> HttpResponse:
    """A printed file of the meeting, byte for byte, for who may read it (404 for others)."""
    meeting = found(request, uid)
    row = reads.papers_for(request.actor.person_id, meeting).filter(uid=paper).first()
    if row is None:
        raise Http404
    response = HttpResponse(printing.read(row.path), content_type="application/pdf")
    name = file_name(meeting.call, f"{row.kind}-{meeting.held_on}.pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _back(meeting: Meeting) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("assessment:meeting", args=[meeting.uid]))
