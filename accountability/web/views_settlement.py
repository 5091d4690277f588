"""Reports that wait for a settlement, the hearing that must come first, and the proposal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accountability.domain import hearings, settlements
from accountability.domain.payments import sums
from accountability.domain.queries import settlements as reads
from accountability.models import Hearing, SettlementProposal
from accountability.web.finding import gate, judged, person_id, trail
from accountability.web.forms import (
    GROUNDS,
    HearingForm,
    LowerForm,
    ResponseForm,
)
from accounts.access import SIGNED_IN, Request, entry
from accounts.domain.people import acts_for
from accounts.roles import Role
from accounts.web.refusals import tell
from applications.guards import may_judge
from applications.models import Application
from documents.letters.wording import euro
from timeline.refusal import Refused

JUDGES = (Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER)


@entry(*JUDGES)
def worklist(request: Request) -> HttpResponse:
    """What came in and what is too late, oldest first."""
    pages = Paginator(reads.worklist(person_id(request)), 25)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "title": _("Verslagen"),
        "lead": _(
            "Verslagen die op een vaststelling wachten. Wat het langst ligt, staat bovenaan."
        ),
        "page": page,
        "rows": reads.waiting_of(list(page)),
    }
    return render(request, "accountability/settlements.html", context)


@entry(*JUDGES)
def settlement(request: Request, uid: UUID) -> HttpResponse:
    """Everything one reads before proposing a settlement, and what can be done."""
    application = judged(request, uid)
    if isinstance(application, HttpResponse):
        return application
    return _settlement(request, application)


@require_POST
@entry(*JUDGES)
def as_awarded(request: Request, uid: UUID) -> HttpResponse:
    """Propose to settle on what was awarded."""
    application = judged(request, uid)
    if isinstance(application, HttpResponse):
        return application
    proposal = settlements.propose_settlement(
        application_id=application.pk, actor=request.actor, seen_version=_version(request)
    )
    return _proposed(request, proposal)


@require_POST
@entry(*JUDGES)
def lower(request: Request, uid: UUID) -> HttpResponse:
    """Propose to settle on less, after the hearing."""
    application = judged(request, uid)
    if isinstance(application, HttpResponse):
        return application
    form = LowerForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            proposal = settlements.propose_lower_settlement(
                application_id=application.pk,
                actor=request.actor,
                seen_version=_version(request),
                **form.cleaned_data,
            )
            return _proposed(request, proposal)
        except Refused as refusal:
            tell(form, refusal)
            status = refusal.status
    return _settlement(request, application, form=form, status=status)


@entry(*JUDGES)
def ask(request: Request, uid: UUID) -> HttpResponse:
    """Ask the applicant for her view on what we intend."""
    application = judged(request, uid)
    if isinstance(application, HttpResponse):
        return application
    form = HearingForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                hearing = hearings.ask_hearing(
                    application_id=application.pk,
                    actor=request.actor,
                    **form.cleaned_data,
                )
                messages.success(request, _("De brief met ons voornemen gaat uit."))
                return HttpResponseRedirect(reverse("accountability:hearing", args=[hearing.uid]))
            except Refused as refusal:
                tell(form, refusal)
                status = refusal.status
    context = {
        "title": _("Zienswijze vragen"),
        "eyebrow": application.number,
        "lead": _("De aanvrager leest wat wij willen besluiten en kan daarop reageren."),
        "breadcrumbs": trail(application),
        "form": form,
        "submit": _("Versturen"),
        "cancel_url": trail(application)[0][1],
        "call_kind": application.call.kind,
    }
    return render(request, "accountability/form.html", context, status=status)


@entry(SIGNED_IN)
def hearing(request: Request, uid: UUID) -> HttpResponse:
    """What we intend and what the applicant says about it; 404 for who may not see the dossier."""
    try:
        row = reads.find_hearing(person_id(request), uid)
    except Hearing.DoesNotExist:
        raise Http404 from None
    application = row.application
    first = gate(request, application)
    if first:
        return first
    own = acts_for(person_id(request), application.party_id)
    answers = row.responded_at is None and (own or may_judge(application, person_id(request)))
    form = ResponseForm(request.POST if request.method == "POST" else None) if answers else None
    status = 200
    if form is not None and request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                hearings.respond(
                    hearing_id=row.pk, response=form.cleaned_data["response"], actor=request.actor
                )
                messages.success(request, _("Uw zienswijze is ontvangen."))
                return HttpResponseRedirect(reverse("accountability:hearing", args=[row.uid]))
            except Refused as refusal:
                tell(form, refusal)
                status = refusal.status
    context = {
        "title": _("Zienswijze"),
        "eyebrow": application.number,
        "lead": application.title,
        "breadcrumbs": trail(application),
        "hearing": row,
        "ground": dict(GROUNDS)[Hearing.Ground(row.ground)],
        "form": form,
        "own": own,
        "call_kind": application.call.kind,
    }
    return render(request, "accountability/hearing.html", context, status=status)


def _settlement(
    request: Request,
    application: Application,
    *,
    form: LowerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    row = reads.waiting_of([application])[0]
    held = hearings.held(application.pk)
    ready = application.state == "settlement_requested" or settlements.overdue(application)
    if form is None and held is not None:
        form = LowerForm(initial={"cents": held.intended_cents, "reason": held.intent})
    context = {
        "title": _("Vaststellen"),
        "eyebrow": application.number,
        "lead": application.title,
        "breadcrumbs": [
            (_("Verslagen"), reverse("accountability:settlements")),
            *trail(application),
        ],
        "application": application,
        "row": row,
        "facts": _facts(application, row),
        "lines": settlements.reported_lines(row.report) if row.report else (),
        "ready": ready and row.decision is None,
        "held": held if row.decision is None else None,
        "form": form,
        "call_kind": application.call.kind,
    }
    return render(request, "accountability/settlement.html", context, status=status)


def _facts(application: Application, row: reads.Waiting) -> list[tuple[str, Any]]:
    paid = sums(application.pk)["paid"]
    return [
        (_("Aanvrager"), application.party.name),
        (_("Gevraagd"), euro(application.amount_asked)),
        (_("Verleend"), euro(application.awarded_cents or 0)),
        (_("Al betaald"), euro(paid)),
        (_("Stand"), application.get_state_display()),
    ]


def _proposed(request: Request, proposal: SettlementProposal) -> HttpResponse:
    messages.success(request, _("Het voorstel ligt klaar. Een ander ondertekent het besluit."))
    return HttpResponseRedirect(reverse("documents:decision", args=[proposal.decision_uid]))


def _version(request: Request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else None
