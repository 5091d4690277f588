"""The worklist, the statement of interest, and the assignment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import Request, entry
from accounts.roles import Role
from accounts.web.refusals import tell
from applications.models import Application
from applications.rules import judgeable
from applications.states import State
from assessment.domain.assigning import assign_to
from assessment.domain.interests import state_interest
from assessment.domain.queries import worklist as reads
from assessment.web import finding
from assessment.web.forms import InterestForm, WorklistForm
from assessment.web.workplaces import workplace
from timeline import clock
from timeline.refusal import Refused

JUDGES = (Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER)
PAGE = 50


@entry(*JUDGES)
def worklist(request: Request) -> HttpResponse:
    """Everything that this person may judge; what is due first stands on top."""
    person_id = request.actor.person_id or 0
    judged, today = judgeable(person_id), clock.today()
    calls = reads.calls_of(judged)
    form = WorklistForm(request.GET, calls=calls, regions=reads.regions_of(calls))
    paginator = Paginator(reads.worklist(judged, person_id, form.wanted(), today), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "may_take": Role.ASSESSOR in getattr(request, "roles", ()),
        "title": _("Werkvoorraad"),
        "lead": _("Wat het eerst af moet, staat bovenaan."),
        "filter_form": form,
        "count": paginator.count,
        "reset_url": reverse("assessment:worklist"),
        "page": page,
        "rows": [_row(application, person_id, today) for application in page],
    }
    return render(request, "assessment/worklist.html", context)


@entry(*JUDGES)
def interest(request: Request, uid: UUID) -> HttpResponse:
    """Before the dossier opens: has this person an interest in it? (Awb 2:4)"""
    application = finding.judged(request, uid)
    form = InterestForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        has_interest = form.cleaned_data["interest"] == "yes"
        try:
            state_interest(
                application_id=application.pk, has_interest=has_interest, actor=request.actor
            )
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
        else:
            if has_interest:
                return HttpResponseRedirect(reverse("assessment:worklist"))
            return HttpResponseRedirect(workplace(application))
    context = {
        "title": _("Hebt u een belang?"),
        "eyebrow": application.number,
        "lead": f"{application.title} · {application.party.name}",
        "breadcrumbs": [(_("Werkvoorraad"), reverse("assessment:worklist"))],
        "call_kind": application.call.kind,
        "form": form,
        "application": application,
    }
    return render(request, "assessment/interest.html", context, status=status)


@require_POST
@entry(*JUDGES)
def take(request: Request, uid: UUID) -> HttpResponse:
    """Take an application upon oneself."""
    application = finding.judged(request, uid)
    assign_to(
        application_id=application.pk,
        assessor_id=request.actor.person_id or 0,
        actor=request.actor,
    )
    return HttpResponseRedirect(reverse("assessment:worklist"))


def _row(application: Application, person_id: int, today: date) -> dict[str, object]:
    because = application.assigned_because  # type: ignore[attr-defined]  # annotated by the query
    mine = application.assessor_id == person_id  # type: ignore[attr-defined]  # annotated as well
    return {
        "application": application,
        "url": workplace(application),
        "label": State(application.state).label,
        "overdue": application.decision_due is not None and application.decision_due < today,
        "mine": mine,
        "why": reads.why_assigned(because) if because else "",
    }
