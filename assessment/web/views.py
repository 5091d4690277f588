"""The worklist, the statement of interest, and the assignment."""

from __future__ import annotations

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
from applications.states import State
from assessment.domain.assigning import assign_to
from assessment.domain.interests import state_interest
from assessment.domain.queries import worklist as reads
from assessment.web import finding
from assessment.web.forms import InterestForm, WorklistForm
from timeline.refusal import Refused

JUDGES = (Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER)
PAGE = 50
# Where the work on a dossier in a state is done; elsewhere the dossier itself.
WORKPLACES = {
    State.SUBMITTED: "assessment:completeness",
    State.COMPLETENESS_CHECK: "assessment:completeness",
    State.IN_REVIEW: "assessment:review",
    State.HEARING: "assessment:hearing_staff",
    State.LATE: "assessment:proposal",
    State.AWAITING_SUPPLEMENT: "assessment:proposal",
    State.RANKED: "assessment:proposal",
    State.RESERVE: "assessment:proposal",
}


@entry(*JUDGES)
def worklist(request: Request) -> HttpResponse:
    """Everything that this person may judge; what is due first stands on top."""
    person_id = request.actor.person_id or 0
    calls = reads.calls_of(person_id)
    form = WorklistForm(request.GET, calls=calls, regions=reads.regions_of(calls))
    paginator = Paginator(reads.worklist(person_id, form.wanted()), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "title": _("Werkvoorraad"),
        "lead": _("Wat het eerst af moet, staat bovenaan."),
        "filter_form": form,
        "count": paginator.count,
        "reset_url": reverse("assessment:worklist"),
        "page": page,
        "rows": [_row(application, person_id) for application in page],
    }
    return render(request, "assessment/worklist.html", context)


@entry(*JUDGES)
def interest(request: Request, uid: UUID) -> HttpResponse:
    """Before the dossier opens: has this person an interest in it? (Awb 2:4)"""
    application = finding.judged(request, uid)
    form = InterestForm(request.POST or None)
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


def workplace(application: Application) -> str:
    """The address where the next work on this application is done."""
    route = WORKPLACES.get(State(application.state), "portal:dossier")
    return reverse(route, args=[application.uid])


def _row(application: Application, person_id: int) -> dict[str, object]:
    because = application.assigned_because  # type: ignore[attr-defined]  # annotated by the query
    mine = application.assessor_id == person_id  # type: ignore[attr-defined]  # annotated as well
    return {
        "application": application,
        "url": workplace(application),
        "label": State(application.state).label,
        "overdue": reads.is_overdue(application.decision_due),
        "mine": mine,
        "why": reads.why_assigned(because) if because else "",
    }
